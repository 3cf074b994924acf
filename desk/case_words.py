"""Words of the pages of cases that are not in a template; `alerts.case_words` says what is wrong with a command."""

from __future__ import annotations

from collections.abc import Mapping

NAME = "Việc cần xử lý"
VIEWS: Mapping[str, str] = {"bang": "Bảng", "cot": "Cột theo trạng thái"}
EVERY, OPEN = "tat_ca", ""
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mới", ("moi",)),
    ("đã nhận", ("da_nhan",)),
    ("đang xác minh", ("dang_xac_minh",)),
    ("đã có kết quả xác minh", ("da_co_ket_qua",)),
    ("đã trả lời, đề nghị cải chính, đăng thông tin", ("da_tra_loi", "da_de_nghi_cai_chinh", "da_dang_thong_tin")),
)
"""Columns of the board: what can still be worked on. What is closed is a list."""

BAD_CHOICE = "Giá trị ghi sau “{name}=” không có trong danh sách; bỏ phần đó rồi chọn lại."
BAD_NUMBER = "Số việc viết như 2026/0012, hoặc chỉ phần sau như 12."
BAD_PLACE = "Phần ghi sau “sau=” không đọc được; mở lại danh sách từ đầu."
STALE = (
    "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên chưa ghi gì. "
    "Những gì đã nhập vẫn còn dưới đây: xem lại rồi bấm lần nữa."
)
CHANGED = "Từ lúc mở trang này, việc đã có thêm:"
NO_OFFICE = "{field}: danh bạ chưa có “{value}”; chọn trong danh sách gợi ý, hoặc ghi mã như office:sgddt_vp"
BAD_MOMENT = "{field}: {value!r} chưa rõ ngày giờ; viết như 20/11/2026 16:00"
NO_MOMENT = "{field}: chưa ghi ngày giờ; viết như 20/11/2026 16:00"
NO_TARGET = "{value}: không tìm thấy {kind} này; dán mã hoặc địa chỉ trang của nó trên bàn làm việc"
NOTHING_CHOSEN = "Chưa chọn việc nào; đánh dấu ô ở đầu dòng rồi bấm lại."
TOO_MANY_CHOSEN = "Mỗi lần nhiều nhất {limit} việc."
SAME = "Chưa sửa gì: mọi ô vẫn như cũ."
HELD_PAPER = (
    "việc có nội dung phản ánh, đang giữ ở Văn phòng Sở: trước khi cho chuyển tiếp chỉ soạn {kinds}, gửi trong Sở; "
    "nơi bị nói tới không nhận gì"
)
DRAFT_KIND = "loại văn bản: chọn một loại trong danh sách"
NO_FILE = "tệp: chưa chọn tệp nào"
UNKNOWN_OFFICE = "(chưa rõ đơn vị)"
NOBODY = "chưa giao ai"
BASIS_UNVERIFIED = "căn cứ chưa xác minh"

LATE = "quá hạn {span}"
LATE_NOW = "vừa quá hạn"
LEFT = "còn {span}"
LEFT_OFF_HOURS = "còn {span}, ngoài giờ làm việc"
WORKING_HOURS, WORKING_DAYS = "{span} làm việc", "{n} ngày làm việc"
STOOD = "tạm dừng"

NEXT: Mapping[str, tuple[str, str]] = {
    "moi": ("nhan", "Nhận việc"),
    "da_nhan": ("xac-minh", "Bắt đầu xác minh"),
    "dang_xac_minh": ("ket-qua", "Ghi kết quả xác minh"),
    "da_co_ket_qua": ("tra-loi", "Trả lời"),
    "da_tra_loi": ("ket-thuc", "Kết thúc"),
    "da_de_nghi_cai_chinh": ("ket-thuc", "Kết thúc"),
    "da_dang_thong_tin": ("ket-thuc", "Kết thúc"),
    "ket_thuc": ("mo-lai", "Mở lại"),
}
"""State → the form that usually follows, and what its button says."""

GROUPS: Mapping[str, str] = {
    "giao": "Nhận, giao, chuyển",
    "ghi": "Ghi lại",
    "han": "Thời hạn",
    "tra": "Trả lời, kết thúc",
    "gan": "Gắn, nhập, tách",
    "goc": "Bản gốc",
}
SAVED_BULK: Mapping[str, str] = {"nhan": "Nhận", "giao": "Giao", "ket-thuc": "Kết thúc"}
WAYS = ("điện thoại", "thư điện tử", "công văn", "gặp trực tiếp", "họp báo", "mạng xã hội", "khác")

"""Words of the pages of the reference library that are not in a template."""

from __future__ import annotations

from collections.abc import Mapping

STANDINGS: Mapping[str, tuple[str, str]] = {
    "in_force": ("●", "còn hiệu lực"),
    "not_yet": ("○", "chưa có hiệu lực"),
    "expired": ("–", "hết hiệu lực"),
    "replaced": ("–", "đã bị thay thế"),
    "withdrawn": ("✕", "đã thu hồi khỏi kho"),
}
"""How a document stands: a mark and words, never a colour alone."""

SOURCES: Mapping[str, str] = {
    "crawled": "thu thập từ trang của cơ quan",
    "upload": "tệp do cán bộ đưa vào",
    "typed": "cán bộ gõ",
    "loaded": "nạp hàng loạt",
    "answered": "hỏi – đáp đã duyệt",
}
MACHINE = "máy đưa vào, chưa ai xác nhận"
STALE = (
    "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên chưa lưu gì. "
    "Những gì đã nhập vẫn còn dưới đây: xem lại rồi bấm lần nữa."
)
SAVED: Mapping[str, str] = {
    "moi": "Đã lưu. Từ nay máy dùng văn bản này để đối chiếu.",
    "da-co": "Văn bản này đã có trong kho, y hệt: không lưu thêm.",
    "hoi-dap": "Đã lưu danh sách hỏi – đáp. Từ nay máy dùng các câu trả lời này để đối chiếu.",
    "xac-nhan": "Đã xác nhận.",
    "thu-hoi": "Đã thu hồi: từ nay máy không dùng văn bản này để đối chiếu nữa. Các bản đã lưu vẫn còn để tra cứu.",
}
FILE_GONE = "Không mở được bản gốc: tệp đã bị xóa hoặc hỏng. Báo người quản trị; chưa ghi là đã lấy."
NO_FILE = "Chưa chọn tệp nào."
AGAIN = "Chọn lại tệp này và gõ chữ vào ô bên dưới."
ONE_FILE = "Mỗi lần một tệp. Hãy gửi từng văn bản."
TOO_LARGE = "Tệp nặng hơn 10 MB. Hãy xuất lại tệp nhỏ hơn, hoặc dùng lệnh “haidang references add” (tới 20 MB)."
LABELS: Mapping[str, str] = {
    "by": "Người nhập", "issuer": "Cơ quan ban hành", "number": "Số, ký hiệu", "title": "Trích yếu",
    "issued": "Ngày ban hành", "valid_from": "Có hiệu lực từ ngày", "valid_to": "Đến hết ngày",
    "replaces": "Thay thế", "amends": "Sửa đổi, bổ sung", "note": "Ghi chú", "text": "Nội dung", "why": "Lý do",
    "version_of": "Văn bản", "tep": "Tệp", "approved_by": "Người duyệt", "ten": "Họ và tên", "ly_do": "Lý do",
}  # fmt: skip

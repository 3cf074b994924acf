"""Every word of the desk that is not in a template. Words shared with the digest stand in `alerts.messages`.

A label is an observation of a machine, never a finding: nothing here says that something is false (promise 1).
"""

from __future__ import annotations

from collections.abc import Mapping

REFUSED_WHAT = (
    "bàn làm việc chưa có tài khoản và phân quyền nên chỉ được mở trên chính máy này · "
    "the desk has no accounts yet, so it listens on this machine only"
)
REFUSED_FIX = (
    "đặt desk_host: 127.0.0.1 (hoặc bỏ dòng đó) trong settings.yml, bỏ HAIDANG_DESK_HOST · "
    "set desk_host to 127.0.0.1, or remove it"
)
PORT_TAKEN = (
    "{address} đang có chương trình khác dùng; đặt desk_port khác trong settings.yml · "
    "the port is taken, choose another desk_port"
)
WRONG_HOST = (
    "Bàn làm việc chỉ trả lời trên chính máy này: mở http://127.0.0.1 hoặc http://localhost kèm cổng đã cấu hình.\n"
    "This desk answers on this machine only.\n"
)

Entry = tuple[str, str, str]
"""(key, address, label)."""
NAV: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("Hôm nay", (("today", "/", "Hôm nay"), ("digests", "/diem-bao", "Điểm báo"))),
    (
        "Tin, bài",
        (
            ("articles", "/tin-bai", "Tin, bài"),
            ("commended", "/guong-tot", "Gương tốt"),
            ("inbox", "/gop-tin", "Góp tin"),
            ("labels", "/nhan", "Nhãn"),
        ),
    ),
    (
        "Cần đối chiếu",
        (("candidates", "/can-doi-chieu", "Cần đối chiếu"), ("references", "/van-ban", "Văn bản, thông tin đối chiếu")),
    ),
    ("Phản ánh", (("concerns", "/phan-anh", "Phản ánh cần xác minh"),)),
    ("Việc cần xử lý", (("cases", "/viec-can-xu-ly", "Việc cần xử lý"), ("routing", "/dinh-tuyen", "Định tuyến"))),
    (
        "Báo cáo, theo dõi",
        (
            ("warnings", "/canh-bao-som", "Cảnh báo sớm"),
            ("measures", "/do-luong", "Đo lường"),
            ("registers", "/bao-cao-den", "Sổ, báo cáo"),
        ),
    ),
    ("Nguồn theo dõi", (("sources", "/nguon", "Nguồn theo dõi"), ("tasks", "/viec", "Việc của máy"))),
)
"""The pages in groups: one line of groups, below it the pages of the group that one is in."""

ERRORS: Mapping[int, tuple[str, str, str]] = {
    400: ("Địa chỉ hoặc biểu mẫu có chỗ không đọc được", "Không có gì bị mất.", "Sửa chỗ nói dưới đây rồi thử lại."),
    404: (
        "Không có trang này",
        "Không có gì bị mất.",
        "Kiểm tra lại địa chỉ; bài, điểm báo chỉ mở được sau khi hệ thống đã ghi nhận.",
    ),
    403: (
        "Biểu mẫu này không do bàn làm việc gửi",
        "Không có gì được lưu.",
        "Mở lại trang có biểu mẫu (Góp tin, hoặc bài cần xem) trên chính máy này rồi nhập và gửi từ đó.",
    ),
    405: (
        "Trang này chỉ để đọc",
        "Không có gì bị thay đổi.",
        "Muốn đưa tin vào thì mở trang Góp tin; muốn ra lệnh cho hệ thống thì dùng lệnh haidang.",
    ),
    408: (
        "Nhận biểu mẫu quá lâu",
        "Không có gì được lưu.",
        "Thử lại; nếu tệp lớn thì gửi từng tệp một.",
    ),
    413: (
        "Biểu mẫu gửi lên quá lớn",
        "Không có gì được lưu.",
        "Mỗi lần nhiều nhất 5 tệp, mỗi tệp 10 MB; chữ nhiều nhất 20.000 ký tự. Quay lại, chọn tệp nhỏ hơn rồi gửi lại.",
    ),
    415: (
        "Không đọc được kiểu biểu mẫu này",
        "Không có gì được lưu.",
        "Mở lại trang Góp tin bằng trình duyệt rồi nhập và gửi từ đó.",
    ),
    500: (
        "Trang này gặp lỗi",
        "Dữ liệu đã lưu vẫn nguyên; việc tải tin và phát hành điểm báo chạy riêng, không dừng.",
        "Thử lại sau một phút. Nếu vẫn lỗi, báo người quản trị kèm mã lỗi và chạy “haidang doctor”.",
    ),
    503: (
        "Cơ sở dữ liệu đang bận hoặc không mở được",
        "Dữ liệu đã lưu vẫn nguyên.",
        "Thử lại sau một phút. Nếu vẫn lỗi, báo người quản trị kèm mã lỗi và chạy “haidang doctor”.",
    ),
}

FINE = frozenset({"fetched", "not_modified"})
DELIVERY: Mapping[str, str] = {
    "pending": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "failed": "không gửi được",
    "bundled": "gộp vào thư khác",
}
CHOICES: Mapping[str, str] = {
    "chon": "được chọn và cần xem lại",
    "relevant": "được chọn",
    "to_review": "cần xem lại",
    "irrelevant": "không thuộc phạm vi theo dõi",
    "cannot_judge": "không nhận định được",
    "chua": "chưa nhận định",
    "tat_ca": "tất cả",
}

FAILING, SILENT, NEVER, UNVERIFIED, RUNNING, OFF, NO_CHANNEL = range(7)
TROUBLE: Mapping[int, tuple[str, str]] = {
    FAILING: ("▲", "đang lỗi"),
    SILENT: ("▲", "im lặng"),
    NEVER: ("○", "chưa tải lần nào"),
    UNVERIFIED: ("●", "chạy, chưa kiểm chứng"),
    RUNNING: ("●", "chạy"),
    OFF: ("–", "chưa bật"),
    NO_CHANNEL: ("–", "chưa có kênh"),
}

ORIGINAL_TITLE = "Bản chưa che"  # never the headline: it would stay in the browser's history
ORIGINAL_STALE = (
    "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên chưa ghi gì và chưa hiện gì. "
    "Những gì đã nhập vẫn còn dưới đây: bấm gửi lần nữa."
)
ORIGINAL_SHOWN = (
    "Biểu mẫu này đã mở bản chưa che một lần. Muốn xem lại thì kiểm tra lý do rồi bấm gửi lần nữa; lần xem sau cũng "
    "được ghi vào sổ."
)
ORIGINAL_TO_ERASE = "Đã có quyết định phải xóa bản lưu của bài này, nên không mở bản chưa che nữa."
INBOX_STALE = (
    "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên lần gửi này chưa được lưu. "
    "Những gì đã nhập vẫn còn dưới đây: xem lại rồi bấm gửi lần nữa."
)
INBOX_KINDS: Mapping[str, str] = {
    "png": "ảnh PNG",
    "jpeg": "ảnh JPEG",
    "webp": "ảnh WebP",
    "pdf": "tệp PDF",
    "docx": "tài liệu DOCX",
}
INBOX_FIELDS: dict[str, str] = {
    "text": "Nội dung",
    "where_seen": "Nơi nhìn thấy",
    "note": "Ghi chú",
    "consent_note": "Ghi chú đồng ý",
    "url": "Liên kết",
}
INBOX_SAVED: Mapping[str, str] = {
    "moi": "Đã lưu. Dưới đây là đúng những gì được giữ; bản gốc không được lưu ở đâu.",
    "da-co": "Tin này đã được góp từ trước, y hệt: không lưu thêm bản nào.",
}
INBOX_UNTITLED = "Tin đã góp"

"""What the auditor says, in Vietnamese: what is missing, since when, what to do. No word of what a case says."""

from __future__ import annotations

SUBJECT = "Kiểm tra độc lập: {count} việc báo tin còn thiếu"
LINE = "{message}"
MORE = "… và {count} điều khác; xem đủ bằng lệnh `haidang auditor show`."
LOOK = "Xem tất cả: `haidang auditor show` hoặc trang Nhật ký, mục Kiểm tra độc lập."

NOT_ALARMED = (
    "{case}: đồng hồ “{clock}” qua mốc {degree} lúc {at} mà nhật ký không có lần báo nào. Kiểm tra máy xử lý (`haidang"
    " doctor`), rồi báo cho nơi đang giữ việc."
)
NOT_ESCALATED = (
    "{case}: báo lần cuối lúc {since} không ai trả lời, lẽ ra báo lên nấc {level} lúc {at} mà chưa báo. Báo tay cho nấc"
    " đó."
)
FORGOTTEN = "{case}: “đã biết” hết hạn lúc {at} mà hệ thống không báo lại. Hỏi nơi đang giữ việc."
NOT_RESUMED = "{case}: hết thời gian tạm dừng lúc {at} mà đồng hồ chưa chạy lại. Cho chạy tiếp trên trang của việc."
NOT_WATCHED = "{case}: đồng hồ còn chạy mà không lượt báo nào nhìn tới nữa. Mở việc, ghi một dòng để lập lại lịch báo."
ROWS_DIFFER = (
    "{case}: bảng đang ghi khác nhật ký ở mục “{field}”. Chạy `haidang audit verify`; có người đã sửa số liệu?"
)
CLOCK_MOVED = (
    "{case}: đồng hồ “{clock}” ghi hạn {found}, tính lại theo quy định và lịch làm việc là {expected}. Kiểm tra"
    " deadlines.yml, calendar.yml có vừa đổi không."
)
NO_NOTICE = "{case}: nhật ký ghi đã báo lúc {at} mà không có tin báo nào được lập. Báo tay cho nơi đang giữ việc."
WRONG_STEP = "{case}: lần báo lúc {at} phải tới {wanted} mà chỉ báo cho {told}. Báo tay cho {wanted}."
LEAKED = (
    "{case}: việc đang giữ ở Văn phòng Sở mà tin báo đã gửi cho {told}. Thu hồi, báo Chánh Văn phòng và xem lại định"
    " tuyến."
)
NOT_PLANNED = "Tin báo {notice} (cho {contact}) đến giờ gửi lúc {at} mà chưa thành thư, tin nhắn nào."
NOT_DELIVERED = (
    "Tin báo {notice} cho {contact} phải tới trước {at} mà chưa nơi nào nhận ({error}). Gọi điện cho người nhận và xem"
    " `haidang channels list`."
)
AUDITOR_SUBJECT = "Máy kiểm tra độc lập không chạy"
AUDITOR_SILENT = (
    "Máy kiểm tra độc lập nhìn lần cuối lúc {at}. Việc báo tin vẫn chạy, nhưng không ai kiểm lại. Xem `haidang doctor`,"
    " khởi động lại `haidang up`."
)
NO_ERROR = "chưa gửi lần nào"
NO_DIGEST = "Điểm báo ngày {day} lẽ ra có từ {at} mà chưa có. Chạy `haidang digest {day}`."
NOT_RELEASED = (
    "Điểm báo ngày {day} đã dựng mà đến {at} chưa ai phát hành. Mở trang phát hành, hoặc `haidang digest release`."
)
DIGEST_NOT_SENT = "Điểm báo ngày {day} chưa tới {recipient} ({error})."
WORK_STANDS = "{count} việc gửi, báo đã quá hạn {minutes} phút mà chưa máy nào nhận. Xem `haidang doctor`."

CASE = "Việc {label}"
DEGREES = {1: "sắp đến hạn", 2: "gấp", 3: "đến hạn"}
FIELDS = {
    "closed_at": "kết thúc",
    "merged_into": "gộp",
    "paused_until": "tạm dừng đến",
    "acknowledged_until": "đã biết đến",
    "received_at": "đã nhận",
    "office": "nơi giữ việc",
    "held": "đang giữ tại Văn phòng",
    "severity": "mức độ",
    "due_at": "hạn",
    "stopped_at": "đồng hồ dừng",
}

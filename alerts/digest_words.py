"""Words of the digest as it is printed, sent, edited and released (promise 1: a machine raises, people find)."""

from __future__ import annotations

from collections.abc import Mapping

from alerts.messages import TITLE

TITLES: Mapping[str, str] = {"daily": TITLE, "weekly": "Điểm báo tuần giáo dục"}
HEADINGS: Mapping[str, str] = {"daily": "{day}", "weekly": "Tuần đến {day}"}
FACTS: Mapping[str, str] = {"number": "con số", "date": "ngày", "time": "giờ", "place": "nơi"}

STAMP = "BẢN NHÁP, CHƯA PHÁT HÀNH"
ISSUED = "Phát hành {at} bởi {by}."
ISSUED_CUT = "Phát hành {at} bởi {by}; đã lược {cut} nhóm tin của bản nháp."
ISSUED_AUTOMATIC = "Gửi tự động theo cài đặt, không qua cán bộ báo chí."
AUTOMATIC = "Gửi tự động"
GAP = "Kỳ này gồm cả ngày nghỉ: {days}."
GAP_LONG = "Kỳ này gồm cả {count} ngày nghỉ, từ {first} đến {last}."
GAP_URGENT = "Ngày nghỉ có việc khẩn nên vẫn có điểm báo."

MUST = "Cần đọc"
DUE = "Đến hạn hôm nay"
DUE_LINE = "{clock}: {at}{office}"
DUE_OVER = "{clock}: quá hạn từ {at}{office}"
DUE_OFFICE = ", {name}"
HELD = "phản ánh cần xác minh (Văn phòng Sở đang giữ)"
NEWS = "Mới về việc hôm trước"
RESULTS = "Kết quả đối chiếu mới"
RESULT = "{reason}: {result}"
GOOD = "Gương tốt"
FOREIGN = "Báo chí nước ngoài"
SECTIONS: Mapping[str, str] = {"again": NEWS, "good": GOOD, "foreign": FOREIGN}
PROPOSAL = "Đề xuất xử lý"
PLACES = "Địa bàn"
DIFFERING = "Số liệu chưa thống nhất"
AGREED = "Các báo cùng đưa"
STORY = "nhóm tin {number}"
REST = "Còn {count} nhóm tin trong danh sách ở phụ lục."
CHAIN = "Mắt xích cuối của chuỗi sự kiện: {chain}"

PAPER_KIND = "ĐIỂM BÁO GIÁO DỤC"
PAPER_KIND_WEEK = "ĐIỂM BÁO TUẦN GIÁO DỤC"
PAPER_STATE = "{part} {count}"
PAPER_PART = "{title} ({count} tin, bài; {groups} nhóm tin)"
PAPER_PROPOSAL = " – đề xuất: {proposal}"
PAPER_SOURCES = "Nguồn theo dõi: "
PAPER_SILENT = "im lặng {count} ({names})"
PAPER_UNWATCHED = "chưa theo dõi được {count}"
PAPER_FINE = "mọi nguồn đang theo dõi đều hoạt động"
PAPER_LIST = "Danh sách tin, bài"
PAPER_LIST_NOTE = "Theo thứ tự trong điểm báo; bấm tiêu đề để mở bài trên báo."
PAPER_COLUMNS = ("TT", "Báo, lúc thấy lần đầu", "Tiêu đề")
PAPER_OUTLETS = "{names} và {more} báo khác"

ZALO_HEAD = "{title} {day}"
ZALO_STATE = "Hải Phòng {hai_phong} tin, bài; Bộ, ngành {bo_nganh}; địa phương khác {dia_phuong}"
ZALO_DUE = "Đến hạn hôm nay: {count} việc"
ZALO_PROPOSAL = " → {proposal}"
ZALO_MORE = "Còn {count} nhóm tin trong bản đầy đủ. LƯU HÀNH NỘI BỘ"
ZALO_END = "LƯU HÀNH NỘI BỘ"
ZALO_DRAFT = "BẢN NHÁP, chưa phát hành"

# the release
ASKED = "theo yêu cầu, ngày nghỉ"
NOT_BUILT = "chưa có bản nháp điểm báo {day}; dựng trước: haidang digest {day}"
RELEASED_BEFORE = "điểm báo {day} đã được {by} phát hành lúc {at}"
BY = "người sửa, người phát hành"
NOWHERE = "nhóm tin này đã ở đầu hoặc cuối phần của nó"
EDITS: Mapping[str, str] = {
    "cut": "lược",
    "restore": "lấy lại",
    "before": "xếp lên trước",
    "propose": "đề xuất xử lý",
}
NO_STORY = "không có nhóm tin {story!r} trong bản nháp này"
CUT_AWAY = "nhóm tin này đã được lược; lấy lại trước khi sửa"
LONG = "đề xuất xử lý dài quá {most} ký tự"
MEANWHILE = "có người vừa sửa hoặc phát hành bản này; xem lại rồi làm lại việc vừa chọn"
NO_DRAFT = "điểm báo {day} được dựng bằng bản phần mềm cũ, không sửa và phát hành được nữa"
BAD_FORMAT = "không có dạng {name!r}; chọn trong: {known}"
NEVER_BUILT = "chưa có điểm báo {day}"

REMIND = "Điểm báo {day} chưa phát hành"
REMIND_NOT_BUILT = "Điểm báo {day} chưa dựng xong"
REMIND_LINES = (
    "Đã quá {at}: lãnh đạo chưa nhận được gì. Mở trang phát hành, lược, xếp lại, ghi đề xuất rồi bấm phát hành; "
    'hoặc chạy: haidang digest release {iso} --by "Họ và tên".',
)
REMIND_NOT_BUILT_LINES = ("Đã quá {at} mà chưa có bản nháp. Người quản trị chạy “haidang doctor” để biết vì sao.",)

STATE_RELEASED = "đã phát hành {at}, {by}"
STATE_LATE = "phát hành muộn {at} (hẹn {by_when}), {by}"
STATE_WAITING = "chưa phát hành"
STATE_OVERDUE = "chưa phát hành, quá hẹn {by_when}"
STATE_NEVER = "không được phát hành"
STATE_AUTOMATIC = "gửi tự động"

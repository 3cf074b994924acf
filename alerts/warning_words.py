"""What early warnings say: numbers and why now, never what a text is worth; the outlet in one kind, the count of
criticism in another, never both in one."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "rise": "chuyên mục nhiều hơn mức thường ngày",
    "wider": "tin địa phương đã lên báo trung ương hoặc nước ngoài",
    "unanswered": "câu hỏi của báo chí chờ trả lời",
    "criticism": "cần trả lời",
}
LEVELS: Mapping[str, str] = {"national": "báo trung ương", "foreign": "báo nước ngoài"}

RISE = "Nhiều hơn thường ngày: {theme}, {count} bài trong ngày {day}"
RISE_MUCH = "Nhiều hơn hẳn thường ngày: {theme}, {count} bài trong ngày {day}"
RISE_WHY = (
    "Ngày {day} có {count} bài riêng ({stories} nhóm tin) về chuyên mục này ở Hải Phòng; {weekday} thường có {mean}."
)
RISE_FROM = "So với {days} ngày trước có số liệu của chính chuyên mục này{season}."
RISE_IN_SEASON = ", chỉ tính các ngày cùng {season}"
RISE_CHANCE = "Từ {least} bài trở lên thì báo. Nếu chỉ do ngẫu nhiên, khoảng {days} ngày mới có một ngày như vậy."
RISE_ONCE = "Từ {least} bài trở lên thì báo. Nếu chỉ do ngẫu nhiên, trên mười năm mới có một ngày như vậy."
RISE_RATE = "Ngưỡng đặt để cộng {themes} chuyên mục đang theo dõi, không quá {rate} lần mỗi tháng là do ngẫu nhiên."
WIDER = "{level} đầu tiên: {title}"
WIDER_WHY = "{outlet} ({level}) có tin này lúc {at}; đến lúc đó mới có báo địa phương ({local} bài, từ {began})."
UNANSWERED = "Câu hỏi của báo chí chưa trả lời, việc {label}: đã dùng {used} % thời hạn"
UNANSWERED_WHY = "Nhận lúc {began}; đã dùng {used} % thời hạn trả lời lần đầu (đã trừ lúc tạm dừng), còn {left}."
UNANSWERED_DUE = "Hạn: {due}; mốc gấp: {hard}. Tình trạng: {state}."
UNANSWERED_DUE_ONLY = "Hạn: {due}. Tình trạng: {state}."
CRITICISM = "Cần trả lời: {title}"
CRITICISM_WHY = "Nhóm tin có {originals} bài riêng, {critical} bài có ý kiến phê bình; 24 giờ trước là {before}."
CRITICISM_NOTE = (
    "Máy chỉ đếm bài (bài đăng lại không tính), không mở việc, không kết luận về nội dung. Người đọc rồi quyết định."
)
TITLE = "- {title}"
MORE = "… và {n} bài nữa trên bàn làm việc."
UNTITLED = "tin chưa có tiêu đề"
HOURS = "{n} giờ"
MINUTES = "{n} phút"

NONE = "Chưa có cảnh báo sớm nào."
SETTLED = "Đăng ký cảnh báo sớm: không có lỗi."
NO_WARNING = "{id}: không có cảnh báo này; xem `haidang warnings list`"
TOLD = "Đã báo: {contacts}"
NOT_TOLD = "Chưa có đường báo; chỉ xem ở đây."
SUBSCRIBED = "{id}: {contact} nhận {kinds}; {themes}; {places}"
ALL_THEMES, ALL_PLACES = "mọi chuyên mục", "cả thành phố"
THEMES, PLACES = "{n} chuyên mục", "{n} xã, phường, đặc khu"
OFF = "{id}: tạm ngừng"
ODD = "Tìm {kind} không được; các loại có: {kinds}"

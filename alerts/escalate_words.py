"""What alarms, reminders, duty notices and the weekly summary say. Nothing here speaks of what a text is worth."""

from __future__ import annotations

from collections.abc import Mapping

SUBJECTS: Mapping[str, str] = {
    "soft": "Nhắc việc {label}: {clock} đến hạn {due}",
    "hard": "Gấp, việc {label}: {clock} đến hạn {due}",
    "overdue": "Quá hạn, việc {label}: {clock} đã đến hạn {due}",
    "forgotten": "Việc {label}: đã báo biết nhưng chưa có gì thêm",
    "unheard": "Việc khẩn {label}: chưa nơi nào nhận",
    "step": "Việc {label}: nấc trước chưa trả lời, báo lên",
    "again": "Báo lại, việc {label} vẫn chưa xong",
    "leader": "Việc khẩn {label}: các nấc trong Sở chưa trả lời",
    "propose": "Đề xuất báo cáo lãnh đạo: việc {label}",
    "urge": "Soạn công văn đôn đốc: việc {label}",
}
TITLE = "Về: {title}"
HELD = "Việc đang giữ ở Văn phòng Sở, nội dung chỉ xem trên bàn làm việc."
CLOCK_SOFT = "{clock}: hạn {due}."
CLOCK_HARD = "{clock}: hạn {due}, gần hết giờ."
CLOCK_OVERDUE = "{clock}: đã quá hạn từ {due}."
UNVERIFIED = "Thời hạn này chưa được người có trách nhiệm xác minh căn cứ."
OFFICE = "Đơn vị giữ việc: {office}."
ASSIGNEE = "Người được giao: {who}."
STATE = "Tình trạng: {state}."
STEP = "Báo tới: {who} (nấc {n}/{of})."
NEXT = "Nếu chưa ai bấm “Đã biết” thì {at} báo nấc tiếp theo."
SEEN = "Đã xem thì bấm “Đã biết” trên trang của việc; báo sẽ ngừng đến {at} rồi nhắc lại nếu chưa có gì thêm."
FORGOTTEN = "Đã có người bấm “Đã biết”, hết giờ đã hẹn mà việc chưa có thêm gì."
UNHEARD = "Việc mức khẩn, mở từ {at}, chưa nơi nào vào sổ nhận."
STORM = "Đang ở chế độ bão: báo thẳng nấc trên, cả ngoài giờ."
PROPOSE = "Hệ thống không tự báo lên trên. Đề xuất Chánh Văn phòng báo cáo; lời dự thảo:"
PROPOSE_TEXT = (
    "Kính báo cáo: việc {label} ({state}), đơn vị giữ việc: {office}; {clock} đến hạn {due}, "
    "các nấc trong Sở đã được báo và chưa xong. Kính xin ý kiến chỉ đạo."
)
PROPOSE_HELD = "Việc đang giữ nên lãnh đạo trực chưa được báo; đề nghị Chánh Văn phòng trực tiếp báo cáo."
URGE = "{office} không thuộc quyền chỉ huy của Sở, nên máy không nhắc. Đã có dự thảo công văn đôn đốc để Văn phòng ký."
FOLLOWED = "{office}: đang theo dõi trả lời; đến hạn mà chưa có thì soạn công văn đôn đốc."
URGE_TITLE = "Đôn đốc trả lời việc {label}"
EARLIER = "số {number} ngày {day}"
CLOCK = "thời hạn"

GAP = "Lịch trực: chưa có người trực từ {begins} đến {ends}"
GAP_LINE = "Chưa có người trực từ {begins} đến {ends}. Bổ sung lịch rồi nạp lại: `haidang roster import TỆP`."
GAP_NOW = "Đang không có ai trực; báo khẩn đi thẳng về Văn phòng Sở."
UNREACHED = "Không liên lạc được {who} từ {since}"
UNREACHED_LINE = "{channel} {to}: không gửi được từ {since} ({error}). Người này có ca trực {begins} – {ends}."
UNREACHED_FIX = "Gọi điện kiểm tra, sửa lịch trực hoặc danh bạ; báo khẩn trong ca này đi thêm đường khác."
TEST = "Thử đường báo tin tháng {month}"
TEST_LINE = "Đây là tin thử, không phải việc. Nhận được là đường báo tới {who} còn dùng được."
SUMMARY = "Tổng hợp thời hạn tuần {begins} – {ends}"
SUMMARY_ALL = "Đến hạn trong tuần: {due}; xong đúng hạn: {kept}; xong sau hạn: {late}; chưa xong: {open}."
SUMMARY_OFFICE = "{office}: {due} đến hạn, {kept} đúng hạn, {late} sau hạn, {open} chưa xong."
SUMMARY_FOLLOWED = "Cơ quan ngoài quyền chỉ huy (theo dõi trả lời): {due} đến hạn, {open} chưa có trả lời."
SUMMARY_OVERDUE = "Đang quá hạn, gồm cả các tuần trước: {n} việc trên {all} việc đang mở."
SUMMARY_CASE = "- {label}: {clock}, hạn {due}, {office}."
SUMMARY_MORE = "… và {n} việc nữa trên bàn làm việc."
SUMMARY_NOTE = "Đơn vị xếp theo danh bạ, không xếp hạng; số nhỏ nên chỉ đếm, không tính tỷ lệ."
BROKEN = "Một việc không xét được khi nhắc hạn"
BROKEN_LINE = "Việc {id}: {error}. Các việc khác vẫn được nhắc; xem nhật ký máy."

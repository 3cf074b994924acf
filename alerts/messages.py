"""Every sentence and label that a reader of the digest meets and that is not in a template.

The words are settled: a rumour chip says that an article *mentions* or *rebuts* a rumour, never that something
is false (promise 1); stance is a word, never a colour; *tiêu cực* is kept for wrongdoing in an office.
"""

from __future__ import annotations

from collections.abc import Mapping

PRODUCT = "Hải Đăng"
INTERNAL = "LƯU HÀNH NỘI BỘ"
TITLE = "Điểm báo giáo dục"
SUBJECT = "{title} {day} — Hải Phòng {count} tin, bài"
SUBJECT_OTHERS = "{title} {day} — Hải Phòng không có tin, Bộ, ngành {count}"
SUBJECT_QUIET = "{title} {day} — ngày yên ắng"
WINDOW = "Tin, bài thấy lần đầu từ {start} đến {end}."

PARTS: Mapping[str, str] = {
    "hai_phong": "I. Hải Phòng",
    "bo_nganh": "II. Bộ, ngành",
    "dia_phuong": "III. Địa phương khác",
    "xem_lai": "Cần xem lại",
}
PART_SHORT: Mapping[str, str] = {
    "hai_phong": "Hải Phòng",
    "bo_nganh": "Bộ, ngành",
    "dia_phuong": "Địa phương khác",
    "xem_lai": "Cần xem lại",
}
PART_EMPTY: Mapping[str, str] = {
    "hai_phong": "Không có tin, bài nào về giáo dục Hải Phòng.",
    "bo_nganh": "Không có tin, bài nào của Bộ, ngành.",
    "dia_phuong": "Không có tin, bài nào của địa phương khác.",
}
PART_NOTES: Mapping[str, str] = {
    "xem_lai": "Máy chưa chắc các tin, bài này có thuộc phạm vi theo dõi hay không; đề nghị người đọc quyết định.",
}

FIGURES: Mapping[str, str] = {
    "hai_phong": "Hải Phòng (tin, bài)",
    "hai_phong.truc_tiep": "Hải Phòng, việc của thành phố (tin, bài)",
    "hai_phong.nhom": "Hải Phòng (nhóm tin)",
    "hai_phong.con_lai": "Hải Phòng, chỉ có trong danh sách (nhóm tin)",
    "bo_nganh": "Bộ, ngành (tin, bài)",
    "bo_nganh.nhom": "Bộ, ngành (nhóm tin)",
    "bo_nganh.con_lai": "Bộ, ngành, chỉ có trong danh sách (nhóm tin)",
    "dia_phuong": "Địa phương khác (tin, bài)",
    "dia_phuong.nhom": "Địa phương khác (nhóm tin)",
    "dia_phuong.con_lai": "Địa phương khác, chỉ có trong danh sách (nhóm tin)",
    "xem_lai": "Cần xem lại (tin, bài)",
    "xem_lai.nhom": "Cần xem lại (nhóm tin)",
    "xem_lai.con_lai": "Cần xem lại, chỉ có trong danh sách (nhóm tin)",
    "tong": "Tất cả (tin, bài)",
    "bai_goc": "Không phải bài đăng lại",
    "dang_lai": "Bài đăng lại",
    "chi_sapo": "Chỉ có tiêu đề và sapo",
    "nhac_tin_don": "Nhắc tin đồn",
    "bac_bo_tin_don": "Bác bỏ tin đồn",
    "nhac_tin_don.chua_chac": "Nhắc tin đồn, máy chưa chắc (không tính ở trên)",
    "bac_bo_tin_don.chua_chac": "Bác bỏ tin đồn, máy chưa chắc (không tính ở trên)",
    "bo_sung": "Bổ sung (đến muộn hoặc được xác nhận sau)",
}
STORY_FIGURES: Mapping[str, str] = {"bao": "báo", "goc": "bài gốc", "dang_lai": "bài đăng lại"}

TONE: Mapping[str, tuple[str, str]] = {
    "pos": ("▲", "thuận lợi"),
    "neu": ("■", "trung lập"),
    "neg": ("▼", "bất lợi"),
}
STANCE: Mapping[str, str] = {
    "critical": "có ý kiến phê bình",
    "supportive": "ghi nhận, biểu dương",
}
RUMOUR: Mapping[str, str] = {"report": "nhắc tin đồn", "debunk": "bác bỏ tin đồn"}
RELATIONS: Mapping[str, str] = {
    "original": "bài đầu",
    "reprint": "đăng lại",
    "follow_up": "bài tiếp",
    "debunk": "bác bỏ tin đồn",
}
SURE_ENOUGH = 0.65  # below it a tone or a stance is not shown: a wrong chip on a good deed costs trust
CONFIDENCE = ((0.85, "chắc"), (0.65, "khá chắc"), (0.0, "cần xem lại"))

FROM_STAFF = "do cán bộ nhập, không phải báo"
LINK_FROM_STAFF = "liên kết do cán bộ đưa vào"
FEED_ONLY = "chỉ có tiêu đề và sapo (chưa có toàn văn)"
NEW_TURN = "diễn biến mới"
MORE_REPRINTS = "chỉ thêm bài đăng lại"
SHOWN_BEFORE = "đã đưa trong điểm báo {day}"
LATE = "bổ sung: có từ {at}, hôm trước chưa kịp đưa"
CONFIRMED = "có từ {at}; người xem lại đã xác nhận thuộc phạm vi theo dõi"
UNTITLED = "(không có tiêu đề)"

WHY_HP_DIRECT = "nói về Hải Phòng"
WHY_HP_MENTION = "có nhắc Hải Phòng"
WHY_SCOPE: Mapping[str, str] = {
    "national": "việc chung cả nước",
    "local": "việc của địa phương khác",
    "abroad": "chuyện nước ngoài",
    "unclear": "chưa rõ địa bàn",
}
WHY_HIGHER = "đại học, nghề nghiệp"
WHY_OUTLETS = "nhiều báo cùng đưa"
WHY_REVIEW = "máy chưa chắc có thuộc phạm vi theo dõi"

QUIET_ALL = "Ngày yên ắng: không có tin, bài giáo dục nào cần đọc."
QUIET_HP = "Ngày yên ắng: Hải Phòng không có tin, bài giáo dục nào."
QUIET_CAUTION = "Có nguồn chưa theo dõi được hoặc im lặng, xem cuối thư: yên ắng chưa chắc là không có tin."

NOTE = (
    "Máy chọn và xếp; sắc thái và thái độ là nhận định của máy kèm mức chắc chắn, không phải kết luận. "
    "Tên học sinh được che tự động trong thư này."
)
SOURCES = "Tình trạng nguồn theo dõi"
SOURCES_FINE = "Mọi nguồn đang theo dõi đều hoạt động."
SILENT = "nguồn im lặng"
SILENT_SINCE = "im lặng, lần cuối thấy tin {at}"
SILENT_NEVER = "im lặng, chưa lần nào thấy tin"
UNWATCHED = "chưa theo dõi được"

# e-mail: what the outbox keeps as `error` and `haidang doctor` shows
MAIL_NO_ROW = "không có thư {id} hoặc bản điểm báo của nó trong kho"
MAIL_NO_HOST = "chưa cấu hình máy chủ thư: đặt smtp_host trong settings.yml hoặc HAIDANG_SMTP_HOST"
MAIL_NO_FROM = "chưa cấu hình địa chỉ gửi: đặt smtp_from trong settings.yml hoặc HAIDANG_SMTP_FROM"
MAIL_BAD_FROM = "địa chỉ gửi không hợp lệ: {address!r}; sửa smtp_from"
MAIL_BAD_RECIPIENT = "địa chỉ nhận không hợp lệ: {address!r}; sửa recipients"
MAIL_NO_PASSWORD = "không đọc được tệp mật khẩu {path}: {reason}; sửa smtp_password_file"  # noqa: S105 - a message
MAIL_OPEN_PASSWORD = "tệp mật khẩu {path} ai cũng đọc được (quyền {mode}); chạy: chmod 600 {path}"  # noqa: S105
MAIL_ODD_PASSWORD = "mật khẩu trong tệp {path} có ký tự ngoài ASCII, máy chủ thư không nhận; đổi mật khẩu"  # noqa: S105
MAIL_UNREACHABLE = "không nối được máy chủ thư {server}: {reason}"
MAIL_TLS = "máy chủ thư {server} không bắt tay TLS được: {reason}; không gửi khi đường truyền không mã hoá"
MAIL_LOGIN = "máy chủ thư {server} không nhận đăng nhập của {user}: {reason}"
MAIL_BUSY = "máy chủ thư {server} hẹn lại khi {step}: {reason}"
MAIL_SETUP = "máy chủ thư {server} từ chối khi {step}: {reason}; xem lại cấu hình gửi thư"
MAIL_REFUSED = "máy chủ thư {server} từ chối {recipient} khi {step}: {reason}"
MAIL_EXPIRED = "thôi gửi sau một ngày, {attempts} lần thử; lần cuối: {error}"
MAIL_STEPS: Mapping[str, str] = {
    "connect": "nối máy chủ",
    "hello": "chào hỏi",
    "login": "đăng nhập",
    "sender": "nhận địa chỉ gửi",
    "recipient": "nhận địa chỉ nhận",
    "data": "nhận nội dung thư",
}

# a source in trouble: the e-mail to the administrators, and the same sentences on the desk (docs/health.md)
HEALTH_SUBJECT_ONE = "Nguồn theo dõi: {name} – {what}"
HEALTH_SUBJECT_SOME = "Nguồn theo dõi: {count} nguồn cần xem"
HEALTH_SUBJECT_MANY = "Nhiều nguồn cùng im lặng ({count}): có thể do mạng của máy này"
HEALTH_SUBJECT_EVERYWHERE = "Hơn nửa số nguồn ít tin hẳn: ngày nghỉ, hay máy này có trục trặc?"
HEALTH_TITLE = "Tình trạng nguồn theo dõi"
HEALTH_CHECKED = "Kiểm tra lúc {at}."
HEALTH_MANY = (
    "{count} nguồn cùng có chuyện trong một lần kiểm tra. Trước hết hãy xem máy này có ra được mạng không "
    "(“haidang doctor”); nếu mạng tốt, xem từng nguồn dưới đây."
)
HEALTH_ALL = "Tất cả nguồn"
HEALTH_OWNER = "Phụ trách: {owner}."
HEALTH_GROUP = "{group}: {count} nguồn – {what}."
HEALTH_MORE = "… và {count} nguồn nữa: xem trang Nguồn theo dõi."
HEALTH_CLOSED = "Đã hết lúc {at}."
HEALTH_DO_LABEL = "Nên làm: {do}"
HEALTH_DO: Mapping[str, str] = {
    "never_answered": "mở địa chỉ bằng trình duyệt; sai thì sửa tệp nguồn, rồi chạy “haidang sources test {id}”.",
    "failing": "mở địa chỉ bằng trình duyệt; đã đổi thì sửa tệp nguồn, rồi chạy “haidang sources test {id}”.",
    "late": "mở trang của nguồn: có tin mà ở đây không có thì báo người quản trị sửa tệp nguồn; không thì chờ.",
    "silent": "mở trang của nguồn: có tin mà ở đây không có thì sửa địa chỉ trong tệp nguồn (docs/add-a-source.md).",
    "flooding": "xem vài bài mới của nguồn: bài cũ đăng lại, trang danh mục hay trang rác thì thu hẹp “path_like”.",
    "layout_changed": "mở bài ví dụ trên bàn làm việc và trên báo; sửa “selectors” trong tệp nguồn.",
    "everywhere": "ngày nghỉ thì không cần làm gì; ngày thường thì chạy “haidang doctor” và xem đường mạng.",
}
HEALTH_GAP = (
    "không có tin mới từ {since} ({span}); quãng ấy thường có tin trong khoảng {expected} giờ, và lặng như vậy "
    "ở nguồn này {rare}."
)
HEALTH_PATIENCE = (
    "không có tin mới từ {since} ({span}); quá mức chờ {hours} giờ của nguồn này. "
    "Nguồn chưa đủ tin để biết nhịp riêng, nên chỉ đo bằng mức chờ."
)
HEALTH_EMPTY = "trả lời, nhưng chưa có tin nào từ khi bắt đầu hỏi, {since} ({span})."
HEALTH_FEW = "bảy ngày qua chỉ có {seen} tin, bài; thường khoảng {expected}, tuần ít nhất trước nay {leanest}."
HEALTH_FLOOD = "{hours} giờ qua có {seen} tin, bài; thường khoảng {expected}, nhiều nhất trước nay {most}."
HEALTH_LAYOUT = "trang bài có thể đã đổi bố cục, từ {since}: {parts}."
HEALTH_PART = "{part} chỉ còn ở {now} % trang mới (trước {before} %)"
HEALTH_EXAMPLES = " Ví dụ: {ids}."
HEALTH_PARTS: Mapping[str, str] = {
    "page": "nội dung đọc được",
    "title": "tiêu đề",
    "lead": "sapo",
    "body": "toàn văn",
    "date": "ngày giờ đăng",
    "quality": "đủ các phần (tiêu đề, sapo, toàn văn, giờ đăng)",
}
HEALTH_FAILING = "không địa chỉ nào tải được từ {since}: {channels}."
HEALTH_PARTLY = "một phần địa chỉ không tải được: {channels}; các địa chỉ khác vẫn chạy."
HEALTH_NEVER = "đã hỏi{since} mà chưa trả lời lần nào: {channels}."
HEALTH_NEVER_SINCE = " từ {since}"
HEALTH_EVERYWHERE = (
    "{low} trong {judged} nguồn cùng ít tin hơn hẳn thường lệ. Có thể là ngày nghỉ; cũng có thể máy hay đường mạng ở "
    "đây có trục trặc. Trong lúc này không báo riêng từng nguồn im lặng."
)
HEALTH_HOURS = "{count} giờ"
HEALTH_DAYS = "{count} ngày"
HEALTH_AND_MORE = ", … (tất cả {count})"
HEALTH_RARE_EVER = "gần như chưa từng có"
HEALTH_RARE_YEARS = "khoảng {years} năm mới gặp một lần"
HEALTH_RARE_MONTHS = "khoảng {months} tháng mới gặp một lần"
HEALTH_ONCE = (
    "Mỗi chuyện chỉ báo một lần, cho tới khi hết; tình trạng mới nhất luôn ở trang Nguồn theo dõi của bàn làm việc. "
    "Cách đo và cách xử lý: docs/health.md."
)
MAIL_NO_ALERT = "không còn báo động nào của lần kiểm tra {id} trong kho"

# labels of people, and what the judge says otherwise than before (docs/labels.md)
LABEL_BY_PERSON = "người xác nhận"
LABEL_NOT_SURE = "chưa chắc"
LABEL_TARGET = "Đối tượng của thái độ"
LABEL_NO_TARGET = "không nêu"
LABEL_NOT_JUDGED = "chưa nhận định"
LABEL_BOTH = "máy: {machine} · người: {person}"
LABEL_GIVEN = "{by} gán nhãn {task}: {told}."
LABEL_TAKEN_BACK = "{by} rút nhãn {task}."
LABEL_NO_SPREAD = (
    "rumour: không có nhãn “spread”; nghi một bài đưa tin chưa kiểm chứng như thật thì để “none” và chuyển bài sang "
    "việc đối chiếu"
)
LABEL_UNKNOWN = "không có nhãn nào mang mã {id!r}; xem `haidang label list`"
LABEL_WITHDRAWN = "{id}: nhãn này đã được rút rồi"
LABEL_ONE_LINE = "{task}: viết tên cơ quan, trường trong một dòng, nhiều nhất {most} ký tự"
LABEL_NO_VALUE = "{task}: không có nhãn {value!r}; chọn một trong: {values}"
LABEL_TOPICS = "topics: {what}; các chủ đề: {topics}"
LABEL_NO_TOPIC = "không có chủ đề {topic!r}"
LABEL_MOST_TOPICS = "nhiều nhất {most} chủ đề"
LABEL_NO_TASK = "không có câu hỏi {task!r}; có: {tasks}"
LABEL_NAMELESS = "thiếu tên người gán nhãn; viết họ và tên"
LABEL_NO_NAME = "{name!r}: chưa phải họ và tên; người gán nhãn phải tìm lại được"
LABEL_LONG_WHY = "lý do dài quá {most} ký tự"
LABEL_NO_ARTICLE = "không có bài nào mang mã {id!r}"
LABEL_NOT_READ = "{id}: chưa đọc được nội dung nào để gán nhãn"
LABEL_NO_TEXT = "{id}: không có bản nào mang mã {revision!r}"
DRIFT = "{task}: tháng {month} máy nhận định khác hẳn các tháng trước{where}: {shares} ({stories} nhóm tin)"
DRIFT_DO = (
    "đọc vài bài của tháng đó: việc có thật thì không cần làm gì; máy sai thì sửa nhãn ở trang bài (docs/labels.md)"
)

CHECKING = "Đối chiếu, xác minh"
CHECKING_NOTE = "Máy chỉ nêu để người xem; kết quả do người có tên ghi trên bàn làm việc, sau khi đối chiếu văn bản."

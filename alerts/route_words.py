"""Words of routing: why something goes to an office, for the desk and the command line (never a verdict, promise 1)."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "suspect": "thông tin cần đối chiếu",
    "concern": "phản ánh cần xác minh",
    "press_request": "báo chí hỏi",
    "citizen_report": "người dân phản ánh, kiến nghị",
    "staff_report": "cán bộ báo",
    "story": "tin cần trả lời",
}
SOURCES: Mapping[str, str] = {
    "local": "báo, đài địa phương",
    "national": "báo, đài trung ương",
    "foreign": "báo chí nước ngoài",
    "official": "trang của cơ quan, trường",
    "social": "trang mạng xã hội",
    "person": "người báo trực tiếp",
}
LEVELS: Mapping[str, str] = {
    "mam_non": "mầm non",
    "tieu_hoc": "tiểu học",
    "thcs": "THCS",
    "lien_cap_thcs": "liên cấp không có THPT",
    "thpt": "THPT",
    "lien_cap": "liên cấp có THPT",
    "gdtx": "GDTX, GDNN, trung tâm",
    "dai_hoc": "đại học, cao đẳng",
}
BODIES: Mapping[str, str] = {
    "commune": "công lập thuộc xã, phường, đặc khu",
    "department": "công lập thuộc Sở",
    "private": "tư thục",
    "ministry": "thuộc bộ, ngành",
}
SEVERITIES: Mapping[str, str] = {"thuong": "thường", "cao": "cao", "khan": "khẩn"}
UNKNOWN = "chưa rõ"

FACTS = "Việc: {kind}; nơi: {place}; chuyên mục: {themes}; cấp học: {level}; nguồn: {source}; mức: {severity}."
ABOUT = "Nói về: {names}."
ABOUT_NOBODY = "Chưa ghi việc này nói về ai; người cho chuyển phải xem trước."
HELD_KIND = "Là {kind}: có lời phản ánh, nên nằm ở {owner} đến khi được cho chuyển."
HELD_CRITICAL = "Có ý kiến phê bình: không gửi ra ngoài Sở và không gửi nơi bị nêu tên đến khi {owner} cho chuyển."
NOBODY_TOLD = "Chưa cho chuyển: trường, xã, phường và người bị nêu tên không nhận gì, kể cả bản sao."
RELEASED = "{by} đã cho chuyển; chỉ gửi bản đã che người phản ánh và học sinh."
RULE = "Quy tắc “{name}” ({id})."
RULE_DEFAULT = "Không quy tắc nào hợp: {owner} nhận, là đầu mối theo dõi, đôn đốc."
AFTER_RELEASE = "Nếu được cho chuyển: {owner}."
HOLDER = "{role} hiện do {owner} giữ."
NO_HOLDER = "{role} chưa ghi đơn vị giữ."
NOW = "{old} không còn; việc nay do {new} làm."
NOW_NOBODY = "{old} không còn và danh bạ chưa ghi ai làm thay."
NO_PLACE = "Chưa rõ xã, phường, đặc khu nào nên chưa giao được cho UBND ở đó."
NO_SCHOOL = "Chưa rõ trường nào."
SCHOOL_UNLISTED = "{school} chưa có trong danh bạ liên hệ, nên không gửi bản sao cho trường."
NO_DIVISION = "Chưa ghi phòng nào của Sở phụ trách cấp học này."
THEME_OUTSIDE = "Chuyên mục thường do {office} trả lời, là cơ quan ngoài Sở: chỉ đề xuất, người quyết định."
PASSED_OVER = "Bỏ qua quy tắc “{name}” ({id}): {why}"
WHY_NOT: Mapping[str, str] = {
    "kinds": "loại việc khác.",
    "sources": "nguồn khác.",
    "levels": "cấp học khác hoặc chưa rõ.",
    "bodies": "cơ quan quản lý trường khác hoặc chưa rõ.",
    "themes": "chuyên mục khác.",
    "topics": "chủ đề khác.",
    "severities": "mức khác.",
    "places": "nơi khác hoặc chưa rõ.",
    "owner": "chưa xác định được đơn vị.",
}
OWN_OFFICE = "Việc nói về {office}, nên đơn vị này không tự giữ, không tự kết luận."
UNDER_IT = "{office} thuộc nơi bị nói đến ({over}), nên không được kết luận."
NEXT_UP = "Chuyển lên {owner}."
JUDGE_OUTSIDE = (
    "Trong Sở không ai đứng ngoài việc này: {owner} chỉ giữ hồ sơ, {judge} mới được kết luận; "
    "người có thẩm quyền báo cáo bằng văn bản."
)
NO_JUDGE = "Danh bạ không còn ai đứng ngoài việc này; người có thẩm quyền phải chỉ định người kết luận."
COPY = "Bản sao: {names}."
COPY_FOLLOWS = "{office} nhận bản sao để theo dõi, đôn đốc."
COPY_EXPLAINS = "{office} là nơi bị nói đến: chỉ nhận bản đã che, để giải trình."
COPY_KEPT = "Không gửi {office}: việc nói về nơi này."
PROPOSE = "Đề xuất chuyển bằng văn bản, người quyết định: {names}."
INFORMATION = "Chỉ để biết, không ai phải trả lời."
URGENT = "Việc khẩn: báo cả bằng điện thoại."
UNREACHABLE = "{office} chưa có địa chỉ trong danh bạ liên hệ."

READ_KIND = "Loại việc: {kind} ({why})."
KIND_GIVEN = "do người chọn"
KIND_CANDIDATE = "bài nêu một điều đang chờ đối chiếu"
KIND_CONCERN = "bài có phản ánh cần xác minh"
KIND_STORY = "bài không có gì chờ đối chiếu, không có phản ánh"
READ_PLACE = "Nơi: {code}, được nhắc {times} lần, nhiều nhất trong bài."
READ_PLACES = "Nơi: bài nhắc nhiều xã, phường như nhau, nên chưa chọn nơi nào."
READ_WIDE = "Nơi: chỉ có “{span}”, nay là nhiều xã, phường, nên chưa chọn nơi nào."
READ_NO_PLACE = "Nơi: bài không nêu xã, phường, đặc khu nào của Hải Phòng."
READ_THEMES = "Chuyên mục: {names}."
READ_SCHOOL = "Trường: {school}; cấp học: {level}."
READ_NO_SCHOOL = "Trường: bài không nêu tên trường nào ở tiêu đề, phần mở đầu."
READ_SOURCE = "Nguồn: {outlet}, {source}."
READ_CRITICAL = "Có ý kiến phê bình hoặc phản ánh: chỉ dùng để giữ lại, không làm việc này thành cần đối chiếu."
READ_NOT_CRITICAL = "Không thấy ý kiến phê bình cơ quan, trường."

GAP_FIX = "ghi địa chỉ cho `{key}` trong contacts.yml"
GAP_LINE = "{name} ({key}): chưa có địa chỉ. {count} loại việc đến đây, ví dụ {example}"
GAP_COMMUNES = "{count}/{all} xã, phường, đặc khu chưa có địa chỉ, ví dụ {names}"
GAP_EXAMPLE = "{kind}, {level}, {theme}"
ALL_REACHED = "Mọi loại việc ở {communes} xã, phường, đặc khu đều đến được người nhận ({routes} tổ hợp đã thử)."

NAMED_SCHOOL = (
    r"(?:[Tt]rường\s+)?(?:THPT|THCS|PTTH|TH|MN|TTGDTX|GDNN\s?-\s?GDTX|[Mm]ầm non|[Tt]iểu học|[Tt]rung học cơ sở|"
    r"[Tt]rung học phổ thông|Đại học|[Cc]ao đẳng)(?:\s*(?:&|,|và|-)\s*(?:THPT|THCS|TH))*(?:\s+chuyên)?"
    r"(?:\s+[A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ][\w.]*){1,5}"
)
"""Where a text names a school: its kind and a name whose words begin with capitals."""

"""Words of cases: names of states, kinds and events; what is said when something cannot be done (never a verdict)."""

from __future__ import annotations

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "moi": "mới",
    "da_nhan": "đã nhận",
    "dang_xac_minh": "đang xác minh",
    "da_co_ket_qua": "đã có kết quả xác minh",
    "da_tra_loi": "đã trả lời",
    "da_de_nghi_cai_chinh": "đã gửi phản hồi, đề nghị cải chính",
    "da_dang_thong_tin": "đã đăng thông tin",
    "ket_thuc": "kết thúc, lưu hồ sơ",
}
KINDS: Mapping[str, str] = {
    "suspect": "cần đối chiếu",
    "concern": "phản ánh cần xác minh",
    "press_request": "câu hỏi của báo chí",
    "citizen_report": "phản ánh của người dân",
    "staff_report": "cán bộ, giáo viên báo",
    "story": "tin cần trả lời",
}
SEVERITIES: Mapping[str, str] = {"thuong": "thường", "cao": "cao", "khan": "khẩn"}
SOURCES: Mapping[str, str] = {
    "local": "báo địa phương",
    "national": "báo trung ương",
    "foreign": "báo nước ngoài",
    "official": "trang của cơ quan",
    "social": "mạng xã hội",
    "person": "người dân, cán bộ",
}
TARGETS: Mapping[str, str] = {
    "article": "bài viết",
    "story": "nhóm tin",
    "candidate": "mục đối chiếu",
    "concern": "phản ánh",
    "reference": "văn bản trong kho",
    "rebuttal": "bài bác bỏ hoặc trả lời",
    "case": "việc",
    "about": "nơi được nói tới",
}
PAPER_STATES: Mapping[str, str] = {
    "draft": "dự thảo",
    "submitted": "đã trình",
    "signed": "đã ký",
    "issued": "đã phát hành",
    "received": "nơi nhận đã vào sổ",
}
EVENTS: Mapping[str, str] = {
    "opened": "Mở việc",
    "routed": "Chuyển đến",
    "released": "Văn phòng Sở cho chuyển tiếp",
    "received": "Đã nhận",
    "assigned": "Giao việc",
    "verifying": "Bắt đầu xác minh",
    "result": "Kết quả xác minh",
    "outside_label": "Kết luận của cơ quan có thẩm quyền",
    "note": "Ghi chú",
    "changed": "Sửa thông tin",
    "linked": "Gắn thêm",
    "unlinked": "Gỡ ra",
    "file": "Tài liệu kèm theo",
    "paper": "Dự thảo văn bản",
    "paper_submitted": "Trình ký",
    "paper_signed": "Đã ký",
    "paper_issued": "Phát hành",
    "paper_received": "Nơi nhận vào sổ",
    "telephoned": "Đã gọi điện",
    "answered": "Đã trả lời",
    "correction_asked": "Đã gửi phản hồi, đề nghị cải chính",
    "published": "Đã đăng thông tin",
    "closed": "Kết thúc, lưu hồ sơ",
    "reopened": "Mở lại",
    "clock": "Thời hạn",
    "paused": "Tạm dừng",
    "resumed": "Tiếp tục",
    "instruction": "Bút phê",
    "acknowledged": "Đã biết cảnh báo",
    "alarm": "Cảnh báo thời hạn",
    "escalated": "Báo lên cấp trên",
    "forgotten": "Đã biết nhưng chưa làm gì",
    "merged": "Nhập vào việc khác",
    "unmerged": "Tách lại như trước khi nhập",
    "split": "Tách việc",
    "original_asked": "Đề nghị xuất bản gốc",
    "original_approved": "Duyệt xuất bản gốc",
    "exported": "Đã xuất hồ sơ",
    "erased": "Đã xóa nội dung",
}
DOES: Mapping[str, str] = {  # what cannot be done: "chưa … được"
    "routed": "chuyển đơn vị",
    "released": "cho chuyển tiếp",
    "received": "nhận",
    "assigned": "giao",
    "verifying": "bắt đầu xác minh",
    "result": "ghi kết quả",
    "outside_label": "ghi kết luận của cơ quan có thẩm quyền",
    "note": "ghi chú",
    "changed": "sửa thông tin",
    "linked": "gắn thêm",
    "unlinked": "gỡ",
    "file": "kèm tài liệu",
    "paper": "soạn văn bản",
    "paper_submitted": "trình ký",
    "paper_signed": "ghi đã ký",
    "paper_issued": "phát hành",
    "paper_received": "ghi số đến",
    "telephoned": "ghi cuộc gọi",
    "answered": "ghi đã trả lời",
    "correction_asked": "ghi đã đề nghị cải chính",
    "published": "ghi đã đăng thông tin",
    "closed": "kết thúc",
    "reopened": "mở lại",
    "clock": "đặt thời hạn",
    "paused": "tạm dừng",
    "resumed": "tiếp tục",
    "instruction": "ghi bút phê",
    "acknowledged": "ghi đã biết",
    "merged": "nhập",
    "unmerged": "tách lại",
    "split": "tách",
    "original_asked": "đề nghị xuất bản gốc",
    "original_approved": "duyệt xuất bản gốc",
    "exported": "xuất",
    "erased": "xóa nội dung",
}

# What is wrong, each beginning with the case or the field that it is about.
NAME, REASON, TEXT, TITLE, DOCUMENT, PLACE, QUESTION = (
    "họ và tên", "lý do", "nội dung", "tiêu đề", "văn bản", "nơi", "câu hỏi",
)  # fmt: skip
NO_CASE = "{id}: không có việc này; xem `haidang case list`"
TWO_CASES = "{id}: có {n} việc bắt đầu như vậy; viết đủ mã cas_… hoặc số như 2026/0012"
HELD_PAPER = (
    "{label}: phản ánh đang giữ tại Văn phòng Sở, chưa cho chuyển, nên chỉ lập được phiếu trình hoặc hồ sơ nội bộ,"
    " không gửi ra ngoài; cho chuyển (đã che tên) rồi mới soạn công văn"
)
NOT_NOW = "{label}: việc đang ở trạng thái “{state}” nên chưa {does} được; {do}"
AWAY = "{label}: việc đã nhập vào việc khác ({into}) nên chưa {does} được; làm ở việc đó, hoặc tách lại trước"
DO: Mapping[str, str] = {
    "received": "chỉ cần nhận một lần; muốn chuyển nơi khác thì ghi chuyển đơn vị",
    "verifying": "ghi đã nhận việc trước",
    "result": "ghi đã nhận việc trước; việc đã trả lời hoặc kết thúc thì mở lại trước",
    "answered": "cần có kết quả xác minh của một người có tên trước",
    "correction_asked": "cần có kết quả xác minh của một người có tên trước",
    "published": "cần có kết quả xác minh của một người có tên trước",
    "reopened": "chỉ mở lại việc đã trả lời hoặc đã kết thúc",
}
DO_OPEN = "mở lại việc trước nếu còn phải làm"
ALREADY_OPEN = "{label}: việc này đã được mở từ trước"
TOO_LONG = "{field}: dài quá {limit} ký tự; viết gọn lại hoặc kèm thành tài liệu"
EMPTY = "{field}: chưa viết gì"
NOT_ONE_OF = "{field}: chỉ nhận {known}"
NOT_KEY = "{field}: {value!r} không phải mã trong danh bạ (office:…, commune:…, school:…, role:…)"
HELD_ROUTE = (
    "{label}: việc có nội dung phản ánh, đang giữ ở Văn phòng Sở; một người có tên của Văn phòng cho chuyển tiếp "
    "(đã che tên người phản ánh và học sinh) rồi mới chuyển đến {office} được"
)
HELD_NOT = "{label}: việc này không đang giữ ở Văn phòng Sở, không cần cho chuyển tiếp"
ONLY_OFFICE = "{label}: chỉ người của Văn phòng Sở ({office}) mới cho chuyển tiếp được; người ghi đang ở {own}"
NO_OFFICE = "đơn vị của người ghi: phải ghi, vì không ai được kết luận về việc của chính đơn vị mình"
OWN_OFFICE = "{label}: việc này nói về {office} nên người của {office} không ghi kết quả được; chuyển đơn vị khác xem"
ABOUT_OWNER = "{label}: việc này nói về {office} nên không giao cho {office} xem xét; chuyển về Văn phòng Sở"
NO_RESULT = "kết quả: chọn một trong năm kết quả"
NEEDS_DOCUMENT = (
    "văn bản: ghi số, ký hiệu hoặc mã của văn bản đã đối chiếu; không có văn bản thì kết quả là “chưa đủ căn cứ” hoặc "
    "“là ý kiến”"
)
ANSWER_NEEDS = (
    "văn bản: ghi số của văn bản đã phát hành, hoặc trả lời bằng cách nào (điện thoại, họp báo, đăng trên trang)"
)
PAPER_NOT_ISSUED = "{label}: văn bản “{title}” đang ở bước “{state}”, chưa phát hành; ghi số và ngày phát hành trước"
LABEL_BODY = (
    "cơ quan kết luận: chỉ ghi kết luận của trung tâm quốc gia (tingia.gov.vn) hoặc của Sở VHTTDL: ttqg, svhttdl"
)
LABEL_NEEDS = "văn bản: ghi số hoặc địa chỉ văn bản của cơ quan đã kết luận; nhãn này là của họ, không phải của Sở GDĐT"
NO_PAPER = "{id}: việc {label} không có văn bản này"
PAPER_STEP = "{label}: văn bản “{title}” đang ở bước “{state}” nên chưa {does} được; {do}"
PAPER_DO: Mapping[str, str] = {
    "paper": "đã trình hoặc đã ký thì soạn dự thảo mới",
    "paper_submitted": "soạn xong dự thảo trước",
    "paper_signed": "trình trước",
    "paper_issued": "ghi đã ký trước",
    "paper_received": "ghi số, ngày phát hành trước",
}
SIGNED_AS = "ký: chỉ nhận trống, KT. hoặc TL."
NUMBER = "số văn bản: văn thư ghi số và ký hiệu, như 123/SGDĐT-VP"
PAUSE_UNTIL = "tạm dừng đến: phải ghi thời điểm kết thúc, sau lúc này và không quá {days} ngày"
ACK_UNTIL = "đã biết đến: phải ghi thời điểm hết hiệu lực, sau lúc này và không quá {hours} giờ"
PAUSED_ALREADY = "{label}: việc đang tạm dừng; tiếp tục trước rồi mới tạm dừng lại"
NOT_PAUSED = "{label}: việc không đang tạm dừng"
NOTHING_RUNS = "{label}: không có thời hạn nào đang chạy để tạm dừng"
INSTRUCTION_PAST = "{label}: hạn của bút phê phải sau lúc ghi"
SELF_MERGE = "{label}: không nhập một việc vào chính nó"
MERGE_CIRCLE = "{label}: việc kia đã nhập vào việc này; tách lại trước"
MERGE_HELD = (
    "{label}: một trong hai việc có nội dung phản ánh đang giữ ở Văn phòng Sở; cho chuyển tiếp trước rồi mới nhập"
)
NOT_MERGED = "{label}: việc này chưa nhập vào đâu"
SPLIT_WHAT = "{label}: chọn ít nhất một mục đang gắn với việc để tách ra; không có {missing}"
NOT_LINKED = "{label}: {target} không gắn với việc này"
LINKED_ALREADY = "{label}: {target} đã gắn với việc này"
TOO_MANY = "{label}: việc đã có {n} {what}, nhiều nhất {limit}"
FILE_NAME = "tên tệp: {name!r} không dùng được; đặt tên ngắn, có đuôi như .pdf"
FILE_TYPE = "{name}: chỉ kèm {known}; tệp này có đuôi hoặc nội dung khác"
FILE_SIZE = "{name}: lớn quá {limit} MB"
FILE_EMPTY = "{name}: tệp rỗng"
FILE_INSIDE = "{name}: nội dung không phải {suffix}; lưu lại đúng định dạng"
ASKED_NOT = "{label}: chưa ai đề nghị xuất bản gốc; `haidang case export {label} --original --by … --why …`"
CLOCKS: Mapping[str, str] = {
    "first_answer": "trả lời lần đầu",
    "close": "giải quyết xong",
    "verify": "xác minh",
    "report": "báo cáo",
    "handover": "nơi nhận xác nhận",
    "explain": "giải trình",
}
APPROVE_SELF = "{name} là người đề nghị nên không duyệt cho chính mình; cần hai người khác"
APPROVE_TWICE = "{name} đã duyệt rồi; cần thêm một người khác"
APPROVE_TWO = "{label}: bản gốc cần hai người duyệt khác nhau, mới có {got}"
ERASE_WHAT = "{label}: chọn ít nhất một mục trong dòng việc để xóa nội dung; không có {missing}"
ERASE_NOT = "{label}: mục “{kind}” ghi việc xóa nên không xóa được"
BULK_OK = "{label}: xong"
UNTITLED = "(chưa có tiêu đề)"
FROM_STORY = "Tin cần trả lời: {title}"
ASKED_BY = "{outlet} hỏi: {question}"
REPORTED = "Phản ánh: {text}"
NO_STORY = "{id}: không có nhóm tin này; xem `haidang stories show`"
NOT_PASSED = (
    "{id}: phản ánh chưa được chuyển Văn phòng Sở; ghi `haidang concerns note {id} passed …` trước, "
    "Văn phòng mới mở việc"
)
MOMENT_LATE = "{field}: thời điểm {value} ở sau lúc ghi"
HEAD_OFFICE = "Văn phòng Sở"
DEFAULT_BECAUSE = "chưa có quy tắc nào hợp, nên về đầu mối mặc định là Văn phòng Sở"
HELD_BECAUSE = "việc có nội dung phản ánh nên giữ ở Văn phòng Sở cho đến khi có người cho chuyển tiếp"
INSTRUCTION_LATE = "bút phê lúc {at}: hạn {due}, muộn hơn thời hạn theo quy định nên giữ thời hạn theo quy định"
INSTRUCTION_STEP = "bút phê lúc {at}: hạn {due}"
RESUMED_STEP = "tạm dừng từ {since} đến {until}: hạn {due}"
EARLIER_STEP = "giữ theo việc {label} đã nhập vào: hạn sớm hơn"

# A case in words.
ZONE = "Asia/Ho_Chi_Minh"
GONE = "(nội dung đã xóa theo quyết định)"
UNTIL = "đến {at}"
CLOCK_DUE = "{clock}: hạn {due}"
BY_MACHINE, BY_PERSON = "máy", "người phụ trách"
DAY = "ngày {day}"

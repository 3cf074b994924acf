"""Words of the press briefing and of the ledger of what the press was given."""

from __future__ import annotations

KIND = "TÀI LIỆU GIAO BAN BÁO CHÍ"
SUBJECT = "lĩnh vực giáo dục và đào tạo (từ {first} đến {last})"
NOTE = (
    "Tài liệu do máy xếp từ kho tin và sổ của Sở, chờ người phụ trách sửa, duyệt. Tên học sinh, và người lớn không giữ "
    "chức vụ công bị cáo buộc, bị nạn, bị bệnh đã che. Phản ánh chưa được Văn phòng Sở cho chuyển chỉ được đếm: tài "
    "liệu không nêu trường, địa bàn hay người bị phản ánh. Câu trả lời chỉ lấy từ danh sách đã duyệt, kèm người duyệt."
)
PARTS = (
    "Vấn đề báo chí, dư luận quan tâm", "Số liệu", "Câu hỏi có thể được hỏi và câu trả lời đã duyệt", "Việc đang xử lý",
    "Phản ánh đang được kiểm tra", "Thông tin đã cung cấp cho báo chí trong kỳ",
)  # fmt: skip
QUIET = "Trong kỳ không có tin, bài nào về giáo dục Hải Phòng."
FACT = "{outlets} báo, {originals} bài gốc, {reprints} bài đăng lại; báo đăng đầu tiên: {first}, {when}."
STAFF_FACT = "Cán bộ đưa vào kho, {when}; chưa thấy báo nào đăng."
MORE_FACTS = "Còn {n} nhóm tin nữa về giáo dục Hải Phòng trong phụ lục."
NUMBERS = (
    "Trong kỳ có {articles} tin, bài về giáo dục Hải Phòng ({originals} bài gốc) trong {stories} nhóm tin, của "
    "{outlets} báo."
)
THEME_COLUMNS = ("Chuyên mục", "Nhóm tin", "Bài gốc", "Bài đăng lại")
RISING = "Nhiều hơn thường lệ: {themes}."
ASKED = "{outlet} đã hỏi (việc {label}, {state}{due})"
ASKED_DUE = ", hạn trả lời {due}"
RISEN = "Nhiều tin hơn thường lệ về {theme}"
FREQUENT = "Có nhiều nhóm tin nhất trong kỳ về {theme}"
RISEN_QUESTION = "Tình hình {theme} hiện nay thế nào, Sở đã làm gì và sẽ làm gì?"
HELD_QUESTION = "(Câu hỏi có phản ánh chưa được Văn phòng Sở cho chuyển: xem hồ sơ việc {label}.)"
ANSWER = "Đã duyệt: {question} – {answer} (người duyệt: {by}, dùng từ {day}, mã {id})"
NO_APPROVER = "chưa ghi người duyệt"
NO_ANSWER = "Chưa có câu trả lời đã duyệt; đơn vị chuẩn bị: {office}."
NO_QUESTIONS = "Không có câu hỏi nào của báo chí, không có chuyên mục nào nổi lên."
NOBODY = "Văn phòng Sở phân công"
CASE_COLUMNS = ("Việc", "Nội dung", "Đơn vị", "Trạng thái", "Hạn")
NO_CASES = "Không có tin cần trả lời hay câu hỏi báo chí nào đang mở."
HELD_CASE = "(có phản ánh chưa được cho chuyển)"
OVERDUE = "{due}, QUÁ HẠN"
NO_DUE = "không có hạn"
CONCERNS = (
    "Có {n} phản ánh đang được kiểm tra ({kinds}). Chưa nêu nơi, người được phản ánh khi Văn phòng Sở chưa cho chuyển."
)
CONCERNS_HELD = "{n} nhóm tin có phản ánh như vậy không được đưa vào tài liệu này."
NO_CONCERNS = "Không có phản ánh nào đang chờ kiểm tra trong kỳ."
GIVEN = "{when}: {outlet} – {what}{number} ({way})"
GIVEN_NUMBER = ", kèm {number}"
NO_GIVEN = "Sổ cung cấp thông tin báo chí không có dòng nào trong kỳ."
ANNEX = "Tin, bài trong kỳ"
ANNEX_COLUMNS = ("TT", "Tiêu đề (đã che)", "Báo", "Ngày", "Địa chỉ")
BAD_WINDOW = "--from {first} đứng sau --to {last}"
LONG_WINDOW = "tài liệu giao ban lấy nhiều nhất {days} ngày; chọn khoảng ngắn hơn"

LEDGER_KIND = "SỔ CUNG CẤP THÔNG TIN BÁO CHÍ"
LEDGER_SUBJECT = "từ {first} đến {last}"
LEDGER_COLUMNS = ("TT", "Ngày, giờ", "Cơ quan báo chí", "Nội dung đã cung cấp", "Hình thức", "Văn bản", "Người ghi")
LEDGER_CSV = (
    "ma",
    "luc",
    "co_quan_bao_chi",
    "noi_dung",
    "hinh_thuc",
    "van_ban",
    "viec",
    "nguoi_ghi",
    "ghi_luc",
    "ghi_chu",
)
LEDGER_NONE = "Không có lần cung cấp thông tin nào."
LEDGER_FIELDS = {
    "outlet": "cơ quan báo chí", "what": "nội dung đã cung cấp", "way": "hình thức", "number": "số văn bản",
    "note": "ghi chú", "case": "việc",
}  # fmt: skip
LEDGER_LATE = "lúc cung cấp chưa tới; ghi lúc đã cung cấp"
LEDGER_NO_ROW = "{id}: không có dòng này, hoặc đã rút lại"
LEDGER_EMPTY = "{field}: chưa viết gì"
LEDGER_LONG = "{field}: dài quá {limit} ký tự"

"""Every word of a trend report. Settled as in `alerts.messages`: nothing is called false, stance is a word, words of a
trend (*tăng*, *giảm*) stand only where a test says so."""

from __future__ import annotations

from collections.abc import Mapping

# ── windows ─────────────────────────────────────────────────────────────────────────────────────────

WINDOW_NAMES: Mapping[str, str] = {
    "month": "tháng {n} năm {year}",
    "quarter": "quý {n} năm {year}",
    "half": "6 tháng, kỳ {n} năm {year}",
    "year": "năm {year}",
    "school-year": "năm học {year}",
    "window": "từ {first} đến {last}",
}
HOW_WINDOW: Mapping[str, str] = {
    "month": "2026-05", "quarter": "2026-Q1", "half": "2026-H1", "year": "2026", "school-year": "2025-2026",
    "window": "2026-05-01 2026-05-31",
}  # fmt: skip
BAD_WINDOW = "{kind} {value}: không đọc được kỳ báo cáo; viết dạng {how}"
BAD_KIND = "{kind}: không có loại kỳ này; có: {kinds}"
BACKWARDS = "ngày đầu {first} đứng sau ngày cuối {last}"
TOO_LONG = "khoảng ngày dài quá {most} ngày; chia làm nhiều báo cáo"

# ── the paper ───────────────────────────────────────────────────────────────────────────────────────

KIND = "Báo cáo"
SUBJECT = "Thông tin báo chí về giáo dục thành phố Hải Phòng {window}{narrowed}"
NARROWED = " ({name})"
DATES = "Kỳ báo cáo: từ ngày {first} đến hết ngày {last}."
UNFINISHED = "KỲ BÁO CÁO CHƯA KẾT THÚC: số liệu tính đến hết ngày {day}."
CLOSING = "Trên đây là báo cáo thông tin báo chí về giáo dục {window}, Sở Giáo dục và Đào tạo kính báo cáo./."
PARENT = "UBND thành phố Hải Phòng"
RECIPIENTS = ("Ủy ban nhân dân thành phố",)
COPIES = ("Giám đốc, các Phó Giám đốc Sở", "Các phòng thuộc Sở", "Cổng thông tin điện tử của Sở")
ARCHIVE = "VT, VP"

SUMMARY = "Tóm tắt"
PROPOSALS = "Kiến nghị, đề xuất"
S_VOLUME, S_TONE, S_TOPICS = "Khối lượng thông tin", "Sắc thái, ý kiến", "Chủ đề, chuyên mục"
S_PLACES, S_OUTLETS, S_CHECKING = "Địa bàn", "Cơ quan báo chí", "Đối chiếu thông tin, tin đồn"
S_CASES, S_GOOD = "Trả lời, xử lý", "Gương tốt, khen thưởng"
A_METHOD, A_ITEMS = "Cách làm, nguồn số liệu", "Danh mục tin, bài về giáo dục Hải Phòng"

# ── ten lines ───────────────────────────────────────────────────────────────────────────────────────

L_VOLUME = (
    "Có {hp} tin, bài về giáo dục Hải Phòng ({goc} bài gốc, {lai} bài đăng lại; {nhom} nhóm tin) trong {tong} tin, bài "
    "giáo dục theo dõi được."
)
L_VOLUME_NONE = "Không có tin, bài nào về giáo dục Hải Phòng; cả nước theo dõi được {tong} tin, bài giáo dục."
L_NOTHING = "Kỳ này không có tin, bài giáo dục nào trong kho; không kết luận được gì từ các con số 0 dưới đây."
L_COMPARED = "Tin, bài về Hải Phòng: kỳ này {now}; {then}; {year}."
C_THEN, C_YEAR = "kỳ trước {n}", "cùng kỳ năm trước {n}"
C_THEN_NONE, C_YEAR_NONE = "kỳ trước không có dữ liệu", "cùng kỳ năm trước không có dữ liệu"
C_THEN_PART = "kỳ trước chỉ có dữ liệu {days}/{of} ngày nên không so sánh"
C_YEAR_PART = "cùng kỳ năm trước chỉ có dữ liệu {days}/{of} ngày nên không so sánh"
L_ALL = "Tin, bài giáo dục cả nước: {now}, kỳ trước {then}: {word}."
VOLUME_WORDS: Mapping[str, str] = {
    "up": "tăng, vượt mức dao động ngẫu nhiên", "down": "giảm, vượt mức dao động ngẫu nhiên",
    "same": "chưa phân biệt được với dao động ngẫu nhiên",
}  # fmt: skip
L_TONE = (
    "Bài gốc về Hải Phòng: {pos} thuận lợi, {neu} trung lập, {neg} bất lợi, {doubt} máy chưa chắc; {critical} bài "
    "có ý kiến phê bình."
)
L_TONE_ALL = "Cả nước: bất lợi {neg}, thuận lợi {pos} trong các bài gốc máy đọc chắc."
L_TOPICS_SURE = "Chủ đề thay đổi vượt mức ngẫu nhiên so với kỳ trước (cả nước): {changes}."
L_TOPICS_SAME = "Không chủ đề nào thay đổi vượt mức dao động ngẫu nhiên so với kỳ trước."
L_TOPICS_NONE = "Không so sánh được chủ đề với kỳ trước ({why}); nhiều nhất kỳ này: {top}."
CHANGE: Mapping[str, str] = {
    "up": "{name} tăng ({then} → {now} nhóm tin)",
    "down": "{name} giảm ({then} → {now} nhóm tin)",
}
L_PLACES = "Địa bàn có nhiều tin, bài nhất: {top}."
L_PLACES_NONE = "Không tin, bài nào nêu rõ xã, phường, đặc khu."
L_PLANS = "Chủ đề của các kế hoạch truyền thông: {have}/{of} có tin, bài về Hải Phòng; còn {gaps} chủ đề chưa có."
L_CHECKING = (
    "Cần đối chiếu: {raised} thông tin; người đối chiếu kết luận có căn cứ {yes}, không có căn cứ {no}, đang chờ "
    "{waiting}."
)
L_CHECKING_NONE = "Không thông tin nào phải đối chiếu; {concerns} phản ánh cần xác minh, {waiting} chưa xem."
L_RUMOUR = "Tin đồn (cả nước): {report} bài nhắc, {debunk} bài bác bỏ{first}."
L_RUMOUR_FIRST = "; phản hồi sớm nhất sau {time}"
L_CASES = "Việc cần xử lý: {n}; trả lời lần đầu đúng hạn {kept}/{of}, trễ {late}, đã trả lời {answered}."
L_CASES_NONE = "Kỳ này không mở việc nào nên chưa có số liệu về thời gian trả lời."
L_NO_PROPOSAL = "Số liệu kỳ này chưa gợi ra kiến nghị nào; người ký bổ sung nếu cần."
L_PROPOSAL = "Kiến nghị: {what}."
L_OUTAGE = (
    "LƯU Ý: {days} ngày có từ một nửa số nguồn trở lên không có tin; các con số thấp hơn thực tế, không kết luận "
    "tăng hay giảm."
)
FEW_NOTE = "Dưới {few} thì chỉ đếm: không tính tỷ lệ, không nói tăng hay giảm."

# ── sections ────────────────────────────────────────────────────────────────────────────────────────

PARTS: Mapping[str, str] = {"hp": "Hải Phòng", "bn": "Bộ, ngành", "dp": "Địa phương khác"}
SCOPES: Mapping[str, str] = {"hp": "Hải Phòng", "ca": "Cả nước"}
TONES: Mapping[str, str] = {"pos": "thuận lợi", "neu": "trung lập", "neg": "bất lợi", "chua_ro": "máy chưa chắc"}
STANCES: Mapping[str, str] = {
    "critical": "có ý kiến phê bình", "supportive": "ghi nhận, biểu dương", "none": "không tỏ thái độ",
    "chua_ro": "máy chưa chắc",
}  # fmt: skip
T_VOLUME = ("Phạm vi", "Tin, bài", "Bài gốc", "Đăng lại", "Nhóm tin", "Kỳ trước", "Cùng kỳ")
T_VOLUME_CAPTION = "Tin, bài, nhóm tin theo phạm vi"
T_TONE = ("Phạm vi", "Thuận lợi", "Trung lập", "Bất lợi", "Máy chưa chắc")
T_TONE_CAPTION = "Sắc thái của bài gốc"
T_STANCE = ("Phạm vi", "Có ý kiến phê bình", "Ghi nhận, biểu dương", "Không tỏ thái độ", "Máy chưa chắc")
T_STANCE_CAPTION = "Ý kiến của bài gốc đối với ngành, nhà trường"
T_TOPIC = ("Chủ đề", "Kỳ này", "Kỳ trước", "Hải Phòng", "Kết luận")
T_TOPIC_CAPTION = "Nhóm tin theo chủ đề (cả nước; một nhóm tin có thể thuộc nhiều chủ đề)"
T_THEME = ("Chuyên mục của Sở", "Kỳ này", "Kỳ trước", "Hải Phòng", "Kết luận")
T_THEME_CAPTION = "Nhóm tin theo chuyên mục"
CONCLUSIONS: Mapping[str, str] = {
    "up": "tăng", "down": "giảm", "same": "chưa rõ rệt", "": "chỉ đếm",
}  # fmt: skip
T_PLACE = ("Xã, phường, đặc khu", "Tin, bài", "Nhóm tin", "Thuận lợi", "Bất lợi", "Phê bình")
T_PLACE_CAPTION = "Tin, bài nêu rõ xã, phường, đặc khu"
T_PLAN = ("Chủ đề trong kế hoạch", "Kế hoạch", "Hải Phòng", "Cả nước")
T_PLAN_CAPTION = "Chủ đề của các kế hoạch truyền thông và tin, bài trong kỳ"
T_OUTLET = ("Cơ quan báo chí", "Tin, bài", "Bài gốc", "Đăng lại", "Về Hải Phòng")
T_OUTLET_CAPTION = "Số lượng tin, bài giáo dục theo cơ quan báo chí"
T_CONTRACT = ("Cơ quan hợp tác", "Kế hoạch trong kỳ", "Đã đăng", "Danh mục đến hạn", "Đúng hạn", "Trễ", "Chưa thấy")
T_CONTRACT_CAPTION = "Hợp tác truyền thông: kế hoạch và thực hiện"
T_CHECK = ("Nội dung", "Số lượng")
T_CHECK_CAPTION = "Thông tin cần đối chiếu và phản ánh cần xác minh"
CHECKS: Mapping[str, str] = {
    "dc.neu": "Thông tin máy nêu để đối chiếu",
    "dc.co_can_cu": "Người đối chiếu: không khớp hoặc đúng một phần (nêu có căn cứ)",
    "dc.khong_co_can_cu": "Người đối chiếu: khớp, hoặc là ý kiến (nêu không có căn cứ)",
    "dc.chua_du": "Người đối chiếu: chưa đủ căn cứ",
    "dc.cho": "Đang chờ đối chiếu",
    "dc.doc_lai": "Đã có người thứ hai đọc lại",
    "dc.doi_ket_qua": "Đọc lại cho kết quả khác",
    "pa.neu": "Phản ánh cần xác minh",
    "pa.da_xem": "Phản ánh đã có người xem",
    "pa.cho": "Phản ánh chưa có người xem",
    "tin_don.report": "Bài nhắc tin đồn",
    "tin_don.debunk": "Bài bác bỏ tin đồn",
}
T_RUMOUR = ("Thông tin, tin đồn", "Thấy lần đầu", "Bài nêu", "Phản hồi đầu tiên", "Sau")
T_RUMOUR_CAPTION = "Vòng đời tin đồn và thông tin cần đối chiếu"
NO_ANSWER = "chưa có"
T_CASE = ("Đơn vị", "Việc", "Đúng hạn", "Trễ", "Chưa đến hạn", "Chưa vào sổ", "Đã trả lời")
T_CASE_CAPTION = "Trả lời lần đầu theo đơn vị (tính từ lúc đơn vị vào sổ nhận)"
FOLLOWED = "{name} (theo dõi, không chấm hạn)"
T_GOOD = ("Ngày", "Nội dung", "Cơ quan báo chí", "Bài gốc", "Đăng lại")
T_GOOD_CAPTION = "Gương tốt, khen thưởng ở Hải Phòng (tên học sinh được che, trừ khi gia đình đồng ý bằng văn bản)"
T_ITEM = ("TT", "Ngày", "Tiêu đề", "Cơ quan báo chí")
MORE_ROWS = "… và {n} dòng nữa, đủ trong phụ lục XLSX, CSV."
KEYS = "Mã số liệu: {keys}; mở từng con số ở phụ lục XLSX."
UNTITLED = "(không có tiêu đề)"
ALL_CASES = "Tất cả"
NOTHING = "không có"

SAY_VOLUME = (
    "Trong {days} ngày có {hp} tin, bài về giáo dục Hải Phòng, {bn} tin, bài của Bộ, ngành và {dp} của địa phương khác."
)
SAY_TONE = (
    "Trong {of} bài gốc về giáo dục Hải Phòng mà máy đọc chắc sắc thái, {neg} bài bất lợi và {pos} bài thuận lợi."
)
SAY_TONE_NONE = "Không có bài gốc nào về giáo dục Hải Phòng mà máy đọc chắc sắc thái."
SAY_SHARE = (
    "Cả nước, {name} chiếm {share} ({hits}/{of} bài gốc; khoảng tin cậy 95%: {low}–{high}, đã kể các bài cùng "
    "nhóm tin giống nhau)."
)
SAY_TOPICS = "Nhiều nhất cả nước là {top}."
SAY_TOPICS_NONE = "Kỳ này không có nhóm tin nào để xếp theo chủ đề."
SAY_TESTS = (
    "Một chủ đề chỉ được nói là tăng hay giảm khi cả phép thử chính xác Fisher trên nhóm tin và phép "
    "hoán vị các khối 3 ngày "
    "đều cho thấy, và sau khi hiệu chỉnh Benjamini-Hochberg: trung bình không quá {fdr} trong số được "
    "nêu là do ngẫu nhiên."
)
SAY_PLACES = "{n} xã, phường, đặc khu được nêu rõ trong tin, bài kỳ này."
SAY_GAPS = "Chưa có tin, bài nào về Hải Phòng cho {n} chủ đề của các kế hoạch: {names}."
SAY_GAPS_NONE = "Mọi chủ đề của các kế hoạch đều có tin, bài về Hải Phòng."
SAY_OUTLETS = (
    "{n} cơ quan báo chí có tin, bài giáo dục trong kho; chỉ đếm số lượng, không xếp hạng, không đặt cạnh cách đưa tin."
)
SAY_CONTRACTS_NONE = (
    "Chưa khai báo chương trình hợp tác truyền thông nào (tệp contracts.yml để trống) nên không có số liệu kế "
    "hoạch, thực hiện."
)
SAY_PRECISION = (
    "Trong {of} thông tin đã có kết luận về căn cứ, {hits} được người đối chiếu xác nhận là nêu đúng{share}."
)
SAY_PRECISION_NONE = "Chưa thông tin nào có kết luận về căn cứ nên chưa tính được độ chính xác của máy."
SAY_OVERTURN = "{n} kết quả được người thứ hai đọc lại, {others} cho kết quả khác{share}."
SAY_OVERTURN_NONE = "Chưa kết quả nào được đọc lại nên chưa có tỷ lệ đổi kết quả."
SAY_CASES = "{n} việc mở trong kỳ; các cơ quan không thuộc quyền Sở chỉ theo dõi, không chấm hạn."
SAY_CASES_NONE = "Chưa có số liệu: kỳ này không mở việc nào."
SAY_CASES_NARROWED = "Thời gian trả lời không tính riêng theo trường, xã."
SAY_HOP = "Từ lúc đơn vị vào sổ đến lúc trả lời: {n} việc, từ {least} đến {most}{median}."
SAY_HOP_MEDIAN = ", trung vị {wall}"
SAY_GOOD = "{n} nhóm tin về gương tốt, khen thưởng của Hải Phòng."
SAY_GOOD_NONE = "Không có nhóm tin nào về gương tốt, khen thưởng của Hải Phòng."
SAY_RUMOUR_NONE = "Không có tin đồn nào được báo chí nhắc tới hay bác bỏ."
PROPOSAL_NOTE = (
    "Các kiến nghị dưới đây do máy nêu từ số liệu theo quy tắc định sẵn, mỗi kiến nghị kèm căn cứ; người ký xem "
    "xét, sửa, bỏ."
)
BASIS = " (căn cứ: {basis})"

# ── charts: each answers one question ───────────────────────────────────────────────────────────────

Q_VOLUME = "Mỗi ngày, mỗi tuần có bao nhiêu tin, bài giáo dục?"
Q_PARTS = "Tin, bài của Hải Phòng, Bộ, ngành, địa phương khác lên xuống ra sao? (mỗi hình một thang)"
Q_TONE = "Tin bất lợi, thuận lợi chiếm bao nhiêu theo thời gian? (cả nước, bài gốc, khoảng tin cậy 95%)"
Q_TONE_HP = "Bài gốc về Hải Phòng có sắc thái gì theo thời gian? (chỉ đếm)"
Q_STANCE = "Bài có ý kiến phê bình chiếm bao nhiêu theo thời gian? (cả nước, bài gốc, khoảng tin cậy 95%)"
Q_TOPICS = "Kỳ này báo chí viết gì nhiều? (nhóm tin cả nước)"
Q_CHANGE = "Chủ đề nào nhiều hơn, ít hơn kỳ trước? (điểm phần trăm nhóm tin, khoảng tin cậy 95%; * vượt mức ngẫu nhiên)"
Q_THEMES = "Chuyên mục nào của Sở được nhắc nhiều? (nhóm tin cả nước)"
Q_PLACES = "Xã, phường, đặc khu nào được nêu nhiều?"
Q_OUTLETS = "Cơ quan báo chí nào có nhiều tin, bài giáo dục?"
Q_PLANS = "Chủ đề nào của các kế hoạch đã có, chưa có tin, bài về Hải Phòng?"
Q_RUMOURS = "Tin đồn bắt đầu khi nào, bao lâu thì có phản hồi?"
Q_CASES = "Đơn vị nào trả lời đúng hạn?"
Q_COMPARED = "Kỳ này so với kỳ trước, cùng kỳ: bao nhiêu tin, bài?"
NOW, THEN, YEAR = "Kỳ này", "Kỳ trước", "Cùng kỳ năm trước"
OWN, COPIES_OF = "Bài gốc", "Bài đăng lại"
ALT_TOP = "{question} Cao nhất: {name}, {value}."
ALT_EMPTY = "{question} Không có số liệu."
POINTS = "{value} điểm phần trăm"
KINDS_OF_LIFE = ((0, "nêu"), (1, "nhắc tới"), (3, "trả lời, bác bỏ"))

# ── proposals ───────────────────────────────────────────────────────────────────────────────────────

P_OVERDUE = "đôn đốc {n} việc trả lời trễ hạn ({offices})"
P_CHECK = "bố trí người đối chiếu {n} thông tin đang chờ"
P_CONCERN = "xem {n} phản ánh cần xác minh chưa có người xem"
P_RUMOUR = "cung cấp thông tin chính thức về {n} tin đồn chưa có phản hồi"
P_RISE = "{owner} chuẩn bị nội dung cung cấp cho báo chí về “{name}”"
P_GAPS = "xây dựng tin, bài về {n} chủ đề của kế hoạch chưa có: {names}"
P_OUTAGE = "khôi phục theo dõi các nguồn đã gián đoạn ({n} khoảng trống)"
P_CONTRACT = "làm việc với {name} về {n} sản phẩm hợp tác chưa thấy đăng đúng hạn"
P_CRITICAL = "rà soát {n} bài gốc có ý kiến phê bình về Hải Phòng để trả lời, tiếp thu"
OWNER_NONE = "Văn phòng Sở"

# ── method ──────────────────────────────────────────────────────────────────────────────────────────

M_WHAT = (
    "Tin, bài được tính theo lúc hệ thống thấy lần đầu, trong giờ địa phương. Nhóm tin gồm các bài về "
    "cùng một việc; bài đăng "
    "lại không tính vào sắc thái, ý kiến; mỗi nhóm tin tính một lần theo chủ đề. Nhãn do người ghi thay nhãn của máy."
)
M_DOUBT = (
    "Sắc thái, ý kiến mà máy chắc dưới {sure} được để riêng ở cột “máy chưa chắc”. {review} tin, bài máy chưa "
    "chắc có thuộc phạm vi hay không nằm ngoài mọi con số."
)
M_FROZEN = (
    "Mỗi con số gắn với danh sách bài, phiên bản văn bản, nhận định và nhóm tin tại thời điểm lập; chấm lại sau "
    "này không làm thay đổi báo cáo này."
)
M_PERIODS = (
    "Kỳ trước: {then} ({then_days}/{then_of} ngày có dữ liệu). Cùng kỳ năm trước: {year} ({year_days}/{year_of} "
    "ngày có dữ liệu)."
)
M_DAYS = "Kỳ này có dữ liệu {days}/{of} ngày."
M_SOURCES = "Nguồn có tin, bài trong kỳ: {sources}."
M_SOURCES_NONE = "Không nguồn nào có tin, bài trong kỳ."
M_GAPS = "Khoảng trống (nguồn không có tin lâu hơn mức ngẫu nhiên của chính nó):"
M_GAP = "{source}: {first} - {last}"
M_GAPS_NONE = "Không nguồn nào gián đoạn quá mức ngẫu nhiên của chính nó."
M_ALERTS = "Cảnh báo nguồn trong kỳ:"
M_SILENT = "Nguồn chưa theo dõi được khi lập báo cáo:"
M_VERSIONS = "Phiên bản: {versions}."
M_CHAIN = "Mắt xích cuối của chuỗi việc: {chain}."
M_FAULTS = "Cấu hình có lỗi nên không được dùng: {faults}"
M_EVENTS = "Mốc năm học dưới các biểu đồ lấy từ cấu hình, {n} mốc chưa được đối chiếu với văn bản."
M_SCHOOL = "Nhận ra trường theo tên trong văn bản; bài chỉ có tiêu đề, sapo có thể bị sót."

# ── sheets ──────────────────────────────────────────────────────────────────────────────────────────

SHEETS = ("Tin, bài", "Số liệu", "Mở số liệu", "Thay đổi", "Thuyết minh")
H_ITEMS = ("Mã", "Kỳ", "Ngày giờ", "Cơ quan báo chí", "Tiêu đề (đã che)", "Địa chỉ", "Phạm vi", "Quan hệ",
           "Mã nhóm tin", "Mã văn bản", "Số liệu (trừ cách đưa tin)")  # fmt: skip
H_FIGURES = ("Mã số liệu", "Nghĩa", "Giá trị")
H_OPEN = ("Mã số liệu", "Loại", "Mã", "Mã văn bản", "Mã nhận định")
H_CHANGES = (
    "Loại",
    "Chủ đề",
    "Kỳ này",
    "Trên",
    "Kỳ trước",
    "Trên",
    "Chênh (điểm %)",
    "Từ",
    "Đến",
    "p hiệu chỉnh",
    "Kết luận",
)
H_NOTES = ("Nội dung",)
PERIODS: Mapping[str, str] = {"": "kỳ này", "truoc": "kỳ trước", "nam_truoc": "cùng kỳ năm trước"}
KINDS_OF_ITEM: Mapping[str, str] = {
    "article": "tin, bài", "candidate": "cần đối chiếu", "concern": "phản ánh", "case": "việc",
}  # fmt: skip
NOTE_SPLIT = (
    "Không bảng nào, dòng nào của phụ lục đặt cơ quan báo chí cạnh sắc thái hay ý kiến: cách đưa tin mở "
    "bằng mã bài ở bảng "
    "“Mở số liệu”, cơ quan báo chí ở bảng “Tin, bài”."
)

MINUTES, HOURS, DAYS = "{n} phút", "{n} giờ", "{n} ngày"

SHEET_RELATION = {True: "đăng lại", False: "bài gốc"}
SHEET_PARTS: Mapping[str, str] = {
    "hai_phong": "Hải Phòng", "bo_nganh": "Bộ, ngành", "dia_phuong": "Địa phương khác", "xem_lai": "Cần xem lại",
}  # fmt: skip
SHEET_WORDS: Mapping[str, str] = {
    "truoc": "kỳ trước", "nam_truoc": "cùng kỳ năm trước", "tong": "tin, bài", "goc": "bài gốc",
    "dang_lai": "bài đăng lại", "nhom": "nhóm tin", "hp": "Hải Phòng", "bn": "Bộ, ngành", "dp": "địa phương khác",
    "ca": "cả nước", "topic": "chủ đề", "theme": "chuyên mục", "tone": "sắc thái", "stance": "ý kiến",
    "luc": "theo thời gian, từ", "xa": "xã, phường, đặc khu", "bao": "cơ quan báo chí", "ke_hoach": "chủ đề kế hoạch",
    "hop_dong": "hợp tác", "xem_lai": "cần xem lại (ngoài mọi con số)", "guong_tot": "nhóm tin gương tốt",
    "viec": "việc", "kept": "đúng hạn", "late": "trễ", "open": "chưa đến hạn", "ended": "kết thúc không trả lời",
    "unreceived": "chưa vào sổ", "tra_loi": "đã có phản hồi", "first_answer": "trả lời lần đầu", "close": "kết thúc",
}  # fmt: skip

SHEET_MORE = "… còn nữa, không đủ chỗ trong một bảng; mở từng con số bằng `haidang report open`"

SUM = "Cộng"
N_NEG, N_POS, N_CRITICAL = "tin bất lợi", "tin thuận lợi", "bài có ý kiến phê bình"
L_NEG, L_POS, L_CRITICAL = "Bất lợi", "Thuận lợi", "Có ý kiến phê bình"
ONE_IN = "1 trên {n}"
WITH_SHARE = " ({share}; khoảng tin cậy 95%: {low}–{high})"
WHY_OUTAGE = "kỳ này nguồn bị gián đoạn nhiều ngày"
WHY_FEW = "một trong hai kỳ có dưới {few} nhóm tin"
KEPT_UNREADABLE = "nội dung báo cáo đã lưu không đọc được ({why})"
KEPT_NO_DOCUMENT = "nội dung báo cáo đã lưu không phải một văn bản"

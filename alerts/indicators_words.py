"""Words of the evaluation sheet."""

from __future__ import annotations

from collections.abc import Mapping

NO_CRITERIA = (
    "Bộ tiêu chí đánh giá của Bộ Giáo dục và Đào tạo chưa được ban hành: các chỉ tiêu dưới đây lấy từ các kế hoạch, "
    "căn cứ ghi ở từng dòng, không phải tiêu chí của Bộ."
)
CRITERIA = "Đánh giá theo {criteria}; chỉ tiêu không ghi mã là chỉ tiêu của các kế hoạch."
UNITS: Mapping[str, str] = {
    "phan_tram": "%",
    "bai": "bài, nhóm tin",
    "lan": "lần",
    "don_vi": "đơn vị",
    "diem": "điểm",
    "co_khong": "có",
}
HOW: Mapping[str, str] = {"computed": "máy tính từ kho", "manual": "người nhập"}
NOT_ENTERED = "chưa ai nhập"
BY_HAND = "người nhập: {by}"
MEAN = "trung bình của {n} đơn vị đã nhập"
UNWATCHED = "chưa theo dõi được: {names}"
NO_CITY_PRESS = "chưa có nguồn báo chí nào của thành phố đang theo dõi"
NO_REPORTS = "không có báo cáo nào đến hạn trong kỳ"
NO_QUESTIONS = "không có câu hỏi nào của báo chí đến hạn trả lời trong kỳ"
NO_SITES = "chưa biết trang nào"
COLUMN_NOTE = "{hand} do người xem và ghi, {machine} do máy thấy có tin giáo dục trong kỳ; {unknown} chưa ai xem"
REACHED: Mapping[bool | None, str] = {True: "đạt", False: "chưa đạt", None: "—"}
COLUMN_STATES: Mapping[bool | None, str] = {True: "có", False: "không", None: "chưa biết"}
UNTOLD = "không tính được"
OF = "{value} ({part}/{whole})"

KIND = "BÁO CÁO"
SUBJECT = "kết quả đánh giá công tác truyền thông giáo dục (từ {first} đến {last})"
SYMBOL = "BC-SGDĐT"
SIGN = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
ARCHIVE = "VT, VP"
PART_BASIS, PART_RESULT, PART_GAPS, PART_DO = (
    "Căn cứ và cách đánh giá", "Kết quả", "Nội dung chưa đủ số liệu", "Kiến nghị, đề xuất",
)  # fmt: skip
SAID = "Trong {whole} chỉ tiêu có mức cần đạt và đủ số liệu, {part} chỉ tiêu đạt; {gaps} chỉ tiêu chưa đủ số liệu."
METHOD = (
    "Số do máy tính là số đếm từ kho tin, sổ báo cáo, sổ cung cấp thông tin và hồ sơ việc; không xếp hạng báo nào theo "
    "sắc thái hay thái độ. Mỗi số mở được ra từng mục đã đếm: `haidang evaluation items {id} MÃ_CHỈ_TIÊU`."
)
NO_GAPS = "Mọi chỉ tiêu đều có số liệu."
TO_WRITE = "(Người soạn viết kiến nghị ở đây.)"
COLUMNS = ("TT", "Chỉ tiêu", "Kết quả", "Mức cần đạt", "Đánh giá", "Căn cứ", "Ghi chú")
ANNEX_COMMUNES = "Kế hoạch truyền thông và chuyên mục giáo dục của xã, phường, đặc khu"
COMMUNE_COLUMNS = (
    "TT",
    "Xã, phường, đặc khu",
    "Kế hoạch (số, ngày)",
    "Chuyên mục",
    "Tin giáo dục trong kỳ",
    "Tin mới nhất",
)
ANNEX_SCHOOLS = "Chuyên mục truyền thông của các trường đã biết trang"
SCHOOL_COLUMNS = ("TT", "Trường", "Chuyên mục", "Tin giáo dục trong kỳ", "Tin mới nhất")
ANNEX_EVIDENCE = "Minh chứng của các số do người nhập"
EVIDENCE_COLUMNS = ("Chỉ tiêu", "Đơn vị", "Giá trị", "Minh chứng", "Người nhập")
NEVER, UNWATCHED_SITE = "chưa thấy", "chưa theo dõi"
CITY = "toàn thành phố"

NO_INDICATOR = "{id}: không có chỉ tiêu này; xem `haidang evaluation show`"
COMPUTED_ONE = "{id}: chỉ tiêu này máy tính, không nhập tay; muốn nhập thì đổi `how: manual` trong indicators.yml"
NO_SUBJECT = "{text}: không có đơn vị này; viết mã xã 5 chữ số, tên xã, hoặc school:tên trường"
TWO_SUBJECTS = "{text}: có {n} đơn vị tên như vậy ({names}); viết mã"
NEEDS_SUBJECT = "{id}: chỉ tiêu theo từng đơn vị; thêm --of"
NO_SUBJECT_HERE = "{id}: chỉ tiêu chung của thành phố; bỏ --of"
BAD_VALUE = "--value {value}: {unit} phải từ {low} đến {high}"
NO_EVIDENCE = "--evidence: cần minh chứng (số văn bản, hoặc đã xem gì ở đâu)"
BAD_URL = "--url {url!r}: viết địa chỉ bắt đầu bằng http:// hoặc https://"
BAD_WINDOW = "--from {first} đứng sau --to {last}"
NO_SHEET = "{id}: không có phiếu này; xem `haidang evaluation list`"
NO_ROW = "{id}: không có mục này, hoặc đã rút lại"
FIELDS: Mapping[str, str] = {"evidence": "minh chứng", "number": "số, ký hiệu", "note": "ghi chú"}
TOO_LONG = "{field}: dài quá {limit} ký tự"
EMPTY = "{field}: chưa viết gì"

"""The fixed words of an administrative document (Decree 30/2020/NĐ-CP, Appendix I), and our own marks on it."""

from __future__ import annotations

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NUMBER = "Số:"
DAY, MONTH, YEAR = "ngày", "tháng", "năm"
TO = "Kính gửi:"
COPIES = "Nơi nhận:"
AS_ABOVE = "Như trên"
ARCHIVE = "Lưu:"
ANNEX = "Phụ lục"
ANNEX_NOTE = "Kèm theo"
OF = "của"
LETTER = "Công văn"
ABOUT = "V/v"
NUMBER_IN_TEXT = "số"
TABLE, FIGURE = "Bảng", "Hình"

DRAFT = "DỰ THẢO"
INTERNAL = "LƯU HÀNH NỘI BỘ"
FONT_NOTE = (
    "Máy dựng bản PDF này không có phông Times New Roman hay Liberation Serif đủ chữ Việt; bản này dùng {font}. "
    "Bản DOCX không bị ảnh hưởng."
)

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters that count points: the alphabet without ă, â, ê, ô, ơ, ư (as laws are printed)."""

EVERY_LETTER = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
"""What a font must have."""

CONTRADICTION = "văn bản không ghi là dự thảo thì phải có số và ngày ban hành do Văn thư cấp"
BAD_LEVEL = "đề mục chỉ có cấp 1, 2, 3; nhận được {level}"
BAD_ROW = "bảng có {columns} cột mà dòng {row} có {cells} ô"
BAD_NUMBER = "số văn bản phải từ 1; nhận được {number}"
BAD_SVG = "hình không dùng được: {why}; hình phải là SVG tự chứa, không tải gì từ ngoài"
SVG_XML = "không phải XML ({why})"
SVG_LARGE = "lớn hơn {limit} MB"
SVG_ROOT = "thẻ gốc không phải <svg>"
SVG_SIZE = "không có viewBox hay kích thước"
SVG_PART = "có <{tag}>"
SVG_LINK = "trỏ ra ngoài ({value})"
PDF_FAILED = "không dựng được PDF: {why}"

"""Words of amounts: units by class, magnitudes, numbers written out."""

from __future__ import annotations

from collections.abc import Mapping

_CLASSES: Mapping[str, str] = {
    "học sinh": "học sinh|hs|em học sinh|em|cháu|trẻ|trẻ em|trẻ mầm non|học viên|bé|học trò|nữ sinh|nam sinh",
    "sinh viên": "sinh viên|tân sinh viên",
    "thí sinh": "thí sinh|sĩ tử",
    "giáo viên": "giáo viên|thầy cô|thầy cô giáo|thầy, cô giáo|nhà giáo|cô giáo|thầy giáo|gv",
    "người": "người|cán bộ|nhân viên|đại biểu|chiến sĩ|công nhân",
    "phụ huynh": "phụ huynh",
    "hộ": "hộ|hộ dân|gia đình",
    "ca": "ca|ca bệnh|ca mắc|trường hợp|ca nhiễm",
    "trường": "trường|trường học|nhà trường|trường công lập|trường thpt|trường thcs|trường tiểu học|trường mầm non",
    "điểm trường": "điểm trường|cơ sở mầm non|cơ sở",
    "lớp": "lớp|lớp học",
    "phòng": "phòng|phòng học|phòng bộ môn",
    "chỉ tiêu": "chỉ tiêu|suất học",
    "suất": "suất|suất quà|phần quà|suất học bổng|học bổng",
    "suất ăn": "suất ăn|bữa ăn|suất cơm",
    "hồ sơ": "hồ sơ|đơn|nguyện vọng",
    "điểm": "điểm",
    "giải": "giải|giải thưởng",
    "huy chương": "huy chương|hcv|huy chương vàng",
    "xe": "xe|xe buýt|ô tô|chiếc xe|xe đưa đón",
    "máy": "máy|máy tính|bộ máy tính|bộ máy vi tính|chiếc máy tính",
    "sách": "cuốn|cuốn sách|quyển|quyển sách|đầu sách|bản sách|bộ sách",
    "câu": "câu|câu hỏi",
    "bài": "bài|bài thi|bài dự thi",
    "đội": "đội|đội thi|đội tuyển",
    "môn": "môn|môn thi|môn học",
    "dự án": "dự án|công trình",
    "xã, phường": "xã|phường|xã, phường|phường, xã|đơn vị cấp xã",
    "tỉnh": "tỉnh|tỉnh, thành|tỉnh thành|tỉnh, thành phố|địa phương",
    "vụ": "vụ|vụ việc",
    "tầng": "tầng",
    "cây": "cây|cây xanh",
    "bàn ghế": "bộ bàn ghế",
    "đồng": "đồng|vnđ|đ",
    "usd": "usd|đô la|đô la mỹ",
    "%": "%|phần trăm|phần trăm (%)",
    "điểm %": "điểm phần trăm",
    "phút": "phút",
    "giờ": "giờ|tiếng|giờ đồng hồ",
    "ngày": "ngày|hôm",
    "tuần": "tuần",
    "tháng": "tháng",
    "năm": "năm",
    "tuổi": "tuổi",
    "tiết": "tiết|tiết học",
    "km": "km|ki lô mét|cây số",
    "m": "m|mét",
    "m²": "m²|m2|mét vuông",
    "ha": "ha|héc ta",
    "kg": "kg|ký|cân",
    "tấn": "tấn",
    "độ": "độ c|°c",
}
UNITS: dict[str, str] = {word: name for name, words in _CLASSES.items() for word in words.split("|")}
"""Unit as written, lower case → its class. Amounts are compared within a class only."""

_NOT_COUNTED = frozenset({"điểm", "đồng", "usd", "%", "điểm %", "km", "m", "m²", "ha", "kg", "tấn", "độ"})
COUNTED: dict[str, str] = {word: name for word, name in UNITS.items() if name not in _NOT_COUNTED}
"""Units of which there are whole ones."""

MAGNITUDES: Mapping[str, float] = {
    "nghìn tỉ": 1e12, "nghìn tỷ": 1e12, "ngàn tỉ": 1e12, "ngàn tỷ": 1e12, "tỉ": 1e9, "tỷ": 1e9, "triệu": 1e6,
    "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4,
}  # fmt: skip

_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_STEPS = {"mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
WORD = rf"(?:{'|'.join([*_DIGITS, *_STEPS, 'mười', 'linh', 'lẻ'])})\b"
"""A word of a number written out, as a pattern."""


def spoken(words: str) -> float | None:
    """``một trăm hai mươi lăm`` → 125.0; None where the words make no number."""
    total = part = 0
    digit: int | None = None
    for word in words.split():
        if word in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[word]
        elif word == "mười":
            part, digit = part + 10, None
        elif word in ("linh", "lẻ"):
            continue
        elif word in ("nghìn", "ngàn"):
            total, part, digit = total + (part + (digit or 0)) * 1000, 0, None
        elif digit is None:
            return None  # trăm alone: hàng trăm
        else:
            part, digit = part + digit * _STEPS[word], None
    value = total + part + (digit or 0)
    return float(value) if value else None

"""Quantities as the Vietnamese press writes them: 1.150 học sinh, gần 2.000 em, 1,5 triệu đồng, 300–350 suất, 12,5%.

What is no quantity is left out: lớp 9, phường 3, điều 24, năm 2026, dates, hours, scores, telephone numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang.number_words import COUNTED, MAGNITUDES, UNITS, WORD, spoken

NUMBER = r"\d{1,3}(?:[.\u00a0 ]\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3}){2,}|\d+[.,]\d+|\d+"
_MAGNITUDE = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_ABOUT = {
    "hơn": "more", "trên": "more", "quá": "more", "ít nhất": "least", "tối thiểu": "least", "từ": "",
    "gần": "less", "dưới": "less", "chưa đến": "less", "chưa tới": "less", "chưa đầy": "less",
    "xấp xỉ": "near", "khoảng": "near", "chừng": "near", "ước": "near", "ước tính": "near", "độ": "near",
    "ngót": "less", "không quá": "most", "tối đa": "most", "nhiều nhất": "most",
}  # fmt: skip
_QUANTITY = re.compile(
    rf"(?<![\w.,/:–-])(?:(?P<about>{'|'.join(sorted(_ABOUT, key=len, reverse=True))})\s+)?"
    rf"(?:(?P<low>{NUMBER})(?:\s*(?P<lowmag>{_MAGNITUDE})\b)?\s*(?:[-–]|đến|tới)\s*)?"
    rf"(?P<value>{NUMBER}|{WORD}(?:\s{WORD}){{0,5}})"
    rf"(?:\s*(?P<mag>{_MAGNITUDE})\b(?P<half>\s+rưỡi\b)?)?"
    rf"(?:\s+(?P<rest>{NUMBER})\s*(?P<restmag>triệu|nghìn|ngàn)\b)?"
    rf"\s*(?P<unit>(?:{_UNIT})(?![\w²]))",
    re.IGNORECASE,
)
# A number after one of these names a thing and counts none.
_NAMES = re.compile(
    r"(?<!\w)(?:lớp|khối|cấp|số|điều|khoản|điểm [a-z]|quận|phường|tổ|ngõ|ngách|khu|thứ|hạng|tháng|quý|năm|ngày|"
    r"học kỳ|kỳ|khóa|khoá|đợt|bài|câu|mã đề|đề|tiết|tầng|phòng|đội|nhóm|loại|mức|chương|trang|quốc lộ|đường|vòng|lần|"
    r"covid|u|top|mùng|mồng|rằm|sđt|hotline|tel)[\s-]*$",
    re.IGNORECASE,
)
_BEFORE = 16  # characters looked back


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as an interval; ``low`` = ``high`` where it is exact. Money is in đồng, lengths as written."""

    low: float
    high: float
    unit: str  # the class of its unit (`number_words.UNITS`): em and học sinh are one
    begin: int
    end: int  # of the whole expression, unit included
    exact: bool

    def meets(self, other: Quantity) -> bool:
        """Whether one amount may be meant by both: hơn 300 and 312 meet, 240 and 245 do not."""
        if self.unit != other.unit:
            return False
        low, high = max(self.low, other.low), min(self.high, other.high)
        # hơn 123.000 ends where hơn 124.000 begins: two bounds that only touch do not meet
        return low < high or (low == high and (self.exact or other.exact))


def quantities(text: str) -> list[Quantity]:
    """Every amount with a unit that we know, in order. ``text`` is NFC; offsets are of it."""
    found = []
    for match in _QUANTITY.finditer(text):
        if _NAMES.search(text[max(0, match.start("value") - _BEFORE) : match.start()]) and not match["about"]:
            continue
        one = _quantity(match, text)
        if one is not None:
            found.append(one)
    return found


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    written, unit = match["value"].lower(), UNITS[" ".join(match["unit"].lower().split())]
    spoken_one = not written[0].isdigit()
    if spoken_one and not _surely_counted(match, text):
        return None
    value = spoken(written) if spoken_one else _read(written, unit, match["mag"])
    if value is None:
        return None
    scale = MAGNITUDES[match["mag"].lower()] if match["mag"] else 1.0
    grain = scale * 10 ** -_decimals(written) if match["mag"] else 0.0
    value *= scale
    if match["half"]:
        value, grain = value + scale / 2, scale / 10
    if match["rest"]:
        value += (_read(match["rest"], unit, match["restmag"]) or 0) * MAGNITUDES[match["restmag"].lower()]
        grain = MAGNITUDES[match["restmag"].lower()]
    about = _ABOUT.get(" ".join((match["about"] or "").lower().split()), "")
    if match["low"]:
        low = _read(match["low"], unit, match["lowmag"] or match["mag"])
        low_scale = MAGNITUDES[(match["lowmag"] or match["mag"]).lower()] if match["lowmag"] or match["mag"] else 1.0
        if low is None or low * low_scale > value:
            return None  # 2-1 is a score
        return Quantity(low * low_scale, value, unit, match.start(), match.end(), False)
    low, high = _spread(value, about, grain)
    return Quantity(low, high, unit, match.start(), match.end(), about == "")


def _surely_counted(match: re.Match[str], text: str) -> bool:
    """A number in words before a unit that is counted: ba em Lan is a father, năm học a school year."""
    unit = " ".join(match["unit"].lower().split())
    words = match["value"].lower().split()
    if unit not in COUNTED and not match["mag"]:
        return False
    follows = text[match.end() : match.end() + 2].strip()
    if len(words) == 1 and (words[0] in ("một", "năm") or follows[:1].isupper()):
        return False
    before = text[max(0, match.start() - 5) : match.start()].lower().split()
    return not (before and before[-1] in ("thứ", "bố", "của", "là", "ông", "cả"))


def _read(written: str, unit: str, magnitude: str | None) -> float | None:
    """1.150 is a thousand, 4.5 four and a half; 1,150 is a thousand where whole things are counted."""
    text = re.sub(r"[\u00a0 ]", "", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3},\d{3}", text) and not magnitude and (unit in COUNTED.values() or text.endswith("000")):
        return float(text.replace(",", ""))
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _decimals(written: str) -> int:
    return len(written.rsplit(",", 1)[1]) if "," in written else 0


def _spread(value: float, about: str, grain: float) -> tuple[float, float]:
    """The amounts that an expression may mean: hơn 300 is more than 300 and less than 400."""
    half = grain / 2  # 1,2 tỉ may be 1,15 rounded
    step = grain or _last_place(value)
    return {
        "more": (value, value + step), "least": (value, value * 10), "less": (max(value * 0.8, value - step), value),
        "most": (0.0, value), "near": (value * 0.9, value * 1.1),
    }.get(about, (value - half, value + half))  # fmt: skip


def _last_place(value: float) -> float:
    """Of the last digit that is not 0: hơn 1.100 stays below 1.200, hơn 2.000 below 3.000."""
    step = 1.0
    while value >= 10 * step and value % (10 * step) == 0:
        step *= 10
    return step

"""Amounts of a claim, in figures or in words: 60.000, 60 nghìn, sáu mươi nghìn, 1,2 triệu, một triệu rưỡi, hơn 1.300.

Unlike `lang/numbers.py` (facts of news stories, silence when in doubt) every counted noun is a unit here, and what an
amount is a limit of (tối đa, ít nhất) is kept: a rule and a report of one case are set side by side elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang.claims_units import BARE, MONEY, PER, UNIT_CLASS, compatible
from lang.number_words import WORD

NUMBER = r"\d{1,3}(?:[.\u00a0]\d{3})+(?:,\d+)?|\d+,\d+|\d+\.\d{1,2}(?!\d)|\d+"
_MAG = r"nghìn tỷ|nghìn tỉ|ngàn tỷ|ngàn tỉ|tỷ|tỉ|triệu|nghìn|ngàn|vạn|chục|k(?=\b)"
_SCALE = {"tỷ": 1e9, "tỉ": 1e9, "triệu": 1e6, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "chục": 10.0,
    "k": 1e3, "trăm": 100.0,
          "nghìn tỷ": 1e12, "nghìn tỉ": 1e12, "ngàn tỷ": 1e12, "ngàn tỉ": 1e12}  # fmt: skip
_SPOKEN = rf"(?:{WORD}|triệu|tỷ|tỉ|chục|vạn|rưỡi|tá)(?:\s(?:{WORD}|triệu|tỷ|tỉ|chục|vạn|rưỡi|tá))*"
_BOUND = {
    "tối đa": "most", "không quá": "most", "không vượt quá": "most", "cao nhất": "most", "nhiều nhất": "most",
    "trần": "most",
    "trần là": "most", "không vượt": "most", "tới": "most", "cao nhất là": "most", "tối đa là": "most", "chỉ": "most",
    "chưa quá": "most", "không được quá": "most", "chỉ được": "most", "tối đa tới": "most", "chỉ tới": "most",
    "ít nhất": "least", "tối thiểu": "least", "từ": "from", "trở lên": "least", "không dưới": "least",
    "ít nhất là": "least",
    "hơn": "more", "trên": "more", "quá": "more", "ngoài": "more", "dưới": "less", "gần": "near-", "ngót": "near-",
    "chưa đầy": "near-", "chưa tới": "near-", "khoảng": "near", "chừng": "near", "xấp xỉ": "near", "ước": "near",
    "tầm": "near",
    "đến": "most",
}  # fmt: skip
_FIGURE = re.compile(
    rf"(?<![\w.,/:-])(?:(?P<about>{'|'.join(sorted(_BOUND, key=len, reverse=True))})\s+)?"
    rf"(?:(?P<from>\d{{1,3}}(?:[.]\d{{3}})*)\s?[-–]\s?(?={NUMBER}))?"
    rf"(?:(?P<value>{NUMBER})(?![\d/]|[.,]\d)(?:\s*(?P<mag>{_MAG})\b)?(?P<half>\s+rưỡi)?"
    rf"(?:\s(?P<rest>\d{{1,3}})\s*(?P<restmag>triệu|nghìn|ngàn)\b)?|(?P<words>{_SPOKEN}))(?!\w)",
)
_SHARED = re.compile(rf"(?<![\w.,/])({NUMBER})\s+(?:lên|xuống|thành|sang|còn|đến|tới|-|–)\s+(?:{NUMBER})\s*({_MAG})\b")
# a number after one of these is a name: lớp 9, khoản 2, năm 2026, thứ 3 (but mỗi bài 45 phút, mỗi lớp 20 em)
_NAMED = re.compile(
    r"(?<!mỗi )(?<!\w)(?:lớp|khối|cấp|số|điều|khoản|mục|quận|tổ|ngõ|thứ|hạng|tháng|quý|năm|ngày|học kỳ|kỳ|khóa|"
    r"khoá|đợt|bài|câu|tết|"
    r"đề|phòng|nhóm|loại|chương|trang|đường|(?<!trong )vòng|lần|mùng|mồng|rằm|bão|tuổi|ngày \d{1,2} và|giải|"
    r"trường|nghị quyết|"
    r"thông tư|quyết định|công văn|nghị định|hướng dẫn|tổng đài|luật|k|2k|học kì|số hiệu|mã|khoản \w)\s*$"
)
_EACH = re.compile(
    r"(?:mỗi|một|hằng|hàng)\s+(tháng|ngày|năm học|năm|tuần|kỳ|khóa|buổi|lần|giờ)\s*(?:được |là |có |nhận |hết )*$"
)
_SPELL = frozenset({"ngày", "tháng", "năm", "phút", "buổi", "tuần", "giờ"})
_LEFT = re.compile(r"(?:chỉ còn|còn|đã|cách đây|sau|suốt|mất)\s*$")
_AGO = re.compile(r"\s*(?:nữa|qua|trước|sau|liền|rồi|nay|ròng|đầu|cuối)(?!\w)")
_ONLY = re.compile(r"(?<!\w)(?:chỉ|duy nhất|tối đa|nhiều nhất|không quá)[^.;,]{0,30}$")
_EACH_ONE = re.compile(r"\s+(?:tháng|năm|ngày|buổi|giờ|tuần|lượt|suất|bữa|em|cháu|học sinh|khóa|tiết)(?!\w)")
_WHOLE = re.compile(r"(?<!\w)(?:cả|mỗi|một|trọn) (năm|tháng|tuần)(?: học)?(?:[^.;,]{0,24})$")
# … 12.000 đồng/giờ, là mức tối đa: the bound behind the amount
_IS_BOUND = re.compile(
    r"[\s,]*(?:là|tức)\s+(?:mức |con số |giá |số )?(?:(?P<most>tối đa|cao nhất|trần|kịch trần|nhiều nhất)|"
    r"(?P<least>tối thiểu|"
    r"thấp nhất|ít nhất|sàn))(?!\w)"
)
_ROUGH = re.compile(r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám), ?$")  # năm, bảy đứa: about that many
# told of a year before: năm ngoái lấy 24,5 điểm (but: như năm ngoái is of this one too)
_BEFORE = re.compile(
    r"(?<!như )(?<!bằng )(?<!giống )(?<!hệt )(?<!với )(?<!hơn )(?<!so )(?<!của )(?<!\w)"
    r"(?:năm ngoái|năm trước|năm học trước|mùa trước|mùa thi trước|cùng kỳ|kỳ trước|khóa trước)(?!\w)[^.;,]{0,40}$"
)
_STEP = re.compile(
    r"(?<!\w)(?:(?:cao|thấp|nhiều|ít|nhỉnh|đắt|rẻ) hơn(?: (?!lên|xuống|còn|thành|đến|tới)\S+){0,5}|"
    r"kém(?: \S+){0,2}|chênh(?: lệch| nhau)?|"
    r"(?:tăng|giảm|bớt)(?: thêm| đi)?|tăng một lúc|bớt một lúc)\s+(?:hơn |khoảng |gần |tới )?$"
)
_MONEY_SAID = re.compile(
    r"(?<!\w)(?:tiền|đồng|thu|phí|giá|lương|thưởng|đóng|nộp|hỗ trợ|học bổng|chi|vốn|kinh phí|trả|vé|suất ăn|bữa|"
    r"mức|k|cọc)(?!\w)"
)
# nửa tiếng, nửa tháng: halves of spans
_HALF = re.compile(r"(?<!\w)nửa (?P<unit>tiếng|giờ|tháng|năm)(?: đồng hồ)?(?!\w)")
_HALVES = {"tiếng": (30.0, "phút"), "giờ": (30.0, "phút"), "tháng": (15.0, "ngày"), "năm": (6.0, "tháng")}
_FEAST = re.compile(r"\s*(?:ngày|thành lập|truyền thống|giải phóng)(?!\w)")  # kỷ niệm 71 năm ngày …: another each year
_RATIO = re.compile(r"(?<!\w)cứ (?:khoảng |gần |trung bình |mỗi )?(?:\S+ ){0,6}$")  # cứ năm trường thì có bốn trường
_SURE_WORDS = frozenset({"bốn", "sáu", "bảy", "tám", "chín", "mười"})
_WORDS_NOT = frozenset({"một", "năm", "ba", "tư", "hai", "mười"})


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` with its unit's class; ``low``–``high``: what it may mean (hơn 300); ``bound``: most · least · ""."""

    value: float
    low: float
    high: float
    unit: str
    per: str  # tháng, ngày, năm, "" : of money and counts
    bound: str
    begin: int
    end: int
    former: bool = False  # the older value of a change: từ 150 lên 180 nghìn
    step: bool = False  # how far from another value: cao hơn 1,2 triệu, giảm 46 trường, bằng 70%

    def agrees(self, other: Amount) -> bool:
        """Whether both may mean one amount."""
        return self.value == other.value or (max(self.low, other.low) <= min(self.high, other.high))

    def comparable(self, other: Amount) -> bool:
        """One unit, one period."""
        return compatible(self.unit, other.unit) and (not self.per or not other.per or self.per == other.per)


def amounts(low: str) -> list[Amount]:
    """Amounts in lower-case text of one tone style, in order."""
    found: list[Amount] = []
    shared = {m.start(1): m[2] for m in _SHARED.finditer(low)}
    for match in _FIGURE.finditer(low):
        one = _amount(match, low, shared)
        if one is not None:
            found.append(one)
    for match in _HALF.finditer(low):
        if low[: match.start()].endswith(("rưỡi ", "một ")):
            continue
        value, unit = _HALVES[match["unit"]]
        found.append(Amount(value, value, value, unit, "", "", *match.span()))
    return sorted(found, key=lambda one: one.begin)


def _amount(match: re.Match[str], low: str, shared: dict[int, str]) -> Amount | None:  # noqa: PLR0912
    at = match.start("value") if match["value"] else match.start("words")
    before = low[max(0, at - 24) : at]
    each = _EACH.search(low[max(0, match.start() - 24) : match.start()])
    grouped = bool(match["value"]) and (
        "." in match["value"] or bool(match["mag"])
    )  # học liệu số 180.000 đồng is no name
    if _NAMED.search(before) and not match["about"] and not each and not grouped:
        return None
    grain, stop = 0.0, match.end()
    if match["value"]:
        value = _digits(match["value"])
        mag = match["mag"] or shared.get(at)
        if mag:
            value, grain = value * _SCALE[mag], _SCALE[mag] * (0.1 if "," in match["value"] else 0.0)
        if match["half"] and mag:
            value += _SCALE[mag] / 2
        if match["rest"]:
            value += float(match["rest"]) * _SCALE[match["restmag"]]
        magnitude = bool(mag)
    else:
        words = match["words"].split()
        if len(words) > 1 and words[-1] == "một" and _EACH_ONE.match(low[match.end() :]):
            words, stop = words[:-1], match.end() - 4  # hai trăm nghìn một tháng
        read = spoken(words)
        if read is None:
            return None
        value = read
        magnitude = any(w in ("nghìn", "ngàn", "triệu", "tỷ", "tỉ") for w in words)
    unit, end, known = _unit(low, stop)
    if not unit and magnitude and (_MONEY_SAID.search(low) or value >= 1e5):
        unit, end = MONEY, stop
    if match["words"] and not (
        _counted(match["words"].split(), unit, known, low[match.end() :])
        or (match["words"] == "một" and known and _ONLY.search(before) and unit not in _SPELL)
    ):
        return None
    if match["value"] and not magnitude and not known and len(match["value"]) == 4 and 1900 < value < 2100:
        return None  # a year
    per, end = _per(low, end)
    per = per or (each[1] if each and unit == MONEY else "")
    if not per and unit == MONEY and (said := _WHOLE.search(low[max(0, at - 40) : at])):
        per = said[1]
    value, unit = _scaled(value, unit)
    about = _BOUND.get(match["about"] or "", "") or ("most" if _ONLY.search(before) and unit not in _SPELL else "")
    follows = low[end : end + 10]
    if not about and follows.lstrip().startswith("trở lên"):
        about = "least"
    span_low, span_high = _span(value, about, grain)
    if match["from"] and _digits(match["from"]) < value:
        span_low = _digits(match["from"])  # 80-120 người
    bound = about if about in ("most", "least") else ""
    feast = unit == "năm" and _FEAST.match(low[end:]) is not None
    past = (
        feast
        or at in shared
        or bool(_RATIO.search(low[max(0, at - 40) : at]))
        or bool(_ROUGH.search(low[max(0, at - 6) : at]))
        or bool(_BEFORE.search(low[max(0, at - 64) : at]))
        or bool(unit in _SPELL and (_LEFT.search(before) or _AGO.match(low[end:])))
    )
    if not bound and (behind := _IS_BOUND.match(low[end:])):
        bound = "most" if behind["most"] else "least"
    return Amount(
        value, span_low, span_high, unit, per, bound, at, end, past, bool(_STEP.search(low[max(0, at - 50) : at]))
    )


def _digits(text: str) -> float:
    text = text.replace("\u00a0", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))


def _counted(words: list[str], unit: str, known: bool, after: str) -> bool:
    """A number in words is one only before something counted: năm học, ba mẹ and một cách are none."""
    if len(words) == 1 and words[0] in (
        "rưỡi",
        "tá",
        "triệu",
        "tỷ",
        "tỉ",
        "vạn",
        "chục",
        "nghìn",
        "ngàn",
        "trăm",
        "lẻ",
        "linh",
    ):
        return False
    if words == ["một"]:
        return unit in (
            "ngày đêm",
            "giờ",
        )  # else an article; where it is a limit (chỉ một nguyện vọng) the caller knows
    if words[0] == "năm" and len(words) == 1:
        return known and not re.match(r"\s*(?:học|nay|sau|trước|ngoái|qua|tới|mới|đầu|cuối|thứ|người)", after)
    if words == ["ba"] and re.match(r"\s*(?:mẹ|má)", after):
        return False
    if len(words) == 1 and words[0] in _WORDS_NOT - _SURE_WORDS:
        return known
    return known or len(words) >= 2 or (words[0] in _SURE_WORDS and bool(unit))


def spoken(words: list[str]) -> float | None:
    """``hai trăm tám mươi sáu triệu rưỡi`` → 286,500,000; ``một triệu hai`` → 1,200,000; None where it is no number."""
    total = 0.0
    part: float | None = None
    last = 1.0
    from lang.number_words import spoken as plain

    run: list[str] = []
    for word in words:
        if word in ("triệu", "tỷ", "tỉ", "nghìn", "ngàn", "vạn", "chục", "tá"):
            part = plain(" ".join(run)) if run else (1.0 if word in ("nghìn", "ngàn") and total == 0 else None)
            if part is None:
                return None
            last = 12.0 if word == "tá" else _SCALE[word]
            total += part * last
            run = []
        elif word == "rưỡi":
            if run or last == 1.0:
                return None
            total += last / 2
        else:
            run.append(word)
    if run:
        rest = plain(" ".join(run))
        if rest is None:
            return None
        # một triệu hai is 1,2 triệu
        total += (
            rest * last / 10 if last >= 1000 and rest < 10 and len(run) == 1 and run[0] not in ("linh", "lẻ") else rest
        )
    return total or None


def _unit(low: str, at: int) -> tuple[str, int, bool]:
    """Class of the noun after a number, where it ends, whether the list of units has it."""
    rest = low[at : at + 48]
    found = re.match(r"(?:\s*(%)|\s+(?:đơn vị )?([^\W\d_]+(?:[ ][^\W\d_]+){0,3})|\s*(đ|k|m|°c)\b)", rest)
    if not found:
        return "", at, False
    if found[1]:
        return "%", at + found.end(1), True
    if found[3]:
        return UNIT_CLASS.get(found[3], ""), at + found.end(3), True
    words = found[2].split(" ")
    for size in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[:size])
        if phrase in UNIT_CLASS:
            return UNIT_CLASS[phrase], at + found.start(2) + len(phrase), True
    return (
        ("" if words[0] in BARE else words[0]),
        at + found.start(2) + (0 if words[0] in BARE else len(words[0])),
        False,
    )


def _per(low: str, end: int) -> tuple[str, int]:
    match = PER.match(low, end)
    if match:
        word = match["unit"] or match["unit2"]
        return {"hằng tháng": "tháng", "hàng tháng": "tháng"}.get(word, word), match.end()
    return "", end


def _scaled(value: float, unit: str) -> tuple[float, str]:
    """Hours to minutes, weeks to days: hai tuần is 14 ngày, một tiếng 60 phút."""
    factor = {"giờ": (60.0, "phút"), "ngày đêm": (1440.0, "phút"), "tuần": (7.0, "ngày")}.get(unit)
    return (value * factor[0], factor[1]) if factor else (value, unit)


def _span(value: float, about: str, grain: float) -> tuple[float, float]:
    step = 1.0
    while value >= 10 * step and value % (10 * step) == 0:
        step *= 10
    half = grain / 2 if grain and value % (grain * 10) else 0.0
    return {
        "more": (value, value + step), "near-": (value * 0.9, value), "less": (value, value),
        "near": (value * 0.95, value * 1.05),
    }.get(about, (value - half * 0, value + half * 0))  # fmt: skip

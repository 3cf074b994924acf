"""Numbers of official documents in a text, and whether such a number can exist (Decree 30/2020, D13).

``Công văn số 812/SGDĐT-QLCL``: number, then issuer and unit; ``Quyết định số 655/QĐ-UBND``: number, then type and
issuer. Resolutions and rules of law have the year between (``21/2025/NQ-HĐND``). A number that cannot exist is a
reason to look, nothing more: outlets misspell symbols.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from lang.text import fold, old_tone_style

_TYPES = {
    "công văn": "CV", "quyết định": "QĐ", "nghị quyết": "NQ", "thông báo": "TB", "kế hoạch": "KH", "hướng dẫn": "HD",
    "chỉ thị": "CT", "thông tư": "TT", "nghị định": "NĐ", "báo cáo": "BC", "kết luận": "KL", "tờ trình": "TTr",
    "văn bản": "", "giấy mời": "GM", "công điện": "CĐ", "quy định": "", "thông tri": "", "quy chế": "QC",
}  # fmt: skip
_ISSUERS = (
    ("QH", r"(?:ủy ban thường vụ )?quốc hội"), ("BCT", r"bộ chính trị|trung ương đảng"),
    ("HĐND", r"hđnd|hội đồng nhân dân"), ("UBND-XA", r"(?:ubnd|ủy ban nhân dân|ủy ban) (?:các )?(?:xã|phường|đặc khu)"),
    ("UBND", r"ubnd|ủy ban nhân dân|uỷ ban nhân dân|chủ tịch thành phố|lãnh đạo thành "
        r"phố"), ("BGDĐT", r"bộ (?:gd&đt|gdđt|gd-đt|giáo dục(?: và đào tạo)?|gd)"),
    ("SGDĐT", r"sở (?:gd&đt|gdđt|gd-đt|giáo dục(?: và đào tạo)?|gd)|sgdđt|"
        r"sgd&đt"), ("SYT", r"sở y tế|ngành y tế"), ("SNV", r"sở nội vụ"),
    ("SXD", r"sở xây dựng"), ("STC", r"sở tài chính"), ("SVHTT", r"sở (?:văn hóa|vhtt\w*)"),
    ("CATP", r"công an (?:thành phố|tp|hải phòng)"),
    ("CP", r"chính phủ"), ("TTG", r"thủ tướng"), ("BHXH", r"bảo hiểm xã hội|bhxh"),
    ("BO", r"bộ (?:y tế|tài chính|nội vụ|"
        r"xây dựng|công an)"),
    ("SGD-KHAC", r"sở (?:khoa học|công thương|nông nghiệp|tư pháp|giao thông)"),
)  # fmt: skip
_ISSUER = re.compile("|".join(f"(?P<i{n}>(?<!\\w)(?:{pattern})(?!\\w))" for n, (_, pattern) in enumerate(_ISSUERS)))
_KIND = "|".join(_TYPES)
_NUMBER = re.compile(
    rf"(?<!\w)(?:(?P<kind>{_KIND})(?: hỏa tốc| hoả tốc| khẩn| liên tịch| phối hợp| kiểm tra| chỉ "
    rf"đạo)?\s+)(?:số\s*:?\s*)?(?P<number>\d{{1,5}})"
    r"(?:/(?P<year>20\d\d))?(?:\s?/\s?(?P<symbol>[a-zđ&]{2,8}(?:-[a-zđ&]{2,10})*))?(?!\w|[.,]\d|%| (?:trường|"
    r"học sinh|em|tỉnh|cấp))|"
    r"(?<![\w/])(?P<number2>\d{1,5})(?:/(?P<year2>20\d\d))?/(?P<symbol2>[a-zđ&]{2,8}(?:-[a-zđ&]{2,10})+)(?!\w)"
)
_DATED = re.compile(r"\s*\(?(?:ký |ghi |đề |ra |ban hành )?ngày\s+(\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?20\d\d)(?!\d)")
# who may issue what: a resolution comes from a council, a circular from a ministry, a decree from the Government
_MAY = {"NQ": {"HĐND", "CP", "TTG", "QH", "BCT"}, "TT": {"BGDĐT", "BO"}, "NĐ": {"CP", "TTG"}}


@dataclass(frozen=True, slots=True)
class Document:
    """One document named in a text; ``kind`` and ``symbol`` as abbreviations, "" where not said."""

    kind: str
    number: str
    year: str
    symbol: str
    issuer: str
    begin: int
    end: int
    dated: str = ""  # the day written behind the number, as it stands

    def same_number(self, other: Document) -> bool:
        """Number and, where both say them, kind and symbol agree."""
        if self.number != other.number or (self.year and other.year and self.year != other.year):
            return False
        if self.symbol and other.symbol:
            return fold(self.symbol) == fold(other.symbol)
        return not self.kind or not other.kind or self.kind == other.kind


def documents(text: str) -> tuple[Document, ...]:
    """Documents named in ``text`` (NFC), with the issuer that the sentence gives them."""
    low = old_tone_style(text).lower()
    if len(low) != len(text):
        return ()
    found = []
    for match in _NUMBER.finditer(low):
        number = match["number"] or match["number2"]
        symbol = (match["symbol"] or match["symbol2"] or "").upper()
        kind = _TYPES.get(match["kind"] or "", "") or _kind_of(symbol)
        found.append(
            Document(
                kind,
                number.lstrip("0") or "0",
                match["year"] or match["year2"] or "",
                symbol,
                _issuer(low, match),
                *match.span(),
                dated[1] if (dated := _DATED.match(low, match.end())) else "",
            )
        )
    return tuple(found)


def _kind_of(symbol: str) -> str:
    head = symbol.split("-", maxsplit=1)[0]
    return head if head in ("QĐ", "NQ", "TB", "KH", "HD", "CT", "TT", "NĐ", "BC", "KL", "CĐ") else ""


def _issuer(low: str, match: re.Match[str]) -> str:
    """Whom the words behind the number name (do … ban hành, của …), or the symbol."""
    behind = low[match.end() : match.end() + 90]
    said = re.match(
        r"(?:[^.;,]{0,45}?)(?:(?<!\w)do|(?<!yêu cầu )(?<!đề nghị )(?<!chỉ đạo )(?<!\w)của|"
        r"được)\s+(?P<who>[^.;,]{2,60})",
        behind,
    )
    if said and (who := issuer_of(said["who"])):
        return who
    before = low[max(0, match.start() - 60) : match.start()]
    ahead = re.search(
        r"(?P<who>[^.;,]{2,40}?)\s+(?:vừa |đã |mới )?(?:ra|ban hành|ký|phát đi|công bố|có)\s*$|do (?P<by>[^.;,"
        r"]{2,40}?) (?:ban hành|quy định|đặt ra|ký|đưa ra|nêu)(?: riêng)? (?:trong|tại|ở|theo)\s*$",
        before,
    )
    if ahead and (who := issuer_of(ahead["who"] or ahead["by"])):
        return who
    return ""


def issuer_of(text: str) -> str:
    """Code of the first authority named, "" for none."""
    match = _ISSUER.search(old_tone_style(text).lower())
    return _ISSUERS[int(match.lastgroup[1:])][0] if match and match.lastgroup else ""


def impossible(document: Document) -> str:  # noqa: PLR0911
    """Why such a document cannot exist, in Vietnamese; "" where it can."""
    if document.dated and not _a_day(document.dated):
        return f"không có ngày {document.dated} trong lịch (văn bản số {document.number})"
    may = _MAY.get(document.kind)
    head = document.symbol.split("-")[0] if document.symbol else ""
    if may and document.issuer and document.issuer not in may:
        return f"loại văn bản này không do cơ quan được nêu ban hành (số {document.number})"
    if head in ("CV", "CVHT"):
        return f"ký hiệu “{document.symbol}” không đúng thể thức: công văn không ghi tên loại (Nghị định 30/2020)"
    if document.kind == "CV" and head in ("QĐ", "NQ", "TB", "KH", "HD", "CT", "BC", "KL"):
        return f"công văn mà mang ký hiệu “{document.symbol}” của loại văn bản khác"
    if (
        document.kind in ("QĐ", "NQ", "TB", "KH", "HD", "CT", "BC")
        and document.symbol
        and head not in (document.kind, "QĐUB", "KHPH")
    ):
        return f"ký hiệu “{document.symbol}” không khớp loại văn bản"
    own = _own_issuer(document.symbol)
    if own and document.issuer and own != document.issuer and {own, document.issuer} not in _ONE_HOUSE:
        return f"ký hiệu “{document.symbol}” không phải của cơ quan được nêu"
    return ""


_ONE_HOUSE = ({"UBND", "UBND-XA"}, {"CATP", "SGDĐT"}, {"UBND", "SGDĐT"}, {"CP", "TTG"}, {"BO", "BGDĐT"})
_ISSUER_SIGNS = {"SGDĐT": "SGDĐT", "SGD&ĐT": "SGDĐT", "BGDĐT": "BGDĐT", "BGD&ĐT": "BGDĐT", "UBND": "UBND",
                 "HĐND": "HĐND", "SYT": "SYT", "CATP": "CATP", "BHXH": "BHXH", "STC": "STC",
                 "SNV": "SNV", "SXD": "SXD"}  # fmt: skip


def _own_issuer(symbol: str) -> str:
    """Whose symbol it is: 812/SGDĐT-QLCL is of SGDĐT, 655/QĐ-UBND of UBND; "" where no part tells."""
    parts = symbol.split("-")
    if parts and parts[0] in _ISSUER_SIGNS:
        return _ISSUER_SIGNS[parts[0]]
    return _ISSUER_SIGNS.get(parts[1], "") if len(parts) == 2 else ""


def _a_day(text: str) -> bool:
    day, month, year = (int(part) for part in re.findall(r"\d+", text))
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]

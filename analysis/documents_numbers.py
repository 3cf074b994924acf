"""Numbers of official documents in a text, and whether such a number can exist (Decree 30/2020, D13).

``Công văn số 812/SGDĐT-QLCL``: number, then issuer and unit; ``Quyết định số 655/QĐ-UBND``: number, then type and
issuer. Resolutions and rules of law have the year between (``21/2025/NQ-HĐND``). A number that cannot exist is a
reason to look, nothing more: outlets misspell symbols.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang.text import fold, old_tone_style

_TYPES = {
    "công văn": "CV", "quyết định": "QĐ", "nghị quyết": "NQ", "thông báo": "TB", "kế hoạch": "KH", "hướng dẫn": "HD",
    "chỉ thị": "CT", "thông tư": "TT", "nghị định": "NĐ", "báo cáo": "BC", "kết luận": "KL", "tờ trình": "TTr",
    "văn bản": "", "giấy mời": "GM", "công điện": "CĐ", "quy định": "", "thông tri": "", "quy chế": "QC",
}  # fmt: skip
_ISSUERS = (
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
# who may issue what: a resolution comes from a council, a circular from a ministry, a decree from the Government
_MAY = {"NQ": {"HĐND", "CP", "TTG"}, "TT": {"BGDĐT", "BO"}, "NĐ": {"CP"}}


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
            )
        )
    return tuple(found)


def _kind_of(symbol: str) -> str:
    head = symbol.split("-", maxsplit=1)[0]
    return head if head in ("QĐ", "NQ", "TB", "KH", "HD", "CT", "TT", "NĐ", "BC", "KL", "CĐ") else ""


def _issuer(low: str, match: re.Match[str]) -> str:
    """Whom the words behind the number name (do … ban hành, của …), or the symbol."""
    behind = low[match.end() : match.end() + 90]
    said = re.match(r"(?:[^.;]{0,45}?)(?:(?<!\w)do|(?<!\w)của|được)\s+(?P<who>[^.;,]{2,60})", behind)
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


def impossible(document: Document) -> str:
    """Why such a document cannot exist, in Vietnamese; "" where it can."""
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
    return ""

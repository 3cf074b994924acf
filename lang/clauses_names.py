"""Names of official documents: kinds, numbers with their symbols, and whom a symbol stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang.text import fold, nfc

KINDS = {
    "Quyết định": "QĐ", "Kế hoạch": "KH", "Thông báo": "TB", "Hướng dẫn": "HD", "Chỉ thị": "CT", "Nghị quyết": "NQ",
    "Nghị định": "NĐ", "Thông tư": "TT", "Báo cáo": "BC", "Tờ trình": "TTr", "Kết luận": "KL", "Quy chế": "QC",
    "Quy định": "QyĐ", "Công điện": "CĐ", "Chương trình": "CTr", "Chương trình hành động": "CTr",
    "Phương án": "PA", "Đề án": "ĐA",
    "Thông cáo": "TC", "Giấy mời": "GM", "Công văn": "", "Luật": "", "Pháp lệnh": "", "Văn bản": "",
    "Thông cáo báo chí": "", "Thông tin báo chí": "", "Nội quy": "", "Danh mục": "", "Danh sách": "", "Biểu": "",
    "Thư ngỏ": "", "Bộ câu hỏi": "",
}  # fmt: skip
"""Kinds of documents and the letters by which a number names them (Decree 30/2020, Appendix III)."""

_KIND_OF = {letters: kind for kind, letters in reversed(KINDS.items()) if letters}
_SYMBOL = r"[A-ZĐƯÔa-zđ&]{1,12}\d{0,2}(?:[-.][A-ZĐƯÔa-zđ&]{1,12}\d{0,2}){0,4}"
NUMBER = rf"\d{{1,5}}\s?(?:/\s?\d{{4}})?\s?(?:/\s?{_SYMBOL}|-\s?[A-ZĐƯÔa-zđ&]{{1,6}}/[A-ZĐƯÔa-zđ&]{{1,12}})"
"""812/SGDĐT-QLCL, 26 /KH-UBND, 29/2024/TT-BGDĐT, 71-NQ/TW."""

_KIND = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
_CITED = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND})(?:(?:\s+[^\W\d_]{{1,10}}){{0,3}}?\s+số\s*:?)?\s+(?P<number>{NUMBER})(?![\w/])",
    re.IGNORECASE,
)
ORGANS = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "TU": "Thành ủy", "TTg": "Thủ tướng Chính phủ",
    "CP": "Chính phủ", "VPCP": "Văn phòng Chính phủ", "QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "TW": "Ban Chấp hành Trung ương", "BGDĐT": "Bộ Giáo dục và Đào tạo", "BTC": "Bộ Tài chính", "BNV": "Bộ Nội vụ",
    "BYT": "Bộ Y tế", "BCA": "Bộ Công an", "BTTTT": "Bộ Thông tin và Truyền thông", "BKHCN": "Bộ Khoa học và Công nghệ",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch", "SGDĐT": "Sở Giáo dục và Đào tạo", "SGD&ĐT": "Sở Giáo dục và Đào tạo",
    "SGD": "Sở Giáo dục và Đào tạo", "GDĐT": "Sở Giáo dục và Đào tạo", "STTTT": "Sở Thông tin và Truyền thông",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch", "SNgV": "Sở Ngoại vụ", "SYT": "Sở Y tế", "STC": "Sở Tài chính",
    "SNV": "Sở Nội vụ", "SXD": "Sở Xây dựng", "SKHCN": "Sở Khoa học và Công nghệ", "CATP": "Công an",
}  # fmt: skip
"""Letters of a number's symbol → the body that issues under them."""

_OF_CITY = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Thành ủy", "Sở ", "Công an")
CITY = "Hải Phòng"


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a text names: ``Kế hoạch``, ``4120/KH-SGDĐT``, and where the words stand."""

    kind: str
    number: str
    begin: int
    end: int

    @property
    def name(self) -> str:
        """Kế hoạch số 4120/KH-SGDĐT."""
        return f"{self.kind} số {self.number}"


def number_of(text: str) -> str:
    """One spelling of a number: ``26 / KH-UBND`` is 26/KH-UBND, ``2-CTr/TU`` is 02-CTr/TU. Empty for what is none."""
    clean = re.sub(r"\s+", "", nfc(text))
    if not re.fullmatch(NUMBER, clean):
        return ""
    digits = re.match(r"\d+", clean)
    return f"{int(digits[0]):02d}{clean[digits.end() :]}" if digits else ""


def cited(text: str) -> list[Cited]:
    """Every document that is named with kind and number, in order. ``text`` is NFC; offsets are of it."""
    found = []
    for match in _CITED.finditer(text):
        if number := number_of(match["number"]):
            kind = " ".join(match["kind"].split())
            found.append(Cited(kind[0].upper() + kind[1:].lower(), number, match.start(), match.end()))
    return found


def kind_of(number: str) -> str:
    """The kind that a number names; Công văn where it names none; empty for no number."""
    if not number:
        return ""
    parts = re.split(r"[/-]", re.sub(r"^\d+(?:/\d{4})?[/-]", "", number))
    return next((_KIND_OF[part] for part in parts if part in _KIND_OF), "Công văn")


def issuer_of(number: str, place: str) -> str:
    """Whom a number's symbol stands for, with the city where ``place`` says so; empty when it is not known."""
    for part in re.split(r"[/-]", re.sub(r"^\d*\s*(?:/\d{4})?[/-]", "", number)):
        organ = ORGANS.get(part) or ORGANS.get(re.sub(r"\d+$", "", part))
        if organ:
            return with_city(organ, place)
    return ""


def with_city(organ: str, place: str) -> str:
    """``Sở Giáo dục và Đào tạo`` of a letter from Hải Phòng is the one of Hải Phòng."""
    if not organ.startswith(_OF_CITY) or fold(CITY) in fold(organ) or fold(CITY) not in fold(place):
        return organ
    return f"{organ} thành phố {CITY}" if organ.startswith(("Ủy", "Hội", "Công")) else f"{organ} {CITY}"


def display(kind: str, number: str) -> str:
    """As people say it: ``Công văn số 812/SGDĐT-QLCL``; the kind alone where there is no number."""
    return f"{kind or kind_of(number)} số {number}" if number else kind

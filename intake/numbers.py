"""Numbers that are somebody's: telephones, papers, bank accounts, houses. A date or a sum of money is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.patterns import any_of
from intake.tracked import Span
from lang.masking_text import LETTER, PLACEHOLDERS, UPPER

PHONE = "[số điện thoại]"
PAPER = "[số giấy tờ]"
HOME = PLACEHOLDERS["address_of_minor"]

_SEP = r"[ \t .\-–‐()_·/*]{0,3}"
_NOT_DATE = r"(?!\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d)"
_PREFIX = rf"(?:\(?\+?{_SEP}84\)?{_SEP}(?:\(?0\)?{_SEP})?|\(?[0oO])"
_DIGITS = rf"(?:[35789](?:{_SEP}\d){{8}}|2(?:{_SEP}\d){{8,9}}|1[2689](?:{_SEP}\d){{8}})"  # mobile, fixed, of old
_PHONE = re.compile(
    rf"(?<![\w.,/]){_NOT_DATE}{_PREFIX}{_DIGITS}(?![\d])"
    rf"|(?<!\w)\+{_SEP}[1-9]\d{{0,2}}(?:{_SEP}\d){{7,12}}(?!\d)"
    rf"|(?<![\w.,/])1[89]00(?:{_SEP}\d){{4,6}}(?![\d./])"
)
_GLUED = re.compile(r"(?<!\d)(?:0|84)[35789]\d{8}(?!\d)")  # sdt0912345678, a0912345678b
_CALLED = any_of("sđt; sdt; đt; điện thoại; dien thoai; phone; tel; zalo; số zalo; call; hotline; lh; liên hệ; inbox")
_LABELLED = re.compile(rf"\b{_CALLED}\b[\s:：.=-]{{0,4}}(?:số )?(\(?\+?\d(?:{_SEP}\d){{6,12}})(?!\d)", re.I)
_PAPERS = any_of(
    """cccd; cmnd; cmtnd; cmt; căn cước(?: công dân)?; chứng minh(?: nhân dân| thư)?; hộ chiếu; mã định danh;
    mã học sinh; định danh cá nhân; mã hs; bhyt; bảo hiểm y tế; mã số thuế; mst; stk; số tài khoản; so tai khoan;
    số tk; số thẻ; tài khoản ngân hàng"""
)
_PAPER = re.compile(rf"\b{_PAPERS}\b[^\n\d]{{0,30}}?((?:[A-Z]{{1,3}})?\d(?:[ .-]?\d){{5,18}})(?!\d)", re.I)
_CITIZEN = re.compile(r"(?<![\w.,/-])0\d{2}[ .]?[0-3]\d{2}[ .]?\d{3}[ .]?\d{3}(?![\w/])")  # twelve digits

# Where somebody lives, down to the street: the commune stays, it says whose school it is.
_LIVES = any_of(
    """trú(?: tại| ở)?; ngụ(?: tại)?; nhà ở; nhà riêng(?: ở| tại)?; sống(?: ở| tại); địa chỉ nhà;
    chỗ ở(?: hiện nay)?; nhà tôi ở; địa chỉ(?: thường trú| tạm trú)"""
)
_PART = any_of(
    """số nhà; nhà số; số; ngõ; ngách; hẻm; kiệt; thôn; xóm; ấp; tổ dân phố; tdp; tổ; khu dân cư; khu phố;
    khu tập thể; khu; đường; phố; chung cư; tòa nhà; tòa; căn hộ; căn; tầng; phòng"""
)
_NAMED = rf"(?: (?:\d[\w/.-]*|[{UPPER}][{LETTER}\d/.-]*)){{1,5}}"
_HOME = re.compile(rf"\b(?i:{_LIVES})[ :]{{1,3}}((?i:{_PART}){_NAMED}(?:[ ,]{{1,3}}(?i:{_PART}){_NAMED}){{0,5}})")


def find(text: str) -> Iterator[Span]:
    """Telephones, numbers of papers and home addresses in ``text`` (normal form)."""
    yield from (Span(m.start(1), m.end(1), "address", HOME) for m in _HOME.finditer(text))
    yield from (Span(m.start(1), m.end(1), "identity number", PAPER) for m in _PAPER.finditer(text))
    yield from (Span(m.start(), m.end(), "identity number", PAPER) for m in _CITIZEN.finditer(text))
    yield from (Span(m.start(), m.end(), "phone", PHONE) for m in _PHONE.finditer(text))
    yield from (Span(m.start(), m.end(), "phone", PHONE) for m in _GLUED.finditer(text))
    yield from (Span(m.start(1), m.end(1), "phone", PHONE) for m in _LABELLED.finditer(text))

"""Who decided, and why, as it is written down: a person that somebody can ask later."""

from __future__ import annotations

import re
import unicodedata

from lang.text import fold, nfc, old_tone_style
from store.errors import InputError

LONGEST_NAME = 100
LONGEST_REASON = 2_000
FEWEST_LETTERS = 10
_BESIDE = frozenset(" .,'’-()/")
# A form of address before a name is no part of it: "Bà Lê Thị Sóng" and "Lê Thị Sóng" are one approver.
_TITLE = re.compile(r"^(?:(?:ông|bà|anh|chị|cô|thầy|đồng chí|đ/c|ts|ths|pgs|gs|bs|ks|cn)(?:\.\s*|\s+))+", re.IGNORECASE)

_OFFICE = re.compile(r"[(,/]| - ")  # "Lê Thị Sóng (Văn phòng)": the office after it is no part of the name either


def named_person(name: str, option: str) -> str:
    """The name as it is stored. Raises :class:`InputError` for what is no full name in Latin letters."""
    clean = nfc(name)
    if not clean:
        raise InputError(f"{option}: thiếu tên người chịu trách nhiệm; viết họ và tên")
    if len(clean) > LONGEST_NAME:
        raise InputError(f"{option}: tên dài quá {LONGEST_NAME} ký tự")
    bad = next((c for c in clean if not (_latin(c) or c in _BESIDE)), None)
    if bad is not None:
        raise InputError(f"{option}: {clean!r} có ký tự {bad!r}, không phải tên người; viết họ và tên")
    if sum(len(word) > 0 for word in re.findall(r"[^\W\d_]+", _TITLE.sub("", clean))) < 2:
        raise InputError(f"{option}: {clean!r} chưa đủ họ và tên; người ký tên phải tìm lại được")
    return clean


def _latin(c: str) -> bool:
    """A Cyrillic а looks like ours and would make two persons of one."""
    return c.isalpha() and unicodedata.name(c, "").startswith("LATIN")


def told_reason(reason: str, option: str = "--reason") -> str:
    """The reason as it is stored; at least :data:`FEWEST_LETTERS` letters and digits. Raises :class:`InputError`."""
    clean = nfc(reason)
    if sum(c.isalnum() for c in clean) < FEWEST_LETTERS or not any(c.isalpha() for c in clean):
        raise InputError(f"{option}: viết rõ lý do (ít nhất {FEWEST_LETTERS} chữ cái, chữ số); lý do được lưu lại")
    if len(clean) > LONGEST_REASON:
        raise InputError(f"{option}: lý do dài quá {LONGEST_REASON} ký tự")
    return clean


def same_person(one: str, other: str) -> bool:
    """Whether two spellings may be one person: case, spaces, form, tone style and titles aside.

    Written without marks by one hand and with marks by another counts as the same; doubt asks for another approver.
    """
    a, b = _key(one), _key(other)
    return a == b or (fold(a) == fold(b) and (a.isascii() or b.isascii()))


def _key(name: str) -> str:
    bare = _OFFICE.split(_TITLE.sub("", nfc(name)), maxsplit=1)[0]
    return " ".join(re.findall(r"[^\W\d_]+", old_tone_style(bare.casefold())))

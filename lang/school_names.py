"""The same school in two spellings: "Trường Trung học cơ sở Hoa Ban" and "THCS Hoa Ban", with or without marks.

In Hải Phòng a THCS and a THPT often bear one name, so the kind of school belongs to the name and must agree.
"""

from __future__ import annotations

import re

from lang.text import fold, nfc, syllables

KINDS = (
    "thcs",
    "thpt",
    "th",
    "mn",
    "gdtx",
    "gdnn",
    "ptdt",
    "lien cap",
    "pho thong",
    "trung tam",
    "cao dang",
    "dai hoc",
)
_SHORT = (
    (" trung hoc co so ", " thcs "), (" trung hoc pho thong ", " thpt "), (" tieu hoc ", " th "),
    (" mam non ", " mn "), (" mau giao ", " mn "), (" giao duc thuong xuyen ", " gdtx "),
    (" giao duc nghe nghiep ", " gdnn "),
)  # fmt: skip
# "Trường THCS Hoa Ban", but "THCS Xuân Trường": the word goes only where a kind of school follows.
_BEFORE_KIND = re.compile(r" truong(?= (?:thcs|thpt|th|mn|gdtx|gdnn|ptdt|chuyen|lien cap|pho thong|cao dang|dai hoc) )")
_AFTER_KIND = re.compile(r"(?<= thpt) chuyen(?= )")


def spelled(text: str) -> str:
    """The words of a text, folded, kinds of school short, a blank on either side: to be looked through for names."""
    words = f" {' '.join(map(fold, syllables(nfc(text))))} "
    for long, short in _SHORT:
        words = words.replace(long, short)
    return _AFTER_KIND.sub("", _BEFORE_KIND.sub("", words))


def has_kind(school: str) -> bool:
    """Whether a kind of school is written with the name, and a name with the kind."""
    words = spelled(school)
    return any(f" {kind} " in words for kind in KINDS) and len(words.split()) > 1


def stands_in(school: str, words: str) -> bool:
    """Whether the school is named in a text; ``words``: :func:`spelled` of it. "Hoa Sen 2" is not "Hoa Sen"."""
    name = spelled(school)
    return has_kind(school) and re.search(rf"{re.escape(name)}(?!\d)", words) is not None

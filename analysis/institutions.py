"""Universities named in a text: two pieces about one university are not one event because both bear its name.

Its name is long, rare and stands everywhere in such pieces (an advertisement, a conference, a scholarship), so it alone
makes them look alike. :mod:`analysis.stories` measures such a pair once more without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.resemblance import Weights, pair_features, read_terms
from analysis.terms import Idf

_KIND = r"(?:[Đđ]ại học|ĐẠI HỌC|ĐH|[Hh]ọc viện|HỌC VIỆN|[Cc]ao đẳng|CAO ĐẲNG|CĐ)"
_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠ-Ỹ"  # small letters of Ạ-Ỹ are let in: no name begins with one
# The press writes "Quốc tế", "Khoa học xã hội": second halves in small letters.
_SECOND = (
    r"(?:tế|gia|học|nghệ|nghiệp|phạm|thuật|xã|hội|và|nhân|văn|thông|tin|khoa|chính|trị|ngữ|dược|tải|vận|lợi|mại|"
    r"phòng|trường|dân|doanh|thể|thao|du|lịch|y|viện|cảnh|sát|nguyên|môi)"
)
_NAME = re.compile(
    rf"(?:[Tt]rường\s+)?{_KIND}((?:\s+(?!{_KIND})(?:[{_UPPER}][\w.&-]*|{_SECOND}(?!\w))){{1,10}})(?:\s*\(([A-Z][A-Z-]{{1,9}})\))?"
)
_LONGEST = 2_000  # characters that are read of a text
_NOTHING_ELSE = 0.3  # probability without the name, below which nothing else holds two pieces together


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read of an article: NFC; ``seen_at`` in ms UTC."""

    title: str
    lead: str
    outlet: str
    seen_at: int


def only_a_name(one: Piece, other: Piece, idf: Idf, weights: Weights) -> bool:
    """Do both name one university, and does nothing else make them one event?"""
    mine, theirs = (institutions(f"{piece.title} . {piece.lead}") for piece in (one, other))
    shared = mine.keys() & theirs.keys()
    if not shared:
        return False
    forms = frozenset(form for name in shared for form in (*mine[name], *theirs[name]))
    bare = [
        read_terms(without(p.title, forms), without(p.lead, forms), "", p.outlet, p.seen_at, idf) for p in (one, other)
    ]
    return float(weights(pair_features(bare[0], [bare[1]]))[0]) < _NOTHING_ELSE


def institutions(text: str) -> dict[str, frozenset[str]]:
    """Name in lower case, without the word that says what it is → what is written for it here: the whole name as it
    stands, and its abbreviation where one follows in brackets. ``text`` in NFC."""
    found: dict[str, set[str]] = {}
    for match in _NAME.finditer(text[:_LONGEST]):
        forms = found.setdefault(" ".join(match[1].lower().split()).rstrip("."), set())
        forms.add(match[0])
        if match[2]:
            forms.add(match[2])
    return {name: frozenset(forms) for name, forms in found.items()}


def without(text: str, forms: frozenset[str]) -> str:
    """The text without these words."""
    if not forms:
        return text
    words = "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f)))
    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", " ", text)

"""Masking of pupils, and of exposed adults, in everything that leaves the desk (promise 3): rules, no model.

What is found is replaced by a short word in square brackets: "Em [tên], 14 tuổi, học sinh [lớp, trường], trú tại
[địa chỉ], phường Lê Chân". A bracket was chosen over an initial ("em N.") because an initial still narrows a class of
forty to three or four and looks as if the newspaper had printed it; a reader must see that the desk removed something.
The role word before the name stays, so the sentence still reads.

Doubt falls on the child's side: after em, cháu, bé, nữ sinh a capitalised name is masked. Adults with an office,
teachers, historical persons and schools by themselves stay. With ``adults`` those leave too who are accused, hurt or
ill and hold no public office (:mod:`lang.masking_adults`): digests, reports and exports are written that way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from lang import names
from lang.masking_accounts import accounts
from lang.masking_adults import expose
from lang.masking_consent import consented_names, with_consent
from lang.masking_decide import decide
from lang.masking_kin import relatives
from lang.masking_people import find_people
from lang.masking_point import Person
from lang.masking_text import PLACEHOLDERS, Reading, normal_form, read
from lang.masking_where import Found, addresses, classes, phones

_ROUNDS = 6
# Nothing is masked without one of these: most of the day's texts end here.
_HINT = re.compile(
    r"\b(?:em|cháu|bé|trẻ|tuổi|tuoi|sinh|trò|lớp|lop|giải|huy|con|mẹ|bố|thủ khoa"
    r"|á khoa|phụ huynh|nhí|u\d\d?|chau|be|hoc|nu sinh"
    r"|sn|pupils?|students?|boy|girl|year|old|danh sách|đội|school\w*|toddler"
    r"|teenager|grader|khoa|quê|named|thiếu|nhi|cậu|bạn|nạn nhân|ảnh|thpt|thcs|tiểu học)\b",
    re.I,
)


@dataclass(frozen=True)
class MaskedSpan:
    """One masked stretch: `span` as in the original, `start` its offset there, `why` the kind."""

    span: str
    start: int
    why: str


@dataclass(frozen=True)
class Masked:
    """A text that may leave the desk, and what was taken out of it (in order, never overlapping)."""

    text: str
    masked: tuple[MaskedSpan, ...]


def mask(text: str, *, adults: bool = False, consented: Collection[str] = ()) -> Masked:
    """Take pupils' names, initials, class with school, home addresses, telephones and their parents' names out.

    ``adults``: also names, initials and home addresses of adults without public office who are accused, hurt or ill.
    ``consented``: full names of pupils for whom consent is recorded; they stay where the sentence tells of no harm, so
    that a commendation list can name them (class, address and telephone go all the same).

    `why` is one of minor_name, minor_initials, class_plus_school, address_of_minor, phone,
    guardian_name_identifying_minor, adult_name, adult_initials, address_of_adult. Masking a masked text changes
    nothing. Never raises on any string; the text outside the spans is returned as it came, whatever its Unicode form.
    """
    pieces: list[tuple[int, int, str]] = []
    allowed = consented_names(consented)
    current = text
    for _ in range(_ROUNDS):  # a mask may bring two words together that now mean something: until nothing is left
        found = _find(current, adults, allowed)
        if not found:
            break
        pieces = _merge(pieces, found)
        current = _replaced(text, pieces)
    spans = tuple(MaskedSpan(text[s:e], s, why) for s, e, why in pieces)
    return Masked(current, spans)


def _replaced(text: str, pieces: list[Found]) -> str:
    out: list[str] = []
    last = 0
    for start, end, why in pieces:
        out.append(text[last:start])
        out.append(PLACEHOLDERS[why])
        last = end
    out.append(text[last:])
    return "".join(out)


def _merge(old: list[Found], found: list[Found]) -> list[Found]:
    """Spans found in the text masked so far, taken back to the original and put in order with the earlier ones."""
    if not old:
        return found
    out = list(old)
    for start, end, why in found:
        shift = 0
        for s, e, w in old:
            if s + shift >= start:
                break
            shift += len(PLACEHOLDERS[w]) - (e - s)
        out.append((start - shift, end - shift, why))
    return sorted(out)


def _find(text: str, adults: bool, allowed: frozenset[tuple[str, ...]]) -> list[Found]:
    """Spans to mask, with offsets in `text`, sorted and apart from each other."""
    norm, back = normal_form(text)
    young = _HINT.search(norm) is not None
    if not (young or adults):
        return []
    reading = read(norm, back)
    people = find_people(reading)
    decide(reading, people)
    relatives(reading, people)
    found: list[Found] = []
    if young:
        minors = any(p.status in ("minor", "guardian") for p in people)
        named = [_of_person(p) for p in people if p.status in ("minor", "guardian")] + _again(reading, people)
        found += with_consent(reading, named, allowed) if allowed else named
        found += classes(reading)
        found += phones(reading, minors)
    if adults:
        found += expose(reading, people)
        found += accounts(reading)
    found += addresses(reading, people)
    return [(*reading.original(s, e, text), why) for s, e, why in _apart(reading, found)]


def _of_person(p: Person) -> Found:
    if p.status == "guardian":
        return p.start, p.end, "guardian_name_identifying_minor"
    return p.start, p.end, "minor_initials" if p.initials else "minor_name"


def _apart(reading: Reading, found: list[Found]) -> list[Found]:
    """Earliest and longest first, overlaps dropped; placeholders of an earlier round are never touched."""
    ends = [t.end for t in reading.tokens if t.kind == "h"]
    starts = [t.start for t in reading.tokens if t.kind == "h"]
    out: list[Found] = []
    last = -1
    for start, end, why in sorted(found, key=lambda f: (f[0], -f[1])):
        k = bisect_right(ends, start)
        if start < last or (k < len(starts) and starts[k] < end):
            continue
        out.append((start, end, why))
        last = end
    return out


_ADULT_TITLE = frozenset(
    [
        "cô",
        "thầy",
        "ông",
        "bà",
        "anh",
        "chị",
        "bác",
        "chú",
        "dì",
        "giáo",
        "trưởng",
        "tịch",
        "thư",
        "đốc",
        "sĩ",
        "tá",
        "úy",
        "tướng",
    ]
)
_PLACE_WORD = frozenset(
    [
        "trường",
        "thpt",
        "thcs",
        "tiểu",
        "học",
        "non",
        "đường",
        "phố",
        "phường",
        "xã",
        "quận",
        "huyện",
        "thôn",
        "cầu",
        "chợ",
        "giải",
        "thưởng",
        "quỹ",
        "thị",
    ]
)


def _again(reading: Reading, people: list[Person]) -> list[Found]:
    """Every later or earlier mention of somebody masked: the whole name, or its last one or two syllables."""
    variants: dict[tuple[str, ...], str] = {}
    for p in people:
        if p.status in ("minor", "guardian"):
            words = tuple(t.low for t in reading.tokens[p.first : p.last + 1])
            why = _of_person(p)[2]
            variants.setdefault(words, why)
            if len(words) > 1 and not words[-1].endswith("."):
                variants.setdefault(words[-1:], why)
                variants.setdefault(words[-2:], why)
    if not variants:
        return []
    taken = {p.first for p in people if p.status in ("minor", "guardian")}
    adults = {reading.tokens[p.last].low for p in people if p.status == "adult"}
    out: list[Found] = []
    for p in people:
        if p.first in taken or p.status == "place" or (p.status == "adult" and p.role == "A"):
            continue
        words = tuple(t.low for t in reading.tokens[p.first : p.last + 1])
        found = variants.get(words)
        if (
            found is None
            or (p.status == "adult" and len(words) < 3)
            or not _may_repeat(reading, p, words, found, adults)
        ):
            continue
        out.append((p.start, p.end, found))
    return out


def _may_repeat(reading: Reading, p: Person, words: tuple[str, ...], why: str, adults: set[str]) -> bool:
    tokens = reading.tokens
    nxt = tokens[p.last + 1] if p.last + 1 < len(tokens) else None
    if len(words) > 1:
        return True
    before = tokens[p.first - 1] if p.first else None
    if before and before.low in _PLACE_WORD:
        return False
    if before and before.low in _ADULT_TITLE and (why != "guardian_name_identifying_minor"):
        return False
    if words[0] in adults and why != "minor_initials":
        return False
    ordinary = nxt is not None and nxt.kind == "w" and not nxt.cap and f"{words[0]} {nxt.low}" in names.COMPOUNDS
    return not ordinary

"""The slots of one sentence: amounts, days, hours, places, schools, groups, documents, what is allowed or denied.

The same reading is given to a claim and to a reference, so that they can be set side by side (`analysis/matching.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.documents_numbers import Document, documents
from analysis.places import Mention
from lang.claims_dates import Day, days
from lang.claims_modes import Mode, denied, modes, sign_at
from lang.claims_numbers import Amount, amounts
from lang.claims_words import Token, grades, groups_of, lowered, tokens
from lang.facts import NAME
from lang.text import old_tone_style

_SEGMENT = re.compile(r"[;:()]|,\s|\s[-–]\s|(?<!\w)(?:nhưng|còn|riêng|trong khi|song|trong đó|thay vì)(?!\w)")
_SCHOOL = re.compile(
    rf"(?<!\w)(?:[Tt]rường )?(?:[Tt]iểu học|TH và THCS|TH&THCS|THCS|THPT|[Mm]ầm non|[Mm]ẫu giáo)(?: chuyên| "
    rf"công lập| tư thục)? (?P<name>{NAME}(?: \d+)?)"
)
_QUOTE = re.compile(r"[\"“]([^\"“”]{8,300})[\"”]")
_TIME = re.compile(
    r"(?<![\w.,:/])(?P<cue>lúc|từ|đến|tới|trước|sau|hồi|vào|muộn nhất|khoảng|chậm nhất|sớm nhất là|nhất "
    r"là)?\s*(?P<h>\d{1,2})\s*(?:giờ|h|g)(?!\w)\s*(?P<m>[0-5]\d(?!\d))?(?P<half>\s*rưỡi)?"
    r"(?:\s*(?P<part>sáng|trưa|chiều|tối|đêm))?(?P<day>\s*(?:ngày|hôm|,?\s*thứ))?"
)
_WORD_TIME = re.compile(
    r"(?<!\w)(?P<h>năm|sáu|bảy|tám|chín|mười|bốn|ba|hai) (?:giờ )?rưỡi(?=\s*(?:chiều|sáng|tối|tới|đến|là|,|\.|$))"
)
_HOURS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_YEARS = re.compile(r"năm học\s+(20\d\d)\s*[-–]\s*(20\d\d)")
_NOT_WORD = re.compile(r"(?:không|chưa|chẳng)\s\S+\s")  # không qua khỏi is one word: it denies nothing
_WHOLE = re.compile(r"(?<!\w)(?:tổng số|tổng cộng|trong tổng|trên tổng|trong số|cả thảy)(?: số| là| có)?\s+$")
_UNIT_WORD = re.compile(r"(?:xã|phường|đặc khu)\s", re.IGNORECASE)
_TONGUE = re.compile(r"(?<!\w)(?:tiếng|món|phim|nhạc|kiểu|hàng) $")  # tiếng Nhật is a subject, no place
_DIGIT = re.compile(r"\d")
_LIMIT = re.compile(r"tối đa|không quá|cao nhất|không vượt quá")
LEVELS = frozenset({"MN", "TH", "THCS", "THPT"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One amount, day or hour with the groups that it holds for. ``segment``: number of its stretch of the sentence."""

    kind: str  # number · date · time
    value: Amount | Day | int
    segment: int
    begin: int
    end: int
    groups: Mapping[str, frozenset[str]]
    own: frozenset[str]  # kinds of group named in its own stretch

    @property
    def unit(self) -> str:
        """Class of unit of an amount; the kind of anything else."""
        return self.value.unit if isinstance(self.value, Amount) else self.kind


@dataclass(frozen=True, slots=True)
class Place:
    """Units of ours that a name stands for."""

    units: frozenset[str]
    begin: int
    end: int
    segment: int


@dataclass(frozen=True, slots=True)
class Slots:
    """Everything read of one sentence. Offsets are of ``text``."""

    text: str
    low: str
    tokens: tuple[Token, ...]
    segments: tuple[int, ...]  # where each stretch begins
    facts: tuple[Fact, ...]
    places: tuple[Place, ...]
    schools: tuple[tuple[str, int], ...]  # name in lower case, segment
    documents: tuple[Document, ...]
    modes: tuple[Mode, ...]
    denied: tuple[int, int] | None
    quotes: tuple[tuple[int, int], ...]
    provinces: frozenset[str]
    ours: bool  # Hải Phòng or a unit of it is named
    grades: frozenset[int]
    years: frozenset[str]  # school years: 2026-2027
    words: frozenset[str] = field(default_factory=frozenset)
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)  # what is worked out of it once

    def groups(self, segment: int) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
        """Groups that a stretch is for (:func:`groups_near`), worked out once."""
        key = ("groups", segment)
        if key not in self.memo:
            self.memo[key] = groups_near(self.tokens, self.segments, segment, self.low, self.places)
        found: tuple[Mapping[str, frozenset[str]], frozenset[str]] = self.memo[key]
        return found

    def segment_of(self, at: int) -> int:
        """Number of the stretch at an offset."""
        return sum(1 for begin in self.segments if begin <= at) - 1

    def span(self, segment: int) -> tuple[int, int]:
        """Begin and end of a stretch."""
        end = self.segments[segment + 1] if segment + 1 < len(self.segments) else len(self.text)
        return self.segments[segment], end

    def sign(self, token: Token) -> tuple[int, str]:
        """Sign and kind of marker of one token."""
        if self.denied and self.denied[0] <= token.begin < self.denied[1]:
            return -token.flip, "denied"
        sign, kind = sign_at(list(self.modes), token.end - 1)
        return sign * token.flip, kind

    @property
    def hard(self) -> bool:
        """Does it state something that can be checked to the letter: an amount, a day, a place, a document?"""
        return bool(self.facts or self.places or self.documents or self.schools)


def read(
    text: str,
    anchor: dt.date | None = None,
    mentions: Sequence[Mention] = (),
    offset: int = 0,
    meant: tuple[Place, ...] = (),
) -> Slots:
    """Slots of one sentence (NFC). ``mentions``: places of the whole text, where it begins at ``offset``; ``meant``:
    places that it does not name but stands for."""
    low = lowered(text)
    found = _nameless(text, tokens(text))
    segments = (
        0,
        *sorted(
            {
                m.end() if m[0].strip(" -–") in (",", ";", ":", "(", ")", "") else m.start()
                for m in _SEGMENT.finditer(low)
            }
        ),
    )
    places, provinces, ours = _places(mentions, offset, low, segments)
    places += meant
    schools = tuple((old_tone_style(m["name"]).lower(), _at(segments, m.start())) for m in _SCHOOL.finditer(text))
    spoken = modes(
        low,
        [(t.begin, t.end) for t in found if t.text == "EXPEL" or t.flip < 0 or _NOT_WORD.match(low, t.begin, t.end)],
    )
    named = documents(text)
    facts = _facts(low, found, segments, anchor, named, places)
    return Slots(
        text, low, found, segments, facts, places, schools, named,
        tuple(spoken), denied(low), tuple(m.span() for m in _QUOTE.finditer(text)), provinces, ours, grades(text),
        frozenset(f"{a}-{b}" for a, b in _YEARS.findall(low)), frozenset(t.text for t in found),
    )  # fmt: skip


def _nameless(text: str, found: tuple[Token, ...]) -> tuple[Token, ...]:
    """The level in a school's name (Trường THCS Bến Gót) is no group that a rule is for."""
    names = [m.span() for m in _SCHOOL.finditer(text)]
    if not names:
        return found
    return tuple(
        replace(t, group="") if t.group == "LEVEL" and any(a <= t.begin < b for a, b in names) else t for t in found
    )


def _at(segments: Sequence[int], at: int) -> int:
    return sum(1 for begin in segments if begin <= at) - 1


def _places(
    mentions: Sequence[Mention], offset: int, low: str, segments: Sequence[int]
) -> tuple[tuple[Place, ...], frozenset[str], bool]:
    places, provinces, ours = [], set(), False
    for one in mentions:
        begin, end = one.start - offset, one.end - offset
        if begin < 0 or end > len(low) or _TONGUE.search(low, max(0, begin - 10), begin):
            continue
        if one.kind == "namesake" and _UNIT_WORD.match(one.span):
            name = frozenset({"named:" + old_tone_style(one.span).lower()})
            places.append(Place(name, begin, end, _at(segments, begin)))
        elif one.kind in ("province", "abroad"):
            provinces.add(one.label or one.span)
        elif one.in_hp and one.kind in ("unit_new", "unit_old", "district_old") and one.units:
            places.append(Place(frozenset(one.units), begin, end, _at(segments, begin)))
            ours = True
        elif one.in_hp:
            ours = True
    return tuple(places), frozenset(provinces), ours


def _facts(
    low: str,
    found: tuple[Token, ...],
    segments: Sequence[int],
    anchor: dt.date | None,
    named: Sequence[Document],
    places: Sequence[Place],
) -> tuple[Fact, ...]:
    taken = [(d.begin, d.end) for d in named]
    raw: list[tuple[str, Amount | Day | int, int, int]] = []
    for day in days(low, anchor):
        if all(day.end <= a or b <= day.begin for a, b in taken):
            raw.append(("date", day, day.begin, day.end))
    taken += [(b, e) for _, _, b, e in raw]
    for minutes, begin, end in _times(low):
        if all(end <= a or b <= begin for a, b in taken):
            raw.append(("time", minutes, begin, end))
    taken += [(b, e) for kind, _, b, e in raw if kind == "time"]
    taken += [m.span() for m in _YEARS.finditer(low)]
    said = [a for a in amounts(low) if all(a.end <= b or e <= a.begin for b, e in taken)]
    colon = low.find(":")
    if colon > 0 and _LIMIT.search(low, 0, colon):  # mức thu tối đa: … 150.000 đồng; … 10.000 đồng
        said = [a if a.bound or a.begin < colon else replace(a, bound="most") for a in said]
    raw += [("number", a, a.begin, a.end) for a in _of_total(_with_units(said), low)]
    out = []
    for kind, value, begin, end in sorted(raw, key=lambda row: row[2]):
        segment = _at(segments, begin)
        groups, own = groups_near(found, segments, segment, low, places)
        if kind == "number" and _WHOLE.search(low[max(0, begin - 24) : begin]):
            groups, own = {}, frozenset()  # hai trăm chỉ tiêu THPT trong tổng số 1.320: the total is of all
        if kind == "date" and (action := _action(found, segments, segment, len(low))):
            groups, own = {**groups, "ACTION": action}, own | {"ACTION"}
        out.append(Fact(kind, value, segment, begin, end, groups, own))
    return tuple(out)


def _with_units(said: Sequence[Amount]) -> list[Amount]:
    """mầm non 410, tiểu học 360, … 200 chỉ tiêu: the last of a list has the unit for all."""
    out: list[Amount] = []
    unit = ""
    for one in reversed(said):
        if one.unit:
            unit = one.unit
        elif unit and one.value >= 2:
            out.append(replace(one, unit=""))
            continue
        out.append(one)
    return out[::-1]


_AMONG = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm|cụ thể|chia ra|riêng)(?!\w)|:")


def _of_total(said: Sequence[Amount], low: str) -> list[Amount]:
    """954 giáo viên, trong đó mầm non 310, tiểu học 275: the rows count what the total counts."""
    out: list[Amount] = []
    total: Amount | None = None
    for one in said:
        if one.unit and one.unit != "đồng":
            total = one
        elif (
            not one.unit
            and total is not None
            and 1 < one.value < total.value
            and _AMONG.search(low, total.end, one.begin)
        ):
            out.append(replace(one, unit=total.unit))
            continue
        out.append(one)
    return out


def _times(low: str) -> list[tuple[int, int, int]]:
    out = []
    for m in _TIME.finditer(low):
        hour = int(m["h"])
        if hour > 24 or not (m["cue"] or m["m"] or m["part"] or m["day"]):
            continue
        if (
            m["cue"] in ("từ", "đến", "tới", "trước", "sau", "khoảng", "trong")
            and not (m["m"] or m["part"] or m["day"])
            and hour in (24, 48, 72)
        ):
            continue
        out.append(
            (
                _minutes(hour, 30 if m["half"] else int(m["m"] or 0), m["part"]),
                m.start("h"),
                m.end("m") if m["m"] else m.end("h") + 4,
            )
        )
    out += [(_minutes(_HOURS[m["h"]], 30, None), m.start(), m.end()) for m in _WORD_TIME.finditer(low)]
    return out


def _minutes(hour: int, minute: int, part: str | None) -> int:
    if part in ("chiều", "tối", "đêm") and hour < 12:
        hour += 12
    return hour * 60 + minute


def groups_near(
    found: tuple[Token, ...], segments: Sequence[int], segment: int, low: str, places: Sequence[Place]
) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Groups of a stretch; a kind that it does not name is taken from the nearest stretch before it, then behind it."""
    ends = [*segments[1:], len(low)]

    def named(at: int) -> dict[str, frozenset[str]]:
        begin, end = _listed(found, segments, ends, at, low)
        here = dict(groups_of(found, begin, end))
        units = frozenset(u for p in places if p.segment == at for u in p.units)
        if units:
            here["PLACE"] = units
        return _ranged(here, low[segments[at] : ends[at]])

    own = named(segment)
    out = dict(own)
    behind = [n for n in range(segment + 1, len(segments)) if not _DIGIT.search(low, segments[n], ends[n])]
    for other in (*range(segment - 1, -1, -1), *behind):
        for kind, members in named(other).items():
            out.setdefault(kind, members)
    return out, frozenset(own)


def _listed(
    found: tuple[Token, ...], segments: Sequence[int], ends: Sequence[int], at: int, low: str
) -> tuple[int, int]:
    """A stretch with the members of a list that runs over its commas: tiểu học, trung học cơ sở mặc đồng phục …"""
    begin, end = segments[at], ends[at]
    for after in range(at + 1, len(segments)):
        if (last := _joined(found, segments[after], low)) < 0:
            break
        end = max(end, last)
    for before in range(at, 0, -1):
        if _joined(found, segments[before], low) < 0:
            break
        begin = min(begin, next(t.begin for t in reversed(found) if t.end <= segments[before]))
    return begin, end


def _joined(found: tuple[Token, ...], cut: int, low: str) -> int:
    """End of the member behind a comma where members of one kind of level stand on both sides of it; -1 elsewhere."""
    left = next((t for t in reversed(found) if t.end <= cut), None)
    right = next((t for t in found if t.begin >= cut), None)
    if left is None or right is None or left.group != "LEVEL" or right.group != "LEVEL":
        return -1
    if low[: left.begin].endswith(("ngoài ", "không chỉ ", "không riêng ", "trừ ", "kể cả ")):
        return -1  # ngoài tiểu học, trung học cơ sở cũng … sets them apart
    return right.end if low[left.end : right.begin].strip() == "," else -1


def _action(found: tuple[Token, ...], segments: Sequence[int], segment: int, size: int) -> frozenset[str]:
    """Is it the day of staying at home, or of coming back?"""
    end = segments[segment + 1] if segment + 1 < len(segments) else size
    said = {t.text for t in found if segments[segment] <= t.begin < end} & {"RESUME", "CLOSED"}
    return frozenset(said)


_ORDER = ("MN", "TH", "THCS", "THPT")


def _ranged(here: dict[str, frozenset[str]], low: str) -> dict[str, frozenset[str]]:
    """từ mầm non đến hết cấp ba names all levels between."""
    levels = here.get("LEVEL", frozenset()) & set(_ORDER)
    if len(levels) >= 2 and _FROM_TO.search(low):
        at = sorted(_ORDER.index(one) for one in levels)
        here["LEVEL"] = frozenset(_ORDER[at[0] : at[-1] + 1]) | here["LEVEL"]
    return here


_FROM_TO = re.compile(r"(?<!\w)từ\s.{3,40}?\s(?:đến|tới|lên|cho đến)\s")

"""Amounts, days and hours of a claim beside those of a statement: the same, another, or nothing to do with it.

Two facts are comparable when unit, period and role agree and no group tells them apart (THCS 350 and THPT 200 are
two rows of a table). A claim's fact that no comparable fact of the reference equals, and whose words are near one,
differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.claim_slots import Fact, Slots
from analysis.claims import Claim
from analysis.matching_counts import counted_on
from analysis.matching_rows import equal, reckoned, special, told_of_others
from analysis.matching_types import Finding
from analysis.reference_index import Library
from analysis.references import Statement
from lang.claims_dates import Day
from lang.claims_lexicon import GENERIC
from lang.claims_numbers import Amount

_NEAR_OTHER = 0.6  # weight of words of the sentence outside a fact's own stretch
_LONG = 40  # words from which a sentence is an enumeration
_YEAR = 200  # days: further apart it is another year's event


@dataclass(frozen=True, slots=True)
class Around:
    """Words around a slot with their weights; ``size``: of the sentence's own words: context only helps."""

    words: Mapping[str, float]
    size: float


def weights(
    slots: Slots, segment: int, library: Library, extra: frozenset[str] = frozenset(), more: float = 0.35
) -> Around:
    """Words around a fact → weight: of its own stretch full, of the sentence less, of the context least."""
    key = ("weights", segment, id(library))
    if key not in slots.memo:
        slots.memo[key] = _own_weights(slots, segment, library)
    own, size = slots.memo[key]
    beyond = {
        word: more * library.idf(word)
        for word in extra
        if word not in own and not word[0].isdigit() and word not in GENERIC
    }
    return Around(own | beyond, size)


def _own_weights(slots: Slots, segment: int, library: Library) -> tuple[dict[str, float], float]:
    begin, end = slots.span(segment)
    out: dict[str, float] = {}
    for token in slots.tokens:
        if not token.text[0].isdigit():
            share = 1.0 if begin <= token.begin < end else _NEAR_OTHER
            out[token.text] = max(out.get(token.text, 0.0), share)
    own = {word: share * library.idf(word) for word, share in out.items()}
    return own, sum(v * v for v in own.values()) ** 0.5


def whole_weights(slots: Slots, library: Library) -> Around:
    """All telling words of a sentence, full weight."""
    own = {t.text: library.idf(t.text) for t in slots.tokens if not t.text[0].isdigit() and t.text not in GENERIC}
    return Around(own, sum(v * v for v in own.values()) ** 0.5)


def cosine(a: Around, b: Around) -> float:
    """Likeness of two weighted word sets, 0–1."""
    one, other = (a.words, b.words) if len(a.words) < len(b.words) else (b.words, a.words)
    top = sum(value * other[word] for word, value in one.items() if word in other)
    return min(1.0, top / max(1e-6, a.size * b.size)) if top else 0.0


def comparable(a: Fact, b: Fact) -> bool:
    """One kind, unit, period; no group that tells them apart."""
    if a.kind != b.kind:
        return False
    x, y = a.value, b.value
    if isinstance(x, Amount) and isinstance(y, Amount) and not x.comparable(y):
        return False
    if isinstance(x, Day) and isinstance(y, Day):
        if {x.role, y.role} == {"start", "end"}:
            return False
        far = min(abs(x.first - y.last), abs(y.first - x.last)) > _YEAR
        if far and not (x.yearless or y.yearless) and not ((x.guessed or y.guessed) and x.agrees(y)):
            return _anniversary(x, y) and groups_meet(a, b)
    return groups_meet(a, b)


def _anniversary(x: Day, y: Day) -> bool:
    """The very day of a year beside: … hoàn thành trước 30/8/2028 of trước ngày 30/8/2027."""
    if x.first != x.last or y.first != y.last:
        return False
    a, b = dt.date.fromordinal(x.last), dt.date.fromordinal(y.last)
    return (a.month, a.day) == (b.month, b.day) and abs(a.year - b.year) <= 1


def groups_meet(a: Fact, b: Fact) -> bool:
    """No kind of group of which both name members and none in common."""
    return all(
        not (members and other) or members & other
        for kind, members in a.groups.items()
        if (other := b.groups.get(kind)) is not None
    )


def compare(
    claim: Claim, rows: Sequence[Statement], library: Library, taken: frozenset[str], near: float
) -> tuple[list[Finding], list[Finding]]:
    """(agreeing, differing) facts of a claim beside all statements of one reference. ``taken``: values of the reference
    that other sentences of the article state as they are."""
    agree: list[Finding] = []
    differ: list[Finding] = []
    sides = [(s, f) for s in rows for f in s.slots.facts]
    if not sides:
        return agree, differ
    cache: dict[tuple[int, int], Around] = {}
    whole = library.words_of(rows[0].reference.id)

    def around(statement: Statement, fact: Fact) -> Around:
        key = (statement.number, fact.segment)
        if key not in cache:
            cache[key] = weights(statement.slots, fact.segment, library, whole, 0.2)
        return cache[key]

    # a short sentence lives on what was said before it: Mức này là 1,5 triệu đồng mỗi tháng
    telling = sum(1 for w in claim.slots.words if not w[0].isdigit() and w not in GENERIC)
    for fact in claim.slots.facts:
        mine = weights(claim.slots, fact.segment, library, claim.context, 0.35 if telling > 5 else 0.6)
        rivals = [(cosine(mine, around(s, f)), s, f) for s, f in sides if f.kind == fact.kind and comparable(fact, f)]
        if not rivals or all(not equal(fact, row[2]) for row in rivals):
            moved = told_of_others(fact, [(cosine(mine, around(s, f)), s, f) for s, f in sides if equal(fact, f)])
            if moved is not None:
                likeness, statement, other, kind = moved
                one = _finding(False, fact, other, statement, likeness)
                differ.append(replace(one, kind=kind, rare=_rare(claim.slots, fact, library)))
                continue
        if not rivals:
            continue
        same = [row for row in rivals if equal(fact, row[2])]
        if same and (better := special(fact, same, rivals)):
            same = []
            rivals = better
        if same:
            likeness, statement, other = max(same, key=lambda row: row[0])
            agree.append(_finding(True, fact, other, statement, likeness))
            continue
        if isinstance(fact.value, Day) and _inside(fact.value, rows):
            continue
        if (worked := reckoned(claim, fact, sides)) is not None:
            statement, other = worked
            agree.append(_finding(True, fact, other, statement, cosine(mine, around(statement, other))))
            continue
        rivals = [row for row in rivals if value_of(row[2]) not in taken] or rivals
        told = (claim.slots.words | claim.context) - GENERIC
        rivals = [
            row for row in rivals
            if told & row[1].words
            and _may_differ(claim, fact, row[2])
            and not counted_on(claim, fact, row[1], row[2])
            and _named_near(told, row[1].slots, row[2])
        ]  # fmt: skip
        if not rivals:
            continue
        likeness, statement, other = max(rivals, key=lambda row: row[0])
        penalty = 0.6 if value_of(other) in taken and not (fact.own & other.own) else 1.0
        one = _finding(False, fact, other, statement, likeness * penalty, sides)
        differ.append(replace(one, rare=_rare(claim.slots, fact, library)))
    said = {value_of_finding(f) for f in agree}
    return agree, [f for f in differ if f.value not in said]


def _named_near(told: frozenset[str], slots: Slots, fact: Fact) -> bool:
    """Of a sentence that goes on for lines, what is told must stand in the fact's own stretch, not just anywhere."""
    if len(slots.tokens) <= _LONG:
        return True
    begin, end = slots.span(fact.segment)
    return sum(1 for t in {t.text for t in slots.tokens if begin <= t.begin < end} if t in told and t[0].isalpha()) >= 2


def _may_differ(claim: Claim, fact: Fact, other: Fact) -> bool:  # noqa: PLR0911
    x, y = fact.value, other.value
    if isinstance(x, Amount) and isinstance(y, Amount):
        if (not x.unit and not y.unit) or x.former or x.step != y.step:
            return False  # how far from another value is no value
        if not x.value or not y.value or not 1 / 12 <= x.value / y.value <= 12:
            return False  # of another size: another thing
        if y.per == "lớp" and not x.per and "lớp" not in claim.slots.words | claim.context:
            return False  # so many a class is no count of people
        if y.bound == "most" and x.value < y.value and not x.bound:
            return False  # below the limit: one case of it
        if y.bound == "least" and x.value > y.value and not x.bound:
            return False
        if {x.bound, y.bound} == {"most", "least"}:
            return False
        if x.unit in ("tuổi", "năm", "%") and abs(x.value - y.value) > 50:
            return False
    if isinstance(x, Day) and isinstance(y, Day):
        return not (
            x.told or ((x.vague or y.vague) and "on" in (x.role, y.role) and x.last - x.first + y.last - y.first > 12)
        )
    return True


def _inside(day: Day, rows: Sequence[Statement]) -> bool:
    """A day within a stretch that the reference gives is no other day."""
    if day.role != "on":
        return False
    for statement in rows:
        dates = [f.value for f in statement.slots.facts if isinstance(f.value, Day)]
        for a, b in pairwise(dates):
            if a.role == "start" and b.role == "end" and a.first < day.first and day.last < b.last:
                return True
    return False


def _finding(
    agrees: bool,
    fact: Fact,
    other: Fact,
    statement: Statement,
    likeness: float,
    sides: Sequence[tuple[Statement, Fact]] = (),
) -> Finding:
    kind = fact.kind if fact.kind != "time" else "date"
    if not agrees and fact.kind == "number":
        # the value stands in the reference, for another group: what differs is the group
        swapped = [f for _, f in sides if f.kind == "number" and equal(fact, f) and f.unit == fact.unit]
        if swapped:
            kinds = {k for f in swapped for k, v in f.groups.items() if k in fact.groups and not v & fact.groups[k]}
            kind = "place" if "PLACE" in kinds else "scope" if kinds else kind
    return Finding(
        agrees, kind, min(1.0, likeness), statement, (fact.begin, fact.end), (other.begin, other.end), value_of(fact)
    )


def _rare(slots: Slots, fact: Fact, library: Library) -> float:
    """How telling the unit is among the references, 0–1."""
    inside = [t.text for t in slots.tokens if fact.begin <= t.begin < fact.end and not t.text[0].isdigit()]
    return min(1.0, max((library.idf(t) for t in inside if t not in GENERIC and t in library), default=0.0) / 4)


def value_of(fact: Fact) -> str:
    """Normal form of a fact's value."""
    value = fact.value
    if isinstance(value, Amount):
        return f"{value.value:g} {value.unit}"
    if isinstance(value, Day):
        return f"{value.first}-{value.last}"
    return f"{value} phút"


def value_of_finding(finding: Finding) -> str:
    """The same of a finding."""
    return finding.value

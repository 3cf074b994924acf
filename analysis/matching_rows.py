"""Rows of a table told in sentences: which row is the claim's, amounts worked out of rows, rows told of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.claim_slots import Fact
from analysis.claims import Claim
from analysis.references import Statement
from lang.claims_dates import Day
from lang.claims_numbers import Amount


def equal(a: Fact, b: Fact) -> bool:
    """Whether both may be one value."""
    x, y = a.value, b.value
    if isinstance(x, Amount) and isinstance(y, Amount):
        return x.agrees(y)
    if isinstance(x, Day) and isinstance(y, Day):
        return x.agrees(y)
    if isinstance(x, int) and isinstance(y, int):
        return x == y or abs(x - y) == 720
    return False


Row = tuple[float, Statement, Fact]
_EXCEPT = ("PLACE", "LEVEL", "SECTOR", "NEED")


def special(fact: Fact, same: Sequence[Row], rivals: Sequence[Row]) -> list[Row]:
    """Rows made for just the claim's group where the row that agrees is the common one: … đi học lại ngày 24, riêng
    xã Vĩnh Hải ngày 27 — a pupil of Vĩnh Hải goes by the second."""
    for kind in _EXCEPT:
        mine = fact.groups.get(kind)
        if not mine or kind not in fact.own or any(kind in other.groups for _, _, other in same):
            continue
        made = [
            row for row in rivals
            if kind in row[2].own and mine & row[2].groups[kind]
            and not equal(fact, row[2]) and _one_sentence(row, same)
        ]  # fmt: skip
        if made and max(r[0] for r in made) >= 0.5 * max(r[0] for r in same):
            return made
    return []


def _one_sentence(row: Row, same: Sequence[Row]) -> bool:
    return any(row[1] is other[1] and row[2].segment > other[2].segment for other in same)


def told_of_others(fact: Fact, sides: Sequence[Row]) -> tuple[float, Statement, Fact, str] | None:
    """The very amount of a row told of another place or level than the row's, in like words: who gets it differs.
    ``sides``: rows with an equal value and their likeness."""
    if not isinstance(fact.value, Amount) or fact.value.value < _PLAIN or fact.value.step or not fact.value.unit:
        return None
    best: tuple[float, Statement, Fact, str] | None = None
    for likeness, statement, other in sides:
        y = other.value
        if not isinstance(y, Amount) or fact.value.value != y.value or not fact.value.comparable(y):
            continue
        apart = [k for k, v in fact.groups.items() if v and other.groups.get(k) and not v & other.groups[k]]
        named = apart in (["PLACE"], ["LEVEL"]) and apart[0] in fact.own and apart[0] in other.own
        if named and likeness >= _ALIKE and (best is None or likeness > best[0]):
            best = likeness, statement, other, "place" if apart[0] == "PLACE" else "scope"
    return best


_PLAIN = 50.0  # smaller counts are everywhere
_ALIKE = 0.35


def reckoned(claim: Claim, fact: Fact, sides: Sequence[tuple[Statement, Fact]]) -> tuple[Statement, Fact] | None:  # noqa: PLR0911
    """An amount worked out of two of the reference's: a total of two rows, the gap between them, a share of one."""
    mine = fact.value
    if not isinstance(mine, Amount) or not mine.unit:
        return None
    rows = [(s, f, f.value) for s, f in sides if isinstance(f.value, Amount)]
    total, share = _TOTAL.search(claim.slots.low), _SHARE.search(claim.slots.low)
    if mine.unit == "người" and not mine.bound and (heads := _people(rows, mine.value)) is not None:
        return heads
    for n, (statement, one, x) in enumerate(rows):
        if not x.comparable(mine):
            continue
        for other_statement, other, y in rows:
            part = y.value / 100 if y.unit == "%" else 0.0
            if (
                share
                and part
                and any(abs(x.value * k - mine.value) < 1e-6 * mine.value for k in (part, 1 - part, 1 + part))
            ):
                return statement, one
            if other is one or not y.comparable(x) or other_statement is not statement:
                continue
            if mine.step and abs(abs(x.value - y.value) - mine.value) < 1e-6 * mine.value:
                return statement, one
        beside = [y for s, f, y in rows[n : n + 3] if s is statement and y.comparable(x)]
        others = [y for _, f, y in rows if f is not one and y.comparable(x) and y.unit == x.unit]
        if total and mine.value >= _PLAIN and any(x.value + y.value == mine.value for y in others):
            return statement, one
        if total and any(sum(y.value for y in beside[:k]) == mine.value for k in (2, 3) if len(beside) >= k):
            return statement, one
    return None


def _people(rows: Sequence[tuple[Statement, Fact, Amount]], value: float) -> tuple[Statement, Fact] | None:
    """14 trẻ và 02 cô giáo are sixteen people."""
    for (statement, one, x), (after, _, y) in pairwise(rows):
        people = after is statement and {x.unit, y.unit} == {"học sinh", "giáo viên"}
        if people and x.value + y.value == value:
            return statement, one
    return None


_TOTAL = re.compile(r"(?<!\w)(?:tất cả|trong đó|gồm|tổng|tổng cộng|cộng lại|cả thảy|gộp lại|cộng)(?!\w)")
_SHARE = re.compile(r"(?<!\w)(?:bằng|tương đương|tức|%|phần trăm|phần mười|một nửa|một phần)(?!\w)")

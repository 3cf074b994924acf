"""The days off of one year: by law, by decision, swapped, of the department; each with what it rests on.

Pure functions over the rows of ``calendar.yml``. What nobody has decided yet is worked out as the decisions of past
years were made and marked *projected* (dự kiến).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from config.calendar_rows import Decision, Holiday, Local, Row, Swap, month_day_of
from config.lunar import FIRST_YEAR, LAST_YEAR, lunar_day

Kind = Literal["holiday", "in_lieu", "swap", "local"]
IN_LIEU = "nghỉ bù ngày làm việc kế tiếp: Bộ luật Lao động 2019, Điều 111 khoản 3"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day on which nobody works, weekly days off apart."""

    day: dt.date
    kind: Kind
    key: str
    """The section and id of the row: ``holidays.tet_am_lich``, ``decisions.tet_2026`` …"""
    name: str
    basis: str
    projected: bool
    """Worked out, because nobody has decided it yet."""
    verified_by: str
    verified_on: str

    @property
    def verified(self) -> bool:
        """Has a named person compared it with its document?"""
        return bool(self.verified_by)


def base_day(holiday: Holiday, year: int) -> dt.date:
    """The day itself (mồng 1 Tết, 2/9 …) in one year."""
    if holiday.day:
        month, day = month_day_of(holiday.day)
        return dt.date(year, month, day)
    month, day = (int(part) for part in holiday.lunar.split("-"))
    return lunar_day(year, month, day)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept: holidays, decisions, swaps and local days by their ids, and the weekly days off."""

    holidays: Mapping[str, Holiday]
    decisions: Mapping[str, Decision]
    swaps: Mapping[str, Swap]
    local: Mapping[str, Local]
    weekend: frozenset[int]


def days_off(year: int, kept: Kept) -> tuple[DayOff, ...]:
    """The days off of the holidays of ``year`` (one in lieu may fall in the next), in order of days."""
    found, lacking = _named(year, kept)
    following, before = _named(year + 1, kept)[0], _named(year - 1, kept)
    taken = {swap.pair[0] for swap in kept.swaps.values()} | {row.day for row in (*found, *following)}
    taken |= {row.day for row in _in_lieu(before[1], taken | {row.day for row in before[0]}, kept.weekend)}
    found += _in_lieu(lacking, taken, kept.weekend)
    for id_, swap in kept.swaps.items():
        if swap.pair[0].year == year:
            found.append(_row(swap.pair[0], "swap", f"swaps.{id_}", swap))
    for id_, row in kept.local.items():
        found += [_row(day, "local", f"local.{id_}", row) for day in row.dates() if day.year == year]
    return tuple(sorted(found, key=lambda row: (row.day, row.kind)))


_Lacking = list[tuple[dt.date, str, Holiday]]


def _named(year: int, kept: Kept) -> tuple[list[DayOff], _Lacking]:
    """(the holidays of the year, those of them that met a weekly day off and lack another day in lieu)."""
    found: list[DayOff] = []
    lacking: _Lacking = []
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return found, lacking
    decided = {d.holiday: (id_, d) for id_, d in kept.decisions.items() if d.year == year}
    for id_, holiday in kept.holidays.items():
        if not holiday.since <= year <= holiday.until:
            continue
        if id_ in decided:
            key, decision = decided[id_]
            found += [_row(day, "holiday", f"decisions.{key}", decision) for day in decision.dates()]
            continue
        days = _span(holiday, base_day(holiday, year), kept.weekend)
        found += [_row(d, "holiday", f"holidays.{id_}", holiday, projected=holiday.awaits_decision) for d in days]
        lacking += [(d, id_, holiday) for d in days if d.weekday() in kept.weekend and holiday.compensated]
    return found, lacking


def _in_lieu(lacking: _Lacking, taken: set[dt.date], weekend: frozenset[int]) -> list[DayOff]:
    found, taken = [], set(taken)
    for day, id_, holiday in sorted(lacking, key=lambda item: item[0]):
        other = _next_working(day, taken, weekend)
        taken.add(other)
        found.append(_row(other, "in_lieu", f"holidays.{id_}", holiday, projected=holiday.awaits_decision))
    return found


def _span(holiday: Holiday, base: dt.date, weekend: frozenset[int]) -> tuple[dt.date, ...]:
    """The days that the holiday most likely takes: fewest on weekly days off, then with these the longest run, then as
    listed. The decisions of 2019 to 2026 on Tết and of 2021 to 2026 on 2/9 all follow this."""

    def worth(start: int) -> tuple[int, int]:
        days = _from(base, start, holiday.length)
        return -sum(d.weekday() in weekend for d in days), _run(base, days, weekend)

    return _from(base, max(holiday.starts, key=worth), holiday.length)  # max: the first of equals


def _from(base: dt.date, start: int, length: int) -> tuple[dt.date, ...]:
    return tuple(base + dt.timedelta(days=start + n) for n in range(length))


def _run(base: dt.date, off: Iterable[dt.date], weekend: frozenset[int]) -> int:
    taken, first, last = set(off), base, base
    while (first - _DAY) in taken or (first - _DAY).weekday() in weekend:
        first -= _DAY
    while (last + _DAY) in taken or (last + _DAY).weekday() in weekend:
        last += _DAY
    return (last - first).days + 1


def _next_working(day: dt.date, taken: set[dt.date], weekend: frozenset[int]) -> dt.date:
    following = day + _DAY
    while following in taken or following.weekday() in weekend:
        following += _DAY
    return following


def _row(day: dt.date, kind: Kind, key: str, row: Row, *, projected: bool = False) -> DayOff:
    basis = "; ".join(part for part in (row.basis, IN_LIEU) if part) if kind == "in_lieu" else row.basis
    return DayOff(day, kind, key, row.name, basis, projected, row.verified_by, row.verified_on)


def undecided(year: int, holidays: Mapping[str, Holiday], decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Names of the holidays of ``year`` that wait for a decision."""
    decided = {d.holiday for d in decisions if d.year == year}
    return tuple(
        h.name for id_, h in holidays.items()
        if h.awaits_decision and h.since <= year <= h.until and id_ not in decided
    )  # fmt: skip

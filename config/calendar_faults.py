"""What one row of the calendar says that does not fit the others: duplicates, overlaps, swaps that swap nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from config.calendar_days import base_day
from config.strict import line_of
from store.errors import ConfigError

if TYPE_CHECKING:
    from config.calendar import Rows

Fault = tuple[tuple[str, ...], str, str]
_FARTHEST = dt.timedelta(days=20)  # a decision gives days around the holiday itself


def faults(path: Path, node: yaml.MappingNode, rows: Rows) -> Iterator[ConfigError]:
    """Each with the line of the later of the two rows (own rows stand last)."""
    for check in (_hours, _weekend, _holidays, _decisions, _swaps, _local, _storms):
        for where, what, fix in check(rows):
            yield ConfigError(f"{path}:{line_of(node, where)}", what, fix)


def _hours(rows: Rows) -> Iterator[Fault]:
    whole_year = [id_ for id_, h in rows.hours.items() if not h.since]
    if not whole_year:
        yield ("hours",), "no office hours for the whole year", "add hours without `since`, `until`"
    for id_ in whole_year[1:]:
        what = f"`{whole_year[0]}` and `{id_}` are both office hours of the whole year"
        yield ("hours", id_), what, "give one of them `since`, `until`, or `enabled: false`"
    seasons = [(id_, h) for id_, h in rows.hours.items() if h.since]
    for (one, a), (other, b) in combinations(seasons, 2):
        if any(a.holds(day) and b.holds(day) for day in _every_day()):
            yield ("hours", other), f"the seasons `{one}` and `{other}` overlap", "let one end before the other begins"


def _every_day() -> Iterator[dt.date]:
    return (dt.date(2024, 1, 1) + dt.timedelta(days=n) for n in range(366))


def _weekend(rows: Rows) -> Iterator[Fault]:
    if len({n for row in rows.weekend.values() for n in row.numbers}) == 7:
        yield ("weekend", next(reversed(rows.weekend))), "no day of the week is left to work", "leave one out"


def _holidays(rows: Rows) -> Iterator[Fault]:
    for (one, a), (other, b) in combinations(rows.holidays.items(), 2):
        same = (a.day, a.lunar) == (b.day, b.lunar)
        if same and a.since <= b.until and b.since <= a.until:
            what = f"`{one}` and `{other}` are the same day {b.day or b.lunar}"
            yield ("holidays", other), what, "keep one of the two, or switch one off with `enabled: false`"


def _decisions(rows: Rows) -> Iterator[Fault]:
    taken: dict[tuple[str, int], str] = {}
    for id_, row in rows.decisions.items():
        place = ("decisions", id_)
        if row.holiday not in rows.holidays:
            known = ", ".join(rows.holidays)
            yield (*place, "holiday"), f"`{row.holiday}` is no holiday that is kept", f"one of: {known}"
            continue
        if (other := taken.setdefault((row.holiday, row.year), id_)) != id_:
            what = f"`{other}` and `{id_}` both decide `{row.holiday}` of {row.year}"
            yield place, what, "keep one of the two, or switch one off with `enabled: false`"
        holiday, days = rows.holidays[row.holiday], list(row.dates())
        if not holiday.since <= row.year <= holiday.until:
            yield (*place, "year"), f"`{row.holiday}` is not kept in {row.year}", "mend the year"
            continue
        if twice := _twice(days):
            yield (*place, "days"), f"{twice} stands there twice", "name each day once"
        base = base_day(holiday, row.year)
        if far := [d for d in days if abs(d - base) > _FARTHEST]:
            yield (*place, "days"), f"{far[0]} is far from {holiday.name} ({base})", "mend the day or the year"
        elif base not in days:
            yield (*place, "days"), f"{base}, {holiday.name} itself, is not among the days", f"add {base}"


def _swaps(rows: Rows) -> Iterator[Fault]:
    weekly = {n for row in rows.weekend.values() for n in row.numbers}
    seen: dict[dt.date, str] = {}
    for id_, swap in rows.swaps.items():
        free, worked = swap.pair
        for field, day in (("rest", free), ("work", worked)):
            if (other := seen.setdefault(day, id_)) != id_:
                yield ("swaps", id_, field), f"{day} is swapped by `{other}` too", "keep one of the two"
        if free.weekday() in weekly:
            yield (
                ("swaps", id_, "rest"),
                f"{free} is a weekly day off already",
                "name the working day that becomes free",
            )
        if worked.weekday() not in weekly:
            yield ("swaps", id_, "work"), f"{worked} is worked anyway", "name the weekly day off that is worked instead"
        elif name := _holiday_on(rows, worked):
            yield ("swaps", id_, "work"), f"{worked} is a holiday ({name})", "name another day"
        elif abs(free - worked) > dt.timedelta(days=60):
            yield ("swaps", id_, "work"), f"{worked} is far from {free}", "mend the year or the month"
        if name := _holiday_on(rows, free):
            yield ("swaps", id_, "rest"), f"{free} is a holiday already ({name})", "leave the swap out"


def _local(rows: Rows) -> Iterator[Fault]:
    seen: dict[dt.date, str] = {}
    worked = {swap.pair[1]: id_ for id_, swap in rows.swaps.items()}
    for id_, row in rows.local.items():
        days = list(row.dates())
        if twice := _twice(days):
            yield ("local", id_, "days"), f"{twice} stands there twice", "name each day once"
        for day in dict.fromkeys(days):
            if (other := seen.setdefault(day, id_)) != id_:
                yield ("local", id_, "days"), f"{day} is a day off in `{other}` too", "keep it in one of the two"
            if day in worked:
                yield ("local", id_, "days"), f"{day} is worked by the swap `{worked[day]}`", "leave one of them out"


def _storms(rows: Rows) -> Iterator[Fault]:
    for (one, a), (other, b) in combinations(rows.storms.items(), 2):
        if a.window[0] < b.window[1] and b.window[0] < a.window[1]:
            yield ("storms", other), f"`{one}` and `{other}` overlap", "make one of the two, or let one end earlier"


def _holiday_on(rows: Rows, day: dt.date) -> str:
    """The name of what is kept on that day by law or decision, as far as it does not depend on a projection."""
    for row in rows.decisions.values():
        if day in row.dates():
            return row.name
    for holiday in rows.holidays.values():
        if holiday.since <= day.year <= holiday.until and base_day(holiday, day.year) == day:
            return holiday.name
    return ""


def _twice(days: list[dt.date]) -> dt.date | None:
    seen: set[dt.date] = set()
    return next((d for d in days if d in seen or seen.add(d)), None)  # type: ignore[func-returns-value]

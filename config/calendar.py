"""The working calendar: when an office works, and why not on the other days.

``load_calendar(home)`` reads the shipped ``calendar.yml`` and, over it, the one in the data folder (``HAIDANG_HOME``),
row by row. Read strictly: every fault has its file, its line and its cure. :class:`Calendar` answers for one day at a
time in local time; ``alerts.workclock`` makes clocks of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from config.calendar_days import DayOff, Kept, days_off, undecided
from config.calendar_rows import Closure, Decision, Holiday, Hours, Local, Row, RowId, Swap, Weekend
from config.lunar import FIRST_YEAR, LAST_YEAR
from config.settings import SHIPPED
from config.strict import build, compose
from store.errors import ConfigError, InputError

GUIDE = "see the head of the shipped config/calendar.yml"
SECTIONS: Mapping[str, type[Row]] = {
    "hours": Hours, "weekend": Weekend, "holidays": Holiday, "decisions": Decision, "swaps": Swap, "local": Local,
    "storms": Closure,
}  # fmt: skip


class Rows(BaseModel):
    """A calendar file: every section holds rows by their ids."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    hours: dict[RowId, Hours] = Field(default_factory=dict, max_length=20, description="office hours by ids")
    weekend: dict[RowId, Weekend] = Field(default_factory=dict, max_length=5, description="weekly days off by ids")
    holidays: dict[RowId, Holiday] = Field(default_factory=dict, max_length=100, description="holidays by ids")
    decisions: dict[RowId, Decision] = Field(default_factory=dict, max_length=500, description="decisions by ids")
    swaps: dict[RowId, Swap] = Field(default_factory=dict, max_length=500, description="swapped days by ids")
    local: dict[RowId, Local] = Field(default_factory=dict, max_length=500, description="local days off by ids")
    storms: dict[RowId, Closure] = Field(default_factory=dict, max_length=500, description="storms by ids")


@dataclass(frozen=True, slots=True)
class Day:
    """One day: minutes of the day on which people work (none on a day off) and why."""

    day: dt.date
    parts: tuple[tuple[int, int], ...]
    off: tuple[DayOff, ...] = ()
    """Holidays and the like; empty on working days and on plain weekly days off."""
    weekly: bool = False
    """A weekly day off that nobody works."""
    swapped: Swap | None = None
    """A weekly day off that is worked instead of another day."""
    closed: tuple[Closure, ...] = ()
    """Storms that touch this day."""


@dataclass(frozen=True)
class Calendar:
    """The calendar of one department; days are days of the wall clock. Remembers the years that it was asked for."""

    rows: Rows
    _years: dict[int, tuple[DayOff, ...]] = field(default_factory=dict, compare=False, repr=False)
    _off: dict[int, dict[dt.date, tuple[DayOff, ...]]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def weekend(self) -> frozenset[int]:
        """Weekly days off: 0 for Monday to 6 for Sunday."""
        return frozenset(n for row in self.rows.weekend.values() for n in row.numbers)

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        """Windows in which the working clocks stand still, by their beginning."""
        return tuple(sorted((c for c in self.rows.storms.values() if c.stops_clocks), key=lambda c: c.window))

    @cached_property
    def version(self) -> str:
        """Ten hex digits that change with every edit that can change a due time or its explanation."""
        return hashlib.sha256(self.rows.model_dump_json().encode()).hexdigest()[:10]

    @cached_property
    def _worked(self) -> Mapping[dt.date, Swap]:
        return {swap.pair[1]: swap for swap in self.rows.swaps.values()}

    @cached_property
    def _closed(self) -> Mapping[dt.date, tuple[Closure, ...]]:
        found: dict[dt.date, tuple[Closure, ...]] = {}
        for closure in self.closures:
            begin, end = closure.window
            day = begin.date()
            while dt.datetime.combine(day, dt.time()) < end:
                found[day] = (*found.get(day, ()), closure)
                day += dt.timedelta(days=1)
        return found

    def days_off(self, year: int) -> tuple[DayOff, ...]:
        """Every day off of the year but the plain weekly ones. Raises :class:`InputError` outside 1968 to 2199."""
        return tuple(row for rows in self._of(year).values() for row in rows)

    def undecided(self, year: int) -> tuple[str, ...]:
        """Names of the holidays of that year whose days nobody has decided yet: they are projected."""
        return undecided(year, self.rows.holidays, tuple(self.rows.decisions.values()))

    def day(self, day: dt.date) -> Day:
        """What holds on that day. Raises :class:`InputError` outside 1968 to 2199."""
        off = self._of(day.year).get(day, ())
        closed = self._closed.get(day, ())
        if swap := self._worked.get(day):
            return Day(day, self._parts(day, closed), (), False, swap, closed)
        if off:
            return Day(day, (), off, False, None, closed)
        if day.weekday() in self.weekend:
            return Day(day, (), (), True, None, closed)
        return Day(day, self._parts(day, closed), (), False, None, closed)

    def _of(self, year: int) -> dict[dt.date, tuple[DayOff, ...]]:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InputError(f"the calendar holds from {FIRST_YEAR} to {LAST_YEAR}, not {year}: check the time given")
        if year not in self._off:
            rows = [row for y in (year - 1, year, year + 1) for row in self._computed(y) if row.day.year == year]
            grouped: dict[dt.date, tuple[DayOff, ...]] = {}
            for row in sorted(rows, key=lambda r: r.day):
                grouped[row.day] = (*grouped.get(row.day, ()), row)
            self._off[year] = grouped
        return self._off[year]

    def _computed(self, year: int) -> tuple[DayOff, ...]:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return ()
        if year not in self._years:
            r = self.rows
            self._years[year] = days_off(year, Kept(r.holidays, r.decisions, r.swaps, r.local, self.weekend))
        return self._years[year]

    def _parts(self, day: dt.date, closed: tuple[Closure, ...]) -> tuple[tuple[int, int], ...]:
        parts = self.hours_of(day).minutes
        for closure in closed:
            begin, end = (round((at - dt.datetime.combine(day, dt.time())).total_seconds()) // 60
                          for at in closure.window)  # fmt: skip
            parts = tuple(
                (a, b) for first, last in parts
                for a, b in ((first, min(last, begin)), (max(first, end), last)) if a < b
            )  # fmt: skip
        return parts

    def hours_of(self, day: dt.date) -> Hours:
        """The office hours of that season."""
        rows = self.rows.hours.values()
        return next((h for h in rows if h.since and h.holds(day)), None) or next(h for h in rows if not h.since)


def load_calendar(home: Path | None = None) -> tuple[Calendar, list[ConfigError]]:
    """The calendar, and what is wrong with the own file.

    A row of ``HOME/calendar.yml`` replaces the shipped one of its section and id. A faulty own file is left out whole
    (its errors are returned), so that the shipped calendar goes on. Raises :class:`ConfigError` when the shipped file
    is damaged.
    """
    shipped, errors = _read(SHIPPED / "calendar.yml", Rows())
    if errors:
        raise errors[0]
    own = home / "calendar.yml" if home else None
    if own and own.is_file():
        both, errors = _read(own, shipped)
        return Calendar(_live(both if not errors else shipped)), errors
    return Calendar(_live(shipped)), []


def calendar_now(home: Path) -> Calendar:
    """The calendar as the files say now: the same object until the own file changes. A faulty own file says nothing."""
    try:
        about = (home / "calendar.yml").stat()
    except OSError:
        return _kept(home, (0, 0))
    return _kept(home, (about.st_mtime_ns, about.st_size))


@lru_cache(maxsize=4)
def _kept(home: Path, signature: tuple[int, int]) -> Calendar:
    return load_calendar(home)[0]


def asleep(home: Path | None = None) -> tuple[tuple[str, Row], ...]:
    """(section.id, row) of the rows that are switched off and wait for somebody to confirm them."""
    rows = _read(SHIPPED / "calendar.yml", Rows())[0]
    if home and (home / "calendar.yml").is_file():
        rows = _read(home / "calendar.yml", rows)[0]
    return tuple(
        (f"{section}.{id_}", row)
        for section in SECTIONS for id_, row in getattr(rows, section).items() if not row.enabled and row.confirm
    )  # fmt: skip


def plain(node: yaml.Node) -> yaml.Node:
    """Days and hours without quotes stay as they are written: YAML would make 13:30 a number and lose a wrong day."""
    if isinstance(node, yaml.ScalarNode):
        if node.tag.endswith(":timestamp") or (node.tag.endswith(":int") and ":" in node.value):
            node.tag = "tag:yaml.org,2002:str"
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            plain(key), plain(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            plain(value)
    return node


def _live(rows: Rows) -> Rows:
    return _rows({s: {id_: row for id_, row in getattr(rows, s).items() if row.enabled} for s in SECTIONS})


def _rows(sections: Mapping[str, Any]) -> Rows:
    """Rows that were checked one by one, put together."""
    return Rows.model_construct(None, **sections)


def _read(path: Path, shipped: Rows) -> tuple[Rows, list[ConfigError]]:
    """(the shipped rows with those of ``path`` over them, every fault in ``path``)."""
    from config.calendar_faults import faults

    try:
        node = compose(path)
        plain(node)
    except ConfigError as bad:
        return shipped, [bad]
    found, errors = build(path, node, Rows, SECTIONS, GUIDE)
    if found is None:
        return shipped, errors
    merged = {}
    for section in SECTIONS:  # own rows last: a fault between two is then told of the own one
        own, before = getattr(found, section), getattr(shipped, section)
        merged[section] = {k: v for k, v in before.items() if k not in own} | own
    both = _rows(merged)
    return both, list(faults(path, node, _live(both)))

"""A clock that runs only while the office works: pure arithmetic over the working calendar.

Instants are milliseconds UTC; the calendar's days and hours are those of the zone's wall clock. With C(t) the working
milliseconds up to t, ``between(a, b)`` is C(b) − C(a) and ``add(t, d)`` the earliest instant u with C(u) = C(t) + d:
so ``add`` is monotone, ``add(add(t, a), b) == add(t, a + b)`` and ``between(t, add(t, d)) == d`` hold in every zone, a
change of the clocks included. One table a year, made when first asked for: an answer is two binary searches.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts.workdays import Run, runs_of
from config.calendar import Calendar, calendar_now
from config.lunar import FIRST_YEAR, LAST_YEAR
from store.errors import InputError

MINUTE, DAY = 60_000, 86_400_000
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_ORDINAL = dt.date(1970, 1, 1).toordinal()
_LOOK = DAY // 2  # no zone changes its offset twice in half a day


@dataclass(frozen=True, slots=True)
class _Year:
    """One year of the wall clock: intervals [start, end), working ms before each, first and last ms of each day."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    total: int
    days: list[dt.date]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Met:
    """A run of like days, the instants [begins, ends) at which they begin and are over, and what is worked in them:
    first opening, last closing, milliseconds, days (all 0 where nobody works)."""

    run: Run
    begins: int
    ends: int
    opens: int = 0
    closes: int = 0
    worked: int = 0
    days: int = 0

    def and_(self, later: Met) -> Met:
        """Both as one."""
        opens, closes = self.opens or later.opens, later.closes or self.closes
        worked, days = self.worked + later.worked, self.days + later.days
        return Met(self.run.with_(later.run), self.begins, later.ends, opens, closes, worked, days)


def clock_now(home: Path, zone: str) -> WorkClock:
    """The clock of this installation: the same object, with its tables, until the own calendar file changes."""
    calendar = calendar_now(home)
    held = _HELD.get((home, zone))
    if held is None or held.calendar is not calendar:
        held = _HELD[home, zone] = WorkClock(calendar, zone)
    return held


_HELD: dict[tuple[Path, str], WorkClock] = {}


class WorkClock:
    """The calendar as a clock in one time zone. Raises :class:`InputError` outside 1970 to 2198."""

    def __init__(self, calendar: Calendar, zone: str = "Asia/Ho_Chi_Minh") -> None:
        self.calendar, self.zone = calendar, zone
        self._tz = ZoneInfo(zone)
        self._first = max(FIRST_YEAR + 1, 1970)
        self._bounds = [self.instant(dt.datetime(y, 1, 1)) for y in range(self._first, LAST_YEAR + 1)]  # noqa: DTZ001
        self._tables: dict[int, _Year] = {}
        self._runs: dict[int, tuple[list[int], list[Met]]] = {}

    def is_working(self, ms: int) -> bool:
        """Does the office work at that instant?"""
        table = self._table(self._year(ms))
        at = bisect_right(table.starts, ms) - 1
        return at >= 0 and ms < table.ends[at]

    def add(self, start_ms: int, working_ms: int) -> int:
        """The earliest instant by which ``working_ms`` have been worked since ``start_ms``; itself for 0.

        Raises ValueError for a negative amount.
        """
        if working_ms < 0:
            raise ValueError("a clock does not run backwards")
        if working_ms == 0:
            return start_ms
        year, need = self._year(start_ms), working_ms
        need += self._done(start_ms, year)
        while need > (table := self._table(year)).total:
            need -= table.total
            year += 1
        at = bisect_left(table.before, need) - 1
        return table.starts[at] + need - table.before[at]

    def between(self, a: int, b: int) -> int:
        """Working milliseconds from ``a`` to ``b``; negative when ``b`` is earlier."""
        if b < a:
            return -self.between(b, a)
        first, last = self._year(a), self._year(b)
        whole = sum(self._table(year).total for year in range(first, last))
        return whole + self._done(b, last) - self._done(a, first)

    def next_working(self, ms: int) -> int:
        """``ms`` itself while the office works, else the next instant at which it opens."""
        year = self._year(ms)
        table = self._table(year)
        at = bisect_right(table.ends, ms)
        while at == len(table.starts):
            year, at = year + 1, 0
            table = self._table(year)
        return max(ms, table.starts[at])

    def add_days(self, start_ms: int, days: int) -> int:
        """Closing time of the ``days``-th working day after the day of ``start_ms`` (that day itself is not counted).

        Raises ValueError for less than one day.
        """
        if days < 1:
            raise ValueError("at least one working day")
        day, left = self.day_of(start_ms), days
        year = day.year
        table = self._table(year)
        at = bisect_right(table.days, day)
        while at + left > len(table.days):
            left -= len(table.days) - at
            year, at = year + 1, 0
            table = self._table(year)
        return table.spans[at + left - 1][1]

    def day_of(self, ms: int) -> dt.date:
        """The day on the wall at that instant."""
        self._year(ms)
        return (_EPOCH + dt.timedelta(milliseconds=ms)).astimezone(self._tz).date()

    def midnight(self, day: dt.date) -> int:
        """The instant at which the day begins on the wall."""
        return self.instant(dt.datetime.combine(day, dt.time()))

    def hours_on(self, day: dt.date) -> tuple[int, int] | None:
        """(opening, closing) of a working day; None on a day without an hour of work."""
        table = self._table(day.year)
        at = bisect_left(table.days, day)
        return table.spans[at] if at < len(table.days) and table.days[at] == day else None

    def working_day(self, day: dt.date, step: int = 1) -> dt.date:
        """``day`` if somebody works on it, else the next such day (``step=-1``: the one before)."""
        while self.hours_on(day) is None:
            day += dt.timedelta(days=step)
        return day

    def count_days(self, first: dt.date, last: dt.date) -> int:
        """How many working days there are from ``first`` to ``last``, both counted."""
        found = 0
        for year in range(first.year, last.year + 1):
            days = self._table(year).days
            found += bisect_right(days, last) - bisect_left(days, first)
        return found

    def met(self, begin: int, end: int) -> Iterator[Met]:
        """Runs of like days that touch [begin, end): what an explanation is told in."""
        held: Met | None = None
        for year in range(self._year(begin), self._year(max(begin, end - 1)) + 1):
            begins, runs = self._year_runs(year)
            for at in range(max(0, bisect_right(begins, begin) - 1), len(runs)):
                met = runs[at]
                if met.begins >= end:
                    break
                if held and held.run.joins(met.run):  # over New Year: within a year they are joined already
                    held = held.and_(met)
                    continue
                if held:
                    yield held
                held = met
        if held:
            yield held

    def _year_runs(self, year: int) -> tuple[list[int], list[Met]]:
        if year not in self._runs:
            runs = [self._met(run) for run in runs_of(self.calendar, year)]
            self._runs[year] = [met.begins for met in runs], runs
        return self._runs[year]

    def _met(self, run: Run) -> Met:
        begins, ends = self.midnight(run.first), self.midnight(run.last + dt.timedelta(days=1))
        if not (days := self.count_days(run.first, run.last)):
            return Met(run, begins, ends)
        first, last = self.hours_on(self.working_day(run.first)), self.hours_on(self.working_day(run.last, -1))
        assert first and last
        return Met(run, begins, ends, first[0], last[1], self.between(first[0], last[1]), days)

    def _year(self, ms: int) -> int:
        at = bisect_right(self._bounds, ms) - 1
        if not 0 <= at < len(self._bounds) - 1:
            raise InputError(f"no working calendar for the instant {ms} ms: it holds from 1970 to {LAST_YEAR - 1}")
        return self._first + at

    def _done(self, ms: int, year: int) -> int:
        table = self._table(year)
        at = bisect_right(table.starts, ms) - 1
        return table.before[at] + min(ms, table.ends[at]) - table.starts[at] if at >= 0 else 0

    def _table(self, year: int) -> _Year:
        if (table := self._tables.get(year)) is None:
            if not self._first <= year < LAST_YEAR:
                raise InputError(f"no working calendar for {year}: it holds from 1970 to {LAST_YEAR - 1}")
            table = self._tables[year] = self._made(year)
        return table

    def _made(self, year: int) -> _Year:
        begin, end = self._bounds[year - self._first], self._bounds[year - self._first + 1]
        found: list[tuple[int, int, dt.date]] = []
        for a, b, offset in self._offsets(begin, end):
            for number in range((a + offset) // DAY, (b - 1 + offset) // DAY + 1):
                day = dt.date.fromordinal(_ORDINAL + number)
                for first, last in self.calendar.day(day).parts:
                    start = max(number * DAY + first * MINUTE - offset, a)
                    stop = min(number * DAY + last * MINUTE - offset, b)
                    if start < stop:
                        found.append((start, stop, day))
        starts, ends = [f[0] for f in found], [f[1] for f in found]
        sums = list(accumulate((b - a for a, b, _ in found), initial=0))
        spans: dict[dt.date, tuple[int, int]] = {}
        for start, stop, day in found:
            spans[day] = (spans.get(day, (start, 0))[0], stop)
        return _Year(starts, ends, sums[:-1], sums[-1], list(spans), list(spans.values()))

    def _offsets(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(from, to, offset from UTC) of each stretch without a change of the clocks, in ms."""
        at, offset = begin, self._offset(begin)
        look = begin
        while look < end:
            following = min(look + _LOOK, end)
            if (other := self._offset(following)) != offset and following < end:
                change = look + bisect_left(range(look, following), 1, key=lambda ms: self._offset(ms) != offset)
                yield at, change, offset
                at, offset = change, other
            look = following
        yield at, end, offset

    def _offset(self, ms: int) -> int:
        shift = self._tz.utcoffset((_EPOCH + dt.timedelta(milliseconds=ms)).astimezone(self._tz))
        return round(shift.total_seconds() * 1000) if shift else 0

    def instant(self, wall: dt.datetime) -> int:
        """The instant (ms UTC) of a naive moment of the wall clock; the earlier of two where clocks were set back."""
        return round((wall.replace(tzinfo=self._tz) - _EPOCH).total_seconds() * 1000)

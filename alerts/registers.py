"""Reports that are owed (D29–D39): their dates, who is expected, what came, what is missing. Pure.

Incoming (units and communes report to the department) and outgoing (the department reports) are never mixed: each
period has one direction, and every list, table and reminder is of one direction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alerts import registers_words as words
from alerts.workclock import WorkClock
from config.deadlines import Recurring
from config.registers import Registers, Report, parties_of
from lang.text import fold, nfc
from store.errors import InputError
from store.model_register import Direction, ReportEntry, ReportParty, ReportPeriod

LONGEST = {"name": 200, "basis": 400, "note": 500, "number": 60}
AD_HOC_REMIND = ("role:bao_chi", "role:chanh_van_phong")
AD_HOC_DAYS = (3, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One party of a period. ``state``: on_time · late · missing · waiting; ``entry``: what came first."""

    party: str
    name: str
    state: str
    entry: ReportEntry | None = None
    last: ReportEntry | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A period with everybody expected."""

    period: ReportPeriod
    lines: tuple[Line, ...]

    def having(self, *states: str) -> tuple[Line, ...]:
        """Lines in these states."""
        return tuple(line for line in self.lines if line.state in states)

    @property
    def missing(self) -> tuple[Line, ...]:
        """Those of whom nothing came, whether or not the day is over."""
        return self.having("missing", "waiting")

    @property
    def received(self) -> int:
        """How many came (or went out)."""
        return len(self.lines) - len(self.missing)


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────


def days_of(report: Report, dates: Recurring, taken: Sequence[str], first: dt.date, last: dt.date) -> list[dt.date]:
    """The report's days in [first, last], both counted.

    With a ``day`` it is that one. Without, the days of ``dates`` and every ``every_months`` from the first of them,
    less ``taken``: what other reports of the same dates name (month-day).
    """
    if report.day:
        wanted = {report.day}
    else:
        wanted = set(dates.days) | _derived(dates)
        wanted -= set(taken)
    found = []
    for year in range(first.year, last.year + 1):
        for one in wanted:
            month, day = map(int, one.split("-"))
            at = dt.date(year, month, day)
            if first <= at <= last:
                found.append(at)
    return sorted(found)


def _derived(dates: Recurring) -> set[str]:
    if not dates.every_months or not dates.days or 12 % dates.every_months:
        return set()
    month, day = map(int, dates.days[0].split("-"))
    found = set()
    for step in range(0, 12, dates.every_months):
        at = (month - 1 + step) % 12 + 1
        found.add(f"{at:02d}-{min(day, _length(at)):02d}")
    return found


def _length(month: int) -> int:
    return (dt.date(2001, month % 12 + 1, 1) - dt.timedelta(days=1)).day  # no leap year: kept every year


def periods(registers: Registers, clock: WorkClock, first: dt.date, last: dt.date, now: int) -> list[ReportPeriod]:
    """Periods whose days lie in [first, last], of every report in force that has dates, in (due, id) order."""
    found = []
    for id_, report in registers.reports.items():
        dates = registers.deadlines.recurring.get(report.dates)
        if dates is None:
            continue
        taken = [r.day for r in registers.reports.values() if r.dates == report.dates and r.day]
        found += [_period(id_, report, day, clock, now) for day in days_of(report, dates, taken, first, last)]
    return sorted(found, key=lambda p: (p.due_at, p.id))


def _period(id_: str, report: Report, day: dt.date, clock: WorkClock, now: int) -> ReportPeriod:
    begins, ends = _months_back(day, report.months), day - dt.timedelta(days=1)
    return ReportPeriod(
        ReportPeriod.make_id(id_, day.isoformat()), id_, Direction(report.direction), report.name, day.isoformat(),
        closing(day, report.if_off, clock), begins.isoformat(), ends.isoformat(), report.basis, "", now,
    )  # fmt: skip


def ad_hoc(  # noqa: PLR0913, PLR0917 - what a request says is named
    direction: Direction, name: str, day: dt.date, begins: dt.date, ends: dt.date, basis: str, by: str,
    clock: WorkClock, now: int,
) -> ReportPeriod:  # fmt: skip
    """A report that is asked for once (D30, D36). Raises :class:`InputError`."""
    title = told("name", name)
    if begins > ends:
        raise InputError(words.BAD_SPAN.format(begins=begins, ends=ends))
    return ReportPeriod(
        ReportPeriod.make_id(words.AD_HOC, day.isoformat(), f"{direction} {title}"), words.AD_HOC, direction, title,
        day.isoformat(), closing(day, "before", clock), begins.isoformat(), ends.isoformat(),
        told("basis", basis, empty=True), by, now,
    )  # fmt: skip


def closing(day: dt.date, if_off: str, clock: WorkClock) -> int:
    """When that day's time is over: closing time, of the working day that ``if_off`` leads to (ms UTC)."""
    hours = clock.hours_on(day)
    if hours is None and if_off == "same":
        return clock.midnight(day + dt.timedelta(days=1))
    hours = hours or clock.hours_on(clock.working_day(day, 1 if if_off == "next" else -1))
    assert hours is not None
    return hours[1]


def _months_back(day: dt.date, months: int) -> dt.date:
    at = day.year * 12 + day.month - 1 - months
    year, month = at // 12, at % 12 + 1
    return dt.date(year, month, min(day.day, _length(month)))


def without_dates(registers: Registers) -> Iterator[tuple[str, Report]]:
    """Reports whose dates nobody has set: shown, or the gap would look like a year without a duty."""
    for id_, report in registers.reports.items():
        dates = registers.deadlines.recurring.get(report.dates)
        if dates is None or not (report.day or dates.days):
            yield id_, report


# ── who, and what came ──────────────────────────────────────────────────────────────────────────────


def parties(registers: Registers, period: ReportPeriod) -> tuple[ReportParty, ...]:
    """Everybody expected by a period of the calendar, as the files say now."""
    report = registers.reports[period.report]
    return tuple(ReportParty(period.id, key, name) for key, name in parties_of(report, registers.contacts))


def board(
    period: ReportPeriod, expected: Sequence[ReportParty], entries: Sequence[ReportEntry], clock: WorkClock, now: int
) -> Board:
    """Each party with what stands in the register. The first entry decides whether it was in time."""
    of: dict[str, list[ReportEntry]] = {}
    for entry in entries:
        of.setdefault(entry.party, []).append(entry)
    last_day = due_day(period, clock)
    lines = []
    for party in expected:
        came = of.get(party.party, [])
        if came:
            state = "on_time" if dt.date.fromisoformat(came[0].day) <= last_day else "late"
        else:
            state = "missing" if now > period.due_at else "waiting"
        first, newest = (came[0], came[-1]) if came else (None, None)
        lines.append(Line(party.party, party.name, state, first, newest))
    return Board(period, tuple(lines))


def due_day(period: ReportPeriod, clock: WorkClock) -> dt.date:
    """The last day on which a report is in time."""
    return clock.day_of(period.due_at - 1)


def find_party(expected: Sequence[ReportParty], text: str, period_id: str) -> ReportParty:
    """A party by its key, or by (a part of) its name, marks and case aside. Raises :class:`InputError`."""
    wanted = nfc(text)
    exact = [p for p in expected if p.party == wanted]
    if exact:
        return exact[0]
    key = _plain(wanted)
    found = [p for p in expected if _plain(p.name) == key] or [p for p in expected if key and key in _plain(p.name)]
    if not found:
        raise InputError(words.NO_PARTY.format(party=wanted[:60], id=period_id))
    if len(found) > 1:
        names = ", ".join(p.name for p in found[:3])
        raise InputError(words.TWO_PARTIES.format(party=wanted[:60], n=len(found), names=names, example=found[0].party))
    return found[0]


def _plain(text: str) -> str:
    return " ".join(fold(nfc(text)).split())


def told(field: str, text: str, *, empty: bool = False) -> str:
    """What a person wrote in a field, clean and bounded. Raises :class:`InputError`."""
    clean = nfc(text)
    if not clean and not empty:
        raise InputError(words.EMPTY.format(field=words.FIELDS[field]))
    if len(clean) > LONGEST[field]:
        raise InputError(words.TOO_LONG.format(field=words.FIELDS[field], limit=LONGEST[field]))
    return clean


def counts(of: Board) -> dict[str, int]:
    """received, late, missing, all."""
    return {
        "received": of.received, "late": len(of.having("late")), "missing": len(of.missing), "all": len(of.lines),
    }  # fmt: skip

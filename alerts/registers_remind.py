"""Who is reminded of a report, and when: only the department's own, before the day and once after it. Pure.

Bodies that the department does not command are never told by the program; for them there is a draft that a person
signs (`alerts.registers_papers`). Natural keys: an hour worked twice tells nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from alerts import registers_words as words
from alerts.formats import day_short, day_words
from alerts.registers import AD_HOC_DAYS, AD_HOC_REMIND, Board, counts, due_day
from alerts.workclock import WorkClock
from config.registers import Registers, ours
from store.model_notice import Notice, NoticeKind
from store.model_register import Direction

ADDRESS = "/bao-cao-den"
TOLD_LATE_DAYS = 30  # after that the register itself is the reminder
_DAY = 86_400_000


def reminders(of: Board, registers: Registers, clock: WorkClock, now: int) -> list[Notice]:
    """What is to be told now: of those before the day the latest whose time has come, or that the day is over."""
    if not of.missing or now > of.period.due_at + TOLD_LATE_DAYS * _DAY:
        return []
    report = registers.reports.get(of.period.report)
    whom = report.remind if report else AD_HOC_REMIND
    to = [key for key in whom if ours(registers.contacts, key)]
    if now >= _next_morning(of, clock):
        return [_notice(of, key, "late", _late(of), clock, now) for key in to]
    steps = [n for n in (report.days_before if report else AD_HOC_DAYS) if remind_at(of, n, clock) <= now]
    if not steps or now >= of.period.due_at:
        return []
    return [_notice(of, key, f"before:{min(steps)}", _before(of, clock), clock, now) for key in to]


def remind_at(of: Board, days: int, clock: WorkClock) -> int:
    """The opening of the ``days``-th working day before the day that it is due on (ms UTC)."""
    at = clock.working_day(due_day(of.period, clock), -1)
    for _ in range(days):
        at = clock.working_day(at - dt.timedelta(days=1), -1)
    hours = clock.hours_on(at)
    assert hours is not None
    return hours[0]


def _next_morning(of: Board, clock: WorkClock) -> int:
    return clock.next_working(of.period.due_at)


def _before(of: Board, clock: WorkClock) -> tuple[str, tuple[str, ...]]:
    period = of.period
    due = day_words(due_day(period, clock))
    if period.direction is Direction.OUTGOING:
        subject = words.REMIND_OUT.format(name=period.name, due=due)
        line = words.REMIND_OUT_LINE.format(to=_names([m.name for m in of.missing]), **_span(of))
    else:
        subject = words.REMIND_IN.format(name=period.name, due=due)
        line = words.REMIND_IN_LINE.format(**counts(of), **_span(of))
    return subject, (line,)


def _late(of: Board) -> tuple[str, tuple[str, ...]]:
    period = of.period
    if period.direction is Direction.OUTGOING:
        line = words.REMIND_OUT_LINE.format(to=_names([m.name for m in of.missing]), **_span(of))
        return words.LATE_OUT.format(name=period.name), (line,)
    line = words.REMIND_IN_LINE.format(**counts(of), **_span(of))
    return words.LATE.format(name=period.name, **counts(of)), (line, words.LATE_DO.format(id=period.id))


def _span(of: Board) -> dict[str, str]:
    return {
        "begins": day_short(dt.date.fromisoformat(of.period.begins)),
        "ends": day_short(dt.date.fromisoformat(of.period.ends)),
    }


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[: words.MOST_NAMED])
    return f"{shown} …" if len(names) > words.MOST_NAMED else shown


def _notice(of: Board, to: str, key: str, said: tuple[str, tuple[str, ...]], clock: WorkClock, now: int) -> Notice:
    subject, lines = said
    period = of.period
    lines = (*lines, words.REMIND_DO.format(id=period.id))
    made = Notice.make_id(NoticeKind.REMINDER, period.id, to, key)
    return Notice(
        made, NoticeKind.REMINDER, "", to, False, subject, lines, now, now, thread=period.id,
        path=f"{ADDRESS}?ky={period.id}",
    )  # fmt: skip

"""What is left of a clock, in words: in the hours that it counts, with the exact time for hover and print."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from alerts.case_plans import Plans
from alerts.formats import moment_words
from desk import case_words as words
from desk.show import iso, span_words
from store.errors import InputError
from store.model_case import CaseClock

MINUTE, HOUR = 60_000, 3_600_000
IN_HOURS = 16 * HOUR  # of work: more is said in days
WORKING = frozenset({"working_hours", "working_days"})


@dataclass(frozen=True, slots=True)
class Left:
    """``late``: due is over. ``near``: the time to press has come. ``stood``: paused."""

    words: str
    at: int
    late: bool = False
    near: bool = False
    stood: bool = False

    def tag(self, tz: str) -> Markup:
        """``<time>`` with the exact time; lateness is a word and a mark, colour comes second."""
        kind = "late" if self.late else "near" if self.near else ""
        mark = "▲ " if self.late else ""
        return Markup('<time class="left {}" datetime="{}" title="{}">{}{}</time>').format(
            kind, iso(self.at, tz), moment_words(self.at, tz), mark, self.words
        )


def left(clock: CaseClock, now: int, plans: Plans) -> Left:
    """How far ``clock`` is from its due time at ``now`` (ms UTC)."""
    if clock.paused_at is not None:
        return Left(words.STOOD, clock.due_at, stood=True)
    late = clock.due_at <= now
    begins, ends = (clock.due_at, now) if late else (now, clock.due_at)
    near = not late and clock.hard_at is not None and clock.hard_at <= now
    return Left(_said(clock, begins, ends, late, plans), clock.due_at, late=late, near=near)


def _said(clock: CaseClock, begins: int, ends: int, late: bool, plans: Plans) -> str:
    form = words.LATE if late else words.LEFT
    row = plans.deadlines.live.get(clock.deadline) or plans.deadlines.off.get(clock.deadline)
    if row is not None and row.counts in WORKING:
        try:
            return _working(begins, ends, late, plans)
        except InputError:  # before or after every calendar: the wall clock still counts
            pass
    return words.LATE_NOW if late and ends - begins < MINUTE else form.format(span=span_words(ends - begins))


def _working(begins: int, ends: int, late: bool, plans: Plans) -> str:
    form, worked = (words.LATE if late else words.LEFT), plans.clock.between(begins, ends)
    if worked < MINUTE:
        span = span_words(ends - begins)
        return words.LATE.format(span=span) if late else words.LEFT_OFF_HOURS.format(span=span)
    if worked <= IN_HOURS:
        return form.format(span=words.WORKING_HOURS.format(span=span_words_hours(worked)))
    first, last = plans.clock.day_of(begins), plans.clock.day_of(ends)
    days = plans.clock.count_days(first, last) - 1
    return form.format(span=words.WORKING_DAYS.format(n=max(days, 1)))


def span_words_hours(ms: int) -> str:
    """Whole hours, or minutes where it is less than one: a working day has not 24 of them."""
    return f"{ms // HOUR} giờ" if ms >= HOUR else f"{max(1, ms // MINUTE)} phút"

"""When something is due, and why then: deadlines laid on the working calendar, pauses, a leader's instruction.

Pure. A :class:`Due` explains itself by its steps; ``alerts.due_words`` says them in Vietnamese. Days are counted as the
Civil Code counts them: the day on which it starts is not counted, it ends with the last day (here: when the office
closes), and where that day is off, with the next working day (2015, Articles 147 and 148).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from alerts.workclock import Met, WorkClock
from config.deadlines import TICK_MS, Counts, Deadline, Deadlines
from store.errors import InputError
from store.model_case import CaseClock

MOST_STEPS = 40
"""A longer explanation is cut in its middle: nobody reads it, and it is kept in a row."""
LONGEST_WORDS = 1_000

StepKind = Literal[
    "start", "hours", "days", "work", "made_up", "off", "weekly", "storm", "elided", "rolled", "paused",
    "instruction", "instruction_late", "due",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation. Instants are ms UTC; ``worked`` ms or ``days`` are what the clock counted here."""

    kind: StepKind
    begins: int
    ends: int
    worked: int = 0
    days: int = 0
    left: int = 0
    """What was still to be counted afterwards: ms of work, or working days."""
    names: tuple[str, ...] = ()
    basis: str = ""
    projected: bool = False
    verified: bool = True
    who: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A due time (ms UTC). ``soft_at``, ``hard_at``: when to remind, when to press; None: not at all."""

    deadline: str
    clock: str
    counts: Counts
    start_at: int
    due_at: int
    soft_at: int | None
    hard_at: int | None
    steps: tuple[Step, ...]
    legal: bool
    basis: str
    verified: bool
    if_off: Literal["next", "before", "same"] = "next"

    @property
    def projected(self) -> bool:
        """Does it rest on days off that nobody has decided yet?"""
        return any(step.projected for step in self.steps)


@dataclass(frozen=True, slots=True)
class Pause:
    """A clock stands still from ``since`` to ``until`` (ms UTC), by whom and why; all four are needed."""

    since: int
    until: int
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a leader wrote: who, the words, when (ms UTC), and by when it is to be done."""

    who: str
    words: str
    at: int
    due_at: int


def due(key: str, deadline: Deadline, start_ms: int, workclock: WorkClock) -> Due:
    """When ``deadline`` (of id ``key``) is due that started at ``start_ms``.

    Raises :class:`InputError` for an instant that the calendar does not hold.
    """
    soft, hard = (_alarm(deadline, value, start_ms, workclock) for value in (deadline.soft, deadline.hard))
    at, rolled = _moment(deadline, deadline.amount, start_ms, workclock)
    steps = [Step("start", start_ms, start_ms, names=(deadline.starts,), basis=deadline.basis)]
    steps += _counted(deadline, start_ms, rolled or at, workclock)
    if rolled is not None:
        steps += _rolled(rolled, at, workclock)
    steps.append(Step("due", at, at, verified=deadline.verified, basis=deadline.basis))
    return Due(
        key, deadline.clock, deadline.counts, start_ms, at, _no_later(soft, at), _no_later(hard, at), tuple(steps),
        deadline.legal, deadline.basis, deadline.verified, deadline.if_off,
    )  # fmt: skip


def dues(
    deadlines: Deadlines, kind: str, starts: Mapping[str, int], workclock: WorkClock, source: str = ""
) -> dict[str, Due]:
    """Clock (``first_answer``, ``close`` …) → the earliest due time of a case of this kind.

    ``starts``: start event → ms UTC; a deadline whose start has not happened yet sets no clock yet.
    """
    found: dict[str, Due] = {}
    for key, deadline in deadlines.of(kind, source):
        if deadline.starts not in starts:
            continue
        made = due(key, deadline, starts[deadline.starts], workclock)
        if deadline.clock not in found or made.due_at < found[deadline.clock].due_at:
            found[deadline.clock] = made
    return found


def paused(given: Due, pause: Pause, workclock: WorkClock) -> Due:
    """The due time after a pause: what was left when it began is still left when it ends; alarms that were not over
    move likewise. Raises :class:`InputError` without a reason, a person and an end, or when it was due already."""
    reason, who = _words(pause.reason, "a pause needs a reason"), _words(pause.who, "a pause needs a person")
    if pause.until <= pause.since:
        raise InputError("a pause needs an end after its beginning")
    if pause.since < given.start_at:
        raise InputError("a pause cannot begin before the clock started")
    if pause.since >= given.due_at:
        raise InputError("it was due already when the pause begins: close or answer it instead")

    def moved(at: int | None) -> int | None:
        return at if at is None or at <= pause.since else shift(at, given, pause, workclock)

    at = shift(given.due_at, given, pause, workclock)
    step = Step("paused", pause.since, pause.until, names=(reason,), who=who)
    soft, hard = _no_later(moved(given.soft_at), at), _no_later(moved(given.hard_at), at)
    return _again(given, at, soft, hard, step)


def shift(at: int, given: Due, pause: Pause, workclock: WorkClock) -> int:
    """One instant of ``given``, later than the pause's beginning, as it stands after the pause."""
    if given.counts in ("working_hours", "working_days"):
        left = workclock.between(pause.since, at)
        moved = workclock.add(pause.until, left) if left else max(at, pause.until)
        # an alarm at opening time stays one: by the clock alone it is the closing of the evening before
        return workclock.next_working(moved) if at != given.due_at and workclock.is_working(at) else moved
    moved = at + pause.until - pause.since
    if given.counts == "calendar_days" and at == given.due_at:
        return max(_closing(workclock.day_of(moved), given.if_off, workclock)[0], at)
    return moved


def instructed(given: Due, instruction: Instruction) -> Due:
    """The due time under a leader's instruction. It may shorten a legal deadline, never lengthen it (the words are
    kept among the steps either way); one that is only ours it sets. Alarms keep their share of the time.

    Raises :class:`InputError` without a name, without words, or when it asks for a time before it was given.
    """
    who = _words(instruction.who, "an instruction needs the name of the leader")
    words = _words(instruction.words, "an instruction needs its words")
    if instruction.due_at < instruction.at + TICK_MS:
        raise InputError("an instruction cannot ask for a time before it was given")
    late = given.legal and instruction.due_at >= given.due_at
    kind: StepKind = "instruction_late" if late else "instruction"
    step = Step(kind, instruction.at, instruction.due_at, names=(words,), who=who)
    if late:
        return _again(given, given.due_at, given.soft_at, given.hard_at, step)
    at = instruction.due_at

    def scaled(alarm: int | None) -> int | None:
        if alarm is None or alarm <= instruction.at:
            return alarm
        share = (alarm - instruction.at) / max(1, given.due_at - instruction.at)
        return min(at, instruction.at + round(share * (at - instruction.at)))

    return _again(given, at, scaled(given.soft_at), scaled(given.hard_at), step)


def clock_row(given: Due, case_id: str, office: str, lines: Iterable[str]) -> CaseClock:
    """The row of a case's clock; ``lines`` are ``due_words.lines(given, zone)``."""
    return CaseClock(
        case_id, given.clock, given.deadline, office, given.start_at, given.due_at, given.soft_at, given.hard_at,
        verified=given.verified, basis=given.basis, steps=tuple(lines),
    )  # fmt: skip


def _moment(deadline: Deadline, value: float, start: int, clock: WorkClock) -> tuple[int, int | None]:
    """(the instant after ``value``, the closing of the day on which it would have been, where that day is off)."""
    match deadline.counts:
        case "calendar_hours":
            clock.day_of(at := start + deadline.amount_ms(value))
            return at, None
        case "working_hours":
            return clock.add(start, deadline.amount_ms(value)), None
        case "working_days":
            return clock.add_days(start, int(value)), None
    day = clock.day_of(start) + dt.timedelta(days=int(value))
    at, off = _closing(day, deadline.if_off, clock)
    return max(at, start + TICK_MS), clock.midnight(day) if off else None


def _closing(day: dt.date, if_off: str, clock: WorkClock) -> tuple[int, bool]:
    """(when that day's time ends, whether it is a day off)."""
    hours = clock.hours_on(day)
    if hours:
        return hours[1], False
    if if_off == "same":
        return clock.midnight(day + dt.timedelta(days=1)), True
    worked = clock.hours_on(clock.working_day(day, 1 if if_off == "next" else -1))
    assert worked is not None
    return worked[1], True


def _alarm(deadline: Deadline, value: float | None, start: int, clock: WorkClock) -> int | None:
    """After hours exactly then; after days when the office opens on that day (the working day before, if it is off)."""
    if value is None:
        return None
    if deadline.counts == "working_days":
        hours = clock.hours_on(clock.day_of(clock.add_days(start, int(value)) - 1))
    elif deadline.counts == "calendar_days":
        hours = clock.hours_on(clock.working_day(clock.day_of(start) + dt.timedelta(days=int(value)), -1))
    else:
        return _moment(deadline, value, start, clock)[0]
    assert hours is not None
    return max(start, hours[0])


def _counted(deadline: Deadline, start: int, end: int, clock: WorkClock) -> list[Step]:
    if deadline.counts == "calendar_hours":
        return [Step("hours", start, end, worked=end - start)]
    if deadline.counts == "calendar_days":
        return [Step("days", start, end, days=int(deadline.amount))]
    return explain(clock, start, end, in_days=deadline.counts == "working_days")


def explain(clock: WorkClock, start: int, end: int, *, in_days: bool = False) -> list[Step]:
    """What the working clock met from ``start`` to ``end``: runs of working days, days off, storms; each counted step
    says what was left after it. ``in_days``: whole days after the first."""
    first = clock.day_of(start) if in_days else None
    left = clock.between(start, end)
    if first is not None:
        left = clock.count_days(first + dt.timedelta(days=1), clock.day_of(max(start, end - 1)))
    steps = []
    for met in clock.met(start, end):
        step = _step(clock, met, start, end, first, left)
        if step.worked or step.days or step.kind not in ("work", "made_up"):
            left = step.left
            steps.append(step)
    return _elided(steps)


def _step(clock: WorkClock, met: Met, start: int, end: int, first: dt.date | None, left: int) -> Step:
    run = met.run
    begin, stop, worked, days = met.opens, met.closes, met.worked, met.days
    if not met.days:  # nobody works: told from midnight to midnight
        begin, stop = met.begins, met.ends
    elif start > met.opens or end < met.closes or (first is not None and run.first <= first):
        begin, stop, worked, days = _partly(clock, met, start, end, first)
    left -= days if first is not None else worked
    done = (0, days) if first is not None else (worked, 0)
    return Step(run.kind, begin, stop, *done, left, run.names, "; ".join(run.bases), run.projected, run.verified)


def _partly(clock: WorkClock, met: Met, start: int, end: int, first: dt.date | None) -> tuple[int, int, int, int]:
    """(begin, stop, worked, days) of what lies in [start, end); with ``first``: of the whole days after it."""
    begin, stop, days = max(start, met.begins), min(end, met.ends), 0
    if first is not None:
        after = max(met.run.first, first + dt.timedelta(days=1))
        if after <= met.run.last:
            days = clock.count_days(after, min(met.run.last, clock.day_of(stop - 1)))
        begin = clock.midnight(after) if days else begin
    worked = clock.between(begin, stop)
    if worked:
        begin = clock.next_working(begin)
        stop = clock.add(begin, worked)
    return begin, stop, worked, days


def _elided(steps: list[Step]) -> list[Step]:
    if len(steps) <= MOST_STEPS:
        return steps
    half = MOST_STEPS // 2
    head, middle, tail = steps[:half], steps[half : 1 - half], steps[1 - half :]
    cut = Step(
        "elided", middle[0].begins, middle[-1].ends, sum(s.worked for s in middle), sum(s.days for s in middle),
        middle[-1].left, projected=any(s.projected for s in middle), verified=all(s.verified for s in middle),
    )  # fmt: skip
    return [*head, cut, *tail]


def _rolled(day_begins: int, at: int, clock: WorkClock) -> list[Step]:
    run = next(clock.met(day_begins, day_begins + 1)).run
    return [Step("rolled", day_begins, at, 0, 0, 0, run.names, "; ".join(run.bases), run.projected, run.verified)]


def _again(given: Due, at: int, soft: int | None, hard: int | None, step: Step) -> Due:
    steps = (*given.steps[:-1], step, replace(given.steps[-1], begins=at, ends=at))
    return replace(given, due_at=at, soft_at=soft, hard_at=hard, steps=steps)


def _no_later(alarm: int | None, at: int) -> int | None:
    return alarm if alarm is None else min(alarm, at)


def _words(text: str, missing: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise InputError(missing)
    return text[:LONGEST_WORDS]

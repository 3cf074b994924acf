"""The clocks of a case: paused with a reason and an end, shortened by a leader, never lengthened. Pure.

How a due time is reckoned is not known here: clocks come ready (`alerts.due`), and ``later`` gives a clock that waited
through a pause. Moments are ms UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from alerts import case_words as words
from alerts.case_fold import base, clock_body, runs
from alerts.case_parts import contact, event, guard, happened_at, one_of, person, told
from alerts.formats import moment_words
from store.errors import CaseError
from store.model_case import MACHINE, CaseClock, CaseRows, EventKind, NewEvent
from store.people import told_reason

DAY = 86_400_000
LONGEST_PAUSE_D = 92
TZ = "Asia/Ho_Chi_Minh"
Later = Callable[[CaseClock, int, int], CaseClock]
"""(clock, paused at, resumed at) → the clock as it runs on."""
Legal = Callable[[CaseClock], bool]
"""Whether a rule sets it, so that no instruction can lengthen it."""


def by_the_wall(clock: CaseClock, since: int, until: int) -> CaseClock:
    """Moved on by the whole length of the pause."""
    gone = max(0, until - since)

    def moved(at: int | None) -> int | None:
        return at + gone if at is not None and at > since else at

    step = words.RESUMED_STEP.format(
        since=moment_words(since, TZ), until=moment_words(until, TZ), due=moment_words(clock.due_at + gone, TZ)
    )
    return replace(
        clock, due_at=clock.due_at + gone, soft_at=moved(clock.soft_at), hard_at=moved(clock.hard_at), paused_at=None,
        steps=(*clock.steps, step),
    )  # fmt: skip


def start(rows: CaseRows, at: int, clocks: Iterable[CaseClock], *, who: str = MACHINE, key: str = "") -> list[NewEvent]:
    """Begin further clocks; one that is known and was not stopped is left alone."""
    known = {c.clock for c in rows.clocks if c.stopped_at is None}
    new = [clock_body(c) for c in clocks if c.clock not in known]
    return [event(rows, EventKind.CLOCK, at, who, {"clocks": new}, key=key)] if new else []


def pause(rows: CaseRows, who: str, at: int, until: int, reason: str) -> list[NewEvent]:
    """Its running clocks stand still until then, or until somebody goes on. Never without an end."""
    guard(rows, EventKind.PAUSED)
    if rows.now.paused_until is not None:
        raise CaseError(words.PAUSED_ALREADY.format(label=rows.case.label))
    if not any(runs(c) and c.due_at > at for c in rows.clocks):  # what is due already is answered or closed instead
        raise CaseError(words.NOTHING_RUNS.format(label=rows.case.label))
    if not at < until <= at + LONGEST_PAUSE_D * DAY:
        raise CaseError(words.PAUSE_UNTIL.format(days=LONGEST_PAUSE_D))
    body = {"until": until, "reason": told_reason(reason, words.REASON)}
    return [event(rows, EventKind.PAUSED, at, person(who), body)]


def resume(rows: CaseRows, who: str, at: int, later: Later = by_the_wall) -> list[NewEvent]:
    """Before the end that the pause has."""
    guard(rows, EventKind.RESUMED)
    if rows.now.paused_until is None:
        raise CaseError(words.NOT_PAUSED.format(label=rows.case.label))
    body = {"clocks": _moved(rows, min(at, rows.now.paused_until), later)}
    return [event(rows, EventKind.RESUMED, at, person(who), body)]


def resumed_by_itself(rows: CaseRows, now: int, later: Later = by_the_wall) -> list[NewEvent]:
    """The machine's event once the end of a pause has come; [] before. The tick calls it; the same twice is one.

    However late the tick is: the clocks run on from the end that the person set.
    """
    until = rows.now.paused_until
    if until is None or until > now or rows.now.closed_at is not None or rows.now.merged_into is not None:
        return []
    body = {"clocks": _moved(rows, until, later)}
    return [event(rows, EventKind.RESUMED, now, MACHINE, body, key=f"pause:{until}:v{rows.now.version}")]


def _moved(rows: CaseRows, until: int, later: Later) -> list[dict[str, object]]:
    waiting = [c for c in rows.clocks if c.stopped_at is None and c.paused_at is not None]
    return [clock_body(later(c, c.paused_at, until)) for c in waiting if c.paused_at is not None]


def instruct(  # noqa: PLR0913 - the parts of a bút phê are named
    rows: CaseRows,
    who: str,
    at: int,
    leader: str,
    text: str,
    *,
    due_at: int | None = None,
    moment: int | None = None,
    clock: str = "first_answer",
    legal: Legal = lambda clock: True,
) -> list[NewEvent]:
    """Bút phê: who, which words, when; with ``due_at`` a deadline that may shorten ``clock``.

    ``who`` enters what ``leader`` wrote at ``moment``. A ``legal`` deadline is never lengthened: a later time is kept
    among its steps and changes nothing. Where no such clock runs, one that rests on the instruction alone begins.
    """
    guard(rows, EventKind.INSTRUCTION)
    given = happened_at(moment, at, words.DOES["instruction"])
    body: dict[str, object] = {"leader": person(leader), "text": told(text, words.TEXT, 2_000), "moment": given}
    if due_at is not None:
        if due_at <= at:
            raise CaseError(words.INSTRUCTION_PAST.format(label=rows.case.label))
        body["clocks"] = _instructed(rows, (at, given, due_at), clock, legal)
    return [event(rows, EventKind.INSTRUCTION, at, person(who), body)]


def _instructed(rows: CaseRows, times: tuple[int, int, int], name: str, legal: Legal) -> list[dict[str, object]]:
    at, given, due_at = times
    told_times = {"at": moment_words(given, TZ), "due": moment_words(due_at, TZ)}
    asked = [c for c in rows.clocks if base(c.clock) == name and c.stopped_at is None]
    if not asked:
        one_of(name, words.CLOCKS, words.DOES["clock"])
        step = words.INSTRUCTION_STEP.format(**told_times)
        whole = CaseClock(
            rows.case.id, name, "instruction", rows.now.office, at, due_at, None, None, verified=True, steps=(step,)
        )
        return [clock_body(_cut(whole, at, due_at))]
    made = []
    for c in asked:
        late = due_at >= c.due_at and legal(c)
        step = (words.INSTRUCTION_LATE if late else words.INSTRUCTION_STEP).format(**told_times)
        made.append(clock_body(replace(c if late else _cut(c, at, due_at), steps=(*c.steps, step))))
    return made


def _cut(clock: CaseClock, at: int, due_at: int) -> CaseClock:
    """Due then; told of again at a half and at five sixths of what is left, as a clock of its own would be."""
    left = due_at - at
    return replace(clock, due_at=due_at, soft_at=at + left // 2, hard_at=at + left * 5 // 6, alarmed=0)


def handover(rows: CaseRows, office: str, clock: CaseClock) -> CaseClock:
    """``clock`` as the one that waits for that office to say that it has the paper."""
    return replace(clock, case_id=rows.case.id, clock="handover", office=contact(office, words.PLACE))

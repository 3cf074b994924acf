"""Questions of the press that have waited long: before the hard alarm, so that there is still time. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alerts.case_fold import base, runs
from alerts.measures_time import Span
from config.subscriptions import UnansweredRules
from store.model_case import ANSWERS, CaseClock, CaseKind, CaseRows

FIRST_ANSWER = "first_answer"
Elapsed = Callable[[CaseClock, int, int], int]
"""(clock, from, to) → ms of that clock: of work, or day and night."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A case, the clock of its first answer, and what part of it is gone (pauses taken out)."""

    rows: CaseRows
    clock: CaseClock
    used: float


def waits_for_answer(rows: CaseRows) -> bool:
    """An open question of the press that nobody has answered."""
    now = rows.now
    over = now.closed_at is not None or now.merged_into is not None or now.answered_at is not None
    return rows.case.kind is CaseKind.PRESS_REQUEST and not over and now.state not in ANSWERS


def unanswered(
    rows: CaseRows, paused: Sequence[Span], elapsed: Elapsed, rules: UnansweredRules, now: int
) -> Unanswered | None:
    """The clock that runs out first, where the share is used and neither its hard alarm nor its end has come."""
    if not waits_for_answer(rows):
        return None
    clocks = [c for c in rows.clocks if base(c.clock) == FIRST_ANSWER and runs(c)]
    if not clocks:
        return None
    clock = min(clocks, key=lambda c: (c.due_at, c.clock))
    last = clock.due_at if clock.hard_at is None else min(clock.hard_at, clock.due_at)
    if now >= last:
        return None  # the alarm speaks
    away = sum(
        elapsed(clock, max(a, clock.started_at), min(b, now)) for a, b in paused if b > clock.started_at and a < now
    )
    whole = elapsed(clock, clock.started_at, clock.due_at) - away
    used = (elapsed(clock, clock.started_at, now) - away) / whole if whole > 0 else 1.0
    return Unanswered(rows, clock, used) if used >= rules.share else None

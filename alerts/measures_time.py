"""Lengths of time of a case: wall and working, pauses taken out. Pure; ms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alerts.case_fold import happened, kept_of
from alerts.workclock import WorkClock
from store.model_case import EventKind, TimelineEntry

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lag:
    """From one moment to another: ``wall`` and ``working`` without pauses, ``paused`` the wall time of these."""

    wall: int
    working: int
    paused: int = 0


def pauses(timeline: Sequence[TimelineEntry], now: int) -> tuple[Span, ...]:
    """When the case was paused, in order; one that lasts ends ``now`` at the latest. A pause that outlived its own end
    (a late tick) ends when it was meant to: from then on the clocks went on."""
    found: list[Span] = []
    begun: int | None = None
    until: int | None = None
    kept = kept_of(timeline)
    for entry in timeline:
        kind, at = entry.event.kind, entry.event.at
        if kind is EventKind.PAUSED and begun is None:
            begun = at
        if kind is EventKind.PAUSED:
            end = happened(entry, kept).body.get("until")
            until = end if isinstance(end, int) and not isinstance(end, bool) else until
        elif kind in (EventKind.RESUMED, EventKind.CLOSED) and begun is not None:
            found.append((begun, min(at, until) if until is not None else at))
            begun = until = None
    if begun is not None:
        found.append((begun, min(now, until) if until is not None else now))
    return tuple((a, b) for a, b in found if b > a)


def lag(begins: int, ends: int, away: Iterable[Span], clock: WorkClock) -> Lag:
    """Between two moments. Raises ValueError where the second is the earlier one."""
    if ends < begins:
        raise ValueError("ends before it begins")
    parts = [(max(a, begins), min(b, ends)) for a, b in away if a < ends and b > begins]
    paused = sum(b - a for a, b in parts)
    working = clock.between(begins, ends) - sum(clock.between(a, b) for a, b in parts)
    return Lag(ends - begins - paused, working, paused)

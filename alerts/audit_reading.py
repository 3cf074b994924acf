"""The auditor's own reading of a case, from its events and nothing else. Pure.

Written apart from `alerts.case_fold` on purpose, and only for what telling depends on: two readings of the same events
that differ are a finding. Moments are ms UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.model_case import EventKind, TimelineEntry

UP = frozenset({EventKind.ALARM, EventKind.ESCALATED, EventKind.FORGOTTEN})


@dataclass
class Clock:
    """A clock as the events tell it. ``since``: when it took the due time that it has, or began to run again."""

    name: str
    deadline: str
    started_at: int
    due_at: int
    soft_at: int | None
    hard_at: int | None
    since: int
    alarmed: int = 0
    stopped_at: int | None = None
    plain: bool = True  # neither paused nor instructed: its rule alone gives the due time

    def moments(self) -> list[tuple[int, int]]:
        """(degree, moment) of each time at which it is told of."""
        found = ((1, self.soft_at), (2, self.hard_at), (3, self.due_at))
        return [(degree, at) for degree, at in found if at is not None]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry that says that somebody was told. ``level`` 0: whoever holds the case."""

    at: int
    kind: EventKind
    level: int
    alarm: int = 0
    clock: str = ""
    silent: bool = False
    because: str = ""


@dataclass
class Reading:
    """What stands after the last event. ``whole``: no words were erased that it would need."""

    clocks: dict[str, Clock] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    opened_at: int = 0
    severity: str = "thuong"
    office: str = ""
    held: bool = False
    held_spans: list[tuple[int, int | None]] = field(default_factory=list)
    about: set[str] = field(default_factory=set)
    closed_at: int | None = None
    merged_into: str | None = None
    paused_until: int | None = None
    acknowledged_until: int | None = None
    received_at: int | None = None
    state_moved: bool = False  # past "mới"
    held_back_at: int = 0  # when a person last asked for quiet ("đã biết")
    severe_since: int = 0
    level: int = 0
    paused_spans: list[tuple[int, int | None]] = field(default_factory=list)
    whole: bool = True

    @property
    def open(self) -> bool:
        """Neither closed nor merged away."""
        return self.closed_at is None and self.merged_into is None

    def running(self) -> list[Clock]:
        """Clocks that are not stopped."""
        return [clock for clock in self.clocks.values() if clock.stopped_at is None]


def read(timeline: Sequence[TimelineEntry]) -> Reading:
    """One case from its events, oldest first."""
    kept: dict[str, Mapping[str, Any]] = {}
    for entry in timeline:
        if entry.event.kind is EventKind.ERASED and entry.body:
            kept.update(entry.body.get("events", {}))
    found = Reading()
    for entry in timeline:
        body = entry.body if entry.body is not None else kept.get(entry.event.id)
        if body is None:
            found.whole, body = False, {}
        _take(found, entry.event.kind, entry.event.at, body)
    return found


def _take(found: Reading, kind: EventKind, at: int, body: Mapping[str, Any]) -> None:
    if kind is EventKind.OPENED:
        found.opened_at, found.held = at, bool(body.get("held"))
        if found.held:
            found.held_spans.append((at, None))
    if body.get("severity") and body["severity"] != found.severity:
        found.severity, found.severe_since = str(body["severity"]), at
    if kind in (EventKind.OPENED, EventKind.ROUTED) and body.get("office"):
        if body["office"] != found.office:
            found.received_at = None
        found.office = str(body["office"])
    found.about |= {str(i) for k, i in _pairs(body.get("links")) if k == "about"}
    found.about -= {str(i) for k, i in _pairs(body.get("unlinks")) if k == "about"}
    _moves(found, kind, at, body)
    _clocks(found, kind, at, body)
    if kind in UP:
        level = body.get("level", found.level)
        found.level = int(level) if isinstance(level, int) else found.level
        silent = bool(body.get("silent"))
        found.told.append(
            Told(at, kind, found.level, int(body.get("alarm", 0)), str(body.get("clock", "")), silent,
                 str(body.get("because", "")))
        )  # fmt: skip


def _moves(found: Reading, kind: EventKind, at: int, body: Mapping[str, Any]) -> None:
    moment = body.get("moment")
    match kind:
        case EventKind.RELEASED:
            found.held = False
            if found.held_spans and found.held_spans[-1][1] is None:
                found.held_spans[-1] = (found.held_spans[-1][0], at)
        case EventKind.RECEIVED:
            found.received_at, found.state_moved = moment if isinstance(moment, int) else at, True
        case EventKind.PAUSED | EventKind.RESUMED:
            _pause(found, kind, at, body)
        case EventKind.ACKNOWLEDGED:
            found.acknowledged_until = body.get("until")
        case EventKind.FORGOTTEN:
            found.acknowledged_until = None
        case _:
            _ends(found, kind, at, body)
    if kind in (EventKind.VERIFYING, EventKind.RESULT, EventKind.ANSWERED, EventKind.PUBLISHED):
        found.state_moved = True
    if kind is EventKind.ACKNOWLEDGED and body.get("until") is not None:
        found.held_back_at = at


def _ends(found: Reading, kind: EventKind, at: int, body: Mapping[str, Any]) -> None:
    match kind:
        case EventKind.CLOSED:
            found.closed_at, found.acknowledged_until, found.paused_until = at, None, None
        case EventKind.REOPENED:
            found.closed_at, found.level, found.told = None, 0, []  # what was told belongs to its life before
        case EventKind.MERGED:
            found.merged_into = body.get("into") or found.merged_into
        case EventKind.UNMERGED:
            found.merged_into = None


def _pause(found: Reading, kind: EventKind, at: int, body: Mapping[str, Any]) -> None:
    if kind is EventKind.PAUSED:
        found.paused_until = body.get("until")
        found.paused_spans.append((at, None))
        for clock in found.running():
            clock.plain = False
        return
    found.paused_until = None
    if found.paused_spans:
        found.paused_spans[-1] = (found.paused_spans[-1][0], at)


def _clocks(found: Reading, kind: EventKind, at: int, body: Mapping[str, Any]) -> None:
    for given in body.get("clocks") or ():
        name = str(given.get("clock", ""))
        old = found.clocks.get(name)
        found.clocks[name] = Clock(
            name, str(given.get("deadline", "")), int(given.get("started_at", 0)), int(given.get("due_at", 0)),
            given.get("soft_at"), given.get("hard_at"), at, int(given.get("alarmed") or 0), given.get("stopped_at"),
            plain=kind in (EventKind.OPENED, EventKind.CLOCK, EventKind.RECEIVED, EventKind.PAPER_ISSUED)
            and (old is None or old.stopped_at is not None) and given.get("deadline") != "instruction",
        )  # fmt: skip
    stops, lets = set(body.get("stops") or ()), set(body.get("runs") or ())
    for clock in found.clocks.values():
        names = {clock.name, clock.name.partition(":")[0]}
        if clock.stopped_at is None and names & stops:
            clock.stopped_at = at
        elif clock.stopped_at is not None and clock.name in lets:
            clock.stopped_at, clock.since = None, at
            if kind is EventKind.REOPENED:
                clock.alarmed = 0
    if kind is EventKind.ALARM and str(body.get("clock", "")) in found.clocks:
        clock = found.clocks[str(body["clock"])]
        clock.alarmed = max(clock.alarmed, int(body.get("alarm", 0)))


def _pairs(value: Any) -> Iterable[tuple[Any, Any]]:
    return [(one[0], one[1]) for one in value or () if isinstance(one, (list, tuple)) and len(one) == 2]

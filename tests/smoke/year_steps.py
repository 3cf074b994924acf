"""What must be true of every case: alarms in time and once, steps up the chain in turn, pauses and silences that end.

From the events alone, one case at a time: between two events stands what the first of them left, and what fell due
meanwhile, by more than a tick, is a fault. Of the project's own, only the fold and the calendar are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alerts.case_fold import apply, happened, opened, runs
from alerts.workclock import WorkClock
from config.escalation import Escalation, Wait
from store.model_case import MACHINE, CaseRows, CaseState, EventKind, Severity, TimelineEntry
from store.model_roster import Storm
from tests.smoke.year_proof import TICK, clock

TOLD = frozenset({EventKind.ALARM, EventKind.ESCALATED, EventKind.FORGOTTEN})
STARTS = {1: "soft", 2: "hard", 3: "overdue"}


@dataclass
class Rules:
    """What waits are by: the files, and the storms that were declared."""

    rules: Escalation
    workclock: WorkClock
    storms: Sequence[Storm]

    def after(self, at: int, wait: Wait) -> int:
        return at + wait.ms if wait.clock == "calendar" else self.workclock.add(at, wait.ms)

    def stormy(self, rows: CaseRows, at: int) -> bool:
        return any(storm.holds(at) and (not storm.themes or rows.now.theme in storm.themes) for storm in self.storms)

    def step_due(self, rows: CaseRows, at: int) -> int | None:
        """When silence after a telling at ``at`` leads on."""
        storm, severity = self.stormy(rows, at), rows.now.severity.value
        top = len(self.rules.storm.chain if storm else self.rules.chain)
        if rows.now.level <= top:
            waits = self.rules.storm.waits if storm else self.rules.waits
            return self.after(at, waits[severity])
        again = self.rules.again.get(severity)
        return self.after(at, again) if again else None


@dataclass
class Walk:
    """One case, event by event."""

    given: Rules
    rows: CaseRows
    due: int | None = None  # of the next step
    told: set[tuple[str, int, int, int]] = field(default_factory=set)
    worst: dict[int, int] = field(default_factory=dict)  # moment → degree of the worst of its alarms: one telling

    def fault(self, text: str) -> str:
        return f"case {self.rows.case.label}: {text}"

    def between(self, since: int, until: int) -> Iterator[str]:
        """What fell due in (since, until) and was not followed by an event within a tick."""
        now = self.rows.now
        if now.closed_at is not None or now.merged_into is not None:
            return
        if now.paused_until is not None:
            if now.paused_until + TICK < until:
                yield self.fault(f"paused until {clock(now.paused_until)}, still so at {clock(until)}")
        elif now.acknowledged_until is not None:
            if max(now.acknowledged_until, since) + TICK < until:
                yield self.fault(f"acknowledged until {clock(now.acknowledged_until)}, still so at {clock(until)}")
        else:
            yield from self._step(since, until)
        for one in self.rows.clocks:
            for degree, at in ((1, one.soft_at), (2, one.hard_at), (3, one.due_at)):
                if runs(one) and at is not None and degree > one.alarmed and max(at, since) + TICK < until:
                    yield self.fault(f"{one.clock}, degree {degree}: {clock(at)} passed without an alarm")

    def _step(self, since: int, until: int) -> Iterator[str]:
        now = self.rows.now
        alarmed = max((c.alarmed for c in self.rows.clocks if runs(c)), default=0)
        unheard = now.severity is Severity.URGENT and now.received_at is None and now.state is CaseState.NEW
        due = self.due
        if unheard and due is None and now.level == 0:
            due = self.given.after(now.opened_at, self.given.rules.unheard)
        climbs = unheard or alarmed >= 2 or (alarmed and now.level)
        if due is not None and climbs and max(due, since) + TICK < until:
            yield self.fault(f"level {now.level}: the next step was due {clock(due)}, nothing by {clock(until)}")

    def take(self, entry: TimelineEntry) -> Iterator[str]:
        """The event itself: in turn, once, not too early."""
        kind, at, body = entry.event.kind, entry.event.at, entry.body or {}
        before = self.rows
        loud = kind in TOLD and not body.get("silent")
        if kind is EventKind.ALARM:
            yield from self._alarm(at, body)
        if kind is EventKind.ESCALATED:
            level = int(body["level"])
            top = len(self.given.rules.chain) + 1
            if level > min(before.now.level + 1, top):
                yield self.fault(f"{clock(at)}: from level {before.now.level} to {level}")
            if body.get("because") in ("step", "leader", "propose") and self.due is not None and at < self.due:
                yield self.fault(f"{clock(at)}: the step was due only {clock(self.due)}")
        alerting = any(runs(c) and c.alarmed for c in before.clocks)
        until = before.now.acknowledged_until
        if until is not None and until <= at and alerting and kind is EventKind.ACKNOWLEDGED and entry.actor == MACHINE:
            self.due = -1  # must be followed by a telling of the same moment
        if kind is EventKind.REOPENED:  # what runs again rings again
            self.told = {said for said in self.told if said[0] not in body.get("runs", ())}
        self.rows = apply(before, happened(entry))
        if loud and self.due == -1:
            self.due = None
        if loud and (self.rows.now.level > 0 or int(body.get("alarm", 0)) >= 2):
            due = self.given.step_due(self.rows, at)
            same = kind is EventKind.ALARM and self.rows.now.level == before.now.level
            if same and self.due is not None and self.due > at and due is not None:
                due = min(due, self.due)  # a reminder of another clock does not put off the step
            self.due = due
        elif kind is EventKind.CHANGED and self.due is not None and self.rows.now.severity != before.now.severity:
            self.due = min(self.due, at)  # made more pressing: told of at the next tick
        elif (
            kind is EventKind.CLOCK and entry.actor == MACHINE and body.get("next_step_at", 0) is None and not alerting
        ):
            self.due = None  # what was told of is answered; a clock that comes later begins anew
        elif kind in (EventKind.CLOSED, EventKind.MERGED, EventKind.REOPENED) or (
            kind is EventKind.ACKNOWLEDGED and body.get("until") is not None
        ):
            self.due = None

    def _alarm(self, at: int, body: object) -> Iterator[str]:
        assert isinstance(body, dict)
        one = next(c for c in self.rows.clocks if c.clock == body["clock"])
        degree = int(body["alarm"])
        said = (one.clock, one.started_at, one.due_at, degree)
        if said in self.told or degree <= one.alarmed:
            yield self.fault(f"{said}: alarmed twice")
        self.told.add(said)
        if not body.get("silent"):
            starts = getattr(self.given.rules.starts_at, STARTS[self.worst[at]])
            if int(body["level"]) > max(self.rows.now.level + 1, starts):
                yield self.fault(f"{said}: from level {self.rows.now.level} to {body['level']}")


def broken(timeline: Sequence[TimelineEntry], rows: CaseRows, given: Rules, end: int) -> Iterator[str]:
    """Every fault of one case until ``end``."""
    walk = Walk(given, opened(rows.case, happened(timeline[0])))
    for entry in timeline:
        if entry.event.kind is EventKind.ALARM and entry.body:
            walk.worst[entry.event.at] = max(walk.worst.get(entry.event.at, 0), int(entry.body["alarm"]))
    since = timeline[0].event.at
    for entry in timeline[1:]:
        yield from walk.between(since, entry.event.at)
        yield from walk.take(entry)
        since = entry.event.at
    yield from walk.between(since, end)
    if walk.rows != rows:
        yield walk.fault("its rows are not what its events add up to")

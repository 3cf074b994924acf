"""What a tick does with one case: which clocks have run out, who is told, how far up the chain. Pure.

The events that it makes go through the fold of everybody (`alerts.case_fold`); their bodies:

- ``alarm``: clock, alarm (an :class:`Alarm`), level, next_step_at; ``silent`` where an acknowledgement held the notice
  back, ``again`` where an earlier alarm is told once more;
- ``escalated``: level, next_step_at, ``because``: step · unheard · forgotten · leader · propose · again;
- ``forgotten``: until (of the acknowledgement that ran out), next_step_at; followed by an ``escalated``;
- ``resumed``: as `alerts.case_clocks.resumed_by_itself` makes it;
- ``acknowledged`` by the machine with ``until`` null: it ran out, and people had worked on meanwhile;
- ``clock`` by the machine with next_step_at alone: a plan, nothing was told;
- ``paper``: the draft of a công văn đôn đốc to a body that the department does not command.

``level`` 0 is whoever holds the case, 1… the steps of the chain, one more is above the chain: the leader on duty where
it is urgent, else a proposal to the last step, and a person sends. Keys are natural: a clock that jumps back tells
nothing twice, for what was told stands in the rows, and every moment compared is absolute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from alerts.case_clocks import by_the_wall, resumed_by_itself
from alerts.case_commands import HOUR, LONGEST_ACK_H
from alerts.case_fold import added, runs
from alerts.escalate_notices import URGE, Telling, notices, urge_papers
from alerts.workclock import WorkClock
from config.contacts import Contacts
from config.deadlines import Deadlines
from config.escalation import Escalation, Wait
from store.model_case import MACHINE, Alarm, CaseClock, CaseNow, CaseRows, CaseState, EventKind, NewEvent, Severity
from store.model_notice import Notice
from store.model_roster import Storm

__all__ = ["URGE", "Given", "Look", "later_by", "look"]

Later = Callable[[CaseClock, int, int], CaseClock]
DEGREES = {Alarm.SOFT: "soft", Alarm.HARD: "hard", Alarm.OVERDUE: "overdue"}
_WORKING = frozenset({"working_hours", "working_days"})


@dataclass(frozen=True, slots=True)
class Given:
    """What all cases of a tick share. ``contacts``: as they are now, duty and leaves laid over them."""

    rules: Escalation
    contacts: Contacts
    workclock: WorkClock
    storm: Storm | None = None
    later: Later = by_the_wall
    tz: str = "Asia/Ho_Chi_Minh"

    def stormy(self, now: CaseNow) -> bool:
        """Whether storm mode holds for this case."""
        return self.storm is not None and (not self.storm.themes or now.theme in self.storm.themes)

    def chain(self, now: CaseNow) -> tuple[str, ...]:
        """The steps for this case, the lowest first."""
        return self.rules.storm.chain if self.stormy(now) else self.rules.chain

    def wait(self, now: CaseNow) -> Wait:
        """How long one step waits."""
        return (self.rules.storm.waits if self.stormy(now) else self.rules.waits)[now.severity.value]

    def after(self, at: int, wait: Wait) -> int:
        """``at`` and a length of time, by its own clock."""
        return at + wait.ms if wait.clock == "calendar" else self.workclock.add(at, wait.ms)

    def acknowledged_until(self, now: CaseNow, at: int) -> int:
        """How long an acknowledgement at ``at`` holds, by severity; no longer than the command takes (ms UTC)."""
        return min(self.after(at, self.rules.acknowledge[now.severity.value]), at + LONGEST_ACK_H * HOUR)


@dataclass(frozen=True, slots=True)
class Look:
    """What came of it. ``rows``: the case after ``events``; empty where there was nothing to do."""

    rows: CaseRows
    events: tuple[NewEvent, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def next_alarm_at(self) -> int | None:
        """When a tick has to look again."""
        return self.rows.now.next_alarm_at


@dataclass
class _Case:
    """One look in the making."""

    rows: CaseRows
    at: int
    given: Given
    events: list[NewEvent] = field(default_factory=list)

    @property
    def now(self) -> CaseNow:
        return self.rows.now

    def put(self, kind: EventKind, key: str, body: Mapping[str, Any]) -> None:
        self.take([NewEvent(self.rows.case.id, kind, self.at, MACHINE, body, key)])

    def take(self, events: list[NewEvent]) -> None:
        self.events += events
        self.rows = added(self.rows, self.rows.case, events)


def look(rows: CaseRows, at: int, given: Given, worked: bool = True) -> Look:
    """One case at ``at`` (ms UTC). ``worked``: whether a person did something since the last acknowledgement.

    Afterwards ``next_alarm_at`` lies after ``at``, or is None. Raises only what the calendar raises.
    """
    case = _Case(rows, at, given)
    if rows.now.closed_at is not None or rows.now.merged_into is not None:
        return Look(rows)
    case.take(resumed_by_itself(rows, at, given.later))
    telling = _tell(case, worked)
    _settle(case)
    told: tuple[Notice, ...] = ()
    if telling is not None:
        case.take(urge_papers(case.rows, telling, at, given))
        told = notices(case.rows, telling, at, given, [e.id for e in case.events])
    return Look(case.rows, tuple(case.events), told)


def _tell(case: _Case, worked: bool) -> Telling | None:
    """Alarms, forgotten acknowledgements and steps; what is to be told of them."""
    now, at = case.now, case.at
    until = now.acknowledged_until
    held = until is not None and until > at
    over = until is not None and until <= at and now.paused_until is None
    new = [(c, degree) for c in case.rows.clocks if runs(c) and (degree := _degree(c, at)) > c.alarmed]
    loud = [(c, d) for c, d in new if not held or d is Alarm.OVERDUE]
    for clock, degree in new:
        if (clock, degree) not in loud:
            case.put(
                EventKind.ALARM,
                _key(clock, degree, now.reopened),
                {"clock": clock.clock, "alarm": int(degree), "silent": True},
            )
    alerting = _alerting(case.rows)
    level = now.level if alerting else 0
    step_due = not held and now.paused_until is None and now.next_step_at is not None and now.next_step_at <= at
    if loud:
        return _alarm(case, loud, level + int(step_due and _climbs(case.rows)), over)
    if over:
        return _run_out(case, until or 0, worked, alerting)
    if held or now.paused_until is not None:
        return None
    if _unheard(now) and now.next_step_at is None and level == 0:
        return _first_step(case)
    return _step(case, level) if step_due and _climbs(case.rows) else None


def _alarm(case: _Case, loud: list[tuple[CaseClock, Alarm]], level: int, over: bool) -> Telling:
    starts = case.given.rules.starts_at
    worst = max(degree for _, degree in loud)
    top = len(case.given.chain(case.now))
    level = min(max(level, min(getattr(starts, DEGREES[worst]), top)), top + 1)
    if over:
        _clear(case)
    climbs = level > 0 or worst >= Alarm.HARD
    upto, planned = _next(case, level) if climbs else None, case.now.next_step_at
    if upto is not None and planned is not None and level == case.now.level and planned > case.at:
        upto = min(upto, planned)  # another clock's reminder does not put off the step that silence leads to
    for clock, degree in loud:
        body = {"clock": clock.clock, "alarm": int(degree), "level": level, "next_step_at": upto}
        case.put(EventKind.ALARM, _key(clock, degree, case.now.reopened), body)
    named = tuple(c.clock for c, degree in sorted(loud, key=lambda one: (-one[1], one[0].due_at)))
    return Telling(DEGREES[worst], level, named)


def _run_out(case: _Case, until: int, worked: bool, alerting: bool) -> Telling | None:
    """An acknowledgement has ended: told again, and one step up where nothing had been done."""
    level = case.now.level
    if not alerting:
        _clear(case)
        return None
    named = _pressing(case.rows)
    if worked:
        _clear(case)
        upto = _next(case, level) if level else None
        body = {"level": level, "next_step_at": upto, "because": "again"}
        case.put(EventKind.ESCALATED, f"over:{until}", body)
        return Telling("again", level, named)
    level = min(level + 1, len(case.given.chain(case.now)) + 1)
    upto = _next(case, level)
    case.put(EventKind.FORGOTTEN, str(until), {"until": until, "next_step_at": upto})
    body = {"level": level, "next_step_at": upto, "because": "forgotten"}
    case.put(EventKind.ESCALATED, f"forgotten:{until}", body)
    return Telling("forgotten", level, named)


def _first_step(case: _Case) -> Telling | None:
    """An urgent case that nobody has received: watched from its opening on."""
    begins = case.given.after(case.now.opened_at, case.given.rules.unheard)
    if begins > case.at:
        case.put(EventKind.CLOCK, f"unheard:{begins}", {"next_step_at": begins})
        return None
    return _step(case, 0)


def _step(case: _Case, level: int) -> Telling:
    """One step up; above the chain the leader on duty (urgent) or a proposal; there it is told again."""
    now, top = case.now, len(case.given.chain(case.now))
    because = "unheard" if _unheard(now) and level < top else "step"
    if level > top:
        because = "again"
    elif level == top:
        because = "leader" if now.severity is Severity.URGENT and not now.held else "propose"
    level = min(level + 1, top + 1)
    key = f"{level}:{now.next_step_at or now.opened_at}"
    case.put(EventKind.ESCALATED, key, {"level": level, "next_step_at": _next(case, level), "because": because})
    return Telling(because, level, _pressing(case.rows))


def _clear(case: _Case) -> None:
    until = case.now.acknowledged_until
    case.put(EventKind.ACKNOWLEDGED, f"over:{until}", {"until": None, "next_step_at": None})


def _settle(case: _Case) -> None:
    """A step that was planned and has nothing left to tell of is taken off, so that no tick looks for nothing."""
    planned = case.now.next_step_at
    if case.now.next_alarm_at is not None and case.now.next_alarm_at <= case.at and planned is not None:
        case.put(EventKind.CLOCK, f"settled:{planned}", {"next_step_at": None})


def _next(case: _Case, level: int) -> int | None:
    """When the step after ``level`` is due."""
    top = len(case.given.chain(case.now))
    if level <= top:
        return case.given.after(case.at, case.given.wait(case.now))
    again = case.given.rules.again.get(case.now.severity.value)
    return case.given.after(case.at, again) if again else None


# ── what stands ─────────────────────────────────────────────────────────────────────────────────────


def _degree(clock: CaseClock, at: int) -> Alarm:
    steps = ((Alarm.OVERDUE, clock.due_at), (Alarm.HARD, clock.hard_at), (Alarm.SOFT, clock.soft_at))
    return next((alarm for alarm, moment in steps if moment is not None and moment <= at), Alarm.NONE)


def _key(clock: CaseClock, degree: Alarm, reopened: int) -> str:
    """Once a due time, degree and life of the case: one that was reopened is told of anew."""
    again = f":r{reopened}" if reopened else ""
    return f"{clock.clock}:{clock.started_at}:{clock.due_at}:{int(degree)}{again}"


def _alerting(rows: CaseRows) -> bool:
    """Whether something was told that is not over."""
    return _unheard(rows.now) or any(runs(c) and c.alarmed for c in rows.clocks)


def _climbs(rows: CaseRows) -> bool:
    """Whether silence leads up the chain. A reminder alone does not, unless it was forgotten once."""
    told = max((c.alarmed for c in rows.clocks if runs(c)), default=0)
    return _unheard(rows.now) or told >= Alarm.HARD or (told > 0 and rows.now.level > 0)


def _pressing(rows: CaseRows) -> tuple[str, ...]:
    told = [c for c in rows.clocks if runs(c) and c.alarmed]
    return tuple(c.clock for c in sorted(told, key=lambda c: (-c.alarmed, c.due_at)))


def _unheard(now: CaseNow) -> bool:
    return now.severity is Severity.URGENT and now.received_at is None and now.state is CaseState.NEW


def later_by(deadlines: Deadlines, workclock: WorkClock) -> Later:
    """How a clock goes on after a pause: what was left of it in its own hours is still left. For ``Given.later``."""

    def later(clock: CaseClock, since: int, until: int) -> CaseClock:
        moved = by_the_wall(clock, since, until)
        deadline = deadlines.live.get(clock.deadline) or deadlines.off.get(clock.deadline)
        if deadline is None or deadline.counts not in _WORKING:
            return moved

        def shifted(moment: int) -> int:
            if moment <= since:
                return moment
            return max(workclock.add(until, workclock.between(since, moment)), until)

        optional: dict[str, Any] = {
            k: shifted(v) for k in ("soft_at", "hard_at") if (v := getattr(clock, k)) is not None
        }
        return replace(moved, due_at=shifted(clock.due_at), **optional)

    return later

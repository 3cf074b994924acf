"""What should have been told of one case by now, reckoned anew from its events, its rules and the calendar. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from alerts import audit_words as words
from alerts.audit_reading import Reading, Told
from alerts.auditing import Given
from alerts.formats import moment_short
from config.deadlines import Deadline
from config.escalation import Wait
from store.model_audit import Finding, Lapse
from store.model_case import CaseRows
from store.model_notice import Notice

MINUTE = 60_000


def of_case(rows: CaseRows, found: Reading, notices: Sequence[Notice], given: Given) -> Iterator[Finding]:
    """Everything that is missing. ``notices``: all about this case."""
    yield from _leaks(rows, found, notices)
    if found.merged_into is not None:
        return
    if found.whole:
        yield from _rows_differ(rows, found)
        yield from _clocks_moved(rows, found, given)
    yield from _alarms(rows, found, given)
    yield from _telling(rows, found, notices, given)
    if found.open:
        yield from _standing(rows, found, given)


def _finding(lapse: Lapse, rows: CaseRows, key: object, text: str, **said: object) -> Finding:
    return Finding(lapse, rows.case.id, str(key), text.format(case=_name(rows), **said))


def _name(rows: CaseRows) -> str:
    return words.CASE.format(label=rows.case.label)


# ── the rows against the events ─────────────────────────────────────────────────────────────────────


def _rows_differ(rows: CaseRows, found: Reading) -> Iterator[Finding]:
    now = rows.now
    pairs: list[tuple[str, Any, Any]] = [
        (name, getattr(now, name), getattr(found, name))
        for name in ("closed_at", "paused_until", "acknowledged_until", "received_at", "office", "held", "severity")
    ]
    pairs.append(("merged_into", now.merged_into, found.merged_into))
    kept = {clock.clock: clock for clock in rows.clocks}
    for clock in found.clocks.values():
        row = kept.get(clock.name)
        pairs.append(("due_at", row.due_at if row else None, clock.due_at))
        pairs.append(("stopped_at", row.stopped_at if row else None, clock.stopped_at))
    for name in sorted({name for name, kept_value, told in pairs if kept_value != told}):
        yield _finding(Lapse.ROWS_DIFFER, rows, name, words.ROWS_DIFFER, field=words.FIELDS[name])


def _clocks_moved(rows: CaseRows, found: Reading, given: Given) -> Iterator[Finding]:
    """Only clocks that their rule alone set, and since the rules stand as they do."""
    for clock in found.running():
        deadline = given.deadlines.live.get(clock.deadline)
        if deadline is None or not clock.plain or clock.since < given.rules_since:
            continue
        expected = _due(deadline, clock.started_at, given)
        if abs(expected - clock.due_at) > MINUTE:
            said = {"found": _at(clock.due_at, given), "expected": _at(expected, given)}
            yield _finding(Lapse.CLOCK_MOVED, rows, clock.name, words.CLOCK_MOVED, clock=clock.name, **said)


def _due(deadline: Deadline, start: int, given: Given) -> int:
    """The due time by the deadline's own words, written apart from `alerts.due`."""
    office = given.workclock
    if deadline.counts == "calendar_hours":
        return start + round(deadline.amount * 60 * MINUTE)
    if deadline.counts == "working_hours":
        return office.add(start, round(deadline.amount * 60 * MINUTE))
    if deadline.counts == "working_days":
        return office.add_days(start, int(deadline.amount))
    day = office.day_of(start) + dt.timedelta(days=int(deadline.amount))
    if office.hours_on(day) is None:
        if deadline.if_off == "same":
            return office.midnight(day + dt.timedelta(days=1))
        day = office.working_day(day, 1 if deadline.if_off == "next" else -1)
    hours = office.hours_on(day)
    return max(hours[1] if hours else start, start + MINUTE)


# ── alarms of clocks ────────────────────────────────────────────────────────────────────────────────


def _alarms(rows: CaseRows, found: Reading, given: Given) -> Iterator[Finding]:
    """Each time that a clock passed, and stayed passed for longer than the grace, has an entry."""
    ends = found.closed_at if found.closed_at is not None else given.now
    for clock in found.clocks.values():
        until = min(ends, clock.stopped_at if clock.stopped_at is not None else ends)
        passed = [
            (degree, max(at, clock.since))
            for degree, at in clock.moments()
            if degree > clock.alarmed and max(at, clock.since) + given.grace_ms < until
        ]
        passed = [one for one in passed if not _paused(found, one[1], given)]
        if passed:
            degree, at = max(passed)
            said = {"clock": clock.name, "degree": words.DEGREES[degree], "at": _at(at, given)}
            yield _finding(Lapse.NOT_ALARMED, rows, f"{clock.name}:{clock.due_at}:{degree}", words.NOT_ALARMED, **said)


def _paused(found: Reading, at: int, given: Given) -> bool:
    return any(begin - given.grace_ms <= at < (end or given.now) + given.grace_ms for begin, end in found.paused_spans)


# ── who was told of an entry ────────────────────────────────────────────────────────────────────────


def _telling(rows: CaseRows, found: Reading, notices: Sequence[Notice], given: Given) -> Iterator[Finding]:
    """Every loud entry wrote to somebody at that moment, and to the one whose turn it was."""
    loud: dict[int, list[Told]] = {}
    for told in found.told:
        if not told.silent and given.since <= told.at <= given.now - given.grace_ms:
            loud.setdefault(told.at, []).append(told)
    for at, entries in loud.items():
        reached = {n.contact for n in notices if n.created_at == at}
        if not reached:
            yield _finding(Lapse.NO_NOTICE, rows, at, words.NO_NOTICE, at=_at(at, given))
            continue
        wanted = _turn(max(entries, key=lambda one: one.level), given)
        if wanted and not reached & wanted:
            said = {"at": _at(at, given), "wanted": " / ".join(sorted(wanted)), "told": ", ".join(sorted(reached))}
            yield _finding(Lapse.WRONG_STEP, rows, at, words.WRONG_STEP, **said)


def _turn(told: Told, given: Given) -> set[str]:
    """Whose turn it was; more than one where a storm may have held. Empty: whoever holds the case."""
    if told.level == 0:
        return set()
    found = set()
    for chain in given.chains_at(told.at):
        if told.level <= len(chain):
            found.add(chain[told.level - 1])
        else:
            found |= {given.rules.leader, chain[-1]}
    return found


def _leaks(rows: CaseRows, found: Reading, notices: Sequence[Notice]) -> Iterator[Finding]:
    for notice in notices:
        held = any(begin <= notice.created_at < (end or notice.created_at + 1) for begin, end in found.held_spans)
        outside = notice.contact.startswith(("commune:", "school:")) or notice.contact in found.about
        if held and outside:
            yield _finding(Lapse.LEAKED, rows, notice.id, words.LEAKED, told=notice.contact)


# ── what stands still ───────────────────────────────────────────────────────────────────────────────


def _standing(rows: CaseRows, found: Reading, given: Given) -> Iterator[Finding]:
    over = given.now - given.grace_ms
    if found.paused_until is not None:
        if found.paused_until < over:
            yield _finding(
                Lapse.NOT_RESUMED, rows, found.paused_until, words.NOT_RESUMED, at=_at(found.paused_until, given)
            )
        return
    until = found.acknowledged_until
    if until is not None and until < over and not _paused(found, until, given):
        yield _finding(Lapse.FORGOTTEN, rows, until, words.FORGOTTEN, at=_at(until, given))
    pending = [at for clock in found.running() for degree, at in clock.moments() if degree > clock.alarmed]
    watched = rows.now.next_alarm_at
    if pending and (watched is None or watched > max(min(pending), given.now) + given.grace_ms):
        yield _finding(Lapse.NOT_WATCHED, rows, "", words.NOT_WATCHED)
    yield from _steps(rows, found, given)


def _steps(rows: CaseRows, found: Reading, given: Given) -> Iterator[Finding]:
    """The next step up the chain, where nobody answered the last one."""
    last = found.told[-1] if found.told else None
    unheard = found.severity == "khan" and found.received_at is None and not found.state_moved
    if last is None or (last.level == 0 and last.alarm < 2):
        begins = max(found.opened_at, found.severe_since)
        due = given.after(begins, given.rules.unheard)
        if unheard and last is None and due + given.grace_ms < given.now:
            yield _late(rows, begins, 1, due, given)
        return
    if found.acknowledged_until is not None or found.held_back_at > last.at or last.silent:
        return
    alarmed = max((clock.alarmed for clock in found.running()), default=0)
    if not (unheard or alarmed >= 2 or (alarmed and last.level > 0)):
        return
    wait = _wait(last, found.severity, given)
    if wait is None:
        return
    resumed = [end for _, end in found.paused_spans if end is not None and end > last.at]
    due = max([given.after(last.at, wait), *resumed])
    if due + given.grace_ms < given.now:
        yield _late(rows, last.at, min(last.level + 1, len(given.rules.chain) + 1), due, given)


def _wait(last: Told, severity: str, given: Given) -> Wait | None:
    """How long the last entry waits; None where nothing follows it. In a storm the longest that can be meant."""
    steps: Mapping[str, Wait] = {str(k): v for k, v in given.rules.waits.items()}
    repeats: Mapping[str, Wait] = {str(k): v for k, v in given.rules.again.items()}
    waits, again = steps.get(severity), repeats.get(severity)
    tops = [len(chain) for chain in given.chains_at(last.at)]
    if last.level > max(tops):
        return again
    if last.level > min(tops) or len(tops) > 1:
        return again if again and waits and again.ms > waits.ms else waits
    return waits


def _late(rows: CaseRows, since: int, level: int, due: int, given: Given) -> Finding:
    said = {"since": _at(since, given), "level": level, "at": _at(due, given)}
    return _finding(Lapse.NOT_ESCALATED, rows, f"{since}:{level}", words.NOT_ESCALATED, **said)


def _at(moment: int, given: Given) -> str:
    return moment_short(moment, given.timezone)

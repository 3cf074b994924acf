"""The `escalate` stage: one tick over the cases whose moment has come, and the hourly chores of duty.

A tick takes a few hundred cases at a time: looks at them outside of any transaction, then writes their events, what
they add up to, the notices and the notices' tasks in one short transaction; a case that somebody else changed in
between is left for the next tick. A crash loses a batch that was not written, and the next tick makes the same one.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts import escalate_words as words
from alerts.escalate import Given, Look, later_by, look
from alerts.workclock import WorkClock
from config.calendar import load_calendar
from config.contacts import load_contacts
from config.deadlines import Deadlines, load_deadlines
from config.escalation import Escalation, load_escalation
from runner.deps import Deps, Tools
from runner.duty import contacts_now, roster_of
from runner.notices import notice_tasks
from runner.rows import Result
from store.model import NewTask, Outcome, Task
from store.model_case import MACHINE, CaseRows, EventKind
from store.model_notice import Notice, NoticeKind

log = logging.getLogger("haidang.escalate")

ESCALATE_VERSION = "1"
BATCH = 200  # cases a transaction
MINUTE, HOUR = 60_000, 3_600_000
TICK, CHORES = "tick ", "chores "
ADMINISTRATOR = "role:quan_tri"


@dataclass
class Told:
    """What a tick came to."""

    looked: int = 0
    events: int = 0
    notices: int = 0
    left: int = 0  # changed by somebody else meanwhile
    broken: list[tuple[str, str]] = field(default_factory=list)  # (case id, error)


def escalate_tasks(deps: Deps, chores: bool = True) -> list[NewTask]:
    """For the clock: the tick of this minute where a case waits for one, and the chores of this hour."""
    now = deps.now()
    hour, minute = now - now % HOUR, now - now % MINUTE
    wanted = [NewTask("escalate", CHORES + _stamp(deps, hour), ESCALATE_VERSION, hour, now)] if chores else []
    if deps.store.something_to_watch(now):
        wanted.append(NewTask("escalate", TICK + _stamp(deps, minute), ESCALATE_VERSION, 0, now))
    known = {task.subject for task in deps.store.tasks_for([task.subject for task in wanted])}
    return [task for task in wanted if task.subject not in known]


def escalate(deps: Deps, now: int) -> Told:
    """One tick. Idempotent; memory does not grow with the number of cases."""
    told, after = Told(), (0, "")
    given = given_now(deps, now)
    while found := deps.store.cases_to_watch(now, BATCH, after):
        after = found[-1][0]
        looks = [one for _, rows in found if (one := _look(deps, rows, now, given, told)) is not None]
        told.looked += len(found)
        _write(deps, looks, now, told)
    _tell_broken(deps, now, told)
    return told


def _look(deps: Deps, rows: CaseRows, now: int, given: Given, told: Told) -> tuple[int, Look] | None:
    """(version looked at, what came of it); None where the case itself cannot be worked: the others go on."""
    try:
        until = rows.now.acknowledged_until
        worked = until is None or until > now or _worked_on(deps, rows.case.id)
        return rows.now.version, look(rows, now, given, worked)
    except Exception as broken:  # one case that cannot be reckoned must not keep the others from being told
        log.exception("case %s", rows.case.id)
        told.broken.append((rows.case.id, f"{type(broken).__name__}: {broken}"))
        return None


def _worked_on(deps: Deps, case_id: str) -> bool:
    """Whether a person did anything since the last acknowledgement by a person."""
    worked = False
    for entry in reversed(deps.store.timeline(case_id)):
        if entry.actor == MACHINE:
            continue
        if entry.event.kind is EventKind.ACKNOWLEDGED:
            return worked
        worked = True
    return worked


def _write(deps: Deps, looks: Sequence[tuple[int, Look]], now: int, told: Told) -> None:
    moved = [(version, one) for version, one in looks if one.events]
    if not moved:
        return
    with deps.store.transaction() as tx:
        versions = tx.case_versions([one.rows.case.id for _, one in moved])
        held = [one for version, one in moved if versions.get(one.rows.case.id) == version]
        told.left += len(moved) - len(held)
        tx.add_case_events([event for one in held for event in one.events])
        for one in held:
            tx.put_case(replace(one.rows, links=(), files=()))  # those it does not change stay as they are
        notices = [notice for one in held for notice in one.notices]
        tx.add_notices(notices)
        tx.add_tasks(notice_tasks(notices, now), now)
    told.events += sum(len(one.events) for one in held)
    told.notices += len(notices)


def _tell_broken(deps: Deps, now: int, told: Told) -> None:
    """Once a day and case, to the administrator: a case without a clock that works is never silent."""
    if not told.broken:
        return
    day = _stamp(deps, now)[:10]
    notices = []
    for case_id, error in told.broken[:50]:
        made = Notice.make_id(NoticeKind.WARNING, case_id, ADMINISTRATOR, f"broken:{day}")
        line = words.BROKEN_LINE.format(id=case_id, error=error)
        notices.append(Notice(made, NoticeKind.WARNING, case_id, ADMINISTRATOR, False, words.BROKEN, (line,), now, now))
    put_notices(deps, notices, now)


def put_notices(deps: Deps, notices: Sequence[Notice], now: int) -> int:
    """Notices with their tasks, those that are known left out; how many were new."""
    if not notices or not ({n.id for n in notices} - deps.store.notices([n.id for n in notices]).keys()):
        return 0
    with deps.store.transaction() as tx:
        new = tx.add_notices(notices)
        tx.add_tasks(notice_tasks([n for n in notices if n.id in new], now), now)
    return len(new)


# ── what a tick rests on ────────────────────────────────────────────────────────────────────────────


def given_now(deps: Deps, now: int) -> Given:
    """Rules, calendar and contacts as their files and the roster say now."""
    roster = roster_of(deps, now)
    contacts = contacts_now(deps, now, roster)
    rules, deadlines, workclock = rules_of(deps)
    return Given(
        rules, contacts, workclock, roster.storm(now), later_by(deadlines, workclock), deps.settings.timezone
    )  # fmt: skip


def rules_of(deps: Deps) -> tuple[Escalation, Deadlines, WorkClock]:
    """The rules, deadlines and calendar, read again when a file changes; faults are logged once a change."""
    home = deps.settings.home
    return _rules(home, tuple(_changed(home / name) for name in _FILES), deps.settings.timezone)


_FILES = ("escalation.yml", "contacts.yml", "calendar.yml", "deadlines.yml", "topics.yml", "offices.yml")


@lru_cache(maxsize=4)
def _rules(home: Path, _stamps: tuple[tuple[int, int], ...], tz: str) -> tuple[Escalation, Deadlines, WorkClock]:
    rules, errors = load_escalation(load_contacts(home)[0], home)
    calendar, more = load_calendar(home)
    deadlines, most = load_deadlines(home)
    for error in (*errors, *more, *most):
        log.error("%s", error)
    return rules, deadlines, WorkClock(calendar, tz)


def _changed(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return (0, 0)
    return (about.st_mtime_ns, about.st_size)


def _stamp(deps: Deps, at: int) -> str:
    return dt.datetime.fromtimestamp(at / 1000, ZoneInfo(deps.settings.timezone)).isoformat(timespec="minutes")


# ── the stage ───────────────────────────────────────────────────────────────────────────────────────


def load_escalate(deps: Deps, tasks: list[Task]) -> list[str]:
    """Does the work, in transactions of its own; what each task came to, in words. A batch is one tick."""
    from runner.escalating_chores import chores

    now = deps.now()
    said: dict[str, str] = {}
    for task in tasks:
        kind = CHORES if task.subject.startswith(CHORES) else TICK
        if kind not in said:
            said[kind] = chores(deps, now) if kind == CHORES else _said(escalate(deps, now))
    return [said[CHORES if task.subject.startswith(CHORES) else TICK] for task in tasks]


def work_escalate(tools: Tools, inputs: Sequence[str]) -> list[Result]:
    """The rows are written; the task ends."""
    return [Result(Outcome.CHECKED, said) for said in inputs]


def _said(told: Told) -> str:
    return (
        f"{told.looked} cases looked at, {told.events} events, {told.notices} notices, {told.left} left for the next, "
        f"{len(told.broken)} broken"
    )

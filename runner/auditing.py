"""The auditor as a process of its own: every few minutes a look, its findings as rows, an alarm by a second channel.

It writes nothing but its findings and a heartbeat, and takes no task: a work list that stands still is one of the
things that it tells of. Whether it lives itself is told by ``auditor.heartbeat`` (and by the address in the settings,
asked after each look); the supervisor watches that file.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from alerts import audit_words as words
from alerts.auditing import DAY, MINUTE, Given
from alerts.auditor import AUDITOR_VERSION, audit
from alerts.formats import moment_short
from config.settings import SHIPPED, Settings
from runner.deps import Deps
from store.errors import HaidangError
from store.model_audit import AuditFinding, Finding, Lapse

log = logging.getLogger("haidang.auditor")

EVERY_S = 300.0
OLD_MS = 15 * MINUTE  # a heartbeat older than this: the auditor does not live
BACK = 7 * DAY
MOST_TOLD = 20
ADMINISTRATOR = "role:quan_tri"
RULE_FILES = ("deadlines.yml", "calendar.yml")
FAILED_BY_MAIL = frozenset({Lapse.NOT_DELIVERED, Lapse.DIGEST_NOT_SENT})


def given_of(deps: Deps) -> Given:
    """The rules as the files say them now. Raises :class:`store.errors.ConfigError` for damaged shipped ones."""
    from alerts.workclock import WorkClock
    from config.calendar import load_calendar
    from config.deadlines import load_deadlines
    from config.escalation import load_escalation
    from runner.notices import contacts_of

    settings, now = deps.settings, deps.now()
    calendar, _ = load_calendar(settings.home)
    deadlines, _ = load_deadlines(settings.home)
    contacts = contacts_of(settings)
    rules, _ = load_escalation(contacts, settings.home)
    return Given(
        now=now,
        rules=rules,
        deadlines=deadlines,
        contacts=contacts,
        workclock=WorkClock(calendar, settings.timezone),
        storms=deps.store.storms(),
        since=now - BACK,
        rules_since=rules_since(settings),
        timezone=settings.timezone,
        digest_at=settings.digest_at,
        digest_release=settings.digest_release,
        digest_release_by=settings.digest_release_by,
        recipients=deps.recipients,
    )


def rules_since(settings: Settings) -> int:
    """When a file of deadlines or of the calendar was last written here (ms UTC); shipped ones count from their own."""
    files = [folder / name for folder in (SHIPPED, settings.home) for name in RULE_FILES]
    return max((path.stat().st_mtime_ns // 1_000_000 for path in files if path.is_file()), default=0)


def look(deps: Deps, *, tell: bool = True) -> tuple[list[Finding], list[AuditFinding]]:
    """One look: (what is missing now, what of it was still to be told). Findings are rows before anybody is told."""
    given = given_of(deps)
    found = list(audit(deps.store, given))
    with deps.store.transaction() as tx:
        untold = tx.note_findings(found, given.now)
    if tell and untold:
        _tell(deps, given, untold)
    beat(deps.settings, given.now, found)
    return found, untold


def _tell(deps: Deps, given: Given, untold: Sequence[AuditFinding]) -> None:
    """By another channel than the one that failed; what nobody accepted is tried again at the next look."""
    from alerts.notifiers.alarm import Alarm, send_alarm

    shown = [words.LINE.format(message=one.message) for one in untold[:MOST_TOLD]]
    if len(untold) > MOST_TOLD:
        shown.append(words.MORE.format(count=len(untold) - MOST_TOLD))
    avoid = frozenset({"email"}) if {one.lapse for one in untold} & FAILED_BY_MAIL else frozenset()
    key = ",".join(sorted(one.id for one in untold))
    alarm = Alarm(
        key, words.SUBJECT.format(count=len(untold)), (*shown, words.LOOK), given.now,
        avoid=avoid or down_channels(deps),
    )  # fmt: skip
    tried = send_alarm(alarm, given.contacts, deps.settings, deps.now)
    accepted = [one for one in tried if not one.error]
    for one in tried:
        log.info("alarm to %s by %s: %s", one.to, one.channel, one.error or "accepted")
    if accepted:
        with deps.store.transaction() as tx:
            tx.findings_told([one.id for one in untold], given.now)
    else:
        log.error("nobody could be told of %d findings; they are tried again", len(untold))


def down_channels(deps: Deps) -> frozenset[str]:
    """Channels that as a whole accept nothing at present."""
    return frozenset(r.channel for r in deps.store.reaches() if r.recipient == "" and r.since is not None)


# ── whether the auditor lives ───────────────────────────────────────────────────────────────────────


def heartbeat(settings: Settings) -> Path:
    """The file that says when it last looked and what it found."""
    return settings.home / "auditor.heartbeat"


def beat(settings: Settings, now: int, found: Sequence[Finding]) -> None:
    """Write the heartbeat whole, then ask the address of the settings, if there is one."""
    counts: dict[str, int] = {}
    for one in found:
        counts[one.lapse] = counts.get(one.lapse, 0) + 1
    told = {"at": now, "version": AUDITOR_VERSION, "findings": counts}
    handle, temporary = tempfile.mkstemp(dir=settings.home, prefix=".new-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(told, file)
    Path(temporary).replace(heartbeat(settings))
    if settings.heartbeat_url:
        _ask(settings)


def _ask(settings: Settings) -> None:
    """A watcher elsewhere notices when this stops coming. It is told nothing: the address alone is asked."""
    from alerts.notifiers import http

    try:
        http.ask(settings.heartbeat_url, method="GET", headers={})
    except (http.NoAnswer, HaidangError) as bad:
        log.warning("the heartbeat address did not answer: %s", bad)


def last_beat(settings: Settings) -> int | None:
    """When the auditor last looked (ms UTC); None before its first look."""
    try:
        told = json.loads(heartbeat(settings).read_text(encoding="utf-8"))
        return int(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def watch_auditor(deps: Deps) -> int:
    """For the clock: once a day, the administrators hear that the auditor has not looked for a while; 1 where they do.

    Before its first look there is nothing to miss: the supervisor has just started it.
    """
    from runner.notices import notice_tasks
    from store.model_notice import Notice, NoticeKind

    now, seen = deps.now(), last_beat(deps.settings)
    if seen is None or now - seen <= OLD_MS:
        return 0
    day = str(now // DAY)
    made = Notice.make_id(NoticeKind.AUDIT, "", ADMINISTRATOR, f"auditor:{day}")
    if deps.store.notices([made]):
        return 0
    line = words.AUDITOR_SILENT.format(at=moment_short(seen, deps.settings.timezone))
    notice = Notice(made, NoticeKind.AUDIT, "", ADMINISTRATOR, True, words.AUDITOR_SUBJECT, (line,), now, now)
    with deps.store.transaction() as tx:
        tx.add_notices([notice])
        return tx.add_tasks(notice_tasks([notice], now), now)


def run(deps: Deps, every_s: float = EVERY_S) -> None:
    """Until stopped by a signal. A busy store or a full disk is told on the log, and the next look comes."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            found, _ = look(deps)
            log.info("looked: %d findings", len(found))
        except (HaidangError, sqlite3.Error, OSError):
            log.exception("a look failed; the next one comes in %.0f s", every_s)
        stop.wait(every_s)

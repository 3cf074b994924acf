"""A day's or a week's digest: its task, its rows and files, and where people find them.

Subjects of the `digest` stage: ``2026-11-20`` (the daily digest), ``asked 2026-11-21`` (by a person, on a day off),
``weekly 2026-11-20``; ``release …`` and ``remind …`` of a day are in `runner.releasing`.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts import digest as alerts_digest
from alerts import digest_words as words
from alerts.digest_days import (
    ASKED,
    DAILY,
    WEEKLY,
    at_ms,
    calendar_of,
    covered,
    days_covered,
    gap_words,
    is_off,
    week_covered,
    weekly_day,
)  # fmt: skip
from alerts.digest_first import due_lines, result_lines, urgent
from alerts.digest_formats import ending
from alerts.draft import SourceState
from alerts.inputs import DigestInput
from alerts.outbox import plan_deliveries
from alerts.workclock import WorkClock
from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import InputError
from store.model import Digest, NewTask, Outcome

LOOKS = 40  # a digest waits ten minutes of a live worker for what is still being read; the rest comes late
LOOK_AGAIN_MS = 15_000
FOREIGN_KINDS = ("foreign_press_vi", "foreign_press_en")


@dataclass(frozen=True, slots=True)
class DigestInputs:
    """The rows of one window (ms UTC, first exclusive) and all that is said beside them.

    ``to``: who is mailed as soon as it is built. ``done``: what a task of another kind came to (nothing is built).
    """

    day: dt.date
    kind: str = DAILY
    window: tuple[int, int] = (0, 0)
    articles: Sequence[DigestInput] = ()
    silent: Sequence[SourceState] = ()
    foreign: frozenset[str] = frozenset()
    beside: alerts_digest.Beside = field(default_factory=alerts_digest.Beside)
    to: tuple[str, ...] = ()
    releases: bool = False  # nobody's hand is waited for
    waiting: int = 0  # tasks of its window in reading, judging and grouping that are not done yet
    looks: int = 0  # how often a worker has looked
    done: str = ""


def load(deps: Deps, subject: str, looks: int) -> DigestInputs:
    """Read what the digest of a subject is made from; a task that only releases or reminds is done here."""
    from runner.releasing import act, readers_of

    word, _, rest = subject.rpartition(" ")
    day = dt.date.fromisoformat(rest)
    if word in ("release", "release weekly", "remind"):
        return DigestInputs(day, done=act(deps, word, day))
    kind = WEEKLY if word == WEEKLY else DAILY
    from runner.silence import silent_sources

    window, gap = _window(deps, day, kind)
    store, settings = deps.store, deps.settings
    after, until = window
    by_hand = settings.digest_release == "by_hand"
    to = readers_of(deps)
    return DigestInputs(
        day,
        kind,
        window,
        alerts_digest.load_inputs(store, after, until, alerts_digest.earlier_digests(store, day, kind)),
        silent_sources(deps, until),
        frozenset(s.id for s in deps.tools.sources.values() if s.kind in FOREIGN_KINDS),
        alerts_digest.Beside(
            alerts_digest.checking_lines(store, after, until, settings.desk),
            result_lines(store, after, until, settings.desk),
            due_lines(store, day, settings.timezone, settings.desk, _names(deps)),
            alerts_digest.chain_text(store.chain_head()),
            gap,
            by_hand,
            word == ASKED,
        ),
        to.officers if by_hand else (*deps.recipients, *to.officers),
        not by_hand and bool(to.offices or set(to.leaders) - set(deps.recipients)),
        store.count_open(("read", "judge", "group", "check"), deps.now(), until),
        looks,
    )


def _window(deps: Deps, day: dt.date, kind: str) -> tuple[tuple[int, int], str]:
    """(after, until], and what is said of days off in it."""
    settings, clock = deps.settings, clock_of(deps)
    if kind == WEEKLY:
        return week_covered(day, settings.weekly_digest_at, settings.timezone, clock), ""
    window = covered(deps.store, day, settings.digest_at, settings.timezone, clock)
    off = is_off(clock, day)
    return window, gap_words(
        () if off else days_covered(deps.store, day, clock), urgent=off and urgent(deps.store, *window)
    )


def _names(deps: Deps) -> dict[str, str]:
    from runner.notices import contacts_of

    return {key: contact.name for key, contact in contacts_of(deps.settings).items()}


def clock_of(deps: Deps) -> WorkClock:
    """The working calendar of this installation."""
    return calendar_of(deps.settings.home, deps.settings.timezone)


def compose_one(tools: Tools, inputs: DigestInputs) -> Result:
    """The digest's row, its files and the deliveries to make."""
    settings, now = tools.settings, tools.now()
    if inputs.done:
        return Result(Outcome.BUILT, inputs.done)
    if inputs.waiting and inputs.looks < LOOKS:
        return Result(Outcome.BUILT, f"{inputs.waiting} tasks are not done yet", retry_at=now + LOOK_AGAIN_MS)
    draft = alerts_digest.compose(
        inputs.day, *inputs.window, inputs.articles, inputs.silent, settings.timezone,
        kind=inputs.kind, foreign=inputs.foreign,
    )  # fmt: skip
    draft, files = alerts_digest.finished(draft, inputs.beside, settings.department)
    more = {ASKED: words.ASKED} if inputs.beside.asked else {}
    digest = alerts_digest.freeze(draft, inputs.window, inputs.articles, files, now, more=more)
    deliveries = plan_deliveries(digest, inputs.to, now, settings.smtp_from)
    tasks = [NewTask("deliver", d.id, "1", now, now) for d in deliveries]
    if inputs.releases:
        word = "release weekly" if inputs.kind == WEEKLY else "release"
        tasks.append(NewTask("digest", f"{word} {digest.day}", alerts_digest.DIGEST_VERSION, now, now))
    return Result(
        Outcome.BUILT,
        digest.subject,
        digest=digest,
        deliveries=tuple(deliveries),
        bodies=tuple(files.values()),
        tasks=tuple(tasks),
    )


# ── by hand ─────────────────────────────────────────────────────────────────────────────────────────


def last_whole_day(deps: Deps) -> dt.date:
    """Today once its digest hour has come, else yesterday."""
    today = dt.datetime.fromtimestamp(deps.now() / 1000, ZoneInfo(deps.settings.timezone)).date()
    return today if due_at(deps, today) <= deps.now() else today - dt.timedelta(days=1)


def build_now(deps: Deps, day: dt.date, kind: str = DAILY) -> None:
    """Put the digest of ``day`` on the list and build it here and now; an issued one stays as it is."""
    from runner.clock import first_day
    from runner.lock import refuse_replay
    from runner.run import Runner
    from runner.stages import DIGEST

    if deps.store.digest(Digest.make_id(kind, day.isoformat())) is not None:
        return
    refuse_replay(deps.settings.home)
    due, since = due_at(deps, day, kind), first_day(deps)
    if due > deps.now():
        at = deps.settings.weekly_digest_at if kind == WEEKLY else deps.settings.digest_at
        raise InputError(f"điểm báo {day} đến {at} mới đủ tin; chọn ngày khác")
    if since is None or day < since:
        raise InputError(f"ngày {day} ở đây chưa theo dõi nguồn nào (bắt đầu: {since or 'chưa'}); chọn ngày khác")
    asked = kind == DAILY and is_off(clock_of(deps), day)
    task = digest_task(day, due, kind)
    with deps.store.transaction() as tx:
        tx.add_tasks([replace(task, subject=f"{ASKED} {task.subject}") if asked else task], deps.now())
    # By hand a digest of the past is made to be read here; nobody is written to about days that are over.
    quiet = deps if day == last_whole_day(deps) and not asked else replace(deps, recipients=(), deliver=False)
    Runner(quiet).drain([DIGEST])


def local_ms(day: dt.date, at: str, zone: ZoneInfo) -> int:
    """``at`` (HH:MM) of a local day, in ms UTC."""
    return at_ms(day, at, str(zone))


def due_at(deps: Deps, day: dt.date, kind: str = DAILY) -> int:
    """When the digest of ``day`` is to be built."""
    settings = deps.settings
    return at_ms(day, settings.weekly_digest_at if kind == WEEKLY else settings.digest_at, settings.timezone)


def wanted(deps: Deps, day: dt.date, today: dt.date) -> bool:
    """Whether that day has a digest: a working day; today, too, when it is off and something urgent stands open.

    Of days off that are over nothing is asked: the next digest covers them.
    """
    clock = clock_of(deps)
    if not is_off(clock, day):
        return True
    if day != today:
        return False
    settings = deps.settings
    return urgent(deps.store, *covered(deps.store, day, settings.digest_at, settings.timezone, clock))


def week_of(deps: Deps, day: dt.date) -> dt.date | None:
    """The day of the weekly digest in the week of ``day``."""
    return weekly_day(day, clock_of(deps))


def digest_task(day: dt.date, due: int, kind: str = DAILY) -> NewTask:
    """The task of one digest."""
    subject = day.isoformat() if kind == DAILY else f"{kind} {day.isoformat()}"
    return NewTask("digest", subject, alerts_digest.DIGEST_VERSION, due, due)


# ── where people find it ────────────────────────────────────────────────────────────────────────────


def export(deps: Deps, day: str, kind: str = DAILY) -> dict[str, Path]:
    """Write a digest's files for people to open; {"html": path, "text": path, …}, empty if there is none.

    What was released stands in the draft's place, with its papers. The files come from the stored bodies, so a crash in
    between is mended by asking again.
    """
    digest = deps.store.digest(Digest.make_id(kind, day))
    if digest is None:
        return {}
    released = deps.store.digest_release(digest.id)
    files = dict(released.files if released else digest.files)
    files.pop("draft", None)
    paths = {}
    for name, body_hash in files.items():
        paths[name] = deps.settings.digests / f"{stem(day, kind)}{ending(name)}"
        write_whole(paths[name], deps.bodies.get(body_hash))
    return paths


def stem(day: str, kind: str) -> str:
    """What a digest's files are called."""
    return f"diem-bao-tuan-{day}" if kind == WEEKLY else f"diem-bao-{day}"


def export_missing(deps: Deps, days: int = 7) -> None:
    """Write again the files of the newest digests that are not there (a crash between the rows and the files)."""
    for digest in deps.store.digests(days * 3):
        kept = digest.kind in (DAILY, WEEKLY)
        if kept and not (deps.settings.digests / f"{stem(digest.day, digest.kind)}.html").exists():
            export(deps, digest.day, digest.kind)


def write_whole(path: Path, content: bytes) -> None:
    """The file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)

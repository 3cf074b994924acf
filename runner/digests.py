"""A day's digest: its task, its rows and files, and where people find them."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts import digest as alerts_digest
from alerts.checking_digest import CheckLine
from alerts.draft import SourceState
from alerts.inputs import DigestInput
from alerts.outbox import plan_deliveries
from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import InputError
from store.model import Digest, NewTask, Outcome


@dataclass(frozen=True, slots=True)
class DigestInputs:
    """The rows of one day's window (ms UTC, first exclusive) and the sources that could not be followed."""

    day: dt.date
    window: tuple[int, int]
    articles: Sequence[DigestInput]
    silent: Sequence[SourceState]
    checking: tuple[CheckLine, ...]
    recipients: tuple[str, ...]
    waiting: int  # tasks of its window in reading, judging and grouping that are not done yet
    looks: int  # how often a worker has looked
    chain: str = ""  # last link of the chain of cases


LOOKS = 40  # a digest waits ten minutes of a live worker for what is still being read; the rest comes late
LOOK_AGAIN_MS = 15_000


def load(deps: Deps, day: dt.date, looks: int) -> DigestInputs:
    """Read what the digest of ``day`` is made from."""
    from runner.silence import silent_sources

    after, until = alerts_digest.window(day, deps.settings.digest_at, deps.settings.timezone)
    earlier = alerts_digest.earlier_digests(deps.store, day)
    articles = alerts_digest.load_inputs(deps.store, after, until, earlier)
    waiting = deps.store.count_open(("read", "judge", "group", "check"), deps.now(), until)
    silent = silent_sources(deps, until)
    checking = alerts_digest.checking_lines(deps.store, after, until, deps.settings.desk)
    chain = alerts_digest.chain_text(deps.store.chain_head())
    return DigestInputs(day, (after, until), articles, silent, checking, deps.recipients, waiting, looks, chain)


def compose_one(tools: Tools, inputs: DigestInputs) -> Result:
    """The digest's row, its files and the deliveries to make."""
    settings, now = tools.settings, tools.now()
    if inputs.waiting and inputs.looks < LOOKS:
        return Result(Outcome.BUILT, f"{inputs.waiting} tasks are not done yet", retry_at=now + LOOK_AGAIN_MS)
    draft = alerts_digest.compose(inputs.day, *inputs.window, inputs.articles, inputs.silent, settings.timezone)
    draft = replace(draft, checking=inputs.checking, chain=inputs.chain)
    html, text = alerts_digest.render(draft, settings.department)
    files = {"html": html.encode(), "text": text.encode()}
    digest = alerts_digest.freeze(draft, inputs.window, inputs.articles, files, now)
    deliveries = plan_deliveries(digest, inputs.recipients, now, settings.smtp_from)
    return Result(
        Outcome.BUILT,
        digest.subject,
        digest=digest,
        deliveries=tuple(deliveries),
        bodies=tuple(files.values()),
        tasks=tuple(NewTask("deliver", d.id, "1", now, now) for d in deliveries),
    )


def last_whole_day(deps: Deps) -> dt.date:
    """Today once its digest hour has come, else yesterday."""
    today = dt.datetime.fromtimestamp(deps.now() / 1000, ZoneInfo(deps.settings.timezone)).date()
    return today if due_at(deps, today) <= deps.now() else today - dt.timedelta(days=1)


def build_now(deps: Deps, day: dt.date) -> None:
    """Put the digest of ``day`` on the list and build it here and now; an issued one stays as it is."""
    from runner.clock import first_day
    from runner.lock import refuse_replay
    from runner.run import Runner
    from runner.stages import DIGEST

    if deps.store.digest(Digest.make_id("daily", day.isoformat())) is not None:
        return
    refuse_replay(deps.settings.home)
    due, since = due_at(deps, day), first_day(deps)
    if due > deps.now():
        raise InputError(f"điểm báo {day} đến {deps.settings.digest_at} mới đủ tin; chọn ngày khác")
    if since is None or day < since:
        raise InputError(f"ngày {day} ở đây chưa theo dõi nguồn nào (bắt đầu: {since or 'chưa'}); chọn ngày khác")
    with deps.store.transaction() as tx:
        tx.add_tasks([digest_task(day, due)], deps.now())
    # By hand a digest of the past is made to be read here; nobody is written to about days that are over.
    quiet = deps if day == last_whole_day(deps) else replace(deps, recipients=())
    Runner(quiet).drain([DIGEST])


def local_ms(day: dt.date, at: str, zone: ZoneInfo) -> int:
    """``at`` (HH:MM) of a local day, in ms UTC."""
    hour, minute = map(int, at.split(":"))
    return int(dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).timestamp() * 1000)


def due_at(deps: Deps, day: dt.date) -> int:
    """When the digest of ``day`` is to be built."""
    return local_ms(day, deps.settings.digest_at, ZoneInfo(deps.settings.timezone))


def digest_task(day: dt.date, due: int) -> NewTask:
    """The task of one day's digest."""
    return NewTask("digest", day.isoformat(), alerts_digest.DIGEST_VERSION, due, due)


def export(deps: Deps, day: str) -> dict[str, Path]:
    """Write the issued digest's files for people to open; {"html": path, "text": path}, empty if not issued.

    They come from the stored bodies, so a crash in between is mended by asking again.
    """
    digest = deps.store.digest(Digest.make_id("daily", day))
    if digest is None:
        return {}
    paths = {}
    for kind, body_hash in digest.files.items():
        suffix = {"text": "txt"}.get(kind, kind)
        paths[kind] = deps.settings.digests / f"diem-bao-{day}.{suffix}"
        _write_whole(paths[kind], deps.bodies.get(body_hash))
    return paths


def export_missing(deps: Deps, days: int = 7) -> None:
    """Write again the files of the newest digests that are not there (a crash between the rows and the files)."""
    for digest in deps.store.digests(days):
        if not (deps.settings.digests / f"diem-bao-{digest.day}.html").exists():
            export(deps, digest.day)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)

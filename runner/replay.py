"""Recorded feed items through the same stages, with the clock at each item's ``first_fetched``.

Lines become Fetch rows of kind ``recorded`` (a run of lines is the body), so the `read` stage and everything after
it is the code that live feeds go through. Runs are cut at digest hours; after each run all stages are drained and
the digests that fell due are built. Killed at any moment, the same command goes on where it stopped: a run's
natural key is (file hash, first line), and every later write is idempotent.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from runner.deps import Deps
from runner.digests import digest_task, local_ms
from runner.run import Runner
from runner.stages import DIGEST, READ, READING
from store.errors import InputError
from store.model import Fetch, FetchKind, FetchOutcome, NewTask

LEAP_MS = 60 * 86_400_000
RUN_LINES = 500  # one transaction of that many articles stays well under 50 ms
SOURCE = "replay"


class ReplayClock:
    """The time of the recording; only the replay moves it, never backwards."""

    def __init__(self, start: int = 0) -> None:
        self.at = start

    def __call__(self) -> int:
        """Milliseconds UTC."""
        return self.at

    def move(self, to: int) -> None:
        """Forward to ``to``."""
        self.at = max(self.at, to)


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive lines of the file, all inside one digest window."""

    first_line: int  # from 1
    lines: tuple[bytes, ...]
    start_ms: int
    end_ms: int


@dataclass
class Report:
    """What a replay did."""

    lines: int = 0
    days: list[str] = field(default_factory=list)
    trouble: str = ""  # the file ended early; everything before that was kept
    fetches: list[str] = field(default_factory=list)  # ids of the runs taken in, their problems hang on them


def replay(
    deps: Deps,
    clock: ReplayClock,
    path: Path,
    first: dt.date | None,
    last: dt.date | None,
    progress: Callable[[int], None] = lambda more: None,
) -> Report:
    """Replay local days ``first``…``last`` (inclusive; None = from the start / to the end of the file).

    The digest of day D covers (D−1 06:30, D 06:30], so items are taken from 06:30 on the day before ``first``.
    Raises :class:`InputError` when the file cannot be read at all.
    """
    zone = ZoneInfo(deps.settings.timezone)
    runner, report, file_hash = Runner(deps), Report(), _file_hash(path)
    deps.store.release_leases("")  # the caller owns this home (runner.lock): whoever held one is dead
    start = local_ms(first - dt.timedelta(days=1), deps.settings.digest_at, zone) if first else None
    end = local_ms(last + dt.timedelta(days=1), "00:00", zone) if last else None
    for run in runs(path, deps.settings.digest_at, zone, start, end, report):
        _digests_due(runner, clock, run.start_ms, first, last, report)
        clock.move(run.end_ms)
        report.fetches.append(_take_in(deps, path, file_hash, run))
        runner.drain(READING)
        report.lines += len(run.lines)
        progress(len(run.lines))
    if clock.at:  # an hour that the recording does not reach has no digest: nothing is known of it
        _digests_due(runner, clock, clock.at + 1, first, last, report)
    return report


def _take_in(deps: Deps, path: Path, file_hash: str, run: Run) -> str:
    """The Fetch of this run, put on the list unless it is known; its id."""
    from crawler.read import READ_VERSION

    url = f"recorded:{file_hash[:16]}#L{run.first_line}"
    fetch_id = Fetch.make_id(url, run.start_ms)
    if deps.store.fetch(fetch_id) is not None:
        return fetch_id
    fetch = Fetch(
        fetch_id,
        FetchKind.RECORDED,
        SOURCE,
        url,
        run.start_ms,
        run.end_ms,
        FetchOutcome.FETCHED,
        body_hash=deps.bodies.put(b"\n".join(run.lines) + b"\n"),
        content_type="application/jsonl",
        message=f"{path.name}, lines {run.first_line}–{run.first_line + len(run.lines) - 1}",
    )
    with deps.store.transaction() as tx:
        tx.add_fetch(fetch)
        tx.add_tasks([NewTask(READ.name, fetch_id, READ_VERSION, run.start_ms, run.end_ms)], deps.now())
    return fetch_id


def _digests_due(
    runner: Runner, clock: ReplayClock, now: int, first: dt.date | None, last: dt.date | None, report: Report
) -> None:
    """Build each digest whose hour lies between the clock and ``now`` (an item at the hour itself is still in)."""
    zone, at = ZoneInfo(runner.deps.settings.timezone), runner.deps.settings.digest_at
    day = dt.datetime.fromtimestamp(clock.at / 1000, zone).date() if clock.at else first
    while day is not None and (due := local_ms(day, at, zone)) < now:
        wanted = (first is None or day >= first) and (last is None or day <= last)
        if wanted and clock.at < due:
            clock.move(due)
            with runner.deps.store.transaction() as tx:
                tx.add_tasks([digest_task(day, due)], due)
            runner.drain([DIGEST])
            report.days.append(day.isoformat())
        day += dt.timedelta(days=1)


def runs(
    path: Path, digest_at: str, zone: ZoneInfo, start: int | None, end: int | None, report: Report
) -> Iterator[Run]:
    """The file in runs of at most ``RUN_LINES`` lines; none crosses a digest hour."""
    lines: list[bytes] = []
    times: list[int] = []
    first_line, boundary, at = 1, 0, 0
    for number, line, seen in _timed_lines(path, report):
        if seen is not None and (not at or abs(seen - at) <= LEAP_MS):
            at = seen  # a clock that leaps is one bad line: years of empty digests must not come of it
        if (start is not None and at <= start) or (end is not None and at >= end):
            continue
        if lines and (len(lines) >= RUN_LINES or at > boundary):
            yield Run(first_line, tuple(lines), times[0], times[-1])
            lines, times = [], []
        if not lines:
            first_line, boundary = number, _next_boundary(at, digest_at, zone)
        lines.append(line)
        times.append(at)
    if lines:
        yield Run(first_line, tuple(lines), times[0], times[-1])


def _timed_lines(path: Path, report: Report) -> Iterator[tuple[int, bytes, int | None]]:
    """(line number, line, first_fetched in ms or None). A damaged tail ends the walk and is reported."""
    number = 0
    try:
        with _open(path) as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip(b"\r\n"), _seen(line)
    except (EOFError, lzma.LZMAError, gzip.BadGzipFile, OSError) as bad:
        report.trouble = f"{path}: damaged after line {number} ({bad}); the lines before it were taken in"
        if number == 0:
            raise InputError(f"{path}: cannot be read ({bad}); give a .jsonl, .jsonl.gz or .jsonl.xz file") from bad


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    if path.suffix == ".xz":
        return lzma.open(path, "rb")
    if path.suffix == ".gz":
        return gzip.open(path, "rb")
    return path.open("rb")


def _seen(line: bytes) -> int | None:
    try:
        value = dt.datetime.fromisoformat(json.loads(line)["first_fetched"])
        return int(value.timestamp() * 1000) if value.tzinfo else None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None  # the read stage says what is wrong with this line


def _next_boundary(at: int, digest_at: str, zone: ZoneInfo) -> int:
    day = dt.datetime.fromtimestamp(at / 1000, zone).date()
    due = local_ms(day, digest_at, zone)
    return due if at <= due else local_ms(day + dt.timedelta(days=1), digest_at, zone)


def _file_hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as bad:
        raise InputError(f"{path}: {bad.strerror}; give a file of recorded items") from bad

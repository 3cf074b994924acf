"""``haidang replay``: the replay with its progress bar and its report."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

from config.settings import Settings
from runner.deps import make_deps
from runner.digests import export
from runner.lock import own
from runner.progress import counting
from runner.replay import ReplayClock, Report, replay
from store.errors import InputError
from store.model import Digest


def run_replay(
    settings: Settings, file: Path, first: dt.date | None, last: dt.date | None, *, quiet: bool
) -> dict[str, Any]:
    """Replay into this home (nobody is written to); a report of plain values."""
    clock = ReplayClock()
    with own(settings.home, "replay"):
        deps = make_deps(settings, clock, deliver=False)
        started = time.monotonic()
        try:
            with counting(file.name, quiet) as more:
                report = replay(deps, clock, file, first, last, more)
            digests = []
            for day in report.days:
                digest = deps.store.digest(Digest.make_id("daily", day))
                if digest is not None:
                    path = str(export(deps, day)["html"])
                    figures = dict(digest.figures)
                    digests.append({"day": day, "subject": digest.subject, "file": path, "figures": figures})
            problems = [p for fetch_id in report.fetches for p in deps.store.problems(fetch_id)]
            if report.lines and len(problems) >= report.lines:
                raise InputError(f"{file}: không dòng nào dùng được; dòng đầu: {problems[0].message}")
            bad = [f"dòng {p.position}: {p.message}" for p in problems]
            outcomes = sorted(deps.store.outcome_counts().items())
            return _told(report, digests, outcomes, time.monotonic() - started) | {"problems": bad}
        finally:
            deps.store.close()


def _told(report: Report, digests: list[dict[str, Any]], outcomes: list[Any], seconds: float) -> dict[str, Any]:
    return {
        "items": report.lines,
        "seconds": round(seconds, 2),
        "items_per_second": round(report.lines / seconds, 1) if seconds else None,
        "digests": digests,
        "outcomes": outcomes,
        "trouble": report.trouble,
    }

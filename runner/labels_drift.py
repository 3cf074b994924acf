"""Once a month: does the judge say other things than in the months before? A notice is a row, told to one person.

No letter goes out: the line stands in `haidang doctor` and on the desk's page of labels, for the administrator.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from analysis.drift import MONTHS, WATCHED, Drift, drifts
from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import InputError
from store.model import NewTask, Outcome, Task
from store.model_label import DriftNotice, LabelCount

DRIFT_VERSION = "1"
_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")


def last_whole_month(deps: Deps) -> str:
    """The month before this one, local: ``2026-10``."""
    today = dt.datetime.fromtimestamp(deps.now() / 1000, ZoneInfo(deps.settings.timezone)).date()
    return (today.replace(day=1) - dt.timedelta(days=1)).isoformat()[:7]


@dataclass(frozen=True, slots=True)
class DriftInputs:
    """What the judge said in a month and before."""

    month: str
    counts: list[LabelCount]


def drift_task(month: str) -> NewTask:
    """The look at one month."""
    return NewTask("drift", month, DRIFT_VERSION, 0)


def load_drift(deps: Deps, tasks: list[Task]) -> list[DriftInputs]:
    """Counts of each month."""
    return [DriftInputs(task.subject, counts(deps, task.subject)) for task in tasks]


def work_drift(tools: Tools, inputs: Sequence[DriftInputs]) -> list[Result]:
    """Shifts as notices."""
    results = []
    for one in inputs:
        notices = tuple(_notice(drift, tools.now()) for drift in drifts(one.counts, one.month))
        results.append(Result(Outcome.CHECKED, f"{len(notices)} shifts", drift=notices))
    return results


def look(deps: Deps, month: str) -> list[DriftNotice]:
    """Shifts of that month as notices, kept unless they were told before. Raises :class:`InputError` for no month."""
    notices = [_notice(drift, deps.now()) for drift in drifts(counts(deps, month), month)]
    with deps.store.transaction() as tx:
        tx.add_drift_notices(notices)
    return notices


def counts(deps: Deps, month: str) -> list[LabelCount]:
    """What the judge said of the stories of that month and of those that it is compared with."""
    if not _MONTH.fullmatch(month):
        raise InputError(f"{month[:20]!r}: viết tháng dạng 2026-11")
    zone = ZoneInfo(deps.settings.timezone)
    first = dt.date.fromisoformat(f"{month}-01")
    begin, end = first, (first + dt.timedelta(days=31)).replace(day=1)
    for _ in range(MONTHS):
        begin = (begin - dt.timedelta(days=1)).replace(day=1)
    after, until = (int(dt.datetime.combine(d, dt.time(), zone).timestamp() * 1000) - 1 for d in (begin, end))
    offset = dt.datetime.combine(first, dt.time(), zone).utcoffset() or dt.timedelta()
    return deps.store.label_counts([str(task) for task in WATCHED], after, until, int(offset.total_seconds()))


def _notice(drift: Drift, now: int) -> DriftNotice:
    made = DriftNotice.make_id(drift.task, drift.outlet, drift.month, drift.version)
    figures = {"before": dict(drift.before), "now": dict(drift.now), "stories": drift.stories, "p": drift.p}
    return DriftNotice(made, drift.task, drift.outlet, drift.month, drift.version, now, figures)

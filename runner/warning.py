"""The `warn` stage: every quarter of an hour, what is out of the ordinary for those who subscribed to it.

Warnings, their notices and these notices' tasks are written in one transaction; whoever is told hears of what was new
in it. A quarter that is worked twice, or late, tells nothing twice; what is older than a day is not told any more.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts.measures_time import pauses
from alerts.warnings import Found, chosen, notices, of_criticism, of_rise, of_unanswered, of_wider, watched_themes
from alerts.warnings_press import unanswered
from alerts.warnings_read import about, count_day, members_of, of_theme, read_window
from alerts.warnings_rise import LAST_YEAR, rises
from alerts.warnings_stories import Criticism, criticism, steps_told, wider
from alerts.workclock import clock_now
from config.contacts import reach
from config.deadlines import Deadlines, load_deadlines
from config.subscriptions import PRESS_OFFICER, Watch, load_watch
from config.topics import theme_names
from runner.deps import Deps, Tools
from runner.notices import contacts_of, notice_tasks
from runner.rows import Result
from store.model import NewTask, Outcome, Task
from store.model_case import CaseClock, CaseKind, CaseQuery
from store.model_warning import EarlyWarning, WarningKind

log = logging.getLogger("haidang.warning")

WARN_VERSION = "1"
QUARTER = 15 * 60_000
RECOUNTED = 2  # days before today that are counted anew each time: texts are judged late, people correct
CATCH_UP_DAYS = 20  # days of history counted in one go: a new installation over an old archive is done in an hour
MOST_REQUESTS = 500


def warn_tasks(deps: Deps) -> list[NewTask]:
    """For the clock: this quarter of an hour."""
    now = deps.now()
    slot = now - now % QUARTER
    stamp = dt.datetime.fromtimestamp(slot / 1000, ZoneInfo(deps.settings.timezone)).isoformat(timespec="minutes")
    task = NewTask("warn", f"warn {stamp}", WARN_VERSION, slot, now)
    return [] if deps.store.tasks_for([task.subject]) else [task]


def warn(deps: Deps, now: int) -> tuple[int, int]:
    """(warnings raised, notices written). One kind that breaks keeps none of the others from being told."""
    watch = watch_of(deps)
    found: list[Found] = []
    kinds: Mapping[str, Callable[[Deps, Watch, int], list[Found]]] = {
        WarningKind.RISE: found_rises,
        WarningKind.WIDER: found_stories,
        WarningKind.UNANSWERED: found_unanswered,
    }
    broken: list[Exception] = []
    for kind, find in kinds.items():
        if not watch.wants(kind) and not (kind == WarningKind.WIDER and watch.wants(WarningKind.CRITICISM)):
            continue
        try:
            found += find(deps, watch, now)
        except Exception as bad:
            log.exception("early warnings of kind %s", kind)
            broken.append(bad)
    told = write(deps, chosen(found, watch), now)
    if broken:  # what was found is told already; the task is tried again and shows what is wrong
        raise broken[0]
    return told


def write(deps: Deps, found: Sequence[Found], now: int) -> tuple[int, int]:
    """Raise those that are new, with their notices and tasks."""
    known = {w.id for w in _known(deps, found)}
    fresh = [one for one in found if one.warning.id not in known]
    if not fresh:
        return 0, 0
    contacts = contacts_of(deps.settings)
    with deps.store.transaction() as tx:
        new = tx.add_warnings([one.warning for one in fresh])
        made = [
            n for one in fresh if one.warning.id in new and _tellable(deps, one) for n in notices(one, contacts, now)
        ]
        tx.add_notices(made)
        tx.add_tasks(notice_tasks(made, now), now)
    return len(new), len(made)


def _tellable(deps: Deps, one: Found) -> bool:
    """Criticism without any address for the press officer is shown on the desk and told to nobody else."""
    return one.warning.kind is not WarningKind.CRITICISM or reach(contacts_of(deps.settings), PRESS_OFFICER) is not None


def _known(deps: Deps, found: Iterable[Found]) -> list[EarlyWarning]:
    return [known for one in found if (known := deps.store.warning(one.warning.id))]


# ── each kind ───────────────────────────────────────────────────────────────────────────────────────


def found_rises(deps: Deps, watch: Watch, now: int) -> list[Found]:
    """Themes above their level today and yesterday (an evening's items are often judged past midnight)."""
    tz, store, sources = deps.settings.timezone, deps.store, deps.tools.sources
    today = dt.datetime.fromtimestamp(now / 1000, ZoneInfo(tz)).date()
    recount(deps, today, watch.rules.rise.history_days)
    counts = store.theme_days(str(today - dt.timedelta(days=LAST_YEAR[1])), str(today))
    names = theme_names(deps.settings.home)
    themes = watched_themes(watch, names)
    told = {
        theme: [(dt.date.fromisoformat(w.figures["day"]), int(w.figures["grade"])) for w in rows]
        for theme, rows in store.warnings_about(WarningKind.RISE, themes).items()
    }
    found = []
    for day in (today - dt.timedelta(days=1), today):
        for one in rises([c for c in counts if c.day <= str(day)], day, watch, themes, told):
            items = of_theme(store, sources, one.theme, day, tz)
            season = watch.seasons[one.season].name if one.season else ""
            found.append(of_rise(one, names[one.theme], season, items, watch, now))
            told.setdefault(one.theme, []).append((day, one.grade))
    return found


def recount(deps: Deps, today: dt.date, back: int) -> int:
    """Count today, the days just before and, the newest first, those of the history that nobody counted; how many."""
    first = deps.store.first_fetch_at()
    if first is None:
        return 0
    tz = deps.settings.timezone
    begin = max(dt.datetime.fromtimestamp(first / 1000, ZoneInfo(tz)).date(), today - dt.timedelta(days=back))
    known = {c.day for c in deps.store.theme_days(str(begin), str(today))}
    days = [today - dt.timedelta(days=n) for n in range((today - begin).days + 1)]
    wanted = [d for n, d in enumerate(days) if n <= RECOUNTED or str(d) not in known][: RECOUNTED + 1 + CATCH_UP_DAYS]
    for day in wanted:
        rows = count_day(deps.store, deps.tools.sources, day, tz)
        if rows == deps.store.theme_days(str(day), str(day)):
            continue
        with deps.store.transaction() as tx:
            tx.put_theme_days(str(day), rows)
    return len(wanted)


def found_stories(deps: Deps, watch: Watch, now: int) -> list[Found]:
    """Local stories that came further, and stories that call for an answer."""
    store, tz = deps.store, deps.settings.timezone
    window = read_window(store, deps.tools.sources, now)
    members = members_of(store, deps.tools.sources, window.stories)
    wide = {s: wider(m, watch.rules.wider, now) for s, m in members.items()} if watch.wants("wider") else {}
    critical = {s: criticism(m, watch.rules.criticism, now) for s, m in members.items()}
    chosen_ = [s for s in members if wide.get(s) or critical.get(s)]
    told = store.warnings_about(WarningKind.CRITICISM, chosen_)
    stories = about(store, window, chosen_)
    found = []
    for story in chosen_:
        found += [of_wider(one, stories[story], now, tz) for one in wide.get(story, ())]
        if (one := critical.get(story)) and _grown(one, told.get(story, ())):
            found.append(of_criticism(one, stories[story], now))
    return found


def _grown(one: Criticism, told: Sequence[EarlyWarning]) -> bool:
    """Beyond the step that was told last."""
    return one.step > steps_told([w.level for w in told])


def found_unanswered(deps: Deps, watch: Watch, now: int) -> list[Found]:
    """Questions of the press that have waited for long."""
    tz = deps.settings.timezone
    deadlines, clock = _deadlines(deps), clock_now(deps.settings.home, tz)

    def elapsed(of: CaseClock, begins: int, ends: int) -> int:
        row = deadlines.live.get(of.deadline) or deadlines.off.get(of.deadline)
        works = row is not None and row.counts.startswith("working")
        return clock.between(begins, ends) if works else ends - begins

    found = []
    for rows in deps.store.cases(CaseQuery(open=True, kind=CaseKind.PRESS_REQUEST, limit=MOST_REQUESTS)):
        away = pauses(deps.store.timeline(rows.case.id), now)
        if one := unanswered(rows, away, elapsed, watch.rules.unanswered, now):
            found.append(of_unanswered(one, now, tz))
    return found


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def watch_of(deps: Deps) -> Watch:
    """Subscriptions and thresholds as the files say now; faults are logged once a change."""
    home = deps.settings.home
    names = ("subscriptions.yml", "contacts.yml", "offices.yml", "topics.yml")
    return _watch(home, tuple(_stamp(home / name) for name in names))


@lru_cache(maxsize=4)
def _watch(home: Path, _stamps: tuple[tuple[int, int], ...]) -> Watch:
    from config.contacts import load_contacts

    watch, errors = load_watch(load_contacts(home)[0], home)
    for error in errors:
        log.error("%s", error)
    return watch


def _deadlines(deps: Deps) -> Deadlines:
    home = deps.settings.home
    return _read_deadlines(home, _stamp(home / "deadlines.yml"))


@lru_cache(maxsize=4)
def _read_deadlines(home: Path, _at: tuple[int, int]) -> Deadlines:
    return load_deadlines(home)[0]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about_ = path.stat()
    except OSError:
        return (0, 0)
    return (about_.st_mtime_ns, about_.st_size)


# ── the stage ───────────────────────────────────────────────────────────────────────────────────────


def load_warn(deps: Deps, tasks: list[Task]) -> list[str]:
    """Does the work, in transactions of its own; a batch of quarters is one look."""
    raised, told = warn(deps, deps.now())
    return [f"{raised} warnings, {told} notices"] * len(tasks)


def work_warn(tools: Tools, inputs: Sequence[str]) -> list[Result]:
    """The rows are written; the task ends."""
    return [Result(Outcome.CHECKED, said) for said in inputs]

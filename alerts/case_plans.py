"""What cases need of a department's files: routes, deadlines, the working calendar; read again when one changes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from alerts import case_words as words
from alerts.case_fold import base
from alerts.case_open import Opening
from alerts.due import Due, Pause, clock_row, dues, shift
from alerts.due_words import lines
from alerts.formats import moment_words
from alerts.route import Route, Router, Subject
from alerts.route_files import load_router
from alerts.route_guard import accused, under_accused
from alerts.workclock import WorkClock
from config.calendar import load_calendar
from config.deadlines import Deadlines, load_deadlines
from store.errors import ConfigError
from store.model_case import CaseClock, CaseRows

ZONE = "Asia/Ho_Chi_Minh"
_SOURCES = {"local": "press", "national": "press", "foreign": "foreign", "social": "social"}
FILES = ("calendar.yml", "deadlines.yml")


class Plans:
    """Pure functions over the files as they were read. Build by :func:`load_plans`."""

    def __init__(self, router: Router, deadlines: Deadlines, clock: WorkClock, zone: str = ZONE) -> None:
        self.router, self.deadlines, self.clock, self.zone = router, deadlines, clock, zone

    def route(self, subject: Subject, released_by: str = "") -> Route:
        """Where it goes, with its reasons."""
        return self.router(subject, released_by)

    def inside(self, key: str) -> bool:
        """Whether that contact belongs to the department."""
        return self.router.world.inside(key)

    def clocks(self, known: Opening, case_id: str, office: str, at: int) -> tuple[CaseClock, ...]:
        """The clocks that begin when a case is opened, one per name: the earliest of its deadlines."""
        return self.started(str(known.kind), known.source_kind, known.starts(at), case_id, office)

    def started(
        self, kind: str, source: str, starts: dict[str, int], case_id: str, office: str
    ) -> tuple[CaseClock, ...]:
        """Clocks of the deadlines whose start event has happened. ``starts``: event → ms UTC."""
        found = dues(self.deadlines, kind, starts, self.clock, _SOURCES.get(source, ""))
        return tuple(clock_row(due, case_id, office, lines(due, self.zone)) for _, due in sorted(found.items()))

    def handover(self, rows: CaseRows, office: str, issued_at: int) -> tuple[CaseClock, ...]:
        """The clock that waits for that office to say that the paper issued then has arrived; none if it is off."""
        starts = {"handover_issued": issued_at}
        return self.started(str(rows.case.kind), rows.now.source_kind, starts, rows.case.id, office)

    def later(self, clock: CaseClock, since: int, until: int) -> CaseClock:
        """The clock after a pause (`alerts.case_clocks.Later`): what was left is left."""
        given, pause = self._due(clock), Pause(since, until, words.DOES["paused"], words.HEAD_OFFICE)

        def moved(at: int | None) -> int | None:
            return at if at is None or at <= since or until <= since else shift(at, given, pause, self.clock)

        due_at = moved(clock.due_at) or clock.due_at
        step = words.RESUMED_STEP.format(since=moment_words(since, self.zone), until=moment_words(until, self.zone),
                                         due=moment_words(due_at, self.zone))  # fmt: skip
        return replace(
            clock, due_at=due_at, soft_at=moved(clock.soft_at), hard_at=moved(clock.hard_at), paused_at=None,
            steps=(*clock.steps, step),
        )  # fmt: skip

    def legal(self, clock: CaseClock) -> bool:
        """Whether a rule sets it. One that is not in the file any more counts as legal: doubt never lengthens."""
        row = self.deadlines.live.get(clock.deadline) or self.deadlines.off.get(clock.deadline)
        return row.legal if row else clock.deadline != "instruction"

    def barred(self, rows: CaseRows, about: frozenset[str], office: str) -> str:
        """The one spoken of that this office is or answers to, so that its people judge nothing; "" where none."""
        world = self.router.world
        return under_accused(world, office, accused(world, tuple(sorted(about)), rows.now.place, ""), rows.now.place)

    def _due(self, clock: CaseClock) -> Due:
        row = self.deadlines.live.get(clock.deadline) or self.deadlines.off.get(clock.deadline)
        counts, if_off = (row.counts, row.if_off) if row else ("calendar_hours", "next")
        return Due(
            clock.deadline, base(clock.clock), counts, clock.started_at, clock.due_at, clock.soft_at, clock.hard_at, (),
            self.legal(clock), clock.basis, clock.verified, if_off,
        )  # fmt: skip


def load_plans(home: Path, zone: str = ZONE) -> tuple[Plans, tuple[ConfigError, ...]]:
    """(plans, every fault in the files). What is faulty is left out, as each loader says."""
    router, errors = load_router(home)
    (deadlines, clock), more = _timed(home, zone, tuple(_signature(home / name) for name in FILES))
    return Plans(router, deadlines, clock, zone), (*errors, *more)


def _signature(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=4)
def _timed(
    home: Path, zone: str, signature: tuple[tuple[int, int], ...]
) -> tuple[tuple[Deadlines, WorkClock], tuple[ConfigError, ...]]:
    deadlines, errors = load_deadlines(home)
    calendar, more = load_calendar(home)
    return (deadlines, WorkClock(calendar, zone)), (*errors, *more)

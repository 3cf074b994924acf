"""Everything that a trend report is made from: rows that were read, names, and what could not be followed. No logic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alerts.commended import Commended
from alerts.documents.nd30 import Letterhead, Signer
from alerts.measures import Figures
from alerts.report_facts import Fact
from alerts.report_window import Window
from config.contracts import Contract
from config.plan_themes import PlanTheme
from config.school_year import Marked
from store.model_candidate import CandidateRows, ConcernRows


@dataclass(frozen=True, slots=True)
class Period:
    """One window with its articles. ``seen``: source → local day → articles of any kind that came in (what was
    followed, whether or not it was about schools)."""

    window: Window
    facts: Sequence[Fact]
    seen: Mapping[str, Mapping[dt.date, int]]

    @property
    def followed(self) -> int:
        """Days on which anything came in at all."""
        return len({day for days in self.seen.values() for day, n in days.items() if n})

    @property
    def whole(self) -> bool:
        """Enough of it was followed to be compared with."""
        return self.followed >= 0.9 * self.window.days


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Measures of cases opened in the window, with names of offices and labels of cases."""

    figures: Sequence[Figures]
    names: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """How people call what rows know by an id."""

    topics: Mapping[str, str] = field(default_factory=dict)
    communes: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)  # theme → office that usually answers
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """Who writes to whom."""

    letterhead: Letterhead
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    signer: Signer
    archive: str


@dataclass(frozen=True, slots=True)
class ReportInput:
    """``then`` and ``last_year``: what it is compared with (a period without any article is no data). ``narrowed``: the
    commune or school in words, or "". ``sentences``: candidate → its claim, masked. ``delivered``: address of an agreed
    piece → when it was first seen. ``silent``: sources that could not be followed, in words; ``alerts``: troubles of
    sources within the window, in words; ``faults``: files of the configuration that do not count, in words."""

    now: int
    tz: str
    period: Period
    then: Period
    last_year: Period
    paper: Paper
    names: Names = field(default_factory=Names)
    narrowed: str = ""
    candidates: Sequence[CandidateRows] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    concerns: Sequence[ConcernRows] = ()
    cases: CaseFigures | None = None
    commended: Sequence[Commended] = ()
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    delivered: Mapping[str, int] = field(default_factory=dict)
    plans: Mapping[str, PlanTheme] = field(default_factory=dict)
    events: Sequence[Marked] = ()
    silent: Sequence[str] = ()
    alerts: Sequence[str] = ()
    faults: Sequence[str] = ()
    chain: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)

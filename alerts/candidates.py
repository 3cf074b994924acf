"""Candidates as an inspector reads them: what stands, in which order, how it spread, how soon somebody answered.

Pure functions over rows. The score chooses what is shown today; spread only puts what was chosen in order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alerts.candidate_words import BORNE_OUT
from store.model_candidate import (
    REBUTS,
    CandidateFinding,
    CandidateMember,
    CandidateRows,
    Check,
    CheckResult,
    ConcernRows,
    ReasonCount,
    Role,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One candidate worked out. ``state``: open · done · over (no ground any more) · apart (documents differ).

    ``finding``: the one shown; ``result``: the person's that counts. ``rebuttal_ms``: from the first carrier to the
    first denial or official answer after it (D08); None while there is none.
    """

    rows: CandidateRows
    state: str
    finding: CandidateFinding | None
    result: Check | None
    carriers: int
    first_at: int
    rebuttal: CandidateMember | None
    rebuttal_ms: int | None

    @property
    def id(self) -> str:
        """The candidate's."""
        return self.rows.candidate.id

    @property
    def score(self) -> float:
        """Chance that a reviewer confirms; 0 without a finding."""
        return self.finding.score if self.finding else 0.0


@dataclass(frozen=True, slots=True)
class Queue:
    """``chosen``: what a day's capacity takes; ``rest``: the others. ``expected``: mean score of ``chosen``."""

    chosen: tuple[Sheet, ...]
    rest: tuple[Sheet, ...]
    expected: float | None


def sheet(rows: CandidateRows) -> Sheet:
    """Work one candidate out. Of each article its newest finding counts; the oldest article that stands is shown."""
    newest = {f.article_id: f for f in rows.findings}  # oldest first: the last one stays
    carriers = [m for m in rows.members if m.role is Role.CARRIER]
    begun = {m.article_id: m.at for m in carriers}
    standing = [f for f in newest.values() if f.raised]
    shown = min(standing or newest.values(), key=lambda f: (begun.get(f.article_id, f.at), f.article_id), default=None)
    result = next((c for c in reversed(rows.checks) if not c.second), None)
    first = min(begun.values(), default=rows.candidate.created_at)
    answers = [m for m in rows.members if m.role in REBUTS and m.at >= first]
    answer = min(answers, key=lambda m: (m.at, m.article_id), default=None)
    return Sheet(
        rows, _state(rows, standing, shown, result), shown, result, len(begun), first, answer,
        answer.at - first if answer else None,
    )  # fmt: skip


def _state(
    rows: CandidateRows, standing: Sequence[CandidateFinding], shown: CandidateFinding | None, result: Check | None
) -> str:
    if result is not None:
        return "done"
    if standing:
        return "open"
    last = rows.findings[-1] if rows.findings else shown
    return "apart" if last is not None and last.relation == "apart" else "over"


def queue(sheets: Sequence[Sheet], per_day: int, tz: str) -> Queue:
    """What stands open, within what a day's capacity takes: of each day's new ones the ``per_day`` best founded.

    One that a person has decided keeps its place in its day, so that deciding one draws no other up.
    """
    zone = ZoneInfo(tz)
    days: dict[dt.date, list[Sheet]] = defaultdict(list)
    for one in sheets:
        if one.state in ("open", "done"):
            days[dt.datetime.fromtimestamp(one.rows.candidate.created_at / 1000, zone).date()].append(one)
    chosen: list[Sheet] = []
    rest: list[Sheet] = []
    for found in days.values():
        ranked = sorted(found, key=lambda s: (-s.score, s.id))
        chosen += [s for s in ranked[:per_day] if s.state == "open"]
        rest += [s for s in ranked[per_day:] if s.state == "open"]
    mean = sum(s.score for s in chosen) / len(chosen) if chosen else None
    return Queue(_by_spread(chosen), _by_spread(rest), mean)


def _by_spread(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    return tuple(sorted(sheets, key=lambda s: (-s.carriers, -s.score, s.id)))


def curve(rows: CandidateRows, tz: str) -> list[tuple[dt.date, int, int]]:
    """(day, carriers new that day, carriers so far) for each day that brought one."""
    zone = ZoneInfo(tz)
    days = Counter(dt.datetime.fromtimestamp(m.at / 1000, zone).date() for m in rows.members if m.role is Role.CARRIER)
    so_far, out = 0, []
    for day, new in sorted(days.items()):
        so_far += new
        out.append((day, new, so_far))
    return out


def proposal(one: Sheet) -> CheckResult | None:
    """What a denial or an official answer suggests to the person who decides; never written by itself."""
    return CheckResult.KHONG_KHOP if one.rebuttal is not None and one.state == "open" else None


@dataclass(frozen=True, slots=True)
class Overturned:
    """Second readings: how many there are, how many gave another result than the first."""

    readings: int
    others: int

    @property
    def rate(self) -> float | None:
        """Share; None without any."""
        return self.others / self.readings if self.readings else None


def overturned(found: Sequence[CandidateRows]) -> Overturned:
    """How often a second person, who did not see the first result, came to another one."""
    readings = others = 0
    for rows in found:
        for at, check in enumerate(rows.checks):
            first = next((c for c in reversed(rows.checks[:at]) if not c.second), None)
            if check.second and first is not None:
                readings += 1
                others += check.result is not first.result
    return Overturned(readings, others)


def sample(found: Sequence[CandidateRows], size: int, seed: str) -> list[CandidateRows]:
    """Decided candidates to be read again, drawn by a seed: the same seed and rows give the same ones."""
    decided = [r for r in found if any(not c.second for c in r.checks) and not any(c.second for c in r.checks)]
    return sorted(decided, key=lambda r: hashlib.sha256(f"{seed}\x1f{r.candidate.id}".encode()).digest())[:size]


def borne_out(count: ReasonCount | None) -> str:
    """“lý do này: 3/10 lần được xác nhận”; "" while nothing is known."""
    return BORNE_OUT.format(confirmed=count.confirmed, of=count.of) if count and count.of else ""


@dataclass(frozen=True, slots=True)
class StateLine:
    """Counts for a digest: what stands open now, what the window brought."""

    candidates_open: int
    candidates_new: int
    concerns_open: int
    concerns_new: int

    @property
    def empty(self) -> bool:
        """Nothing to tell."""
        return not (self.candidates_open or self.candidates_new or self.concerns_open or self.concerns_new)


def state_line(
    candidates: Sequence[CandidateRows], concerns: Sequence[ConcernRows], after: int, until: int
) -> StateLine:
    """What stood at ``until``; new: created in (after, until]."""
    sheets = [sheet(rows) for rows in candidates if rows.candidate.created_at <= until]
    raised = [s for s in sheets if s.state in ("open", "done")]
    known = [c for c in concerns if c.concern.created_at <= until]
    return StateLine(
        sum(s.state == "open" for s in sheets),
        sum(s.rows.candidate.created_at > after for s in raised),
        sum(not c.notes for c in known),
        sum(c.concern.created_at > after for c in known),
    )

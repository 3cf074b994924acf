"""What the other rooms may ask about registers: part of the protocols in `store.api`.

A row that was taken back, and the row that took it back, are left out wherever nothing else is said; `Store.export`
shows both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from store.model_register import (
    CommunePlan,
    Evaluation,
    IndicatorEntry,
    PressGiven,
    ReportEntry,
    ReportParty,
    ReportPeriod,
    ReportUrge,
    UrgeIssued,
)


class RegisterWriting(Protocol):
    """The writing side. Every method says whether the row is new; a second of its natural key is a no-op."""

    def add_report_period(self, period: ReportPeriod, parties: Sequence[ReportParty]) -> bool:
        """Open a period with those expected; what is known stays as it was opened."""

    def add_report_entry(self, entry: ReportEntry) -> bool:
        """A report came or went out, or an entry is taken back."""

    def add_report_urge(self, urge: ReportUrge) -> bool:
        """Keep a draft."""

    def add_urge_issued(self, issued: UrgeIssued) -> bool:
        """Văn thư's number of a draft, once."""

    def add_commune_plan(self, plan: CommunePlan) -> bool:
        """A plan, or one is taken back."""

    def add_indicator_entry(self, entry: IndicatorEntry) -> bool:
        """A figure by hand, or one is taken back."""

    def add_evaluation(self, sheet: Evaluation) -> bool:
        """Freeze a sheet."""

    def add_press_given(self, given: PressGiven) -> bool:
        """A line of the ledger, or one is taken back."""


class RegisterReading(Protocol):
    """The reading side."""

    def report_period(self, period_id: str) -> ReportPeriod | None:
        """One period."""

    def report_periods(self, after: int, until: int) -> list[ReportPeriod]:
        """Due in (after, until], in (due, id) order."""

    def report_parties(self, period_id: str) -> list[ReportParty]:
        """Those expected, in the order in which they were opened."""

    def report_entries(self, period_ids: Collection[str]) -> dict[str, list[ReportEntry]]:
        """Period → what stands of it, in (day, at, id) order; periods without any are absent."""

    def report_urges(self, period_id: str) -> list[tuple[ReportUrge, UrgeIssued | None]]:
        """Drafts of a period, oldest first, with văn thư's number where there is one."""

    def commune_plans(self) -> list[CommunePlan]:
        """Those that stand, in (commune, day, at, id) order."""

    def indicator_entries(self, first_day: str, last_day: str) -> list[IndicatorEntry]:
        """Those that stand whose window lies within the days (both counted), in (last day, at, id) order."""

    def evaluations(self, limit: int = 60) -> list[Evaluation]:
        """Newest first."""

    def evaluation(self, evaluation_id: str) -> Evaluation | None:
        """One frozen sheet."""

    def press_given(self, after: int, until: int, limit: int = -1) -> list[PressGiven]:
        """Given in (after, until], newest first; ``limit`` -1: all of them."""

"""What a list of cases asks for: part of the protocols in `store.api`."""

from __future__ import annotations

from typing import Protocol

from store.model_case import CaseQuery
from store.model_case_list import CaseLine, CaseValues, Counts


class CaseListReading(Protocol):
    """The reading side. ``query.overdue_at`` asks here for a clock that runs: one that is paused is not overdue."""

    def case_list(self, query: CaseQuery, behind: tuple[int, str] | None = None) -> list[CaseLine]:
        """What is due first stands first, then what has no clock running, newest first; ``query.before`` is unused."""

    def case_counts(self, query: CaseQuery) -> Counts:
        """State → how many a query finds; states without any are absent."""

    def case_values(self) -> CaseValues:
        """Offices, assignees and places of open cases."""

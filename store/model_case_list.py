"""Cases as a list shows them: their head, what they add up to, their clocks; nothing that a list does not print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.model_case import Case, CaseClock, CaseNow


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list; ``place``: where it stands in it, for asking for what comes behind."""

    case: Case
    now: CaseNow
    clocks: tuple[CaseClock, ...]
    place: tuple[int, str]

    @property
    def due(self) -> CaseClock | None:
        """The clock that is due first, among those that were not stopped."""
        return min((c for c in self.clocks if c.stopped_at is None), key=lambda c: c.due_at, default=None)


@dataclass(frozen=True, slots=True)
class CaseValues:
    """What open cases have now, for choosing from: contacts' keys, names, unit codes; each in order, once."""

    offices: Sequence[str]
    assignees: Sequence[str]
    places: Sequence[str]


Counts = Mapping[str, int]
"""State → how many."""

"""What the other rooms may ask about cases: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from store.model_case import Case, CaseClock, CaseEvent, CaseNow, CaseQuery, CaseRows, NewEvent, TimelineEntry


class CaseWriting(Protocol):
    """The writing side. A case is read, decided on and written within one transaction."""

    def add_case(self, kind: str, origin_kind: str, origin_id: str, year: int, at: int) -> tuple[Case, bool]:
        """The case of an origin, and whether it is new (then with the next number of its year)."""

    def case_rows(self, case_id: str) -> CaseRows | None:
        """As it stands within this transaction, nobody else writing."""

    def add_case_events(self, events: Sequence[NewEvent]) -> list[CaseEvent]:
        """Put events into the chain, in order; those that are known are left out of the answer."""

    def put_case(self, rows: CaseRows) -> None:
        """What the events of a case add up to now: its state, clocks, links, papers and files."""

    def erase_case_payloads(self, event_ids: Collection[str]) -> int:
        """Take away what these events said, with their salts; how many said something. Their links stay."""


class CaseReading(Protocol):
    """The reading side."""

    def case(self, case_id: str) -> CaseRows | None:
        """One case."""

    def case_of(self, origin_kind: str, origin_id: str) -> Case | None:
        """The case that was opened from something."""

    def case_numbered(self, year: int, number: int) -> Case | None:
        """By what people call it."""

    def case_files_with(self, body_hash: str) -> list[str]:
        """Cases that a file with these bytes is attached to."""

    def cases(self, query: CaseQuery) -> list[CaseRows]:
        """Newest first."""

    def count_cases(self, query: CaseQuery) -> int:
        """How many a query finds, paging aside."""

    def cases_linked(self, target_kind: str, target_ids: Collection[str]) -> dict[str, list[str]]:
        """Target → cases that it belongs to now."""

    def cases_to_look_at(
        self, now: int, limit: int, after: tuple[int, str] = (0, "")
    ) -> list[tuple[CaseNow, tuple[CaseClock, ...]]]:
        """Cases whose ``next_alarm_at`` has come, in (next_alarm_at, id) order behind ``after``."""

    def timeline(self, case_id: str) -> list[TimelineEntry]:
        """What happened, oldest first."""

    def case_events(self, after_seq: int = 0, limit: int = 1000) -> list[TimelineEntry]:
        """The chain over all cases, in order."""

    def payload_salts(self, event_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Event → (salt, body exactly as stored), of those that still say something: for proving the chain."""

    def stray_payloads(self, limit: int = 100) -> list[str]:
        """Ids of payloads that no link of the chain names."""

    def cases_without_rows(self, limit: int = 100) -> list[Case]:
        """Cases of which nothing adds up to anything: none, unless somebody took rows away."""

    def chain_head(self) -> tuple[int, str]:
        """(number of the last link, its hash); (0, GENESIS) before the first."""

    def walk_cases(self, after: str = "") -> Iterator[CaseRows]:
        """All cases in id order, a few at a time."""

"""What the other rooms may ask about duty and storms, and what a tick over cases reads: part of `store.api`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from store.model_case import CaseClock, CaseRows
from store.model_roster import DutyList, DutyShift, Leave, Storm


class RosterWriting(Protocol):
    """The writing side. Everything names who did it."""

    def add_duty_list(self, given: DutyList, shifts: Sequence[DutyShift]) -> bool:
        """Keep a list; from now on it says who is on duty on its days. False when it is known."""

    def add_leave(self, leave: Leave) -> bool:
        """Keep it; False when it is known."""

    def end_leave(self, leave_id: str, by: str, at: int) -> bool:
        """Taken back; False when it does not stand (any more)."""

    def add_storm(self, storm: Storm) -> bool:
        """Switch on; False when it is known."""

    def end_storms(self, by: str, at: int) -> int:
        """Switch off what is in force or still to come; how many there were."""

    def case_versions(self, case_ids: Collection[str]) -> dict[str, int]:
        """Case → how many events it has had; for writing only what nobody else changed meanwhile."""


class RosterReading(Protocol):
    """The reading side."""

    def duty_lists(self, limit: int = 60) -> list[DutyList]:
        """Newest first."""

    def duty_shifts(self, after: int, until: int) -> list[DutyShift]:
        """Shifts in force that touch (after, until), by their beginning: of each day those of its newest list."""

    def last_duty_end(self, before: int) -> int | None:
        """When the last shift in force that began before ``before`` ends; None before the first list."""

    def leaves(self, after: int, until: int) -> list[Leave]:
        """Standing ones that touch (after, until), by their beginning."""

    def storms(self, limit: int = 60) -> list[Storm]:
        """Newest first."""

    def cases_to_watch(
        self, now: int, limit: int, after: tuple[int, str] = (0, "")
    ) -> list[tuple[tuple[int, str], CaseRows]]:
        """(place, whole case) whose ``next_alarm_at`` has come, and urgent ones that nobody received or watches.

        In order of place, behind ``after``: a case that cannot be dealt with is passed once and stops nobody.
        """

    def something_to_watch(self, now: int) -> bool:
        """Whether :meth:`cases_to_watch` would find any."""

    def clocks_due(self, after: int, until: int) -> list[CaseClock]:
        """Clocks due in (after, until], stopped ones too, in (due, case, clock) order; merged cases left out."""

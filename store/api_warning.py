"""What the other rooms may ask about early warnings: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from store.model_warning import EarlyWarning, ThemeDay


class WarningWriting(Protocol):
    """The writing side."""

    def add_warnings(self, warnings: Iterable[EarlyWarning]) -> set[str]:
        """Insert those not known yet; the ids of the new ones. Who is to hear of them is told of these alone."""

    def put_theme_days(self, day: str, counts: Iterable[ThemeDay]) -> None:
        """What a day had, in the place of what was counted for it before."""


class WarningReading(Protocol):
    """The reading side."""

    def warning(self, warning_id: str) -> EarlyWarning | None:
        """One warning."""

    def warnings(
        self, kind: str = "", limit: int = 100, before: tuple[int, str] | None = None, since: int = 0
    ) -> list[EarlyWarning]:
        """Newest first, of that kind or all, raised at or after ``since``, older than the key ``before``
        (at, id) of the last one already had."""

    def warnings_about(self, kind: str, subjects: Collection[str]) -> dict[str, list[EarlyWarning]]:
        """subject → its warnings of that kind, oldest first; subjects without any are absent."""

    def theme_days(self, first: str, last: str) -> list[ThemeDay]:
        """What the days from ``first`` to ``last`` (ISO, both counted) had, by day and theme; days that nobody counted
        are absent."""

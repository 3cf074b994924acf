"""What the other rooms may ask about trend reports: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from store.model_report import Report, ReportItem, ReportLock


class ReportWriting(Protocol):
    """The writing side: append-only."""

    def add_report_items(self, report_id: str, items: Iterable[ReportItem]) -> None:
        """Some of a report's items, before the report itself; what is known stays."""

    def add_report(self, report: Report) -> bool:
        """The report, once all its items are there. False when its window has that edition, or is locked."""

    def add_report_lock(self, lock: ReportLock) -> bool:
        """Văn thư's number. False when the report is unknown, or its window has a lock already."""


class ReportReading(Protocol):
    """The reading side."""

    def report(self, report_id: str) -> Report | None:
        """One report, without its items."""

    def reports(self, limit: int = 60, kind: str = "", period: str = "", scope: str | None = None) -> list[Report]:
        """Newest edition first; of one window with ``kind``, ``period`` and ``scope``."""

    def report_items(self, report_id: str, after: int = 0, limit: int = -1) -> list[ReportItem]:
        """By position, behind ``after``."""

    def report_lock(self, report_id: str) -> ReportLock | None:
        """Văn thư's number of that edition."""

    def locked_report(self, kind: str, period: str, scope: str) -> tuple[Report, ReportLock] | None:
        """The edition of a window that is locked."""

    def reports_with(self, subject_id: str) -> list[Report]:
        """The reports that count an article, candidate, concern or case, oldest first."""

    def seen_by_hour(self, after: int, until: int) -> Sequence[tuple[str, int, int]]:
        """(source, hour as ms UTC, articles first seen in it), of (after, until], by source and hour."""

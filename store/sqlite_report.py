"""Trend reports in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from store.model_report import Report, ReportItem, ReportLock
from store.rows import table

REPORT = table("report", Report)
ITEM = table("report_item", ReportItem)
LOCK = table("report_lock", ReportLock)
_HOUR = 3_600_000
_SAME = "SELECT 1 FROM report WHERE kind = ? AND period = ? AND scope = ?"
_LOCKED = f"{_SAME} AND id IN (SELECT report_id FROM report_lock)"


class ReportWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_report_items(self, report_id: str, items: Iterable[ReportItem]) -> None:
        """Some of a report's items."""
        marks = ", ".join("?" * (len(ITEM.columns) + 1))
        sql = f"INSERT INTO report_item (report_id, {ITEM.select}) VALUES ({marks}) ON CONFLICT DO NOTHING"
        self._db.executemany(sql, [(report_id, *ITEM.pack(item)) for item in items])

    def add_report(self, report: Report) -> bool:
        """The report; none for a window that is locked."""
        if self._db.execute(_LOCKED, (report.kind, report.period, report.scope)).fetchone():
            return False
        return self._db.execute(REPORT.insert, REPORT.pack(report)).rowcount == 1

    def add_report_lock(self, lock: ReportLock) -> bool:
        """Văn thư's number, one for a window."""
        row = self._db.execute("SELECT kind, period, scope FROM report WHERE id = ?", (lock.report_id,)).fetchone()
        if row is None or self._db.execute(_LOCKED, row).fetchone():
            return False
        return self._db.execute(LOCK.insert, LOCK.pack(lock)).rowcount == 1


class ReportReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def report(self, report_id: str) -> Report | None:
        """One report."""
        row = self.connection.execute(f"SELECT {REPORT.select} FROM report WHERE id = ?", (report_id,)).fetchone()
        return REPORT.unpack(row) if row else None

    def reports(self, limit: int = 60, kind: str = "", period: str = "", scope: str | None = None) -> list[Report]:
        """Newest edition first."""
        where = "(:kind = '' OR kind = :kind) AND (:period = '' OR period = :period)"
        where += " AND (:scope IS NULL OR scope = :scope)"
        values = {"kind": kind, "period": period, "scope": scope, "limit": limit}
        sql = f"SELECT {REPORT.select} FROM report WHERE {where} ORDER BY built_at DESC, edition DESC, id LIMIT :limit"
        return [REPORT.unpack(row) for row in self.connection.execute(sql, values)]

    def report_items(self, report_id: str, after: int = 0, limit: int = -1) -> list[ReportItem]:
        """By position."""
        sql = f"SELECT {ITEM.select} FROM report_item WHERE report_id = ? AND position > ? ORDER BY position LIMIT ?"
        return [ITEM.unpack(row) for row in self.connection.execute(sql, (report_id, after, limit))]

    def report_lock(self, report_id: str) -> ReportLock | None:
        """Văn thư's number."""
        row = self.connection.execute(f"SELECT {LOCK.select} FROM report_lock WHERE report_id = ?", (report_id,))
        found = row.fetchone()
        return LOCK.unpack(found) if found else None

    def locked_report(self, kind: str, period: str, scope: str) -> tuple[Report, ReportLock] | None:
        """The locked edition of a window."""
        for one in self.reports(1_000, kind, period, scope):
            if lock := self.report_lock(one.id):
                return one, lock
        return None

    def reports_with(self, subject_id: str) -> list[Report]:
        """Oldest first."""
        sql = (
            f"SELECT {REPORT.select} FROM report WHERE id IN (SELECT report_id FROM report_item WHERE subject_id = ?) "
            "ORDER BY built_at, id"
        )
        return [REPORT.unpack(row) for row in self.connection.execute(sql, (subject_id,))]

    def seen_by_hour(self, after: int, until: int) -> Sequence[tuple[str, int, int]]:
        """Counted in the index of first-seen times."""
        sql = (
            f"SELECT source_id, first_seen_at / {_HOUR} * {_HOUR}, count(*) FROM article "
            "WHERE first_seen_at > ? AND first_seen_at <= ? GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [(str(s), int(h), int(n)) for s, h, n in self.connection.execute(sql, (after, until))]

"""The auditor's findings in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from store.model_audit import AuditFinding, Finding
from store.model_notice import Notice
from store.rows import table
from store.sqlite_notice import NOTICE

FINDING = table("audit_finding", AuditFinding)


class AuditWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def note_findings(self, found: Sequence[Finding], now: int) -> list[AuditFinding]:
        """Open, seen again, over. One that comes back after it was over is told anew."""
        for one in found:
            row = AuditFinding(one.id, one.lapse, one.subject, one.message, now, now)
            self._db.execute(
                f"{FINDING.insert.replace('DO NOTHING', '')} (id) DO UPDATE SET last_at = excluded.last_at, "
                "message = excluded.message, "
                "first_at = CASE WHEN over_at IS NULL THEN first_at ELSE excluded.first_at END, "
                "told_at = CASE WHEN over_at IS NULL THEN told_at END, over_at = NULL",
                FINDING.pack(row),
            )
        self._db.execute("UPDATE audit_finding SET over_at = ? WHERE over_at IS NULL AND last_at < ?", (now, now))
        untold = self._db.execute(
            f"SELECT {FINDING.select} FROM audit_finding "
            "WHERE over_at IS NULL AND told_at IS NULL ORDER BY first_at, id"
        )
        return [FINDING.unpack(row) for row in untold]

    def findings_told(self, finding_ids: Collection[str], at: int) -> None:
        """Told since ``at``."""
        self._db.executemany("UPDATE audit_finding SET told_at = ? WHERE id = ?", [(at, i) for i in finding_ids])


class AuditReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def audit_findings(self, *, open_only: bool = True, limit: int = 500) -> list[AuditFinding]:
        """Newest first."""
        where = "over_at IS NULL" if open_only else "1"
        sql = f"SELECT {FINDING.select} FROM audit_finding WHERE {where} ORDER BY first_at DESC, id LIMIT ?"
        return [FINDING.unpack(row) for row in self.connection.execute(sql, (limit,))]

    def notices_due(self, after: tuple[int, str], until: int, limit: int) -> list[Notice]:
        """In the order of their times."""
        sql = (
            f"SELECT {NOTICE.select} FROM notice WHERE due_at <= ? AND (due_at, id) > (?, ?) "
            "ORDER BY due_at, id LIMIT ?"
        )
        return [NOTICE.unpack(row) for row in self.connection.execute(sql, (until, *after, limit))]

    def tasks_standing(self, stages: Collection[str], before: int) -> int:
        """Due or leased, and past that moment."""
        marks = ", ".join("?" * len(stages))
        sql = (
            "SELECT count(*) FROM task INDEXED BY task_open WHERE state IN ('due', 'leased') "
            f"AND stage IN ({marks}) AND ((state = 'due' AND due_at <= ?) OR (state = 'leased' AND lease_until <= ?))"
        )
        return int(self.connection.execute(sql, (*stages, before, before)).fetchone()[0])

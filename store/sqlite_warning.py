"""Early warnings and daily counts in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable

from store.model_warning import EarlyWarning, ThemeDay
from store.rows import table

WARNING = table("warning", EarlyWarning)
THEME_DAY = table("theme_day", ThemeDay)
_SLICE = 500


class WarningWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_warnings(self, warnings: Iterable[EarlyWarning]) -> set[str]:
        """Insert those not known; the ids of the new ones."""
        return {w.id for w in warnings if self._db.execute(WARNING.insert, WARNING.pack(w)).rowcount == 1}

    def put_theme_days(self, day: str, counts: Iterable[ThemeDay]) -> None:
        """In the place of what was counted before."""
        self._db.execute("DELETE FROM theme_day WHERE day = ?", (day,))
        self._db.executemany(THEME_DAY.insert, [THEME_DAY.pack(one) for one in counts if one.day == day])


class WarningReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def warning(self, warning_id: str) -> EarlyWarning | None:
        """One warning."""
        sql = f"SELECT {WARNING.select} FROM warning WHERE id = ?"
        row = self.connection.execute(sql, (warning_id,)).fetchone()
        return WARNING.unpack(row) if row else None

    def warnings(
        self, kind: str = "", limit: int = 100, before: tuple[int, str] | None = None, since: int = 0
    ) -> list[EarlyWarning]:
        """Newest first."""
        where, values = "at >= :since", {"since": since, "kind": kind, "limit": limit}
        if kind:
            where += " AND kind = :kind"
        if before:
            where += " AND (at, id) < (:at, :id)"
            values |= {"at": before[0], "id": before[1]}
        sql = f"SELECT {WARNING.select} FROM warning WHERE {where} ORDER BY at DESC, id DESC LIMIT :limit"
        return [WARNING.unpack(row) for row in self.connection.execute(sql, values)]

    def warnings_about(self, kind: str, subjects: Collection[str]) -> dict[str, list[EarlyWarning]]:
        """Oldest first."""
        ids, found = list(dict.fromkeys(subjects)), defaultdict(list)
        for first in range(0, len(ids), _SLICE):
            part = ids[first : first + _SLICE]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {WARNING.select} FROM warning WHERE kind = ? AND subject IN ({marks}) ORDER BY at, id"
            for row in self.connection.execute(sql, (kind, *part)):
                one = WARNING.unpack(row)
                found[one.subject].append(one)
        return dict(found)

    def theme_days(self, first: str, last: str) -> list[ThemeDay]:
        """By day and theme."""
        sql = f"SELECT {THEME_DAY.select} FROM theme_day WHERE day BETWEEN ? AND ? ORDER BY day, theme"
        return [THEME_DAY.unpack(row) for row in self.connection.execute(sql, (first, last))]

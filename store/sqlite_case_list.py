"""Lists of cases in SQLite: by what is due first, a page at a time, in a fixed number of queries."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from typing import Any

from store.model_case import CaseQuery
from store.model_case_list import CaseLine, CaseValues, Counts
from store.sqlite_case import CASE, CLOCK, NOW, _where

_MOST_VALUES = 300
_NO_CLOCK = 8_000_000_000_000_000  # ms; behind every due time, so that newer ones come first: minus when it was opened
_RUNS = (
    "SELECT 1 FROM case_clock AS k WHERE k.case_id = n.case_id AND k.stopped_at IS NULL AND k.paused_at IS NULL "
    "AND k.due_at <= ?"
)
_FIRST_DUE = "SELECT min(k.due_at) FROM case_clock AS k WHERE k.case_id = n.case_id AND k.stopped_at IS NULL"


class CaseListReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError

    def case_list(self, query: CaseQuery, behind: tuple[int, str] | None = None) -> list[CaseLine]:
        """By what is due first."""
        where, values = _asked(query)
        columns = ", ".join(f"n.{name}" for name in NOW.columns)
        sql = (
            f"SELECT {NOW.select}, first_due FROM (SELECT {columns}, "
            f"coalesce(({_FIRST_DUE}), {_NO_CLOCK} - n.opened_at) AS first_due FROM case_now AS n "
            f"WHERE {where}) WHERE (first_due, case_id) > (?, ?) "
            "ORDER BY first_due, case_id LIMIT ?"
        )
        found = self.connection.execute(sql, (*values, *(behind or (-1, "")), query.limit)).fetchall()
        nows = [(NOW.unpack(row[:-1]), row[-1]) for row in found]
        ids = [now.case_id for now, _ in nows]
        cases = {c.id: c for c in self._listed(CASE, "id", ids)}
        clocks: dict[str, list[Any]] = defaultdict(list)
        for clock in self._listed(CLOCK, "case_id", ids):
            clocks[clock.case_id].append(clock)
        return [CaseLine(cases[n.case_id], n, tuple(clocks[n.case_id]), (place, n.case_id)) for n, place in nows]

    def case_counts(self, query: CaseQuery) -> Counts:
        """State → how many."""
        where, values = _asked(query)
        sql = f"SELECT n.state, count(*) FROM case_now AS n WHERE {where} GROUP BY n.state"
        return dict(self.connection.execute(sql, values).fetchall())

    def case_values(self) -> CaseValues:
        """Of open cases."""
        return CaseValues(*(self._values(column) for column in ("office", "assignee", "place")))

    def _values(self, column: str) -> list[str]:
        sql = (
            f"SELECT DISTINCT {column} FROM case_now WHERE closed_at IS NULL AND merged_into IS NULL "
            f"AND {column} <> '' ORDER BY {column} LIMIT {_MOST_VALUES}"
        )
        return [row[0] for row in self.connection.execute(sql)]

    def _listed(self, table: Any, column: str, ids: list[str]) -> list[Any]:
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT {table.select} FROM {table.name} WHERE {column} IN ({marks})"
        return [table.unpack(row) for row in self.connection.execute(sql, ids)]


def _asked(query: CaseQuery) -> tuple[str, list[Any]]:
    where, values = _where(replace(query, overdue_at=None))
    if query.overdue_at is not None:
        where, values = f"{where} AND EXISTS ({_RUNS})", [*values, query.overdue_at]
    return where, values

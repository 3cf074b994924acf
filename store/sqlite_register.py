"""Registers in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence

from store.model_register import (
    CommunePlan,
    Evaluation,
    IndicatorEntry,
    PressGiven,
    ReportEntry,
    ReportParty,
    ReportPeriod,
    ReportUrge,
    UrgeIssued,
)
from store.rows import table

PERIOD = table("report_period", ReportPeriod)
PARTY = table("report_party", ReportParty)
ENTRY = table("report_entry", ReportEntry)
URGE = table("report_urge", ReportUrge)
ISSUED = table("report_urge_issued", UrgeIssued)
PLAN = table("commune_plan", CommunePlan)
INDICATOR = table("indicator_entry", IndicatorEntry)
SHEET = table("evaluation", Evaluation)
GIVEN = table("press_given", PressGiven)
_SLICE = 500


def _stands(name: str) -> str:
    """Neither taken back nor a withdrawal."""
    back = f"SELECT 1 FROM {name} AS w WHERE w.withdraws = {name}.id AND w.withdraws <> ''"
    return f"{name}.withdraws = '' AND NOT EXISTS ({back})"


class RegisterWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_report_period(self, period: ReportPeriod, parties: Sequence[ReportParty]) -> bool:
        """Open a period; a known one keeps its parties."""
        if self._db.execute(PERIOD.insert, PERIOD.pack(period)).rowcount != 1:
            return False
        rows = [[*PARTY.pack(one), place] for place, one in enumerate(parties)]
        marks = ", ".join("?" * (len(PARTY.columns) + 1))
        put = f"INSERT INTO report_party ({PARTY.select}, place) VALUES ({marks}) ON CONFLICT DO NOTHING"
        self._db.executemany(put, rows)
        return True

    def add_report_entry(self, entry: ReportEntry) -> bool:
        """A report, or a withdrawal."""
        return self._db.execute(ENTRY.insert, ENTRY.pack(entry)).rowcount == 1

    def add_report_urge(self, urge: ReportUrge) -> bool:
        """A draft."""
        return self._db.execute(URGE.insert, URGE.pack(urge)).rowcount == 1

    def add_urge_issued(self, issued: UrgeIssued) -> bool:
        """Its number, once."""
        return self._db.execute(ISSUED.insert, ISSUED.pack(issued)).rowcount == 1

    def add_commune_plan(self, plan: CommunePlan) -> bool:
        """A plan, or a withdrawal."""
        return self._db.execute(PLAN.insert, PLAN.pack(plan)).rowcount == 1

    def add_indicator_entry(self, entry: IndicatorEntry) -> bool:
        """A figure by hand, or a withdrawal."""
        return self._db.execute(INDICATOR.insert, INDICATOR.pack(entry)).rowcount == 1

    def add_evaluation(self, sheet: Evaluation) -> bool:
        """Freeze a sheet."""
        return self._db.execute(SHEET.insert, SHEET.pack(sheet)).rowcount == 1

    def add_press_given(self, given: PressGiven) -> bool:
        """A line of the ledger, or a withdrawal."""
        return self._db.execute(GIVEN.insert, GIVEN.pack(given)).rowcount == 1


class RegisterReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def report_period(self, period_id: str) -> ReportPeriod | None:
        """One period."""
        sql = f"SELECT {PERIOD.select} FROM report_period WHERE id = ?"
        row = self.connection.execute(sql, (period_id,)).fetchone()
        return PERIOD.unpack(row) if row else None

    def report_periods(self, after: int, until: int) -> list[ReportPeriod]:
        """By their due time."""
        sql = f"SELECT {PERIOD.select} FROM report_period WHERE due_at > ? AND due_at <= ? ORDER BY due_at, id"
        return [PERIOD.unpack(row) for row in self.connection.execute(sql, (after, until))]

    def report_parties(self, period_id: str) -> list[ReportParty]:
        """In order."""
        sql = f"SELECT {PARTY.select} FROM report_party WHERE period_id = ? ORDER BY place"
        return [PARTY.unpack(row) for row in self.connection.execute(sql, (period_id,))]

    def report_entries(self, period_ids: Collection[str]) -> dict[str, list[ReportEntry]]:
        """What stands."""
        ids, found = list(period_ids), defaultdict(list)
        for first in range(0, len(ids), _SLICE):
            part = ids[first : first + _SLICE]
            sql = (
                f"SELECT {ENTRY.select} FROM report_entry WHERE period_id IN ({', '.join('?' * len(part))}) "
                f"AND {_stands('report_entry')} ORDER BY day, at, id"
            )
            for row in self.connection.execute(sql, part):
                entry = ENTRY.unpack(row)
                found[entry.period_id].append(entry)
        return dict(found)

    def report_urges(self, period_id: str) -> list[tuple[ReportUrge, UrgeIssued | None]]:
        """With their numbers."""
        sql = f"SELECT {URGE.select} FROM report_urge WHERE period_id = ? ORDER BY at, id"
        urges = [URGE.unpack(row) for row in self.connection.execute(sql, (period_id,))]
        sql = (
            f"SELECT {ISSUED.select} FROM report_urge_issued WHERE urge_id IN "
            "(SELECT id FROM report_urge WHERE period_id = ?)"
        )
        issued = {one.urge_id: one for one in map(ISSUED.unpack, self.connection.execute(sql, (period_id,)))}
        return [(urge, issued.get(urge.id)) for urge in urges]

    def commune_plans(self) -> list[CommunePlan]:
        """What stands."""
        sql = f"SELECT {PLAN.select} FROM commune_plan WHERE {_stands('commune_plan')} ORDER BY commune, day, at, id"
        return [PLAN.unpack(row) for row in self.connection.execute(sql)]

    def indicator_entries(self, first_day: str, last_day: str) -> list[IndicatorEntry]:
        """What stands within the days."""
        sql = (
            f"SELECT {INDICATOR.select} FROM indicator_entry WHERE first_day >= ? AND last_day <= ? "
            f"AND {_stands('indicator_entry')} ORDER BY last_day, at, id"
        )
        return [INDICATOR.unpack(row) for row in self.connection.execute(sql, (first_day, last_day))]

    def evaluations(self, limit: int = 60) -> list[Evaluation]:
        """Newest first."""
        sql = f"SELECT {SHEET.select} FROM evaluation ORDER BY at DESC, id LIMIT ?"
        return [SHEET.unpack(row) for row in self.connection.execute(sql, (limit,))]

    def evaluation(self, evaluation_id: str) -> Evaluation | None:
        """One sheet."""
        sql = f"SELECT {SHEET.select} FROM evaluation WHERE id = ?"
        row = self.connection.execute(sql, (evaluation_id,)).fetchone()
        return SHEET.unpack(row) if row else None

    def press_given(self, after: int, until: int, limit: int = -1) -> list[PressGiven]:
        """Newest first."""
        sql = (
            f"SELECT {GIVEN.select} FROM press_given WHERE given_at > ? AND given_at <= ? "
            f"AND {_stands('press_given')} ORDER BY given_at DESC, at DESC, id LIMIT ?"
        )
        return [GIVEN.unpack(row) for row in self.connection.execute(sql, (after, until, limit))]

"""Duty, storms and the tick's look at cases in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from store.model_case import CaseClock, CaseNow, CaseRows
from store.model_roster import DutyList, DutyShift, Leave, Storm
from store.rows import table
from store.sqlite_case import CLOCK, NOW

LIST = table("duty_list", DutyList)
SHIFT = table("duty_shift", DutyShift)
LEAVE = table("duty_leave", Leave)
STORM = table("storm", Storm)
_SLICE = 500
_UNHEARD = (
    "severity = 'khan' AND received_at IS NULL AND closed_at IS NULL AND merged_into IS NULL "
    "AND next_step_at IS NULL AND acknowledged_until IS NULL AND paused_until IS NULL AND state = 'moi'"
)
_DUE = "next_alarm_at IS NOT NULL AND next_alarm_at <= ?"


class RosterWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_duty_list(self, given: DutyList, shifts: Sequence[DutyShift]) -> bool:
        """With its shifts, which hold from now on for its days."""
        if self._db.execute(LIST.insert, LIST.pack(given)).rowcount != 1:
            return False
        self._db.executemany(SHIFT.insert, map(SHIFT.pack, shifts))
        put = "INSERT INTO duty_day VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET list_id = excluded.list_id"
        self._db.executemany(put, [(day, given.id) for day in given.days])
        return True

    def add_leave(self, leave: Leave) -> bool:
        """Keep it."""
        return self._db.execute(LEAVE.insert, LEAVE.pack(leave)).rowcount == 1

    def end_leave(self, leave_id: str, by: str, at: int) -> bool:
        """Taken back."""
        sql = "UPDATE duty_leave SET ended_by = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL"
        return self._db.execute(sql, (by, at, leave_id)).rowcount == 1

    def add_storm(self, storm: Storm) -> bool:
        """Switch on."""
        return self._db.execute(STORM.insert, STORM.pack(storm)).rowcount == 1

    def end_storms(self, by: str, at: int) -> int:
        """Switch off."""
        sql = "UPDATE storm SET ended_by = ?, ended_at = ? WHERE ended_at IS NULL AND until > ?"
        return self._db.execute(sql, (by, at, at)).rowcount

    def case_versions(self, case_ids: Collection[str]) -> dict[str, int]:
        """How many events each has had."""
        ids = list(case_ids)
        found: dict[str, int] = {}
        for first in range(0, len(ids), _SLICE):
            part = ids[first : first + _SLICE]
            marks = ", ".join("?" * len(part))
            found.update(self._db.execute(f"SELECT case_id, version FROM case_now WHERE case_id IN ({marks})", part))
        return found


class RosterReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def _case_full(self, nows: Sequence[CaseNow]) -> list[CaseRows]:
        raise NotImplementedError  # of store.sqlite_case

    def duty_lists(self, limit: int = 60) -> list[DutyList]:
        """Newest first."""
        sql = f"SELECT {LIST.select} FROM duty_list ORDER BY at DESC, id DESC LIMIT ?"
        return [LIST.unpack(row) for row in self.connection.execute(sql, (limit,))]

    def duty_shifts(self, after: int, until: int) -> list[DutyShift]:
        """Of each day those of its newest list."""
        columns = ", ".join(f"s.{column}" for column in SHIFT.columns)
        sql = (
            f"SELECT {columns} FROM duty_shift AS s JOIN duty_day AS d ON d.day = s.day AND d.list_id = s.list_id "
            "WHERE s.ends_at > ? AND s.starts_at < ? ORDER BY s.starts_at, s.ends_at, s.number"
        )
        return [SHIFT.unpack(row) for row in self.connection.execute(sql, (after, until))]

    def last_duty_end(self, before: int) -> int | None:
        """When the last shift that began before ends."""
        sql = (
            "SELECT max(s.ends_at) FROM duty_shift AS s JOIN duty_day AS d ON d.day = s.day AND d.list_id = s.list_id "
            "WHERE s.starts_at < ?"
        )
        found: int | None = self.connection.execute(sql, (before,)).fetchone()[0]
        return found

    def leaves(self, after: int, until: int) -> list[Leave]:
        """Standing ones."""
        sql = (
            f"SELECT {LEAVE.select} FROM duty_leave WHERE ended_at IS NULL AND ends_at > ? AND starts_at < ? "
            "ORDER BY starts_at, at, id"
        )
        return [LEAVE.unpack(row) for row in self.connection.execute(sql, (after, until))]

    def storms(self, limit: int = 60) -> list[Storm]:
        """Newest first."""
        sql = f"SELECT {STORM.select} FROM storm ORDER BY starts_at DESC, at DESC, id LIMIT ?"
        return [STORM.unpack(row) for row in self.connection.execute(sql, (limit,))]

    def cases_to_watch(
        self, now: int, limit: int, after: tuple[int, str] = (0, "")
    ) -> list[tuple[tuple[int, str], CaseRows]]:
        """Two walks of two small indexes: what nothing watches first, then by the moment that has come."""
        nows: list[CaseNow] = []
        if after[0] == 0:
            sql = f"SELECT {NOW.select} FROM case_now WHERE {_UNHEARD} AND case_id > ? ORDER BY case_id LIMIT ?"
            nows = [NOW.unpack(row) for row in self.connection.execute(sql, (after[1], limit))]
        unheard = len(nows)
        if len(nows) < limit:
            sql = (
                f"SELECT {NOW.select} FROM case_now WHERE {_DUE} AND (next_alarm_at, case_id) > (?, ?) "
                f"AND NOT ({_UNHEARD}) ORDER BY next_alarm_at, case_id LIMIT ?"
            )
            begin = after if after[0] > 0 else (0, "")
            nows += [NOW.unpack(row) for row in self.connection.execute(sql, (now, *begin, limit - len(nows)))]
        keys = [(0 if n < unheard else one.next_alarm_at or 0, one.case_id) for n, one in enumerate(nows)]
        return list(zip(keys, self._case_full(nows), strict=True))

    def something_to_watch(self, now: int) -> bool:
        """Two look-ups."""
        first = self.connection.execute(f"SELECT 1 FROM case_now WHERE {_DUE} LIMIT 1", (now,)).fetchone()
        return bool(first or self.connection.execute(f"SELECT 1 FROM case_now WHERE {_UNHEARD} LIMIT 1").fetchone())

    def clocks_due(self, after: int, until: int) -> list[CaseClock]:
        """Once a week, so a scan is cheap enough."""
        columns = ", ".join(f"k.{column}" for column in CLOCK.columns)
        sql = (
            f"SELECT {columns} FROM case_clock AS k JOIN case_now AS n ON n.case_id = k.case_id "
            "WHERE k.due_at > ? AND k.due_at <= ? AND n.merged_into IS NULL ORDER BY k.due_at, k.case_id, k.clock"
        )
        return [CLOCK.unpack(row) for row in self.connection.execute(sql, (after, until))]

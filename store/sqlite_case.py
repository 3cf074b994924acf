"""Cases in SQLite: the reading and the writing side."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, TypeVar

from store.model_case import (
    GENESIS,
    Case,
    CaseClock,
    CaseEvent,
    CaseFile,
    CaseKind,
    CaseLink,
    CaseNow,
    CaseQuery,
    CaseRows,
    NewEvent,
    Paper,
    TimelineEntry,
    link_hash,
    payload_digest,
)
from store.rows import Table, encode_json, table

R = TypeVar("R")
CASE = table("work_case", Case)
EVENT = table("case_event", CaseEvent)
NOW = table("case_now", CaseNow)
CLOCK = table("case_clock", CaseClock)
LINK = table("case_link", CaseLink)
PAPER = table("case_paper", Paper)
FILE = table("case_file", CaseFile)
_SLICE = 500
_RUNNING = (
    "SELECT 1 FROM case_clock AS k "
    "WHERE k.case_id = n.case_id AND k.stopped_at IS NULL AND k.paused_at IS NULL AND k.due_at <= ?"
)


def _put(into: Table[Any]) -> str:
    marks = ", ".join("?" * len(into.columns))
    return f"INSERT OR REPLACE INTO {into.name} ({into.select}) VALUES ({marks})"


class _Cases:
    """Reading that both sides need; ``_case_db`` is where."""

    def _case_db(self) -> sqlite3.Connection:
        raise NotImplementedError

    def _case_full(self, nows: Sequence[CaseNow]) -> list[CaseRows]:
        ids = [n.case_id for n in nows]
        cases = {c.id: c for c in self._case_each(CASE, "id", ids, "id")}
        clocks = self._case_grouped(CLOCK, ids, "clock")
        links = self._case_grouped(LINK, ids, "added_at, target_kind, target_id")
        papers = self._case_grouped(PAPER, ids, "created_at, id")
        files = self._case_grouped(FILE, ids, "added_at, id")
        return [
            CaseRows(
                cases[i], now, tuple(clocks[i]), tuple(links[i]), tuple(papers[i]), tuple(files[i]),
            )
            for i, now in zip(ids, nows, strict=True)
        ]  # fmt: skip

    def _case_one(self, case_id: str) -> CaseRows | None:
        found = self._case_each(NOW, "case_id", [case_id], "case_id")
        return next(iter(self._case_full(list(found))), None)

    def _case_grouped(self, of: Table[Any], ids: Sequence[str], order: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for row in self._case_each(of, "case_id", ids, order):
            found[row.case_id].append(row)
        return found

    def _case_each(self, of: Table[R], column: str, values: Sequence[str], order: str) -> Iterator[R]:
        for start in range(0, len(values), _SLICE):
            part = values[start : start + _SLICE]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {of.select} FROM {of.name} WHERE {column} IN ({marks}) ORDER BY {order}"
            yield from map(of.unpack, self._case_db().execute(sql, part))


class CaseWriter(_Cases):
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def _case_db(self) -> sqlite3.Connection:
        return self._db

    def add_case(self, kind: str, origin_kind: str, origin_id: str, year: int, at: int) -> tuple[Case, bool]:
        """The case of an origin; a new one takes the next number of its year."""
        known = self._db.execute(
            f"SELECT {CASE.select} FROM work_case WHERE origin_kind = ? AND origin_id = ?", (origin_kind, origin_id)
        ).fetchone()
        if known:
            return CASE.unpack(known), False
        last = self._db.execute("SELECT max(number) FROM work_case WHERE year = ?", (year,)).fetchone()[0] or 0
        case_id = Case.make_id(origin_kind, origin_id)
        case = Case(case_id, CaseKind(kind), origin_kind, origin_id, year, last + 1, at)
        self._db.execute(CASE.insert, CASE.pack(case))
        return case, True

    def case_rows(self, case_id: str) -> CaseRows | None:
        """As it stands within this transaction."""
        return self._case_one(case_id)

    def add_case_events(self, events: Sequence[NewEvent]) -> list[CaseEvent]:
        """Events to links; BEGIN IMMEDIATE keeps the head still meanwhile."""
        seq, prev = _head(self._db)
        added = []
        for new in events:
            if self._db.execute("SELECT 1 FROM case_event WHERE id = ?", (new.id,)).fetchone():
                continue
            seq += 1
            salt, body = secrets.token_hex(32), encode_json({"actor": new.actor, **new.body})
            digest = payload_digest(salt, body)
            hashed = link_hash(prev, seq, new, digest)
            event = CaseEvent(seq, new.id, new.case_id, new.kind, new.at, digest, prev, hashed)
            self._db.execute(EVENT.insert.replace(" ON CONFLICT DO NOTHING", ""), EVENT.pack(event))
            self._db.execute("INSERT INTO case_payload VALUES (?, ?, ?)", (new.id, salt, body))
            added.append(event)
            prev = hashed
        return added

    def put_case(self, rows: CaseRows) -> None:
        """Rewrite what the events add up to."""
        parts: tuple[tuple[Table[Any], Sequence[Any]], ...] = (
            (NOW, (rows.now,)), (CLOCK, rows.clocks), (LINK, rows.links), (PAPER, rows.papers), (FILE, rows.files),
        )  # fmt: skip
        for into, records in parts:
            self._db.executemany(_put(into), map(into.pack, records))

    def erase_case_payloads(self, event_ids: Collection[str]) -> int:
        """What was said goes, with its salt; the links stay."""
        before = self._db.total_changes
        self._db.executemany("DELETE FROM case_payload WHERE event_id = ?", [(i,) for i in event_ids])
        return self._db.total_changes - before


class CaseReader(_Cases):
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def _case_db(self) -> sqlite3.Connection:
        return self.connection

    def case(self, case_id: str) -> CaseRows | None:
        """One case."""
        return self._case_one(case_id)

    def case_of(self, origin_kind: str, origin_id: str) -> Case | None:
        """The case that was opened from something."""
        found = self._case_each(CASE, "id", [Case.make_id(origin_kind, origin_id)], "id")
        return next(found, None)

    def case_numbered(self, year: int, number: int) -> Case | None:
        """By what people call it."""
        sql = f"SELECT {CASE.select} FROM work_case WHERE year = ? AND number = ?"
        found = self.connection.execute(sql, (year, number)).fetchone()
        return CASE.unpack(found) if found else None

    def case_files_with(self, body_hash: str) -> list[str]:
        """Cases with this file."""
        found = self._case_each(FILE, "body_hash", [body_hash], "case_id")
        return list(dict.fromkeys(f.case_id for f in found))

    def cases(self, query: CaseQuery) -> list[CaseRows]:
        """Newest first."""
        where, values = _where(query)
        if query.before is not None:
            where, values = f"{where} AND (n.opened_at, n.case_id) < (?, ?)", [*values, *query.before]
        sql = f"SELECT {NOW.select} FROM case_now AS n WHERE {where} ORDER BY n.opened_at DESC, n.case_id DESC LIMIT ?"
        return self._case_full([NOW.unpack(row) for row in self.connection.execute(sql, [*values, query.limit])])

    def count_cases(self, query: CaseQuery) -> int:
        """How many there are."""
        where, values = _where(query)
        found = self.connection.execute(f"SELECT count(*) FROM case_now AS n WHERE {where}", values)
        return int(found.fetchone()[0])

    def cases_linked(self, target_kind: str, target_ids: Collection[str]) -> dict[str, list[str]]:
        """Target → its cases."""
        found: dict[str, list[str]] = defaultdict(list)
        for link in self._case_each(LINK, "target_id", list(target_ids), "added_at, case_id"):
            if link.target_kind == target_kind and link.removed_at is None:
                found[link.target_id].append(link.case_id)
        return dict(found)

    def cases_to_look_at(
        self, now: int, limit: int, after: tuple[int, str] = (0, "")
    ) -> list[tuple[CaseNow, tuple[CaseClock, ...]]]:
        """Cases whose time to be looked at has come."""
        sql = (
            f"SELECT {NOW.select} FROM case_now WHERE next_alarm_at IS NOT NULL AND next_alarm_at <= ? "
            "AND (next_alarm_at, case_id) > (?, ?) ORDER BY next_alarm_at, case_id LIMIT ?"
        )
        nows = [NOW.unpack(row) for row in self.connection.execute(sql, (now, *after, limit))]
        clocks = self._case_grouped(CLOCK, [n.case_id for n in nows], "clock")
        return [(n, tuple(clocks[n.case_id])) for n in nows]

    def timeline(self, case_id: str) -> list[TimelineEntry]:
        """What happened, oldest first."""
        return self._case_entries("case_id = ?", (case_id,), -1)

    def case_events(self, after_seq: int = 0, limit: int = 1000) -> list[TimelineEntry]:
        """The chain in order."""
        return self._case_entries("seq > ?", (after_seq,), limit)

    def _case_entries(self, where: str, values: Sequence[Any], limit: int) -> list[TimelineEntry]:
        sql = (
            f"SELECT {EVENT.select}, body FROM case_event LEFT JOIN case_payload ON event_id = id "
            f"WHERE {where} ORDER BY seq LIMIT ?"
        )
        found = self.connection.execute(sql, (*values, limit))
        return [TimelineEntry(EVENT.unpack(row[:-1]), json.loads(row[-1]) if row[-1] else None) for row in found]

    def payload_salts(self, event_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Event → (salt, body as stored), of those that still say something."""
        found = {}
        for start in range(0, len(event_ids), _SLICE):
            part = event_ids[start : start + _SLICE]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT event_id, salt, body FROM case_payload WHERE event_id IN ({marks})"
            found.update({row[0]: (row[1], row[2]) for row in self.connection.execute(sql, part)})
        return found

    def stray_payloads(self, limit: int = 100) -> list[str]:
        """Payloads without a link."""
        sql = "SELECT event_id FROM case_payload WHERE event_id NOT IN (SELECT id FROM case_event) LIMIT ?"
        return [row[0] for row in self.connection.execute(sql, (limit,))]

    def cases_without_rows(self, limit: int = 100) -> list[Case]:
        """Heads of cases without what they add up to."""
        sql = f"SELECT {CASE.select} FROM work_case WHERE id NOT IN (SELECT case_id FROM case_now) LIMIT ?"
        return [CASE.unpack(row) for row in self.connection.execute(sql, (limit,))]

    def chain_head(self) -> tuple[int, str]:
        """The last link."""
        return _head(self.connection)

    def walk_cases(self, after: str = "") -> Iterator[CaseRows]:
        """All cases in id order."""
        read: Callable[[str], list[Any]] = lambda last: self.connection.execute(  # noqa: E731
            f"SELECT {NOW.select} FROM case_now WHERE case_id > ? ORDER BY case_id LIMIT {_SLICE}", (last,)
        ).fetchall()
        while rows := read(after):
            nows = [NOW.unpack(row) for row in rows]
            yield from self._case_full(nows)
            after = nows[-1].case_id


def _head(connection: sqlite3.Connection) -> tuple[int, str]:
    row = connection.execute("SELECT seq, hash FROM case_event ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def _where(query: CaseQuery) -> tuple[str, list[Any]]:
    parts: list[str] = ["1"]
    values: list[Any] = []
    if query.open is not None:
        parts.append(f"{'' if query.open else 'NOT '}(n.closed_at IS NULL AND n.merged_into IS NULL)")
    for column in ("kind", "state", "office", "assignee", "place", "severity"):
        if wanted := getattr(query, column):
            parts.append(f"n.{column} = ?")
            values.append(str(wanted))
    for column, sign, moment in (
        ("n.opened_at", ">", query.opened_after),
        ("n.opened_at", "<=", query.opened_until),
    ):
        if moment is not None:
            parts.append(f"{column} {sign} ?")
            values.append(moment)
    if query.overdue_at is not None:
        parts.append(f"EXISTS ({_RUNNING})")
        values.append(query.overdue_at)
    return " AND ".join(parts), values

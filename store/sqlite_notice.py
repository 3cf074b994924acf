"""Notices and ways of telling in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from store.model import Delivery
from store.model_notice import Notice, Reach, ReachTry
from store.rows import table

NOTICE = table("notice", Notice)
DELIVERY = table("delivery", Delivery)
REACH = table("channel_state", Reach)
_SLICE = 500
_OK = (
    "INSERT INTO channel_state (recipient, channel, ok_at, failed_at, since, error) VALUES (?, ?, ?, NULL, NULL, '') "
    "ON CONFLICT (recipient, channel) DO UPDATE SET ok_at = excluded.ok_at, since = NULL, error = ''"
)
_FAILED = (
    "INSERT INTO channel_state (recipient, channel, ok_at, failed_at, since, error) VALUES (?, ?, NULL, ?, ?, ?) "
    "ON CONFLICT (recipient, channel) DO UPDATE SET failed_at = excluded.failed_at, "
    "since = coalesce(since, excluded.since), error = excluded.error"
)


_AHEAD = (
    "stage IN ('deliver', 'notify') AND state IN ('due', 'leased') AND state = 'due' AND attempt > 0 "
    "AND due_at > CASE WHEN order_at < 1000000000 THEN :now + 60000 WHEN stage = 'deliver' THEN :now + 3660000 "
    "ELSE :now + 86460000 END"
)


class NoticeWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_notices(self, notices: Iterable[Notice]) -> set[str]:
        """Insert those not known; the ids of the new ones."""
        return {n.id for n in notices if self._db.execute(NOTICE.insert, NOTICE.pack(n)).rowcount == 1}

    def note_reach(self, tries: Iterable[ReachTry]) -> None:
        """How telling went."""
        for one in tries:
            if one.error:
                self._db.execute(_FAILED, (one.recipient, one.channel, one.at, one.at, one.error))
            else:
                self._db.execute(_OK, (one.recipient, one.channel, one.at))

    def note_receipt(self, delivery_id: str, receipt: str) -> None:
        """Proof of acceptance."""
        self._db.execute("UPDATE delivery SET receipt = ? WHERE id = ?", (receipt, delivery_id))

    def unbundle(self, delivery_id: str, now: int) -> bool:
        """Pending by itself."""
        sql = (
            "UPDATE delivery SET state = 'pending', bundled_into = '', next_try_at = ? "
            "WHERE id = ? AND state = 'bundled'"
        )
        return self._db.execute(sql, (now, delivery_id)).rowcount == 1

    def mend_ahead(self, now: int) -> int:
        """Tries that lie too far ahead are due now."""
        sql = f"UPDATE task INDEXED BY task_open SET due_at = :now WHERE {_AHEAD}"
        return self._db.execute(sql, {"now": now}).rowcount


class NoticeReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def notices(self, notice_ids: Collection[str]) -> dict[str, Notice]:
        """By id."""
        found: dict[str, Notice] = {}
        for part in _slices(notice_ids):
            sql = f"SELECT {NOTICE.select} FROM notice WHERE id IN ({_marks(part)})"
            found |= {row[0]: NOTICE.unpack(row) for row in self.connection.execute(sql, part)}
        return found

    def notices_about(self, about: str) -> list[Notice]:
        """Oldest first."""
        sql = f"SELECT {NOTICE.select} FROM notice WHERE about = ? ORDER BY created_at, id"
        return [NOTICE.unpack(row) for row in self.connection.execute(sql, (about,))]

    def untold_notices(self, until: int, limit: int) -> list[Notice]:
        """Due, and on no list: a walk of the index of due times, one look-up in the task list each."""
        sql = (
            f"SELECT {NOTICE.select} FROM notice WHERE due_at <= ? AND NOT EXISTS "
            "(SELECT 1 FROM task WHERE stage = 'notify' AND subject = notice.id) ORDER BY due_at, id LIMIT ?"
        )
        return [NOTICE.unpack(row) for row in self.connection.execute(sql, (until, limit))]

    def tries_ahead(self, now: int) -> int:
        """How many second tries lie too far ahead."""
        sql = f"SELECT count(*) FROM task INDEXED BY task_open WHERE {_AHEAD}"
        return int(self.connection.execute(sql, {"now": now}).fetchone()[0])

    def deliveries_of(self, event_ids: Collection[str]) -> dict[str, list[Delivery]]:
        """In the order they were planned."""
        return self._deliveries("event_id", event_ids)

    def deliveries_to(self, recipients: Collection[str], since: int) -> list[Delivery]:
        """Oldest first, without those in bundles."""
        found: list[Delivery] = []
        for part in _slices(recipients):
            sql = (
                f"SELECT {DELIVERY.select} FROM delivery WHERE recipient IN ({_marks(part)}) AND created_at >= ? "
                "AND state <> 'bundled'"
            )
            found += [DELIVERY.unpack(row) for row in self.connection.execute(sql, (*part, since))]
        return sorted(found, key=lambda d: (d.created_at, d.id))

    def bundled_in(self, delivery_ids: Collection[str]) -> dict[str, list[Delivery]]:
        """In the order they were planned."""
        return self._deliveries("bundled_into", delivery_ids, "AND bundled_into <> '' AND state = 'bundled'")

    def reach(self, recipient: str, channel: str) -> Reach | None:
        """One way."""
        sql = f"SELECT {REACH.select} FROM channel_state WHERE recipient = ? AND channel = ?"
        row = self.connection.execute(sql, (recipient, channel)).fetchone()
        return REACH.unpack(row) if row else None

    def reaches(self) -> list[Reach]:
        """By channel and recipient."""
        sql = f"SELECT {REACH.select} FROM channel_state ORDER BY channel, recipient"
        return [REACH.unpack(row) for row in self.connection.execute(sql)]

    def _deliveries(self, column: str, values: Collection[str], more: str = "") -> dict[str, list[Delivery]]:
        found: dict[str, list[Delivery]] = defaultdict(list)
        for part in _slices(values):
            sql = (
                f"SELECT {DELIVERY.select} FROM delivery WHERE {column} IN ({_marks(part)}) {more} "
                "ORDER BY created_at, id"
            )
            for row in self.connection.execute(sql, part):
                delivery = DELIVERY.unpack(row)
                found[getattr(delivery, column)].append(delivery)
        return dict(found)


def _slices(values: Collection[str]) -> Iterator[list[str]]:
    listed = list(values)
    for first in range(0, len(listed), _SLICE):
        yield listed[first : first + _SLICE]


def _marks(part: list[str]) -> str:
    return ", ".join("?" * len(part))

"""The embedded default: one SQLite file in WAL mode. Implements :class:`store.api.Store`.

``synchronous=FULL`` because NORMAL may lose commits at power loss; ``BEGIN IMMEDIATE`` because a deferred
transaction that turns into a write fails at once instead of waiting (docs/architecture.md, *Storage*).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from store.errors import StoreBusy, StoreError
from store.migrations import migrate_sqlite
from store.model import ChannelState, Task, TaskState
from store.sqlite_read import SqliteReader
from store.sqlite_write import CHANNEL, TASK, SqliteTransaction

BUSY_TIMEOUT_S = 15.0
PRAGMAS = (
    "PRAGMA page_size=16384",  # 42 % smaller than 4096 on a million articles
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",  # 32 MiB a connection
    "PRAGMA temp_store=MEMORY",
)

_CLAIM = f"""
    SELECT {TASK.select} FROM task INDEXED BY task_open
    WHERE stage = :stage AND state IN ('due', 'leased')
      AND ((state = 'due' AND due_at <= :now) OR (state = 'leased' AND lease_until <= :now))
    ORDER BY order_at, subject LIMIT :limit
"""


class SqliteStore(SqliteReader):
    """One connection a thread; writers take turns by SQLite's own lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        migrate_sqlite(self.connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = _connect(self.path)
            with self._guard:
                self._all.append(found)
        return found

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[SqliteTransaction]:
        """One atomic write; raises :class:`StoreBusy` when the lock is not had in time."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as bad:
            if "locked" in str(bad) or "busy" in str(bad):
                raise StoreBusy(
                    f"{self.path}: another process kept the write lock over {BUSY_TIMEOUT_S:.0f} s"
                ) from bad
            raise StoreError(f"{self.path}: {bad}; see `haidang doctor`") from bad
        try:
            transaction = SqliteTransaction(connection)
            yield transaction
            transaction.index_pending()
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk may have rolled it back already
                connection.execute("ROLLBACK")
            raise

    def claim(self, stage: str, limit: int, worker: str, now: int, lease_ms: int, *, alone: bool = False) -> list[Task]:
        """Lease due tasks in order; ``alone``: none while another claim of this stage is still leased."""
        with self.transaction():
            cursor = self.connection
            if alone:
                held = cursor.execute(
                    "SELECT 1 FROM task INDEXED BY task_open WHERE stage = ? AND state = 'leased' "
                    "AND lease_until > ? AND state IN ('due', 'leased') LIMIT 1",
                    (stage, now),
                ).fetchone()
                if held:
                    return []
            rows = cursor.execute(_CLAIM, {"stage": stage, "now": now, "limit": limit}).fetchall()
            tasks = [_leased(TASK.unpack(row), worker, now + lease_ms) for row in rows]
            cursor.executemany(
                "UPDATE task SET state = 'leased', attempt = ?, lost = ?, lease_until = ?, worker = ? "
                "WHERE stage = ? AND subject = ? AND version = ?",
                [(t.attempt, t.lost, t.lease_until, worker, t.stage, t.subject, t.version) for t in tasks],
            )
        return tasks

    def claim_channels(self, now: int, limit: int, lease_ms: int) -> list[ChannelState]:
        """Lease channels that are due, the longest overdue first."""
        with self.transaction():
            rows = self.connection.execute(
                f"SELECT {CHANNEL.select} FROM channel WHERE next_due_at <= ? AND lease_until <= ? "
                "ORDER BY next_due_at, url LIMIT ?",
                (now, now, limit),
            ).fetchall()
            found = [CHANNEL.unpack(row) for row in rows]
            self.connection.executemany(
                "UPDATE channel SET lease_until = ? WHERE url = ?", [(now + lease_ms, c.url) for c in found]
            )
        return found

    def release_leases(self, worker: str) -> int:
        """Give back at once what that worker held ("" = all); only for a caller who knows that it is gone."""
        with self.transaction():
            held = self.connection.execute(
                "UPDATE task INDEXED BY task_open SET state = 'due', lease_until = 0, lost = lost + 1 "
                "WHERE state = 'leased' AND state IN ('due', 'leased') AND (worker = ? OR ? = '')",
                (worker, worker),
            ).rowcount
        return held + (self.release_channels() if worker == "" else 0)

    def release_channels(self) -> int:
        """Give back every channel's lease."""
        with self.transaction():
            return self.connection.execute("UPDATE channel SET lease_until = 0 WHERE lease_until > 0").rowcount

    def revive(self, stage: str | None, now: int) -> int:
        """Dead tasks back on the list with attempt 0."""
        with self.transaction():
            return self.connection.execute(
                "UPDATE task SET state = 'due', attempt = 0, tries = 0, lost = 0, due_at = ?, outcome = NULL, "
                "finished_at = NULL WHERE state = 'dead' AND (? IS NULL OR stage = ?)",
                (now, stage, stage),
            ).rowcount


def open_store(path: Path) -> SqliteStore:
    """Open or create the database and bring it up to date. Raises :class:`store.errors.SchemaMismatch`."""
    return SqliteStore(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except sqlite3.DatabaseError as bad:
        connection.close()
        if "readonly" in str(bad) or "unable to open" in str(bad):
            raise StoreError(
                f"{path}: no permission to write here ({bad}); mend the permissions of the folder"
            ) from bad
        raise StoreError(f"{path}: not a database that can be opened ({bad}); see `haidang doctor`") from bad
    return connection


def _leased(task: Task, worker: str, until: int) -> Task:
    lost = task.lost + (task.state is TaskState.LEASED)  # its lease ran out: whoever held it never answered
    return replace(task, state=TaskState.LEASED, attempt=task.attempt + 1, lost=lost, lease_until=until, worker=worker)

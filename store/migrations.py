"""Ordered plain-SQL migrations; each runs with its own record in one transaction, so a crash leaves whole steps."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.errors import SchemaMismatch

FOLDER = Path(__file__).resolve().parent / "sql"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, its name, its SQL."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """sha256 of the SQL; a released step is never edited."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(backend: str) -> list[Migration]:
    """All steps of a backend in order. File names are ``NNNN_name.sql``."""
    files = sorted((FOLDER / backend).glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [Migration(int(f.name[:4]), f.stem[5:], f.read_text(encoding="utf-8")) for f in files]


def migrate_sqlite(connection: sqlite3.Connection) -> list[str]:
    """Bring the database up to date; names of the steps taken. Raises :class:`SchemaMismatch` if it is newer."""
    steps = migrations("sqlite")
    taken: list[str] = []
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone():
        known = dict(connection.execute("SELECT number, checksum FROM migration"))
        _refuse_strangers(known, steps)
        if len(known) == len(steps):  # the usual case: nothing to do, and no lock to wait for
            return taken
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)"
    )
    for step in steps:
        connection.execute("BEGIN IMMEDIATE")  # so that two processes starting together take turns
        try:
            done = dict(connection.execute("SELECT number, checksum FROM migration"))
            _refuse_strangers(done, steps)
            if step.number not in done:
                for statement in split_statements(step.sql):
                    connection.execute(statement)
                record = (step.number, step.name, step.checksum)
                connection.execute("INSERT INTO migration VALUES (?, ?, ?)", record)
                taken.append(step.name)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return taken


def _refuse_strangers(done: dict[int, str], steps: list[Migration]) -> None:
    known = {step.number: step.checksum for step in steps}
    for number, checksum in done.items():
        if number not in known:
            raise SchemaMismatch(
                f"the database has migration {number}, which this program does not know: it was made by a newer "
                "version; install that version, or restore the backup made before the upgrade"
            )
        if known[number] != checksum:
            raise SchemaMismatch(
                f"migration {number} was changed after this database was made; install the version that made it"
            )


def split_statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one (``executescript`` would commit in between)."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""

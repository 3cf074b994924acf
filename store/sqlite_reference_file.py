"""Originals that were taken, in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3

from store.model_reference_file import ReferenceTaken
from store.rows import table

TAKEN = table("reference_taken", ReferenceTaken)


class ReferenceFileWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_reference_taken(self, taken: ReferenceTaken) -> bool:
        """Who takes a file; False when it is known."""
        return self._db.execute(TAKEN.insert, TAKEN.pack(taken)).rowcount == 1


class ReferenceFileReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def references_taken(self, reference_id: str = "", limit: int = 200) -> list[ReferenceTaken]:
        """Of one version, or of all; newest first."""
        sql = f"SELECT {TAKEN.select} FROM reference_taken WHERE ? IN ('', reference_id) ORDER BY at DESC, id LIMIT ?"
        return [TAKEN.unpack(row) for row in self.connection.execute(sql, (reference_id, limit))]

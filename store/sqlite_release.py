"""Edits and releases of digests in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from store.model_release import DigestEdit, DigestRelease
from store.rows import table

EDIT = table("digest_edit", DigestEdit)
RELEASE = table("digest_release", DigestRelease)
_SLICE = 500


class ReleaseWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_digest_edit(self, edit: DigestEdit) -> bool:
        """Append, unless the number is taken or the digest released."""
        if self._db.execute("SELECT 1 FROM digest_release WHERE digest_id = ?", (edit.digest_id,)).fetchone():
            return False
        return self._db.execute(EDIT.insert, EDIT.pack(edit)).rowcount == 1

    def add_digest_release(self, release: DigestRelease) -> bool:
        """The first one stays."""
        return self._db.execute(RELEASE.insert, RELEASE.pack(release)).rowcount == 1


class ReleaseReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def digest_edits(self, digest_id: str) -> list[DigestEdit]:
        """By number."""
        sql = f"SELECT {EDIT.select} FROM digest_edit WHERE digest_id = ? ORDER BY number"
        return [EDIT.unpack(row) for row in self.connection.execute(sql, (digest_id,))]

    def digest_release(self, digest_id: str) -> DigestRelease | None:
        """Of one digest."""
        return self.digest_releases([digest_id]).get(digest_id)

    def digest_releases(self, digest_ids: Collection[str]) -> dict[str, DigestRelease]:
        """Those that were released."""
        ids = list(dict.fromkeys(digest_ids))
        found: dict[str, DigestRelease] = {}
        for first in range(0, len(ids), _SLICE):
            part = ids[first : first + _SLICE]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {RELEASE.select} FROM digest_release WHERE digest_id IN ({marks})"
            for row in self.connection.execute(sql, part):
                one = RELEASE.unpack(row)
                found[one.digest_id] = one
        return found

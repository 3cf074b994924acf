"""Unmaskings and consents in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3

from store.model_reading import Consent, Purpose, Unmasking
from store.rows import table

UNMASKING = table("unmasking", Unmasking)
CONSENT = table("consent", Consent)


class ReadingWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_unmasking(self, row: Unmasking) -> bool:
        """Append; False when that form was used before."""
        return self._db.execute(UNMASKING.insert, UNMASKING.pack(row)).rowcount == 1

    def add_consent(self, row: Consent) -> bool:
        """Append; False when a row of that id exists."""
        return self._db.execute(CONSENT.insert, CONSENT.pack(row)).rowcount == 1

    def withdraw_consent(self, consent_id: str, by: str, reason: str, at: int) -> bool:
        """Ended, and the pupil's name blanked; False when it is not in force (any more)."""
        # The page is rewritten without the old bytes; without this they stay in its free space.
        self._db.execute("PRAGMA secure_delete=ON").fetchall()
        done = self._db.execute(
            "UPDATE consent SET pupil = '', pupil_class = '', school = '', withdrawn_by = ?, withdrawn_reason = ?, "
            "withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
            (by, reason, at, consent_id),
        )
        self._db.execute("PRAGMA secure_delete=OFF").fetchall()
        return done.rowcount == 1


class ReadingReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def unmaskings(self, article_id: str | None = None, limit: int = 200) -> list[Unmasking]:
        """Newest first; of one article, or of all."""
        where = "" if article_id is None else "WHERE article_id = :article"
        sql = f"SELECT {UNMASKING.select} FROM unmasking {where} ORDER BY at DESC, id LIMIT :limit"
        return [UNMASKING.unpack(row) for row in self.connection.execute(sql, {"article": article_id, "limit": limit})]

    def consent(self, consent_id: str) -> Consent | None:
        """One consent."""
        row = self.connection.execute(f"SELECT {CONSENT.select} FROM consent WHERE id = ?", (consent_id,)).fetchone()
        return CONSENT.unpack(row) if row else None

    def consents(
        self, purpose: Purpose | None = None, *, withdrawn: bool = False, limit: int = 10_000
    ) -> list[Consent]:
        """Oldest first."""
        sql = (
            f"SELECT {CONSENT.select} FROM consent WHERE (:purpose IS NULL OR purpose = :purpose) "
            "AND (:withdrawn OR withdrawn_at IS NULL) ORDER BY at, id LIMIT :limit"
        )
        asked = {"purpose": purpose and purpose.value, "withdrawn": withdrawn, "limit": limit}
        return [CONSENT.unpack(row) for row in self.connection.execute(sql, asked)]

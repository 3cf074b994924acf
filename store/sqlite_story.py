"""Persons' decisions about stories in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from store.model_story import StoryDecision
from store.rows import table

DECISION = table("story_decision", StoryDecision)

STANDS = "version NOT IN (SELECT id FROM story_decision WHERE undone_at IS NOT NULL)"
"""Of a membership: the decision that wrote it was not undone."""

_MERGED = """
    WITH RECURSIVE merged (id) AS (
        SELECT id FROM story WHERE redirect_to = :story
        UNION SELECT story.id FROM story JOIN merged ON story.redirect_to = merged.id
    )
    SELECT story.id FROM story JOIN merged ON merged.id = story.id WHERE story.id <> :story
    ORDER BY story.created_at, story.id
"""


class StoryWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def set_redirect(self, story_id: str, to: str | None) -> None:
        """Merge into another story, or stand alone again."""
        self._db.execute("UPDATE story SET redirect_to = ? WHERE id = ?", (to, story_id))

    def add_story_decision(self, decision: StoryDecision) -> None:
        """Append."""
        self._db.execute(DECISION.insert, DECISION.pack(decision))

    def undo_story_decision(self, decision_id: str, by: str, reason: str, at: int) -> bool:
        """A named person takes it back; False when it does not stand (any more)."""
        done = self._db.execute(
            "UPDATE story_decision SET undone_by = ?, undone_reason = ?, undone_at = ? "
            "WHERE id = ? AND undone_at IS NULL",
            (by, reason, at, decision_id),
        )
        return done.rowcount == 1


class StoryReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def story_decisions(self, story_id: str | None = None, limit: int = 200) -> list[StoryDecision]:
        """Newest first; with ``story_id`` those that touched it on either side."""
        where = "WHERE :story IS NULL OR story_id = :story OR into_id = :story"
        sql = f"SELECT {DECISION.select} FROM story_decision {where} ORDER BY at DESC, id LIMIT :limit"
        return [DECISION.unpack(row) for row in self.connection.execute(sql, {"story": story_id, "limit": limit})]

    def story_decision(self, decision_id: str) -> StoryDecision | None:
        """One decision."""
        sql = f"SELECT {DECISION.select} FROM story_decision WHERE id = ?"
        row = self.connection.execute(sql, (decision_id,)).fetchone()
        return DECISION.unpack(row) if row else None

    def merged_into(self, story_ids: Collection[str]) -> dict[str, list[str]]:
        """For each story, those that merges lead to it from, however far; stories without any are absent."""
        found = {}
        for story_id in story_ids:
            if ids := [row[0] for row in self.connection.execute(_MERGED, {"story": story_id})]:
                found[story_id] = ids
        return found

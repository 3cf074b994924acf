"""The writing side of the SQLite backend: everything here happens inside one ``BEGIN IMMEDIATE``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from store.errors import LeaseLost
from store.model import (
    Article,
    ChannelState,
    Delivery,
    DeliveryState,
    Digest,
    DigestEntry,
    Fetch,
    Judgement,
    Membership,
    NewTask,
    Problem,
    Revision,
    Story,
    StoryKey,
    Task,
)
from store.rows import Table, table
from store.sqlite_audit import AuditWriter
from store.sqlite_candidate import CandidateWriter
from store.sqlite_case import CaseWriter
from store.sqlite_crawl import CrawlWriter
from store.sqlite_notice import NoticeWriter
from store.sqlite_reading import ReadingWriter
from store.sqlite_reference import ReferenceWriter
from store.sqlite_register import RegisterWriter
from store.sqlite_release import ReleaseWriter
from store.sqlite_report import ReportWriter
from store.sqlite_roster import RosterWriter
from store.sqlite_search import SearchWriter
from store.sqlite_story import StoryWriter
from store.sqlite_warning import WarningWriter

CHANNEL = table("channel", ChannelState)
FETCH = table("fetch", Fetch)
ARTICLE = table("article", Article)
REVISION = table("revision", Revision)
PROBLEM = table("problem", Problem)
JUDGEMENT = table("judgement", Judgement)
STORY = table("story", Story)
MEMBERSHIP = table("membership", Membership)
STORY_KEY = table("story_key", StoryKey)
DIGEST = table("digest", Digest, "entries")
ENTRY = table("digest_entry", DigestEntry)
DELIVERY = table("delivery", Delivery)
TASK = table("task", Task)

SEQ_STEP = 1024  # articles first seen within one millisecond; more than that spill into the next

_FINISH = (
    "UPDATE task SET state = ?, outcome = ?, message = ?, finished_at = ?, due_at = ?, tries = ?, lost = 0, "
    "lease_until = 0 "
    "WHERE stage = ? AND subject = ? AND version = ? AND attempt = ? AND state = 'leased'"
)


class SqliteTransaction(
    CrawlWriter,
    ReadingWriter,
    SearchWriter,
    StoryWriter,
    ReferenceWriter,
    CandidateWriter,
    CaseWriter,
    NoticeWriter,
    RegisterWriter,
    ReportWriter,
    ReleaseWriter,
    RosterWriter,
    AuditWriter,
    WarningWriter,
):
    """See :class:`store.api.Transaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._db = connection

    # tasks ──────────────────────────────────────────────────────────────────────────────────────────

    def fence(self, tasks: Sequence[Task]) -> set[tuple[str, str, str]]:
        """Keys of the tasks that this claim still holds."""
        held = set()
        for t in tasks:
            row = self._db.execute(
                "SELECT 1 FROM task WHERE stage = ? AND subject = ? AND version = ? AND attempt = ? "
                "AND state = 'leased'",
                (t.stage, t.subject, t.version, t.attempt),
            ).fetchone()
            if row:
                held.add((t.stage, t.subject, t.version))
        return held

    def finish(self, task: Task, outcome: str, message: str, now: int) -> None:
        """Done, with its one outcome."""
        self._close(task, ("done", outcome, message, now, task.due_at, task.tries))

    def retry(self, task: Task, due_at: int, message: str, *, failed: bool = True) -> None:
        """Back to due, not before ``due_at``; ``failed=False``: it only waits."""
        self._close(task, ("due", None, message, None, due_at, task.tries + 1 if failed else 0))

    def bury(self, task: Task, outcome: str, message: str, now: int) -> None:
        """Dead until a person revives it."""
        self._close(task, ("dead", outcome, message, now, task.due_at, task.tries))

    def _close(self, task: Task, values: tuple[Any, ...]) -> None:
        key = (task.stage, task.subject, task.version, task.attempt)
        if self._db.execute(_FINISH, (*values, *key)).rowcount != 1:
            raise LeaseLost(f"task {task.stage}/{task.subject}: attempt {task.attempt} was taken over; nothing written")
        if values[1] is not None:
            self._note_end(task, values[1])

    def add_tasks(self, tasks: Iterable[NewTask], now: int) -> int:
        """Put on the list; how many were new."""
        before = self._db.total_changes
        self._db.executemany(
            "INSERT INTO task (stage, subject, version, state, order_at, due_at, attempt, tries, lost, lease_until, "
            "worker, outcome, message, created_at, finished_at) "
            "VALUES (?, ?, ?, 'due', ?, ?, 0, 0, 0, 0, '', NULL, '', ?, NULL) ON CONFLICT DO NOTHING",
            [(t.stage, t.subject, t.version, t.order_at, t.due_at, now) for t in tasks],
        )
        return self._db.total_changes - before

    # rows ───────────────────────────────────────────────────────────────────────────────────────────

    def _insert(self, into: Table[Any], records: Iterable[Any]) -> None:
        self._db.executemany(into.insert, map(into.pack, records))

    def add_fetch(self, fetch: Fetch) -> None:
        """Append an attempt."""
        self._insert(FETCH, [fetch])

    def add_articles(self, articles: Iterable[Article]) -> set[str]:
        """Insert those not known, each with the next place in time order; the ids of the new ones."""
        new = set()
        sql = f"INSERT INTO article (seq, {ARTICLE.select}) VALUES (?{', ?' * len(ARTICLE.columns)})"
        known = "SELECT 1 FROM article WHERE id = ? OR canonical_url = ?"
        for article in articles:
            if self._db.execute(known, (article.id, article.canonical_url)).fetchone() is None:
                self._db.execute(sql, (self._next_seq(article.first_seen_at), *ARTICLE.pack(article)))
                new.add(article.id)
        return new

    def _next_seq(self, at: int) -> int:
        while True:
            low, high = at * SEQ_STEP, (at + 1) * SEQ_STEP
            top = self._db.execute("SELECT max(seq) FROM article WHERE seq >= ? AND seq < ?", (low, high)).fetchone()[0]
            if top is None:
                return low
            if top + 1 < high:
                return int(top) + 1
            at += 1

    def add_revisions(self, revisions: Iterable[Revision]) -> set[str]:
        """Insert those not known; the ids of the new ones."""
        insert, new = REVISION.insert, set()
        for revision in revisions:
            if self._db.execute(insert, REVISION.pack(revision)).rowcount == 1:
                self._note_revision(revision)
                new.add(revision.id)
        return new

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Append."""
        self._insert(PROBLEM, problems)

    def add_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Insert; never overwritten."""
        insert = JUDGEMENT.insert
        for judgement in judgements:
            if self._db.execute(insert, JUDGEMENT.pack(judgement)).rowcount == 1:
                self._note_judgement(judgement)

    def add_grouping(
        self, stories: Iterable[Story], memberships: Iterable[Membership], keys: Iterable[StoryKey]
    ) -> None:
        """Stories, memberships and look-up keys of newly grouped articles."""
        self._insert(STORY, stories)
        self._insert(MEMBERSHIP, memberships)
        self._insert(STORY_KEY, keys)

    def add_digest(self, digest: Digest) -> bool:
        """Insert with its entries; False when it exists."""
        if self._db.execute("SELECT 1 FROM digest WHERE id = ?", (digest.id,)).fetchone():
            return False
        self._insert(DIGEST, [digest])
        marks = ", ".join("?" * (len(ENTRY.columns) + 1))
        self._db.executemany(
            f"INSERT INTO digest_entry (digest_id, {ENTRY.select}) VALUES ({marks})",
            [(digest.id, *ENTRY.pack(entry)) for entry in digest.entries],
        )
        return True

    def add_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """Insert those not known."""
        self._insert(DELIVERY, deliveries)

    def set_delivery(
        self,
        delivery_id: str,
        state: DeliveryState,
        *,
        attempts: int,
        next_try_at: int | None,
        sent_at: int | None,
        error: str,
    ) -> None:
        """Move a delivery on; what was sent stays sent."""
        self._db.execute(
            "UPDATE delivery SET state = ?, attempts = ?, next_try_at = ?, sent_at = ?, error = ? "
            "WHERE id = ? AND state <> 'sent'",
            (str(state), attempts, next_try_at, sent_at, error, delivery_id),
        )

    def upsert_channels(self, channels: Iterable[ChannelState]) -> None:
        """Insert or replace run-time state."""
        sql = CHANNEL.insert.replace("INSERT INTO", "INSERT OR REPLACE INTO").replace(" ON CONFLICT DO NOTHING", "")
        self._db.executemany(sql, map(CHANNEL.pack, channels))

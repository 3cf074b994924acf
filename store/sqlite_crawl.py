"""Collection's half of the SQLite backend: hosts, aliases, sightings, deletions, health, disclosures."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from store.model import (
    Absence,
    Alias,
    Disclosure,
    ErasureReview,
    Fetch,
    HealthAlert,
    HostState,
    ReviewState,
    Revision,
    Sighting,
)
from store.rows import Table, table

FETCH = table("fetch", Fetch)
REVISION = table("revision", Revision)
HOST = table("host", HostState)
ALIAS = table("alias", Alias)
SIGHTING = table("sighting", Sighting)
ABSENCE = table("absence", Absence)
REVIEW = table("erasure_review", ErasureReview)
ALERT = table("health_alert", HealthAlert)
DISCLOSURE = table("disclosure", Disclosure)

R = TypeVar("R")


class CrawlWriter:
    """Writing methods; everything happens inside the transaction of the subclass."""

    _db: sqlite3.Connection

    def _insert(self, into: Table[Any], records: Iterable[Any]) -> None:
        raise NotImplementedError

    def hosts(self, names: Collection[str]) -> dict[str, HostState]:
        """Read for change: nobody else writes these rows before this transaction ends."""
        found = {}
        for name in names:
            row = self._db.execute(f"SELECT {HOST.select} FROM host WHERE name = ?", (name,)).fetchone()
            found[name] = HOST.unpack(row) if row else HostState(name)
        return found

    def set_hosts(self, hosts: Iterable[HostState]) -> None:
        """Insert or replace."""
        self._db.executemany(
            "INSERT INTO host (name, next_at, paused_until, why, gap_ms) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at, paused_until = excluded.paused_until, "
            "why = excluded.why, gap_ms = excluded.gap_ms",
            [HOST.pack(host) for host in hosts],
        )

    def aliases(self, canonical_urls: Collection[str]) -> dict[str, str]:
        """canonical URL → id of the article that it is another address of."""
        sql, found = "SELECT article_id FROM alias WHERE canonical_url = ?", {}
        for url in canonical_urls:
            if (row := self._db.execute(sql, (url,)).fetchone()) is not None:
                found[url] = str(row[0])
        return found

    def add_aliases(self, aliases: Iterable[Alias]) -> None:
        """The first article that claims an address keeps it; an address that is an article's own is never taken."""
        marks = ", ".join("?" * len(ALIAS.columns))
        for one in aliases:
            self._db.execute(
                f"INSERT INTO alias ({ALIAS.select}) SELECT {marks} WHERE NOT EXISTS "
                "(SELECT 1 FROM article WHERE canonical_url = ?) ON CONFLICT DO NOTHING",
                (*ALIAS.pack(one), one.canonical_url),
            )

    def add_sightings(self, sightings: Iterable[Sighting]) -> None:
        """Append; the first sighting of an article in a channel stays."""
        self._insert(SIGHTING, sightings)

    def add_absences(self, absences: Iterable[Absence]) -> None:
        """Append; while one of an article is open, a second is a no-op."""
        for one in absences:
            self._db.execute(
                f"INSERT INTO absence ({ABSENCE.select}) SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS "
                "(SELECT 1 FROM absence WHERE article_id = ? AND back_at IS NULL) ON CONFLICT DO NOTHING",
                (*ABSENCE.pack(one), one.article_id),
            )

    def end_absence(self, article_id: str, back_at: int) -> None:
        """The page was there again."""
        self._db.execute(
            "UPDATE absence SET back_at = ? WHERE article_id = ? AND back_at IS NULL AND noticed_at <= ?",
            (back_at, article_id, back_at),
        )

    def add_erasure_reviews(self, reviews: Iterable[ErasureReview]) -> None:
        """Append; while one of an article is open, a second is a no-op."""
        marks = ", ".join("?" * len(REVIEW.columns))
        for one in reviews:
            self._db.execute(
                f"INSERT INTO erasure_review ({REVIEW.select}) SELECT {marks} WHERE NOT EXISTS "
                "(SELECT 1 FROM erasure_review WHERE article_id = ? AND state = 'open') ON CONFLICT DO NOTHING",
                (*REVIEW.pack(one), one.article_id),
            )

    def decide_erasure(self, review_id: str, state: ReviewState, by: str, reason: str, at: int) -> bool:
        """A named person's decision; False when the review is not open (any more)."""
        changed = self._db.execute(
            "UPDATE erasure_review SET state = ?, decided_by = ?, reason = ?, decided_at = ? "
            "WHERE id = ? AND state = 'open'",
            (str(state), by, reason, at, review_id),
        )
        return changed.rowcount == 1

    def add_alerts(self, alerts: Iterable[HealthAlert]) -> None:
        """Open; while one of this source and kind is open, a second is a no-op."""
        marks = ", ".join("?" * len(ALERT.columns))
        for one in alerts:
            self._db.execute(
                f"INSERT INTO health_alert ({ALERT.select}) SELECT {marks} WHERE NOT EXISTS (SELECT 1 FROM "
                "health_alert WHERE source_id = ? AND kind = ? AND closed_at IS NULL) ON CONFLICT DO NOTHING",
                (*ALERT.pack(one), one.source_id, str(one.kind)),
            )

    def close_alert(self, alert_id: str, at: int) -> None:
        """It is over."""
        self._db.execute("UPDATE health_alert SET closed_at = ? WHERE id = ? AND closed_at IS NULL", (at, alert_id))

    def add_disclosures(self, disclosures: Iterable[Disclosure]) -> None:
        """Append to the log of what was handed out."""
        self._insert(DISCLOSURE, disclosures)


class CrawlReader:
    """Reading methods; ``connection`` and the helpers come from the subclass."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError

    def _by(self, of: Table[R], column: str, values: Collection[Any], tail: str = "") -> Iterator[R]:
        raise NotImplementedError

    def _where(self, of: Table[R], where: str, *values: Any) -> list[R]:
        raise NotImplementedError

    def hosts(self) -> list[HostState]:
        """Every host that was ever asked."""
        return self._where(HOST, "ORDER BY name")

    def aliases(self, canonical_urls: Collection[str]) -> dict[str, str]:
        """canonical URL → id of the article that it is another address of."""
        return {one.canonical_url: one.article_id for one in self._by(ALIAS, "canonical_url", canonical_urls)}

    def aliases_of(self, article_ids: Collection[str]) -> dict[str, list[Alias]]:
        """Other addresses of each article, oldest first."""
        found: dict[str, list[Alias]] = defaultdict(list)
        for one in self._by(ALIAS, "article_id", article_ids, "ORDER BY article_id, at, canonical_url"):
            found[one.article_id].append(one)
        return dict(found)

    def sightings(self, source_id: str, after: int, until: int) -> list[Sighting]:
        """First sightings in (after, until], oldest first."""
        where = "WHERE source_id = ? AND first_at > ? AND first_at <= ? ORDER BY first_at, article_id, channel"
        return self._where(SIGHTING, where, source_id, after, until)

    def absences(self, after: int, until: int, limit: int = 200) -> list[Absence]:
        """Deletions noticed in (after, until], newest first."""
        where = "WHERE noticed_at > ? AND noticed_at <= ? ORDER BY noticed_at DESC, article_id LIMIT ?"
        return self._where(ABSENCE, where, after, until, limit)

    def absences_of(self, article_ids: Collection[str]) -> dict[str, list[Absence]]:
        """Deletions of these articles, oldest first."""
        found: dict[str, list[Absence]] = defaultdict(list)
        for one in self._by(ABSENCE, "article_id", article_ids, "ORDER BY article_id, noticed_at"):
            found[one.article_id].append(one)
        return dict(found)

    def erasure_reviews(self, state: ReviewState | None = None, limit: int = 200) -> list[ErasureReview]:
        """Reviews in that state (or all), oldest first."""
        if state is None:
            return self._where(REVIEW, "ORDER BY opened_at, id LIMIT ?", limit)
        return self._where(REVIEW, "WHERE state = ? ORDER BY opened_at, id LIMIT ?", str(state), limit)

    def open_alerts(self) -> list[HealthAlert]:
        """What is wrong now, the oldest first."""
        return self._where(ALERT, "WHERE closed_at IS NULL ORDER BY opened_at, id")

    def alerts(self, limit: int = 200, source_id: str | None = None) -> list[HealthAlert]:
        """Newest first, the closed ones too."""
        where = "WHERE ? IS NULL OR source_id = ? ORDER BY opened_at DESC, id LIMIT ?"
        return self._where(ALERT, where, source_id, source_id, limit)

    def alert(self, alert_id: str) -> HealthAlert | None:
        """One alert."""
        return next(iter(self._where(ALERT, "WHERE id = ?", alert_id)), None)

    def disclosures(self, article_id: str | None = None, limit: int = 200) -> list[Disclosure]:
        """What was handed out, newest first."""
        where = "WHERE ? IS NULL OR article_id = ? ORDER BY at DESC, id LIMIT ?"
        return self._where(DISCLOSURE, where, article_id, article_id, limit)

    def arrivals(self, source_ids: Collection[str], after: int, until: int) -> dict[str, list[int]]:
        """source id → when its articles were first seen, in (after, until], oldest first."""
        found: dict[str, list[int]] = {}
        for source_id in source_ids:
            rows = self.connection.execute(
                "SELECT first_seen_at FROM article INDEXED BY article_source "
                "WHERE source_id = ? AND first_seen_at > ? AND first_seen_at <= ? ORDER BY first_seen_at",
                (source_id, after, until),
            )
            found[source_id] = [at for (at,) in rows]
        return found

    def newest_pages(self, source_id: str, until: int, limit: int) -> list[Revision]:
        """The newest article pages of a source as read, one an article, newest first."""
        columns = ", ".join(f"r.{column}" for column in REVISION.columns)
        rows = self.connection.execute(
            f"SELECT {columns}, MAX(r.seen_at) FROM (SELECT id FROM article INDEXED BY article_source "
            "WHERE source_id = ? AND first_seen_at <= ? ORDER BY first_seen_at DESC LIMIT ?) a "
            "JOIN revision r ON r.article_id = a.id AND r.basis = 'page' AND r.seen_at <= ? "
            "GROUP BY r.article_id ORDER BY MAX(r.seen_at) DESC, r.article_id",
            (source_id, until, 2 * limit, until),
        )
        return [REVISION.unpack(row[:-1]) for row in rows.fetchmany(limit)]

    def inbox(self, limit: int, before: int | None = None) -> list[Fetch]:
        """What staff brought in, newest first, older than ``before``."""
        where = "INDEXED BY fetch_inbox WHERE kind = 'inbox' AND started_at < ? ORDER BY started_at DESC, id LIMIT ?"
        return self._where(FETCH, where, before if before is not None else 1 << 62, limit)

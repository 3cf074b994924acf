"""An invented press in a real store, and the desk over it with a clock that stands still."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from alerts.digest import build_digest, window
from config.settings import Settings
from desk.app import build_app
from store.blobs import BodyStore
from store.model import (
    Article,
    Basis,
    ChannelState,
    Digest,
    Fetch,
    FetchKind,
    FetchOutcome,
    Judgement,
    JudgementKind,
    Membership,
    NewTask,
    Relation,
    Revision,
    Story,
)
from store.sqlite import SqliteStore, open_store

DAY = datetime.date(2026, 11, 20)
MINUTE, HOUR = 60_000, 3_600_000
NOW = window(DAY)[1] + 2 * HOUR  # 08:30 on the day of the digest
LABELS = {"edu": "core", "hp": "direct", "tone": "neu", "stance": "none", "kind": "news", "rumour": "none"}
FEED = "https://bao-cang.example/rss/giao-duc.rss"

SOURCE = """\
id: bao_cang
name: Báo Cảng Biển
outlet: Báo Cảng Biển
kind: city_press
enabled: true
owner: Văn phòng Sở
channels:
  - kind: feed
    url: https://bao-cang.example/rss/giao-duc.rss
    every_minutes: 30
  - kind: feed
    url: https://bao-cang.example/rss/moi-nhat.rss
"""


@dataclass
class Press:
    """Writes rows as the earlier stages would have left them."""

    store: SqliteStore
    bodies: BodyStore
    settings: Settings
    clock: int = field(default_factory=lambda: window(DAY)[0])
    count: int = 0
    stories: dict[str, str] = field(default_factory=dict)

    def article(
        self,
        title: str,
        lead: str = "",
        body: str = "",
        *,
        outlet: str = "Báo Cảng Biển",
        url: str = "",
        basis: Basis = Basis.PAGE,
        outcome: str | None = "relevant",
        why: str = "Nói về giáo dục mầm non, phổ thông; việc ở Hải Phòng (Lê Chân).",
        story: str = "",
        relation: Relation = Relation.ORIGINAL,
        at: int | None = None,
        details: dict[str, Any] | None = None,
        **labels: str,
    ) -> Article:
        """One article, read, judged and grouped. ``outcome`` None: not judged yet."""
        self.count += 1
        self.clock += MINUTE
        seen = self.clock if at is None else at
        url = url or f"https://bao-cang.example/bai-{self.count}.html"
        found_in = self.fetch(FEED, FetchKind.FEED, 1)
        article = Article(Article.make_id(url), url, url, "bao_cang", outlet, seen, found_in.id)
        with self.store.transaction() as tx:
            tx.add_articles([article])
        revision = self.read(article, title, lead, body, basis, seen)
        if outcome is not None:
            self.judge(revision, outcome, why, seen, details or {}, **labels)
        if story:
            self.join(article, story, relation, seen)
        return article

    def fetch(self, url: str, kind: FetchKind, at: int, article: Article | None = None, **more: Any) -> Fetch:
        """One attempt, successful unless said otherwise."""
        values: dict[str, Any] = {"outcome": FetchOutcome.FETCHED, "status": 200} | more
        fetch = Fetch(
            Fetch.make_id(url, at),
            kind,
            "bao_cang",
            url,
            at,
            at + 5,
            article_id=article.id if article else None,
            **values,
        )
        with self.store.transaction() as tx:
            tx.add_fetch(fetch)
        return fetch

    def read(self, article: Article, title: str, lead: str, body: str, basis: Basis, at: int) -> Revision:
        """A revision, with the fetch of its page."""
        kind = FetchKind.PAGE if basis is Basis.PAGE else FetchKind.FEED
        fetch = self.fetch(article.url, kind, at, article)
        text_hash = Revision.hash_text(title, lead, body)
        revision = Revision(
            Revision.make_id(article.id, text_hash), article.id, text_hash, basis, title, lead, body, at, fetch.id,
            published_at=at - HOUR, published_from="json-ld",
        )  # fmt: skip
        with self.store.transaction() as tx:
            tx.add_revisions([revision])
        return revision

    def judge(
        self, revision: Revision, outcome: str, why: str, at: int, details: dict[str, Any], version: str = "v1",
        **labels: str,
    ) -> None:  # fmt: skip
        """Judgements of every kind, and the finished task."""
        of_place = {"scope": "national" if labels.get("hp") == "none" else "local", "places": []}
        rows = [
            Judgement(
                revision.id, JudgementKind(kind), "linear", version, label, 0.91,
                ({"why": why} if kind == "edu" else of_place if kind == "hp" else {}) | details.get(kind, {}), at,
            )
            for kind, label in (LABELS | labels).items()
        ]  # fmt: skip
        with self.store.transaction() as tx:
            tx.add_judgements(rows)
            tx.add_tasks([NewTask("judge", revision.id, version, at)], at)
        self.end("judge", outcome, why, at)

    def end(self, stage: str, outcome: str, message: str, at: int, *, dead: bool = False) -> None:
        """Every task of the stage that is due ends so."""
        tasks = self.store.claim(stage, 100, "test", at, MINUTE)
        with self.store.transaction() as tx:
            for task in tasks:
                (tx.bury if dead else tx.finish)(task, outcome, message, at)

    def join(self, article: Article, story: str, relation: Relation, at: int) -> None:
        """The article's place in a story known by a short name."""
        new = story not in self.stories
        story_id = self.stories.setdefault(story, Story.make_id(article.id))
        with self.store.transaction() as tx:
            tx.add_grouping(
                [Story(story_id, article.id, at)] if new else [],
                [Membership(article.id, story_id, relation, None, 1.0, "machine", "v1", at)],
                [],
            )

    def issue(self, day: datetime.date = DAY) -> Digest:
        """Build and keep the digest of a day as the runner does."""
        digest, deliveries, files = build_digest(
            store=self.store, bodies=self.bodies, day=day, settings=self.settings, now=window(day)[1]
        )
        for content in files.values():
            self.bodies.put(content)
        with self.store.transaction() as tx:
            tx.add_digest(digest)
            tx.add_deliveries(deliveries)
        return digest

    def channel(self, url: str = FEED, **state: Any) -> None:
        """Run-time state of a channel."""
        values: dict[str, Any] = {"next_due_at": NOW + 10 * MINUTE} | state
        with self.store.transaction() as tx:
            tx.upsert_channels([ChannelState("bao_cang", url, FetchKind.FEED, **values)])


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    """An empty store, and one invented source."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "bao_cang.yml").write_text(SOURCE, encoding="utf-8")
    settings = Settings(home=tmp_path, sources_dir=tmp_path / "sources", only_own_sources=True)
    store = open_store(tmp_path / "haidang.sqlite")
    store.connection.execute("PRAGMA synchronous=OFF")  # no test here pulls the plug
    yield Press(store, BodyStore(tmp_path / "bodies"), settings)
    store.close()


@pytest.fixture
def desk(press: Press) -> Iterator[TestClient]:
    """A browser on this machine, without the habit of following redirects."""
    app = build_app(press.settings, open_store(press.settings.database), press.bodies, lambda: NOW)
    with TestClient(
        app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield client

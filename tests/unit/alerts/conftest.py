"""A small invented press, written into a real store; every digest test arranges its day with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from alerts.digest import build_digest, compose, earlier_digests, load_inputs, window
from alerts.draft import Block, DigestDraft
from config.settings import Settings
from store.blobs import BodyStore
from store.model import (
    Article,
    Basis,
    Delivery,
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
MINUTE = 60_000
LABELS = {"edu": "core", "hp": "none", "tone": "neu", "stance": "none", "kind": "news", "rumour": "none"}


@dataclass
class Press:
    """Writes articles of invented outlets as the earlier stages would have left them."""

    store: SqliteStore
    bodies: BodyStore
    settings: Settings
    fetch: Fetch
    clock: int = field(default_factory=lambda: window(DAY)[0])
    count: int = 0
    day: datetime.date = DAY
    stories: dict[str, str] = field(default_factory=dict)

    def article(
        self,
        title: str,
        *,
        outlet: str = "Báo Hải Âu",
        lead: str = "",
        body: str = "",
        story: str = "",
        relation: Relation = Relation.ORIGINAL,
        at: int | None = None,
        basis: Basis = Basis.PAGE,
        outcome: str = "relevant",
        url: str = "",
        scope: str = "local",
        places: tuple[str, ...] = (),
        provinces: tuple[str, ...] = (),
        score: float = 0.9,
        **labels: str,
    ) -> Article:
        """One article with a revision, judgements, a finished judge task and its place in ``story``."""
        self.count += 1
        self.clock += MINUTE
        seen = self.clock if at is None else at
        url = url or f"https://bao-{self.count}.example/bai-{self.count}.html"
        article = Article(Article.make_id(url), url, url, "invented", outlet, seen, self.fetch.id)
        revision = self.revision(article, title, lead, body, basis, seen)
        judgements = self.judgements(
            revision, {**LABELS, **labels}, {"scope": scope, "other_provinces": list(provinces)}, places, score
        )
        with self.store.transaction() as tx:
            tx.add_articles([article])
            tx.add_revisions([revision])
            tx.add_judgements(judgements)
            tx.add_tasks([NewTask("judge", revision.id, "v1", seen)], seen)
        self.judge(outcome, seen)
        if story:
            self.join(article, story, relation, seen)
        return article

    def revision(self, article: Article, title: str, lead: str, body: str, basis: Basis, at: int) -> Revision:
        text_hash = Revision.hash_text(title, lead, body)
        return Revision(
            Revision.make_id(article.id, text_hash),
            article.id,
            text_hash,
            basis,
            title,
            lead,
            body,
            at,
            self.fetch.id,
        )

    def judgements(
        self, revision: Revision, labels: dict[str, str], where: dict, places: tuple[str, ...], score: float
    ) -> list[Judgement]:
        detail = {
            "hp": {"places": [{"span": p, "in_hp": True, "confidence": 0.9} for p in places], **where},
        }
        return [
            Judgement(revision.id, JudgementKind(kind), "shipped", "v1", word, score, detail.get(kind, {}))
            for kind, word in labels.items()
        ]

    def judge(self, outcome: str, now: int) -> None:
        """Every judge task that is due ends with ``outcome``."""
        tasks = self.store.claim("judge", 100, "test", now, 60_000)
        with self.store.transaction() as tx:
            for task in tasks:
                tx.finish(task, outcome, "", now)

    def join(self, article: Article, story: str, relation: Relation, at: int) -> None:
        started = story not in self.stories
        story_id = self.stories.setdefault(story, Story.make_id(article.id))
        rows = [Story(story_id, article.id, at)] if started else []
        with self.store.transaction() as tx:
            tx.add_grouping(rows, [Membership(article.id, story_id, relation, None, 1.0, "machine", "v1", at)], [])

    def draft(self, silent: tuple = ()) -> DigestDraft:
        """The draft of the day from what the store holds."""
        after, until = window(self.day)
        inputs = load_inputs(self.store, after, until, earlier_digests(self.store, self.day))
        return compose(self.day, after, until, inputs, silent)

    def titles(self, part: str) -> list[str]:
        """Headlines of one part, top down."""
        found = next(p for p in self.draft().parts if p.key == part)
        return [block.headline for block in (*found.blocks, *found.rest)]

    def block(self, headline: str) -> Block:
        """The story that is told under this headline."""
        parts = self.draft().parts
        return next(b for part in parts for b in (*part.blocks, *part.rest) if b.headline == headline)

    def build(
        self, day: datetime.date = DAY, now: int | None = None, silent: tuple = (), recipients: tuple[str, ...] = ()
    ) -> tuple[Digest, list[Delivery], dict[str, bytes]]:
        """Build without saving."""
        when = window(day)[1] if now is None else now
        return build_digest(self.store, self.bodies, day, self.settings, when, silent, recipients=recipients or None)

    def issue(self, day: datetime.date = DAY, **how: object) -> tuple[Digest, dict[str, bytes]]:
        """Build and save as the runner does: bodies first, then rows in one transaction."""
        digest, deliveries, files = self.build(day, **how)
        for content in files.values():
            self.bodies.put(content)
        with self.store.transaction() as tx:
            tx.add_digest(digest)
            tx.add_deliveries(deliveries)
        self.clock = max(self.clock, window(day)[1])
        return digest, files


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    store = open_store(tmp_path / "haidang.sqlite")
    fetch = Fetch(
        Fetch.make_id("https://bao.example/rss", 1),
        FetchKind.FEED,
        "invented",
        "https://bao.example/rss",
        1,
        2,
        FetchOutcome.FETCHED,
    )
    with store.transaction() as tx:
        tx.add_fetch(fetch)
    settings = Settings(home=tmp_path, smtp_from="diem-bao@so.example")
    yield Press(store, BodyStore(tmp_path / "bodies"), settings, fetch)
    store.close()

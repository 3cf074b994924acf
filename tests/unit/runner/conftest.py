"""An invented outlet in a real store, worked by the real stages, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.settings import load_settings
from runner.deps import Deps, Tools
from store.blobs import BodyStore
from store.model import (
    Article,
    Basis,
    Fetch,
    FetchKind,
    FetchOutcome,
    NewTask,
    Revision,
    Task,
)
from store.sqlite import open_store

HOUR = 3_600_000
NOON = 1_795_150_800_000  # 2026-11-20 12:00 in Hải Phòng
HOST = "https://bencang.example"


@dataclass
class Clock:
    """The time; a test moves it."""

    at: int = NOON

    def __call__(self) -> int:
        return self.at


@dataclass
class Outlet:
    """Writes rows as the crawl and the read stage leave them."""

    deps: Deps
    clock: Clock
    count: int = field(default=0)

    def article(self, url: str = f"{HOST}/truong-sao-bien-mo-bep-an-100231.html", at: int | None = None) -> Article:
        """Seen in the outlet's feed now."""
        seen = self.clock.at if at is None else at
        feed = self.fetch(None, kind=FetchKind.FEED, url=f"{HOST}/rss", body=b"<rss/>", at=seen - 5)
        article = Article(Article.make_id(url), url, url, "bencang", "Bến Cảng", seen, feed.id)
        with self.deps.store.transaction() as tx:
            tx.add_articles([article])
        return article

    def fetch(self, article: Article | None, *, at: int | None = None, body: bytes | None = None, **more: Any) -> Fetch:
        """One attempt at its page, successful unless said otherwise."""
        when = self.clock.at if at is None else at
        values: dict[str, Any] = {
            "kind": FetchKind.PAGE, "url": article.url if article else HOST, "outcome": FetchOutcome.FETCHED,
            "status": 200, "content_type": "text/html; charset=utf-8",
            "headers": {"content-type": "text/html; charset=utf-8"}, "robots": "allowed: no rule",
        } | more  # fmt: skip
        fetch = Fetch(
            id=Fetch.make_id(values["url"], when), source_id="bencang", started_at=when, finished_at=when + 5,
            body_hash=self.deps.bodies.put(body) if body is not None else None,
            article_id=article.id if article else None, **values,
        )  # fmt: skip
        with self.deps.store.transaction() as tx:
            tx.add_fetch(fetch)
        return fetch

    def gone(self, article: Article, status: int = 404, at: int | None = None) -> Fetch:
        """The page was asked for and is gone; the task is on the list, as the crawl puts it there."""
        fetch = self.fetch(article, at=at, outcome=FetchOutcome.GONE, status=status)
        with self.deps.store.transaction() as tx:
            tx.add_tasks([NewTask("gone", article.id, fetch.id, fetch.finished_at)], self.clock.at)
        return fetch

    def read(
        self,
        article: Article,
        fetch: Fetch,
        text: tuple[str, str, str],
        basis: Basis = Basis.PAGE,
        published_at: int | None = None,
    ) -> Revision:
        """A revision read from that fetch."""
        text_hash = Revision.hash_text(*text)
        revision = Revision(
            Revision.make_id(article.id, text_hash), article.id, text_hash, basis, *text, fetch.finished_at, fetch.id,
            published_at=published_at, published_from="json-ld" if published_at else None,
        )  # fmt: skip
        with self.deps.store.transaction() as tx:
            tx.add_revisions([revision])
        return revision

    def page(self, article: Article, text: tuple[str, str, str], at: int | None = None, **more: Any) -> Fetch:
        """Fetched with a body, and read."""
        body = more.pop("body", "\n".join(text).encode())
        fetch = self.fetch(article, at=at, body=body, **more)
        self.read(article, fetch, text)
        return fetch

    def task(self, stage: str, subject: str) -> Task:
        """The one task of a stage about a subject."""
        (task,) = [t for t in self.deps.store.tasks_for([subject]) if t.stage == stage]
        return task


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def deps(tmp_path: Path, clock: Callable[[], int]) -> Iterator[Deps]:
    settings = load_settings({}, home=tmp_path / "nha")
    store = open_store(settings.database)
    store.connection.execute("PRAGMA synchronous=OFF")  # no test here pulls the plug
    yield Deps(store, BodyStore(settings.bodies), settings, Tools(settings, clock), clock)
    store.close()


@pytest.fixture
def outlet(deps: Deps, clock: Clock) -> Outlet:
    return Outlet(deps, clock)

"""What is claimed and saved when the world changes meanwhile: a long queue, a clock set back, files edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from config.settings import Settings
from config.sources import Channel, Source
from crawler.orders import Done, Ledger, Order
from store.blobs import BodyStore
from store.model import Article, Fetch, FetchKind, FetchOutcome, NewTask
from store.sqlite import SqliteStore, open_store
from tests.unit.crawler.conftest import NOON, source

MINUTE, HOUR = 60_000, 3_600_000
URL = "https://bencang.example/rss/giao-duc.rss"


class Watch:
    """A crawl of which only the network is missing; it looks for work once a step."""

    def __init__(self, home: Path, sources: Callable[[], Mapping[str, Source]]) -> None:
        self.home, self.sources, self.now, self.gap_ms = home, sources, NOON, 0
        self.store: SqliteStore = open_store(home / "rows.sqlite")
        self.start()

    def start(self) -> None:
        settings = Settings(home=self.home, host_delay_s=5)
        bodies = BodyStore(self.home / "bodies")
        self.ledger = Ledger(self.store, bodies, settings, self.sources, lambda: self.now, "w")

    def claim(self) -> list[Order]:
        return self.ledger.claim(512)[0]

    def land(self, order: Order, outcome: FetchOutcome = FetchOutcome.FETCHED) -> None:
        fetch = Fetch(
            Fetch.make_id(order.url, self.now),
            order.kind,
            order.source_id,
            order.url,
            self.now,
            self.now,
            outcome,
            article_id=order.task.subject if order.task else None,
        )
        self.ledger.save([Done(order, fetch, gap_ms=self.gap_ms)])

    def run(self, span_ms: int, step_ms: int) -> list[Order]:
        """Every order carried out at its turn, in so much time."""
        flying: list[Order] = []
        asked: list[Order] = []
        end = self.now + span_ms
        while self.now < end:
            for order in [one for one in flying if one.start_at <= self.now]:
                flying.remove(order)
                self.land(order)
                asked.append(order)
            flying += self.claim()
            self.now += step_ms
        return asked

    def want_pages(self, count: int) -> None:
        urls = [f"https://bencang.example/bai-{number}.html" for number in range(count)]
        articles = [Article(Article.make_id(u), u, u, "bencang", "Bến Cảng", NOON - HOUR, "fet_x") for u in urls]
        with self.store.transaction() as tx:
            tx.add_articles(articles)
            tx.add_tasks([NewTask("fetch", a.id, "first", NOON - HOUR) for a in articles], NOON)


@pytest.fixture
def book() -> dict[str, Source]:
    return {"bencang": source(channels=(Channel(url=URL, every_minutes=15),))}


@pytest.fixture
def watch(tmp_path: Path, book: dict[str, Source]) -> Iterator[Watch]:
    held = [dict(book)]

    def current() -> Mapping[str, Source]:
        if held[0] != book:
            held[0] = dict(book)
        return held[0]

    made = Watch(tmp_path, current)
    yield made
    made.store.close()


def test_a_slow_host_with_hundreds_of_pages_still_shows_its_news(watch: Watch) -> None:
    watch.want_pages(300)
    watch.gap_ms = 100_000  # Crawl-delay: 100
    asked = watch.run(2 * HOUR, 10_000)
    feeds = [order for order in asked if order.channel]
    assert len(feeds) >= 7, "every quarter of an hour, a little later each time"
    assert len(asked) - len(feeds) >= 50, "and its pages have the other turns"


@pytest.mark.parametrize(
    ("days", "outcome"), [(1, FetchOutcome.FETCHED), (365, FetchOutcome.FETCHED), (365, FetchOutcome.TIMEOUT)]
)
@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_that_was_ahead_stops_nothing_when_it_is_right_again(
    watch: Watch, days: int, outcome: FetchOutcome, restarted: bool
) -> None:
    watch.now = NOON + days * 24 * HOUR
    for order in watch.claim():
        watch.land(order, outcome)
    watch.now = NOON
    if restarted:
        watch.start()
    assert len(watch.run(6 * HOUR, MINUTE)) >= 20


@pytest.mark.parametrize("handed_back", [False, True])
def test_a_channel_that_changes_its_kind_in_flight_is_asked_in_its_new_way(
    watch: Watch, book: dict[str, Source], handed_back: bool
) -> None:
    (order,) = watch.claim()
    book["bencang"] = source(channels=(Channel(kind="listing", url=URL, every_minutes=15),))
    watch.now += 1000
    watch.claim()
    if handed_back:
        watch.ledger.hand_back([order], watch.now, "the crawl was stopped")
    else:
        watch.land(order)
    asked = watch.run(2 * HOUR, MINUTE)
    assert len(asked) >= 6
    assert {one.kind for one in asked} == {FetchKind.LISTING}


def test_an_address_that_another_source_takes_over_in_flight_is_that_source_s(
    watch: Watch, book: dict[str, Source]
) -> None:
    (order,) = watch.claim()
    book["baomoi"] = source(id="baomoi", channels=(Channel(url=URL, every_minutes=15),))
    del book["bencang"]
    watch.now += 1000
    watch.claim()
    watch.land(order)
    assert {one.source_id for one in watch.run(2 * HOUR, MINUTE)} == {"baomoi"}

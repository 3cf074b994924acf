"""A few addresses asked once, for somebody who waits for the answer: same guard, robots.txt, delays and caps as the
crawl, and nothing is stored but the turns at their hosts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from config.settings import Settings
from crawler import spider
from crawler.budget import Budget
from crawler.orders import Done, Order, visits
from crawler.polite import Polite
from store.api import Store
from store.model import Fetch, FetchKind

MOST = 40
"""Addresses of one call at most: this is a look at a site, no crawl of it."""


@dataclass(frozen=True, slots=True)
class Visited:
    """One address: the attempt and its body (None unless fetched). ``fetch`` is None when it was not even asked,
    and ``why`` says why: the host wants to be left alone, or the time was over."""

    url: str
    fetch: Fetch | None
    body: bytes | None
    why: str = ""


def visit(
    settings: Settings,
    more: Callable[[Sequence[Visited]], Sequence[str]],
    *,
    now: Callable[[], int],
    stop: threading.Event | None = None,
    hosts: Store | None = None,
) -> list[Visited]:
    """Ask what ``more`` names, and again whatever it names when it has seen the answers so far; [] ends.

    ``hosts``: the store whose turns at hosts are shared with a crawl that runs beside this.
    ``more`` runs on the calling thread. Each address is asked once, :data:`MOST` in all, in the order given; one visit
    keeps its delays and its robots.txt over all rounds. What it raises comes out of here.
    """
    book = _Book(more, now, Budget(int(settings.host_delay_s * 1000)), hosts)
    stop = stop or threading.Event()
    session = spider.Session(book, Polite(settings, now), book.go_on, None, stop)
    with spider.one_at_a_time:
        session.run()
    asked = {one.url for one in book.seen}
    left = [Visited(url, None, None, "the time was over") for url in book.named if url not in asked]
    return [*book.seen, *left]


@dataclass(slots=True)
class _Book:
    """Orders in memory, where the crawl has rows."""

    more: Callable[[Sequence[Visited]], Sequence[str]]
    now: Callable[[], int]
    budget: Budget
    hosts: Store | None
    seen: list[Visited] = field(default_factory=list)
    named: dict[str, None] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    def go_on(self) -> bool:
        """Nothing is in flight: ask what is next."""
        for url in self.more(tuple(self.seen)):
            if url not in self.named and len(self.named) < MOST:
                self.named[url] = None
                self.waiting.append(url)
        return bool(self.waiting)

    def claim(self, limit: int) -> tuple[list[Order], int]:
        """The next orders, each with its turn; what would wait too long is not asked."""
        urls, self.waiting = self.waiting[:limit], self.waiting[limit:]
        orders = [Order(FetchKind.PAGE, url, "visit") for url in urls]
        if self.hosts is None or not orders:
            return orders, len(orders)  # delays between them are the downloader's
        with self.hosts.transaction() as tx:
            turns = self.budget.turns(tx, [order.host for order in orders], self.now())
        told = list(zip(orders, turns, strict=True))
        self.hand_back([order for order, (_, here) in told if not here], 0, "its host is to be left alone for now")
        return [replace(order, start_at=start) for order, (start, here) in told if here], len(orders)

    def save(self, batch: Sequence[Done]) -> list[Fetch]:
        """Keep the answers in memory."""
        if self.hosts is not None:
            with self.hosts.transaction() as tx:
                self.budget.spent(tx, [visit for done in batch for visit in visits(done)])
        self.seen.extend(Visited(done.order.url, done.fetch, done.body, done.fetch.message) for done in batch)
        return [done.fetch for done in batch]

    def hand_back(self, orders: Iterable[Order], due_at: int, why: str) -> None:
        """Not asked, and not asked again: who waits here does not wait for an hour."""
        self.seen.extend(Visited(order.url, None, None, why) for order in orders)

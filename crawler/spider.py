"""The crawl: one long-lived Scrapy process that claims due rows and saves what it fetched. It parses nothing.

Two threads. The reactor's thread downloads (crawler.frontier). The calling thread is the one writer: it claims,
puts bodies on disk and commits Fetch + ChannelState + `read` task together (crawler.orders), never on the reactor.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol

from config.settings import Settings
from config.sources import Source
from crawler.frontier import Frontier
from crawler.orders import Done, Ledger, Order
from crawler.polite import Polite, scrapy_settings
from store.api import Store
from store.blobs import BodyStore
from store.errors import StoreError
from store.model import Fetch
from store.workers import worker_name

log = logging.getLogger("haidang.crawl")

WORKER = "spider"
BATCH = 32
"""Attempts saved in one transaction at most: bodies are on disk before, so it stays well under 50 ms."""
_LISTEN_S = 0.2
REST_AFTER_TROUBLE_S = 10.0


@dataclass(frozen=True, slots=True)
class CrawlStats:
    """How many attempts ended with each :class:`FetchOutcome` value, and the bytes of the bodies kept."""

    outcomes: Mapping[str, int]
    body_bytes: int

    @property
    def attempts(self) -> int:
        """All attempts."""
        return sum(self.outcomes.values())


def crawl(  # noqa: PLR0913 - all but four are named
    store: Store,
    bodies: BodyStore,
    settings: Settings,
    sources: Mapping[str, Source] | Callable[[], Mapping[str, Source]],
    *,
    now: Callable[[], int],
    on_idle: Callable[[], bool] | None = None,
    on_fetch: Callable[[Fetch], None] | None = None,
    stop: threading.Event | None = None,
    hosts: Store | None = None,
) -> CrawlStats:
    """Fetch what is due until ``stop`` is set (or Ctrl-C, which is raised again when all is handed back).

    ``sources`` may be asked for again and again: a source file that changed is heard without a restart.
    ``on_idle`` is called on this thread when nothing is due and nothing in flight: True = look again (the caller
    moved its clock or did some work), False = return. Without it, due rows are looked for every second.
    ``hosts``: the store whose turns at hosts are shared, if it is another one (a trial beside the crawl).
    ``on_fetch`` is called on this thread after each committed attempt. Raises what the store raised; without
    ``on_idle`` a busy or full disk is waited for instead, and nothing new is asked of anybody until it takes again.
    """
    ledger = Ledger(store, bodies, settings, sources, now, worker_name(), hosts)
    session = Session(ledger, Polite(settings, now), on_idle, on_fetch, stop or threading.Event())
    with one_at_a_time:
        return session.run()


one_at_a_time = threading.Lock()
"""One crawl a process: the reactor has one resolver, and the delays are promised per host, not per crawl."""


class Book(Protocol):
    """What a session works off: rows of the store (:class:`crawler.orders.Ledger`), or a list in memory."""

    def claim(self, limit: int) -> tuple[list[Order], int]:
        """Orders, and how many rows were looked at for them."""

    def save(self, batch: Sequence[Done]) -> list[Fetch]:
        """Keep these attempts."""

    def hand_back(self, orders: Iterable[Order], due_at: int, why: str) -> None:
        """Orders that were not carried out."""


@dataclass(slots=True)
class _Job:
    work: Callable[[], Any] | Done
    answer: asyncio.Future[Any]


@dataclass(slots=True)
class Session:
    """One running crawl: the calling thread's side; methods that return awaitables are the reactor's side of it."""

    ledger: Book
    polite: Polite
    on_idle: Callable[[], bool] | None
    on_fetch: Callable[[Fetch], None] | None
    stop: threading.Event
    jobs: queue.SimpleQueue[_Job | None] = field(default_factory=queue.SimpleQueue)
    outcomes: Counter[str] = field(default_factory=Counter)
    body_bytes: int = 0
    frontier: Frontier | None = None
    failure: BaseException | None = None

    # the writer's thread

    def run(self) -> CrawlStats:
        """Until the frontier is done; raises what the writer or the frontier raised."""
        from crawler import reactor

        over = reactor.submit(self._crawl())
        over.add_done_callback(lambda _: self.jobs.put(None))  # so that the end is heard at once
        try:
            self._serve(over)
        except BaseException:  # Ctrl-C: end in good order, then let it through
            self._end()
            self._serve(over)
            raise
        over.result()
        if self.failure is not None:
            raise self.failure
        return CrawlStats(dict(self.outcomes), self.body_bytes)

    def _serve(self, over: Future[None]) -> None:
        while not (over.done() and self.jobs.empty()):
            if self.stop.is_set():
                self._end()
            try:
                job = self.jobs.get(timeout=_LISTEN_S)
            except queue.Empty:
                continue
            if job is not None:
                self._do(job)

    def _do(self, first: _Job) -> None:
        batch, last = [first], first
        while isinstance(last.work, Done) and len(batch) < BATCH and not self.jobs.empty():
            job = self.jobs.get()
            if job is not None:
                batch.append(job)
                last = job
        done = [one for one in batch if isinstance(one.work, Done)]
        if done:
            fetched = [one.work for one in done if isinstance(one.work, Done)]
            _answer(done, lambda: self._patiently(lambda: self._save(fetched)))
        for one in batch:
            if not isinstance(one.work, Done):
                work = one.work
                _answer([one], lambda: self._patiently(work))  # noqa: B023 - called at once

    def _patiently(self, work: Callable[[], Any]) -> Any:
        """Ending here would lose what was fetched, and the next process would ask every host for it again."""
        while True:
            try:
                return work()
            except (StoreError, sqlite3.OperationalError, OSError):
                if self.on_idle is not None or self.stop.is_set():
                    raise
                log.exception("the store or the disk would not do it; trying again in %.0f s", REST_AFTER_TROUBLE_S)
                self.stop.wait(REST_AFTER_TROUBLE_S)

    def _save(self, batch: list[Done]) -> None:
        fetches = self.ledger.save(batch)
        self.outcomes.update(fetch.outcome.value for fetch in fetches)
        self.body_bytes += sum(len(done.body) for done in batch if done.body is not None)
        if self.on_fetch is not None:
            for fetch in fetches:
                self.on_fetch(fetch)

    def _end(self) -> None:
        from crawler import reactor

        reactor.loop().call_soon_threadsafe(self._stop_frontier)

    # the reactor's thread

    def _stop_frontier(self) -> None:
        if self.frontier is not None:
            self.frontier.stop()

    async def _crawl(self) -> None:
        from scrapy import Spider
        from scrapy.crawler import AsyncCrawlerRunner
        from twisted.internet import reactor

        session = self

        class Hound(Spider):
            """Nothing but the frontier: no callbacks, no items, no parsing."""

            name = WORKER
            polite = session.polite

            async def start(self) -> Any:
                await session._go(self.crawler.engine)
                return
                yield

        self.polite.resolver.install(reactor)
        await AsyncCrawlerRunner(scrapy_settings(self.polite.settings)).crawl(Hound)

    async def _go(self, engine: Any) -> None:
        self.frontier = Frontier(engine, self.polite, self, polls=self.on_idle is None)
        if self.stop.is_set():
            return
        try:
            await self.frontier.run()
        except Exception as bad:  # Scrapy would log it and carry on; the caller must hear it
            self.failure = bad

    async def claim(self, limit: int) -> tuple[list[Order], int]:
        """See :class:`crawler.frontier.Writer`."""
        found: tuple[list[Order], int] = await self._ask(lambda: self.ledger.claim(limit))
        return found

    async def save(self, done: Done) -> None:
        """See :class:`crawler.frontier.Writer`."""
        await self._ask(done)

    async def hand_back(self, orders: list[Order], due_at: int, why: str) -> None:
        """See :class:`crawler.frontier.Writer`."""
        await self._ask(lambda: self.ledger.hand_back(orders, due_at, why))

    async def idle(self) -> bool:
        """See :class:`crawler.frontier.Writer`."""
        return bool(await self._ask(lambda: self.on_idle() if self.on_idle is not None else False))

    async def _ask(self, work: Callable[[], Any] | Done) -> Any:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.jobs.put(_Job(work, answer))
        return await answer


def _answer(jobs: list[_Job], work: Callable[[], Any]) -> None:
    """Do it on this thread, tell the reactor how it went."""
    result, failure = None, None
    try:
        result = work()
    except Exception as bad:
        failure = bad
    except BaseException:  # Ctrl-C in the middle of it: the reactor must not wait for ever
        _tell(jobs, None, RuntimeError("interrupted"))
        raise
    _tell(jobs, result, failure)


def _tell(jobs: list[_Job], result: Any, failure: Exception | None) -> None:
    for job in jobs:
        job.answer.get_loop().call_soon_threadsafe(_settle, job.answer, result, failure)


def _settle(answer: asyncio.Future[Any], result: Any, failure: Exception | None) -> None:
    if answer.done():  # cancelled meanwhile
        return
    if failure is not None:
        answer.set_exception(failure)
    else:
        answer.set_result(result)

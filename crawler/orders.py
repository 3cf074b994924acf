"""What the spider asks of the store, on the one thread that may write: claim, save, hand back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from config.settings import Settings
from config.sources import Channel, Source
from crawler.budget import Budget, Visit
from crawler.channels import kind_of
from crawler.channels.kind import MAX_PAGES
from crawler.due import NEVER, after_fetch, sync_channels
from crawler.outcome import WEIGHT, WORTH_RETRYING
from crawler.read import READ_VERSION
from store.api import Store, Transaction
from store.blobs import BodyStore
from store.model import ChannelState, Fetch, FetchKind, FetchOutcome, NewTask, Outcome, Task

STAGE = "fetch"
LEASE_MS = 15 * 60 * 1000
"""Longer than the longest wait for a host's turn (budget.WAIT_BUDGET_MS) and the longest download together."""
MAX_TRIES = 4
FIRST_RETRY_MS = 5 * 60 * 1000  # then 20 and 80 minutes
_JUMP_MS = 60_000


@dataclass(frozen=True, slots=True)
class Order:
    """One URL to fetch, and the row that asked for it: a channel or a task, never both.

    ``start_at``: the turn at its host that was reserved for it. ``official``: see :class:`crawler.channels.kind.Ask`.
    """

    kind: FetchKind
    url: str
    source_id: str
    headers: Mapping[str, str] = field(default_factory=dict)
    channel: ChannelState | None = None
    task: Task | None = None
    start_at: int = 0
    official: bool = False

    @property
    def host(self) -> str:
        """What delays and pauses are counted by; '' for an address that is none (it fails when it is tried)."""
        try:
            return urlsplit(self.url).hostname or ""
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True)
class Done:
    """One attempt and its body; ``wait_ms`` is what the host asked for (Retry-After), ``gap_ms`` its Crawl-delay.

    ``led_to``: (host, its Crawl-delay) of other hosts that redirects led to, the last one last.
    """

    order: Order
    fetch: Fetch
    body: bytes | None = None
    wait_ms: int | None = None
    gap_ms: int = 0
    led_to: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Ledger:
    """The spider's half of the store. Every method runs on the writer's thread."""

    store: Store
    bodies: BodyStore
    settings: Settings
    given: Mapping[str, Source] | Callable[[], Mapping[str, Source]]
    now: Callable[[], int]
    worker: str
    hosts: Store | None = None
    """Where the turns at hosts are kept, if elsewhere: a trial keeps nothing, but shares them with the crawl."""
    budget: Budget = field(init=False)
    sources: Mapping[str, Source] = field(init=False)
    looked: int = 0

    def __post_init__(self) -> None:
        self.budget = Budget(int(self.settings.host_delay_s * 1000))
        self._take_sources(self.given() if callable(self.given) else self.given)

    def _take_sources(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        sync_channels(self.store, sources, self.now(), self.settings)

    def claim(self, limit: int) -> tuple[list[Order], int]:
        """(orders leased to us, each with its reserved turn; how many rows were looked at for them).

        Channels that are due come first, then pages. What would wait too long for its host goes back at once.
        """
        sources = self.given() if callable(self.given) else self.sources
        if sources is not self.sources or self.now() < self.looked - _JUMP_MS:  # changed, or the clock was set back
            self._take_sources(sources)
        self.looked = self.now()
        channels = self.store.claim_channels(self.now(), limit, LEASE_MS)
        orders = [order for row in channels if (order := self._channel_order(row))]
        left = limit - len(channels)
        pages = self._claim_pages(left) if left > 0 else []
        return self._with_turns(orders + pages, len(orders)), len(channels) + len(pages)

    def _with_turns(self, orders: list[Order], channels: int) -> list[Order]:
        if not orders:
            return []
        kept: list[Order] = []
        with self.store.transaction() as tx, self._turns_in(tx) as hosts:
            turns = self.budget.turns(hosts, [order.host for order in orders], self.now(), channels)
            later: dict[int, list[Order]] = {}
            for order, (start, here) in zip(orders, turns, strict=True):
                if here:
                    kept.append(replace(order, start_at=start))
                else:
                    later.setdefault(start, []).append(order)
            for start, waiting in later.items():
                self._put_back(tx, waiting, start, "its host is to be left alone until then")
        return kept

    def _turns_in(self, tx: Transaction) -> AbstractContextManager[Transaction]:
        return nullcontext(tx) if self.hosts is None else self.hosts.transaction()

    def _channel_order(self, row: ChannelState) -> Order | None:
        kind = kind_of(row.kind)
        if self._channel(row) is None or kind.missing(self.settings):  # dropped from the configuration while we run
            with self.store.transaction() as tx:
                tx.upsert_channels([replace(row, next_due_at=NEVER, lease_until=0)])
            return None
        ask = kind.ask(row, self.settings)
        return Order(row.kind, ask.url, row.source_id, ask.headers, channel=row, official=ask.official)

    def _channel(self, row: ChannelState) -> Channel | None:
        source = self.sources.get(row.source_id)
        if source is None or not source.enabled:
            return None
        return next((c for c in source.channels if c.url == row.url and c.kind == row.kind.value), None)

    def _claim_pages(self, limit: int) -> list[Order]:
        tasks = self.store.claim(STAGE, limit, self.worker, self.now(), LEASE_MS)
        articles = self.store.articles({task.subject for task in tasks})
        lost = [task for task in tasks if task.subject not in articles]
        if lost:
            with self.store.transaction() as tx:
                for task in lost:
                    tx.finish(task, Outcome.NOT_FETCHED, "no such article in the store", self.now())
        found = [(task, articles[task.subject]) for task in tasks if task.subject in articles]
        return [Order(FetchKind.PAGE, a.url, a.source_id, task=task) for task, a in found]

    def save(self, batch: Sequence[Done]) -> list[Fetch]:
        """Bodies to disk, then in one transaction: fetches, channels, hosts, `read` tasks, page tasks moved on."""
        rows = {id(done.order): self._channel_after(done) for done in batch if done.order.channel}
        stored = self._with_bodies(batch)
        failures = {done.fetch.id: self._failures_before(done) for done in stored if done.order.task}
        with self.store.transaction() as tx, self._turns_in(tx) as hosts:
            held = tx.fence([done.order.task for done in stored if done.order.task])
            for done in stored:
                tx.add_fetch(done.fetch)
                if done.fetch.body_hash is not None:
                    read = NewTask("read", done.fetch.id, READ_VERSION, order_at=done.fetch.finished_at)
                    tx.add_tasks([read], self.now())
                self._note_presence(tx, done.fetch)
                task = done.order.task
                if task is not None and (task.stage, task.subject, task.version) in held:
                    self._move_on(tx, task, done, failures[done.fetch.id])
            tx.upsert_channels([row for done in stored if (row := rows.get(id(done.order)))])
            self.budget.spent(hosts, [visit for done in stored for visit in visits(done)])
        return [done.fetch for done in stored]

    def _with_bodies(self, batch: Sequence[Done]) -> list[Done]:
        hashes = iter(self.bodies.put_all([self._clean(done) for done in batch if done.body is not None]))
        return [
            replace(done, fetch=replace(done.fetch, body_hash=next(hashes)), body=None)
            if done.body is not None
            else done
            for done in batch
        ]

    def _clean(self, done: Done) -> bytes:
        """An official interface may echo our key in its answer: that is not evidence and is never stored."""
        clean = getattr(kind_of(done.order.kind), "clean", None) if done.order.official else None
        assert done.body is not None
        return clean(done.body) if clean else done.body

    def _note_presence(self, tx: Transaction, fetch: Fetch) -> None:
        """A page that is gone is looked into (a deletion is evidence); one that is there ends its absence."""
        if fetch.article_id is None:
            return
        if fetch.outcome is FetchOutcome.GONE:
            gone = NewTask("gone", fetch.article_id, fetch.id, order_at=fetch.finished_at)
            tx.add_tasks([gone], self.now())
        elif fetch.outcome in (FetchOutcome.FETCHED, FetchOutcome.NOT_MODIFIED) and not _led_home(fetch):
            tx.end_absence(fetch.article_id, fetch.finished_at)

    def _failures_before(self, done: Done) -> int:
        """Failed attempts at this page in a row up to now (a hand-back is no attempt, so rows are counted)."""
        earlier = self.store.fetches_for(article_id=done.fetch.article_id, limit=MAX_TRIES)
        count = 0
        for fetch in earlier:
            if fetch.outcome not in WEIGHT:
                break
            count += 1
        return count

    def _move_on(self, tx: Transaction, task: Task, done: Done, failures_before: int) -> None:
        fetch, now = done.fetch, self.now()
        words = fetch.message or fetch.outcome.value
        if fetch.outcome is FetchOutcome.FETCHED:
            tx.finish(task, Outcome.FETCHED, fetch.message, now)
        elif fetch.outcome in WORTH_RETRYING and failures_before + 1 < MAX_TRIES:
            wait = max(FIRST_RETRY_MS * 4**failures_before, done.wait_ms or 0)
            tx.retry(task, now + wait, f"{fetch.outcome}: {words}")
        else:
            tx.finish(task, Outcome.NOT_FETCHED, f"{fetch.outcome}: {words}", now)

    def _channel_after(self, done: Done) -> ChannelState | None:
        row = done.order.channel
        if row is None:
            return None
        channel = self._channel(row)
        if channel is None:  # taken away, moved to another source or read another way meanwhile: its row is not ours
            return None
        every, longest = channel.every_minutes, channel.at_most_minutes
        outcome = done.fetch.outcome
        row = kind_of(row.kind).remember(row, done.fetch, done.body)
        if row.pages and outcome is FetchOutcome.GONE:
            outcome = FetchOutcome.FETCHED  # one page of a visit that is gone hides none of the others
        if row.cursor is not None and outcome is FetchOutcome.FETCHED and row.pages + 1 < MAX_PAGES:
            # the visit goes on with its next page: it counts as one visit, so the rhythm starts at its end
            return replace(row, pages=row.pages + 1, next_due_at=self.now(), lease_until=0)
        row = replace(row, cursor=None, pages=0)
        hint = min(row.hint_ms, longest * 60_000)
        return after_fetch(row, every, outcome, self.now(), done.wait_ms, hint)

    def hand_back(self, orders: Iterable[Order], due_at: int, why: str) -> None:
        """Give claimed work back unfetched, due at ``due_at``; it counts as no attempt."""
        orders = list(orders)
        if orders:
            with self.store.transaction() as tx:
                self._put_back(tx, orders, due_at, why)

    def _put_back(self, tx: Transaction, orders: list[Order], due_at: int, why: str) -> None:
        tasks = [order.task for order in orders if order.task]
        held = tx.fence(tasks) if tasks else set()
        for task in tasks:
            if (task.stage, task.subject, task.version) in held:
                tx.retry(task, due_at, why, failed=False)
        rows = [
            replace(o.channel, next_due_at=due_at, lease_until=0)
            for o in orders
            if o.channel and self._channel(o.channel)
        ]
        tx.upsert_channels(rows)


def _led_home(fetch: Fetch) -> bool:
    """A deleted page often leads to the front page with a 200: that is no page of the article."""
    return fetch.final_url is not None and urlsplit(fetch.final_url).path.strip("/") == ""


def visits(done: Done) -> list[Visit]:
    """At each host that was asked; who wants to be left alone is the last one, and the one that leads there."""
    fetch = done.fetch
    wait = done.wait_ms or 0 if fetch.outcome is FetchOutcome.TOO_MANY else 0
    asked = [Visit(done.order.host, fetch.finished_at, done.gap_ms, wait, fetch.message)]
    for number, (host, gap) in enumerate(done.led_to, 1):
        asked.append(Visit(host, fetch.finished_at, gap, wait if number == len(done.led_to) else 0, fetch.message))
    return asked

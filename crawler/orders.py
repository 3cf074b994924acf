"""What the spider asks of the store, on the one thread that may write: claim, save, hand back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from config.sources import Source
from crawler.channels import feed
from crawler.due import NEVER, after_fetch
from crawler.outcome import WEIGHT, WORTH_RETRYING
from crawler.read import READ_VERSION
from store.api import Store, Transaction
from store.blobs import BodyStore
from store.model import ChannelState, Fetch, FetchKind, FetchOutcome, NewTask, Outcome, Task

STAGE = "fetch"
LEASE_MS = 15 * 60 * 1000
"""Longer than the longest wait for a host's turn (frontier.WAIT_BUDGET_S) and the longest download together."""
MAX_TRIES = 4
FIRST_RETRY_MS = 5 * 60 * 1000  # then 20 and 80 minutes


@dataclass(frozen=True, slots=True)
class Order:
    """One URL to fetch, and the row that asked for it: a channel or a task, never both."""

    kind: FetchKind
    url: str
    source_id: str
    headers: Mapping[str, str] = field(default_factory=dict)
    channel: ChannelState | None = None
    task: Task | None = None

    @property
    def host(self) -> str:
        """What delays and pauses are counted by."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Done:
    """One attempt and its body; ``wait_ms`` is what the host asked for (Retry-After)."""

    order: Order
    fetch: Fetch
    body: bytes | None = None
    wait_ms: int | None = None


@dataclass(slots=True)
class Ledger:
    """The spider's half of the store. Every method runs on the writer's thread."""

    store: Store
    bodies: BodyStore
    sources: Mapping[str, Source]
    now: Callable[[], int]
    worker: str

    def claim(self, limit: int) -> list[Order]:
        """Up to ``limit`` due channels, then due pages, leased to us."""
        channels = self.store.claim_channels(self.now(), limit, LEASE_MS)
        orders = [order for row in channels if (order := self._channel_order(row))]
        left = limit - len(orders)
        return orders + (self._claim_pages(left) if left > 0 else [])

    def _channel_order(self, row: ChannelState) -> Order | None:
        if self._every(row) is None:  # dropped from the configuration while we run
            with self.store.transaction() as tx:
                tx.upsert_channels([replace(row, next_due_at=NEVER, lease_until=0)])
            return None
        return Order(row.kind, row.url, row.source_id, feed.headers(row), channel=row)

    def _every(self, row: ChannelState) -> int | None:
        source = self.sources.get(row.source_id)
        if source is None or not source.enabled:
            return None
        return next((c.every_minutes for c in source.channels if c.url == row.url), None)

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
        """Bodies to disk, then in one transaction: fetches, channel states, `read` tasks, page tasks moved on."""
        stored = [self._with_body(done) for done in batch]
        failures = {done.fetch.id: self._failures_before(done) for done in stored if done.order.task}
        with self.store.transaction() as tx:
            held = tx.fence([done.order.task for done in stored if done.order.task])
            for done in stored:
                tx.add_fetch(done.fetch)
                if done.fetch.body_hash is not None:
                    read = NewTask("read", done.fetch.id, READ_VERSION, order_at=done.fetch.finished_at)
                    tx.add_tasks([read], self.now())
                task = done.order.task
                if task is not None and (task.stage, task.subject, task.version) in held:
                    self._move_on(tx, task, done, failures[done.fetch.id])
            tx.upsert_channels([row for done in stored if (row := self._channel_after(done))])
        return [done.fetch for done in stored]

    def _with_body(self, done: Done) -> Done:
        if done.body is None:
            return done
        return replace(done, fetch=replace(done.fetch, body_hash=self.bodies.put(done.body)), body=None)

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
        every = self._every(row) or 60
        return after_fetch(feed.remember(row, done.fetch), every, done.fetch.outcome, self.now(), done.wait_ms)

    def hand_back(self, orders: Iterable[Order], due_at: int, why: str) -> None:
        """Give claimed work back unfetched, due at ``due_at``; it counts as no attempt."""
        orders = list(orders)
        if not orders:
            return
        with self.store.transaction() as tx:
            tasks = [order.task for order in orders if order.task]
            held = tx.fence(tasks)
            for task in tasks:
                if (task.stage, task.subject, task.version) in held:
                    tx.retry(task, due_at, why)
            rows = [replace(o.channel, next_due_at=due_at, lease_until=0) for o in orders if o.channel]
            tx.upsert_channels(rows)

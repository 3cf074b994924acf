"""The crawl on the reactor: keep a bounded number of orders in flight, one host at a time, and parse nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from crawler.budget import DEFAULT_PAUSE_MS, WAIT_BUDGET_MS
from crawler.channels import kind_of, scrub
from crawler.orders import Done, Order
from crawler.outcome import of_exception, of_status, retry_after_ms
from crawler.polite import Polite
from crawler.targets import target_of
from store.model import Fetch, FetchOutcome

WINDOW = 512
"""Orders in flight at most. Only one per host is being downloaded, the others wait and weigh nothing."""
POLL_S = 1.0
LARGE_ANSWER = 65_536
MAX_HEADERS_CHARS = 32_768
"""Of an answer's headers so much is kept as evidence; the transport has refused larger ones before."""
NOT_ASKED = "not asked: an official interface, called with our key under its own terms (docs/adr/0005)"


class Writer(Protocol):
    """The thread that may write, as the reactor sees it."""

    def claim(self, limit: int) -> Awaitable[tuple[list[Order], int]]:
        """Due orders, leased, with their turns; and how many rows were looked at for them."""

    def save(self, done: Done) -> Awaitable[None]:
        """Durable when this returns."""

    def hand_back(self, orders: list[Order], due_at: int, why: str) -> Awaitable[None]:
        """Unfetched work, back on the list."""

    def idle(self) -> Awaitable[bool]:
        """Nothing is due and nothing in flight: True = look again, False = end."""


@dataclass(slots=True)
class Frontier:
    """State of the running crawl; its methods run on the reactor's thread only."""

    engine: Any
    polite: Polite
    writer: Writer
    polls: bool
    stopping: bool = False
    _flying: dict[asyncio.Task[None], Order] = field(default_factory=dict)
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)
    _saving: set[asyncio.Task[Any]] = field(default_factory=set)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """End soon: what is in flight is given up and handed back."""
        self.stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Until stopped, or until idle says so. Raises whatever the writer raised."""
        looked, more = 0.0, False
        try:
            while not self.stopping:
                claimed, room = 0, WINDOW - len(self._flying)
                rested = time.monotonic() - looked >= POLL_S
                if not self._flying or (room and rested) or (more and room >= WINDOW // 4):
                    looked = time.monotonic()
                    orders, claimed = await self.writer.claim(room)
                    self._take(orders)
                    more = claimed == room  # a claim that was filled leaves others behind, perhaps
                if self._flying:
                    await self._wait(looked)
                elif not claimed and not self.stopping and not await self._look_again():
                    return
        finally:
            await self._give_up()

    def _take(self, orders: list[Order]) -> None:
        for order in orders:
            self._flying[asyncio.ensure_future(self._carry_out(order))] = order

    async def _wait(self, looked: float) -> None:
        """Until something lands, stop is called, or it is time to look for due rows again."""
        self._wake.clear()
        rest = max(POLL_S - (time.monotonic() - looked), 0.01)
        woken = asyncio.ensure_future(self._wake.wait())
        await asyncio.wait([woken, *self._flying], timeout=rest, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()
        for task in [task for task in self._flying if task.done()]:
            self._flying.pop(task)
            task.result()  # a failed save must be heard

    async def _look_again(self) -> bool:
        if not self.polls:
            return await self.writer.idle()
        self._wake.clear()
        try:
            async with asyncio.timeout(POLL_S):
                await self._wake.wait()
        except TimeoutError:
            pass
        return True

    async def _give_up(self) -> None:
        flying = dict(self._flying)
        for task in flying:
            if task not in self._saving:  # what is fetched already is saved
                task.cancel()
        if flying:
            await asyncio.wait(flying)
        self._flying.clear()
        given_up = [order for task, order in flying.items() if task.cancelled()]
        await self.writer.hand_back(given_up, self.polite.now(), "the crawl was stopped")

    async def _carry_out(self, order: Order) -> None:
        """One order of a host at a time, so that what is still waiting can be called off without a trace."""
        async with self._turns.setdefault(order.host, asyncio.Lock()):
            until = self.polite.paused.get(order.host, 0)
            if not self.polite.is_paused(order.host):
                rest = min(
                    max(order.start_at - self.polite.now(), 0), WAIT_BUDGET_MS
                )  # no more, whatever the clock says
                await asyncio.sleep(rest / 1000)
                done = await self._fetch(order)
            else:
                done = None
        if done is not None:
            await self._keep(done)
        else:
            await self.writer.hand_back([order], until, f"{order.host} asked us to wait")

    async def _fetch(self, order: Order) -> Done:
        meta = {"official": True} if order.official else {}
        started = self.polite.now()
        request = response = wait_ms = None
        try:
            target_of(order.url)  # an address that is none must end this attempt and not the crawl
            request = self.polite.request(order.url, meta, order.headers)
            response = await self.engine.download_async(request)
        except Exception as bad:
            outcome, message = of_exception(bad)
        else:
            if order.official and len(response.body) > LARGE_ANSWER:  # JSON of some megabytes: not on this thread
                outcome, message, wait_ms = await asyncio.to_thread(_judged, order, response)
            else:
                outcome, message, wait_ms = _judged(order, response)
        done = self._done(order, request, response, (started, outcome, message))
        if outcome is FetchOutcome.TOO_MANY:
            wait_ms = next((w for w in (wait_ms, done.wait_ms) if w is not None), DEFAULT_PAUSE_MS)
            for host in (order.host, *[host for host, _ in done.led_to[-1:]]):
                self.polite.paused[host] = done.fetch.finished_at + wait_ms
            done = replace(done, wait_ms=wait_ms)
        elif wait_ms is not None:  # a whole answer that says that our quota is nearly used up
            done = replace(done, wait_ms=wait_ms)
        return done

    async def _keep(self, done: Done) -> None:
        this = asyncio.current_task()
        assert this is not None
        self._saving.add(this)
        try:
            await self.writer.save(done)
        finally:
            self._saving.discard(this)

    def _done(self, order: Order, request: Any, response: Any, said: tuple[int, FetchOutcome, str]) -> Done:
        started, outcome, message = said
        finished = self.polite.now()
        headers = scrub.headers(_headers(response)) if order.official else _headers(response)
        last = response.request if response is not None and response.request is not None else request
        fetch = Fetch(
            id=Fetch.make_id(order.url, started),
            kind=order.kind,
            source_id=order.source_id,
            url=order.url,
            started_at=started,
            finished_at=finished,
            outcome=outcome,
            status=response.status if response is not None else None,
            content_type=headers.get("content-type"),
            final_url=response.url if response is not None and response.url != order.url else None,
            article_id=order.task.subject if order.task else None,
            headers=headers,
            robots=NOT_ASKED if order.official else _robots(last, request),
            message=message,
            channel=order.channel.url if order.channel and order.channel.url != order.url else None,
        )
        body = response.body if outcome is FetchOutcome.FETCHED else None
        gap = self.polite.crawl_delay_ms(target_of(order.url).origin) if request is not None else 0
        hops = request.meta.get("led_to", ()) if request is not None else ()
        led_to = tuple((hop.host, self.polite.crawl_delay_ms(hop.origin)) for hop in hops)
        return Done(order, fetch, body, retry_after_ms(headers.get("retry-after"), finished), gap, led_to)


def _robots(*requests: Any) -> str | None:
    """The decision of the last hop that has one."""
    return next((said for r in requests if r is not None and (said := r.meta.get("robots"))), None)


def _judged(order: Order, response: Any) -> tuple[FetchOutcome, str, int | None]:
    """(outcome, message, milliseconds to wait): the status, unless the channel's kind reads more in the answer."""
    if order.channel is not None:
        said = kind_of(order.kind).verdict(response.status, _headers(response), response.body)
        if said is not None:
            return said.outcome, said.message, said.wait_ms
    conditionally = not order.headers.keys().isdisjoint(("If-None-Match", "If-Modified-Since"))
    return *of_status(response.status, conditionally), None


def _headers(response: Any) -> dict[str, str]:
    """What the host said beside the body, names in small letters; never a cookie."""
    if response is None:
        return {}
    found: dict[str, str] = {}
    room = MAX_HEADERS_CHARS
    for name, values in response.headers.items():
        key = name.decode("latin-1").lower()
        value = ", ".join(v.decode("latin-1") for v in values)[:4000]
        room -= len(key) + len(value)
        if room < 0:
            break
        if "cookie" not in key:
            found[key] = value
    return found

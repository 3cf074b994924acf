"""Our downloader middlewares, in the order in which a request meets them; Scrapy's own are all left out.

    Guard → Robots → Redirects → Compression → the network

Why not Scrapy's: its robots.txt middleware lets the second and later requests to a host through while robots.txt
is still downloading (2.14 – 2.19) and treats an unreachable one as permission; its decompression accepts half a
file; its redirects keep the first host's place in the queue, so the second host's delay would not count.
"""

from __future__ import annotations

import asyncio
import functools
import re
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from scrapy.http import Request, Response

from crawler import compression, guard, robots
from crawler.outcome import FetchFailed, of_exception
from store.model import FetchOutcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.polite import Polite

MAX_REDIRECTS = 5  # what RFC 9309 asks for robots.txt, and enough for any page
MAX_LOCKS = 10_000
"""Far more hosts than can be in flight: links to ever new hosts must not fill the memory."""
LARGE_ROBOTS = 16_384
_OURS = frozenset({b"User-Agent", b"Accept", b"Accept-Language", b"Accept-Encoding"})
_VALIDATORS = frozenset({b"If-None-Match", b"If-Modified-Since"})
_LOCATION_SAFE = bytes(range(0x80)).decode()  # octets beyond are %XX; what else is wrong is refused later


class _Middleware:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Middleware:
        """Scrapy's way of building one."""
        return cls(crawler)

    @property
    def polite(self) -> Polite:
        """What this crawl has promised: settings, clock, pins, robots cache."""
        return cast("Polite", getattr(self.crawler.spider, "polite"))  # noqa: B009 - set by crawler.spider


class Guard(_Middleware):
    """Refuses targets at every hop (redirects and robots.txt come through here too) and pins their addresses."""

    async def process_request(self, request: Request) -> None:
        """Raises :class:`FetchFailed` for a refused target."""
        polite = self.polite
        proxied = polite.proxy is not None
        target, addresses = await guard.check(request.url, polite.settings.allow_loopback, proxied=proxied)
        if polite.proxy is None:
            polite.resolver.pin(target.host, addresses)
            return
        request.meta["proxy"] = polite.proxy
        proxy_host = urlsplit(polite.proxy if "://" in polite.proxy else f"//{polite.proxy}").hostname or ""
        if proxy_host not in polite.resolver.pins:  # the administrator's choice, so it may be anywhere
            polite.resolver.pin(proxy_host, await _any_address(proxy_host))


async def _any_address(host: str) -> tuple[str, ...]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except OSError as bad:
        raise FetchFailed(FetchOutcome.UNREACHABLE, f"no address for the proxy {host} ({bad})") from bad
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


class Robots(_Middleware):
    """robots.txt before everything else of a host: one lock per host, so nobody slips past while it downloads."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.locks: OrderedDict[str, asyncio.Lock] = OrderedDict()

    async def process_request(self, request: Request) -> None:
        """Raises :class:`FetchFailed` when the rules say no or cannot be had; notes the decision in the meta.

        A request whose meta says ``official`` is a call under a contract (docs/adr/0005) and no crawling.
        """
        if request.meta.get("is_robots"):
            return
        if request.meta.get("official"):
            request.meta["robots"] = "official interface: robots.txt does not speak of it"
            return
        target = guard.target_of(request.url)
        async with self._lock(target.origin):
            rules = self.polite.robots_of(target.origin)
            if rules is None:
                rules = await self._ask(target.origin)
                self.polite.keep_robots(target.origin, rules)
        self._slow_down(target.host, rules)
        decision = rules.decide(request.url)
        first = request.meta.get("first", request)
        reason = decision.reason if first is request else f"{target.host}: {decision.reason}"
        request.meta["robots"] = first.meta["robots"] = reason  # the last hop's decision is the one that counts
        if rules.closed:
            raise FetchFailed(FetchOutcome.TARGET_REFUSED if rules.refused else FetchOutcome.ROBOTS_UNREACHABLE, reason)
        if not decision.allowed:
            raise FetchFailed(FetchOutcome.ROBOTS_DENIED, reason)

    def _lock(self, origin: str) -> asyncio.Lock:
        lock = self.locks.setdefault(origin, asyncio.Lock())
        self.locks.move_to_end(origin)
        while len(self.locks) > MAX_LOCKS and not next(iter(self.locks.values())).locked():
            self.locks.popitem(last=False)
        return lock

    async def _ask(self, origin: str) -> robots.Robots:
        request = self.polite.request(f"{origin}/robots.txt", {"is_robots": True})
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as bad:
            outcome, words = of_exception(bad)
            refused = outcome is FetchOutcome.TARGET_REFUSED
            return robots.closed(f"robots.txt cannot be had: {words}", refused=refused)
        read = functools.partial(robots.from_answer, response.status, response.body, self.polite.agent)
        # half a megabyte of rules takes most of a second: the other hosts do not wait for it
        return await asyncio.to_thread(read) if len(response.body) > LARGE_ROBOTS else read()

    def _slow_down(self, host: str, rules: robots.Robots) -> None:
        """Crawl-delay: the host's slot waits for the longer of it and our own delay."""
        downloader = self.crawler.engine.downloader
        usual = self.polite.settings.host_delay_s
        delay = max(rules.crawl_delay_s or 0.0, usual)
        if delay > usual:
            downloader.per_slot_settings[host] = {"concurrency": 1, "delay": delay, "jitter": 0}
        else:
            downloader.per_slot_settings.pop(host, None)  # what Scrapy's settings say is right for it
        if host in downloader.slots:
            downloader.slots[host].delay = delay


class Redirects(_Middleware):
    """Follows at most :data:`MAX_REDIRECTS`; each hop is a new request that meets every middleware again."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The next request, or the response when it is the last. Raises :class:`FetchFailed`."""
        given = {one.strip() for one in response.headers.getlist("Location")} - {b""}
        if response.status not in (301, 302, 303, 307, 308) or not given:
            return response
        if len(given) > 1:
            raise FetchFailed(FetchOutcome.HTTP_ERROR, f"HTTP {response.status} with {len(given)} different Locations")
        url = _next_url(request.url, given.pop())
        here, there = guard.target_of(request.url), guard.target_of(url)
        hops = request.meta.get("redirects", 0) + 1
        if hops > MAX_REDIRECTS:
            words = f"more than {MAX_REDIRECTS} redirects, the last to {url[:200]}"
            raise FetchFailed(FetchOutcome.TOO_MANY_REDIRECTS, words)
        if request.meta.get("official") and here.origin != there.origin:
            words = f"an official interface sent us to {there.origin}; our key does not go there"
            raise FetchFailed(FetchOutcome.TARGET_REFUSED, words)
        first = request.meta.get("first", request)
        if there.host != here.host:
            if self.polite.is_paused(there.host):
                words = f"redirected to {there.host}, which asked us to wait"
                raise FetchFailed(FetchOutcome.TOO_MANY, words)
            first.meta.setdefault("led_to", []).append(there)  # a turn of that host is spent too
        meta: dict[str, Any] = {"first": first, **request.meta, "redirects": hops}
        for key in ("download_slot", "download_latency", "proxy", "robots"):
            meta.pop(key, None)  # they belong to the hop before
        kept = _OURS if here.origin != there.origin else set(request.headers)
        headers = {name: request.headers.getlist(name) for name in request.headers if name in kept | _VALIDATORS}
        try:
            return request.replace(url=url, meta=meta, headers=headers, cookies={}, dont_filter=True)
        except ValueError as bad:
            raise FetchFailed(FetchOutcome.TARGET_REFUSED, f"redirected to no address: {url[:200]!r}") from bad


def _next_url(here: str, location: bytes) -> str:
    """Where a Location leads. Vietnamese hosts write UTF-8 into it; other octets become %XX, as browsers do."""
    try:
        text = location.decode("utf-8")
    except UnicodeDecodeError:
        text = quote_from_bytes(location, safe=_LOCATION_SAFE)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        return text  # Python would read `http:` and `https:x` as relative
    try:
        return urljoin(here, text)
    except ValueError as bad:
        words = f"redirected to no address: {text[:200]!r}"
        raise FetchFailed(FetchOutcome.TARGET_REFUSED, words) from bad


class Compression(_Middleware):
    """Undoes the Content-Encoding, or says exactly what is missing."""

    def process_response(self, request: Request, response: Response) -> Response:
        """The response with its body as it was before encoding. Raises :class:`FetchFailed`."""
        encoding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not encoding or not response.body or response.status in (301, 302, 303, 304, 307, 308):
            return response
        whole = compression.undo(response.body, encoding, self.polite.settings.max_body_bytes)
        return Response(
            response.url,
            status=response.status,
            headers=response.headers,
            body=whole,
            request=request,
            flags=response.flags,
            protocol=response.protocol,
        )

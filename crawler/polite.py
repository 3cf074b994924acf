"""What one crawl promises to the hosts it asks: who we are, how often, and what their robots.txt allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from config.settings import Settings
from crawler import compression, robots
from crawler.budget import LONGEST_PAUSE_MS
from crawler.guard import PinnedResolver

AGENT = "HaiDang"
_HANDLER = "crawler.download.Handler"  # Scrapy's, with the head of an answer bounded
MOST_ROBOTS = 5_000  # origins whose rules are kept in memory; a file may hold tens of thousands of rules


@cache
def user_agent(contact: str) -> str:
    """`HaiDang/<version> (+contact)`: a site that is bothered by us can say so to somebody."""
    try:
        number = version("haidang")
    except PackageNotFoundError:
        number = "0"
    return f"{AGENT}/{number} (+{contact})" if contact else f"{AGENT}/{number}"


@dataclass(slots=True)
class Polite:
    """State of the running crawl, used on the reactor's thread only."""

    settings: Settings
    now: Callable[[], int]
    resolver: PinnedResolver = field(default_factory=PinnedResolver)
    agent: str = AGENT
    paused: dict[str, int] = field(default_factory=dict)  # host → until when it asked to be left alone
    _robots: dict[str, tuple[int, robots.Robots]] = field(default_factory=dict)

    @property
    def proxy(self) -> str | None:
        """The proxy for every request, robots.txt included."""
        return self.settings.http_proxy

    def is_paused(self, host: str) -> bool:
        """Whether the host asked to be left alone for now; not if a clock that was ahead said so."""
        return 0 < self.paused.get(host, 0) - self.now() <= LONGEST_PAUSE_MS

    def robots_of(self, origin: str) -> robots.Robots | None:
        """The rules of ``scheme://host:port`` if they are fresh enough (a day; ten minutes when unreachable)."""
        kept = self._robots.get(origin)
        if kept is None:
            return None
        since, rules = kept
        age = self.now() - since
        return rules if 0 <= age < (robots.KEEP_CLOSED_MS if rules.closed else robots.KEEP_MS) else None

    def keep_robots(self, origin: str, rules: robots.Robots) -> None:
        """Remember the rules from now on; the one that was learned longest ago makes room."""
        self._robots.pop(origin, None)
        self._robots[origin] = (self.now(), rules)
        while len(self._robots) > MOST_ROBOTS:
            del self._robots[next(iter(self._robots))]

    def crawl_delay_ms(self, origin: str) -> int:
        """The Crawl-delay of ``scheme://host:port`` as far as we know by now; 0 when it names none."""
        kept = self._robots.get(origin)
        return int((kept[1].crawl_delay_s or 0.0) * 1000) if kept else 0

    def request(self, url: str, meta: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        """A scrapy Request that says who we are; no cookies, no referrer."""
        from scrapy.http import Request

        said = {
            "User-Agent": user_agent(self.settings.contact),
            "Accept": "application/rss+xml, application/atom+xml, text/html, application/xml;q=0.9, */*;q=0.5",
            "Accept-Language": "vi, en;q=0.5",
            "Accept-Encoding": compression.ACCEPTED,
            **(headers or {}),
        }
        timed = {"download_timeout": self.settings.fetch_timeout_s, **meta}
        return Request(url, headers=said, meta=timed, dont_filter=True)


def scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Every setting of Scrapy that is not its default, and why.

    None of its extensions and none of its middlewares run: the telnet console and the remote control open ports
    that execute Python, cookies must not travel between sources, and retries are rows of ours.
    """
    return {
        "EXTENSIONS_BASE": {},
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        "RETRY_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # the proxy of the environment is not ours to use
        "METAREFRESH_ENABLED": False,
        "REFERER_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # crawler.middlewares.Robots does, always
        "SPIDER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.middlewares.Guard": 100,
            "crawler.middlewares.Robots": 200,
            "crawler.middlewares.Redirects": 300,
            "crawler.middlewares.Compression": 400,
        },
        "DOWNLOAD_HANDLERS_BASE": dict.fromkeys(("http", "https"), _HANDLER),
        "CONCURRENT_REQUESTS": 0,  # crawler.spider bounds what is in flight; a slow host must not block the others
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": settings.host_delay_s,
        "DOWNLOAD_DELAY_JITTER": 0,  # the delay is a promise, not an average
        "DOWNLOAD_TIMEOUT": settings.fetch_timeout_s,
        "DOWNLOAD_MAXSIZE": settings.max_body_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # evidence must come from whom it names
        "USER_AGENT": user_agent(settings.contact),
        "LOG_ENABLED": False,  # no handler of Scrapy's; its records go to ours
        "STATS_DUMP": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }

"""The first look at a site that somebody wants to watch: what may never be watched, and what the site offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from config.settings import Settings
from crawler import discover, guard, robots, sitemap_xml
from crawler.channels import kind_of
from crawler.channels.sites import site_of
from crawler.discover import Candidate
from crawler.polite import AGENT
from crawler.text import decode
from crawler.visit import Visited, visit
from lang.reasons import vi
from runner.sources_probe import turns_of
from runner.sources_words import ADVICE, outcome_words
from store.errors import InputError
from store.model import FetchKind, FetchOutcome

CLOSED: Mapping[str, str] = {
    **dict.fromkeys(("facebook.com", "fb.com", "fb.watch", "messenger.com"), "Facebook"),
    **dict.fromkeys(("zalo.me", "zaloapp.com"), "Zalo"),
    **dict.fromkeys(("tiktok.com", "douyin.com"), "TikTok"),
    **dict.fromkeys(("twitter.com", "x.com", "t.co"), "X (Twitter)"),
    **dict.fromkeys(("instagram.com", "threads.net", "threads.com"), "Instagram, Threads"),
    **dict.fromkeys(("t.me", "telegram.me", "telegram.org", "whatsapp.com", "viber.com", "discord.com"), "tin nhắn"),
    **dict.fromkeys(("linkedin.com", "reddit.com", "lotus.vn", "gapo.vn"), "mạng xã hội"),
}
SOCIAL = (
    "{name}: mạng xã hội không được thu thập tự động. Nếu ai đó gửi tới một bài công khai, dán liên kết hoặc ảnh chụp "
    "vào trang Góp tin; trang của chính Sở thì dùng kênh facebook/zalo chính thức (docs/add-a-source.md)"
)
YOUTUBE = (
    "YouTube: robots.txt của họ không cho tải; ghi kênh `kind: youtube`, `url: https://www.youtube.com/channel/UC…` "
    "vào một tệp nguồn và đặt `youtube_key_file` (docs/add-a-source.md)"
)
LOG_IN = "trang đòi đăng nhập nên không phải nguồn công khai: không thu thập. Có tin cần lưu thì đưa vào trang Góp tin"


def checked_address(url: str, settings: Settings) -> str:
    """The address, with https:// where nothing was said. Raises :class:`InputError` for what is never watched."""
    url = url.strip()
    url = url if re.match(r"[a-z][a-z0-9+.-]*://", url, re.IGNORECASE) else f"https://{url}"
    if why := guard.url_refusal(url, settings.allow_loopback):
        raise InputError(f"không vào {url}: {vi(why)}. {ADVICE[FetchOutcome.TARGET_REFUSED]}")
    site = site_of(url)
    if site in ("youtube.com", "youtu.be"):
        raise InputError(YOUTUBE)
    if site in CLOSED:
        raise InputError(SOCIAL.format(name=CLOSED[site]))
    return url


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a site. ``closed``: it asks for a password; ``candidates``: what to try, the likeliest first;
    ``gap_s``: the least time between two requests to it (ours, or its Crawl-delay)."""

    url: str
    name: str
    language: str
    closed: bool
    candidates: Sequence[Candidate]
    gap_s: float


def look(settings: Settings, url: str, now: Callable[[], int]) -> Look:
    """The page, its robots.txt and, if it has one, the page that lists its feeds.

    Raises :class:`InputError` when the page cannot or may not be had.
    """

    def more(seen: Sequence[Visited]) -> list[str]:
        if not seen:
            return [url]
        answered = seen[0].fetch
        where = (answered.final_url if answered else None) or url
        further = [urljoin(where, "/robots.txt")]
        if (feeds := discover.list_of_feeds(_html(seen[0]), where)) is not None:
            further.append(feeds)
        return further if len(seen) == 1 else []

    with turns_of(settings) as hosts:
        seen = visit(settings, more, now=now, hosts=hosts)
    first = seen[0]
    if first.fetch is None:
        raise InputError(f"{url}: chưa hỏi được ({first.why})")
    outcome, where = first.fetch.outcome, first.fetch.final_url or url
    if first.fetch.status in (401, 403):
        raise InputError(f"{url}: HTTP {first.fetch.status}, {LOG_IN}")
    if outcome not in (FetchOutcome.FETCHED, FetchOutcome.ROBOTS_DENIED):
        raise InputError(f"{url}: {outcome_words(first.fetch)} → {ADVICE[outcome]}")
    checked_address(where, settings)  # a short link may lead to a social network
    if (itself := _itself(first, where, now())) is not None:
        return Look(where, "", "vi", False, [itself], settings.host_delay_s)
    page = _html(first)
    robots_txt = next((decode(v.body, None)[0] for v in seen[1:] if v.body and v.url.endswith("/robots.txt")), "")
    listed = [one for v in seen[1:] if not v.url.endswith("/robots.txt") for one in discover.on_page(_html(v), v.url)]
    offered = discover.candidates(page, robots_txt, where)
    listed = [replace(one, found="link") for one in listed if one.url not in {c.url for c in offered}]
    listed.sort(key=lambda one: not one.about_education)
    named = [c for c in offered if c.found in ("page", "link")]
    rest = [c for c in offered if c.found not in ("page", "link") and not (listed and c.kind == "feed")]
    every = [*named, *listed[: discover.MOST_FEEDS], *rest]
    delay = robots.parse(robots_txt.encode(), AGENT).crawl_delay_s or 0.0
    gap_s = max(settings.host_delay_s, delay)
    closed = discover.asks_to_log_in(page)
    return Look(where, discover.site_name(page), discover.language(page), closed, every, gap_s)


def _html(one: Visited) -> str:
    return decode(one.body, one.fetch.content_type)[0] if one.body and one.fetch else ""


def _itself(one: Visited, where: str, at: int) -> Candidate | None:
    """The address that was given is a feed or a sitemap already."""
    if not one.body or one.fetch is None:
        return None
    if sitemap_xml.read(one.body).kind in ("urlset", "sitemapindex"):
        return Candidate("sitemap", where, "itself")
    said = kind_of(FetchKind.FEED).read(one.body, one.fetch.content_type, where, at, None)
    return Candidate("feed", where, "itself", said.title) if not said.not_a_feed else None

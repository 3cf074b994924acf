"""Where a site may be watched: its page and its robots.txt to candidate feeds, sitemaps and listings. Pure.

Nothing here is known to work: whoever asks must try each candidate. What a page says of itself comes before what its
links look like, and that before the usual addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from config.sources import ChannelKind
from crawler import markup
from crawler.channels.sites import site_of
from crawler.text import plain
from lang.text import fold, nfc

MOST_FEEDS, MOST_SITEMAPS = 8, 3
"""Candidates that are worth asking a stranger's server for; a page may list a hundred."""
USUAL_FEEDS = ("/rss", "/feed", "/rss.xml")
USUAL_SITEMAPS = ("/sitemap_news.xml", "/sitemap.xml")
_LONGEST_URL = 2048
_MOST_LINKS = 5000
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_FEED_LIKE = re.compile(r"(?:\.(?:rss|atom|rdf)|/(?:rss|feed|feeds)/?|/(?:rss|feed|atom|index)\.xml|/rss/.+)$", re.I)
_NOT_NEWS = re.compile(r"comment|binh-luan|/wp-json|oembed|podcast", re.IGNORECASE)
_EDUCATION = re.compile(r"giao-?duc|education|tuyen-?sinh|hoc-?duong|giao duc")


@dataclass(frozen=True, slots=True)
class Candidate:
    """``found``: itself · page (it says so) · link (it looks so) · robots · usual; ``title``: its own, NFC, or ''."""

    kind: ChannelKind
    url: str
    found: str
    title: str = ""

    @property
    def about_education(self) -> bool:
        """Its address or title says so: of many feeds it is the one that matters."""
        return bool(_EDUCATION.search(fold(f"{self.url} {self.title}")))


def candidates(page: str, robots_txt: str, url: str) -> list[Candidate]:
    """What to try, the likeliest first, each address once; the page itself as a listing comes last.

    ``page``: decoded HTML ('' when it could not be had); ``url``: where it really was, after redirects.
    """
    feeds = _first(sorted(on_page(page, url), key=lambda c: (c.found != "page", not c.about_education)), MOST_FEEDS)
    if not any(c.found == "page" for c in feeds):
        feeds += [Candidate("feed", urljoin(url, path), "usual") for path in USUAL_FEEDS]
    maps = sorted(in_robots(robots_txt, url), key=lambda c: "news" not in c.url.lower())
    if not maps:
        maps = [Candidate("sitemap", urljoin(url, path), "usual") for path in USUAL_SITEMAPS]
    listing = [Candidate("listing", url, "itself")] if page else []
    return _first([*feeds, *_first(maps, MOST_SITEMAPS), *listing], 100)


def list_of_feeds(page: str, url: str) -> str | None:
    """A page of the site that seems to list its feeds (`/rss`, `/kenh-rss.html`), worth a look of its own."""
    tree = markup.parse(page)
    for a in tree.iter("a") if tree is not None else ():
        for found in _candidate("feed", url, a.get("href"), "link", None):
            last = urlsplit(found.url).path.rstrip("/").rpartition("/")[2].lower()
            if re.fullmatch(r"(?:[\w-]*-)?(?:rss|feeds?)(?:\.html?|\.aspx|\.php)?", last) and site_of(
                found.url
            ) == site_of(url):
                return found.url
    return None


def on_page(page: str, url: str) -> list[Candidate]:
    """Feeds that the page names (`<link rel="alternate">`) or links to on its own site."""
    tree = markup.parse(page)
    if tree is None:
        return []
    base = next((urljoin(url, b.get("href")) for b in tree.iter("base") if b.get("href")), url)
    return list(_unique([*_declared(tree, base), *_linked(tree, base, url)]))


def _declared(tree: markup.Tree, base: str) -> Iterator[Candidate]:
    for number, link in enumerate(tree.iter("link")):
        if number >= _MOST_LINKS:
            return
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _FEED_TYPES:
            yield from _candidate("feed", base, link.get("href"), "page", link.get("title"))


def _linked(tree: markup.Tree, base: str, url: str) -> Iterator[Candidate]:
    for number, a in enumerate(tree.iter("a")):
        if number >= _MOST_LINKS:
            return
        for found in _candidate("feed", base, a.get("href"), "link", "".join(a.itertext())[:200]):
            if _FEED_LIKE.search(urlsplit(found.url).path) and site_of(found.url) == site_of(url):
                yield found


def in_robots(robots_txt: str, url: str) -> list[Candidate]:
    """The `Sitemap:` lines; they stand outside of every group and may name another host."""
    found: list[Candidate] = []
    for line in robots_txt[:500_000].splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon and key.strip().lower() == "sitemap":
            found.extend(_candidate("sitemap", url, value, "robots", None))
    return list(_unique(found))


def site_name(page: str) -> str:
    """What the site calls itself: `og:site_name`, else the last part of the title; NFC, one line, '' when unknown."""
    tree = markup.parse(page)
    if tree is None:
        return ""
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:site_name" and meta.get("content"):
            return _line(meta.get("content"))
    title = tree.find(".//title")
    return _line(markup.text_of(title)) if title is not None else ""


def asks_to_log_in(page: str) -> bool:
    """A page with a field for a password: what is behind it is not public."""
    tree = markup.parse(page)
    return tree is not None and any((i.get("type") or "").lower() == "password" for i in tree.iter("input"))


def language(page: str) -> str:
    """`en` or `zh` where the page says so of itself, else `vi`."""
    said = re.search(r"<html[^>]{0,500}\blang\s*=\s*[\"']?(en|zh)\b", page[:5000], re.IGNORECASE)
    return said.group(1).lower() if said else "vi"


def _line(text: str) -> str:
    return nfc(" ".join(plain(text).split()))[:120].strip()


def _candidate(kind: ChannelKind, base: str, href: str | None, found: str, title: str | None) -> Iterator[Candidate]:
    href = (href or "").strip()
    if not href or len(href) > _LONGEST_URL:
        return
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or re.search(r"\s", url):
            return
    except ValueError:
        return
    if not _NOT_NEWS.search(f"{parts.path}?{parts.query}"):
        yield Candidate(kind, parts._replace(fragment="").geturl(), found, _line(title or ""))


def _unique(found: Iterable[Candidate]) -> Iterator[Candidate]:
    seen: set[tuple[bool, str]] = set()
    for one in found:
        key = (one.kind == "listing", one.url.rstrip("/"))  # the page as a listing stays beside what it links to
        if key not in seen:
            seen.add(key)
            yield one


def _first(found: Iterable[Candidate], most: int) -> list[Candidate]:
    return list(_unique(found))[:most]

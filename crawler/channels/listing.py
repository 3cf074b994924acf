"""A listing page (a front page, a section, a portal's table of news): for sites that offer nothing better.

A listing has no contract: it is read by what headlines look like, and it says so when it finds none, for that is how
a new layout shows itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from config.settings import Settings
from config.sources import Channel
from crawler import dates, hints, listing_links, markup, meta
from crawler.channels import answers
from crawler.channels.feed import remembered, validators
from crawler.channels.kind import Ask, Verdict
from crawler.feeds import Feed
from crawler.listing_links import Found, Link
from crawler.markup import Tree
from crawler.text import decode
from crawler.urls import time_in_url
from store.model import ChannelState, Fetch

_FEW = 8
"""An article page leads to some other articles too; one with fewer headlines than this is looked at twice."""
_LARGEST = 10_000_000


class ListingKind:
    """See :class:`crawler.channels.kind.Kind`."""

    def missing(self, settings: Settings) -> str:
        """Nothing is needed."""
        return ""

    def ask(self, row: ChannelState, settings: Settings) -> Ask:
        """The page itself, unless it is as it was."""
        return Ask(row.url, validators(row))

    def verdict(self, status: int, headers: Mapping[str, str], body: bytes) -> Verdict | None:
        """The status says it all."""
        return None

    def remember(self, row: ChannelState, fetch: Fetch, body: bytes | None) -> ChannelState:
        """Validators, and what the headers ask for."""
        return remembered(row, fetch, hints.of_headers(fetch.headers))

    def read(self, body: bytes, content_type: str | None, url: str, seen_at: int, channel: Channel | None) -> Feed:
        """Its article links in page order; ``not_a_feed`` when it is an article, or holds none any more."""
        if len(body) > _LARGEST:
            return Feed(not_a_feed=f"not a listing: {len(body)} bytes")
        text, encoding = decode(body, content_type)
        tree = markup.parse(text)
        if tree is None:
            return Feed(not_a_feed="not a listing: the body is empty")
        selector = channel.links if channel else None
        found = listing_links.find(tree, url, selector, channel.path_like if channel else None)
        if why := _gate(tree, text, url, seen_at, selector, found):
            return Feed(not_a_feed=why)
        gathered = answers.Gathering(url, seen_at)
        if "\ufffd" in text:
            words = f"{text.count(chr(0xFFFD))} bytes are no {encoding}; letters are missing"
            gathered.fault(-1, "bad_charset", words)
        _count(gathered, found)
        for position, link in enumerate(found.links):
            at = gathered.possible(position, _published(link))
            gathered.add(position, (link.url, link.canonical_url), (link.title, link.summary), at)
        return gathered.feed()


def _count(gathered: answers.Gathering, found: Found) -> None:
    if found.by_script:
        words = f"{found.by_script} headlines can be followed by a script only; a feed or a sitemap would have them"
        gathered.fault(-1, "script_links", words)
    if found.foreign:
        gathered.fault(-1, "foreign_host", f"{found.foreign} headlines lead to another site; left out")


def _gate(tree: Tree, text: str, url: str, seen_at: int, selector: str | None, found: Found) -> str:
    """Why the page is no listing; '' when it is one."""
    if not found.links:
        return _why_none(selector, found)
    if selector:
        return ""  # the administrator says what it is
    types = meta.read(tree).types
    if types & meta.ARTICLE_TYPES and not types & meta.LISTING_TYPES:
        return "not a listing: the page says of itself that it is an article"
    doubtful = len(found.links) < _FEW or listing_links.numbered_or_dated(url)
    if doubtful and _is_article(text, url, seen_at):
        return f"not a listing: an article with {len(found.links)} links to others; give the section's address"
    return ""


def _why_none(selector: str | None, found: Found) -> str:
    if selector and not found.matched:
        return f"not a listing: nothing matches {selector!r}; has the layout changed?"
    if found.by_script:
        return f"not a listing: all {found.by_script} headlines are links that only a script can follow"
    return "not a listing: no link to an article was found; has the layout changed?"


def _is_article(text: str, url: str, seen_at: int) -> bool:
    from crawler.extract import PageKind, extract

    return extract(text, url, seen_at).kind is PageKind.ARTICLE


def _published(link: Link) -> dates.Published | None:
    read = dates.parse(link.when) if link.when else None
    if read is not None:
        return dates.Published(read[0], "listing", min(read[1], 0.6))
    told = time_in_url(link.canonical_url)
    return dates.Published(told.at, "url", told.confidence) if told else None


KIND = ListingKind()

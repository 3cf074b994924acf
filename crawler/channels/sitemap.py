"""A sitemap, a news sitemap, or an index of them: for sites without a feed, or to prove what a feed left out.

Only what is new enough (`max_age_days`) is taken, at most 1,000 addresses, newest first. Of a plain sitemap only the
addresses are known, so its entries have no title: their pages are fetched. An index is visited with the few children
that can hold news; they must lie on its own site.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from config.settings import Settings
from config.sources import Channel
from crawler import dates, hints, sitemap_xml
from crawler.channels import answers
from crawler.channels.feed import remembered, validators
from crawler.channels.kind import MAX_PAGES, Ask, Verdict
from crawler.channels.sites import site_of
from crawler.feeds import Feed
from crawler.sitemap_xml import Line
from crawler.urls import LOCAL, time_in_url
from store.model import ChannelState, Fetch, FetchOutcome

MOST = 1_000
"""Entries of one body: no outlet publishes more between two checks."""
HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS
_OLDEST_CHILD_MS = 60 * DAY_MS  # max_age_days goes no further
_SLACK_MS = 3 * DAY_MS
"""A child that changed this long before our last visit was read then; generators round and lag, hence the slack."""
_W3C = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE)
_OTHER_DATES = 20  # dates of other forms that are tried: the general parser takes milliseconds for each
_LONGEST_PATH = 300  # letters of a path that a pattern is tried on


class SitemapKind:
    """See :class:`crawler.channels.kind.Kind`. The cursor of a visit is the JSON list of children still to ask."""

    def missing(self, settings: Settings) -> str:
        """Nothing is needed."""
        return ""

    def ask(self, row: ChannelState, settings: Settings) -> Ask:
        """The sitemap unless it is as it was, or the next child of an index."""
        queue = _queue(row)
        return Ask(queue[0]) if queue else Ask(row.url, validators(row))

    def verdict(self, status: int, headers: Mapping[str, str], body: bytes) -> Verdict | None:
        """The status says it all."""
        return None

    def remember(self, row: ChannelState, fetch: Fetch, body: bytes | None) -> ChannelState:
        """Validators of a plain sitemap; of an index, the children to ask in this visit.

        An index is asked without validators: it often stays as it is while its children change.
        """
        queue = _queue(row)
        if not queue:
            row = remembered(row, fetch, hints.of_headers(fetch.headers))
            if fetch.outcome is not FetchOutcome.FETCHED:
                return replace(row, cursor=None)
        where = fetch.final_url or fetch.url
        children = _children(where, row, fetch.finished_at, body or b"")
        if children is not None and not queue:
            row = replace(row, etag=None, last_modified=None)
        rest = [*(children or []), *queue[1:]]
        room = max(MAX_PAGES - 1 - (row.pages if queue else 0), 0)
        kept = list(dict.fromkeys(url for url in rest if url not in (row.url, where)))[:room]
        return replace(row, cursor=json.dumps(kept) if kept else None)

    def read(self, body: bytes, content_type: str | None, url: str, seen_at: int, channel: Channel | None) -> Feed:
        """The addresses that are new enough, newest first; an index has none of its own."""
        found = sitemap_xml.read(body)
        gathered = answers.Gathering(url, seen_at)
        for code, message in found.faults:
            gathered.fault(-1, code, message)
        if found.why:
            return Feed(faults=tuple(gathered.faults), not_a_feed=found.why)
        if found.kind == "sitemapindex":
            return gathered.feed()
        choice = _Choice(gathered, channel or Channel(kind="sitemap", url="https://unknown.invalid/"))
        kept = sorted(choice.of(found.lines), key=lambda one: -one.at)
        if len(kept) > MOST:
            words = f"{len(kept)} addresses are new enough; the newest {MOST} are taken"
            gathered.fault(-1, "too_many_entries", words)
        for one in kept[:MOST]:
            gathered.add(one.line.position, one.link, (one.title, ""), one.published)
        return gathered.feed()


KIND = SitemapKind()


# ── children of an index ────────────────────────────────────────────────────────────────────────────


def _queue(row: ChannelState) -> list[str]:
    try:
        queue = json.loads(row.cursor) if row.cursor else []
    except ValueError:
        return []
    return [url for url in queue if isinstance(url, str)] if isinstance(queue, list) else []


def _children(where: str, row: ChannelState, now: int, body: bytes) -> list[str] | None:
    """The children worth asking, best first; None when the body is no index."""
    if not sitemap_xml.is_index(body):
        return None
    found = sitemap_xml.read(body)
    home = site_of(row.url)
    since = max(now - _OLDEST_CHILD_MS, (row.last_ok_at or 0) - _SLACK_MS)
    month = datetime.fromtimestamp(now / 1000, UTC).astimezone(LOCAL)
    good: list[tuple[tuple[int, int, int], str]] = []
    for number, line in enumerate(found.lines):
        try:
            url = urljoin(where, line.loc)
        except ValueError:
            continue
        changed = _w3c(line.lastmod)
        late = changed is not None and changed[0] + (DAY_MS if changed[1] <= 0.4 else 0) < since
        if site_of(url) == home and home and len(url) <= answers.LONGEST_URL and not late:
            turn = 0 if changed else _turn(url, number in (0, len(found.lines) - 1), now)
            good.append(((_promise(url, month), -(changed[0] if changed else 0), turn), url))
    return [url for _, url in sorted(good, key=lambda one: one[0])][: MAX_PAGES - 1]


def _turn(url: str, at_an_end: bool, now: int) -> int:
    """Where nothing tells which child is new: the first and the last always, of the others now these, now those."""
    return -1 if at_an_end else zlib.crc32(f"{now // HOUR_MS} {url}".encode())


def _promise(url: str, month: datetime) -> int:
    """0 for a news sitemap, 1 for this month's, 2 for one without a date in its name, 3 for another month's."""
    path = urlsplit(url).path.lower()
    if "news" in path or "tin-moi" in path:
        return 0
    named = re.search(r"(20\d\d)[-_/]?(\d\d?)(?!\d)", path)
    if named is None:
        return 2
    return 1 if (int(named[1]), int(named[2])) == (month.year, month.month) else 3


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Kept:
    line: Line
    link: tuple[str, str]
    title: str
    published: dates.Published | None
    at: int  # what it is sorted by


class _Choice:
    """Which lines are taken; what is left out is counted by cause, one fault each."""

    def __init__(self, gathered: answers.Gathering, channel: Channel) -> None:
        self.gathered = gathered
        self.since = gathered.seen_at - channel.max_age_days * DAY_MS
        self.like = re.compile(channel.path_like) if channel.path_like else None
        self.site = site_of(gathered.base)
        self.left: Counter[str] = Counter()
        self.tries = _OTHER_DATES

    def of(self, lines: Iterable[Line]) -> list[_Kept]:
        """The lines that are new enough, on this site and like an article."""
        listed = list(lines)
        newsy = any(line.news for line in listed)
        kept = [one for line in listed if (one := self._keep(line, newsy))]
        for code, words in _LEFT_OUT.items():
            if count := self.left[code]:
                self.gathered.fault(-1, code, f"{count} {words}")
        return kept

    def _keep(self, line: Line, newsy: bool) -> _Kept | None:
        # old ones are dropped before anything costly: of 50,000 lines a few are new
        news_at = self._date(line.published)
        said = news_at or self._date(line.lastmod)
        if said is not None and self._old(*said):
            return None
        link = self.gathered.address(line.position, line.loc)
        if link is None or not self._ours(link):
            return None
        published = self._published(said, news_at is not None, link[1])
        if said is None and not newsy and (published is None or self._old(published.at, published.confidence)):
            self.left["undated" if published is None else "old"] += 1
            return None
        at = said[0] if said else (published.at if published else self.gathered.seen_at)
        return _Kept(line, link, answers.words(line.title, 500), published, min(at, self.gathered.seen_at))

    def _old(self, at: int, confidence: float) -> bool:
        return at + (DAY_MS if confidence <= 0.4 else 0) < self.since  # a day alone lasts until its end

    def _ours(self, link: tuple[str, str]) -> bool:
        if site_of(link[0]) != self.site:
            self.left["foreign_host"] += 1
            return False
        return self.like is None or bool(self.like.search(urlsplit(link[1]).path[:_LONGEST_PATH]))

    def _published(self, said: tuple[int, float] | None, is_news: bool, identity: str) -> dates.Published | None:
        """The time of the news part; else what the address tells; a `lastmod` is a change, so only a weak hint."""
        told = time_in_url(identity)
        if said and is_news:
            found = dates.Published(said[0], "sitemap", said[1])
        elif told:
            found = dates.Published(told.at, "url", told.confidence)
        elif said:
            found = dates.Published(said[0], "sitemap", 0.3)
        else:
            return None
        if dates.refusal(found.at, self.gathered.seen_at):
            self.left["date_impossible"] += 1
            return None
        return found

    def _date(self, given: str) -> tuple[int, float] | None:
        if not given:
            return None
        if found := _w3c(given):
            return found
        found = dates.parse(given) if self.tries > 0 else None
        self.tries -= 1
        if found is None:
            self.left["date_unreadable"] += 1
        return found


_LEFT_OUT = {
    "foreign_host": "addresses lie on another site, which a sitemap may not speak for; left out",
    "undated": "addresses have no date, so nothing tells whether they are new; left out",
    "date_unreadable": "dates cannot be read",
    "date_impossible": "dates cannot be times of publication; left out",
}


def _w3c(given: str) -> tuple[int, float] | None:
    """(ms UTC, confidence) of a W3C date with its day, as the protocol wants it."""
    return dates.parse(given.strip()) if _W3C.fullmatch(given.strip()) else None

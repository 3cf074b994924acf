"""What a feed says (Raw) to what we keep (Entry): one set of rules for every format and for both XML readers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from crawler import dates
from crawler.text import plain
from crawler.urls import PLAIN, canonical, time_in_url
from lang.text import nfc
from store.errors import InputError

MOST_ENTRIES = 5000
"""Entries read of one body: no outlet lists more, and each costs work in every later stage."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One usable entry: NFC plain text; ``url`` as given (made absolute), ``canonical_url`` its identity."""

    position: int
    url: str
    canonical_url: str
    title: str
    summary: str
    published: dates.Published | None
    section: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something in entry ``position`` (from 0; -1 the whole feed) was left out."""

    position: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class More:
    """What only some readers fill in.

    ``author``, ``categories``, ``enclosures`` (url, type, length) and ``language`` serve the pipe
    (docs/feed.md) and never reach the store; the strict XML reader leaves them out. ``plain_text``: the summary
    holds no markup. ``faults``: (code, message) found while reading; ``skip``: there is nothing else.
    """

    author: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()
    enclosures: tuple[tuple[str, str, str], ...] = ()
    plain_text: bool = False
    faults: tuple[tuple[str, str], ...] = ()
    skip: bool = False


NO_MORE = More()


@dataclass(slots=True)
class Raw:
    """One entry as the feed has it, before any reading: markup, dates and links are as written."""

    link: str = ""
    id: str = ""
    title: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    created: str = ""
    section: str = ""
    more: More = NO_MORE


@dataclass(slots=True)
class RawFeed:
    """A feed as written; ``left_out`` counts entries beyond :data:`MOST_ENTRIES`."""

    items: list[Raw] = field(default_factory=list)
    title: str = ""
    link: str = ""
    next_url: str = ""
    ttl: str = ""
    period: str = ""
    frequency: str = ""
    language: str = ""
    left_out: int = 0
    faults: list[Fault] = field(default_factory=list)


LONGEST_LINK = 4000
"""Characters of an address; servers refuse longer ones."""

_AROUND = " \t\r\n<>\"'"
_PERMALINK = re.compile(r"https?://")
_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


def absolute(base: str, link: str) -> str:
    """``link`` as seen from ``base``, backslashes as browsers read them. Raises ValueError for what is no address."""
    if PLAIN.fullmatch(link):
        return link
    link = link.replace("\\", "/")
    if link.endswith("://"):
        raise ValueError(f"not an address: {link[:200]!r}")
    return urljoin(base, link)


def given_link(raw: Raw) -> str:
    """The entry's link as written, without brackets or quotation marks around it.

    A guid that is a web address stands in for a missing link; one that is but a number or a name is none, though
    RSS calls every guid a permalink that does not say otherwise.
    """
    link = raw.link.strip(_AROUND)
    if not link:
        return raw.id.strip(_AROUND) if _PERMALINK.match(raw.id) else ""
    return "" if raw.link == raw.id and "/" not in link else link


def ttl_minutes(feed: RawFeed) -> int | None:
    """Minutes for which the feed asks to be left alone (<ttl>, else sy:updatePeriod over sy:updateFrequency)."""
    if re.fullmatch(r"[0-9]{1,7}", feed.ttl.strip()) and int(feed.ttl) > 0:
        return int(feed.ttl)
    period = _MINUTES.get(feed.period.strip().lower())
    if period is None:
        return None
    often = feed.frequency.strip()
    times = int(often) if re.fullmatch(r"[0-9]{1,4}", often) else 1
    return max(1, period // max(1, times))


def _canonical_or_none(url: str) -> str | None:
    try:
        return canonical(url)
    except InputError:
        return None


class Reading:
    """Entries and faults of one body, in its order."""

    def __init__(self, base: str, seen_at: int) -> None:
        self.base, self.seen_at = base, seen_at
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self._own = _canonical_or_none(base)
        self._by_id: dict[str, str] = {}
        self._told: set[tuple[str, str, str]] = set()

    def add(self, position: int, raw: Raw) -> None:
        """Keep entry ``position``, or say why not."""
        more = raw.more
        if more is not NO_MORE:
            self.faults.extend(Fault(position, code, message) for code, message in more.faults)
            if more.skip:
                return
        title = plain(raw.title)
        found = self._address(position, raw, title)
        if found is None:
            return
        url, identity = found
        if not title:
            self.faults.append(Fault(position, "no_title", f"the entry {url[:200]} has no title; skipped"))
            return
        summary = nfc(raw.summary) if more.plain_text else plain(raw.summary)
        if summary == title:
            summary = ""
        if self._repeats(position, raw.id, (identity, title, summary)):
            return
        section = plain(raw.section) if raw.section else ""
        published = self._published(position, raw, identity)
        self.entries.append(Entry(position, url, identity, title, summary, published, section or None))

    def _address(self, position: int, raw: Raw, title: str) -> tuple[str, str] | None:
        """(address as given, canonical address), or None where the fault is noted."""
        link = given_link(raw)
        if not link:
            self.faults.append(Fault(position, "no_link", f"the entry {title[:80]!r} has no link; skipped"))
            return None
        try:
            if len(link) > LONGEST_LINK:
                raise InputError(f"the link {link[:80]!r}… has {len(link):,} characters")
            url = absolute(self.base, link)
            identity = canonical(url)
            if identity == self._own:
                raise InputError(f"the link {link[:80]!r} leads to the feed itself")
        except (InputError, ValueError) as bad:
            self.faults.append(Fault(position, "bad_link", f"{bad}; the entry is skipped"))
            return None
        return url, identity

    def _repeats(self, position: int, its_id: str, told: tuple[str, str, str]) -> bool:
        first = self._by_id.get(its_id) if its_id else None
        if told in self._told or first == told[0]:
            self.faults.append(Fault(position, "duplicate_entry", f"{told[0]} is listed twice; the first is kept"))
            return True
        self._told.add(told)
        if first is not None:
            words = f"the id {its_id[:120]!r} was given to {first} before; {told[0]} is kept beside it"
            self.faults.append(Fault(position, "duplicate_id", words))
        elif its_id:
            self._by_id[its_id] = told[0]
        return False

    def _published(self, position: int, raw: Raw, identity: str) -> dates.Published | None:
        given = raw.published or raw.updated or raw.created
        read = dates.parse(given) if given else None
        if given and read is None:
            words = f"the date {given[:60]!r} cannot be read; left out"
            self.faults.append(Fault(position, "date_unreadable", words))
        found = dates.Published(read[0], "feed", read[1]) if read else None
        if found and (refused := dates.refusal(found.at, self.seen_at)):
            self.faults.append(Fault(position, *refused))
            found = None
        if found is None and (told := time_in_url(identity)) and not dates.refusal(told.at, self.seen_at):
            return dates.Published(told.at, "url", told.confidence)
        if found is None and not given:
            self.faults.append(Fault(position, "no_date", f"the entry {identity} has no date; kept without"))
        return found

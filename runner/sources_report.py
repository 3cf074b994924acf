"""What a visit of one source would collect now: its channels and its first pages as they answered."""

from __future__ import annotations

from dataclasses import dataclass

from config.sources import Channel, Source
from crawler import dates
from crawler.extract import Extracted, PageKind
from crawler.feeds import Entry, Fault
from store.model import Fetch


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """One channel as it answered. ``missing``: what keeps it from being asked (a key), in Vietnamese; ``unread``: why
    a body that came holds nothing. ``body_bytes``: of all its bodies."""

    channel: Channel
    missing: str = ""
    fetches: tuple[Fetch, ...] = ()
    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: str = ""
    body_bytes: int = 0

    @property
    def newest(self) -> dates.Published | None:
        """The latest time that an entry gives, and how it was had."""
        known = [entry.published for entry in self.entries if entry.published]
        return max(known, key=lambda p: p.at, default=None)

    @property
    def dated(self) -> int:
        """How many entries have a time."""
        return sum(entry.published is not None for entry in self.entries)


@dataclass(frozen=True, slots=True)
class PageReport:
    """One article page: the attempt, and what was read of it (None when nothing came)."""

    url: str
    fetch: Fetch | None
    read: Extracted | None

    @property
    def is_article(self) -> bool:
        """It would become a Revision."""
        return self.read is not None and self.read.kind is PageKind.ARTICLE


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What a visit of one source would collect now."""

    source: Source
    channels: tuple[ChannelReport, ...]
    pages: tuple[PageReport, ...] = ()

    @property
    def works(self) -> bool:
        """At least one channel shows something, and of the pages that were tried at least one could be read."""
        shown = any(channel.entries for channel in self.channels)
        return shown and (not self.pages or any(page.is_article for page in self.pages))

    @property
    def whole(self) -> bool:
        """Nothing at all is wrong."""
        return self.works and all(c.entries for c in self.channels) and all(p.is_article for p in self.pages)

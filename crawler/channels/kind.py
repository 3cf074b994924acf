"""What every channel kind can do. A kind is a plain object without state; the row carries it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from config.settings import Settings
from config.sources import Channel
from crawler.feeds import Feed
from store.model import ChannelState, Fetch, FetchOutcome

MAX_PAGES = 5
"""Pages of one visit at most: what an outlet publishes between two checks never fills them."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The request of one visit (or of its next page).

    ``official``: an interface that its owner gave us a key for. robots.txt speaks to crawlers of pages; a call under
    a contract obeys that contract's quotas instead (docs/adr/0005). Secrets go in ``headers``, never in ``url``: the
    address is kept in the Fetch, the request headers are not.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    official: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means where its status alone does not say it. ``wait_ms``: how long to leave the host alone."""

    outcome: FetchOutcome
    message: str
    wait_ms: int | None = None


class Kind(Protocol):
    """How one kind of channel is asked and read."""

    def missing(self, settings: Settings) -> str:
        """What keeps it from being asked at all (a key that nobody entered), in Vietnamese; '' when nothing does."""

    def ask(self, row: ChannelState, settings: Settings) -> Ask:
        """The request that is due: the first page, or the one that ``row.cursor`` names."""

    def verdict(self, status: int, headers: Mapping[str, str], body: bytes) -> Verdict | None:
        """For an answer whose body knows better than its status; None leaves it to the status."""

    def remember(self, row: ChannelState, fetch: Fetch, body: bytes | None) -> ChannelState:
        """The row with what the next visit needs: validators, cursor of the next page, hints. Never raises."""

    def read(self, body: bytes, content_type: str | None, url: str, seen_at: int, channel: Channel | None) -> Feed:
        """The entries of a body; ``channel``: its configuration, None when it has none any more. Never raises."""

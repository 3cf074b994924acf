"""An RSS, Atom or JSON feed: asked conditionally, so that an unchanged feed costs its host one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from config.settings import Settings
from config.sources import Channel
from crawler import feeds, hints
from crawler.channels.kind import Ask, Verdict
from store.model import ChannelState, Fetch, FetchOutcome


def validators(row: ChannelState) -> dict[str, str]:
    """The validators of the last body that we have, for a conditional GET; empty at the first visit."""
    given = {"If-None-Match": row.etag, "If-Modified-Since": row.last_modified}
    return {name: value for name, value in given.items() if value}


def remembered(row: ChannelState, fetch: Fetch, hint_ms: int) -> ChannelState:
    """The row with the validators of a new body and the rest it asks for; a failure leaves it as it was."""
    if fetch.outcome is FetchOutcome.NOT_MODIFIED:
        return replace(row, hint_ms=max(hint_ms, row.hint_ms))
    if fetch.outcome is not FetchOutcome.FETCHED:
        return row
    etag, modified = fetch.headers.get("etag"), fetch.headers.get("last-modified")
    return replace(row, etag=etag, last_modified=modified, hint_ms=hint_ms)


class FeedKind:
    """See :class:`crawler.channels.kind.Kind`."""

    def missing(self, settings: Settings) -> str:
        """Nothing is needed."""
        return ""

    def ask(self, row: ChannelState, settings: Settings) -> Ask:
        """The feed itself, unless it is as it was."""
        return Ask(row.url, validators(row))

    def verdict(self, status: int, headers: Mapping[str, str], body: bytes) -> Verdict | None:
        """The status says it all."""
        return None

    def remember(self, row: ChannelState, fetch: Fetch, body: bytes | None) -> ChannelState:
        """Validators, and the longer of what the headers and the feed ask for."""
        return remembered(row, fetch, max(hints.of_headers(fetch.headers), hints.of_feed(body or b"")))

    def read(
        self, body: bytes, content_type: str | None, url: str, seen_at: int, channel: Channel | None
    ) -> feeds.Feed:
        """Its entries."""
        return feeds.parse(body, content_type, url, seen_at)


KIND = FeedKind()

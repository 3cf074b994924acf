"""An RSS or Atom address: asked conditionally, so that an unchanged feed costs its host one line."""

from __future__ import annotations

from dataclasses import replace

from store.model import ChannelState, Fetch, FetchOutcome


def headers(row: ChannelState) -> dict[str, str]:
    """The validators of the last body that we have, for a conditional GET; empty at the first visit."""
    given = {"If-None-Match": row.etag, "If-Modified-Since": row.last_modified}
    return {name: value for name, value in given.items() if value}


def remember(row: ChannelState, fetch: Fetch) -> ChannelState:
    """The row with the validators of a new body; after anything else it keeps those that it had."""
    if fetch.outcome is not FetchOutcome.FETCHED:
        return row
    return replace(row, etag=fetch.headers.get("etag"), last_modified=fetch.headers.get("last-modified"))

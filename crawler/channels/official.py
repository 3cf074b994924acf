"""What the three official interfaces share: a visit of several pages, a clock in an answer, the usual words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

from crawler import dates
from crawler.channels.kind import MAX_PAGES
from store.model import ChannelState, Fetch, FetchOutcome

HOUR_MS = 3600 * 1000
_CURSOR = re.compile(r"(\d{1,15}):([\w=+/.~-]{1,1000})", re.ASCII)


def cursor_of(row: ChannelState) -> tuple[int, str] | None:
    """(since, token): how far back this visit goes (ms UTC) and the page that is due; None on the first page.

    ``since`` travels in the cursor because ``last_ok_at`` moves on with every page of the visit.
    """
    found = _CURSOR.fullmatch(row.cursor or "")
    return (int(found[1]), found[2]) if found else None


def next_page(row: ChannelState, fetch: Fetch, token: Any, oldest: int | None) -> ChannelState:
    """The row with the next page as its cursor while this one's oldest item is newer than the last visit.

    ``token``: the interface's own name of the next page, checked here; ``oldest``: ms UTC, None for an empty page.
    The first visit of all takes one page: what was said before we came is nobody's news.
    """
    if fetch.outcome is not FetchOutcome.FETCHED:
        return replace(row, cursor=None)
    before = cursor_of(row)
    since = before[0] if before else row.last_ok_at
    more = isinstance(token, str) and token and since is not None and oldest is not None and oldest > since
    cursor = f"{since}:{token}" if more and row.pages < MAX_PAGES else None
    if before and cursor == row.cursor:
        cursor = None  # an interface that names the same page again would keep us for all pages
    return replace(row, cursor=cursor if cursor and _CURSOR.fullmatch(cursor) else None)


def clock_of(headers: Mapping[str, str]) -> int | None:
    """The server's own time (ms UTC) from its Date header; None when it says none."""
    try:
        return int(parsedate_to_datetime(headers.get("date", "")).timestamp() * 1000)
    except (TypeError, ValueError, OverflowError):
        return None


def moment(value: Any, source: str) -> dates.Published | None:
    """An ISO 8601 time of an interface; None for anything else."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\dT", value) or len(value) > 40:
        return None
    read = dates.parse(value)
    return dates.Published(read[0], source, read[1]) if read else None

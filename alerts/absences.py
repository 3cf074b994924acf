"""Deletions in words, from rows: for the desk, `haidang evidence` and the `gone` stage.

One 404 may be a passing fault of the host, so a deletion says how often it was seen: *once*, or *confirmed* by a later
look. It never says why a page went: that is for people to ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from alerts import words
from alerts.formats import exactly
from store.model import Absence, Fetch, FetchOutcome

CONFIRMED_MS = 6 * 3_600_000  # a second look at least this much later: a host's bad hour is over by then


def confirmed_at(absence: Absence, fetches: Sequence[Fetch]) -> int | None:
    """When a later look found the page still gone (ms UTC); None: seen once so far. ``fetches``: of the article."""
    until = absence.back_at if absence.back_at is not None else 1 << 62
    later = absence.noticed_at + CONFIRMED_MS
    looks = [f.finished_at for f in fetches if f.outcome is FetchOutcome.GONE and later <= f.finished_at < until]
    return min(looks, default=None)


def told(absence: Absence, fetches: Sequence[Fetch], tz: str) -> str:
    """One sentence: since when it is gone, when it was last seen, how sure that is; times in the zone ``tz``."""
    wording = words.ABSENT if absence.back_at is None else words.ABSENT_BACK
    parts = [
        wording.format(
            status=absence.status,
            since=exactly(absence.noticed_at, tz),
            seen=exactly(absence.last_seen_at, tz),
            back=exactly(absence.back_at, tz) if absence.back_at is not None else "",
        )
    ]
    again = confirmed_at(absence, fetches)
    if again is not None:
        parts.append(words.ABSENT_CONFIRMED.format(at=exactly(again, tz)))
    elif absence.back_at is None:
        parts.append(words.ABSENT_ONCE)
    if absence.names_minor:
        parts.append(words.ABSENT_MINOR)
    return "; ".join(parts) + "."

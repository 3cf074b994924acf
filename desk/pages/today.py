"""``/`` Hôm nay: the newest digest as issued, and the ones before it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from alerts.checking_digest import checking_lines
from desk import assets, entries
from desk.case_filter import Filter
from desk.case_lines import due_soon, overdue, plans_of
from desk.context import Desk
from desk.pages import digest as digest_page
from desk.watching import watched
from desk.words import TROUBLE

BEFORE = 14
OVERDUE_MS = 25 * 3_600_000  # a day and an hour after the last one the next should have been out


def page(desk: Desk, request: Request) -> Response:
    """The newest digest, or what would be here and how to get it."""
    digests = [d for d in desk.store.digests(BEFORE + 1) if d.kind == entries.KIND]
    found = desk.store.digest(digests[0].id) if digests else None
    band = _band(desk)
    if found is None:
        return desk.page("empty.jinja", "Hôm nay", active="today", digest_at=desk.settings.digest_at, **band)
    rows, _ = watched(desk)
    counts = Counter(row.trouble for row in rows)
    return digest_page.show_digest(
        desk,
        found,
        "today.jinja",
        "Hôm nay",
        earlier=digests[1:],
        watched={code: counts[code] for code in TROUBLE},
        checks=checking_lines(desk.store, found.window_to, desk.now(), ""),
        overdue=desk.now() > found.window_to + OVERDUE_MS,
        **band,
    )


def _band(desk: Desk) -> dict[str, Any]:
    """*Đến hạn*: the cases that are due first, and how many are late."""
    return {
        "due": due_soon(desk, plans_of(desk)),
        "late": overdue(desk),
        "late_link": Filter(overdue=True).link(),
        "assets": assets.URLS,
    }

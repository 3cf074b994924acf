"""``/`` Hôm nay: the newest digest as issued, and the ones before it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from alerts.checking_digest import checking_lines
from alerts.digest_days import calendar_of, missed
from desk import assets, entries
from desk.case_filter import Filter
from desk.case_lines import due_soon, overdue, plans_of
from desk.context import Desk
from desk.pages import digest as digest_page
from desk.watching import watched
from desk.words import TROUBLE

BEFORE = 14
ROWS_A_DAY = 4  # the draft and what was released of it are rows of their own


def page(desk: Desk, request: Request) -> Response:
    """The newest digest, or what would be here and how to get it."""
    newest = desk.store.digests((BEFORE + 1) * ROWS_A_DAY)
    digests = [d for d in newest if d.kind == entries.KIND][: BEFORE + 1]
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
        overdue=_overdue(desk, found.day),
        **band,
    )


def _overdue(desk: Desk, day: str) -> bool:
    """Whether the digest of a later working day should have been out."""
    settings = desk.settings
    clock = calendar_of(settings.home, settings.timezone)
    return missed(clock, dt.date.fromisoformat(day), desk.now(), settings.digest_at, settings.timezone)


def _band(desk: Desk) -> dict[str, Any]:
    """*Đến hạn*: the cases that are due first, and how many are late."""
    return {
        "due": due_soon(desk, plans_of(desk)),
        "late": overdue(desk),
        "late_link": Filter(overdue=True).link(),
        "assets": assets.URLS,
    }

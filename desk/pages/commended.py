"""``/guong-tot``: who and what in Hải Phòng is praised; pupils are named only where consent is recorded."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import Response

from alerts.commended import commended
from desk.context import BadAddress, Desk
from desk.show import day_bounds, local_day

ADDRESS = "/guong-tot"
DAYS, MOST_DAYS, LISTED = 30, 92, 200


def page(desk: Desk, request: Request) -> Response:
    """The list of a window of days (``tu``, ``den``: inclusive; the last 30 days without them), newest first."""
    tz = desk.settings.timezone
    last = _day(request, "den") or local_day(desk.now(), tz)
    first = _day(request, "tu") or last - dt.timedelta(days=DAYS - 1)
    if first > last:
        raise BadAddress("Ngày đầu (“tu=”) đứng sau ngày cuối (“den=”).")
    if (last - first).days >= MOST_DAYS:
        raise BadAddress(f"Khoảng ngày dài quá {MOST_DAYS} ngày; lệnh haidang commended lấy được dài hơn.")
    found = commended(desk.store, *day_bounds(first, last, tz))
    return desk.page(
        "commended.jinja",
        "Gương tốt, khen thưởng",
        active="commended",
        first=first.isoformat(),
        last=last.isoformat(),
        found=found[:LISTED],
        more=max(len(found) - LISTED, 0),
    )


def _day(request: Request, name: str) -> dt.date | None:
    text = request.query_params.get(name, "")
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year < 2200:
        raise BadAddress(f"Ngày ghi sau “{name}=” không đọc được; viết như 2026-11-20.")
    return day

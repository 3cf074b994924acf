"""``/nguon`` Nguồn theo dõi: every channel, sorted by trouble."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from desk import words
from desk.context import Desk
from desk.watching import watched


def page(desk: Desk, request: Request) -> Response:
    """The table; ``?tinh_trang=`` picks one state, so that each count opens."""
    rows, errors = watched(desk)
    counts = [(code, *words.TROUBLE[code], sum(r.trouble == code for r in rows)) for code in words.TROUBLE]
    picked = request.query_params.get("tinh_trang", "")
    if picked.isascii() and picked.isdigit() and int(picked[:2]) in words.TROUBLE:
        rows = [row for row in rows if row.trouble == int(picked[:2])]
    else:
        picked = ""
    return desk.page(
        "sources.jinja", "Nguồn theo dõi", active="sources", rows=rows, errors=errors, counts=counts, picked=picked
    )

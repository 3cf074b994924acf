"""``/healthz`` for whoever watches the process, and the stylesheet."""

from __future__ import annotations

import logging
import sqlite3

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.context import Desk
from store.errors import StoreError

log = logging.getLogger("haidang.desk")


def page(desk: Desk, request: Request) -> Response:
    """``{ok, database, last_digest}``: 200, or 503 when the database does not answer."""
    try:
        last = [d for d in desk.store.digests(8) if d.kind == "daily"]
    except (StoreError, sqlite3.Error) as wrong:
        log.error("the database does not answer: %s", wrong)
        return JSONResponse({"ok": False, "database": str(wrong), "last_digest": None}, status_code=503)
    return JSONResponse({"ok": True, "database": "ok", "last_digest": last[0].day if last else None})


def stylesheet(desk: Desk, request: Request) -> Response:
    """The one stylesheet; its address changes with its content, so it may be kept."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(desk.templates.style, media_type="text/css", headers=headers)


def no_icon(desk: Desk, request: Request) -> Response:
    """Browsers ask for one unbidden; there is none, and that is no error."""
    return Response(status_code=204)

"""The inbox's own sheet and script: read once, addressed by their content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from desk.context import Desk

_STATIC = Path(__file__).resolve().parent / "static"
_TYPES = {"inbox.css": "text/css", "inbox.js": "text/javascript", "check.css": "text/css", "case.css": "text/css"}


@cache
def _read(name: str) -> bytes:
    return (_STATIC / name).read_bytes()


URLS: Mapping[str, str] = {name: f"/static/{name}?v={hashlib.sha256(_read(name)).hexdigest()[:12]}" for name in _TYPES}


def page(desk: Desk, request: Request) -> Response:
    """The file named by the address; the routes name no other."""
    name = request.url.path.rsplit("/", 1)[-1]
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_read(name), media_type=_TYPES[name], headers=headers)

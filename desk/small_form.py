"""A form of a few short fields, read strictly: the way in for all that is no upload (:mod:`desk.pages.upload`)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from desk.context import BadAddress

MOST_BYTES = 32 * 1024
MOST_FIELDS = 20
READ_S = 20.0
UNREADABLE = "Biểu mẫu gửi lên không đúng khuôn dạng ({why}). Mở lại trang có biểu mẫu rồi nhập và gửi từ đó."


async def read_small_form(request: Request) -> Mapping[str, str]:
    """Fields by name, each once. Raises HTTPException 408, 413, 415 and :class:`BadAddress` for what is no form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or "content-encoding" in request.headers:
        raise HTTPException(415)
    return _fields(await _body(request))


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(READ_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise HTTPException(413)
    except TimeoutError:
        raise HTTPException(408) from None
    return bytes(body)


def _fields(body: bytes) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict",
            max_num_fields=MOST_FIELDS,
        )  # fmt: skip
    except ValueError:
        raise BadAddress(UNREADABLE.format(why="các ô")) from None
    if len({name for name, _ in pairs}) != len(pairs):
        raise BadAddress(UNREADABLE.format(why="một ô gửi hai lần"))
    return {name: value.replace("\r\n", "\n") for name, value in pairs}

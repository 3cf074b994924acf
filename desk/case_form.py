"""A form of a case as it comes in: many short fields, some lines that were ticked, or one file; read strictly."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from alerts.case_files import LIMIT
from desk.context import BadAddress
from desk.pages import upload
from desk.small_form import UNREADABLE

MOST_BYTES = 400 * 1024
"""A note of 10,000 characters is 90 KB when a browser has encoded it."""
MOST_FIELDS = 600
READ_S = 20.0
CHOSEN = "chon"
FILE_FIELDS = frozenset({"the", "viec", "phien", "ten"})
_MOST_FILE_BODY = LIMIT + 64 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """Fields by name; ``chosen``: every value of the ticked boxes; of a file its name and bytes."""

    values: Mapping[str, str]
    chosen: tuple[str, ...] = ()
    file_name: str = ""
    data: bytes = b""


async def read_case_form(request: Request) -> Sent:
    """Raises HTTPException 408, 413, 415 and :class:`BadAddress` for what is no form of ours."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or "content-encoding" in request.headers:
        raise HTTPException(415)
    body = await _body(request)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict",
            max_num_fields=MOST_FIELDS,
        )  # fmt: skip
    except ValueError:
        raise BadAddress(UNREADABLE.format(why="các ô")) from None
    single = [(name, value) for name, value in pairs if name != CHOSEN]
    if len({name for name, _ in single}) != len(single):
        raise BadAddress(UNREADABLE.format(why="một ô gửi hai lần"))
    chosen = dict.fromkeys(value for name, value in pairs if name == CHOSEN)
    return Sent({name: value.replace("\r\n", "\n") for name, value in single}, tuple(chosen))


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


class _Parts(upload._Parts):
    """The inbox's reader of parts, for one named file of up to :data:`LIMIT` bytes and our few fields."""

    file_name = ""

    def _named(self) -> None:
        kind, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = b"filename" in options or b"filename*" in options
        self._seen += 1
        if kind != b"form-data" or self._seen > len(FILE_FIELDS) + 1 or self._is_file != (self._name == upload.FILES):
            raise upload._wrong("các ô")
        if not self._is_file and (self._name not in FILE_FIELDS or self._name in self._values):
            raise upload._wrong("có ô lạ hoặc một ô gửi hai lần")
        if self._is_file:
            self.file_name = options.get(b"filename", b"").decode("utf-8", "replace")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            super()._data(data, start, end)
            return
        self._size += end - start
        self._body += data[start : min(end, start + max(LIMIT + 1 - len(self._body), 0))]


async def read_case_file(request: Request) -> Sent:
    """One file for a case. Raises as :func:`read_case_form`."""
    try:
        parts = _Parts(upload._boundary(request))
        async with asyncio.timeout(upload.READ_S):
            size = 0
            async for chunk in request.stream():
                size += len(chunk)
                if size > _MOST_FILE_BODY:
                    raise HTTPException(413)
                parts.write(chunk)
    except FormParserError as bad:
        raise upload._wrong("các phần") from bad
    except TimeoutError:
        raise HTTPException(408) from None
    form = parts.form()
    return Sent(form.values, file_name=parts.file_name, data=form.new[0] if form.new else b"")

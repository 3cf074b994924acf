"""The form by which a document is handed in, as it comes: one file, a few fields, in memory alone."""

from __future__ import annotations

import asyncio

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from desk.pages import upload
from desk.pages.upload import Form
from intake.official_form import LIMITS

CARRIED = "carried_0"
NAMES = frozenset(("the", "viec", "scan_text", "version_of", CARRIED, *LIMITS))
MAX_BODY = 64 * 1024 * 1024


class _Parts(upload._Parts):
    """The inbox's reader of parts with other names of fields."""

    def _named(self) -> None:
        kind, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = b"filename" in options or b"filename*" in options
        self._seen += 1
        if kind != b"form-data" or self._seen > len(NAMES) + 6:
            raise upload._wrong("các ô")
        if self._is_file != (self._name == upload.FILES) or (not self._is_file and self._name not in NAMES):
            raise upload._wrong("có ô lạ")
        if self._name in self._values:
            raise upload._wrong("một ô gửi hai lần")


async def read_reference_form(request: Request) -> Form:
    """The form of a request. Raises HTTPException 408, 413, 415 and :class:`BadAddress` for what is no form of ours."""
    try:
        parts = _Parts(upload._boundary(request))
        async with asyncio.timeout(upload.READ_S):
            size = 0
            async for chunk in request.stream():
                size += len(chunk)
                if size > MAX_BODY:
                    raise HTTPException(413)
                parts.write(chunk)
    except FormParserError as bad:
        raise upload._wrong("các phần") from bad
    except TimeoutError:
        raise HTTPException(408) from None
    return parts.form()

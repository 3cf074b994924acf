"""A form as it comes in: read strictly, bounded, and in memory alone.

The original of what is handed in must not touch a disk before it is blacked out. Starlette's own reader of forms moves
large files to temporary files, so the parts are taken from the parser below it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from desk.context import BadAddress
from desk.guard import sent_from_here
from intake.form import MAX_FILE_BYTES, MAX_FILES

READ_S = 120.0
MAX_BODY = 256 * 1024 * 1024
"""Read at most, kept far less: a file that is too large is read to its end and dropped, so that the rest of the form
can be shown again with what is wrong."""

MAX_PARTS = 60
MAX_TEXT = 1_000_000  # bytes of one text field
MAX_CARRIED = (MAX_FILE_BYTES + 2) // 3 * 4
_TICKS = ("closed_group", "by_person_concerned", "public_page")
_TEXTS = frozenset(("the", "viec", "by", "where_seen", "seen_at", "url", "text", "note", "consent_note", *_TICKS))
_OF_FILE = re.compile(r"(?:carried|drop|boxes|no_persons_visible)_[0-4]")
FILES = "tep"
UNREADABLE = "Biểu mẫu gửi lên không đúng khuôn dạng ({why}). Mở lại trang Góp tin rồi nhập và gửi từ đó."


@dataclass(frozen=True, slots=True)
class Form:
    """Text fields by name; ``new``: files just chosen; ``carried``: by number, files that an earlier step took."""

    values: Mapping[str, str]
    new: tuple[bytes, ...] = ()
    carried: Mapping[int, bytes] = field(default_factory=dict)


async def read_form(request: Request) -> Form:
    """The form of a request. Raises HTTPException 408, 413, 415 and :class:`BadAddress` for what is no form of ours."""
    parts = _Parts(_boundary(request))
    _small_enough(request.headers.get("content-length", "0"))
    try:
        async with asyncio.timeout(READ_S):
            size = 0
            async for chunk in request.stream():
                size += len(chunk)
                if size > MAX_BODY:
                    raise HTTPException(413)
                parts.write(chunk)
    except TimeoutError:
        raise HTTPException(408) from None
    return parts.form()


def refuse_foreign(request: Request) -> None:
    """Raises HTTPException 403 for a form that no page of this desk sent; nothing of it is read."""
    if not sent_from_here(request.headers):
        raise HTTPException(403)


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or options.keys() != {b"boundary"} or "content-encoding" in request.headers:
        raise HTTPException(415)
    return options[b"boundary"]


def _small_enough(length: str) -> None:
    if not (length.isascii() and length.isdigit()):
        raise _wrong("độ dài")
    if len(length) > 12 or int(length) > MAX_BODY:
        raise HTTPException(413)


def _wrong(why: str) -> BadAddress:
    return BadAddress(UNREADABLE.format(why=why))


class _Parts:
    """Collects the parts of one body; every list and every part has its limit."""

    def __init__(self, boundary: bytes) -> None:
        self._values: dict[str, str] = {}
        self._new: list[bytes] = []
        self._seen = 0
        self._ended = False
        try:
            self._parser = MultipartParser(boundary, {
                "on_part_begin": self._begin, "on_header_field": self._header_name,
                "on_header_value": self._header_value, "on_header_end": self._header_end,
                "on_headers_finished": self._named, "on_part_data": self._data, "on_part_end": self._end,
                "on_end": self._finish,
            })  # fmt: skip
        except FormParserError as bad:
            raise _wrong("ranh giới") from bad
        self._begin()

    def write(self, chunk: bytes) -> None:
        """The next bytes of the body."""
        try:
            self._parser.write(chunk)
        except FormParserError as bad:
            raise _wrong("các phần") from bad

    def form(self) -> Form:
        """All of it; raises :class:`BadAddress` for a body that was cut short."""
        if not self._ended:
            raise _wrong("bị cắt cụt")
        carried = {int(name[-1]): _file(value) for name, value in self._values.items() if name.startswith("carried_")}
        values = {name: value for name, value in self._values.items() if not name.startswith("carried_")}
        return Form(values, tuple(self._new), carried)

    # what the parser calls

    def _begin(self) -> None:
        self._header, self._value, self._disposition = bytearray(), bytearray(), b""
        self._name, self._is_file, self._body, self._size = "", False, bytearray(), 0

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        elif self._header.lower() == b"content-transfer-encoding":
            raise _wrong("mã hóa của phần")
        self._header, self._value = bytearray(), bytearray()

    def _named(self) -> None:
        kind, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = b"filename" in options or b"filename*" in options
        self._seen += 1
        if kind != b"form-data" or self._seen > MAX_PARTS:
            raise _wrong("quá nhiều ô" if self._seen > MAX_PARTS else "tên ô")
        if self._is_file != (self._name == FILES):
            raise _wrong("ô tệp")
        if not self._is_file and self._name not in _TEXTS and not _OF_FILE.fullmatch(self._name):
            raise _wrong("có ô lạ")
        if self._name in self._values:
            raise _wrong("một ô gửi hai lần")

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._is_file:  # one byte more than may be kept says that it was too large
            kept = MAX_FILE_BYTES + 1 if len(self._new) <= MAX_FILES else 0
            self._body += data[start : min(end, start + max(kept - len(self._body), 0))]
            return
        if self._size > (MAX_CARRIED if self._name.startswith("carried_") else MAX_TEXT):
            raise HTTPException(413)
        self._body += data[start:end]

    def _end(self) -> None:
        if self._is_file:
            if self._size or _has_name(self._disposition):  # a browser sends a nameless nothing for no file
                self._new.append(bytes(self._body))
            return
        try:
            text = self._body.decode("utf-8")
        except UnicodeDecodeError as bad:
            raise _wrong("bảng mã") from bad
        self._values[self._name] = text.replace("\r\n", "\n")  # browsers send line ends of text areas so

    def _finish(self) -> None:
        self._ended = True


def _has_name(disposition: bytes) -> bool:
    return bool(parse_options_header(disposition)[1].get(b"filename", b"x"))


def _file(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as bad:
        raise _wrong("tệp của bước trước") from bad

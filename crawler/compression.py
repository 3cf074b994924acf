"""Content-Encoding undone strictly: Scrapy's own middleware hands a cut-off gzip on as if it were whole."""

from __future__ import annotations

import zlib

from crawler.outcome import FetchFailed
from store.model import FetchOutcome

ACCEPTED = "gzip, deflate"
_CHUNK = 65536


def undo(body: bytes, encodings: str, limit: int) -> bytes:
    """The body before its Content-Encoding (``encodings``: the header's value, e.g. `gzip`).

    Raises :class:`FetchFailed`: truncated when bytes are missing or damaged, too large over ``limit`` bytes,
    an HTTP error for an encoding that we did not ask for.
    """
    for name in reversed([part.strip().lower() for part in encodings.split(",")]):
        if name in ("", "identity"):
            continue
        if name in ("gzip", "x-gzip"):
            body = _members(body, limit)
        elif name == "deflate":
            body = _deflate(body, limit)
        else:
            raise FetchFailed(FetchOutcome.HTTP_ERROR, f"Content-Encoding {name!r}, which we did not ask for")
    return body


def _members(body: bytes, limit: int) -> bytes:
    whole = b""
    rest = body
    while rest:
        part, rest = _inflate(rest, 31, limit - len(whole))
        whole += part
        if not rest.startswith(b"\x1f\x8b"):
            break  # padding behind the last member is allowed
    return whole


def _deflate(body: bytes, limit: int) -> bytes:
    try:
        return _inflate(body, 15, limit)[0]
    except FetchFailed as bad:
        if bad.outcome is not FetchOutcome.TRUNCATED or "damaged" not in str(bad):
            raise
        return _inflate(body, -15, limit)[0]  # some servers leave the zlib header out


def _inflate(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """(what one stream holds, the bytes behind it)."""
    machine = zlib.decompressobj(window)
    parts: list[bytes] = []
    size = 0
    data = body
    try:
        while not machine.eof:
            part = machine.decompress(data, _CHUNK)
            data = machine.unconsumed_tail
            size += len(part)
            parts.append(part)
            if size > limit:
                raise FetchFailed(FetchOutcome.TOO_LARGE, f"more than {limit} bytes after decompression")
            if not part and not data and not machine.eof:
                words = f"the compressed body ends early: {len(body)} bytes gave {size} and no end"
                raise FetchFailed(FetchOutcome.TRUNCATED, words)
    except zlib.error as bad:
        raise FetchFailed(FetchOutcome.TRUNCATED, f"the compressed body is damaged ({bad})") from bad
    return b"".join(parts), machine.unused_data

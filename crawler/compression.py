"""Content-Encoding undone strictly: Scrapy's own middleware hands a cut-off gzip on as if it were whole.

Time and memory are bounded by the limit on what comes out, on layers and on gzip members: half a million empty
members fit in a body of 10 MB.
"""

from __future__ import annotations

import zlib

from crawler.outcome import FetchFailed
from store.model import FetchOutcome

ACCEPTED = "gzip, deflate"
MAX_LAYERS = 3
MAX_MEMBERS = 1000
_CHUNK = 65536


def undo(body: bytes, encodings: str, limit: int) -> bytes:
    """The body before its Content-Encoding (``encodings``: the header's value, e.g. `gzip`).

    Raises :class:`FetchFailed`: truncated when bytes are missing or damaged, too large over ``limit`` bytes (of any
    layer) or :data:`MAX_MEMBERS`, an HTTP error for an encoding that we did not ask for or more than
    :data:`MAX_LAYERS`.
    """
    names = [name for part in encodings.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(names) > MAX_LAYERS:
        raise FetchFailed(FetchOutcome.HTTP_ERROR, f"Content-Encoding in {len(names)} layers")
    for name in reversed(names):
        if name in ("gzip", "x-gzip"):
            body = _members(body, limit)
        elif name == "deflate":
            body = _deflate(body, limit)
        else:
            raise FetchFailed(FetchOutcome.HTTP_ERROR, f"Content-Encoding {name[:40]!r}, which we did not ask for")
    return body


def _members(body: bytes, limit: int) -> bytes:
    """All gzip members, one behind the other; padding behind the last one is allowed."""
    parts: list[bytes] = []
    at, size = 0, 0
    for _ in range(MAX_MEMBERS):
        part, at = _inflate(body, at, 31, limit - size)
        size += len(part)
        parts.append(part)
        if body[at : at + 2] != b"\x1f\x8b":
            return b"".join(parts)
    raise FetchFailed(FetchOutcome.TOO_LARGE, f"a gzip body of more than {MAX_MEMBERS} members")


def _deflate(body: bytes, limit: int) -> bytes:
    try:
        return _inflate(body, 0, 15, limit)[0]
    except FetchFailed as bad:
        if bad.outcome is not FetchOutcome.TRUNCATED or "damaged" not in str(bad):
            raise
        return _inflate(body, 0, -15, limit)[0]  # some servers leave the zlib header out


def _inflate(body: bytes, start: int, window: int, limit: int) -> tuple[bytes, int]:
    """(what the stream at ``start`` holds, where it ends). Input goes in by the chunk, so nothing is copied twice."""
    machine = zlib.decompressobj(window)
    parts: list[bytes] = []
    size, at, data = 0, start, b""
    try:
        while not machine.eof:
            if not data:
                data = body[at : at + _CHUNK]
                at += len(data)
            part = machine.decompress(data, _CHUNK)
            size += len(part)
            parts.append(part)
            if not part and not data and not machine.eof:
                words = f"the compressed body ends early: {len(body)} bytes gave {size} and no end"
                raise FetchFailed(FetchOutcome.TRUNCATED, words)
            data = machine.unconsumed_tail
            if size > limit:
                raise FetchFailed(FetchOutcome.TOO_LARGE, f"more than {limit} bytes after decompression")
    except zlib.error as bad:
        raise FetchFailed(FetchOutcome.TRUNCATED, f"the compressed body is damaged ({bad})") from bad
    return b"".join(parts), at - len(machine.unused_data)

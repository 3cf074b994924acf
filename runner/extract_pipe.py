"""``haidang extract``: one page in, one JSON object out, no store. A public contract (docs/extract.md)."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from crawler.extract import Extracted, extract
from crawler.text import decode
from crawler.urls import LOCAL, canonical
from lang.script import written_in
from store.errors import HaidangError, InputError

LIMIT = 20_000_000  # bytes; the crawler's own pages are half of it at most
_BINARY = {
    b"%PDF": "tệp PDF",
    b"PK\x03\x04": "tệp nén ZIP, DOCX hoặc XLSX",
    b"\x1f\x8b": "tệp nén gzip",
    b"\xfd7zXZ": "tệp nén xz",
    b"\x89PNG": "ảnh PNG",
    b"\xff\xd8\xff": "ảnh JPEG",
    b"GIF8": "ảnh GIF",
    b"RIFF": "ảnh hoặc âm thanh",
    b"SQLite": "cơ sở dữ liệu",
    b"\xd0\xcf\x11\xe0": "tệp Office cũ (DOC, XLS)",
}
NO_ADDRESS = "https://khong-ro.invalid/trang"
"""Stands for the address of a file that came without one; it is never printed."""

Fetch = Callable[[str], tuple[bytes, str | None, str]]
"""address → (body, Content-Type, address after redirects); raises :class:`HaidangError` when the page cannot be had."""


def run(target: str, url: str | None, out: TextIO, err: TextIO, fetch: Fetch) -> int:
    """Read ``target`` (a file, ``-`` for standard input, or an http(s) address) and print one JSON object.

    ``url``: the address that the page came from, for files; it tells a front page from an article and resolves links.
    Returns the exit code: 0, or 2 with one sentence on ``err`` when the input cannot be used.
    """
    try:
        body, content_type, where = _get(target, url, fetch)
        print(json.dumps(read(body, content_type, where), ensure_ascii=False), file=out)
    except (HaidangError, OSError) as bad:
        print(f"haidang extract: {bad}", file=err)
        return 2
    return 0


def read(body: bytes, content_type: str | None, url: str | None, seen_at: int | None = None) -> dict[str, object]:
    """The contract's object for one page. Raises :class:`InputError` for bytes that are no page at all."""
    _refuse(body, content_type)
    text, _ = decode(body, content_type)
    found = extract(text, url or NO_ADDRESS, seen_at if seen_at is not None else time.time_ns() // 1_000_000)
    return to_json(found, url)


def to_json(found: Extracted, url: str | None) -> dict[str, object]:
    """The keys of the contract, in its order. ``url``: where the page came from, for one that names no address."""
    published = found.published
    return {
        "kind": found.kind.value,
        "title": found.title,
        "lead": found.lead,
        "body": found.body,
        "published": _iso(published.at) if published else None,
        "published_from": published.source if published else None,
        "section": found.section or None,
        "canonical": _address(found.canonical, url),
        "quality": found.quality,
        "published_confidence": published.confidence if published else None,
        "captions": list(found.captions),
        "why": found.why,
        "refused_date": found.refused_date[1] if found.refused_date else None,
        "language": written_in(f"{found.title} {found.lead} {found.body}"),
    }


def _address(named: str, url: str | None) -> str | None:
    if named and not named.startswith("https://khong-ro.invalid/"):
        return named
    return canonical(url) if url else None


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(LOCAL).isoformat(timespec="seconds")


def _get(target: str, url: str | None, fetch: Fetch) -> tuple[bytes, str | None, str | None]:
    if url is not None:
        canonical(url)  # says what is wrong with it
    if target.lower().startswith(("http://", "https://")):
        canonical(target)
        body, content_type, final = fetch(target)
        return body, content_type, url or final
    if target == "-":
        return _limited(sys.stdin.buffer.read(LIMIT + 1), "đầu vào chuẩn"), None, url
    path = Path(target)
    if not path.exists():
        raise InputError(f"không có tệp {target!r}; viết đường dẫn tới tệp HTML, địa chỉ http(s)://… hoặc - (stdin)")
    if not path.is_file():
        raise InputError(f"{target!r} không phải là tệp; hãy chỉ một tệp HTML")
    with path.open("rb") as file:
        return _limited(file.read(LIMIT + 1), repr(target)), None, url


def _limited(body: bytes, name: str) -> bytes:
    if len(body) > LIMIT:
        raise InputError(f"{name} lớn hơn {LIMIT // 1_000_000} MB: không phải một trang tin")
    return body


def _refuse(body: bytes, content_type: str | None) -> None:
    if not body.strip():
        raise InputError("đầu vào rỗng: không có gì để đọc")
    kind = next((said for mark, said in _BINARY.items() if body.startswith(mark)), None)
    if kind is None and (content_type or "").lower().startswith(("image/", "video/", "audio/", "application/pdf")):
        kind = content_type
    if kind is None and body[:4096].count(0) > len(body[:4096]) * 0.6:
        kind = "dữ liệu nhị phân"
    if kind:
        raise InputError(f"đây là {kind}, không phải trang HTML; hãy đưa trang web đã lưu (.html)")

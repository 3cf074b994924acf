"""A feed's bytes to its entries; an entry that cannot be used is a fault with its place, and the rest are kept.

Three readers, one result: well-formed XML goes through the strict one (`feed_fast`), whatever that one is not
sure of through feedparser (`feed_tolerant`), JSON Feed through its own (`feed_json`).
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler import feed_fast, feed_json, feed_tolerant
from crawler.feed_entry import MOST_ENTRIES, Entry, Fault, RawFeed, Reading, absolute, ttl_minutes
from crawler.text import decode, plain

__all__ = ["MOST_ENTRIES", "Entry", "Fault", "Feed", "finish", "parse", "read_raw"]


_NO_TEXT = (
    (b"\x1f\x8b", "compressed data (gzip) that was not unpacked"),
    (b"\xfd7zXZ", "compressed data (xz) that was not unpacked"),
    (b"\x28\xb5\x2f\xfd", "compressed data (zstd) that was not unpacked"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a body holds. ``not_a_feed`` says why it holds nothing; then there are no entries.

    ``title`` and ``link`` are the feed's own, ``link`` and ``next_url`` (the page of older entries) absolute;
    ``ttl_minutes`` is how long the feed asks to be left alone.
    """

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    not_a_feed: str | None = None
    title: str = ""
    link: str | None = None
    ttl_minutes: int | None = None
    next_url: str | None = None


def parse(body: bytes, content_type: str | None, url: str, seen_at: int) -> Feed:
    """The entries of an RSS, Atom or JSON feed. ``url``: where it came from; ``seen_at``: when, ms UTC."""
    return finish(read_raw(body, content_type), url, seen_at)


def finish(raw: RawFeed | str, url: str, seen_at: int) -> Feed:
    """What :func:`read_raw` gave as entries that can be kept; the arguments are those of :func:`parse`."""
    if isinstance(raw, str):
        return Feed(not_a_feed=raw)
    reading = Reading(url, seen_at)
    reading.faults.extend(raw.faults)
    for position, item in enumerate(raw.items):
        reading.add(position, item)
    return Feed(
        tuple(reading.entries),
        tuple(reading.faults),
        title=plain(raw.title),
        link=_web(url, raw.link),
        ttl_minutes=ttl_minutes(raw),
        next_url=_web(url, raw.next_url),
    )


def read_raw(body: bytes, content_type: str | None, *, strict_first: bool = True) -> RawFeed | str:
    """The feed as written, or why ``body`` is none. Without ``strict_first``, XML is read by feedparser alone."""
    for start, kind in _NO_TEXT:
        if body.startswith(start):
            return f"not a feed: {kind}"
    text, encoding = decode(body, content_type)
    if not text or text.isspace():
        return "not a feed: the body is empty"
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        feed = feed_json.read(text)
    else:
        straight = body if encoding == "utf-8" else text.encode("utf-8", "replace")
        feed = (feed_fast.read(straight) if strict_first else None) or feed_tolerant.read(text)
    if isinstance(feed, str):
        return feed
    if "\ufffd" in text:
        count = text.count("\ufffd")
        feed.faults.insert(0, Fault(-1, "bad_charset", f"{count} bytes are no {encoding}; letters are missing"))
    if feed.left_out:
        words = f"{feed.left_out} entries beyond the first {MOST_ENTRIES} are left out"
        feed.faults.append(Fault(-1, "too_many_entries", words))
    return feed


def _web(base: str, link: str) -> str | None:
    """An address of the web, absolute; None for anything else."""
    try:
        found = absolute(base, link.strip()) if link.strip() else ""
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None

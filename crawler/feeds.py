"""A feed's bytes to its entries; an entry that cannot be used is a fault with its place, and the rest are kept."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from crawler import dates
from crawler.text import decode, plain
from crawler.urls import canonical, time_in_url
from store.errors import InputError

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TITLE = re.compile(r"<title[^>]*>(.{0,120}?)</title>", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,12}|[0-9]{1,12});?")
_FEED_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF|channel)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One usable entry: NFC plain text; ``url`` as given (made absolute), ``canonical_url`` its identity."""

    position: int
    url: str
    canonical_url: str
    title: str
    summary: str
    published: dates.Published | None
    section: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something in entry ``position`` (from 0; -1 the whole feed) was left out."""

    position: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a body holds. ``not_a_feed`` says why it holds nothing; then there are no entries."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    not_a_feed: str | None = None


@dataclass(slots=True)
class _Reading:
    base: str
    seen_at: int
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def parse(body: bytes, content_type: str | None, url: str, seen_at: int) -> Feed:
    """The entries of an RSS or Atom feed. ``url``: where it came from; ``seen_at``: when, ms UTC."""
    text, encoding = decode(body, content_type)
    if not text.strip():
        return Feed(not_a_feed="not a feed: the body is empty")
    found = _feedparser(text)
    if not found.get("version") and not found.entries:
        return Feed(not_a_feed=_why_not(text, found))
    reading = _Reading(url, seen_at)
    if "\ufffd" in text:
        count = text.count("\ufffd")
        reading.faults.append(Fault(-1, "bad_charset", f"{count} bytes are no {encoding}; letters are missing"))
    if found.get("bozo") and not isinstance(found.bozo_exception, UnicodeError):
        where = _where(found.bozo_exception)
        if where:
            reading.faults.append(Fault(-1, "not_well_formed", f"the XML is broken: {where}; read tolerantly"))
    for position, entry in enumerate(found.entries):
        _read_entry(reading, position, entry)
    return Feed(tuple(reading.entries), tuple(reading.faults))


def _feedparser(text: str) -> Any:
    import feedparser

    # The text is handed over as UTF-8 whatever it was, so its own declaration would be wrong. A file object,
    # never a string: feedparser takes a string for an address and would go and fetch it.
    text = _REFERENCE.sub(_possible, _DECLARATION.sub("", text, count=1).lstrip("\ufeff"))
    body = text.encode("utf-8", errors="replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _possible(reference: re.Match[str]) -> str:
    """A character reference as it is, or U+FFFD where it names no character: one would cost the whole feed."""
    digits = reference.group(1)
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    fine = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return reference.group() if fine else "\ufffd"


def _why_not(text: str, found: Any) -> str:
    title = _TITLE.search(text[:20_000])
    if re.match(r"\s*(?:<!doctype html|<html)", text[:2000], re.IGNORECASE):
        named = f" titled {plain(title.group(1))!r}" if title else ""
        return f"not a feed: an HTML page{named}"
    if text.lstrip().startswith(("{", "[")):
        return "not a feed: JSON (this version reads RSS and Atom)"
    where = _where(found.get("bozo_exception"))
    if _FEED_ROOT.search(text[:5000]):
        return f"a feed broken beyond reading: {where or 'no entry and no version'}"
    return f"not a feed: not XML ({where})" if where else "not a feed: XML of another kind"


def _where(bad: Any) -> str:
    if bad is None:
        return ""
    line = getattr(bad, "getLineNumber", lambda: None)()
    said = getattr(bad, "getMessage", lambda: str(bad))()
    return f"line {line}: {said}" if line is not None else ("" if "encod" in str(bad) else str(said))


def _read_entry(reading: _Reading, position: int, entry: Any) -> None:
    title = plain(entry.get("title") or "")
    link = (entry.get("link") or "").strip()
    if not link and re.match(r"https?://", entry.get("id") or ""):
        link = entry["id"].strip()  # an RSS guid that is a permalink
    if not link:
        reading.faults.append(Fault(position, "no_link", f"the entry {title[:80]!r} has no link; skipped"))
        return
    try:
        url = urljoin(reading.base, link)
        identity = canonical(url)
    except (InputError, ValueError) as bad:
        reading.faults.append(Fault(position, "bad_link", f"{bad}; the entry is skipped"))
        return
    if not title:
        reading.faults.append(Fault(position, "no_title", f"the entry {url} has no title; skipped"))
        return
    summary = plain(entry.get("summary") or "")
    published = _published(reading, position, entry, identity)
    section = next((plain(tag.get("term") or "") for tag in entry.get("tags") or [] if tag.get("term")), None)
    reading.entries.append(
        Entry(position, url, identity, title, "" if summary == title else summary, published, section or None)
    )


def _published(reading: _Reading, position: int, entry: Any, identity: str) -> dates.Published | None:
    given = next((entry[key] for key in ("published", "updated", "created") if entry.get(key)), None)
    read = dates.parse(given) if given else None
    if given and read is None:
        words = f"the date {given[:60]!r} cannot be read; left out"
        reading.faults.append(Fault(position, "date_unreadable", words))
    found = dates.Published(read[0], "feed", read[1]) if read else None
    if found and (refused := dates.refusal(found.at, reading.seen_at)):
        reading.faults.append(Fault(position, *refused))
        found = None
    if found is None and (told := time_in_url(identity)) and not dates.refusal(told.at, reading.seen_at):
        return dates.Published(told.at, "url", told.confidence)
    if found is None and not given:
        reading.faults.append(Fault(position, "no_date", f"the entry {identity} has no date; kept without"))
    return found

"""The tolerant reader: feedparser, which makes something of nearly everything, within bounds of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from crawler import feed_mend, feed_sax
from crawler.feed_entry import MOST_ENTRIES, Fault, More, Raw, RawFeed
from crawler.feed_mend import ITEM, ROOT
from crawler.text import plain

MOST_CHARACTERS = 4_000_000
MOST_TAGS = 200_000
MOST_NAMESPACES = 20_000
"""feedparser reads some 5 million characters or 150,000 tags a second, and reads twice what is broken."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TITLE = re.compile(r"<title[^>]*>(.{0,120}?)</title>", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]+|[0-9]+);?")
_FEED_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF|channel)\b", re.IGNORECASE)
_HTML = re.compile(r"\s*+(?:<!doctype html|<html)", re.IGNORECASE)
_HTML = re.compile(r"\s*+(?:<!doctype html|<html)", re.IGNORECASE)
_ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)


def read(text: str) -> RawFeed | str:
    """The feed in ``text``, or why there is none in it."""
    if _HTML.match(text) and not _FEED_ROOT.search(text) and not ITEM.search(text):
        return _why_not(text, None)
    shown, left_out, faults = _bounded(text)
    found = _parsed(shown)
    if not found.version and not found.entries:
        return _why_not(text, found.broken)
    if found.broken is not None and len(shown) == len(text):
        words = f"the XML is broken: {_where(found.broken)}; read tolerantly"
        faults.append(Fault(-1, "not_well_formed", words))
    about = found.about
    feed = RawFeed(
        title=_text(about.get("title")),
        link=_text(about.get("link")),
        next_url=next((_text(k.get("href")) for k in _list(about.get("links")) if k.get("rel") == "next"), ""),
        ttl=_text(about.get("ttl")),
        period=_text(about.get("sy_updateperiod")),
        frequency=_text(about.get("sy_updatefrequency")),
        language=_text(about.get("language")),
        left_out=left_out + max(0, len(found.entries) - MOST_ENTRIES),
        faults=faults,
    )
    feed.items = [_raw(entry) for entry in found.entries[:MOST_ENTRIES]]
    return feed


def _raw(entry: Any) -> Raw:
    tags = [_text(tag.get("term")) for tag in _list(entry.get("tags")) if tag.get("term")]
    links = [link for link in _list(entry.get("links")) if link.get("rel") == "enclosure" and link.get("href")]
    return Raw(
        link=_text(entry.get("link")),
        id=_text(entry.get("id")),
        title=_text(entry.get("title")),
        summary=_text(entry.get("summary")),
        # plain look-ups: feedparser answers "updated" with "published" where there is none
        published=_text(dict.get(entry, "published")),
        updated=_text(dict.get(entry, "updated")),
        created=_text(dict.get(entry, "created")),
        section=tags[0] if tags else "",
        more=More(
            author=_text(entry.get("author")),
            language=_text(entry.get("language")),
            categories=tuple(dict.fromkeys(tags)),
            enclosures=tuple((_text(k.get("href")), _text(k.get("type")), _text(k.get("length"))) for k in links),
        ),
    )


def _text(value: object) -> str:
    """feedparser puts a dictionary where an element has attributes that it does not know."""
    return value if isinstance(value, str) else ""


def _list(value: object) -> Iterable[Any]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _bounded(text: str) -> tuple[str, int, list[Fault]]:
    """(what is read of ``text``, entries left out, what to say of it): whole entries up to all bounds."""
    starts = [found.start() for found in ITEM.finditer(text)]
    within = starts[: MOST_ENTRIES + 1]
    cut = len(text) if len(within) <= MOST_ENTRIES else within[-1]
    most = _most(text)
    faults: list[Fault] = []
    left_out = len(starts) - MOST_ENTRIES if cut < len(text) else 0
    if cut > most:
        cut = max((at for at in within[1:] if at <= most), default=most)
        lost = sum(at >= cut for at in starts)
        words = (
            f"of {len(text):,} characters the first {cut:,} are read: too much for a feed that is not plainly written"
        )
        faults.append(Fault(-1, "too_large", f"{words}; {lost} entries are left out"))
        left_out = 0
    if cut == len(text):
        return text, 0, faults
    root = ROOT.search(text[:5000])
    end = f"</{root.group(1)}>" if root else ""
    channel = "</channel>" if end.lower() == "</rss>" else ""
    return text[:cut] + channel + end, left_out, faults


def _most(text: str) -> int:
    """Characters that may be read."""
    most = MOST_CHARACTERS
    for what, times in (("<", MOST_TAGS), ("xmlns", MOST_NAMESPACES)):
        if text.count(what) > times:
            most = min(most, next(islice(re.finditer(what, text), times, None)).start())
    return most


def _parsed(text: str) -> feed_sax.Found:
    # The text is handed over as UTF-8 whatever it was, so its own declaration would be wrong.
    text = _REFERENCE.sub(_possible, _DECLARATION.sub("", text, count=1).lstrip("\ufeff"))
    text = feed_mend.without_doctype(text)
    found = feed_sax.parse(text.encode("utf-8", errors="replace"))
    return found if found.broken is None else feed_mend.one_by_one(text, found)


def _possible(reference: re.Match[str]) -> str:
    """A character reference as it is, or U+FFFD where it names no character: one would cost the whole feed."""
    digits = reference.group(1)
    if len(digits) > 12:
        return "\ufffd"
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    fine = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return reference.group() if fine else "\ufffd"


def _why_not(text: str, broken: Exception | None) -> str:
    title = _TITLE.search(text[:20_000])
    if _HTML.match(text):
        named = f" titled {plain(title.group(1))!r}" if title else ""
        return f"not a feed: an HTML page{named}"
    where = _where(broken)
    if _FEED_ROOT.search(text[:5000]):
        return f"a feed broken beyond reading: {where or 'no entry and no version'}"
    return f"not a feed: not XML ({where})" if where else "not a feed: XML of another kind"


def _where(bad: Any) -> str:
    if bad is None:
        return ""
    line = getattr(bad, "getLineNumber", lambda: None)()
    said = getattr(bad, "getMessage", lambda: str(bad))()
    return f"line {line}: {said}" if line is not None else str(said)

"""Recorded feed items (JSON lines) as a crawl would have seen them: no bodies, so every Article is feed-only.

`published` in the recording is wrong in known ways and mended here, with its provenance: VnExpress and Thanh
Niên carry the UTC clock labelled +07:00; Tuổi Trẻ carries the moment of fetching, only its address knows more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler import dates
from crawler.text import plain
from crawler.urls import canonical, time_in_url
from lang.text import fold
from store.errors import InputError

_SOURCE_IDS = {"VnExpress": "vnexpress", "Tuổi Trẻ": "tuoitre", "Thanh Niên": "thanhnien"}
_CLOCK_IS_UTC = frozenset({"VnExpress", "Thanh Niên"})
_CLOCK_IS_FETCH_TIME = frozenset({"Tuổi Trẻ"})
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - subtracted from other clocks without a zone


@dataclass(frozen=True, slots=True)
class Item:
    """One recorded item; ``first_seen_at`` is its own `first_fetched`, ms UTC."""

    line: int
    url: str
    canonical_url: str
    source_id: str
    outlet: str
    section: str | None
    title: str
    summary: str
    first_seen_at: int
    published: dates.Published | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line, or the date in it, that could not be used."""

    line: int
    code: str
    message: str


def parse(body: bytes) -> Iterator[Item | BadLine]:
    """Each line's item, in order; a bad line gives a :class:`BadLine` with its number (from 1), a bad date both."""
    for number, line in enumerate(body.split(b"\n"), start=1):
        if line and not line.isspace():
            yield from _line(number, line)


def _line(number: int, line: bytes) -> Iterator[Item | BadLine]:
    """What one line gives; whatever is wrong with it stays its own."""
    try:
        yield from list(_read_line(number, line))
    except (ValueError, OverflowError, RecursionError, TypeError, AttributeError) as bad:
        yield BadLine(number, "bad_line", f"line {number}: {type(bad).__name__}: {bad}")


def _read_line(number: int, line: bytes) -> Iterator[Item | BadLine]:
    try:
        record = json.loads(line)
        url, title = record["url"], record["title"]
        seen_at = _instant(record["first_fetched"])
        identity = canonical(url)
        title = plain(title)
        summary = plain(record.get("summary") or "")
        name = plain(record.get("source") or "")
    except (ValueError, InputError) as bad:
        yield BadLine(number, "bad_line", f"line {number}: {bad}")
        return
    except KeyError as bad:
        yield BadLine(number, "bad_line", f"line {number}: no {bad.args[0]!r}")
        return
    except (TypeError, AttributeError):
        yield BadLine(number, "bad_line", f"line {number}: expected an object of strings")
        return
    if not title:
        yield BadLine(number, "no_title", f"line {number}: no title")
        return
    outlet, _, section = name.partition(" - ")
    outlet = outlet or identity.split("/")[2]
    published = _published(record.get("published"), outlet, identity, seen_at)
    refused = dates.refusal(published.at, seen_at) if published else None
    if refused:
        published = None
        yield BadLine(number, refused[0], f"line {number}: {refused[1]}")
    yield Item(number, url, identity, _source_id(outlet), outlet, section or None, title, summary, seen_at, published)


def _source_id(outlet: str) -> str:
    return _SOURCE_IDS.get(outlet) or re.sub(r"[^a-z0-9]+", "_", fold(outlet)).strip("_")[:40]


def _instant(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"first_fetched {text!r} has no time zone")
    if not 1995 <= moment.year <= 2100:  # before the Web, or a slip: nothing was fetched then
        raise ValueError(f"first_fetched {text!r} is no time of a fetch")
    return int(moment.timestamp() * 1000)


def _published(text: str | None, outlet: str, identity: str, seen_at: int) -> dates.Published | None:
    if outlet in _CLOCK_IS_FETCH_TIME or not text:
        told = time_in_url(identity)
        if told is None or told.at > seen_at:  # drafted after it was seen: the digits are no clock
            return None
        return dates.Published(told.at, "url", told.confidence)
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    if outlet in _CLOCK_IS_UTC:
        # the clock as it stands is UTC, whatever offset is written behind it (+07:00, sometimes +07:07)
        since = moment.replace(tzinfo=None) - _EPOCH
        return dates.Published(since.days * 86_400_000 + since.seconds * 1000, "recorded-fixed", 0.8)
    if moment.tzinfo is None:
        return dates.Published(int(moment.replace(tzinfo=UTC).timestamp() * 1000), "recorded", 0.5)
    return dates.Published(int(moment.timestamp() * 1000), "recorded", 0.7)

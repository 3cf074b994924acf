"""When was this page published? Asked of the source's selector, JSON-LD and meta, tags, the line below the headline,
the address; the surest answer that is possible wins, and a future one is refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from config.sources import Selectors
from crawler import dates, markup
from crawler.markup import Tree
from crawler.meta import Meta
from crawler.urls import canonical, time_in_url
from store.errors import InputError

DAY_ONLY = 0.4
"""The confidence of a date without a clock (crawler.dates)."""


def published(
    tree: Tree, about: Meta, url: str, seen_at: int, selectors: Selectors
) -> tuple[dates.Published | None, tuple[str, str] | None]:
    """(the surest time that is possible, (problem code, words) of a surer one that was refused).

    ``source``: ``selector`` · ``json-ld`` · ``meta`` · ``time-tag`` · ``page`` (a line near the headline) · ``url``.
    """
    refused = None
    best: dates.Published | None = None
    for found in (_by_selector(tree, selectors), about.published, *_shown(tree, about), _by_url(url)):
        if found is None:
            continue
        bad = dates.refusal(found.at, seen_at)
        if bad:
            refused = refused or bad
        elif best is None or (best.confidence <= DAY_ONLY < found.confidence):
            best = found
    return best, refused


def _by_selector(tree: Tree, selectors: Selectors) -> dates.Published | None:
    return _date_of(markup.select(tree, selectors.date), "selector") if selectors.date else None


def _shown(tree: Tree, about: Meta) -> Iterator[dates.Published | None]:
    """What a reader sees; not looked for where the page says a moment of itself."""
    if about.published is None or about.published.confidence <= DAY_ONLY:
        yield _by_time_tag(tree)
        yield _by_line(tree)


def _by_time_tag(tree: Tree) -> dates.Published | None:
    near_top = [t for t in tree.iter("time") if t.get("datetime") and not t.xpath("ancestor::a")]
    return _date_of(near_top[:1], "time-tag")


def _date_of(elements: list[Tree], source: str) -> dates.Published | None:
    for element in elements[:5]:
        given = element.get("datetime") or element.get("content") or markup.text_of(element)
        if read := dates.parse(given):
            return dates.Published(read[0], source, min(read[1], 0.9))
    return None


# ── a line near the headline: all that portals and schools give ──────────────────────────────────────

_NEAR = 60  # elements looked at behind the headline: past its kicker, date, share buttons and sapo
_MONTH = r"(?:0?[1-9]|1[0-2]|tháng\s+\d{1,2}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})"
_DAY = re.compile(
    rf"\b\d{{1,2}}\s?[./ -]\s?{_MONTH}(?:\s+năm\s+|\s?[/., -]\s?){{1,2}}(?:19|20)\d\d\b|\b20\d\d-[01]\d-[0-3]\d\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])\s?(?::|h|g|giờ)\s?[0-5]\d(?::[0-5]\d)?(?:\s?(?:SA|CH|AM|PM)\b)?", re.IGNORECASE
)
_ZONE = re.compile(r"\(?\b(?:GMT|UTC)\s*\+\s*\d{1,2}\b\)?", re.IGNORECASE)
_LATER = re.compile(r"cập nhật|sửa|hiệu lực|hạn |ban hành|updated|modified", re.IGNORECASE)


def _by_line(tree: Tree) -> dates.Published | None:
    for element in islice(_behind_headline(tree), _NEAR):
        if element.tag in ("script", "style", "option") or not isinstance(element.tag, str):
            continue
        own = " ".join([element.text or "", *(child.tail or "" for child in element)])
        if not any(c.isdigit() for c in own) or len(own) > 400:
            continue
        line = markup.text_of(element)
        day = _DAY.search(line)
        # a date with a sentence around it is part of the story
        if day and len(line) - len(day.group()) <= 60 and not _LATER.search(line):
            clock, zone = _CLOCK.search(line[: day.start()] + "|" + line[day.end() :]), _ZONE.search(line)
            said = " ".join([day.group(), clock.group() if clock else "", zone.group() if zone else ""])
            if read := dates.parse(said.strip()):
                return dates.Published(read[0], "page", min(read[1], 0.8))
    return None


def _behind_headline(tree: Tree) -> Iterator[Tree]:
    seen = False
    for element in tree.iter():
        if seen:
            yield element
        seen = seen or element.tag == "h1"


def _by_url(url: str) -> dates.Published | None:
    try:
        told = time_in_url(canonical(url))
    except InputError:
        return None
    return dates.Published(told.at, "url", told.confidence) if told else None

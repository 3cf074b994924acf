"""An article page to title, sapo (lead), body, captions, time and section, with a gate for pages that are none.

trafilatura finds the body (comments off: they would double it); our layer adds what it misses on Vietnamese
pages: the sapo, the minute of publication, the section, old font encodings, and the gate (it takes 11 of 12 front
pages for articles). Selectors of the source's file are tried first. No byline is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from config.sources import Selectors
from crawler import dates, extract_body, extract_lead, gate, markup, meta
from crawler.dates_page import published as publication
from crawler.gate import PageKind
from crawler.markup import printable
from crawler.tails import trimmed
from crawler.urls import canonical
from lang import legacy
from lang.text import fold
from store.errors import InputError

__all__ = ["Extracted", "PageKind", "extract"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """NFC text; body paragraphs are lines, captions apart. ``quality`` 0..1: how complete it looks.

    ``why`` explains ``kind``; ``refused_date`` is (problem code, words) of a time that cannot be one of publication;
    ``canonical`` is the address that the page names, in its one spelling, or empty.
    """

    kind: PageKind
    why: str
    title: str = ""
    lead: str = ""
    body: str = ""
    published: dates.Published | None = None
    refused_date: tuple[str, str] | None = None
    section: str = ""
    canonical: str = ""
    quality: float = 0.0
    captions: tuple[str, ...] = ()


def extract(text: str, url: str, seen_at: int, selectors: Selectors | None = None) -> Extracted:
    """Read one page. ``text``: decoded HTML; ``seen_at``: when it was fetched, ms UTC. Time and memory are bounded."""
    selectors = selectors or Selectors()
    url = url if _absolute(url, "") else ""  # of what is no address nothing is concluded
    text, font = legacy.mend(text)
    text, cut = markup.trimmed(text)
    tree = markup.parse(text)
    if tree is None:
        return Extracted(PageKind.EMPTY, "no markup and no text")
    about = meta.read(tree)
    published, refused = publication(tree, about, url, seen_at, selectors)
    title = printable(extract_lead.title(tree, about, selectors))
    named = markup.named(tree)
    section = about.section or meta.shown_section(named)
    extract_body.prune(tree, named, selectors)
    in_boxes = extract_body.take_captions(tree, named)  # before the sapo: a caption may bear its name
    sapo = extract_lead.marked_sapo(tree, named, selectors, title)
    shown = "" if sapo else extract_lead.shown_description(tree, about.description)
    weight = gate.weigh(tree)
    lines, in_lines = extract_body.split_captions(
        _without_title(extract_body.lines_of(tree, url, selectors), (title, *about.headlines))
    )
    captions = tuple(dict.fromkeys((*in_boxes, *in_lines)))
    kind, why = gate.kind_of(about, url, lines, captions, published, weight)
    lead, lines = extract_lead.split(sapo, shown, printable(about.description), title, lines)
    body = "\n".join(trimmed(lines))
    section = printable(section)
    if kind is PageKind.ARTICLE and not title and not body:
        kind, why = PageKind.EMPTY, "no title and no text found"
    quality = gate.quality(title, lead, body, published) if kind not in (PageKind.LISTING, PageKind.EMPTY) else 0.0
    why += f"; letters of a {font} font" * bool(font) + "; the end of the page was cut off" * cut
    named_url = _absolute(about.canonical, url)
    return Extracted(kind, why, title, lead, body, published, refused, section, named_url, quality, captions)


def _without_title(lines: list[str], headlines: tuple[str, ...]) -> list[str]:
    """Without the headline said again above the text, alone or behind its kicker."""
    said = [fold(headline) for headline in headlines if headline]
    return [
        line
        for i, line in enumerate(lines)
        if not any(fold(line) == h or (i < 3 and h in fold(line) and len(line) <= len(h) + 60) for h in said)
    ]


def _absolute(link: str, url: str) -> str:
    if not link:
        return ""
    try:
        return canonical(urljoin(url, link) if url else link)
    except (InputError, ValueError):
        return ""

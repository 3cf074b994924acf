"""An article page to title, sapo (lead), body, time and section, with a gate for pages that are no articles.

trafilatura finds the body (comments off: they would double it); our layer adds what it misses on Vietnamese
pages: the sapo, the minute of publication, the section, and the listing gate (it takes 11 of 12 front pages for
articles). Selectors of the source's file are tried first. No byline is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from config.sources import Selectors
from crawler import dates, markup, meta
from crawler.markup import Tree
from crawler.tails import without_tail
from crawler.urls import article_number, canonical, time_in_url
from lang.text import fold, nfc
from store.errors import InputError


class PageKind(StrEnum):
    """What a page is. Only an article becomes a Revision."""

    ARTICLE = "article"
    LISTING = "listing"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Extracted:
    """NFC text; body paragraphs are lines. ``quality`` 0..1: how complete it looks. ``why`` explains ``kind``."""

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


def extract(text: str, url: str, seen_at: int, selectors: Selectors | None = None) -> Extracted:
    """Read one page. ``text``: decoded HTML; ``seen_at``: when it was fetched, ms UTC."""
    selectors = selectors or Selectors()
    tree = markup.parse(text)
    if tree is None:
        return Extracted(PageKind.EMPTY, "no markup and no text")
    about = meta.read(tree)
    published, refused = _published(tree, about, url, seen_at, selectors)
    title = _title(tree, about, selectors)
    marked_sapo = _first(tree, [selectors.sapo] if selectors.sapo else [], 10) or _first(tree, _SAPO, 30)
    _prune(tree, selectors)
    lines = [line for line in _body(tree, url, selectors) if line != title]
    kind, why = _gate(tree, about, url, lines, published)
    lead, lines = _split_lead(marked_sapo, about.description, lines)
    body = "\n".join(without_tail(lines))
    quality = _quality(title, lead, body, published) if kind is PageKind.ARTICLE else 0.0
    named = _absolute(about.canonical, url)
    return Extracted(kind, why, title, lead, body, published, refused, about.section, named, quality)


# ── title, sapo, time ───────────────────────────────────────────────────────────────────────────────

_SAPO = (
    "[data-role=sapo], .article__sapo, .detail-sapo, .singular-sapo, .sc-longform-header-sapo, .knc-sapo",
    "h2.sapo, p.sapo, div.sapo, .the-article-summary, .article-sapo, .news-sapo, .content-detail-sapo",
    "h1 ~ p.description, h1 ~ .lead, .article-lead, .chapeau",
)


def _first(tree: Tree, chosen: tuple[str, ...] | list[str], shortest: int) -> str:
    for selector in chosen:
        for element in markup.select(tree, selector):
            if len(found := markup.text_of(element)) >= shortest:
                return found
    return ""


def _title(tree: Tree, about: meta.Meta, selectors: Selectors) -> str:
    if selectors.title and (found := _first(tree, [selectors.title], 3)):
        return found
    heads = [found for h in tree.iter("h1") if (found := markup.text_of(h))]
    if about.title:
        # og:title is often written for search; where the page's own headline says the same, it is the headline
        same = [h for h in heads if fold(h) in fold(about.title) or fold(about.title) in fold(h)]
        return same[0] if same and len(same[0]) >= 15 else about.title
    if heads:
        return max(heads, key=len)
    named = tree.find(".//title")
    return re.split(r"\s+[|–-]\s+(?=[^|–-]*$)", markup.text_of(named))[0] if named is not None else ""


def _published(
    tree: Tree, about: meta.Meta, url: str, seen_at: int, selectors: Selectors
) -> tuple[dates.Published | None, tuple[str, str] | None]:
    """The surest time that is possible, and why a surer one was refused."""
    refused = None
    best: dates.Published | None = None
    for found in (_by_selector(tree, selectors), about.published, _by_time_tag(tree), _by_url(url)):
        if found is None:
            continue
        bad = dates.refusal(found.at, seen_at)
        if bad:
            refused = refused or bad
        elif best is None or (best.confidence <= 0.4 < found.confidence):
            best = found
    return best, refused


def _by_selector(tree: Tree, selectors: Selectors) -> dates.Published | None:
    return _date_of(markup.select(tree, selectors.date), "selector") if selectors.date else None


def _by_time_tag(tree: Tree) -> dates.Published | None:
    near_top = [t for t in tree.iter("time") if t.get("datetime") and not t.xpath("ancestor::a")]
    return _date_of(near_top[:1], "time-tag")


def _date_of(elements: list[Tree], source: str) -> dates.Published | None:
    for element in elements:
        given = element.get("datetime") or element.get("content") or markup.text_of(element)
        if read := dates.parse(given):
            return dates.Published(read[0], source, min(read[1], 0.9))
    return None


def _by_url(url: str) -> dates.Published | None:
    try:
        told = time_in_url(canonical(url))
    except InputError:
        return None
    return dates.Published(told.at, "url", told.confidence) if told else None


# ── body ────────────────────────────────────────────────────────────────────────────────────────────

_NOISE = re.compile(
    r"(?:^|[\s_-])(?:author|byline|tac-?gia|related|lien-?quan|tin-?lien-?quan|relate-?news|relatednews|comments?"
    r"|binh-?luan|copyright|tags?|tu-?khoa|keywords?|share|social|breadcrumbs?|advert\w*|banner|newsletter|popup"
    r"|most-?read|doc-?nhieu|tin-?moi|sidebar|footer)(?:$|[\s_-])",
    re.IGNORECASE,
)


def _prune(tree: Tree, selectors: Selectors) -> None:
    for selector in selectors.remove:
        for element in markup.select(tree, selector):
            markup.drop(element)
    whole = _paragraph_chars(tree)
    for element in list(tree.xpath("//*[@class or @id or @data-role]")):
        name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-role') or ''}"
        # a wrapper may carry such a word too: what holds much of the page's text is no side box
        side = _NOISE.search(name) and element.tag not in ("html", "body", "main", "article")
        if side and _paragraph_chars(element) <= whole * 0.3:
            markup.drop(element)


def _paragraph_chars(tree: Tree) -> int:
    return sum(len("".join(p.itertext())) for p in tree.iter("p"))


def _body(tree: Tree, url: str, selectors: Selectors) -> list[str]:
    if selectors.body:
        chosen = markup.select(tree, selectors.body)
        lines = [line for element in chosen for line in markup.paragraphs(element)]
        if sum(map(len, lines)) >= 100:
            return lines
    return _by_trafilatura(tree, url)


def _by_trafilatura(tree: Tree, url: str) -> list[str]:
    from trafilatura import bare_extraction

    document = bare_extraction(
        tree, url=url, include_comments=False, include_tables=True, include_images=False, with_metadata=False
    )
    text = (getattr(document, "text", None) or "") if document is not None else ""
    return [line for raw in text.splitlines() if (line := nfc(raw))]


def _split_lead(marked: str, description: str, lines: list[str]) -> tuple[str, list[str]]:
    """(lead, body without it). The sapo that the page shows wins over its description for search engines."""
    if marked:
        return marked, [line for line in lines if fold(line) != fold(marked)]
    if not description:
        return "", lines
    wanted = fold(description).rstrip(".… ")
    for i, line in enumerate(lines[:2]):
        if wanted and wanted[:80] in fold(line) and len(line) <= 2 * len(description) + 40:
            return line, lines[:i] + lines[i + 1 :]
    return description, lines


# ── gate and score ──────────────────────────────────────────────────────────────────────────────────


def _gate(
    tree: Tree, about: meta.Meta, url: str, lines: list[str], published: dates.Published | None
) -> tuple[PageKind, str]:
    """An article has text of its own that outweighs its links; a listing is links with a line each."""
    if about.types & meta.ARTICLE_TYPES:
        return PageKind.ARTICLE, "JSON-LD says article"
    if not lines:
        return PageKind.EMPTY, "no text found"
    if not urlsplit(url).path.strip("/"):
        return PageKind.LISTING, "the front page of a host"
    if about.types & meta.LISTING_TYPES:
        return PageKind.LISTING, "JSON-LD says listing"
    return _weigh(tree, url, lines, published)


def _weigh(tree: Tree, url: str, lines: list[str], published: dates.Published | None) -> tuple[PageKind, str]:
    headlines = [text for a in tree.iter("a") if len(text := nfc("".join(a.itertext()))) >= 25]
    linked = sum(map(len, headlines))
    own = sum(len(line) for line in lines if len(line) >= 80)
    # a <time> tag may be the first teaser's, an address may lie: only what the page says of itself counts
    dated = published is not None and published.source in ("json-ld", "meta", "selector")
    numbered = article_number(url) is not None
    free = _free_chars(tree)
    if own >= 300 and free >= 300 and (dated or numbered or (free > linked and len(headlines) < 15)):
        return PageKind.ARTICLE, f"{free} characters of free text, {linked} in headline links"
    if numbered and (dated or len(headlines) < 30):
        return PageKind.ARTICLE, "little text, but numbered as an article"
    return PageKind.LISTING, f"{free} characters of free text, {linked} in {len(headlines)} headline links"


def _free_chars(tree: Tree) -> int:
    """Characters in paragraphs of at least 80 that neither lie in a link nor hold one of headline length."""
    total = 0
    for p in tree.iter("p"):
        text = nfc("".join(p.itertext()))
        if len(text) >= 80 and not p.xpath("ancestor::a"):
            in_links = sum(len("".join(a.itertext())) for a in p.iter("a"))
            total += len(text) if in_links * 2 < len(text) else 0
    return total


def _quality(title: str, lead: str, body: str, published: dates.Published | None) -> float:
    """Parts of an article that are there: title .2, lead .2, body up to .4 (full at 800 characters), minute .2."""
    timed = 0.0 if published is None else (0.2 if published.confidence > 0.7 else 0.1)
    parts = 0.2 * bool(title) + 0.2 * bool(lead) + 0.4 * min(len(body) / 800, 1.0) + timed
    return round(parts, 3)


def _absolute(link: str, url: str) -> str:
    if not link:
        return ""
    try:
        return canonical(urljoin(url, link))
    except (InputError, ValueError):
        return ""

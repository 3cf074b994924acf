"""What a page says about itself: JSON-LD, Open Graph and meta tags. Authors are never read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from crawler import dates
from crawler.markup import Named, Tree, text_of
from crawler.text import plain

ARTICLE_TYPES = frozenset(
    {
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "AskPublicNewsArticle",
        "ReviewNewsArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "Report",
    }
)
LISTING_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
VIDEO_TYPES = frozenset({"VideoObject"})
GALLERY_TYPES = frozenset({"ImageGallery", "MediaGallery"})
_DATED_TYPES = ARTICLE_TYPES | GALLERY_TYPES | VIDEO_TYPES | {"WebPage", "ItemPage", "ClaimReview", "NewsVideo"}
_MAX_NODES = 500  # of JSON-LD; pages carry a few, a hostile one could carry millions


@dataclass(frozen=True, slots=True)
class Meta:
    """NFC text; ``types`` are schema.org types found; empty strings where the page says nothing."""

    types: frozenset[str] = frozenset()
    og_type: str = ""
    title: str = ""
    description: str = ""
    section: str = ""
    canonical: str = ""
    published: dates.Published | None = None
    headlines: tuple[str, ...] = ()
    """Every wording of the title that the page gives, the chosen one among them."""


def read(tree: Tree) -> Meta:
    """JSON-LD before Open Graph before other meta tags, for title, date and section alike."""
    nodes = list(_nodes(tree))
    article = next((n for n in nodes if _types(n) & ARTICLE_TYPES), {})
    tags = _meta_tags(tree)
    headlines = [_text(article.get("headline")), tags.get("og:title", ""), tags.get("twitter:title", "")]
    headlines = [said for given in headlines if given and (said := plain(given))]
    return Meta(
        types=frozenset(t for n in nodes for t in _types(n)),
        og_type=tags.get("og:type", "").lower(),
        title=headlines[0] if headlines else "",
        description=plain(
            _text(article.get("description")) or tags.get("og:description", "") or tags.get("description", "")
        ),
        section=plain(_section(article, nodes) or tags.get("article:section", "")),
        canonical=_canonical(tree),
        published=_published(article, tags) or _by_other_node(nodes),
        headlines=tuple(headlines),
    )


_DATE_TAGS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
    "dc.date.issued",
    "dc.date",
    "sailthru.date",
    "parsely-pub-date",
)


def _published(article: dict[str, Any], tags: dict[str, str]) -> dates.Published | None:
    """The surest reading: one with a clock beats one without, JSON-LD beats meta when both have one."""
    found = []
    for given, source in [(_text(article.get("datePublished")), "json-ld")] + [
        (tags.get(name, ""), "meta") for name in _DATE_TAGS
    ]:
        read = dates.parse(given) if given else None
        if read:
            found.append(dates.Published(read[0], source, read[1]))
    return max(found, key=lambda p: p.confidence > 0.4, default=None)


def _by_other_node(nodes: list[dict[str, Any]]) -> dates.Published | None:
    """The one moment that the page's other records (a film, a checked claim) agree on; none if they differ."""
    given = {
        said
        for node in nodes
        if _types(node) & _DATED_TYPES
        for said in (_text(node.get("datePublished")), _text(node.get("uploadDate")))
        if said
    }
    read = dates.parse(given.pop()) if len(given) == 1 else None
    return dates.Published(read[0], "json-ld", min(read[1], 0.85)) if read else None


def _meta_tags(tree: Tree) -> dict[str, str]:
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            tags.setdefault(name.strip().lower(), content.strip())
    return tags


def _canonical(tree: Tree) -> str:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            return str(element.get("href")).strip()
    return ""


def _nodes(tree: Tree) -> Iterator[dict[str, Any]]:
    left = _MAX_NODES
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower() or not element.text:
            continue
        stack = [_json(element.text)]
        while stack and left > 0:
            value = stack.pop()
            left -= 1
            if isinstance(value, list):
                stack.extend(reversed(value[:50]))
            elif isinstance(value, dict):
                yield value
                stack.extend(value[key] for key in ("mainEntity", "@graph") if key in value)


def _json(text: str) -> Any:
    """JSON as pages write it: with raw line breaks in strings, comments around it, a comma too many."""
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>)\s*;?\s*$", "", text.strip())
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(node: dict[str, Any]) -> set[str]:
    given = node.get("@type")
    return {str(t).rsplit("/", 1)[-1] for t in (given if isinstance(given, list) else [given]) if t}


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""


def _section(article: dict[str, Any], nodes: list[dict[str, Any]]) -> str:
    given = _text(article.get("articleSection"))
    if given:
        return given
    trail = next((n for n in nodes if "BreadcrumbList" in _types(n)), {})
    steps = trail.get("itemListElement")
    names = [_crumb(step) for step in steps] if isinstance(steps, list) else []
    return _first_step(names)


def shown_section(named: Named) -> str:
    """The first step of the trail that a reader sees above the headline; empty without one."""
    for element, name in named:
        if "breadcrumb" in name.lower() and (step := _first_step(map(text_of, element.iter("a")))):
            return step
    return ""


def _first_step(names: Iterable[str]) -> str:
    return next((n for n in names if n and len(n) <= 60 and n.lower() not in ("trang chủ", "home", "trang nhất")), "")


def _crumb(step: Any) -> str:
    if not isinstance(step, dict):
        return ""
    item = step.get("item")
    return _text(step.get("name")) or (_text(item.get("name")) if isinstance(item, dict) else "")

"""What kind of page is this, and how complete does its article look?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from crawler import dates, markup, meta
from crawler.markup import Tree
from crawler.urls import article_number
from lang.text import nfc


class PageKind(StrEnum):
    """What a page is. A listing and an empty page become no Revision; a video or a gallery is news with little text."""

    ARTICLE = "article"
    LISTING = "listing"
    VIDEO = "video"
    GALLERY = "gallery"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Weight:
    """What the page is made of, in characters: text of its own, and links of headline length (and their count)."""

    free: int
    linked: int
    headlines: int


def weigh(tree: Tree) -> Weight:
    """Paragraphs of at least 80 characters that neither lie in a link nor are one, against headline links."""
    headlines = [text for a in tree.iter("a") if len(text := nfc(markup.raw_text(a))) >= 25]
    free = 0
    for p in tree.iter("p"):
        text = nfc(markup.raw_text(p))
        if len(text) >= 80 and not p.xpath("ancestor::a"):
            in_links = sum(len(markup.raw_text(a)) for a in p.iter("a"))
            free += len(text) if in_links * 2 < len(text) else 0
    return Weight(free, sum(map(len, headlines)), len(headlines))


_VIDEO_PATH = re.compile(
    r"(?:^|/)(?:videos?|clip|truyen-hinh|tv|podcasts?|audio|media/video)(?:/|-\d|$)", re.IGNORECASE
)
_GALLERY_PATH = re.compile(
    r"(?:^|/)(?:photos?|anh|album|gallery|infographics?|phong-su-anh|anh-dep|longform-anh)(?:/|-|$)"
)


def kind_of(  # noqa: PLR0911 - one line a rule, in the order in which they count
    about: meta.Meta,
    url: str,
    lines: list[str],
    captions: tuple[str, ...],
    published: dates.Published | None,
    weight: Weight,
) -> tuple[PageKind, str]:
    """(kind, why). ``lines``: the body's; ``weight``: of the page after pruning."""
    said, path = bool(about.types & meta.ARTICLE_TYPES), urlsplit(url).path
    text, told = sum(map(len, lines)), sum(map(len, captions))
    if text < 300 and _is_video(about, path):
        return PageKind.VIDEO, "a film with little text"
    if told > text and len(captions) >= (3 if about.types & meta.GALLERY_TYPES or _GALLERY_PATH.search(path) else 6):
        return PageKind.GALLERY, f"{len(captions)} captions outweigh {text} characters of text"
    if said:
        return PageKind.ARTICLE, "JSON-LD says article"
    if not lines:
        return PageKind.EMPTY, "no text found"
    if url and not path.strip("/"):
        return PageKind.LISTING, "the front page of a host"
    if about.types & meta.LISTING_TYPES:
        return PageKind.LISTING, "JSON-LD says listing"
    return _balance(url, lines, published, weight)


def _is_video(about: meta.Meta, path: str) -> bool:
    only_film = bool(about.types & meta.VIDEO_TYPES) and not about.types & meta.ARTICLE_TYPES
    return (
        only_film
        or about.og_type.startswith("video")
        or bool(_VIDEO_PATH.search(path) and about.types | {about.og_type} - {""})
    )


def _balance(url: str, lines: list[str], published: dates.Published | None, weight: Weight) -> tuple[PageKind, str]:
    """An article has text of its own that outweighs its links; a listing is links with a line each."""
    own = sum(len(line) for line in lines if len(line) >= 80)
    # a <time> tag may be the first teaser's, an address may lie: only what the page says of itself counts
    dated = published is not None and published.source in ("json-ld", "meta", "selector")
    numbered = article_number(url) is not None
    outweighs = weight.free > weight.linked and weight.headlines < 15
    if own >= 300 and weight.free >= 300 and (dated or numbered or outweighs):
        return PageKind.ARTICLE, f"{weight.free} characters of free text, {weight.linked} in headline links"
    if numbered and (dated or weight.headlines < 30):
        return PageKind.ARTICLE, "little text, but numbered as an article"
    return PageKind.LISTING, (
        f"{weight.free} characters of free text, {weight.linked} in {weight.headlines} headline links"
    )


def quality(title: str, lead: str, body: str, published: dates.Published | None) -> float:
    """Parts of an article that are there: title .2, lead .2, body up to .4 (full at 800 characters), minute .2."""
    timed = 0.0 if published is None else (0.2 if published.confidence > 0.7 else 0.1)
    parts = 0.2 * bool(title) + 0.2 * bool(lead) + 0.4 * min(len(body) / 800, 1.0) + timed
    return round(parts, 3)

"""The article links of a listing page: by the administrator's selector, or by what headlines look like.

A headline is a link in (or around) a heading, or with at least 25 letters of text, that leads on the same site to an
address like an article's. Menus, footers and side boxes are left out. A card (the smallest box that holds one
article's links and nothing of another's) gives the teaser and the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler import markup
from crawler.channels.sites import site_of
from crawler.markup import Tree
from crawler.text import plain
from crawler.urls import article_number, canonical, time_in_url
from lang.text import nfc
from store.errors import InputError

MOST = 200
"""Links of one page; a front page has about a hundred headlines."""
_ANCHORS = 10_000  # elements looked at: the largest front pages have some thousand
_HEADLINE = 25  # letters: menus and labels are shorter, headlines hardly ever
_LONGEST_TITLE = 300
_TEASER = (40, 1_000)
_SLUG = 5  # words of an address without a number: sections have up to four
_UP = 5  # levels from a headline to its card at most

_SIDE = ("nav", "footer", "aside")
_SIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:menu|navbar|nav|footer|breadcrumbs?|pagination|paging|tags?|copyright|social|share|login|banner"
    r"|advert\w*|quang-?cao)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TEASER_NAME = re.compile(r"sapo|desc|summary|lead|teaser|intro|abstract|trich|chapeau", re.IGNORECASE)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_SCRIPT = re.compile(r"\s*javascript:", re.IGNORECASE)
_DATED = re.compile(r"/20\d\d/(?:0?[1-9]|1[0-2])(?:/|-)|[-_/]20\d{6}(?:\D|$)")
_ID_NAME = re.compile(r"(?:id|item|news|tin|bai|article|post|entry)", re.IGNORECASE)
_NOT_A_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|css|js)$", re.IGNORECASE)
_LISTING_PATH = re.compile(
    r"(?:^|/)(?:tags?|hashtag|topic|event|chu-de|tac-gia|author|search|tim-kiem|category|chuyen-muc|page|trang|login|rss)(?:/|$|[-.]\w+$)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Link:
    """One article link. ``rank`` 2: the title is a heading; 1: a title attribute; 0: the link's own text."""

    url: str
    canonical_url: str
    title: str
    rank: int
    anchor: Tree
    summary: str = ""
    when: str = ""


@dataclass(slots=True)
class Found:
    """Links in page order, and what was passed over: headlines only a script follows, or on another site."""

    links: list[Link] = field(default_factory=list)
    by_script: int = 0
    foreign: int = 0
    matched: int = 0  # elements that the selector matched


def find(tree: Tree, url: str, selector: str | None, path_like: str | None) -> Found:
    """The links of the page at ``url``; see the module for what counts. At most ``MOST``."""
    looking = _Looking(url, _base(tree, url), bool(selector), re.compile(path_like) if path_like else None)
    for element, href in _anchors(tree, selector, looking.found):
        looking.take(element, href)
    links = list(looking.by_url.values())[:MOST]
    known = set(looking.by_url)
    for link in links:
        _read_card(link, looking, known)
    looking.found.links = links
    return looking.found


def _base(tree: Tree, url: str) -> str:
    for element in tree.iter("base"):
        if element.get("href"):
            try:
                return str(urljoin(url, element.get("href").strip()))
            except ValueError:
                return url
    return url


def _anchors(tree: Tree, selector: str | None, found: Found) -> Iterator[tuple[Tree, str]]:
    """(element, address as written), in page order."""
    if selector:
        matched = markup.select(tree, selector)[:_ANCHORS]
        found.matched = len(matched)
        for element in matched:
            inside = [element] if element.get("href") else list(element.iter("a"))[:50]
            around = element.xpath("ancestor::a[@href][1]") if not inside else []
            yield from ((a, a.get("href")) for a in inside or around if a.get("href"))
        return
    side: dict[Tree, bool] = {}
    for count, element in enumerate(tree.iter()):
        if count > 50 * _ANCHORS:
            return
        if not isinstance(element.tag, str):
            continue
        up = element.getparent()
        side[element] = (up is not None and side.get(up, False)) or _is_side(element)
        if side[element]:
            continue
        if element.tag == "a" and element.get("href"):
            yield element, element.get("href")
        elif element.tag != "a":
            # cards of endless pages: the address waits in an attribute until a script follows it
            waits = element.get("data-href") or element.get("data-url") or element.get("data-link")
            if waits and element.find(".//a[@href]") is None:
                yield element, waits


def _is_side(element: Tree) -> bool:
    if element.tag in _SIDE or element.get("role") in ("navigation", "contentinfo", "menu", "search"):
        return True
    if element.tag not in ("div", "ul", "ol", "section", "p", "td"):
        return False
    return bool(_SIDE_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


@dataclass(slots=True)
class _Looking:
    page: str
    base: str
    chosen: bool  # by the administrator's selector
    like: re.Pattern[str] | None
    found: Found = field(default_factory=Found)
    by_url: dict[str, Link] = field(default_factory=dict)
    addresses: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    seen: int = 0

    def take(self, element: Tree, href: str) -> None:
        """Keep the link if it is an article's; the better title of several to one address wins."""
        self.seen += 1
        if self.seen > _ANCHORS:
            return
        title, rank = _title(element)
        letters = sum(c.isalpha() for c in title)
        long = letters >= _HEADLINE or (rank == 2 and len(title.split()) >= 5)
        if _SCRIPT.match(href):
            self.found.by_script += long
            return
        address = self.address(href)
        if address is None:
            return
        if site_of(address[0]) != site_of(self.page):
            self.found.foreign += long and (self.chosen or self.article_like(address[1], long))
            return
        if not self.article_like(address[1], long):
            return
        known = self.by_url.get(address[1])
        if known is None and (title or self.chosen):
            self.by_url[address[1]] = Link(*address, title, rank, element)
        elif known is not None and (rank, len(title)) > (known.rank, len(known.title)) and title:
            known.title, known.rank, known.anchor = title, rank, element

    def address(self, href: str) -> tuple[str, str] | None:
        """(absolute, canonical) of what a page can be fetched from; None for the rest."""
        href = href.strip()
        if href not in self.addresses:
            self.addresses[href] = self._address(href)
        return self.addresses[href]

    def _address(self, href: str) -> tuple[str, str] | None:
        if not href or href.startswith("#") or len(href) > 2048:
            return None
        try:
            # a backslash is a slash to every browser: `\\evil.example` is another host
            link = "".join(c for c in href if c.isprintable()).replace("\\", "/")
            url = urljoin(self.base, link).partition("#")[0]
            parts = urlsplit(url)
            if parts.username is not None or not (parts.path.strip("/") or parts.query):
                return None
            identity = canonical(url)
            return None if identity == canonical(self.page) else (url, identity)
        except (InputError, ValueError):
            return None

    def article_like(self, identity: str, headline: bool) -> bool:
        """Does the address look like an article's? The administrator's own rules come first.

        ``headline``: the link's text is one; an address of words alone may be a section's, so then it must be.
        """
        path = urlsplit(identity).path
        if self.like is not None:
            return bool(self.like.search(path[:_LONGEST_TITLE]))
        if _NOT_A_PAGE.search(path):
            return False
        return self.chosen or numbered_or_dated(identity) or (headline and _slug_or_id(identity, path))


def numbered_or_dated(identity: str) -> bool:
    """Does the canonical address carry an article's number or its day?"""
    path = urlsplit(identity).path
    if _LISTING_PATH.search(path):
        return False
    return bool(article_number(identity) or time_in_url(identity) or _DATED.search(path))


def _slug_or_id(identity: str, path: str) -> bool:
    if _LISTING_PATH.search(path):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    slug, dot, ending = last.rpartition(".")
    if dot and not ending.lower().startswith(("htm", "asp", "vnp", "epi", "chn", "tpo", "php")):
        return False
    if len([word for word in re.split(r"[-_]", slug if dot else last) if word]) >= _SLUG:
        return True
    pairs = parse_qsl(urlsplit(identity).query)[:50]
    return any(_ID_NAME.search(name) and re.fullmatch(r"\d{2,}", value) for name, value in pairs)


# ── title, card, teaser ─────────────────────────────────────────────────────────────────────────────


def _title(element: Tree) -> tuple[str, int]:
    """(title, rank): a heading in or around the link, its title attribute, its text."""
    for head in element.iter(*_HEADS):
        if text := _line(head):
            return text, 2
    text = _line(element)
    up = element.getparent()
    for _ in range(3):
        if up is None or not isinstance(up.tag, str):
            break
        if up.tag in _HEADS and text:
            return text, 2
        up = up.getparent()
    named = plain(element.get("title") or "")
    if len(named) > len(text) * 0.8 and 0 < len(named) <= _LONGEST_TITLE:
        return named, 1
    return (text, 0) if len(text) <= _LONGEST_TITLE else ("", 0)


def _line(element: Tree) -> str:
    text = markup.text_of(element).lstrip("»›>•-–* ")
    return text if any(c.isalpha() for c in text) else ""


def _read_card(link: Link, looking: _Looking, known: set[str]) -> None:
    """Title (where the link has none), teaser and time from the smallest box that is this article's alone."""
    card = _card(link, looking, known)
    if card is None:
        return
    if link.rank == 0:
        heads = [text for head in card.iter(*_HEADS) if (text := _line(head))]
        if heads and (len(heads[0]) >= len(link.title) or heads[0] in link.title):
            link.title, link.rank = heads[0][:_LONGEST_TITLE], 2
    for element in card.iter("p", "div", "span", "td", "blockquote"):
        named = _TEASER_NAME.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}")
        if element.tag != "p" and not named:
            continue
        text = markup.text_of(element)
        if (
            _TEASER[0] <= len(text) <= _TEASER[1]
            and not link.title.startswith(text)
            and not text.startswith(link.title)
        ):
            link.summary = text
            break
    for element in card.iter("time"):
        link.when = nfc(element.get("datetime") or markup.text_of(element))[:100]
        return
    dates = set(re.findall(r"\b\d{1,2}[/.-]\d{1,2}[/.-]20\d\d\b(?:,?\s*-?\s*\d{1,2}[:h]\d\d)?", _outside(card, link)))
    if len(dates) == 1:
        link.when = dates.pop()


def _outside(card: Tree, link: Link) -> str:
    """The card's text without headline and teaser: a date in them is the date of what is told."""
    return markup.text_of(card)[:5000].replace(link.title, " ").replace(link.summary or "\0", " ")


def _card(link: Link, looking: _Looking, known: set[str]) -> Tree | None:
    """The largest of at most ``_UP`` boxes around the link that holds no other article's link."""
    best = None
    box = link.anchor
    for _ in range(_UP):
        box = box.getparent()
        if box is None or box.tag in ("body", "html", "table", "tbody", "main"):
            break
        if any(_other(a, link, looking, known) for a in box.iter("a")):
            break
        best = box
    return best if best is not None else (link.anchor if link.rank == 2 else None)


def _other(anchor: Tree, link: Link, looking: _Looking, known: set[str]) -> bool:
    address = looking.address(anchor.get("href") or "")
    return address is not None and address[1] != link.canonical_url and address[1] in known

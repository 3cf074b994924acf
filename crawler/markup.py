"""HTML to a tree, and questions to it. The text is decoded before (crawler.text): lxml guesses charsets badly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from lang.text import nfc

Tree = Any
"""An lxml.html.HtmlElement (lxml carries no types here)."""

MAX_CHARS = 2_000_000
"""Markup that is read once scripts, styles and drawings are out: the largest real page that we saw has 0.45 million."""
MAX_TAGS = 40_000
"""… and as many tags: the largest real page has 8,100."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML knows no place for (one in the tree and trafilatura finds nothing), and controls."""
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9A-Fa-f]{1,2})|0*(\d{1,3}))(?:;|(?![0-9A-Fa-f]))")
_NOT_TEXT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "button"})
_BULK = re.compile(r"<(script|style|svg)\b|<!--", re.IGNORECASE)
_BULK_END = {
    "script": re.compile(r"</script", re.IGNORECASE),
    "style": re.compile(r"</style", re.IGNORECASE),
    "svg": re.compile(r"</svg", re.IGNORECASE),
    "": re.compile("-->"),
}
_LONG_TAG = 50_000
_HUGE_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONG_TAG},}}>")  # a picture inside, or attributes that cost their square
_DATA_URI = re.compile(r"data:[a-z]+/[a-z0-9.+-]{1,40};base64,[A-Za-z0-9+/=\s]{200,}")


def trimmed(text: str) -> tuple[str, bool]:
    """(the page, whether its end was cut off). A page of usual size is not touched; the work grows with its length.

    A huge page is huge by its scripts and inline pictures; only what is huge without them is cut.
    """
    if len(text) > _LONG_TAG:
        text = _HUGE_TAG.sub("", text)
    if len(text) <= MAX_CHARS and text.count("<") <= MAX_TAGS:
        return text, False
    text = _DATA_URI.sub("", _without_bulk(text))
    end = min(len(text), MAX_CHARS)
    if text.count("<", 0, end) > MAX_TAGS:
        position = -1
        for _ in range(MAX_TAGS):
            position = text.find("<", position + 1)
        end = position
    return text[:end], end < len(text)


def _without_bulk(text: str) -> str:
    """Without scripts (sane JSON-LD stays), styles, drawings and comments; what never closes ends the page."""
    kept: list[str] = []
    position = 0
    while found := _BULK.search(text, position):
        kept.append(text[position : found.start()])
        closing = _BULK_END[(found[1] or "").lower()].search(text, found.end())
        if closing is None:
            return "".join(kept)
        if "ld+json" in text[found.end() : found.end() + 100] and closing.end() - found.start() < 200_000:
            kept.append(text[found.start() : closing.end()])
            kept.append(">")
        position = text.find(">", closing.end() - 1) + 1 or len(text)
    kept.append(text[position:])
    return "".join(kept)


def parse(text: str) -> Tree | None:
    """The root element, or None when nothing in the text is markup or text.

    libxml2 stops at 256 levels of nesting by itself, so deep pages cost neither stack nor time.
    """
    from lxml import etree, html

    cleaned = _NOT_XML.sub("", _DECLARATION.sub("", text, count=1))
    if "&#" in cleaned:
        cleaned = _REFERENCE.sub(_referred, cleaned)
    if not cleaned.strip():
        return None
    try:
        return html.document_fromstring(cleaned)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def select(tree: Tree, selector: str) -> list[Tree]:
    """Elements that match a CSS selector, in document order."""
    found: list[Tree] = _compiled(selector)(tree)
    return found


@lru_cache(maxsize=512)
def _compiled(selector: str) -> Any:
    from lxml.cssselect import CSSSelector

    return CSSSelector(selector, translator="html")


def _referred(reference: re.Match[str]) -> str:
    """Controls go; 128 to 159 are what browsers make of them, the punctuation of windows-1252."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    if 128 <= code <= 159:
        return bytes([code]).decode("cp1252", errors="ignore")
    return "" if code in _CONTROLS else reference.group()


_CONTROLS = frozenset({*range(32), 127}) - {9, 10, 13}
Named = list[tuple[Tree, str]]
"""Elements that say what they are, in document order, each with its class, id, data-role, itemprop and rel."""


def named(tree: Tree) -> Named:
    """All of them below the body; the words are read by :func:`marks`."""
    keys = ("class", "id", "data-role", "itemprop", "rel")
    return [
        (element, " ".join(filter(None, map(element.get, keys)))[:400])
        for element in tree.xpath("//body//*[@class or @id or @data-role or @itemprop or @rel]")
    ]


class Marks(NamedTuple):
    """What an element's name says that it is."""

    sapo: bool
    lead: bool
    noise: bool
    caption: bool
    picture: bool


def _word(names: str) -> re.Pattern[str]:
    """A word of a class or id: between blanks and dashes, or with a capital of its own (`detailAuthor`)."""
    return re.compile(rf"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))(?i:{names})(?:$|[\s_-]|(?=[A-Z]))")


_MARKS = (
    _word(r"\w{0,20}sapo|the-article-summary|chapeau|tom-?tat"),
    _word("description|summary|lead|lede|standfirst|teaser|intro|dek|deck|subtitle|sub-?headline|excerpt|abstract"),
    _word(
        "author(?:s|name|box|info)?|byline|tac-?gia|but-?danh|related|lien-?quan|tin-?lien-?quan|relate-?news"
        "|relatednews|comments?|binh-?luan|copyright|tags?|tu-?khoa|keywords?|share|sharing|social|breadcrumbs?"
        "|adverts?|advertisement|advertising|banner|newsletter|popup|most-?read|doc-?nhieu|tin-?moi|sidebar|footer|box-?tin|tin-?khac"
        "|cung-?chuyen-?muc|rating"
    ),
    _word(
        r"\w{0,20}caption|pcaption|chu-?thich(?:-?anh)?|photo-?desc\w{0,9}|image-?desc\w{0,9}|img-?desc\w{0,9}"
        r"|pic-?desc|mo-?ta-?anh"
    ),
    _word("image|img|photo|picture|pic|anh|hinh-?anh|fig|figure"),
)


@lru_cache(maxsize=8192)
def marks(name: str) -> Marks:
    """What a name of :func:`named` says; pages of one outlet say the same names again and again."""
    return Marks(*(bool(pattern.search(name)) for pattern in _MARKS))


def text_of(element: Tree) -> str:
    """The element's text as one printable NFC line, without scripts."""
    return printable(" ".join(_pieces(element)))


def printable(text: str) -> str:
    """NFC without control characters, private letters of icon fonts and the like, however they were written."""
    text = nfc(text)
    return text if text.isprintable() else nfc("".join(c for c in text if c.isprintable()))


def raw_text(element: Tree) -> str:
    """All characters in the element, scripts too: cheap, for weighing."""
    return "".join(element.itertext())


def paragraphs(element: Tree) -> list[str]:
    """NFC text of the innermost blocks of an element, in order; empty ones left out."""
    blocks = element.xpath(".//p|.//h2|.//h3|.//h4|.//li|.//blockquote|.//figcaption|.//td")
    innermost = [b for b in blocks if not b.xpath(".//p|.//li|.//blockquote|.//td")]
    if not innermost:
        innermost = [element]
    return [line for block in innermost if (line := text_of(block)) and not is_link(block, line)]


def is_link(block: Tree, line: str) -> bool:
    """A paragraph that is nothing but links leads to other articles; it is none of this one's text."""
    linked = sum(len(nfc(raw_text(a))) for a in block.iter("a") if not (a.get("href") or "#").startswith(_STAYS))
    return linked >= 0.8 * len(line)


_STAYS = ("#", "mailto:", "tel:")


def _pieces(element: Tree) -> Iterable[str]:
    if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
        return
    inline = element.tag in ("a", "b", "em", "i", "span", "strong", "u", "font", "sup", "sub", "mark", "small")
    text = element.text or ""
    parts = [text]
    for child in element:
        parts.extend(_pieces(child))
        parts.append(child.tail or "")
    joined = "".join(parts)
    yield joined if inline else f" {joined} "


def drop(element: Tree) -> None:
    """Remove the element, keeping the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()

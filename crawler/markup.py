"""HTML to a tree, and questions to it. The text is decoded before (crawler.text): lxml guesses charsets badly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lang.text import nfc

Tree = Any
"""An lxml.html.HtmlElement (lxml carries no types here)."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML knows no place for; one of them in the tree and trafilatura raises ValueError."""
_NOT_TEXT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "button"})


def parse(text: str) -> Tree | None:
    """The root element, or None when nothing in the text is markup or text.

    libxml2 stops at 256 levels of nesting by itself, so deep pages cost neither stack nor time.
    """
    from lxml import etree, html

    cleaned = _NOT_XML.sub("", _DECLARATION.sub("", text, count=1))
    if not cleaned.strip():
        return None
    try:
        return html.document_fromstring(cleaned)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def select(tree: Tree, selector: str) -> list[Tree]:
    """Elements that match a CSS selector, in document order."""
    found: list[Tree] = tree.cssselect(selector)
    return found


def text_of(element: Tree) -> str:
    """The element's text as one NFC line, without scripts."""
    return nfc(" ".join(_pieces(element)))


def paragraphs(element: Tree) -> list[str]:
    """NFC text of the innermost blocks of an element, in order; empty ones left out."""
    blocks = element.xpath(".//p|.//h2|.//h3|.//h4|.//li|.//blockquote|.//figcaption|.//td")
    innermost = [b for b in blocks if not b.xpath(".//p|.//li|.//blockquote|.//td")]
    if not innermost:
        innermost = [element]
    return [line for block in innermost if (line := text_of(block)) and not _is_link(block, line)]


def _is_link(block: Tree, line: str) -> bool:
    """A paragraph that is nothing but links leads to other articles; it is none of this one's text."""
    return sum(len(nfc("".join(a.itertext()))) for a in block.iter("a")) >= 0.8 * len(line)


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

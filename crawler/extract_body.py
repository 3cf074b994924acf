"""The text of a page: what is no text is cut from the tree, captions are taken out, trafilatura finds the rest."""

from __future__ import annotations

import logging
import re
from itertools import islice

from config.sources import Selectors
from crawler import markup
from crawler.markup import Named, Tree, marks
from crawler.tails import is_byline
from lang.text import nfc

_MOST = 15_000  # elements; the largest real page has 4,300. Beyond, trafilatura's work and memory grow too fast


_CREDIT = re.compile(
    r"[\s(\[–|-]*(?:\b(?:Ảnh(?: minh họa)?|Hình|Nguồn ảnh|Nguồn|Đồ họa|Photo|Image|Credits?|Foto|Фото)\s*[:/]|©)"
    r"\s*(.{0,60})$"
)


def prune(tree: Tree, named: Named, selectors: Selectors) -> None:
    """Cut side boxes, authors' boxes and paragraphs that only lead elsewhere. ``named``: of :func:`markup.named`."""
    for selector in selectors.remove:
        for element in markup.select(tree, selector):
            markup.drop(element)
    whole = _paragraph_chars(tree)
    for element, name in named:
        # a wrapper may carry such a word too: what holds much of the page's text is no side box
        if marks(name).noise and element.tag not in ("main", "article") and _paragraph_chars(element) <= whole * 0.3:
            markup.drop(element)
    for block in list(tree.iter("p", "li")):
        if block.find(".//a") is not None and (line := nfc(markup.raw_text(block))) and markup.is_link(block, line):
            markup.drop(block)


def _paragraph_chars(tree: Tree) -> int:
    return sum(len(markup.raw_text(p)) for p in tree.iter("p"))


def take_captions(tree: Tree, named: Named) -> tuple[str, ...]:
    """Captions in order, each once, without whoever took the picture; their elements leave the tree."""
    found: list[str] = []
    for element in [*tree.iter("figcaption"), *(e for e, name in named if _is_caption(e, name))]:
        text = markup.text_of(element)
        if len(text) > _CAPTION_LENGTH or element.getroottree().getroot() is not tree or _leads_away(element, text):
            continue
        markup.drop(element)
        found.append(without_credit(text))
    return tuple(dict.fromkeys(text for text in found if len(text) >= 8 and not is_byline(text)))


def _leads_away(element: Tree, text: str) -> bool:
    """A teaser's headline under its picture is no caption; a link to the picture itself may be around one."""
    around = element.xpath("ancestor::a/@href")
    return markup.is_link(element, text) or any(not _A_PICTURE.search(href) for href in around)


_A_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif)\b", re.IGNORECASE)
_CAPTION_LENGTH = 600


def _is_caption(element: Tree, name: str) -> bool:
    """Named so and near a picture, or a box named after its one picture that holds no paragraph of the story."""
    said = marks(name)
    if said.caption:
        near = (element, *islice(element.iterancestors(), 2))
        return any(_holds_picture(box, 2 * _CAPTION_LENGTH) for box in near)
    if not said.picture or element.tag in ("img", "picture", "figure", "body", "main", "article", "a"):
        return False
    return _holds_picture(element, 400)


def _holds_picture(box: Tree, most: int) -> bool:
    return box.find(".//img") is not None and len(markup.raw_text(box)) <= most


def without_credit(caption: str) -> str:
    """The caption without the name behind `Ảnh:`. Content, not people."""
    found = _CREDIT.search(caption)
    return caption[: found.start()].rstrip(" .–-(") + "." if found and found.start() else "" if found else caption


def split_captions(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Lines that end in a picture's credit are captions, even where no markup says so."""
    kept, captions = [], []
    for line in lines:
        if len(line) <= 300 and _CREDIT.search(line):
            captions.append(without_credit(line))
        else:
            kept.append(line)
    return kept, tuple(c for c in captions if c)


def lines_of(tree: Tree, url: str, selectors: Selectors) -> list[str]:
    """The paragraphs of the body in order, NFC."""
    if selectors.body:
        chosen = markup.select(tree, selectors.body)
        lines = [line for element in chosen for line in markup.paragraphs(element)]
        if sum(map(len, lines)) >= 100:
            return lines
    if sum(1 for _ in tree.iter()) > _MOST:
        return markup.paragraphs(tree)
    return _joined(_by_trafilatura(tree, url))


def _by_trafilatura(tree: Tree, url: str) -> list[str]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.ERROR)  # it warns of each listing; our gate says so
    document = bare_extraction(
        tree, url=url or None, include_comments=False, include_tables=True, include_images=False, with_metadata=False
    )
    text = (getattr(document, "text", None) or "") if document is not None else ""
    return [line for raw in text.splitlines() if (line := markup.printable(raw))]


def _joined(lines: list[str]) -> list[str]:
    """A paragraph that was cut at a link inside it goes on with a small letter: it is made whole."""
    whole: list[str] = []
    for line in lines:
        if whole and line[0].islower() and whole[-1][-1] not in '.!?…:;”"»' and len(whole[-1]) > 20:
            whole[-1] += " " + line
        else:
            whole.append(line)
    return whole

"""Headline and sapo (lead) of a page."""

from __future__ import annotations

import re

from config.sources import Selectors
from crawler import markup
from crawler.markup import Named, Tree, marks
from crawler.meta import Meta
from lang.text import fold, nfc, syllables

_LONGEST = 1200  # characters; a "description" of more is a wrapper around the text


def title(tree: Tree, about: Meta, selectors: Selectors) -> str:
    """The headline as a reader sees it, where the page's record of itself says the same."""
    if selectors.title and (found := first(tree, selectors.title, 3)):
        return found
    heads = [found for h in tree.iter("h1") if (found := markup.text_of(h)) and len(found) <= _LONGEST]
    if about.title:
        # og:title is often written for search; where the page's own headline says the same, it is the headline
        same = [h for h in heads if fold(h) in fold(about.title) or fold(about.title) in fold(h)]
        return same[0] if same and 15 <= len(same[0]) <= len(about.title) * 2 else about.title
    if heads:
        return max(heads, key=len)
    named = tree.find(".//title")
    return re.split(r"\s+[|–-]\s+(?=[^|–-]*$)", markup.text_of(named))[0] if named is not None else ""


def first(tree: Tree, selector: str, shortest: int) -> str:
    """The text of the first element that matches and has at least ``shortest`` characters."""
    return next((t for e in markup.select(tree, selector) if len(t := markup.text_of(e)) >= shortest), "")


def marked_sapo(tree: Tree, named: Named, selectors: Selectors, headline: str) -> str:
    """The sapo that the page marks as one: by the source's selector, by its usual names, below the headline."""
    if selectors.sapo and (found := first(tree, selectors.sapo, 10)):
        return found
    for element, name in named:
        if marks(name).sapo and (text := _lead_text(element)):
            return text
    for element, name in named:
        if marks(name).lead and _follows_headline(element) and (text := _lead_text(element)):
            return text
    return _below(tree, headline)


def _below(tree: Tree, headline: str) -> str:
    """A line of a lead's length right below the headline, in an element of its own."""
    for head in tree.iter("h1"):
        below = head.getnext()
        if below is not None and below.tag in ("h2", "p") and nfc(markup.raw_text(head)) == headline:
            text = _lead_text(below)
            return text if 60 <= len(text) <= 500 else ""
    return ""


def _lead_text(element: Tree) -> str:
    if element.xpath("ancestor-or-self::a | .//h1") or element.getroottree().getroot().tag != "html":
        return ""  # in a link, around the headline, or cut from the page before
    text = markup.text_of(element)
    return text if 30 <= len(text) <= _LONGEST and not markup.is_link(element, text) else ""


def _follows_headline(element: Tree) -> bool:
    return bool(element.xpath("preceding-sibling::h1 | preceding-sibling::*[1]//h1 | ../preceding-sibling::h1"))


def shown_description(tree: Tree, description: str) -> str:
    """The whole wording of the page's description where a reader sees it (a description is often cut short)."""
    wanted = fold(description).rstrip(".… ")[:80]
    if len(wanted) < 40:
        return ""
    begins = description.split()[:2]
    for element in tree.iter("p", "h2", "h3", "div", "span"):
        if len(element) >= 8 or any(element.find(block) is not None for block in ("p", "div", "h1", "h2")):
            continue
        raw = markup.raw_text(element)
        if all(word in raw for word in begins) and wanted in fold(nfc(raw[:_LONGEST]))[: len(wanted) + 40]:
            text = markup.text_of(element)
            if len(text) <= 2 * len(description) + 80 and not element.xpath("ancestor::a"):
                return text
    return ""


def split(marked: str, shown: str, description: str, title: str, lines: list[str]) -> tuple[str, list[str]]:
    """(lead, body without it). What the page shows wins over its description for search engines.

    A description that speaks of other things than title and text (the outlet's slogan) is no lead.
    """
    if marked or shown:
        lead = marked or shown
        return lead, [line for line in lines if fold(line) != fold(lead)]
    if not description:
        return "", lines
    wanted = fold(description).rstrip(".… ")[:60]
    for i, line in enumerate(lines[:2]):
        if wanted and wanted in fold(line) and len(line) <= _LONGEST:
            return line, lines[:i] + lines[i + 1 :]
    said = {s for s in syllables(description) if len(s) > 2}
    told = set(syllables(" ".join([title, *lines])))
    about_this = not said or len(said & told) >= 0.4 * len(said)
    return (description if about_this else ""), lines

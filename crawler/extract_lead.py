"""Headline and sapo (lead) of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.sources import Selectors
from crawler import markup
from crawler.markup import Tree
from crawler.meta import Meta
from lang.text import fold, syllables

Named = Sequence[tuple[Tree, str]]

_SAPO = re.compile(
    r"(?:^|[\s_-])(?:[a-z]*sapo|the-article-summary|chapeau|tom-?tat|singular-sapo)(?:$|[\s_-])", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:article-|news-|detail-|content-)?(?:description|summary|lead|lede|standfirst|teaser|intro|dek|deck"
    r"|subtitle|sub-?headline|excerpt|abstract)(?:$|[\s_-])",
    re.IGNORECASE,
)
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


def marked_sapo(tree: Tree, named: Named, selectors: Selectors) -> str:
    """The sapo that the page marks as one: by the source's selector, by its usual names, below the headline."""
    if selectors.sapo and (found := first(tree, selectors.sapo, 10)):
        return found
    for element, name in named:
        if _SAPO.search(name) and (text := _lead_text(element)):
            return text
    for element, name in named:
        if _LEAD.search(name) and _follows_headline(element) and (text := _lead_text(element)):
            return text
    return ""


def _lead_text(element: Tree) -> str:
    if element.xpath("ancestor-or-self::a | .//h1"):
        return ""
    text = markup.text_of(element)
    return text if 30 <= len(text) <= _LONGEST and not markup.is_link(element, text) else ""


def _follows_headline(element: Tree) -> bool:
    return bool(element.xpath("preceding-sibling::h1 | preceding-sibling::*[1]//h1 | ../preceding-sibling::h1"))


def shown_description(tree: Tree, description: str) -> str:
    """The whole wording of the page's description where a reader sees it (a description is often cut short)."""
    wanted = fold(description).rstrip(".… ")[:80]
    if len(wanted) < 40:
        return ""
    for element in tree.iter("p", "h2", "h3", "strong", "div", "span"):
        own = element.text or ""
        if len(own) >= 30 and fold(own)[:200].find(wanted[:30]) >= 0:
            text = markup.text_of(element)
            if wanted in fold(text) and len(text) <= 2 * len(description) + 80 and not element.xpath("ancestor::a"):
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

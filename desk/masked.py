"""Text as every page of the desk shows it: pupils, and exposed adults without public office, taken out (promise 3).

What stands on a page is copied into letters and messages, so the desk shows no more than a digest does. The original of
one reading is shown on a page of its own, to a named person with a reason (:mod:`desk.pages.original`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from alerts.compose import READ, READ_OF
from alerts.formats import clean, first_sentences, shorten
from alerts.messages import UNTITLED
from lang.masking_lines import masked_line, masked_texts
from store.model import Revision

BODY = 120_000  # characters of a body that are shown; a book in one page would only freeze an old PC


def line(text: str) -> str:
    """One masked line: messages and reasons."""
    return masked_line(clean(text))


def headline(revision: Revision | None) -> str:
    """The masked title; that it is missing is said."""
    return titled(revision)[0]


def titled(revision: Revision | None, limit: int = 300) -> tuple[str, str]:
    """(title, two sentences) masked together: what is said of somebody may stand in one and the name in the other."""
    if revision is None:
        return UNTITLED, ""
    return _titled(revision.title[:1000], (revision.lead or revision.body)[:2000], limit)


@lru_cache(maxsize=2048)
def _titled(title: str, lead: str, limit: int) -> tuple[str, str]:
    shown = _together(clean(title), clean(lead))
    return shorten(shown[0], limit) or UNTITLED, first_sentences(shown[1])


@dataclass(frozen=True, slots=True)
class _Text:
    """A reading in the memory of :func:`_story`: a revision never changes, so its id is enough to know it again."""

    revision_id: str
    text: tuple[str, str, str] = field(compare=False)


def told_together(revisions: Sequence[Revision | None], limit: int = 300) -> list[tuple[str, str]]:
    """(title, two sentences) of the articles of one story, masked with all in view, as a digest masks them."""
    read = [r for r in revisions if r is not None]
    texts = tuple(
        _Text(r.id, (r.title[:1000], (r.lead or r.body)[:2000], r.body[:READ] if place < READ_OF else ""))
        for place, r in enumerate(read)
    )
    told = iter(_story(texts, limit))
    return [(UNTITLED, "") if r is None else next(told) for r in revisions]


@lru_cache(maxsize=512)
def _story(texts: tuple[_Text, ...], limit: int) -> tuple[tuple[str, str], ...]:
    shown = masked_texts([one.text for one in texts])
    return tuple((shorten(text.title, limit) or UNTITLED, first_sentences(text.lead)) for text in shown)


def _together(*parts: str) -> list[str]:
    """Each part masked with all others in view; apart, should a mask have swallowed the line between two."""
    together = masked_line("\n".join(parts)).split("\n")
    return together if len(together) == len(parts) else [masked_line(part) for part in parts]

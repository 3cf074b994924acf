"""Text as the desk may show it while it has no accounts: pupils' names taken out (promise 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from alerts.formats import clean, first_sentences, shorten
from alerts.messages import UNTITLED
from lang.masking import mask
from store.model import Revision

BODY = 120_000  # characters of a body that are shown; a book in one page would only freeze an old PC
_LINES = re.compile(r"[\r\n\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """Title, lead and paragraphs of a revision, masked; ``cut`` when the body was longer than is shown."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]
    cut: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, a line each."""
        return tuple(line for line in (self.title, self.lead, *self.paragraphs) if line)


def line(text: str) -> str:
    """One masked line: messages and reasons."""
    return mask(clean(text)).text


def headline(revision: Revision | None) -> str:
    """The masked title; that it is missing is said."""
    return titled(revision)[0]


def titled(revision: Revision | None, limit: int = 300) -> tuple[str, str]:
    """(title, two sentences) masked together: who is a pupil may stand in one and the name in the other."""
    if revision is None:
        return UNTITLED, ""
    return _titled(revision.title[:1000], (revision.lead or revision.body)[:2000], limit)


@lru_cache(maxsize=2048)
def _titled(title: str, lead: str, limit: int) -> tuple[str, str]:
    shown = _together(clean(title), clean(lead))
    return shorten(shown[0], limit) or UNTITLED, first_sentences(shown[1])


def whole(revision: Revision) -> Shown:
    """All text of a revision as read, masked as one, so that a name met once is masked everywhere."""
    lines = [text for part in _LINES.split(revision.body[:BODY]) if (text := clean(part))]
    title, lead, *paragraphs = _together(clean(revision.title), clean(revision.lead), *lines)
    return Shown(title or UNTITLED, lead, tuple(paragraphs), len(revision.body) > BODY)


def _together(*parts: str) -> list[str]:
    """Each part masked with all others in view; apart, should a mask have swallowed the line between two."""
    together = mask("\n".join(parts)).text.split("\n")
    return together if len(together) == len(parts) else [mask(part).text for part in parts]

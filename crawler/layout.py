"""Has a source changed its layout? The share of pages with a title, a sapo, a text, a date, before and now.

The newest :data:`NOW` pages beside the :data:`BEFORE` before them: a part of a page whose share fell by more than
:data:`DROP` and by more than chance (Fisher's exact test, one-sided, p < :data:`CHANCE`) is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from store.model import Revision

NOW, BEFORE = 20, 60
LEAST_NOW, LEAST_BEFORE = 12, 30  # a source with fewer pages is not judged
DROP, CHANCE = 0.30, 1e-3
OVER = 0.15  # within this of the share before, it is over
EXAMPLES = 3
PARTS = ("page", "title", "lead", "body", "date", "quality")
"""In the order in which they are told; ``page``: the page could be read as an article at all."""

_BODY_CHARS = 200
_MINUTE_KNOWN = 0.4  # a date that only the address tells is surer than nothing, and no sign of a date on the page
_WHOLE = 0.8  # quality of a page that has all its parts


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What was found of one article; ``has`` is a subset of :data:`PARTS`."""

    article_id: str
    seen_at: int
    has: frozenset[str]


@dataclass(frozen=True, slots=True)
class Drop:
    """A part of the pages that is missing now. Shares are in [0, 1]; ``since``: ms UTC, of the first page without."""

    part: str
    before: float
    now: float
    of_before: int
    of_now: int
    chance: float
    since: int
    examples: tuple[str, ...]


def signs(revision: Revision) -> PageSigns:
    """What a page gave."""
    has = {"page"}
    if revision.title:
        has.add("title")
    if revision.lead:
        has.add("lead")
    if len(revision.body) >= _BODY_CHARS:
        has.add("body")
    if revision.published_at is not None and (revision.published_confidence or 0.0) > _MINUTE_KNOWN:
        has.add("date")
    if revision.quality >= _WHOLE:
        has.add("quality")
    return PageSigns(revision.article_id, revision.seen_at, frozenset(has))


def drops(pages: Sequence[PageSigns]) -> tuple[Drop, ...]:
    """Parts that fell, those that explain the others first. ``pages``: newest first; more than 80 are left alone.

    A page that could not be read (``has`` empty) counts for ``page`` alone, so that it is not told five times.
    """
    found = [drop for part in PARTS if (drop := _drop(part, pages))]
    told = {drop.part for drop in found}
    return tuple(drop for drop in found if drop.part != "quality" or told == {"quality"})


def shares(pages: Sequence[PageSigns]) -> Mapping[str, float]:
    """Share of each part among the newest :data:`NOW` pages; empty with too few to judge."""
    found = {}
    for part in PARTS:
        new = _counted(part, pages[:NOW])
        if len(new) >= LEAST_NOW:
            found[part] = _share(part, new)
    return found


def _counted(part: str, pages: Sequence[PageSigns]) -> list[PageSigns]:
    return [page for page in pages if part == "page" or page.has]


def _share(part: str, pages: Sequence[PageSigns]) -> float:
    return sum(part in page.has for page in pages) / len(pages)


def _drop(part: str, pages: Sequence[PageSigns]) -> Drop | None:
    new, old = _counted(part, pages[:NOW]), _counted(part, pages[NOW : NOW + BEFORE])
    if len(new) < LEAST_NOW or len(old) < LEAST_BEFORE:
        return None
    now, before = _share(part, new), _share(part, old)
    if before - now <= DROP:
        return None
    without = [page for page in new if part not in page.has]
    chance = fisher(len(new) - len(without), len(new), sum(part in page.has for page in old), len(old))
    if chance >= CHANCE:
        return None
    examples = tuple(page.article_id for page in without[:EXAMPLES])
    since = min(page.seen_at for page in without)
    return Drop(part, before, now, len(old), len(new), chance, since, examples)


def fisher(now: int, of_now: int, before: int, of_before: int) -> float:
    """P(at most ``now`` of ``of_now`` have it) when both groups are alike: Fisher's exact test, one-sided."""
    have, whole = now + before, of_now + of_before
    ways = sum(comb(have, k) * comb(whole - have, of_now - k) for k in range(max(0, of_now - whole + have), now + 1))
    return ways / comb(whole, of_now)

"""A digest as it will be shown: words already chosen and masked, nothing left to decide."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from alerts.checking_digest import CheckLine


@dataclass(frozen=True, slots=True)
class Chip:
    """A judgement in words: shape (may be empty), word, confidence word."""

    shape: str
    word: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Item:
    """One article. ``number`` is its place in the digest from 1; ``href`` is empty unless it is http(s)."""

    number: int
    part: str
    story_id: str | None
    article_id: str
    revision_id: str
    membership_id: str | None
    judgements: Mapping[str, str]
    title: str
    outlet: str
    href: str
    when: str
    tags: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number and the items that it counts, by their numbers."""

    key: str
    label: str
    numbers: tuple[int, ...]

    @property
    def count(self) -> int:
        """What is printed."""
        return len(self.numbers)

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """(first, last) of neighbouring numbers; two neighbours stay two runs, for "4 5" reads quicker than "4–5"."""
        runs: list[tuple[int, int]] = []
        for number in self.numbers:
            if runs and number == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], number)
            else:
                runs.append((number, number))
        split = ([(a, a), (b, b)] if b == a + 1 else [(a, b)] for a, b in runs)
        return tuple(run for part in split for run in part)


@dataclass(frozen=True, slots=True)
class FactLine:
    """What outlets tell alike, or differently and then ``about`` what kind of thing: (words, whose) of each."""

    about: str
    differing: bool
    sayings: tuple[tuple[str, tuple[str, ...]], ...]


AGAIN, GOOD, FOREIGN = "again", "good", "foreign"
"""Marks of a story: new about an earlier one, a good example of the city, told by a foreign outlet."""


@dataclass(frozen=True, slots=True)
class Block:
    """One story as shown: what is new in it since the last digest, never more.

    ``key``: the story's id, or the article's where it stands alone. ``places``: names of units of the city that it
    speaks of, ``units``: their codes. ``proposal``: the press officer's *đề xuất xử lý*.
    """

    number: int
    headline: str
    href: str
    summary: str
    badges: tuple[str, ...]
    outlets: tuple[str, ...]
    first: str
    counts: tuple[Figure, ...]  # outlets, articles, reprints; empty for a single article
    chips: tuple[Chip, ...]
    reasons: tuple[str, ...]
    items: tuple[Item, ...]
    themes: tuple[str, ...] = ()  # names of the department's themes
    key: str = ""
    theme_ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    facts: tuple[FactLine, ...] = ()
    marks: tuple[str, ...] = ()
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the stories told in full, and the rest that only the list at the end names."""

    key: str
    title: str
    note: str
    blocks: tuple[Block, ...]
    rest: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source (or ``count`` like ones) that could not be followed, said in words."""

    name: str
    words: str
    silent: bool  # False: not watched yet
    count: int = 1


@dataclass(frozen=True, slots=True)
class DueLine:
    """A case whose clock is due today or was before; ``words``: which clock, when, whose."""

    label: str
    title: str
    words: str
    href: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class DigestDraft:
    """Everything that the templates print. ``items`` are all articles in reading order.

    ``stamp``: what it is marked with beside *LƯU HÀNH NỘI BỘ*: a draft that no person released, or "".
    ``gap``: why it covers more than a day, or "". ``issued``: who released it and when, or "".
    """

    day: datetime.date
    subject: str
    heading: str
    window: str
    quiet: str
    must_read: tuple[Block, ...]
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]
    sources: tuple[SourceState, ...]
    checking: tuple[CheckLine, ...] = ()
    chain: str = ""  # last link of the chain of cases, printed so that a chain cut off or written anew shows
    kind: str = "daily"
    title: str = ""
    reader: str = "officer"  # officer · leader · office
    stamp: str = ""
    gap: str = ""
    issued: str = ""
    due: tuple[DueLine, ...] = ()
    results: tuple[CheckLine, ...] = ()  # what people found since the last digest

    def marked(self, mark: str) -> tuple[Block, ...]:
        """Stories that carry a mark, in reading order."""
        return tuple(b for part in self.parts for b in (*part.blocks, *part.rest) if mark in b.marks)

    @property
    def sections(self) -> tuple[tuple[str, tuple[Block, ...]], ...]:
        """(mark, stories) of those marks that are told in lists of their own, after the parts."""
        return tuple((mark, found) for mark in (GOOD, FOREIGN) if (found := self.marked(mark)))

    def figure(self, key: str) -> Figure:
        """By key; a figure nobody carries counts nothing."""
        return next((f for f in self.figures if f.key == key), Figure(key, key, ()))

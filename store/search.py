"""What a person types into the search, as a small tree. Pure; any string is a query, none is an error.

::

    hoc phi            both words, with or without marks (đ too)
    học phí            a word typed with marks is found with exactly these marks (hoà and hòa are one spelling)
    "thu học phí"      the words next to each other
    -"học thêm"        without it
    học phí | tiền học one or the other: binds the two neighbours

What means nothing (a lone quote, a minus before nothing) is taken as words. Only what is typed counts: there is no
field for authors, because none is stored (promise 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lang.text import nfc
from store.search_text import words_of

LONGEST = 200  # characters that are read
MOST = 16  # words
_QUOTES = str.maketrans("“”„«»", '"' * 5)
# a phrase or a word, each perhaps with a minus that follows white space; or the bar between two of them
_PART = re.compile(r'(?P<bar>\|)|(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s|"]+))')


@dataclass(frozen=True, slots=True)
class Word:
    """One word: ``folded`` always, ``marked`` only when it was typed with diacritics."""

    folded: str
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that stand next to each other."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Every group must hold, by any of its terms; no excluded term may. ``cut``: more was typed than is read."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups)


def parse(text: str) -> Query:
    """The query of any string; an empty one when it holds no word. Never raises."""
    clean = nfc(text[: 4 * LONGEST]).translate(_QUOTES)
    cut = len(text) > 4 * LONGEST or len(clean) > LONGEST
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    room, joins = MOST, False
    for minus, words in _parts(clean[:LONGEST]):
        if words is None:
            joins = bool(groups)
            continue
        term = Term(words[:room])
        cut = cut or len(words) > room
        if not term.words:
            continue
        room -= len(term.words)
        if minus and not joins:
            excluded.append(term)
        elif joins:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    if not groups:  # "-thi" alone: there is nothing to leave it out of
        groups, excluded = [[term] for term in excluded], []
    return Query(tuple(tuple(group) for group in groups), tuple(excluded), cut)


def _parts(text: str) -> Iterator[tuple[bool, tuple[Word, ...] | None]]:
    """(has a minus, words of one part); None for the bar."""
    for found in _PART.finditer(text):
        if found["bar"]:
            yield False, None
            continue
        phrase = found["phrase"]
        written = phrase if phrase is not None else found["word"]
        words = tuple(Word(*forms) for forms in words_of(written))
        if words:
            yield bool(found["minus"]), words

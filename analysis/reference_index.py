"""Finding the statements that a claim may be about: an inverted index of terms in numpy arrays, BM25-like.

Terms are concepts and syllables (`lang/claims_words.py`) with pairs of neighbours; a text typed without diacritics is
looked up in folded terms. A statement also holds, at less weight, the terms of its document's head and of the question
that it answers. Built once; a search adds the postings of a claim's terms, the rarest first, and stops at
:data:`POSTINGS`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.places import PlaceMatcher
from analysis.references import Reference, Statement, statements, superseded
from lang.claims_lexicon import GENERIC
from lang.claims_words import tokens
from lang.script import without_marks
from lang.text import fold

POSTINGS = 60_000  # added up for one search
_K1, _B = 1.2, 0.4
_ABOUT = 0.7  # weight of a word of the question that a statement answers
_OTHERS = 30  # texts counted at least: in a library of one document words are telling too


class Recall(Protocol):
    """Optional second way to find statements (embeddings of a configured model): rows of statements, best first."""

    def nearest(self, text: str, most: int) -> Sequence[int]:
        """At most ``most`` rows of statements for a text."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement found, with the share of the claim's weight that it has."""

    statement: Statement
    score: float


@dataclass(slots=True)
class _Postings:
    rows: NDArray[np.int32]
    gains: NDArray[np.float32]


@dataclass
class Library:
    """References with their index. Immutable after :func:`build`."""

    references: tuple[Reference, ...]
    statements: tuple[Statement, ...]
    replaced_by: dict[str, tuple[str, ...]]
    _exact: dict[str, _Postings] = field(repr=False)
    _folded: dict[str, _Postings] = field(repr=False)
    _from: NDArray[np.int32] = field(repr=False)
    _idf: dict[str, float] = field(repr=False)
    recall: Recall | None = None

    def __post_init__(self) -> None:
        self.by_id = {one.id: one for one in self.references}
        self._words: dict[str, frozenset[str]] = {}
        self.replaces: dict[str, list[str]] = {}
        for old, news in self.replaced_by.items():
            for new in news:
                self.replaces.setdefault(new, []).append(old)
        self._numbers: dict[str, list[Reference]] = {}
        for one in self.references:
            if one.number:
                self._numbers.setdefault(one.number.number, []).append(one)
        self.denied_numbers: dict[str, list[Statement]] = {}
        rows: dict[str, list[Statement]] = {}
        for statement in self.statements:
            rows.setdefault(statement.reference.id, []).append(statement)
            if "giả" in statement.text and "/" in statement.text:
                for document in statement.slots.documents:
                    if statement.slots.denied:
                        self.denied_numbers.setdefault(document.number, []).append(statement)
        self.of_reference = {key: tuple(value) for key, value in rows.items()}

    def idf(self, term: str) -> float:
        """How telling a term is: rare ones more; words of every school text little."""
        if term in GENERIC:
            return 0.4
        return self._idf.get(term, 1.2)

    def __contains__(self, term: object) -> bool:
        """Does any reference have the term?"""
        return term in self._idf

    def words_of(self, reference: str) -> frozenset[str]:
        """All words of one reference, worked out once."""
        if reference not in self._words:
            found = {w for s in self.of_reference.get(reference, ()) for w in s.words}
            if self.by_id[reference].context:
                found.update(t.text for t in tokens(self.by_id[reference].context))
            self._words[reference] = frozenset(found)
        return self._words[reference]

    def numbered(self, number: str) -> Sequence[Reference]:
        """References whose document has this number."""
        return self._numbers.get(number, ())

    def search(
        self, words: Sequence[tuple[str, float]], day: dt.date | None, most: int = 12, plain: bool = False
    ) -> list[Hit]:
        """Statements known by ``day`` for weighted terms, best first."""
        if not self.statements:
            return []
        table = self._folded if plain else self._exact
        found = [(weight, table[word]) for word, weight in words if word in table]
        found.sort(key=lambda row: len(row[1].rows))
        scores = np.zeros(len(self.statements), dtype=np.float32)
        spent = 0
        for weight, postings in found:
            spent += len(postings.rows)
            if spent > POSTINGS:
                break
            scores[postings.rows] += postings.gains * np.float32(weight)
        if day is not None:
            scores[self._from > day.toordinal()] = 0
        most = min(most, len(scores))
        best = np.argpartition(scores, -most)[-most:]
        best = best[np.lexsort((best, -scores[best]))]
        return [Hit(self.statements[int(row)], float(scores[row])) for row in best if scores[row] > 0]


def terms(text: str) -> list[str]:
    """Terms of a text for the index: tokens and pairs of neighbours."""
    words = [t.text for t in tokens(text)]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def plain_terms(text: str) -> list[str]:
    """The same of folded text, for claims typed without diacritics."""
    words = fold(text).split()
    clean = [w.strip(".,;:()\"'") for w in words]
    return [f"{a} {b}" for a, b in pairwise(clean)] + [w for w in clean if w[:1].isdigit()]


def is_plain(text: str) -> bool:
    """Typed without diacritics?"""
    return without_marks(text)


def build(
    references: Iterable[Reference], matcher: PlaceMatcher | None = None, recall: Recall | None = None
) -> Library:
    """Index every statement of the references. Ids must be unique; the later of two equal ids wins."""
    kept = {one.id: one for one in references}
    rows: list[Statement] = []
    exact: dict[str, list[tuple[int, float]]] = {}
    folded: dict[str, list[tuple[int, float]]] = {}
    frequency: dict[str, int] = {}
    for reference in kept.values():
        parts = statements(reference, matcher)
        head = set(terms(parts[0].text)) if parts else set()
        about = set(terms(reference.context)) if reference.context else set()
        whole: set[str] = set()
        for statement in parts:
            row = len(rows)
            rows.append(statement)
            own = terms(statement.text)
            whole.update(own)
            size = 1 - _B + _B * len(own) / 40
            for term in set(own):
                exact.setdefault(term, []).append((row, 1 / size**0.5))
            for term in head.difference(own, about):
                exact.setdefault(term, []).append((row, 0.35))
            for term in about.difference(own):
                exact.setdefault(term, []).append((row, _ABOUT))
            for term in set(plain_terms(f"{reference.context}\n{statement.text}" if about else statement.text)):
                folded.setdefault(term, []).append((row, 1 / size**0.5))
        whole.update(about)
        for term in whole:
            frequency[term] = frequency.get(term, 0) + 1
    count = max(len(kept), _OTHERS)
    idf = {term: math.log(1 + (count - n + 0.5) / (n + 0.5)) + 0.2 for term, n in frequency.items()}
    since = np.array([_ordinal(s.reference.issued or s.reference.valid_from) for s in rows], dtype=np.int32)
    everything = tuple(kept.values())
    library = Library(everything, tuple(rows), superseded(everything), {}, {}, since, idf, recall)
    library._exact = {
        t: _postings(p, library.idf(t) if " " not in t else 0.5 * idf.get(t, 1.0)) for t, p in exact.items()
    }
    total = max(1, len(rows))
    library._folded = {t: _postings(p, math.log(1 + total / len(p))) for t, p in folded.items()}
    return library


def _postings(rows: list[tuple[int, float]], gain: float) -> _Postings:
    return _Postings(
        np.fromiter((r for r, _ in rows), dtype=np.int32, count=len(rows)),
        np.fromiter((g * gain for _, g in rows), dtype=np.float32, count=len(rows)),
    )


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else 0

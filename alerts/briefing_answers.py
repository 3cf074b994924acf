"""Which approved answers may fit a question: shared words, weighed by how few answers have them. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from alerts.briefing import ANSWERS, Answer
from lang.text import nfc, syllables

LEAST = 0.34
"""The part of the question's weight that an answer's words must carry: a common word alone has far less."""


class Finder:
    """Approved answers, made ready once."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers = answers
        self._pairs = [_pairs(a.question) | _pairs(a.answer[:2_000]) for a in answers]
        self._held = Counter(pair for pairs in self._pairs for pair in pairs)

    def find(self, *texts: str) -> tuple[Answer, ...]:
        """At most three, the best first; the same question gives the same ones."""
        wanted = set().union(*map(_pairs, texts)) if texts else set()
        known = {pair: self._weight(pair) for pair in wanted if self._held[pair]}
        whole = sum(known.values()) + (len(wanted) - len(known)) * 0.5
        if not whole or not known:
            return ()
        scored = [
            (sum(known[p] for p in pairs & known.keys()) / whole, answer)
            for answer, pairs in zip(self._answers, self._pairs, strict=True)
        ]
        best = sorted((s for s in scored if s[0] >= LEAST), key=lambda s: (-s[0], s[1].id))
        return tuple(answer for _, answer in best[:ANSWERS])

    def _weight(self, pair: tuple[str, str]) -> float:
        return math.log(1 + len(self._answers) / self._held[pair])


def _pairs(text: str) -> set[tuple[str, str]]:
    """Neighbouring syllables: a Vietnamese word is mostly two, and one alone says little."""
    said = syllables(nfc(text))
    return set(pairwise(said))

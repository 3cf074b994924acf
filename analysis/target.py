"""Whom criticism or praise is about: the office or school nearest to the words that fault or praise.

A rule over the institutions of a text (:mod:`analysis.target_find`) and its evaluative words
(:mod:`analysis.target_cues`, and what the judge showed to have weighed). An office that investigates, orders, praises
or is merely cited is not the one that is faulted; a teacher is no institution.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.place_context import sentence_ends
from analysis.place_mention import Mention
from analysis.place_search import lowered
from analysis.target_cues import Cue, Cues
from analysis.target_find import LONGEST_TEXT, Institution, InstitutionFinder
from config.offices import Offices
from lang.script import without_marks
from lang.text import fold

_READ = 3_000  # characters in which evaluative words are looked for: title, lead, the first paragraphs
# How much an institution counts as the one meant, by what it does in the sentence.
_PARTS = {
    "office": {"acts": 0.15, "answers": 0.3, "cited": 0.2, "person": 0.1, "member": 0.6, "scene": 0.2, "": 1.0},
    "school": {"acts": 0.6, "answers": 0.9, "cited": 0.7, "person": 0.2, "member": 0.9, "scene": 0.2, "": 1.0},
}


@dataclass(frozen=True, slots=True)
class Target:
    """The institution that a stance is about.

    ``kind``: office · school · schools (many, or any). ``id``: of the office in ``offices.yml``, "" for a school and
    for another province's office. ``name``: in full; ``text`` at ``start:end`` (offsets in the text given) is how it
    stands there; ``units``: codes of new units of Hải Phòng; ``ours``: True · False · None (the text does not say).
    ``words``: offsets of at most three evaluative words that drew it, the strongest first.
    """

    kind: str
    id: str
    name: str
    start: int
    end: int
    text: str
    units: tuple[str, ...] = ()
    ours: bool | None = None
    named: bool = True
    words: tuple[tuple[int, int], ...] = ()


class TargetReader:
    """Build once from the configured offices; pure."""

    def __init__(self, offices: Offices) -> None:
        self._finder = InstitutionFinder(offices)
        self.version = self._finder.version
        self._cues: dict[tuple[str, bool], Cues] = {}

    def find(self, text: str, mentions: Sequence[Mention] = (), *, ours: bool = False) -> tuple[Institution, ...]:
        """:meth:`InstitutionFinder.find`."""
        return self._finder.find(text, mentions, ours=ours)

    def read(
        self,
        text: str,
        stance: str,
        mentions: Sequence[Mention] = (),
        shown: Sequence[tuple[int, int]] = (),
        *,
        ours: bool = False,
        title: int = 0,
    ) -> Target | None:
        """The target of ``stance`` (critical · supportive) in ``text`` = title, lead and body, NFC, one line break
        between; None where no institution is meant. ``shown``: offsets of what weighed for the stance; ``ours``: the
        item happens in Hải Phòng; ``title``: length of the title."""
        found = self.find(text, mentions, ours=ours)
        if not found:
            return None
        low = lowered(text[:LONGEST_TEXT])
        folded = without_marks(text)
        low = fold(low) if folded else low
        words = self._words(stance, folded)
        ends = sentence_ends(low)
        cues = [*words.find(low[:_READ]), *(Cue(a, b, 0, 0.5) for a, b in shown if a < _READ)]
        scores: dict[str, float] = {}
        best: dict[str, tuple[float, Institution]] = {}
        for number, one in enumerate(found):
            part = words.part(low, one.start, one.end)
            share = _PARTS["office" if one.kind == "office" else "school"][part]
            if one.head:
                share *= 0.5
            if not one.named:
                share *= 0.45
            near = sum(_pull(cue, one, low, ends) for cue in cues)
            first = (0.3 if one.start < title else 0.15 if one.start < title + 600 else 0.05) / (1 + 0.1 * number)
            score = share * (near + first)
            # several mentions add up, but never outweigh one beside the very word
            scores[one.key] = scores.get(one.key, 0.0) + score / (1.0 if one.key not in best else 2.0)
            if part != "person" and score > best.get(one.key, (0.0, one))[0]:
                best[one.key] = (score, one)
        if not best:
            return None
        key = max(best, key=lambda k: scores[k])
        return _target(text, best[key][1], _drawn_by(key, found, cues, low, ends))

    def _words(self, stance: str, folded: bool) -> Cues:
        key = (stance, folded)
        if key not in self._cues:
            self._cues[key] = Cues.compile(*key)
        return self._cues[key]


def _pull(cue: Cue, one: Institution, low: str, ends: Sequence[int]) -> float:
    """How strongly a word draws an institution of its sentence: less with distance, commas and on the wrong side."""
    if cue.start < one.end and one.start < cue.end:
        return 0.0
    if bisect_right(ends, cue.start) != bisect_right(ends, one.start):
        return 0.0
    begin, end = (cue.end, one.start) if one.start >= cue.end else (one.end, cue.start)
    between = low[begin:end]
    gap = len(between) + 12 * sum(between.count(c) for c in ",:;|()-–")
    side = 1 if one.start >= cue.end else -1
    turned = 1.0 if cue.turn == 0 else 1.3 if side == cue.turn else 0.6
    return cue.weight * turned / (1 + gap / 20)


def _drawn_by(
    key: str, found: Sequence[Institution], cues: Sequence[Cue], low: str, ends: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """The words of the rule's own list that pull the institution most."""
    pulls = [(max(_pull(c, one, low, ends) for one in found if one.key == key), c) for c in cues if c.turn]
    strongest = sorted((p for p in pulls if p[0] > 0.15), key=lambda p: (-p[0], p[1].start))
    return tuple((c.start, c.end) for _, c in strongest[:3])


def _target(text: str, one: Institution, words: tuple[tuple[int, int], ...]) -> Target:
    shown = text[one.start : one.end]
    return Target(one.kind, one.id, one.name, one.start, one.end, shown, one.units, one.ours, one.named, words)

"""Finding the gazetteer's names in a text: one automaton, whole words, the longest of two that overlap."""

from __future__ import annotations

from dataclasses import dataclass

import ahocorasick

from config.gazetteer import Gazetteer, Sense
from lang.text import fold


@dataclass(frozen=True, slots=True)
class Found:
    """One name at ``start:end`` with everything that it may stand for."""

    start: int
    end: int
    name: str
    senses: tuple[Sense, ...]


def build(gazetteer: Gazetteer, folded: bool) -> ahocorasick.Automaton:
    """All names (about 700); ``folded`` for texts without diacritics, where several names may fall together."""
    merged: dict[str, list[Sense]] = {}
    for name, senses in gazetteer.senses.items():
        merged.setdefault(fold(name) if folded else name, []).extend(senses)
    for name, what in gazetteer.doubtful.items():  # "Hồ Chí Minh" must win over xã Chí Minh inside it
        form = fold(name) if folded else name
        if form not in merged and what == "person":
            merged[form] = [Sense("person", (), (), "")]
    automaton = ahocorasick.Automaton()
    for name, together in merged.items():
        automaton.add_word(name, (len(name), name, tuple(together)))
    automaton.make_automaton()
    return automaton


def occurrences(automaton: ahocorasick.Automaton, raw: str, low: str) -> list[Found]:
    """Whole-word, capitalised-somewhere occurrences; where two overlap the longer wins."""
    hits = []
    length = len(low)
    for last, (size, name, senses) in automaton.iter(low):
        start, end = last - size + 1, last + 1
        if (start and low[start - 1].isalnum()) or (end < length and low[end].isalnum()):
            continue
        if raw[start].islower() and senses[0].kind in ("province", "abroad", "person"):
            continue
        hits.append(Found(start, end, name, senses))
    if len(hits) < 2:
        return hits
    hits.sort(key=lambda f: (f.start - f.end, f.start))
    kept: list[Found] = []
    for hit in hits:
        if all(hit.end <= k.start or hit.start >= k.end for k in kept):
            kept.append(hit)
        if len(kept) > 400:  # a dump of names; bounded work
            break
    kept.sort(key=lambda f: f.start)
    return kept

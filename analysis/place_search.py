"""Finding the gazetteer's names in a text: one automaton, whole words, the longest of two that overlap."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass

import ahocorasick

from config.gazetteer import Gazetteer, Sense
from lang.text import fold

MOST = 400  # names read of one text; a dump of more repeats itself, and the work stays bounded
# As lang.text.old_tone_style, for a text in lower case: without the flag that ignores case it is ten times as fast.
_NEW_STYLE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")
_OLD_STYLE = {
    new + vowel: old + plain
    for new, olds, pairs in (
        ("o", "òóỏõọ", zip("aaaaa", "àáảãạ", strict=True)),
        ("o", "òóỏõọ", zip("eeeee", "èéẻẽẹ", strict=True)),
        ("u", "ùúủũụ", zip("yyyyy", "ỳýỷỹỵ", strict=True)),
    )
    for old, (plain, vowel) in zip(olds, pairs, strict=True)
}


@dataclass(frozen=True, slots=True)
class Found:
    """One name at ``start:end`` with everything that it may stand for."""

    start: int
    end: int
    name: str
    senses: tuple[Sense, ...]


def lowered(text: str) -> str:
    """Lower case and older tone style, each character in its place: ``old_tone_style(text).lower()``, but fast."""
    low = text.lower()
    if len(low) != len(text):  # rare letters grow when lowered; offsets must stay true
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)

    def swap(match: re.Match[str]) -> str:
        begin = match.start()
        return match[0] if begin and low[begin - 1] == "q" else _OLD_STYLE[match[0]]

    return _NEW_STYLE.sub(swap, low)


def build(gazetteer: Gazetteer, folded: bool) -> ahocorasick.Automaton:
    """All names (about 750); ``folded`` for texts without diacritics, where several names may fall together."""
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
    """Whole-word, capitalised-somewhere occurrences in reading order; where two overlap the longer wins."""
    hits = []
    length = len(low)
    for last, (size, name, senses) in automaton.iter(low):
        start, end = last - size + 1, last + 1
        if (start and low[start - 1].isalnum()) or (end < length and low[end].isalnum()):
            continue
        if raw[start].islower() and _needs_capital(senses[0].kind, raw[start:end]):
            continue
        hits.append(Found(start, end, name, senses))
    if len(hits) < 2:
        return hits
    hits.sort(key=lambda f: (f.start - f.end, f.start))
    starts: list[int] = []
    ends: list[int] = []
    kept: list[Found] = []
    for hit in hits:
        at = bisect(starts, hit.start)
        if (at and ends[at - 1] > hit.start) or (at < len(starts) and starts[at] < hit.end):
            continue
        starts.insert(at, hit.start)
        ends.insert(at, hit.end)
        kept.append(hit)
    kept.sort(key=lambda f: f.start)
    return kept[:MOST]


def _needs_capital(kind: str, shown: str) -> bool:
    """ "noi thanh Hai Phong": no name of a unit begins small and goes on in capitals."""
    if kind in ("city", "institution"):
        return False
    return kind in ("province", "abroad", "person") or any(map(str.isupper, shown))

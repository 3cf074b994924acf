"""The department's themes of an item: words that a person chose, beside the topics that the judge learned.

Pure: text, topic scores and "is Hải Phòng named" in, themes with the words that fired out. Every theme opens to words
of the text; where a learned topic alone says it, to the topic and its probability. Tone and stance are no arguments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.topics import Themes, themes_version
from lang.text import fold, old_tone_style

SEEN = 0.3  # probability from which a learned topic stands by a word of ``beside``
RULED_OUT = 0.1  # … below which a word of the lead alone is a passing one: the learned judge saw nothing of the theme
_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_LONGEST = 6_000  # characters of lead that are read


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of one item.

    ``by``: ``words`` (of the theme's own list, as they stand in the text, each once, those of the title first) or
    ``learned`` (no such word; ``words`` are then those that weighed most for the topic). ``topic`` and ``score``: the
    learned topic that stands by it, or "" and 0. ``name``: as the department called it when this was said.
    """

    id: str
    by: str
    words: tuple[str, ...]
    topic: str = ""
    score: float = 0.0
    name: str = ""

    def to_json(self) -> dict[str, object]:
        """``{id, name, by, words}``, and ``topic``, ``score`` where a learned topic had a part in it."""
        learned = {"topic": self.topic, "score": self.score} if self.topic else {}
        return {"id": self.id, "name": self.name, "by": self.by, "words": list(self.words), **learned}


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: tuple[str, ...]
    theme: str
    part: str  # "words" · "beside" · "unless"
    capitals: bool  # an abbreviation that stands alone: "AI" is not "ai"


@dataclass(frozen=True, slots=True)
class _Hit:
    phrase: _Phrase
    start: int  # tokens
    end: int
    text: str


class ThemeReader:
    """Build once from the configured themes; holds no state of an item."""

    def __init__(self, themes: Themes) -> None:
        self.version = themes_version(themes)
        self._themes = themes
        self._marked = _index(themes, folded=False)
        self._folded = _index(themes, folded=True)

    def read(
        self, title: str, lead: str, topics: Mapping[str, float], *, ours: bool = False, marked: bool = True
    ) -> tuple[Theme, ...]:
        """Themes of title and lead (NFC), the best supported first. ``topics``: probability by id; ``ours``: a place of
        Hải Phòng is named; ``marked``: False for Vietnamese typed without diacritics (phrases of two syllables or
        more are then read folded)."""
        front = self._hits(title, marked)
        rest = self._hits(lead[:_LONGEST], marked)
        found: list[tuple[float, Theme]] = []
        for id_, config in self._themes.items():
            if config.here and not ours:
                continue
            topic = max(config.topics, key=lambda t: topics.get(t, 0.0), default="")
            score = topics.get(topic, 0.0)
            title_words = _standing(front, id_, score >= SEEN)
            in_passing = bool(config.topics) and score < RULED_OUT and not title_words
            words = () if in_passing else _once([*title_words, *_standing(rest, id_, score >= SEEN)])
            if words or (config.learned is not None and score >= config.learned):
                shown = topic if score >= SEEN else ""
                rank = 2.0 * bool(title_words) + bool(words) + score
                by = "words" if words else "learned"
                found.append((rank, Theme(id_, by, words, shown, round(score, 4) if shown else 0.0, config.name)))
        return tuple(theme for _, theme in sorted(found, key=lambda pair: -pair[0]))

    def _hits(self, text: str, marked: bool) -> list[_Hit]:
        index = self._marked if marked else self._folded
        spans = [m.span() for m in _TOKEN.finditer(text)]
        raw = [text[a:b] for a, b in spans]
        tokens = [old_tone_style(w.lower()) if marked else fold(w) for w in raw]
        shouted = text.isupper()
        hits = []
        for at, token in enumerate(tokens):
            for phrase in index.get(token, ()):
                end = at + len(phrase.tokens)
                if tuple(tokens[at:end]) != phrase.tokens or (phrase.capitals and (shouted or not raw[at].isupper())):
                    continue
                hits.append(_Hit(phrase, at, end, text[spans[at][0] : spans[end - 1][1]]))
        return hits


def _index(themes: Themes, *, folded: bool) -> dict[str, list[_Phrase]]:
    index: dict[str, list[_Phrase]] = {}
    for id_, theme in themes.items():
        for part in ("words", "beside", "unless"):
            for text in dict.fromkeys(getattr(theme, part)):
                written = fold(text) if folded else old_tone_style(text.lower())
                tokens = tuple(_TOKEN.findall(written))
                if tokens and not (folded and len(tokens) < 2):
                    capitals = len(tokens) == 1 and text.isupper() and text.isalpha()
                    index.setdefault(tokens[0], []).append(_Phrase(tokens, id_, part, capitals))
    return index


def _standing(hits: Sequence[_Hit], theme: str, seen: bool) -> list[str]:
    """Words that say the theme: clear of its ``unless`` phrases, those of ``beside`` only where its topic is seen."""
    mine = [h for h in hits if h.phrase.theme == theme]
    void = [h for h in mine if h.phrase.part == "unless"]
    return [
        hit.text
        for hit in mine
        if hit.phrase.part == "words" or (hit.phrase.part == "beside" and seen)
        if not any(u.start < hit.end and hit.start < u.end for u in void)
    ]


def _once(words: Sequence[str]) -> tuple[str, ...]:
    """Each once whatever its case; a word within a longer one that also fired says nothing more."""
    unique = {w.lower(): w for w in reversed(words)}
    kept = [k for k in dict.fromkeys(w.lower() for w in words) if not any(k != o and k in o for o in unique)]
    return tuple(unique[k] for k in kept)

"""The words that showed a tone or a stance: what weighed most for a label in a linear head, as spans of the text.

An explanation of the linear judge, no second opinion. Names are never shown: a place or a person is no evidence of
tone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.features import LONGEST_LEAD
from analysis.linear import Linear
from analysis.place_mention import Mention
from lang.text import old_tone_style


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MOST = 5
LONGEST_TITLE = 60  # syllables read of a title, as the judge does
_CORE = 0.35  # of the strongest syllable's weight: from here a syllable shows something
_TAIL = 0.12  # … and from here it goes on a phrase that a stronger neighbour began
_WORD = 0.4  # of the texts with the rarer syllable hold the pair: then it is one word
_LONGEST = 6  # syllables of a phrase, before words are made whole
_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_DIGIT = re.compile(r"\d")
_NEGATIONS = _set("không chưa chẳng chả đừng bị được khỏi thiếu khong chua chang bi duoc")
_REACH = 2  # syllables between a negation and what it turns
_FUNCTION = _set(
    "và của là thì mà ở cho các những một này đó khi vì nên với từ đến trong trên dưới ra vào lên xuống cũng "
    "đã sẽ đang theo về tại để hay hoặc như nếu do bởi người năm ngày lại còn nhiều hơn có rất được bị không chưa "
    "va cua la thi ma o cac nhung mot nay do khi vi nen voi tu den"
)

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Span:
    """``text`` at ``start:end`` of ``title + "\\n" + lead``; ``weight``: its
    part of all that spoke for the label (to 1).
    """

    start: int
    end: int
    text: str
    weight: float

    def to_json(self) -> dict[str, Any]:
        """As in a Judgement's ``spans``."""
        return {"text": self.text, "start": self.start, "end": self.end, "weight": self.weight}


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    name: bool


def shown(
    linear: Linear,
    head_name: str,
    label: str,
    title: str,
    lead: str,
    *,
    mentions: Sequence[Mention] = (),
    vocabulary: Mapping[str, int] | None = None,
) -> list[Span]:
    """At most five phrases, the weightiest first; empty where no known word speaks for the label.

    ``title`` and ``lead`` in NFC. ``mentions``: places in them (``title + "\\n" + lead``), which show nothing.
    ``vocabulary``: other forms of the features (a text without diacritics). Raises KeyError for an unknown head and
    ValueError for an unknown label.
    """
    head = linear.heads[head_name]
    column = head.labels.index(label)
    rows = vocabulary if vocabulary is not None else linear.vocabulary
    text = f"{title}\n{lead}"
    places = [(m.start, m.end) for m in mentions if m.kind != "namesake"]
    found: list[Span] = []
    spoken = 0.0
    for begin, part, limit, mark in ((0, title, LONGEST_TITLE, True), (len(title) + 1, lead, LONGEST_LEAD, False)):
        tokens = _tokens(part, begin, limit, places)
        weights = _weights(linear, rows, tokens, (head.begin, head.end, column), mark)
        spoken += float(weights[weights > 0].sum())
        found += _phrases(text, tokens, weights, _words(linear, rows, tokens))
    strongest = max((s.weight for s in found), default=0.0)
    once: dict[str, Span] = {}
    for span in sorted(found, key=lambda s: (-s.weight, s.start)):
        if span.weight >= _CORE * strongest:
            once.setdefault(span.text.lower(), span)
    return [replace(s, weight=round(s.weight / spoken, 3)) for s in list(once.values())[:MOST]]


def joined(text: str, spans: Sequence[Span], more: Sequence[tuple[int, int]]) -> list[Span]:
    """``spans`` of :func:`shown` with other words that showed it (:attr:`Target.words`, weight 0) before them; where
    two overlap the longer stays. At most five."""
    added = [Span(a, b, text[a:b], 0.0) for a, b in more]
    kept: list[Span] = []
    for one in [*added, *spans]:
        over = [k for k in kept if k.start < one.end and one.start < k.end]
        if all(one.end - one.start > k.end - k.start for k in over):
            kept = [one if k is over[0] else k for k in kept if k not in over[1:]] if over else [*kept, one]
    return kept[:MOST]


def _tokens(part: str, begin: int, limit: int, places: Sequence[tuple[int, int]]) -> list[_Token]:
    tokens: list[_Token] = []
    shouted, stop = part.isupper(), True
    at = 0
    for match in _TOKEN.finditer(part[: limit * 12]):
        if len(tokens) == limit:
            break
        raw = match[0]
        stop = stop or bool(re.search(r"[.!?:\"“‘'|…]", part[at : match.start()]))
        a, b = begin + match.start(), begin + match.end()
        named = raw[0].isupper() and not shouted and (not stop or (len(raw) > 1 and raw.isupper()))
        named = named or raw[0].isdigit() or any(p < b and a < q for p, q in places)
        word = old_tone_style(raw.lower())
        tokens.append(_Token(a, b, _DIGIT.sub("0", word) if len(word) > 2 and word[0].isdigit() else word, named))
        stop, at = False, match.end()
    return tokens


def _weights(
    linear: Linear, rows: Mapping[str, int], tokens: Sequence[_Token], head: tuple[int, int, int], in_title: bool
) -> Floats:
    """What each syllable adds to the label beyond the mean of all labels; a pair is shared by its two."""
    begin, end, column = head

    def weight(feature: str) -> float:
        row = rows.get(feature)
        if row is None:
            return 0.0
        part = linear.weights[row, begin:end]
        return float(linear.idf[row] * (part[column] - part.mean()))

    def both(feature: str) -> float:
        return weight(feature) + (weight(f"^{feature}") if in_title else 0.0)

    total = np.zeros(len(tokens))
    for at, token in enumerate(tokens):
        total[at] += both(token.word)
        if at + 1 < len(tokens):
            pair = both(f"{token.word} {tokens[at + 1].word}") / 2
            total[at] += pair
            total[at + 1] += pair
    return total


def _words(linear: Linear, rows: Mapping[str, int], tokens: Sequence[_Token]) -> list[bool]:
    """Does each syllable form one word with the next? By how often the pair occurs where the rarer of the two does."""
    bound: list[bool] = []
    for a, b in pairwise(tokens):
        found = [rows.get(f) for f in (a.word, b.word, f"{a.word} {b.word}")]
        known = [float(linear.idf[row]) for row in found if row is not None]
        bound.append(len(known) == 3 and max(known[:2]) - known[2] > math.log(_WORD))
    return [*bound, False]


def _phrases(text: str, tokens: Sequence[_Token], weights: Floats, bound: Sequence[bool]) -> list[Span]:
    """Runs of syllables that weigh, each with the negation before it; names and punctuation end a run."""
    usable = np.array([w if not t.name else 0.0 for w, t in zip(weights, tokens, strict=True)])
    top = usable.max(initial=0.0)
    if top <= 0:
        return []
    found: list[Span] = []
    for at in np.argsort(-usable, kind="stable").tolist():
        if usable[at] < _CORE * top:
            break
        if any(f.start <= tokens[at].start < f.end for f in found) or tokens[at].word in _FUNCTION:
            continue
        first = last = at
        while (
            first and last - first < _LONGEST and usable[first - 1] >= _TAIL * top and _joined(text, tokens, first - 1)
        ):
            first -= 1
        while (
            last + 1 < len(tokens) and last - first < _LONGEST
            and usable[last + 1] >= _TAIL * top and _joined(text, tokens, last)
        ):  # fmt: skip
            last += 1
        first, last = _trimmed(tokens, first, last, at)
        while first and bound[first - 1] and not tokens[first - 1].name and _joined(text, tokens, first - 1):
            first -= 1
        while bound[last] and not tokens[last + 1].name and _joined(text, tokens, last):
            last += 1
        value = float(usable[first : last + 1].sum())
        first = _negated(text, tokens, first)
        start, end = tokens[first].start, tokens[last].end
        if not any(f.start < end and start < f.end for f in found):
            found.append(Span(start, end, text[start:end], round(value, 3)))
    return found


def _joined(text: str, tokens: Sequence[_Token], left: int) -> bool:
    """Nothing but a blank lies between this syllable and the next."""
    return text[tokens[left].end : tokens[left + 1].start] == " "


def _trimmed(tokens: Sequence[_Token], first: int, last: int, core: int) -> tuple[int, int]:
    """Without words at the ends that say nothing, such as "và" and "của"."""
    while first < core and tokens[first].word in _FUNCTION:
        first += 1
    while last > core and tokens[last].word in _FUNCTION:
        last -= 1
    return first, last


def _negated(text: str, tokens: Sequence[_Token], first: int) -> int:
    """Where the phrase begins with the negation or passive before it: "không được công khai", "bị tố"."""
    begin, step = first, 0
    while first > 0 and step < _REACH and _joined(text, tokens, first - 1):
        first -= 1
        step += 1
        if tokens[first].word in _NEGATIONS:
            begin, step = first, 0
        elif tokens[first].name:
            break
    return begin

"""The words that showed a tone or a stance: what weighed most for a label in a linear head, as spans of the text.

An explanation of the linear judge, no second opinion. Names are never shown: a place or a person is no evidence of
tone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
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
_STOP = re.compile(r"[.!?:\"“‘'|…]")  # behind it a capital begins a sentence and no name
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

    def bound(left: _Token, right: _Token) -> bool:
        return not (left.name or right.name) and _one_word(linear, rows, left.word, right.word)

    found: list[Span] = []
    spoken = 0.0
    for begin, part, limit, mark in ((0, title, LONGEST_TITLE, True), (len(title) + 1, lead, LONGEST_LEAD, False)):
        tokens = _tokens(part, begin, limit, places)
        weights = _weights(linear, rows, tokens, (head.begin, head.end, column), mark)
        spoken += float(weights[weights > 0].sum())
        found += _phrases(text, tokens, weights, bound)
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
        raw, (a, b) = match[0], match.span()
        stop = stop or (a - at > 1 and _STOP.search(part, at, a) is not None)
        first = raw[0]
        name = first.isdigit() or (
            first.isupper() and not shouted and (not stop or (len(raw) > 1 and raw.isupper()))
        ) or any(p < begin + b and begin + a < q for p, q in places)  # fmt: skip
        word = old_tone_style(raw.lower())
        shape = _DIGIT.sub("0", word) if len(word) > 2 and first.isdigit() else word  # as analysis.features.words
        tokens.append(_Token(begin + a, begin + b, shape, name))
        stop, at = False, b
    return tokens


def _weights(
    linear: Linear, rows: Mapping[str, int], tokens: Sequence[_Token], head: tuple[int, int, int], in_title: bool
) -> Floats:
    """What each syllable adds to the label beyond the mean of all labels; a pair is shared by its two."""
    begin, end, column = head
    words = [t.word for t in tokens]
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    asked = [*words, *pairs] if not in_title else [*words, *pairs, *(f"^{f}" for f in (*words, *pairs))]
    known = [(at, rows[f]) for at, f in enumerate(asked) if f in rows]
    values = np.zeros(len(asked))
    if known:
        at, found = (list(part) for part in zip(*known, strict=True))
        part = linear.weights[found, begin:end]
        values[at] = linear.idf[found] * (part[:, column] - part.mean(axis=1))
    if in_title:
        values = values[: len(asked) // 2] + values[len(asked) // 2 :]
    total = values[: len(words)].copy()
    half = values[len(words) :] / 2
    total[: len(half)] += half
    total[1 : 1 + len(half)] += half
    return np.asarray(total)


def _one_word(linear: Linear, rows: Mapping[str, int], first: str, second: str) -> bool:
    """Do two syllables form one word? By how often the pair occurs where the rarer of the two does."""
    found = [rows.get(f) for f in (first, second, f"{first} {second}")]
    idf = [float(linear.idf[row]) for row in found if row is not None]
    return len(idf) == 3 and max(idf[:2]) - idf[2] > math.log(_WORD)


def _phrases(
    text: str, tokens: Sequence[_Token], weights: Floats, bound: Callable[[_Token, _Token], bool]
) -> list[Span]:
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
        while first and _joined(text, tokens, first - 1) and bound(tokens[first - 1], tokens[first]):
            first -= 1
        while last + 1 < len(tokens) and _joined(text, tokens, last) and bound(tokens[last], tokens[last + 1]):
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

"""The headline that a story goes by: one of its outlets', chosen by rule, with the reason in words.

A headline wins by saying what the others say (its words stand in many of their headlines and leads) and loses by
asking, teasing, shouting or being a lone quotation. Reprints have no vote: ten copies say no more than one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lang.text import nfc, syllables

_TEASE = re.compile(
    r"\b(?:vì sao|tại sao|điều gì|bất ngờ|sốc|gây sốt|gây bão|không thể tin|sự thật|bí mật|hé lộ|xôn xao|nóng:|hot|"
    r"cực hot|choáng|rùng mình|nghẹn ngào|lý do|chuyện gì|ai cũng|clip|video|ảnh:|toàn cảnh|trực tiếp|cập nhật|podcast|"
    r"điểm tin|infographic|longform|emagazine)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"^\s*[“\"'‘][^”\"'’]+[”\"'’]\s*$")
_SHORT, _LONG = 6, 22  # syllables of a headline that says enough and can be read at a glance


@dataclass(frozen=True, slots=True)
class Headline:
    """One article of the story, as shown; ``key`` is the caller's. In the order they were first seen."""

    key: str
    title: str
    lead: str
    reprint: bool = False
    original: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The headline and why it was chosen, in Vietnamese."""

    key: str
    title: str
    why: str


def best_title(headlines: Sequence[Headline]) -> Chosen | None:
    """The best of them; None where there is no title at all. The same headlines give the same answer."""
    own = [h for h in headlines if h.title and not h.reprint] or [h for h in headlines if h.title]
    if not own:
        return None
    if len(own) == 1:
        return Chosen(own[0].key, own[0].title, "tiêu đề duy nhất không phải bài đăng lại")
    words = [frozenset(syllables(nfc(h.title))) for h in own]
    told = [said | frozenset(syllables(nfc(h.lead))) for said, h in zip(words, own, strict=True)]
    common = Counter(word for said in told for word in said)
    scores = []
    for place, (headline, said) in enumerate(zip(own, words, strict=True)):
        shared = sum(common[word] - 1 for word in said) / (max(1, len(said)) * (len(own) - 1))
        score = shared - _faults(headline.title) + (0.05 if headline.original else 0.0)
        scores.append((round(score, 6), -place))
    best = own[-max(scores)[1]]
    return Chosen(best.key, best.title, _why(best, len(own)))


def _faults(title: str) -> float:
    size = len(syllables(nfc(title)))
    asks, teases, quotes = "?" in title, bool(_TEASE.search(title)), bool(_QUOTE.match(title))
    letters = [c for c in title if c.isalpha()]
    shouts = sum(map(str.isupper, letters)) > 0.6 * max(1, len(letters))
    length = 0.1 if size < _SHORT or size > _LONG else 0.0
    return 0.25 * asks + 0.25 * teases + 0.15 * quotes + 0.25 * shouts + length


def _why(best: Headline, count: int) -> str:
    first = "của bài đầu, " if best.original else ""
    return f"{first}gần nhất với điều {count} tiêu đề và sapo cùng nói, không hỏi, không giật gân"

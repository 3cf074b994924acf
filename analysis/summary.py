"""Two sentences that say what an article says: always its own words, in its own order, never the title again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lang.sentences import sentences
from lang.text import nfc, syllables

SUMMARY_VERSION = "extractive-1"
"""Raised when the same text would give another summary."""
_SAME_AS_TITLE = 0.8  # share of a sentence's syllables that stand in the title
_LEAST = 6  # syllables of a sentence worth quoting
_OPENING = 30  # sentences of the body looked at

_SOURCE = re.compile(r"^(?:\((?:[^)]{2,40})\)|[A-ZÀ-ỸĐ]{2,}(?:\s[A-ZÀ-ỸĐ]{2,})?)\s*[-–—]\s*")
_NOT_PROSE = re.compile(r"^(?:>>|Ảnh\b|Xem thêm|Đọc thêm|Theo dõi|Nguồn\b|Video\b)", re.IGNORECASE)


def summarise(title: str, lead: str, body: str, limit: int = 2) -> str:
    """At most ``limit`` sentences of lead and body, verbatim (white space aside), joined by one space.

    The lead speaks first. Where it has too few sentences, or they only repeat the title, the body's sentences that
    share most words with title, lead and the rest of the body follow, earlier ones before later ones. Empty where
    there is no text but the title.
    """
    if limit < 1:
        return ""
    shown = set(syllables(nfc(title)))
    opening = [_bare(one) for one in sentences(lead)]
    chosen = [one for one in opening if not _repeats(one, [shown])][:limit]
    if len(chosen) < limit and body:
        chosen += _best_of_body(body, shown, chosen, limit - len(chosen))
    return " ".join(chosen)


def _bare(sentence: str) -> str:
    """Without the agency or outlet mark in front: "(BTĐ) - …"."""
    return _SOURCE.sub("", sentence, count=1)


def _repeats(sentence: str, shown: Sequence[set[str]]) -> bool:
    words = set(syllables(sentence))
    return not words or any(len(words & known) / len(words) >= _SAME_AS_TITLE for known in shown)


def _best_of_body(body: str, title: set[str], chosen: list[str], room: int) -> list[str]:
    """The ``room`` sentences of the body nearest to what the article is about, in the order of the text."""
    shown = [title, *(set(syllables(one)) for one in chosen)]
    text = [_bare(one) for one in sentences(body)[:_OPENING]]
    words = [set(syllables(one)) for one in text]
    common = Counter(word for one in words for word in one)
    subject = set().union(*shown)
    ranked = []
    for place, (sentence, mine) in enumerate(zip(text, words, strict=True)):
        if len(mine) < _LEAST or _NOT_PROSE.match(sentence) or sentence[-1] not in '.!?…"”’)':
            continue
        overlap = len(mine & subject) + 0.5 * sum(common[word] > 1 for word in mine - subject)
        # the square root keeps long sentences from winning by length; news puts the matter first
        score = overlap / len(mine) ** 0.5 / (1 + 0.15 * place)
        ranked.append((-score, place))
    taken: list[int] = []
    for _, place in sorted(ranked):
        if len(taken) == room:
            break
        if not _repeats(text[place], shown):
            taken.append(place)
            shown.append(words[place])
    return [text[place] for place in sorted(taken)]

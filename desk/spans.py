"""Where a judge pointed: the words it named, marked in the text as shown.

Offsets of a judge are those of the text as read; what is shown is masked. So the words themselves are looked for, and
a word that was masked is marked nowhere: the mark can never bring back what masking took out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.model import Judgement

NAMED = 60  # words marked on one page


@dataclass(frozen=True, slots=True)
class Stretch:
    """Plain text (``kind`` empty) or words that the judgement of that kind named."""

    text: str
    kind: str


def named(judgements: Iterable[Judgement]) -> dict[str, str]:
    """words → kind of the judgement that named them; places of elsewhere are not marked."""
    found: dict[str, str] = {}
    for judgement in judgements:
        for text in _texts(judgement.detail):
            if len(found) < NAMED and 1 < len(text) <= 300:
                found.setdefault(text, judgement.kind.value)
    return found


def _texts(detail: Mapping[str, Any]) -> Iterator[str]:
    for key in ("spans", "places", "evidence"):
        listed = detail.get(key)
        for one in listed if isinstance(listed, list | tuple) else ():
            text = one.get("span", one.get("text")) if isinstance(one, dict) else one
            if isinstance(text, str) and not (isinstance(one, dict) and one.get("in_hp") is False):
                yield text.strip()


def marked(text: str, words: Mapping[str, str]) -> Sequence[Stretch]:
    """The text in stretches; longer names win over shorter ones inside them, whole words only."""
    if not words or not text:
        return (Stretch(text, ""),)
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return tuple(Stretch(part, words.get(part, "")) for part in pattern.split(text) if part)

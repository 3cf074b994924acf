"""Several texts about one thing, masked with all of them in view.

Masked apart, an edit that drops the word "em" before a name would show that name in the second reading; so whoever is
masked in one of them is masked in all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lang.masking import MaskedSpan, mask
from lang.masking_text import PLACEHOLDERS
from lang.text import nfc

BODY = 120_000  # characters of a body that are shown
_WHOLE = 400_000  # characters masked at once with every repetition; more than that are masked once a different line
_BREAK = re.compile(r"[\r\n\u2028\u2029]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
NAMES = frozenset({"minor_name", "minor_initials", "guardian_name_identifying_minor", "adult_name", "adult_initials"})
"""The kinds of :class:`lang.masking.MaskedSpan` that name a person."""


@dataclass(frozen=True, slots=True)
class MaskedText:
    """Clean lines that may be shown; ``cut`` when the body was longer than is shown."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]
    cut: bool = False


def masked_texts(texts: Sequence[tuple[str, str, str]], limit: int = BODY, *, adults: bool = False) -> list[MaskedText]:
    """(title, lead, body) of each reading → the same, masked together; bodies are split into paragraphs. ``adults``:
    as in :func:`lang.masking.mask`, for what leaves the house."""
    groups = [[_clean(title), _clean(lead), *_paragraphs(body[:limit])] for title, lead, body in texts]
    shown = _masked(groups, adults)
    return [
        MaskedText(lines[0], lines[1], tuple(lines[2:]), len(text[2]) > limit)
        for lines, text in zip(shown, texts, strict=True)
    ]


def names_of_minors(texts: Sequence[tuple[str, str, str]], limit: int = BODY) -> tuple[str, ...]:
    """The names (of pupils and of relatives who give them away) that masking takes out, each once, in order."""
    return names_taken_out(texts, limit)


def names_taken_out(
    texts: Sequence[tuple[str, str, str]], limit: int = BODY, *, adults: bool = False
) -> tuple[str, ...]:
    """As :func:`names_of_minors`; with ``adults`` also of those who are accused, hurt or ill without public office."""
    lines = [line for title, lead, body in texts for line in (_clean(title), _clean(lead), *_paragraphs(body[:limit]))]
    found = mask("\n".join(dict.fromkeys(lines)), adults=adults).masked
    return tuple(dict.fromkeys(" ".join(one.span.split()) for one in found if one.why in NAMES))


def _clean(text: str) -> str:
    return nfc(_UNPRINTABLE.sub(" ", text))


def _paragraphs(body: str) -> list[str]:
    return [line for part in _BREAK.split(body) if (line := _clean(part))]


def _masked(groups: Sequence[Sequence[str]], adults: bool) -> list[list[str]]:
    lines = [line for group in groups for line in group]
    if sum(map(len, lines)) > _WHOLE:
        known = list(dict.fromkeys(lines))
        by_line = dict(zip(known, _masked_lines(known, adults), strict=True))
        return [[by_line[line] for line in group] for group in groups]
    out = iter(_masked_lines(lines, adults))
    return [[next(out) for _ in group] for group in groups]


def _masked_lines(lines: Sequence[str], adults: bool) -> list[str]:
    """Each line with its spans replaced; one that runs over a line's end leaves its word in the first alone."""
    spans = mask("\n".join(lines), adults=adults).masked
    out: list[str] = []
    start = place = 0
    for line in lines:
        end = start + len(line)
        pieces, last = [], start
        while place < len(spans) and spans[place].start < end:
            span = spans[place]
            stop = span.start + len(span.span)
            if span.start >= start:
                pieces += [line[last - start : span.start - start], PLACEHOLDERS[span.why]]
            last = min(max(stop, start), end)
            if stop > end:
                break  # the rest of it lies in the next line
            place += 1
        pieces.append(line[last - start :])
        out.append("".join(pieces))
        start = end + 1
        place = _past(spans, place, start)
    return out


def _past(spans: Sequence[MaskedSpan], place: int, start: int) -> int:
    while place < len(spans) and spans[place].start + len(spans[place].span) <= start - 1:
        place += 1
    return place

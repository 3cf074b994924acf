"""Several texts about one thing, masked with all of them in view: what every digest, export and page is made of.

Masked apart, an edit that drops the word "em" before a name would show that name in the second reading; so whoever is
masked in one of them is masked in all. Adults without public office who are accused, hurt or ill go too unless a
caller says otherwise: an outlet that forgets to ask is then too careful, never too open.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
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


@dataclass(frozen=True, slots=True)
class Together:
    """The texts as they may be shown, and what was taken out of all of them (spans as in one long text)."""

    texts: tuple[MaskedText, ...]
    taken: tuple[MaskedSpan, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of persons among it, each once, in order."""
        return tuple(dict.fromkeys(" ".join(one.span.split()) for one in self.taken if one.why in NAMES))


def masked_line(text: str) -> str:
    """One text that leaves the house by itself, adults masked too; line ends stay."""
    return mask(text, adults=True).text


def masked_texts(
    texts: Sequence[tuple[str, str, str]], limit: int = BODY, *, adults: bool = True, consented: Collection[str] = ()
) -> list[MaskedText]:
    """(title, lead, body) of each reading → the same, masked together; bodies are split into paragraphs. ``adults`` and
    ``consented``: as in :func:`lang.masking.mask`."""
    return list(masked_together(texts, limit, adults=adults, consented=consented).texts)


def masked_together(
    texts: Sequence[tuple[str, str, str]], limit: int = BODY, *, adults: bool = True, consented: Collection[str] = ()
) -> Together:
    """As :func:`masked_texts`, with what was taken out: who needs both has the text read once."""
    groups = [[_clean(title), _clean(lead), *_paragraphs(body[:limit])] for title, lead, body in texts]
    shown, taken = _masked(groups, adults, consented)
    made = tuple(
        MaskedText(lines[0], lines[1], tuple(lines[2:]), len(text[2]) > limit)
        for lines, text in zip(shown, texts, strict=True)
    )
    return Together(made, taken)


def names_of_minors(texts: Sequence[tuple[str, str, str]], limit: int = BODY) -> tuple[str, ...]:
    """The names (of pupils and of relatives who give them away) that masking takes out, each once, in order."""
    return masked_together(texts, limit, adults=False).names


def _clean(text: str) -> str:
    return nfc(_UNPRINTABLE.sub(" ", text))


def _paragraphs(body: str) -> list[str]:
    return [line for part in _BREAK.split(body) if (line := _clean(part))]


def _masked(
    groups: Sequence[Sequence[str]], adults: bool, consented: Collection[str]
) -> tuple[list[list[str]], tuple[MaskedSpan, ...]]:
    # A blank line after each text: what ends one without a full stop is not said of whom the next begins with.
    lines = [line for group in groups for line in (*group, "")]
    if sum(map(len, lines)) > _WHOLE:
        known = list(dict.fromkeys(lines))
        masked, taken = _masked_lines(known, adults, consented)
        by_line = dict(zip(known, masked, strict=True))
        return [[by_line[line] for line in group] for group in groups], taken
    masked, taken = _masked_lines(lines, adults, consented)
    out = iter(masked)
    return [[next(out) for _ in (*group, "")][:-1] for group in groups], taken


def _masked_lines(
    lines: Sequence[str], adults: bool, consented: Collection[str]
) -> tuple[list[str], tuple[MaskedSpan, ...]]:
    """Each line with its spans replaced; one that runs over a line's end leaves its word in the first alone."""
    spans = mask("\n".join(lines), adults=adults, consented=consented).masked
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
    return out, spans


def _past(spans: Sequence[MaskedSpan], place: int, start: int) -> int:
    while place < len(spans) and spans[place].start + len(spans[place].span) <= start - 1:
        place += 1
    return place

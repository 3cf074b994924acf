"""A text under redaction that remembers where each character came from.

A PDF needs the places in the page of what was taken out, and several passes each see the text as the earlier ones left
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch to be replaced by ``by``; ``what`` is a key of :data:`intake.words.WHAT`."""

    start: int
    end: int
    what: str
    by: str


class Tracked:
    """``text`` as it stands; ``cuts``: what was replaced, in the original's offsets, possibly overlapping."""

    def __init__(self, original: str) -> None:
        self.text = original
        self.cuts: list[tuple[int, int, str]] = []
        self.counts: Counter[str] = Counter()
        self._from = list(range(len(original)))  # offset in the original where each character begins ...
        self._to = list(range(1, len(original) + 1))  # ... and ends
        self._ours = bytearray(len(original))  # 1: a character of a replacement

    def rewrite(self, pieces: Iterable[tuple[int, int, str]]) -> None:
        """Replace stretches silently (normal form); pieces in order and apart from each other."""
        self._put([(start, end, by, False) for start, end, by in pieces if self.text[start:end] != by])

    def cut(self, spans: Iterable[Span]) -> bool:
        """Replace the spans, the longer first where two begin together; whether anything changed."""
        pieces: list[tuple[int, int, str, bool]] = []
        last = 0
        for span in sorted(spans, key=lambda s: (s.start, -s.end)):
            inner = self._ours[span.start : span.end]
            if span.start < last or span.start >= span.end or all(inner) or self.text[span.start : span.end] == span.by:
                continue
            pieces.append((span.start, span.end, span.by, True))
            self.cuts.append((self._from[span.start], self._to[span.end - 1], span.what))
            self.counts[span.what] += 1
            last = span.end
        self._put(pieces)
        return bool(pieces)

    def _put(self, pieces: list[tuple[int, int, str, bool]]) -> None:
        if not pieces:
            return
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        ours = bytearray()
        last = 0
        for start, end, by, mine in [*pieces, (len(self.text), len(self.text), "", False)]:
            text += [self.text[last:start], by]
            starts += self._from[last:start]
            ends += self._to[last:start]
            ours += self._ours[last:start]
            if by:
                starts += [self._from[start]] * len(by)
                ends += [self._to[end - 1]] * len(by)
                ours += bytes([mine or any(self._ours[start:end])]) * len(by)
            last = end
        self.text, self._from, self._to, self._ours = "".join(text), starts, ends, ours

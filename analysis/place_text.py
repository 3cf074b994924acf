"""A text as the matcher wants it, with the way back to the text as it came.

NFC, no invisible characters (zero width, marks of direction), one plain space for every run of white space. Where
nothing had to change the two are one string, and no table is made.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_ODD = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[^\\S ]|  ")
_RANGES = ((0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF))
_INVISIBLE = frozenset(chr(c) for first, last in _RANGES for c in range(first, last + 1))
LONGEST_CLUSTER = 30  # combining characters after one letter that are looked at together; more is no writing


@dataclass(frozen=True, slots=True)
class ReadText:
    """``text``: clean; ``back``: offset in the original of each of its characters and of its end (None: the same)."""

    original: str
    text: str
    back: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of ``text[start:end]`` (not empty)."""
        if self.back is None:
            return start, end
        return self.back[start], self._end(end)

    def _end(self, end: int) -> int:
        """Behind the last character and its own marks, before white space or invisible characters that follow it."""
        assert self.back is not None
        last = self.back[end - 1]
        nxt = self.back[bisect_right(self.back, last)] if last < self.back[-1] else self.back[-1]
        stop = last + 1
        while stop < nxt and unicodedata.combining(self.original[stop]):
            stop += 1
        return stop


def read_text(text: str) -> ReadText:
    """Clean ``text``; never raises."""
    if not _ODD.search(text) and unicodedata.is_normalized("NFC", text):
        return ReadText(text, text)
    out: list[str] = []
    back: list[int] = []
    at = 0
    space = False
    while at < len(text):
        stop = at + 1
        while stop < len(text) and stop - at < LONGEST_CLUSTER and unicodedata.combining(text[stop]):
            stop += 1
        cluster = "".join(c for c in text[at:stop] if c not in _INVISIBLE)
        if cluster.isspace():
            if not space:
                out.append(" ")
                back.append(at)
            space = True
        elif cluster:
            whole = unicodedata.normalize("NFC", cluster)
            out.append(whole)
            back.extend([at] * len(whole))
            space = False
        at = stop
    return ReadText(text, "".join(out), (*back, len(text)))

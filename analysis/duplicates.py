"""Near-duplicates: the same text in another outlet, or under another title.

Two texts are compared by the syllable pairs that they share. To find candidates in constant time a text leaves a few
bands in the store, rows and no index in memory. One pass over the sorted hashes gives all of them: the range of hashes
is cut into equal bins and each bin's least member is one MinHash value (one-permutation hashing: Li, Owen & Zhang 2012;
an empty bin borrows from the next). Two values make a band, so that a pair with Jaccard index J meets in one with
probability J² (banding as in Leskovec et al., *Mining of Massive Datasets*, ch. 3). With six bands J = 0.7 is found
with probability .98 by one text alone, and rare terms (`stories.py`) give a second way in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar
from urllib.parse import urlsplit

import numpy as np

from analysis.terms import Hashes, pair_hashes, term_hash

T = TypeVar("T")

BANDS = 8
_ROWS = 2
_BINS = np.array([(n << 64) // (BANDS * _ROWS) for n in range(BANDS * _ROWS)], dtype=np.uint64)
_BAND = np.array([term_hash(f"band {n}") for n in range(BANDS)], dtype=np.uint64)
_NUMBER = re.compile(r"(\d{6,})(?:\.[a-z]{3,5})?/?$")

SAME_TEXT = 0.65
"""Jaccard index of syllable pairs from which two texts are one; real re-edits in the labels lie above 0.69."""
SAME_NUMBER = 0.3
"""The same, where both pages carry the same article number: a page re-used for another match lies below."""
SAME_PART = 0.78
"""Share of the shorter text that stands in the longer one, from which it is that text with paragraphs cut …"""
CUT_PAIRS = 60
"""… where it has at least so many pairs: a short item is easily held by a long one …"""
CUT_LEFT = 0.35
"""… and at least this share of the longer one's: a digest of the day holds many short articles whole."""


def bands(pairs: Hashes, count: int = BANDS) -> list[int]:
    """The first ``count`` signed 64-bit look-up keys of a sorted set of pair hashes; none for an empty set."""
    if len(pairs) == 0:
        return []
    at = np.searchsorted(pairs, _BINS[: count * _ROWS])
    least = pairs[np.where(at == len(pairs), 0, at)].reshape(count, _ROWS)
    keys = pair_hashes(pair_hashes(least[:, 0], least[:, 1]), _BAND[:count])
    out: list[int] = keys.view(np.int64).tolist()
    return out


def common(first: Hashes, second: Hashes) -> int:
    """How many members two sets share, given as sorted arrays without repeats."""
    if len(first) > len(second):
        first, second = second, first
    if len(first) == 0:
        return 0
    at = np.minimum(np.searchsorted(second, first), len(second) - 1)
    return int(np.count_nonzero(second[at] == first))


def jaccard(first: Hashes, second: Hashes) -> float:
    """Share of common members of two sets given as sorted arrays without repeats; 0.0 where both are empty."""
    shared = common(first, second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def sameness(first: Hashes, second: Hashes) -> float:
    """How far two bodies are one text: their Jaccard index; for one with paragraphs cut, the share that it keeps.

    :data:`SAME_TEXT` or more means one text. Symmetric, in [0, 1].
    """
    shared = common(first, second)
    if not shared:
        return 0.0
    index = shared / (len(first) + len(second) - shared)
    short, long = sorted((len(first), len(second)))
    if short >= CUT_PAIRS and short >= CUT_LEFT * long and shared >= SAME_PART * short:
        return max(index, shared / short)
    return index


def most_shared(found: Iterable[Sequence[T]], most: int) -> list[T]:
    """What stands under most of the keys, at most ``most`` of it; among equals what was met first."""
    return [one for one, _ in Counter(chain.from_iterable(found)).most_common(most)]


def article_number(url: str) -> str | None:
    """``host:number`` where the address ends in an article number of six digits or more, else None.

    An outlet that renames a page keeps its number (…-5069590.html), so the two are one article.
    """
    parts = urlsplit(url)
    found = _NUMBER.search(parts.path)
    if not found or not parts.hostname:
        return None
    return f"{parts.hostname.removeprefix('www.')}:{found[1]}"

"""Near-duplicates: the same text in another outlet, or under another title.

Two texts are compared by the Jaccard index of their syllable pairs. To find candidates in constant time a text leaves
a few MinHash bands in the store: two values of a permutation each, so that a pair with index J meets in one band
with probability J² (Broder 1997; banding as in Leskovec et al., *Mining of Massive Datasets*, ch. 3). With six bands
J = 0.7 is found with probability .98 by one text alone, and rare terms (`stories.py`) give a second way in.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import numpy as np

from analysis.terms import Hashes, pair_hashes, term_hash

BANDS = 6
_ROWS = 2
_SEEDS = np.array([term_hash(f"minhash {n}") | 1 for n in range(BANDS * _ROWS)], dtype=np.uint64)
_BAND = np.array([term_hash(f"band {n}") for n in range(BANDS)], dtype=np.uint64)
_SHIFT = np.uint64(29)
_NUMBER = re.compile(r"(\d{6,})(?:\.[a-z]{3,5})?/?$")

SAME_TEXT = 0.65
"""Jaccard index of syllable pairs from which two texts are one; real re-edits in the labels lie above 0.69."""
SAME_NUMBER = 0.3
"""The same, where both pages carry the same article number: a page re-used for another match lies below."""


def bands(pairs: Hashes, count: int = BANDS) -> list[int]:
    """The first ``count`` signed 64-bit look-up keys of a set of syllable-pair hashes; none for an empty set."""
    if len(pairs) == 0:
        return []
    seeds = _SEEDS[: count * _ROWS, None]
    mixed = pairs[None, :] * seeds
    mixed ^= mixed >> _SHIFT
    mixed *= seeds
    least = (mixed >> np.uint64(7)).min(axis=1).reshape(count, _ROWS)
    keys = pair_hashes(pair_hashes(least[:, 0], least[:, 1]), _BAND[:count])
    return [int(key) for key in keys.view(np.int64)]


def jaccard(first: Hashes, second: Hashes) -> float:
    """Share of common members of two sets given as sorted arrays without repeats; 0.0 where both are empty."""
    if len(first) == 0 or len(second) == 0:
        return 0.0
    at = np.minimum(np.searchsorted(second, first), len(second) - 1)
    common = int(np.count_nonzero(second[at] == first))
    return common / (len(first) + len(second) - common)


def article_number(url: str) -> str | None:
    """``host:number`` where the address ends in an article number of six digits or more, else None.

    An outlet that renames a page keeps its number (…-5069590.html), so the two are one article.
    """
    parts = urlsplit(url)
    found = _NUMBER.search(parts.path)
    if not found or not parts.hostname:
        return None
    return f"{parts.hostname.removeprefix('www.')}:{found[1]}"

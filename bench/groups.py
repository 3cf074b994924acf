"""Which labelled items tell of the same event: the one fixed rule by which folds are cut.

Items of one event must never stand on both sides of a split, or a model is praised for remembering it. The rule:
TF-IDF over syllable 1–2-grams of title and lead, cosine ≥ 0.40, first fetched within 30 days of each other, single
link. (Plain single link at 0.40 reaches B-cubed F1 0.887 on the story gold: see ``findings.md`` of the project.)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lang.text import nfc, syllables

SIMILARITY = 0.40
WINDOW_DAYS = 30.0
_BLOCK = 512


def text_of(row: dict[str, Any]) -> str:
    """Title and lead as one line."""
    return nfc(f"{row['title']} . {row.get('summary', '')}")


def group(rows: Sequence[dict[str, Any]]) -> NDArray[np.int64]:
    """Group number of each row (the smallest row number of its group). Deterministic; about 5 s for 7,000 rows."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(analyzer=_grams, sublinear_tf=True, min_df=2, dtype=np.float32).fit_transform(
        [text_of(row) for row in rows]
    )
    days = np.array([_day(row) for row in rows])
    parent = list(range(len(rows)))
    for begin in range(0, len(rows), _BLOCK):
        near = (matrix[begin : begin + _BLOCK] @ matrix.T).tocoo()
        keep = near.data >= SIMILARITY
        for i, j in zip(near.row[keep] + begin, near.col[keep], strict=True):
            if i < j and abs(days[i] - days[j]) <= WINDOW_DAYS:
                _join(parent, int(i), int(j))
    return np.array([_root(parent, i) for i in range(len(rows))])


def folds(groups: NDArray[np.int64], count: int = 5, seed: int = 20261120) -> NDArray[np.int64]:
    """Fold number of each row: whole groups, shuffled by a fixed seed, each to the lightest fold so far."""
    names, sizes = np.unique(groups, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    load = np.zeros(count, dtype=np.int64)
    where: dict[int, int] = {}
    for at in order:
        lightest = int(load.argmin())
        where[int(names[at])] = lightest
        load[lightest] += sizes[at]
    return np.array([where[int(g)] for g in groups])


def _grams(text: str) -> list[str]:
    words = syllables(text)
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _day(row: dict[str, Any]) -> float:
    return datetime.fromisoformat(row["first_fetched"]).timestamp() / 86_400


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], i: int, j: int) -> None:
    low, high = sorted((_root(parent, i), _root(parent, j)))
    parent[high] = low

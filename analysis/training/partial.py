"""Fitting with rows of which only some questions are answered: what people corrected at the desk, beside whole items.

Each head learns from the rows that answer its question; all heads share one vocabulary, so they are one model again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.linear import Linear
from analysis.training.fit import ALWAYS, Plan, fit

Floats = NDArray[np.floating[Any]]
FILL: Mapping[str, Any] = {
    "edu": "none", "hp": "none", "topics": [], "tone": "neu", "stance": "none", "kind": "news", "rumour": "none",
}  # fmt: skip
"""Stands where a row says nothing; it weighs nothing there."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """Rows with their features (text or place), folds (``ALWAYS``: never held out, so never said to be sure about) and
    weights."""

    rows: Sequence[Mapping[str, Any]]
    features: Sequence[set[str]]
    folds: NDArray[np.int64]
    weights: Floats


def fit_partial(name: str, plans: Sequence[Plan], teaching: Teaching) -> Linear:
    """A calibrated model. Rows without an answer must be ``ALWAYS`` rows: calibration asks whole items alone."""
    parts = []
    for plan in plans:
        answers = np.array([plan.name in row for row in teaching.rows])
        if (teaching.folds[~answers] != ALWAYS).any():
            raise ValueError(f"{plan.name}: a row without an answer would be held out")
        rows = [dict(FILL) | dict(row) for row in teaching.rows]
        weights = np.where(answers, teaching.weights, 0.0)
        parts.append(fit(name, [plan], teaching.features, rows, teaching.folds, weights))
    return _joined(name, parts)


def _joined(name: str, parts: Sequence[Linear]) -> Linear:
    heads, begin = {}, 0
    for part in parts:
        (head,) = part.heads.values()
        size = head.end - head.begin
        heads[head.name] = replace(head, begin=begin, end=begin + size)
        begin += size
    weights = np.hstack([part.weights for part in parts])
    bias = np.concatenate([part.bias for part in parts])
    return Linear(name, parts[0].vocabulary, parts[0].idf, weights, bias, heads, "unsaved")

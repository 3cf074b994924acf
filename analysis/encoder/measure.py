"""How right a classifier is on labelled items, how far its scores can be believed, and what mends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.backend import Floats, shares_of

BINS = 10
_LOWEST, _HIGHEST = 0.05, 20.0  # as models.yml takes them


@dataclass(frozen=True, slots=True)
class Measured:
    """``f1`` of each label that occurs; ``ece``: expected calibration error of the chosen label's score, ten bins."""

    items: int
    accuracy: float
    macro_f1: float
    ece: float
    f1: dict[str, float]


def measured(gold: Sequence[str], said: Sequence[tuple[str, float]]) -> Measured:
    """Gold labels beside (label, score); a label that could not be said ("") is a wrong one."""
    right = np.array([g == s for g, (s, _) in zip(gold, said, strict=True)])
    labels = sorted({*gold, *(s for s, _ in said)} - {""})
    f1 = {label: _f1([g == label for g in gold], [s == label for s, _ in said]) for label in labels}
    scores = np.array([score for _, score in said])
    count = len(gold)
    return Measured(
        count,
        round(float(right.mean()), 4) if count else 0.0,
        round(float(np.mean(list(f1.values()))), 4) if f1 else 0.0,
        round(calibration_error(scores, right), 4),
        {label: round(value, 4) for label, value in f1.items()},
    )


def calibration_error(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Mean distance of score and share of right answers over ten bins of equal width, weighted by their size."""
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    parts = [(bins == b) for b in range(BINS)]
    return float(sum(p.sum() * abs(scores[p].mean() - right[p].mean()) for p in parts if p.any()) / max(len(scores), 1))


def fit_temperature(logits: Floats, columns: NDArray[np.int64], gold: Sequence[int], labels: int) -> float:
    """The temperature of least log loss, 0.05 to 20, by golden section over its logarithm (Guo et al. 2017, "On
    calibration of modern neural networks"): no label changes where each of theirs is one of ours."""
    low, high = np.log(_LOWEST), np.log(_HIGHEST)
    ratio = (5**0.5 - 1) / 2
    for _ in range(60):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if _loss(logits, columns, gold, labels, left) <= _loss(logits, columns, gold, labels, right):
            high = right
        else:
            low = left
    return round(float(np.exp((low + high) / 2)), 3)


def crossed(logits: Floats, columns: NDArray[np.int64], gold: Sequence[int], labels: int) -> float:
    """Calibration error where each half is scored with the temperature of the other: that of unseen items."""
    at = np.random.default_rng(1).permutation(len(gold)) % 2  # drawn: files often come in an order that means something
    truth = np.asarray(gold)
    scores, right = np.zeros(len(truth)), np.zeros(len(truth), np.bool_)
    for half in (0, 1):
        mine, other = at == half, at != half
        if not mine.any() or not other.any():
            return float("nan")
        warm = fit_temperature(logits[other], columns, truth[other].tolist(), labels)
        shares = shares_of(logits[mine], columns, labels, warm)
        scores[mine], right[mine] = shares.max(axis=1), shares.argmax(axis=1) == truth[mine]
    return round(calibration_error(scores, right), 4)


def _loss(logits: Floats, columns: NDArray[np.int64], gold: Sequence[int], labels: int, log: float) -> float:
    shares = shares_of(logits, columns, labels, float(np.exp(log)))
    return float(-np.log(np.maximum(shares[np.arange(len(gold)), np.asarray(gold)], 1e-12)).mean())


def _f1(gold: Sequence[bool], said: Sequence[bool]) -> float:
    both = sum(g and s for g, s in zip(gold, said, strict=True))
    return 2 * both / (sum(gold) + sum(said)) if both else 0.0

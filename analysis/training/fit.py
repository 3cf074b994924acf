"""Fitting the linear judges: vocabulary, heads, calibration and lean, all deterministic on one thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.linear import Head, Linear

Ints = NDArray[np.int64]
Floats = NDArray[np.floating[Any]]
ALWAYS = -1  # the fold of rows that are never held out


@dataclass(frozen=True, slots=True)
class Plan:
    """How one head is fitted. ``balance`` 0 = shares as they are, 1 = every label weighs the same."""

    name: str
    labels: tuple[str, ...]
    multilabel: bool = False
    c: float = 8.0
    balance: float = 0.0
    favour: str = "macro"  # what the lean maximises: macro F1, micro F1 (multilabel) or nothing ("")
    ratios: float = 0.0  # C of a second fit over log-count ratios, averaged with the first; 0 = none
    taught_too: bool = False  # both again on the items of education alone, all four averaged (multilabel)


TOPICS = (
    "exams", "curriculum", "fees", "extra_teaching", "violence", "safety", "food", "teachers", "facilities", "digital",
    "policy", "commendation", "wrongdoing", "health", "international", "activities",
)  # fmt: skip

TEXT_PLANS = (
    Plan("edu", ("core", "higher", "none"), c=8, favour="", ratios=6),
    Plan("topics", TOPICS, multilabel=True, c=8, balance=0.3, favour="micro", ratios=4, taught_too=True),
    Plan("tone", ("neg", "neu", "pos"), c=4, favour="", ratios=4),
    Plan("stance", ("critical", "none", "supportive"), c=8, balance=0.5, ratios=4),
    Plan("kind", ("feature", "news", "opinion", "promo", "service"), c=8, balance=0.5, ratios=4),
    Plan("rumour", ("debunk", "none", "report"), c=8, balance=0.5),  # "spread" has no examples: never learned
)
HP_PLANS = (Plan("hp", ("direct", "mention", "none"), c=6, favour=""),)
STRESS = 2.0  # how much more than a word a statement about the whole text ("@…") weighs in the hp judge


def fit(
    name: str,
    plans: Sequence[Plan],
    features: Sequence[set[str]],
    rows: Sequence[dict[str, Any]],
    inner: Ints,
    weights: Floats,
    least: int = 2,
) -> Linear:
    """A calibrated model. ``inner`` is each row's fold (grouped) for calibration and lean, or ``ALWAYS``: a row that
    only ever teaches, so that invented items never say how sure the judge may be. ``weights``: one a row."""
    vocabulary, idf = _vocabulary(features, least)
    idf *= np.array([STRESS if f[0] == "@" else 1.0 for f in vocabulary], np.float32)
    matrix = _matrix(features, vocabulary, idf)
    columns: list[Floats] = []
    biases: list[float] = []
    heads: dict[str, Head] = {}
    for plan in plans:
        held = _held_out(plan, matrix, rows, inner, weights)
        column, bias = _fit_head(plan, matrix, rows, weights)
        begin = len(biases)
        columns.append(column)
        biases += bias.tolist()
        head = Head(plan.name, plan.labels, begin, len(biases), plan.multilabel, 1.0, *[(0.0,) * len(plan.labels)] * 2)
        judged = inner != ALWAYS
        real = [r for r, kept in zip(rows, judged, strict=True) if kept]
        heads[plan.name] = _lean(plan, _calibrate(plan, head, held[judged], real), held[judged], real)
    return Linear(
        name,
        vocabulary,
        idf.astype(np.float32),
        np.hstack(columns).astype(np.float32),
        np.array(biases, np.float32),
        heads,
        "unsaved",
    )


def targets(plan: Plan, rows: Sequence[dict[str, Any]]) -> NDArray[Any]:
    """Label numbers (n,), or 0/1 (n, labels) for a multilabel head."""
    if plan.multilabel:
        return np.array([[label in r[plan.name] for label in plan.labels] for r in rows], np.int64)
    return np.array([plan.labels.index(r[plan.name]) for r in rows], np.int64)


def _vocabulary(features: Sequence[set[str]], least: int) -> tuple[dict[str, int], Floats]:
    frequency = Counter(f for found in features for f in found)
    kept = sorted(f for f, count in frequency.items() if count >= least)
    idf = np.array([np.log((1 + len(features)) / (1 + frequency[f])) + 1 for f in kept])
    return {f: i for i, f in enumerate(kept)}, idf.astype(np.float16).astype(np.float32)


def _matrix(features: Sequence[set[str]], vocabulary: dict[str, int], idf: Floats) -> Any:
    from scipy.sparse import csr_matrix, diags

    rows = [sorted(vocabulary[f] for f in found if f in vocabulary) for found in features]
    flat = np.array([i for row in rows for i in row], np.int64)
    ends = np.concatenate(([0], np.cumsum([len(r) for r in rows])))
    matrix = csr_matrix((idf[flat].astype(np.float64), flat, ends), shape=(len(rows), len(vocabulary)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    return (diags(1 / np.maximum(norms, 1e-9)) @ matrix).tocsr()


def _fit_head(plan: Plan, matrix: Any, rows: Sequence[dict[str, Any]], weights: Floats) -> tuple[Floats, Floats]:
    """(columns, biases). Linear models averaged are one linear model, so what is averaged here costs nothing later."""
    wanted = targets(plan, rows)
    if plan.multilabel:
        everyone = np.ones(len(rows), bool)
        taught = np.array([r["edu"] != "none" for r in rows])
        parts = [
            _mean(
                [
                    _binary(plan, matrix[kept], wanted[kept, j], weights[kept])
                    for kept in (everyone, taught)[: 1 + plan.taught_too]
                ]
            )
            for j in range(len(plan.labels))
        ]
        return np.stack([w for w, _ in parts], axis=1), np.array([b for _, b in parts])
    columns = np.zeros((matrix.shape[1], len(plan.labels)))
    bias = np.full(len(plan.labels), -8.0)
    model = _logistic(plan.c, matrix, wanted, weights, _weights(plan, wanted))
    columns[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    if plan.ratios:
        others = [_ratios(plan, matrix, wanted == j, weights) for j in range(len(plan.labels))]
        columns = (columns + np.stack([w for w, _ in others], axis=1)) / 2
        bias = (bias + np.array([b for _, b in others])) / 2
    return columns, bias


def _binary(plan: Plan, matrix: Any, wanted: Ints, weights: Floats) -> tuple[Floats, float]:
    if not wanted.any():
        return np.zeros(matrix.shape[1]), -8.0
    model = _logistic(plan.c, matrix, wanted, weights, _weights(plan, wanted))
    plain = model.coef_[0], float(model.intercept_[0])
    return _mean([plain, _ratios(plan, matrix, wanted == 1, weights)]) if plan.ratios else plain


def _ratios(plan: Plan, matrix: Any, wanted: NDArray[np.bool_], weights: Floats) -> tuple[Floats, float]:
    """Logistic regression over features scaled by their log-count ratio (Wang and Manning, 2012)."""
    from scipy.sparse import diags

    if not wanted.any() or wanted.all():
        return np.zeros(matrix.shape[1]), 8.0 if wanted.all() else -8.0
    seen = (matrix > 0).astype(np.float64)
    inside, outside = (1 + np.asarray(seen[rows].T @ weights[rows]).ravel() for rows in (wanted, ~wanted))
    ratio = np.log((inside / inside.sum()) / (outside / outside.sum()))
    number = wanted.astype(np.int64)
    model = _logistic(plan.ratios, matrix @ diags(ratio), number, weights, _weights(plan, number))
    return model.coef_[0] * ratio, float(model.intercept_[0])


def _logistic(c: float, matrix: Any, wanted: Any, weights: Floats, classes: dict[int, float]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=c, max_iter=400, tol=3e-4, class_weight=classes).fit(
        matrix, wanted, sample_weight=weights
    )


def _mean(models: Sequence[tuple[Floats, float]]) -> tuple[Floats, float]:
    return np.mean([w for w, _ in models], axis=0), float(np.mean([b for _, b in models]))


def _weights(plan: Plan, wanted: Ints) -> dict[int, float]:
    labels, counts = np.unique(wanted, return_counts=True)
    shares = counts.sum() / (len(labels) * counts)
    return {int(k): float(s**plan.balance) for k, s in zip(labels, shares, strict=True)}


def _held_out(plan: Plan, matrix: Any, rows: Sequence[dict[str, Any]], inner: Ints, weights: Floats) -> Floats:
    logits = np.zeros((len(rows), len(plan.labels)))
    for fold in np.unique(inner[inner != ALWAYS]):
        out = inner == fold
        rest = [r for r, o in zip(rows, out, strict=True) if not o]
        column, bias = _fit_head(plan, matrix[~out], rest, weights[~out])
        logits[out] = matrix[out] @ column + bias
    return logits


def _calibrate(plan: Plan, head: Head, held: Floats, rows: Sequence[dict[str, Any]]) -> Head:
    """One scale and one shift a label, by Newton-free gradient descent on the held-out log loss (Platt, 1999)."""
    from scipy.optimize import minimize

    wanted = targets(plan, rows)
    hot = wanted if plan.multilabel else np.eye(len(plan.labels))[wanted]

    def loss(theta: Floats) -> float:
        z = held * theta[0] + theta[1:]
        if plan.multilabel:
            value = np.logaddexp(0, z) - hot * z
        else:
            value = np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1) - (hot * z).sum(1)
        return float(value.mean() + 1e-4 * (theta[1:] ** 2).sum())

    best = minimize(loss, np.r_[1.0, np.zeros(len(plan.labels))], method="L-BFGS-B").x.round(4)
    return replace(head, scale=float(best[0]), shift=tuple(best[1:].tolist()))


def _lean(plan: Plan, head: Head, held: Floats, rows: Sequence[dict[str, Any]]) -> Head:
    """Offsets of the decision, one label after the other, where the held-out F1 is best."""
    if not plan.favour:
        return head
    wanted = targets(plan, rows)
    z = held * head.scale + np.asarray(head.shift)
    lean = np.zeros(len(plan.labels))
    if plan.multilabel:
        return replace(head, lean=_lean_of_each(plan, wanted, z, rows))
    for _ in range(2):
        for j in range(len(lean)):
            if plan.labels[j] in ("none", "news"):
                continue

            def score(g: float, j: int = j) -> float:
                trial = lean.copy()
                trial[j] = g
                return _macro(wanted, (z + trial).argmax(1), len(lean))

            lean[j] = max(np.arange(-0.6, 1.61, 0.2), key=score)
    return replace(head, lean=tuple(lean.round(2).tolist()))


def _lean_of_each(plan: Plan, wanted: Ints, z: Floats, rows: Sequence[dict[str, Any]]) -> tuple[float, ...]:
    """One offset a label, from the best common one on, for the best micro F1 of at most two labels an item."""
    taught = np.array(
        [r["edu"] != "none" for r in rows]
    )  # others never get a topic: the education judge is asked first
    wanted, z = wanted[taught], z[taught]

    def score(lean: Floats) -> float:
        return _micro(wanted, two(z + lean))

    common = max(np.arange(-0.5, 2.01, 0.1), key=lambda g: score(np.full(len(plan.labels), g)))
    lean = np.full(len(plan.labels), common)
    for _ in range(2):
        for j in range(len(lean)):
            trials = [lean + np.eye(len(lean))[j] * step for step in (0, -0.2, 0.2, -0.4, 0.4, -0.6, 0.6)]
            lean = max(trials, key=score)
    return tuple(lean.round(2).tolist())


def two(leant: Floats) -> NDArray[np.bool_]:
    """Labels said of each row of leant log-odds: the two best above 0; the best alone from log(0.3 / 0.7) on."""
    order = np.argsort(-leant, axis=1, kind="stable")
    rows = np.arange(len(leant))
    said = np.zeros(leant.shape, bool)
    for rank in (0, 1):
        said[rows, order[:, rank]] = leant[rows, order[:, rank]] > 0
    best = leant[rows, order[:, 0]]
    said[rows, order[:, 0]] = best > np.log(0.3 / 0.7)
    return said


def _micro(wanted: Ints, said: NDArray[np.bool_]) -> float:
    both = (wanted.astype(bool) & said).sum()
    return float(2 * both / max(1, wanted.sum() + said.sum()))


def _macro(wanted: Ints, said: Ints, labels: int) -> float:
    parts = []
    for j in range(labels):
        both = ((wanted == j) & (said == j)).sum()
        parts.append(2 * both / max(1, (wanted == j).sum() + (said == j).sum()))
    return float(np.mean(parts))

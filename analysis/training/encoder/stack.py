"""How both stages are weighed: ``python -m analysis.training.encoder.stack --held DIR --labels DIR --out DIR``.

Reads what the encoder said of items it had not seen (``held-N.npz`` of :mod:`finetune`), lets the linear judge say the
same of the same folds, and fits one weight a stage and one shift a label (log loss), then the lean. Writes
``second.json`` and ``held.npz`` (the encoder's held-out answers: numbers alone, from which the figures of both stages
together are measured again without training an encoder).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.own import Stack
from analysis.events import folds, group
from analysis.linear import Head
from analysis.training.fit import ALWAYS, HP_PLANS, TEXT_PLANS, Plan, _lean, targets
from analysis.training.train import features, fit_all, read_labels, read_own

Row = dict[str, Any]
Floats = NDArray[np.float64]
FROM_EDU = 0.03
HELPED = ("edu", "tone", "kind")
"""Heads that the encoder makes better on held-out items. Topics gained .001, places nothing, stance nothing on all
items and lost on the gold ones, rumours lost .02: there the linear judge speaks alone."""
PLANS = {plan.name: plan for plan in (*TEXT_PLANS, *HP_PLANS)}


def columns() -> dict[str, tuple[int, int]]:
    """Head → its columns in the encoder's answer."""
    found, at = {}, 0
    for name, plan in PLANS.items():
        found[name] = (at, at + len(plan.labels))
        at += len(plan.labels)
    return found


def read_held(files: Sequence[Path], rows: int) -> NDArray[np.float32]:
    """(n, labels) answers from the reading of the text, each by a fold that has not seen the row."""
    text = np.zeros((rows, max(end for _, end in columns().values())), np.float32)
    for file in files:
        with np.load(file, allow_pickle=False) as held:
            whole = np.concatenate([held[name] for name in PLANS], axis=1)
            of_text = ~held["place"]
            text[held["row"][of_text]] = whole[of_text]
    return text


def linear_held(rows: Sequence[Row], numbers: NDArray[np.int64], real: NDArray[np.bool_]) -> dict[str, Floats]:
    """Head → raw logits (n, labels) of the linear judge for every row by a fold that has not seen it."""
    texts, places = features(rows)
    out = {name: np.zeros((len(rows), len(plan.labels))) for name, plan in PLANS.items()}
    for fold in range(5):
        inside = np.flatnonzero(numbers != fold).tolist()
        held = np.flatnonzero(numbers == fold).tolist()
        text, hp = fit_all(
            [rows[i] for i in inside], [texts[i] for i in inside], [places[i] for i in inside],
            np.where(real, numbers, ALWAYS)[inside],
        )  # fmt: skip
        for model, found in ((text, texts), (hp, places)):
            logits = model.logits([model.indices(found[i]) for i in held])
            for name, head in model.heads.items():
                out[name][held] = logits[:, head.begin : head.end]
    return out


def fit(plan: Plan, raw: Floats, said: Floats, rows: Sequence[Row]) -> Stack:
    """The weights of both stages for one head, on held-out answers."""
    from scipy.optimize import minimize

    wanted = targets(plan, rows)
    hot = wanted if plan.multilabel else np.eye(len(plan.labels))[wanted]

    def odds(theta: Floats) -> Floats:
        return raw * theta[0] + said * theta[1] + theta[2:]

    def loss(theta: Floats) -> float:
        z = odds(theta)
        if plan.multilabel:
            value = (np.logaddexp(0, z) - hot * z).sum(1)
        else:
            value = np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1) - (hot * z).sum(1)
        return float(value.mean() + 1e-4 * (theta[2:] ** 2).sum())

    begin = np.r_[0.5, 0.5, np.zeros(len(plan.labels))]
    best = minimize(loss, begin, method="L-BFGS-B").x.round(4)
    flat = Head(plan.name, plan.labels, 0, len(plan.labels), plan.multilabel, 1.0, *[(0.0,) * len(plan.labels)] * 2)
    leant = _lean(plan, flat, odds(best), list(rows))
    low, high = columns()[plan.name]
    return Stack(plan.name, plan.labels, low, high, plan.multilabel, float(best[0]), float(best[1]),
                 tuple(best[2:].tolist()), leant.lean)  # fmt: skip


def fit_stacks(
    rows: Sequence[Row], raw: Mapping[str, Floats], text: NDArray[np.float32], used: NDArray[np.bool_],
) -> dict[str, Stack]:  # fmt: skip
    """A stack a head, of the rows that ``used`` marks (real items; in the figures those of the other folds)."""
    made = {}
    at = np.flatnonzero(used).tolist()
    for name in HELPED:
        low, high = columns()[name]
        made[name] = fit(PLANS[name], raw[name][at], text[at, low:high].astype(np.float64), [rows[i] for i in at])
    return made


def main() -> None:
    """Fit on all held-out answers and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bench", type=Path, default=Path("bench"))
    chosen = parser.parse_args()
    dev, learnt = read_labels(chosen.labels)
    own = read_own()
    rows = dev + learnt + own
    real = np.arange(len(rows)) < len(dev) + len(learnt)
    numbers = np.concatenate([folds(group(dev + learnt)), np.arange(len(own)) % 5])
    text = read_held(sorted(chosen.held.glob("held-*.npz")), len(rows))
    cached = chosen.held / "linear.npz"
    if cached.exists():
        with np.load(cached) as kept:
            raw = {name: kept[name] for name in PLANS}
    else:
        raw = linear_held(rows, numbers, real)
        np.savez(cached, **raw)  # type: ignore[arg-type]
    stacks = fit_stacks(rows, raw, text, real)
    heads = [{f: getattr(s, f) for f in Stack.__dataclass_fields__} for s in stacks.values()]
    body = json.dumps({"from_edu": FROM_EDU, "heads": heads}, ensure_ascii=False, indent=1)
    (chosen.out / "second.json").write_text(body + "\n", encoding="utf-8")
    np.savez_compressed(chosen.bench / "held.npz", text=text.astype(np.float16))
    for name, stack in stacks.items():
        print(name, f"linear {stack.linear:.2f} encoder {stack.encoder:.2f} lean {stack.lean}")


if __name__ == "__main__":
    main()

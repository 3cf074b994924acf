"""Learn the weights of `analysis/models/stories.npz` from labelled stories, and say how good they are unseen.

    python -m analysis.training.stories ../shared/labels/stories

Pairs of labelled items whose cosine is above the floor; plus the labelled near-duplicate pairs that carry their own
items. Logistic regression over standardised features and their products. How good it is on stories that it has not
seen is measured by `bench/stories.py` (ten folds by story).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.resemblance import WHOLE, Terms, Weights, pair_features, read_terms
from analysis.terms import Idf

MODELS = Path(__file__).resolve().parent.parent / "models"
FLOOR = 0.05
STRENGTH = 0.3
Pairs = tuple[NDArray[np.float32], NDArray[np.bool_]]


def terms_of(item: Mapping[str, Any], idf: Idf) -> Terms:
    """Title and summary only: the labels were given on those."""
    return read_terms(item["title"], item["summary"], "", item["outlet"], seen_at(item), idf)


def seen_at(item: Mapping[str, Any]) -> int:
    """When a labelled item was first fetched, ms UTC."""
    return int(datetime.fromisoformat(item["first_fetched"]).timestamp() * 1000)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def own_pairs(path: Path, idf: Idf) -> Pairs:
    """Near-duplicate pairs of items outside the story set: true = one story, false = a template."""
    rows = [pair for pair in read_lines(path) if "a_item" in pair and "b_item" in pair]
    measured = [pair_features(terms_of(p["a_item"], idf), [terms_of(p["b_item"], idf)])[0] for p in rows]
    return np.array(measured), np.array([pair["near_duplicate"] for pair in rows])


def fit(features: NDArray[np.float32], same: NDArray[np.bool_]) -> Weights:
    """Logistic regression with all products of two features, everything standardised."""
    from sklearn.linear_model import LogisticRegression

    centre, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    x = ((features - centre) / scale).astype(np.float64)
    upper = np.triu_indices(x.shape[1])
    products = x[:, upper[0]] * x[:, upper[1]]
    wide = np.hstack([x, products])
    middle, spread = wide.mean(axis=0), wide.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit((wide - middle) / spread, same)
    coefficients = model.coef_[0] / spread
    square = np.zeros((x.shape[1], x.shape[1]))
    square[upper] = coefficients[x.shape[1] :]
    bias = float(model.intercept_[0] - coefficients @ middle)
    return Weights(centre, scale, square, coefficients[: x.shape[1]], bias)


def folds(stories: Sequence[str], count: int, seed: int) -> NDArray[np.intp]:
    """The fold of each item; items of one story share it."""
    names = sorted(set(stories))
    place = dict(zip(np.random.default_rng(seed).permutation(names), np.arange(len(names)) % count, strict=True))
    return np.array([place[name] for name in stories])


def all_pairs(terms: Sequence[Terms]) -> tuple[NDArray[np.float32], NDArray[np.intp], NDArray[np.intp]]:
    """Features of every pair (later, earlier) above the cosine floor."""
    measured, later, earlier = [], [], []
    for place in range(1, len(terms)):
        rows = pair_features(terms[place], terms[:place])
        near = np.flatnonzero(rows[:, WHOLE] >= FLOOR)
        measured.append(rows[near])
        later.append(np.full(len(near), place))
        earlier.append(near)
    return np.vstack(measured), np.concatenate(later), np.concatenate(earlier)


def labelled(path: Path) -> list[dict[str, Any]]:
    """The story set in the order of the stream."""
    return sorted(read_lines(path / "dev.jsonl"), key=lambda item: (seen_at(item), item["id"]))


@dataclass(frozen=True, slots=True)
class Training:
    """Pairs to learn from. ``later`` and ``earlier`` are places in :func:`labelled`; a near-duplicate pair with items
    of its own has one place for both, counted on from there in the order of :func:`own_pairs`."""

    features: NDArray[np.float32]
    same: NDArray[np.bool_]
    later: NDArray[np.intp]
    earlier: NDArray[np.intp]

    def without(self, held_out: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """What remains when every pair with a held-out place is left away; places beyond the mask stay."""
        places = max(int(self.later.max()) + 1, len(held_out))
        out = np.pad(held_out, (0, places - len(held_out)))
        kept = ~(out[self.later] | out[self.earlier])
        return self.features[kept], self.same[kept]


def training_pairs(path: Path, idf: Idf) -> Training:
    """All that the labels in that folder give."""
    items, (extra, extra_same) = labelled(path), own_pairs(path / "dev_pairs.jsonl", idf)
    features, later, earlier = all_pairs([terms_of(item, idf) for item in items])
    same = [items[a]["story"] == items[b]["story"] for a, b in zip(later, earlier, strict=True)]
    own = len(items) + np.arange(len(extra))
    return Training(
        np.vstack([features, extra]),
        np.concatenate([same, extra_same]),
        np.concatenate([later, own]),
        np.concatenate([earlier, own]),
    )


def main() -> None:
    """Train on everything and write."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("labels", type=Path)
    ask.add_argument("--out", type=Path, default=MODELS / "stories.npz")
    want = ask.parse_args()
    idf = Idf.load(MODELS / "idf.npz")
    pairs = training_pairs(want.labels, idf)
    weights = fit(pairs.features, pairs.same)
    np.savez(
        want.out,
        centre=weights.centre,
        scale=weights.scale,
        square=weights.square.astype(np.float32),
        linear=weights.linear.astype(np.float32),
        bias=np.float64(weights.bias),
    )
    print(f"{len(pairs.same)} pairs, {int(pairs.same.sum())} of one story")


if __name__ == "__main__":
    main()

"""Makes the shipped weights: ``python -m analysis.training.train --labels ../shared/labels --out analysis/models``.

Reads ``dev.jsonl`` (gold), ``train.jsonl`` and ``own.jsonl`` beside this file (invented items in the manner of local
papers, portals and television, which the labelled national press lacks); same files, same weights (one thread, fixed
folds).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.events import folds, group
from analysis.features import place_features, text_features, unplaced
from analysis.linear import Linear
from analysis.places import PlaceMatcher
from analysis.training.fit import ALWAYS, HP_PLANS, TEXT_PLANS, fit
from config.gazetteer import load_gazetteer
from lang.text import nfc

Row = dict[str, Any]
OWN = Path(__file__).with_name("own.jsonl")
OWN_WEIGHT = (
    0.25  # of an invented item beside a real one: on the folds 0.5 and 1 cost the gold items more and add little
)


def read_own() -> list[Row]:
    """The invented items: fields as the labels', with ``section`` (the outlet's heading and area) or ""."""
    return [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]


def read_labels(folder: Path) -> tuple[list[Row], list[Row]]:
    """(gold items, training items), in file order."""
    return tuple(  # type: ignore[return-value]
        [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        for name in ("dev.jsonl", "train.jsonl")
    )


def features(rows: Sequence[Row]) -> tuple[list[set[str]], list[set[str]]]:
    """(text features, place features) of labelled rows, exactly as the judge computes them."""
    matcher = PlaceMatcher(load_gazetteer())
    texts, places = [], []
    for row in rows:
        title, lead = nfc(row["title"]), nfc(row["summary"])
        section = row.get("section", "")
        mentions = matcher.find(f"{title}\n{lead}", section)
        texts.append(text_features(*unplaced(title, lead, mentions)))
        places.append(place_features(title, lead, mentions, matcher.side(section)))
    return texts, places


def fit_all(
    rows: Sequence[Row], texts: Sequence[set[str]], places: Sequence[set[str]], folds: NDArray[np.int64]
) -> tuple[Linear, Linear]:
    """(text model, hp model). The hp model learns only from items that name a place of ours."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped, import-not-found, unused-ignore]

    named = [i for i, found in enumerate(places) if found]
    weights = np.where(folds == ALWAYS, OWN_WEIGHT, 1.0)
    with threadpool_limits(1):  # equal sums on every machine; and several threads are slower on matrices this thin
        text = fit("text", TEXT_PLANS, texts, rows, folds, weights)
        hp = fit("hp", HP_PLANS, [places[i] for i in named], [rows[i] for i in named], folds[named], weights[named])
    return text, hp


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on everything and write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)

    dev, train = read_labels(chosen.labels)
    own = read_own()
    texts, places = features(dev + train + own)
    numbers = np.concatenate([folds(group(dev + train)), np.full(len(own), ALWAYS)])
    for model in fit_all(dev + train + own, texts, places, numbers):
        model.save(chosen.out)
        print(f"{model.name}: {len(model.vocabulary)} features → {chosen.out / model.name}.npz")


if __name__ == "__main__":
    main()

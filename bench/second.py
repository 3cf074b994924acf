"""Both stages of the judge on items that neither has seen, without training an encoder again.

``bench/held.npz`` holds what five fold encoders said of the items of their fold (numbers alone; written by
``analysis.training.encoder.stack``, trained by ``analysis.training.encoder.finetune --folds 0,1,2,3,4``: about half an
hour on two cores). The weights of the stages against each other are fitted on the four other folds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.own import Stack
from analysis.features import unplaced
from analysis.linear import Linear
from analysis.places import PlaceMatcher
from analysis.training.encoder.stack import FROM_EDU, PLANS, fit_stacks
from config.gazetteer import load_gazetteer
from lang.text import nfc

HELD = Path(__file__).with_name("held.npz")
Row = dict[str, Any]
Pair = tuple[str, str]


@dataclass
class Held:
    """Stands where the encoder does and gives the held-out answer of each labelled item."""

    stacks: Mapping[str, Stack]
    of_text: Mapping[Pair, NDArray[np.float32]]
    from_edu: float = FROM_EDU
    version: str = "held"

    def logits(self, items: Sequence[Pair]) -> NDArray[np.float32]:
        """(n, labels of all heads); an item that was never held out is a mistake of the bench."""
        width = max(s.end for s in self.stacks.values())
        return np.array([self.of_text[pair] for pair in items], np.float32).reshape(len(items), -1)[:, :width]


def held_folds(
    rows: Sequence[Row], real: NDArray[np.bool_], numbers: NDArray[np.int64],
    models: Sequence[tuple[Linear, Linear]], texts: Sequence[set[str]], places: Sequence[set[str]],
) -> list[Held]:  # fmt: skip
    """One stand-in a fold. ``models``: the (text, hp) judges of the folds, each trained without its own."""
    with np.load(HELD, allow_pickle=False) as kept:
        text = kept["text"].astype(np.float32)
    if len(text) != len(rows):
        raise SystemExit(f"{HELD.name} is of {len(text)} items and there are {len(rows)}: train the folds again")
    raw = {name: np.zeros((len(rows), len(plan.labels))) for name, plan in PLANS.items()}
    for fold, pair in enumerate(models):
        at = np.flatnonzero(numbers == fold)
        for model, found in zip(pair, (texts, places), strict=True):
            logits = model.logits([model.indices(found[i]) for i in at])
            for name, head in model.heads.items():
                raw[name][at] = logits[:, head.begin : head.end]
    matcher = PlaceMatcher(load_gazetteer())
    of_text = {}
    for i, row in enumerate(rows):
        title, lead = nfc(row["title"]), nfc(row["summary"])
        mentions = matcher.find(f"{title}\n{lead}", row.get("section", ""))
        of_text[unplaced(title, lead, mentions)] = text[i]
    return [Held(fit_stacks(rows, raw, text, real & (numbers != fold)), of_text) for fold in range(len(models))]

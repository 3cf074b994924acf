"""Labelled items as the encoder reads them. Two readings of an item: for the questions of the text (names of our
places taken out, as the linear judge reads it), and for the question of place (every name marked).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from analysis.encoder.own_text import Pieces, pieces
from analysis.features import unplaced
from analysis.places import Mention, PlaceMatcher
from analysis.training.fit import HP_PLANS, TEXT_PLANS
from config.gazetteer import load_gazetteer
from lang.text import nfc

Row = dict[str, Any]
LABELS = {plan.name: plan.labels for plan in (*TEXT_PLANS, *HP_PLANS)}


@dataclass(frozen=True)
class Example:
    """One reading of row ``row``: ``place`` says which of the two."""

    row: int
    place: bool
    pieces: Pieces


def examples(rows: Sequence[Row], tokenizer: Any) -> list[Example]:
    """Readings of all rows, the text's first; a row without a name of ours has no reading of place."""
    matcher = PlaceMatcher(load_gazetteer())
    texts: list[tuple[str, str]] = []
    placed: list[tuple[int, str, str, tuple[Mention, ...]]] = []
    for number, row in enumerate(rows):
        title, lead = nfc(row["title"]), nfc(row["summary"])
        mentions = matcher.find(f"{title}\n{lead}", row.get("section", ""))
        texts.append(unplaced(title, lead, mentions))
        if any(m.in_hp for m in mentions):
            placed.append((number, title, lead, mentions))
    found = [Example(i, False, p) for i, p in enumerate(pieces(tokenizer, texts))]
    cut = pieces(tokenizer, [(t, s) for _, t, s, _ in placed], [m for *_, m in placed])
    return found + [Example(i, True, p) for (i, *_), p in zip(placed, cut, strict=True)]


def batch(chosen: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """(ids, case, segment, kept), each (n, longest)."""
    longest = max(len(e.pieces.ids) for e in chosen)
    ids, case, segment = (np.zeros((len(chosen), longest), np.int64) for _ in range(3))
    kept = np.zeros((len(chosen), longest), bool)
    for at, example in enumerate(chosen):
        p = example.pieces
        n = len(p.ids)
        ids[at, :n], case[at, :n], segment[at, :n], kept[at, :n] = p.ids, p.case, p.segment, True
    return tuple(torch.from_numpy(a) for a in (ids, case, segment, kept))  # type: ignore[return-value]


def target(head: str, row: Row) -> list[float] | int:
    """0/1 a label for topics, else the number of the label."""
    labels = LABELS[head]
    if head == "topics":
        return [float(t in row["topics"]) for t in labels]
    return labels.index(row[head]) if row[head] in labels else labels.index("none")


def read_tokenizer(folder: Path) -> Any:
    """``tokenizer.json`` of a folder."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))

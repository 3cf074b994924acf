"""Figures beside those of the folds: whole articles, the department's themes, intervals."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.judge import Item, Judge
from analysis.verdict import Verdict

THEMES = Path(__file__).resolve().parent.parent / "analysis" / "training" / "themes.jsonl"
ARTICLES = Path("press") / "texts" / "baomoi_2017_education_and_haiphong.jsonl.xz"

Row = dict[str, Any]


def full_articles(labels: Path, judge: Judge) -> tuple[list[Row], list[Verdict]]:
    """(labels, verdicts) of the 87 whole articles of 2017, judged by the shipped weights (which learn from none of
    them), with the body and without a lead, as an archive holds them."""
    rows = _lines(labels / "full_dev.jsonl")
    texts = {}
    with lzma.open(labels.parent / ARTICLES, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            texts[article["id"]] = article
    items = [Item(r["id"], texts[r["id"]]["title"], "", texts[r["id"]]["text"]) for r in rows]
    return rows, judge.judge(items)


def theme_labels() -> dict[str, Row]:
    """Id of a labelled item → its themes as a reader gave them, and whether the words were ever corrected after it
    (``unseen``: they were not)."""
    return {r["id"]: r for r in _lines(THEMES)}


def of_themes(said: Mapping[str, Verdict]) -> dict[str, float]:
    """Precision and recall of the themes over 202 items read by hand; ``…_unseen``: over the 52 that no word was
    corrected after."""
    out: dict[str, float] = {}
    for suffix, labels in (("", theme_labels()), ("_unseen", {k: v for k, v in theme_labels().items() if v["unseen"]})):
        pairs = [(set(r["themes"]), {t.id for t in said[i].themes}) for i, r in labels.items()]
        both = sum(len(a & b) for a, b in pairs)
        out[f"themes_precision{suffix}"] = both / max(1, sum(len(b) for _, b in pairs))
        out[f"themes_recall{suffix}"] = both / max(1, sum(len(a) for a, _ in pairs))
    return out


def interval(measure: Callable[[Sequence[int]], float], groups: NDArray[np.int64], times: int = 300) -> list[float]:
    """95 % interval of ``measure(rows)`` by drawing whole groups of rows again (a fixed seed)."""
    draw = np.random.default_rng(20261120)
    members = [np.flatnonzero(groups == g) for g in np.unique(groups)]
    values = [
        measure(np.concatenate([members[i] for i in draw.integers(0, len(members), len(members))]).tolist())
        for _ in range(times)
    ]
    return [round(float(v), 3) for v in np.percentile(values, [2.5, 97.5])]


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

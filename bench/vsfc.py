"""An outside check of the linear recipe: UIT-VSFC, students' feedback, train → dev: ``python -m bench.vsfc``.

Same features and same fitting as the shipped judge's tone (``analysis/training/fit.py``), nothing tuned here.
``peer_…``: TF-IDF of words and characters with logistic regression in the same run. Published on the set's *test* part,
so beside and not against: BiLSTM weighted F1 .92, PhoBERT accuracy .946. Research data: nothing that is shipped learns
from it, and none of its text is kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.features import text_features
from analysis.training.fit import TEXT_PLANS, fit
from bench.quality import calibration_error, f1
from bench.quality_more import interval
from bench.quality_peer import _matrices
from lang.text import nfc

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "vsfc"
LABELS = ("neg", "neu", "pos")
PUBLISHED = {"bilstm_f1": 0.92, "phobert_accuracy": 0.946}


def read(part: Path) -> tuple[list[str], list[str]]:
    """(sentences, labels) of one part. Raises ValueError where the two files differ in length."""
    texts = [nfc(line) for line in (part / "sents.txt").read_text(encoding="utf-8").splitlines()]
    marks = (part / "sentiments.txt").read_text(encoding="utf-8").split()
    if len(texts) != len(marks):
        raise ValueError(f"{part}: {len(texts)} sentences, {len(marks)} labels")
    return texts, [LABELS[int(mark)] for mark in marks]


def figures(data: Path = DATA) -> dict[str, float | list[float]]:
    """Macro-F1, accuracy, calibration error of the recipe and of the peer. About two minutes on one core."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped, import-not-found, unused-ignore]

    known, marks = read(data / "train")
    new, gold = read(data / "dev")
    plan = next(p for p in TEXT_PLANS if p.name == "tone")
    inner = np.arange(len(known)) % 5  # the set says nothing of who wrote what: no groups to keep together
    with threadpool_limits(1):
        rows = [{"tone": mark} for mark in marks]
        model = fit("vsfc", (plan,), [text_features("", t) for t in known], rows, inner, np.ones(len(known)))
        logits = model.logits([model.indices(text_features("", t)) for t in new])
        sure, leant = model.probabilities(logits, model.heads["tone"])
        said = [LABELS[i] for i in leant.argmax(1)]
        other = _peer(known, marks, new)
    right = np.array([a == b for a, b in zip(gold, said, strict=True)])
    out: dict[str, float | list[float]] = {**_main(gold, said), "ece": calibration_error(sure.max(1), right)}
    out |= {f"peer_{k}": v for k, v in _main(gold, other).items()}
    rounded: dict[str, float | list[float]] = {k: round(float(v), 4) for k, v in out.items() if isinstance(v, float)}
    rounded["macro_f1_interval"] = interval(
        lambda drawn: _main([gold[i] for i in drawn], [said[i] for i in drawn])["macro_f1"], np.arange(len(gold))
    )
    return rounded | {f"published_{k}": v for k, v in PUBLISHED.items()}


def _main(gold: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    each = [f1([g == x for g in gold], [s == x for s in said]) for x in LABELS]
    shares = [sum(g == x for g in gold) / len(gold) for x in LABELS]
    return {
        "macro_f1": float(np.mean(each)),
        "weighted_f1": float(np.dot(each, shares)),
        "accuracy": float(np.mean([g == s for g, s in zip(gold, said, strict=True)])),
    }


def _peer(known: Sequence[str], marks: Sequence[str], new: Sequence[str]) -> list[str]:
    from sklearn.linear_model import LogisticRegression

    a, b = _matrices(known, new)
    found: NDArray[np.str_] = LogisticRegression(C=8, max_iter=300).fit(a, list(marks)).predict(b)
    return [str(label) for label in found]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, or that the data is not here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = parser.parse_args(arguments)
    if not (chosen.data / "train" / "sents.txt").is_file():
        print(json.dumps({"skipped": f"{chosen.data} is not here: the set is research data and not shipped"}))
        return
    print(json.dumps(figures(chosen.data), indent=1))


if __name__ == "__main__":
    main()

"""Fit the table of reasons of `analysis/candidate_score.py` on invented cases: dev beside the project and our own.

    python -m analysis.training.candidates [--labels ../shared/labels/claims/dev] [--write]

One row is one difference that matching found; it is confirmed where the case's own claim is the one that differs. The
held-out cases are never read. Logistic regression with a ridge, by Newton's method: 16 weights, no library.
Prints the figures of leaving out one reference at a time, so that no theme is judged by what it taught.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.candidate_score import features, sigmoid
from analysis.candidates import matched
from analysis.claims import Article
from analysis.matching import Match
from analysis.places import PlaceMatcher
from analysis.reference_index import build
from analysis.references import reference_of
from config.gazetteer import load_gazetteer

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "unit" / "analysis"
OUT = ROOT / "analysis" / "models" / "candidates.json"
RIDGE = 6.0
# What a person would say before seeing any case; 150 differences only correct it. Without it the fit trusts chance.
PRIOR = {
    "bias": -3.5, "strength": 4.0, "surely one thing": 1.5, "near": 1.5, "agreeing": 0.5, "backing": 1.2, "firm": 0.6,
    "named": 1.0, "outdated": 1.5, "differing": 0.3, "long shot": -1.5, "incident": -1.0, "cites": 0.5, "opinion": -0.5,
}  # fmt: skip
_SPREADS = ("contradicts", "outdated")
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def article(row: Row) -> Article:
    """A case as an article."""
    import datetime as dt

    day = dt.date.fromisoformat(row["published"]) if row.get("published") else None
    return Article(
        row["id"], row.get("title", ""), row.get("body", ""), day, row.get("outlet", ""), row.get("outlet_kind", "")
    )


def examples(
    cases: Sequence[Row], references: Sequence[Row], matcher: PlaceMatcher, foreign: bool = False
) -> list[tuple[Match, bool, str]]:
    """(difference found, confirmed, group) of every case but reports and debunks: their role decides.

    ``foreign``: the references are of other themes, so that every difference found is chance.
    """
    library = build([reference_of(r) for r in references], matcher)
    found = []
    for case in cases:
        if case["relation"] in ("debunks", "reports_rumour", "unsourced"):
            continue
        for match in matched(article(case), library, matcher)[1]:
            if match.finding is not None and match.relation in _SPREADS:
                sure = not foreign and case["relation"] in _SPREADS and match.claim.text == case["claim"]
                found.append((match, sure, match.references[0]))
    return found


def fit(x: NDArray[np.float64], y: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights by Newton's method, drawn to ``prior``."""
    ridge = np.full(x.shape[1], RIDGE)
    w = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (p - y) + ridge * (w - prior))
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def main() -> None:
    """Fit, print, and with ``--write`` save."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--labels", type=Path, default=ROOT.parent / "shared" / "labels" / "claims" / "dev")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    matcher = PlaceMatcher(load_gazetteer())
    dev, theirs = rows(asked.labels / "cases.jsonl"), rows(asked.labels / "references.jsonl")
    own, ours = [c for c in rows(OWN / "claims_own.jsonl") if not c["held"]], rows(OWN / "claims_own_references.jsonl")
    found = examples(dev, theirs, matcher) + examples(own, ours, matcher)
    found += examples(dev, ours, matcher, foreign=True) + examples(own, theirs, matcher, foreign=True)
    names = sorted({name for match, _, _ in found for name in features(match)})
    x = np.array([[features(m).get(n, 0.0) for n in names] for m, _, _ in found])
    y = np.array([float(sure) for _, sure, _ in found])
    groups = np.array([g for _, _, g in found])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    out = np.zeros(len(y))
    for group in sorted(set(groups)):
        left = groups == group
        out[left] = [sigmoid(v) for v in x[left] @ fit(x[~left], y[~left], prior)]
    w = fit(x, y, prior)
    inside = np.array([sigmoid(v) for v in x @ w])
    print(f"{len(y)} differences, {int(y.sum())} confirmed")
    for name, p in (("fitted", inside), ("one reference left out", out)):
        at = p >= 0.5
        loss = -np.mean(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))
        print(
            f"{name}: precision {(y * at).sum() / at.sum():.3f} recall {(y * at).sum() / y.sum():.3f} log "
            f"loss {loss:.3f}"
        )
    for name, value in sorted(zip(names, w, strict=True), key=lambda row: -abs(row[1])):
        print(f"  {name:20} {value:+.2f}")
    if asked.write:
        kept = json.loads(OUT.read_text(encoding="utf-8"))
        other = {k: v for k, v in kept["weights"].items() if k.startswith("relation ")}
        kept["weights"] = {n: round(float(v), 3) for n, v in zip(names, w, strict=True)} | other
        kept["version"] = "1"
        OUT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

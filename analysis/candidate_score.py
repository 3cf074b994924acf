"""The score of a candidate: a small table of reasons with log-odds, fitted on invented cases.

Read from the one claim that the decision rests on and from the references beside it, never from the rest of the text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.matching import Match
from lang import claims_cues as cues

_FILE = Path(__file__).parent / "models" / "candidates.json"


@dataclass(frozen=True, slots=True)
class Scorer:
    """Log-odds by feature, and the score from which a difference is a candidate."""

    weights: Mapping[str, float]
    threshold: float
    version: str

    @staticmethod
    @cache
    def load(path: Path = _FILE) -> Scorer:
        """The shipped table."""
        row = json.loads(path.read_text(encoding="utf-8"))
        return Scorer(row["weights"], row["threshold"], row["version"])

    def score(self, match: Match) -> float:
        """Chance that a difference found is confirmed, 0–1."""
        return sigmoid(sum(self.weights.get(name, 0.0) * value for name, value in features(match).items()))

    def final(self, relation: str, match: Match | None) -> float:
        """The score of a decision: of a difference its own, of everything else a low one that says how near it came."""
        if relation in ("contradicts", "outdated"):
            return (
                self.score(match)
                if match is not None and match.finding is not None
                else self.weights.get("forged", 0.7)
            )
        base = self.weights.get(f"relation {relation}", -4.0)
        near = match.near if match is not None else 0.0
        agree = match.agreeing if match is not None else 0
        return sigmoid(base - 0.5 * near - 0.2 * min(agree, 4))


def features(match: Match) -> dict[str, float]:
    """Evidence of one difference as numbers."""
    finding = match.finding
    if finding is None:
        return {"bias": 1.0}
    low = match.claim.slots.low
    return {
        "bias": 1.0,
        "strength": match.strength,
        "surely one thing": max(0.0, match.strength - 0.5) * 2,
        "near": match.near,
        "agreeing": min(match.agreeing, 3) / 3,
        "in words": float(finding.kind in ("negation", "scope")),
        "one object": min(finding.shared, 4) / 4 if finding.kind == "negation" else 0.0,
        "named": float(finding.kind in ("place", "issuer")),
        "outdated": float(match.relation == "outdated"),
        "firm": finding.firm / 2,
        "differing": min(match.differing, 3) / 3,
        "backing": min(match.backing, 2) / 2,
        "long shot": (1 - match.strength) * (finding.kind == "number" and not match.agreeing and not match.backing),
        "cites": float(bool(cues.CITES.search(low))),
        "incident": float(bool(cues.INCIDENT.search(low))),
        "opinion": float(bool(cues.OPINION.search(low))),
    }


def sigmoid(value: float) -> float:
    """1 / (1 + e^−value)."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))

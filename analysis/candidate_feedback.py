"""What people found weighs on what is shown next: a kind of reason that was often refuted counts for less.

Evidence alone makes a score; feedback only takes away, and openly ("3/10 lần được xác nhận" stands beside the reason).
"""

from __future__ import annotations


def ratio(confirmed: int, refuted: int) -> float:
    """Laplace-smoothed odds that a kind of reason is borne out, at most 1: nothing known leaves a score as it is."""
    return min(1.0, (confirmed + 1) / (refuted + 1))


def weighed(score: float, confirmed: int, refuted: int) -> float:
    """A score (0–1) with its odds multiplied by :func:`ratio`."""
    factor = ratio(confirmed, refuted)
    if factor == 1.0 or score in (0.0, 1.0):
        return score
    odds = score / (1 - score) * factor
    return odds / (1 + odds)

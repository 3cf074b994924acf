"""How likely a day's count is by chance, given a theme's own history: a negative-binomial tail, exact for small counts.

The mean is the theme's own, times a factor of the weekday that all themes share (one theme alone has too few items to
tell Sundays from Mondays). Days of one theme scatter more than a Poisson law allows, as one event brings several items:
that scatter is estimated by moments over all themes and drawn towards each theme's own where it has enough items (as in
Farrington et al. 1996, for outbreaks of rare diseases). How little a short history knows of the mean is added to it
(the predictive law of a gamma prior), so that a young series is not sure of itself. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DAYS = 7
_PRIOR_ITEMS = 0.5  # Jeffreys' prior of a Poisson mean
_WEEKDAY_ITEMS = 20.0  # items by which a weekday's factor is drawn towards 1
_SCATTER_WEIGHT = 4.0  # how many squared expected items count as much as all themes together
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Level:
    """What is usual: ``mean`` items on such a day, ``scatter`` (variance = mean + scatter · mean²), from ``days``."""

    mean: float
    scatter: float
    days: int


def tail(count: int, level: Level) -> float:
    """P(X ≥ count) under the level. Exact but for rounding; 1 for 0."""
    if count <= 0:
        return 1.0
    m, a = level.mean, level.scatter
    if m <= 0:
        return 0.0
    log_p = -m if a < 1e-9 else -math.log1p(a * m) / a
    below, p = 0.0, math.exp(log_p)
    for k in range(min(count, _MOST)):
        below += p
        p *= m / (k + 1) if a < 1e-9 else (k + 1 / a) / (k + 1) * (a * m / (1 + a * m))
    # what is far out in the tail is summed itself: 1 − below would be rounding
    return max(1.0 - below, _sum_from(count, p, m, a)) if below > 0.999 else 1.0 - below


def _sum_from(count: int, p: float, m: float, a: float) -> float:
    total, k = 0.0, count
    while p > total * 1e-12 and k < count + _MOST:
        total += p
        p *= m / (k + 1) if a < 1e-9 else (k + 1 / a) / (k + 1) * (a * m / (1 + a * m))
        k += 1
    return total


def critical(level: Level, chance: float) -> int:
    """The least count whose tail is at most ``chance``."""
    count = max(1, math.ceil(level.mean))
    while tail(count, level) > chance and count < _MOST:
        count += 1
    return count


def weekday_factors(totals: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """From (weekday 0–6, items of all themes) of each day: how many times the usual that weekday has."""
    if not totals:
        return (1.0,) * DAYS
    mean = sum(n for _, n in totals) / len(totals)
    factors = []
    for weekday in range(DAYS):
        own = [n for w, n in totals if w == weekday]
        factors.append((sum(own) + _WEEKDAY_ITEMS) / (mean * len(own) + _WEEKDAY_ITEMS))
    return tuple(factors)


@dataclass(frozen=True, slots=True)
class Sums:
    """What one theme's history adds up to: items, expected items per unit of mean, moments of the scatter."""

    items: int
    weight: float  # Σ factors
    excess: float  # Σ (count − expected)² − expected
    square: float  # Σ expected²
    days: int


def sums(counts: Sequence[tuple[int, float]]) -> Sums:
    """Of (count, weekday factor) of each day of history."""
    items, weight = sum(c for c, _ in counts), sum(f for _, f in counts)
    mean = items / weight if weight else 0.0
    # one degree of freedom went into the mean
    spread = sum((c - mean * f) ** 2 for c, f in counts) * len(counts) / max(1, len(counts) - 1)
    return Sums(items, weight, spread - items, sum((mean * f) ** 2 for _, f in counts), len(counts))


def pooled_scatter(themes: Mapping[str, Sums]) -> float:
    """The scatter that all themes share."""
    square = sum(s.square for s in themes.values())
    return max(0.0, sum(s.excess for s in themes.values()) / square) if square else 0.0


def level(own: Sums, factor: float, pooled: float) -> Level:
    """What is usual for a theme on a day with that weekday factor."""
    if not own.weight:
        return Level(0.0, pooled, 0)
    scatter = max(0.0, (own.excess + pooled * _SCATTER_WEIGHT) / (own.square + _SCATTER_WEIGHT))
    known = own.items + _PRIOR_ITEMS
    return Level(factor * known / own.weight, scatter + 1 / known, own.days)

"""The arithmetic of drift: a G-test of counts and the tail of F, without a statistics package at run time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

EXPECTED = 5.0  # stories of a label expected in the smallest row, below which labels are taken together


def g_test(rows: Sequence[Mapping[str, int]]) -> tuple[float, int]:
    """(G with Williams' correction, degrees of freedom) of counts by label, one mapping a row; labels with less than
    :data:`EXPECTED` in the smallest row are taken together."""
    table = _table(rows, taken_together(rows))
    df = _freedom(table)
    if not df:
        return 0.0, 0
    totals, columns, n = _sums(table)
    g = 2 * sum(
        x * math.log(x * n / (totals[i] * columns[j])) for i, row in enumerate(table) for j, x in enumerate(row) if x
    )
    q = 1 + (n * sum(1 / t for t in totals) - 1) * (n * sum(1 / c for c in columns) - 1) / (6 * n * df)
    return max(0.0, g / q), df


def pearson(rows: Sequence[Mapping[str, int]], groups: Sequence[Sequence[str]]) -> tuple[float, int]:
    """(X², degrees of freedom) of the same over those groups of labels: X² / df is 1 where months differ by chance
    alone, however few stories a label has."""
    table = _table(rows, groups)
    df = _freedom(table)
    if not df:
        return 0.0, 0
    totals, columns, n = _sums(table)
    return sum(
        (x - totals[i] * columns[j] / n) ** 2 * n / (totals[i] * columns[j])
        for i, row in enumerate(table)
        for j, x in enumerate(row)
    ), df


def taken_together(rows: Sequence[Mapping[str, int]]) -> list[tuple[str, ...]]:
    """Labels in groups, each expected :data:`EXPECTED` times in the smallest row; the rarest are joined first."""
    sizes = [size for size in (sum(row.values()) for row in rows) if size]
    if not sizes:
        return []
    share = min(sizes) / sum(sizes)
    counts = Counter[str]()
    for row in rows:
        counts.update(row)
    groups: list[tuple[int, tuple[str, ...]]] = sorted((n, (label,)) for label, n in counts.items() if n)
    while len(groups) > 1 and groups[0][0] * share < EXPECTED:
        (few, rare), (more, next_rare) = groups[:2]
        groups = sorted([*groups[2:], (few + more, rare + next_rare)])
    return [labels for _, labels in groups]


def _table(rows: Sequence[Mapping[str, int]], groups: Sequence[Sequence[str]]) -> list[list[int]]:
    """Counts by group, without rows and groups that are empty."""
    table = [[sum(row.get(label, 0) for label in group) for group in groups] for row in rows]
    table = [row for row in table if sum(row)]
    kept = [j for j in range(len(groups)) if any(row[j] for row in table)]
    return [[row[j] for j in kept] for row in table]


def _freedom(table: Sequence[Sequence[int]]) -> int:
    return (len(table) - 1) * (len(table[0]) - 1) if len(table) > 1 else 0


def _sums(table: Sequence[Sequence[int]]) -> tuple[list[int], list[int], int]:
    totals = [sum(row) for row in table]
    return totals, [sum(row[j] for row in table) for j in range(len(table[0]))], sum(totals)


def f_tail(f: float, df: int, dispersion_df: int) -> float:
    """P(F ≥ f). Without any months before to see the spread of, as chi-square."""
    if f <= 0:
        return 1.0
    if not dispersion_df:
        return _gamma_tail(df / 2, f * df / 2)
    return _beta(dispersion_df / 2, df / 2, dispersion_df / (dispersion_df + df * f))


def _gamma_tail(a: float, x: float) -> float:
    """Q(a, x) for a = k/2, by recurrence from Q(1/2) or Q(1)."""
    term, at = (math.erfc(math.sqrt(x)), 0.5) if a % 1 else (math.exp(-x), 1.0)
    total = term
    step = math.exp(at * math.log(x) - x - math.lgamma(at + 1)) if x else 0.0
    while at + 1e-9 < a:
        total += step
        at += 1
        step *= x / at
    return min(1.0, total)


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes, §6.4)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 1_000):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + top * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + top / c
            c = c if abs(c) > tiny else tiny
            h *= d * c
        if abs(d * c - 1) < 1e-12:
            break
    return h

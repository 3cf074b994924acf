"""What is more than noise: shares with intervals that know of stories, changes with a bound on false discoveries. Pure.

Articles of one story are not independent: intervals of shares of articles are widened by how alike the articles of a
story are; changes of topics count each story once, on the day of its first article. Days are not independent either (an
exam fills three of them), so a change must pass two tests: Fisher's exact test on stories, and a permutation of blocks
of three days between the two periods; the larger p-value counts. Over all topics Benjamini-Hochberg then bounds the
expected share of false ones among those that are told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

FEW = 30
"""Under so many items there are counts and nothing else: no percentage, no word of a trend."""
FDR = 0.10
Z = 1.959964
BLOCK_DAYS = 3
PERMUTATIONS = 20_000
_SEED = 20_260_515  # the same rows give the same p-values


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``of``; ``low``–``high``: 95 % interval."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself."""
        return self.hits / self.of if self.of else 0.0


def wilson(hits: float, of: float) -> tuple[float, float]:
    """The score interval of Wilson (1927); ``of`` may be an effective number."""
    if of <= 0:
        return 0.0, 1.0
    p, z2 = hits / of, Z * Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(groups: Sequence[tuple[int, int]]) -> Share:
    """A share over stories: each (hits, articles). Wilson's interval with the effective number of articles (the design
    effect of Kish with the likeness within stories)."""
    groups = [(h, n) for h, n in groups if n]
    hits, of = sum(h for h, _ in groups), sum(n for _, n in groups)
    if not of:
        return Share(0, 0, 0.0, 1.0)
    low, high = wilson(hits / of * effective(groups), effective(groups))
    return Share(hits, of, low, high)


def effective(groups: Sequence[tuple[int, int]]) -> float:
    """How many independent articles these stories are worth: articles / (1 + ρ (m − 1)), m the size of a story as an
    article meets it and ρ how alike articles of a story are (analysis of variance; 1 where that cannot be told)."""
    of, stories = sum(n for _, n in groups), len(groups)
    p = sum(h for h, _ in groups) / of
    size = sum(n * n for _, n in groups) / of
    return of / (1 + _alike(groups, of, stories, p) * (size - 1))


def _alike(groups: Sequence[tuple[int, int]], of: int, stories: int, p: float) -> float:
    if stories < 2 or of == stories or p in (0.0, 1.0):
        return 1.0
    between = sum(n * (h / n - p) ** 2 for h, n in groups) / (stories - 1)
    within = sum(h * (n - h) / n for h, n in groups) / (of - stories)
    usual = (of - sum(n * n for _, n in groups) / of) / (stories - 1)
    whole = between + (usual - 1) * within
    return min(1.0, max(0.0, (between - within) / whole)) if whole > 0 else 1.0


def fisher(a: int, n: int, b: int, m: int) -> float:
    """Two-sided exact p-value that a of n and b of m are one share: the sum over tables no likelier than this one."""
    k, total = a + b, n + m
    low, high = max(0, k - m), min(k, n)
    logs = [_choose(n, x) + _choose(m, k - x) for x in range(low, high + 1)]
    whole, seen = _choose(total, k), logs[a - low] + 1e-9
    return min(1.0, math.fsum(math.exp(one - whole) for one in logs if one <= seen))


def _choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def benjamini_hochberg(chances: Mapping[str, float]) -> dict[str, float]:
    """Key → adjusted p-value: told at a rate q are those at or under q (Benjamini & Hochberg 1995)."""
    ranked = sorted(chances, key=lambda key: (chances[key], key))
    out: dict[str, float] = {}
    running = 1.0
    for rank in range(len(ranked), 0, -1):
        key = ranked[rank - 1]
        running = min(running, chances[key] * len(ranked) / rank)
        out[key] = running
    return out


@dataclass(frozen=True, slots=True)
class Change:
    """One topic in two periods, as stories. ``chance``: the adjusted p-value; ``sure``: more than noise."""

    key: str
    now: int
    now_of: int
    then: int
    then_of: int
    chance: float
    sure: bool
    low: float  # 95 % interval of the difference of shares
    high: float

    @property
    def points(self) -> float:
        """Difference of shares."""
        return self.now / self.now_of - self.then / self.then_of

    @property
    def word(self) -> str:
        """up · down · same: same wherever noise would do as much."""
        return ("up" if self.points > 0 else "down") if self.sure else "same"


Days = Mapping[int, int]  # day number within its period → stories


def changes(
    now: Mapping[str, Days], now_all: Days, then: Mapping[str, Days], then_all: Days, fdr: float = FDR
) -> list[Change]:
    """Topics of two periods, likeliest first; none where either period has under :data:`FEW` stories."""
    n, m = sum(now_all.values()), sum(then_all.values())
    keys = sorted({k for part in (now, then) for k, days in part.items() if sum(days.values())})
    if n < FEW or m < FEW or not keys:
        return []
    counts = {k: (sum(now.get(k, {}).values()), sum(then.get(k, {}).values())) for k in keys}
    shuffled = permuted(keys, now, now_all, then, then_all)
    raw = {k: max(fisher(a, n, b, m), shuffled[k]) for k, (a, b) in counts.items()}
    adjusted = benjamini_hochberg(raw)
    found = [
        Change(k, a, n, b, m, adjusted[k], adjusted[k] <= fdr, *newcombe(a, n, b, m)) for k, (a, b) in counts.items()
    ]
    return sorted(found, key=lambda c: (c.chance, -abs(c.points), c.key))


def newcombe(a: int, n: int, b: int, m: int) -> tuple[float, float]:
    """95 % interval of a/n − b/m (Newcombe 1998, method 10)."""
    p, q = a / n, b / m
    (l1, u1), (l2, u2) = wilson(a, n), wilson(b, m)
    return p - q - math.hypot(p - l1, u2 - q), p - q + math.hypot(u1 - p, q - l2)


def permuted(
    keys: Sequence[str], now: Mapping[str, Days], now_all: Days, then: Mapping[str, Days], then_all: Days
) -> dict[str, float]:
    """Key → share of permutations of blocks of days between the periods that move its share as far as it moved."""
    blocks = _blocks(now_all), _blocks(then_all)
    totals = np.concatenate([_summed(now_all, blocks[0]), _summed(then_all, blocks[1])])
    hits = np.stack(
        [np.concatenate([_summed(now.get(k, {}), blocks[0]), _summed(then.get(k, {}), blocks[1])]) for k in keys]
    )
    size, whole = blocks[0], blocks[0] + blocks[1]
    rng = np.random.Generator(np.random.PCG64(_SEED))
    seen = _moved(hits, totals, np.arange(whole) < size)
    as_far = np.zeros(len(keys))
    for _ in range(0, PERMUTATIONS, 1_000):
        picked = rng.permuted(np.tile(np.arange(whole), (1_000, 1)), axis=1) < size
        as_far += (_moved(hits, totals, picked) >= seen - 1e-12).sum(axis=0)
    return {k: float((c + 1) / (PERMUTATIONS + 1)) for k, c in zip(keys, as_far, strict=True)}


def _moved(hits: np.ndarray, totals: np.ndarray, picked: np.ndarray) -> np.ndarray:
    """|share in − share out|: (permutations, keys), or (keys,) for one."""
    inside = picked.astype(float)
    of_in, of_out = inside @ totals, (1 - inside) @ totals
    shares_in = (inside @ hits.T) / np.maximum(of_in, 1)[..., None]
    shares_out = ((1 - inside) @ hits.T) / np.maximum(of_out, 1)[..., None]
    found: np.ndarray = np.abs(shares_in - shares_out)
    return found


def _blocks(days: Days) -> int:
    return max(days, default=0) // BLOCK_DAYS + 1


def _summed(days: Days, blocks: int) -> np.ndarray:
    out = np.zeros(blocks)
    for day, count in days.items():
        out[min(day // BLOCK_DAYS, blocks - 1)] += count
    return out


def volume_change(now: Sequence[int], then: Sequence[int]) -> float:
    """P-value that two runs of daily counts have one mean: blocks of days permuted; 1.0 for a run without days."""
    if not now or not then:
        return 1.0
    first, second = _means(now), _means(then)
    values = np.concatenate([first, second])
    rng = np.random.Generator(np.random.PCG64(_SEED))
    seen = abs(first.mean() - second.mean())
    picked = rng.permuted(np.tile(values, (PERMUTATIONS, 1)), axis=1)
    moved = np.abs(picked[:, : len(first)].mean(axis=1) - picked[:, len(first) :].mean(axis=1))
    return float(((moved >= seen - 1e-12).sum() + 1) / (PERMUTATIONS + 1))


def _means(days: Sequence[int]) -> np.ndarray:
    """Means of blocks; what is left over at the end joins the last block."""
    blocks = max(1, len(days) // BLOCK_DAYS)
    return np.array([float(np.mean(part)) for part in np.array_split(np.array(days, dtype=float), blocks)])

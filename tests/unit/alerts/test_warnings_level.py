"""The tail that a day's count is held against, by definition and by drawing; what a history says is usual."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.warnings_level import Level, critical, level, pooled_scatter, sums, tail, weekday_factors


def poisson(count: int, mean: float) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))


@pytest.mark.parametrize("mean", [0.05, 0.7, 3.0, 12.5])
@pytest.mark.parametrize("count", [1, 2, 5, 11])
def test_without_scatter_it_is_the_poisson_tail(count: int, mean: float) -> None:
    assert tail(count, Level(mean, 0.0, 84)) == pytest.approx(
        sum(poisson(k, mean) for k in range(count, 200)), rel=1e-6
    )


@pytest.mark.parametrize(("mean", "scatter"), [(0.2, 1.5), (2.0, 0.5), (6.0, 0.1)])
def test_with_scatter_it_is_what_a_gamma_mixture_of_poissons_gives(mean: float, scatter: float) -> None:
    draw = random.Random(5)
    counts = []
    for _ in range(40_000):
        rate, n, at = draw.gammavariate(1 / scatter, mean * scatter), 0, 0.0
        while (at := at + draw.expovariate(1.0)) < rate:
            n += 1
        counts.append(n)
    for count in (1, 3, 6):
        share = sum(n >= count for n in counts) / len(counts)
        assert tail(count, Level(mean, scatter, 84)) == pytest.approx(share, abs=0.01)


@given(st.floats(0.01, 50), st.floats(0, 5), st.integers(0, 80))
def test_a_tail_is_a_probability_that_falls_with_the_count(mean: float, scatter: float, count: int) -> None:
    usual = Level(mean, scatter, 84)
    assert 0 <= tail(count + 1, usual) <= tail(count, usual) <= 1


@given(st.floats(0.01, 30), st.floats(0, 3), st.sampled_from([0.01, 0.001, 1e-5]))
def test_the_critical_count_is_the_least_that_is_unlikely_enough(mean: float, scatter: float, chance: float) -> None:
    usual = Level(mean, scatter, 84)
    count = critical(usual, chance)
    assert tail(count, usual) <= chance
    assert count == max(1, math.ceil(mean)) or tail(count - 1, usual) > chance


def test_far_out_the_tail_does_not_drown_in_rounding() -> None:
    assert 0 < tail(60, Level(1.0, 0.0, 84)) < 1e-70
    assert tail(3, Level(0.0, 0.0, 84)) == 0.0


def test_a_weekday_that_is_quiet_for_all_themes_expects_less() -> None:
    factors = weekday_factors([(n % 7, 4 if n % 7 == 6 else 20) for n in range(84)])
    assert factors[6] < 0.4 < 1.0 < factors[0] < 1.2
    assert weekday_factors([]) == (1.0,) * 7
    assert weekday_factors([(0, 0)] * 30) == (1.0,) * 7


def test_bursts_of_the_past_make_a_theme_less_sensitive_and_a_short_history_less_sure() -> None:
    even = sums([(1, 1.0)] * 84)
    bursts = sums([(12 if n % 12 == 0 else 0, 1.0) for n in range(84)])
    assert even.items == bursts.items
    assert level(even, 1.0, 0.0).scatter < 0.1 < level(bursts, 1.0, 0.0).scatter
    short, long = (level(sums([(1, 1.0)] * n), 1.0, 0.2) for n in (10, 84))
    assert tail(7, short) > 3 * tail(7, long)


def test_a_theme_with_hardly_an_item_takes_the_scatter_of_all() -> None:
    rare = sums([(1 if n == 3 else 0, 1.0) for n in range(84)])
    busy = sums([(9 if n % 3 == 0 else 0, 1.0) for n in range(84)])
    pooled = pooled_scatter({"rare": rare, "busy": busy})
    assert pooled > 1
    assert level(rare, 1.0, pooled).scatter > pooled * 0.8
    assert pooled_scatter({"rare": rare}) == 0.0 and pooled_scatter({}) == 0.0

"""What is called more than noise, tried on what is known to be noise and on what is known not to be."""

from __future__ import annotations

import math
import random

import pytest

from alerts import report_tests as stats


def test_wilson_is_the_published_interval() -> None:
    low, high = stats.wilson(81, 263)  # Newcombe 1998, Table I, method 3
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert stats.wilson(0, 20)[0] == 0.0
    assert round(stats.wilson(0, 20)[1], 4) == 0.1611


def test_newcombe_is_the_published_interval() -> None:
    low, high = stats.newcombe(56, 70, 48, 80)  # Newcombe 1998 (2), Table II, method 10
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("table", "p"), [((1, 10, 11, 14), 0.002759456), ((3, 4, 1, 4), 0.4857143), ((5, 5, 5, 5), 1.0)]
)
def test_fishers_exact_test(table: tuple[int, int, int, int], p: float) -> None:
    assert math.isclose(stats.fisher(*table), p, rel_tol=1e-5)


def test_benjamini_hochberg_by_hand() -> None:
    found = stats.benjamini_hochberg({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.5})
    assert {k: round(v, 4) for k, v in found.items()} == {"a": 0.04, "c": 0.0533, "b": 0.0533, "d": 0.5}


def test_articles_of_one_story_count_as_little_as_they_say() -> None:
    alone = stats.share([(1, 1)] * 30 + [(0, 1)] * 70)
    copies = stats.share([(30, 30)] + [(0, 1)] * 70)
    assert alone.value == copies.value == 0.3
    assert copies.high - copies.low > 1.5 * (alone.high - alone.low)
    assert stats.effective([(500, 500), (0, 1)]) < 2  # five hundred copies of one word are one word


def test_intervals_hold_their_promise_on_stories_of_many_sizes() -> None:
    draw, held = random.Random(7), 0
    for _ in range(400):
        groups = []
        for _ in range(60):
            size = draw.choice([1, 1, 1, 2, 3, 8])
            lean = draw.random() < 0.3  # most articles of a story say the same
            groups.append((sum(draw.random() < (0.9 if lean else 0.043) for _ in range(size)), size))
        found = stats.share(groups)
        held += found.low <= 0.3 <= found.high
    assert held >= 0.90 * 400


def days(counts: list[int]) -> dict[int, int]:
    return {n: c for n, c in enumerate(counts) if c}


def month(draw: random.Random, shares: dict[str, float], bursts: str = "") -> tuple[dict, dict[int, int]]:
    whole, topics = [], {k: [0] * 30 for k in shares}
    for day in range(30):
        stories = draw.randint(10, 30)
        whole.append(stories)
        lucky = draw.random() < 0.1
        for key, rate in shares.items():
            here = min(1.0, rate * 6) if key == bursts and lucky else rate * (0.45 if key == bursts else 1)
            topics[key][day] = sum(draw.random() < here for _ in range(stories))
    return {k: days(v) for k, v in topics.items()}, days(whole)


def test_two_months_of_the_same_press_are_told_to_differ_hardly_ever() -> None:
    shares = {f"t{n}": 0.02 + 0.02 * n for n in range(12)}
    told = 0
    for seed in range(40):
        draw = random.Random(seed)
        now, now_all = month(draw, shares, bursts="t3")
        then, then_all = month(draw, shares, bursts="t3")
        told += any(c.sure for c in stats.changes(now, now_all, then, then_all))
    assert told <= 8  # a tenth of forty, and what chance may add


def test_a_topic_that_doubled_is_told_and_only_that_one() -> None:
    shares = {f"t{n}": 0.05 for n in range(10)}
    draw = random.Random(3)
    then, then_all = month(draw, shares)
    now, now_all = month(draw, shares | {"t4": 0.14})
    found = stats.changes(now, now_all, then, then_all)
    assert [c.key for c in found if c.sure] == ["t4"]
    assert found[0].word == "up" and found[0].low > 0
    assert all(c.word == "same" for c in found if not c.sure)


def test_one_loud_day_is_no_trend() -> None:
    """Thirty stories of one afternoon: Fisher's test alone would cry."""
    whole, then = dict.fromkeys(range(30), 20), {"x": dict.fromkeys(range(0, 30, 3), 1)}
    now = {"x": {4: 20, 5: 10}}
    assert stats.fisher(30, 600, 10, 600) < 0.01
    assert not stats.changes(now, whole, then, whole)[0].sure


def test_under_thirty_stories_nothing_is_compared() -> None:
    assert stats.changes({"x": {0: 20}}, {0: 29}, {"x": {0: 1}}, {0: 500}) == []
    assert stats.changes({"x": {0: 20}}, {0: 500}, {"x": {0: 1}}, {0: 29}) == []
    assert stats.changes({}, {}, {}, {}) == []


def test_the_same_rows_give_the_same_chances() -> None:
    draw = random.Random(5)
    parts = (*month(draw, {"a": 0.1, "b": 0.2}), *month(draw, {"a": 0.1, "b": 0.2}))
    assert stats.changes(*parts) == stats.changes(*parts)


def test_volumes_are_compared_by_days() -> None:
    draw = random.Random(1)
    flat = [draw.randint(15, 25) for _ in range(30)]
    assert stats.volume_change(flat, [draw.randint(15, 25) for _ in range(31)]) > 0.05
    assert stats.volume_change(flat, [draw.randint(5, 15) for _ in range(31)]) < 0.01
    assert stats.volume_change(flat, []) == 1.0

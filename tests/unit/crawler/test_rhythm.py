"""A source is measured against what it usually does at this hour and weekday, and what that means is a frequency."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from crawler.rhythm import (
    HOUR_MS,
    LEARNT_MS,
    Gap,
    Hours,
    Rhythm,
    at_most,
    dark_hours,
    expected_items,
    gap,
    learn,
    longest_gap,
)

TZ = "Asia/Ho_Chi_Minh"
DAY = 24 * HOUR_MS
MONDAY = 1_793_552_400_000  # 2026-11-02T00:00+07:00


def office(weeks: int, seed: int = 1, rate: float = 0.8, from_: int = MONDAY - 8 * 7 * DAY) -> list[int]:
    """Items in working hours from Monday to Friday, about ``rate`` an hour, on a half-hourly poll."""
    rng = random.Random(seed)
    found = []
    for day in range(7 * weeks):
        for hour in range(8, 17):
            if day % 7 < 5:
                found += [
                    from_ + day * DAY + hour * HOUR_MS + rng.choice((0, HOUR_MS // 2))
                    for _ in range(rng.random() < rate)
                ]
    return sorted(found)


def rhythm_of(arrivals: list[int], until: int = MONDAY) -> tuple[Rhythm, Hours]:
    hours = Hours(until - LEARNT_MS, until + 14 * DAY, TZ)
    found = learn(arrivals, hours)
    assert found is not None
    return found, hours


def silence(since: int, until: int, arrivals: list[int] | None = None) -> Gap:
    found, hours = rhythm_of(arrivals or office(8))
    return gap(found, since, until, hours)


def test_the_week_of_these_tests_begins_on_a_monday() -> None:
    hours = Hours(MONDAY, MONDAY + DAY, TZ)
    assert hours.slots[0] == 0 and hours.slots[23] == 23 and hours.slots[24] == 24


def test_a_quiet_night_and_a_quiet_weekend_are_nothing_and_a_quiet_morning_is_something() -> None:
    friday_evening = MONDAY - 2 * DAY - 7 * HOUR_MS  # Friday 17:00
    weekend = silence(friday_evening, MONDAY + 8 * HOUR_MS)
    assert weekend.months < 0.5
    morning = silence(MONDAY + 8 * HOUR_MS, MONDAY + 12 * HOUR_MS)
    assert morning.months > 3 * weekend.months
    two_days = silence(MONDAY + 8 * HOUR_MS, MONDAY + DAY + 12 * HOUR_MS)
    assert two_days.months > 48
    assert two_days.expected == pytest.approx(0.8 * 13, rel=0.15)


def test_a_longer_silence_is_never_more_usual() -> None:
    depths = [silence(MONDAY, MONDAY + n * HOUR_MS).months for n in range(0, 100, 5)]
    assert all(one <= other for one, other in pairwise(depths))


def test_a_clump_of_one_poll_counts_once() -> None:
    calm = office(8)
    clumpy = sorted(calm + [at for at in calm[::7] for _ in range(40)])
    one = silence(MONDAY + 8 * HOUR_MS, MONDAY + 20 * HOUR_MS)
    other = silence(MONDAY + 8 * HOUR_MS, MONDAY + 20 * HOUR_MS, clumpy)
    assert one.months == pytest.approx(other.months)


def test_too_short_or_too_thin_a_history_teaches_nothing() -> None:
    hours = Hours(MONDAY - LEARNT_MS, MONDAY, TZ)
    assert learn([], hours) is None
    assert learn(office(1, from_=MONDAY - 7 * DAY), hours) is None
    assert learn([MONDAY - n * 7 * DAY for n in range(5, 0, -1)], hours) is None


def test_the_dead_weeks_of_a_source_do_not_teach_that_silence_is_usual() -> None:
    arrivals = office(5)  # nothing in the last three weeks
    died = arrivals[-1]
    found, hours = rhythm_of(arrivals)
    assert gap(found, died, MONDAY, hours).months > 1_000


def test_the_first_visit_brings_the_whole_feed_and_that_is_no_record() -> None:
    arrivals = sorted(office(8) + [MONDAY - 8 * 7 * DAY + 8 * HOUR_MS] * 500)
    found, _ = rhythm_of(arrivals)
    assert found.busiest_hour <= 2 and found.busiest_day <= 12


def test_a_source_whose_own_gaps_are_long_is_believed() -> None:
    steady = office(8)
    moody = [at for at in steady if (at - MONDAY) // (2 * DAY) % 2]  # two days on, two days off
    assert silence(MONDAY, MONDAY + 40 * HOUR_MS, moody).months * 5 < silence(MONDAY, MONDAY + 40 * HOUR_MS).months


def test_hours_in_which_nobody_at_all_was_seen_are_ours_and_prove_nothing() -> None:
    arrivals = {f"s{n}": office(9, seed=n) for n in range(12)}
    begin, end = MONDAY + 9 * HOUR_MS, MONDAY + 16 * HOUR_MS  # the machine was off on Monday
    arrivals = {name: [at for at in found if not begin <= at < end] for name, found in arrivals.items()}
    hours = Hours(MONDAY - LEARNT_MS, MONDAY + 3 * DAY, TZ)
    found, _ = rhythm_of(office(8))
    before = gap(found, begin, end, hours).months
    hours.dark = dark_hours(arrivals, hours)
    assert {hours.index(begin) + n for n in range(7)} <= hours.dark
    assert gap(found, begin, end, hours).months * 20 < before
    assert hours.index(MONDAY + DAY + 10 * HOUR_MS) not in hours.dark


def test_skipped_hours_prove_nothing_either() -> None:
    found, hours = rhythm_of(office(8))
    monday = range(hours.index(MONDAY), hours.index(MONDAY) + 24)
    whole = gap(found, MONDAY, MONDAY + DAY, hours, frozenset(monday))
    assert whole.expected == 0 and whole.months < 0.1
    assert expected_items(found, MONDAY, MONDAY + DAY, hours, frozenset(monday)) == 0


def test_expected_items_follow_the_week() -> None:
    found, hours = rhythm_of(office(8))
    assert expected_items(found, MONDAY, MONDAY + DAY, hours) == pytest.approx(0.8 * 9, rel=0.15)
    assert expected_items(found, MONDAY + 5 * DAY, MONDAY + 7 * DAY, hours) < 1.6  # drawn towards the whole, a little
    half = expected_items(found, MONDAY + 9 * HOUR_MS, MONDAY + 9 * HOUR_MS + HOUR_MS // 2, hours)
    assert half == pytest.approx(0.4, rel=0.3)


@pytest.mark.parametrize(
    ("count", "mean", "shape"), [(0, 3.0, 2.0), (4, 3.0, 2.0), (30, 10.0, 40.0), (500, 400.0, 12.0)]
)
def test_the_lower_tail_is_that_of_a_gamma_mixed_poisson(count: int, mean: float, shape: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert at_most(count, mean, shape) == pytest.approx(
        stats.nbinom.cdf(count, shape, shape / (shape + mean)), rel=1e-9
    )


def test_the_lower_tail_at_the_edges() -> None:
    assert at_most(0, 0.0, 5.0) == 1.0
    assert 0 < at_most(3, 5_000.0, 40.0) < 1e-60
    assert at_most(100_000, 50.0, 1.0) == pytest.approx(1.0)


def test_the_longest_gap() -> None:
    assert longest_gap([1, 5, 6]) == 4 and longest_gap([7]) == 0 and longest_gap([]) == 0


def test_false_alarms_are_as_rare_as_is_said() -> None:
    """A live source is not "once in twelve months" silent more often than about once in twelve months."""
    alarms, months = 0, 0.0
    for seed in range(6):
        arrivals = office(30, seed=seed, rate=0.35, from_=MONDAY - 30 * 7 * DAY)
        for week in range(8, 30):
            now = MONDAY - (30 - week) * 7 * DAY
            hours = Hours(now - LEARNT_MS, now + 7 * DAY, TZ)
            known = [at for at in arrivals if now - LEARNT_MS < at <= now]
            found = learn(known, hours)
            assert found is not None
            following = [at for at in arrivals if now < at <= now + 7 * DAY]
            alarms += sum(
                gap(found, one, other, hours).months >= 12 for one, other in pairwise([known[-1], *following])
            )
            months += 7 / 30
    assert alarms <= 2 * months / 12, f"{alarms} in {months:.0f} months"

"""What all workers together promise a host: one turn after the other, on one machine or on many."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.budget import WAIT_BUDGET_MS, Budget, Visit
from store.sqlite import SqliteStore, open_store
from tests.unit.crawler.conftest import NOON

BAO, DAI = "bao.example", "dai.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = open_store(tmp_path / "rows.sqlite")
    yield opened
    opened.close()


def turns(store: SqliteStore, budget: Budget, *hosts: str, now: int = NOON) -> list[tuple[int, bool]]:
    with store.transaction() as tx:
        return budget.turns(tx, hosts, now)


def test_requests_to_one_host_follow_one_another_and_another_host_does_not_wait(store: SqliteStore) -> None:
    told = turns(store, Budget(5000), BAO, BAO, DAI, BAO)
    assert told == [(NOON, True), (NOON + 5000, True), (NOON, True), (NOON + 10_000, True)]


def test_two_workers_share_the_turns_of_a_host(store: SqliteStore) -> None:
    one, other = Budget(5000), Budget(5000)
    first = turns(store, one, BAO, BAO)
    second = turns(store, other, BAO, BAO, now=NOON + 1000)
    starts = sorted(start for start, _ in first + second)
    assert starts == [NOON, NOON + 5000, NOON + 10_000, NOON + 15_000]


def test_a_long_queue_is_put_back_with_times_that_follow_one_another(store: SqliteStore) -> None:
    budget = Budget(5000)
    told = turns(store, budget, *[BAO] * 40)
    here = [start for start, stays in told if stays]
    back = [start for start, stays in told if not stays]
    assert max(here) - NOON <= WAIT_BUDGET_MS < min(back) - NOON
    assert [b - a for a, b in itertools.pairwise(back)] == [5000] * (len(back) - 1)
    more = turns(store, budget, *[BAO] * 3)
    assert [start for start, _ in more] == [back[-1] + 5000 * i for i in (1, 2, 3)], "the next in line come after"


def test_a_pause_holds_for_every_worker_and_over_a_restart(store: SqliteStore) -> None:
    with store.transaction() as tx:
        Budget(0).spent(tx, [Visit(BAO, NOON, wait_ms=3_600_000, why="HTTP 429: the host asks us to wait")])
    assert turns(store, Budget(0), BAO, DAI) == [(NOON + 3_600_000, False), (NOON, True)]
    (row,) = [host for host in store.hosts() if host.name == BAO]
    assert "429" in row.why


def test_a_shorter_pause_never_shortens_a_longer_one(store: SqliteStore) -> None:
    with store.transaction() as tx:
        Budget(0).spent(tx, [Visit(BAO, NOON, wait_ms=600_000), Visit(BAO, NOON, wait_ms=1000)])
    assert turns(store, Budget(0), BAO)[0][0] == NOON + 600_000


def test_a_crawl_delay_once_read_lengthens_the_gap_and_may_shrink_again(store: SqliteStore) -> None:
    budget = Budget(5000)
    with store.transaction() as tx:
        budget.spent(tx, [Visit(BAO, NOON, gap_ms=30_000)])
    assert [start - NOON for start, _ in turns(store, budget, BAO, BAO)] == [30_000, 60_000]
    with store.transaction() as tx:
        budget.spent(tx, [Visit(BAO, NOON + 90_000, gap_ms=0)])
    told = turns(store, budget, BAO, BAO, now=NOON + 200_000)
    assert told[1][0] - told[0][0] == 5000


def test_without_any_delay_no_row_is_written(store: SqliteStore) -> None:
    assert turns(store, Budget(0), BAO, BAO) == [(NOON, True), (NOON, True)]
    with store.transaction() as tx:
        Budget(0).spent(tx, [Visit(BAO, NOON)])
    assert store.hosts() == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30_000), st.integers(1, 8)), min_size=1, max_size=25))
def test_whatever_is_claimed_when_no_two_turns_are_closer_than_the_gap(
    tmp_path_factory: pytest.TempPathFactory, claims: list[tuple[int, int]]
) -> None:
    store = open_store(tmp_path_factory.mktemp("turns") / "rows.sqlite")
    try:
        workers, now, starts = [Budget(5000), Budget(5000)], NOON, []
        for number, (later, count) in enumerate(claims):
            now += later
            told = turns(store, workers[number % 2], *[BAO] * count, now=now)
            starts += [start for start, stays in told if stays]
            assert all(start >= now for start, _ in told)
        starts.sort()
        assert all(b - a >= 5000 for a, b in itertools.pairwise(starts))
    finally:
        store.close()

"""When a channel is asked next, on a fake clock and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.sources import Channel
from crawler.due import DAY_MS, NEVER, after_fetch, interval_ms, sync_channels
from store.model import ChannelState, FetchKind, FetchOutcome
from store.sqlite import SqliteStore, open_store
from tests.unit.crawler.conftest import NOON, source

ROW = ChannelState("bencang", "https://bencang.example/rss/giao-duc.rss", FetchKind.FEED, next_due_at=NOON)
MINUTE = 60_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = open_store(tmp_path / "rows.sqlite")
    yield opened
    opened.close()


def test_success_keeps_the_rhythm_and_forgets_failures() -> None:
    failed = after_fetch(ROW, 10, FetchOutcome.TIMEOUT, NOON)
    again = after_fetch(failed, 10, FetchOutcome.NOT_MODIFIED, NOON)
    assert again.failure_weight == 0
    assert again.next_due_at == NOON + 10 * MINUTE
    assert again.last_ok_at == NOON


def test_four_time_outs_weigh_as_much_as_one_refusal() -> None:
    slow = ROW
    for _ in range(4):
        slow = after_fetch(slow, 10, FetchOutcome.TIMEOUT, NOON)
    hard = after_fetch(ROW, 10, FetchOutcome.GONE, NOON)
    assert slow.next_due_at == hard.next_due_at == NOON + 20 * MINUTE


@given(st.integers(1, 1440), st.lists(st.sampled_from(list(FetchOutcome)), max_size=60))
def test_whatever_happens_a_channel_is_asked_again_within_a_day(every: int, outcomes: list[FetchOutcome]) -> None:
    row = ROW
    for outcome in outcomes:
        row = after_fetch(row, every, outcome, NOON)
        assert NOON + every * MINUTE <= row.next_due_at <= NOON + DAY_MS
        assert row.lease_until == 0


def test_retry_after_is_honoured_when_it_is_longer_than_the_rhythm() -> None:
    assert after_fetch(ROW, 10, FetchOutcome.TOO_MANY, NOON, 3_600_000).next_due_at == NOON + 3_600_000
    assert after_fetch(ROW, 10, FetchOutcome.TOO_MANY, NOON, 1000).next_due_at > NOON + 10 * MINUTE


def test_the_interval_never_shrinks_as_failures_grow() -> None:
    spans = [interval_ms(15, weight / 4) for weight in range(80)]
    assert spans == sorted(spans)
    assert spans[-1] == DAY_MS


def test_new_channels_are_due_at_once_and_known_ones_keep_their_state(store: SqliteStore) -> None:
    sync_channels(store, {"bencang": source()}, NOON)
    (row,) = store.channels()
    assert row.next_due_at == NOON
    with store.transaction() as tx:
        tx.upsert_channels([after_fetch(row, 10, FetchOutcome.FETCHED, NOON)])
    sync_channels(store, {"bencang": source()}, NOON + MINUTE)
    assert store.channels()[0].next_due_at == NOON + 10 * MINUTE


def test_a_source_switched_off_is_never_due_and_comes_back_at_once(store: SqliteStore) -> None:
    sync_channels(store, {"bencang": source()}, NOON)
    sync_channels(store, {"bencang": source(enabled=False)}, NOON)
    assert store.channels()[0].next_due_at == NEVER
    assert store.claim_channels(NOON + 365 * DAY_MS, 10, 1) == []
    sync_channels(store, {"bencang": source()}, NOON + MINUTE)
    assert store.channels()[0].next_due_at == NOON + MINUTE


def test_a_shorter_rhythm_takes_effect_but_never_cuts_a_penalty_short(store: SqliteStore) -> None:
    slow = source(channels=(Channel(url=ROW.url, every_minutes=600),))
    for outcome, expected in ((FetchOutcome.FETCHED, NOON + 10 * MINUTE), (FetchOutcome.GONE, NOON + 1200 * MINUTE)):
        with store.transaction() as tx:
            tx.upsert_channels([after_fetch(ROW, 600, outcome, NOON)])
        sync_channels(store, {"bencang": slow}, NOON)
        sync_channels(store, {"bencang": source()}, NOON)
        assert store.channels()[0].next_due_at == expected


def test_a_source_that_is_renamed_keeps_being_asked(store: SqliteStore) -> None:
    sync_channels(store, {"old": source(id="old")}, NOON)
    sync_channels(store, {"new": source(id="new")}, NOON + MINUTE)
    (row,) = store.channels()
    assert (row.source_id, row.next_due_at < NEVER) == ("new", True)
    assert [c.source_id for c in store.claim_channels(NOON + MINUTE, 5, MINUTE)] == ["new"]

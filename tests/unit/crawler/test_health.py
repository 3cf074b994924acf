"""A source that died is named, with its owner, and never quietly."""

from __future__ import annotations

from dataclasses import replace

from crawler.health import HOUR_MS, Silence, silent_sources, unverified
from store.model import ChannelState, FetchKind
from tests.unit.crawler.conftest import NOON, source

ASKED = ChannelState(
    "bencang", "https://bencang.example/rss/giao-duc.rss", FetchKind.FEED, NOON,
    last_fetch_at=NOON - HOUR_MS, last_ok_at=NOON - HOUR_MS, last_outcome="fetched",
)  # fmt: skip
WATCHED = {"bencang": source(expect_every_hours=12)}


def why(newest: int | None, row: ChannelState = ASKED) -> Silence | None:
    found = silent_sources({} if newest is None else {"bencang": newest}, [row], WATCHED, NOON)
    return found[0].why if found else None


def test_a_source_within_its_rhythm_is_not_named() -> None:
    assert why(NOON - 11 * HOUR_MS) is None


def test_nothing_new_for_longer_than_expected() -> None:
    assert why(NOON - 13 * HOUR_MS) is Silence.NOTHING_NEW


def test_answers_that_stopped() -> None:
    assert why(NOON - HOUR_MS, replace(ASKED, last_ok_at=NOON - 13 * HOUR_MS, last_outcome="gone")) is Silence.FAILING


def test_asked_and_never_answered() -> None:
    assert why(None, replace(ASKED, last_ok_at=None, last_outcome="unreachable")) is Silence.NEVER_ANSWERED


def test_a_source_that_is_off_is_not_watched_and_staff_input_is_never_silent() -> None:
    sources = {"a": source(id="a", enabled=False), "b": source(id="b", kind="manual_entry", channels=())}
    found = silent_sources({}, [], sources, NOON)
    assert [(s.source_id, s.why, s.owner) for s in found] == [("a", Silence.NOT_WATCHED, "Văn phòng Sở")]


def test_watched_sources_that_nobody_has_seen_working() -> None:
    assert [s.id for s in unverified({"a": source(id="a"), "b": source(id="b", verified=True)})] == ["a"]

"""A source that died is named, with its owner, and never quietly; a live one is not accused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.settings import Settings
from config.sources import Channel, Source
from crawler.health import HOUR_MS, Facts, Look, Silence, keys_missing, look, silent_sources, unverified
from store.model import ChannelState, FetchKind
from tests.unit.crawler.conftest import NOON, source
from tests.unit.crawler.test_rhythm import DAY, MONDAY, TZ, office

URL = "https://bencang.example/rss/giao-duc.rss"
ASKED = ChannelState(
    "bencang", URL, FetchKind.FEED, NOON,
    last_fetch_at=NOON - HOUR_MS, last_ok_at=NOON - HOUR_MS, last_outcome="fetched",
)  # fmt: skip
WATCHED = {"bencang": source(expect_every_hours=12)}


def seen(newest: int | None, row: ChannelState = ASKED, **facts: object) -> Look:
    known = {} if newest is None else {"bencang": newest}
    return look(WATCHED, Facts([row], known, **facts), NOON, TZ)  # type: ignore[arg-type]


def why(newest: int | None, row: ChannelState = ASKED, **facts: object) -> Silence | None:
    found = silent_sources(seen(newest, row, **facts))
    return found[0].why if found else None


def test_a_source_within_what_is_expected_is_not_named() -> None:
    assert why(NOON - 11 * HOUR_MS) is None


def test_without_a_rhythm_the_hours_of_its_file_count() -> None:
    assert why(NOON - 14 * HOUR_MS) is Silence.NOTHING_NEW


def test_where_it_was_silent_for_longer_before_it_is_given_that_time_again() -> None:
    newest = NOON - 20 * HOUR_MS
    assert why(newest, arrivals={"bencang": [newest - 40 * HOUR_MS, newest]}) is None


def test_hours_in_which_nobody_asked_prove_nothing() -> None:
    asleep = replace(ASKED, last_fetch_at=NOON - 20 * HOUR_MS, last_ok_at=NOON - 20 * HOUR_MS)
    assert why(NOON - 21 * HOUR_MS, asleep) is None


def test_a_look_at_the_past_does_not_count_later_visits_into_the_silence() -> None:
    later = replace(ASKED, last_fetch_at=NOON + 30 * HOUR_MS, last_ok_at=NOON + 30 * HOUR_MS)
    assert why(NOON - 11 * HOUR_MS, later) is None


def test_its_own_rhythm_is_believed_before_its_file() -> None:
    """A portal that never publishes at weekends, with "12 hours" in its file, on a Sunday evening and on Tuesday."""
    arrivals = office(8)
    for at, said in ((MONDAY - 4 * HOUR_MS, None), (MONDAY + DAY + 20 * HOUR_MS, Silence.NOTHING_NEW)):
        row = replace(ASKED, last_fetch_at=at, last_ok_at=at)
        found = look(WATCHED, Facts([row], {"bencang": arrivals[-1]}, {"bencang": arrivals}), at, TZ)
        assert [one.why for one in silent_sources(found)] == ([said] if said else [])


def test_it_answers_and_has_never_brought_anything() -> None:
    assert why(None, asked_since={"bencang": NOON - 11 * HOUR_MS}) is None
    assert why(None, asked_since={"bencang": NOON - 20 * HOUR_MS}) is Silence.NOTHING_NEW


def test_answers_that_stopped() -> None:
    gone = replace(ASKED, last_ok_at=NOON - 13 * HOUR_MS, last_outcome="gone", failure_weight=3)
    assert why(NOON - HOUR_MS, gone) is Silence.FAILING


def test_one_failure_after_a_long_sleep_is_no_failing_source() -> None:
    once = replace(ASKED, last_ok_at=NOON - 13 * HOUR_MS, last_outcome="timeout", failure_weight=0.25)
    assert why(NOON - 14 * HOUR_MS, once) is None


def test_asked_and_never_answered() -> None:
    assert why(None, replace(ASKED, last_ok_at=None, last_outcome="unreachable")) is Silence.NEVER_ANSWERED


def test_switched_on_and_never_asked_is_not_watched() -> None:
    assert why(None, replace(ASKED, last_ok_at=None, last_fetch_at=None)) is Silence.NOT_WATCHED


def test_a_row_of_an_address_that_is_no_longer_configured_vouches_for_nothing() -> None:
    moved = replace(ASKED, url="https://bencang.example/cu.rss")
    assert why(NOON - HOUR_MS, moved) is Silence.NOT_WATCHED


def test_a_source_that_is_off_is_not_watched_and_staff_input_is_never_silent() -> None:
    sources = {"a": source(id="a", enabled=False), "b": source(id="b", kind="manual_entry", channels=())}
    found = silent_sources(look(sources, Facts([], {}), NOON, TZ))
    assert [(s.source_id, s.why, s.owner) for s in found] == [("a", Silence.NOT_WATCHED, "Văn phòng Sở")]


def test_a_source_whose_interface_lacks_its_key_is_not_watched_and_says_why(tmp_path: Path) -> None:
    tube = Channel(kind="youtube", url="https://www.youtube.com/channel/UC" + "a" * 22)
    sources: dict[str, Source] = {
        "kenh": source(id="kenh", kind="youtube", channels=(tube,)),
        "both": source(id="both", channels=(tube, Channel(url=URL))),
    }
    missing = keys_missing(sources, Settings(home=tmp_path))
    assert set(missing) == {"kenh"} and missing["kenh"]
    found = silent_sources(look({"kenh": sources["kenh"]}, Facts([], {}, missing=missing), NOON, TZ))
    assert [(s.why, s.detail) for s in found] == [(Silence.NOT_WATCHED, missing["kenh"])]


def test_watched_sources_that_nobody_has_seen_working() -> None:
    assert [s.id for s in unverified({"a": source(id="a"), "b": source(id="b", verified=True)})] == ["a"]

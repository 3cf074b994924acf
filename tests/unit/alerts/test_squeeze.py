"""What is told together, what waits and until when, and that nothing is ever dropped."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.squeeze import (
    HOUR,
    MINUTE,
    MOST_IN_ONE,
    TICK,
    Rules,
    Telling,
    apart_until,
    bundled,
    distinct,
    held_back,
    quiet_until,
    squeeze,
    squeeze_or_send_all,
    throttled_until,
)
from store.model_notice import Notice

ZONE = "Asia/Ho_Chi_Minh"
RULES = Rules()
TO = ("email", "truc@so.example")


def at(clock: str, day: int = 20) -> int:
    hour, minute = map(int, clock.split(":"))
    return int(dt.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


NOON = at("12:00")


def notice(key: str = "1", *, urgent: bool = False, due: int = NOON, kind: str = "alarm", **more: object) -> Notice:
    values: dict[str, object] = {"subject": f"Việc {key}", "lines": ("Một dòng.",), "deadline_at": None}
    values |= more
    return Notice(f"ntc_{key}", kind, "", "role:truc", urgent, created_at=due, due_at=due, **values)  # type: ignore[arg-type]


def telling(key: str = "1", to: str = TO[1], quiet: tuple[str, str] | None = None, **more: object) -> Telling:
    return Telling(notice(key, **more), "role:truc", "email", to, quiet)  # type: ignore[arg-type]


def ids(bundles) -> list[list[str]]:
    return [[t.notice.id.removeprefix("ntc_") for t in b.tellings] for b in bundles]


@pytest.mark.parametrize(
    ("clock", "quiet", "until"),
    [
        ("21:59", ("22:00", "06:00"), "21:59 20"),
        ("22:00", ("22:00", "06:00"), "06:00 21"),
        ("23:30", ("22:00", "06:00"), "06:00 21"),
        ("00:00", ("22:00", "06:00"), "06:00 20"),
        ("05:59", ("22:00", "06:00"), "06:00 20"),
        ("06:00", ("22:00", "06:00"), "06:00 20"),
        ("12:00", ("11:30", "13:30"), "13:30 20"),
        ("13:30", ("11:30", "13:30"), "13:30 20"),
        ("23:00", None, "23:00 20"),
    ],
)
def test_quiet_hours_end_when_they_say_also_past_midnight(clock, quiet, until):
    expected = at(until.split()[0], int(until.split()[1]))
    assert quiet_until(at(clock), quiet, ZONE) == expected


@pytest.mark.parametrize(
    ("past", "until"),
    [
        ([], 0),
        ([-10 * MINUTE], 0),
        ([-5 * MINUTE], 0),
        ([-4 * MINUTE], 1 * MINUTE),
        ([-4 * MINUTE, -1 * MINUTE], 4 * MINUTE),
        ([0], 5 * MINUTE),
        ([+3 * HOUR], 0),  # written by a clock that was ahead
        ([+3 * HOUR, -2 * MINUTE], 3 * MINUTE),
    ],
)
def test_two_messages_to_one_address_keep_their_distance(past, until):
    assert apart_until(NOON, [NOON + p for p in past], RULES.apart) == NOON + until


@pytest.mark.parametrize(
    ("past", "until"),
    [
        ([], 0),
        ([-50, -40], 0),
        ([-50, -40, -30], 10),
        ([-55, -50, -40, -30], 10),
        ([-61, -50, -40], 0),
        ([-60, -50, -40], 0),
        ([-50, -40, +30], 0),
    ],
)
def test_an_hour_holds_so_many_messages_and_no_more(past, until):
    assert throttled_until(NOON, [NOON + p * MINUTE for p in past], 3) == NOON + until * MINUTE


def test_the_longest_reason_counts_and_is_named():
    night = at("23:00")
    held = held_back(telling(quiet=("22:00", "06:00")), [night - MINUTE], night, RULES)
    assert held is not None
    assert (held.until, held.why) == (at("06:00", 21), "quiet")
    held = held_back(telling(), [NOON - MINUTE], NOON, RULES)
    assert held is not None
    assert (held.until, held.why) == (NOON + 4 * MINUTE, "apart")


@pytest.mark.parametrize("exempt", [{"urgent": True}, {"kind": "route_test"}])
def test_what_is_urgent_and_tests_of_a_route_wait_for_nothing(exempt):
    night = at("23:00")
    busy = [night - n * MINUTE for n in range(50)]
    assert held_back(telling(quiet=("22:00", "06:00"), **exempt), busy, night, RULES) is None


@pytest.mark.parametrize(
    ("deadline", "until"),
    [(None, 4 * MINUTE), (30 * MINUTE, 4 * MINUTE), (3 * MINUTE, 2 * MINUTE), (TICK, None), (-HOUR, None)],
)
def test_nothing_waits_past_its_own_deadline(deadline, until):
    one = telling(deadline_at=None if deadline is None else NOON + deadline)
    held = held_back(one, [NOON - MINUTE], NOON, RULES)
    assert (held and held.until) == (None if until is None else NOON + until)


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ([], []),
        ([telling("1"), telling("2")], [["1", "2"]]),
        ([telling("2", due=NOON + 1), telling("1")], [["1", "2"]]),
        ([telling("1"), telling("2", deadline_at=NOON + HOUR)], [["2", "1"]]),  # the most pressing carries
        ([telling("1"), telling("2", "b@so.example")], [["1"], ["2"]]),
        ([telling("1"), telling("2", urgent=True), telling("3", urgent=True)], [["1"], ["2", "3"]]),
        ([telling("1"), telling("1")], [["1"]]),  # through two contacts with one address
        ([telling("1"), telling("2", kind="route_test"), telling("3", kind="route_test")], [["1"], ["2"], ["3"]]),
    ],
)
def test_several_matters_for_one_address_are_one_message(tellings, expected):
    assert ids(bundled(tellings)) == expected


def test_a_flood_is_cut_into_messages_that_can_be_read():
    bundles = bundled([telling(f"{n:03}") for n in range(MOST_IN_ONE * 2 + 1)])
    assert [len(b.tellings) for b in bundles] == [MOST_IN_ONE, MOST_IN_ONE, 1]


def test_the_same_words_about_the_same_matter_are_listed_once():
    twins = [notice("1", subject="Sắp đến hạn"), notice("2", subject="Sắp đến hạn"), notice("3", subject="Khác")]
    assert [n.id for n in distinct(twins)] == ["ntc_1", "ntc_3"]


tellings_ = st.lists(
    st.builds(
        lambda key, to, urgent, quiet, deadline: telling(
            str(key), f"{to}@so.example", quiet, urgent=urgent, deadline_at=deadline and NOON + deadline * MINUTE
        ),
        st.integers(0, 30),
        st.sampled_from("abc"),
        st.booleans(),
        st.sampled_from([None, ("22:00", "06:00"), ("11:30", "13:30")]),
        st.none() | st.integers(-60, 60),
    ),
    max_size=60,
)
pasts = st.dictionaries(
    st.sampled_from([("email", f"{c}@so.example") for c in "abc"]),
    st.lists(st.integers(-90, 90).map(lambda m: NOON + m * MINUTE), max_size=20),
)


@given(tellings_, pasts)
def test_every_telling_goes_or_waits_never_both_never_neither(tellings, past):
    done = squeeze(tellings, past, NOON, RULES)
    going = {(t.notice.id, t.recipient) for b in done.go for t in b.tellings}
    assert Counter(len(b.tellings) > 0 for b in done.go)[False] == 0
    given_ = {(t.notice.id, t.recipient) for t in tellings}
    assert going | {(h.telling.notice.id, h.telling.recipient) for h in done.wait} == given_
    assert sum(len(b.tellings) for b in done.go) == len(going), "told once each"
    for held in done.wait:
        assert not held.telling.notice.urgent
        assert held.until > NOON
        deadline = held.telling.notice.deadline_at
        assert deadline is None or held.until <= deadline - TICK


def test_where_squeezing_breaks_everything_is_sent_as_it_is(caplog):
    broken = [telling("1", quiet=("no", "time")), telling("2")]  # type: ignore[arg-type]
    done = squeeze_or_send_all(broken, {}, NOON, RULES)
    assert ids(done.go) == [["1"], ["2"]]
    assert done.wait == ()
    assert "all are sent as they are" in caplog.text

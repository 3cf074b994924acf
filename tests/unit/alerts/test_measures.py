"""Lags and punctuality by tables: pauses out, receipts counted from, denominators listed, few cases only counted."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.measures import FEW, before_receipt, hop, measure, on_time, own_time
from alerts.measures_case import CaseTimes, ClockTime, Stay, case_times, first_delivered, stays_of
from alerts.measures_time import lag, pauses
from alerts.workclock import WorkClock
from config.calendar import load_calendar
from store.model import Delivery, DeliveryState
from store.model_case import (
    Case,
    CaseClock,
    CaseEvent,
    CaseKind,
    CaseNow,
    CaseRows,
    CaseState,
    EventKind,
    Severity,
    TimelineEntry,
)

CLOCK = WorkClock(load_calendar()[0])
HOUR, DAY = 3_600_000, 86_400_000
HEAD, ROOM, COMMUNE = "office:sgddt_vp", "office:sgddt_phong", "commune:11413"
OFFICES = {HEAD: True, ROOM: True, COMMUNE: False}


def ms(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


MONDAY = ms("2026-11-23 08:00")
NOW = MONDAY + 30 * DAY


def case(id_: str = "a", office: str = ROOM, **more: object) -> CaseTimes:
    given = {
        "case_id": id_, "label": f"2026/{id_}", "kind": "story", "office": office, "theme": "lamthu",
        "month": "2026-11", "opened": MONDAY, "published": None, "found": None, "flagged": None, "delivered": None,
        "received": None, "answered": None, "closed": None,
    }  # fmt: skip
    return CaseTimes(**{**given, **more})  # type: ignore[arg-type]


def clock(hours: float = 24, stopped: float | None = None, *, name: str = "first_answer", working: bool = False,
          runs: bool | None = None) -> ClockTime:  # fmt: skip
    end = None if stopped is None else MONDAY + int(stopped * HOUR)
    return ClockTime(name, MONDAY, MONDAY + int(hours * HOUR), end, end is None if runs is None else runs, working)


# ── lengths of time ─────────────────────────────────────────────────────────────────────────────────


def test_a_lag_is_told_by_the_wall_and_by_the_hours_of_work() -> None:
    over_the_weekend = lag(ms("2026-11-27 16:00"), ms("2026-11-30 09:00"), (), CLOCK)
    assert over_the_weekend.wall == 65 * HOUR
    assert over_the_weekend.working < 4 * HOUR


def test_a_pause_counts_for_nothing_in_either_and_is_shown() -> None:
    whole = lag(MONDAY, MONDAY + 2 * DAY, (), CLOCK)
    cut = lag(MONDAY, MONDAY + 2 * DAY, [(MONDAY + 3 * HOUR, MONDAY + 27 * HOUR)], CLOCK)
    assert (cut.wall, cut.paused) == (24 * HOUR, 24 * HOUR)
    assert cut.working == whole.working - CLOCK.between(MONDAY + 3 * HOUR, MONDAY + 27 * HOUR)


@given(st.integers(0, 10 * DAY), st.integers(0, 10 * DAY), st.integers(0, 12 * DAY), st.integers(0, 3 * DAY))
def test_a_lag_is_never_negative_and_a_pause_outside_of_it_changes_nothing(a: int, n: int, p: int, q: int) -> None:
    begins, ends = MONDAY + a, MONDAY + a + n
    found = lag(begins, ends, [(MONDAY + p, MONDAY + p + q)], CLOCK)
    assert found.wall >= 0 and found.working >= 0 and found.wall + found.paused == n
    assert lag(begins, ends, [(ends, ends + q)], CLOCK) == lag(begins, ends, (), CLOCK)


def entry(n: int, kind: EventKind, at: int, body: dict | None = None) -> TimelineEntry:
    return TimelineEntry(CaseEvent(n, f"cev_{n}", "cas_a", kind, at, "", "", ""), body)


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([], ()),
        ([(EventKind.PAUSED, 10, {"until": 50}), (EventKind.RESUMED, 30, {})], ((10, 30),)),
        ([(EventKind.PAUSED, 10, {"until": 50}), (EventKind.RESUMED, 70, {})], ((10, 50),)),  # a late tick
        ([(EventKind.PAUSED, 10, {"until": 50})], ((10, 50),)),
        ([(EventKind.PAUSED, 10, {"until": 5_000})], ((10, 1_000),)),  # it lasts
        ([(EventKind.PAUSED, 10, {"until": 50}), (EventKind.CLOSED, 20, {})], ((10, 20),)),
        ([(EventKind.RESUMED, 10, {})], ()),
        (
            [(EventKind.PAUSED, 10, {"until": 50}), (EventKind.ERASED, 60, {"events": {"cev_0": {"until": 40}}})],
            ((10, 50),),
        ),
        (
            [(EventKind.PAUSED, 10, None), (EventKind.ERASED, 60, {"events": {"cev_0": {"until": 40}}})],
            ((10, 40),),  # its words are gone, its end is not
        ),
    ],
)
def test_pauses_are_read_from_the_timeline(events: list, found: tuple) -> None:
    assert pauses([entry(n, *one) for n, one in enumerate(events)], 1_000) == found


# ── steps ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_lists_lags_and_everybody_that_it_leaves_out() -> None:
    cases = [
        case("a", found=MONDAY, flagged=MONDAY + HOUR),
        case("b", found=MONDAY, flagged=None),
        case("c", found=None, flagged=MONDAY),
        case("d", found=MONDAY + HOUR, flagged=MONDAY),
    ]
    one = hop("found", "flagged", cases, CLOCK)
    assert [(i, x.wall) for i, x in one.lags] == [("a", HOUR)]
    assert (one.waiting, one.unknown, one.disordered) == (("b",), ("c",), ("d",))


def test_a_few_cases_are_counted_and_thirty_have_a_middle() -> None:
    cases = [case(f"{n}", found=MONDAY, flagged=MONDAY + n * HOUR) for n in range(FEW)]
    few, enough = (hop("found", "flagged", part, CLOCK) for part in (cases[:-1], cases))
    assert few.median is None and enough.median is not None
    assert few.ends_of_range is not None and (few.ends_of_range[0].wall, few.ends_of_range[1].wall) == (0, 28 * HOUR)
    kept = [case(f"{n}", answered=MONDAY, clocks=(clock(24, n),)) for n in range(FEW)]
    assert on_time("first_answer", kept[:-1], NOW).percent is None
    told = on_time("first_answer", kept, NOW)
    assert (told.of, len(told.kept), told.percent) == (30, 25, 83.3)


@pytest.mark.parametrize(
    ("given", "answered", "pile"),
    [
        (clock(24, 24), True, "kept"),
        (clock(24, 25), True, "late"),
        (clock(24), False, "late"),  # overdue and open
        (clock(24 * 90), False, "open"),
        (clock(24, runs=False), False, "open"),  # paused
        (clock(24, 2), False, "ended"),  # closed without an answer
    ],
)
def test_every_case_stands_in_one_pile(given: ClockTime, answered: bool, pile: str) -> None:
    one = on_time("first_answer", [case(clocks=(given,), answered=MONDAY if answered else None)], NOW)
    assert getattr(one, pile) == ("a",)
    assert one.of == (pile in ("kept", "late"))


def test_a_case_that_took_a_clock_over_counts_once_by_the_worse_of_the_two() -> None:
    one = on_time("first_answer", [case(clocks=(clock(24, 2), clock(24, 30)), answered=MONDAY)], NOW)
    assert (one.kept, one.late, one.of) == ((), ("a",), 1)


# ── whose time it was ───────────────────────────────────────────────────────────────────────────────


def with_room(received: float | None, stopped: float, *, working: bool = False) -> CaseTimes:
    """Flagged on Monday at eight, lay with Văn phòng, then with the division, whose receipt is logged."""
    got = None if received is None else MONDAY + int(received * HOUR)
    stays = (Stay(HEAD, MONDAY, None, MONDAY + HOUR), Stay(ROOM, MONDAY + HOUR, got))
    end = MONDAY + int(stopped * HOUR)
    return case(flagged=MONDAY, stays=stays, answered=end, clocks=(clock(24, stopped, working=working),))


@pytest.mark.parametrize(
    ("received", "stopped", "whole", "own"),
    [
        (1, 20, "kept", "kept"),
        (20, 30, "late", "kept"),  # it lay twenty hours elsewhere
        (20, 44, "late", "kept"),
        (20, 44.1, "late", "late"),
        (None, 20, "kept", "unreceived"),
    ],
)
def test_an_office_is_punctual_from_its_logged_receipt(
    received: float | None, stopped: float, whole: str, own: str
) -> None:
    one = with_room(received, stopped)
    assert getattr(on_time("first_answer", [one], NOW), whole) == ("a",)
    assert getattr(own_time("first_answer", ROOM, [one], CLOCK, NOW), own) == ("a",)


def test_hours_of_work_are_given_back_as_hours_of_work() -> None:
    received = MONDAY + 9 * HOUR  # after closing time: the working day went by elsewhere
    lay = CLOCK.between(MONDAY, received)
    due = CLOCK.add(MONDAY + 8 * HOUR, 0)
    given = ClockTime("first_answer", MONDAY, due, CLOCK.add(due, lay), False, True)
    one = case(stays=(Stay(ROOM, MONDAY, received),), answered=given.stopped, clocks=(given,))
    assert own_time("first_answer", ROOM, [one], CLOCK, NOW).kept == ("a",)
    later = case(stays=one.stays, answered=given.stopped, clocks=(
        ClockTime("first_answer", MONDAY, due, CLOCK.add(due, lay) + 1, False, True),))  # fmt: skip
    assert own_time("first_answer", ROOM, [later], CLOCK, NOW).late == ("a",)


def test_what_lies_before_the_receipt_is_shown_beside_the_office_and_belongs_to_van_phong() -> None:
    one = with_room(20, 30)
    spent = before_receipt(one, ROOM, CLOCK)
    assert spent is not None and spent.wall == 20 * HOUR
    room = next(f for f in measure([one], CLOCK, NOW, OFFICES) if f.key == ROOM)
    assert [i for i, _ in room.before] == ["a"]
    at_head = case(office=HEAD, flagged=MONDAY, stays=(Stay(HEAD, MONDAY, MONDAY + 20 * HOUR),),
                   answered=MONDAY + 25 * HOUR, clocks=(clock(24, 25),))  # fmt: skip
    head = next(f for f in measure([at_head], CLOCK, NOW, OFFICES) if f.key == HEAD)
    assert head.before == () and head.own[0].late == ("a",), "Văn phòng counts from the beginning"


def test_a_body_that_is_not_commanded_is_followed_and_neither_measured_nor_ranked() -> None:
    one = case(office=COMMUNE, stays=(Stay(COMMUNE, MONDAY, MONDAY + HOUR),), clocks=(clock(24, 30),), answered=NOW)
    (followed,) = [f for f in measure([one], CLOCK, NOW, OFFICES) if f.key == COMMUNE]
    assert followed.followed and followed.on_time == followed.own == () and followed.cases == ("a",)


def test_offices_stand_in_the_order_of_the_contacts_however_they_did() -> None:
    slow, quick = case("s", HEAD, clocks=(clock(24, 99),)), case("q", ROOM, clocks=(clock(24, 1),), answered=MONDAY)
    for order in ([slow, quick], [quick, slow]):
        assert [f.key for f in measure(order, CLOCK, NOW, OFFICES) if f.scope == "office"] == [HEAD, ROOM]


def test_groups_add_up_and_what_was_merged_away_is_in_none() -> None:
    cases = [case("a"), case("b", HEAD, theme=""), case("c", month="2026-12"), case("m", merged=True)]
    figures = measure(cases, CLOCK, NOW, OFFICES)
    for scope in ("all", "office", "theme", "month"):
        assert sorted(i for f in figures if f.scope == scope for i in f.cases) == ["a", "b", "c"]
    assert measure([], CLOCK, NOW, OFFICES)[0].cases == ()


# ── from rows ───────────────────────────────────────────────────────────────────────────────────────


def sent(id_: str, state: DeliveryState, at: int | None, into: str = "") -> Delivery:
    return Delivery(id_, "ntc", "a@b.example", "email", state, 0, "m", sent_at=at, bundled_into=into)


@pytest.mark.parametrize(
    ("rows", "carrier", "found"),
    [
        ([], None, None),
        ([sent("a", DeliveryState.PENDING, None)], None, None),
        ([sent("a", DeliveryState.FAILED, None), sent("b", DeliveryState.SENT, 70)], None, 70),
        ([sent("a", DeliveryState.SENT, 90), sent("b", DeliveryState.SENT, 70)], None, 70),
        ([sent("a", DeliveryState.BUNDLED, None, "x")], sent("x", DeliveryState.SENT, 50), 50),
        ([sent("a", DeliveryState.BUNDLED, None, "x")], sent("x", DeliveryState.SENDING, None), None),
        ([sent("a", DeliveryState.BUNDLED, None, "y")], sent("x", DeliveryState.SENT, 50), None),
    ],
)
def test_delivered_is_when_the_other_side_first_accepted_it(rows: list, carrier: Delivery | None, found: int) -> None:
    assert first_delivered(rows, {"x": carrier} if carrier else {}) == found


def test_stays_follow_the_routes_and_the_receipts_that_were_logged() -> None:
    timeline = [
        entry(0, EventKind.OPENED, 10, {"office": HEAD}),
        entry(1, EventKind.ROUTED, 10, {"office": HEAD}),
        entry(2, EventKind.ROUTED, 30, {"office": ROOM}),
        entry(3, EventKind.RECEIVED, 50, {"moment": 40}),
        entry(4, EventKind.RECEIVED, 60, {}),
        entry(5, EventKind.ROUTED, 80, None),
        entry(6, EventKind.ERASED, 90, {"events": {"cev_5": {"office": HEAD}}}),
    ]
    assert stays_of(timeline) == (Stay(HEAD, 10, None, 30), Stay(ROOM, 30, 40, 80), Stay(HEAD, 80))


def test_an_answer_that_is_written_down_later_counts_from_when_it_was_given() -> None:
    now = CaseNow(
        "cas_a", CaseKind.STORY, CaseState.ANSWERED, "Bếp ăn", Severity.NORMAL, ROOM, "", "", "lamthu", "local", False,
        MONDAY, answered_at=MONDAY + 5 * HOUR,
    )  # fmt: skip
    row = CaseClock(
        "cas_a", "first_answer:cas_b", "x", ROOM, MONDAY, MONDAY + DAY, None, None, stopped_at=MONDAY + 9 * HOUR
    )
    rows = CaseRows(Case("cas_a", CaseKind.STORY, "story", "s", 2026, 7, MONDAY), now, (row,))
    one = case_times(rows, [entry(0, EventKind.OPENED, MONDAY, {"office": ROOM})], None, NOW, "Asia/Ho_Chi_Minh")
    assert one.clocks == (ClockTime("first_answer", MONDAY, MONDAY + DAY, MONDAY + 5 * HOUR, False, False),)
    assert (one.month, one.label, one.received) == ("2026-11", "2026/0007", None)

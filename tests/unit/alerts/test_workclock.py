"""The working clock: the laws that any clock keeps, in any zone, and a minute-by-minute count to hold it against."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.workclock import WorkClock, clock_now
from config.calendar import Calendar, load_calendar
from store.errors import InputError

HOUR, MINUTE = 3_600_000, 60_000
HANOI = "Asia/Ho_Chi_Minh"
# New York changes its clocks, Lord Howe by half an hour; Kathmandu is 45 minutes off; Apia skipped a day in 2011.
ZONES = (HANOI, "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe")
OWN = """hours:
  mua_he: {name: Giờ mùa hè, parts: [07:00-11:30, 14:00-17:00], since: 04-15, until: 10-15}
storms:
  bao_mot: {name: Bão số 1, begins: 2027-09-07 10:00, ends: 2027-09-08 15:00, reason: bão, decided_by: A,
            decided_on: 2027-09-07}
  bao_hai: {name: Bão số 2, begins: 2029-08-20 00:00, ends: 2029-08-23 12:15, reason: bão, decided_by: A,
            decided_on: 2029-08-19}
local:
  nghi: {name: Nghỉ, days: [2028-05-15], decided_by: A}
"""
NIGHT = """hours:
  chung: {name: Giờ đêm, parts: [00:30-02:30, 02:45-03:30, 23:00-23:59]}
weekend:
  hang_tuan: {name: Nghỉ, days: [mon]}
"""


def calendar_of(text: str, tmp: Path) -> Calendar:
    (tmp / "calendar.yml").write_text(text, encoding="utf-8")
    calendar, errors = load_calendar(tmp)
    assert not [e for e in errors if "swap" not in str(e)], [str(e) for e in errors]
    return calendar


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def clocks(home: Path) -> dict[str, WorkClock]:
    calendar = calendar_of(OWN, home)
    return {zone: WorkClock(calendar, zone) for zone in ZONES}


def ms(text: str, zone: str = HANOI) -> int:
    return round(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def wall(at: int, zone: str = HANOI) -> str:
    return f"{dt.datetime.fromtimestamp(at / 1000, ZoneInfo(zone)):%Y-%m-%d %H:%M}"


FIRST, LAST = ms("2024-01-01"), ms("2034-01-01")
moments = st.integers(FIRST, LAST)
amounts = st.one_of(st.integers(0, 3 * HOUR), st.integers(0, 2_500 * HOUR))
zones = st.sampled_from(ZONES)


@settings(max_examples=300, deadline=None)
@given(moments, moments, amounts, zones)
def test_later_starts_are_never_due_earlier(clocks, a, b, d, zone):  # type: ignore[no-untyped-def]
    clock = clocks[zone]
    a, b = sorted((a, b))
    assert clock.add(a, d) <= clock.add(b, d)
    assert clock.add(a, d) <= clock.add(a, d + 1)
    assert clock.between(FIRST, a) <= clock.between(FIRST, b)


@settings(max_examples=300, deadline=None)
@given(moments, amounts, amounts, zones)
def test_two_amounts_in_a_row_are_their_sum(clocks, t, a, b, zone):  # type: ignore[no-untyped-def]
    clock = clocks[zone]
    assert clock.add(clock.add(t, a), b) == clock.add(t, a + b)


@settings(max_examples=300, deadline=None)
@given(moments, amounts, zones)
def test_what_was_added_lies_between(clocks, t, d, zone):  # type: ignore[no-untyped-def]
    clock = clocks[zone]
    end = clock.add(t, d)
    assert clock.between(t, end) == d
    assert clock.between(end, t) == -d
    if d:
        assert clock.between(t, end - 1) == d - 1, "the earliest such instant"


@settings(max_examples=300, deadline=None)
@given(moments, moments, moments, zones)
def test_time_worked_adds_up(clocks, a, b, c, zone):  # type: ignore[no-untyped-def]
    clock = clocks[zone]
    assert clock.between(a, b) + clock.between(b, c) == clock.between(a, c)


@settings(max_examples=300, deadline=None)
@given(moments, zones)
def test_the_next_working_instant_is_one_and_nothing_is_worked_before_it(clocks, t, zone):  # type: ignore[no-untyped-def]
    clock = clocks[zone]
    opens = clock.next_working(t)
    assert clock.is_working(opens)
    assert clock.between(t, opens) == 0
    assert (opens == t) == clock.is_working(t)


@settings(max_examples=200, deadline=None)
@given(moments, st.integers(1, 300), st.integers(1, 300), zones)
def test_working_days_add_up_too(clocks, t, a, b, zone):  # type: ignore[no-untyped-def]
    clock = clocks[zone]
    end = clock.add_days(t, a)
    assert clock.add_days(end, b) == clock.add_days(t, a + b)
    assert clock.count_days(clock.day_of(t) + dt.timedelta(days=1), clock.day_of(end - 1)) == a
    assert clock.hours_on(clock.day_of(end - 1))[1] == end
    assert clock.add_days(t, a) <= clock.add_days(t + HOUR, a)


@settings(max_examples=200, deadline=None)
@given(moments, amounts)
def test_the_zone_decides_and_not_the_machine(clocks, t, d):  # type: ignore[no-untyped-def]
    """The same wall clock in two fixed zones gives the same wall clock again."""
    hanoi, nepal = clocks[HANOI], clocks["Asia/Kathmandu"]
    apart = 75 * MINUTE  # +07:00 and +05:45
    assert nepal.add(t + apart, d) == hanoi.add(t, d) + apart


def brute(calendar: Calendar, zone: str, first: int, last: int) -> Iterator[tuple[int, bool]]:
    """(minute, is it worked), from the rows and the wall clock alone, minute by minute."""
    tz, rows = ZoneInfo(zone), calendar.rows
    years = range(dt.datetime.fromtimestamp(first / 1000, tz).year, dt.datetime.fromtimestamp(last / 1000, tz).year + 1)
    off = {row.day for year in years for row in calendar.days_off(year)}
    worked = {swap.pair[1] for swap in rows.swaps.values()}
    storms = [storm.window for storm in rows.storms.values()]
    weekend = {n for row in rows.weekend.values() for n in row.numbers}
    summer = next((h for h in rows.hours.values() if h.since), None)
    plain = next(h for h in rows.hours.values() if not h.since)
    for quarter in range(first, last, 15 * MINUTE):  # no zone changes its clocks but on a quarter of an hour
        here = dt.datetime.fromtimestamp(quarter // 1000, tz).replace(tzinfo=None)
        day = here.date()
        hours = summer if summer and summer.since <= f"{day:%m-%d}" <= summer.until else plain
        parts = hours.minutes
        free = (day in off or day.weekday() in weekend) and day not in worked
        for n in range(15):
            minute = here.hour * 60 + here.minute + n
            works = not free and any(a <= minute < b for a, b in parts)
            if works and any(begin <= here + dt.timedelta(minutes=n) < end for begin, end in storms):
                works = False
            yield quarter + n * MINUTE, works


def agrees(clock: WorkClock, first: int, last: int) -> None:
    """Every minute of [first, last), the sums at every hour, and 200 due times."""
    count, sums, minutes = 0, [], []
    for at, works in brute(clock.calendar, clock.zone, first, last):
        if works is not clock.is_working(at):
            raise AssertionError(f"{wall(at, clock.zone)} in {clock.zone}: counted {works}")
        if at % HOUR == 0:
            assert clock.between(first, at) == count * MINUTE, wall(at, clock.zone)
            sums.append((at, count))
        if works:
            minutes.append(at)
            count += 1
    rng = random.Random(7)
    for at, done in rng.sample(sums, min(200, len(sums))):
        if left := count - done:
            minute = rng.randint(1, left)
            assert clock.add(at, minute * MINUTE) == minutes[done + minute - 1] + MINUTE


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-02-09", "2026-02-25"), ("2026-08-20", "2026-09-05"), ("2027-09-05", "2027-09-10"),
     ("2029-08-18", "2029-08-25"), ("2028-04-28", "2028-05-17"), ("2026-12-28", "2027-01-05")],
)  # fmt: skip
def test_it_agrees_minute_by_minute_around_tet_swaps_storms_and_new_year(clocks, first: str, last: str) -> None:  # type: ignore[no-untyped-def]
    agrees(clocks[HANOI], ms(first), ms(last))


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [("America/New_York", "2027-03-13", "2027-03-16"), ("America/New_York", "2027-11-06", "2027-11-09"),
     ("Australia/Lord_Howe", "2027-04-02", "2027-04-06"), ("Australia/Lord_Howe", "2027-10-01", "2027-10-05"),
     ("Pacific/Apia", "2011-12-28", "2012-01-04")],
)  # fmt: skip
def test_it_agrees_where_clocks_change_while_people_work_at_night(
    tmp_path: Path, zone: str, first: str, last: str
) -> None:
    swaps, decided = load_calendar()[0].rows.swaps, load_calendar()[0].rows.decisions
    text = NIGHT + "swaps:\n"
    for id_, swap in swaps.items():
        text += f"  {id_}: {{name: X, rest: {swap.rest}, work: {swap.work}, enabled: false}}\n"
    assert decided
    agrees(WorkClock(calendar_of(text, tmp_path), zone), ms(first, zone), ms(last, zone))


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "last"), [(HANOI, "2035-01-01"), ("America/New_York", "2028-01-01")])
def test_it_agrees_minute_by_minute_over_ten_years(clocks, zone: str, last: str) -> None:  # type: ignore[no-untyped-def]
    agrees(clocks[zone], ms("2025-01-01", zone), ms(last, zone))


def test_eight_hours_from_friday_before_tet_are_over_on_monday_after_it(clocks) -> None:  # type: ignore[no-untyped-def]
    clock = clocks[HANOI]
    assert wall(clock.add(ms("2026-02-13 16:00"), 8 * HOUR)) == "2026-02-23 16:00"
    assert wall(clock.add(ms("2026-02-13 16:00"), 90 * MINUTE)) == "2026-02-13 17:30", "the day it ends, not the next"
    assert wall(clock.next_working(ms("2026-02-13 17:30"))) == "2026-02-23 07:30"
    assert wall(clock.next_working(ms("2026-02-12 12:00"))) == "2026-02-12 13:30"
    assert wall(clock.add_days(ms("2026-02-13 16:00"), 2)) == "2026-02-24 17:30"
    assert wall(clock.add_days(ms("2026-02-17 03:00"), 1)) == "2026-02-23 17:30"


def test_a_day_of_storm_from_morning_to_night_is_no_working_day(clocks) -> None:  # type: ignore[no-untyped-def]
    clock = clocks[HANOI]
    assert clock.hours_on(dt.date(2029, 8, 21)) is None
    assert wall(clock.add_days(ms("2029-08-17 09:00"), 1)) == "2029-08-23 17:00"


def test_zero_is_the_instant_itself_and_less_is_refused(clocks) -> None:  # type: ignore[no-untyped-def]
    clock = clocks[HANOI]
    tet = ms("2026-02-17 12:00")
    assert clock.add(tet, 0) == tet
    with pytest.raises(ValueError, match="backwards"):
        clock.add(tet, -1)
    with pytest.raises(ValueError, match="at least one"):
        clock.add_days(tet, 0)


@pytest.mark.parametrize("at", [-1, -(10**15), 7_226_582_400_000, 10**18, -(2**63), 2**63])
def test_an_instant_outside_the_calendar_is_refused_in_words(clocks, at: int) -> None:  # type: ignore[no-untyped-def]
    clock = clocks[HANOI]
    if at == -1:  # 1969 in UTC, already 1970 in Hà Nội
        assert not clock.is_working(at)
        return
    for ask in (clock.is_working, clock.next_working, lambda t: clock.add(t, HOUR), lambda t: clock.add_days(t, 1)):
        with pytest.raises(InputError, match="no working calendar"):
            ask(at)


def test_an_amount_beyond_the_calendar_is_refused_and_does_not_hang(clocks) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="no working calendar for 2199"):
        clocks[HANOI].add(ms("2195-01-01"), 10**15)


def test_the_pieces_of_an_explanation_cover_the_time_without_gaps(clocks) -> None:  # type: ignore[no-untyped-def]
    clock = clocks[HANOI]
    first, last = ms("2026-12-20"), ms("2027-03-01")
    met = list(clock.met(first, last))
    assert met[0].begins <= first
    assert met[-1].ends >= last
    assert all(a.ends == b.begins for a, b in pairwise(met))
    new_year = next(m for m in met if "Tết Dương lịch" in m.run.names)
    assert (new_year.run.first, new_year.run.last) == (dt.date(2027, 1, 1), dt.date(2027, 1, 3))
    assert sum(m.worked for m in met[1:-1]) == clock.between(met[0].ends, met[-1].begins)


def test_an_edit_of_the_calendar_is_seen_at_the_next_look_and_nothing_is_made_twice(tmp_path: Path) -> None:
    before = clock_now(tmp_path, HANOI)
    assert clock_now(tmp_path, HANOI) is before
    assert before.is_working(ms("2028-05-15 08:00"))
    (tmp_path / "calendar.yml").write_text(OWN, encoding="utf-8")
    after = clock_now(tmp_path, HANOI)
    assert not after.is_working(ms("2028-05-15 08:00"))
    (tmp_path / "calendar.yml").write_text("holidays: [faulty]\n", encoding="utf-8")
    assert clock_now(tmp_path, HANOI).is_working(ms("2028-05-15 08:00")), "the shipped calendar goes on"

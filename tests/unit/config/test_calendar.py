"""The working calendar: Tết as Việt Nam keeps it, days off as they were decided, what is projected and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from config.calendar import Calendar, asleep, load_calendar
from config.lunar import lunar_day, tet
from store.errors import InputError

D = dt.date
SHIPPED, _ERRORS = load_calendar()
# Mồng 1 Tết of 1968 to 2050, month and day, from published Vietnamese almanacs.
TET = """
0129 0216 0206 0127 0215 0203 0123 0211 0131 0218 0207 0128 0216 0205 0125 0213 0202 0121 0209 0129 0217 0206 0127 0215
0204 0123 0210 0131 0219 0207 0128 0216 0205 0124 0212 0201 0122 0209 0129 0217 0207 0126 0214 0203 0123 0210 0131 0219
0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0202 0123 0211 0131 0219 0208 0128 0215 0204 0124
0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123
"""


def own(home: Path, text: str) -> Calendar:
    (home / "calendar.yml").write_text(text, encoding="utf-8")
    calendar, errors = load_calendar(home)
    assert errors == []
    return calendar


def off(calendar: Calendar, year: int) -> dict[D, str]:
    return {row.day: row.name for row in calendar.days_off(year)}


def bare(home: Path) -> Calendar:
    """The calendar of somebody to whom no decision of any year is known."""
    ids = {"decisions": list(SHIPPED.rows.decisions), "swaps": list(SHIPPED.rows.swaps)}
    lines = []
    for section, rows in ids.items():
        lines.append(f"{section}:")
        for id_ in rows:
            row = getattr(SHIPPED.rows, section)[id_]
            fields = row.model_dump(exclude_defaults=True, exclude={"basis", "source", "confirm"})
            fields["days"] = list(fields["days"]) if "days" in fields else None
            body = ", ".join(f"{k}: {v!r}" for k, v in fields.items() if v is not None)
            lines.append(f"  {id_}: {{{body}, enabled: false}}")
    return own(home, "\n".join(lines) + "\n")


@pytest.mark.parametrize(("year", "day"), list(enumerate(TET.split(), 1968)))
def test_tet_of_every_year_is_that_of_the_vietnamese_almanacs(year: int, day: str) -> None:
    assert f"{tet(year):%m%d}" == day


@pytest.mark.parametrize(
    ("year", "beijing"), [(1968, D(1968, 1, 30)), (1985, D(1985, 2, 20)), (2007, D(2007, 2, 18)), (2030, D(2030, 2, 3))]
)
def test_tet_is_cut_at_hanoi_and_not_at_beijing(year: int, beijing: D) -> None:
    assert tet(year) < beijing


@pytest.mark.parametrize(
    ("year", "day"),
    [(2007, D(2007, 4, 26)), (2023, D(2023, 4, 29)), (2024, D(2024, 4, 18)), (2025, D(2025, 4, 7)),
     (2026, D(2026, 4, 26)), (2027, D(2027, 4, 16)), (2028, D(2028, 4, 4)), (2034, D(2034, 4, 28))],
)  # fmt: skip
def test_gio_to_also_in_years_with_a_leap_month_before_it(year: int, day: D) -> None:
    assert lunar_day(year, 3, 10) == day


def test_the_last_lunar_months_belong_to_the_year_whose_tet_they_follow() -> None:
    assert lunar_day(2025, 12, 29) == D(2026, 2, 16)  # 29 tháng Chạp Ất Tỵ, the day before Tết Bính Ngọ
    assert lunar_day(2033, 11, 1).year == 2033
    for month, day in ((0, 1), (13, 1), (1, 0), (1, 31)):
        with pytest.raises(ValueError, match="no lunar day"):
            lunar_day(2026, month, day)


def test_2026_is_as_decided_with_its_swapped_days() -> None:
    days = off(SHIPPED, 2026)
    weekdays = [d for d in days if d.weekday() < 5]
    assert weekdays == [
        D(2026, 1, 1), D(2026, 1, 2), D(2026, 2, 16), D(2026, 2, 17), D(2026, 2, 18), D(2026, 2, 19), D(2026, 2, 20),
        D(2026, 4, 27), D(2026, 4, 30), D(2026, 5, 1), D(2026, 8, 31), D(2026, 9, 1), D(2026, 9, 2),
    ]  # fmt: skip
    assert SHIPPED.day(D(2026, 8, 22)).parts
    assert SHIPPED.day(D(2026, 8, 22)).swapped
    assert not SHIPPED.day(D(2026, 8, 29)).parts
    assert SHIPPED.undecided(2026) == ()
    assert not any(row.projected for row in SHIPPED.days_off(2026))


def test_every_day_off_says_on_what_it_rests_and_nobody_verified_what_is_shipped() -> None:
    for year in (2025, 2026, 2027, 2040):
        assert all(row.basis and not row.verified for row in SHIPPED.days_off(year))


def test_later_years_are_projected_and_say_so() -> None:
    assert SHIPPED.undecided(2027) == ("Tết Âm lịch", "Quốc khánh")
    projected = {row.day: row.projected for row in SHIPPED.days_off(2027)}
    assert projected[D(2027, 2, 6)]
    assert projected[D(2027, 2, 10)]
    assert projected[D(2027, 9, 3)]
    assert not projected[D(2027, 1, 1)], "New Year's Day is by law, not by a decision"


# What was decided in past years: (first, last) working day off around Tết, and the days off around 2/9.
@pytest.mark.parametrize(
    ("first", "last"),
    [(D(2019, 2, 4), D(2019, 2, 8)), (D(2020, 1, 23), D(2020, 1, 29)), (D(2021, 2, 10), D(2021, 2, 16)),
     (D(2022, 1, 31), D(2022, 2, 4)), (D(2023, 1, 20), D(2023, 1, 26)), (D(2024, 2, 8), D(2024, 2, 14)),
     (D(2025, 1, 27), D(2025, 1, 31)), (D(2026, 2, 16), D(2026, 2, 20))],
)  # fmt: skip
def test_the_projection_of_tet_would_have_been_right_from_2019_to_2026(tmp_path: Path, first: D, last: D) -> None:
    days = [r.day for r in bare(tmp_path).days_off(first.year) if r.key == "holidays.tet_am_lich"]
    assert (min(days), max(days)) == (first, last)


@pytest.mark.parametrize(
    ("first", "last"),
    [(D(2021, 9, 2), D(2021, 9, 3)), (D(2022, 9, 1), D(2022, 9, 2)), (D(2023, 9, 1), D(2023, 9, 4)),
     (D(2024, 9, 2), D(2024, 9, 3)), (D(2025, 9, 1), D(2025, 9, 2)), (D(2026, 9, 1), D(2026, 9, 2))],
)  # fmt: skip
def test_the_projection_of_national_day_would_have_been_right_from_2021_to_2026(
    tmp_path: Path, first: D, last: D
) -> None:
    days = [r.day for r in bare(tmp_path).days_off(first.year) if r.key == "holidays.quoc_khanh"]
    assert (min(days), max(days)) == (first, last)


def test_a_holiday_on_a_weekly_day_off_gives_the_next_working_day() -> None:
    """Labour Code 2019, Article 111.3; two of them in a row give two."""
    assert off(SHIPPED, 2028)[D(2028, 1, 3)] == "Tết Dương lịch"
    assert D(2026, 4, 27) in off(SHIPPED, 2026)  # Giỗ Tổ on a Sunday
    may = [d for d in off(SHIPPED, 2028) if d.month in (4, 5) and d >= D(2028, 4, 30)]
    assert may == [D(2028, 4, 30), D(2028, 5, 1), D(2028, 5, 2)]  # 30/4 on a Sunday, 1/5 on a Monday: Tuesday
    weekend = [d for d in off(SHIPPED, 2022) if D(2022, 4, 29) < d < D(2022, 5, 9)]
    assert weekend == [D(2022, 4, 30), D(2022, 5, 1), D(2022, 5, 2), D(2022, 5, 3)]  # Saturday and Sunday: two days
    assert {r.kind for r in SHIPPED.days_off(2022) if r.day in (D(2022, 5, 2), D(2022, 5, 3))} == {"in_lieu"}
    assert all("Điều 111" in r.basis for r in SHIPPED.days_off(2028) if r.kind == "in_lieu")


def test_a_holiday_late_in_december_may_give_a_day_of_the_next_year(tmp_path: Path) -> None:
    calendar = own(tmp_path, 'holidays:\n  cuoi_nam: {name: Ngày cuối năm, day: "12-31", since: 2028}\n')
    assert D(2028, 12, 31) in off(calendar, 2028)  # a Sunday; 1/1/2029 is a holiday itself
    assert off(calendar, 2029)[D(2029, 1, 2)] == "Ngày cuối năm"


def test_two_holidays_over_new_year_on_one_weekend_give_two_days(tmp_path: Path) -> None:
    calendar = own(tmp_path, 'holidays:\n  cuoi_nam: {name: Ngày cuối năm, day: "12-31"}\n')
    assert D(2022, 12, 31).weekday() == 5
    free = off(calendar, 2023)
    assert (free[D(2023, 1, 2)], free[D(2023, 1, 3)]) == ("Ngày cuối năm", "Tết Dương lịch")


def test_a_decision_replaces_the_projection_and_carries_who_verified_it(tmp_path: Path) -> None:
    calendar = own(
        tmp_path,
        """decisions:
  tet_2027:
    name: Nghỉ Tết Đinh Mùi
    holiday: tet_am_lich
    year: 2027
    days: [2027-02-05..2027-02-11]
    basis: Thông báo số 01/TB-VD
    verified_by: Bà Kiểm Tra
    verified_on: 2026-12-01
""",
    )
    rows = [r for r in calendar.days_off(2027) if r.day.month == 2]
    assert [r.day.day for r in rows] == [5, 6, 7, 8, 9, 10, 11]
    assert all(not r.projected and r.verified and r.verified_by == "Bà Kiểm Tra" for r in rows)
    assert calendar.undecided(2027) == ("Quốc khánh",)
    assert calendar.version != SHIPPED.version


def test_the_day_of_culture_waits_for_somebody_to_confirm_it(tmp_path: Path) -> None:
    assert D(2026, 11, 24) not in off(SHIPPED, 2026)
    assert [key for key, _ in asleep()] == ["holidays.van_hoa"]
    text = 'holidays:\n  van_hoa: {name: Ngày Văn hóa Việt Nam, day: "11-24", since: 2026, basis: Luật số 1}\n'
    calendar = own(tmp_path, text)
    assert off(calendar, 2026)[D(2026, 11, 24)] == "Ngày Văn hóa Việt Nam"
    assert D(2025, 11, 24) not in off(calendar, 2025)
    assert asleep(tmp_path) == ()


def test_days_and_hours_need_no_quotes_seasons_and_local_days_hold(tmp_path: Path) -> None:
    calendar = own(
        tmp_path,
        """hours:
  mua_he: {name: Giờ mùa hè, parts: [07:00-11:30, 14:00-17:00], since: 04-15, until: 10-15}
local:
  ky_niem: {name: Nghỉ kỷ niệm, days: [2027-05-13], decided_by: Giám đốc Sở, basis: Quyết định 9}
""",
    )
    assert calendar.day(D(2027, 4, 14)).parts == ((450, 690), (810, 1050))
    assert calendar.day(D(2027, 4, 15)).parts == ((420, 690), (840, 1020))
    assert calendar.day(D(2027, 10, 18)).parts == ((450, 690), (810, 1050))
    assert not calendar.day(D(2027, 5, 13)).parts
    assert off(calendar, 2027)[D(2027, 5, 13)] == "Nghỉ kỷ niệm"


def test_a_storm_cuts_its_hours_out_of_the_day(tmp_path: Path) -> None:
    storm = """storms:
  bao: {name: Bão số 4, begins: "2027-09-07 10:00", ends: 2027-09-08 15:00, reason: công điện, decided_by: Giám đốc,
        decided_on: 2027-09-07, stops_clocks: %s}
"""
    calendar = own(tmp_path, storm % "true")
    assert calendar.day(D(2027, 9, 7)).parts == ((450, 600),)
    assert calendar.day(D(2027, 9, 8)).parts == ((900, 1050),)
    assert [c.name for c in calendar.day(D(2027, 9, 8)).closed] == ["Bão số 4"]
    noted = own(tmp_path, storm % "false")
    assert noted.day(D(2027, 9, 7)).parts == ((450, 690), (810, 1050))


@pytest.mark.parametrize("year", [1, 1967, 2200, 9999])
def test_years_outside_the_calendar_are_refused_in_words(year: int) -> None:
    with pytest.raises(InputError, match="the calendar holds from 1968 to 2199"):
        SHIPPED.days_off(year)

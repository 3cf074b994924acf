"""Windows go by the period in which figures are closed (Decree 09/2019/NĐ-CP, Article 12)."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from alerts.report_window import Periods, before, window, year_before
from store.errors import InputError

BY_DECREE, PLAIN = Periods(), Periods(1, "01-01", "09-01")


def days(kind: str, value: str, periods: Periods = BY_DECREE, last: str = "") -> tuple[str, str]:
    one = window(kind, value, periods, last)
    return str(one.first), str(one.last)


@pytest.mark.parametrize(
    ("kind", "value", "first", "last"),
    [
        ("month", "2026-05", "2026-04-15", "2026-05-14"),
        ("month", "2026-01", "2025-12-15", "2026-01-14"),
        ("month", "2026-12", "2026-11-15", "2026-12-14"),
        ("quarter", "2026-Q1", "2025-12-15", "2026-03-14"),
        ("quarter", "2026-q4", "2026-09-15", "2026-12-14"),
        ("half", "2026-H1", "2025-12-15", "2026-06-14"),
        ("half", "2026-H2", "2026-06-15", "2026-12-14"),
        ("year", "2026", "2025-12-15", "2026-12-14"),
        ("school-year", "2025-2026", "2025-08-01", "2026-07-31"),
        ("school-year", "2025", "2025-08-01", "2026-07-31"),
    ],
)
def test_windows_by_the_decree(kind: str, value: str, first: str, last: str) -> None:
    assert days(kind, value) == (first, last)


def test_a_department_may_close_its_figures_by_the_calendar() -> None:
    assert days("month", "2026-02", PLAIN) == ("2026-02-01", "2026-02-28")
    assert days("quarter", "2026-Q4", PLAIN) == ("2026-10-01", "2026-12-31")
    assert days("year", "2026", PLAIN) == ("2026-01-01", "2026-12-31")
    assert days("school-year", "2025-2026", PLAIN) == ("2025-09-01", "2026-08-31")


@pytest.mark.parametrize("periods", [BY_DECREE, PLAIN])
def test_months_quarters_and_halves_fill_the_year_without_gap_or_overlap(periods: Periods) -> None:
    year = window("year", "2026", periods)
    for kind, values in (
        ("month", [f"2026-{n:02d}" for n in range(1, 13)]),
        ("quarter", [f"2026-Q{n}" for n in range(1, 5)]),
        ("half", ["2026-H1", "2026-H2"]),
    ):
        found = [window(kind, value, periods) for value in values]
        assert (found[0].first, found[-1].last) == (year.first, year.last)
        for earlier, later in itertools.pairwise(found):
            assert later.first - earlier.last == dt.timedelta(days=1)
            assert before(later, periods) == earlier


def test_what_a_window_is_compared_with() -> None:
    may = window("month", "2026-05", BY_DECREE)
    assert before(may, BY_DECREE).key == "2026-04"
    assert before(window("month", "2026-01", BY_DECREE), BY_DECREE).key == "2025-12"
    assert year_before(may, BY_DECREE).dates == "15/04/2025 - 14/05/2025"
    assert before(window("quarter", "2026-Q1", BY_DECREE), BY_DECREE).key == "2025-Q4"
    assert year_before(window("half", "2026-H1", BY_DECREE), BY_DECREE).key == "2025-H1"
    assert before(window("year", "2026", BY_DECREE), BY_DECREE).key == "2025"
    assert before(window("school-year", "2025-2026", BY_DECREE), BY_DECREE).key == "2024-2025"
    days_ = window("window", "2028-02-20", BY_DECREE, "2028-02-29")
    assert before(days_, BY_DECREE).dates == "10/02/2028 - 19/02/2028"
    assert year_before(days_, BY_DECREE).dates == "20/02/2027 - 28/02/2027"


def test_bounds_are_local_days_and_touch_without_overlap() -> None:
    may = window("month", "2026-05", BY_DECREE)
    after, until = may.bounds("Asia/Ho_Chi_Minh")
    assert until - after == 30 * 86_400_000
    assert before(may, BY_DECREE).bounds("Asia/Ho_Chi_Minh")[1] == after


@pytest.mark.parametrize(
    ("kind", "value", "last"),
    [
        ("month", "2026-13", ""), ("month", "tháng 5", ""), ("quarter", "2026-Q5", ""), ("half", "2026-Q1", ""),
        ("year", "26", ""), ("school-year", "2025-2027", ""), ("window", "2026-05-31", "2026-05-01"),
        ("window", "2020-01-01", "2026-01-01"), ("window", "2026-05-01", ""), ("week", "1", ""),
        ("month", "0000-05", ""),
    ],
)  # fmt: skip
def test_what_is_no_window_is_told_with_how_to_write_it(kind: str, value: str, last: str) -> None:
    with pytest.raises(InputError):
        window(kind, value, BY_DECREE, last)

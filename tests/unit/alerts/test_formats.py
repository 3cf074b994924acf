"""Dates, numbers and cut lines as Vietnamese readers write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.digest import window
from alerts.formats import clean, day_words, first_sentences, moment_words, number, shorten

HOUR = 3_600_000


def test_a_day_is_told_with_its_weekday() -> None:
    assert day_words(datetime.date(2026, 11, 20)) == "thứ Sáu, 20/11/2026"
    assert day_words(datetime.date(2026, 11, 22)) == "Chủ nhật, 22/11/2026"


def test_a_moment_is_told_in_local_time() -> None:
    utc = datetime.datetime(2026, 11, 19, 23, 30, tzinfo=datetime.UTC)
    assert moment_words(int(utc.timestamp() * 1000), "Asia/Ho_Chi_Minh") == "thứ Sáu, 20/11/2026 06:30"


def test_numbers_have_a_point_between_thousands_and_a_comma_before_decimals() -> None:
    assert (number(1234.5, 1), number(1234567), number(7)) == ("1.234,5", "1.234.567", "7")


def test_the_window_ends_at_half_past_six_and_follows_the_day_before_without_gap() -> None:
    day = datetime.date(2026, 11, 20)
    after, until = window(day)
    assert until == int(datetime.datetime(2026, 11, 19, 23, 30, tzinfo=datetime.UTC).timestamp() * 1000)
    assert until - after == 24 * HOUR
    assert window(day - datetime.timedelta(days=1))[1] == after


def test_the_window_keeps_the_clock_time_where_a_night_is_short() -> None:
    """Not in Vietnam, but the time zone is a setting: the window is cut by the wall clock."""
    after, until = window(datetime.date(2026, 3, 29), "06:30", "Europe/Berlin")
    assert until - after == 23 * HOUR


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Một. Hai. Ba.", "Một. Hai."),
        ("Ông ở P. Lê Chân, TP. Hải Phòng nói. “Tốt!” Rồi ông về.", "Ông ở P. Lê Chân, TP. Hải Phòng nói. “Tốt!”"),
        ("GS.TS. Trần Sóng nói về 1.234,5 tỷ đồng. Xong! Hết.", "GS.TS. Trần Sóng nói về 1.234,5 tỷ đồng. Xong!"),
        ("Không có dấu chấm", "Không có dấu chấm"),
        ("", ""),
    ],
)
def test_two_sentences_are_cut_where_a_reader_would_stop(text: str, told: str) -> None:
    assert first_sentences(text) == told


def test_a_long_title_is_cut_between_words() -> None:
    cut = shorten("học sinh " * 100, 50)
    assert len(cut) <= 50
    assert cut.endswith(("học…", "sinh…"))


@given(st.text(max_size=400), st.integers(10, 80))
def test_cutting_never_lengthens_and_never_leaves_a_second_line(text: str, limit: int) -> None:
    line = clean(text)
    assert "\n" not in line
    line.encode()  # halves of surrogate pairs are gone
    assert len(shorten(line, limit)) <= limit
    assert len(first_sentences(line, 2, limit)) <= limit

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import dates
from tests.unit.crawler.conftest import NOON

EIGHT = int(datetime(2026, 11, 20, 1, 0, tzinfo=UTC).timestamp() * 1000)  # 08:00 in Hải Phòng


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 20 Nov 2026 08:00:00 +0700",
        "Fri, 20 Nov 2026 08:00:00 GMT+7",
        "Fri, 20 Nov 2026 01:00:00 GMT",
        "2026-11-20T08:00:00+07:00",
        "2026-11-20T08:00:00",
        "2026-11-20T01:00:00Z",
        "20/11/2026 08:00",
        "20-11-2026 - 8h00",
        "20.11.2026 8:00 SA",
        "Thứ sáu, 20/11/2026, 08:00 (GMT+7)",
        "Thứ 6, 20/11/2026 | 08:00:00 [GMT +7]",
        "08:00 ngày 20/11/2026",
        "Thứ Sáu, ngày 20 tháng 11 năm 2026 - 08:00",
    ],
)
def test_every_form_of_eight_oclock_in_hai_phong(text: str) -> None:
    read = dates.parse(text)
    assert read is not None
    assert read[0] == EIGHT


def test_day_comes_before_month() -> None:
    read = dates.parse("2/3/2026 10:00")
    assert read is not None
    assert datetime.fromtimestamp(read[0] / 1000, UTC).month == 3


def test_a_day_without_a_clock_is_less_sure_than_a_minute() -> None:
    day, minute = dates.parse("20/11/2026"), dates.parse("20/11/2026 08:00")
    assert day is not None
    assert minute is not None
    assert day[1] < 0.5 < minute[1]


@pytest.mark.parametrize("text", ["", "hôm qua", "2 giờ trước", "99/99/2026", "abc 2026", "x" * 500])
def test_what_names_no_day_is_not_read(text: str) -> None:
    assert dates.parse(text) is None


def test_ten_minutes_ahead_is_a_clock_that_runs_fast_more_is_refused() -> None:
    assert dates.refusal(NOON + 9 * 60_000, NOON) is None
    refused = dates.refusal(NOON + 11 * 60_000, NOON)
    assert refused is not None
    assert refused[0] == "date_in_future"
    assert "2026-11-20T12:11+07:00" in refused[1]


def test_a_filled_in_date_field_is_refused() -> None:
    refused = dates.refusal(0, NOON)
    assert refused is not None
    assert refused[0] == "date_too_old"
    assert "1970-01-01" in refused[1]


_clocks = st.builds("{:02}:{:02}:{:02}".format, st.integers(0, 24), st.integers(0, 60), st.integers(0, 60))
_zones = st.sampled_from(["+0700", "GMT", "-0000", "+1359", "-1400", "+0760", "Z", "+07:00", "-03:30", "UTC", ""])
_days = st.builds(
    "{}, {} {} {}".format,
    st.sampled_from(["Mon", "Sun", "mon"]),
    st.sampled_from([0, 1, "01", 29, 30, 31, 32]),
    st.sampled_from(["Jan", "Feb", "Nov", "nov"]),
    st.sampled_from(["1970", "2024", "2026", "0001", "1026", "26"]),
)
_iso_days = st.builds(
    "{}-{:02}-{:02}T".format, st.sampled_from(["0001", "1969", "2026"]), st.integers(0, 13), st.integers(0, 32)
)


@settings(max_examples=500, deadline=None)
@given(_days, _clocks, _zones)
def test_the_short_way_for_the_usual_date_agrees_with_the_general_reader(day: str, clock: str, zone: str) -> None:
    text = f"{day} {clock} {zone}".strip()
    usual = dates._USUAL.fullmatch(text)
    if usual and (at := dates._usual(*usual.groups())) is not None:
        assert dates.parse(text) == (at, 0.95) == dates._rfc822(text)


@settings(max_examples=500, deadline=None)
@given(_iso_days, _clocks, _zones)
def test_the_short_way_for_an_iso_date_agrees_with_the_general_reader(day: str, clock: str, zone: str) -> None:
    text = day + clock + zone
    usual = dates._USUAL_ISO.fullmatch(text)
    if usual and (at := dates._usual(*usual.groups())) is not None:
        assert dates.parse(text) == (at, 0.95) == dates._iso(text)


@pytest.mark.parametrize("text", ["Fri, 20 Nov 2026 08:00:00 +0700", "20 Nov 2026 08:00 GMT", "2026-11-20T01:00:00Z"])
def test_the_short_way_is_taken(text: str) -> None:
    assert dates._USUAL.fullmatch(text) or dates._USUAL_ISO.fullmatch(text)


def test_the_empty_date_of_some_programs_is_the_year_one_and_not_2001() -> None:
    for text in ("Mon, 01 Jan 0001 00:00:00 +0000", "Mon, 01 Jan 0001 00:00:00 UTC", "01 Jan 0001 00:00:00"):
        read = dates.parse(text)
        assert read is not None
        assert read[0] < -62_000_000_000_000
    assert dates.parse("01 Jan 0000 00:00:00 +0000") is None

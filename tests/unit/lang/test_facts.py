"""Amounts, days, hours and places of a text; and what two outlets agree and differ on, never who is right."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.facts import measure, read_cases
from lang.facts import Fact, facts
from lang.facts_compare import Cell, Comparison, Row, Telling, compare
from lang.number_words import spoken
from lang.numbers import quantities


def amounts(text: str) -> list[tuple[float, float, str]]:
    return [(round(q.low, 3), round(q.high, 3), q.unit) for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Trường có 1.150 học sinh", 1150, 1150, "học sinh"),
        ("Trường có 1,150 học sinh", 1150, 1150, "học sinh"),
        ("khoảng 1 200 người", 1080, 1320, "người"),
        ("chi 1,5 triệu đồng", 1_450_000, 1_550_000, "đồng"),
        ("chi 2 tỉ 300 triệu đồng", 2_299_500_000, 2_300_500_000, "đồng"),
        ("5 triệu rưỡi đồng", 5_450_000, 5_550_000, "đồng"),
        ("12.000 tỉ đồng", 11_999_500_000_000, 12_000_500_000_000, "đồng"),
        ("hơn 300 em", 300, 400, "học sinh"),
        ("hơn 1.100 em", 1100, 1200, "học sinh"),
        ("gần 2.000 thí sinh", 1600, 2000, "thí sinh"),
        ("ít nhất 20 phòng học", 20, 200, "phòng"),
        ("không quá 45 học sinh", 0, 45, "học sinh"),
        ("từ 300 đến 350 suất quà", 300, 350, "suất"),
        ("300-350 chỉ tiêu", 300, 350, "chỉ tiêu"),
        ("500 triệu - 1 tỉ đồng", 500_000_000, 1_000_000_000, "đồng"),
        ("tăng 12,5% so với", 12.5, 12.5, "%"),
        ("dài 4.5 km", 4.5, 4.5, "km"),
        ("mười hai phòng học", 12, 12, "phòng"),
        ("một trăm hai mươi lăm học sinh", 125, 125, "học sinh"),
    ],
)
def test_an_amount_is_read(text: str, low: float, high: float, unit: str) -> None:
    assert amounts(text) == [(low, high, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "học sinh lớp 9 học sinh giỏi", "năm 2026 trường mở cửa", "năm học 2025-2026", "thắng 2-1 đội bạn",
        "hàng trăm em",
        "ba em Lan kể", "điện thoại 0912.345.678 người trực", "Trường THPT số 2 người ra vào", "thứ hai tuần sau",
        "phường 3 trường học", "điều 24 người học", "", "3.5.2 học sinh", "1" * 400 + "x",
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    assert amounts(text) == []


def test_numbers_written_out() -> None:
    assert [
        spoken(words) for words in ("hai mươi mốt", "một trăm linh năm", "ba nghìn hai trăm", "trăm", "hai ba")
    ] == [
        21,
        105,
        3200,
        None,
        None,
    ]


def of_kind(text: str, kind: str) -> list[object]:
    return [fact.value for fact in facts("", text, "") if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sáng 20/11 các trường nghỉ", (20, 11, 0)),
        ("ngày 20-11-2026 khai mạc", (20, 11, 2026)),
        ("ngày 20.11 khai mạc", (20, 11, 0)),
        ("khai mạc ngày 20 tháng 11 năm 2026", (20, 11, 2026)),
    ],
)
def test_a_day(text: str, day: tuple[int, int, int]) -> None:
    assert of_kind(text, "date") == [day]


@pytest.mark.parametrize(
    "text", ["tỉ số 3-2", "tăng 4.5 km", "ngày 45/13", "mã 12/2026/QĐ", "đạt 9/10 điểm tuyệt đối 9.5%"]
)
def test_what_is_no_day(text: str) -> None:
    assert [day for day in of_kind(text, "date") if day != (9, 10, 0)] == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("lúc 7h30", 450),
        ("từ 7 giờ", 420),
        ("2 giờ chiều", 840),
        ("lúc 14 giờ 05 phút", 845),
        ("khoảng 9 giờ tối", 1260),
    ],
)
def test_an_hour(text: str, minutes: int) -> None:
    assert of_kind(text, "time") == [minutes]


def test_a_length_of_time_is_no_hour() -> None:
    assert of_kind("thí sinh làm bài trong 2 giờ", "time") == []


def test_two_bounds_that_only_touch_do_not_meet() -> None:
    (one,), (other,), (exact,) = map(quantities, ("hơn 123.000 thí sinh", "hơn 124.000 thí sinh", "124.000 thí sinh"))
    assert not one.meets(other) and other.meets(exact) and one.meets(exact)


def test_places_with_their_type() -> None:
    text = "Thành phố Sông Lam, thành phố Hà Châu: Trường THPT Sông Lam ở phường Gò Bồi, đường ở phố này"
    assert of_kind(text, "place") == ["trường thpt sông lam", "phường gò bồi"]


def telling(outlet: str, lead: str, key: str = "") -> Telling:
    return Telling(key or outlet, outlet, "", lead, "")


def shown(row: Row) -> list[tuple[str, str]]:
    return [(cell.outlet, cell.fact.shown) for cell in row.cells]


STORM = telling("Báo Sóng", "Cơn lốc làm tốc mái sáu phòng học, 240 học sinh được đưa ra ngoài an toàn.")
STORM_2 = telling("Cửa Biển", "Trường tốc mái 6 phòng học; 245 em được đưa ra ngoài an toàn.")


def test_two_outlets_side_by_side() -> None:
    found = compare([STORM, STORM_2])
    assert [shown(row) for row in found.agreed] == [[("Báo Sóng", "sáu phòng học"), ("Cửa Biển", "6 phòng học")]]
    assert [shown(row) for row in found.differing] == [[("Báo Sóng", "240 học sinh"), ("Cửa Biển", "245 em")]]


def test_one_outlet_alone_agrees_and_differs_with_nobody() -> None:
    assert compare([STORM]) == Comparison((), ())
    assert compare([STORM, dataclasses.replace(STORM_2, outlet="Báo Sóng")]) == Comparison((), ())


def test_an_outlet_that_also_has_the_others_figure_differs_from_nobody() -> None:
    later = telling("Báo Sóng", "Có 245 học sinh được đưa ra ngoài an toàn.", "later")
    assert compare([STORM, STORM_2, later]).differing == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "320 học sinh lớp 9 dự thi học sinh giỏi cấp thành phố",
            "410 học sinh lớp 12 dự thi học sinh giỏi cấp thành phố",
        ),
        ("nhận 120 học sinh nam vào khu ký túc mới", "nhận 90 học sinh nữ vào khu ký túc mới"),
        ("Năm 2025, tỉ lệ tốt nghiệp đạt 99,1%", "Năm 2026, tỉ lệ tốt nghiệp đạt 99,6%"),
        ("chi 1,25 tỉ đồng sửa trường học vùng lũ", "chi gần 1,3 tỉ đồng sửa trường học vùng lũ"),
        ("chi 25 tỉ đồng sửa trường học vùng lũ", "mua 25 xe đưa đón"),
    ],
)
def test_no_difference_where_there_is_none(one: str, other: str) -> None:
    assert compare([telling("A", one + "."), telling("B", other + ".")]).differing == ()


def test_no_field_says_who_is_right() -> None:
    names = {field.name for of in (Fact, Cell, Row, Comparison, Telling) for field in dataclasses.fields(of)}
    assert names == {
        "kind", "value", "unit", "about", "span", "sentence", "key", "outlet", "fact", "cells", "agreed", "differing",
        "title", "lead", "body",
    }  # fmt: skip


def test_our_forty_stories_keep_the_floor() -> None:
    found = measure(read_cases())
    assert found["differing"]["precision"] >= 0.9
    assert found["agreed"]["precision"] >= 0.95
    assert found["differing"]["recall"] >= 0.75


PIECES = st.sampled_from(
    ["hơn", "gần", "từ", "đến", "-", "1.150", "2,5", "12/5", "9", "lúc", "giờ", "h30", "học sinh", "tỉ", "đồng", "%",
     "ba", "mươi", "trăm", "phường", "Gò", "Bồi", ".", ",", "(", "năm 2026", "lớp 9",
     "\n", "tốc mái", "\u200b", "9" * 30]
)  # fmt: skip
TEXT = st.lists(PIECES, max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXT | st.text(max_size=200))
def test_any_text_is_read_and_every_fact_stands_in_it(text: str) -> None:
    for fact in facts("", text, ""):
        assert fact.shown and fact.shown in fact.sentence
        assert 0 <= fact.span[0] < fact.span[1] <= len(fact.sentence)


@settings(max_examples=80, deadline=None)
@given(TEXT, TEXT)
def test_a_row_names_two_outlets_and_no_text_differs_from_itself(one: str, other: str) -> None:
    found = compare([telling("A", one), telling("B", other)])
    assert all(len({cell.outlet for cell in row.cells}) == 2 for row in (*found.agreed, *found.differing))
    assert compare([telling("A", one), telling("B", one)]).differing == ()


@pytest.mark.parametrize(
    "text", ["1." * 6000, "từ " * 4000, "ba mươi " * 3000, "Gò " * 4000, "12/" * 4000, "(" * 12000]
)
def test_hostile_text_ends_soon(text: str) -> None:
    assert len(facts("", text, text)) <= 60

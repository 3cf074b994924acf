"""Rows, totals, exceptions and replaced values: what is set beside what, on one invented notice at a time."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.candidates import Decision, decide
from analysis.claims import Article
from analysis.documents_numbers import documents, impossible
from analysis.places import PlaceMatcher
from analysis.reference_index import build
from analysis.references import Reference
from lang.claims_dates import days
from lang.claims_numbers import amounts

DAY = dt.date(2027, 5, 3)


def told(text: str, notice: str, matcher: PlaceMatcher, kind: str = "portal", title: str = "") -> Decision:
    """What is said of one sentence in a local text, against one notice of the department."""
    reference = Reference(
        "R1", notice, "Sở Giáo dục và Đào tạo Hải Phòng", "Công văn số 71/SGDĐT-VP", issued=dt.date(2027, 4, 20)
    )
    article = Article("a", title or "Tin trường lớp ở Hải Phòng", text, DAY, "Tin Bến Thử", kind)
    return decide(article, build([reference], matcher), matcher)


STORM = (
    "Học sinh đi học trở lại từ ngày 06/5/2027, riêng các trường tại xã Vĩnh Hải và đặc khu Cát Hải đi học trở lại từ "
    "ngày 10/5/2027."
)


def test_a_row_made_for_one_commune_goes_before_the_common_one(matcher: PlaceMatcher) -> None:
    text = "Học sinh xã Vĩnh Hải đi học trở lại từ ngày {}."
    assert told(text.format("06/5"), STORM, matcher).relation == "contradicts"
    assert told(text.format("10/5"), STORM, matcher).relation == "supports"


REWARD = "Thưởng giáo viên có học sinh đoạt huy chương Vàng 80 triệu đồng, huy chương Bạc 55 triệu đồng."


@pytest.mark.parametrize(
    "text",
    [
        "Giáo viên có học trò đoạt huy chương Vàng được thưởng nhiều hơn huy chương Bạc 25 triệu đồng.",
        "Hai giáo viên có học sinh đoạt huy chương Vàng và Bạc được thưởng tổng cộng 135 triệu đồng.",
    ],
)
def test_a_gap_or_a_total_of_two_rows_is_no_other_value(text: str, matcher: PlaceMatcher) -> None:
    assert not told(text, REWARD, matcher).candidate


def test_an_amount_of_one_place_told_of_another_differs_in_the_place(matcher: PlaceMatcher) -> None:
    notice = "Giáo viên mới về công tác tại đặc khu Cát Hải được hỗ trợ một lần 150 triệu đồng."
    one = told("Giáo viên mới về đặc khu Bạch Long Vĩ được hỗ trợ một lần 150 triệu đồng.", notice, matcher)
    assert (one.candidate, one.differs_in) == (True, "place")


def test_an_exception_told_as_one_is_none(matcher: PlaceMatcher) -> None:
    notice = "Học sinh THCS không đi xe đạp điện đến trường, trừ học sinh có nhà cách trường trên 5 km."
    assert not told("Chỉ những em ở cách trường hơn năm cây số mới được đi xe đạp điện.", notice, matcher).candidate
    wide = "Học sinh THCS được đi xe đạp điện đến trường theo quy định mới."
    assert told(wide, notice, matcher).differs_in == "negation"


def test_a_question_states_nothing(matcher: PlaceMatcher) -> None:
    notice = "Nhà trường không được thu tiền gửi xe của học sinh."
    assert told("Các trường được thu tiền gửi xe của học sinh từ tháng này.", notice, matcher).candidate
    assert not told("Các trường được thu tiền gửi xe của học sinh từ tháng này sao?", notice, matcher).candidate


def test_quoted_words_of_the_nameless_are_no_claim_of_the_article(matcher: PlaceMatcher) -> None:
    notice = "Nhà trường không được thu tiền gửi xe của học sinh."
    text = (
        'Một tài khoản viết "từ tháng này các trường được thu tiền gửi xe của học sinh". '
        "Theo Sở GD&ĐT, quy định về việc gửi xe vẫn như cũ."
    )
    one = told(text, notice, matcher, "city_press")
    assert (one.candidate, one.relation) == (False, "debunks")


def test_the_values_of_a_replaced_notice_are_outdated(matcher: PlaceMatcher) -> None:
    old = Reference(
        "OLD", "Giải bơi học sinh từ ngày 14/5 đến ngày 16/5/2027 tại phường Lê Chân.", "Sở Giáo dục và Đào tạo",
        "Kế hoạch số 40/KH-SGDĐT", issued=dt.date(2027, 3, 1),
    )  # fmt: skip
    new = Reference(
        "NEW", "Thay thế Kế hoạch số 40/KH-SGDĐT. Giải bơi học sinh từ ngày 21/5 đến ngày 23/5/2027 tại phường "
        "Kiến An.",
        "Sở Giáo dục và Đào tạo", "Công văn số 77/SGDĐT-CTTT", issued=dt.date(2027, 4, 20),
    )  # fmt: skip
    article = Article(
        "a", "Đi cổ vũ bơi", "Giải bơi học sinh từ 14 tới 16/5 ở phường Lê Chân.", DAY, "Tin Bến Thử", "page"
    )
    one = decide(article, build([old, new], matcher), matcher)
    assert (one.candidate, one.relation, one.refs[:2]) == (True, "outdated", ("OLD", "NEW"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Công văn số 745/SGDĐT-VP ngày 30/02/2027 của Sở Giáo dục", "trong lịch"),
        ("Công văn số 745/SGDĐT-VP ngày 28/02/2027 của Sở Giáo dục", ""),
        ("Công văn số 745/BGDĐT-GDTrH của Sở Giáo dục và Đào tạo", "không phải của cơ quan được nêu"),
    ],
)
def test_a_day_that_is_in_no_calendar_and_a_symbol_of_somebody_else(text: str, why: str) -> None:
    said = impossible(documents(text)[0])
    assert why in said
    assert bool(said) == bool(why)


def test_bounds_behind_amounts_halves_and_gaps() -> None:
    (limit,) = amounts("trông trẻ 12.000 đồng/giờ, là mức tối đa thành phố cho phép")
    assert (limit.value, limit.bound) == (12_000, "most")
    (half,) = amounts("đến muộn nửa tiếng")
    assert (half.value, half.unit) == (30, "phút")
    assert [a.step for a in amounts("được 3 triệu đồng, cao hơn đồng nghiệp 1,2 triệu đồng")] == [False, True]
    assert all(a.former for a in amounts("cứ năm trường thì có bốn trường đạt chuẩn"))


def test_a_month_in_words_and_bare_days_of_the_month_that_is_named() -> None:
    (day,) = days("trước ngày 15 tháng giêng năm 2028", DAY)
    assert dt.date.fromordinal(day.first) == dt.date(2028, 1, 15)
    bare = [dt.date.fromordinal(d.first) for d in days("đầu tháng 8, từ mùng 5 đến mùng 7", DAY) if d.first == d.last]
    assert bare == [dt.date(2027, 8, 5), dt.date(2027, 8, 7)]

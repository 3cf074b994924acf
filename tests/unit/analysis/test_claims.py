"""What is read of a sentence: amounts, days, leave and ban, groups, documents; which sentences are claims."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.claim_slots import read
from analysis.claims import Article, claims
from analysis.documents_numbers import documents, impossible
from analysis.places import PlaceMatcher
from lang.claims_dates import days
from lang.claims_modes import modes, sign_at
from lang.claims_numbers import amounts
from lang.claims_words import lowered, tokens

DAY = dt.date(2026, 6, 18)  # a Thursday


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("thu sáu mươi nghìn đồng", 60_000, "đồng"),
        ("thu 60.000 đồng", 60_000, "đồng"),
        ("thu 60 nghìn", 60_000, "đồng"),
        ("được 1,2 triệu đồng", 1_200_000, "đồng"),
        ("được một triệu hai mỗi tháng", 1_200_000, "đồng"),
        ("được một triệu rưỡi một tháng", 1_500_000, "đồng"),
        ("thu hai trăm nghìn một tháng", 200_000, "đồng"),
        ("gom hai trăm tám mươi sáu triệu rưỡi", 286_500_000, "đồng"),
        ("cho ghi tới năm nguyện vọng", 5, "nguyện vọng"),
        ("tuyển 41.360 học sinh", 41_360, "học sinh"),
        ("bốn mươi mốt nghìn ba trăm sáu mươi suất học", 41_360, "người"),
        ("nghỉ tròn hai tuần", 14, "ngày"),
        ("lưu mẫu một ngày đêm", 1_440, "phút"),
    ],
)
def test_amounts_in_figures_and_in_words_are_one(text: str, value: float, unit: str) -> None:
    [found] = amounts(lowered(text))
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text", ["lớp 9 và khối 12", "năm học 2026-2027", "ba mẹ đưa đón", "một cách làm hay", "bão số 6"]
)
def test_names_and_articles_are_no_amounts(text: str) -> None:
    assert [a for a in amounts(lowered(text)) if a.unit and text != "năm học 2026-2027"] == []


def test_the_older_value_of_a_change_is_told_as_the_past() -> None:
    old, new = amounts(lowered("nhảy từ 150 lên 180 nghìn"))
    assert (old.value, old.former) == (150_000, True)
    assert (new.value, new.former) == (180_000, False)


@pytest.mark.parametrize(
    ("text", "days_of", "roles"),
    [
        ("thi sáng 30/5", ["2026-05-30"], ["on"]),
        ("thi ngày 30 tháng 5", ["2026-05-30"], ["on"]),
        ("thi ngày 30-5-2026", ["2026-05-30"], ["on"]),
        ("hai ngày 06 và 07/6", ["2026-06-06", "2026-06-07"], ["on", "on"]),
        ("từ 20 đến 29/4", ["2026-04-20", "2026-04-29"], ["start", "end"]),
        ("từ 22 tới hết 27 tháng 6", ["2026-06-22", "2026-06-27"], ["start", "end"]),
        ("ba ngày 15, 16, 17/7", ["2026-07-15", "2026-07-16", "2026-07-17"], ["on", "on", "on"]),
        ("tới thứ Hai tuần sau mới mở", ["2026-06-22"], ["start"]),
        ("thứ Hai tới", ["2026-06-22"], ["on"]),
        ("sáng mai đi học", ["2026-06-19"], ["on"]),
        ("nghỉ đến hết tháng 6", ["2026-06-30"], ["end"]),
        ("hạn chót 25/8", ["2026-08-25"], ["end"]),
        ("trước ngày 31/12", ["2026-12-31"], ["end"]),
    ],
)
def test_days_absolute_relative_and_in_stretches(text: str, days_of: list[str], roles: list[str]) -> None:
    found = days(lowered(text), DAY)
    assert [dt.date.fromordinal(d.last).isoformat() for d in found] == days_of
    assert [d.role for d in found] == roles


def test_a_start_is_never_an_end_and_a_day_without_a_year_is_compared_by_its_month() -> None:
    [opens], [closes] = days("mở từ 22/6", DAY), days("đến hết 22/6", DAY)
    assert not opens.agrees(closes)
    [bare], [full] = days("thi 30/5", None), days("thi 30/5/2026", None)
    assert bare.agrees(full)


def _sign(text: str, word: str) -> int:
    found = modes(lowered(text))
    token = next(t for t in tokens(text) if t.text == word)
    return sign_at(found, token.end - 1)[0] * token.flip


@pytest.mark.parametrize(
    ("text", "word", "sign"),
    [
        ("Học sinh được mang điện thoại", "PHONE", 1),
        ("Học sinh không được mang điện thoại", "PHONE", -1),
        ("Nghiêm cấm mang điện thoại", "PHONE", -1),
        ("học phí được miễn", "PAY", -1),
        ("học phí không còn được miễn", "PAY", 1),
        ("không được quyên góp các khoản: vệ sinh lớp học, trông giữ xe", "PARK", -1),
        ("bãi bỏ dạy thêm", "EXTRA", -1),
        ("bắt buộc đồng phục", "UNIFORM", 1),
    ],
)
def test_leave_ban_and_double_negation(text: str, word: str, sign: int) -> None:
    assert _sign(text, word) == sign


def test_documents_with_the_issuer_that_the_sentence_gives() -> None:
    [one] = documents("Nằm trong Quyết định số 655 do Bộ Giáo dục và Đào tạo ký ngày 25/3.")
    assert (one.kind, one.number, one.issuer) == ("QĐ", "655", "BGDĐT")
    [two] = documents("Công văn 3345/SGDĐT-VP cho nghỉ học")
    assert (two.kind, two.number, two.symbol) == ("CV", "3345", "SGDĐT-VP")


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("Công văn số 812/SGDĐT-QLCL", True),
        ("Quyết định số 655/QĐ-UBND", True),
        ("Nghị quyết số 21/2025/NQ-HĐND", True),
        ("Công văn số 812/CV-SGDĐT", False),
        ("Công văn số 655/QĐ-UBND", False),
        ("Nghị quyết số 18/2026 do Sở Giáo dục và Đào tạo ban hành", False),
    ],
)
def test_numbers_that_cannot_exist_under_decree_30(text: str, can: bool) -> None:
    [one] = documents(text)
    assert (impossible(one) == "") is can


def test_old_units_stand_for_the_new_ones(matcher: PlaceMatcher) -> None:
    old, new = "Trường ở quận Lê Chân cũ.", "Trường ở phường An Biên."
    [a] = read(old, None, matcher.find(old, "Hải Phòng")).places
    [b] = read(new, None, matcher.find(new, "Hải Phòng")).places
    assert a.units & b.units


def test_opinions_are_no_claims_and_lend_nothing_to_one(matcher: PlaceMatcher) -> None:
    fact = "Học sinh Hải Phòng nghỉ Tết từ 01/02 đến hết 14/02/2027."
    plain = claims(Article("a", "", fact), matcher)
    angry = claims(Article("a", "", f"Tôi thấy cách làm này quá vô cảm. {fact} Thật đáng thất vọng."), matcher)
    kept = [c for c in angry if c.checkable]
    assert [c.text for c in kept] == [fact]
    assert kept[0].context == plain[0].context


def test_a_sentence_takes_its_place_from_the_names_before_it(matcher: PlaceMatcher) -> None:
    found = claims(Article("a", "Thanh Hóa: mức thu mới", "Tiền ăn tối đa 32.000 đồng một ngày."), matcher)
    assert [c.home for c in found] == ["other", "other"]


def test_a_national_outlet_must_name_the_city(matcher: PlaceMatcher) -> None:
    told = Article("a", "Lịch nghỉ Tết", "Học sinh được nghỉ 14 ngày.", outlet_kind="central_press")
    assert {c.home for c in claims(told, matcher)} == {"unsaid"}

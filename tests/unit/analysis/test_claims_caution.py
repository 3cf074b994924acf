"""What a notice does not contradict: counts that go on, parts, other schools, last year; and the second slot."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.candidates import Decision, decide
from analysis.claims import Article
from analysis.places import PlaceMatcher
from analysis.reference_index import build
from analysis.references import Reference
from lang.claims_concerns import concern_of

DAY = dt.date(2027, 5, 3)


def told(text: str, notice: str, matcher: PlaceMatcher, title: str = "Tin trường lớp ở Hải Phòng") -> Decision:
    """What is said of a local text against one notice of the department."""
    reference = Reference(
        "R1", notice, "Sở Giáo dục và Đào tạo Hải Phòng", "Công văn số 71/SGDĐT-VP", issued=dt.date(2027, 4, 20)
    )
    return decide(Article("a", title, text, DAY, "Tin Bến Thử", "portal"), build([reference], matcher), matcher)


CASES = "Từ đầu năm đến ngày 18/4/2027, thành phố ghi nhận 236 ca sốt phát ban ở học sinh tiểu học."
BENCHES = "Cấp 4.800 bộ bàn ghế cho các trường tiểu học, kinh phí 12,6 tỷ đồng, hoàn thành trước ngày 30/8/2027."


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("Trong tuần qua có thêm 41 ca, nâng tổng số ca sốt phát ban ở học sinh từ đầu năm lên 277 ca.", CASES),
        ("Đến nay mới có 1.900 bộ bàn ghế về các trường tiểu học.", BENCHES),
        ("Trường Tiểu học Bến Thử được cấp 620 bộ bàn ghế.", BENCHES),
        ("Năm ngoái thành phố cấp 3.100 bộ bàn ghế cho các trường tiểu học.", BENCHES),
    ],
)
def test_a_part_or_another_day_of_a_count_differs_from_nothing(text: str, notice: str, matcher: PlaceMatcher) -> None:
    assert not told(text, notice, matcher).candidate


def test_a_difference_needs_a_second_slot_that_agrees(matcher: PlaceMatcher) -> None:
    wrong = "Các trường tiểu học sẽ nhận đủ 6.800 bộ bàn ghế."
    backed = told(f"{wrong} Tổng kinh phí là 12,6 tỷ đồng. Việc cấp bàn ghế xong trước 30/8/2027.", BENCHES, matcher)
    assert (backed.relation, backed.differs_in) == ("contradicts", "number")


def test_another_school_is_another_event(matcher: PlaceMatcher) -> None:
    notice = "Hai lớp của Trường Mầm non Sóng Xanh tạm nghỉ từ ngày 22/4 đến hết ngày 28/4/2027."
    other = "Hai lớp của Trường Mầm non Nắng Vàng tạm nghỉ từ ngày 23/4 đến hết ngày 30/4/2027."
    assert not told(other, notice, matcher).candidate


def test_a_list_of_levels_runs_over_its_commas(matcher: PlaceMatcher) -> None:
    notice = "Học sinh tiểu học, trung học cơ sở học bơi không quá 03 buổi/tuần."
    assert not told("Cấp một với cấp hai học bơi nhiều nhất ba buổi một tuần.", notice, matcher).candidate


@pytest.mark.parametrize("text", ["trường không được ép phụ huynh mua áo", "hết hạn nhận hồ sơ vào 31/7"])
def test_what_is_not_done_is_no_allegation(text: str) -> None:
    assert concern_of(text) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("có người ra giá 90 triệu một suất dạy hợp đồng", "khoản thu"),
        ("mười cô nuôi ba tháng nay chưa được thanh toán đồng nào", "lương"),
        ("giám thị ném phao cho mấy em ngồi cuối", "thi cử"),
        ("nửa sân trường bị cắt cho quán làm bãi gửi xe", "đất"),
    ],
)
def test_everyday_words_of_a_wrong_are_known(text: str, kind: str) -> None:
    assert concern_of(text) == kind

"""Whose business an item is: invented items."""

from __future__ import annotations

import inspect

import pytest

from analysis.places import PlaceMatcher
from analysis.scope import scope
from config.gazetteer import load_gazetteer

MATCHER = PlaceMatcher(load_gazetteer())


def whose(title: str, lead: str = "", *topics: str, kind: str = "news") -> str:
    found = MATCHER.find(f"{title}\n{lead}")
    return scope(title, lead, found, "none", edu="core", topics=topics, kind=kind)[0]


def test_tone_and_stance_are_no_arguments() -> None:
    assert list(inspect.signature(scope).parameters) == ["title", "lead", "mentions", "hp", "edu", "topics", "kind"]


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Bộ ban hành khung năng lực tin học", "Khung có năm mức."),
        ("Khung năng lực tin học có năm mức", "Tài liệu của Bộ được gửi tới các trường."),
        ("Tiết học ngắn lại", "Theo Bộ, học sinh tiểu học cần thêm giờ chơi."),
        ("Giáo viên nói gì về dự thảo của Bộ?", ""),
        ("Học sinh Việt Nam giành hai giải cờ vua tại Singapore", ""),
        ("Tiết học ngắn lại. Bộ lấy ý kiến", ""),
    ],
)
def test_the_ministry_is_national_by_its_short_name(title: str, lead: str) -> None:
    assert whose(title, lead) == "national"


@pytest.mark.parametrize(
    "title",
    [
        "Bộ sách cũ của ông nội",
        "Bộ ảnh kỷ yếu giữa đồng muối",
        "Bộ phim về cô giáo làng",
        "Bộ đôi nữ sinh mê cờ vua",
        "Các chú Bộ đội giúp dựng lại lớp học",
        "Thăm vườn rau cùng Bộ Chỉ huy quân sự",
        "BỘ TRANH CỦA LỚP NĂM TUỔI",
    ],
)
def test_a_set_a_pair_and_the_army_are_no_ministry(title: str) -> None:
    assert whose(title, "", "activities") == "unclear"


def test_another_countrys_ministry_is_abroad() -> None:
    assert whose("Bộ Giáo dục Hàn Quốc bỏ bài tập về nhà") == "abroad"


def test_rules_of_no_place_are_the_nations_stories_are_nobodys() -> None:
    assert whose("Quy định mới về dạy thêm", "Giáo viên phải báo cáo hiệu trưởng.", "extra_teaching") == "national"
    assert whose("Cách tính điểm xét tuyển", "", "exams", kind="service") == "national"
    assert whose("Nghĩ về chuyện thi cử", "", "exams", kind="opinion") == "unclear"
    assert whose("Cậu bé mê sách", "", "commendation") == "unclear"


@pytest.mark.parametrize(
    "title",
    [
        "Trường THPT Cánh Buồm Nâu đổi giờ học",
        "Đại học Gió Biển tăng học phí",
        "Trường tiểu học Ngọn Sóng lắp máy lọc nước",
        "Phụ huynh xã Tân Lập Hạ góp sách",
        "Cà Mau đổi lịch thi",
    ],
)
def test_a_school_or_a_place_by_name_keeps_an_item_local(title: str) -> None:
    assert whose(title, "", "fees", "exams") == "local"


def test_levels_alone_name_no_school() -> None:
    assert whose("Trường THPT chuyên được tuyển bao nhiêu lớp?", "", "exams") == "national"
    assert whose("Các trường đại học, cao đẳng đổi cách xét tuyển", "", "exams") == "national"

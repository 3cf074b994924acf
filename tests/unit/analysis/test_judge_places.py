"""Where the judge says an item happens: fronts and bodies, outlets of ours, English."""

from __future__ import annotations

from analysis.judge import Item, Judge
from analysis.verdict import Verdict
from config.gazetteer import load_gazetteer

JUDGE = Judge.load(load_gazetteer())
OURS = "Giáo dục · Hải Phòng"
FILLER = "Các em đọc sách, trồng rau và tập bơi mỗi tuần. " * 30


def one(title: str, lead: str = "", **more: str) -> Verdict:
    return JUDGE.judge([Item("x", title, lead, **more)])[0]


def test_a_name_deep_in_a_body_is_a_mention() -> None:
    said = one("Cà Mau mở thư viện cho học sinh", "Tỉnh có thêm 12 thư viện.", body=f"{FILLER}Sách do Hải Phòng tặng.")
    assert (said.edu, said.hp) == ("core", "mention")


def test_a_body_says_where_when_title_and_lead_name_no_place() -> None:
    body = f"Sáng nay, Trường THCS Cửa Nắng ở phường Lê Chân, TP Hải Phòng mở thư viện. {FILLER}"
    said = one("Thư viện giữa sân trường", "Các em học sinh góp 300 cuốn sách.", body=body)
    assert (said.edu, said.hp) == ("core", "direct")


def test_a_former_ward_of_another_province_deep_in_a_body_is_not_ours() -> None:
    body = f"{FILLER}Trường nằm ở phường Ngô Quyền cũ của tỉnh Bắc Ninh."
    assert one("Bắc Ninh sửa trường học", "Học sinh có lớp mới.", body=body).hp == "none"


def test_an_outlet_of_ours_speaks_of_home() -> None:
    title, lead = "Trường tiểu học Cửa Nắng thay thực đơn bán trú", "Phụ huynh được mời giám sát bếp ăn."
    at_home, elsewhere = one(title, lead, section=OURS), one(title, lead)
    assert (at_home.hp, elsewhere.hp) == ("direct", "none")
    assert at_home.hp_score < 0.9
    assert "nguồn tin địa phương" in at_home.why


def test_an_outlet_of_ours_reports_on_others_too() -> None:
    for title in ("Bộ GD-ĐT công bố lịch thi", "Cà Mau thay thực đơn bán trú", "Phần Lan bỏ bài tập về nhà"):
        assert one(title, "Học sinh tiểu học được áp dụng từ năm học tới.", section=OURS).hp == "none"


def test_a_bare_ward_in_an_outlet_of_ours() -> None:
    title, lead = "Học sinh ở Thanh Hà làm mô hình nhà nổi", "Nhóm học sinh THCS dùng chai nhựa cũ."
    assert (one(title, lead, section=OURS).hp, one(title, lead).hp) == ("direct", "none")


def test_english_about_us_or_the_countrys_schools_is_in_and_says_so_in_vietnamese() -> None:
    ours = one("Hai Phong schools get new libraries", "The pupils of the city will have 40 of them by May.")
    national = one(
        "Vietnam to drop textbook fees", "The ministry in Hanoi said that pupils of all schools will benefit."
    )
    abroad = one("Schools in Finland drop homework", "The pupils of the country have more time for sport.")
    assert [v.relevance for v in (ours, national, abroad)] == ["relevant", "relevant", "irrelevant"]
    assert [v.language for v in (ours, national)] == ["en", "en"]
    assert (ours.hp, national.scope) == ("direct", "national")
    assert ours.why.startswith("Bài tiếng Anh")

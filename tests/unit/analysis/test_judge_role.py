"""Whether an item is about education does not hang on the city's name; whether it is the city's business hangs on more
than the name. Invented items."""

from __future__ import annotations

import pytest

from analysis.features import unplaced
from analysis.judge import Item, Judge
from analysis.places import PlaceMatcher
from analysis.role import role_features, school_of_ours
from analysis.verdict import Verdict
from config.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer()
JUDGE, MATCHER = Judge.load(GAZETTEER), PlaceMatcher(GAZETTEER)
FILLER = "Các em đọc sách, trồng rau và tập bơi mỗi tuần. " * 40


def one(title: str, lead: str = "", **more: str) -> Verdict:
    return JUDGE.judge([Item("x", title, lead, **more)])[0]


def said_of(title: str, lead: str = "") -> set[str]:
    return role_features(title, lead, MATCHER.find(f"{title}\n{lead}"))


@pytest.mark.parametrize("place", ["Hải Phòng", "TP Hải Phòng", "phường Lê Chân", "Hải Dương"])
def test_the_name_of_a_place_of_ours_moves_the_judgement_on_education_by_nothing(place: str) -> None:
    title, lead = "Sinh viên {} góp vườn rau cho bếp ăn", "Hội sinh viên ở {} bầu chủ tịch mới trong tuần này."
    here = one(title.format(place), lead.format(place))
    nowhere = one(title.format("").replace("  ", " "), lead.format("").replace("  ", " "))
    assert (here.edu, here.edu_score) == (nowhere.edu, nowhere.edu_score)
    assert here.topics == nowhere.topics
    assert here.hp != nowhere.hp


def test_only_names_of_ours_are_taken_out_and_the_line_between_title_and_lead_stays() -> None:
    title, lead = "Hải Phòng và Cà Mau đổi thầy", "Trường ở phường Lê Chân, TP Hải Phòng."
    front, rest = unplaced(title, lead, MATCHER.find(f"{title}\n{lead}"))
    assert front.split() == ["và", "Cà", "Mau", "đổi", "thầy"]
    assert "Trường ở" in rest
    assert "Phòng" not in front + rest
    assert "Lê Chân" not in rest
    assert unplaced("Cà Mau mở trường", "", MATCHER.find("Cà Mau mở trường\n")) == ("Cà Mau mở trường", "")


def test_who_plays_at_home_is_read_from_words_and_grounds() -> None:
    assert "@ground-ours" in said_of("CLB Sóng Xanh thua chủ nhà Hải Phòng", "Trận đấu trên sân Lạch Tray có mưa.")
    assert "@ground-theirs" in said_of("CLB Sóng Xanh thắng đội khách Hải Phòng", "Bàn thắng đến ở phút cuối.")
    assert "@ground-unsaid-lead" in said_of("CLB Sóng Xanh thắng trận thứ ba", "Họ gặp Hải Phòng tuần tới.")


def test_a_person_from_here_is_told_apart_from_a_thing_that_happens_here() -> None:
    assert "@from" in said_of("Thanh niên quê Hải Phòng lừa đảo tại Cà Mau")
    assert "@from-aged" in said_of("Công an Cà Mau bắt giữ một người", "Người này (34 tuổi, ngụ Hải Phòng) bị bắt.")
    assert "@from" not in said_of("Hải Phòng khai trương thư viện")


def test_no_place_of_ours_no_role() -> None:
    assert said_of("Cà Mau mở thư viện cho học sinh", "Phường Lê Lai góp sách.") == set()


def test_a_school_of_ours_deep_in_a_body_makes_it_our_business() -> None:
    title, lead = "Xe chở học sinh gặp nạn ở Cà Mau", "Nhiều em bị thương nhẹ."
    named = one(title, lead, body=f"{FILLER}Các em học Trường THPT An Dương, huyện An Dương, Hải Phòng.")
    passing = one(title, lead, body=f"{FILLER}Tài xế từng làm thuê ở Hải Phòng.")
    assert (named.hp, passing.hp) == ("direct", "mention")
    assert named.hp_score < passing.hp_score  # a rule that few articles support says so
    football = one("Đội bóng Cà Mau thắng lớn", "Trận đấu có mưa.", body="Sân bên cạnh chợ. " * 80 + "Hải Phòng thua.")
    assert football.hp == "mention"


def test_a_school_without_its_place_beside_it_is_not_enough() -> None:
    text = f"Các trường góp sách.\n{FILLER}Trường THCS Lê Lợi góp nhiều nhất. {FILLER}Hải Dương cũng góp."
    assert not school_of_ours(MATCHER.find(text))

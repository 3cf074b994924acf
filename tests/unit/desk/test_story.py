"""The page of a story: first outlet, spread, facts side by side, members; nothing unmasked, nobody called wrong."""

from __future__ import annotations

from starlette.testclient import TestClient

from desk.story_spread import Point, outline, spread, thinned
from store.model import Article, Membership, Relation, Story
from store.model_story import DecisionKind, StoryDecision
from tests.unit.desk.conftest import HOUR, MINUTE, NOW, Press
from tests.unit.desk.pages import section, tree, words

STORM = (
    "Lốc xoáy cuốn bay mái Trường tiểu học Sao Mai",
    "Cơn lốc chiều 12/5 giật tung mái tôn sáu phòng học, 240 học sinh được đưa ra ngoài an toàn.",
)
STORM_AGAIN = (
    "Vì sao Trường Sao Mai tốc mái?",
    "Cơn lốc chiều 12/5 làm tốc mái 6 phòng học; 245 em được đưa ra ngoài an toàn.",
)
BEGAN = NOW - 30 * HOUR


def told(press: Press) -> tuple[Article, Article, Article]:
    """Two outlets' own words and a reprint of the first."""
    first = press.article(*STORM, outlet="Báo Cảng Biển", story="storm", at=BEGAN)
    copy = press.article(*STORM, outlet="Tin Gom", story="storm", relation=Relation.REPRINT, at=BEGAN + HOUR)
    own = press.article(
        *STORM_AGAIN, outlet="Cửa Biển", story="storm", relation=Relation.FOLLOW_UP, at=BEGAN + 2 * HOUR
    )
    with press.store.transaction() as tx:
        tx.add_grouping(
            [], [Membership(copy.id, press.stories["storm"], Relation.REPRINT, first.id, 1.0, "machine", "v2", NOW)], []
        )
    return first, copy, own


def test_who_was_first_how_far_it_went_and_originals_apart_from_reprints(press: Press, desk: TestClient) -> None:
    told(press)
    page = tree(desk, f"/nhom-tin/{press.stories['storm']}")
    said = words(page)
    assert "3 báo · 2 bài tự viết · 1 bài đăng lại. Báo đầu tiên: Báo Cảng Biển" in said
    assert words(page.find(".//h1")) == STORM[0]  # the other headline asks
    assert "tiêu đề và sapo cùng nói" in said
    rows = section(page, "lan-rong").findall(".//tbody/tr")
    assert [[words(cell) for cell in row][1:] for row in rows] == [["1", "1", "0"], ["2", "1", "1"], ["3", "2", "1"]]
    assert "đăng lại của Báo Cảng Biển" in words(section(page, "cac-bai"))
    assert page.find(".//script") is None


def test_facts_stand_side_by_side_and_nobody_is_called_wrong(press: Press, desk: TestClient) -> None:
    first, _, own = told(press)
    facts = section(tree(desk, f"/nhom-tin/{press.stories['storm']}"), "so-lieu")
    differing, agreed = facts.findall(".//tbody")
    assert "Số liệu chưa thống nhất" in words(differing)
    assert "240 học sinh" in words(differing) and "245 em" in words(differing)
    assert "sáu phòng học" in words(agreed) and "6 phòng học" in words(agreed) and "12/5" in words(agreed)
    links = [a.get("href") for a in facts.iter("a")]
    assert f"/tin-bai/{first.id}" in links and f"/tin-bai/{own.id}" in links
    assert not {"sai", "đúng số", "bịa", "giả"} & set(words(facts).lower().split())


def test_reprints_have_no_voice_in_the_facts(press: Press, desk: TestClient) -> None:
    press.article(*STORM, outlet="Báo Cảng Biển", story="storm", at=BEGAN)
    press.article(*STORM, outlet="Tin Gom", story="storm", relation=Relation.REPRINT, at=BEGAN + HOUR)
    assert "Chưa có con số" in words(section(tree(desk, f"/nhom-tin/{press.stories['storm']}"), "so-lieu"))


def test_a_pupil_named_by_one_outlet_is_masked_in_all(press: Press, desk: TestClient) -> None:
    press.article(
        "Nữ sinh lớp 5 cứu bạn", "Em Lương Khánh Vy, học sinh lớp 5A Trường Sao Mai, kéo bạn khỏi hố nước lúc 16h30.",
        outlet="Báo Cảng Biển", story="vy", at=BEGAN,
    )  # fmt: skip
    press.article(
        "Lương Khánh Vy kéo bạn khỏi hố nước", "Lương Khánh Vy kéo bạn khỏi hố nước lúc 17h30 hôm qua.",
        outlet="Cửa Biển", story="vy", relation=Relation.FOLLOW_UP, at=BEGAN + HOUR,
    )  # fmt: skip
    answer = desk.get(f"/nhom-tin/{press.stories['vy']}")
    assert answer.status_code == 200
    assert "Khánh Vy" not in answer.text


def test_a_merged_story_leads_on_and_shows_everything(press: Press, desk: TestClient) -> None:
    told(press)
    other = press.article("Trường Sao Mai lợp lại mái", outlet="Đài Sông Lam", story="roof", at=BEGAN + 3 * HOUR)
    one, into = press.stories["roof"], press.stories["storm"]
    decision = StoryDecision("sdc_1", DecisionKind.MERGE, one, into, "Lê Thị Sóng", "cùng một cơn lốc", NOW)
    with press.store.transaction() as tx:
        tx.set_redirect(one, into)
        tx.add_story_decision(decision)
    moved = desk.get(f"/nhom-tin/{one}")
    assert (moved.status_code, moved.headers["location"]) == (302, f"/nhom-tin/{into}")
    page = tree(desk, f"/nhom-tin/{into}")
    assert f"/tin-bai/{other.id}" in [a.get("href") for a in section(page, "cac-bai").iter("a")]
    assert "4 báo" in words(page)
    assert "Lê Thị Sóng gộp một nhóm tin khác vào đây" in words(section(page, "quyet-dinh"))
    with press.store.transaction() as tx:
        tx.undo_story_decision("sdc_1", "Ngô Văn Bến", "hai cơn lốc", NOW)
        tx.set_redirect(one, None)
    assert "Ngô Văn Bến đã hoàn tác" in words(section(tree(desk, f"/nhom-tin/{into}"), "quyet-dinh"))
    assert "1 báo" in words(tree(desk, f"/nhom-tin/{one}"))


def test_what_is_not_there(press: Press, desk: TestClient) -> None:
    tree(desk, "/nhom-tin/sto_khong_co", 404)
    empty = Story(Story.make_id("art_x"), "art_x", NOW)
    with press.store.transaction() as tx:
        tx.add_grouping([empty], [], [])
    tree(desk, f"/nhom-tin/{empty.id}", 404)


def test_a_loop_of_merges_and_hostile_words_do_no_harm(press: Press, desk: TestClient) -> None:
    press.article("<script>alert(1)</script> & lốc", "“><img src=x> 240 em", outlet="<b>Báo</b>", story="x", at=BEGAN)
    story = press.stories["x"]
    answer = desk.get(f"/nhom-tin/{story}")
    assert answer.status_code == 200 and "<script>alert" not in answer.text and "<img" not in answer.text
    with press.store.transaction() as tx:
        tx.set_redirect(story, story)
    tree(desk, f"/nhom-tin/{story}", 404)


def test_a_story_of_hundreds_is_shown_in_part_and_counted_in_full(press: Press, desk: TestClient) -> None:
    for n in range(70):
        more = {"relation": Relation.FOLLOW_UP, "outcome": None, "at": BEGAN + n * MINUTE}
        press.article(f"Bài thứ {n} về cơn lốc", outlet=f"Báo {n}", story="big", **more)
    said = words(tree(desk, f"/nhom-tin/{press.stories['big']}"))
    assert "70 báo · 70 bài tự viết" in said and "và 10 bài nữa" in said


def test_the_curve() -> None:
    points = spread([(30, "B", False), (10, "A", False), (20, "C", True), (30, "A", True)])
    assert points == (Point(10, 1, 1, 0), Point(20, 2, 1, 1), Point(30, 3, 2, 2))
    assert spread([]) == ()
    assert outline(points, 100, 30).split() == [
        "0,30",
        "0.0,30.0",
        "0.0,20.0",
        "50.0,20.0",
        "50.0,10.0",
        "100.0,10.0",
        "100.0,0.0",
        "100,0.0",
    ]
    many = spread((n, f"{n % 4}", n % 2 == 1) for n in range(100))
    few = thinned(many, 10)
    assert len(few) == 10 and few[0] == many[0] and few[-1] == many[-1] and {p.outlets for p in few} == {1, 2, 3, 4}
    assert thinned(points, 10) == points

"""The list of articles: range, outcome, words, pages."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from store.model import Article, SavedSearch
from store.search_ask import places
from tests.unit.desk.conftest import DAY, HOUR, NOW, Press
from tests.unit.desk.pages import tree, words


def listed(client: TestClient, address: str) -> list[str]:
    return [words(a) for a in tree(client, address).cssselect("ul.items .head a")]


def test_newest_first_and_only_what_was_chosen_or_is_to_be_reviewed(press: Press, desk: TestClient) -> None:
    press.article("Được chọn")
    press.article("Cần xem lại", outcome="to_review", why="Chưa chắc có nói về giáo dục.")
    press.article("Ngoài phạm vi", outcome="irrelevant")
    press.article("Chưa nhận định", outcome=None)
    assert listed(desk, "/tin-bai") == ["Cần xem lại", "Được chọn"]
    assert listed(desk, "/tin-bai?ket_qua=relevant") == ["Được chọn"]
    assert listed(desk, "/tin-bai?ket_qua=irrelevant") == ["Ngoài phạm vi"]
    assert listed(desk, "/tin-bai?ket_qua=chua") == ["Chưa nhận định"]
    assert len(listed(desk, "/tin-bai?ket_qua=tat_ca")) == 4
    assert "Chưa chắc có nói về giáo dục." in words(tree(desk, "/tin-bai"))


def test_the_last_seven_days_count_from_the_newest_article(press: Press, desk: TestClient) -> None:
    press.article("Mới nhất", at=NOW - 40 * 24 * HOUR)
    press.article("Sáu ngày trước đó", at=NOW - 46 * 24 * HOUR)
    press.article("Bảy ngày trước đó", at=NOW - 47 * 24 * HOUR)
    assert listed(desk, "/tin-bai") == ["Mới nhất", "Sáu ngày trước đó"]
    page = tree(desk, "/tin-bai")
    assert page.cssselect("input[name=tu]")[0].get("value") == "2026-10-05"
    assert page.cssselect("input[name=den]")[0].get("value") == "2026-10-11"
    assert listed(desk, "/tin-bai?tu=2026-10-01&den=2026-10-04") == ["Bảy ngày trước đó"]


def test_walking_all_pages_shows_each_article_once(press: Press, desk: TestClient) -> None:
    titles = {f"Tin số {n}" for n in range(120)}
    for n, title in enumerate(sorted(titles)):
        press.article(title, at=NOW - HOUR - n // 7)  # seven in each millisecond
        press.article("Ngoài phạm vi", outcome="irrelevant", at=NOW - HOUR - n // 7)
    seen: list[str] = []
    address: str | None = "/tin-bai"
    pages = 0
    while address:
        page = tree(desk, address)
        seen += [words(a) for a in page.cssselect("ul.items .head a")]
        address = next((a.get("href") for a in page.cssselect("main a") if "Trang sau" in words(a)), None)
        pages += 1
    assert len(seen) == 120 and set(seen) == titles
    assert pages == 3


def test_search_knows_neither_marks_nor_case_and_keeps_every_word(press: Press, desk: TestClient) -> None:
    press.article("Học phí năm học mới", "Ở Kiến An.")
    press.article("Học bổng năm học mới", "Ở Kiến An.", "Cả tiền ăn bán trú.")
    assert listed(desk, "/tin-bai?q=hoc phi KIEN AN") == ["Học phí năm học mới"]
    assert listed(desk, "/tin-bai?q=học bổng") == ["Học bổng năm học mới"]
    assert listed(desk, '/tin-bai?q="bán trú"') == ["Học bổng năm học mới"]
    assert listed(desk, "/tin-bai?q=kien an -bổng") == ["Học phí năm học mới"]
    assert "Không có bài nào như vậy" in words(tree(desk, "/tin-bai?q=dien bien"))


def test_what_was_looked_for_is_marked_in_title_and_text(press: Press, desk: TestClient) -> None:
    press.article("Học phí <b>mới</b>", "Thu học phí từ tháng Chín.", "Nhiều nơi đã thu.")
    page = tree(desk, "/tin-bai?q=thu hoc phi")
    assert [words(mark) for mark in page.cssselect("ul.items mark")] == ["Học", "phí", "Thu", "học", "phí", "thu"]
    assert not page.cssselect("ul.items b b") and "<b>mới</b>" in words(page)


def test_search_has_all_days_unless_some_are_asked_for(press: Press, desk: TestClient) -> None:
    press.article("Khai giảng năm nay", at=NOW - HOUR)
    press.article("Khai giảng năm ngoái", at=NOW - 400 * 24 * HOUR)
    assert listed(desk, "/tin-bai?q=khai") == ["Khai giảng năm nay", "Khai giảng năm ngoái"]
    assert listed(desk, "/tin-bai?q=khai&tu=2026-11-01") == ["Khai giảng năm nay"]
    assert listed(desk, "/tin-bai?q=khai&tu=2020-01-01&den=2026-01-01") == ["Khai giảng năm ngoái"]
    narrow = tree(desk, "/tin-bai?q=khai&tu=2026-11-01")
    wider = next(a.get("href") for a in narrow.cssselect("main a") if "mọi ngày" in words(a))
    assert len(listed(desk, wider)) == 2


def test_narrowing_by_outlet_place_topic_and_tone(press: Press, desk: TestClient) -> None:
    unit = {"places": [{"units": ["11329"], "in_hp": True, "confidence": 0.9}]}
    code = next(code for code, name in places().items() if name == "Phường Lê Chân")
    unit["places"][0]["units"] = [code]
    press.article("Bán trú ở Lê Chân", tone="neg", topics="food,fees", details={"hp": unit})
    press.article("Bán trú ở nơi khác", outlet="Tin Sông", hp="none", topics="food")
    assert listed(desk, "/tin-bai?q=ban tru&noi=le chan") == ["Bán trú ở Lê Chân"]
    assert listed(desk, "/tin-bai?noi=Hải Phòng") == ["Bán trú ở Lê Chân"]
    assert listed(desk, "/tin-bai?bao=tin song") == ["Bán trú ở nơi khác"]
    assert listed(desk, "/tin-bai?chu_de=food") == ["Bán trú ở nơi khác", "Bán trú ở Lê Chân"]
    assert listed(desk, "/tin-bai?chu_de=food&sac_thai=neg") == ["Bán trú ở Lê Chân"]


def test_the_outcome_narrows_a_search_too(press: Press, desk: TestClient) -> None:
    press.article("Khai giảng chọn")
    press.article("Khai giảng ngoài", outcome="irrelevant")
    press.article("Khai giảng chưa", outcome=None)
    assert listed(desk, "/tin-bai?q=khai") == ["Khai giảng chọn"]
    assert listed(desk, "/tin-bai?q=khai&ket_qua=irrelevant") == ["Khai giảng ngoài"]
    assert listed(desk, "/tin-bai?q=khai&ket_qua=chua") == ["Khai giảng chưa"]
    assert len(listed(desk, "/tin-bai?q=khai&ket_qua=tat_ca")) == 3


def test_best_first_when_asked_for(press: Press, desk: TestClient) -> None:
    press.article("Học phí, học phí", "Học phí.")
    press.article("Chuyện khác", "Có nhắc học phí trong một câu dài về trời nắng, về chợ, về cá và về biển.")
    assert listed(desk, "/tin-bai?q=học phí")[0] == "Chuyện khác"
    assert listed(desk, "/tin-bai?q=học phí&xep=phu_hop")[0] == "Học phí, học phí"


def test_found_pages_follow_one_another_and_keep_what_was_asked(press: Press, desk: TestClient) -> None:
    for n in range(45):
        press.article(f"Khai giảng {n}", outlet="Tin Sông")
    seen: list[str] = []
    address: str | None = "/tin-bai?q=khai giảng&bao=Tin Sông"
    while address:
        page = tree(desk, address)
        seen += [words(a) for a in page.cssselect("ul.items .head a")]
        address = next((a.get("href") for a in page.cssselect("main a") if "Trang sau" in words(a)), None)
    assert seen == [f"Khai giảng {n}" for n in range(44, -1, -1)]


def test_a_masked_pupil_cannot_be_searched_for(press: Press, desk: TestClient) -> None:
    press.article("Tai nạn ở trường", "", "Em Phạm Khánh Vy, 12 tuổi, học sinh lớp 7A Trường THCS Sóng Xanh, bị ngã.")
    assert listed(desk, "/tin-bai?q=Khánh Vy") == listed(desk, "/tin-bai?q=khanh vy&xep=phu_hop") == []
    page = tree(desk, "/tin-bai?q=bị ngã")
    assert "[" in words(page.cssselect("ul.items")[0]) and "Vy" not in words(page.cssselect("ul.items")[0])


def test_kept_searches_are_offered_and_run(press: Press, desk: TestClient) -> None:
    press.article("Học phí năm học mới", at=NOW - 40 * 24 * HOUR)
    press.article("Tin khác")
    kept = SavedSearch("sch_1", "Tiền <i>trường</i>", {"words": "học phí"}, "Lê Thị Sóng", NOW)
    with press.store.transaction() as tx:
        tx.add_saved_search(kept)
    page = tree(desk, "/tin-bai")
    link = next(a for a in page.cssselect("main a") if words(a) == "Tiền <i>trường</i>")
    assert listed(desk, link.get("href")) == ["Học phí năm học mới"]


def test_an_address_or_an_id_leads_to_its_article(press: Press, desk: TestClient) -> None:
    article: Article = press.article("Tin", url="https://bao-cang.example/a.html?x=1&y=2")
    for query in (article.url, article.id):
        answer = desk.get("/tin-bai", params={"q": query})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/tin-bai/{article.id}")


def test_no_article_yet_is_said_with_the_way_out(desk: TestClient) -> None:
    assert "Chưa có tin, bài nào" in words(tree(desk, "/tin-bai"))


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("tu=hôm-qua", "2026-11-20"),
        ("tu=2026-11-20&den=2026-11-01", "đổi chỗ hai ngày"),
        ("tu=2020-01-01&den=2026-11-01", "31 ngày"),
        ("den=0001-01-01", "không đọc được"),
        ("ket_qua=tin_gia", "chọn lại trong danh sách"),
        ("truoc=xyz", "bỏ phần đó"),
        ("q=a&truoc=9-b", "bỏ phần đó"),
        ("q=a&tu=2026-11-20&den=2026-11-01", "đổi chỗ hai ngày"),
        ("noi=Sao Hỏa", "Không có phường, xã"),
        ("bao=không có", "Không có báo nào"),
        ("sac_thai=xau", "neg, neu, pos"),
        ("chu_de=tin gia", "Không có chủ đề"),
    ],
)
def test_a_query_that_cannot_be_used_is_explained(press: Press, desk: TestClient, query: str, part: str) -> None:
    press.article("Tin", at=NOW)
    assert part in words(tree(desk, f"/tin-bai?{query}", status=400))


def test_a_page_walks_only_so_far_however_large_the_archive_is(press: Press, desk: TestClient) -> None:
    rows = []
    for n in range(2300):
        url = f"https://bao-cang.example/im-{n}.html"
        rows.append(Article(Article.make_id(url), url, url, "bao_cang", "Báo Cảng Biển", NOW - n, "fet_none"))
    with press.store.transaction() as tx:
        tx.add_articles(rows)
    press.article("Nằm sau hai nghìn bài chưa đọc", at=NOW - 5000)
    first = tree(desk, f"/tin-bai?den={DAY}")
    assert not first.cssselect("ul.items")
    onward = next(a.get("href") for a in first.cssselect("main a") if "xem tiếp" in words(a))
    assert listed(desk, onward) == ["Nằm sau hai nghìn bài chưa đọc"]

"""The list of articles: range, outcome, words, pages."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from store.model import Article
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
    press.article("Học bổng năm học mới", "Ở Kiến An.")
    assert listed(desk, "/tin-bai?q=hoc phi KIEN AN") == ["Học phí năm học mới"]
    assert listed(desk, "/tin-bai?q=học bổng") == ["Học bổng năm học mới"]
    nothing = words(tree(desk, "/tin-bai?q=dien bien"))
    assert "Không có bài nào như vậy" in nothing and "2 bài đã xem qua" in nothing


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

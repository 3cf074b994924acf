"""The page of kept searches: what each looks for, and the way to run it."""

from __future__ import annotations

from starlette.testclient import TestClient

from store.model import SavedSearch
from tests.unit.desk.conftest import NOW, Press
from tests.unit.desk.pages import tree, words


def keep(press: Press, name: str, query: dict[str, object]) -> None:
    kept = SavedSearch(SavedSearch.make_id(name, "Lê Thị Sóng", NOW), name, query, "Lê Thị Sóng", NOW)
    with press.store.transaction() as tx:
        tx.add_saved_search(kept)


def test_a_kept_search_is_told_in_words_and_run_with_one_click(press: Press, desk: TestClient) -> None:
    press.article("Hải Phòng miễn học phí cho trẻ mầm non")
    press.article("Lịch thi tốt nghiệp")
    keep(press, "Học phí", {"words": "hoc phi"})
    page = tree(desk, "/tim-da-luu")
    assert "Học phí" in words(page)
    assert "từ: hoc phi" in words(page)
    assert "Lê Thị Sóng" in words(page)
    address = next(a.get("href") for a in page.cssselect("main a") if a.get("href", "").startswith("/tin-bai?"))
    found = [words(a) for a in tree(desk, address).cssselect("ul.items .head a")]
    assert found == ["Hải Phòng miễn học phí cho trẻ mầm non"]


def test_without_any_the_page_says_how_to_keep_one(desk: TestClient) -> None:
    assert "haidang search" in words(tree(desk, "/tim-da-luu"))


def test_markup_in_a_name_is_text(press: Press, desk: TestClient) -> None:
    keep(press, "<b>Học phí</b>", {"words": "<script>alert(1)</script>"})
    answer = desk.get("/tim-da-luu").text
    assert "<script>alert" not in answer
    assert "&lt;b&gt;Học phí" in answer

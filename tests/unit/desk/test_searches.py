"""Kept searches: what each looks for, run with one click, kept and dropped by a form of this page alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from desk.seal import LASTS_MS
from store.model import SavedSearch
from tests.unit.desk.conftest import NOW, Press
from tests.unit.desk.inbox_forms import OURS
from tests.unit.desk.pages import tree, words

PAGE = "/tim-da-luu"
FOUND = f"{PAGE}?q=hoc+phi&ket_qua=tat_ca"
NAMED = {"ten": "Học phí", "ai": "Lê Thị Sóng"}


def keep(press: Press, name: str, query: dict[str, object]) -> None:
    kept = SavedSearch(SavedSearch.make_id(name, "Lê Thị Sóng", NOW), name, query, "Lê Thị Sóng", NOW)
    with press.store.transaction() as tx:
        tx.add_saved_search(kept)


def kept(press: Press) -> dict[str, Mapping[str, Any]]:
    return {one.name: one.query for one in press.store.saved_searches()}


def fields(page: html.HtmlElement, button: str) -> dict[str, str]:
    """What a browser sends of the (first) form with that button."""
    [form, *_] = [f for f in page.cssselect("form") if f.cssselect(f"button[value={button}]")]
    sent = {i.get("name"): i.get("value") or "" for i in form.cssselect("input")}
    return sent | {"viec": button}


def send(desk: TestClient, values: Mapping[str, str], headers: Mapping[str, str] = OURS) -> Any:
    return desk.post(PAGE, data=dict(values), headers=dict(headers), follow_redirects=False)


# ── reading and running ─────────────────────────────────────────────────────────────────────────────


def test_a_kept_search_is_told_in_words_and_run_with_one_click(press: Press, desk: TestClient) -> None:
    press.article("Hải Phòng miễn học phí cho trẻ mầm non")
    press.article("Lịch thi tốt nghiệp")
    keep(press, "Học phí", {"words": "hoc phi", "theme": "ts10"})
    keep(press, "Mọi học phí", {"words": "hoc phi"})
    page = tree(desk, PAGE)
    assert "Học phí" in words(page)
    assert "từ: hoc phi · chuyên mục: Tuyển sinh lớp 10" in words(page)
    assert "Lê Thị Sóng" in words(page)
    address = [a.get("href") for a in page.cssselect("p.head a")][1]
    found = [words(a) for a in tree(desk, address).cssselect("ul.items .head a")]
    assert found == ["Hải Phòng miễn học phí cho trẻ mầm non"]


def test_without_any_the_page_says_how_to_keep_one(desk: TestClient) -> None:
    said = words(tree(desk, PAGE))
    assert "Chưa lưu lần tìm nào" in said and "haidang search" in said
    assert not tree(desk, PAGE).cssselect("form")


def test_markup_in_a_name_is_text(press: Press, desk: TestClient) -> None:
    keep(press, "<b>Học phí</b>", {"words": "<script>alert(1)</script>"})
    answer = desk.get(PAGE).text
    assert "<script>alert" not in answer
    assert "&lt;b&gt;Học phí" in answer


# ── keeping ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_search_is_kept_from_the_list_and_gives_the_same_articles(press: Press, desk: TestClient) -> None:
    press.article("Hải Phòng miễn học phí cho trẻ mầm non")
    press.article("Học phí cũ", outcome="irrelevant")
    query = urlencode({"q": "học phí", "noi": "Hải Phòng", "sac_thai": "neu", "ket_qua": "chon", "xep": "phu_hop"})
    listing = tree(desk, f"/tin-bai?{query}")
    [way] = [a.get("href") for a in listing.cssselect("a") if words(a) == "Lưu lần tìm này"]
    page = tree(desk, way)
    assert "từ: học phí · nơi: Hải Phòng · sắc thái: ■ trung lập · sát từ tìm nhất trước" in words(page)
    answer = send(desk, fields(page, "luu") | NAMED)
    assert answer.status_code == 303
    assert kept(press)["Học phí"]["outcome"] == "relevant,to_review"
    shown = tree(desk, answer.headers["location"])
    assert "Đã lưu." in words(shown)
    run = shown.cssselect("p.head a")[0].get("href")
    titles = [[words(a) for a in tree(desk, at).cssselect("ul.items .head a")] for at in (run, f"/tin-bai?{query}")]
    assert titles[0] == titles[1]
    assert press.store.saved_searches()[0].by == "Lê Thị Sóng"


def test_the_list_of_days_alone_is_no_search_to_keep(press: Press, desk: TestClient) -> None:
    press.article("Tin")
    assert "Lưu lần tìm này" not in words(tree(desk, "/tin-bai").cssselect("main")[0])
    assert not tree(desk, f"{PAGE}?tu=2026-11-01&ket_qua=tat_ca").cssselect("form")


def test_a_range_of_days_can_be_left_out(desk: TestClient) -> None:
    page = tree(desk, f"{FOUND}&tu=2026-11-01&den=2026-11-20")
    assert "từ ngày 2026-11-01" in words(page)
    [way] = [a.get("href") for a in page.cssselect("a") if "không kèm khoảng ngày" in words(a)]
    assert "từ ngày" not in words(tree(desk, way)) and "từ: hoc phi" in words(tree(desk, way))


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({"ten": ""}, "Tên lần tìm: đặt tên", "ten"),
        ({"ten": "x" * 81}, "Tên lần tìm: đặt tên", "ten"),
        ({"ten": "Đã có"}, "đã có lần tìm tên", "ten"),
        ({"ai": ""}, "Người lưu: thiếu tên", "ai"),
        ({"ai": "Sóng"}, "chưa đủ họ và tên", "ai"),
        ({"noi": "Sao Hỏa"}, "Không có phường, xã", ""),
        ({"chuyen_muc": "sao_hoa"}, "Không có chuyên mục nào", ""),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    press: Press, desk: TestClient, typed: dict[str, str], said: str, field: str
) -> None:
    keep(press, "Đã có", {"words": "x"})
    answer = send(desk, fields(tree(desk, FOUND), "luu") | NAMED | typed)
    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    assert said in words(page.cssselect("[role=alert]")[0])
    assert [i.get("name") for i in page.cssselect("[aria-invalid]")] == ([field] if field else [])
    assert fields(page, "luu")["ai"] == (NAMED | typed)["ai"][:200]
    assert list(kept(press)) == ["Đã có"]


@pytest.mark.parametrize("typed", [{"tu": "hôm qua"}, {"ket_qua": "gì đó"}, {"viec": "xoa_het"}, {"la": "x"}])
def test_what_no_page_of_ours_sends_is_refused(press: Press, desk: TestClient, typed: dict[str, str]) -> None:
    assert send(desk, fields(tree(desk, FOUND), "luu") | NAMED | typed).status_code == 400
    assert kept(press) == {}


# ── dropping ────────────────────────────────────────────────────────────────────────────────────────


def test_a_search_is_dropped_and_can_be_kept_again_at_once(press: Press, desk: TestClient) -> None:
    keep(press, "Học phí", {"words": "hoc phi", "theme": "ts10"})
    keep(press, "Khác", {"words": "khac"})
    answer = send(desk, fields(tree(desk, PAGE), "bo"))
    assert answer.status_code == 303 and list(kept(press)) == ["Khác"]
    page = tree(desk, answer.headers["location"])
    assert "Đã bỏ." in words(page)
    again = fields(page, "luu")
    assert again["ten"] == "Học phí"
    assert send(desk, again | {"ai": "Đỗ Thị Trực"}).status_code == 303
    assert {"words": "hoc phi", "theme": "ts10"}.items() <= kept(press)["Học phí"].items()


def test_one_that_is_gone_already_is_said(press: Press, desk: TestClient) -> None:
    keep(press, "Học phí", {"words": "hoc phi"})
    form = fields(tree(desk, PAGE), "bo")
    send(desk, form)
    answer = send(desk, form)
    assert answer.status_code == 422 and "Chưa lưu lần tìm nào tên" in answer.text


# ── who may ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "https://xa.example", "Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8420"}],
)  # fmt: skip
def test_a_form_of_another_page_is_refused(press: Press, desk: TestClient, headers: dict[str, str]) -> None:
    keep(press, "Khác", {"words": "khac"})
    page = tree(desk, FOUND)
    assert send(desk, fields(page, "luu") | NAMED, headers).status_code == 403
    assert send(desk, fields(page, "bo"), headers).status_code == 403
    assert list(kept(press)) == ["Khác"]


def test_a_form_without_our_mark_or_with_an_old_one_is_shown_again_with_what_was_typed(
    press: Press, desk: TestClient
) -> None:
    form = fields(tree(desk, FOUND), "luu") | NAMED
    stale = form["the"].replace(str(NOW), str(NOW - LASTS_MS - 1))
    for mark in ("", "x", stale, form["the"][:-1] + "0z"[form["the"][-1] == "0"]):
        answer = send(desk, form | {"the": mark})
        assert answer.status_code == 403 and kept(press) == {}
        again = fields(html.fromstring(answer.text), "luu")
    assert send(desk, again).status_code == 303
    assert list(kept(press)) == ["Học phí"]


def test_the_page_with_a_form_lets_the_browser_say_where_it_came_from(desk: TestClient) -> None:
    assert desk.get(FOUND).headers["referrer-policy"] == "same-origin"
    assert desk.get("/tin-bai").headers["referrer-policy"] == "no-referrer"

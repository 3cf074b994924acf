"""The original of one reading: shown once, to a person who gave a name and a reason, and written down before."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from desk.pages import original
from desk.seal import LASTS_MS, Seal
from desk.small_form import MOST_BYTES
from store.model import Article, Basis, ErasureReview, ReviewState
from tests.unit.desk.conftest import NOW, Press
from tests.unit.desk.inbox_forms import OURS
from tests.unit.desk.pages import section, tree, words

KIND = {"Content-Type": "application/x-www-form-urlencoded"}
WHO = {"ten": "Đỗ Thị Trực", "ly_do": "Đối chiếu với công văn 12 của trường."}
SECRET = ("Trịnh Khắc Tươi", "Đinh Thị Mận", "Hòa Hợp")


@pytest.fixture
def article(press: Press) -> Article:
    """A pupil and an accused adult, both masked everywhere else."""
    return press.article(
        "Bảo mẫu Đinh Thị Mận bị khởi tố", "Em Trịnh Khắc Tươi, lớp 8A, bị đánh.",
        "Bà Mận trú thôn Hòa Hợp.\n<b>Đoạn hai.</b>",
    )  # fmt: skip


def fields(page: html.HtmlElement) -> dict[str, str]:
    """The form as a browser would send it untouched."""
    (form,) = page.cssselect(f"form[action='{original.ADDRESS}']")
    assert form.get("action") == original.ADDRESS
    return {i.get("name"): i.get("value") or "" for i in form.cssselect("input")}


def send(desk: TestClient, article: Article, headers: dict[str, str] | None = None, **typed: str) -> Any:
    values = fields(tree(desk, f"/tin-bai/{article.id}")) | WHO | typed
    return post(desk, values, headers)


def post(desk: TestClient, values: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    content = urlencode(values)
    return desk.post(original.ADDRESS, content=content, headers=KIND | (OURS if headers is None else headers))


def hidden(answer: Any) -> bool:
    return not any(name in answer.text for name in (*SECRET, "Mận", "Tươi"))


def test_a_name_and_a_reason_show_the_text_once_and_the_row_stands_first(
    press: Press, desk: TestClient, article: Article
) -> None:
    assert hidden(desk.get(f"/tin-bai/{article.id}"))
    values = fields(tree(desk, f"/tin-bai/{article.id}")) | WHO
    answer = post(desk, values)
    page = html.fromstring(answer.text)
    assert answer.status_code == 200 and words(page.cssselect("h1")[0]) == "Bảo mẫu Đinh Thị Mận bị khởi tố"
    shown = [words(p) for p in page.cssselect(".text p")]
    assert shown == ["Em Trịnh Khắc Tươi, lớp 8A, bị đánh.", "Bà Mận trú thôn Hòa Hợp.", "<b>Đoạn hai.</b>"]
    (row,) = press.store.unmaskings(article.id)
    revision = press.store.revisions_of([article.id])[article.id][0]
    assert (row.seen_by, row.reason, row.revision_id, row.at) == (WHO["ten"], WHO["ly_do"], revision.id, NOW)
    again = post(desk, values)  # the browser's "send again" shows nothing
    assert again.status_code == 409 and hidden(again) and "đã mở bản chưa che một lần" in again.text
    assert WHO["ly_do"] in again.text and len(press.store.unmaskings()) == 1
    assert not page.cssselect("form")


def test_nothing_of_it_stays_in_a_cache_a_title_or_an_address(desk: TestClient, article: Article) -> None:
    answer = send(desk, article)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert html.fromstring(answer.text).findtext(".//title") == "Bản chưa che – Hải Đăng"
    assert str(answer.url).endswith(original.ADDRESS)
    assert hidden(desk.get(f"/tin-bai/{article.id}"))


def test_the_reading_that_is_open_is_the_one_that_is_shown(press: Press, desk: TestClient, article: Article) -> None:
    press.read(article, "Bảo mẫu bị khởi tố", "Sửa.", "Đã bỏ tên.", Basis.PAGE, press.clock + 1)
    old = min(press.store.revisions_of([article.id])[article.id], key=lambda r: r.seen_at)
    assert "Đinh Thị Mận" not in send(desk, article).text
    values = fields(tree(desk, f"/tin-bai/{article.id}?ban={old.id}")) | WHO
    assert "Đinh Thị Mận" in post(desk, values).text
    assert len({row.revision_id for row in press.store.unmaskings(article.id)}) == 2


def test_who_saw_it_is_listed_on_the_article_with_the_reason_masked(
    press: Press, desk: TestClient, article: Article
) -> None:
    assert "Chưa ai xem" in words(section(tree(desk, f"/tin-bai/{article.id}"), "bang-chung"))
    send(desk, article, ly_do="Phụ huynh của Trịnh Khắc Tươi hỏi.")
    table = section(tree(desk, f"/tin-bai/{article.id}"), "bang-chung").cssselect("tbody tr")
    (line,) = [words(row) for row in table]
    assert "Đỗ Thị Trực" in line and "Phụ huynh của [tên] hỏi." in line
    assert hidden(desk.get(f"/tin-bai/{article.id}"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ten": ""}, "họ và tên"), ({"ten": "Trực"}, "họ và tên"), ({"ten": "12 34"}, "họ và tên"),
        ({"ten": "Đỗ " * 60}, "dài quá"), ({"ly_do": ""}, "lý do"), ({"ly_do": "cần xem"}, "ít nhất 10"),
        ({"ly_do": "1234567890"}, "ít nhất 10"), ({"ly_do": "." * 50}, "ít nhất 10"), ({"ly_do": "a " * 1500}, "dài"),
    ],
)  # fmt: skip
def test_without_a_name_and_a_reason_nothing_is_shown_or_written(
    press: Press, desk: TestClient, article: Article, typed: dict[str, str], said: str
) -> None:
    answer = send(desk, article, **typed)
    assert answer.status_code == 422 and said in answer.text and hidden(answer)
    assert press.store.unmaskings() == []
    kept = fields(html.fromstring(answer.text))
    assert kept["ten"] == typed.get("ten", WHO["ten"]) and kept["ly_do"] == typed.get("ly_do", WHO["ly_do"])
    assert post(desk, kept | WHO).status_code == 200, "mended, the same form goes through"


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "https://kexau.example"}, OURS | {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://127.0.0.1:8421"}],
)  # fmt: skip
def test_a_form_of_another_page_is_refused_unread(
    press: Press, desk: TestClient, article: Article, headers: dict[str, str]
) -> None:
    answer = send(desk, article, headers)
    assert answer.status_code == 403 and hidden(answer) and press.store.unmaskings() == []


@pytest.mark.parametrize(
    "mark", ["", "x", Seal().make(NOW), f"{NOW}.{'0' * 64}"], ids=["none", "word", "of another start", "zeros"]
)
def test_a_form_without_our_mark_shows_nothing(press: Press, desk: TestClient, article: Article, mark: str) -> None:
    answer = send(desk, article, the=mark)
    assert answer.status_code == 403 and hidden(answer) and press.store.unmaskings() == []
    assert WHO["ly_do"] in answer.text and "bấm gửi lần nữa" in answer.text
    assert LASTS_MS > 0 and post(desk, fields(html.fromstring(answer.text))).status_code == 200


def test_what_is_to_be_erased_is_not_opened_any_more(press: Press, desk: TestClient, article: Article) -> None:
    page = tree(desk, f"/tin-bai/{article.id}")
    with press.store.transaction() as tx:
        tx.add_erasure_reviews([ErasureReview("era_1", article.id, NOW, "trang đã gỡ", ReviewState.OPEN)])
        tx.decide_erasure("era_1", ReviewState.TO_ERASE, "Lê Thị Sóng", "Gia đình đề nghị.", NOW)
    answer = post(desk, fields(page) | WHO)
    assert answer.status_code == 403 and hidden(answer) and "phải xóa" in answer.text
    assert press.store.unmaskings() == []
    assert not tree(desk, f"/tin-bai/{article.id}").cssselect(f"form[action='{original.ADDRESS}']")


def test_unknown_articles_and_anothers_reading_are_not_found(press: Press, desk: TestClient, article: Article) -> None:
    other = press.article("Chuyện khác")
    reading = press.store.revisions_of([other.id])[other.id][0]
    for change in ({"bai": "art_khong"}, {"ban": "rev_khong"}, {"ban": reading.id}, {"bai": other.id}, {"bai": ""}):
        answer = send(desk, article, **change)
        assert answer.status_code == 404 and hidden(answer)
    assert press.store.unmaskings() == []


def test_what_is_no_form_of_ours_is_refused(press: Press, desk: TestClient, article: Article) -> None:
    values = fields(tree(desk, f"/tin-bai/{article.id}")) | WHO
    good = urlencode(values)
    for content, kind, status in (
        (good, "text/plain", 415), (good, "multipart/form-data; boundary=x", 415), (good, "", 415),
        (good + "&la=1", KIND["Content-Type"], 400), (good + "&ten=x", KIND["Content-Type"], 400),
        ("%ff=%ff", KIND["Content-Type"], 400), ("a", KIND["Content-Type"], 400),
        ("\u00e9=1", KIND["Content-Type"], 400), ("&".join(f"a{n}=1" for n in range(99)), KIND["Content-Type"], 400),
        ("ten=" + "x" * MOST_BYTES, KIND["Content-Type"], 413), ("", KIND["Content-Type"], 404),
    ):  # fmt: skip
        answer = desk.post(original.ADDRESS, content=content.encode(), headers=OURS | {"Content-Type": kind})
        assert answer.status_code == status, (content[:40], kind)
        assert hidden(answer)
    packed = OURS | KIND | {"Content-Encoding": "gzip"}
    assert desk.post(original.ADDRESS, content=good, headers=packed).status_code == 415
    assert press.store.unmaskings() == []


def test_its_address_alone_shows_nothing(desk: TestClient, article: Article) -> None:
    answer = desk.get(f"{original.ADDRESS}?bai={article.id}")
    assert answer.status_code == 303 and answer.headers["location"] == "/tin-bai"


def test_hostile_text_stays_text(press: Press, desk: TestClient) -> None:
    article = press.article("<script>alert(1)</script>", "<img src=x>", "a\u2028b\x00c\nd")
    page = html.fromstring(send(desk, article, ten='Đỗ "><script>', ly_do="<script>một lý do</script>").text)
    assert not page.xpath("//script | //img")
    assert words(page.cssselect("h1")[0]) == "<script>alert(1)</script>"
    assert hidden(desk.get(f"/tin-bai/{article.id}"))

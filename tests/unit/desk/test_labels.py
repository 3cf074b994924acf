"""The form on which a person corrects the machine: what it shows, what it keeps, what it refuses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from alerts.digest import window
from alerts.labelling import say
from desk.pages import labels
from desk.seal import LASTS_MS, Seal
from store.model import Article, Basis
from store.model_label import DriftNotice, LabelTask, ModelChoice
from tests.unit.desk.conftest import DAY, NOW, Press
from tests.unit.desk.inbox_forms import OURS
from tests.unit.desk.pages import tree, words

KIND = {"Content-Type": "application/x-www-form-urlencoded"}
WHO = "Đỗ Thị Trực"


@pytest.fixture
def article(press: Press) -> Article:
    return press.article("Trường Hoa Phượng mở bếp ăn", "Bếp phục vụ 200 em.", tone="neg", hp="mention")


def fields(page: html.HtmlElement) -> dict[str, str]:
    """The form as a browser would send it untouched."""
    (form,) = page.cssselect(f"form[action='{labels.ADDRESS}']")
    values = {i.get("name"): i.get("value") or "" for i in form.cssselect("input")}
    for select in form.cssselect("select"):
        chosen = select.cssselect("option[selected]") or select.cssselect("option")
        values[select.get("name")] = chosen[0].get("value")
    return values


def send(desk: TestClient, article: Article, headers: dict[str, str] | None = None, **typed: str) -> Any:
    values = fields(tree(desk, f"/tin-bai/{article.id}/nhan")) | {"ten": WHO} | typed
    return post(desk, values, headers)


def post(desk: TestClient, values: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    return desk.post(labels.ADDRESS, content=urlencode(values), headers=KIND | (OURS if headers is None else headers))


def row(page: html.HtmlElement, task: str) -> str:
    (cell,) = page.cssselect(f"#c-{task}")
    return words(cell.getparent())


def test_machine_and_person_stand_beside_each_other(press: Press, desk: TestClient, article: Article) -> None:
    answer = send(desk, article, tone="pos", topics="fees", topics_2="food", ly_do="đọc cả bài")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/tin-bai/{article.id}/nhan?luu=2")
    page = tree(desk, answer.headers["location"])
    assert "Đã lưu 2 nhãn" in words(page)
    assert "▼ bất lợi (chắc)" in row(page, "tone")
    assert f"▲ thuận lợi ({WHO})" in row(page, "tone")
    stands = press.store.labels_in_force([article.id])[article.id]
    assert {task: label.value for task, label in stands.items()} == {
        LabelTask.TONE: "pos", LabelTask.TOPICS: "fees,food",
    }  # fmt: skip
    assert (stands[LabelTask.TONE].by, stands[LabelTask.TONE].at, stands[LabelTask.TONE].why) == (
        WHO, NOW, "đọc cả bài",
    )  # fmt: skip
    history = words(page.cssselect("details")[-1])
    assert "máy: ▼ bất lợi (0,91) · người: ▲ thuận lợi" in history


def test_the_form_untouched_says_nothing(press: Press, desk: TestClient, article: Article) -> None:
    send(desk, article, stance_target="Trường Hoa Phượng")
    answer = send(desk, article)
    assert answer.status_code == 422
    assert labels.NOTHING in answer.text
    assert len(press.store.labels()) == 1


def test_what_somebody_typed_is_masked_beside_the_article_and_left_alone_says_nothing(
    press: Press, desk: TestClient
) -> None:
    article = press.article("Em Tạ Thảo Miên bị bạn đánh", "Em Tạ Thảo Miên, học sinh lớp 7A2, phải nhập viện.")
    assert send(desk, article, stance_target="lớp của Thảo Miên", ly_do="Thảo Miên kể khác").status_code == 303
    for address in (f"/tin-bai/{article.id}", f"/tin-bai/{article.id}/nhan", labels.ADDRESS):
        page = desk.get(address).text
        assert "Miên" not in page
        assert "kể khác" in page
    assert send(desk, article).status_code == 422
    assert len(press.store.labels()) == 1


def test_a_label_can_be_taken_back_and_the_machine_speaks_again(
    press: Press, desk: TestClient, article: Article
) -> None:
    send(desk, article, tone="pos")
    answer = send(desk, article, tone="rut", ten="Lê Thị Sóng")
    assert answer.status_code == 303
    assert press.store.labels_in_force([article.id]) == {}
    page = tree(desk, f"/tin-bai/{article.id}/nhan")
    assert WHO not in row(page, "tone")
    assert "rút nhãn lab_" in words(page.cssselect("details")[-1])


def test_no_topic_is_an_answer_too(press: Press, desk: TestClient, article: Article) -> None:
    send(desk, article, topics=labels.NO_TOPIC)
    assert press.store.labels_in_force([article.id])[article.id][LabelTask.TOPICS].value == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"tone": "pos", "ten": "sóng"}, "họ và tên"),
        ({"tone": "pos", "ten": ""}, "họ và tên"),
        ({"tone": "xấu"}, "không có nhãn"),
        ({"rumour": "spread"}, "đối chiếu"),
        ({"topics_2": "food"}, "chủ đề thứ nhất"),
        ({"stance_target": "a" * 201}, "200 ký tự"),
        ({"kind": "news", "edu": "spam"}, "không có nhãn"),
    ],
)
def test_what_cannot_be_kept_is_said_with_what_was_chosen(
    press: Press, desk: TestClient, article: Article, typed: dict[str, str], told: str
) -> None:
    answer = send(desk, article, **{"ly_do": "vì thế"} | typed)
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    assert told in words(page.cssselect("[role=alert]")[0])
    assert fields(page)["ly_do"] == "vì thế"
    assert press.store.labels() == []


def test_a_form_of_elsewhere_a_stale_one_and_a_strange_field_keep_nothing(
    press: Press, desk: TestClient, article: Article
) -> None:
    assert send(desk, article, {"Origin": "https://la.example"}, tone="pos").status_code == 403
    stale = send(desk, article, the=Seal().make(NOW), tone="pos")
    assert stale.status_code == 403
    assert fields(html.fromstring(stale.text))["tone"] == "pos"
    assert send(desk, article, the=f"{NOW - LASTS_MS - 1}.{'0' * 64}", tone="pos").status_code == 403
    assert send(desk, article, tone="pos", nguoi="x").status_code == 400
    assert send(desk, article, tone="pos", bai="art_khong_co").status_code == 404
    assert send(desk, article, tone="pos", ban="rev_khong_co").status_code == 404
    assert desk.get("/tin-bai/art_khong_co/nhan").status_code == 404
    assert press.store.labels() == []


def test_the_text_that_was_open_is_the_one_that_is_labelled(press: Press, desk: TestClient, article: Article) -> None:
    (feed,) = press.store.revisions_of([article.id])[article.id]
    newer = press.read(article, "Trường Hoa Phượng đóng bếp", "Sapo.", "Cả bài.", Basis.PAGE, press.clock + 9)
    page = tree(desk, f"/tin-bai/{article.id}/nhan?ban={feed.id}")
    assert post(desk, fields(page) | {"ten": WHO, "tone": "pos"}).status_code == 303
    assert [one.revision_id for one in press.store.labels()] == [feed.id]
    assert "khi đọc bản khác" in row(tree(desk, f"/tin-bai/{article.id}/nhan?ban={newer.id}"), "tone")


def test_markup_in_a_reason_is_text_and_a_pupils_name_is_masked(
    press: Press, desk: TestClient, article: Article
) -> None:
    send(desk, article, tone="pos", ly_do="<script>alert(1)</script> em Trịnh Khắc Tươi, lớp 8A kể")
    for address in (f"/tin-bai/{article.id}/nhan", labels.ADDRESS):
        answer = desk.get(address)
        assert "<script>" not in answer.text
        assert "Tươi" not in answer.text


def test_an_article_that_was_never_read_shows_no_form(press: Press, desk: TestClient) -> None:
    seen = press.article("Chưa đọc")
    press.store.connection.execute("DELETE FROM revision")
    page = tree(desk, f"/tin-bai/{seen.id}/nhan")
    assert not page.cssselect("select")
    assert "Chưa đọc được nội dung nào" in words(page)


def test_the_list_shows_labels_drift_and_weights(press: Press, desk: TestClient, article: Article) -> None:
    assert "Chưa có nhãn nào" in words(tree(desk, labels.ADDRESS))
    send(desk, article, tone="pos")
    figures = {"before": {"neg": 0.3, "neu": 0.7}, "now": {"neg": 0.55, "neu": 0.45}, "stories": 812, "p": 0.001}
    edu = {"before": {"core": 0.1, "none": 0.9}, "now": {"core": 0.4, "none": 0.6}, "stories": 90, "p": 0.001}
    with press.store.transaction() as tx:
        tx.add_drift_notices([
            DriftNotice("dri_1", "tone", "", "2026-10", "v1", NOW, figures),
            DriftNotice("dri_2", "edu", "Báo Cảng Biển", "2026-10", "v1", NOW, edu),
        ])  # fmt: skip
        tx.add_model_choice(ModelChoice("mch_1", "v2", "shipped", True, WHO, NOW, "hơn bản đang dùng"))
    page = tree(desk, labels.ADDRESS)
    shown = words(page)
    assert "Sắc thái: tháng 10/2026 máy nhận định khác hẳn các tháng trước: ▼ bất lợi 30 % → 55 %" in shown
    assert "Giáo dục: tháng 10/2026 máy nhận định khác hẳn các tháng trước, Báo Cảng Biển:" in shown
    assert "đã dùng thay shipped: hơn bản đang dùng" in shown
    assert "máy: ▼ bất lợi (0,91) · người: ▲ thuận lợi" in shown
    tone = next(p for p in page.cssselect(".state") if "Sắc thái" in words(p))
    assert "Báo" not in words(tone)


def test_a_digest_on_the_desk_shows_what_it_froze_whatever_is_said_later(
    press: Press, desk: TestClient, article: Article
) -> None:
    given = {"tone": "pos", "hp": "direct"}
    before = window(DAY)[1] - 60_000
    say(press.store, article.id, {LabelTask(t): v for t, v in given.items()}, by=WHO, why="", now=before)
    press.issue()
    chips = [words(c) for c in tree(desk, f"/diem-bao/{DAY}").cssselect(".chip summary")]
    assert "▲ thuận lợi (người xác nhận)" in chips
    send(desk, article, tone="neu")
    assert [words(c) for c in tree(desk, f"/diem-bao/{DAY}").cssselect(".chip summary")] == chips


def test_a_persons_decision_shows_in_the_list_of_articles(press: Press, desk: TestClient) -> None:
    doubtful = press.article("Sân chơi bóng rổ", outcome="to_review", why="Máy chưa chắc.")
    assert "cần xem lại" in words(tree(desk, "/tin-bai?ket_qua=to_review"))
    send(desk, doubtful, edu="none")
    assert "Sân chơi bóng rổ" not in words(tree(desk, "/tin-bai?ket_qua=to_review"))
    shown = words(tree(desk, "/tin-bai?ket_qua=irrelevant"))
    assert "Sân chơi bóng rổ" in shown
    assert "người xem lại" in shown

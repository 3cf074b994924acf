"""The department's themes on the desk: under the stories of a digest, as a filter of the list, opened on a text."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from desk.context import Desk
from desk.counter import Counter
from desk.templating import Templates
from desk.themes import of_text
from store.model import Judgement, JudgementKind
from tests.unit.desk.conftest import DAY, NOW, Press
from tests.unit.desk.pages import section, tree, words

TS10: dict[str, Any] = {
    "id": "ts10", "name": "Tuyển sinh lớp 10", "by": "words", "words": ["thi vào 10"], "topic": "exams", "score": 0.91,
}  # fmt: skip
FOOD: dict[str, Any] = {"id": "antoan_thucpham", "name": "An toàn thực phẩm", "by": "learned", "words": ["bếp", "suất"],
                        "topic": "food", "score": 0.7}  # fmt: skip


def with_themes(press: Press, title: str, *themes: dict[str, Any], **more: Any) -> None:
    press.article(title, details={"topics": {"themes": list(themes)}}, topics="exams", **more)


def listed(desk: TestClient, address: str) -> list[str]:
    return [words(a) for a in tree(desk, address).cssselect("ul.items .head a")]


def test_the_themes_of_a_story_stand_under_it_and_lead_to_all_that_is_filed_there(
    press: Press, desk: TestClient
) -> None:
    with_themes(press, "Hải Phòng chốt lịch thi vào 10", TS10, FOOD)
    with_themes(press, "Hải Phòng đổi bếp ăn trường học", FOOD)
    press.issue()
    for address in ("/", f"/diem-bao/{DAY}"):
        story = tree(desk, address).cssselect("article.story")[0]
        assert "Chuyên mục: Tuyển sinh lớp 10 · An toàn thực phẩm" in words(story)
        [link] = [a for a in story.cssselect("a") if words(a) == "Tuyển sinh lớp 10"]
        assert listed(desk, link.get("href")) == ["Hải Phòng chốt lịch thi vào 10"]


def test_an_issued_digest_keeps_the_name_that_a_theme_had(press: Press, desk: TestClient) -> None:
    with_themes(press, "Hải Phòng chốt lịch thi vào 10", TS10)
    press.issue()
    (press.settings.home / "topics.yml").write_text(
        "themes:\n  ts10: {name: Vào lớp 10, words: [thi vào 10]}\n", encoding="utf-8"
    )
    said = words(tree(desk, f"/diem-bao/{DAY}"))
    assert "Tuyển sinh lớp 10" in said and "Vào lớp 10" not in said
    options = [words(o) for o in tree(desk, "/tin-bai").cssselect("select[name=chuyen_muc] option")]
    assert "Vào lớp 10" in options and "Tuyển sinh lớp 10" not in options, "the list to choose from is of now"


def test_a_digest_of_before_themes_shows_no_empty_line(press: Press, desk: TestClient) -> None:
    press.article("Hải Phòng mở thư viện")
    press.issue()
    assert "Chuyên mục" not in words(tree(desk, f"/diem-bao/{DAY}"))


def test_the_list_is_narrowed_by_theme_and_keeps_it_chosen(press: Press, desk: TestClient) -> None:
    with_themes(press, "Hải Phòng chốt lịch thi vào 10", TS10)
    with_themes(press, "Hải Phòng đổi bếp ăn trường học", FOOD)
    assert listed(desk, "/tin-bai?chuyen_muc=ts10") == ["Hải Phòng chốt lịch thi vào 10"]
    assert listed(desk, "/tin-bai?chuyen_muc=ts10&q=b%E1%BA%BFp") == []
    page = tree(desk, "/tin-bai?chuyen_muc=antoan_thucpham&ket_qua=tat_ca")
    assert page.cssselect("select[name=chuyen_muc] option[selected]")[0].get("value") == "antoan_thucpham"
    answer = desk.get("/tin-bai?chuyen_muc=sao_hoa")
    assert answer.status_code == 400 and "Không có chuyên mục nào" in answer.text


def test_a_theme_of_a_text_opens_to_its_words_and_to_the_topic(press: Press) -> None:
    desk = Desk(press.settings, press.store, press.bodies, lambda: NOW, Templates(), Counter(press.store, lambda: NOW))
    old = Judgement("rev_1", JudgementKind.TOPICS, "linear", "v1", "exams", 0.9, {"themes": [FOOD]}, NOW - 1)
    new = Judgement("rev_1", JudgementKind.TOPICS, "linear", "v2", "exams", 0.9, {"themes": [TS10]}, NOW)
    said = shown(desk, [old, new])
    assert "Tuyển sinh lớp 10: có từ “thi vào 10” · máy thấy chủ đề Thi, tuyển sinh, điểm (chắc, xác suất 0,91)" in said
    assert "An toàn thực phẩm" not in said
    assert "máy dựa vào “bếp”, “suất”" in shown(desk, [old])
    assert "không thuộc chuyên mục nào" in shown(desk, [])


def shown(desk: Desk, judgements: list[Judgement]) -> str:
    """The partial as a page would show it."""
    from lxml import html

    template = desk.templates._environment.from_string(
        '{% import "themes.jinja" as th %}{{ th.section(said, confidence, topics) }}'
    )
    return words(section(html.fromstring(f"<div>{template.render(of_text(desk, judgements))}</div>"), "chuyen-muc"))


def test_markup_in_a_theme_is_text(press: Press, desk: TestClient) -> None:
    with_themes(press, "Hải Phòng chốt lịch thi vào 10", TS10 | {"name": "<b>x</b>", "id": '"><script>'})
    press.issue()
    answer = desk.get(f"/diem-bao/{DAY}").text
    assert "&lt;b&gt;x&lt;/b&gt;" in answer and "<script>" not in answer

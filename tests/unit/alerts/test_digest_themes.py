"""The department's themes in a digest: a name under each story, frozen with it, and nothing of an outside hand."""

from __future__ import annotations

import re

import pytest

from alerts.digest import render
from alerts.themes import of_story, themes_of
from store.model import Article, Judgement, JudgementKind, Relation
from tests.unit.alerts.conftest import Press

TS10 = {
    "id": "ts10",
    "name": "Tuyển sinh lớp 10",
    "by": "words",
    "words": ["thi vào 10"],
    "topic": "exams",
    "score": 0.9,
}
FEES = {"id": "hocphi", "name": "Học phí, miễn học phí", "by": "words", "words": ["học phí"]}
FOOD = {
    "id": "antoan_thucpham",
    "name": "An toàn thực phẩm",
    "by": "learned",
    "words": ["bếp"],
    "topic": "food",
    "score": 0.8,
}
SAFE = {"id": "antoan", "name": "An toàn trường học", "by": "words", "words": ["cổng trường"]}


def judged(press: Press, article: Article, *themes: object, version: str = "v1") -> None:
    """The topics' judgement of its newest text."""
    [revision] = press.store.revisions_of([article.id])[article.id]
    row = Judgement(revision.id, JudgementKind.TOPICS, "shipped", version, "exams", 0.9, {"themes": list(themes)})
    with press.store.transaction() as tx:
        tx.add_judgements([row])


def said(detail: object) -> list[str]:
    row = Judgement("rev_1", JudgementKind.TOPICS, "shipped", "v1", "exams", 0.9, {"themes": detail})
    return [one.name for one in themes_of(row)]


def test_a_story_shows_its_themes_in_both_files(press: Press) -> None:
    article = press.article("Hải Phòng chốt lịch thi vào 10", hp="direct")
    judged(press, article, TS10, FEES)
    assert press.block("Hải Phòng chốt lịch thi vào 10").themes == ("Tuyển sinh lớp 10", "Học phí, miễn học phí")
    for file in render(press.draft()):
        assert "Chuyên mục: Tuyển sinh lớp 10 · Học phí, miễn học phí." in re.sub(r"\s+", " ", file)
        assert "0,9" not in file, "how sure the machine is of a theme is for the desk"


def test_without_themes_nothing_is_said_of_them(press: Press) -> None:
    judged(press, press.article("Hải Phòng mở thư viện", hp="direct"))
    assert all("Chuyên mục" not in file for file in render(press.draft()))


def test_of_a_story_the_themes_that_most_outlets_have_come_first_three_at_most(press: Press) -> None:
    first = press.article("Hải Phòng chốt lịch thi vào 10", hp="direct", story="thi")
    second = press.article("Lịch thi vào 10", hp="direct", story="thi", outlet="Báo Sóng", relation=Relation.FOLLOW_UP)
    judged(press, first, FEES, TS10, SAFE, FOOD)
    judged(press, second, TS10)
    [block] = [b for part in press.draft().parts for b in part.blocks]
    assert block.themes == ("Tuyển sinh lớp 10", "Học phí, miễn học phí", "An toàn trường học")


def test_what_a_theme_is_called_later_changes_no_issued_digest(press: Press) -> None:
    article = press.article("Hải Phòng chốt lịch thi vào 10", hp="direct")
    judged(press, article, TS10)
    digest, files = press.issue()
    judged(press, article, TS10 | {"name": "Vào lớp 10"}, FEES, version="v2")
    again, _, same = press.build()
    assert (again, same) == (digest, files)
    assert "Tuyển sinh lớp 10" in same["text"].decode() and "Vào lớp 10" not in same["text"].decode()


def test_markup_in_a_name_is_text(press: Press) -> None:
    article = press.article("Hải Phòng chốt lịch thi vào 10", hp="direct")
    judged(press, article, TS10 | {"name": "<script>alert(1)</script>"})
    html, _ = render(press.draft())
    assert "<script>" not in html and "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    "detail",
    [None, 7, "ts10", {"id": "ts10"}, [None, "ts10", 7, []], [{"name": "không có mã"}], [{"id": 7, "name": "x"}],
     [{"id": "ts10"}], [{"id": "ts10", "name": ["x"]}], [{"id": "ts10", "name": " \n "}]],
)  # fmt: skip
def test_what_is_no_theme_is_left_out(detail: object) -> None:
    assert said(detail) == []


def test_a_theme_is_read_with_care() -> None:
    odd = [
        {"id": "x", "name": "A\nB\x00" + "c" * 999, "words": [7, "lời", None, ""], "score": float("nan"), "topic": 3}
    ]
    row = Judgement("rev_1", JudgementKind.TOPICS, "j", "v1", "exams", 0.9, {"themes": odd * 100})
    found = themes_of(row)
    assert len(found) == 12
    assert found[0].name.startswith("A B") and len(found[0].name) <= 120
    assert (found[0].words, found[0].score, found[0].topic) == (("lời",), 0.0, "")
    assert len(of_story([found])) == 1


def test_a_judgement_of_before_names_were_written_down_takes_those_of_now() -> None:
    row = Judgement("rev_1", JudgementKind.TOPICS, "j", "v1", "exams", 0.9, {"themes": [{"id": "ts10"}, {"id": "no"}]})
    assert [one.name for one in themes_of(row, {"ts10": "Tuyển sinh lớp 10"})] == ["Tuyển sinh lớp 10"]
    assert (
        themes_of(None) == themes_of(Judgement("r", JudgementKind.TONE, "j", "1", "neg", 1, {"themes": [TS10]})) == ()
    )

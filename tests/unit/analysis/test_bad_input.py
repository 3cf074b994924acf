"""Whatever stands in an item, each one gets an answer or a reason, and no item costs another its own."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from typer.testing import CliRunner

from analysis.judge import Item, Judge
from lang.text import fold
from runner.cli import app

TITLE = "Phụ huynh bức xúc vì trường tiểu học thu tiền quỹ sai quy định"
LEAD = "Nhiều phụ huynh Trường tiểu học Lá Xanh (Hải Phòng) phản ánh nhà trường thu 500.000 đồng mà không giải thích."
HEADS = ("edu", "hp", "tone", "stance", "kind", "rumour")
NOTHING = {
    "empty": "",
    "blank": " \t\n ",
    "emoji": "😀🎉👍" * 30,
    "one word": "Học",
    "digits": "2025 12 9",
    "points": "… !!! ???",
    "zero width": "\u200b\u200d\ufeff" * 50,
    "marks alone": "\u0301" * 500,
    "nul": "\x00" * 20,
}
ODD = {
    "Arabic": "المدرسة مغلقة اليوم بسبب العاصفة",
    "Chinese": "学校今天因台风停课 家长不满",
    "French": "L'école est fermée à cause de la tempête.",
    "surrogate": "học sinh \ud800 tới trường \udfff",
    "control": "học\x07 sinh\x1b[31m tới trường\x00 đông",
    "one long word": "trường" * 20_000,
    "marks": "e\u0302" + "\u0301" * 20_000 + " trường học phụ huynh",
    "brackets": "(" * 30_000,
    "html": "<script>alert(1)</script>" * 500,
    "json": json.dumps({"a": "b"}) * 400,
}


def one(judge: Judge, title: str, lead: str = "", **more: str) -> Any:
    return judge.judge([Item("x", title, lead, **more)])[0]


def labels(said: Any) -> list[str]:
    return [getattr(said, name) for name in HEADS]


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_where_nothing_is_written_it_says_cannot_judge_and_why(judge: Judge, text: str) -> None:
    for said in (one(judge, text), one(judge, "", text), one(judge, "", "", body=text)):
        assert said.relevance == "cannot_judge"
        assert said.why == "Không có đủ chữ để nhận định."
        assert said.stance == "none"
        assert said.stance_target == ""


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_has_a_defined_answer(judge: Judge, text: str) -> None:
    said = one(judge, text, text, body=text)
    assert said.relevance in ("relevant", "to_review", "irrelevant", "cannot_judge")
    assert said.why
    for name in HEADS:
        assert 0 <= getattr(said, f"{name}_score") <= 1
    json.dumps(said.to_json(), ensure_ascii=False).encode()


def test_another_tongue_goes_to_a_person_and_english_is_said_to_be_english(judge: Judge) -> None:
    assert one(judge, "المدرسة مغلقة اليوم").why == "Không phải tiếng Việt hay tiếng Anh: cần người đọc."
    said = one(judge, "Pupils in Hai Phong return to school", "Teachers of the school said that classes resumed.")
    assert (said.language, said.edu) == ("en", "core")
    assert said.why.startswith("Bài tiếng Anh")


@pytest.mark.parametrize(
    "written", [str.upper, lambda t: unicodedata.normalize("NFD", t), lambda t: t.replace(" ", " \u200b"),
                lambda t: "\ufeff" + t.replace("h", "h\u200b"), lambda t: t.replace(" ", "\u00a0 ")],
    ids=["capitals", "NFD", "zero width", "zero width in words", "hard blanks"],
)  # fmt: skip
def test_the_same_words_written_otherwise_are_judged_the_same(judge: Judge, written: Callable[[str], str]) -> None:
    plain, other = one(judge, TITLE, LEAD), one(judge, written(TITLE), written(LEAD))
    assert labels(other) == labels(plain)
    assert other.tone_score == pytest.approx(plain.tone_score, abs=0.02)
    assert plain.stance == "critical"
    assert plain.tone == "neg"


def test_a_text_without_marks_is_judged_and_a_person_is_asked(judge: Judge) -> None:
    said = one(judge, fold(TITLE), fold(LEAD))
    assert (said.language, said.edu, said.tone) == ("vi-plain", "core", "neg")
    assert said.relevance == "to_review"
    assert "không dấu" in said.why.lower()


def test_a_batch_gives_each_item_what_it_gets_alone(judge: Judge) -> None:
    texts = [*NOTHING.values(), TITLE, *ODD.values(), "đất trường " * 50_000, LEAD]
    items = [Item(str(n), text, text) for n, text in enumerate(texts)]
    together = judge.judge(items)
    assert [v.id for v in together] == [i.id for i in items]
    for item, said in zip(items, together, strict=True):
        assert judge.judge([item])[0].to_json() == said.to_json()


def test_a_hundred_thousand_words_are_judged_by_their_beginning(judge: Judge) -> None:
    tail = "và còn nữa " * 33_400
    assert labels(one(judge, TITLE, LEAD, body=tail)) == labels(one(judge, TITLE, LEAD))
    said = one(judge, "Tin trong ngày", f"{LEAD} {tail}")
    assert said.relevance in ("relevant", "to_review")


def steps(work: Callable[[], object]) -> int:
    count = 0

    def tick(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return tick

    before = sys.gettrace()
    sys.settrace(tick)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", ["phụ huynh bức xúc vì nhà trường ", "Hải Phòng, ", "(", "😀", "e\u0301\u0323 ", "A "])
def test_ten_times_the_words_cost_no_more_once_it_is_too_long(judge: Judge, unit: str) -> None:
    long, longer = (unit * (size // len(unit)) for size in (60_000, 600_000))
    small, big = (steps(lambda t=text: judge.judge([Item("x", t, t, t)])) for text in (long, longer))
    assert big < 1.5 * small + 5_000


def test_the_command_answers_every_line_in_order() -> None:
    odd = [t.encode("utf-8", "replace").decode() for t in ODD.values()]
    texts = [*NOTHING.values(), TITLE, *odd, "trường học " * 50_000]
    lines = [json.dumps({"id": str(n), "title": t, "summary": t}) for n, t in enumerate(texts)]
    run = CliRunner().invoke(app, ["judge"], input="\n".join([*lines, '{"id": "last", "title": 3}', "not json"]) + "\n")
    assert run.exit_code == 0
    said = [json.loads(line) for line in run.stdout.splitlines()]
    assert [s.get("id") for s in said[: len(texts)]] == [str(n) for n in range(len(texts))]
    assert all("relevance" in s and s["why"] for s in said[: len(texts)])
    assert said[-2]["id"] == "last"
    assert "error" in said[-2]
    assert "error" in said[-1]

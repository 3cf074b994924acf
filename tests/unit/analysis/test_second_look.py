"""The second look as its user meets it: an answer depends on its item alone, and a broken encoder is never silent."""

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest

from analysis.encoder.own import FILES, Second, Stack, load_second
from analysis.encoder.own_text import LEAD, TITLE, cases, pieces, plain
from analysis.encoder.runtime import EncoderFailed
from analysis.judge import Item, Judge
from analysis.linear import FOLDER, Linear
from config.gazetteer import load_gazetteer

ITEMS = [
    Item("a", "Phụ huynh bức xúc vì trường thu tiền quỹ lớp", "Nhiều phụ huynh phản ánh nhà trường thu sai quy định."),
    Item("b", "Học sinh Hải Phòng giành huy chương vàng", "Em được Sở GD-ĐT khen thưởng tại lễ tuyên dương."),
    Item("c", "Giá vàng hôm nay tăng mạnh", "Giá vàng miếng tăng thêm 500.000 đồng mỗi lượng."),
    Item("d", "Lịch thi vào lớp 10 năm học tới", ""),
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.load(load_gazetteer())


def test_an_answer_depends_on_its_item_alone(judge: Judge) -> None:
    together = judge.judge(ITEMS)
    apart = [judge.judge([i])[0] for i in reversed(ITEMS)][::-1]
    assert together == apart


def test_the_encoder_is_part_of_the_version(judge: Judge) -> None:
    second = Second.load()
    assert {k for k, v in judge.versions.items() if second.version in v} == set(second.stacks)


def test_it_is_asked_only_where_it_is_worth_it(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    known = Second.logits

    def counted(self, items):  # type: ignore[no-untyped-def]
        asked.extend(title for title, _ in items)
        return known(self, items)

    monkeypatch.setattr(Second, "logits", counted)
    judge.judge(ITEMS)
    assert not [t for t in asked if "Giá vàng" in t]
    assert [t for t in asked if "Phụ huynh" in t]


def test_a_missing_encoder_is_told_and_the_linear_judge_answers(tmp_path: Path) -> None:
    second, why = load_second(tmp_path)
    assert second is None
    assert str(tmp_path) in why


def test_a_broken_encoder_is_told_and_judgements_carry_the_linear_version(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / "second.onnx").write_bytes(b"not a model")
    broken = Second.load(tmp_path)  # the files are there; that they are no model shows at the first item
    text, hp = Linear.load("text"), Linear.load("hp")
    judge = Judge(load_gazetteer(), text, hp, None, broken)
    with caplog.at_level(logging.WARNING):
        said = judge.judge(ITEMS)
    alone = Judge(load_gazetteer(), text, hp)
    assert [v.edu for v in said] == [v.edu for v in alone.judge(ITEMS)]
    assert all(v.versions == alone.versions for v in said)
    assert judge.fell_back >= 2
    assert "chỉ qua bộ tuyến tính" in caplog.text
    assert load_second(tmp_path)[0] is None


def test_an_answer_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    second = Second.load()
    monkeypatch.setattr(Second, "_run", lambda self, piece: np.full(max(s.end for s in self.stacks.values()), np.nan))
    with pytest.raises(EncoderFailed):
        second.logits([("a", "b")])


@pytest.mark.parametrize(
    "text", ["", "😀😀😀", "từ " * 100_000, "İ" * 50, "\u202eabc", "a" * 100_000, "HỌC SINH", "學校 中文"]
)
def test_any_text_is_read_in_bounds(text: str) -> None:
    second = Second.load()
    assert np.isfinite(second.logits([(text, text)])).all()
    (read,) = pieces(second._tokenizer, [(text, text)])
    assert len(read.ids) == len(read.case) == len(read.segment) <= TITLE + LEAD + 3


def test_case_and_tone_style_are_taken_out_of_the_words_and_kept_beside_them() -> None:
    assert plain("Trường Hoà Bình") == plain("trường hòa bình")
    assert len(plain("İstanbul")) == len("İstanbul")
    assert cases("Sở GDĐT ra", [(0, 2), (3, 7), (8, 10)]) == [1, 2, 0]


def test_a_stack_without_the_encoder_is_the_linear_judge() -> None:
    stack = Stack("x", ("a", "b"), 0, 2, False, 1.0, 0.0, (0.0, 0.0), (0.0, 1.0))
    raw = np.array([[0.2, -0.3]], np.float32)
    sure, leant = stack.probabilities(raw, np.array([[9.0, -9.0]], np.float32))
    assert sure[0, 0] > 0.5 > leant[0, 0]
    assert np.allclose(sure.sum(1), 1)

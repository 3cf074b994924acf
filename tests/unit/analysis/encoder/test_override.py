"""An encoder's answers stand in the verdict with its version, or the shipped judge's with theirs: never a mixture."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.encoder.backend import Backend, Said, Text
from analysis.encoder.loading import load_backends
from analysis.encoder.override import IN_A_ROW, REST, FellBack, ask, override
from analysis.item import Item
from analysis.judge import Judge
from store.model import JudgementKind
from tests.unit.analysis.encoder.conftest import Choose
from tests.unit.analysis.encoder.tiny import tiny

ITEMS = [
    Item("1", "Sập mái che sân trường THCS Bến Cảng ở Hải Phòng", "Nhiều học sinh lớp 8 được đưa ra ngoài an toàn."),
    Item("2", "Học sinh Hải Phòng thắng giải toán quốc gia", "", "Đội tuyển của thành phố có 30 học sinh thắng giải."),
    Item("3", "Giá xăng giảm từ chiều nay", "Mức giảm 300 đồng mỗi lít."),
    Item(
        "4", "School reopens in Hai Phong", "Pupils of a primary school in Hai Phong return to class after the storm."
    ),
    Item("5", "", ""),
    Item("6", "😀😀", ""),
]


class Faulty:
    """A backend whose model fails on command; the rest is the real one."""

    def __init__(self, real: Backend, *, every: bool = False) -> None:
        self.real, self.every, self.asked = real, every, 0
        self.task, self.version, self.languages, self.standing = real.task, real.version, real.languages, real.standing

    def say(self, texts: Sequence[Text]) -> list[Said | None]:
        self.asked += 1
        if self.every or any("sân trường" in title for title, _ in texts):
            raise MemoryError("hết bộ nhớ")
        return self.real.say(texts)


def test_what_is_shown_gets_the_encoders_answer_and_version_and_nothing_else_changes(
    choose: Choose, judge: Judge
) -> None:
    backend = Backend.load(choose())
    before = judge.judge(ITEMS)
    after = override(before, ITEMS, {"tone": backend})
    assert [v.relevance for v in before][:2] == ["relevant", "relevant"]
    assert [v.tone for v in after[:2]] == ["neg", "pos"], "of the second, the body is read where there is no lead"
    for old, new in zip(before[:2], after[:2], strict=True):
        assert new.versions == {**old.versions, "tone": backend.version}
        assert new == replace(old, tone=new.tone, tone_score=new.tone_score, versions=new.versions)
    assert after[2:] == before[2:], "not shown, another language, nothing to read: the shipped judge's answers"
    rows = {j.kind: j for j in after[0].judgements("rev_1", 5)}
    assert rows[JudgementKind.TONE].version == backend.version
    assert rows[JudgementKind.KIND].version == judge.versions["kind"]
    assert judge.judge(ITEMS) == before, "the shipped judge's own versions were not touched"


def test_other_languages_are_asked_when_the_settings_say_so(choose: Choose, judge: Judge) -> None:
    backend = Backend.load(choose(languages=("vi", "en")))
    after = override(judge.judge(ITEMS), ITEMS, {"tone": backend})
    assert [v.versions["tone"] == backend.version for v in after] == [True, True, False, True, False, False]


def test_a_new_stance_brings_its_target_and_none_takes_it_away(choose: Choose, judge: Judge, tmp_path: Path) -> None:
    folder = tiny(tmp_path / "lap-truong", {"sập": (5, 0, 0), "thắng": (0, 0, 5)}, ("phê", "khen", "không"))
    backend = Backend.load(choose("stance", folder, labels={"phê": "critical", "khen": "supportive", "không": "none"}))
    first = override(judge.judge(ITEMS), ITEMS, {"stance": backend})
    assert (first[0].stance, first[0].stance_target) == ("critical", "trường THCS Bến Cảng ở Hải Phòng")
    praised = [replace(v, stance="supportive", stance_target="cũ") for v in judge.judge(ITEMS)]
    again = override(praised, ITEMS, {"stance": backend})
    assert (again[1].stance, again[1].stance_target) == ("none", "")
    assert again[1].relevance == praised[1].relevance


def test_a_batch_in_which_the_model_fails_keeps_the_shipped_answers_and_says_so(
    choose: Choose, judge: Judge, caplog: pytest.LogCaptureFixture
) -> None:
    backend = Faulty(Backend.load(choose()))
    noted: list[FellBack] = []
    before = judge.judge(ITEMS)
    with caplog.at_level(logging.WARNING):
        after = override(before, ITEMS, {"tone": backend}, noted.append)
    assert after == before, "not one answer of this batch is the encoder's"
    assert noted == [FellBack("tone", backend.version, 2, "hết bộ nhớ")]
    assert (backend.standing.batches, backend.standing.items) == (1, 2)
    assert "shipped judge instead of onnx." in caplog.text

    rest = ITEMS[1:]
    assert override(before[1:], rest, {"tone": backend}, noted.append)[0].versions["tone"] == backend.version
    assert len(noted) == 1, "the next batch is the encoder's again"


def test_a_backend_that_goes_on_failing_is_left_alone_and_tried_again(choose: Choose) -> None:
    backend = Faulty(Backend.load(choose()), every=True)
    noted: list[FellBack] = []
    for _ in range(IN_A_ROW + REST):
        assert ask(backend, [("Thắng giải", "")], noted.append) is None
    assert backend.asked == IN_A_ROW
    assert backend.standing.items == len(noted) == IN_A_ROW + REST, "each is counted, asked or not"
    assert "hết bộ nhớ" in noted[-1].why
    backend.every = False
    said = ask(backend, [("Thắng giải", "")], noted.append)
    assert said is not None
    assert said[0] is not None
    assert said[0].label == "pos"


def test_an_answer_too_few_is_a_failure(choose: Choose) -> None:
    class Short(Faulty):
        def say(self, texts: Sequence[Text]) -> list[Said | None]:
            return self.real.say(texts)[1:]

    assert ask(Short(Backend.load(choose())), [("Thắng", ""), ("Sập", "")]) is None


def test_without_backends_nothing_happens(judge: Judge) -> None:
    before = judge.judge(ITEMS)
    assert override(before, ITEMS, {}) == before
    assert override([], [], {}) == []


def test_one_bad_model_costs_only_its_task(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    tiny(tmp_path / "tot")
    (tmp_path / "hong").mkdir()
    (tmp_path / "models.yml").write_text(
        "tone:\n  path: tot\n  labels: {NEGATIVE: neg, NEUTRAL: neu, POSITIVE: pos}\n"
        "kind:\n  path: hong\n  labels: {a: news, b: opinion, c: service, d: feature, e: promo}\n"
        "stance:\n  paht: x\n",
        encoding="utf-8",
    )
    with caplog.at_level(logging.WARNING):
        backends, errors = load_backends(tmp_path)
    assert list(backends) == ["tone"]
    assert [e.where.rpartition(":")[2] for e in errors] == ["8", "8", "8", "4"]
    assert "hong" in caplog.text
    assert "unknown key `paht`" in caplog.text


def test_no_file_means_no_backend(tmp_path: Path) -> None:
    assert load_backends(tmp_path) == ({}, [])

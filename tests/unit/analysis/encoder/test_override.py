"""An encoder's answers stand in the verdict with its version, or the shipped judge's with theirs: never a mixture."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.encoder.backend import Backend, Said, Text
from analysis.encoder.loading import load_backends
from analysis.encoder.override import IN_A_ROW, REST, FellBack, ask, early, override, version_of
from analysis.item import Item
from analysis.judge import Judge
from analysis.stance import NOTHING, Evidence
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


TURNED = {"phê": "supportive", "khen": "critical", "không": "none"}


class Named:
    """A target, as far as it is looked at here."""

    name = "THCS Bến Cảng"


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
    before = [replace(v, tone="neu", evidence=NOTHING, stance_target="") for v in judge.judge(ITEMS)]
    after = override(before, ITEMS, {"tone": backend})
    assert [v.relevance for v in before][:2] == ["relevant", "relevant"]
    assert [v.tone for v in after[:2]] == ["neg", "pos"], "of the second, the body is read where there is no lead"
    for old, new in zip(before[:2], after[:2], strict=True):
        assert new.versions["tone"].startswith(f"{backend.version}.")
        assert new == replace(old, tone=new.tone, tone_score=new.tone_score, versions=new.versions)
        assert {k: v for k, v in new.versions.items() if k != "tone"} == {
            k: v for k, v in old.versions.items() if k != "tone"
        }
    assert after[2:] == before[2:], "not shown, another language, nothing to read: the shipped judge's answers"
    rows = {j.kind: j for j in after[0].judgements("rev_1", 5)}
    assert rows[JudgementKind.TONE].version == after[0].versions["tone"]
    assert rows[JudgementKind.KIND].version == before[0].versions["kind"]
    assert version_of(backend, "a") != version_of(backend, "b"), "the shipped judge beside it is part of the version"


def test_other_languages_are_asked_when_the_settings_say_so(choose: Choose, judge: Judge) -> None:
    backend = Backend.load(choose(languages=("vi", "en")))
    after = override(judge.judge(ITEMS), ITEMS, {"tone": backend})
    assert [v.versions["tone"].startswith(backend.version) for v in after] == [True, True, False, True, False, False]


def test_what_shows_a_tone_or_stance_is_read_again_where_it_changed_and_only_there(
    choose: Choose, judge: Judge, tmp_path: Path
) -> None:
    folder = tiny(tmp_path / "lap-truong", {"sập": (5, 0, 0), "thắng": (0, 0, 5)}, ("phê", "khen", "không"))
    backend = Backend.load(choose("stance", folder, labels={"phê": "critical", "khen": "supportive", "không": "none"}))
    before = [replace(v, stance="none", stance_target="", evidence=NOTHING) for v in judge.judge(ITEMS)]
    asked: list[tuple[int, str, str]] = []

    def read_again(at: int, tone: str, stance: str) -> Evidence:
        asked.append((at, tone, stance))
        return Evidence(tone=(), stance=(), target=Named())  # type: ignore[arg-type]

    after = override(before, ITEMS, {"stance": backend}, evidence=read_again)
    assert asked == [(0, before[0].tone, "critical")], "the second is `none` as before"
    assert (after[0].stance, after[0].stance_target) == ("critical", "THCS Bến Cảng")
    assert after[0].evidence.name == "THCS Bến Cảng"
    bare = override(after, ITEMS, {"stance": Backend.load(choose("stance", folder, labels=TURNED))})
    assert (bare[0].stance, bare[0].stance_target, bare[0].evidence) == ("supportive", "", NOTHING), "nothing stale"
    assert bare[0].relevance == before[0].relevance


def test_education_and_place_are_asked_before_the_decision(choose: Choose, tmp_path: Path) -> None:
    folder = tiny(tmp_path / "gd", {"trường": (3, 0, 0), "xăng": (0, 0, 3)}, ("a", "b", "c"))
    backend = Backend.load(choose("edu", folder, labels={"a": "core", "b": "higher", "c": "none"}))
    texts = {3: (("Trường", ""), "vi"), 5: (("Giá xăng", ""), "vi"), 7: (("School", ""), "en"), 9: (("😀", ""), "vi")}
    said = early({"edu": backend}, "edu", texts)
    assert {i: one.label for i, one in said.items()} == {3: "core", 5: "none"}
    assert said[5].shares["none"] == said[5].score
    assert early({"edu": backend}, "hp", texts) == {}
    noted: list[FellBack] = []
    assert early({"edu": Faulty(backend, every=True)}, "edu", texts, noted.append) == {}
    assert noted[0].items == 3


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
    again = override(before[1:], rest, {"tone": backend}, noted.append)
    assert again[0].versions["tone"] == version_of(backend, before[1].versions["tone"])
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

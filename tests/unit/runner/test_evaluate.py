"""Versions side by side on what people labelled; one is taken into use only if it beats the other on what is frozen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from analysis.linear import FOLDER, Linear
from analysis.training.train import OWN, read_own
from analysis.weights import FILES, load_weights
from runner.cli import app
from runner.deps import Deps, Tools
from runner.doctor import examine
from runner.evaluate_choice import CURRENT, models_folder, take_into_use, weights_in_use
from runner.evaluate_figures import Answers, Said, compare, drawn, figures, mcnemar, rule
from runner.train_linear import TRAINED, learned_from, marks
from store.errors import InputError
from store.model_label import LabelTask
from tests.unit.runner.test_labels import lines

WHO = "Lê Thị Sóng"


def answers(gold: str, groups: list[int] | None = None, task: LabelTask = LabelTask.TONE) -> Answers:
    named = gold.split()
    return Answers(task, named, np.array(groups or range(len(named))))


def said(labels: str, score: float | None = 0.8) -> Said:
    return Said(labels.split(), [score] * len(labels.split()))


def test_figures_by_hand() -> None:
    of = answers("neg neg neu pos")
    found = figures(of, said("neg neu neu pos"), drawn(4))
    assert (found["n"], found["accuracy"]) == (4, 0.75)
    assert found["labels"] == {"neg": 0.6667, "neu": 0.6667, "pos": 1.0}
    assert found["f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert found["ece"] == pytest.approx(0.05)
    assert found["gold"] == {"neg": 2, "neu": 1, "pos": 1}
    assert ["neg", "neu", 1] in found["confusion"]
    low, high = found["interval"]
    assert low < found["f1"] <= high


def test_topics_count_as_sets() -> None:
    of = answers("fees,exams exams fees", task=LabelTask.TOPICS)
    found = figures(of, said("exams,fees fees fees", None), drawn(3))
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["f1"] == pytest.approx(2 * 3 / (4 + 4))
    assert "ece" not in found


def test_ten_reprints_of_one_story_are_one_proof() -> None:
    gold = " ".join(["neg", "pos"] * 30)
    right, wrong = said(gold), said(" ".join(["pos", "pos"] * 30))
    alone = compare(answers(gold), wrong, right, drawn(60))
    together = compare(answers(gold, [0] * 58 + [1, 2]), wrong, right, drawn(3))
    assert alone["difference"] == together["difference"] > 0
    assert alone["ahead"] > 0.99
    width = [c["interval"][1] - c["interval"][0] for c in (alone, together)]
    assert width[1] > width[0]
    assert (alone["gained"], alone["lost"]) == (30, 0)


def test_mcnemar_by_hand() -> None:
    assert mcnemar(5, 5) == 1
    assert mcnemar(5, 0) == pytest.approx(2 / 32)
    assert mcnemar(0, 0) == 1
    assert mcnemar(9, 1) == pytest.approx(2 * 11 / 1024)


def test_the_rule_takes_what_is_ahead_and_nothing_else() -> None:
    gold = " ".join(["neg", "neu", "pos"] * 30)
    half = " ".join(["neg", "neu", "neu"] * 30)
    of = answers(gold)
    assert rule([(of, said(half), said(gold))], 90, 90).accepted
    assert not rule([(of, said(gold), said(gold))], 90, 90).accepted
    assert not rule([(of, said(gold), said(half))], 90, 90).accepted
    few = answers(" ".join(gold.split()[:29]))
    refused = rule([(few, said(" ".join(half.split()[:29])), said(" ".join(gold.split()[:29])))], 29, 29)
    assert not refused.accepted
    assert "chưa đủ" in refused.reason


def test_a_step_back_on_one_question_is_not_paid_for_by_another() -> None:
    gold, half = " ".join(["neg", "neu", "pos"] * 30), " ".join(["neg", "neu", "neu"] * 30)
    tone, kind = answers(gold), answers(gold.replace("neg", "news"), task=LabelTask.KIND)
    pairs = [
        (tone, said(" ".join(["neu"] * 90)), said(gold)),
        (kind, said(gold.replace("neg", "news")), said(half.replace("neg", "news"))),
    ]
    refused = rule(pairs, 90, 90)
    assert not refused.accepted
    assert "kém hẳn ở kind" in refused.reason
    assert refused.figures["mean"] > 0


# with real weights ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def worse(tmp_path: Path) -> Path:
    """The shipped weights with good and bad news exchanged."""
    folder = tmp_path / "kem"
    copied(folder, [])
    text = Linear.load("text", folder)
    head = text.heads["tone"]
    order = np.arange(text.weights.shape[1])
    order[[head.begin, head.end - 1]] = order[[head.end - 1, head.begin]]
    Linear("text", text.vocabulary, text.idf, text.weights[:, order], text.bias[order], text.heads, "").save(folder)
    return folder


def copied(folder: Path, learned: list[dict[str, Any]]) -> Path:
    """The shipped weights under another name, said to have learned from those rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(FOLDER / name, folder / name)
    np.save(folder / TRAINED, marks(learned))
    return folder


def run(deps: Deps, *words: str) -> tuple[int, Any]:
    done = CliRunner().invoke(app, ["evaluate", *words, "--json", "--home", str(deps.settings.home)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, json.loads(done.stdout.splitlines()[-1])


def test_the_shipped_weights_say_what_they_learned_from() -> None:
    assert learned_from(FOLDER, read_own()) == [True] * len(read_own())
    assert learned_from(FOLDER, [{"id": "chưa từng thấy"}]) == [False]
    assert learned_from(OWN.parent, read_own()) is None


def test_a_candidate_that_is_no_better_is_refused_with_its_figures(deps: Deps, worse: Path, tmp_path: Path) -> None:
    take_into_use(deps.settings.home, copied(tmp_path / "dung", []))
    code, row = run(deps, "--accept", str(worse), "--frozen", str(OWN), "--by", WHO)
    assert (code, row["accepted"], row["replaced"]) == (1, False, load_weights().version)
    assert row["figures"]["behind"] == ["tone"]
    assert row["figures"]["tasks"]["tone"]["difference"] < -0.1
    assert weights_in_use(deps.settings.home).version == load_weights().version
    assert [c.id for c in deps.store.model_choices()] == [row["id"]]


def test_what_the_weights_in_use_know_by_heart_proves_nothing_either(deps: Deps, worse: Path) -> None:
    code, row = run(deps, "--accept", str(worse), "--frozen", str(OWN), "--by", WHO)
    assert (code, row["accepted"], row["replaced"]) == (1, False, "shipped")
    assert row["figures"]["left_out"] == len(read_own())
    assert "chưa đủ" in row["reason"]
    assert f"{len(read_own())} mục mà một trong hai bản đã học" in row["reason"]


def test_a_better_one_is_used_by_name_and_the_release_can_come_back(deps: Deps, worse: Path, tmp_path: Path) -> None:
    deps.settings.home.mkdir(exist_ok=True)
    take_into_use(deps.settings.home, worse)
    better = copied(tmp_path / "hon", [])
    code, row = run(deps, "--accept", str(better), "--frozen", str(OWN), "--by", WHO)
    assert (code, row["accepted"], row["by"]) == (0, True, WHO)
    used = weights_in_use(deps.settings.home)
    assert (used.shipped, used.version, used.warning) == (False, load_weights().version, "")
    assert used.weights.folder == models_folder(deps.settings.home) / used.version
    with pytest.raises(InputError, match="đang được dùng"):
        run(deps, "--accept", str(better), "--frozen", str(OWN), "--by", WHO)
    code, row = run(deps, "--accept", "shipped", "--by", WHO)
    assert (code, row["version"]) == (0, "shipped")
    assert weights_in_use(deps.settings.home).shipped
    assert [c.accepted for c in deps.store.model_choices()] == [True, True]


def test_what_a_candidate_learned_from_proves_nothing(deps: Deps, worse: Path, tmp_path: Path) -> None:
    take_into_use(deps.settings.home, worse)
    for folder in (copied(tmp_path / "hoc", read_own()), copied(tmp_path / "giau", [])):
        if folder.name == "giau":
            (folder / TRAINED).unlink()
        code, row = run(deps, "--accept", str(folder), "--frozen", str(OWN), "--by", WHO)
        assert (code, row["accepted"]) == (1, False)
    assert not weights_in_use(deps.settings.home).shipped
    assert weights_in_use(deps.settings.home).version != load_weights().version


def test_nobody_takes_weights_into_use_without_a_name_or_from_nowhere(deps: Deps, worse: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--by"):
        run(deps, "--accept", str(worse), "--frozen", str(OWN))
    with pytest.raises(InputError, match="thư mục"):
        run(deps, "--accept", str(tmp_path / "khong-co"), "--by", WHO)
    (worse / "hp.npz").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"hp\.npz"):
        run(deps, "--accept", str(worse), "--by", WHO)
    assert deps.store.model_choices() == []


@pytest.mark.parametrize("damage", ["changed", "gone", "current", "elsewhere"])
def test_damaged_weights_are_not_used_and_the_release_judges_with_a_warning(
    deps: Deps, worse: Path, damage: str
) -> None:
    place = take_into_use(deps.settings.home, worse)
    current = models_folder(deps.settings.home) / CURRENT
    if damage == "changed":
        shutil.copy(FOLDER / "text.npz", place / "text.npz")  # good weights, but not those that were accepted
    elif damage == "gone":
        shutil.rmtree(place)
    elif damage == "current":
        current.write_text("{", encoding="utf-8")
    else:
        current.write_text(json.dumps({"version": "../../etc", "files": {}}), encoding="utf-8")
    used = weights_in_use(deps.settings.home)
    assert used.shipped
    assert used.version == "shipped"
    assert "bản phát hành" in used.warning


def test_two_versions_on_all_labels_question_by_question(deps: Deps, worse: Path) -> None:
    code, found = run(deps, "--labels", str(OWN), "--against", str(worse))
    assert code == 0
    assert found["items"] == len(read_own())
    assert found["versions"] == ["đang dùng", "bản kia"]
    assert found["learned_from"] == {"đang dùng": len(read_own()), "bản kia": 0}
    tone = found["tasks"]["tone"]
    assert tone["compared"]["difference"] < -0.2
    assert tone["compared"]["lost"] > 50
    assert tone["compared"]["p"] < 0.001
    assert tone["đang dùng"]["n"] == len(read_own())
    assert found["tasks"]["hp"]["compared"]["difference"] == 0
    told = CliRunner().invoke(app, ["evaluate", "--labels", str(OWN), "--home", str(deps.settings.home)])
    assert "đã học từ" in told.output
    assert "sắc thái" in told.output


def test_without_any_label_it_says_how_to_get_some(deps: Deps) -> None:
    with pytest.raises(InputError, match="gán nhãn"):
        run(deps)


def test_bad_lines_cost_only_themselves(deps: Deps, tmp_path: Path) -> None:
    file = lines(tmp_path / "nhan.jsonl", {"id": "a", "title": "Trường Sao Biển mở bếp ăn", "tone": "pos"}, "{")
    _, found = run(deps, "--labels", str(file))
    assert found["items"] == 1
    assert found["bad_lines"][0].startswith("nhan.jsonl, dòng 2:")


def test_the_running_judge_uses_what_was_accepted_and_says_when_it_cannot(
    deps: Deps, worse: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shipped = Tools(deps.settings, deps.now).judge
    place = take_into_use(deps.settings.home, worse)
    used = Tools(deps.settings, deps.now).judge
    assert used.versions["tone"] != shipped.versions["tone"]
    assert used.versions["hp"] == shipped.versions["hp"]
    assert "bản phát hành" not in caplog.text
    (place / "text.npz").write_bytes(b"PK")
    assert Tools(deps.settings, deps.now).judge.versions == shipped.versions
    assert "bản phát hành" in caplog.text
    (finding,) = [f for f in examine(deps.settings) if "bản phát hành" in f.what]
    assert finding.level == "error"

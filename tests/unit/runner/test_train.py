"""`haidang train`: the same labels give the same bytes; what is set aside teaches nothing; a half is never left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from alerts.labelling import say
from analysis.linear import FOLDER
from analysis.training.train import read_own
from analysis.weights import FILES, load_weights
from runner import train_cli
from runner.cli import app
from runner.deps import Deps
from runner.evaluate_choice import sha256
from runner.train_linear import DATA, MADE, TRAINED, learned_from, shipped_files
from store.errors import InputError
from store.model_label import LabelTask, frozen
from tests.unit.runner.conftest import Outlet
from tests.unit.runner.test_labels import lines

WHO = "Lê Thị Sóng"


def run(deps: Deps, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["train", *words, "--json", "--home", str(deps.settings.home)])
    if done.exception is not None:
        raise done.exception
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Small label files of invented items."""
    folder = tmp_path / "nhan"
    folder.mkdir()
    rows = [
        row | {"id": f"x{n}", "first_fetched": f"2026-0{1 + n % 9}-05T08:00:00+07:00"}
        for n, row in enumerate(read_own())
    ]
    for name, part in zip(DATA, (rows[:120], rows[120:300]), strict=True):
        lines(folder / name, *part)
    return folder


def test_the_pinned_sums_are_those_of_the_shipped_weights() -> None:
    assert shipped_files() == {name: sha256(FOLDER / name) for name in FILES}
    assert json.loads((FOLDER / MADE).read_text(encoding="utf-8"))["version"] == load_weights().version


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("all", "--recipe", "phep-mau"), "linear"),
        (("false", "--recipe", "linear"), "edu"),
    ],
)
def test_an_unknown_recipe_or_task_is_answered_with_those_that_are(
    deps: Deps, data: Path, words: tuple[str, ...], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        run(deps, words[0], "--data", str(data), *words[1:])


def test_without_the_training_packages_it_says_how_to_install_them(
    deps: Deps, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = train_cli.RECIPES["linear"]
    lacking = train_cli.Recipe(recipe.tasks, {"khong_co_goi_nay": "goi-nay==1.0"}, recipe.run)
    monkeypatch.setattr(train_cli, "RECIPES", {"linear": lacking})
    with pytest.raises(InputError, match=r"pip install goi-nay==1\.0"):
        run(deps, "all", "--data", str(data))


def test_files_that_cannot_teach_are_refused_and_nothing_is_left(deps: Deps, data: Path, tmp_path: Path) -> None:
    lines(data / "train.jsonl", {"id": "a", "title": "Tin", "tone": "pos"})
    with pytest.raises(InputError, match="thiếu nhãn"):
        run(deps, "hp", "--data", str(data), "--out", str(tmp_path / "ra" / "moi"))
    (data / "train.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="ít nhất 200"):
        run(deps, "hp", "--data", str(data), "--out", str(tmp_path / "ra" / "moi"))
    assert list((tmp_path / "ra").iterdir()) == []


@pytest.mark.slow
def test_the_same_labels_give_the_same_bytes_and_one_model_alone_leaves_the_other(
    deps: Deps, data: Path, tmp_path: Path
) -> None:
    made = run(deps, "hp", "--data", str(data), "--out", str(tmp_path / "a"))
    assert run(deps, "hp", "--data", str(data), "--out", str(tmp_path / "b"))["files"] == made["files"]
    assert made["as_shipped"] == ["text.npz", "text.json"]  # only the judge of places was trained
    assert made["files"]["hp.npz"] != shipped_files()["hp.npz"]
    assert load_weights(tmp_path / "a").version == made["version"]
    assert (made["rows"], made["desk"], made["left_out"]) == (300 + len(read_own()), 0, 0)
    aside = lines(tmp_path / "rieng.jsonl", {"id": "x0", "title": "không học"}, {"id": "x299", "title": "không học"})
    less = run(deps, "hp", "--data", str(data), "--leave-out", str(aside))
    assert (less["rows"], less["left_out"]) == (298 + len(read_own()), 2)
    folder = deps.settings.home / "models" / str(less["version"])
    assert learned_from(folder, [{"id": "x0"}, {"id": "x1"}, {"id": "x299"}]) == [False, True, False]
    assert sorted(f.name for f in folder.iterdir()) == sorted([*FILES, MADE, TRAINED])
    assert not [f for f in folder.parent.iterdir() if f.name.startswith(".training")]


@pytest.mark.slow
def test_labels_of_the_desk_teach_but_for_those_that_are_set_aside(deps: Deps, outlet: Outlet, data: Path) -> None:
    aside = []
    for n in range(15):
        article = outlet.article(url=f"https://bencang.example/tin-{n}.html")
        outlet.page(article, (f"Hải Phòng mở lớp học thứ {n}", "Phường Ngô Quyền có lớp học buổi tối.", ""))
        say(deps.store, article.id, {LabelTask.HP: "direct"}, by=WHO, why="", now=deps.now())
        aside += [article] if frozen(article.id) else []
    assert 0 < len(aside) < 15
    made = run(deps, "hp", "--data", str(data), "--labels-of-desk")
    assert (made["desk"], made["rows"]) == (15 - len(aside), 300 + len(read_own()) + 15 - len(aside))
    folder = deps.settings.home / "models" / str(made["version"])
    known = learned_from(folder, [{"id": one.id, "url": one.url} for one in aside])
    assert known == [False] * len(aside)
    assert np.load(folder / TRAINED).dtype == np.uint32


@pytest.mark.slow
@pytest.mark.shared
def test_the_shipped_weights_are_made_again_to_the_byte(deps: Deps, shared: Path, tmp_path: Path) -> None:
    made = run(deps, "all", "--data", str(shared / "labels"), "--out", str(tmp_path / "lai"))
    assert made["files"] == shipped_files()
    assert made["as_shipped"] == list(FILES)

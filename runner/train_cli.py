"""``haidang train``: weights made anew from labels, by a recipe. A candidate is never used before it is accepted."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runner.cli_common import AsJson, Home, opened, say
from store.errors import InputError

if TYPE_CHECKING:
    from runner.deps import Deps
    from runner.train_linear import Request

app = typer.Typer()
HINT = "cài thêm phần huấn luyện: .venv/bin/pip install {packages} (extra “train”)"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way of making weights. ``tasks``: what may be named on the command line → the models that it trains;
    ``needs``: import name → what to install; ``run``: writes a folder and returns what it was made from."""

    tasks: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, str]
    run: Callable[[Request], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line. ``out`` None: among the models of this installation."""

    task: str
    data: Path
    out: Path | None
    leave_out: tuple[Path, ...] = ()
    of_desk: bool = False


def _linear(request: Request) -> dict[str, Any]:
    from runner.train_linear import train

    return train(request)


_TEXT = ("edu", "topics", "tone", "stance", "kind", "rumour")  # one vocabulary, one model: they are trained together
RECIPES: Mapping[str, Recipe] = {
    "linear": Recipe(
        {"all": ("text", "hp"), "text": ("text",), "hp": ("hp",), **dict.fromkeys(_TEXT, ("text",))},
        {"sklearn": "scikit-learn==1.9.1"},
        _linear,
    ),
}
"""Every recipe; a new one is one more row."""


@app.command("train")
def train(
    task: Annotated[str, typer.Argument(metavar="TASK|all", help="edu, hp, topics, tone, stance, kind, rumour, all")],
    *,
    data: Annotated[Path, typer.Option("--data", help="Thư mục có dev.jsonl và train.jsonl. · Folder of labels.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Nơi ghi (mặc định: models/<phiên bản> trong dữ liệu). · Target.")
    ] = None,
    labels_of_desk: Annotated[
        bool, typer.Option("--labels-of-desk", help="Học thêm nhãn của cán bộ. · Learn from the desk's labels too.")
    ] = False,
    leave_out: Annotated[
        list[Path] | None, typer.Option("--leave-out", help="Tệp nhãn không được học. · Labels kept for comparing.")
    ] = None,
    recipe: Annotated[str, typer.Option("--recipe", help="Cách huấn luyện. · Recipe.")] = "linear",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Huấn luyện lại trọng số từ nhãn; chỉ được dùng sau `haidang evaluate --accept`. · Train weights from labels."""
    chosen = _chosen(recipe, task)
    asked = Asked(task, data, out, tuple(leave_out or ()), labels_of_desk)
    if labels_of_desk or out is None:
        with opened(home) as deps:
            made, folder = run(chosen, asked, deps)
    else:
        made, folder = run(chosen, asked, None)
    if as_json:
        say(json.dumps(made | {"folder": str(folder)}, ensure_ascii=False))
        return
    say(f"{made['version']} → {folder}", bold=True)
    say(f"  {made['rows']} mục, trong đó {made['desk']} do cán bộ gán nhãn; để riêng {made['left_out']}")
    if same := made.get("as_shipped"):
        say(f"  trùng từng byte với bản phát hành: {', '.join(same)}")
    say(f"Tiếp theo: haidang evaluate --against {folder}; muốn dùng: haidang evaluate --accept {folder} --by “Họ tên”")


def _chosen(recipe: str, task: str) -> Recipe:
    chosen = RECIPES.get(recipe)
    if chosen is None:
        raise InputError(f"--recipe: không có cách {recipe[:40]!r}; có: {', '.join(RECIPES)}")
    if task not in chosen.tasks:
        raise InputError(f"không huấn luyện được {task[:40]!r}; có: {', '.join(chosen.tasks)}")
    missing = [package for module, package in chosen.needs.items() if find_spec(module) is None]
    if missing:
        raise InputError(f"thiếu {', '.join(missing)}; {HINT.format(packages=' '.join(missing))}")
    return chosen


def run(recipe: Recipe, asked: Asked, deps: Deps | None) -> tuple[dict[str, Any], Path]:
    """(what was made, its folder). Made in a folder beside its place and moved there whole: a run that is stopped
    leaves no half of a model."""
    from runner.evaluate_choice import base_folder, models_folder
    from runner.train_linear import Request, names, shipped_files

    home = deps.settings.home if deps else None
    if asked.out is None and home is None:
        raise InputError("--out: nêu thư mục để ghi trọng số")
    parent = models_folder(home) if asked.out is None and home else Path(asked.out or ".").absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    shipped = shipped_files()
    desk, set_aside = _desk(deps) if asked.of_desk and deps else ([], set())
    left = {i for path in asked.leave_out for i in _ids(path)} | set_aside
    with tempfile.TemporaryDirectory(dir=parent, prefix=".training-") as work:
        desk = [row for row in desk if not names(row) & left]
        request = Request(recipe.tasks[asked.task], asked.data, Path(work), base_folder(home), desk, left)
        made = recipe.run(request)
        folder = asked.out or parent / str(made["version"])
        _move(Path(work), folder)
    return made | {"as_shipped": [f for f, s in made["files"].items() if shipped.get(f) == s]}, folder


def _move(work: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(work.iterdir()):
        shutil.move(file, folder / file.name)


def _ids(path: Path) -> set[str]:
    from runner.labels_file import read_labels
    from runner.train_linear import names

    return {name for row in read_labels(path, texts=False).rows for name in names(row.told)}


def _desk(deps: Deps) -> tuple[list[dict[str, Any]], set[str]]:
    """(rows to learn from, ids that are set aside). What the judge does not read as Vietnamese teaches nothing."""
    from analysis.plain import language
    from runner.labels_desk import desk_items
    from runner.train_linear import names

    rows, aside = [], set()
    for item in desk_items(deps):
        row = item.row()
        if item.frozen:
            aside |= names(row)
        elif language(f"{row['title']}\n{row['summary']}") == "vi":
            rows.append(row)
    return rows, aside

"""Versions of the judge on everything that people labelled: files of labels and the desk's own.

What a version learned from says nothing about how right it is; where its folder tells (``trained.npy``) such items are
counted, and for a decision they are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.item import Item
from analysis.weights import FILES, SHIPPED
from lang.text import fold, nfc
from runner.evaluate_choice import InUse, back_to_shipped, candidate, sha256, take_into_use, weights_in_use
from runner.evaluate_figures import Answers, Ruling, Said, compare, drawn, figures, rule
from runner.labels_file import Row, read_labels
from runner.people import named_person
from runner.train_linear import learned_from
from store.errors import InputError
from store.model_label import LabelTask, ModelChoice

if TYPE_CHECKING:
    from analysis.verdict import Verdict
    from analysis.weights import Weights
    from runner.deps import Deps

ASKED = tuple(task for task in LabelTask if task is not LabelTask.STANCE_TARGET)
BATCH = 512

Judging = Callable[[Sequence[Item]], Sequence["Verdict"]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One item with what people said of it. ``group``: its story or event; ``row``: what names it in label files."""

    item: Item
    gold: Mapping[LabelTask, str]
    group: str
    row: Mapping[str, Any]
    frozen: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A judge under the name that people know it by; ``folder``: its weights."""

    name: str
    folder: Path
    judge: Judging


def version_of(name: str, weights: Weights) -> Version:
    """The judge as it would run with these weights."""
    from analysis.judge import Judge
    from config.gazetteer import load_gazetteer

    return Version(name, weights.folder, Judge.load(load_gazetteer(), weights=(weights.text, weights.hp)).judge)


def of_files(paths: Sequence[Path], *, frozen: bool = False) -> tuple[list[Labelled], list[str]]:
    """Items of label files, grouped by event, and what is wrong in them, in words; one item named twice counts once."""
    rows: dict[str, Row] = {}
    wrong = []
    for path in paths:
        found = read_labels(path)
        wrong += [f"{path.name}, dòng {number}: {what}" for number, what in found.bad]
        rows |= {row.id: row for row in found.rows}
    groups = _events(list(rows.values()))
    return [
        Labelled(_item(row), row.labels, group, row.told, frozen)
        for row, group in zip(rows.values(), groups, strict=True)
    ], wrong


def of_desk(deps: Deps) -> list[Labelled]:
    """What people labelled here."""
    from runner.labels_desk import desk_items

    return [
        Labelled(
            one.item(), {task: label.value for task, label in one.labels.items()}, one.group, one.row(), one.frozen
        )
        for one in desk_items(deps)
    ]


def report(items: Sequence[Labelled], versions: Sequence[Version]) -> dict[str, Any]:
    """Figures of each version a question; with two, the second against the first."""
    numbers = _numbers(items)
    draws = drawn(int(numbers.max(initial=-1)) + 1)
    said = [_verdicts(version, items) for version in versions]
    tasks: dict[str, Any] = {}
    for task in ASKED:
        at = [i for i, one in enumerate(items) if task in one.gold]
        if not at:
            continue
        answers = Answers(task, [items[i].gold[task] for i in at], numbers[at])
        of = [_said(task, [verdicts[i] for i in at]) for verdicts in said]
        tasks[task] = {v.name: figures(answers, one, draws) for v, one in zip(versions, of, strict=True)}
        if len(versions) == 2:
            tasks[task]["compared"] = compare(answers, of[0], of[1], draws)
    return {
        "items": len(items), "frozen": sum(one.frozen for one in items), "groups": draws.shape[1],
        "versions": [v.name for v in versions],
        "learned_from": {v.name: _learned(v.folder, items) for v in versions},
        "tasks": tasks, "stance_target": _targets(items, versions, said),
    }  # fmt: skip


def decide(items: Sequence[Labelled], old: Version, new: Version) -> Ruling:
    """Whether ``new`` may take over, on what is set aside and neither has learned from: what one knows by heart says
    nothing about either."""
    kept = [one for one in items if one.frozen]
    learned = learned_from(new.folder, [one.row for one in kept])
    if learned is None:
        reason = "thư mục không cho biết đã học từ mục nào (trained.npy); huấn luyện lại bằng haidang train"
        return Ruling(False, reason, {})
    by_heart = learned_from(old.folder, [one.row for one in kept]) or [False] * len(kept)
    fresh = [one for one, new_one, old_one in zip(kept, learned, by_heart, strict=True) if not (new_one or old_one)]
    numbers = _numbers(fresh)
    said = [_verdicts(version, fresh) for version in (old, new)]
    pairs = []
    for task in ASKED:
        at = [i for i, one in enumerate(fresh) if task in one.gold]
        if at:
            answers = Answers(task, [fresh[i].gold[task] for i in at], numbers[at])
            pairs.append((answers, *(_said(task, [verdicts[i] for i in at]) for verdicts in said)))
    ruling = rule(pairs, int(numbers.max(initial=-1)) + 1, len(fresh))  # type: ignore[arg-type]
    left = len(kept) - len(fresh)
    reason = ruling.reason + (f"; bỏ ra {left} mục mà một trong hai bản đã học" if left else "")
    return replace(ruling, reason=reason, figures=dict(ruling.figures) | {"left_out": left})


def accept(deps: Deps, folder: Path, frozen: Sequence[Path], by: str) -> ModelChoice:
    """Take a candidate into use if it beats what is in use; either way a row says who asked, when and the figures.

    Raises :class:`InputError` for a folder that holds no usable weights, or a name that is none.
    """
    person = named_person(by, "--by")
    asked, now = candidate(folder), weights_in_use(deps.settings.home)
    if asked.version == now.weights.version:
        raise InputError(f"{asked.version} đang được dùng rồi")
    own, wrong = of_files(frozen, frozen=True)
    if wrong:
        raise InputError(f"bộ giữ riêng phải đúng từng dòng: {wrong[0]}")
    ruling = decide([*of_desk(deps), *own], version_of(now.version, now.weights), version_of(asked.version, asked))
    files = {name: sha256(folder / name) for name in FILES}
    row = _row(deps, now, asked.version, ruling, person, files)
    with deps.store.transaction() as tx:
        tx.add_model_choice(row)
    if ruling.accepted:
        take_into_use(deps.settings.home, folder)
    return row


def go_back(deps: Deps, by: str) -> ModelChoice:
    """The release's own weights again: needs a name and no figures."""
    person, now = named_person(by, "--by"), weights_in_use(deps.settings.home)
    row = _row(deps, now, SHIPPED, Ruling(True, "quay về bản phát hành", {}), person, {})
    with deps.store.transaction() as tx:
        tx.add_model_choice(row)
    back_to_shipped(deps.settings.home)
    return row


def _row(
    deps: Deps, now: InUse, version: str, ruling: Ruling, person: str, files: Mapping[str, str]
) -> ModelChoice:  # fmt: skip
    at = deps.now()
    made = ModelChoice.make_id(version, person, at)
    return ModelChoice(made, version, now.version, ruling.accepted, person, at, ruling.reason, ruling.figures, files)


def _verdicts(version: Version, items: Sequence[Labelled]) -> list[Verdict]:
    found: list[Verdict] = []
    for begin in range(0, len(items), BATCH):
        found += version.judge([one.item for one in items[begin : begin + BATCH]])
    return found


def _said(task: LabelTask, verdicts: Sequence[Verdict]) -> Said:
    if task is LabelTask.TOPICS:
        return Said([",".join(v.topics) for v in verdicts], [None] * len(verdicts))
    return Said([getattr(v, task) for v in verdicts], [getattr(v, f"{task}_score") for v in verdicts])


def _targets(items: Sequence[Labelled], versions: Sequence[Version], said: Sequence[Sequence[Verdict]]) -> Any:
    """How often the office or school is named as a person did, marks and case aside, where one did."""
    at = [i for i, one in enumerate(items) if one.gold.get(LabelTask.STANCE_TARGET)]
    if not at:
        return None
    right = {
        v.name: sum(fold(nfc(verdicts[i].stance_target)) == fold(items[i].gold[LabelTask.STANCE_TARGET]) for i in at)
        for v, verdicts in zip(versions, said, strict=True)
    }
    return {"n": len(at), "same": right}


def _learned(folder: Path, items: Sequence[Labelled]) -> int | None:
    found = learned_from(folder, [one.row for one in items])
    return None if found is None else sum(found)


def _numbers(items: Sequence[Labelled]) -> Any:
    names = {name: n for n, name in enumerate(dict.fromkeys(one.group for one in items))}
    return np.array([names[one.group] for one in items], np.int64)


def _events(rows: Sequence[Row]) -> list[str]:
    """Event of each row; a row without its day stands alone."""
    from analysis.events import group

    dated = [row.told for row in rows if row.told.get("first_fetched")]
    numbers = iter(group([{"summary": "", "title": ""} | _texts(told) for told in dated]).tolist())
    return [f"tin {next(numbers)}" if row.told.get("first_fetched") else f"mục {row.id}" for row in rows]


def _texts(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: told.get(key) or "" for key in ("title", "summary", "first_fetched")}


def _item(row: Row) -> Item:
    told = row.told
    body, outlet, section = (told.get(key) for key in ("text", "outlet", "section"))
    return Item(
        row.id, row.title, row.summary, body if isinstance(body, str) else "",
        outlet if isinstance(outlet, str) else "", row.url, section if isinstance(section, str) else "",
    )  # fmt: skip

"""The linear recipe of `haidang train`: from label files and the desk's labels to a folder of weights.

From label files alone it is :mod:`analysis.training.train`, so the same files give the same bytes (one thread). With
labels of the desk the invented and labelled items are joined by what people corrected, each where it was answered.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.weights import FILES, HEADS, load_weights
from runner.evaluate_choice import sha256
from runner.labels_file import SPREAD, whole
from store.errors import InputError
from store.model_label import LabelTask

if TYPE_CHECKING:
    from analysis.linear import Linear

MADE, TRAINED = "made.json", "trained.npy"
PACKAGES = ("numpy", "scipy", "scikit-learn")
DATA = ("dev.jsonl", "train.jsonl")
DESK_WEIGHT = 1.0  # of an item that a person labelled here, beside a labelled one of the national press

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be trained. ``desk``: rows of the desk (:meth:`runner.labels_desk.DeskItem.row`); ``leave_out``: ids
    that must teach nothing; ``base``: the folder whose model is taken for what is not trained."""

    models: tuple[str, ...]
    data: Path
    out: Path
    base: Path
    desk: Sequence[Row] = ()
    leave_out: Collection[str] = ()


def train(request: Request) -> dict[str, Any]:
    """Write the weights, what they were made from and what they learned from; the report that is kept with them.

    Raises :class:`InputError` for label files that cannot be used.
    """
    labelled = _labelled(request)
    folder = request.out
    folder.mkdir(parents=True, exist_ok=True)
    for model in _fitted(request, labelled):
        model.save(folder)
    for name in HEADS:
        for file in (f"{name}.npz", f"{name}.json"):
            if name not in request.models and request.base != folder:
                shutil.copyfile(request.base / file, folder / file)
    rows = [*labelled, *_own(), *request.desk]
    np.save(folder / TRAINED, marks(rows), allow_pickle=False)
    made = report(request, len(rows))
    (folder / MADE).write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return made


def report(request: Request, rows: int) -> dict[str, Any]:
    """What the weights in the target folder were made from, and their hashes."""
    return {
        "recipe": "linear", "version": load_weights(request.out).version, "models": list(request.models), "rows": rows,
        "desk": len(request.desk), "left_out": len(request.leave_out),
        "data": {name: sha256(request.data / name) for name in DATA},
        "packages": {name: _version(name) for name in PACKAGES},
        "files": {name: sha256(request.out / name) for name in FILES},
    }  # fmt: skip


def marks(rows: Iterable[Mapping[str, Any]]) -> NDArray[np.uint32]:
    """Sorted 32-bit hashes of what names each row: enough to see what was learned from, and no list of addresses."""
    return np.array(sorted({_mark(name) for row in rows for name in names(row)}), np.uint32)


def names(row: Mapping[str, Any]) -> set[str]:
    """What a row goes by: its id, and the id that label files give its address (sha1, twelve hex digits)."""
    url = row.get("url")
    own = hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()[:12] if url else ""
    return {name for name in (str(row["id"]), own) if name}


def learned_from(folder: Path, rows: Sequence[Mapping[str, Any]]) -> list[bool] | None:
    """Whether the weights of that folder learned from each row; None where they do not say."""
    try:
        known = np.load(folder / TRAINED, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if not isinstance(known, np.ndarray) or known.ndim != 1 or known.dtype != np.uint32:
        return None
    held = set(known.tolist())
    return [any(_mark(name) in held for name in names(row)) for row in rows]


def _mark(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def shipped_files() -> dict[str, str]:
    """File name → sha256 of the weights of this release, as pinned beside them."""
    from analysis.linear import FOLDER

    return dict(json.loads((FOLDER / MADE).read_text(encoding="utf-8"))["files"])


def _labelled(request: Request) -> list[Row]:
    """Gold items, then training items, in file order, without what is to be left out."""
    answered = [task for task in LabelTask if task is not LabelTask.STANCE_TARGET]
    rows, left = [], set(request.leave_out)
    for name in DATA:
        for row in whole(request.data / name, needs=answered).rows:
            if not names(row.told) & left and row.labels[LabelTask.RUMOUR] != SPREAD:
                rows.append(dict(row.told))
    if len(rows) < 200:
        raise InputError(f"{request.data}: chỉ có {len(rows)} mục dùng được; cần ít nhất 200 để huấn luyện")
    return rows


def _own() -> list[Row]:
    from analysis.training.train import read_own

    return read_own()


def _fitted(request: Request, labelled: list[Row]) -> list[Linear]:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped, import-not-found, unused-ignore]

    from analysis.events import folds, group
    from analysis.training.fit import ALWAYS, HP_PLANS, TEXT_PLANS, fit
    from analysis.training.partial import Teaching, fit_partial
    from analysis.training.train import OWN_WEIGHT, features

    own, desk = _own(), list(request.desk)
    rows = labelled + own + desk
    texts, places = features(rows)
    numbers = np.concatenate([folds(group(labelled)), np.full(len(own) + len(desk), ALWAYS)])
    weights = np.where(numbers == ALWAYS, OWN_WEIGHT, 1.0)
    weights[len(labelled) + len(own) :] = DESK_WEIGHT
    named = [i for i, found in enumerate(places) if found]  # the hp model learns from items that name a place of ours
    chosen = {"text": (TEXT_PLANS, texts, range(len(rows))), "hp": (HP_PLANS, places, named)}
    models = []
    with threadpool_limits(1):  # equal sums on every machine
        for name in request.models:
            plans, found, kept = chosen[name]
            at = np.array(kept, np.int64)
            given, seen = [rows[i] for i in kept], [found[i] for i in kept]
            if desk:
                models.append(fit_partial(name, plans, Teaching(given, seen, numbers[at], weights[at])))
            else:
                models.append(fit(name, plans, seen, given, numbers[at], weights[at]))
    return models


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

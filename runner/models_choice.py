"""What the arguments of ``haidang models`` mean: a folder, a map of labels, a part of ``models.yml``."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml

from analysis.encoder.folder import read_folder
from analysis.encoder.trial import Trial
from config.models import BESIDE, CHOICES, FILE, TASKS, Chosen, ModelChoice, folder_of, load_models, missing
from runner.models_trial import in_child
from store.errors import InputError


def part_of(home: Path, task: str, path: str, mapped: list[str] | None, kept: dict[str, Any]) -> dict[str, Any]:
    """The part of ``models.yml`` that these arguments mean. Raises :class:`InputError` with the model's labels."""
    folder = folder_of(path, home)
    # a path as typed counts from where the person stands; in the file it counts from the data folder
    if not folder.exists() and Path(path).is_dir():
        folder = Path(path).absolute()
    named = {"path": path if folder == folder_of(path, home) else str(folder)}
    theirs = read_folder(folder, labels=bool(TASKS[task])).labels
    if not TASKS[task]:
        if mapped:
            raise InputError(f"`{task}` không có nhãn; bỏ --map")
        return named | kept
    ours = dict(_pair(one) for one in mapped or ())
    if not ours:
        lower = {t: t.lower() for t in theirs}
        ours = lower if set(lower.values()) <= set(TASKS[task]) else {}
    if lacking := [t for t in theirs if t not in ours]:
        shown = " ".join(f"--map '{t}=…'" for t in lacking[:12])
        raise InputError(
            f"mô hình có các nhãn {', '.join(theirs)}; ghi mỗi nhãn là gì ({', '.join(TASKS[task])}): {shown}"
        )
    if odd := [o for o in ours.values() if o not in TASKS[task]]:
        raise InputError(f"`{task}` không có nhãn {odd[0]!r}; có: {', '.join(TASKS[task])}")
    if not kept.get("partial") and (never := missing(task, ours)):
        raise InputError(f"với các nhãn này mô hình không bao giờ nói {', '.join(never)}; thêm --partial nếu chấp nhận")
    return {**named, "labels": ours} | kept


def _pair(one: str) -> tuple[str, str]:
    theirs, sign, ours = one.rpartition("=")
    if not sign or not theirs or not ours:
        raise InputError(f"{one!r}: viết nhãn-của-mô-hình=nhãn-của-ta · write THEIRS=OURS")
    return theirs, ours.strip()


def chosen_of(home: Path, task: str, said: dict[str, Any] | None) -> Chosen:
    """The choice to try: of these arguments, else of ``models.yml``. Raises :class:`InputError` where there is none."""
    if said is not None:
        choice = CHOICES.get(task, ModelChoice).model_validate_json(json.dumps(said))
        return Chosen(task, choice, folder_of(choice.path, home), "--path")
    chosen, errors = load_models(home)
    if task not in chosen:
        if errors:
            raise errors[0]
        now = "chưa có mô hình" if task in BESIDE else "đang do bộ nhận định mặc định làm"
        raise InputError(f"`{task}` {now}; thử một mô hình bằng --path")
    return chosen[task]


def tried(home: Path, task: str, said: dict[str, Any] | None) -> Trial:
    """A trial of that choice, in a process of its own."""
    chosen_of(home, task, said)
    if said is None:
        return in_child(home / FILE, home, task)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / FILE
        draft.write_text(yaml.safe_dump({task: said}, allow_unicode=True), encoding="utf-8")
        return in_child(draft, home, task)

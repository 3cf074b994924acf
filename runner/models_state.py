"""What stands behind each task now, and where an encoder was not used: for `haidang models list` and `haidang doctor`.

Batches that fell back are counted in ``models.fallen.json`` by the worker, since the commands run in other processes.
The judgements themselves tell it too: they carry the version of whoever spoke.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.models import BESIDE, JUDGED, TASKS, Chosen, load_models
from lang.reasons import vi
from runner.when import local
from store.errors import ConfigError

if TYPE_CHECKING:
    from analysis.encoder.override import FellBack

log = logging.getLogger("haidang.models")
FALLEN = "models.fallen.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """One task: ``version`` and ``source`` of whoever speaks, and ``warning`` where that is not what was chosen or
    where batches fell back."""

    task: str
    backend: str  # "default" or "onnx"
    version: str
    source: str
    int8: bool = False
    warning: str = ""

    def to_json(self) -> dict[str, Any]:
        """Keys as the fields."""
        return {f: getattr(self, f) for f in self.__dataclass_fields__}


def standings(home: Path, default: Mapping[str, str], name: str) -> list[Standing]:
    """Every task of the judge. Loads the chosen models, so that what is said was seen. ``default``: the shipped
    judge's versions."""
    from analysis.encoder.backend import Backend

    chosen, errors = load_models(home)
    seen = fallen(home)
    found = []
    for task in JUDGED:
        shipped = Standing(task, "default", default[task], name)
        told = _of_task(errors, home, task)
        if task in chosen:
            try:
                backend = Backend.load(chosen[task])
            except ConfigError as bad:
                told = [*told, _words(bad)]
            else:
                row = seen.get(task, {})
                warning = _fell(row) if row.get("version") == backend.version else ""
                found.append(Standing(task, "onnx", backend.version, backend.source, backend.int8, warning))
                continue
        found.append(Standing(task, "default", shipped.version, name, warning="; ".join(told)))
    return found


def beside(home: Path) -> list[Standing]:
    """What stands beside the rules of the check: ``backend`` is "none" where no model does."""
    chosen, errors = load_models(home)
    seen = fallen(home)
    found = []
    for task in BESIDE:
        told = _of_task(errors, home, task)
        if task in chosen:
            try:
                version, int8 = _opened(task, chosen[task])
            except ConfigError as bad:
                told = [*told, _words(bad)]
            else:
                row = seen.get(task, {})
                warning = _alone(row) if row.get("version") == version else ""
                found.append(Standing(task, "onnx", version, str(chosen[task].folder), int8, warning))
                continue
        found.append(Standing(task, "none", "", "", warning="; ".join(told)))
    return found


def _opened(task: str, chosen: Chosen) -> tuple[str, bool]:
    """(version, int8) of a model that stands beside the rules. Raises :class:`ConfigError`."""
    from analysis.encoder.backend import Backend
    from analysis.encoder.vectors import TASK, Embedder

    made = Embedder.load(chosen) if task == TASK else Backend.load(chosen)
    return made.version, made.int8


def other_faults(home: Path) -> list[str]:
    """What is wrong in ``models.yml`` and belongs to no task: a name that is none, a file that cannot be read."""
    _, errors = load_models(home)
    ours = {id(e) for task in TASKS for e in _errors_of(errors, home, task)}
    return [_words(e) for e in errors if id(e) not in ours]


def findings(home: Path) -> Iterator[tuple[str, str, str]]:
    """(level, what, what to do) for the doctor. Nothing where no model was chosen."""
    if not (home / "models.yml").exists():
        return
    for fault in other_faults(home):
        yield "warning", fault, "sửa models.yml (docs/models.md); tới lúc đó bộ nhận định mặc định làm việc ấy"
    for one in [*standings(home, dict.fromkeys(JUDGED, ""), "haidang-linear"), *beside(home)]:
        if one.warning:
            yield "warning", f"Mô hình cho `{one.task}`: {one.warning}", "xem `haidang models list` và docs/models.md"
        elif one.backend == "onnx":
            yield "ok", f"Mô hình cho `{one.task}`: {one.version} ({one.source})", ""


def recorder(home: Path, now: Callable[[], int]) -> Callable[[FellBack], None]:
    """A note-taker for :func:`analysis.encoder.override.override`. Never raises: judging matters more."""

    def note(fell: FellBack) -> None:
        with suppress(OSError):
            rows = fallen(home)
            row = rows.get(fell.task, {})
            if row.get("version") != fell.version:
                row = {"version": fell.version, "batches": 0, "items": 0, "first_at": now()}
            row |= {
                "batches": row["batches"] + 1,
                "items": row["items"] + fell.items,
                "last_at": now(),
                "why": fell.why,
            }
            _write(home, rows | {fell.task: row})

    return note


def fallen(home: Path) -> dict[str, dict[str, Any]]:
    """Task → {version, batches, items, first_at, last_at, why}; empty where there is no file or it is damaged."""
    try:
        rows = json.loads((home / FALLEN).read_text(encoding="utf-8"))
        return {k: v for k, v in rows.items() if k in TASKS and _whole(v)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def forget(home: Path, task: str) -> None:
    """A new choice begins with no failures."""
    rows = fallen(home)
    if rows.pop(task, None) is not None:
        _write(home, rows)


def _write(home: Path, rows: Mapping[str, Any]) -> None:
    handle, temporary = tempfile.mkstemp(dir=home, prefix=".models-", suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(rows, file, ensure_ascii=False)
        Path(temporary).replace(home / FALLEN)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _whole(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(k), int) for k in ("batches", "items", "last_at"))


def _fell(row: Mapping[str, Any]) -> str:
    return (
        f"{row['items']} bài trong {row['batches']} lượt do bộ nhận định mặc định làm thay, gần nhất "
        f"{local(row['last_at'])}: {str(row.get('why', ''))[:200]}"
    )


def _alone(row: Mapping[str, Any]) -> str:
    return (
        f"{row['items']} lần không trả lời được, việc đối chiếu chỉ theo quy tắc, gần nhất {local(row['last_at'])}: "
        f"{str(row.get('why', ''))[:200]}"
    )


def _errors_of(errors: list[ConfigError], home: Path, task: str) -> list[ConfigError]:
    """Faults between this task's line and the next task's. A fault knows its line, not its task."""
    spans = dict(_spans(home / "models.yml"))
    if task not in spans:
        return []
    low, high = spans[task]
    return [e for e in errors if low <= _line(e) < high]


def _of_task(errors: list[ConfigError], home: Path, task: str) -> list[str]:
    return [_words(e) for e in _errors_of(errors, home, task)]


def _spans(path: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    from config.strict import compose

    try:
        keys = [(str(k.value), k.start_mark.line + 1) for k, _ in compose(path).value]
    except ConfigError:
        return
    ends = [line for _, line in keys[1:]] + [10**9]
    yield from ((task, (line, end)) for (task, line), end in zip(keys, ends, strict=True))


def _line(error: ConfigError) -> int:
    last = error.where.rpartition(":")[2]
    return int(last) if last.isdigit() else 0


def _words(error: ConfigError) -> str:
    return f"{error.where}: {vi(error.what)} — {vi(error.fix)}"

"""Models that a department puts in the place of the shipped judge, or beside the rules of the check, from
``models.yml`` in the data folder.

One part a task. A faulty part costs only itself: its task stays with the shipped judge, and the fault is returned with
file and line. Nothing is looked up outside of this machine: a name of the hub means what ``haidang models fetch`` laid
under ``models/``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.strict import build, compose, line_of
from store.errors import ConfigError

FILE = "models.yml"
GUIDE = "see docs/models.md"
JUDGED: Mapping[str, tuple[str, ...]] = {
    "edu": ("core", "higher", "none"),
    "hp": ("direct", "mention", "none"),
    "tone": ("neg", "neu", "pos"),
    "stance": ("critical", "supportive", "none"),
    "kind": ("news", "opinion", "service", "feature", "promo"),
    "rumour": ("none", "report", "debunk"),
}
"""Task of the judge → our labels, as in the annotation guidelines, less ``spread``: a machine never says of an article
that it spreads a falsehood (promise 1), so no model can be mapped to it."""
BESIDE: Mapping[str, tuple[str, ...]] = {"nli": ("entailment", "neutral", "contradiction"), "embed": ()}
"""What stands beside the rules of the check and replaces nothing: a second opinion on a clause and a claim, vectors of
sentences (no labels). Never measured or chosen as a judge."""
TASKS: Mapping[str, tuple[str, ...]] = {**JUDGED, **BESIDE}
"""All that a part of ``models.yml`` may be for."""
HUB_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")

Label = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class ModelChoice(BaseModel):
    """What ``models.yml`` says of one task."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    path: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)] = Field(
        description="thư mục của mô hình (tuyệt đối, hoặc tính từ thư mục dữ liệu), hoặc tên đã tải: nhóm/tên"
    )
    labels: dict[Label, Label] = Field(
        min_length=2, max_length=200, description="các dòng `nhãn của mô hình: nhãn của ta`"
    )
    max_length: int = Field(256, ge=8, le=4096, description="số mảnh từ nhiều nhất, từ 8 đến 4096")
    batch: int = Field(1, ge=1, le=256, description="số bài một lượt, từ 1 đến 256")
    threads: int = Field(1, ge=1, le=64, description="số luồng tính, từ 1 đến 64")
    temperature: float = Field(1.0, ge=0.05, le=20, description="một số từ 0.05 đến 20 (1 là giữ nguyên)")
    segment: bool = Field(False, description="true: tách từ trước (PhoBERT), hoặc false")
    pair: bool = Field(False, description="true: tiêu đề và sapo là hai phần riêng, hoặc false")
    partial: bool = Field(False, description="true: chấp nhận mô hình không bao giờ nói một vài nhãn, hoặc false")
    languages: tuple[Literal["vi", "vi-plain", "en"], ...] = Field(
        ("vi",), min_length=1, max_length=3, description="danh sách gồm vi, vi-plain, en"
    )


class NliChoice(ModelChoice):
    """Of `nli`: the clause and the claim are always two parts."""

    pair: Literal[True] = Field(True, description="true: điều khoản và câu trong bài luôn là hai phần")


class EmbedChoice(ModelChoice):
    """Of `embed`: no labels. ``query``/``passage``: what some models want before a text (E5: ``query: ``)."""

    labels: dict[Label, Label] = Field(default_factory=dict, max_length=0, description="bỏ dòng này: không có nhãn")
    pooling: Literal["mean", "cls"] = Field("mean", description="mean hoặc cls: lấy vectơ của câu thế nào")
    query: str = Field("", max_length=200, description="chữ đặt trước câu trong bài, ví dụ E5: `query: `")
    passage: str = Field("", max_length=200, description="chữ đặt trước điều khoản, ví dụ E5: `passage: `")
    least: float = Field(0.75, ge=0, le=1, description="độ gần ít nhất để xem thêm một điều khoản, từ 0 đến 1")


CHOICES: Mapping[str, type[ModelChoice]] = {"nli": NliChoice, "embed": EmbedChoice}
"""Task → what its part may say, where that is not :class:`ModelChoice`."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice with the folder that it means. ``where`` (``file:line``) is for what is found wrong in that folder."""

    task: str
    choice: ModelChoice
    folder: Path
    where: str


def load_models(home: Path) -> tuple[dict[str, Chosen], list[ConfigError]]:
    """(task → choice, every fault). No file, or one without parts: nothing is chosen. Reads no model. Never raises."""
    return read_models(home / FILE, home)


def read_models(path: Path, home: Path) -> tuple[dict[str, Chosen], list[ConfigError]]:
    """The same of a file that lies elsewhere (a draft); relative folders count from ``home``."""
    try:
        node = _compose(path)
    except ConfigError as bad:
        return {}, [bad]
    chosen: dict[str, Chosen] = {}
    errors: list[ConfigError] = []
    seen: set[str] = set()
    for key, value in node.value if node is not None else ():
        task, place = str(key.value), f"{path}:{key.start_mark.line + 1}"
        if task not in TASKS:
            errors.append(ConfigError(place, f"unknown key `{task}`", _known(task, tuple(TASKS))))
        elif task in seen:
            errors.append(ConfigError(place, f"`{task}` stands there twice", "keep one of the two lines"))
            chosen.pop(task, None)  # which of the two is meant is not ours to guess
        elif not isinstance(value, yaml.MappingNode):
            errors.append(ConfigError(place, "expected `name: value` lines", GUIDE))
        else:
            choice, bad_part = build(path, value, CHOICES.get(task, ModelChoice), {}, GUIDE)
            bad_part = bad_part or _labels(path, task, choice, value)
            errors += bad_part
            if choice is not None and not bad_part:
                chosen[task] = Chosen(task, choice, folder_of(choice.path, home), place)
        seen.add(task)
    return chosen, errors


def folder_of(path: str, home: Path) -> Path:
    """The folder that ``path`` means: as it is, or under ``home``, or what was fetched under that name of the hub."""
    direct = Path(path).expanduser()
    direct = direct if direct.is_absolute() else home / direct
    fetched = fetched_folder(path, home)
    return fetched if not direct.exists() and HUB_NAME.fullmatch(path) and fetched.exists() else direct


def fetched_folder(name: str, home: Path) -> Path:
    """Where ``haidang models fetch`` lays a model of the hub."""
    return home / "models" / name.replace("/", "--")


def missing(task: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Our labels that a model with this map would never say."""
    said = set(labels.values())
    return tuple(label for label in TASKS[task] if label not in said)


def _compose(path: Path) -> yaml.MappingNode | None:
    """The file's nodes; None where it is not there or says nothing."""
    try:
        if not path.exists() or (path.stat().st_size < 100_000 and not _says_anything(path)):
            return None
        return compose(path)
    except OSError as bad:
        raise ConfigError(f"{path}:1", f"cannot be read ({bad.strerror})", "mend its permissions") from bad
    except ConfigError as bad:
        fix = GUIDE if "source" in bad.fix else bad.fix
        raise ConfigError(bad.where, bad.what, fix) from bad


def _says_anything(path: Path) -> bool:
    lines = path.read_bytes().lstrip(b"\xef\xbb\xbf").split(b"\n")
    return any(line.strip() and not line.lstrip().startswith(b"#") for line in lines)


def _labels(path: Path, task: str, choice: ModelChoice | None, node: yaml.MappingNode) -> list[ConfigError]:
    if choice is None:
        return []
    ours = TASKS[task]
    errors = [
        ConfigError(
            f"{path}:{line_of(node, ('labels', theirs))}",
            f"`{task}` không có nhãn `{label}`",
            _known(label, ours),
        )
        for theirs, label in choice.labels.items()
        if label not in ours
    ]
    if not errors and not choice.partial and (lacking := missing(task, choice.labels)):
        what = f"với các nhãn này mô hình không bao giờ nói: {', '.join(lacking)}"
        fix = "thêm dòng vào `labels`, hoặc ghi `partial: true` nếu chấp nhận như vậy"
        errors.append(ConfigError(f"{path}:{line_of(node, ('labels',))}", what, fix))
    return errors


def _known(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"

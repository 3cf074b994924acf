"""The weights of one judge as a folder: both models or neither, fit to answer the questions that are asked of it.

Weights that a retraining made come from outside the release, so they are read strictly: arrays alone, bounded, and no
head may hold a label that the guidelines do not have (a machine never says "false": promise 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.linear import FOLDER, Linear
from store.errors import ConfigError
from store.model_label import VALUES, LabelTask

SHIPPED = "shipped"
HEADS: Mapping[str, tuple[LabelTask, ...]] = {
    "text": (LabelTask.EDU, LabelTask.TOPICS, LabelTask.TONE, LabelTask.STANCE, LabelTask.KIND, LabelTask.RUMOUR),
    "hp": (LabelTask.HP,),
}
"""Model → the questions that it answers."""
FILES = tuple(f"{name}.{suffix}" for name in HEADS for suffix in ("npz", "json"))
FIX = "chạy lại `haidang train`, hoặc quay về bản phát hành: `haidang evaluate --accept shipped --by …`"


@dataclass(frozen=True, slots=True)
class Weights:
    """Both models; ``version`` names the pair."""

    text: Linear
    hp: Linear
    folder: Path

    @property
    def version(self) -> str:
        """`<text>-<hp>`: hashes of the files."""
        return f"{self.text.version}-{self.hp.version}"


def load_weights(folder: Path = FOLDER) -> Weights:
    """The pair in that folder. Raises :class:`ConfigError` when a file is missing, damaged or answers other things."""
    models = {name: Linear.load(name, folder) for name in HEADS}
    for name, tasks in HEADS.items():
        wrong = _unfit(models[name], tasks)
        if wrong:
            raise ConfigError(str(folder / f"{name}.json"), wrong, FIX)
    return Weights(models["text"], models["hp"], folder)


def _unfit(model: Linear, tasks: tuple[LabelTask, ...]) -> str:
    missing = set(map(str, tasks)) - model.heads.keys()
    if missing:
        return f"không trả lời câu hỏi {', '.join(sorted(missing))}"
    for name, head in model.heads.items():
        if name not in set(map(str, tasks)):
            return f"có câu hỏi lạ {name!r}"
        strange = set(head.labels) - set(VALUES[LabelTask(name)])
        if strange:
            return f"{name}: có nhãn không có trong hướng dẫn: {', '.join(sorted(strange))}"
        if name in ("edu", "hp") and set(head.labels) != set(VALUES[LabelTask(name)]):
            return f"{name}: thiếu nhãn"
        if head.multilabel != (name == LabelTask.TOPICS):
            return f"{name}: sai kiểu trả lời"
    return ""

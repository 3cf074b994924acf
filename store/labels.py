"""What is shown of an article once a person has spoken: the person's label, with the machine's judgement behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from store.model import Judgement, JudgementKind, Outcome
from store.model_label import UNSURE_BELOW, Label, LabelTask

PERSON, BY_HAND = "person", "label"
"""Judge and version of what a person said, where a machine's are told."""


@dataclass(frozen=True, slots=True)
class PersonJudgement(Judgement):
    """A label in the shape of a judgement: score 1, ``detail`` of the machine's with what a person changed.

    It is never a row of `judgement`; its id is the label's, so that what a digest freezes leads to the label.
    """

    label_id: str = ""
    by: str = ""
    machine: Judgement | None = None

    @property
    def id(self) -> str:
        """The label's."""
        return self.label_id


def spoken(judged: Iterable[Judgement], labels: Mapping[LabelTask, Label]) -> dict[JudgementKind, Judgement]:
    """The newest judgement of each kind (``judged`` is oldest first), a person's in its place where one stands."""
    found = {j.kind: j for j in judged}
    for task, label in labels.items():
        if task is not LabelTask.STANCE_TARGET:
            kind = JudgementKind(task.value)
            found[kind] = as_judgement(label, found.get(kind))
    stance, aimed = found.get(JudgementKind.STANCE), labels.get(LabelTask.STANCE_TARGET)
    if stance is not None and aimed is not None:
        found[JudgementKind.STANCE] = _aimed(stance, aimed)
    return found


def as_judgement(label: Label, machine: Judgement | None) -> PersonJudgement:
    """A label of any task but the target."""
    detail: dict[str, Any] = dict(machine.detail) if machine else {}
    if label.task is LabelTask.TOPICS:
        detail["themes"] = []  # read beside the machine's topics; of a person's nobody said which words show them
    return PersonJudgement(
        label.revision_id, JudgementKind(label.task.value), PERSON, BY_HAND, label.value, 1.0, detail, label.at,
        label.id, label.by, machine,
    )  # fmt: skip


def _aimed(stance: Judgement, aimed: Label) -> Judgement:
    detail = dict(stance.detail) | {"target": aimed.value}
    if isinstance(stance, PersonJudgement):
        return PersonJudgement(
            stance.revision_id, stance.kind, PERSON, BY_HAND, stance.label, 1.0, detail, stance.judged_at,
            stance.label_id, stance.by, stance.machine,
        )  # fmt: skip
    return Judgement(
        stance.revision_id, stance.kind, stance.judge, stance.version, stance.label, stance.score, detail,
        stance.judged_at,
    )  # fmt: skip


def decided(labels: Mapping[LabelTask, Label]) -> Outcome | None:
    """Whether a person said that the article belongs here: by what it is about, never by tone or stance (promise 2).

    None: nobody did.
    """
    edu = labels.get(LabelTask.EDU)
    if edu is None:
        return None
    return Outcome.IRRELEVANT if edu.value == "none" else Outcome.RELEVANT


def as_issued(judged: Iterable[Judgement], rows: Iterable[Label], ids: Mapping[str, str]) -> list[Judgement]:
    """The judgements and labels that a digest's entry froze (kind → id), whatever was said since."""
    wanted, machine = set(ids.values()), list(judged)
    latest = {j.kind: j for j in machine}
    people = (
        as_judgement(row, latest.get(JudgementKind(row.task.value)))
        for row in rows
        if row.id in wanted and row.task is not LabelTask.STANCE_TARGET
    )
    return [*(j for j in machine if j.id in wanted), *people]


def unsure(judgement: Judgement) -> bool:
    """Whether it is to be shown as "chưa chắc" and counted apart; a person's never is."""
    return not isinstance(judgement, PersonJudgement) and judgement.score < UNSURE_BELOW

"""What is said of labels and of drift: the same sentences on the desk, in doctor and on the command line."""

from __future__ import annotations

from collections.abc import Mapping

from alerts import messages
from alerts.words import KINDS, label
from store.labels import PersonJudgement, unsure
from store.model import Judgement
from store.model_label import BY_OUTLET, DriftNotice, Label, LabelTask

DRIFT_DO = messages.DRIFT_DO


def task_name(task: str) -> str:
    """The question, as the desk names it."""
    return messages.LABEL_TARGET if task == LabelTask.STANCE_TARGET else KINDS.get(task, task)


def value_name(task: str, value: str) -> str:
    """A label in words; a target is words already."""
    return (value or messages.LABEL_NO_TARGET) if task == LabelTask.STANCE_TARGET else label(task, value)


def sureness(judgement: Judgement, words: str) -> str:
    """What stands behind a chip: that a person said it, that the machine is not sure, or ``words`` of its score."""
    if isinstance(judgement, PersonJudgement):
        return messages.LABEL_BY_PERSON
    return messages.LABEL_NOT_SURE if unsure(judgement) else words


def both(row: Label) -> str:
    """``máy: bất lợi (0,71) · người: trung lập``."""
    task = row.task.value
    score = "" if row.machine_score is None or task == LabelTask.STANCE_TARGET else f" ({_number(row.machine_score)})"
    machine = (
        messages.LABEL_NOT_JUDGED if row.machine_label is None else f"{value_name(task, row.machine_label)}{score}"
    )
    return messages.LABEL_BOTH.format(machine=machine, person=value_name(task, row.value))


def label_told(row: Label) -> str:
    """One row of the log as a sentence: who said what of which question beside the machine, or took it back."""
    if row.withdraws:
        return messages.LABEL_TAKEN_BACK.format(by=row.by, task=task_name(row.task.value))
    return messages.LABEL_GIVEN.format(by=row.by, task=task_name(row.task.value), told=both(row))


def drift_told(notice: DriftNotice) -> str:
    """One sentence. The outlet only where it may stand beside the question (promise 2)."""
    before, now = (notice.figures.get(key) for key in ("before", "now"))
    shares = _shares(
        notice.task, before if isinstance(before, Mapping) else {}, now if isinstance(now, Mapping) else {}
    )
    where = f", {notice.outlet}" if notice.outlet and notice.task in BY_OUTLET else ""
    month = "/".join(reversed(notice.month.split("-")))
    stories = notice.figures.get("stories", 0)
    return messages.DRIFT.format(task=task_name(notice.task), month=month, where=where, shares=shares, stories=stories)


def _shares(task: str, before: Mapping[str, float], now: Mapping[str, float]) -> str:
    """The labels that moved most, three at most."""
    moved = sorted({*before, *now}, key=lambda x: (-abs(now.get(x, 0) - before.get(x, 0)), x))[:3]
    return "; ".join(
        f"{value_name(task, x)} {_percent(before.get(x, 0))} → {_percent(now.get(x, 0))}"
        for x in moved
        if before.get(x, 0) != now.get(x, 0)
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _number(score: float) -> str:
    return f"{score:.2f}".replace(".", ",")

"""What a person said of an article, which weights were taken into use, and shifts of what the judge says.

A label is a fact with a name and a time beside the machine's judgement; neither overwrites the other. See `store.model`
for the rest of the words and `docs/labels.md` for what follows from a label.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from store.ids import public_id

UNSURE_BELOW = 0.6
"""Below it a judgement of tone, stance, kind or rumour is shown as "chưa chắc" and counted apart: every second such
judgement is wrong (docs/labels.md). The one place of this number."""

FROZEN_SHARE = 0.20
FROZEN_SEED = "frozen-1"


class LabelTask(StrEnum):
    """What a person may correct. All but the target are questions that the judge answers too."""

    EDU = "edu"
    HP = "hp"
    TOPICS = "topics"
    TONE = "tone"
    STANCE = "stance"
    STANCE_TARGET = "stance_target"  # the office or school as written; free text
    KIND = "kind"
    RUMOUR = "rumour"


TOPICS = (
    "exams", "curriculum", "fees", "extra_teaching", "violence", "safety", "food", "teachers", "facilities", "digital",
    "policy", "commendation", "wrongdoing", "health", "international", "activities",
)  # fmt: skip

VALUES: Mapping[LabelTask, tuple[str, ...]] = {
    LabelTask.EDU: ("core", "higher", "none"),
    LabelTask.HP: ("direct", "mention", "none"),
    LabelTask.TOPICS: TOPICS,  # comma-joined, at most two, in the order given; "" = none of them
    LabelTask.TONE: ("neg", "neu", "pos"),
    LabelTask.STANCE: ("critical", "none", "supportive"),
    LabelTask.KIND: ("feature", "news", "opinion", "promo", "service"),
    # No "spread": that an item passes a rumour on as true is a finding about its outlet, not a label (promise 2).
    LabelTask.RUMOUR: ("debunk", "none", "report"),
}
BY_OUTLET = frozenset({LabelTask.EDU, LabelTask.HP, LabelTask.KIND, LabelTask.TOPICS})
"""Questions whose answers may be told of one outlet; tone, stance and rumour never are (promise 2)."""

LONGEST_TARGET = 200
MOST_TOPICS = 2


@dataclass(frozen=True, slots=True)
class Label:
    """One row of the log. ``withdraws``: the label that this row takes back (then ``value`` is ""), else "".

    The machine's side is kept as it was when the person looked: ``judgement_id`` … ``machine_version`` are "" and
    None where the machine had said nothing.
    """

    id: str
    article_id: str
    revision_id: str  # the text that was read
    task: LabelTask
    value: str
    by: str
    at: int  # ms UTC
    why: str = ""
    withdraws: str = ""
    judgement_id: str = ""
    machine_label: str | None = None
    machine_score: float | None = None
    machine_version: str = ""

    @staticmethod
    def make_id(revision_id: str, task: str, by: str, at: int) -> str:
        """Natural key: the text, the question, who and when."""
        return public_id("lab", revision_id, task, by, str(at))


def standing(labels: Iterable[Label]) -> dict[LabelTask, Label]:
    """The label in force of each question among one article's rows, oldest first: the newest that nobody withdrew.

    Withdrawing the newer of two gives the older one back.
    """
    rows = list(labels)
    withdrawn = {row.withdraws for row in rows if row.withdraws}
    return {row.task: row for row in rows if not row.withdraws and row.id not in withdrawn}


def frozen(story_id: str) -> bool:
    """Whether labels of this story (or article without one) are kept for comparing versions, never for training.

    A fixed share by a seeded hash, so that the same stories are set aside on every machine and at every time.
    """
    digest = hashlib.sha256(f"{FROZEN_SEED}\x1f{story_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < FROZEN_SHARE * 2**64


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A named person asked to take weights into use; refused ones are rows too, with the figures that refused them."""

    id: str
    version: str  # of the weights asked for; "shipped" = back to those of the release
    replaced: str  # version in use until then
    accepted: bool
    by: str
    at: int  # ms UTC
    reason: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # file name → sha256

    @staticmethod
    def make_id(version: str, by: str, at: int) -> str:
        """Natural key: the weights, who and when."""
        return public_id("mch", version, by, str(at))


@dataclass(frozen=True, slots=True)
class DriftNotice:
    """A shift of what the judge says in one month against the months before, told to the administrator once.

    ``outlet`` is "" for tone, stance and rumour: no output crosses an outlet with them (promise 2).
    """

    id: str
    task: str
    outlet: str
    month: str  # 2026-11, local
    version: str  # the judge's, for this task: only months judged by one version are compared
    at: int  # ms UTC
    figures: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def make_id(task: str, outlet: str, month: str, version: str) -> str:
        """Natural key: the question, where, when and by which version."""
        return public_id("dri", task, outlet, month, version)


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many stories of an outlet were judged so in a month; one story counts once a label."""

    task: str
    version: str
    outlet: str
    month: str
    label: str
    stories: int

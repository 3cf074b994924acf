"""What may be asked of a store about labels, weights in use and drift; parts of `store.api`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from store.model_label import DriftNotice, Label, LabelCount, LabelTask, ModelChoice


class LabelTransaction(Protocol):
    """The writing side."""

    def add_label(self, label: Label) -> bool:
        """Append what a person said; search narrows by it from COMMIT on. False when that very row is there."""

    def add_model_choice(self, choice: ModelChoice) -> None:
        """Append."""

    def add_drift_notices(self, notices: Iterable[DriftNotice]) -> int:
        """Append those not told yet; how many were new. Raises :class:`store.errors.StoreError` for one that names an
        outlet with tone, stance or rumour."""


class LabelStore(Protocol):
    """The reading side."""

    def labels_of(self, article_ids: Collection[str]) -> dict[str, list[Label]]:
        """Every row about each article, oldest first; articles without any are absent."""

    def labels_in_force(self, article_ids: Collection[str]) -> dict[str, dict[LabelTask, Label]]:
        """What stands of each article (:func:`store.model_label.standing`); articles without any are absent."""

    def label(self, label_id: str) -> Label | None:
        """One row."""

    def labels(self, limit: int = 200, before: int | None = None) -> list[Label]:
        """All rows, withdrawals too, newest first, older than ``before`` (ms)."""

    def labelled_articles(self) -> list[str]:
        """Articles that somebody ever labelled, in the order of the first label."""

    def model_choices(self, limit: int = 50) -> list[ModelChoice]:
        """Newest first."""

    def drift_notices(self, limit: int = 50) -> list[DriftNotice]:
        """The newest months first."""

    def label_counts(self, kinds: Collection[str], after: int, until: int, offset_s: int) -> list[LabelCount]:
        """What the judge said of stories first seen in (after, until], by outlet and month.

        Each article speaks by its newest judged text; ``offset_s`` makes UTC into local time. Labels of people do not
        count: the machine is watched here.
        """

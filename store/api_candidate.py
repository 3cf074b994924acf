"""What the other rooms may ask about candidates and concerns: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from store.model_candidate import (
    CandidateFinding,
    CandidateRows,
    Check,
    Checked,
    Claim,
    ConcernNote,
    ConcernRows,
    ReasonCount,
)


class CandidateWriting(Protocol):
    """The writing side: append-only."""

    def add_checked(self, checked: Checked) -> None:
        """What the check of a text gave; rows that are known stay as they are."""

    def add_check(self, check: Check) -> bool:
        """A named person's result; False when it is known."""

    def add_concern_note(self, note: ConcernNote) -> bool:
        """A named person's note; False when it is known."""


class CandidateReading(Protocol):
    """The reading side."""

    def candidates(
        self, after: int = 0, until: int | None = None, *, done: bool | None = None, limit: int = 500
    ) -> list[CandidateRows]:
        """Created in (after, until], newest first. ``done``: only those with a person's result, or only without."""

    def candidate(self, candidate_id: str) -> CandidateRows | None:
        """One candidate."""

    def concerns(
        self, after: int = 0, until: int | None = None, *, done: bool | None = None, limit: int = 500
    ) -> list[ConcernRows]:
        """Created in (after, until], newest first. ``done``: only those with a note, or only without."""

    def concern(self, concern_id: str) -> ConcernRows | None:
        """One concern."""

    def claims_seen(self, after: int, until: int, limit: int) -> list[Claim]:
        """Claims of articles first seen in (after, until], the newest ``limit``, in (at, id) order."""

    def claims(self, claim_ids: Collection[str]) -> dict[str, Claim]:
        """By id."""

    def standing_findings(self, article_ids: Collection[str]) -> dict[str, list[CandidateFinding]]:
        """Of each article, the newest finding for each candidate that it ever was a carrier of."""

    def open_revisions(self, document_ids: Collection[str], reason: str = "") -> list[str]:
        """Texts that carry candidates without a result: those that rest on these documents, or on a kind of reason."""

    def reason_counts(self) -> dict[str, ReasonCount]:
        """Kind of reason → how often results with a document spoke for and against it."""

    def reference_stamp(self) -> str:
        """Changes when the reference library does."""

    def references_changed(self, since: int, limit: int) -> list[tuple[str, str]]:
        """(id, what happened) of versions added or withdrawn since, for which no `recheck` task is on the list."""

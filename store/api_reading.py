"""Unmaskings and consents: the part of the store's protocol about who may read what (`store.api` includes it)."""

from __future__ import annotations

from typing import Protocol

from store.model_reading import Consent, Purpose, Unmasking


class ReadingWriting(Protocol):
    """The writing side."""

    def add_unmasking(self, row: Unmasking) -> bool:
        """Append; False when that form was used before. Rows are never changed or removed."""

    def add_consent(self, row: Consent) -> bool:
        """Append; False when a row of that id exists."""

    def withdraw_consent(self, consent_id: str, by: str, reason: str, at: int) -> bool:
        """Ended by a named person: pupil, class and school are blanked. False when it is not in force (any more)."""


class ReadingStore(Protocol):
    """The reading side."""

    def unmaskings(self, article_id: str | None = None, limit: int = 200) -> list[Unmasking]:
        """Who saw what unmasked, newest first; of one article, or of all."""

    def consent(self, consent_id: str) -> Consent | None:
        """One consent, in force or withdrawn."""

    def consents(
        self, purpose: Purpose | None = None, *, withdrawn: bool = False, limit: int = 10_000
    ) -> list[Consent]:
        """Those in force, oldest first; with ``withdrawn`` those that were ended too."""

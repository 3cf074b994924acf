"""What the other rooms may ask of the reference library: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from store.api_reference_file import ReferenceFileReading, ReferenceFileWriting
from store.model_reference import Reference, ReferenceLink, ReferenceSeen, Standing, Statement


class ReferenceWriting(ReferenceFileWriting, Protocol):
    """The writing side."""

    def add_reference(
        self, reference: Reference, statements: Sequence[Statement], links: Sequence[ReferenceLink] = ()
    ) -> bool:
        """Append a version with all of it; version 0 becomes the document's next. False when the id is known.

        A version by the machine is not taken (False) of a document that a person withdrew.
        """

    def withdraw_reference(self, document_id: str, by: str, why: str, at: int) -> list[str]:
        """Every version that stands counts no more; their ids, oldest first. Empty when none stood."""


class ReferenceReading(ReferenceFileReading, Protocol):
    """The reading side. The version of a document that counts: a person's before the machine's, then the newest."""

    def reference(self, reference_id: str) -> Reference | None:
        """One version."""

    def reference_versions(self, document_id: str) -> list[Reference]:
        """All versions of a document, oldest first, withdrawn ones too."""

    def references_numbered(self, number: str) -> list[Reference]:
        """The versions that count of documents with that number (``812/SGDĐT-QLCL``), withdrawn ones left out."""

    def references_in_force(self, day: str | None) -> list[Reference]:
        """What was in force on a day: valid, not withdrawn, and not wholly replaced by what had begun by then.

        None: whatever has no end and is not replaced. In order of issue.
        """

    def references_seen(
        self, day: str, standing: Standing | None = None, words: str = "", limit: int = 50, offset: int = 0
    ) -> list[ReferenceSeen]:
        """Documents as they stand on a day, last issued first; ``words`` all stand in one clause or in the head."""

    def reference_seen(self, document_id: str, day: str) -> ReferenceSeen | None:
        """One document as it stands on a day."""

    def reference_of_revision(self, revision_id: str) -> Reference | None:
        """The version that was read of that text of a page."""

    def statements_of(self, reference_ids: Collection[str]) -> dict[str, list[Statement]]:
        """Of each version, in order; versions without any are absent."""

    def reference_links(self, reference_ids: Collection[str]) -> list[ReferenceLink]:
        """What these versions replace and amend."""

    def links_to(self, document_ids: Collection[str]) -> list[ReferenceLink]:
        """What replaces and amends these documents, by versions that count and are not withdrawn."""

    def statements_with(self, words: str, limit: int = 20) -> list[Statement]:
        """Clauses of versions that count, in which that string stands (marks and case aside)."""

"""What the other rooms may ask about originals that were taken: part of the protocols in `store.api`."""

from __future__ import annotations

from typing import Protocol

from store.model_reference_file import ReferenceTaken


class ReferenceFileWriting(Protocol):
    """The writing side: append-only."""

    def add_reference_taken(self, taken: ReferenceTaken) -> bool:
        """Who takes a file; False when it is known."""


class ReferenceFileReading(Protocol):
    """The reading side."""

    def references_taken(self, reference_id: str = "", limit: int = 200) -> list[ReferenceTaken]:
        """Of one version, or of all; newest first."""

"""What the other rooms may ask about edits and releases of digests: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from store.model_release import DigestEdit, DigestRelease


class ReleaseWriting(Protocol):
    """The writing side."""

    def add_digest_edit(self, edit: DigestEdit) -> bool:
        """Append; False where an edit of that number stands already, or the digest was released."""

    def add_digest_release(self, release: DigestRelease) -> bool:
        """Insert; False where that digest was released before: the first release stays."""


class ReleaseReading(Protocol):
    """The reading side."""

    def digest_edits(self, digest_id: str) -> list[DigestEdit]:
        """Of one digest, by number."""

    def digest_release(self, digest_id: str) -> DigestRelease | None:
        """The release of one digest."""

    def digest_releases(self, digest_ids: Collection[str]) -> dict[str, DigestRelease]:
        """digest id → its release; those not released are absent."""

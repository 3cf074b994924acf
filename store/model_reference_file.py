"""Who took the original file of a document of the library. See `store.model_reference`."""

from __future__ import annotations

from dataclasses import dataclass

from store.ids import public_id


@dataclass(frozen=True, slots=True)
class ReferenceTaken:
    """The file of one version, handed out once to a named person for a reason."""

    id: str
    reference_id: str
    file_hash: str
    taken_by: str
    reason: str
    at: int

    @staticmethod
    def make_id(reference_id: str, mark: str) -> str:
        """Natural key: the version, and the mark of the form by which it was asked for: one form, one row."""
        return public_id("rtk", reference_id, mark)

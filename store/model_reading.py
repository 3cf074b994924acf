"""Who saw what unmasked, and consent to be named, as frozen records. See `store.model` for the rest of the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.ids import public_id


@dataclass(frozen=True, slots=True)
class Unmasking:
    """A person saw one reading of an article unmasked. Written before the text is shown, and never changed."""

    id: str
    article_id: str
    revision_id: str
    seen_by: str
    reason: str
    at: int  # ms UTC

    @staticmethod
    def make_id(revision_id: str, asked_on: str) -> str:
        """Natural key: the reading, and the form that was filled in (its mark): each form shows the text once."""
        return public_id("unm", revision_id, asked_on)


class Purpose(StrEnum):
    """What a pupil may be named for."""

    COMMENDATION = "commendation"  # the list of those who are praised, and nothing else


@dataclass(frozen=True, slots=True)
class Consent:
    """The family of a pupil agreed on paper (``document``: its number and where it lies) that the name is shown.

    Once withdrawn, ``pupil``, ``pupil_class`` and ``school`` are empty.
    """

    id: str
    purpose: Purpose
    pupil: str
    pupil_class: str  # may be empty
    school: str
    document: str
    recorded_by: str
    at: int  # ms UTC
    withdrawn_by: str | None = None
    withdrawn_reason: str = ""
    withdrawn_at: int | None = None

    @staticmethod
    def make_id(purpose: Purpose, document: str, recorded_by: str, at: int) -> str:
        """Natural key without the pupil: an id outlives the name, and a hash of a name can be guessed."""
        return public_id("cns", purpose, document, recorded_by, str(at))

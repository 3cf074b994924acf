"""What the press officer does to a digest before anybody above reads it: edits, one by one, and the release.

The draft that the machine built is a `Digest` row and never changes; edits are laid over it, each with its person, and
a release freezes what came of them as files. Moments are ms UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.ids import public_id


class EditKind(StrEnum):
    """What one edit does to one story."""

    CUT = "cut"  # not shown above; it stays in the draft
    RESTORE = "restore"
    BEFORE = "before"  # ``value``: the story before which it goes; "" is the end of its part
    PROPOSE = "propose"  # ``value``: đề xuất xử lý; "" takes it back


@dataclass(frozen=True, slots=True)
class DigestEdit:
    """One edit. ``number`` counts a digest's edits from 1, so of two people editing at once the second is told.

    ``story``: id of the story, or of the article where it stands alone.
    """

    id: str
    digest_id: str
    number: int
    at: int
    edited_by: str
    kind: EditKind
    story: str
    value: str = ""

    @staticmethod
    def make_id(digest_id: str, number: int) -> str:
        """Natural key: the digest and the edit's number."""
        return public_id("ded", digest_id, str(number))


@dataclass(frozen=True, slots=True)
class DigestRelease:
    """That a digest was released: when, by whom, with which edits, as which files. Once a digest, never changed.

    ``files``: html · text · docx · pdf · zalo · draft → body hash. ``editions``: preset → id of the `Digest` row that
    its readers got. ``edits``: ids, in order; none where the draft went out as it was.
    """

    id: str
    digest_id: str
    at: int
    released_by: str
    edits: Sequence[str]
    files: Mapping[str, str]
    editions: Mapping[str, str]

    @staticmethod
    def make_id(digest_id: str) -> str:
        """Natural key: the digest."""
        return public_id("rel", digest_id)

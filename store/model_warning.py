"""Early warnings as they were raised, and the daily counts that one kind of them is reckoned from. Moments are ms UTC.

A warning is a fact ("on that day this theme had nine items of their own, two are usual"), with its numbers and the
items behind it. It is no case, no candidate and no word on what a text is worth. Raised once: its id is its natural
key, and whoever is told of it is told once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from store.ids import public_id


class WarningKind(StrEnum):
    """What is told of."""

    RISE = "rise"  # a theme above its own daily level
    WIDER = "wider"  # the first national or foreign outlet on a story of local ones
    UNANSWERED = "unanswered"  # a question of the press, much of its time gone
    CRITICISM = "criticism"  # a story that calls for an answer; for the press officer alone


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """One warning. ``subject``: id of a theme, a story or a case; ``level``: which time about it this is.

    ``title`` is masked. ``why``: the sentences that were told. ``figures``: the numbers in them, by name. ``items``:
    "article:<id>" … of what is behind it. ``contacts``: keys of those who were told.
    """

    id: str
    kind: WarningKind
    subject: str
    level: str
    at: int
    title: str
    why: Sequence[str]
    figures: Mapping[str, Any]
    items: Sequence[str]
    contacts: Sequence[str]

    @staticmethod
    def make_id(kind: str, subject: str, level: str) -> str:
        """Natural key: the kind, what it is about, and which time."""
        return public_id("wrn", kind, subject, level)


@dataclass(frozen=True, slots=True)
class ThemeDay:
    """What one local day had of one theme in the press on Hải Phòng; ``theme`` "" is the whole day.

    ``originals``: articles of their own, reprints left out; ``stories``: in how many stories. ``seen``: how many
    articles of any kind were first seen on that day (on the row of the whole day): 0 means that nothing was collected.
    """

    day: str  # ISO, local
    theme: str
    originals: int
    stories: int
    seen: int = 0

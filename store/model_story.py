"""What a person decided about stories, as frozen records. See `store.model` for the rest of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.ids import public_id


class DecisionKind(StrEnum):
    """What was done."""

    MERGE = "merge"  # story_id went into into_id
    SPLIT = "split"  # articles of story_id went to into_id


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """A merge or a split by a named person. The memberships that it wrote carry its id as their version."""

    id: str
    kind: DecisionKind
    story_id: str
    into_id: str
    decided_by: str
    reason: str
    at: int  # ms UTC
    undone_by: str | None = None
    undone_reason: str = ""
    undone_at: int | None = None

    @staticmethod
    def make_id(kind: DecisionKind, story_id: str, what: Sequence[str], decided_by: str, at: int) -> str:
        """Natural key: the kind, the story, the other story or the articles, who and when."""
        return public_id("sdc", kind, story_id, " ".join(sorted(what)), decided_by, str(at))

    @staticmethod
    def make_story_id(first_article_id: str, decision_id: str) -> str:
        """Id of a story that a split makes: the machine's own (`Story.make_id`) may be taken by another."""
        return public_id("sto", first_article_id, decision_id)

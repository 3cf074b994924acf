"""The front of an article: title, lead and, where those name no place, the beginning of the body.

What happens where is said there; a name deep in a body is an example, a list or somebody's home town. Learned from
titles and leads, the hp judge is therefore shown the front alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.places import Mention

LEADLESS = 700  # characters of body that stand for a missing lead
BEYOND = 900  # … and that are read beside a lead when title and lead name no place


@dataclass(frozen=True, slots=True)
class Front:
    """What the hp judge reads: ``lead`` stands behind the title by one line break, ``mentions`` lie in the two."""

    lead: str
    mentions: tuple[Mention, ...]

    @property
    def ours(self) -> bool:
        """Does it name a place of Hải Phòng?"""
        return any(m.in_hp for m in self.mentions)


def front(title: str, lead: str, body: str, mentions: Sequence[Mention]) -> Front:
    """``mentions`` of ``title + "\\n" + lead [+ "\\n" + body]`` → those of the front."""
    text = lead or body[:LEADLESS]
    found = _within(mentions, len(title) + 1 + len(text))
    if lead and body and not any(m.kind != "namesake" for m in found):
        text = f"{lead}\n{body[:BEYOND]}"
        found = _within(mentions, len(title) + 1 + len(text))
    return Front(text, found)


def _within(mentions: Sequence[Mention], end: int) -> tuple[Mention, ...]:
    return tuple(m for m in mentions if m.start < end)

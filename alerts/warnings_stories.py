"""Stories that go further than they were: beyond local outlets, or towards an answer. Pure.

The two are reckoned apart and never meet in one sentence: who carries a story stands in one, how many items criticise
stands in the other, without the name of any outlet (promise 2). Reprints count where the question is how far a story
went; they do not where it is how much was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.subscriptions import CriticismRules, WiderRules

HOUR = 3_600_000
FRESH_MS = 24 * HOUR
"""What happened longer ago is not told any more: a machine that was off does not speak of last week."""
LOCAL, NATIONAL, FOREIGN = "local", "national", "foreign"
_PRESS = frozenset({LOCAL, NATIONAL, FOREIGN})


@dataclass(frozen=True, slots=True)
class Member:
    """An article in a story. ``where``: local · national · foreign · official · social · person, or "" if unknown."""

    article_id: str
    at: int
    outlet: str
    where: str
    reprint: bool
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Wider:
    """The first article of its kind. ``level``: national or foreign; ``local``: those of local outlets before it."""

    level: str
    first: Member
    local: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Criticism:
    """``critical`` of ``originals`` articles of their own; ``before``: how many were critical a day ago; ``step``:
    the doubling of the threshold that was reached."""

    originals: tuple[Member, ...]
    critical: tuple[Member, ...]
    before: int
    step: int


def wider(members: Iterable[Member], rules: WiderRules, now: int) -> list[Wider]:
    """A story that local outlets had first, and in the last day came to a national or a foreign one."""
    seen = sorted(members, key=lambda m: (m.at, m.article_id))
    press = [m for m in seen if m.where in _PRESS]
    if not press or press[0].where != LOCAL:
        return []
    began, found = press[0].at, []
    for level in (NATIONAL, FOREIGN):
        first = next((m for m in press if m.where == level), None)
        if first is None or not now - FRESH_MS < first.at <= now or first.at < began + rules.lead_minutes * 60_000:
            continue
        found.append(Wider(level, first, tuple(m for m in press if m.where == LOCAL and m.at <= first.at)))
    return found


def criticism(members: Iterable[Member], rules: CriticismRules, now: int) -> Criticism | None:
    """A story in which articles of their own criticise, more of them than a day ago."""
    own = sorted(
        (m for m in members if m.where in _PRESS and not m.reprint and m.at <= now), key=lambda m: (m.at, m.article_id)
    )
    critical = tuple(m for m in own if m.critical)
    before = sum(m.at <= now - FRESH_MS for m in critical)
    if len(critical) < rules.least or len(critical) < rules.share * len(own) or before == len(critical):
        return None
    return Criticism(tuple(own), critical, before, step_of(len(critical), rules.least))


def step_of(count: int, least: int) -> int:
    """1 from ``least`` on, 2 from twice as many, 3 from four times as many …; 0 below."""
    return (count // least).bit_length()


def steps_told(levels: Sequence[str]) -> int:
    """The highest step among the levels of warnings that were told."""
    return max((int(level) for level in levels if level.isdecimal()), default=0)

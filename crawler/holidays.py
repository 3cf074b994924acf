"""Days on which a whole kind of source is quiet: holidays, told from the sources themselves, no calendar needed.

Press and offices (portals, schools) are taken apart: on a public holiday offices shut and the press goes on. On such
a day no source of that kind is called late, and its hours prove nothing about anybody later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from crawler.rhythm import HOUR_MS, Hours, Rhythm, count_within, expected_items

OFFICES = frozenset({"government_portal", "department_site", "school_site"})
LOOK_BACK = 15  # days: longer than Tết
LOW, LEAST = 0.6, 1.0  # a source is low below this share of what it brings on such a day, if that is at least one item
VOTERS = 6  # fewer than this are no crowd
VOICE_MS = 10 * 24 * HOUR_MS  # longer than any holiday: who is silent for longer speaks for himself alone
USUALLY_LOW, CHANCE = 0.3, 1e-4  # share that is low on an ordinary day; beyond this chance the day is told of
_DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Voter:
    """A source with a rhythm that is asked and answers; ``until``: its last answer."""

    source_id: str
    office: bool
    rhythm: Rhythm
    arrivals: Sequence[int]
    until: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """One kind at one time. ``now``: most are quiet in the last 24 hours; ``told``: beyond what chance can do.

    ``hours``: places of the hours of earlier days on which most were quiet.
    """

    low: tuple[str, ...] = ()
    judged: int = 0
    now: bool = False
    told: bool = False
    over: bool = True
    hours: frozenset[int] = frozenset()


def crowds(voters: Sequence[Voter], hours: Hours, at: int) -> Mapping[bool, Crowd]:
    """offices? → how its kind does; a kind with too few voters goes with all."""
    heard = [one for one in voters if one.arrivals and one.until - one.arrivals[-1] <= VOICE_MS]
    found = {}
    for office in (True, False):
        kind = [one for one in heard if one.office is office]
        found[office] = _crowd(kind if len(kind) >= VOTERS else heard, hours, at)
    return found


def _crowd(voters: Sequence[Voter], hours: Hours, at: int) -> Crowd:
    votes = {one.source_id: vote for one in voters if (vote := _low(one, at - _DAY_MS, at, hours)) is not None}
    low = tuple(name for name, is_low in votes.items() if is_low)
    quiet = _most(len(low), len(votes))
    chance = sum(
        comb(len(votes), k) * USUALLY_LOW**k * (1 - USUALLY_LOW) ** (len(votes) - k)
        for k in range(len(low), len(votes) + 1)
    )
    over = len(low) <= USUALLY_LOW * len(votes) or not votes
    return Crowd(low, len(votes), quiet, quiet and chance < CHANCE, over, _earlier(voters, hours, at))


def _earlier(voters: Sequence[Voter], hours: Hours, at: int) -> frozenset[int]:
    days: dict[int, list[int]] = {}
    for i in range(max(hours.index(at - (LOOK_BACK + 1) * _DAY_MS), 0), min(hours.index(at) + 1, len(hours))):
        days.setdefault(hours.days[i], []).append(i)
    found: set[int] = set()
    for places in days.values():
        after, until = (hours.first + places[0]) * HOUR_MS - 1, (hours.first + places[-1] + 1) * HOUR_MS - 1
        votes = [vote for one in voters if (vote := _low(one, after, min(until, at), hours)) is not None]
        if _most(sum(votes), len(votes)):
            found.update(places)
    return frozenset(found)


def _most(low: int, of: int) -> bool:
    return of >= VOTERS and low * 2 > of


def _low(one: Voter, after: int, until: int, hours: Hours) -> bool | None:
    """Whether it brought little in (after, until]; None where nothing much was to be expected."""
    expected = expected_items(one.rhythm, after, until, hours)
    return None if expected < LEAST else count_within(one.arrivals, after, until) < LOW * expected

"""A source's own rhythm by hour and weekday, and how unusual a silence or a flood is beside it.

An *active hour* is one in which at least one new item was seen: a poll brings its items in clumps, and a clump says no
more about "is it alive?" than one item. Each (weekday, hour) has the chance p of being active, learnt from eight weeks
and drawn towards the chance of its kind of day, of its hour and of the whole, so that eight Mondays do not overfit; its
hazard is −log(1 − p).

A day has a strength of its own (a gamma variable of mean 1 and shape ``steadiness``, learnt from the days): the chance
that hours of hazard H stay quiet within one day is (1 + H/s)^−s, and days multiply. ``depth`` of a gap is −log of that
chance, divided by how much longer than so the source's own longest gaps were (``tail``, at least 1), and drawn in for
how little a rhythm of few active hours knows of itself (n·log(1 + depth / n), as a gamma posterior has it). A month
holds ``gaps`` gaps, so one as deep is expected once in exp(depth) / gaps months: that is what thresholds are set on,
and what a person is told.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zoneinfo import ZoneInfo

HOUR_MS = 3_600_000
WEEKS = 8
LEARNT_MS = WEEKS * 7 * 24 * HOUR_MS
MIN_DAYS = 14  # a shorter history knows no weekdays
MIN_ACTIVE = 6  # fewer active hours than this say nothing about a rhythm
FOR_EVER = 9_999.0  # months: beyond it a number is only noise
_PULL = 4.0  # how many hours of its own a cell needs to weigh as much as what it is drawn towards
_MOST = 0.98  # no hour is surer than this: a feed may be late even at its busiest
_STEADY = (1.5, 40.0)  # bounds of a day's gamma shape
_WEEK = 168  # hours
_DARK_DEPTH = 12.0  # −log chance of all sources together being so quiet: then it was us


class Hours:
    """Local (weekday, hour) and day of each UTC hour in a span; made once and shared by all sources.

    ``dark``: hours in which we ourselves saw nothing of anybody (a machine that was off); they teach nothing.
    """

    def __init__(self, after: int, until: int, tz: str) -> None:
        zone = ZoneInfo(tz)
        self.first = after // HOUR_MS
        self.slots: list[int] = []
        self.days: list[int] = []
        self.dark: frozenset[int] = frozenset()
        for hour in range(self.first, until // HOUR_MS + 1):
            local = dt.datetime.fromtimestamp(hour * 3600, zone)
            self.slots.append(local.weekday() * 24 + local.hour)
            self.days.append(local.toordinal())

    def index(self, at: int) -> int:
        """Place of the hour that holds ``at`` (ms UTC); may lie outside of the span."""
        return at // HOUR_MS - self.first

    def __len__(self) -> int:
        return len(self.slots)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What eight weeks say of a source. ``hazards`` and ``rates`` (items an hour) are by weekday × 24 + hour."""

    hazards: tuple[float, ...]
    rates: tuple[float, ...]
    steadiness: float
    tail: float
    active: int  # hours in which something came
    gaps: float  # of them in 30 days
    days: float  # of history
    busiest_hour: int  # items
    busiest_day: int  # items in 24 hours
    leanest_week: int  # items in 7 × 24 hours, before the last such; 0 with a shorter history
    spread: float = field(default=1.0)  # gamma shape of a day's number of items


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence beside a rhythm. ``expected``: active hours that it would usually hold. ``months``: how rare it is."""

    since: int
    until: int
    expected: float
    depth: float
    months: float


def learn(arrivals: Sequence[int], hours: Hours) -> Rhythm | None:
    """The rhythm of a source from when its items were first seen (ms UTC, ascending); None: too little to tell.

    The hour of its first item is left out (a first visit brings the whole feed at once), and so is all that follows
    its last one: a source that died must not teach that silence is usual.
    """
    begin, end = hours.first * HOUR_MS, (hours.first + len(hours)) * HOUR_MS
    inside = arrivals[bisect_left(arrivals, begin) : bisect_left(arrivals, end)]
    if not inside:
        return None
    first, last = hours.index(inside[0]) + 1, hours.index(inside[-1])
    counts = [0] * len(hours)
    for at in inside:
        counts[at // HOUR_MS - hours.first] += 1
    known = [i for i in range(first, last + 1) if i not in hours.dark]
    active = sum(counts[i] > 0 for i in known)
    if len(known) < MIN_DAYS * 24 or active < MIN_ACTIVE:
        return None
    chances = _chances(known, counts, hours)
    hazards = tuple(-math.log1p(-p) for p in chances)
    steadiness = _steadiness(known, counts, hours, chances, hazards)
    days = len(known) / 24
    later = inside[bisect_left(inside, (hours.first + first) * HOUR_MS) :]
    return Rhythm(
        hazards=hazards,
        rates=_rates(known, counts, hours, chances, active),
        steadiness=steadiness,
        tail=_tail(known, counts, hours, hazards, steadiness),
        active=active,
        gaps=30 * active / days,
        days=days,
        busiest_hour=max(counts[i] for i in known),
        busiest_day=_most_within(later, 24 * HOUR_MS),
        leanest_week=_least_week([i for i in known if i < len(hours) - _WEEK], counts),
        spread=_day_spread(known, counts, hours),
    )


def gap(rhythm: Rhythm, since: int, until: int, hours: Hours, skip: Collection[int] = ()) -> Gap:
    """How unusual it is that nothing came in (since, until], ms UTC, beside what this source usually does.

    ``skip``: places of hours that prove nothing (a holiday of all its kind), beside the dark ones.
    """
    by_day: dict[int, float] = {}
    expected = 0.0
    for i in range(max(hours.index(since), 0), min(hours.index(until), len(hours) - 1) + 1):
        begin = (hours.first + i) * HOUR_MS
        share = (min(until, begin + HOUR_MS) - max(since, begin)) / HOUR_MS
        if share <= 0 or i in hours.dark or i in skip:
            continue
        hazard = share * rhythm.hazards[hours.slots[i]]
        expected += -math.expm1(-hazard)
        by_day[hours.days[i]] = by_day.get(hours.days[i], 0.0) + hazard
    depth = _depth(by_day.values(), rhythm.steadiness) / rhythm.tail
    depth = rhythm.active * math.log1p(depth / rhythm.active)
    months = min(math.exp(min(depth, 50.0)) / rhythm.gaps, FOR_EVER)
    return Gap(since, until, expected, depth, months)


def expected_items(rhythm: Rhythm, after: int, until: int, hours: Hours, skip: Collection[int] = ()) -> float:
    """Items that usually come in (after, until]; hours in ``skip`` bring none."""
    total = 0.0
    for i in range(max(hours.index(after), 0), min(hours.index(until), len(hours) - 1) + 1):
        begin = (hours.first + i) * HOUR_MS
        share = (min(until, begin + HOUR_MS) - max(after, begin)) / HOUR_MS
        total += max(share, 0.0) * rhythm.rates[hours.slots[i]] * (i not in hours.dark and i not in skip)
    return total


def count_within(arrivals: Sequence[int], after: int, until: int) -> int:
    """Items in (after, until]; ``arrivals`` ascend."""
    return bisect_right(arrivals, until) - bisect_right(arrivals, after)


def at_most(count: int, mean: float, shape: float) -> float:
    """P(X ≤ count) of a negative binomial (a Poisson whose mean is gamma with that shape)."""
    if mean <= 0:
        return 1.0
    ratio = mean / (mean + shape)
    term = math.exp(shape * math.log(shape / (mean + shape)))
    total = term
    for k in range(count):
        term *= (k + shape) / (k + 1) * ratio
        total += term
    return min(total, 1.0)


def longest_gap(arrivals: Sequence[int]) -> int:
    """The longest time between two items, ms; 0 with fewer than two."""
    return max((other - one for one, other in pairwise(arrivals)), default=0)


def dark_hours(arrivals: Mapping[str, Sequence[int]], hours: Hours) -> frozenset[int]:
    """Hours in which all sources together were quieter than they can be: this machine or its line was off."""
    union = sorted(at for found in arrivals.values() for at in found)
    together = learn(union, hours)
    if together is None:
        return frozenset()
    stamps = sorted({at // HOUR_MS - hours.first for at in union})
    found: set[int] = set()
    for one, other in pairwise(stamps):
        silent = range(one + 1, other)
        depth = sum(together.hazards[hours.slots[i]] for i in silent if 0 <= i < len(hours))
        if depth > _DARK_DEPTH:
            found.update(silent)
    return frozenset(found)


# ── learning ────────────────────────────────────────────────────────────────────────────────────────


def _chances(known: Sequence[int], counts: Sequence[int], hours: Hours) -> list[float]:
    """P(active) of each (weekday, hour), drawn towards its kind of day, its hour, and the whole, in that order."""
    seen, active = [0] * 168, [0] * 168
    for i in known:
        seen[hours.slots[i]] += 1
        active[hours.slots[i]] += counts[i] > 0
    whole = (sum(active) + 0.5) / (sum(seen) + 1)
    chances = [0.0] * 168
    for hour in range(24):
        every = range(hour, 168, 24)
        by_hour = _drawn(active, seen, every, whole)
        for weekdays in (range(5), (5,), (6,)):
            cells = [day * 24 + hour for day in weekdays]
            by_kind = _drawn(active, seen, cells, by_hour)
            for cell in cells:
                chances[cell] = min(_drawn(active, seen, (cell,), by_kind), _MOST)
    return chances


def _drawn(active: Sequence[int], seen: Sequence[int], cells: Collection[int], towards: float) -> float:
    return (sum(active[c] for c in cells) + _PULL * towards) / (sum(seen[c] for c in cells) + _PULL)


def _rates(
    known: Sequence[int], counts: Sequence[int], hours: Hours, chances: Sequence[float], active: int
) -> tuple[float, ...]:
    """Items an hour: the chance of an active hour times the usual clump of that slot, drawn towards the mean clump."""
    items, hits = [0] * 168, [0] * 168
    for i in known:
        items[hours.slots[i]] += counts[i]
        hits[hours.slots[i]] += counts[i] > 0
    mean = sum(items) / active
    return tuple(p * (n + _PULL * mean) / (h + _PULL) for p, n, h in zip(chances, items, hits, strict=True))


def _steadiness(
    known: Sequence[int],
    counts: Sequence[int],
    hours: Hours,
    chances: Sequence[float],
    hazards: Sequence[float],
) -> float:
    """Gamma shape of a day's strength: what the days differ by beyond what chance alone would do."""
    days: dict[int, list[float]] = {}
    by_chance = [p * (1 - p) for p in chances]
    moves = [hazard * (1 - p) for p, hazard in zip(chances, hazards, strict=True)]
    for i in known:
        slot = hours.slots[i]
        day = days.setdefault(hours.days[i], [0.0, 0.0, 0.0, 0.0])
        day[0] += (counts[i] > 0) - chances[slot]
        day[1] += by_chance[slot]
        day[2] += moves[slot]
        day[3] += 1
    whole = [day for day in days.values() if day[3] >= 20]
    moved = sum(day[2] ** 2 for day in whole)
    beyond = sum(day[0] ** 2 - day[1] for day in whole)
    if moved <= 0 or beyond <= 0:
        return _STEADY[1]
    return min(max(moved / beyond, _STEADY[0]), _STEADY[1])


def _tail(
    known: Sequence[int], counts: Sequence[int], hours: Hours, hazards: Sequence[float], steadiness: float
) -> float:
    """How much longer the longest tenth of its own gaps were than the model says, at least 1.

    The excess over any level of an exponential is exponential with mean 1; five more gaps that behave are added so
    that one outage of the past does not blind us for eight weeks.
    """
    depths: list[float] = []
    by_day: dict[int, float] = {}
    for i in known:
        if counts[i]:
            depths.append(_depth(by_day.values(), steadiness))
            by_day = {}
        else:
            by_day[hours.days[i]] = by_day.get(hours.days[i], 0.0) + hazards[hours.slots[i]]
    depths.sort()
    level = depths[int(0.9 * len(depths))]
    over = [depth - level for depth in depths if depth > level]
    return max(1.0, (sum(over) + 5) / (len(over) + 5))


def _depth(hazards: Iterable[float], steadiness: float) -> float:
    return sum(steadiness * math.log1p(hazard / steadiness) for hazard in hazards)


def _most_within(arrivals: Sequence[int], span: int) -> int:
    most = begin = 0
    for end, at in enumerate(arrivals):
        while arrivals[begin] <= at - span:
            begin += 1
        if end - begin >= most:
            most = end - begin + 1
    return most


def _least_week(known: Sequence[int], counts: Sequence[int]) -> int:
    """Items of the leanest run of 168 known hours; 0 when there are fewer."""
    if len(known) < _WEEK:
        return 0
    least = total = sum(counts[i] for i in known[:_WEEK])
    for old, new in zip(known, known[_WEEK:], strict=False):
        total += counts[new] - counts[old]
        least = min(least, total)
    return least


def _day_spread(known: Sequence[int], counts: Sequence[int], hours: Hours) -> float:
    """Gamma shape of a day's items about the mean of its weekday, by moments, between 0.5 and 40."""
    days: dict[int, int] = {}
    for i in known:
        days[hours.days[i]] = days.get(hours.days[i], 0) + counts[i]
    weekdays: dict[int, list[int]] = {}
    for day, items in days.items():
        weekdays.setdefault(day % 7, []).append(items)
    mean = {day: sum(found) / len(found) for day, found in weekdays.items()}
    beyond = sum((items - mean[day % 7]) ** 2 - mean[day % 7] for day, items in days.items())
    squares = sum(mean[day % 7] ** 2 for day in days)
    return 40.0 if beyond <= 0 else min(max(squares / beyond, 0.5), 40.0)

"""What was followed in a window: days on which a source brought nothing though it should have. Pure.

A run of days without anything is a gap when at that source's own rate at least :data:`MISSED` articles would have come
in it (by chance once in 150); a day on which half of the sources or more lie in a gap is a day of outage.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alerts.report_inputs import Period

MISSED = 5.0
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, both counted, on which a source brought nothing."""

    source: str
    first: dt.date
    last: dt.date


def by_day(hours: Sequence[tuple[str, int, int]], tz: str) -> dict[str, dict[dt.date, int]]:
    """Source → local day → articles, from counts by hour (ms UTC)."""
    zone = ZoneInfo(tz)
    days: dict[int, dt.date] = {}
    found: dict[str, dict[dt.date, int]] = {}
    for source, hour, count in hours:
        day = days.get(hour) or days.setdefault(hour, dt.datetime.fromtimestamp(hour / 1000, zone).date())
        of = found.setdefault(source, {})
        of[day] = of.get(day, 0) + count
    return found


def gaps(period: Period, until: dt.date | None = None) -> list[Gap]:
    """By source and day. ``until``: the last day that is over, for a window that is not."""
    last = min(period.window.last, until) if until else period.window.last
    found: list[Gap] = []
    for source, days in sorted(period.seen.items()):
        active = [d for d, n in days.items() if n]
        if not active:
            continue
        rate = sum(days.values()) / len(active)
        begin: dt.date | None = None
        day = period.window.first
        while day <= last + DAY:
            if day <= last and not days.get(day):
                begin = begin or day
            elif begin is not None:
                if rate * (day - begin).days >= MISSED:
                    found.append(Gap(source, begin, day - DAY))
                begin = None
            day += DAY
    return found


def outage(period: Period, found: Sequence[Gap]) -> list[dt.date]:
    """Days on which at least half of the sources of the window (and at least one) brought nothing."""
    hit: dict[dt.date, int] = {}
    for gap in found:
        for n in range((gap.last - gap.first).days + 1):
            day = gap.first + n * DAY
            hit[day] = hit.get(day, 0) + 1
    return sorted(day for day, n in hit.items() if 2 * n >= len(period.seen))


def totals(period: Period) -> Mapping[str, int]:
    """Source → articles of any kind."""
    return {source: sum(days.values()) for source, days in period.seen.items()}

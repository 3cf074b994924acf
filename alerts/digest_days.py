"""On which days a digest is due and what it covers: a day off has none, and the next working day covers the gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts import digest_words as words
from alerts.formats import WEEKDAYS, day_short
from alerts.workclock import WorkClock
from config.calendar import load_calendar
from store.api import Store
from store.model import Digest

DAILY, WEEKLY = "daily", "weekly"
ASKED = "asked"
"""Version key of a digest that a person asked for on a day off: it closes no gap unless it is released."""
LOOK_BACK = 7  # days in which "shown before" is looked up: longer and a reader has forgotten
MOST_DAYS = 16  # Tết with what lies around it
ONE = dt.timedelta(days=1)
FRIDAY = 4
_NAMED = 3


def calendar_of(home: Path, tz: str) -> WorkClock:
    """The working calendar of an installation; read again when its file changes. A faulty own file: the shipped one."""
    path = home / "calendar.yml"
    try:
        about = path.stat()
        stamp = (about.st_mtime_ns, about.st_size)
    except OSError:
        stamp = (0, 0)
    return _calendar(home, stamp, tz)


@lru_cache(maxsize=4)
def _calendar(home: Path, _stamp: tuple[int, int], tz: str) -> WorkClock:
    return WorkClock(load_calendar(home)[0], tz)


def at_ms(day: dt.date, at: str, tz: str) -> int:
    """``at`` (HH:MM) of a local day in ms UTC."""
    hour, minute = map(int, at.split(":"))
    return int(dt.datetime.combine(day, dt.time(hour, minute), ZoneInfo(tz)).timestamp() * 1000)


def is_off(clock: WorkClock, day: dt.date) -> bool:
    """Whether nobody works on that day."""
    return clock.hours_on(day) is None


def counts(store: Store, day: dt.date, kind: str = DAILY) -> Digest | None:
    """The digest of a day that others build on: one that was only asked for counts once it is released."""
    found = store.digest(Digest.make_id(kind, day.isoformat()))
    if found is not None and ASKED in found.versions and store.digest_release(found.id) is None:
        return None
    return found


def days_covered(store: Store, day: dt.date, clock: WorkClock) -> tuple[dt.date, ...]:
    """The day itself, and the days off before it that had no digest, newest first."""
    days = [day]
    while len(days) < MOST_DAYS:
        before = days[-1] - ONE
        if not is_off(clock, before) or counts(store, before) is not None:
            break
        days.append(before)
    return tuple(days)


def covered(store: Store, day: dt.date, at: str, tz: str, clock: WorkClock) -> tuple[int, int]:
    """(after, until] in ms UTC of the digest of ``day``: from the last digest's hour to its own."""
    first = days_covered(store, day, clock)[-1]
    return at_ms(first - ONE, at, tz), at_ms(day, at, tz)


def gap_words(days: Sequence[dt.date], *, urgent: bool = False) -> str:
    """What the digest says of days off in its window; "" for none."""
    off = sorted(days[1:])
    if urgent:
        return words.GAP_URGENT
    if not off:
        return ""
    if len(off) > _NAMED:
        return words.GAP_LONG.format(count=len(off), first=day_short(off[0]), last=day_short(off[-1]))
    return words.GAP.format(days=", ".join(f"{WEEKDAYS[d.weekday()]} {d:%d/%m}" for d in off))


def weekly_day(day: dt.date, clock: WorkClock) -> dt.date | None:
    """The day of the *điểm báo tuần* in the week of ``day``: Friday, else the last working day before; None if none."""
    friday = day + dt.timedelta(days=FRIDAY - day.weekday())
    week = (friday - dt.timedelta(days=back) for back in range(FRIDAY + 1))
    return next((one for one in week if not is_off(clock, one)), None)


def week_covered(day: dt.date, at: str, tz: str, clock: WorkClock) -> tuple[int, int]:
    """(after, until] of the weekly digest of ``day``: from the one before it, at most four weeks back."""
    for weeks in range(1, 5):
        before = weekly_day(day - dt.timedelta(weeks=weeks), clock)
        if before is not None:
            break
    first = before or day - dt.timedelta(weeks=1)
    return at_ms(first, at, tz), at_ms(day, at, tz)


def days_back(day: dt.date, count: int) -> Iterator[dt.date]:
    """The days before ``day``, newest first."""
    return (day - dt.timedelta(days=back) for back in range(1, count + 1))


def missed(clock: WorkClock, day: dt.date, now: int, at: str, tz: str, grace_ms: int = 3_600_000) -> bool:
    """Whether a digest after that of ``day`` should have been out by ``now`` (ms UTC): that of the next working day."""
    coming = clock.working_day(day + dt.timedelta(days=1))
    return at_ms(coming, at, tz) + grace_ms < now

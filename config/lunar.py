"""The Vietnamese lunar calendar: day and month of the lunar year → the day by the sun.

Rules: a month begins on the day (UTC+7) of the new moon; the month with the winter solstice is the eleventh; where
thirteen months lie between two such months, the first one without a major solar term is a leap month. The day is cut
at UTC+7, not at Beijing's UTC+8: that is why Tết of 1968, 1985, 2007 and 2030 is not the Chinese New Year.

New moons and the sun's longitude come from astronomy-engine (within a minute of the observatories' own figures).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import pairwise
from typing import Any

FIRST_YEAR, LAST_YEAR = 1968, 2199
"""UTC+7 is the official time since 1968; later than 2199 nobody promises the length of a day."""

_HANOI = 7 / 24  # of a day
_EPOCH = dt.date(2000, 1, 1).toordinal() + 0.5  # the engine counts days from noon


def lunar_day(year: int, month: int, day: int) -> dt.date:
    """The day by the sun of ``day``/``month`` (never a leap month) of the lunar year that begins in ``year``.

    Raises ValueError outside ``FIRST_YEAR..LAST_YEAR``, months 1 to 12 and days 1 to 30. A thirtieth day that a short
    month does not have is the first of the next.
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"no lunar day {day}/{month} of {year}")
    winter = year if month <= 10 else year + 1
    return _months(winter)[month] + dt.timedelta(days=day - 1)


def tet(year: int) -> dt.date:
    """The first day of the lunar year."""
    return lunar_day(year, 1, 1)


@lru_cache(maxsize=512)
def _months(year: int) -> dict[int, dt.date]:
    """Month → its first day, for months 11 and 12 before Tết of ``year`` and 1 to 10 after it."""
    begin, end = _eleventh(year - 1), _eleventh(year)
    starts = [begin]
    while starts[-1] < end:
        starts.append(_new_moon_after(starts[-1] + dt.timedelta(days=20)))
    whole = list(pairwise(starts))
    leap = -1
    if len(whole) == 13:
        leap = next(i for i, (a, b) in enumerate(whole) if i and _sun(a) // 30 == _sun(b) // 30)
    plain = [a for i, (a, _) in enumerate(whole) if i != leap]
    return {(10 + i) % 12 + 1: start for i, start in enumerate(plain)}


def _eleventh(year: int) -> dt.date:
    """The first day of the month that holds the winter solstice of ``year``."""
    solstice = _day(_engine().Seasons(year).dec_solstice)
    start = _new_moon_after(solstice - dt.timedelta(days=32))
    following = _new_moon_after(start + dt.timedelta(days=20))
    return following if following <= solstice else start


def _new_moon_after(day: dt.date) -> dt.date:
    return _day(_engine().SearchMoonPhase(0.0, _midnight(day), 40.0))


def _sun(day: dt.date) -> float:
    """Apparent longitude of the sun, degrees, as the day begins in Hà Nội."""
    return float(_engine().SunPosition(_midnight(day)).elon)


def _midnight(day: dt.date) -> Any:
    return _engine().Time(day.toordinal() - _EPOCH - _HANOI)


def _day(moment: Any) -> dt.date:
    return dt.date.fromordinal(int(moment.ut + _EPOCH + _HANOI))


def _engine() -> Any:
    import astronomy  # type: ignore[import-untyped]  # lazy: 20 ms that most commands do not need

    return astronomy

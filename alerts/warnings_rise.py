"""Themes above their own daily level. Pure: counts of days in, what is out of the ordinary out.

A day is compared with earlier days of the same season (the school year's: an admission season with days of that season,
this year's and last year's; other days with other days), and only where enough of them are on record. A day on which
nothing at all was collected is no day of history: a machine that was off must not make the days after it look loud.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from alerts.warnings_level import Level, critical, level, pooled_scatter, sums, tail, weekday_factors
from config.subscriptions import Watch
from store.model_warning import ThemeDay

MONTH_DAYS = 30.44
MARGIN = 3.0
"""Only this part of the allowance is spent: on shuffled days the law's tail proved that much too thin
(`bench/warnings.py`; much of it real events of one day, which stay in when days are shuffled)."""
MUCH = 100.0  # so many times less likely than the first grade asks is the second
LAST_YEAR = (300, 430)  # days back in which last year's season is looked for


@dataclass(frozen=True, slots=True)
class Rise:
    """A theme's day. ``least``: the count from which it is told; ``grade`` 2: far above that. ``season``: its id."""

    theme: str
    day: dt.date
    count: int
    stories: int
    usual: Level
    least: int
    chance: float
    grade: int
    season: str = ""
    themes: int = 0  # how many are watched, which the allowance is shared by

    @property
    def key(self) -> str:
        """Natural key of the warning, beside the theme."""
        return f"{self.day}:{self.grade}"


def rises(
    counts: Sequence[ThemeDay],
    day: dt.date,
    watch: Watch,
    themes: Collection[str],
    told: Mapping[str, Sequence[tuple[dt.date, int]]],
) -> list[Rise]:
    """What is above its level on ``day``, the least likely first.

    ``counts``: days up to ``day`` with their rows of the whole day; ``themes``: those that somebody is told of;
    ``told``: theme → (day, grade) of what was told of it. A theme is told again after ``apart_days``, or at a higher
    grade.
    """
    rules = watch.rules.rise
    totals = {dt.date.fromisoformat(one.day): one for one in counts if not one.theme}
    rows: dict[str, dict[dt.date, ThemeDay]] = defaultdict(dict)
    for one in counts:
        if one.theme:
            rows[one.theme][dt.date.fromisoformat(one.day)] = one
    past = sorted(d for d, one in totals.items() if d < day and one.seen)
    near = [d for d in past if (day - d).days <= rules.history_days]
    if day not in totals or len(near) < rules.least_days or not themes:
        return []
    factors = weekday_factors([(d.weekday(), totals[d].originals) for d in near])
    used = {theme: _history(theme, day, near, past, watch) for theme in {*rows, *themes}}
    added = {
        theme: sums([(_count(rows[theme], d), factors[d.weekday()]) for d in days]) for theme, days in used.items()
    }
    pooled = pooled_scatter(added)
    allowed = chance_each(watch, len(themes))
    found = []
    for theme in sorted(themes):
        if (today := rows[theme].get(day)) is None or today.originals < rules.least:
            continue
        season = watch.season(theme, day)
        if len(used[theme]) < (rules.season_days if season else rules.least_days):
            continue
        usual = level(added[theme], factors[day.weekday()], pooled)
        chance = tail(today.originals, usual)
        if chance > allowed:
            continue
        risen = Rise(
            theme, day, today.originals, today.stories, usual, max(rules.least, critical(usual, allowed)), chance,
            2 if chance <= allowed / MUCH else 1, season, len(themes),
        )  # fmt: skip
        if not _known(risen, told.get(theme, ()), rules.apart_days):
            found.append(risen)
    return sorted(found, key=lambda r: (r.chance, r.theme))


def chance_each(watch: Watch, themes: int) -> float:
    """How likely one theme's day may be to be told by chance, so that all of them together keep the allowance."""
    return watch.rules.rise.false_alarms_a_month / MARGIN / (MONTH_DAYS * max(1, themes))


def _history(theme: str, day: dt.date, near: Sequence[dt.date], past: Sequence[dt.date], watch: Watch) -> list[dt.date]:
    season = watch.season(theme, day)
    same = [d for d in near if watch.season(theme, d) == season]
    if not season:
        return same
    before = [d for d in past if LAST_YEAR[0] <= (day - d).days <= LAST_YEAR[1] and watch.season(theme, d) == season]
    return [*before, *same]


def _count(rows: Mapping[dt.date, ThemeDay], day: dt.date) -> int:
    return rows[day].originals if day in rows else 0


def _known(one: Rise, told: Sequence[tuple[dt.date, int]], apart_days: int) -> bool:
    near = [grade for day, grade in told if abs((one.day - day).days) < max(1, apart_days)]
    return bool(near) and max(near) >= one.grade

"""A theme above its own daily level: what is told, what is not, and when it keeps silent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from alerts.warnings import of_rise, watched_themes
from alerts.warnings_rise import Rise, chance_each, rises
from config.subscriptions import RiseRules, Rules, Season, Subscription, Watch
from store.model_warning import ThemeDay

DAY = dt.date(2026, 11, 20)
ALL = Watch(subscriptions={"a1": Subscription(contact="role:bao_chi", kinds=("rise",))})
THEMES = ("lamthu", "ts10", "baoluc")


def days(count: int, usual: int = 1, today: int = 0, theme: str = "lamthu", until: dt.date = DAY) -> list[ThemeDay]:
    """``usual`` items every other day of ``count`` days, then ``today``."""
    rows = []
    for back in range(count, -1, -1):
        day = str(until - dt.timedelta(days=back))
        n = today if back == 0 else usual * (back % 2)
        rows += [ThemeDay(day, "", n + 4, n + 4, 1), *([ThemeDay(day, theme, n, n)] if n else [])]
    return rows


def found(counts: list[ThemeDay], watch: Watch = ALL, day: dt.date = DAY, told: dict | None = None) -> list[Rise]:
    return rises(counts, day, watch, THEMES, told or {})


def test_a_quiet_day_and_a_usual_day_give_nothing() -> None:
    assert found(days(84, today=0)) == []
    assert found(days(84, today=2)) == []


def test_a_day_far_above_its_own_level_is_told_with_the_numbers_that_say_why() -> None:
    (one,) = found(days(84, today=9))
    assert (one.theme, one.count, one.usual.days) == ("lamthu", 9, 84)
    assert one.usual.mean == pytest.approx(0.5, abs=0.1) and 3 <= one.least <= 9
    assert one.chance <= chance_each(ALL, len(THEMES))
    told = of_rise(one, "Lạm thu", "", [], ALL, 1).warning
    said = " ".join(told.why)
    assert "9 bài riêng" in said and "thứ Sáu thường có 0,5" in said and "84 ngày" in said
    assert "không quá 1 lần mỗi tháng" in said and "3 chuyên mục" in said
    assert told.figures["count"] == 9 and told.figures["least"] == one.least


def test_the_same_count_is_usual_for_a_theme_that_has_it_every_day() -> None:
    assert found(days(84, usual=9, today=9)) == []


def test_too_short_a_history_says_nothing() -> None:
    assert found(days(27, today=30)) == []
    assert len(found(days(28, today=30))) == 1


def test_days_on_which_nothing_was_collected_are_no_history() -> None:
    counts = days(40, today=30)
    off = [replace(c, originals=0, stories=0, seen=0) if not c.theme and c.day < "2026-11-01" else c for c in counts]
    assert len(found(counts)) == 1
    assert found(off) == []


def test_a_few_items_are_never_a_rise_however_rare_the_theme_is() -> None:
    assert found(days(84, usual=0, today=2)) == []
    assert [r.count for r in found(days(84, usual=0, today=4))] == [4]


def test_what_was_told_is_told_again_a_week_later_or_at_a_higher_grade() -> None:
    (one,) = found(days(84, today=5))
    assert one.grade == 1
    before = [(DAY - dt.timedelta(days=3), 1)]
    assert found(days(84, today=5), told={"lamthu": before}) == []
    assert [r.grade for r in found(days(84, today=40), told={"lamthu": before})] == [2]
    assert len(found(days(84, today=5), told={"lamthu": [(DAY - dt.timedelta(days=7), 2)]})) == 1
    assert found(days(84, today=5), told={"lamthu": [(DAY, 1)]}) == []


def test_fewer_false_alarms_allowed_ask_for_more_items() -> None:
    rare = ALL.model_copy(update={"rules": Rules(rise=RiseRules(false_alarms_a_month=0.01))})
    (often,) = found(days(84, today=30))
    (seldom,) = found(days(84, today=30), rare)
    assert seldom.least > often.least


SEASON = ALL.model_copy(
    update={
        "seasons": {
            "thi": Season.model_validate({"name": "Mùa thi", "themes": ("ts10",), "from": "05-15", "to": "07-20"})
        }
    }
)
JUNE = dt.date(2026, 6, 1)


def season(in_season: int, last_year: bool = False) -> list[ThemeDay]:
    """A theme that is silent but for its season, where it has five items a day."""
    rows = []
    for back in range(430 if last_year else 84, -1, -1):
        day = JUNE - dt.timedelta(days=back)
        n = in_season if SEASON.season("ts10", day) else 0
        rows += [ThemeDay(str(day), "", n + 4, n + 4, 1), *([ThemeDay(str(day), "ts10", n, n)] if n else [])]
    return rows


def test_in_its_season_a_theme_is_held_against_that_season_alone() -> None:
    first = dt.date(2026, 5, 15)
    begun = [c for c in season(5) if c.day <= str(first)]
    assert len(found(begun, ALL, first)) == 1, "without the calendar every exam season is a surprise"
    assert found(begun, SEASON, first) == found(season(5), SEASON, JUNE) == []
    loud = [replace(c, originals=25, stories=25) if c.day == str(JUNE) and c.theme else c for c in season(5)]
    (one,) = found(loud, SEASON, JUNE)
    assert one.season == "thi" and one.usual.mean == pytest.approx(5, abs=1)
    assert "cùng mùa thi" in of_rise(one, "Lớp 10", "Mùa thi", [], SEASON, 1).warning.why[1]


def test_at_the_beginning_of_a_season_last_years_speaks_and_without_it_nothing_does() -> None:
    begin = dt.date(2026, 5, 17)
    early = [c for c in season(5) if c.day <= str(begin)]
    burst = [replace(c, originals=25) if c.day == str(begin) and c.theme else c for c in early]
    assert found(burst, SEASON, begin) == []
    year = [c for c in season(5, last_year=True) if c.day <= str(begin)]
    burst = [replace(c, originals=25) if c.day == str(begin) and c.theme else c for c in year]
    assert [r.theme for r in found(burst, SEASON, begin)] == ["ts10"]


def test_after_the_season_its_days_do_not_hide_a_rise() -> None:
    after = dt.date(2026, 8, 10)
    rows = []
    for back in range(84, -1, -1):
        day = after - dt.timedelta(days=back)
        n = 12 if SEASON.season("ts10", day) else 6 if back == 0 else 0
        rows += [ThemeDay(str(day), "", n + 4, n + 4, 1), *([ThemeDay(str(day), "ts10", n, n)] if n else [])]
    shorter = SEASON.model_copy(update={"rules": Rules(rise=RiseRules(least_days=14))})
    assert found(rows, ALL, after) == []
    assert [r.theme for r in found(rows, shorter, after)] == ["ts10"]


def test_only_themes_that_somebody_subscribed_to_are_looked_at() -> None:
    some = Watch(
        subscriptions={
            "a1": Subscription(contact="role:bao_chi", kinds=("rise",), themes=("lamthu",)),
            "b1": Subscription(contact="role:bao_chi", kinds=("wider",)),
            "c1": Subscription(contact="role:bao_chi", kinds=("rise",), themes=("ts10",), enabled=False),
        }
    )
    assert watched_themes(some, THEMES) == ("lamthu",)
    assert watched_themes(ALL, THEMES) == THEMES
    assert rises(days(84, today=30), DAY, ALL, (), {}) == []

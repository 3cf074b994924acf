"""Windows of a report: by the period in which figures are closed, and what each is compared with. Pure.

Administrative months run from the day on which figures are closed (15) of the month before to the day before it, years
from 15/12 (Decree 09/2019/NĐ-CP, Article 12; ``recurring.period_close`` of ``deadlines.yml``): "tháng 5/2026" is
15/4–14/5/2026, and its quarter, half year and year are made of such months.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alerts import report_words as words
from alerts.formats import day_short
from store.errors import InputError

MOST_DAYS = 1_100
KINDS = ("month", "quarter", "half", "year", "school-year", "window")


@dataclass(frozen=True, slots=True)
class Periods:
    """When figures are closed. ``month_begins``: 1 = calendar months; ``year_begins`` and ``school_begins``: month-day.

    A month that begins on another day than the first is named after the month in which it ends.
    """

    month_begins: int = 15
    year_begins: str = "12-15"
    school_begins: str = "08-01"


@dataclass(frozen=True, slots=True)
class Window:
    """``first`` and ``last``: local days, both counted; ``name``: as a title says it ("tháng 5 năm 2026")."""

    kind: str
    key: str  # 2026-05, 2026-Q1, 2026-H1, 2026, 2025-2026, 2026-04-15..2026-05-14
    name: str
    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many, both ends counted."""
        return (self.last - self.first).days + 1

    @property
    def dates(self) -> str:
        """``15/04/2026 - 14/05/2026``."""
        return f"{day_short(self.first)} - {day_short(self.last)}"

    def bounds(self, tz: str) -> tuple[int, int]:
        """(after, until] in ms UTC."""
        return midnight(self.first, tz) - 1, midnight(self.last + dt.timedelta(days=1), tz) - 1


def midnight(day: dt.date, tz: str) -> int:
    """When the local day begins, ms UTC."""
    return int(dt.datetime.combine(day, dt.time(), ZoneInfo(tz)).timestamp() * 1000)


def window(kind: str, value: str, periods: Periods, last: str = "") -> Window:
    """As people write it to a command: month 2026-05 · quarter 2026-Q1 · half 2026-H1 · year 2026 · school-year
    2025-2026 · window 2026-05-01 with ``last``. Raises :class:`InputError`."""
    try:
        if kind == "month":
            year, month = value.split("-")
            return of_months(kind, int(year), int(month), 1, periods)
        if kind in ("quarter", "half"):
            year, _, n = value.upper().partition("-" + kind[0].upper())
            size = 3 if kind == "quarter" else 6
            if not 1 <= int(n) <= 12 // size:
                raise ValueError
            return of_months(kind, int(year), int(n) * size, size, periods)
        if kind == "year":
            return of_months(kind, int(value), 12, 12, periods)
        if kind == "school-year":
            return school_year(int(value.split("-", maxsplit=1)[0]), periods, value)
        if kind == "window":
            return span(dt.date.fromisoformat(value), dt.date.fromisoformat(last))
    except (ValueError, OverflowError) as bad:
        if isinstance(bad, InputError):
            raise
        raise InputError(words.BAD_WINDOW.format(kind=kind, value=value[:40], how=words.HOW_WINDOW[kind])) from bad
    raise InputError(words.BAD_KIND.format(kind=kind[:40], kinds=", ".join(KINDS)))


def of_months(kind: str, year: int, last_month: int, size: int, periods: Periods) -> Window:
    """``size`` months that end with ``last_month`` (1-12) of ``year``."""
    if not (1 <= last_month <= 12 and 2000 <= year <= 2100):
        raise ValueError
    whole_year = size == 12 and periods.year_begins
    if whole_year:
        month, day = map(int, periods.year_begins.split("-"))
        same = (month, day) == (1, 1)
        first = dt.date(year if same else year - 1, month, day)
        end = dt.date(first.year + 1, month, day) - dt.timedelta(days=1)
    else:
        first = _begin(year, last_month - size + 1, periods.month_begins)
        end = _begin(year, last_month + 1, periods.month_begins) - dt.timedelta(days=1)
    number = -(-last_month // size)
    key = {"month": f"{year}-{last_month:02d}", "quarter": f"{year}-Q{number}", "half": f"{year}-H{number}"}.get(
        kind, str(year)
    )
    return Window(
        kind, key, words.WINDOW_NAMES[kind].format(n=last_month if size == 1 else number, year=year), first, end
    )


def _begin(year: int, month: int, day: int) -> dt.date:
    """When the period of that month begins; months past the ends of a year go on in the next one."""
    at = year * 12 + month - 1 - (1 if day > 1 else 0)
    return dt.date(at // 12, at % 12 + 1, day)


def school_year(begins: int, periods: Periods, value: str = "") -> Window:
    """The school year that begins in that year."""
    if not 2000 <= begins <= 2100 or value not in ("", str(begins), f"{begins}-{begins + 1}"):
        raise ValueError
    month, day = map(int, periods.school_begins.split("-"))
    first = dt.date(begins, month, day)
    end = dt.date(begins + 1, month, day) - dt.timedelta(days=1)
    key = f"{begins}-{begins + 1}"
    return Window("school-year", key, words.WINDOW_NAMES["school-year"].format(n="", year=key), first, end)


def span(first: dt.date, last: dt.date) -> Window:
    """Any days. Raises :class:`InputError` for a window that is none or too long."""
    if first > last:
        raise InputError(words.BACKWARDS.format(first=first, last=last))
    if (last - first).days >= MOST_DAYS:
        raise InputError(words.TOO_LONG.format(most=MOST_DAYS))
    name = words.WINDOW_NAMES["window"].format(first=day_short(first), last=day_short(last))
    return Window("window", f"{first}..{last}", name, first, last)


def before(one: Window, periods: Periods) -> Window:
    """The period before: the month before a month; the same number of days before other days."""
    if one.kind == "window":
        return span(one.first - dt.timedelta(days=one.days), one.first - dt.timedelta(days=1))
    if one.kind == "school-year":
        return school_year(one.first.year - 1, periods)
    if one.kind == "year":
        return of_months("year", int(one.key) - 1, 12, 12, periods)
    size = {"month": 1, "quarter": 3, "half": 6}[one.kind]
    year, last_month = _last_month(one, size)
    at = year * 12 + last_month - 1 - size
    return of_months(one.kind, at // 12, at % 12 + 1, size, periods)


def year_before(one: Window, periods: Periods) -> Window:
    """The same period a year ago."""
    if one.kind == "window":
        return span(_a_year_ago(one.first), _a_year_ago(one.last))
    if one.kind in ("year", "school-year"):
        return before(one, periods)
    size = {"month": 1, "quarter": 3, "half": 6}[one.kind]
    year, last_month = _last_month(one, size)
    return of_months(one.kind, year - 1, last_month, size, periods)


def _last_month(one: Window, size: int) -> tuple[int, int]:
    year, _, rest = one.key.partition("-")
    return int(year), int(rest.lstrip("QH")) * (size if one.kind != "month" else 1)


def _a_year_ago(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)

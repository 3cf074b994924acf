"""The school year: where it begins, and what of it is marked under a trend. See ``school_year.yml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from config.calendar import Calendar
from config.calendar_rows import MonthDay, Row, RowId, month_day_of
from config.layered import layered
from store.errors import ConfigError


class Event(Row):
    """Something that comes every school year, on the same days or with a holiday of ``calendar.yml``."""

    since: MonthDay = Field("", description="month and day as 09-05")
    until: MonthDay = Field("", description="last day as 09-05, or leave it out")
    holiday: str = Field("", max_length=60, description="instead of days: the id of a holiday of calendar.yml")
    themes: tuple[RowId, ...] = Field((), description="a list of themes of topics.yml that it is about")

    @model_validator(mode="after")
    def _some_day(self) -> Self:
        if bool(self.since) == bool(self.holiday):
            raise ValueError("give either `since` or `holiday`")
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    begins: MonthDay = Field("08-01", description="month and day as 08-01")
    events: dict[RowId, Event] = Field(default_factory=dict, max_length=60, description="events by ids")


@dataclass(frozen=True, slots=True)
class Marked:
    """One event as it falls in a window, both days counted."""

    name: str
    first: dt.date
    last: dt.date
    verified: bool


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """``begins``: month-day; ``events`` in the file's order."""

    begins: str
    events: Mapping[str, Event]

    def within(self, first: dt.date, last: dt.date, calendar: Calendar) -> list[Marked]:
        """What falls into these days, by its first day."""
        found = []
        for event in self.events.values():
            for begin, end in _days(event, first, last, calendar):
                if begin <= last and end >= first:
                    found.append(Marked(event.name, max(begin, first), min(end, last), event.verified))
        return sorted(found, key=lambda one: (one.first, one.last, one.name))


def _days(event: Event, first: dt.date, last: dt.date, calendar: Calendar) -> list[tuple[dt.date, dt.date]]:
    if event.holiday:
        rows = calendar.rows
        found = []
        for year in range(first.year, last.year + 1):
            days = []
            for off in calendar.days_off(year):
                section, _, key = off.key.partition(".")
                named = rows.decisions[key].holiday if section == "decisions" else key
                if named == event.holiday:
                    days.append(off.day)
            if days:
                found.append((min(days), max(days)))
        return found
    (m1, d1), (m2, d2) = month_day_of(event.since), month_day_of(event.until or event.since)
    spans = []
    for year in range(first.year - 1, last.year + 1):
        end_year = year + 1 if (m2, d2) < (m1, d1) else year
        spans.append((_day(year, m1, d1), _day(end_year, m2, d2)))
    return spans


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:  # 29 February
        return dt.date(year, month, 28)


def load_school_year(home: Path | None = None) -> tuple[SchoolYear, list[ConfigError]]:
    """The school year, and what is wrong with the own file (then the shipped one holds)."""
    file, errors = layered("school_year.yml", _File, {"events": Event}, home)
    return SchoolYear(file.begins, {key: one for key, one in file.events.items() if one.enabled}), errors

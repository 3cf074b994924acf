"""What stands in ``calendar.yml``: office hours, weekly days off, holidays, decisions, swaps, local days, storms.

Every row says on what it rests (``basis``) and who checked that, when (``verified_by``, ``verified_on``); empty means
that nobody has, and it is shown so wherever the row counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_SPAN = 60  # days: longer is a slip of the year, and would stop every clock without a word
DAY = "a day as 2026-09-02"
DAYS = "a list of days or spans: 2026-02-16 or 2026-02-16..2026-02-20"
MOMENT = "a day and hour in quotes: '2026-09-07 12:00'"
_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*\.\.\s*(\d{4}-\d\d-\d\d))?")
_PART = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")


def day_of(text: str) -> dt.date:
    """The day in the text; ValueError says how a day is written."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(f"{text!r} is no day as 2026-09-02")
    try:
        return dt.date.fromisoformat(text)
    except ValueError as bad:
        raise ValueError(f"there is no day {text}") from bad


def moment_of(text: str) -> dt.datetime:
    """The day and hour (of the wall clock, without a zone) in the text."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::00)?", text)
    if not found:
        raise ValueError(f"{text!r} is no day and hour as 2026-09-07 12:00")
    try:
        return dt.datetime.combine(day_of(found[1]), dt.time.fromisoformat(found[2]))
    except ValueError as bad:
        raise ValueError(f"there is no moment {text}") from bad


def span_of(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of a day or a span."""
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is neither a day as 2026-02-16 nor a span as 2026-02-16..2026-02-20")
    first = day_of(found[1])
    last = day_of(found[2]) if found[2] else first
    if not first <= last <= first + dt.timedelta(days=LONGEST_SPAN - 1):
        raise ValueError(f"{text!r} ends before it begins, or is longer than {LONGEST_SPAN} days")
    return first, last


def part_of(text: str) -> tuple[int, int]:
    """First and last minute of the day of ``07:30-11:30``."""
    found = _PART.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no part of a day as 07:30-11:30")
    first, last = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if first >= last:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def month_day_of(text: str) -> tuple[int, int]:
    """Month and day of ``09-02``."""
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no month and day as 09-02")
    month, day = int(found[1]), int(found[2])
    try:
        dt.date(2001, month, day)  # no leap year: what is kept every year must exist every year
    except ValueError as bad:
        raise ValueError(f"there is no day {day:02d}/{month:02d} in every year") from bad
    return month, day


def _checked(read: Callable[[str], object]) -> AfterValidator:
    def check(text: str) -> str:
        if text:
            read(text)
        return text

    return AfterValidator(check)


def _lunar(text: str) -> str:
    if text:
        found = _MONTH_DAY.fullmatch(text)
        if not found or not (1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 29):
            raise ValueError(f"{text!r} is no lunar month (01-12) and day (01-29) as 03-10")
    return text


def _some(values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise ValueError("the list is empty")
    return values


T = TypeVar("T")
_SOME = AfterValidator(_some)  # not `min_length`: with a faulty entry that would add a fault that is none
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
RowId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
Day = Annotated[str, _checked(day_of)]
Span = Annotated[str, _checked(span_of)]
Part = Annotated[str, _checked(part_of)]
Moment = Annotated[str, _checked(moment_of)]
MonthDay = Annotated[str, _checked(month_day_of)]
LunarDay = Annotated[str, AfterValidator(_lunar)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Row(BaseModel):
    """What every row of the calendar and of the deadlines says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="the name that people read")
    basis: Words = Field("", description="the law, decision or proposal that it rests on")
    source: Words = Field("", description="where that can be read: an address or a number of a document")
    verified_by: Words = Field("", description="who compared it with the document; leave it out when nobody has")
    verified_on: Day = Field("", description=DAY)
    confirm: Words = Field("", description="what a person must still ask before relying on it")
    enabled: bool = Field(True, description="false: leave this row out")

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if bool(self.verified_by) != bool(self.verified_on):
            raise ValueError("`verified_by` and `verified_on` go together")
        return self

    @property
    def verified(self) -> bool:
        """Has a named person compared it with its document?"""
        return bool(self.verified_by)


class Hours(Row):
    """Office hours; those with ``since``/``until`` hold between these days of every year, the others else."""

    parts: Annotated[tuple[Part, ...], Field(max_length=6), _SOME] = Field(
        description="a list of parts of the day: 07:30-11:30, 13:30-17:30"
    )
    since: MonthDay = Field("", description="first day of every year as 04-15, or leave it out")
    until: MonthDay = Field("", description="last day of every year as 10-15, or leave it out")

    @model_validator(mode="after")
    def _fit(self) -> Self:
        spans = sorted(part_of(p) for p in self.parts)
        for (_, end), (start, _) in pairwise(spans):
            if start < end:
                raise ValueError("the parts of the day overlap")
        if bool(self.since) != bool(self.until):
            raise ValueError("`since` and `until` go together")
        return self

    @property
    def minutes(self) -> tuple[tuple[int, int], ...]:
        """(first, last) minute of the day of each part, in order."""
        return tuple(sorted(part_of(p) for p in self.parts))

    def holds(self, day: dt.date) -> bool:
        """Does this season hold on that day? Always for one without days."""
        if not self.since:
            return True
        first, last, at = month_day_of(self.since), month_day_of(self.until), (day.month, day.day)
        return first <= at <= last if first <= last else at >= first or at <= last


class Weekend(Row):
    """The weekly days off."""

    days: Annotated[tuple[Weekday, ...], Field(max_length=6)] = Field(description="a list of mon, tue, wed … sun")

    @property
    def numbers(self) -> frozenset[int]:
        """0 for Monday to 6 for Sunday."""
        return frozenset(WEEKDAYS.index(d) for d in self.days)


class Holiday(Row):
    """A public holiday of every year, by the sun or by the lunar calendar."""

    day: MonthDay = Field("", description="month and day as 09-02")
    lunar: LunarDay = Field("", description="lunar month and day as 03-10")
    length: Annotated[int, Field(ge=1, le=15)] = Field(1, description="how many days, 1 to 15")
    starts: Annotated[tuple[Annotated[int, Field(ge=-10, le=10)], ...], Field(max_length=8), _SOME] = Field(
        (0,), description="a list of first days it may begin with, counted from the day itself: [-2, -1]"
    )
    since: Annotated[int, Field(ge=1900, le=2200)] = Field(1900, description="its first year")
    until: Annotated[int, Field(ge=1900, le=2200)] = Field(2200, description="its last year")
    compensated: bool = Field(True, description="false: no other day off where it meets a weekly one")

    @model_validator(mode="after")
    def _one_date(self) -> Self:
        if bool(self.day) == bool(self.lunar):
            raise ValueError("give either `day` or `lunar`")
        if any(not -self.length < s <= 0 for s in self.starts):
            raise ValueError("`starts` must leave the day itself among the days off")
        if len(set(self.starts)) < len(self.starts):
            raise ValueError("`starts` names a day twice")
        if self.since > self.until:
            raise ValueError("`since` is later than `until`")
        return self

    @property
    def awaits_decision(self) -> bool:
        """Does somebody decide each year which days these are?"""
        return len(self.starts) > 1


class Decision(Row):
    """Which days a holiday takes in one year, by decision: all of them, those in lieu of weekly days off too."""

    holiday: str = Field(description="the id of a holiday")
    year: Annotated[int, Field(ge=1968, le=2199)] = Field(description="the year of the holiday")
    days: Annotated[tuple[Span, ...], Field(max_length=15), _SOME] = Field(description=DAYS)

    def dates(self) -> Iterator[dt.date]:
        """Each day."""
        return _dates(self.days)


class Swap(Row):
    """A working day made free and a weekly day off worked instead."""

    rest: Annotated[Day, StringConstraints(min_length=1)] = Field(description="the working day that becomes free")
    work: Annotated[Day, StringConstraints(min_length=1)] = Field(description="the weekly day off that is worked")

    @property
    def pair(self) -> tuple[dt.date, dt.date]:
        """(free, worked)."""
        return day_of(self.rest), day_of(self.work)


class Local(Row):
    """Days off of this department alone."""

    days: Annotated[tuple[Span, ...], Field(max_length=40), _SOME] = Field(description=DAYS)
    decided_by: Text = Field(description="who decided it")

    def dates(self) -> Iterator[dt.date]:
        """Each day."""
        return _dates(self.days)


class Closure(Row):
    """A storm or the like: from one hour to another nobody works, and the working clocks stand still."""

    begins: Annotated[Moment, StringConstraints(min_length=1)] = Field(description=MOMENT)
    ends: Annotated[Moment, StringConstraints(min_length=1)] = Field(description=MOMENT)
    reason: Text = Field(description="why")
    decided_by: Text = Field(description="who decided it")
    decided_on: Annotated[Day, StringConstraints(min_length=1)] = Field(description=DAY)
    stops_clocks: bool = Field(True, description="false: it is noted, and the clocks go on")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        begin, end = self.window
        if not begin < end <= begin + dt.timedelta(days=LONGEST_SPAN):
            raise ValueError(f"it ends before it begins, or is longer than {LONGEST_SPAN} days")
        return self

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime]:
        """(begin, end) by the wall clock."""
        return moment_of(self.begins), moment_of(self.ends)


def _dates(spans: tuple[str, ...]) -> Iterator[dt.date]:
    for span in spans:
        first, last = span_of(span)
        yield from (first + dt.timedelta(days=n) for n in range((last - first).days + 1))

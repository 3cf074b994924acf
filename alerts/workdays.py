"""Runs of like days: the working week, a weekend, Tết with the weekends around it, a storm. For explanations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from config.calendar import Calendar, Day

RunKind = Literal["work", "made_up", "off", "weekly", "storm"]
"""``made_up``: a weekly day off that is worked for another day."""


@dataclass(frozen=True, slots=True)
class Run:
    """Days ``first`` to ``last``; what they are called and on what that rests."""

    kind: RunKind
    first: dt.date
    last: dt.date
    names: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    projected: bool = False
    verified: bool = True

    def joins(self, later: Run) -> bool:
        """Is ``later`` told in the same breath? Working days with working days, days off with days off."""
        if later.first != self.last + dt.timedelta(days=1):
            return False
        free = ("off", "weekly")
        return self.kind == later.kind == "work" or (self.kind in free and later.kind in free) or (
            self.kind == later.kind == "storm" and self.names == later.names
        )  # fmt: skip

    def with_(self, later: Run) -> Run:
        """Both as one."""
        return replace(
            self,
            kind="off" if "off" in (self.kind, later.kind) else self.kind,
            last=later.last,
            names=tuple(dict.fromkeys((*self.names, *later.names))),
            bases=tuple(dict.fromkeys((*self.bases, *later.bases))),
            projected=self.projected or later.projected,
            verified=self.verified and later.verified,
        )


def runs_of(calendar: Calendar, year: int) -> tuple[Run, ...]:
    """The runs of one year; one that goes over New Year ends with the year."""
    return tuple(_joined(_run(calendar.day(dt.date(year, 1, 1) + dt.timedelta(days=n))) for n in range(_length(year))))


def _length(year: int) -> int:
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days


def _joined(days: Iterator[Run]) -> Iterator[Run]:
    held = next(days)
    for day in days:
        if held.joins(day):
            held = held.with_(day)
        else:
            yield held
            held = day
    yield held


def _run(day: Day) -> Run:
    at = day.day
    if day.closed and not day.off and not day.weekly:
        names = tuple(c.name for c in day.closed)
        return Run("storm", at, at, names, tuple(c.basis or c.reason for c in day.closed), False, _all(day.closed))
    if day.swapped:
        return Run("made_up", at, at, (day.swapped.name,), (day.swapped.basis,), False, day.swapped.verified)
    if day.off:
        return Run(
            "off", at, at, tuple(o.name for o in day.off), tuple(o.basis for o in day.off),
            any(o.projected for o in day.off), _all(day.off),
        )  # fmt: skip
    return Run("weekly" if day.weekly else "work", at, at)


def _all(rows: tuple[object, ...]) -> bool:
    return all(getattr(row, "verified", False) for row in rows)

"""Days in official documents: read strictly, or not at all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_WRITTEN = (
    r"ngày\s*(?P<d1>\d{1,2})\s*tháng\s*(?P<m1>\d{1,2})\s*năm\s*(?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m2>\d{1,2})\s*(?P=sep)\s*(?P<y2>\d{4})"
)
_DAY = re.compile(rf"(?<![\w/.,-])(?:{_WRITTEN})(?![\d/-]|[.,]\d)", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"năm\s+học\s+(?P<from>20\d{2})\s*[-–/]\s*(?P<to>20\d{2})", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and where it stands."""

    day: dt.date
    begin: int
    end: int


def dates(text: str) -> list[Dated]:
    """Every whole day that is written out: ``ngày 10 tháng 3 năm 2026``, ``10/3/2026``, ``10.3.2026``, ``10-3-2026``.

    A day that no calendar has, a year of two digits, a day without a year: left out.
    """
    found = []
    for match in _DAY.finditer(text):
        d, m, y = (int(match[f"{part}1"] or match[f"{part}2"]) for part in "dmy")
        if (day := _calendar(y, m, d)) is not None:
            found.append(Dated(day, match.start(), match.end()))
    return found


def typed_day(text: str) -> dt.date | None:
    """A day as a person types it into a form: ``2026-03-10`` or ``10/3/2026``; None for anything else."""
    clean = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", clean, re.ASCII):
        return _calendar(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", clean, re.ASCII):
        return _calendar(int(match[3]), int(match[2]), int(match[1]))
    return None


def school_year(text: str) -> int | None:
    """The year in which the first school year that is named begins; None where its two years do not follow."""
    match = _SCHOOL_YEAR.search(text)
    if match is None or int(match["to"]) != int(match["from"]) + 1:
        return None
    return int(match["from"])


def last_day_of_school_year(begins: int) -> dt.date:
    """The day before the next one may begin (1 September): what holds for a school year is over by then."""
    return dt.date(begins + 1, 8, 31)


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None

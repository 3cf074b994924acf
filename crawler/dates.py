"""When was it published? Each answer with where it was read and how sure that is.

A clock without a zone is Vietnam's. feedparser alone is not enough: it gives None for `20/11/2026 08:00` and for
`… GMT+7`, and takes a clock without a zone for UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

from crawler.urls import LOCAL

FUTURE_MS = 10 * 60 * 1000
"""A date further than this past the moment of fetching is refused: clocks differ by minutes, not more."""
OLDEST = int(datetime(1995, 1, 1, tzinfo=UTC).timestamp() * 1000)
"""Before there was a Vietnamese web: an empty date field filled in by a machine (1970, 0001)."""


@dataclass(frozen=True, slots=True)
class Published:
    """``at`` ms UTC; ``source`` is Revision.published_from; ``confidence`` is how sure the reading is."""

    at: int
    source: str
    confidence: float


_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d))?(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_CLOCK_24 = r"([01][0-9]|2[0-3]):([0-5][0-9])"
_USUAL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-9]{1,2} (?:"
    + "|".join(_MONTHS)
    + r") [0-9]{4}) "
    + _CLOCK_24
    + r"(?::([0-5][0-9]))? (GMT|[+-](?:0[0-9]|1[0-3])[0-5][0-9])"
)
_USUAL_ISO = re.compile(
    r"([12][0-9]{3}-[0-9]{2}-[0-9]{2})T"
    + _CLOCK_24
    + r":([0-5][0-9])(?:\.[0-9]+)?(Z|[+-](?:0[0-9]|1[0-3]):?[0-5][0-9])"
)
_EPOCH = date(1970, 1, 1).toordinal()
_GMT_PLUS = re.compile(r"\s*[(\[]?\b(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?(\d\d))?[)\]]?\s*$", re.IGNORECASE)
_OLD_YEAR = re.compile(r"\b[A-Za-z]{3,9} (0\d{3})\b")
_COLON_ZONE = re.compile(r"(?<=\s)([+-]\d\d):(\d\d)(?=\s*(?:\(.*\))?$)")
_ZONE = re.compile(r"(?:\b(?:Z|UTC|GMT|EST|EDT|PST|PDT|CST|CDT|MST|MDT)|[+-]\d\d:?\d\d)\s*(?:\(.*\))?$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|g|giờ)\s*(\d\d)?(?::(\d\d))?\s*(SA|CH|AM|PM)?(?![\w/])", re.IGNORECASE)


def parse(text: str) -> tuple[int, float] | None:
    """(ms UTC, confidence) of a date as feeds and pages write it, day before month; None if it cannot be read.

    Confidence: 0.95 day, clock and zone given; 0.9 without a zone; 0.7 read by the general parser; 0.4 day only.
    """
    text = text.strip()
    if not text or len(text) > 200:
        return None
    usual = _USUAL_ISO.fullmatch(text) if text[4:5] == "-" else _USUAL.fullmatch(text)
    if usual and (at := _usual(*usual.groups())) is not None:
        return at, 0.95
    return _iso(text) or _rfc822(text) or _day_first(text) or _general(text)


def _usual(day: str, hour: str, minute: str, second: str | None, zone: str) -> int | None:
    """ms UTC of the one form that nearly every RSS feed writes, without the general parser's price."""
    since = _midnight(day)
    if since is None:
        return None
    offset = 0 if zone in ("GMT", "Z") else (int(zone[1:3]) * 60 + int(zone[-2:])) * (-60 if zone[0] == "-" else 60)
    return (since + int(hour) * 3600 + int(minute) * 60 + int(second or 0) - offset) * 1000


@lru_cache(maxsize=256)
def _midnight(day: str) -> int | None:
    """Seconds since 1970 at the beginning (UTC) of `20 Nov 2026` or `2026-11-20`; a feed has few days."""
    try:
        if day[4] == "-":
            found = date(int(day[:4]), int(day[5:7]), int(day[8:]))
        else:
            number, month, year = day.split(" ")
            found = date(int(year), _MONTHS[month], int(number))
    except ValueError:
        return None
    return (found.toordinal() - _EPOCH) * 86_400


def _iso(text: str) -> tuple[int, float] | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    moment = _moment(year, month, day, hour, minute, second)
    if moment is None:
        return None
    if hour is None:
        return _ms(moment, LOCAL), 0.4
    if zone is None:
        return _ms(moment, LOCAL), 0.9
    return _ms(moment, _offset(zone)), 0.95


def _rfc822(text: str) -> tuple[int, float] | None:
    text = _COLON_ZONE.sub(r"\1\2", text)  # the module takes `+07:00` for no zone at all
    plus = _GMT_PLUS.search(text)
    zone: tzinfo | None = None
    if plus:
        sign, hours, minutes = plus.groups()
        zone = _offset(f"{sign}{int(hours):02}{minutes or '00'}")
        text = text[: plus.start()] + " +0000"
    elif not _ZONE.search(text):
        zone, text = LOCAL, text + " +0000"
    try:
        moment = parsedate_to_datetime(text)
        if old := _OLD_YEAR.search(text):  # the module takes `0001` for a year of two digits: 2001
            moment = moment.replace(year=int(old[1]))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if not re.search(r"[A-Za-z]{3}", text):
        return None  # the module reads `2/3/2026` in ways of its own
    if zone is not None:
        return _ms(moment.replace(tzinfo=None), zone), 0.9 if zone is LOCAL else 0.95
    return _ms(moment, moment.tzinfo or UTC), 0.95


def _day_first(text: str) -> tuple[int, float] | None:
    """Vietnamese pages: `Thứ sáu, 20/11/2026, 08:00 (GMT+7)`, `20-11-2026 - 8h05`, `20/11/2026 8:05 CH`."""
    plus = _GMT_PLUS.search(text)
    zone = _offset(f"{plus[1]}{int(plus[2]):02}{plus[3] or '00'}") if plus else LOCAL
    rest = text[: plus.start()] if plus else text
    day = _DAY_FIRST.search(rest)
    if not day:
        return None
    clock = _CLOCK.search(rest[: day.start()] + " | " + rest[day.end() :])
    hour, minute, second, half = clock.groups() if clock else (None, None, None, None)
    if half and hour and half.upper() in ("CH", "PM") and int(hour) < 12:
        hour = str(int(hour) + 12)
    elif half and hour and half.upper() in ("SA", "AM") and int(hour) == 12:
        hour = "0"
    moment = _moment(day[3], day[2], day[1], hour, minute, second)
    if moment is None:
        return None
    return _ms(moment, zone), 0.4 if hour is None else (0.95 if plus else 0.9)


def _general(text: str) -> tuple[int, float] | None:
    """dateparser for the remaining forms (`20 tháng 11 năm 2026`); words relative to now are not taken."""
    if not re.search(r"\d{4}", text):
        return None
    import dateparser

    moment = dateparser.parse(
        text,
        languages=["vi", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "TIMEZONE": "Asia/Ho_Chi_Minh",
            "RETURN_AS_TIMEZONE_AWARE": True,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
        },
    )
    if moment is None:
        return None
    return int(moment.timestamp() * 1000), 0.7 if re.search(r"\d\s*[:hg]\s*\d", text) else 0.4


def _moment(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None
) -> datetime | None:
    try:
        return datetime(  # noqa: DTZ001 - the zone is put on by the caller, who knows it
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
        )
    except ValueError:
        return None


def _offset(zone: str) -> timezone:
    if zone.upper() in ("Z", "UTC"):
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    total = timedelta(hours=min(hours, 14), minutes=min(minutes, 59))
    return timezone(-total if zone[0] == "-" else total)


def _ms(moment: datetime, zone: tzinfo) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return int(aware.timestamp() * 1000)


def refusal(at: int, seen_at: int) -> tuple[str, str] | None:
    """(problem code, words) for a time that cannot be a time of publication; None when it can.

    ``seen_at``: when we fetched what claims it, ms UTC.
    """
    if at > seen_at + FUTURE_MS:
        return "date_in_future", f"the date {_say(at)} lies after the fetch at {_say(seen_at)}; left out"
    if at < OLDEST:
        return "date_too_old", f"the date {_say(at)} is a filled-in field, not a time of publication; left out"
    return None


def _say(at: int) -> str:
    try:
        return (
            (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at))
            .astimezone(LOCAL)
            .isoformat(timespec="minutes")
        )
    except OverflowError:  # the year 1 has no local time east of Greenwich
        return "in the year 1 or before"

"""How values meet the eye: links that are safe to print, times as people here say them."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from alerts.formats import exactly, local, moment_words, shorten

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000


def safe_href(url: str | None) -> str:
    """The URL when it is one line of http(s) with a host; otherwise empty (a feed may carry anything)."""
    url = (url or "").strip()
    if not url.lower().startswith(("http://", "https://")) or any(c.isspace() or c < " " or c == "\\" for c in url):
        return ""
    try:
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def span_words(ms: int) -> str:
    """A length of time in its largest whole unit: ``2 giờ``."""
    for unit, word in ((_DAY, "ngày"), (_HOUR, "giờ"), (_MINUTE, "phút")):
        if ms >= unit:
            return f"{ms // unit} {word}"
    return "dưới 1 phút"


def ago(at: int, now: int) -> str:
    """``2 giờ trước``, ``còn 5 phút`` for what is to come; older than 30 days as a date is left to the caller."""
    return f"{span_words(now - at)} trước" if at <= now else f"còn {span_words(at - now)}"


def time_tag(at: int | None, now: int, tz: str) -> Markup:
    """``<time>``: a span to read, the exact time on hover and in print; an em dash when there is none."""
    if at is None:
        return Markup("—")
    exact = moment_words(at, tz)
    if abs(now - at) > 30 * _DAY:
        return Markup('<time datetime="{}">{}</time>').format(iso(at, tz), exact)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso(at, tz), exact, ago(at, now))


def exact_tag(at: int | None, tz: str) -> Markup:
    """``<time>`` with day and hour written out."""
    return Markup("—") if at is None else Markup('<time datetime="{}">{}</time>').format(iso(at, tz), exactly(at, tz))


def iso(at: int, tz: str) -> str:
    """ISO 8601 with the offset, to the second."""
    return local(at, tz).isoformat(timespec="seconds")


def local_day(at: int, tz: str) -> dt.date:
    """The calendar day of ``tz`` in which ``at`` falls."""
    return local(at, tz).date()


def day_bounds(first: dt.date, last: dt.date, tz: str) -> tuple[int, int]:
    """(after, until] in ms UTC of the inclusive local days."""
    zone = ZoneInfo(tz)
    start = dt.datetime.combine(first, dt.time(), zone)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone)
    return int(start.timestamp() * 1000) - 1, int(end.timestamp() * 1000) - 1


def outlet_name(name: str) -> str:
    """An outlet's name, at a length that leaves the line readable."""
    return shorten(name, 60)

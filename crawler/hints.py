"""How long an answer asks to be left alone: Cache-Control, Expires, and the TTL that a feed names of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?:$|[\s,=])", re.IGNORECASE)
_TTL = re.compile(rb"<ttl>\s*(\d{1,5})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(hourly|daily|weekly)\s*</sy:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,4})\s*</sy:updateFrequency>", re.IGNORECASE)
_PERIODS = {b"hourly": 3600, b"daily": 24 * 3600, b"weekly": 7 * 24 * 3600}
_HEAD = 16_384  # these stand before the first entry
LONGEST_MS = 30 * 24 * 3600 * 1000  # a number beyond this is no hint; the caller caps far lower


def of_headers(headers: Mapping[str, str]) -> int:
    """Milliseconds for which the answer stays fresh (RFC 9111: max-age before Expires, less Age); 0 when unsaid."""
    control = headers.get("cache-control", "")
    if _NOT_KEPT.search(control):
        return 0
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "")
        seconds = int(found.group(1)) - (int(age[:9]) if age.isascii() and age.isdigit() else 0)
        return _bounded(seconds)
    expires, date = _moment(headers.get("expires")), _moment(headers.get("date"))
    return _bounded(expires - date) if expires is not None and date is not None else 0


def of_feed(body: bytes) -> int:
    """Milliseconds between two changes as the head of a feed names them: `ttl`, `sy:updatePeriod`; 0 when unsaid."""
    head = body[:_HEAD]
    if found := _TTL.search(head):
        return _bounded(int(found.group(1)) * 60)
    if period := _PERIOD.search(head):
        often = _FREQUENCY.search(head)
        return _bounded(_PERIODS[period.group(1).lower()] // max(int(often.group(1)) if often else 1, 1))
    return 0


def _moment(header: str | None) -> int | None:
    try:
        return int(parsedate_to_datetime(header).timestamp()) if header else None
    except (TypeError, ValueError, OverflowError):
        return None  # `Expires: 0` and the like: expired already


def _bounded(seconds: int) -> int:
    return min(max(seconds, 0) * 1000, LONGEST_MS)

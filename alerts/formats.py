"""How Vietnamese readers meet dates, numbers and long lines: `thứ Sáu, 20/11/2026 06:30`, `1.234,5`."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo

from lang.text import nfc

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

# Control characters and halves of surrogate pairs have no place in HTML, in a header or in UTF-8.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# A sentence ends at . ! ? … before a space, unless what stands there is an initial or a usual abbreviation
# ("P. Lê Chân", "TP. Hải Phòng", "PGS.TS. …"); what follows must not be a small letter.
_STOP = re.compile(r"(?<=[.!?…])[\"”»')]*\s+")
_ABBREVIATED = re.compile(r"(?:^|[\s.(])(?:[A-ZĐ]|TP|TX|TT|Tr|TS|Ths|ThS|GS|PGS|BS|KS|NGND|NGƯT|St|Mr|Mrs|v\.v)\.$")


def clean(text: str) -> str:
    """NFC on one line, nothing unprintable in it."""
    return nfc(_UNPRINTABLE.sub(" ", text))


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters of a clean line, cut between words and ended by `…`."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head
    return cut.rstrip(" ,;:–-") + "…"


def first_sentences(text: str, count: int = 2, limit: int = 360) -> str:
    """The first ``count`` sentences of a clean line, shortened to ``limit`` characters."""
    for stop in _STOP.finditer(text):
        following = text[stop.end() :].lstrip("\"“«'([–- ")[:1]
        if following.islower() or _ABBREVIATED.search(text[: stop.start()]):
            continue
        count -= 1
        if count == 0:
            return shorten(text[: stop.end()].rstrip(), limit)
    return shorten(text, limit)


def local(ms: int, tz: str) -> datetime.datetime:
    """The wall clock of ``tz`` at ``ms`` UTC."""
    return datetime.datetime.fromtimestamp(ms / 1000, ZoneInfo(tz))


def day_short(day: datetime.date) -> str:
    """`20/11/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def day_words(day: datetime.date) -> str:
    """`thứ Sáu, 20/11/2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {day_short(day)}"


def moment_words(ms: int, tz: str) -> str:
    """`thứ Sáu, 20/11/2026 06:30`."""
    at = local(ms, tz)
    return f"{day_words(at.date())} {at:%H:%M}"


def moment_short(ms: int, tz: str) -> str:
    """`06:30 20/11`, for lists whose year is plain."""
    return f"{local(ms, tz):%H:%M %d/%m}"


def number(value: float, decimals: int = 0) -> str:
    """`1.234,5`: a point between thousands, a comma before decimals."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def exactly(at: int, tz: str) -> str:
    """``20/11/2026 06:30:05``."""
    return f"{local(at, tz):%d/%m/%Y %H:%M:%S}"


def iso_day_words(day: str) -> str:
    """``thứ Sáu, 20/11/2026`` of ``2026-11-20``; what is no day stays as it is."""
    try:
        return day_words(datetime.date.fromisoformat(day))
    except ValueError:
        return day

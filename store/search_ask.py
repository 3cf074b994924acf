"""A search as people write it down (on the desk, at the command line, in a kept search) made into a request.

Names of places and outlets are taken with or without marks and in part; a name that is nobody's is said, not ignored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.topics import IDS, load_topics, theme_names
from lang.text import fold, nfc
from store.api import Store
from store.errors import InputError
from store.model import FacetKind, SearchRequest
from store.model_search import WHOLE_CITY
from store.search import LONGEST, parse

TONES = ("neg", "neu", "pos")
CITY = "Hải Phòng"
_LONGEST_NAME = 100
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class Asked:
    """One search in words. Empty = not narrowed; days are inclusive and local, ISO; ``outcome``: how judging ended,
    several joined by commas, ``none`` for what is not judged."""

    words: str = ""
    outlet: str = ""
    place: str = ""
    topic: str = ""
    tone: str = ""
    outcome: str = ""
    first: str = ""
    last: str = ""
    ranked: bool = False
    theme: str = ""  # one of the department's themes

    def to_json(self) -> dict[str, Any]:
        """Only what is said, for a kept search."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Asked:
        """What :meth:`to_json` wrote; what this program does not know or cannot read counts as not said."""
        known = {f.name: values[f.name] for f in fields(Asked) if f.name in values}
        texts = {name: nfc(value) for name, value in known.items() if name != "ranked" and isinstance(value, str)}
        return Asked(**texts, ranked=known.get("ranked") is True)


def request_of(
    store: Store, asked: Asked, tz: str, limit: int = 20, cursor: int | None = None, *, home: Path | None = None
) -> SearchRequest:
    """The request; raises :class:`InputError` naming what cannot be used and what it takes. ``home``: the data folder,
    whose ``topics.yml`` names themes."""
    facets: dict[FacetKind, tuple[str, ...]] = {}
    if asked.outlet:
        facets[FacetKind.OUTLET] = _named(asked.outlet, {v: v for v in store.facet_values(FacetKind.OUTLET)}, "báo")
    if asked.place:
        facets[FacetKind.PLACE] = _named(asked.place, places(), "phường, xã, đặc khu")
    if asked.topic:
        names = dict(load_topics())
        facets[FacetKind.TOPIC] = (asked.topic,) if asked.topic in IDS else _named(asked.topic, names, "chủ đề")
    if asked.theme:
        facets[FacetKind.THEME] = _theme(store, asked.theme, home)
    if asked.tone:
        if asked.tone not in TONES:
            raise InputError(f"không có sắc thái {asked.tone!r}; có: {', '.join(TONES)}")
        facets[FacetKind.TONE] = (asked.tone,)
    if asked.outcome:
        facets[FacetKind.OUTCOME] = tuple("" if one == "none" else one for one in asked.outcome.split(","))
    after, until = bounds(asked.first, asked.last, tz)
    return SearchRequest(parse(asked.words[: 4 * LONGEST]), facets, after, until, asked.ranked, limit, cursor)


def themes_of(store: Store, home: Path | None) -> dict[str, str]:
    """Theme id → name: those of now, then by their ids those that are no more but stand in the archive."""
    now = dict(theme_names(home))
    return now | {value: value for value in store.facet_values(FacetKind.THEME) if value not in now}


def _theme(store: Store, typed: str, home: Path | None) -> tuple[str, ...]:
    return _named(typed, themes_of(store, home), "chuyên mục")


def bounds(first: str, last: str, tz: str) -> tuple[int | None, int | None]:
    """(after, until] in ms UTC of the inclusive local days; None where a side is open."""
    begin, end = _day(first), _day(last)
    if begin and end and begin > end:
        raise InputError("ngày “từ” đứng sau ngày “đến”; đổi chỗ hai ngày")
    zone = ZoneInfo(tz)
    after = int(dt.datetime.combine(begin, dt.time(), zone).timestamp() * 1000) - 1 if begin else None
    next_day = end + dt.timedelta(days=1) if end else None
    until = int(dt.datetime.combine(next_day, dt.time(), zone).timestamp() * 1000) - 1 if next_day else None
    return after, until


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputError(f"ngày {text[:20]!r} không đọc được; viết như 2026-11-20")
    return day


@cache
def places() -> dict[str, str]:
    """Code → full name of every unit since July 2025, the whole city first."""
    from config.gazetteer import load_gazetteer

    return {WHOLE_CITY: CITY, **load_gazetteer().names}


def _named(typed: str, names: Mapping[str, str], what: str) -> tuple[str, ...]:
    """Keys of the names that are meant: the very name, else those that hold all its words, marks aside."""
    clean = nfc(typed)[:_LONGEST_NAME]
    if clean in names:
        return (clean,)
    exact = [key for key, name in names.items() if nfc(name).lower() == clean.lower()]
    found = exact or [key for key, name in names.items() if _holds(fold(nfc(name)).split(), fold(clean).split())]
    if not found:
        raise InputError(f"không có {what} nào tên {clean!r}; {_near(names.values())}")
    return tuple(found)


def _holds(name: list[str], words: list[str]) -> bool:
    width = len(words)
    return bool(words) and any(name[at : at + width] == words for at in range(len(name) - width + 1))


def _near(names: Iterable[str]) -> str:
    some = sorted(names)[:5]
    return f"ví dụ: {', '.join(some)}" if some else "chưa có tên nào"

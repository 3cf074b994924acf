"""Whose a name is by the text around it: written right at it, in its sentence, in title and lead, or nearest."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.place_names import Patterns
from analysis.place_search import Found

NEAR = 60  # characters around a name in which a word about it may stand
UNITS = ("unit_new", "unit_old", "district_old")
_PARAGRAPH = 250  # a name of the city this near in a body still speaks for a ward, whatever the title says
_STOP = re.compile(r"[.!?…]+\s|\n")
_ABBREVIATION = re.compile(r"(?<![^\W_])(?:tp|p|q|x|h|tx|tt|ts|đ)$")
_TYPE_WORD = re.compile(
    r"(phường|xã|quận|huyện|thị xã|thị trấn|thành phố|tỉnh|tp|cũ|của|và|"
    r"phuong|xa|quan|huyen|thi xa|thi tran|thanh pho|tinh|cu|cua|va)(?![^\W_])"
)


@dataclass(slots=True)
class Page:
    """One text with all names found in it."""

    raw: str
    low: str  # lower case, older tone style (or folded), same length as raw
    found: list[Found]
    others: list[Found]  # other provinces
    cities: list[Found]  # Hải Phòng, Hải Dương
    section: str  # "hp" | "other" | ""
    title: int  # where the title ends
    head: int  # where title and lead end
    breaks: list[int]  # where sentences end
    patterns: Patterns
    folded: bool


def sentence_ends(low: str) -> list[int]:
    """Where sentences end; the point of "TP." or "P." ends none."""
    return [
        m.start()
        for m in _STOP.finditer(low)
        if low[m.start()] == "\n" or not _ABBREVIATION.search(low[max(0, m.start() - 3) : m.start()])
    ]


def followers(page: Page, end: int, reach: int = NEAR) -> Iterator[Found]:
    """Names that begin at most ``reach`` characters after ``end``, nearest first."""
    for at in range(bisect_left(page.found, end, key=_start), len(page.found)):
        if page.found[at].start - end > reach:
            return
        yield page.found[at]


def context_of(page: Page, item: Found) -> tuple[str, bool]:
    """("hp" | "other" | "", attached): whose the text around says the name is; attached = written right at it."""
    at = bisect_left(page.cities, item.start, key=_start)
    itself = at < len(page.cities) and page.cities[at] is item
    cities = [c for c in page.cities if c is not item] if itself else page.cities
    for place, side in ((cities, "hp"), (page.others, "other")):
        for at in range(bisect_left(place, item.end, key=_start), len(place)):
            other = place[at]
            if other.start - item.end > NEAR:
                break
            between = page.low[item.end : other.start]
            if page.patterns.attached.match(between) or _through_units(page, item, other, between):
                return side, True
    return _told(page, item, cities), False


def attached_city(page: Page, item: Found) -> Found | None:
    """Hải Phòng or Hải Dương written right at the name, or after other names of units: "xã A, huyện B, Hải Phòng"."""
    for other in followers(page, item.end):
        if any(other is c for c in page.cities):
            between = page.low[item.end : other.start]
            if page.patterns.attached.match(between) or _through_units(page, item, other, between):
                return other
    return None


def _start(found: Found) -> int:
    return found.start


def _told(page: Page, item: Found, cities: Sequence[Found]) -> str:
    """The side by sentence first, then by title and lead, then by what is nearer; an outlet of ours speaks for a name
    unless the same sentence or the title names another province."""
    at = bisect(page.breaks, item.start)
    begin = page.breaks[at - 1] if at else 0
    end = page.breaks[at] if at < len(page.breaks) else len(page.low)
    here = _sides(page, cities, begin, end)
    if len(here) == 1 and (here == {"hp"} or page.section != "hp"):
        [side] = here
        if side == "hp" or not _sides(page, cities, 0, page.head) & {"hp"}:
            return side
    if page.section == "hp" and not cities and not here:
        return "other" if "other" in _sides(page, cities, 0, page.title) else "hp"
    head = _sides(page, cities, 0, page.head)
    if not here and len(head) == 1 and item.start >= page.head:
        return "hp" if cities and _gap(item, cities) <= _PARAGRAPH else next(iter(head))
    return _nearest(page, item, cities)


def _sides(page: Page, cities: Sequence[Found], begin: int, end: int) -> set[str]:
    return {
        side
        for side, places in (("hp", cities), ("other", page.others))
        if (at := bisect_left(places, begin, key=_start)) < len(places) and places[at].start < end
    }


def _nearest(page: Page, item: Found, cities: Sequence[Found]) -> str:
    if cities and page.others:
        return "hp" if _gap(item, cities) <= _gap(item, page.others) * 2 else "other"
    return "hp" if cities else "other" if page.others else page.section


def _gap(item: Found, places: Sequence[Found]) -> int:
    at = bisect(places, item.start, key=_start)
    return min(abs(place.start - item.start) for place in places[max(0, at - 1) : at + 1])


def _through_units(page: Page, item: Found, other: Found, between: str) -> bool:
    """ "xã A, huyện B, Hải Phòng" and "A, B, C (Hải Phòng)": only names, commas and type words lie between."""
    rest = between
    for unit in followers(page, item.end):
        if unit.start >= other.start:
            break
        if {s.kind for s in unit.senses} & set(UNITS):
            rest = rest.replace(page.low[unit.start : unit.end], "", 1)
    rest = _TYPE_WORD.sub("", rest)
    return not re.search(r"[^\W_]", rest) and "." not in rest.replace("tp.", "")

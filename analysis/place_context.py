"""Whose a name is by the text around it: written right at it, in its sentence, in title and lead, or nearest."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.place_names import Patterns
from analysis.place_search import Found

NEAR = 60  # characters around a name in which a word about it may stand
UNITS = ("unit_new", "unit_old", "district_old")
_PARAGRAPH = 250  # a name of the city this near in a body still speaks for a ward, whatever the title says
SENTENCE_END = re.compile(
    r"(?<![^\W_]tp)(?<!\btp)(?<!\bp)(?<!\bq)(?<!\bx)(?<!\bh)(?<!\btx)(?<!\btt)(?<!\bts)[.!?…]+\s|\n"
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


def context_of(page: Page, item: Found) -> tuple[str, bool]:
    """("hp" | "other" | "", attached): whose the text around says the name is; attached = written right at it."""
    cities = [c for c in page.cities if c is not item]
    for place, side in ((cities, "hp"), (page.others, "other")):
        for other in place:
            if other.start >= item.end and other.start - item.end <= NEAR:
                between = page.low[item.end : other.start]
                if page.patterns.attached.match(between) or _through_units(page, item, other, between):
                    return side, True
    return _told(page, item, cities), False


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
        near = any(abs(c.start - item.start) <= _PARAGRAPH for c in cities)
        return "hp" if near else next(iter(head))
    return _nearest(page, item, cities)


def _sides(page: Page, cities: Sequence[Found], begin: int, end: int) -> set[str]:
    return {
        side for side, places in (("hp", cities), ("other", page.others)) if any(begin <= f.start < end for f in places)
    }


def _nearest(page: Page, item: Found, cities: Sequence[Found]) -> str:
    if cities and page.others:
        gap = min(abs(c.start - item.start) for c in cities)
        other_gap = min(abs(c.start - item.start) for c in page.others)
        return "hp" if gap <= other_gap * 2 else "other"
    return "hp" if cities else "other" if page.others else page.section


def _through_units(page: Page, item: Found, other: Found, between: str) -> bool:
    """ "xã A, huyện B, Hải Phòng" and "A, B, C (Hải Phòng)": only names, commas and type words lie between."""
    rest = between
    for unit in page.found:
        if item.end <= unit.start < other.start and {s.kind for s in unit.senses} & set(UNITS):
            rest = rest.replace(page.low[unit.start : unit.end], "", 1)
    rest = re.sub(r"(phường|xã|quận|huyện|thị xã|thị trấn|thành phố|tỉnh|tp|cũ|của|và)", "", rest)
    return not re.search(r"[^\W_]", rest) and "." not in rest.replace("tp.", "")

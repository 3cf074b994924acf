"""Reading one occurrence of the city's or the former province's name, of "HP", and of a department without a place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.place_context import NEAR, UNITS, Page, context_of, followers
from analysis.place_mention import Mention, mention
from analysis.place_search import Found

_BY_PLACE = re.compile(r"\s*(?:(?:của|cua)\s+)?(?:(?:thành phố|thanh pho|tỉnh|tinh|tp\.?)\s*)?")


def read_city(page: Page, item: Found, word: str, begin: int) -> Mention | None:
    """``word`` and ``begin``: the type word before it and where the mention then starts. None: it is no place here."""
    span = (item.start, item.end)
    shown = page.raw[item.start : item.end]
    if item.name in ("hải dương", "hai duong"):
        if not each_capital(shown):  # the ocean, an institute of oceanography
            return mention(page, span, "namesake", 0.9)
        district = next((s for s in item.senses if word and word in s.types and s.kind in UNITS), None)
        if district is not None:
            kind = "unit_new" if district.kind == "unit_new" else "unit_old"
            return mention(page, (begin, item.end), kind, 0.95, district.label, of=(district,), in_hp=True)
    if item.name == "hp":  # a printer, a horsepower, a city: settled when all is read
        return mention(page, span, "hp?", 0.5, "Hải Phòng", in_hp=True) if shown == "HP" else None
    if item.name in ("đất cảng", "thành phố cảng") and not shown.endswith("Cảng"):
        return None
    if (
        item.name == "hai phong"
        and not word
        and shown.islower()
        and page.patterns.rooms.match(page.low[item.end :][:9])
    ):
        return None  # hai phòng học: two rooms
    return _city_itself(page, item, (word, begin))


def _city_itself(page: Page, item: Found, typed: tuple[str, int]) -> Mention:
    word, begin = typed
    span = (item.start, item.end)
    left = page.low[max(0, item.start - NEAR) : item.start]
    surname = page.patterns.surname.search(left)
    if surname is not None and page.patterns.person.search(left[: surname.start(1)]):  # "ông Hồ Hải Dương"
        return mention(page, span, "namesake", 0.9)
    if not word and page.patterns.road.search(left) and context_of(page, item)[0] == "other":
        return mention(page, span, "namesake", 0.8)
    if not word and page.patterns.bears.search(left) and _lies_elsewhere(page, item):
        return mention(page, span, "namesake", 0.8)
    if (office := page.patterns.office.search(left)) is not None:
        start = item.start - (len(left) - office.start())
        return mention(page, (start, item.end), "office", 0.97, page.raw[start : item.end], in_hp=True)
    school = page.patterns.school.search(left)
    if school is not None and not word:
        start = item.start - (len(left) - school.start())
        return mention(page, (start, item.end), "school", 0.93, page.raw[start : item.end], in_hp=True)
    kind = "former_province" if item.senses[-1].kind == "former_province" else "city"
    sure = 0.75 if item.name in ("đất cảng", "thành phố cảng") else 0.98
    return mention(page, (begin, item.end), kind, sure, item.senses[-1].label, in_hp=True)


def _lies_elsewhere(page: Page, item: Found) -> bool:
    """Another province right after it: "ở Móng Cái", "(Đà Nẵng)"."""
    for other in followers(page, item.end, 40):
        if any(other is o for o in page.others):
            return page.patterns.there.match(page.low[item.end : other.start]) is not None
    return False


def read_bureau(page: Page, item: Found) -> Mention | None:
    """ "Sở GDĐT" without a place: ours where the outlet or every place of the text is; else it says nothing."""
    for place in followers(page, item.end, 14):
        between = page.low[item.end : place.start]
        if _BY_PLACE.fullmatch(between) and any(place is p for p in (*page.others, *page.cities)):
            return None  # the place itself tells
    if not page.raw[item.start].isupper() or page.others or page.section == "other":
        return None
    if page.section != "hp" and not page.cities:
        return None
    sure = 0.9 if page.section == "hp" else 0.75
    return mention(page, (item.start, item.end), "office", sure, page.raw[item.start : item.end], in_hp=True)


def read_institution(page: Page, item: Found) -> Mention | None:
    """A university of ours whose name says no place. None: its short name in small letters, or in a longer one ("Đại
    học Hàng hải Đại Liên")."""
    short = item.name.endswith(("hàng hải", "hang hai"))
    if short and (inside_longer_name(page, item) or page.raw[item.start : item.end].islower()):
        return None
    left = page.low[max(0, item.start - 8) : item.start]
    begin = item.start - (len(left) - m.start()) if (m := page.patterns.a_school.search(left)) else item.start
    return mention(page, (begin, item.end), "school", 0.93, item.senses[0].label, in_hp=True)


def school_before(page: Page, city: Mention) -> Mention | None:
    """A school whose name is none of the gazetteer's, tied to the city by what stands between: "Trường THPT Thái
    Phiên (Hải Phòng)". None where another mention already stands there."""
    left = page.low[max(0, city.start - 2 * NEAR) : city.start]
    match = page.patterns.named_school.search(left)
    if match is None:
        return None
    start = city.start - (len(left) - match.start(1))
    end = city.start - (len(left) - match.end(2))
    name = page.raw[city.start - (len(left) - match.start(2)) : end]
    if not each_capital(name) and not name.isupper():
        return None
    return mention(page, (start, end), "school", 0.9, page.raw[start:end], in_hp=True)


def settle_abbreviation(mentions: list[Mention]) -> Iterable[Mention]:
    """ "HP" alone is the city only beside another place of the city."""
    ours = any(m.in_hp and m.kind not in ("hp?", "namesake") for m in mentions)
    for one in mentions:
        if one.kind != "hp?":
            yield one
        else:
            yield Mention(one.span, one.start, one.end, "city" if ours else "namesake", (), ours, 0.7,
                          one.label if ours else "")  # fmt: skip


def inside_longer_name(page: Page, item: Found) -> bool:
    """Does another capitalised word follow, in a text that is not all capitals?"""
    if page.raw.isupper() or _mostly_capital(page.raw[max(0, item.start - 30) : item.end + 30]):
        return False
    after = re.match(r" ([^\W\d_]+)", page.raw[item.end : item.end + 20])
    return bool(after and after.group(1)[0].isupper() and not after.group(1).isupper())


def _mostly_capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def each_capital(shown: str) -> bool:
    """Does every word of it begin with a capital?"""
    return all(part[0].isupper() for part in shown.split() if part[0].isalpha())

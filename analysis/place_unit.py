"""Reading one occurrence of a unit's name: with its type word, as a school, a street or a person, or bare."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.place_city import each_capital, inside_longer_name
from analysis.place_context import NEAR, Page, attached_city, context_of, followers
from analysis.place_mention import Mention, mention
from analysis.place_names import ENGLISH, Patterns
from analysis.place_search import Found
from config.gazetteer import Gazetteer, Sense

_GAPS = (",", ";", "và", "va", "hoặc", "hoac", "-", "–", ", và", ", va")
_OF_DISTRICT = re.compile(
    r"\s*(?:(?:\(?(?:cũ|cu)\)?)\s*)?[,(–-]?\s*(?:(?:thuộc|của|ở|thuoc|cua|o)\s+)?"
    r"(?:quận|huyện|thị xã|thành phố|tp\.?|tx\.?|q\.|h\.|quan|huyen|thi xa|thanh pho)\s*"
)
_THE_CITY = re.compile(r" (?:phố|pho)(?![^\W_])")
Context = tuple[str, bool]


def read_unit(
    gazetteer: Gazetteer, page: Page, item: Found, typed: tuple[str, int], before: Sequence[Mention]
) -> Mention | None:
    """``typed``: (type word, where the mention starts); ``before``: what was read so far. None: an ordinary word."""
    word, begin = typed
    shown = page.raw[item.start : item.end]
    right = page.low[item.end : item.end + NEAR]
    context = context_of(page, item)
    if item.name in gazetteer.known:
        context = "hp", context == ("hp", True)
    end = item.end
    if not each_capital(shown) and not word:
        if item.name.endswith(("thành", "thanh")) and _THE_CITY.match(right):
            return None  # "Công an thành phố" holds the name of xã An Thành
        return mention(page, (item.start, item.end), "namesake", 0.95) if context[0] else None
    if not word and (listed := _listed(page, item, before)):
        word = listed
    if not word and page.folded and (after := page.patterns.type_after.match(right)) is not None:
        fitting = [t for t in ENGLISH[after.group(1)] if any(t in s.types for s in item.senses)]
        word, end = (fitting[0], item.end + after.end()) if fitting else ("", item.end)
    former = page.patterns.former.search(right) is not None
    if word and word != "tỉnh":
        shared = word in gazetteer.elsewhere.get(item.name, frozenset())
        return _typed(page, item, (word, begin, end), context, former, shared)
    if word == "tỉnh":
        return mention(page, (begin, item.end), "province", 0.95, province_of(item))
    left = page.low[max(0, item.start - NEAR) : item.start]
    if (special := _special(gazetteer, page, item, left, context, former)) is not None:
        return special
    return _bare(gazetteer, page, item, left, context, former)


def _typed(
    page: Page, item: Found, typed: tuple[str, int, int], context: Context, former: bool, shared: bool
) -> Mention:
    """``typed``: the type word and the span with it; ``shared``: another province has a unit of this name and type."""
    word, span = typed[0], typed[1:]
    fitting = [s for s in item.senses if word in s.types]
    if not fitting:
        province = [s for s in item.senses if s.kind == "province"]
        if province and word == "thành phố":
            return mention(page, span, "province", 0.9, province[0].label)
        return mention(page, span, "namesake", 0.85)
    old = [s for s in fitting if s.kind != "unit_new"]
    if old and (former or _of_its_district(page, item, old)):
        fitting = old
    chosen = next((s for s in fitting if s.kind == "unit_new"), fitting[0])
    side, attached = context
    if side == "hp":
        sure = 0.99 if attached else 0.96
    elif side == "other":
        ours_alone = chosen.kind == "unit_new" and not former and item.start < page.head
        sure = 0.03 if attached or shared else 0.6 if ours_alone else 0.1
    else:
        sure = 0.4 if shared else 0.88 if chosen.kind != "unit_old" else 0.6
    if sure < 0.5:
        return mention(page, span, "namesake", 1 - sure)
    meant = _meant(page, item, [s for s in fitting if s.kind == chosen.kind])
    kind = "unit_new" if chosen.kind == "unit_new" else "unit_old"
    return mention(page, span, kind, sure, meant[0].label, of=meant, in_hp=True)


def _meant(page: Page, item: Found, senses: Sequence[Sense]) -> tuple[Sense, ...]:
    """Of several old communes of one name those whose district, or former province, the text names; else all."""
    if senses[0].kind == "unit_new":
        return (senses[0],)
    if len(senses) > 1:
        near = [f for f in followers(page, item.end) if _is_district(f)]
        for place in (*near, *(f for f in page.found if _is_district(f) and f is not item)):
            within = {s.within for s in place.senses if s.kind == "district_old"}
            if kept := [s for s in senses if s.within in within]:
                return tuple(kept)
        city = attached_city(page, item)
        if city is not None and city.senses[-1].kind == "former_province":
            return tuple(s for s in senses if s.within[1] == "hải dương") or tuple(senses)
    return tuple(senses)


def _is_district(found: Found) -> bool:
    return any(s.kind == "district_old" for s in found.senses)


def _of_its_district(page: Page, item: Found, old: Sequence[Sense]) -> bool:
    """ "xã A, huyện B": since July 2025 no unit lies in a district, so the old commune is meant."""
    nearest = next(followers(page, item.end, 24), None)
    if nearest is None or not _OF_DISTRICT.fullmatch(page.low[item.end : nearest.start]):
        return False
    within = {s.within for s in nearest.senses if s.kind == "district_old"}
    return any(s.within in within for s in old)


def _special(
    gazetteer: Gazetteer, page: Page, item: Found, left: str, context: Context, former: bool
) -> Mention | None:
    """A school, a street or a person that bears the name."""
    ours = context[0] == "hp"
    if (school := page.patterns.school.search(left)) is not None:
        start = item.start - (len(left) - school.start())
        return _school(gazetteer, page, item, start, context)
    if (street := page.patterns.street.search(left)) is not None:
        start = item.start - (len(left) - street.start(1))
        return mention(page, (start, item.end), "namesake", 0.8, in_hp=ours)
    if page.patterns.person.search(left) is not None:
        shrine = page.patterns.shrine.search(left) is not None
        return mention(page, (item.start, item.end), "namesake", 0.9, in_hp=ours and shrine)
    if not page.raw.isupper() and _after_surname(page, item, left):
        return mention(page, (item.start, item.end), "namesake", 0.85)
    if gazetteer.doubtful.get(item.name) == "person" and not ours and not former:
        return mention(page, (item.start, item.end), "namesake", 0.9)
    return None


def _after_surname(page: Page, item: Found, left: str) -> bool:
    """The name ends a person's: "Nguyễn Thanh Hà", "Vũ Thị Kim Anh"."""
    if page.raw[max(0, item.start - 1) : item.start] != " ":
        return False
    match = page.patterns.surname.search(left) or page.patterns.family.search(left)
    return match is not None and each_capital(page.raw[item.start - (len(left) - match.start()) : item.start])


def _school(gazetteer: Gazetteer, page: Page, item: Found, start: int, context: Context) -> Mention:
    side, attached = context
    communes = [s for s in item.senses if s.kind in ("unit_new", "unit_old")]
    personal = item.name in gazetteer.doubtful
    district = any(s.kind == "district_old" for s in item.senses)
    if side == "hp":
        sure = 0.95 if attached else 0.85
    elif side == "other":
        sure = 0.05
    else:
        sure = 0.2 if personal else 0.75 if district or communes else 0.4
    ours = sure >= 0.5
    of: tuple[Sense, ...] = ()
    if ours and communes and not personal and not district:
        of = _meant(page, item, [s for s in communes if s.kind == communes[0].kind])
    span, shown = (start, item.end), page.raw[start : item.end]
    return mention(page, span, "school", sure if ours else 1 - sure, shown, of=of, in_hp=ours)


def _bare(gazetteer: Gazetteer, page: Page, item: Found, left: str, context: Context, former: bool) -> Mention | None:
    """A capitalised name without any word that says what it is."""
    side, attached = context
    span = (item.start, item.end)
    new = [s for s in item.senses if s.kind == "unit_new"]
    district = [s for s in item.senses if s.kind == "district_old"]
    old = [s for s in item.senses if s.kind == "unit_old"]
    province = [s for s in item.senses if s.kind == "province"]
    if province and not (attached and side == "hp"):
        return mention(page, span, "province", 0.9, province[0].label)
    if district and (former or page.patterns.land.search(left) or not new or _in_old_province(page, item)):
        chosen = district[0]
    else:
        chosen = (new or district or old)[0]
    if inside_longer_name(page, item) and not attached and item.name not in gazetteer.known:
        return mention(page, span, "namesake", 0.8)
    doubtful = item.name in gazetteer.doubtful
    minor = doubtful or chosen.kind == "unit_old"
    if side == "hp":
        at = bool((new or district) and page.patterns.at.search(left))
        hidden = doubtful and not former and not at
        sure = 0.97 if attached else 0.35 if hidden else 0.5 if chosen.kind == "unit_old" else 0.9
    elif side == "other":
        sure = 0.1 if minor else 0.3 if attached or not district else 0.55
    elif former and district:
        sure = 0.55 if doubtful else 0.75
    else:
        sure = 0.1 if minor else 0.7 if district else 0.35
    if gazetteer.elsewhere.get(item.name) and side != "hp" and not former:
        sure = min(sure, 0.4)
    if page.folded and side != "hp" and not former:
        sure = min(sure, 0.3)
    if sure < 0.5:
        return mention(page, span, "namesake", 1 - sure)
    kind = "unit_new" if chosen.kind == "unit_new" else "unit_old"
    of = _meant(page, item, [s for s in item.senses if s.kind == chosen.kind])
    return mention(page, span, kind, sure, chosen.label, of=of, in_hp=True)


def _in_old_province(page: Page, item: Found) -> bool:
    """ "Chí Linh, Hải Dương": whoever names the former province means its districts."""
    city = attached_city(page, item)
    return city is not None and city.senses[-1].kind == "former_province"


def _listed(page: Page, item: Found, before: Sequence[Mention]) -> str:
    """The type word of a plural list ("các phường A, B và C") for its second and later names."""
    if not page.patterns.list_left.search(page.low[max(0, item.start - 6) : item.start]) or not before:
        return ""
    last = before[-1]
    gap = page.low[last.end : item.start].strip()
    if gap not in _GAPS or last.kind not in ("unit_new", "unit_old", "namesake"):
        return ""
    chain = page.patterns.chain.search(page.low[max(0, last.end - 200) : last.end])
    word = page.patterns.spelled[chain.group(1)] if chain else ""
    return word if word and any(word in s.types for s in item.senses) else ""


def type_before(low: str, start: int, patterns: Patterns) -> tuple[str, int]:
    """(full type word or "", where the mention begins). In a plural list the span is the name alone."""
    left = low[max(0, start - 24) : start]
    match = patterns.type_word.search(left)
    if match is None:
        return "", start
    plural = match.group(1) or match.group(3)
    return patterns.spelled[match.group(2)], start if plural else start - (len(left) - match.start(2))


def province_of(item: Found) -> str:
    """The display name of the province that the name may be."""
    return next((s.label for s in item.senses if s.kind == "province"), item.senses[0].label)

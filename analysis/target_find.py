"""Education authorities and schools in a text: offices by their aliases, schools by their names, and the short words
that stand for them ("nhà trường", "Sở", "Bộ") led back to the full name.

Offsets count in the text as given (NFC). A person is no institution: a teacher is never found, a head only as
"the school of the head", which the caller may weigh less.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import ahocorasick

from analysis.place_mention import Mention
from analysis.place_search import lowered
from analysis.target_words import Words
from config.offices import Office, Offices, current, offices_version
from lang.script import without_marks
from lang.text import fold

MOST = 200  # institutions read of one text: a list of all schools says nothing of any
LONGEST_TEXT = 12_000  # characters read; whom an article is about it has said by then
_OURS = ("city", "former_province")
_HIGHER = ("đại học", "đh", "học viện", "cao đẳng", "cđ", "dai hoc", "dh", "hoc vien", "cao dang")


@dataclass(frozen=True, slots=True)
class Institution:
    """One office or school where the text writes it.

    ``kind``: office · school · schools (many, or any). ``id``: of the office (that of today for one abolished), "" for
    a school and for an office of another province. ``name``: in full as the text has it; ``named``: False for "nhà
    trường" and the like that nothing in the text names. ``ours``: True, False or None (not said). ``head``: only the
    person at its head is written.
    """

    start: int
    end: int
    kind: str
    id: str
    name: str
    units: tuple[str, ...] = ()
    ours: bool | None = None
    named: bool = True
    head: bool = False
    key: str = ""  # equal for two mentions of one institution


@dataclass(frozen=True, slots=True)
class _Page:
    raw: str
    low: str
    mentions: tuple[Mention, ...]
    words: Words

    def shouted(self, at: int) -> bool:
        """Is the line there all in capitals? Capitals then show no name."""
        end = self.raw.find("\n", at)
        return self.raw[self.raw.rfind("\n", 0, at) + 1 : end if end >= 0 else len(self.raw)].isupper()

    def at(self, begin: int, end: int) -> list[Mention]:
        """Mentions that touch ``begin:end``."""
        first = bisect_left(self.mentions, begin - 80, key=lambda m: m.start)
        return [m for m in self.mentions[first : first + 40] if m.start < end and m.end > begin]


class InstitutionFinder:
    """Built once from the configured offices (about 10 ms); then pure."""

    def __init__(self, offices: Offices) -> None:
        self.version = offices_version(offices)
        self._offices = offices
        self._exact = _automaton(offices, folded=False)
        self._words = Words.compile(folded=False)
        self._folded: tuple[ahocorasick.Automaton, Words] | None = None  # only texts without diacritics need it

    def find(self, text: str, mentions: Sequence[Mention] = (), *, ours: bool = False) -> tuple[Institution, ...]:
        """In reading order, without overlap. ``mentions``: places of the same text; ``ours``: the item happens in Hải
        Phòng, so that "Sở" alone is ours."""
        raw = text[:LONGEST_TEXT]
        low = lowered(raw)
        automaton, words = self._exact, self._words
        if without_marks(raw):
            low = fold(low)
            if self._folded is None:
                self._folded = _automaton(self._offices, folded=True), Words.compile(folded=True)
            automaton, words = self._folded
        page = _Page(raw, low, tuple(mentions), words)
        full = self._full_offices(page, automaton)
        full = _clear([*full, *_schools(page)])[:MOST]
        whole = _clear([*full, *_generic(page, full), *_short(page, full, ours)])
        return tuple(self._settled(one, whole, page, ours) for one in whole)

    def _full_offices(self, page: _Page, automaton: ahocorasick.Automaton) -> list[Institution]:
        hits: list[tuple[int, int, str]] = []
        if not len(automaton):  # no office is configured; an empty automaton cannot be asked
            return []
        for last, (size, id_) in automaton.iter(page.low):
            start, end = last - size + 1, last + 1
            if (start and page.low[start - 1].isalnum()) or (end < len(page.low) and page.low[end].isalnum()):
                continue
            if page.words.before_no_office.search(page.low[max(0, start - 8) : start]):
                continue
            hits.append((start, end, id_))
        hits.sort(key=lambda h: (h[0], -h[1]))
        found: list[Institution] = []
        for start, end, id_ in hits[: 4 * MOST]:
            if not found or start >= found[-1].end:
                found.append(self._office(page, start, end, id_))
        return found

    def _office(self, page: _Page, start: int, end: int, id_: str) -> Institution:
        office = self._offices[id_]
        now = current(self._offices, id_)
        place, stop = _place_of(page, start, end) if office.each else (None, end)
        name = page.raw[start:stop]
        units = place.units if place and place.in_hp else ()
        ours = True if not office.each else None if place is None else place.in_hp
        if office.each == "school":
            stop = _name_end(page, end, 5, ())
            name, school = page.raw[start:stop], page.words.school_key(page.low[start:stop])
            return Institution(start, stop, "school", "", name, named=stop > end, key=school)
        if office.each in ("district", "commune") and place is None:
            stop = _name_end(page, end, 4, ())
            name = page.raw[start:stop]
        kept = now if ours is not False else ""
        where = ",".join(units) or ("" if ours else fold(place.span) if place else fold(page.raw[end:stop]))
        return Institution(start, stop, "office", kept, name, units, ours, key=f"{now}:{where.strip()}")

    def _settled(self, one: Institution, whole: Sequence[Institution], page: _Page, ours: bool) -> Institution:
        """An office without a place is that of the same name with one, else ours where the item is."""
        if one.kind != "office" or one.ours is not None:
            return one
        base = one.key.partition(":")[0]
        same = [o for o in whole if o.ours is not None and o.key.partition(":")[0] == base]
        before = [o for o in same if o.start < one.start]
        if known := (before[-1:] or same[:1]):
            told = known[0]
            return replace(one, id=told.id, name=told.name, units=told.units, ours=told.ours, key=told.key)
        if ours or _all_ours(page):
            return replace(one, ours=True, key=f"{base}:")
        if any(m.kind == "province" for m in page.mentions):
            return replace(one, id="", ours=False)
        return replace(one, id="" if self._is_local(base) else one.id)

    def _is_local(self, id_: str) -> bool:
        return id_ in self._offices and bool(self._offices[id_].each)


def _automaton(offices: Offices, folded: bool) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for id_, office in offices.items():
        if not _may_be_faulted(office):
            continue
        for form in office.written():
            written = fold(form) if folded else form
            if not automaton.exists(written):
                automaton.add_word(written, (len(written), id_))
    automaton.make_automaton()
    return automaton


def _may_be_faulted(office: Office) -> bool:
    return office.education and office.enabled


def _all_ours(page: _Page) -> bool:
    return any(m.in_hp and m.kind != "namesake" for m in page.mentions) and not any(
        m.kind == "province" for m in page.mentions
    )


def _place_of(page: _Page, start: int, end: int) -> tuple[Mention | None, int]:
    """The place written right behind an office ("Sở GD-ĐT TP Hải Phòng", "UBND phường Lê Chân"), and where it ends."""
    for place in page.at(start, end + 30):
        if place.end <= end:
            if place.kind == "office" and place.start <= start and place.end >= end:
                return place, end
            continue
        if place.start <= end or page.words.of_place.fullmatch(page.low[end : place.start]):
            return (None, end) if place.kind == "namesake" else (place, place.end)
    return None, end


def _schools(page: _Page) -> list[Institution]:
    found: list[Institution] = []
    for match in page.words.school.finditer(page.low):
        head = page.low[match.start() : match.end()].split()
        if found and match.start() < found[-1].end:
            continue
        higher = any(w in page.low[match.start() : match.end()] for w in _HIGHER)
        begin = match.end()
        end = _name_end(page, begin, 7, page.words.inner if higher else ())
        if not _is_name(page, match.start(), begin, end, alone=head in (["trường"], ["truong"])):
            continue
        start = match.start()
        near = [m for m in page.at(start, end) if m.kind == "school"]
        behind = _behind(page, end)
        units = near[0].units if near else ()
        ours = True if any(m.in_hp for m in near) else None if behind is None else behind.in_hp
        if behind is not None and behind.in_hp and not units and behind.kind == "unit_new":
            units = behind.units
        name = page.raw[start:end]
        found.append(
            Institution(start, end, "school", "", name, units, ours, key=page.words.school_key(page.low[start:end]))
        )
    return found


def _is_name(page: _Page, start: int, begin: int, end: int, *, alone: bool) -> bool:
    """Is ``begin:end`` a school's proper name? ``alone``: no level stands between "trường" and it."""
    name = page.raw[begin:end].split()
    if not name or (alone and page.shouted(start)):
        return False
    if name[0][0].isdigit():
        return not alone and len(name[0]) < 3 and page.words.is_school(page.low[start:begin])
    return not alone or len(name) > 1 or page.raw[start].isupper()


def _behind(page: _Page, end: int) -> Mention | None:
    """The place that the text ties to a school: "(phường Lê Chân)", ", Hải Phòng"."""
    for place in page.at(end, end + 60):
        if place.start >= end and page.words.tied.fullmatch(page.low[end : place.start]):
            return None if place.kind == "namesake" else place
    return None


def _name_end(page: _Page, begin: int, most: int, inner: Collection[str]) -> int:
    """Where the proper name that starts at ``begin`` ends; ``begin`` where there is none. ``inner``: small words that
    go on a name ("Khoa học Xã hội")."""
    end, at = begin, begin
    most = min(most, 2) if page.shouted(begin) else most
    for match in page.words.token.finditer(page.raw, begin, min(len(page.raw), begin + 120)):
        gap = page.raw[at : match.start()]
        if gap.strip() or "\n" in gap:
            break
        word, low = match[0], page.low[match.start() : match.end()]
        if word[0].isupper() or word[0].isdigit() or (end > begin and low in inner):
            if end > begin and page.words.ends_name.fullmatch(low) and not inner:
                break
            end = match.end()
            most -= 1
        elif not (low in ("số", "so") or (end > begin and (low in "&-–" or (inner and low in ("và", "va"))))):
            break
        at = match.end()
        if most <= 0:
            break
    return end


def _generic(page: _Page, full: Sequence[Institution]) -> list[Institution]:
    """ "nhà trường", "trường này", "hiệu trưởng": the school named last before it, else first after; "các trường"."""
    schools = [f for f in full if f.kind == "school"]
    found: list[Institution] = []
    for match in page.words.generic.finditer(page.low):
        start, end = match.span()
        many, head = match.lastgroup == "many", match.lastgroup == "head"
        if many:
            found.append(Institution(start, end, "schools", "", page.raw[start:end], named=False, key="schools"))
            continue
        before = [s for s in schools if s.end <= start]
        told = before[-1] if before else schools[0] if schools else None
        if told is None:
            found.append(
                Institution(start, end, "school", "", page.raw[start:end], named=False, head=head, key="school")
            )
        else:
            found.append(replace(told, start=start, end=end, head=head))
    return found[: 2 * MOST]


def _short(page: _Page, full: Sequence[Institution], ours: bool) -> list[Institution]:
    """ "Sở", "Bộ", "phường" alone: the office of that kind named last before it, else first after, else ours."""
    found: list[Institution] = []
    for match in page.words.short.finditer(page.low):
        start, end = match.span()
        group = match.lastgroup or ""
        if (
            group in ("department", "ministry")
            and not page.raw[start].isupper()
            and not any(_group(f) == group for f in full)
        ):
            continue
        if page.words.other_office(page.raw, page.low, start, end):
            continue
        same = [f for f in full if f.kind == "office" and _group(f) == group]
        others = [o for o in page.words.others(page.raw, page.low, group) if o < start]
        before = [f for f in same if f.end <= start]
        if others and (not before or before[-1].start < others[-1]):
            continue  # "Sở Y tế … Sở": not ours
        told = before[-1] if before else same[0] if same else None
        if told is not None:
            found.append(replace(told, start=start, end=end))
        elif group == "ministry" or (group == "department" and ours):
            id_ = "bgddt" if group == "ministry" else "sgddt"
            found.append(Institution(start, end, "office", id_, page.raw[start:end], ours=True, key=f"{id_}:"))
    return found[:MOST]


def _group(one: Institution) -> str:
    base = one.key.partition(":")[0]
    return {"sgddt": "department", "bgddt": "ministry", "ubndxa": "commune", "phongvhxh": "commune"}.get(base, "")


def _clear(found: Sequence[Institution]) -> list[Institution]:
    """In reading order; where two overlap the earlier in the list wins."""
    starts: list[int] = []
    ends: list[int] = []
    kept: list[Institution] = []
    for one in found:
        at = bisect_left(starts, one.end)
        if not at or ends[at - 1] <= one.start:
            starts.insert(at, one.start)
            ends.insert(at, one.end)
            kept.insert(at, one)
    return kept

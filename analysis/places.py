"""Where an article happens: names of the gazetteer in a text, each read in its context.

One pass of an Aho-Corasick automaton finds names; then type words, streets, schools, people, other provinces and the
outlet's section decide what each occurrence stands for. A name that is not ours is reported as a namesake, never
dropped silently, so that "why is this not Hải Phòng?" has an answer. Offsets count characters of the NFC text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick

from analysis.place_context import NEAR, SENTENCE_END, UNITS, Page, context_of
from analysis.place_names import Patterns
from analysis.place_search import Found, build, occurrences
from config.gazetteer import Gazetteer
from lang.script import without_marks
from lang.text import fold, old_tone_style

LONGEST_TEXT = 40_000  # characters read of one text; a longer one is a dump, and its places repeat
_SURE = ("unit_new", "unit_old", "city", "office")


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence. ``confidence`` is how sure ``in_hp`` (as stated) is; ``kind``: unit_new · unit_old · city ·
    former_province · school · office · namesake · province · abroad."""

    span: str
    start: int
    end: int
    kind: str
    units: tuple[str, ...]
    in_hp: bool
    confidence: float
    label: str = ""


class PlaceMatcher:
    """Built once from a :class:`Gazetteer` (about 10 ms); then pure and thread-safe."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._exact = build(gazetteer, folded=False)
        self._exact_patterns = Patterns.compile(folded=False)
        self._folded: ahocorasick.Automaton | None = None  # only texts without diacritics need it
        self._folded_patterns: Patterns | None = None

    def find(self, text: str, section: str = "", head: int | None = None) -> tuple[Mention, ...]:
        """Mentions in reading order, without overlap. ``text`` must be NFC, its first line the title; ``section`` is
        outlet and section; ``head``: where title and lead end and a body begins (none: there is no body)."""
        raw = text[:LONGEST_TEXT]
        low = old_tone_style(raw).lower()
        if len(low) != len(raw):  # rare letters grow when lowered; keep offsets true
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in old_tone_style(raw))
        folded = without_marks(raw)
        if folded:
            low = fold(low)
            if self._folded is None:
                self._folded = build(self._gazetteer, folded=True)
                self._folded_patterns = Patterns.compile(folded=True)
            found = occurrences(self._folded, raw, low)
        else:
            found = occurrences(self._exact, raw, low)
        if not found:
            return ()
        patterns = self._folded_patterns if folded else self._exact_patterns
        assert patterns is not None
        has = [{s.kind for s in f.senses} for f in found]
        page = Page(
            raw, low, found,
            [f for f, k in zip(found, has, strict=True) if "province" in k and not self._is_ours(f, low, patterns)],
            [f for f, k in zip(found, has, strict=True) if k & {"city", "former_province"} and f.name != "hp"],
            self.side(section), max(0, raw.find("\n")), len(raw) if head is None else head,
            [m.start() for m in SENTENCE_END.finditer(low)], patterns, folded,
        )  # fmt: skip
        mentions = self._read_all(page)
        if not (page.cities or page.others or page.section) and any(m.in_hp and m.kind in _SURE for m in mentions):
            page.section = "hp"  # one place that is surely ours speaks for the doubtful names beside it
            mentions = self._read_all(page)
        return tuple(_settle_abbreviation(mentions))

    def _read_all(self, page: Page) -> list[Mention]:
        mentions: list[Mention] = []
        for item in page.found:
            mention = self._read(page, item, mentions)
            if mention is not None:
                mentions.append(mention)
        return mentions

    def _is_ours(self, item: Found, low: str, patterns: Patterns) -> bool:
        """A province's name with a type word that only our unit bears ("xã Hà Nam")."""
        word = _type_before(low, item.start, patterns)[0]
        return bool(word) and any(word in s.types for s in item.senses if s.kind in UNITS)

    def side(self, section: str) -> str:
        """Whose outlet or heading it is: "hp" (ours), "other" (another province's) or ""."""
        if not section:
            return ""
        low = old_tone_style(section).lower()
        kinds = {s.kind for f in occurrences(self._exact, section, low) for s in f.senses}
        return "hp" if kinds & {"city", "former_province"} else "other" if "province" in kinds else ""

    # ── one occurrence ──────────────────────────────────────────────────────────────────────────────

    def _read(self, page: Page, item: Found, before: Sequence[Mention]) -> Mention | None:
        kinds = {s.kind for s in item.senses}
        if kinds == {"abroad"}:
            return _mention(page, (item.start, item.end), "abroad", 0.9, item.senses[0].label)
        if kinds == {"person"}:
            return None
        left = page.low[max(0, item.start - NEAR) : item.start]
        word, begin = _type_before(page.low, item.start, page.patterns)
        if kinds & {"city", "former_province"}:
            return self._city(page, item, left, word, begin)
        if not kinds & set(UNITS):
            if page.patterns.water.search(left) and page.low[item.end : item.end + 3].strip() not in ("-", "–"):
                return _mention(page, (item.start, item.end), "namesake", 0.8)  # a river, a street, a battle
            return _mention(page, (begin, item.end), "province", 0.95, _province(item))
        return self._unit(page, item, left, (word, begin), before)

    def _city(self, page: Page, item: Found, left: str, word: str, begin: int) -> Mention | None:
        shown = page.raw[item.start : item.end]
        if item.name in ("hải dương", "hai duong"):
            if not _each_capital(shown):  # the ocean, an institute of oceanography
                return _mention(page, (item.start, item.end), "namesake", 0.9)
            district = [s for s in item.senses if word and word in s.types and s.kind in UNITS]
            if district:
                kind = "unit_new" if district[0].kind == "unit_new" else "unit_old"
                return _mention(
                    page, (begin, item.end), kind, 0.95, district[0].label, units=district[0].units, in_hp=True
                )
        if item.name == "hp":  # a printer, a horsepower, a city: settled when all is read
            return (
                _mention(page, (item.start, item.end), "hp?", 0.5, "Hải Phòng", in_hp=True) if shown == "HP" else None
            )
        if item.name in ("đất cảng", "thành phố cảng") and not shown.endswith("Cảng"):
            return None
        return self._city_itself(page, item, left, (word, begin))

    def _city_itself(self, page: Page, item: Found, left: str, typed: tuple[str, int]) -> Mention:
        word, begin = typed
        side, _ = context_of(page, item)
        surname = page.patterns.surname.search(left)
        if surname is not None and page.patterns.person.search(left[: surname.start(1)]):  # "ông Hồ Hải Dương"
            return _mention(page, (item.start, item.end), "namesake", 0.9)
        if page.patterns.road.search(left) and side == "other":
            return _mention(page, (item.start, item.end), "namesake", 0.8)
        if (office := page.patterns.office.search(left)) is not None:
            start = item.start - (len(left) - office.start())
            return _mention(page, (start, item.end), "office", 0.97, page.raw[start : item.end], in_hp=True)
        school = page.patterns.school.search(left)
        if school is not None and not word:
            start = item.start - (len(left) - school.start())
            return _mention(page, (start, item.end), "school", 0.93, page.raw[start : item.end], in_hp=True)
        kind = "former_province" if item.senses[-1].kind == "former_province" else "city"
        sure = 0.75 if item.name in ("đất cảng", "thành phố cảng") else 0.98
        return _mention(page, (begin, item.end), kind, sure, item.senses[-1].label, in_hp=True)

    def _unit(
        self, page: Page, item: Found, left: str, typed: tuple[str, int], before: Sequence[Mention]
    ) -> Mention | None:
        word, begin = typed
        shown = page.raw[item.start : item.end]
        right = page.low[item.end : item.end + NEAR]
        context = context_of(page, item)
        if not _each_capital(shown) and not word:
            return _mention(page, (item.start, item.end), "namesake", 0.95) if context[0] else None
        if not word and (listed := _listed(page, item, before)):
            word = listed
        former = page.patterns.former.search(right) is not None
        if word and word != "tỉnh":
            return self._typed(page, item, word, begin, context, former)
        if word == "tỉnh":
            return _mention(page, (begin, item.end), "province", 0.95, _province(item))
        if (special := self._special(page, item, left, context, former)) is not None:
            return special
        return self._bare(page, item, left, context, former)

    def _typed(
        self, page: Page, item: Found, word: str, begin: int, context: tuple[str, bool], former: bool
    ) -> Mention:
        fitting = [s for s in item.senses if word in s.types]
        if not fitting:
            province = [s for s in item.senses if s.kind == "province"]
            if province and word == "thành phố":
                return _mention(page, (begin, item.end), "province", 0.9, province[0].label)
            return _mention(page, (begin, item.end), "namesake", 0.85)
        if former and any(s.kind != "unit_new" for s in fitting):
            fitting = [s for s in fitting if s.kind != "unit_new"]
        chosen = next((s for s in fitting if s.kind == "unit_new"), fitting[0])
        side, attached = context
        shared = word in self._gazetteer.elsewhere.get(item.name, frozenset())
        if side == "hp":
            sure = 0.99 if attached else 0.96
        elif side == "other":
            ours_alone = chosen.kind == "unit_new" and not former and item.start < page.head
            sure = 0.03 if attached or shared else 0.6 if ours_alone else 0.1
        else:
            sure = 0.4 if shared else 0.88 if chosen.kind != "unit_old" else 0.6
        same = [s for s in fitting if s.kind == chosen.kind]
        if chosen.kind == "unit_old" and len(same) > 1 and not attached:  # one old name, several old communes
            units = tuple(sorted({u for s in same for u in s.units}))
        else:
            units = chosen.units
        if sure < 0.5:
            return _mention(page, (begin, item.end), "namesake", 1 - sure)
        kind = "unit_new" if chosen.kind == "unit_new" else "unit_old"
        return _mention(page, (begin, item.end), kind, sure, chosen.label, units=units, in_hp=True)

    def _special(self, page: Page, item: Found, left: str, context: tuple[str, bool], former: bool) -> Mention | None:
        """A school, a street or a person that bears the name."""
        ours = context[0] == "hp"
        if (school := page.patterns.school.search(left)) is not None:
            start = item.start - (len(left) - school.start())
            return self._school(page, item, start, context)
        person = self._gazetteer.doubtful.get(item.name) == "person"
        if (street := page.patterns.street.search(left)) is not None:
            start = item.start - (len(left) - street.start(1))
            return _mention(page, (start, item.end), "namesake", 0.8, in_hp=ours)
        if page.patterns.person.search(left) is not None:
            return _mention(page, (item.start, item.end), "namesake", 0.9, in_hp=ours and "tượng" in left)
        previous = page.raw[: item.start].rstrip(" ").rpartition(" ")[2]
        joined = page.raw[max(0, item.start - 1) : item.start] == " " and previous[:1].isupper()
        if joined and previous.isalpha() and page.patterns.surname.search(left) and not page.raw.isupper():
            return _mention(page, (item.start, item.end), "namesake", 0.85)
        if person and not ours and not former:
            return _mention(page, (item.start, item.end), "namesake", 0.9)
        return None

    def _school(self, page: Page, item: Found, start: int, context: tuple[str, bool]) -> Mention:
        side, attached = context
        communes = [s for s in item.senses if s.kind in ("unit_new", "unit_old")]
        personal = item.name in self._gazetteer.doubtful
        district = any(s.kind == "district_old" for s in item.senses)
        if side == "hp":
            sure = 0.95 if attached else 0.85
        elif side == "other":
            sure = 0.05
        else:
            sure = 0.2 if personal else 0.75 if district or communes else 0.4
        ours = sure >= 0.5
        units = communes[0].units if ours and communes and not personal and not district else ()
        return _mention(
            page,
            (start, item.end),
            "school",
            sure if ours else 1 - sure,
            page.raw[start : item.end],
            units=units,
            in_hp=ours,
        )

    def _bare(self, page: Page, item: Found, left: str, context: tuple[str, bool], former: bool) -> Mention | None:
        """A capitalised name without any word that says what it is."""
        side, attached = context
        new = [s for s in item.senses if s.kind == "unit_new"]
        district = [s for s in item.senses if s.kind == "district_old"]
        old = [s for s in item.senses if s.kind == "unit_old"]
        province = [s for s in item.senses if s.kind == "province"]
        if province and not (attached and side == "hp"):
            return _mention(page, (item.start, item.end), "province", 0.9, province[0].label)
        if district and (former or page.patterns.land.search(left) or not new):
            chosen = district[0]
        else:
            chosen = (new or district or old)[0]
        doubtful = item.name in self._gazetteer.doubtful
        at = bool((new or district) and page.patterns.at.search(left))
        if _inside_longer_name(page, item) and not attached:
            return _mention(page, (item.start, item.end), "namesake", 0.8)
        if side == "hp":
            sure = (
                0.97
                if attached
                else 0.35
                if doubtful and not former and not at
                else 0.5
                if chosen.kind == "unit_old"
                else 0.9
            )
        elif side == "other":
            sure = 0.1 if doubtful or chosen.kind == "unit_old" else 0.3 if attached or not district else 0.55
        else:
            sure = (
                (0.55 if doubtful else 0.75)
                if former and district
                else 0.1
                if doubtful or chosen.kind == "unit_old"
                else 0.7
                if district
                else 0.35
            )
        if self._gazetteer.elsewhere.get(item.name) and side != "hp" and not former:
            sure = min(sure, 0.4)
        if page.folded and side != "hp" and not former:
            sure = min(sure, 0.3)
        if sure < 0.5:
            return _mention(page, (item.start, item.end), "namesake", 1 - sure)
        kind = "unit_new" if chosen.kind == "unit_new" else "unit_old"
        return _mention(page, (item.start, item.end), kind, sure, chosen.label, units=chosen.units, in_hp=True)


def _listed(page: Page, item: Found, before: Sequence[Mention]) -> str:
    """The type word of a plural list ("các phường A, B và C") for its second and later names."""
    if not page.patterns.list_left.search(page.low[max(0, item.start - 6) : item.start]) or not before:
        return ""
    last = before[-1]
    gap = page.low[last.end : item.start].strip()
    if gap not in (",", ";", "và", "hoặc", "-", "–", ", và") or last.kind not in ("unit_new", "unit_old", "namesake"):
        return ""
    chain = re.search(r"các (phường|xã|huyện|quận|thị trấn)(?: cũ)? (?:[^.;:()]*)$", page.low[: last.end][-200:])
    word = chain.group(1) if chain else ""
    return word if word and any(word in s.types for s in item.senses) else ""


def _type_before(low: str, start: int, patterns: Patterns) -> tuple[str, int]:
    """(full type word or "", where the mention begins). In a plural list the span is the name alone."""
    left = low[max(0, start - 24) : start]
    match = patterns.type_word.search(left)
    if match is None:
        return "", start
    plural = match.group(1) or match.group(3)
    return patterns.spelled[match.group(2)], start if plural else start - (len(left) - match.start(2))


def _inside_longer_name(page: Page, item: Found) -> bool:
    if page.raw.isupper() or _mostly_capital(page.raw[max(0, item.start - 30) : item.end + 30]):
        return False
    after = re.match(r" ([^\W\d_]+)", page.raw[item.end : item.end + 20])
    return bool(after and after.group(1)[0].isupper() and not after.group(1).isupper())


def _settle_abbreviation(mentions: list[Mention]) -> Iterable[Mention]:
    """ "HP" alone is the city only beside another place of the city."""
    ours = any(m.in_hp and m.kind not in ("hp?", "namesake") for m in mentions)
    for mention in mentions:
        if mention.kind != "hp?":
            yield mention
        else:
            yield Mention(mention.span, mention.start, mention.end, "city" if ours else "namesake", (), ours, 0.7,
                          mention.label if ours else "")  # fmt: skip


def _province(item: Found) -> str:
    return next((s.label for s in item.senses if s.kind == "province"), item.senses[0].label)


def _mention(
    page: Page,
    span: tuple[int, int],
    kind: str,
    sure: float,
    label: str = "",
    *,
    units: tuple[str, ...] = (),
    in_hp: bool = False,
) -> Mention:
    start, end = span
    return Mention(page.raw[start:end], start, end, kind, units, in_hp, round(sure, 3), label)


def _each_capital(shown: str) -> bool:
    return all(part[0].isupper() for part in shown.split() if part[0].isalpha())


def _mostly_capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)

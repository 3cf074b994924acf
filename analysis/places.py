"""Where an article happens: names of the gazetteer in a text, each read in its context.

One pass of an Aho-Corasick automaton finds names; then type words, streets, schools, people, other provinces and the
outlet's section decide what each occurrence stands for. A name that is not ours is reported as a namesake, never
dropped silently, so that "why is this not Hải Phòng?" has an answer. Offsets count characters of the NFC text.
"""

from __future__ import annotations

from collections.abc import Sequence

import ahocorasick

from analysis.place_city import read_bureau, read_city, read_institution, school_before, settle_abbreviation
from analysis.place_context import NEAR, UNITS, Page, sentence_ends
from analysis.place_mention import Mention, mention
from analysis.place_names import Patterns
from analysis.place_search import Found, build, lowered, occurrences
from analysis.place_unit import province_of, read_unit, type_before
from config.gazetteer import Gazetteer
from lang.script import without_marks
from lang.text import fold

__all__ = ["LONGEST_TEXT", "Mention", "PlaceMatcher"]

LONGEST_TEXT = 40_000  # characters read of one text; a longer one is a dump, and its places repeat
_SURE = ("unit_new", "unit_old", "city", "office")


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
        low = lowered(raw)
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
            sentence_ends(low), patterns, folded,
        )  # fmt: skip
        mentions = self._read_all(page)
        if not (page.cities or page.others or page.section) and any(m.in_hp and m.kind in _SURE for m in mentions):
            page.section = "hp"  # one place that is surely ours speaks for the doubtful names beside it
            mentions = self._read_all(page)
        return tuple(settle_abbreviation(mentions))

    def side(self, section: str) -> str:
        """Whose outlet or heading it is: "hp" (ours), "other" (another province's) or ""."""
        if not section:
            return ""
        section = section[:2_000]
        kinds = {s.kind for f in occurrences(self._exact, section, lowered(section)) for s in f.senses}
        return "hp" if kinds & {"city", "former_province"} else "other" if "province" in kinds else ""

    def bears_our_name(self, span: str) -> bool:
        """Does another province's name hold one of ours, as "Hà Nam" and "TP Hồ Chí Minh" do (xã Hà Nam, Chí Minh)?"""
        words = lowered(span).split()
        return any(
            sense.kind in UNITS
            for a in range(len(words))
            for b in range(a + 1, min(len(words), a + 4) + 1)
            for sense in self._gazetteer.senses.get(" ".join(words[a:b]), ())
        )

    def _read_all(self, page: Page) -> list[Mention]:
        mentions: list[Mention] = []
        for item in page.found:
            read = self._read(page, item, mentions)
            if read is None:
                continue
            if mentions and read.start < mentions[-1].end:  # "Công an thành phố" holds the name of xã An Thành
                if mentions[-1].kind != "namesake":
                    continue
                mentions.pop()
            school = school_before(page, read) if read.kind == "city" else None
            if school is not None and (not mentions or mentions[-1].end <= school.start):
                mentions.append(school)
            mentions.append(read)
        return mentions

    def _is_ours(self, item: Found, low: str, patterns: Patterns) -> bool:
        """A province's name with a type word that only our unit bears ("xã Hà Nam")."""
        word = type_before(low, item.start, patterns)[0]
        return bool(word) and any(word in s.types for s in item.senses if s.kind in UNITS)

    def _read(self, page: Page, item: Found, before: Sequence[Mention]) -> Mention | None:
        kinds = {s.kind for s in item.senses}
        if kinds == {"person"}:
            return None
        if kinds == {"bureau"}:
            return read_bureau(page, item)
        if kinds == {"institution"}:
            return read_institution(page, item)
        word, begin = type_before(page.low, item.start, page.patterns)
        if kinds & {"city", "former_province"}:
            return read_city(page, item, word, begin)
        if kinds & set(UNITS):
            return read_unit(self._gazetteer, page, item, (word, begin), before)
        return self._elsewhere(page, item, (word, begin))

    @staticmethod
    def _elsewhere(page: Page, item: Found, typed: tuple[str, int]) -> Mention:
        word, begin = typed
        if item.senses[0].kind == "abroad":
            return mention(page, (item.start, item.end), "abroad", 0.9, item.senses[0].label)
        left = page.low[max(0, item.start - NEAR) : item.start]
        in_name = not word and page.patterns.water.search(left)  # with a type word "phố" ends "thành phố"
        if in_name and page.low[item.end : item.end + 3].strip() not in ("-", "–"):
            return mention(page, (item.start, item.end), "namesake", 0.8)  # a river, a street, a battle
        return mention(page, (begin, item.end), "province", 0.95, province_of(item))

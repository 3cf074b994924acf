"""Numbers that Word shows and does not write: 1., a), II., – before a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_MOST_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The document's lists, and how far each has counted."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbering:
        """Of ``word/numbering.xml``; without one nothing is numbered."""
        if root is None:
            return cls()
        shapes = {_value(a, "abstractNumId"): _levels(a) for a in root.iterchildren("{*}abstractNum")}
        found = {}
        for num in root.iterchildren("{*}num"):
            shape = next((_value(a, "val") for a in num.iterchildren("{*}abstractNumId")), "")
            if shape in shapes:
                found[_value(num, "numId")] = shapes[shape]
        return cls(found)

    def label(self, paragraph: etree._Element) -> str:
        """What stands before the paragraph, counted on; empty when it is not numbered."""
        place = next(paragraph.iterchildren("{*}pPr"), None)
        place = None if place is None else next(place.iterchildren("{*}numPr"), None)
        if place is None:
            return ""
        of = next((_value(e, "val") for e in place.iterchildren("{*}numId")), "")
        depth_text = next((_value(e, "val") for e in place.iterchildren("{*}ilvl")), "0")
        levels = self.lists.get(of)
        depth = int(depth_text) if depth_text.isascii() and depth_text.isdigit() and len(depth_text) < 2 else 0
        if not levels or depth not in levels:
            return ""
        if levels[depth].form == "bullet":
            return "-" if depth == 0 else "+"
        counts = self.counts.setdefault(of, [0] * _MOST_LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1 :] = [0] * (_MOST_LEVELS - depth - 1)
        return _PLACE.sub(lambda m: _shown(levels, counts, int(m[1]) - 1), levels[depth].text)[:40]


def _levels(shape: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in shape.iterchildren("{*}lvl"):
        number = _value(level, "ilvl")
        values = {etree.QName(e).localname: _value(e, "val") for e in level if isinstance(e.tag, str)}
        start = values.get("start", "1")
        if number.isascii() and number.isdigit() and int(number[:2]) < _MOST_LEVELS:
            begins = int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1
            found[int(number)] = _Level(values.get("numFmt", "decimal"), values.get("lvlText", ""), begins)
    return found


def _value(element: etree._Element, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if etree.QName(k).localname == name), "")


def _shown(levels: dict[int, _Level], counts: list[int], depth: int) -> str:
    level, count = levels.get(depth), max(counts[depth], 1)
    form = level.form if level else "decimal"
    if form in ("lowerLetter", "upperLetter") and count <= len(_LETTERS):
        letter = _LETTERS[count - 1]
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and count < 40:
        roman = "X" * (count // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[count % 10]
        return roman if form == "upperRoman" else roman.lower()
    return str(count)

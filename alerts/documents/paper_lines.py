"""The lines that came out of a template as a head and blocks. Only the template's own signs count, never a field's.

Above a line ``---``: `Mục: nội dung`. Below it one paragraph a line: ``# ## ###`` headings, ``-`` a dash, ``+`` a
counted point, ``>`` words of others, ``~`` a legal base, ``!`` a note, ``^`` in the middle, ``| a | b |`` a table whose
first line is its header (`{5}` after a header: its width), ``**bold**``, ``__italic__``. Empty lines mean nothing:
a line that holds only a command leaves one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from alerts import papers_words as words
from alerts.documents.nd30 import Block, Count, Heading, Paragraph, Points, Run, Style, Table, Words, plain
from alerts.documents.paper_safe import CLOSE, OPEN, Fault

_FIELD = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
_MANNER = re.compile(rf"(\*\*|__|{OPEN}\d+{CLOSE})")
_WIDTH = re.compile(r"\{(\d{1,2})\}\s*$")
_STYLES = {">": Style.QUOTE, "~": Style.BASIS, "!": Style.NOTE, "^": Style.CENTRE}
_COUNTS = {"-": Count.DASH, "+": Count.NUMBER}


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its fields: keys of the head (each may stand there often) and the blocks."""

    head: Mapping[str, tuple[str, ...]]
    blocks: tuple[Block, ...]
    faults: tuple[Fault, ...]

    def one(self, key: str) -> str:
        """The first value of a key, or nothing."""
        return self.head.get(key, ("",))[0]


def read(text: str) -> Filled:
    """Everything that can be read, with the faults beside it (their lines are those of the text that came out)."""
    fields: list[str] = []

    def place(found: re.Match[str]) -> str:
        fields.append(found[1])
        return f"{OPEN}{len(fields) - 1}{CLOSE}"

    lines = [line.strip() for line in _FIELD.sub(place, text).split("\n")]
    if "---" not in lines:
        return Filled({}, (), (Fault(1, *words.NO_LINE),))
    cut = lines.index("---")
    head, faults = _head(lines[:cut], fields)
    blocks, more = _blocks(lines[cut + 1 :], fields, cut + 2)
    if not blocks and not more:
        more = [Fault(cut + 1, *words.EMPTY)]
    return Filled(head, tuple(blocks), tuple(faults + more))


def _head(lines: list[str], fields: list[str]) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
    head: dict[str, tuple[str, ...]] = {}
    faults = []
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        key, colon, value = line.partition(":")
        if not colon:
            faults.append(Fault(number, *words.NOT_KEY))
        elif key.strip() not in words.KEYS:
            what = words.BAD_KEY[0].format(key=_restored(key.strip(), fields)[:60])
            faults.append(Fault(number, what, words.BAD_KEY[1].format(known=", ".join(words.KEYS))))
        elif restored := _restored(value, fields).strip():
            head[key.strip()] = (*head.get(key.strip(), ()), restored)
    for key in (words.KIND, words.ABOUT):
        if key not in head:
            faults.append(Fault(1, words.MISSING[0].format(key=key), words.MISSING[1].format(key=key)))
    for key in (words.LETTERHEAD, words.INTERNAL):
        if head.get(key, (words.NO,))[0] not in (words.YES, words.NO):
            faults.append(Fault(1, words.YES_NO[0].format(key=key), words.YES_NO[1]))
    return head, faults


def _blocks(every: list[str], fields: list[str], first: int) -> tuple[list[Block], list[Fault]]:
    blocks: list[Block] = []
    faults: list[Fault] = []
    numbers = [number for number, line in enumerate(every, first) if line]
    lines = [line for line in every if line]
    at = 0
    while at < len(lines):
        line, start = lines[at], at
        at += 1
        if line[0] in _COUNTS and line[1:2] in (" ", ""):
            while at < len(lines) and lines[at][:1] == line[0]:
                at += 1
            items = tuple(_inline(one[1:], fields) for one in lines[start:at])
            blocks.append(Points(tuple(item for item in items if plain(item)), _COUNTS[line[0]]))
        elif line[0] == "|":
            while at < len(lines) and lines[at][:1] == "|":
                at += 1
            table, wrong = _table(lines[start:at], fields, numbers[start])
            faults += wrong
            blocks += [table] if table else []
        else:
            blocks += _line(line, fields)
    return blocks, faults


def _line(line: str, fields: list[str]) -> list[Block]:
    level = len(line) - len(line.lstrip("#"))
    if 1 <= level <= 3:
        text = _restored(line[level:], fields).strip()
        return [Heading(level, text)] if text else []
    style = _STYLES.get(line[0], Style.BODY)
    found = _inline(line[1:] if line[0] in _STYLES else line, fields)
    return [Paragraph(found, style)] if plain(found) else []


def _table(lines: list[str], fields: list[str], number: int) -> tuple[Table | None, list[Fault]]:
    grid = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    widths = tuple(float(found[1]) if (found := _WIDTH.search(cell)) else 1.0 for cell in grid[0])
    header = tuple(_restored(_WIDTH.sub("", cell), fields) for cell in grid[0])
    for row, cells in enumerate(grid[1:], 1):
        if len(cells) != len(header):
            return None, [Fault(number + row, words.ROW[0].format(cells=len(cells), columns=len(header)), words.ROW[1])]
    return Table(header, tuple(tuple(_inline(c, fields) for c in cells) for cells in grid[1:]), widths), []


def _inline(text: str, fields: list[str]) -> Words:
    runs: list[Run] = []
    bold = italic = False
    for piece in _MANNER.split(text.strip()):
        if piece == "**":
            bold = not bold
        elif piece == "__":
            italic = not italic
        elif found := _PLACE.fullmatch(piece):
            value = fields[int(found[1])]
            runs.append(Run(value, bold, italic, value if value.startswith(("http://", "https://")) else ""))
        elif piece:
            runs.append(Run(piece, bold, italic))
    return tuple(runs)


def _restored(text: str, fields: list[str]) -> str:
    plain_text = text.replace("**", "").replace("__", "")
    return _PLACE.sub(lambda found: fields[int(found[1])], plain_text)

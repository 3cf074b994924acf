"""The blocks of a document as WordprocessingML; what they need beside the text is gathered in :class:`Parts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from alerts.documents.docx_figure import picture
from alerts.documents.docx_styles import DASHES
from alerts.documents.docx_xml import cell, line, paragraph, row, run, table, twips
from alerts.documents.nd30 import Block, Count, Figure, Heading, Paragraph, Points, Style, Table, Words, runs
from alerts.documents.nd30_set import Counter, Placed, heading_text
from alerts.documents.nd30_text import letter

STYLES = {
    Style.BODY: "NDBody",
    Style.BASIS: "NDBasis",
    Style.CENTRE: "NDCentre",
    Style.QUOTE: "NDQuote",
    Style.NOTE: "NDNote",
}
_MANNER = {(False, False): "", (True, False): "Strong", (False, True): "Emphasis", (True, True): "NDStrongEmphasis"}
_CELL = {"l": "NDCell", "c": "NDCellCentre", "r": "NDCellRight"}


@dataclass(slots=True)
class Parts:
    """What the body refers to: links and pictures by relationship id, and how many numbered lists there are."""

    links: dict[str, str] = field(default_factory=dict)
    media: list[tuple[str, str, bytes]] = field(default_factory=list)  # (relationship id, file name, bytes)
    numbered: int = 0
    drawings: int = 0

    def link(self, href: str) -> str:
        """The relationship id of an address."""
        return self.links.setdefault(href, f"rIdL{len(self.links) + 1}")

    def add(self, ending: str, content: bytes) -> str:
        """Keep a picture; its relationship id."""
        number = len(self.media) + 1
        self.media.append((f"rIdM{number}", f"image{number}.{ending}", content))
        return f"rIdM{number}"


def body(blocks: Iterable[Block], parts: Parts, counter: Counter, width: float, hold_last: bool = False) -> str:
    """All blocks of one part. ``width``: of the text, in mm. ``hold_last``: the last one stays with what follows."""
    placed = list(counter.part(blocks))
    return "".join(
        piece
        for at, one in enumerate(placed, 1)
        for piece in _block(one, parts, width, hold_last and at == len(placed))
    )


def inline(words: Words, parts: Parts) -> str:
    """Runs, with links where they have an address."""
    out = ""
    for one in runs(words):
        inner = run(one.text, _MANNER[one.bold, one.italic])
        out += f'<w:hyperlink r:id="{parts.link(one.href)}">{inner}</w:hyperlink>' if one.href else inner
    return out


def _block(placed: Placed, parts: Parts, width: float, hold: bool) -> Iterator[str]:
    match placed.block:
        case Heading() as heading:
            yield line(f"Heading{heading.level}", heading_text(heading, placed.label))
        case Paragraph() as block:
            yield paragraph(STYLES[block.style], inline(block.words, parts), keep=block.keep or hold)
        case Points() as points:
            yield from _points(points, parts, hold)
        case Table() as block:
            yield from _table(block, placed.label, parts, width)
        case Figure() as figure:
            yield paragraph("NDFigure", picture(figure, parts.add, _next_drawing(parts), width))
            yield line("NDFigureCaption", f"{placed.label} {figure.caption}".strip())


def _points(points: Points, parts: Parts, hold: bool) -> Iterator[str]:
    if points.count is Count.NUMBER:
        parts.numbered += 1
    for at, item in enumerate(points.items, 1):
        inner, keep = inline(item, parts), hold and at == len(points.items)
        if points.count is Count.DASH:
            yield paragraph("NDDash", inner, keep)
        elif points.count is Count.NUMBER:
            own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{DASHES + parts.numbered}"/></w:numPr>'
            yield paragraph("NDPoint", inner, keep, own)
        else:
            # Word counts a, b, c, d, e: no format of its has đ, and a wrong letter in a citation is a wrong citation.
            yield paragraph("NDPoint", run(f"{letter(at)}) ") + inner, keep)


def _table(block: Table, label: str, parts: Parts, width: float) -> Iterator[str]:
    if label:
        yield line("Caption", f"{label} {block.caption}")
    widths = [twips(width * share) for share in block.shares]
    rows = [
        row("".join(cell(w, line("NDCellHead", h), "center") for w, h in zip(widths, block.header, strict=True)), True)
    ]
    for at, cells in enumerate(block.rows, 1):
        bold = block.total and at == len(block.rows)
        rows.append(
            row(
                "".join(
                    cell(w, paragraph(_CELL[block.side(n)], _cell_runs(words, bold, parts)))
                    for n, (w, words) in enumerate(zip(widths, cells, strict=True))
                )
            )
        )
    yield table("NDTable", widths, "".join(rows), f"{label} {block.caption}".strip())
    yield line("NDSpace", "")


def _cell_runs(words: Words, bold: bool, parts: Parts) -> str:
    if not bold:
        return inline(words, parts)
    return "".join(run(one.text, _MANNER[True, one.italic]) for one in runs(words))


def _next_drawing(parts: Parts) -> int:
    parts.drawings += 1
    return parts.drawings

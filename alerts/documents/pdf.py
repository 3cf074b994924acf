"""A document as PDF: the same words in the same layout as the DOCX, tagged, searchable, the same bytes each time."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from alerts.documents import nd30_words as words
from alerts.documents.docx_figure import size_of
from alerts.documents.nd30 import Block, Count, Document, Figure, Heading, Paragraph, Points, Table, Words, runs
from alerts.documents.nd30_layout import LAYOUT, Layout
from alerts.documents.nd30_set import (
    Counter,
    Placed,
    annex_lines,
    copy_lines,
    heading_text,
    name_lines,
    recipient_lines,
    subject_line,
)
from alerts.documents.nd30_svg import drawing
from alerts.documents.nd30_text import date_line, letter, number_line, tidy
from alerts.documents.pdf_engine import BUNDLED, TEMPLATES, compile_, data, family

MEDIA_TYPE = "application/pdf"
_LONG_WORD = re.compile(r"\S{30,}")
_PIECE = re.compile(r"[^/?&=._]{1,16}[/?&=._]?|[/?&=._]")
_PIECE_ROWS = 250
_LONG_CELL = 1200  # characters: such a cell may be parted between pages, or it would run off one


def write(document: Document, layout: Layout = LAYOUT, font: str = "") -> bytes:
    """The file. ``font``: instead of the best family of this machine. Raises :class:`InputError` for a bad figure."""
    chosen = font or family()
    content = _content(document, layout, chosen)
    return compile_(
        _template(), {"data": data(content), "font": chosen}, format="pdf", timestamp=document.made_at // 1000
    )


@cache
def _template() -> str:
    return (TEMPLATES / "nd30.typ").read_text(encoding="utf-8")


def _content(document: Document, layout: Layout, font: str) -> dict[str, Any]:
    counter = Counter()
    subject = breakable(subject_line(document))
    kind = tidy(document.kind).strip().upper()
    copies, signer = copy_lines(document), document.signer
    at = document.letterhead
    note = words.FONT_NOTE.format(font=font) if document.draft and font == BUNDLED else ""
    return {
        "layout": dataclasses.asdict(layout),
        "title": document.title,
        "author": " ".join(at.agency.split()) if at else "",
        "marks": document.marks,
        "head": _head(document, subject) if at else None,
        "kind": kind,
        "subject": subject if kind or not at else "",
        "to": [breakable(line) for line in recipient_lines(document)],
        "body": _part(document.blocks, counter, layout.text_width, bool(copies or signer)),
        "copies_title": words.COPIES,
        "copies": [breakable(line) for line in copies],
        "posts": [tidy(post).strip().upper() for post in signer.posts] if signer else [],
        "name": tidy(signer.name).strip() if signer else "",
        "note": note,
        "annexes": [_annex(document, number, counter, layout) for number in range(len(document.annexes))],
    }


def _head(document: Document, subject: str) -> dict[str, Any]:
    at, issued = document.letterhead, document.issued
    assert at is not None
    return {
        "parent": name_lines(at.parent),
        "agency": name_lines(at.agency),
        "nation": words.NATION,
        "motto": words.MOTTO,
        "number": number_line(tidy(at.symbol).strip(), issued.number if issued else None),
        "date": date_line(at.place, issued.day if issued else None, at.year),
        "about": "" if document.kind.strip() else subject,
    }


def _annex(document: Document, number: int, counter: Counter, layout: Layout) -> dict[str, Any]:
    annex = document.annexes[number]
    name, title, tie = annex_lines(document, annex, number + 1)
    width = layout.height - layout.left - layout.right if annex.landscape else layout.text_width
    blocks = _part(annex.blocks, counter, width, False)
    return {"name": name, "title": breakable(title), "tie": tie, "landscape": annex.landscape, "body": blocks}


def _part(blocks: Iterable[Block], counter: Counter, width: float, hold_last: bool) -> list[dict[str, Any]]:
    found = [block for placed in counter.part(blocks) for block in _block(placed, width)]
    if found and hold_last and "keep" in found[-1]:
        found[-1]["keep"] = True  # a signature never stands on a page of its own
    return found


def _block(placed: Placed, width: float) -> list[dict[str, Any]]:
    match placed.block:
        case Heading() as heading:
            return [{"t": "heading", "level": heading.level, "text": breakable(heading_text(heading, placed.label))}]
        case Paragraph() as block:
            return [{"t": block.style.value, "runs": _runs(block.words), "keep": block.keep}]
        case Points() as points:
            return [
                {"t": "body", "runs": [_plain(_sign(points.count, at)), *_runs(item)], "keep": False}
                for at, item in enumerate(points.items, 1)
            ]
        case Table() as table:
            return list(_table(table, placed.label))
        case Figure() as figure:
            found = drawing(figure.svg)
            wide, high = size_of(figure, found.ratio, width)
            caption = breakable(f"{placed.label} {tidy(figure.caption)}".strip())
            alt = tidy(figure.alt or figure.caption)
            return [{"t": "figure", "svg": found.svg, "wide": wide, "high": high, "caption": caption, "alt": alt}]


def _table(table: Table, label: str) -> Iterator[dict[str, Any]]:
    """Whole, or in pieces that follow each other at once: the typesetter's time grows with the square of the rows."""
    last = len(table.rows) if table.total else 0
    rows = [[_cell(cell, at == last) for cell in row] for at, row in enumerate(table.rows, 1)]
    size = _PIECE_ROWS if len(rows) > 2 * _PIECE_ROWS else max(1, len(rows))
    for start in range(0, max(1, len(rows)), size):
        yield {
            "t": "table",
            "caption": "" if start else breakable(f"{label} {tidy(table.caption)}".strip()),
            "header": [breakable(cell) for cell in table.header],
            "shares": table.shares,
            "sides": [table.side(column) for column in range(len(table.header))],
            "rows": rows[start : start + size],
            "last": start + size >= len(rows),
        }


def _cell(cell: Words, bold: bool) -> dict[str, Any]:
    found = _runs(cell)
    if bold:
        found = [one | {"b": True} for one in found]
    return {"runs": found, "long": sum(len(one["x"]) for one in found) > _LONG_CELL}


def _runs(what: Words) -> list[dict[str, Any]]:
    return [_plain(breakable(one.text), one.bold, one.italic, one.href) for one in runs(what)]


def _plain(text: str, bold: bool = False, italic: bool = False, href: str = "") -> dict[str, Any]:
    return {"x": text, "b": bold, "i": italic, "u": href}


def _sign(count: Count, at: int) -> str:
    return {Count.DASH: "- ", Count.NUMBER: f"{at}. ", Count.LETTER: f"{letter(at)}) "}[count]


def breakable(text: str) -> str:
    """Long words (addresses, mostly) with U+200B where a line may break: the template turns it into no width at all."""
    return _LONG_WORD.sub(lambda found: "\u200b".join(_PIECE.findall(found[0])), text)

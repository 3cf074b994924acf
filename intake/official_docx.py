"""The text of an official DOCX: paragraphs with the numbers that Word shows, rows of tables. In a process of its own.

The package is looked over and its XML read by the rules of :mod:`intake.docx`. Unlike there, tables of the letterhead
and of the signature become lines, and automatic numbers are written out: the path of a clause hangs on them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from intake.apart import Unusable
from intake.docx import _BREAKS, _SKIPPED, MAX_DOCUMENT, _hidden, _look, _parse
from intake.official_numbering import Numbering

MAX_CHARS = 2_000_000
_LAYOUT = re.compile(r"Độc lập\s*[-–—]\s*Tự do|Nơi nhận|^\s*Số\s*:", re.IGNORECASE | re.MULTILINE)


def read(data: bytes) -> dict[str, Any]:
    """``text``: a line a paragraph, cells of a table's row parted by " | "; ``pictures``: how many there are.

    Raises :class:`Unusable`: broken, encrypted, bomb, not_docx, macros, external, no_text, text_too_long.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            removed = _look(package)
            root = _parse(package, "word/document.xml", MAX_DOCUMENT)
            numbering = Numbering.of(_optional(package, "word/numbering.xml"))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, UnicodeError, ValueError) as bad:
        raise Unusable("broken") from bad
    text = "\n".join(line.rstrip() for line in _blocks(root, numbering))
    if not text.strip():
        raise Unusable("no_text")
    if len(text) > MAX_CHARS:
        raise Unusable("text_too_long")
    return {"text": text, "pictures": removed["image"]}


def _optional(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    return _parse(package, name, MAX_DOCUMENT) if name in package.namelist() else None


def _blocks(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Lines of the paragraphs and tables that stand in an element, in order."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name == "p":
            yield from _paragraph(child, numbering)
        elif name == "tbl":
            yield from _table(child, numbering)
        elif name not in _SKIPPED:
            yield from _blocks(child, numbering)


def _paragraph(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    text = "".join(_runs(element))
    boxes = [line for box in element.iter("{*}txbxContent") if _shown(box) for line in _blocks(box, numbering)]
    label = numbering.label(element) if text.strip() else ""
    first, *rest = text.split("\n")
    yield f"{label} {first}" if label else first
    yield from rest
    yield from boxes


def _table(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    rows = [
        [list(_blocks(cell, numbering)) for cell in row if _named(cell, "tc")] for row in element if _named(row, "tr")
    ]
    lines = [line for row in rows for cell in row for line in cell]
    if _LAYOUT.search("\n".join(lines)) and len(rows) <= 12:
        yield from lines  # a letterhead or a signature: cell by cell, as it is read
        return
    yield ""
    for row in rows:
        cells = [" ".join(" ".join(cell).split()).replace(" | ", " / ") for cell in row]
        yield " | ".join(cells) + " |" if len(cells) > 1 else "".join(cells)
    yield ""


def _runs(element: etree._Element) -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name in _SKIPPED or name == "txbxContent" or (name == "r" and _hidden(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        else:
            yield from _runs(child)


def _shown(box: etree._Element) -> bool:
    """Not the copy that old programs would show instead."""
    return next(box.iterancestors("{*}Fallback"), None) is None


def _named(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname == name

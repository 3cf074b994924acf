"""A workbook written row by row: text and numbers, a bold head that stays in view, filters; the same bytes each time.

Written here: what a sheet of this kind needs is a hundred lines, and a library brings file times of its own or keeps
all cells in memory. Every text is an inline string, so nothing that a headline holds is ever a formula.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from alerts import report_words as words
from alerts.formats import clean

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | None
MOST_ROWS = 1_048_000  # a program refuses more than 1,048,576
LONGEST = 32_000  # characters of a cell; a program refuses more than 32,767
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``widths``: in characters. ``rows`` are read once."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _put(archive, "[Content_Types].xml", _types(len(sheets)))
        _put(archive, "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        _put(archive, "xl/workbook.xml", _book(sheets))
        targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        _put(archive, "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")]))
        _put(archive, "xl/styles.xml", _STYLES)
        for number, sheet in enumerate(sheets, 1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as file:
                _sheet(file.write, sheet)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(_entry(name), text)


def _types(sheets: int) -> str:
    own = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    own += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    parts = "".join(f'<Override PartName="{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in own)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{parts}</Types>"
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    names = "".join(
        f'<sheet name="{escape(sheet.name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{names}</sheets></workbook>'


def _sheet(write: object, sheet: Sheet) -> None:
    put = write  # the archive's own: nothing of a sheet is kept but what is being written
    columns = [column(n) for n in range(len(sheet.head))]
    widths = "".join(f'<col min="{n}" max="{n}" width="{w:g}" customWidth="1"/>' for n, w in enumerate(sheet.widths, 1))
    head = (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>{f"<cols>{widths}</cols>" if widths else ""}'
        "<sheetData>"
    )
    chunk = [head, _row(1, columns, sheet.head, 1)]
    last = 1
    for last, cells in enumerate(sheet.rows, 2):
        if last > MOST_ROWS:
            chunk.append(_row(last, columns, (words.SHEET_MORE, *("" for _ in columns[1:])), 0))
            break
        chunk.append(_row(last, columns, cells, 0))
        if len(chunk) >= 500:
            put("".join(chunk).encode())  # type: ignore[operator]
            chunk = []
    chunk.append(f'</sheetData><autoFilter ref="A1:{columns[-1]}{last}"/></worksheet>')
    put("".join(chunk).encode())  # type: ignore[operator]


def _row(number: int, columns: Sequence[str], cells: Sequence[Cell], style: int) -> str:
    made = []
    for name, cell in zip(columns, cells, strict=True):
        if cell is None or cell == "":
            continue
        at = f'r="{name}{number}"' + (f' s="{style}"' if style else "")
        if isinstance(cell, str):
            made.append(
                f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(clean(cell)[:LONGEST])}</t></is></c>'
            )
        else:
            made.append(f"<c {at}><v>{cell!r}</v></c>")
    return f'<row r="{number}">{"".join(made)}</row>'


def column(number: int) -> str:
    """``A`` of 0, ``AA`` of 26."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name

"""A spreadsheet or CSV from outside as plain cells, each with its place; nothing in it is run, fetched or believed.

Bounds come first: bytes, parts of the package, bytes when unpacked, rows, columns, letters in a cell. A formula is
refused where it stands (its value is whatever some program wrote there), so is a package with macros or with a document
type declaration, in which entities could grow.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from alerts import roster_words as words
from lang.text import nfc
from store.errors import InputError

MOST_BYTES = 2_000_000
MOST_UNPACKED = 12_000_000
MOST_PARTS = 200
MOST_ROWS = 800
MOST_COLUMNS = 30
MOST_SHEETS = 12
MOST_MERGED = 500
LONGEST_CELL = 300
Value = str | dt.date | dt.time
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]{0,80}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, EOFError, IndexError,
           NotImplementedError, SyntaxError, zlib.error, RecursionError, OverflowError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands at a place: "Tuan48!B3" or "dòng 3, cột B". ``value`` "" where nothing does."""

    place: str
    value: Value

    @property
    def text(self) -> str:
        """As words on one line."""
        return nfc(self.value) if isinstance(self.value, str) else str(self.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells; every row as long as the longest."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_file(name: str, data: bytes) -> list[Sheet]:
    """The sheets of a .xlsx or the one of a .csv. Raises :class:`InputError` with the file and, where known, the cell.

    Takes at most a few seconds and some tens of MB, whatever the file holds.
    """
    if len(data) > MOST_BYTES:
        raise InputError(words.TOO_BIG.format(file=name, mb=MOST_BYTES // 1_000_000))
    if not data.strip():
        raise InputError(words.EMPTY.format(file=name))
    if data[:2] == b"PK":
        return _workbook(name, data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise InputError(words.OLD.format(file=name))
    return [_csv(name, data)]


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────


def _csv(name: str, data: bytes) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = data[: bad.start].count(b"\n") + 1
        raise InputError(words.NOT_UTF8.format(file=name, line=line)) from bad
    if "\0" in text:
        raise InputError(words.NOT_TABLE.format(file=name))
    first = text.lstrip().partition("\n")[0]
    mark = max((";", ",", "\t"), key=first.count)
    rows = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark, strict=True), start=1):
            _bounded(name, number, len(row))
            rows.append([_cell(words.LINE.format(line=number, column=_letter(n)), v) for n, v in enumerate(row)])
    except csv.Error as bad:
        raise InputError(words.BROKEN.format(file=name)) from bad
    return Sheet("", _even(rows, lambda row, n: words.LINE.format(line=row, column=_letter(n))))


# ── xlsx ────────────────────────────────────────────────────────────────────────────────────────────


def _workbook(name: str, data: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _look(name, package)
        return list(_sheets(name, data))
    except _BROKEN as bad:
        raise InputError(words.BROKEN.format(file=name)) from bad


def _look(name: str, package: zipfile.ZipFile) -> None:
    """Every part, within its bounds, before any of it is parsed."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise InputError(words.BOMB.format(file=name))
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise InputError(words.BROKEN.format(file=name))
    if any("vbaproject" in n.lower() for n in names):
        raise InputError(words.MACROS.format(file=name))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            body = package.read(part)  # zipfile gives no more than file_size, and checks the sum
            if b"<!DOCTYPE" in body or b"<!ENTITY" in body or body[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in body:
                raise InputError(words.BROKEN.format(file=name))


def _sheets(name: str, data: bytes) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that it leaves out
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        shown = [s for s in book.worksheets if s.sheet_state == "visible"]
        if len(shown) > MOST_SHEETS:
            raise InputError(words.SHEETS.format(file=name, n=MOST_SHEETS))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for sheet in shown:
                merged = list(_merged(name, package.read(sheet._worksheet_path)))
                yield _sheet(name, sheet, merged)
    finally:
        book.close()


def _sheet(name: str, sheet: Any, merged: Sequence[tuple[int, int, int, int]]) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    rows: list[list[Cell]] = []
    found = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1)
    for number, row in enumerate(found, start=1):
        values = [_value(f"{sheet.title}!{_letter(n)}{number}", cell) for n, cell in enumerate(row)]
        while values and values[-1].value == "":
            values.pop()
        if values:
            _bounded(f"{name}, {sheet.title}", number, len(values))
        rows.append(values)
    while rows and not rows[-1]:
        rows.pop()
    even = [list(row) for row in _even(rows, lambda row, n: f"{sheet.title}!{_letter(n)}{row}")]
    for left, top, right, bottom in merged:
        if top <= len(even) and left <= len(even[top - 1]):
            value = even[top - 1][left - 1].value
            for row in even[top - 1 : bottom]:
                for n in range(left - 1, min(right, len(row))):
                    row[n] = Cell(row[n].place, value)
    return Sheet(sheet.title, tuple(tuple(row) for row in even))


def _merged(name: str, body: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(left, top, right, bottom), from 1: one name may stand over several rows."""
    for n, found in enumerate(_MERGED.finditer(body)):
        if n >= MOST_MERGED:
            raise InputError(words.BOMB.format(file=name))
        yield _column(found[1]), int(found[2]), _column(found[3]), min(int(found[4]), MOST_ROWS)


def _value(place: str, cell: Any) -> Cell:
    if getattr(cell, "data_type", "") == "f":
        raise InputError(words.FORMULA.format(place=place))
    if getattr(cell, "data_type", "") == "e":
        raise InputError(words.CELL_ERROR.format(place=place, value=str(cell.value)[:20]))
    value = cell.value
    if value is None:
        return Cell(place, "")
    if isinstance(value, dt.datetime):
        return Cell(place, value.date() if value.time() == dt.time() else value.time())
    if isinstance(value, dt.date | dt.time):
        return Cell(place, value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _cell(place, str(value))


# ── both ────────────────────────────────────────────────────────────────────────────────────────────


def _cell(place: str, value: str) -> Cell:
    if len(value) > LONGEST_CELL:
        raise InputError(words.LONG.format(place=place, n=LONGEST_CELL))
    clean = nfc(value)
    if clean.startswith("="):
        raise InputError(words.FORMULA.format(place=place))
    return Cell(place, clean)


def _bounded(name: str, row: int, columns: int) -> None:
    if row > MOST_ROWS or columns > MOST_COLUMNS:
        raise InputError(words.ROWS.format(file=name, rows=MOST_ROWS, columns=MOST_COLUMNS))


def _even(rows: Sequence[Sequence[Cell]], place: Any) -> tuple[tuple[Cell, ...], ...]:
    width = max(map(len, rows), default=0)
    return tuple(
        (*row, *(Cell(place(number, n), "") for n in range(len(row), width)))
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip


def _letter(n: int) -> str:
    return chr(65 + n) if n < 26 else _letter(n // 26 - 1) + chr(65 + n % 26)


def _column(letters: str | bytes) -> int:
    found = 0
    for letter in letters.decode() if isinstance(letters, bytes) else letters:
        found = found * 26 + ord(letter) - 64
    return found

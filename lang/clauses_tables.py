"""Rows of tables as statements: ``Môn: Toán; Thời gian: 120 phút``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang.clauses_lines import Level, Line
from lang.text import fold

_ORDINAL = frozenset({"stt", "tt", "so tt"})
_VALUE = re.compile(r"\d{1,2}[/:h]\d|\d{2,}")
_HEADER_CELL = 80  # characters; what is longer is no column's name
_LOOK_BACK = 2_000  # rows; of a longer table the first rows' header is not looked for


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, the names of its columns (empty without a header), and its place in the text."""

    cells: tuple[str, ...]
    columns: tuple[str, ...]
    begin: int
    end: int
    is_header: bool = False


def block(text: str, lines: list[Line], k: int) -> list[Row]:
    """The first row of the table in which line ``k`` stands, and the row of line ``k`` (once, if it is the first)."""
    first = k
    while first > 0 and k - first < _LOOK_BACK and lines[first - 1].level is Level.ROW:
        first -= 1
    top = _cells(text, lines[first])
    header = first + 1 < len(lines) and lines[first + 1].level is Level.ROW and _names_columns(top)
    columns = top if header else ()
    rows = [Row(top, (), lines[first].begin, lines[first].end, header)]
    if k != first:
        rows.append(Row(_cells(text, lines[k]), columns, lines[k].begin, lines[k].end))
    return rows


def flat(row: Row) -> str:
    """The row in one line: each cell with its column's name; running numbers and empty cells are left out."""
    if len(row.columns) != len(row.cells):
        return "; ".join(cell for cell in row.cells if cell)
    told = [
        f"{name}: {cell}" if name else cell
        for name, cell in zip(row.columns, row.cells, strict=True)
        if cell and fold(name).strip(" .") not in _ORDINAL
    ]
    return "; ".join(told)


def _cells(text: str, line: Line) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in text[line.begin : line.end].strip().removesuffix("|").split(" | "))


def _names_columns(cells: tuple[str, ...]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) >= 2 and all(len(c) <= _HEADER_CELL and not _VALUE.search(c) for c in filled)

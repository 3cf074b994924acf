"""No output crosses an outlet with tone or stance (promise 2), looked for in every block, drawing, sheet and line."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from alerts import report, report_words
from alerts.documents.nd30 import Block, Figure, Heading, Paragraph, Points, Table, plain
from config.contracts import Contract
from store.sqlite import open_store

_SPEC = importlib.util.spec_from_file_location("report_rows_p", Path(__file__).parent / "report_rows.py")
assert _SPEC and _SPEC.loader
rows = importlib.util.module_from_spec(_SPEC)
sys.modules["report_rows_p"] = rows
_SPEC.loader.exec_module(rows)

OUTLETS = ("Báo Hải Âu", "Báo Cửa Biển")
MANNER = re.compile(
    r"thuận lợi|bất lợi|trung lập|phê bình|biểu dương|thái độ|sắc thái|tiêu cực|tích cực|\.(tone|stance)\.|khen|chê",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[report.Built]:
    store = open_store(tmp_path_factory.mktemp("r") / "h.sqlite")
    month = rows.Month(store)
    first = rows.MAY.first
    month.add_all([
        (rows.at(first + dt.timedelta(days=n % 61 - 31), 6 + n % 12), {
            "title": f"Bài số {n} về trường học", "outlet": OUTLETS[n % 2], "hp": "direct" if n % 3 == 0 else "none",
            "tone": ("pos", "neg", "neu")[n % 3], "stance": "critical" if n % 2 else "supportive",
            "places": ("11413",), "topics": "fees,commendation", "rumour": "report" if n % 50 == 0 else "none",
            "source": f"s{n % 2}",
        }) for n in range(500)
    ])  # fmt: skip
    agreed = Contract(name=OUTLETS[0], outlets=OUTLETS[:1], since="2026-01-01", until="2026-12-31", per_month=3)
    yield report.build(month.read(contracts={"c": agreed}), 1)
    store.close()


def blocks(built: report.Built) -> list[Block]:
    document = built.document
    return [*document.blocks, *(b for annex in document.annexes for b in annex.blocks)]


def named(text: str) -> bool:
    return any(outlet.lower() in text.lower() for outlet in OUTLETS) or "cơ quan báo chí" in text.lower()


def test_outlets_and_manner_are_both_in_the_report(built: report.Built) -> None:
    """Else the tests below would prove nothing."""
    words = "\n".join(map(_all, blocks(built)))
    assert all(outlet in words for outlet in OUTLETS) and "bất lợi" in words and "phê bình" in words


def test_no_block_names_both(built: report.Built) -> None:
    for block in blocks(built):
        for part in _parts(block):
            assert not (named(part) and MANNER.search(_without_titles(part))), part[:200]


def test_no_section_holds_both(built: report.Built) -> None:
    """From heading to heading: what stands under one headline is read together."""
    sections: list[list[str]] = []
    for part in (built.document.blocks, *(annex.blocks for annex in built.document.annexes)):
        sections.append([])
        for block in part:
            if isinstance(block, Heading):
                sections.append([])
            sections[-1] += _parts(block)
    for section in sections:
        whole = "\n".join(section)
        if any(outlet in whole for outlet in OUTLETS):
            assert not MANNER.search(_without_titles(whole)), whole[:300]


def _without_titles(text: str) -> str:
    return re.sub(r"Gương tốt, khen thưởng[^\n]*|gương tốt, khen thưởng[^\n]*|Danh mục[^\n]*", "", text)


def _all(block: Block) -> str:
    return "\n".join(_parts(block))


def _parts(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [plain(block.words)]
        case Points():
            return [plain(item) for item in block.items]
        case Table():
            cells = [plain(cell) for row in block.rows for cell in row]
            return ["\n".join((block.caption, *block.header, *cells))]
        case Figure():
            texts = re.findall(r"<text[^>]*>([^<]*)</text>", block.svg)
            return ["\n".join((block.caption, block.alt, *texts))]


def test_no_sheet_holds_both(built: report.Built) -> None:
    book = openpyxl.load_workbook(io.BytesIO(built.files["xlsx"]))
    assert len(book.sheetnames) == 5
    seen = {"outlet": set(), "manner": set()}
    for sheet in book:
        lines = ["\n".join(str(c) for c in row if c is not None) for row in sheet.values]
        for line in lines:
            assert not (named(line) and MANNER.search(line)) or line == report_words.NOTE_SPLIT, (sheet.title, line)
        if sheet.title in ("Tin, bài", "Mở số liệu"):
            seen["outlet"] |= {sheet.title} if any(o in line for o in OUTLETS for line in lines) else set()
            seen["manner"] |= {sheet.title} if any(MANNER.search(line) for line in lines) else set()
    assert seen == {"outlet": {"Tin, bài"}, "manner": {"Mở số liệu"}}


def test_nor_does_the_csv(built: report.Built) -> None:
    lines = list(csv.reader(io.StringIO(built.files["csv"].decode("utf-8-sig"))))
    assert len(lines) > 400
    assert not [line for line in lines[1:] if MANNER.search("\n".join(line))]


def test_no_figure_crosses_them(built: report.Built) -> None:
    for key in built.report.figures:
        assert not (key.split(".")[0] in ("bao", "hop_dong") and MANNER.search(key + ".")), key


def test_nothing_is_called_false(built: report.Built) -> None:
    words = "\n".join((*map(_all, blocks(built)), *(str(v) for v in vars(report_words).values())))
    assert not re.search(r"tin giả|sai sự thật|tin sai|bịa đặt|xuyên tạc", words, re.IGNORECASE)

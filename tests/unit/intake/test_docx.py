"""A DOCX becomes the masked text of its body; everything else that a DOCX carries is left behind."""

from __future__ import annotations

import pytest

from intake.form import Refused
from intake.redact import Redacted, look, redact
from tests.unit.intake.samples import NOON, OFFICE, SECRET, docx, paragraph, with_file

HYPERLINK = (
    f'<Relationship Id="r1" Type="{OFFICE}/hyperlink" Target="https://facebook.com/vankin" TargetMode="External"/>'
)


def taken(data: bytes) -> Redacted:
    return redact(with_file(data, name=f"{SECRET}.docx"), now=NOON)


def text(data: bytes) -> str:
    (found,) = taken(data).files
    assert (found.name, found.media_type) == ("tep-1.txt", "text/plain; charset=utf-8")
    return found.data.decode()


def test_the_text_is_masked_line_by_line() -> None:
    body = paragraph("Trường thu sai.") + paragraph(f"{SECRET}: gọi 0912345678, xem fb.com/vankin")
    assert text(docx(body)) == "Trường thu sai.\n[tên]: gọi [số điện thoại], xem [liên kết tài khoản]\n"


def test_a_name_in_pieces_is_still_a_name() -> None:
    runs = "".join(
        f"<w:r><w:t xml:space='preserve'>{piece}</w:t></w:r>" for piece in ("Ngu", "yễn Văn", " Kín", " nói")
    )
    assert text(docx(f"<w:p>{runs}</w:p>")) == "[tên] nói\n"


def test_tables_and_text_boxes_are_read() -> None:
    table = "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in ("Khoản", "Số tiền")) + "</w:tr></w:tbl>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('trong khung')}</w:txbxContent></w:pict></w:r></w:p>"
    assert text(docx(table + box)) == "Khoản | Số tiền |\n\ntrong khung\n"


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph("BIMAT", "<w:rPr><w:vanish/></w:rPr>"),
        "<w:p><w:del><w:r><w:delText>BIMAT</w:delText></w:r></w:del></w:p>",
        "<w:p><w:del><w:r><w:t>BIMAT</w:t></w:r></w:del></w:p>",
        "<w:p><w:r><w:instrText>HYPERLINK BIMAT</w:instrText></w:r></w:p>",
        '<w:p><w:r><w:drawing><w:docPr descr="BIMAT" name="BIMAT"/></w:drawing></w:r></w:p>',
    ],
)
def test_what_the_reader_does_not_see_is_not_kept(hidden: str) -> None:
    assert text(docx(paragraph("Thấy được.") + hidden)).strip() == "Thấy được."


def test_what_was_left_behind_is_said() -> None:
    parts = {
        "docProps/core.xml": SECRET, "word/media/image1.png": b"x", "word/comments.xml": SECRET,
        "word/header1.xml": SECRET, "word/embeddings/a.xlsx": b"x", "word/people.xml": SECRET,
    }  # fmt: skip
    found = taken(docx(paragraph("Thấy được."), parts=parts, relations=HYPERLINK))
    assert {r.what: r.count for r in found.removed} == {
        "metadata": 1, "image": 1, "comment": 3, "attachment": 1, "account link": 1, "file name": 1
    }  # fmt: skip
    assert SECRET not in found.files[0].data.decode()


def test_a_document_without_text_is_refused_with_the_way_out() -> None:
    with pytest.raises(Refused, match="xuất ra PDF"):
        taken(docx("<w:p/>"))


def test_there_are_no_pages_to_look_at() -> None:
    assert look(with_file(docx(paragraph("chữ"))).files[0]) == ()

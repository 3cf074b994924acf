"""PDFs become pictures of their pages: names and accounts black, no text layer, nothing beside the pages."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from PIL import Image

from intake.form import Box, Refused
from intake.redact import Redacted, look, redact
from tests.unit.intake.samples import BOX, NOON, holds, pdf, picture, stream, with_file

LINES = ["Nguyễn Văn Kín: trường thu sai", "xem facebook.com/vankin88 hoặc gọi 0912 345 678", "dòng này không của ai"]


def taken(data: bytes, *boxes: Box, declared: bool = False) -> Redacted:
    return redact(with_file(data, *boxes, declared=declared, name="x.pdf"), now=NOON)


def page(data: bytes, number: int = 0) -> Image.Image:
    document = pdfium.PdfDocument(data)
    shown = document[number]
    return shown.render(scale=2).to_pil().convert("L")


def dark(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    """Share of black pixels in a box (left, top, right, bottom)."""
    cut = image.crop(box)
    return sum(value < 60 for value in cut.tobytes()) / (cut.width * cut.height)


def test_nothing_of_the_text_is_left_but_what_is_seen() -> None:
    data = pdf([LINES])
    found = taken(data)
    (file,) = found.files
    assert (file.name, file.media_type, file.pages) == ("tep-1.pdf", "application/pdf", 1)
    document = pdfium.PdfDocument(file.data)
    shown = document[0]
    assert shown.get_textpage().get_text_bounded().strip() == ""
    for secret in ("Kín", "vankin88", "0912", "facebook"):
        assert not holds(file.data, secret)
    assert {r.what for r in found.removed} >= {"name", "account link", "phone", "text layer", "file name"}


def test_names_links_and_telephones_are_black_and_the_rest_can_be_read() -> None:
    before, after = page(pdf([LINES])), page(taken(pdf([LINES])).files[0].data)
    # The first line begins at x = 60 of 595, y = 842 - 780 of 842; the picture has two pixels a point.
    name = (120, 104, 260, 124)
    assert dark(before, name) < 0.5
    assert dark(after, name) > 0.97
    last = (120, 2 * (842 - 780 + 48) - 20, 400, 2 * (842 - 780 + 48) + 4)
    assert 0.02 < dark(after, last) < 0.4
    assert abs(dark(after, last) - dark(before, last)) < 0.08


def test_black_lies_on_the_letters_of_a_turned_page_too() -> None:
    after = page(taken(pdf([LINES], rotate=90)).files[0].data)
    assert after.width > after.height
    # Turned right: what was x = 60.., y = 62 from the top is now x = 842 - 62, y = 60..
    assert dark(after, (1684 - 122, 120, 1684 - 106, 260)) > 0.95


def test_a_name_on_one_page_is_black_on_the_others() -> None:
    found = taken(pdf([["Thầy Nguyễn Văn Tuyên đánh học trò."], ["Sau đó Tuyên chối."]]))
    assert sum(r.count for r in found.removed if r.what == "name") == 2
    assert found.files[0].pages == 2


def test_a_page_with_a_picture_needs_a_box_or_a_declaration() -> None:
    data = pdf([["chữ thường"], ["có ảnh đại diện"]], picture=True)
    with pytest.raises(Refused, match="trang 2 có hình"):
        taken(data)
    with pytest.raises(Refused, match="trang 2 có hình"):
        taken(data, BOX)  # on page 1
    assert taken(data, declared=True).files[0].pages == 2
    boxed = taken(data, Box(2, 400 / 595, 1 - 460 / 842, 60 / 595, 60 / 842))
    assert dark(page(boxed.files[0].data, 1), (802, 766, 918, 882)) > 0.99


def test_a_scan_without_letters_needs_a_box_or_a_declaration() -> None:
    with pytest.raises(Refused, match="trang 1 có hình"):
        taken(pdf([[]], picture=True))


def test_a_font_of_the_time_before_unicode_is_not_trusted() -> None:
    data = pdf([["NguyÔn V¨n KÝn".replace("Ô", "O").replace("¨", "a").replace("Ý", "Y")]])
    old = data.replace(b"/BaseFont /Helvetica", b"/BaseFont /.VnTimeXY")
    assert len(old) == len(data)
    with pytest.raises(Refused, match="máy không đọc được"):
        taken(old)


def test_scripts_attachments_notes_and_metadata_are_gone_and_said() -> None:
    javascript = "<< /Names [(a) << /S /JavaScript /JS (app.alert\\('bimat'\\)) >>] >>"
    files = "<< /Names [(a.txt) << /Type /Filespec /F (bimat.txt) /EF << /F 4 0 R >> >>] >>"
    data = pdf([["chữ thường"]], extra={"Names": f"<< /JavaScript {javascript} /EmbeddedFiles {files} >>"})
    found = taken(data)
    assert {r.what: r.count for r in found.removed} == {"attachment": 1, "script": 1, "text layer": 1, "file name": 1}
    for secret in ("bimat", "JavaScript", "EmbeddedFile", "/JS", "OpenAction"):
        assert holds(data, secret) or secret in ("OpenAction", "EmbeddedFile")
        assert not holds(found.files[0].data, secret)


def test_the_same_file_gives_the_same_bytes() -> None:
    data = pdf([LINES])
    assert taken(data).files[0].data == taken(data).files[0].data


def test_a_look_shows_the_pages_with_what_is_black_so_far() -> None:
    pages = look(with_file(pdf([LINES, ["trang hai"]], picture=True)).files[0])
    assert len(pages) == 2
    first = picture(pages[0]).convert("L")
    wide, high = first.size
    scale = wide / 595
    assert dark(first, (int(62 * scale), int(52 * scale), int(130 * scale), int(62 * scale))) > 0.95
    assert max(wide, high) <= 1200


def test_a_box_on_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="chỉ có 1 trang"):
        taken(pdf([["chữ"]]), Box(2, 0, 0, 0.5, 0.5))


def test_samples_are_read_as_they_were_written() -> None:
    document = pdfium.PdfDocument(pdf([LINES]))
    shown = document[0]
    assert shown.get_textpage().get_text_bounded().splitlines() == LINES
    assert stream("a").endswith("endstream")

"""The DOCX read back by another program and laid beside the decree's table (Decree 30/2020/NĐ-CP, Appendix I)."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx as reader
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from alerts.documents import docx
from alerts.documents.nd30 import Annex, Document, Figure, Heading, Issued, Paragraph, Run, Table
from store.errors import InputError

_SPEC = importlib.util.spec_from_file_location("nd30_samples", Path(__file__).parent / "nd30_samples.py")
assert _SPEC
assert _SPEC.loader
samples = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(samples)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(document: Document = samples.REPORT):
    return reader.Document(io.BytesIO(docx.write(document)))


def looked(paragraph):
    """(font, size in points, bold, italic, side) as Word would show it, through the styles."""
    style, found = paragraph.style, {}
    while style is not None:
        for key, value in (
            ("font", style.font.name),
            ("size", style.font.size),
            ("bold", style.font.bold),
            ("italic", style.font.italic),
            ("side", style.paragraph_format.alignment),
        ):
            if value is not None:
                found.setdefault(key, value)
        style = style.base_style
    return (
        found["font"],
        found["size"].pt,
        bool(found.get("bold")),
        bool(found.get("italic")),
        found.get("side", SIDE.LEFT),
    )


def every_paragraph(document):
    for p in document.element.body.iter(qn("w:p")):
        yield reader.text.paragraph.Paragraph(p, document._body)


def line(document, text):
    return next(p for p in every_paragraph(document) if p.text.replace("\xa0", " ").startswith(text))


def test_page_is_a4_with_the_decrees_margins():
    for section in opened().sections:
        wide, high = sorted((round(section.page_width.mm), round(section.page_height.mm)))
        assert (wide, high) == (210, 297)
        assert 20 <= section.top_margin.mm <= 25.1
        assert 20 <= section.bottom_margin.mm <= 25.1
        assert 29.9 <= section.left_margin.mm <= 35.1
        assert 14.9 <= section.right_margin.mm <= 20.1


@pytest.mark.parametrize(
    ("starts", "sizes", "bold", "italic", "side"),
    [
        ("UBND THÀNH PHỐ HẢI PHÒNG", (12, 13), False, False, SIDE.CENTER),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", (12, 13), True, False, SIDE.CENTER),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False, SIDE.CENTER),
        ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False, SIDE.CENTER),
        ("Số:", (13, 13), False, False, SIDE.CENTER),
        ("Hải Phòng, ngày", (13, 14), False, True, SIDE.CENTER),
        ("BÁO CÁO", (13, 14), True, False, SIDE.CENTER),
        ("Kết quả theo dõi", (13, 14), True, False, SIDE.CENTER),
        ("Kính gửi: Ủy ban", (13, 14), False, False, SIDE.CENTER),
        ("Căn cứ Kế hoạch", (13, 14), False, True, SIDE.JUSTIFY),
        ("I. TÌNH HÌNH CHUNG", (13, 14), True, False, SIDE.LEFT),
        ("1. Số lượng", (13, 14), True, False, SIDE.LEFT),
        ("Có 312 tin, bài", (13, 14), False, False, SIDE.JUSTIFY),
        ("Nơi nhận:", (12, 12), True, True, SIDE.LEFT),
        ("- Như trên;", (11, 11), False, False, SIDE.LEFT),
        ("KT. GIÁM ĐỐC", (13, 14), True, False, SIDE.CENTER),
        ("Phụ lục I", (14, 14), True, False, SIDE.CENTER),
        ("DANH MỤC TIN, BÀI", (13, 14), True, False, SIDE.CENTER),
        ("(Kèm theo Báo cáo số", (13, 14), False, True, SIDE.CENTER),
    ],
)
def test_each_element_looks_as_the_decree_says(starts, sizes, bold, italic, side):
    font, size, is_bold, is_italic, at = looked(line(opened(), starts))
    assert font == "Times New Roman"
    assert sizes[0] <= size <= sizes[1]
    assert (is_bold, is_italic, at) == (bold, italic, side)


def test_body_is_indented_spaced_and_justified():
    form = line(opened(), "Có 312").style.paragraph_format
    assert round(form.first_line_indent.mm, 1) in (10.0, 12.7)
    assert form.space_after >= Pt(6)
    assert 1 <= form.line_spacing <= 1.5


def test_the_head_is_two_columns_side_by_side():
    """Bodies left, national title right; number and date on one row below."""
    document = opened()
    head = document.tables[0]
    left, right = head.rows[0].cells
    assert [p.text for p in left.paragraphs if p.text] == ["UBND THÀNH PHỐ HẢI PHÒNG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"]
    assert [p.text for p in right.paragraphs if p.text][1] == "Độc lập - Tự do - Hạnh phúc"
    number, date = (cell.text.strip().replace("\xa0", " ") for cell in head.rows[1].cells)
    assert re.fullmatch(r"Số: +/BC-SGDĐT", number)
    assert re.fullmatch(r"Hải Phòng, ngày +tháng +năm 2026", date)
    assert round(sum(cell.width.mm for cell in head.rows[0].cells)) == 165
    assert not head._tbl.findall(f".//{W}tblBorders")


def test_lines_are_borders_of_the_right_length():
    """Under the motto as long as its words; under the body and the subject a third to a half of theirs."""
    document = opened()

    def length(style, column):
        form = document.styles[style].paragraph_format
        return column - form.left_indent.mm - form.right_indent.mm

    from alerts.documents.nd30_text import width_mm

    motto = width_mm("Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    body = width_mm("SỞ GIÁO DỤC VÀ ĐÀO TẠO", 12, bold=True)
    subject = width_mm("Kết quả theo dõi thông tin báo chí tháng 5 năm 2026", 14, bold=True)
    assert length("ND30 Đường kẻ tiêu ngữ", 95) == pytest.approx(motto, abs=1)
    assert body / 3 <= length("ND30 Đường kẻ cơ quan", 70) <= body / 2
    assert subject / 3 <= length("ND30 Đường kẻ trích yếu", 165) <= subject / 2
    for name in ("ND30 Đường kẻ tiêu ngữ", "ND30 Đường kẻ cơ quan", "ND30 Đường kẻ trích yếu"):
        assert document.styles[name].element.find(f".//{W}pBdr") is not None
    assert "___" not in "".join(p.text for p in every_paragraph(document))


def test_page_numbers_stand_in_the_middle_of_the_top_margin_from_page_two():
    section = opened().sections[0]
    assert section.different_first_page_header_footer
    assert " PAGE " not in etree.tostring(section.first_page_header._element).decode()
    xml = etree.tostring(section.header._element).decode()
    assert "PAGE" in xml
    style = section.header.paragraphs[0].style
    assert style.font.size == Pt(14)
    middle = style.paragraph_format.tab_stops[0]
    assert middle.position.mm == pytest.approx(165 / 2, abs=0.2)
    assert section.header_distance < section.top_margin


def test_each_annex_has_its_own_section_and_numbers():
    first, second, third = opened().sections
    assert first.page_width < first.page_height
    assert second.page_width > second.page_height
    assert third.page_width < third.page_height
    starts = [s._sectPr.find(qn("w:pgNumType")) for s in (first, second, third)]
    assert starts[0] is None
    assert [s.get(qn("w:start")) for s in starts[1:]] == ["1", "1"]


def test_headings_are_real_headings_and_count():
    found = [(p.style.name, p.text) for p in opened().paragraphs if p.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "I. TÌNH HÌNH CHUNG"),
        ("Heading 2", "1. Số lượng"),
        ("Heading 1", "II. KIẾN NGHỊ, ĐỀ XUẤT"),
        ("Heading 1", "I. NGUỒN"),
    ]


def test_points_count_as_the_decree_does_with_d_after_d():
    texts = [p.text for p in opened().paragraphs if p.style.name == "ND30 Khoản, điểm"]
    assert texts[2:7] == ["a) một", "b) hai", "c) ba", "d) bốn", "đ) năm"]


def test_a_second_numbered_list_begins_at_one():
    numbers = [
        p._p.pPr.numPr.numId.val
        for p in opened().paragraphs
        if p.style.name == "ND30 Khoản, điểm" and p._p.pPr.numPr is not None
    ]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_table_header_comes_again_and_the_sum_is_bold():
    table = opened().tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[-1].cells[1].paragraphs[0].runs[0].style.name == "Strong"
    assert table.rows[1].cells[2].paragraphs[0].alignment is None
    assert table.rows[1].cells[2].paragraphs[0].style.name == "ND30 Ô bảng phải"


def test_signature_waits_for_a_person():
    """KT. over the post, the name blank, Nơi nhận on the same row; the archive comes last with a full stop."""
    block = opened().tables[2]
    left, right = block.rows[0].cells
    assert [p.text for p in left.paragraphs] == [
        "Nơi nhận:", "- Như trên;", "- Ban Giám đốc Sở;", "- Các phòng thuộc Sở;", "- Lưu: VT, VP.",
    ]  # fmt: skip
    assert [p.text for p in right.paragraphs] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", ""]
    assert line(opened(), "Trên đây là báo cáo").paragraph_format.keep_with_next


def test_a_letter_has_its_subject_under_the_number_and_its_addressees_under_one_another():
    document = opened(samples.LETTER)
    assert document.tables[0].rows[1].cells[0].paragraphs[1].text == "V/v đôn đốc trả lời về khoản thu đầu năm"
    assert looked(line(document, "V/v"))[1:4] == (13, False, False)
    texts = [p.text for p in document.paragraphs]
    at = texts.index("Kính gửi:")
    assert texts[at + 1 : at + 3] == ["- Ủy ban nhân dân phường Lê Chân;", "- Sở Văn hóa, Thể thao và Du lịch."]
    assert "Title" not in [p.style.name for p in document.paragraphs]


def test_what_is_not_issued_is_stamped_on_every_page():
    for section in opened().sections:
        for header in (section.first_page_header, section.header):
            text = " ".join(" ".join(header.paragraphs[0].text.split()).split("\t"))
            assert "DỰ THẢO" in text
            assert "LƯU HÀNH NỘI BỘ" in text


def test_nothing_can_be_made_that_only_looks_issued():
    with pytest.raises(InputError, match="Văn thư"):
        dataclasses.replace(samples.LETTER, draft=False)
    issued = dataclasses.replace(samples.LETTER, draft=False, issued=Issued(7, datetime.date(2026, 2, 5)))
    document = opened(issued)
    assert document.tables[0].rows[1].cells[0].paragraphs[0].text == "Số: 07/SGDĐT-VP"
    assert document.tables[0].rows[1].cells[1].text == "Hải Phòng, ngày 05 tháng 02 năm 2026"
    assert "DỰ THẢO" not in document.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize(
    ("day", "shown"),
    [((2026, 1, 1), "ngày 01 tháng 01"), ((2026, 3, 9), "ngày 09 tháng 3"), ((2026, 11, 20), "ngày 20 tháng 11")],
)
def test_zeros_stand_before_days_under_ten_and_the_first_two_months(day, shown):
    issued = dataclasses.replace(samples.LETTER, issued=Issued(112, datetime.date(*day)), draft=False)
    assert shown in opened(issued).tables[0].rows[1].cells[1].text


def test_looks_come_from_styles_alone():
    """One edit of a style in Word changes the whole document: no run and no paragraph has a look of its own."""
    with zipfile.ZipFile(io.BytesIO(docx.write(samples.REPORT))) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
    for run in tree.iter(f"{W}rPr"):
        assert [child.tag for child in run] == [f"{W}rStyle"]
    for form in tree.iter(f"{W}pPr"):
        assert {c.tag for c in form} <= {f"{W}{n}" for n in ("pStyle", "keepNext", "numPr", "sectPr")}
    known = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style")}
    used = {e.get(f"{W}val") for t in ("pStyle", "rStyle", "tblStyle") for e in tree.iter(f"{W}{t}")}
    assert used <= known
    fonts = {value for e in styles.iter(f"{W}rFonts") for value in e.attrib.values()}
    assert fonts == {"Times New Roman"}


# Order of children by ECMA-376: Word refuses a file where it is broken, LibreOffice does not.
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs bdr lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference type pgSz pgMar pgNumType titlePg",
    "lvl": "start numFmt suff lvlText lvlJc",
    "style": "name basedOn semiHidden qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "font": "altName panose1 charset family pitch",
}


def test_parts_are_in_the_order_that_word_insists_on():
    with zipfile.ZipFile(io.BytesIO(docx.write(samples.REPORT))) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for node in etree.fromstring(package.read(name)).iter():
                local = etree.QName(node).localname
                if node.tag == f"{W}{local}" and local in ORDER:
                    order = ORDER[local].split()
                    places = [order.index(etree.QName(child).localname) for child in node]
                    assert places == sorted(places), (name, local)


def test_same_document_same_bytes_in_another_process():
    code = (
        "import sys,hashlib; sys.path.insert(0, sys.argv[1]); import nd30_samples as s;"
        "from alerts.documents import docx; print(hashlib.sha256(docx.write(s.REPORT)).hexdigest())"
    )
    import hashlib

    told = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).resolve().parents[3],
    )
    assert told.stdout.strip() == hashlib.sha256(docx.write(samples.REPORT)).hexdigest()


def test_properties_are_the_documents_own():
    core = opened().core_properties
    assert core.title == "Báo cáo Kết quả theo dõi thông tin báo chí tháng 5 năm 2026"
    assert core.author == "Sở Giáo dục và Đào tạo"
    assert core.created == core.modified == datetime.datetime(2026, 5, 28, 20, 26, 40, tzinfo=datetime.UTC)
    assert core.language == "vi-VN"


def test_a_figure_is_a_drawing_with_a_picture_beside_it_and_words_for_it():
    with zipfile.ZipFile(io.BytesIO(docx.write(samples.REPORT))) as package:
        names = [n for n in package.namelist() if n.startswith("word/media/")]
        assert [n.rsplit(".")[-1] for n in names] == ["png", "svg"]
        assert package.read(names[0]).startswith(b"\x89PNG")
        assert "Tuyển sinh lập" in package.read(names[1]).decode()
        xml = package.read("word/document.xml").decode()
    assert 'descr="Biểu đồ cột"' in xml
    assert "svgBlip" in xml
    assert "Hình 1. Tháng này" in xml
    assert "Bảng 1. Số tin" in xml


def test_hostile_words_stay_words():
    hostile = Paragraph(
        (samples.HOSTILE, Run("xem", href="javascript:alert(1)"), Run("xem", href="file:///etc/passwd"))
    )
    rows = ((samples.HOSTILE, samples.LONG),)
    document = dataclasses.replace(
        samples.REPORT,
        subject=samples.LONG,
        blocks=(Heading(1, samples.HOSTILE), hostile, Paragraph(samples.ADDRESS), Table((samples.HOSTILE, "b"), rows)),
        recipients=(samples.HOSTILE,),
        annexes=(Annex(samples.HOSTILE, (hostile,)),),
    )
    content = docx.write(document)
    shown = "\n".join(p.text for p in every_paragraph(reader.Document(io.BytesIO(content))))
    assert '#read("/etc/passwd") *đậm* _nghiêng_ $x^2$ \\' in shown
    assert "<script>alert(1)</script>" in shown
    assert "\u202e" not in shown
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    assert "javascript" not in relations
    assert "file:" not in relations


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<p/>",
        "<svg",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg viewBox="0 0 0 0"/>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1">&a;</svg>',
        '<svg viewBox="0 0 1 1"><script>1</script></svg>',
        '<svg viewBox="0 0 1 1"><image href="/etc/passwd"/></svg>',
        '<svg viewBox="0 0 1 1"><use href="http://x.example/a.svg#b"/></svg>',
        '<svg viewBox="0 0 1 1"><rect fill="url(http://x.example)"/></svg>',
        '<svg viewBox="0 0 1 1"><style>@import "x.css";</style></svg>',
        '<svg viewBox="0 0 1 1" onload="x()"/>',
        '<svg viewBox="0 0 1 1"><foreignObject/></svg>',
        "<svg viewBox='0 0 1 1'>" + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
    ],
)
def test_a_drawing_that_reaches_outside_is_refused_and_says_why(svg):
    with pytest.raises(InputError, match="hình không dùng được"):
        docx.write(dataclasses.replace(samples.REPORT, blocks=(Figure(svg, "Hình", "hình"),)))


def test_an_empty_month_is_a_document_too():
    document = Document("Báo cáo", "", (Paragraph("Tháng này không có tin nào."),), samples.HEAD)
    found = opened(document)
    assert [p.text for p in found.paragraphs if p.text] == ["BÁO CÁO", "Tháng này không có tin nào."]
    assert Mm(210).emu == pytest.approx(found.sections[0].page_width.emu, rel=0.001)


def test_rows_that_do_not_fit_their_header_are_refused():
    with pytest.raises(InputError, match="dòng 2 có 1 ô"):
        Table(("a", "b"), (("1", "2"), ("1",)))

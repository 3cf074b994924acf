"""Drafts of papers: what stands in them, what never does, and what a department may change."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re

import pytest

from alerts import papers
from alerts.documents import docx, pdf
from alerts.documents.nd30 import Heading, Paragraph, Points, Table, plain
from alerts.documents.paper_fields import LONGEST, ArticleLine, PaperFields, Quote, from_json, sample, signer_lines
from alerts.documents.paper_safe import CLOSE, OPEN
from alerts.papers_words import RESERVED
from store.errors import ConfigError, InputError

HOSTILE = (
    '# {{ 7*7 }} | a | b | **đậm** __nghiêng__ --- \n---\n- gạch\nKính gửi: kẻ khác {% for %} #read("/etc/passwd")'
)
ALL = sorted(papers.KINDS)


def said(document) -> str:
    """Every word of the body."""
    lines = []
    for block in document.blocks:
        match block:
            case Heading():
                lines.append(block.text)
            case Paragraph():
                lines.append(plain(block.words))
            case Points():
                lines += [plain(item) for item in block.items]
            case Table():
                lines += [" | ".join(plain(cell) for cell in row) for row in (block.header, *block.rows)]
    return "\n".join(lines)


def test_there_are_the_papers_of_the_duty():
    assert set(papers.KINDS) == {
        "phieu_trinh", "tra_loi_bao_chi", "chuyen_thong_tin", "de_nghi_cai_chinh", "don_doc", "thong_cao_bao_chi",
        "ho_so_viec",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("full", [True, False])
def test_each_becomes_a_draft_with_blank_number_date_and_name(kind, full):
    document = papers.draft(kind, sample(full))
    assert document.issued is None
    assert document.draft == (kind != "ho_so_viec")
    assert document.signer is None or document.signer.name == ""
    assert docx.write(document)[:2] == b"PK"
    assert pdf.write(document)[:4] == b"%PDF"


@pytest.mark.parametrize("kind", ALL)
def test_no_draft_gives_a_verdict(kind):
    """Promise 1: with fields that hold no such word, no paper holds one."""
    for full in (True, False):
        document = papers.draft(kind, sample(full))
        assert not RESERVED.search(said(document) + document.title)
    assert not re.search(r"vi phạm|quy kết|kỷ luật|xử phạt", said(document))


def test_a_request_for_correction_says_only_what_does_not_agree_with_which_document():
    text = said(papers.draft("de_nghi_cai_chinh", sample()))
    assert "chưa khớp với" in text
    assert "Văn bản số 812/SGDĐT-KHTC ngày 12/8/2026 của Sở Giáo dục và Đào tạo, khoản 2, mục II" in text
    assert "“Không thu gộp nhiều khoản vào đầu năm học.”" in text
    assert text.endswith("./.")


def test_a_reminder_names_the_earlier_letter_and_the_new_day():
    document = papers.draft("don_doc", sample())
    assert "đã có Công văn số 1021/SGDĐT-VP ngày 20/11/2026" in said(document)
    assert "trước 17 giờ ngày 27/11/2026" in said(document)
    assert document.kind == ""
    assert document.subject.startswith("V/v đôn đốc trả lời")
    assert document.letterhead
    assert document.letterhead.symbol == "SGDĐT-VP"


def test_a_transfer_goes_to_so_vhttdl_when_nobody_else_is_named():
    fields = dataclasses.replace(sample(), recipients=())
    assert papers.draft("chuyen_thong_tin", fields).recipients == ("Sở Văn hóa, Thể thao và Du lịch",)


def test_a_press_release_is_given_to_the_press_not_addressed_to_it():
    document = papers.draft("thong_cao_bao_chi", sample())
    assert document.recipients == ()
    assert document.copies == ("Tòa soạn Báo Cửa Biển", "Ban Giám đốc Sở")


def test_the_case_file_is_internal_and_has_no_national_title():
    document = papers.draft("ho_so_viec", sample())
    assert document.letterhead is None
    assert document.marks == ("LƯU HÀNH NỘI BỘ",)
    assert "20/11/2026 08:15 | cán bộ đối chiếu | ghi kết quả đối chiếu" in said(document)
    assert "https://cua-bien.example/bai-1.html" in said(document)


@pytest.mark.parametrize("kind", ALL)
def test_fields_are_words_and_never_structure(kind):
    """A headline that looks like a heading, a table or a command of the template stays a headline."""
    texts = {f.name: HOSTILE for f in dataclasses.fields(PaperFields) if f.type == "str"}
    fields = PaperFields(
        **texts,
        articles=(ArticleLine(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        quotes=(Quote(HOSTILE, HOSTILE, HOSTILE),),
        recipients=(HOSTILE,),
    )
    harmless = dataclasses.replace(
        fields,
        **dict.fromkeys(texts, "x\ny\nz\nt"),
        articles=(ArticleLine("x", "x", "x", "x"),),
        quotes=(Quote("x", "x", "x"),),
        recipients=("x",),
    )
    found, quiet = papers.draft(kind, fields), papers.draft(kind, harmless)
    assert [type(b) for b in found.blocks] == [type(b) for b in quiet.blocks]
    assert len(found.recipients) == len(quiet.recipients)
    assert "{{ 7*7 }}" in said(found)
    assert "49" not in said(found)
    assert OPEN not in said(found) + found.title
    assert CLOSE not in said(found) + found.title


def test_a_long_headline_makes_a_short_subject_and_a_whole_body():
    headline = "Phụ huynh hỏi về khoản thu " * 24  # 648 characters
    document = papers.draft("chuyen_thong_tin", dataclasses.replace(sample(), title=headline, earlier=""))
    assert len(document.subject) <= 200
    assert document.subject.endswith("…")
    assert headline.strip() in said(document)


def test_answers_keep_their_paragraphs():
    document = papers.draft("tra_loi_bao_chi", dataclasses.replace(sample(), answer="Một.\n\nHai.\nBa."))
    texts = [plain(b.words) for b in document.blocks if isinstance(b, Paragraph)]
    assert [t for t in texts if t in ("Một.", "Hai.", "Ba.")] == ["Một.", "Hai.", "Ba."]


def test_signing_for_and_by_order():
    assert signer_lines() == ("GIÁM ĐỐC",)
    assert signer_lines("KT.") == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert signer_lines("TL.") == ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")
    with pytest.raises(InputError, match="KT"):
        signer_lines("XX.")
    document = papers.draft("don_doc", dataclasses.replace(sample(), signer=signer_lines("KT.")))
    assert document.signer
    assert document.signer.posts == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


def test_issued_papers_carry_the_number_and_lose_the_stamp():
    document = papers.draft("don_doc", sample(), issued=(7, datetime.date(2026, 11, 20)))
    assert document.marks == ()


def test_fields_go_through_json_and_back():
    assert from_json(json.loads(json.dumps(papers.to_json(sample())))) == sample()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"case": "x"},
        {"case": "x", "title": 3},
        {"case": "x", "title": "y", "other": 1},
        {"case": "x", "title": "y", "articles": "abc"},
        {"case": "x", "title": "y", "articles": [{"title": 1, "outlet": "b"}]},
        {"case": "x", "title": "y", "articles": [["a"]]},
        {"case": "x", "title": "y", "recipients": "Sở"},
        {"case": "x", "title": "y", "year": "2026"},
        {"case": "x", "title": "y", "made_at": True},
        {"case": "x", "title": "y" * (LONGEST + 1)},
        {"case": "x", "title": "y", "recipients": ["a"] * 501},
    ],
)
def test_fields_that_are_none_are_refused_clearly(raw):
    with pytest.raises(InputError):
        from_json(raw)


def test_an_unknown_paper_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match="don_doc"):
        papers.draft("hoa_don", sample())


@pytest.mark.parametrize("kind", ALL)
def test_the_shipped_templates_have_no_fault(kind):
    assert papers.check(kind, papers.shipped(kind), kind) == []


def test_the_departments_own_template_wins(tmp_path):
    own = papers.shipped("don_doc").replace("Đến nay,", "Cho đến hôm nay,")
    path = papers.save(tmp_path, "don_doc", own)
    assert path == tmp_path / "documents" / "don_doc.jinja"
    templates, errors = papers.load(tmp_path)
    assert errors == []
    assert templates["don_doc"].path == path
    assert "Cho đến hôm nay," in said(papers.draft("don_doc", sample(), templates))


def test_a_broken_template_is_found_when_saved_and_nothing_is_written(tmp_path):
    papers.save(tmp_path, "don_doc", papers.shipped("don_doc"))
    before = (tmp_path / "documents" / "don_doc.jinja").read_bytes()
    with pytest.raises(ConfigError, match=r"don_doc\.jinja:2: không có “tieu_d” — có phải “tieu_de” không"):
        papers.save(tmp_path, "don_doc", "Loại: Công văn\nTrích yếu: {{ tieu_d }}\n---\nx\n")
    assert (tmp_path / "documents" / "don_doc.jinja").read_bytes() == before
    assert [p.name for p in (tmp_path / "documents").iterdir()] == ["don_doc.jinja"]


def test_a_template_broken_by_hand_is_told_when_loaded_and_the_shipped_one_serves(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "don_doc.jinja").write_text(
        "Loại: Công văn\nTrích yếu: x\n---\n{% for bai in bai_viet %}\n", encoding="utf-8"
    )
    (folder / "don-doc.jinja").write_text("x", encoding="utf-8")
    (folder / "phieu_trinh.jinja").write_bytes(b"\xff\xfe\x00")
    templates, errors = papers.load(tmp_path)
    assert [str(e).split(": ")[0].rsplit("/", 1)[1] for e in errors] == [
        "don-doc.jinja:1", "don_doc.jinja:4", "phieu_trinh.jinja:1",
    ]  # fmt: skip
    assert "don_doc.jinja" in errors[0].fix
    assert templates["don_doc"].path is None
    assert templates["phieu_trinh"].path is None


HEAD = "Loại: Công văn\nTrích yếu: x\n---\nNội dung\n"


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__ }}", "{{ tieu_de.__class__ }}", "{{ [1] * 99999999 }}", "{{ 9 ** 9 ** 9 }}", "{{ range(9) }}",
        "{% macro a() %}x{% endmacro %}", "{% include 'x' %}", "{% extends 'x' %}", "{% import 'x' as y %}",
        "{% set a = 1 %}", "{{ tieu_de|center(10) }}", "{{ tieu_de|gon('a') }}", "{{ tieu_de|gon(1, 2) }}",
        "{% for a in bai_viet recursive %}{% endfor %}", "{% for loop in bai_viet %}{% endfor %}",
        "{% if tieu_de > 3 %}{% endif %}", "{{ bai_viet }}", "{{ bai_viet[0] }}", "{% for a in tieu_de %}{% endfor %}",
        "{% for a in bai_viet %}{{ a.gia }}{% endfor %}", "{% for a in bai_viet %}{{ a }}{% endfor %}",
        "{% for a in tra_loi %}{% for b in tra_loi %}{% for c in tra_loi %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ tieu_de", "{{ han if han }}", "{% if x is defined %}{% endif %}", "{{ tieu_de ~ 'x' }}",
        "{% autoescape true %}{% endautoescape %}", "{{ khong_co }}", "| a | b |\n| 1 |",
        "{% if han %}" * 120 + "{% endif %}" * 120, "{{ " + "(" * 9000 + "han" + ")" * 9000 + " }}", "y" * 70_000,
    ],
)  # fmt: skip
def test_a_template_can_print_loop_and_ask_and_nothing_else(body):
    found = papers.check("don_doc", HEAD + body, "mau.jinja")
    assert found
    assert re.fullmatch(r"mau\.jinja:[156]", found[0].where)
    assert found[0].fix


@pytest.mark.parametrize("word", ["tin giả", "sai sự thật", "Xuyên tạc", "bịa đặt"])
def test_a_template_may_not_call_anything_false(word):
    """Those labels belong to the fact-check centre or to Sở VHTTDL; decomposed letters do not hide them."""
    import unicodedata

    for text in (word, unicodedata.normalize("NFD", word)):
        found = papers.check("don_doc", f"{HEAD}Đây là {text}.", "mau.jinja")
        assert [f.where for f in found] == ["mau.jinja:5"]
        assert "chưa khớp với văn bản số" in found[0].fix


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "---"),
        ("Loại: a\n---\nx", 1, "Trích yếu"),
        ("Loại: a\nTrích yếu: b\nKy: c\n---\nx", 3, "“Ky”"),
        ("Loại: a\nTrích yếu: b\nabc\n---\nx", 3, "Mục: nội dung"),
        ("Loại: a\nTrích yếu: b\n---\n\n", 3, "không có nội dung"),
        ("Loại: a\nTrích yếu: b\nQuốc hiệu: sao\n---\nx", 3, "“có” hoặc “không”"),
    ],
)
def test_faults_of_the_head_have_their_line(text, line, says):
    found = papers.check("don_doc", text, "mau.jinja")
    assert found[0].where == f"mau.jinja:{line}"
    assert says in str(found[0])


def test_a_template_of_a_windows_editor_reads_the_same(tmp_path):
    own = papers.shipped("don_doc").replace("\n", "\r\n")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "don_doc.jinja").write_bytes(b"\xef\xbb\xbf" + own.encode())
    templates, errors = papers.load(tmp_path)
    assert errors == []
    assert papers.draft("don_doc", sample(), templates) == papers.draft("don_doc", sample())

"""The report as its readers meet it: ten lines, numbers that open, and what it says when there is little to say."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import docx as reader
import openpyxl
import pypdfium2
import pytest

from alerts import report
from alerts.documents.nd30 import Figure, Heading, Paragraph, Points, Table, plain
from alerts.documents.pdf import write as write_pdf
from alerts.report_facts import Only
from alerts.report_sheet import figures, items, opened
from alerts.report_text import ten_lines
from store.sqlite import open_store

_SPEC = importlib.util.spec_from_file_location("report_rows", Path(__file__).parent / "report_rows.py")
assert _SPEC and _SPEC.loader
rows = importlib.util.module_from_spec(_SPEC)
sys.modules["report_rows"] = rows
_SPEC.loader.exec_module(rows)

FIRST = rows.MAY.first
OUTLETS = ("Báo Hải Âu", "Báo Cửa Biển", "Báo Đồng Bằng")
TOPICS = ("exams", "fees", "safety", "policy", "teachers")


@pytest.fixture
def month(tmp_path: Path) -> Iterator[object]:
    store = open_store(tmp_path / "h.sqlite")
    yield rows.Month(store)
    store.close()


def filled(month, seed: int = 1, per_day: int = 8) -> None:
    """Two months of an invented press: the second with more about fees."""
    draw = random.Random(seed)
    made = []
    for n in range(-31, 30):
        for k in range(per_day):
            topic = "fees" if n >= 0 and draw.random() < 0.35 else draw.choice(TOPICS)
            here = {"hp": "direct", "places": draw.choice([("11413",), ("11407",), ()])} if draw.random() < 0.2 else {}
            made.append((
                rows.at(FIRST + dt.timedelta(days=n), 6 + k), {
                    "title": f"Bài {n} {k} về trường học", "outlet": draw.choice(OUTLETS), "topics": topic,
                    "tone": draw.choice(["pos", "neu", "neu", "neg"]), "themes": ("hocphi",) if topic == "fees" else (),
                    "stance": draw.choice(["none"] * 9 + ["critical"]), "score": draw.choice([0.9, 0.9, 0.9, 0.5]),
                    "story": draw.choice(["", "", f"s{n}"]), "copy": draw.random() < 0.1,
                    "source": draw.choice(["a", "b", "c"]), **here,
                },
            ))  # fmt: skip
    month.add_all(made)


def said(document) -> str:
    """All words of a document."""
    out = []
    for block in (*document.blocks, *(b for annex in document.annexes for b in annex.blocks)):
        match block:
            case Heading():
                out.append(block.text)
            case Paragraph():
                out.append(plain(block.words))
            case Points():
                out += [plain(item) for item in block.items]
            case Table():
                out += [block.caption, *block.header, *(plain(cell) for row in block.rows for cell in row)]
            case Figure():
                out += [block.caption, block.alt]
    return "\n".join(out)


def test_page_one_is_ten_lines_that_end_in_what_is_proposed(month) -> None:
    filled(month)
    told, document, proposed = report.compose(month.read())
    points = next(block for block in document.blocks if isinstance(block, Points))
    assert document.blocks[1] == Heading(1, "Tóm tắt")
    assert list(points.items) == ten_lines(told, proposed)
    assert len(points.items) == 10 and points.items[-1].startswith("Kiến nghị: ")
    text = pypdfium2.PdfDocument(write_pdf(document))[0].get_textpage().get_text_bounded()
    assert "10. Kiến nghị: " in " ".join(text.split()), "all ten stand on page one"
    assert [b.text for b in document.blocks if isinstance(b, Heading)][-1] == "Kiến nghị, đề xuất"
    assert "do máy nêu từ số liệu theo quy tắc định sẵn" in said(document)
    assert document.draft and document.issued is None
    assert sum(isinstance(b, Figure) for b in document.blocks) >= 10


def test_every_number_is_the_count_of_frozen_items(month) -> None:
    filled(month)
    built = report.build(month.read(), 1)
    carried: dict[str, int] = {}
    for item in built.items:
        for key in item.figures:
            carried[key] = carried.get(key, 0) + 1
        assert item.subject_id and (item.revision_id or item.kind != "article")
    assert carried == dict(built.report.figures)
    assert built.report.figures["tong"] == 240 and built.report.figures["truoc.tong"] == 248
    assert all(item.judgements for item in built.items if item.kind == "article")


def test_figures_by_hand(month) -> None:
    day = FIRST + dt.timedelta(days=3)
    month.add(rows.at(day, 8), hp="direct", story="một", tone="neg", stance="critical", places=("11413",))
    month.add(
        rows.at(day, 9), hp="direct", story="một", copy=True, tone="neg", places=("11413",), outlet="Báo Cửa Biển"
    )
    month.add(rows.at(day, 10), hp="direct", tone="pos", score=0.5, rumour="none")
    month.add(rows.at(day, 11), topics="exams,fees")
    month.add(rows.at(day, 12), scope="local")
    month.add(rows.at(day, 13), outcome="to_review")
    month.add(rows.at(FIRST - dt.timedelta(days=1), 23))
    month.add(rows.at(rows.MAY.last + dt.timedelta(days=1), 0))
    found = report.build(month.read(), 1).report.figures
    wanted = {
        "tong": 5, "hp.tong": 3, "hp.goc": 2, "hp.dang_lai": 1, "hp.nhom": 2, "bn.tong": 1, "dp.tong": 1, "xem_lai": 1,
        "hp.tone.neg": 1, "hp.tone.chua_ro": 1, "hp.stance.critical": 1, "ca.topic.fees": 1, "ca.topic.exams": 1,
        "xa.11413": 2, "xa.11413.nhom": 1, "bao.bao_cua_bien": 1, "bao.bao_hai_au": 4, "truoc.tong": 1,
    }  # fmt: skip
    assert {k: found.get(k, 0) for k in wanted} == wanted
    assert "hp.tone.pos" not in found, "what the machine is not sure of is no tone"


def test_the_same_input_gives_the_same_bytes(month) -> None:
    filled(month, per_day=4)
    first, second = report.build(month.read(), 1), report.build(month.read(), 1)
    assert first.files == second.files and first.report == second.report
    later = report.build(month.read(now=rows.at(dt.date(2026, 6, 1), 23)), 1)
    assert later.files == first.files, "another hour of the same day changes nothing"


def test_an_empty_month_says_so(month) -> None:
    built = report.build(month.read(), 1)
    words = said(built.document)
    assert "không có tin, bài giáo dục nào trong kho" in words
    assert "kỳ trước không có dữ liệu" in words and "cùng kỳ năm trước không có dữ liệu" in words
    assert "Không nguồn nào có tin, bài trong kỳ." in words
    assert " tăng" not in words.replace("tăng hay giảm", "") and built.report.figures == {}
    assert len(pypdfium2.PdfDocument(built.files["pdf"])) >= 3
    assert reader.Document(io.BytesIO(built.files["docx"])).paragraphs


def test_under_thirty_items_there_are_counts_and_no_trend(month) -> None:
    for n in range(29):
        month.add(rows.at(FIRST + dt.timedelta(days=n), 9), tone="neg", topics="fees", hp="direct")
        month.add(rows.at(FIRST - dt.timedelta(days=n + 1), 9), tone="pos", topics="exams", hp="direct")
    words = said(report.compose(month.read())[1]).split("CÁCH LÀM")[0]
    words = "\n".join(line for line in words.split("\n") if "Fisher" not in line and "khoảng tin cậy" not in line)
    assert "29" in words and not re.search(r"\d\s*%", words)
    assert not re.search(r"\b(tăng|giảm)\b", words.replace("tăng hay giảm", ""))
    assert "dưới 30 nhóm tin" in words


def test_a_month_in_which_half_of_the_sources_were_silent_is_told_and_not_compared(month) -> None:
    for n in range(-31, 30):
        day = FIRST + dt.timedelta(days=n)
        for hour in range(6, 12):
            month.add(rows.at(day, hour), source="a")
            if not 5 <= n <= 20:
                month.add(rows.at(day, hour), source="b", topics="fees")
    told, document, proposed = report.compose(month.read())
    words = said(document)
    assert len(told.trends.outage) == 16
    assert "16 ngày có từ một nửa số nguồn trở lên không có tin" in words
    assert "b: 20/04/2026 - 05/05/2026" in words
    assert told.trends.topics == [] and told.trends.volume("ca") == ""
    assert any("khôi phục theo dõi" in p.what for p in proposed)


def test_an_archive_that_begins_within_the_period_before_is_no_comparison(month) -> None:
    for n in range(-10, 30):
        for hour in range(6, 12):
            month.add(rows.at(FIRST + dt.timedelta(days=n), hour))
    told, document, _ = report.compose(month.read())
    assert "kỳ trước chỉ có dữ liệu 10/31 ngày nên không so sánh" in said(document)
    assert told.trends.topics == []


def test_a_change_is_told_only_when_it_is_more_than_noise(month) -> None:
    filled(month)
    told, document, proposed = report.compose(month.read())
    sure = {c.key: c.word for c in told.trends.topics if c.sure}
    assert sure["fees"] == "up" and set(sure) <= {"fees", "exams", "safety", "policy", "teachers"}
    assert "Học phí và các khoản thu tăng" in said(document)
    assert any("“hocphi”" in p.what for p in proposed)


def test_a_story_of_five_hundred_articles_is_one_story(month) -> None:
    month.add_all([
        (rows.at(FIRST + dt.timedelta(days=n % 30), 9), {"story": "bão", "tone": "neg", "topics": "safety",
         "hp": "direct", "title": f"Bão số {n} làm tốc mái trường"}) for n in range(500)
    ])  # fmt: skip
    month.add_all([(rows.at(FIRST + dt.timedelta(days=n), 10), {"tone": "pos"}) for n in range(30)])
    told, document, _ = report.compose(month.read())
    found = told.made.figures
    assert (found["hp.tong"], found["hp.nhom"], found["ca.topic.safety"], found["ca.topic.policy"]) == (500, 1, 1, 30)
    assert "bất lợi chiếm 94,3% (500/530 bài gốc; khoảng tin cậy 95%: " in said(document)
    low = float(re.search(r"bất lợi chiếm .*?: ([\d,]+)%–", said(document))[1].replace(",", "."))
    assert low < 40, "five hundred articles of one story prove little"


def test_hostile_headlines_stay_words(month) -> None:
    long = "Tiêu đề rất dài " * 38
    for n, title in enumerate((
        long, "<script>alert(1)</script> & “học phí” {{ 7*7 }} #read(\"/etc/passwd\")", "=HYPERLINK(\"http://x.example\")",
        "\x00\x07Trường\u202e đảo", "@cmd|' /C calc'!A0", "]]> </w:t>", "",
    )):  # fmt: skip
        month.add(rows.at(FIRST, 8 + n), title, hp="direct")
    built = report.build(month.read(), 1)
    text = "\n".join(c.text for t in reader.Document(io.BytesIO(built.files["docx"])).tables for c in t._cells)
    assert "<script>alert(1)</script> & “học phí” {{ 7*7 }}" in text and "(không có tiêu đề)" in text
    sheet = openpyxl.load_workbook(io.BytesIO(built.files["xlsx"]))["Tin, bài"]
    titles = [cell.value for cell in sheet["E"][1:]]
    assert '=HYPERLINK("http://x.example")' in titles and all(c.data_type == "s" for c in sheet["E"][1:])
    csv_text = built.files["csv"].decode("utf-8-sig")
    assert "'=HYPERLINK" in csv_text and "'@cmd" in csv_text
    assert max(map(len, filter(None, titles))) <= 300


def test_pupils_are_masked_wherever_a_headline_stands(month) -> None:
    name = "Nguyễn Thị Hồng Nhung"
    title = f"Nữ sinh lớp 9 {name} giành giải nhất"
    month.add(rows.at(FIRST), title, hp="direct", topics="commendation", rumour="report", story="a")
    month.add(
        rows.at(FIRST, 12), f"{name} kể về giải thưởng", lead=f"Em {name}, học sinh lớp 9.", hp="direct", story="a"
    )
    built = report.build(month.read(), 1)
    for kind, content in built.files.items():
        plain_ = _words_of(kind, content)
        assert name not in plain_ and "[tên]" in plain_, kind


def _words_of(kind: str, content: bytes) -> str:
    if kind == "pdf":
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    if kind == "docx":
        return "\n".join(c.text for t in reader.Document(io.BytesIO(content)).tables for c in t._cells)
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(c) for sheet in book for row in sheet.values for c in row)
    return content.decode()


def test_a_commune_and_a_school_by_themselves(month) -> None:
    month.add(rows.at(FIRST), "Trường THCS Hoa Ban đón học sinh", hp="direct", places=("11413",))
    month.add(rows.at(FIRST, 10), "Trường THPT Hoa Ban đón học sinh", hp="direct", places=("11407",))
    here = report.build(month.read(only=Only(commune="11413"), narrowed="Phường Lê Chân"), 1, "commune:11413")
    assert here.report.figures["hp.tong"] == 1 and "(Phường Lê Chân)" in here.report.subject
    school = report.build(month.read(only=Only(school="THPT Hoa Ban"), narrowed="THPT Hoa Ban"), 1, "school:x")
    assert school.report.figures["hp.tong"] == 1 and school.report.id != here.report.id


def test_the_annex_lists_all_items_and_opens_every_figure(month) -> None:
    filled(month, per_day=3)
    told, _, _ = report.compose(month.read())
    listed = list(items(told))
    assert len(listed) == sum(item.kind == "article" for item in told.made.items)
    assert {row[0] for row in listed} == {item.subject_id for item in told.made.items}
    counts: dict[str, int] = {}
    for key, *_ in opened(told):
        counts[key] = counts.get(key, 0) + 1
    assert counts == {key: value for key, _, value in figures(told)}
    meant = {key: meaning for key, meaning, _ in figures(told)}
    assert meant["ca.tone.neg"] == "cả nước · sắc thái · bất lợi" and meant["truoc.tong"] == "kỳ trước · tin, bài"


def test_a_window_that_is_not_over_says_until_when_it_counts(month) -> None:
    month.add(rows.at(FIRST))
    built = report.build(month.read(now=rows.at(FIRST + dt.timedelta(days=5), 15)), 1)
    assert "KỲ BÁO CÁO CHƯA KẾT THÚC: số liệu tính đến hết ngày 20/04/2026." in said(built.document)
    assert built.report.provisional


def test_the_issued_paper_says_the_very_same_with_number_and_day(month) -> None:
    month.add(rows.at(FIRST), hp="direct")
    built = report.build(month.read(), 1)
    kept = report.document_of(built.files["content"])
    assert kept == built.document
    issued = report.issue(built.files["content"], 7, dt.date(2026, 5, 18))
    words, draft = _words_of("pdf", issued["pdf"]), _words_of("pdf", built.files["pdf"])
    assert "DỰ THẢO" in draft and "DỰ THẢO" not in words
    assert "07/BC-SGDĐT" in words and "ngày 18 tháng 5 năm 2026" in words


def test_without_the_decrees_font_the_paper_says_so(month) -> None:
    month.add(rows.at(FIRST))
    document = report.compose(month.read())[1]
    words = _words_of("pdf", write_pdf(document, font="Libertinus Serif"))
    assert "không có phông Times New Roman" in " ".join(words.split())

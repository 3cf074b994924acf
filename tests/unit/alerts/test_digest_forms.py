"""The digest on paper and in ten lines: two pages and a list, the same bytes, and correct when the day is not."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document as open_docx

from alerts import digest_words as words
from alerts.digest import silent_source, unwatched_source
from alerts.digest_formats import chosen, files_of
from alerts.digest_paper import LAYOUT, document
from alerts.digest_zalo import zalo
from alerts.documents import pdf
from alerts.documents.pdf_engine import BUNDLED
from alerts.draft import DueLine
from store.errors import InputError
from store.model import Relation

LEAD = (
    "Sở GDĐT cho biết đoàn kiểm tra làm việc từ ngày 18/11, ghi nhận 12 bếp ăn đạt yêu cầu, 3 bếp cần khắc phục trước "
    "ngày 25/11. Các trường công khai thực đơn và nguồn thực phẩm, phụ huynh được mời cùng giám sát hằng tuần."
)


def day_of(press, city: int, sector: int = 4) -> None:
    for n in range(city):
        press.article(f"Phường {n} rà soát an toàn bếp ăn bán trú ở các trường mầm non", lead=LEAD, hp="direct",
                      story=f"c{n}", outlet=f"Báo Ven Biển {n % 5}")  # fmt: skip
    for n in range(sector):
        press.article(f"Bộ GDĐT lấy ý kiến về quy chế số {n}", lead=LEAD, scope="national", story=f"b{n}")


def pages(content: bytes) -> list[str]:
    found = pypdfium2.PdfDocument(content)
    return [" ".join(found[n].get_textpage().get_text_range().split()) for n in range(len(found))]


def made(press, **more):
    return files_of(replace(press.draft(), **more), "Sở Giáo dục và Đào tạo Hải Phòng", 1)


def body_of(told: list[str]) -> list[str]:
    first = next(n for n, page in enumerate(told) if "DANH SÁCH TIN, BÀI" in page)
    return told[:first]


@pytest.mark.parametrize(("city", "sector"), [(1, 0), (8, 4), (16, 8), (60, 40)])
def test_it_is_two_pages_whatever_the_day_and_the_rest_is_a_list(press, city, sector) -> None:
    day_of(press, city, sector)
    told = pages(made(press, chain="123 " + "ab" * 32)["pdf"])
    assert 1 <= len(body_of(told)) <= 2
    assert "Mắt xích cuối" in body_of(told)[-1]
    everything = " ".join(told)
    assert all(f"Phường {n} rà soát" in everything for n in range(city)), "nothing is dropped"


def test_what_has_no_room_is_counted_and_stands_in_the_list(press) -> None:
    day_of(press, 60, 0)
    told = " ".join(body_of(pages(made(press)["pdf"])))
    assert "nhóm tin trong danh sách ở phụ lục" in told


def test_docx_and_pdf_say_the_same_in_every_diacritic(press) -> None:
    day_of(press, 3)
    files = made(press, stamp="")
    told = " ".join(pages(files["pdf"]))
    paper = open_docx(io.BytesIO(files["docx"]))
    lines = [" ".join(p.text.split()) for p in paper.paragraphs if p.text.strip()]
    assert len(lines) > 8
    for line in lines:
        assert unicodedata.is_normalized("NFC", line)
        for piece in line.split():
            assert piece in told, piece
    assert "LƯU HÀNH NỘI BỘ" in told and "DỰ THẢO" not in told
    assert "DỰ THẢO" in " ".join(pages(made(press, stamp=words.STAMP)["pdf"]))


def test_headlines_are_links_to_the_press_in_both(press) -> None:
    day_of(press, 1, 0)
    files = made(press)
    relations = ZipFile(io.BytesIO(files["docx"])).read("word/_rels/document.xml.rels").decode()
    assert "https://bao-1.example/bai-1.html" in relations
    assert b"https://bao-1.example/bai-1.html" in files["pdf"]


def test_the_same_day_gives_the_same_bytes_in_every_form(press) -> None:
    day_of(press, 5)
    assert made(press) == made(press)


def test_due_cases_come_before_the_news_in_every_form(press) -> None:
    day_of(press, 1)
    due = (DueLine("VV-12/2026", "Hỏi về khoản thu", "trả lời lần đầu: 15:00 20/11", "http://d/viec/x", False),)
    files = made(press, due=due)
    for told in (files["html"].decode(), files["text"].decode(), pages(files["pdf"])[0]):
        assert told.index("Hỏi về khoản thu") < told.index("I. Hải Phòng" if "I. Hải" in told else "I. HẢI PHÒNG")
    assert "Đến hạn hôm nay: 1 việc" in files["zalo"].decode()


# ── ten lines ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("city", [0, 1, 6, 40])
def test_at_most_ten_plain_lines_with_original_links(press, city) -> None:
    day_of(press, city, 2)
    told = zalo(press.draft()).rstrip("\n").split("\n")
    assert 3 <= len(told) <= 10
    assert told[-1].endswith("LƯU HÀNH NỘI BỘ")
    assert sum("https://bao-" in line for line in told) == min(city + 2, 10 - 3)
    assert "<" not in "".join(told)


def test_pupils_are_masked_in_what_is_copied(press) -> None:
    press.article("Em Trần Văn Tý lớp 3A trường Tiểu học Cát Cò bị bạn đánh", hp="direct")
    told = zalo(press.draft())
    assert "Trần Văn Tý" not in told and "3A" not in told


def test_a_quiet_day_is_one_line(press) -> None:
    told = zalo(press.draft()).split("\n")
    assert told[1].startswith("Ngày yên ắng") and len(told) == 4
    assert "Ngày yên ắng" in " ".join(pages(made(press)["pdf"]))


# ── bad input ───────────────────────────────────────────────────────────────────────────────────────


def test_html_and_six_hundred_characters_in_a_headline(press) -> None:
    press.article("<script>alert(1)</script> | # {{ x }} #panic() " + "rất dài " * 75, hp="direct", story="s")
    files = made(press)
    assert "<script>" not in files["html"].decode()
    told = " ".join(pages(files["pdf"]))
    assert "<script>alert(1)</script> | # {{ x }} #panic()" in told
    assert len(body_of(pages(files["pdf"]))) <= 2
    assert all(len(line) < 400 for line in files["zalo"].decode().split("\n"))
    ZipFile(io.BytesIO(files["docx"])).testzip()


def test_a_story_of_five_hundred_articles(press) -> None:
    for n in range(500):
        press.article(f"Bão số 8, tin thứ {n}", lead=LEAD, hp="direct", story="s", outlet=f"Báo {n}",
                      relation=Relation.ORIGINAL if not n else Relation.REPRINT)  # fmt: skip
    files = made(press)
    told = pages(files["pdf"])
    assert len(body_of(told)) == 1
    assert "và 497 báo khác" in told[0]
    assert "Bão số 8, tin thứ 499" in " ".join(told)


def test_half_the_sources_out_is_said_on_paper_and_a_quiet_day_is_then_no_comfort(press) -> None:
    silent = (*(silent_source(f"Báo im {n}", None) for n in range(20)), unwatched_source("Cổng xã"))
    files = files_of(press.draft(silent), "Sở", 1)
    told = " ".join(pages(files["pdf"]))
    assert "im lặng 20 (Báo im 0" in told and "chưa theo dõi được" in told
    assert "chưa chắc là không có tin" in told


def test_without_a_font_of_the_decree_it_is_still_whole(press) -> None:
    day_of(press, 8)
    content = pdf.write(document(press.draft(), "Sở", 1), LAYOUT, font=BUNDLED)
    told = pages(content)
    assert len(body_of(told)) <= 2
    assert "rà soát an toàn bếp ăn bán trú" in " ".join(told)


def test_an_unknown_format_is_named_with_those_that_there_are() -> None:
    assert chosen("html, docx,pdf,txt,zalo,txt") == ("html", "docx", "pdf", "text", "zalo")
    with pytest.raises(InputError, match="html, txt, docx, pdf, zalo"):
        chosen("html,odt")

"""Summaries: own words of the article, two sentences, never the title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.summary import sentences, summarise
from lang.text import nfc

TITLE = "Trường tiểu học Sao Mai khánh thành mười hai phòng học"
LEAD = "Sáng 5/9, Trường tiểu học Sao Mai khai giảng trong dãy nhà mới xây hết 24,5 tỉ đồng."
BODY = (
    "Trời nắng đẹp.\n"
    "Dãy nhà ba tầng của Trường Sao Mai có mười hai phòng học và một thư viện cho 480 học sinh. "
    "Ông Đoàn Gia Bách, phụ huynh, nói con ông thích thư viện nhất. "
    "Từ năm 2024 học sinh phải học nhờ nhà văn hóa phường Gò Bồi vì dãy phòng học cũ xuống cấp.\n"
    "Xem thêm: Lịch khai giảng các trường."
)


@pytest.mark.parametrize(
    "whole",
    [
        "TP. Hải Phòng có thêm ba trường.",
        "GS.TS. Đoàn Gia Bách đến P. Gò Bồi, Q. Sông Lam.",
        "Trường chi 1.234,5 tỉ đồng từ 7.30 ngày 4.5.",
        "Em N.V.A. được đưa về nhà an toàn.",
        "Cô nói: “Các em rất ngoan.”",
    ],
)
def test_what_does_not_end_a_sentence(whole: str) -> None:
    assert sentences(whole) == [whole]


def test_what_ends_one() -> None:
    text = "Học sinh nghỉ học. Vì sao? Trường ngập! 240 em học nhờ… Hết bão rồi"
    assert sentences(text) == ["Học sinh nghỉ học.", "Vì sao?", "Trường ngập!", "240 em học nhờ…", "Hết bão rồi"]


def test_the_lead_speaks_first_and_the_body_adds_one() -> None:
    summary = summarise(TITLE, LEAD, BODY)
    assert summary.startswith(LEAD)
    assert sentences(summary)[1:] == [
        "Dãy nhà ba tầng của Trường Sao Mai có mười hai phòng học và một thư viện cho 480 học sinh."
    ]


def test_without_a_body_the_lead_is_all() -> None:
    assert summarise(TITLE, LEAD, "") == LEAD


def test_a_lead_that_repeats_the_title_gives_way_to_the_body() -> None:
    summary = summarise(TITLE, TITLE + ".", BODY)
    assert TITLE not in summary
    assert len(sentences(summary)) == 2
    assert "mười hai phòng học và một thư viện" in summary


def test_a_long_lead_is_cut_to_two_sentences() -> None:
    lead = LEAD + " Nhà trường nhận thêm hai lớp một. Lớp học cũ sẽ thành thư viện."
    assert sentences(summarise(TITLE, lead, BODY)) == sentences(lead)[:2]


def test_outlet_mark_and_links_are_left_out() -> None:
    assert summarise(TITLE, "(BTĐ) - " + LEAD, "Xem thêm: Lịch khai giảng các trường trong phường.") == LEAD


def test_nothing_to_say_is_said_by_an_empty_string() -> None:
    assert summarise(TITLE, "", "") == ""
    assert summarise(TITLE, TITLE, TITLE) == ""
    assert summarise(TITLE, LEAD, BODY, limit=0) == ""


PROSE = st.lists(
    st.sampled_from([*sentences(BODY), LEAD, TITLE + ".", "TP. Hải Phòng vui.", "“Được!”, cô nói.", "a", "  "]),
    max_size=8,
).map(" ".join)


@given(PROSE, PROSE, PROSE, st.integers(0, 4))
def test_every_sentence_stands_in_the_article_and_there_are_not_too_many(
    title: str, lead: str, body: str, limit: int
) -> None:
    summary = summarise(title, lead, body, limit)
    source = [*sentences(lead), *sentences(body)]
    left = summary
    for _ in range(limit):
        for one in sorted(source, key=len, reverse=True):
            if one and left.startswith(one):
                left = left[len(one) :].lstrip()
                break
    assert left == ""


@given(st.text(max_size=300))
def test_splitting_loses_nothing_but_white_space(text: str) -> None:
    kept = "".join(sentences(text)).replace(" ", "")
    assert kept == "".join(nfc(line) for line in text.replace("\r", "\n").split("\n")).replace(" ", "")

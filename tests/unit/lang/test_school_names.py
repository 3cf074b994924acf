"""A school is the same in every spelling, and never the one of another kind with the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang.school_names import has_kind, spelled, stands_in

TEXT = "Em Ngân học ở Trường Trung học cơ sở Hoa Ban, phường Lê Chân."


@pytest.mark.parametrize(
    "school", ["THCS Hoa Ban", "Trường THCS Hoa Ban", "trung học cơ sở HOA BAN", "thcs hoa ban", "Truong THCS Hoa Ban"]
)
def test_one_school_in_any_spelling(school: str) -> None:
    assert stands_in(school, spelled(TEXT)) and has_kind(school)


@pytest.mark.parametrize(
    "school", ["THPT Hoa Ban", "Tiểu học Hoa Ban", "THCS Lê Chân", "THCS Hoa Ban Mai", "", "THCS", "Hoa Ban"]
)
def test_another_school_is_not_that_one(school: str) -> None:
    assert not stands_in(school, spelled(TEXT))


def test_numbers_and_the_word_truong_belong_to_names() -> None:
    assert not stands_in("Mầm non Hoa Sen", spelled("Trường Mầm non Hoa Sen 2 đón trẻ"))
    assert stands_in("Mầm non Hoa Sen 2", spelled("Trường mầm non Hoa Sen 2 đón trẻ"))
    assert not stands_in("THCS Xuân Trường", spelled("Trường THCS Xuân Hòa"))
    assert stands_in("THPT chuyên Trần Phú", spelled("học sinh THPT Chuyên Trần Phú"))
    assert stands_in("THPT Trần Phú", spelled("Trường THPT chuyên Trần Phú"))


@pytest.mark.parametrize("school", ["Hoa Ban", "Trường Hoa Ban", "", "THCS", "9A"])
def test_a_school_without_its_kind_is_none(school: str) -> None:
    assert not has_kind(school)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_looked_through(school: str, text: str) -> None:
    assert stands_in(school, spelled(text)) in (True, False)

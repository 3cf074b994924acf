"""An address is a headline in disguise: the name of a pupil is cut out of it too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang.masking_slug import hider

HIDE = hider(["Trịnh Khắc Tươi", "T.K.T"])


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("https://a.example/em-trinh-khac-tuoi-tra-vi-1.html", "https://a.example/em-[tên]-tra-vi-1.html"),
        ("https://a.example/khac_tuoi.html", "https://a.example/[tên].html"),
        ("https://a.example/em-tuoi-tra-vi", "https://a.example/[tên]-tra-vi"),
        ("https://a.example/?q=Tr%E1%BB%8Bnh%20Kh%E1%BA%AFc%20T%C6%B0%C6%A1i", "https://a.example/?q=[tên]"),
        ("inline; filename=TRINH KHAC TUOI.pdf", "inline; filename=[tên].pdf"),
        ("https://a.example/rau-tuoi-moi-ngay", "https://a.example/rau-tuoi-moi-ngay"),
        ("https://a.example/khac-tuoiten", "https://a.example/khac-tuoiten"),
        ("https://a.example/?a=%20b", "https://a.example/?a=%20b"),
    ],
)
def test_a_name_goes_in_every_spelling_and_everyday_words_stay(line: str, shown: str) -> None:
    assert HIDE(line) == shown


def test_without_names_nothing_is_touched() -> None:
    assert hider([])("em-trinh-khac-tuoi") == "em-trinh-khac-tuoi"


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=3))
def test_no_line_and_no_name_breaks_it(line: str, names: list[str]) -> None:
    hider(names)(line)

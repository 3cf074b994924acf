"""Folding and tone styles: what the archive, the models and the search all rely on."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang.text import fold, nfc, old_tone_style, syllables

VIETNAMESE = st.text(
    alphabet="aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵAĐOQUY .,-1",
    max_size=80,
)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("Hoà Bình", "Hòa Bình"),
        ("loá", "lóa"),
    ],
)
def test_both_tone_styles_become_the_older_one(new: str, old: str) -> None:
    assert old_tone_style(new) == old
    assert old_tone_style(old) == old


@pytest.mark.parametrize("word", ["quý", "quỳnh", "hoàng", "thuỳ mỵ"[5:], "toàn", "hoạt", "quà", "khuya"])
def test_words_where_only_one_style_exists_are_left_alone(word: str) -> None:
    assert old_tone_style(word) == word


def test_fold_drops_marks_and_the_bar_of_d() -> None:
    assert fold("Đặc khu Bạch Long Vĩ") == "dac khu bach long vi"


@given(VIETNAMESE)
def test_fold_and_tone_style_keep_the_length(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(text)
    assert len(old_tone_style(text)) == len(text)


@given(VIETNAMESE)
def test_tone_style_never_changes_the_letters_underneath(text: str) -> None:
    assert fold(old_tone_style(text)) == fold(text)
    assert old_tone_style(old_tone_style(text)) == old_tone_style(text)


@given(st.text(max_size=60))
def test_nfc_is_settled_by_one_pass_over_real_spacing(text: str) -> None:
    once = nfc(text)
    assert nfc(once) == once
    assert once == once.strip()


def test_syllables_keep_numbers_whole_and_drop_punctuation() -> None:
    assert syllables("Hoà Bình: 1.234,5 tỷ – 20/11!") == ["hòa", "bình", "1.234,5", "tỷ", "20", "11"]


@given(st.text(alphabet=st.sampled_from("aàđ  \t\n\u00a0\u200b\u00ad\u0301\u1e0d")))
def test_the_short_way_of_nfc_is_the_long_way(text: str) -> None:
    import re

    plain = "".join(c for c in unicodedata.normalize("NFC", text) if c not in "\u200b\u00ad")
    assert nfc(text) == re.sub(r"\s+", " ", plain).strip()

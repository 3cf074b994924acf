"""Syllable pairs of whole texts: what counts as the same word, and that batches change nothing."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.duplicates import SAME_TEXT, most_shared, sameness
from analysis.shingles import CHUNK, shingles

TEXTS = st.lists(
    st.text(st.sampled_from("aăâđoòàhHÒtrường học \n.,-1\u200b\u0301\u0300漢🙂\ud800"), max_size=60), max_size=9
)


def one(text: str) -> list[int]:
    return [int(value) for value in shingles([text])[0]]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Trường Hoà Bình, quý III", "trường hòa bình quý iii"),
        ("KHOẺ và thuỷ", "khỏe và thủy"),
        ("Trường học mở cửa", "Trường học\nmở - cửa!"),
        ("Trường học mở cửa", "Tr\u200bường học mở\u00ad cửa"),
    ],
)
def test_the_same_words(text: str, other: str) -> None:
    assert one(text) == one(other)
    assert one(unicodedata.normalize("NFD", text)) == one(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Cẩm Giang", "Cẩm Giàng"),
        ("đi học", "di học"),
        ("học sinh", "sinh học"),
        ("15 em", "51 em"),
        ("ma la", "má la"),
    ],
)
def test_other_words(text: str, other: str) -> None:
    assert not set(one(text)) & set(one(other))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example(["\u0301", "a b c", ""])
def test_a_text_counts_alike_alone_and_in_any_company(texts: list[str]) -> None:
    together = shingles(texts)
    assert [list(map(int, found)) for found in together] == [one(text) for text in texts]
    assert all(bool(np.all(found[1:] > found[:-1])) for found in together)


def test_a_text_far_longer_than_a_batch_keeps_its_pairs() -> None:
    words = [f"từ{n % 9973} học" for n in range(3 * CHUNK // 8)]
    text = " ".join(words)
    assert len(text) > 2 * CHUNK
    found = set(one(text))
    assert set(one(" ".join(words[:500]))) <= found
    assert set(one(" ".join(words[-500:]))) <= found
    assert one("a" * (2 * CHUNK)) == [] or len(one("a" * (2 * CHUNK))) < 10


def test_cut_moved_and_lightly_edited_texts_are_one_and_strangers_are_not() -> None:
    parts = [" ".join(f"s{n}{k * k % 97}" for k in range(40)) for n in range(10)]
    whole = "\n".join(parts)
    moved = "\n".join([*parts[4:], *parts[:4]])
    cut = "\n".join(parts[:6])
    edited = " ".join("khác" if n % 16 == 5 else word for n, word in enumerate(whole.split()))
    stranger = whole.replace("s", "t")
    a, *others, far = shingles([whole, moved, cut, edited, stranger])
    assert all(sameness(a, other) >= SAME_TEXT for other in others)
    assert all(sameness(other, a) == sameness(a, other) for other in others)
    assert sameness(a, far) == 0


def test_a_short_item_inside_a_long_round_up_is_not_that_text() -> None:
    item = " ".join(f"a{n}" for n in range(80))
    round_up = item + " " + " ".join(f"b{n}" for n in range(400))
    a, b = shingles([item, round_up])
    assert sameness(a, b) < SAME_TEXT


def test_most_shared_first() -> None:
    assert most_shared([["a", "b"], ["b"], ["c", "b"], ["c"]], 2) == ["b", "c"]

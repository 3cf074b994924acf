"""Near-duplicates: bands meet for the same text, the article number survives a new title."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.duplicates import BANDS, article_number, bands, jaccard
from analysis.terms import Hashes, pair_hashes, term_hash, tokens

SETS = st.lists(st.integers(0, 2**64 - 1), max_size=60, unique=True).map(
    lambda values: np.unique(np.array(values, np.uint64))
)


def pairs_of(text: str) -> Hashes:
    syllables, _ = tokens(text)
    return np.unique(pair_hashes(syllables[:-1], syllables[1:]))


@given(SETS, SETS)
def test_jaccard_is_symmetric_and_counts_what_is_common(one: Hashes, other: Hashes) -> None:
    common, union = set(one.tolist()) & set(other.tolist()), set(one.tolist()) | set(other.tolist())
    assert jaccard(one, other) == jaccard(other, one)
    assert jaccard(one, other) == pytest.approx(len(common) / len(union) if union else 0.0)


@given(SETS)
def test_bands_depend_on_the_set_alone_and_are_bounded(values: Hashes) -> None:
    keys = bands(values)
    assert keys == bands(values.copy())
    assert len(keys) == (BANDS if len(values) else 0)
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_fewer_bands_are_the_first_ones() -> None:
    pairs = pairs_of("trường tiểu học Sao Mai khánh thành mười hai phòng học mới")
    assert bands(pairs, 2) == bands(pairs)[:2]


def test_nearly_equal_sets_meet_and_unrelated_ones_do_not() -> None:
    random = np.random.default_rng(7)
    meet = apart = 0
    for _ in range(300):
        text = random.integers(0, 2**63, 60).astype(np.uint64)
        edited = np.concatenate([text[:-9], random.integers(0, 2**63, 9).astype(np.uint64)])  # Jaccard .74
        other = random.integers(0, 2**63, 60).astype(np.uint64)
        meet += bool(set(bands(text)) & set(bands(edited)))
        apart += not set(bands(text)) & set(bands(other))
    assert meet >= 285  # 1 - (1 - .74²)⁶ = .99
    assert apart == 300


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://bao.example/truong-sao-mai-mo-cua-5069590.html", "bao.example:5069590"),
        ("https://www.bao.example/ten-khac-han-5069590.html?x=1", "bao.example:5069590"),
        ("https://bao.example/tin-185260503160708975.htm", "bao.example:185260503160708975"),
        ("https://bao.example/tuyen-sinh-lop-10-nam-2026.html", None),
        ("https://bao.example/", None),
        ("không phải địa chỉ", None),
    ],
)
def test_article_number_of_an_address(url: str, number: str | None) -> None:
    assert article_number(url) == number


def test_a_day_is_one_term_in_three_house_styles() -> None:
    days = {tuple(tokens(f"Sáng {day} học sinh đến trường")[0].tolist()) for day in ("4-5", "4.5", "4/5", "04/05/2026")}
    assert len(days) == 1


def test_percentages_scores_and_decimals_are_not_days() -> None:
    assert term_hash("4,5") in tokens("tăng 4,5%")[0].tolist()
    assert term_hash("4.5") in tokens("tăng 4.5% học phí")[0].tolist()


def test_names_are_runs_of_capitals_but_not_the_first_word_alone() -> None:
    _, named = tokens("Sáng nay trường Sao Mai đón cô Lý Thu Hà trở lại")
    assert named.tolist() == [False, False, False, True, True, False, False, True, True, True, False, False]

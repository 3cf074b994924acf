"""In, out, or before a person: by education and place alone."""

from __future__ import annotations

import inspect

import pytest

from analysis.relevance import DOUBTFUL, DOUBTFUL_OURS, DOUBTFUL_PLAIN, DOUBTFUL_UNNAMED, SURE, relevance


def test_tone_and_stance_are_no_arguments() -> None:
    assert list(inspect.signature(relevance).parameters) == [
        "edu",
        "p_edu",
        "hp",
        "place",
        "language",
        "named",
        "policy",
    ]


@pytest.mark.parametrize(
    ("edu", "p_edu", "hp", "expected"),
    [
        ("core", SURE, "none", "relevant"),
        ("higher", 0.99, "none", "relevant"),
        ("core", SURE - 0.01, "none", "to_review"),
        ("none", DOUBTFUL, "none", "to_review"),
        ("none", DOUBTFUL - 0.01, "none", "irrelevant"),
        ("core", 0.51, "direct", "relevant"),
        ("none", DOUBTFUL_OURS, "direct", "to_review"),
        ("none", DOUBTFUL_OURS, "mention", "irrelevant"),
        ("none", 0.01, "direct", "irrelevant"),
    ],
)
def test_zones(edu: str, p_edu: float, hp: str, expected: str) -> None:
    place = "" if hp == "none" else "Hải Phòng"
    assert relevance(edu, p_edu, hp, place, "vi").label == expected


def test_more_certainty_never_puts_an_item_further_out() -> None:
    order = {"irrelevant": 0, "to_review": 1, "relevant": 2}
    for hp in ("direct", "mention", "none"):
        ranks = [order[relevance("core", p / 100, hp, "", "vi").label] for p in range(101)]
        assert ranks == sorted(ranks)


def test_a_doubt_shows_its_size() -> None:
    assert "45%" in relevance("core", 0.45, "none", "", "vi").why


def test_a_text_without_diacritics_is_looked_at_sooner_and_never_taken_in_alone() -> None:
    assert relevance("none", DOUBTFUL_PLAIN, "none", "", "vi-plain").label == "to_review"
    assert relevance("none", DOUBTFUL_PLAIN - 0.01, "none", "", "vi-plain").label == "irrelevant"
    assert relevance("core", 0.99, "direct", "Hai Phong", "vi-plain").label == "to_review"


def test_english_is_in_when_it_is_about_us_or_about_the_countrys_schools() -> None:
    assert relevance("core", 0.7, "mention", "Hai Phong", "en").label == "relevant"
    assert relevance("core", 0.7, "none", "", "en", policy=True).label == "relevant"
    assert relevance("core", 0.7, "none", "", "en").label == "irrelevant"
    assert relevance("none", 0.1, "direct", "Hai Phong", "en").label == "irrelevant"


def test_without_a_strong_word_of_education_more_certainty_is_needed_for_a_persons_time() -> None:
    assert relevance("none", DOUBTFUL, "none", "", "vi", named=False).label == "irrelevant"
    assert relevance("none", DOUBTFUL_UNNAMED, "none", "", "vi", named=False).label == "to_review"
    assert relevance("none", DOUBTFUL_OURS, "direct", "", "vi", named=False).label == "irrelevant"
    assert relevance("core", SURE, "none", "", "vi", named=False).label == "relevant"

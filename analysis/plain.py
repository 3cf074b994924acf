"""Texts that the Vietnamese vocabulary does not fit: Vietnamese without diacritics, and English."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.linear import Linear
from lang.text import fold

_SCHOOL = re.compile(
    r"\b(schools?|pupils?|students?|teachers?|kindergartens?|preschools?|classrooms?|education(al)?|tuition|textbooks?|"
    r"exams?|curriculum|principals?)\b",
    re.IGNORECASE,
)
_HIGHER = re.compile(r"\b(universit(y|ies)|colleges?|undergraduates?|scholarships?|campus)\b", re.IGNORECASE)
_VIETNAM = re.compile(r"\b(viet\s?nam(ese)?|ha\s?noi|hanoi)\b", re.IGNORECASE)
_POLICY = re.compile(
    r"\b(ministry|ministers?|moet|government|national assembly|prime minister|nationwide|decree|circular|resolution|"
    r"education law|policy|policies)\b",
    re.IGNORECASE,
)


class PlainText:
    """Reads "hoc sinh" as the feature whose folded form it is (the most frequent one); built at first need."""

    def __init__(self, model: Linear) -> None:
        self._model = model
        self._folded: dict[str, int] | None = None

    def indices(self, features: Iterable[str]) -> list[int]:
        """Columns of the model's features that fold to these."""
        if self._folded is None:
            idf = self._model.idf
            order = sorted(self._model.vocabulary.items(), key=lambda item: -float(idf[item[1]]))
            self._folded = {fold(feature): index for feature, index in order}  # the most frequent comes last and stays
        known = self._folded
        return sorted(known[f] for f in features if f in known)  # in order: see Linear.indices


def english_education(text: str) -> tuple[str, float]:
    """(edu label, score) by words alone: English items are few."""
    core, higher = len(_SCHOOL.findall(text)), len(_HIGHER.findall(text))
    if core + higher == 0:
        return "none", 0.8
    return ("higher" if higher > core else "core"), 0.6 if core + higher == 1 else 0.75


def vietnam_policy(text: str) -> bool:
    """Is an English text about schools also about Vietnam and what its authorities decide?"""
    return bool(_VIETNAM.search(text) and _POLICY.search(text) and _SCHOOL.search(text))

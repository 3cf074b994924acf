"""Texts that the Vietnamese vocabulary does not fit: without diacritics, English, and what a person must read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from analysis.linear import Linear
from lang.script import written_in
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


# A folded Vietnamese syllable: beginning, vowels, end. Nine in ten words of running Vietnamese are one; of French,
# German or Indonesian fewer than six.
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh|n|ph?|qu|r|s|th|tr|t|v|x)?"
    r"(?:a[iouy]?|e[ou]?|i|ia|ie|ieu|o[aei]?|oa[iouy]|oe|oo|u[aeiouy]?|uo[iu]|uy[ae]?|uay|uye|ye|yeu|y|i[eu])"
    r"(?:ch|c|m|ng|nh|n|p|t)?"
)
_OURS_ALONE = re.compile("[ăĂđĐơƠưƯẠ-ỹ]")
_LOWER = re.compile(r"(?<![^\W_])[^\W\d_A-Z]+(?![^\W_])")
_SHARE = 0.7  # of words that are Vietnamese syllables, below which a text is not Vietnamese
_HEAD = 600  # characters that are looked at


def language(text: str) -> str:
    """``vi`` · ``vi-plain`` · ``en`` · ``other`` · ``none``: :func:`lang.script.written_in`, but another tongue in
    Latin letters ("L'école est fermée") is ``other`` and not bad Vietnamese."""
    said = written_in(text)
    head = text[:_HEAD]
    if said in ("vi", "vi-plain") and not _OURS_ALONE.search(head):
        words = [fold(w) for w in _LOWER.findall(head)]
        if len(words) >= 4 and sum(bool(_SYLLABLE.fullmatch(w)) for w in words) < _SHARE * len(words):
            return "en" if head.isascii() and (_SCHOOL.search(head) or _HIGHER.search(head)) else "other"
    return said


class PlainText:
    """Reads "hoc sinh" as the feature whose folded form it is (the most frequent one); built at first need."""

    def __init__(self, model: Linear) -> None:
        self._model = model
        self._folded: dict[str, int] | None = None

    def indices(self, features: Iterable[str]) -> list[int]:
        """Columns of the model's features that fold to these."""
        known = self.vocabulary()
        return sorted(known[f] for f in features if f in known)  # in order: see Linear.indices

    def vocabulary(self) -> Mapping[str, int]:
        """Folded feature → column."""
        if self._folded is None:
            idf = self._model.idf
            order = sorted(self._model.vocabulary.items(), key=lambda item: -float(idf[item[1]]))
            self._folded = {fold(feature): index for feature, index in order}  # the most frequent comes last and stays
        return self._folded


def english_education(text: str) -> tuple[str, float]:
    """(edu label, score) by words alone: English items are few."""
    core, higher = len(_SCHOOL.findall(text)), len(_HIGHER.findall(text))
    if core + higher == 0:
        return "none", 0.8
    return ("higher" if higher > core else "core"), 0.6 if core + higher == 1 else 0.75


def vietnam_policy(text: str) -> bool:
    """Is an English text about schools also about Vietnam and what its authorities decide?"""
    return bool(_VIETNAM.search(text) and _POLICY.search(text) and _SCHOOL.search(text))

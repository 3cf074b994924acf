"""In, out or to be looked at: decided by education and place alone.

Tone and stance are no arguments of this module on purpose: praise or blame must never change what is shown (promise 2).
The thresholds were read off the real stream (12,107 recorded items of May 2026): 0.6 % of all items go to review, two
or three a day. Without a strong word of education ("học sinh", "trường học") a doubtful item hardly ever is one: of
101 such items from 0.20 up about fifteen were, half of them above 0.42.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis import why

SURE = 0.65  # P(education) from which an item is in
DOUBTFUL = 0.20  # … from which a person looks at it
DOUBTFUL_OURS = 0.15  # the same where Hải Phòng is the place: a missed item of ours costs more
DOUBTFUL_UNNAMED = 0.42  # … where no strong word of education occurs
DOUBTFUL_OURS_UNNAMED = 0.35
DOUBTFUL_PLAIN = 0.05
"""… where the text bears no diacritics, which is rare and read badly. Of 1,033 relevant labelled items stripped of them
84 fell below 0.20, 57 below 0.15 and 20 below 0.05; of 467 others ten lie above it."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """``label``: relevant · to_review · irrelevant · cannot_judge; ``why``: one Vietnamese sentence."""

    label: str
    why: str


def relevance(
    edu: str, p_edu: float, hp: str, place: str, language: str, *, named: bool = True, policy: bool = False
) -> Relevance:
    """``p_edu`` = P(core or higher), calibrated; ``place`` = the first place of ours as written, or ""; ``named``: a
    strong word of education occurs; ``policy``: an English item about Vietnam's education policy."""
    if language in ("none", "other"):
        return Relevance("cannot_judge", why.NO_TEXT if language == "none" else why.OTHER_SCRIPT)
    if language == "en":
        if hp != "none" and edu != "none":
            return Relevance("relevant", why.ENGLISH_OURS.format(place=place))
        return Relevance("relevant", why.ENGLISH_POLICY) if policy else Relevance("irrelevant", why.ENGLISH_OUT)
    direct = hp == "direct"
    if edu != "none" and p_edu >= (0.5 if direct else SURE):
        return _inside(edu, hp, place, language)
    if language == "vi-plain":
        doubtful = DOUBTFUL_PLAIN
    elif named:
        doubtful = DOUBTFUL_OURS if direct else DOUBTFUL
    else:
        doubtful = DOUBTFUL_OURS_UNNAMED if direct else DOUBTFUL_UNNAMED
    if p_edu >= doubtful:
        text = why.REVIEW_PLAIN if language == "vi-plain" else why.REVIEW_HP if direct else why.REVIEW_EDU
        return Relevance("to_review", text.format(percent=round(100 * p_edu), place=place))
    return Relevance("irrelevant", why.OUT_HP.format(place=place) if place else why.OUT)


def _inside(edu: str, hp: str, place: str, language: str) -> Relevance:
    if language == "vi-plain":
        return Relevance("to_review", why.REVIEW_PLAIN)
    text = {"direct": why.IN_HP, "mention": why.IN_MENTION}.get(hp, why.IN)
    return Relevance("relevant", text.format(edu=why.EDU[edu], place=place))

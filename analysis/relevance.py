"""In, out or to be looked at: decided by education and place alone.

Tone and stance are no arguments of this module on purpose: praise or blame must never change what is shown (promise 2).
The thresholds were read off the real stream (24,065 recorded items): about 1 % of all items go to review, 6 a day.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis import why

SURE = 0.65  # P(education) from which an item is in
DOUBTFUL = 0.20  # … from which a person looks at it
DOUBTFUL_OURS = 0.15  # the same where Hải Phòng is the place: a missed item of ours costs more


@dataclass(frozen=True, slots=True)
class Relevance:
    """``label``: relevant · to_review · irrelevant · cannot_judge; ``why``: one Vietnamese sentence."""

    label: str
    why: str


def relevance(edu: str, p_edu: float, hp: str, place: str, language: str, *, policy: bool = False) -> Relevance:
    """``p_edu`` = P(core or higher), calibrated; ``place`` = the first place of ours as written, or ""; ``policy``: an
    English item about Vietnam's education policy."""
    if language in ("none", "other"):
        return Relevance("cannot_judge", why.NO_TEXT if language == "none" else why.OTHER_SCRIPT)
    if language == "en":
        if hp != "none" and edu != "none":
            return Relevance("relevant", why.ENGLISH_OURS.format(place=place))
        return Relevance("relevant", why.ENGLISH_POLICY) if policy else Relevance("irrelevant", why.ENGLISH_OUT)
    direct = hp == "direct"
    if edu != "none" and p_edu >= (0.5 if direct else SURE):
        return _inside(edu, hp, place, language)
    if p_edu >= (DOUBTFUL_OURS if direct else DOUBTFUL):
        text = why.REVIEW_HP if direct else why.REVIEW_EDU
        return Relevance("to_review", text.format(percent=round(100 * p_edu), place=place))
    return Relevance("irrelevant", why.OUT_HP.format(place=place) if place else why.OUT)


def _inside(edu: str, hp: str, place: str, language: str) -> Relevance:
    if language == "vi-plain":
        return Relevance("to_review", why.REVIEW_PLAIN)
    text = {"direct": why.IN_HP, "mention": why.IN_MENTION}.get(hp, why.IN)
    return Relevance("relevant", text.format(edu=why.EDU[edu], place=place))

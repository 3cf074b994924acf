"""Trend reports as frozen records: a window, what was counted in it, and the very rows behind each figure.

A report is never changed. Built anew it is the next edition of its window; once văn thư has entered a number for one
edition (:class:`ReportLock`) there is no next one. Moments are ms UTC, days ISO text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.ids import public_id


class ItemKind(StrEnum):
    """What a figure counts."""

    ARTICLE = "article"
    CANDIDATE = "candidate"
    CONCERN = "concern"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One thing frozen into a report, as it was. ``part``: as in a digest, or the period that it is compared by.

    ``judgements``: kind → judgement or label id of an article; of a candidate "check" → id of the result that counts,
    "second:N" → ids of second readings. ``figures``: keys of the figures that count it.
    """

    position: int
    kind: ItemKind
    subject_id: str
    part: str
    story_id: str
    revision_id: str
    membership_id: str | None
    judgements: Mapping[str, str]
    figures: Sequence[str]


@dataclass(frozen=True, slots=True)
class Report:
    """One edition. ``figures``: key → number of items that carry it; ``files``: name → body hash (docx, pdf, xlsx, csv,
    content); ``scope``: "" for the city, `commune:CODE`, `school:NAME`."""

    id: str
    kind: str
    period: str  # 2026-05, 2026-Q1, 2025-2026, …
    scope: str
    edition: int
    first_day: str
    last_day: str
    window_from: int  # exclusive
    window_to: int  # inclusive
    built_at: int
    subject: str
    figures: Mapping[str, int]
    files: Mapping[str, str]
    versions: Mapping[str, str]

    @staticmethod
    def make_id(kind: str, period: str, scope: str, edition: int, content: str) -> str:
        """Natural key: the window, the edition, and the hash of what stands in it (so that half of a report that was
        never finished cannot become part of another one)."""
        return public_id("rep", kind, period, scope, str(edition), content)

    @property
    def provisional(self) -> bool:
        """Built before its window was over."""
        return self.built_at <= self.window_to


@dataclass(frozen=True, slots=True)
class ReportLock:
    """Văn thư's number and day of an edition, and its files as issued."""

    report_id: str
    number: int
    day: str
    by: str
    at: int
    files: Mapping[str, str]

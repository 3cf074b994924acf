"""Registers of an office, as frozen records: reports that are due, plans, what was measured, what the press was given.

Every row names the person who wrote it and when, and none is ever changed: what was entered by mistake is taken back by
a row of its own (``withdraws``). Days are ISO text (``2026-05-05``), moments are ms UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from store.ids import public_id


class Direction(StrEnum):
    """Kept apart everywhere: a report that somebody owes the department is not one that the department owes."""

    INCOMING = "incoming"  # units and communes report to the department
    OUTGOING = "outgoing"  # the department reports


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """One report that is due once. ``day``: as the plan says it; ``due_at``: after days off were reckoned with."""

    id: str
    report: str  # key in registers.yml, or "ad_hoc"
    direction: Direction
    name: str
    day: str
    due_at: int
    begins: str  # what it is about: first and last day
    ends: str
    basis: str
    asked_by: str  # "" of one that the calendar asks for
    made_at: int

    @staticmethod
    def make_id(report: str, day: str, name: str = "") -> str:
        """Natural key: the report and its day; of an ad-hoc one its name too."""
        return public_id("rpp", report, day, name)


@dataclass(frozen=True, slots=True)
class ReportParty:
    """Who is expected to send it (incoming) or to get it (outgoing), as it was when the period was opened."""

    period_id: str
    party: str  # key of contacts.yml, or the name of a body
    name: str


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report came, or went out. ``day``: when, as the letter says it. A file is kept by its hash, "" for none."""

    id: str
    period_id: str
    party: str
    day: str
    number: str
    by: str
    at: int
    note: str = ""
    file_name: str = ""
    media_type: str = ""
    body_hash: str = ""
    size: int = 0
    withdraws: str = ""

    @staticmethod
    def make_id(period_id: str, party: str, by: str, at: int, withdraws: str = "") -> str:
        """Natural key: which report of whom, who entered it and when; of a withdrawal what it takes back."""
        return public_id("rpe", withdraws) if withdraws else public_id("rpe", period_id, party, by, str(at))


@dataclass(frozen=True, slots=True)
class ReportUrge:
    """One draft công văn đôn đốc: to whom, and its DOCX. Nothing is sent by it."""

    id: str
    period_id: str
    by: str
    at: int
    parties: Sequence[str]
    body_hash: str

    @staticmethod
    def make_id(period_id: str, body_hash: str) -> str:
        """Natural key: the period and the very text."""
        return public_id("rpu", period_id, body_hash)


@dataclass(frozen=True, slots=True)
class UrgeIssued:
    """Văn thư's number and day of a draft: from then on it is a paper."""

    urge_id: str
    number: str
    day: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class CommunePlan:
    """The communication plan of one of the 114 communes (S4: "Ban hành và triển khai kế hoạch truyền thông …")."""

    id: str
    commune: str  # code of the gazetteer
    number: str
    day: str
    url: str
    by: str
    at: int
    note: str = ""
    withdraws: str = ""

    @staticmethod
    def make_id(commune: str, number: str, day: str, at: int, withdraws: str = "") -> str:
        """Natural key: whose, which and when it was entered; of a withdrawal what it takes back."""
        return public_id("cpl", withdraws) if withdraws else public_id("cpl", commune, number, day, str(at))


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """What a person entered by hand for an indicator, with the evidence for it.

    ``subject``: "" for the city, a commune's code, or ``school:…``. ``value``: in the indicator's unit; 1 and 0 are có
    and không. ``evidence``: number of a document, or what was seen; ``url`` where it can be seen, "" for none.
    """

    id: str
    indicator: str
    subject: str
    first_day: str
    last_day: str
    value: float
    evidence: str
    url: str
    by: str
    at: int
    file_name: str = ""
    media_type: str = ""
    body_hash: str = ""
    size: int = 0
    withdraws: str = ""

    @staticmethod
    def make_id(indicator: str, subject: str, last_day: str, by: str, at: int, withdraws: str = "") -> str:
        """Natural key: what of whom until when, who entered it and when; of a withdrawal what it takes back."""
        if withdraws:
            return public_id("ine", withdraws)
        return public_id("ine", indicator, subject, last_day, by, str(at))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A sheet as it was frozen: every figure with the rows behind it, so that it says the same in a year."""

    id: str
    first_day: str
    last_day: str
    by: str
    at: int
    version: str  # of the list of indicators
    sheet: Mapping[str, Any]
    body_hash: str  # its DOCX

    @staticmethod
    def make_id(first_day: str, last_day: str, at: int) -> str:
        """Natural key: the window and when it was frozen."""
        return public_id("evl", first_day, last_day, str(at))


@dataclass(frozen=True, slots=True)
class PressGiven:
    """One line of the *sổ cung cấp thông tin báo chí*: an outlet (never a reporter) was given something (D21, D27)."""

    id: str
    outlet: str
    what: str
    given_at: int
    way: str
    number: str  # of the document it went with, "" for none
    case_id: str
    by: str
    at: int
    note: str = ""
    withdraws: str = ""

    @staticmethod
    def make_id(outlet: str, given_at: int, by: str, at: int, withdraws: str = "") -> str:
        """Natural key: to whom, when, who wrote it down and when; of a withdrawal what it takes back."""
        return public_id("prg", withdraws) if withdraws else public_id("prg", outlet, str(given_at), by, str(at))

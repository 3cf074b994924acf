"""What is to be checked, as frozen records: claims, candidates, concerns, and what named persons found.

A machine raises a candidate with reasons and evidence; only a :class:`Check` by a named person says how it ended, and
nothing leads from a score to one. A concern has no score at all, and its notes have no field for a recipient: it is
never handed to the one it speaks of. See `store.model` for the rest of the words; moments are ms UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from store.ids import public_id


class Role(StrEnum):
    """The part that an article plays for a candidate."""

    CARRIER = "carrier"  # says it
    REPORTER = "reporter"  # tells that it goes round: a witness
    DEBUNKER = "debunker"  # says that it is not so
    OFFICIAL = "official"  # an authority answers on its own page


REBUTS = frozenset({Role.DEBUNKER, Role.OFFICIAL})


class CheckResult(StrEnum):
    """What a named person found (promise 1); the words of the official centres are none of ours."""

    KHOP = "khop"
    KHONG_KHOP = "khong_khop"
    DUNG_MOT_PHAN = "dung_mot_phan"
    CHUA_DU_CAN_CU = "chua_du_can_cu"
    LA_Y_KIEN = "la_y_kien"


CONFIRMS = frozenset({CheckResult.KHONG_KHOP, CheckResult.DUNG_MOT_PHAN})
"""Results that bear a candidate out: what was raised does differ from the document."""
REFUTES = frozenset({CheckResult.KHOP, CheckResult.LA_Y_KIEN})
"""Results that speak against the reason; the fifth (not enough to go by) speaks neither way."""


class NoteKind(StrEnum):
    """What was done about a concern."""

    LOOKED = "looked"
    FOUND = "found"
    PASSED = "passed"  # to Văn phòng Sở, which alone decides what becomes of it


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a Revision that a check rested on. Its words are not kept twice: a place in the text, a hash.

    ``starts``/``ends``: in title, lead and body joined by line ends (:func:`whole_text`). ``sketch``: hashes of its
    telling words, for finding its like without keeping the words. ``group_key``: of its candidate or concern; of
    a debunk or a report, where nothing carries that yet, the one it would have, or "".
    """

    id: str
    revision_id: str
    article_id: str
    starts: int
    ends: int
    text_hash: str
    relation: str
    sketch: Sequence[int]
    group_key: str
    story_id: str | None
    at: int  # first seen
    version: str

    @staticmethod
    def make_id(revision_id: str, text_hash: str, relation: str) -> str:
        """Natural key: the text, the sentence, and what it was taken for."""
        return public_id("clm", revision_id, text_hash, relation)


def whole_text(title: str, lead: str, body: str) -> str:
    """The text that a claim's place is of."""
    return f"{title}\n{lead}\n{body}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One claim that goes round, however many articles carry it."""

    id: str
    group_key: str
    reason: str  # kind of reason: contradicts:number, outdated:validity, unsourced, …
    claim_id: str  # of the first carrier found
    created_at: int

    @staticmethod
    def make_id(group_key: str) -> str:
        """Natural key: the group."""
        return public_id("can", group_key)


@dataclass(frozen=True, slots=True)
class CandidateFinding:
    """What one version of the rules, with the library of that moment, said of one text. Append-only.

    ``raised`` is False when that text gave no ground (any more): another text of the article, a document withdrawn,
    two documents that differ (``relation`` *apart*). ``score``: chance that a reviewer confirms. ``evidence``: hashes
    of the page's body, the text, the reference and its clause, with the spans that differ.
    """

    candidate_id: str
    revision_id: str
    article_id: str
    version: str
    raised: bool
    relation: str
    differs_in: str
    score: float
    reasons: Sequence[str]
    change_mind: Sequence[str]
    statements: Sequence[str]  # ids of statements of the reference library
    evidence: Mapping[str, Any]
    at: int


@dataclass(frozen=True, slots=True)
class CandidateMember:
    """An article's part in a candidate. ``at``: when it was published where the page says so, else first seen."""

    candidate_id: str
    article_id: str
    role: Role
    claim_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Concern:
    """*Phản ánh cần xác minh*: an unsourced report of wrongdoing or harm. It may well be so; it has no score."""

    id: str
    group_key: str
    claim_id: str
    kind: str  # of wrongdoing or harm, in Vietnamese: khoản thu, bạo lực, …
    place: str
    created_at: int

    @staticmethod
    def make_id(group_key: str) -> str:
        """Natural key: the group."""
        return public_id("con", group_key)


@dataclass(frozen=True, slots=True)
class ConcernMember:
    """An article that tells of a concern."""

    concern_id: str
    article_id: str
    claim_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Check:
    """*Kết quả đối chiếu* by a named person; the newest that is no second reading counts. Append-only."""

    id: str
    candidate_id: str
    result: CheckResult
    reason: str
    document: str  # number of a document, or id of a reference; "" where there is none
    checked_by: str
    at: int
    second: bool = False  # read again without sight of the first result

    @staticmethod
    def make_id(candidate_id: str, checked_by: str, at: int) -> str:
        """Natural key: what, who and when."""
        return public_id("chk", candidate_id, checked_by, str(at))


@dataclass(frozen=True, slots=True)
class ConcernNote:
    """Who looked at a concern and what was found. Append-only."""

    id: str
    concern_id: str
    kind: NoteKind
    text: str
    noted_by: str
    at: int

    @staticmethod
    def make_id(concern_id: str, noted_by: str, at: int) -> str:
        """Natural key: what, who and when."""
        return public_id("cnn", concern_id, noted_by, str(at))


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that the check of one text gives."""

    claims: tuple[Claim, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    findings: tuple[CandidateFinding, ...] = ()
    members: tuple[CandidateMember, ...] = ()
    concerns: tuple[Concern, ...] = ()
    concern_members: tuple[ConcernMember, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often results with a document bore a kind of reason out."""

    reason: str
    confirmed: int
    refuted: int

    @property
    def of(self) -> int:
        """All that spoke either way."""
        return self.confirmed + self.refuted


@dataclass(frozen=True, slots=True)
class CandidateRows:
    """One candidate with all its rows, each oldest first."""

    candidate: Candidate
    claim: Claim | None
    findings: tuple[CandidateFinding, ...] = ()
    members: tuple[CandidateMember, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class ConcernRows:
    """One concern with all its rows, each oldest first."""

    concern: Concern
    claim: Claim | None
    members: tuple[ConcernMember, ...] = ()
    notes: tuple[ConcernNote, ...] = field(default=())

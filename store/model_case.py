"""What people are asked to answer, as frozen records: cases, what happened to them, and what that adds up to.

A case belongs to people. Its events are append-only and chained (:func:`link_hash`) over ids and keyed digests, never
over what was written: that lies in a :class:`CasePayload` and can be erased, and the chain still proves that nothing
else was taken out or changed. :class:`CaseNow`, :class:`CaseClock`, :class:`CaseLink`, :class:`Paper` and
:class:`CaseFile` are what the events add up to (`alerts.cases.fold`), rewritten with each event. Moments are ms UTC.

Nothing here says that a text is false: ``result`` is a :class:`store.model_candidate.CheckResult` by a named person, a
label of the fact-check centre or of Sở VHTTDL is an event that names them and their document (promise 1).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from store.ids import public_id

GENESIS = "0" * 64
"""What the first link hangs on."""


class CaseKind(StrEnum):
    """Where a case comes from, which decides its deadlines and its way."""

    SUSPECT = "suspect"  # a candidate: something to be laid beside a document
    CONCERN = "concern"  # phản ánh cần xác minh
    PRESS_REQUEST = "press_request"
    CITIZEN_REPORT = "citizen_report"
    STAFF_REPORT = "staff_report"
    STORY = "story"  # tin cần trả lời


COMPLAINTS = frozenset({CaseKind.CONCERN, CaseKind.CITIZEN_REPORT})
"""Kinds that carry a complaint: held at Văn phòng Sở until it releases them (promise 2)."""


class CaseState(StrEnum):
    """mới → … → kết thúc, lưu hồ sơ. Reopened is `dang_xac_minh` again, counted."""

    NEW = "moi"
    RECEIVED = "da_nhan"
    VERIFYING = "dang_xac_minh"
    RESULT = "da_co_ket_qua"
    ANSWERED = "da_tra_loi"
    CORRECTION_ASKED = "da_de_nghi_cai_chinh"
    PUBLISHED = "da_dang_thong_tin"
    CLOSED = "ket_thuc"


ANSWERS = frozenset({CaseState.ANSWERED, CaseState.CORRECTION_ASKED, CaseState.PUBLISHED})
"""States that stop the clock of the first answer."""


class Severity(StrEnum):
    """How pressing: `urgent` goes by telephone too and knows no quiet hours."""

    NORMAL = "thuong"
    HIGH = "cao"
    URGENT = "khan"


class Alarm(IntEnum):
    """How far a clock has been told of."""

    NONE = 0
    SOFT = 1
    HARD = 2
    OVERDUE = 3


class EventKind(StrEnum):
    """What happened. Machine entries are told apart by their actor (:data:`MACHINE`)."""

    OPENED = "opened"
    ROUTED = "routed"  # to an office, with the reasons
    RELEASED = "released"  # Văn phòng Sở lets a complaint go on, masked
    RECEIVED = "received"  # by the office, logged
    ASSIGNED = "assigned"
    VERIFYING = "verifying"
    RESULT = "result"
    OUTSIDE_LABEL = "outside_label"  # of the fact-check centre or Sở VHTTDL, with their document
    NOTE = "note"
    CHANGED = "changed"  # title, severity, place, theme
    LINKED = "linked"
    UNLINKED = "unlinked"
    FILE = "file"
    PAPER = "paper"  # a draft saved
    PAPER_SUBMITTED = "paper_submitted"  # trình
    PAPER_SIGNED = "paper_signed"  # ký (KT./TL.)
    PAPER_ISSUED = "paper_issued"  # số, ngày phát hành
    PAPER_RECEIVED = "paper_received"  # số đến
    TELEPHONED = "telephoned"
    ANSWERED = "answered"
    CORRECTION_ASKED = "correction_asked"
    PUBLISHED = "published"
    CLOSED = "closed"
    REOPENED = "reopened"
    CLOCK = "clock"  # a clock started, shortened, stopped
    PAUSED = "paused"
    RESUMED = "resumed"
    INSTRUCTION = "instruction"  # bút phê
    ACKNOWLEDGED = "acknowledged"  # the alarm, for a while
    ALARM = "alarm"
    ESCALATED = "escalated"
    FORGOTTEN = "forgotten"  # acknowledged, then nothing: opened to alarms again
    MERGED = "merged"
    UNMERGED = "unmerged"
    SPLIT = "split"
    ORIGINAL_ASKED = "original_asked"
    ORIGINAL_APPROVED = "original_approved"
    EXPORTED = "exported"
    ERASED = "erased"  # what some events said was erased by a decision


MACHINE = "máy"
"""The actor of what no person did."""


@dataclass(frozen=True, slots=True)
class Case:
    """The head, never changed. One case per origin: the same candidate opened twice is one case."""

    id: str
    kind: CaseKind
    origin_kind: str  # candidate · concern · story · request (a person's entry)
    origin_id: str
    year: int  # local
    number: int  # in that year, from 1
    created_at: int

    @staticmethod
    def make_id(origin_kind: str, origin_id: str) -> str:
        """Natural key: where it comes from."""
        return public_id("cas", origin_kind, origin_id)

    @property
    def label(self) -> str:
        """How people name it: 2026/0012."""
        return f"{self.year}/{self.number:04d}"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event before it has its place in the chain. ``key`` makes it unique within its case and kind."""

    case_id: str
    kind: EventKind
    at: int
    actor: str
    body: Mapping[str, Any]
    key: str

    @property
    def id(self) -> str:
        """Natural key: case, kind, key; the same event twice is one."""
        return public_id("cev", self.case_id, self.kind, self.key)


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One link of the chain. It holds no word that a person wrote."""

    seq: int  # from 1, without a gap, over all cases
    id: str
    case_id: str
    kind: EventKind
    at: int
    payload_digest: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class CasePayload:
    """What an event says and who did it; ``salt`` goes with it when it is erased."""

    event_id: str
    salt: str  # 64 hex digits
    body: Mapping[str, Any]  # "actor" and what the kind asks for


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A link with what it says; ``body`` is None after an erasure."""

    event: CaseEvent
    body: Mapping[str, Any] | None

    @property
    def actor(self) -> str:
        """Who; "" after an erasure."""
        return str(self.body.get("actor", "")) if self.body else ""


@dataclass(frozen=True, slots=True)
class CaseNow:
    """What the events of a case add up to. ``version`` counts them."""

    case_id: str
    kind: CaseKind
    state: CaseState
    title: str
    severity: Severity
    office: str  # key of contacts.yml: office:…, commune:…, school:…, role:…
    assignee: str
    place: str  # unit code, or ""
    theme: str
    source_kind: str  # local · national · foreign · official · social · person
    held: bool  # carries a complaint that Văn phòng Sở has not released
    opened_at: int
    published_at: int | None = None
    found_at: int | None = None
    flagged_at: int | None = None
    received_at: int | None = None  # by the office that holds it now
    acknowledged_until: int | None = None
    paused_until: int | None = None
    answered_at: int | None = None
    closed_at: int | None = None
    result: str = ""  # a CheckResult, or ""
    reopened: int = 0
    level: int = 0  # how far up the chain it has gone
    merged_into: str | None = None
    next_step_at: int | None = None  # next step up the chain, as escalation set it
    next_alarm_at: int | None = None  # when a tick has to look at it; None: nothing runs
    version: int = 0
    updated_at: int = 0


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A deadline of a case. Stopped when what it waits for has happened."""

    case_id: str
    clock: str  # first_answer · close · handover · …
    deadline: str  # key in deadlines.yml, or "instruction"
    office: str  # whose clock
    started_at: int
    due_at: int
    soft_at: int | None
    hard_at: int | None
    paused_at: int | None = None
    stopped_at: int | None = None
    alarmed: int = 0  # an Alarm
    verified: bool = False  # the basis was checked by a person
    basis: str = ""
    steps: Sequence[str] = ()  # how the due time was reckoned


@dataclass(frozen=True, slots=True)
class CaseLink:
    """Something that belongs to a case."""

    case_id: str
    target_kind: str  # article · story · candidate · concern · reference · rebuttal · case · about (whom it speaks of)
    target_id: str
    added_at: int
    removed_at: int | None = None


class PaperState(StrEnum):
    """dự thảo → trình → đã ký → đã phát hành → nơi nhận đã vào sổ."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    ISSUED = "issued"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a case. ``body_hash`` is the DOCX of its last draft."""

    id: str
    case_id: str
    kind: str  # of alerts.papers
    title: str
    state: PaperState
    recipient: str  # key of contacts.yml, or the name of a body
    fields: Mapping[str, Any]
    body_hash: str
    signed_as: str  # "", "KT.", "TL."
    number: str
    issued_at: int | None
    incoming_number: str
    received_at: int | None
    created_at: int
    updated_at: int

    @staticmethod
    def make_id(case_id: str, kind: str, at: int) -> str:
        """Natural key: case, kind and when it was begun."""
        return public_id("pap", case_id, kind, str(at))


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Something attached; its bytes are a body by hash."""

    id: str
    case_id: str
    name: str
    media_type: str
    body_hash: str
    size: int
    added_at: int


@dataclass(frozen=True, slots=True)
class CaseRows:
    """One case with what its events add up to."""

    case: Case
    now: CaseNow
    clocks: tuple[CaseClock, ...] = ()
    links: tuple[CaseLink, ...] = ()
    papers: tuple[Paper, ...] = ()
    files: tuple[CaseFile, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """Which cases a list shows; empty fields ask nothing. ``open``: neither closed nor merged away."""

    open: bool | None = None
    kind: str = ""
    state: str = ""
    office: str = ""
    assignee: str = ""
    place: str = ""
    severity: str = ""
    overdue_at: int | None = None  # some running clock was due by then
    opened_after: int | None = None  # exclusive
    opened_until: int | None = None
    before: tuple[int, str] | None = None  # paging: (opened_at, case id) of the last one shown
    limit: int = 100


def payload_digest(salt: str, encoded: str) -> str:
    """HMAC-SHA256 of the payload as stored, keyed by its own salt: without the salt nobody can try words on it."""
    return hmac.new(bytes.fromhex(salt), encoded.encode(), hashlib.sha256).hexdigest()


def link_hash(prev: str, seq: int, event: NewEvent | CaseEvent, digest: str) -> str:
    """Hex sha256 of one link: what it hangs on, its place, its ids, its kind and moment, the digest of what it says."""
    parts = (prev, str(seq), event.id, event.case_id, str(event.kind), str(event.at), digest)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

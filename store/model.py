"""The words of the house as frozen records. They know nothing of SQL, files or networks.

Times are integer milliseconds since the Unix epoch, UTC. Text is NFC. Scores are probabilities in [0, 1].
Public ids are equal on every backend: see :func:`public_id`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from store.ids import public_id
from store.model_crawl import (
    Absence,
    AlertKind,
    Alias,
    ChannelState,
    Disclosure,
    ErasureReview,
    Fetch,
    FetchKind,
    FetchOutcome,
    HealthAlert,
    HostState,
    ReviewState,
    Sighting,
)
from store.model_search import FacetKind, Hit, IndexState, SavedSearch, SearchRequest, SearchResult

__all__ = [
    "Absence",
    "AlertKind",
    "Alias",
    "Article",
    "Basis",
    "ChannelState",
    "Delivery",
    "DeliveryState",
    "Digest",
    "DigestEntry",
    "Disclosure",
    "ErasureReview",
    "FacetKind",
    "Fetch",
    "FetchKind",
    "FetchOutcome",
    "HealthAlert",
    "Hit",
    "HostState",
    "IndexState",
    "Judgement",
    "JudgementKind",
    "Membership",
    "NewTask",
    "Outcome",
    "Problem",
    "Relation",
    "ReviewState",
    "Revision",
    "SavedSearch",
    "SearchRequest",
    "SearchResult",
    "Sighting",
    "Story",
    "StoryKey",
    "Task",
    "TaskState",
    "public_id",
]

# ── what was read ───────────────────────────────────────────────────────────────────────────────────


class Basis(StrEnum):
    """What a Revision's text was read from. A feed-only article says so everywhere."""

    FEED = "feed"  # title and sapo of a feed entry
    PAGE = "page"  # the article page as fetched
    INBOX = "inbox"  # what staff brought in, redacted


@dataclass(frozen=True, slots=True)
class Article:
    """One per canonical URL. A reprint is another Article of the same Story."""

    id: str
    canonical_url: str
    url: str
    source_id: str
    outlet: str  # the outlet's name as people say it
    first_seen_at: int
    found_in: str  # id of the Fetch that first showed it

    @staticmethod
    def make_id(canonical_url: str) -> str:
        """Natural key: the canonical URL."""
        return public_id("art", canonical_url)


@dataclass(frozen=True, slots=True)
class Revision:
    """The text of an Article at one time. Same article and same text = same Revision."""

    id: str
    article_id: str
    text_hash: str
    basis: Basis
    title: str
    lead: str
    body: str
    seen_at: int
    fetch_id: str
    published_at: int | None = None
    published_from: str | None = None  # json-ld, meta, page, time-tag, selector, feed, url, …
    published_confidence: float | None = None
    section: str | None = None
    language: str = "vi"
    quality: float = 1.0  # 0..1: how complete the extraction looks

    @staticmethod
    def hash_text(title: str, lead: str, body: str) -> str:
        """Hex sha256 over title, lead and body; date and section do not count as text."""
        return hashlib.sha256("\x1f".join((title, lead, body)).encode()).hexdigest()

    @staticmethod
    def make_id(article_id: str, text_hash: str) -> str:
        """Natural key: the article and the hash of its text."""
        return public_id("rev", article_id, text_hash)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a body that could not be used, said precisely; everything else in it was kept."""

    fetch_id: str
    position: int  # entry number in a feed (from 0), line in a recorded file; -1 = the whole body
    code: str
    message: str
    at: int


# ── what was judged ─────────────────────────────────────────────────────────────────────────────────


class JudgementKind(StrEnum):
    """The questions a judge answers about a Revision (labels as in the annotation guidelines)."""

    EDU = "edu"  # core · higher · none
    HP = "hp"  # direct · mention · none
    TOPICS = "topics"  # label: comma-joined ids; detail: score of each
    TONE = "tone"  # neg · neu · pos
    STANCE = "stance"  # critical · supportive · none
    KIND = "kind"  # news · opinion · service · feature · promo
    RUMOUR = "rumour"  # none · report · debunk   (never "spread": no examples, never learned)
    SUMMARY = "summary"  # label: how it was made; detail: the text, two sentences of the revision's own


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge at one version said of one Revision; never overwritten."""

    revision_id: str
    kind: JudgementKind
    judge: str
    version: str
    label: str
    score: float  # calibrated probability of ``label``
    detail: Mapping[str, Any] = field(default_factory=dict)  # spans, places, target, reasons
    judged_at: int = 0

    @property
    def id(self) -> str:
        """Derived from the natural key: revision, kind, judge, version."""
        return public_id("jud", self.revision_id, self.kind, self.judge, self.version)


# ── what belongs together ───────────────────────────────────────────────────────────────────────────


class Relation(StrEnum):
    """How an Article belongs to its Story."""

    ORIGINAL = "original"
    REPRINT = "reprint"
    FOLLOW_UP = "follow_up"
    DEBUNK = "debunk"


@dataclass(frozen=True, slots=True)
class Story:
    """A cluster of Articles about one event; the id comes from its first Article."""

    id: str
    first_article_id: str
    created_at: int
    redirect_to: str | None = None  # after a merge

    @staticmethod
    def make_id(first_article_id: str) -> str:
        """Natural key: the first article."""
        return public_id("sto", first_article_id)


@dataclass(frozen=True, slots=True)
class Membership:
    """An Article's place in a Story as decided by a machine version or a person."""

    article_id: str
    story_id: str
    relation: Relation
    of_article_id: str | None  # reprint of / nearest earlier article
    similarity: float
    decided_by: str  # "machine" or a user id; a person's decision wins
    version: str
    decided_at: int

    @property
    def id(self) -> str:
        """Derived from the natural key: article, who decided, version."""
        return public_id("mem", self.article_id, self.decided_by, self.version)


@dataclass(frozen=True, slots=True)
class StoryKey:
    """One look-up band of an Article for grouping (a row of the store, not an index in memory)."""

    key: int  # signed 64-bit hash of a rare term or of a MinHash band
    seen_at: int
    article_id: str


# ── what was told ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One Article frozen into a Digest: revision, membership and judgement versions as they were."""

    position: int
    part: str  # hai_phong · bo_nganh · dia_phuong · xem_lai
    story_id: str | None
    article_id: str
    revision_id: str
    membership_id: str | None
    judgements: Mapping[str, str]  # kind -> judgement id
    figures: Sequence[str]  # keys of the figures that count this entry


@dataclass(frozen=True, slots=True)
class Digest:
    """A window and its frozen items, with the rendered files (as body hashes)."""

    id: str
    kind: str  # daily
    day: str  # ISO date, local
    window_from: int  # exclusive
    window_to: int  # inclusive
    built_at: int
    subject: str
    figures: Mapping[str, int]
    files: Mapping[str, str]  # "html" | "text" -> body hash
    versions: Mapping[str, str]
    entries: Sequence[DigestEntry] = ()

    @staticmethod
    def make_id(kind: str, day: str) -> str:
        """Natural key: kind and day, so a second build is the same row."""
        return public_id("dig", kind, day)


class DeliveryState(StrEnum):
    """pending → sending → sent / failed / bundled."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient by one channel; unique (event, recipient, channel)."""

    id: str
    event_id: str  # e.g. a Digest's id
    recipient: str  # address
    channel: str  # email
    state: DeliveryState
    created_at: int
    message_id: str  # idempotency key; an e-mail's Message-ID, equal on every try
    attempts: int = 0
    next_try_at: int | None = None
    sent_at: int | None = None
    error: str = ""
    urgent: bool = False
    deadline_at: int | None = None
    contact: str = ""  # key in contacts.yml of who is told; "" for digests and letters about sources
    bundled_into: str = ""  # id of the delivery that carries this one
    receipt: str = ""  # what the other side gave as proof of acceptance

    @staticmethod
    def make_id(event_id: str, recipient: str, channel: str) -> str:
        """Natural key: event, recipient, channel."""
        return public_id("del", event_id, recipient, channel)


# ── what is to be done ──────────────────────────────────────────────────────────────────────────────


class TaskState(StrEnum):
    """due → leased → done; back to due on a transient failure; dead after the last try."""

    DUE = "due"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


class Outcome(StrEnum):
    """How a Task ended. Exactly one; the vocabulary is closed, so "why not?" is one query."""

    # fetch: the attempt itself is a Fetch row with its own FetchOutcome
    FETCHED = "fetched"
    NOT_FETCHED = "not_fetched"  # the Fetch row says why; the feed's title and sapo remain
    # read
    READ = "read"
    READ_PARTLY = "read_partly"  # some entries had problems (rows of Problem)
    UNCHANGED = "unchanged"  # same text as a Revision that we have
    NOT_AN_ARTICLE = "not_an_article"
    UNREADABLE = "unreadable"
    # gone
    DELETION_RECORDED = "deletion_recorded"
    REVIEW_OPENED = "review_opened"  # a deletion of an item that names a minor
    # health
    CHECKED = "checked"
    # judge
    RELEVANT = "relevant"
    TO_REVIEW = "to_review"
    IRRELEVANT = "irrelevant"
    CANNOT_JUDGE = "cannot_judge"
    # reference
    REFERENCE = "reference"  # an authority's own page became a version that nobody has confirmed yet
    NO_REFERENCE = "no_reference"
    # group
    STORY_STARTED = "story_started"
    STORY_JOINED = "story_joined"
    REPRINT = "reprint"
    NOT_GROUPED = "not_grouped"
    # check: what it is of a candidate, never what is so
    CANDIDATE_RAISED = "candidate_raised"
    CONCERN_NOTED = "concern_noted"
    ROLE_NOTED = "role_noted"  # tells of what others carry: a report, a denial, an answer
    NOTHING_RAISED = "nothing_raised"
    TEXT_REPLACED = "text_replaced"  # the article has a newer text
    # recheck
    CHECKS_PLANNED = "checks_planned"
    # digest
    BUILT = "built"
    ALREADY_BUILT = "already_built"
    # notify
    PLANNED = "planned"  # deliveries stand on the list
    TOLD_BEFORE = "told_before"
    # deliver
    SENT = "sent"
    NOT_SENT = "not_sent"
    # any
    GAVE_UP = "gave_up"  # dead after N tries


@dataclass(frozen=True, slots=True)
class NewTask:
    """Work to be put on the list; the same key twice is one Task."""

    stage: str
    subject: str
    version: str
    order_at: int  # tasks of a stage are claimed in (order_at, subject) order
    due_at: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: the only work list. ``attempt`` fences a late worker off."""

    stage: str
    subject: str
    version: str
    state: TaskState
    order_at: int
    due_at: int
    attempt: int  # claims so far: the fence
    tries: int  # failures in a row that may pass; waiting is no failure
    lost: int  # claims in a row that ended without an answer: their worker was killed, perhaps by this very task
    lease_until: int
    worker: str
    outcome: str | None
    message: str
    created_at: int
    finished_at: int | None

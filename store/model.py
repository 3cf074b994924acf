"""The words of the house as frozen records. They know nothing of SQL, files or networks.

Times are integer milliseconds since the Unix epoch, UTC. Text is NFC. Scores are probabilities in [0, 1].
Public ids are equal on every backend: see :func:`public_id`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


def public_id(prefix: str, *natural_key: str) -> str:
    """``prefix_`` + base32 of the first 128 bits of sha256 over the natural key (parts joined by U+001F)."""
    digest = hashlib.sha256("\x1f".join(natural_key).encode()).digest()[:16]
    return f"{prefix}_{base64.b32encode(digest).decode().rstrip('=').lower()}"


# ── what was fetched ────────────────────────────────────────────────────────────────────────────────


class FetchKind(StrEnum):
    """What the fetched body is meant to be."""

    FEED = "feed"
    PAGE = "page"
    RECORDED = "recorded"  # a run of recorded feed items, JSON lines (`haidang replay`)


class FetchOutcome(StrEnum):
    """How one attempt ended. Exactly one of these; the vocabulary is closed."""

    FETCHED = "fetched"
    NOT_MODIFIED = "not_modified"
    ROBOTS_DENIED = "robots_denied"
    ROBOTS_UNREACHABLE = "robots_unreachable"  # 5xx or time-out on robots.txt: closed, try again later
    HTTP_ERROR = "http_error"  # `status` says which
    GONE = "gone"  # 404 or 410
    TOO_MANY = "too_many"  # 429 or 503: the host asks us to wait
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"  # DNS, refused, reset, TLS
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TARGET_REFUSED = "target_refused"  # our own guard: not public HTTP(S)
    TRUNCATED = "truncated"  # Content-Length or compression says that bytes are missing


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt to get one URL; append-only. ``body_hash`` is sha256 of the bytes as received."""

    id: str
    kind: FetchKind
    source_id: str
    url: str
    started_at: int
    finished_at: int
    outcome: FetchOutcome
    status: int | None = None
    body_hash: str | None = None
    content_type: str | None = None
    final_url: str | None = None
    article_id: str | None = None  # for pages: whose page it is
    headers: Mapping[str, str] = field(default_factory=dict)
    robots: str | None = None  # the robots.txt decision and the rule behind it
    message: str = ""

    @staticmethod
    def make_id(url: str, started_at: int) -> str:
        """Natural key: the URL and the millisecond at which the attempt began."""
        return public_id("fet", url, str(started_at))


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Run-time state of one channel (one feed URL) of a Source. The Source itself is configuration."""

    source_id: str
    url: str
    kind: FetchKind
    next_due_at: int
    etag: str | None = None
    last_modified: str | None = None
    failure_weight: float = 0.0
    last_fetch_at: int | None = None
    last_ok_at: int | None = None
    last_outcome: str | None = None
    lease_until: int = 0


# ── what was read ───────────────────────────────────────────────────────────────────────────────────


class Basis(StrEnum):
    """What a Revision's text was read from. A feed-only article says so everywhere."""

    FEED = "feed"  # title and sapo of a feed entry
    PAGE = "page"  # the article page as fetched


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
    published_from: str | None = None  # json-ld, meta, feed, url, …
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
    # judge
    RELEVANT = "relevant"
    TO_REVIEW = "to_review"
    IRRELEVANT = "irrelevant"
    CANNOT_JUDGE = "cannot_judge"
    # group
    STORY_STARTED = "story_started"
    STORY_JOINED = "story_joined"
    REPRINT = "reprint"
    NOT_GROUPED = "not_grouped"
    # digest
    BUILT = "built"
    ALREADY_BUILT = "already_built"
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

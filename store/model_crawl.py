"""The words of collection: attempts, channels, hosts, deletions, health. Import them from :mod:`store.model`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from store.ids import public_id

# ── what was fetched ────────────────────────────────────────────────────────────────────────────────


class FetchKind(StrEnum):
    """What the fetched body is meant to be."""

    FEED = "feed"
    PAGE = "page"
    SITEMAP = "sitemap"  # a sitemap, a news sitemap or an index of them
    LISTING = "listing"  # a page whose headlines are links
    YOUTUBE = "youtube"  # an answer of the YouTube Data API
    FACEBOOK = "facebook"  # an answer of the Graph API about a page of the department's own
    ZALO = "zalo"  # an answer of the Official Account API about an account of the department's own
    INBOX = "inbox"  # what staff brought in, redacted before it was saved
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
    channel: str | None = None  # for channels: the address in the source's file, where ``url`` is another

    @staticmethod
    def make_id(url: str, started_at: int) -> str:
        """Natural key: the URL and the millisecond at which the attempt began."""
        return public_id("fet", url, str(started_at))


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Run-time state of one channel (one address) of a Source. The Source itself is configuration.

    ``cursor``: where a visit of several pages goes on, in the words of its kind; None between two visits.
    ``hint_ms``: the rest that the last answer asked for (TTL, Cache-Control, Expires), not yet capped.
    """

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
    cursor: str | None = None
    pages: int = 0  # pages of the visit under way that were fetched already
    hint_ms: int = 0


@dataclass(frozen=True, slots=True)
class HostState:
    """What all workers together promise one host: no request before ``next_at`` nor before ``paused_until``."""

    name: str
    next_at: int = 0
    paused_until: int = 0
    why: str = ""  # why it is paused
    gap_ms: int = 0  # the Crawl-delay of its robots.txt, 0 when it names none


# ── what is known of sources ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Alias:
    """Another address of an Article: what the page itself names as canonical, on the same site."""

    canonical_url: str
    article_id: str
    fetch_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """The first time that one channel of a Source showed an Article: what coverage is proved by."""

    article_id: str
    channel: str  # its address
    source_id: str
    first_at: int
    fetch_id: str


@dataclass(frozen=True, slots=True)
class Absence:
    """A page that we had read is gone (404, 410): a deletion is evidence. ``back_at``: it was there again."""

    article_id: str
    noticed_at: int
    last_seen_at: int
    fetch_id: str
    status: int
    names_minor: bool
    back_at: int | None = None


class ReviewState(StrEnum):
    """Where a question of erasure stands; only a person moves it on."""

    OPEN = "open"
    KEPT = "kept"
    TO_ERASE = "to_erase"


@dataclass(frozen=True, slots=True)
class ErasureReview:
    """The question whether our copy of an Article must be erased too; decided by a named person."""

    id: str
    article_id: str
    opened_at: int
    why: str
    state: ReviewState = ReviewState.OPEN
    decided_by: str = ""
    decided_at: int | None = None
    reason: str = ""

    @staticmethod
    def make_id(article_id: str, opened_at: int) -> str:
        """Natural key: the article and when the question arose."""
        return public_id("era", article_id, str(opened_at))


@dataclass(frozen=True, slots=True)
class Disclosure:
    """An export of evidence: who asked for it, who approved it, why, and the hash of what was handed out."""

    id: str
    article_id: str
    kind: str  # redacted · warc
    at: int
    asked_by: str
    approved_by: Sequence[str]
    reason: str
    file_hash: str

    @staticmethod
    def make_id(article_id: str, kind: str, at: int) -> str:
        """Natural key: the article, the kind of copy, the millisecond."""
        return public_id("dis", article_id, kind, str(at))


class AlertKind(StrEnum):
    """What is wrong with a source. A machine's word; the catalogue of messages says it in Vietnamese."""

    NEVER_ANSWERED = "never_answered"  # asked for longer than it is given, and not one answer yet
    FAILING = "failing"  # its addresses answer no longer
    LATE = "late"  # less than usual for this hour and weekday
    SILENT = "silent"  # nothing for longer than expected
    FLOODING = "flooding"  # far more than ever before
    LAYOUT_CHANGED = "layout_changed"  # pages come in, but title, date or body are no longer found


@dataclass(frozen=True, slots=True)
class HealthAlert:
    """Something wrong with a source, told to its owner once and open until it is over."""

    id: str
    source_id: str
    kind: AlertKind
    opened_at: int
    owner: str
    figures: Mapping[str, Any]  # what it was measured by
    closed_at: int | None = None

    @staticmethod
    def make_id(source_id: str, kind: str, opened_at: int) -> str:
        """Natural key: the source, what is wrong, and since when we say so."""
        return public_id("hal", source_id, kind, str(opened_at))

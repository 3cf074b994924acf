"""What the other rooms may ask of a store. Every backend passes `tests/contract/`.

Reading methods may be called at any time. All writing goes through :meth:`Store.transaction`: everything
written inside one ``with`` block becomes true together or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from store.api_audit import AuditReading, AuditWriting
from store.api_candidate import CandidateReading, CandidateWriting
from store.api_case import CaseReading, CaseWriting
from store.api_case_list import CaseListReading
from store.api_label import LabelStore, LabelTransaction
from store.api_notice import NoticeReading, NoticeWriting
from store.api_reading import ReadingStore, ReadingWriting
from store.api_reference import ReferenceReading, ReferenceWriting
from store.api_register import RegisterReading, RegisterWriting
from store.api_release import ReleaseReading, ReleaseWriting
from store.api_report import ReportReading, ReportWriting
from store.api_roster import RosterReading, RosterWriting
from store.api_warning import WarningReading, WarningWriting
from store.model import (
    Absence,
    Alias,
    Article,
    ChannelState,
    Delivery,
    DeliveryState,
    Digest,
    Disclosure,
    ErasureReview,
    FacetKind,
    Fetch,
    HealthAlert,
    HostState,
    IndexState,
    Judgement,
    Membership,
    NewTask,
    Problem,
    ReviewState,
    Revision,
    SavedSearch,
    SearchRequest,
    SearchResult,
    Sighting,
    Story,
    StoryKey,
    Task,
)
from store.model_story import StoryDecision


class Transaction(
    AuditWriting,
    CandidateWriting,
    CaseWriting,
    LabelTransaction,
    NoticeWriting,
    ReadingWriting,
    ReferenceWriting,
    RegisterWriting,
    ReportWriting,
    ReleaseWriting,
    RosterWriting,
    WarningWriting,
    Protocol,
):
    """The writing side. Inserts are idempotent on natural keys: the first row wins, a second is a no-op."""

    def fence(self, tasks: Sequence[Task]) -> set[tuple[str, str, str]]:
        """Keys (stage, subject, version) of those tasks that this claim still holds (same attempt, leased)."""

    def finish(self, task: Task, outcome: str, message: str, now: int) -> None:
        """Mark done with its one outcome. Only for a task that :meth:`fence` returned."""

    def retry(self, task: Task, due_at: int, message: str, *, failed: bool = True) -> None:
        """Back to due, not before ``due_at`` ms. ``failed=False``: it only waits, which is no try."""

    def bury(self, task: Task, outcome: str, message: str, now: int) -> None:
        """Dead: visible, and replayed only on command."""

    def add_tasks(self, tasks: Iterable[NewTask], now: int) -> int:
        """Put on the list; returns how many were new."""

    def add_fetch(self, fetch: Fetch) -> None:
        """Append an attempt. Its body must be on disk already."""

    def add_articles(self, articles: Iterable[Article]) -> set[str]:
        """Insert those not known yet; the ids of the new ones."""

    def add_revisions(self, revisions: Iterable[Revision]) -> set[str]:
        """Insert those not known yet; the ids of the new ones."""

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Append; unique by (fetch, position, code)."""

    def add_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Insert; a judgement is never overwritten."""

    def add_grouping(
        self, stories: Iterable[Story], memberships: Iterable[Membership], keys: Iterable[StoryKey]
    ) -> None:
        """Stories first seen, the articles' places in them, and their look-up keys."""

    def set_redirect(self, story_id: str, to: str | None) -> None:
        """Merge a story into another, or let it stand alone again."""

    def add_story_decision(self, decision: StoryDecision) -> None:
        """Append what a named person decided about stories; its memberships carry its id as their version."""

    def undo_story_decision(self, decision_id: str, by: str, reason: str, at: int) -> bool:
        """Taken back: its memberships count no more. False when it does not stand (any more)."""

    def add_digest(self, digest: Digest) -> bool:
        """Insert with its entries; False when that digest exists (it is never rebuilt)."""

    def add_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """Insert those not known yet (event, recipient, channel)."""

    def set_delivery(
        self,
        delivery_id: str,
        state: DeliveryState,
        *,
        attempts: int,
        next_try_at: int | None,
        sent_at: int | None,
        error: str,
    ) -> None:
        """Move a delivery on."""

    def upsert_channels(self, channels: Iterable[ChannelState]) -> None:
        """Insert or replace run-time state."""

    # collection
    def hosts(self, names: Collection[str]) -> dict[str, HostState]:
        """Read for change: nobody else writes these rows before this transaction ends. Unknown ones are made up."""

    def set_hosts(self, hosts: Iterable[HostState]) -> None:
        """Insert or replace."""

    def aliases(self, canonical_urls: Collection[str]) -> dict[str, str]:
        """As :meth:`Store.aliases`, with what this transaction wrote."""

    def add_aliases(self, aliases: Iterable[Alias]) -> None:
        """The first article that claims an address keeps it; an address that is an article's own is never taken."""

    def add_sightings(self, sightings: Iterable[Sighting]) -> None:
        """Append; the first sighting of an article in a channel stays."""

    def add_absences(self, absences: Iterable[Absence]) -> None:
        """Append; while one of an article is open, a second is a no-op."""

    def end_absence(self, article_id: str, back_at: int) -> None:
        """The page was there again."""

    def add_erasure_reviews(self, reviews: Iterable[ErasureReview]) -> None:
        """Append; while one of an article is open, a second is a no-op."""

    def decide_erasure(self, review_id: str, state: ReviewState, by: str, reason: str, at: int) -> bool:
        """A named person's decision; False when the review is not open (any more)."""

    def add_alerts(self, alerts: Iterable[HealthAlert]) -> None:
        """Open; while one of this source and kind is open, a second is a no-op."""

    def close_alert(self, alert_id: str, at: int) -> None:
        """It is over."""

    def add_disclosures(self, disclosures: Iterable[Disclosure]) -> None:
        """Append to the log of what was handed out."""

    # search: what is added above is found from COMMIT on, without a word here
    def add_saved_search(self, search: SavedSearch) -> bool:
        """Keep it; False when a kept search has that name."""

    def remove_saved_search(self, search_id: str, at: int) -> bool:
        """Kept no longer (the row stays); False when it is not kept."""

    def clear_index(self) -> None:
        """Empty the index, to be built anew in this program's word forms."""

    def reindex(self, after: int, limit: int) -> int | None:
        """Index what is missing or out of date among the next ``limit`` articles after place ``after`` (0: the oldest).

        The place of the last one looked at, kept for :meth:`Store.rebuilt_to`; None when there was none.
        """


class Store(
    AuditReading,
    CandidateReading,
    CaseListReading,
    CaseReading,
    LabelStore,
    NoticeReading,
    ReadingStore,
    ReferenceReading,
    RegisterReading,
    ReportReading,
    ReleaseReading,
    RosterReading,
    WarningReading,
    Protocol,
):
    """Rows are the only truth. The thread that holds a transaction reads what it has written in it."""

    def close(self) -> None:
        """Release files and connections."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One atomic write. SQLite: ``BEGIN IMMEDIATE`` … ``COMMIT``; keep it under 50 ms."""

    # tasks
    def claim(self, stage: str, limit: int, worker: str, now: int, lease_ms: int, *, alone: bool = False) -> list[Task]:
        """Lease up to ``limit`` due tasks (or leased ones whose lease ran out), attempt + 1, in order.

        ``alone``: none while another claim of this stage holds its lease (for order-dependent stages).
        """

    def release_leases(self, worker: str) -> int:
        """Give back what that worker held ("" = all, channels too); for a caller who knows that it is gone."""

    def release_channels(self) -> int:
        """Give back every channel's lease; for a caller who knows that the crawler is gone."""

    def tasks_for(self, subjects: Collection[str]) -> list[Task]:
        """Every task about these subjects, oldest first."""

    def task_counts(self) -> dict[tuple[str, str], int]:
        """(stage, state) → how many."""

    def outcome_counts(self) -> dict[tuple[str, str], int]:
        """(stage, outcome) → how many tasks ended so."""

    def count_open(self, stages: Collection[str], now: int, until: int | None = None) -> int:
        """Tasks of these stages that are due now or leased; with ``until`` only those ordered up to then."""

    def dead_tasks(self, limit: int) -> list[Task]:
        """Dead tasks, newest first."""

    def revive(self, stage: str | None, now: int) -> int:
        """Put dead tasks (of one stage, or all) back on the list with attempt 0; how many."""

    # crawling
    def channels(self) -> list[ChannelState]:
        """All channels' run-time state."""

    def claim_channels(self, now: int, limit: int, lease_ms: int) -> list[ChannelState]:
        """Lease channels that are due, the longest overdue first."""

    def fetch(self, fetch_id: str) -> Fetch | None:
        """One attempt."""

    def first_fetch_at(self) -> int | None:
        """When the first attempt of all began."""

    def fetches(self, fetch_ids: Collection[str]) -> dict[str, Fetch]:
        """Several attempts by id."""

    def fetches_for(self, *, article_id: str | None = None, url: str | None = None, limit: int = 20) -> list[Fetch]:
        """Attempts for an article's page or for a URL, newest first."""

    # articles
    def articles(self, article_ids: Collection[str]) -> dict[str, Article]:
        """By id; unknown ids are absent."""

    def find_article(self, url: str) -> Article | None:
        """By canonical URL, public id or the URL as it was found."""

    def revisions(self, revision_ids: Collection[str]) -> dict[str, Revision]:
        """By id."""

    def revisions_of(self, article_ids: Collection[str]) -> dict[str, list[Revision]]:
        """All revisions of each article, oldest first."""

    def problems(self, fetch_id: str) -> list[Problem]:
        """What could not be used in that body."""

    def judgements_of(self, revision_ids: Collection[str]) -> dict[str, list[Judgement]]:
        """All judgements of each revision, oldest first."""

    # stories
    def look_up_keys(self, keys: Collection[int], since: int, per_key: int) -> dict[int, list[str]]:
        """For each key, the newest ``per_key`` article ids seen at or after ``since``."""

    def memberships_of(self, article_ids: Collection[str]) -> dict[str, Membership]:
        """The membership in force of each article: a person's that stands before a machine's, then the newest."""

    def stories(self, story_ids: Collection[str]) -> dict[str, Story]:
        """By id, redirects not followed."""

    def story_articles(self, story_ids: Collection[str]) -> dict[str, list[Membership]]:
        """Memberships in force of each story, in the order articles were first seen."""

    def merged_into(self, story_ids: Collection[str]) -> dict[str, list[str]]:
        """For each story, those that merges lead to it from, however far; stories without any are absent."""

    def story_decision(self, decision_id: str) -> StoryDecision | None:
        """One decision of a person."""

    def story_decisions(self, story_id: str | None = None, limit: int = 200) -> list[StoryDecision]:
        """Newest first, the undone ones too; with ``story_id`` those that touched it on either side."""

    # digest and delivery
    def articles_seen(self, after: int, until: int) -> list[Article]:
        """Articles first seen in (after, until], in (first_seen, id) order."""

    def relevant_seen(self, after: int, until: int) -> list[Article]:
        """As :meth:`articles_seen`, but only those a judge task ended `relevant` or `to_review`."""

    def newest_seen_at(self) -> int | None:
        """When the newest article was first seen."""

    def newest_of_sources(self, source_ids: Collection[str]) -> dict[str, int]:
        """source id → when its newest article was first seen; sources without any are absent."""

    def articles_back(self, after: int, until: int, limit: int, before: tuple[int, str] | None = None) -> list[Article]:
        """Up to ``limit`` articles first seen in (after, until], newest first, older than the key ``before``.

        ``before`` is (first_seen_at, id) of the last one already had. The cost depends on ``limit`` alone.
        """

    def last_judged(self, article_ids: Collection[str]) -> dict[str, Task]:
        """article id → the judge task about one of its revisions that ended last; unjudged ones are absent."""

    def digest(self, digest_id: str) -> Digest | None:
        """With its entries."""

    def digests(self, limit: int = 60) -> list[Digest]:
        """Newest first, without entries."""

    def digests_with(self, article_id: str) -> list[Digest]:
        """The digests that carry this article, oldest first, without entries."""

    def delivery(self, delivery_id: str) -> Delivery | None:
        """One delivery."""

    def deliveries(self, event_id: str) -> list[Delivery]:
        """All deliveries of an event."""

    def failed_deliveries(self, limit: int) -> list[Delivery]:
        """Those that were given up, newest first."""

    # collection
    def hosts(self) -> list[HostState]:
        """Every host that was ever asked."""

    def aliases(self, canonical_urls: Collection[str]) -> dict[str, str]:
        """canonical URL → id of the article that it is another address of."""

    def aliases_of(self, article_ids: Collection[str]) -> dict[str, list[Alias]]:
        """Other addresses of each article, oldest first; articles without any are absent."""

    def sightings(self, source_id: str, after: int, until: int) -> list[Sighting]:
        """First sightings in (after, until], oldest first."""

    def absences(self, after: int, until: int, limit: int = 200) -> list[Absence]:
        """Deletions noticed in (after, until], newest first."""

    def absences_of(self, article_ids: Collection[str]) -> dict[str, list[Absence]]:
        """Deletions of these articles, oldest first."""

    def erasure_reviews(self, state: ReviewState | None = None, limit: int = 200) -> list[ErasureReview]:
        """Reviews in that state (or all), oldest first."""

    def open_alerts(self) -> list[HealthAlert]:
        """What is wrong now, the oldest first."""

    def alerts(self, limit: int = 200, source_id: str | None = None) -> list[HealthAlert]:
        """Newest first, the closed ones too."""

    def alert(self, alert_id: str) -> HealthAlert | None:
        """One alert."""

    def disclosures(self, article_id: str | None = None, limit: int = 200) -> list[Disclosure]:
        """What was handed out, newest first."""

    def arrivals(self, source_ids: Collection[str], after: int, until: int) -> dict[str, list[int]]:
        """source id → when its articles were first seen, in (after, until], oldest first."""

    def newest_pages(self, source_id: str, until: int, limit: int) -> list[Revision]:
        """The newest article pages of a source as read, one an article, newest first."""

    def inbox(self, limit: int, before: int | None = None) -> list[Fetch]:
        """What staff brought in, newest first, older than ``before``."""

    # search
    def search(self, request: SearchRequest) -> SearchResult:
        """Articles whose newest text (the newest page, else the newest of the others) satisfies the request.

        Newest first by the second first seen, or ranked. Bounded in time: a result says when it is unfinished.
        Phrases with marks are looked up by their words; :func:`store.search_text.holds` looks at the text itself.
        """

    def facet_values(self, kind: FacetKind) -> list[str]:
        """Every value of that kind that some article was filed under, in alphabetical order."""

    def saved_searches(self) -> list[SavedSearch]:
        """Those that are kept, by name."""

    def index_state(self) -> IndexState:
        """How far the index is; walks all articles."""

    def rebuilt_to(self) -> int:
        """The place where a rebuild that was interrupted goes on; 0 when none was."""

    # telling
    def counts(self) -> Mapping[str, int]:
        """Rows per table."""

    def export(self, table: str) -> Iterable[Mapping[str, Any]]:
        """Rows of one table, for `haidang export`."""

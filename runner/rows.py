"""What a stage hands back for one task: rows to write, follow-up work, and how the task ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runner.identity import under_known_addresses
from runner.notices import notice_tasks
from store.api import Transaction
from store.model import (
    Absence,
    Alias,
    Article,
    Delivery,
    Digest,
    ErasureReview,
    HealthAlert,
    Judgement,
    Membership,
    NewTask,
    Outcome,
    Problem,
    Revision,
    Sighting,
    Story,
    StoryKey,
)
from store.model_candidate import Checked
from store.model_label import DriftNotice
from store.model_notice import Notice, ReachTry
from store.model_reference import Reference, Statement


@dataclass(frozen=True, slots=True)
class Result:
    """One task's end. ``per_revision`` / ``per_article`` are enqueued only for rows that are really new."""

    outcome: str
    message: str = ""
    articles: tuple[Article, ...] = ()
    revisions: tuple[Revision, ...] = ()
    first_texts: tuple[Revision, ...] = ()  # written only where their article is new
    problems: tuple[Problem, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    aliases: tuple[Alias, ...] = ()
    absences: tuple[Absence, ...] = ()
    erasure_reviews: tuple[ErasureReview, ...] = ()
    alerts: tuple[HealthAlert, ...] = ()
    closed_alerts: tuple[tuple[str, int], ...] = ()  # (id, since when it is over)
    drift: tuple[DriftNotice, ...] = ()
    stories: tuple[Story, ...] = ()
    memberships: tuple[Membership, ...] = ()
    story_keys: tuple[StoryKey, ...] = ()
    references: tuple[tuple[Reference, Sequence[Statement]], ...] = ()
    digest: Digest | None = None
    deliveries: tuple[Delivery, ...] = ()
    checked: Checked | None = None
    delivery_update: Delivery | None = None  # the new state of a delivery after a try
    notices: tuple[Notice, ...] = ()  # their tasks are put on the list with them
    reach: tuple[ReachTry, ...] = ()  # how ways of telling went
    bodies: tuple[bytes, ...] = ()  # on disk before the rows
    tasks: tuple[NewTask, ...] = ()
    per_article: tuple[tuple[str, NewTask], ...] = ()  # article id → task, when that article is new
    per_revision: tuple[tuple[str, NewTask], ...] = ()  # revision id → task, when that revision is new
    retry_at: int | None = None  # not an end: back on the list, not before this time


def save(tx: Transaction, result: Result, now: int) -> str:
    """Write one result; returns the outcome to record (a page whose text is known ends `unchanged`)."""
    result = under_known_addresses(tx, result)
    new_articles = tx.add_articles(result.articles) if result.articles else set()
    revisions = [*result.revisions, *(r for r in result.first_texts if r.article_id in new_articles)]
    new_revisions = tx.add_revisions(revisions) if revisions else set()
    tx.add_problems(result.problems)
    tx.add_judgements(result.judgements)
    _save_watch(tx, result)
    tx.add_drift_notices(result.drift)
    tx.add_grouping(result.stories, result.memberships, result.story_keys)
    if result.checked is not None:
        tx.add_checked(result.checked)
    outcome, deliveries, tasks = result.outcome, result.deliveries, list(result.tasks)
    for reference, statements in result.references:
        tx.add_reference(reference, statements)  # the clock sees it and plans what is to be checked again
    if result.digest is not None and not tx.add_digest(result.digest):
        outcome, deliveries, tasks = Outcome.ALREADY_BUILT, (), []
    tx.add_deliveries(deliveries)
    if result.delivery_update is not None:
        d = result.delivery_update
        tx.set_delivery(d.id, d.state, attempts=d.attempts, next_try_at=d.next_try_at, sent_at=d.sent_at, error=d.error)
        if d.receipt:
            tx.note_receipt(d.id, d.receipt)
    tx.note_reach(result.reach)
    if result.notices:
        tx.add_notices(result.notices)
        tasks += notice_tasks(result.notices, now)
    tasks += [task for article_id, task in result.per_article if article_id in new_articles]
    tasks += [task for revision_id, task in result.per_revision if revision_id in new_revisions]
    tx.add_tasks(tasks, now)
    if (result.revisions or result.first_texts) and not new_revisions and outcome == Outcome.READ:
        return Outcome.UNCHANGED
    return outcome


def _save_watch(tx: Transaction, result: Result) -> None:
    """What is known of sources and pages beside their text."""
    tx.add_sightings(result.sightings)
    tx.add_aliases(result.aliases)
    tx.add_absences(result.absences)
    tx.add_erasure_reviews(result.erasure_reviews)
    for alert_id, at in result.closed_alerts:  # before: one that ends may be followed by a worse one of its source
        tx.close_alert(alert_id, at)
    tx.add_alerts(result.alerts)

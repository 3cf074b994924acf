"""The daily digest: its window, its rows and files. The order of things is load → compose → render → freeze."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from alerts import figures
from alerts.case_audit import CHAIN, chain_text
from alerts.checking_digest import checking_lines
from alerts.compose import compose as compose_rows
from alerts.draft import DigestDraft, SourceState
from alerts.inputs import DigestInput, load_inputs
from alerts.outbox import plan_deliveries
from alerts.render import render
from alerts.sources import silent_source, unwatched_source
from alerts.themes import themed
from config.settings import Settings
from store.api import Store
from store.blobs import BodyStore
from store.model import Delivery, Digest, DigestEntry

__all__ = [
    "DIGEST_VERSION",
    "DigestDraft",
    "DigestInput",
    "SourceState",
    "build_digest",
    "chain_text",
    "checking_lines",
    "compose",
    "earlier_digests",
    "freeze",
    "load_inputs",
    "render",
    "silent_source",
    "unwatched_source",
    "window",
]

DIGEST_VERSION = "digest-2"
"""Raised when the same rows would give another digest; issued digests stay as they are."""
KIND = "daily"
LOOK_BACK = 7  # days in which "shown before" is looked up: longer and a reader has forgotten


def window(day: datetime.date, at: str = "06:30", tz: str = "Asia/Ho_Chi_Minh") -> tuple[int, int]:
    """The digest of ``day`` covers first_seen in (D−1 ``at``, D ``at``]: ms UTC, first exclusive, last inclusive."""
    hour, minute = map(int, at.split(":"))
    until = datetime.datetime.combine(day, datetime.time(hour, minute), ZoneInfo(tz))
    before = datetime.datetime.combine(day - datetime.timedelta(days=1), datetime.time(hour, minute), ZoneInfo(tz))
    return int(before.timestamp() * 1000), int(until.timestamp() * 1000)


def compose(
    day: datetime.date,
    after: int,
    until: int,
    inputs: Sequence[DigestInput],
    silent_sources: Sequence[SourceState] = (),
    tz: str = "Asia/Ho_Chi_Minh",
) -> DigestDraft:
    """The draft of ``day``, each story with its themes. Pure; the order of ``inputs`` does not matter."""
    return themed(compose_rows(day, after, until, inputs, silent_sources, tz), inputs)


def build_digest(
    store: Store,
    bodies: BodyStore,
    day: datetime.date,
    settings: Settings,
    now: int,
    silent: Sequence[SourceState] = (),
    *,
    recipients: Sequence[str] | None = None,
) -> tuple[Digest, list[Delivery], dict[str, bytes]]:
    """Rows and files of ``day``; writes nothing. A digest that was issued comes back as it was issued.

    ``recipients`` default to the settings'. The caller puts the files ({"html", "text"} → bytes) on disk first,
    then digest and deliveries in one transaction. ``Digest.files`` holds each file's sha256, as the body store
    names it. Raises :class:`store.errors.BodyMissing` when a file of an issued digest is gone.
    """
    wanted = settings.recipients if recipients is None else recipients
    issued = store.digest(Digest.make_id(KIND, day.isoformat()))
    if issued is not None:
        files = {name: bodies.get(body_hash) for name, body_hash in issued.files.items()}
        return issued, plan_deliveries(issued, wanted, now, settings.smtp_from), files
    after, until = window(day, settings.digest_at, settings.timezone)
    inputs = load_inputs(store, after, until, earlier_digests(store, day))
    draft = compose(day, after, until, inputs, silent, settings.timezone)
    checking = checking_lines(store, after, until, settings.desk)
    draft = replace(draft, checking=checking, chain=chain_text(store.chain_head()))
    html, text = render(draft, settings.department)
    files = {"html": html.encode(), "text": text.encode()}
    digest = freeze(draft, (after, until), inputs, files, now)
    return digest, plan_deliveries(digest, wanted, now, settings.smtp_from), files


def earlier_digests(store: Store, day: datetime.date) -> list[Digest]:
    """The digests of the last :data:`LOOK_BACK` days with their entries, newest first."""
    days = (day - datetime.timedelta(days=back) for back in range(1, LOOK_BACK + 1))
    found = (store.digest(Digest.make_id(KIND, past.isoformat())) for past in days)
    return [digest for digest in found if digest is not None]


def freeze(
    draft: DigestDraft,
    covered: tuple[int, int],
    inputs: Sequence[DigestInput],
    files: dict[str, bytes],
    now: int,
) -> Digest:
    """The draft as rows: each figure is the number of entries that carry its key, and nothing else."""
    day = draft.day.isoformat()
    return Digest(
        id=Digest.make_id(KIND, day),
        kind=KIND,
        day=day,
        window_from=covered[0],
        window_to=covered[1],
        built_at=now,
        subject=draft.subject,
        figures={key: len(numbers) for key, numbers in sorted(figures.count(draft.items).items())},
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        versions=_versions(inputs) | ({CHAIN: draft.chain} if draft.chain else {}),
        entries=tuple(
            DigestEntry(
                position=item.number,
                part=item.part,
                story_id=item.story_id,
                article_id=item.article_id,
                revision_id=item.revision_id,
                membership_id=item.membership_id,
                judgements=item.judgements,
                figures=item.figures,
            )
            for item in draft.items
        ),
    )


def _versions(inputs: Sequence[DigestInput]) -> dict[str, str]:
    """Who judged and grouped what stands here, at which version."""
    used: dict[str, set[str]] = {"digest": {DIGEST_VERSION}}
    for item in inputs:
        for kind, judgement in item.judgements.items():
            used.setdefault(kind.value, set()).add(f"{judgement.judge} {judgement.version}")
        if item.membership:
            used.setdefault("group", set()).add(f"{item.membership.decided_by} {item.membership.version}")
    return {name: ", ".join(sorted(versions)) for name, versions in sorted(used.items())}

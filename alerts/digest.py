"""The daily digest: its window, its rows and files. The order of things is load → compose → render → freeze."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from alerts import digest_words, figures
from alerts.case_audit import CHAIN, chain_text
from alerts.checking_digest import CheckLine, checking_lines
from alerts.compose import compose as compose_rows
from alerts.digest_days import DAILY, LOOK_BACK, counts, days_back
from alerts.digest_editions import cut_of
from alerts.digest_file import to_bytes
from alerts.digest_first import due_lines, result_lines
from alerts.draft import DigestDraft, DueLine, SourceState
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
    "Beside",
    "DigestDraft",
    "DigestInput",
    "SourceState",
    "build_digest",
    "chain_text",
    "checking_lines",
    "compose",
    "earlier_digests",
    "entries_of",
    "finished",
    "freeze",
    "load_inputs",
    "render",
    "silent_source",
    "unwatched_source",
    "window",
]

DIGEST_VERSION = "digest-3"
"""Raised when the same rows would give another digest; issued digests stay as they are."""
KIND = DAILY


@dataclass(frozen=True, slots=True)
class Beside:
    """What a digest says beside the news. ``by_hand``: it is a draft until a person releases it."""

    checking: tuple[CheckLine, ...] = ()
    results: tuple[CheckLine, ...] = ()
    due: tuple[DueLine, ...] = ()
    chain: str = ""
    gap: str = ""
    by_hand: bool = False
    asked: bool = False  # by a person, on a day off

    def laid(self, draft: DigestDraft) -> DigestDraft:
        """The draft with all that."""
        return replace(
            draft, checking=self.checking, results=self.results, due=self.due, chain=self.chain, gap=self.gap,
            stamp=digest_words.STAMP if self.by_hand else "",
        )  # fmt: skip


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
    *,
    kind: str = KIND,
    foreign: Collection[str] = (),
) -> DigestDraft:
    """The draft of ``day``, each story with its themes. Pure; the order of ``inputs`` does not matter."""
    return themed(compose_rows(day, after, until, inputs, silent_sources, tz, kind=kind, foreign=foreign), inputs)


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
    beside = Beside(
        checking_lines(store, after, until, settings.desk),
        result_lines(store, after, until, settings.desk),
        due_lines(store, day, settings.timezone, settings.desk),
        chain_text(store.chain_head()),
        by_hand=settings.digest_release == "by_hand",
    )
    draft, files = finished(draft, beside, settings.department)
    digest = freeze(draft, (after, until), inputs, files, now)
    return digest, plan_deliveries(digest, wanted, now, settings.smtp_from), files


def finished(draft: DigestDraft, beside: Beside, department: str) -> tuple[DigestDraft, dict[str, bytes]]:
    """The whole draft and its files: what people read, and what an edit or a release starts from."""
    whole = beside.laid(draft)
    html, text = render(whole, department)
    return whole, {"html": html.encode(), "text": text.encode(), "draft": to_bytes(whole)}


def earlier_digests(store: Store, day: datetime.date, kind: str = KIND) -> list[Digest]:
    """The digests of the last :data:`LOOK_BACK` days with their entries, newest first.

    Their stories count as shown but for those that the press officer cut: their articles were carried, yet nobody
    above has read of them.
    """
    found = [one for past in days_back(day, LOOK_BACK) if (one := counts(store, past, kind)) is not None]
    return [_as_shown(store, digest) for digest in found]


def _as_shown(store: Store, digest: Digest) -> Digest:
    if store.digest_release(digest.id) is None:
        return digest
    gone = cut_of(store.digest_edits(digest.id))
    entries = (replace(e, story_id=None) if e.story_id in gone else e for e in digest.entries)
    return replace(digest, entries=tuple(entries)) if gone else digest


def freeze(
    draft: DigestDraft,
    covered: tuple[int, int],
    inputs: Sequence[DigestInput],
    files: dict[str, bytes],
    now: int,
    *,
    more: Mapping[str, str] | None = None,
) -> Digest:
    """The draft as rows: each figure is the number of entries that carry its key, and nothing else.

    ``more``: what else stands among its versions.
    """
    day = draft.day.isoformat()
    return Digest(
        id=Digest.make_id(draft.kind, day),
        kind=draft.kind,
        day=day,
        window_from=covered[0],
        window_to=covered[1],
        built_at=now,
        subject=draft.subject,
        figures={key: len(numbers) for key, numbers in sorted(figures.count(draft.items).items())},
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        versions=_versions(inputs) | ({CHAIN: draft.chain} if draft.chain else {}) | dict(more or {}),
        entries=entries_of(draft),
    )


def entries_of(draft: DigestDraft) -> tuple[DigestEntry, ...]:
    """Every article of a draft, frozen."""
    return tuple(
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

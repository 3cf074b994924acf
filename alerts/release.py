"""The release of a digest: a named person lets it go; what goes is frozen as files; only then do leaders get anything.

There is no way from a draft to a leader but :func:`release` (or a department's own setting that asks for automatic
sending). A draft stays as it was built; a release is one row, once, with the edits that made it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from alerts import digest_words as words
from alerts.digest import entries_of
from alerts.digest_days import at_ms
from alerts.digest_editions import REVIEW, cut_of, edited, leader_edition, office_edition, rebuilt
from alerts.digest_file import to_bytes
from alerts.digest_formats import files_of
from alerts.draft import DigestDraft
from alerts.figures import count
from alerts.formats import iso_day_words, moment_words
from alerts.outbox import plan_deliveries
from alerts.release_edit import Hand, draft_of
from config.contacts import Contacts
from config.presets import Preset, Reader, mail_of
from config.settings import Settings
from store.api import Store
from store.blobs import BodyStore
from store.errors import InputError
from store.model import Digest, NewTask
from store.model_release import DigestEdit, DigestRelease
from store.people import named_person

LEADERS = "release"
"""Kind of the `Digest` row that leaders get; an office's is ``office:<reader>``."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What one kind of reader gets."""

    name: str
    draft: DigestDraft
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Addresses by preset. ``offices``: (reader, addresses)."""

    leaders: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    offices: tuple[tuple[Reader, tuple[str, ...]], ...] = ()


def audience(settings: Settings, contacts: Contacts, readers: Sequence[Reader]) -> Audience:
    """Who is mailed what. ``recipients`` of the settings that no preset names are leaders."""
    mails = [(reader, mail_of(reader, contacts)) for reader in readers]
    named = {a.strip().lower() for _, addresses in mails for a in addresses} | {r.to.lower() for r in readers}
    plain = tuple(a for a in settings.recipients if a.strip().lower() not in named)
    return Audience(
        (*plain, *_of(mails, Preset.LEADER)),
        _of(mails, Preset.OFFICER),
        tuple((reader, found) for reader, found in mails if reader.preset is Preset.OFFICE and found),
    )


def _of(mails: Sequence[tuple[Reader, tuple[str, ...]]], preset: Preset) -> tuple[str, ...]:
    return tuple(address for reader, found in mails if reader.preset is preset for address in found)


def released_draft(whole: DigestDraft, edits: Sequence[DigestEdit], by: str, at: int, tz: str) -> DigestDraft:
    """What goes out: edits laid over the draft, what is only to be reviewed left out, who released it and when."""
    draft = edited(whole, edits)
    shown = {p.key: (p.blocks, p.rest) for p in draft.parts if p.key != REVIEW}
    cut = len(cut_of(edits))
    wording = words.ISSUED_AUTOMATIC if by == words.AUTOMATIC else words.ISSUED_CUT if cut else words.ISSUED
    issued = wording.format(at=moment_words(at, tz), by=by, cut=cut)
    return replace(rebuilt(draft, shown, {b.key for b in draft.must_read}), stamp="", issued=issued)


def release(
    store: Store, bodies: BodyStore, settings: Settings, to: Audience, digest: Digest, hand: Hand
) -> DigestRelease:
    """Freeze, write and plan the sending in one transaction.

    Raises :class:`InputError` where it was released before, where somebody edited meanwhile, for a person without a
    full name, and for a digest whose draft was not kept.
    """
    who = hand.by if hand.by == words.AUTOMATIC else named_person(hand.by, words.BY)
    now = hand.now
    before = store.digest_release(digest.id)
    if before is not None:
        raise InputError(_released(digest, before, settings.timezone))
    edits = store.digest_edits(digest.id)
    if hand.seen is not None and hand.seen != len(edits):
        raise InputError(words.MEANWHILE)
    draft = released_draft(draft_of(bodies, digest), edits, who, now, settings.timezone)
    files = files_of(draft, settings.department, now) | {"draft": to_bytes(draft)}
    editions = list(_editions(draft, digest, to))
    rows = [_row(one, digest, settings.department, now, bodies) for one in editions]
    made = DigestRelease(
        DigestRelease.make_id(digest.id), digest.id, now, who, tuple(e.id for e in edits), _kept(files, bodies),
        {one.name: row.id for one, row in zip(editions, rows, strict=True)},
    )  # fmt: skip
    deliveries = [
        d
        for one, row in zip(editions, rows, strict=True)
        for d in plan_deliveries(row, one.addresses, now, settings.smtp_from)
    ]
    with store.transaction() as tx:
        if len(store.digest_edits(digest.id)) != len(edits):
            raise InputError(words.MEANWHILE)
        if not tx.add_digest_release(made):
            raise InputError(_released(digest, store.digest_release(digest.id) or made, settings.timezone))
        for row in rows:
            tx.add_digest(row)
        tx.add_deliveries(deliveries)
        tx.add_tasks([NewTask("deliver", d.id, "1", now, now) for d in deliveries], now)
    return made


def _editions(draft: DigestDraft, digest: Digest, to: Audience) -> Iterator[Edition]:
    """The leaders' always (it is what was released); an office's where there is something of its own."""
    weekly = "" if digest.kind == "daily" else f"{digest.kind}:"
    yield Edition(f"{weekly}{LEADERS}", leader_edition(draft), to.leaders)
    for reader, addresses in to.offices:
        own = office_edition(draft, reader.themes, reader.places)
        if own is not None:
            yield Edition(f"{weekly}office:{reader.to}", own, addresses)


def _row(one: Edition, digest: Digest, department: str, now: int, bodies: BodyStore) -> Digest:
    """The edition as a digest of its own kind: what is mailed, with every figure's items frozen."""
    draft = one.draft
    return Digest(
        id=Digest.make_id(one.name, digest.day),
        kind=one.name,
        day=digest.day,
        window_from=digest.window_from,
        window_to=digest.window_to,
        built_at=now,
        subject=draft.subject,
        figures={key: len(numbers) for key, numbers in sorted(count(draft.items).items())},
        files=_kept(files_of(draft, department, now, ("html", "text")), bodies),
        versions={**digest.versions, "released_from": digest.id},
        entries=entries_of(draft),
    )


def _kept(files: Mapping[str, bytes], bodies: BodyStore) -> dict[str, str]:
    """On disk before the rows that name them."""
    for content in files.values():
        bodies.put(content)
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _released(digest: Digest, before: DigestRelease, tz: str) -> str:
    return words.RELEASED_BEFORE.format(
        day=iso_day_words(digest.day), by=before.released_by, at=moment_words(before.at, tz)
    )


@dataclass(frozen=True, slots=True)
class State:
    """How a digest stands, in words. ``due``: it waits and its hour has passed."""

    words: str
    released: bool
    due: bool


def due_by(digest: Digest, settings: Settings) -> int:
    """By when it should be released: the hour of the settings on its day; of a weekly one the hour after its own."""
    day = dt.date.fromisoformat(digest.day)
    if digest.kind == "weekly":
        return at_ms(day, settings.weekly_digest_at, settings.timezone) + 3_600_000
    return at_ms(day, settings.digest_release_by, settings.timezone)


def state_of(digest: Digest, found: DigestRelease | None, settings: Settings, now: int) -> State:
    """Released in time, late, waiting, overdue, never: late sending is never invisible."""
    limit, tz = due_by(digest, settings), settings.timezone
    by_when = settings.digest_release_by if digest.kind == "daily" else moment_words(limit, tz)
    if found is not None:
        wording = words.STATE_LATE if found.at > limit else words.STATE_RELEASED
        told = wording.format(at=moment_words(found.at, tz), by=found.released_by, by_when=by_when)
        return State(told, released=True, due=False)
    if "draft" not in digest.files or settings.digest_release == "automatic":
        return State(words.STATE_AUTOMATIC, released=True, due=False)
    if now <= limit:
        return State(words.STATE_WAITING, released=False, due=False)
    if now > limit + 86_400_000:
        return State(words.STATE_NEVER, released=False, due=True)
    return State(words.STATE_OVERDUE.format(by_when=by_when), released=False, due=True)

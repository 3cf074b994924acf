"""From a submission to rows: redacted, files and record on disk, then the attempt and its task in one transaction.

The desk and the command line both save through here. The room knows no store: it says in two protocols what it asks of
one, and :class:`store.api.Store` with :class:`store.blobs.BodyStore` answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from config.staff import SOURCE
from config.versions import READ_VERSION
from intake.form import Submission
from intake.record import Meta, dump
from intake.redact import Redacted, redact
from store.model import Article, Fetch, FetchKind, FetchOutcome, NewTask, public_id

CONTENT_TYPE = "application/json; charset=utf-8"
_NO_ID = "inb_" + "a" * 26


class Bodies(Protocol):
    """Keeps bytes durably before a row names them."""

    def put(self, body: bytes) -> str:
        """The hex sha256."""


class Writing(Protocol):
    """What is written of a submission."""

    def add_fetch(self, fetch: Fetch) -> None:
        """The first row of an id stays."""

    def add_tasks(self, tasks: Iterable[NewTask], now: int) -> int:
        """The same task twice is one."""


class Rows(Protocol):
    """A store, as far as the inbox asks."""

    def fetch(self, fetch_id: str) -> Fetch | None:
        """One attempt."""

    def transaction(self) -> AbstractContextManager[Writing]:
        """All of it or nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The attempt under which a submission is kept. ``known``: it had been handed in before; nothing was written."""

    fetch: Fetch
    known: bool


def address(record_id: str) -> str:
    """The address of what is no page: of a record, and of its article where it has no link."""
    return f"inbox:{record_id}"


def keep(rows: Rows, bodies: Bodies, sub: Submission, now: int) -> Kept:
    """Redact and save. The same submission again, whenever, is the same record: a retry duplicates nothing.

    A crash before the commit leaves at most redacted bodies that no row names. ``now``: ms UTC.
    Raises :class:`intake.form.Refused`; then nothing is kept.
    """
    redacted = redact(sub, now=now)
    meta = replace(Meta.of(sub, 0), id=_NO_ID)
    meta = replace(meta, id=record_id(meta, redacted))
    fetch_id = Fetch.make_id(address(meta.id), 0)
    if found := rows.fetch(fetch_id):
        return Kept(found, True)
    for file in redacted.files:
        bodies.put(file.data)
    fetch = _fetch(fetch_id, meta.id, bodies.put(dump(replace(meta, at=now), redacted)), redacted.url, now)
    with rows.transaction() as tx:
        tx.add_fetch(fetch)
        tx.add_tasks([NewTask("read", fetch.id, READ_VERSION, fetch.finished_at)], now)
    return Kept(fetch, False)


def record_id(meta: Meta, redacted: Redacted) -> str:
    """Natural key: all that is stored but the time. Made of what is masked alone: whoever holds a record must not be
    able to try names against its id."""
    return public_id("inb", hashlib.sha256(dump(replace(meta, id=_NO_ID, at=0), redacted)).hexdigest())


def _fetch(fetch_id: str, record: str, body_hash: str, url: str | None, now: int) -> Fetch:
    own = None if url else Article.make_id(address(record))  # a link's article has the link's identity
    return Fetch(
        id=fetch_id,
        kind=FetchKind.INBOX,
        source_id=SOURCE,
        url=address(record),
        started_at=now,
        finished_at=now,
        outcome=FetchOutcome.FETCHED,
        body_hash=body_hash,
        content_type=CONTENT_TYPE,
        article_id=own,
    )

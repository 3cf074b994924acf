"""What we hold about one article, put together and checked: attempts, bodies against their hashes, readings, absences.

From here two things are made: a redacted copy to read (`crawler/evidence_copy.py`) and, with two named approvers, the
WARC of the pages as fetched (`crawler/evidence_warc.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.api import Store
from store.blobs import BodyStore
from store.errors import BodyMissing
from store.model import Absence, Article, Fetch, FetchKind, Revision

ATTEMPTS = 500
"""Of one article, the newest; a page is looked at a handful of times."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. ``size``: bytes of its body as stored, when they still have their hash; ``fault``: why not."""

    fetch: Fetch
    size: int | None = None
    fault: str = ""
    read_by: str = ""  # version of the reading stage that read it

    @property
    def whole(self) -> bool:
        """The body is here and is what was received."""
        return self.size is not None

    @property
    def of_page(self) -> bool:
        """Of the article's own page; a feed or a listing tells of other articles too."""
        return self.fetch.article_id is not None and self.fetch.kind in (FetchKind.PAGE, FetchKind.INBOX)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything about one article; ``attempts`` and ``revisions`` oldest first."""

    article: Article
    attempts: tuple[Attempt, ...]
    revisions: tuple[Revision, ...]
    absences: tuple[Absence, ...]

    @property
    def last_seen_at(self) -> int:
        """When we last had it before us: the page, else the entry that told of it."""
        seen = [a.fetch.finished_at for a in self.attempts if a.of_page and a.fetch.body_hash is not None]
        return max([*seen, *(r.seen_at for r in self.revisions), self.article.first_seen_at])


def gather(store: Store, bodies: BodyStore, article: Article) -> Evidence:
    """Reads every body once, to see that it is still what was received; one at a time, so memory is one body."""
    pages = {f.id: f for f in store.fetches_for(article_id=article.id, limit=ATTEMPTS)}
    revisions = store.revisions_of([article.id]).get(article.id, [])
    others = {article.found_in, *(r.fetch_id for r in revisions)} - set(pages)
    fetches = sorted([*pages.values(), *store.fetches(others).values()], key=lambda f: (f.started_at, f.id))
    read_by = _read_by(store, fetches)
    attempts = tuple(_checked(bodies, f, read_by.get(f.id, "")) for f in fetches)
    return Evidence(article, attempts, tuple(revisions), tuple(store.absences_of([article.id]).get(article.id, ())))


def _checked(bodies: BodyStore, fetch: Fetch, read_by: str) -> Attempt:
    if fetch.body_hash is None:
        return Attempt(fetch, read_by=read_by)
    try:
        return Attempt(fetch, len(bodies.get(fetch.body_hash)), read_by=read_by)
    except BodyMissing as missing:
        return Attempt(fetch, fault=str(missing), read_by=read_by)


def _read_by(store: Store, fetches: Sequence[Fetch]) -> dict[str, str]:
    tasks = [t for t in store.tasks_for([f.id for f in fetches]) if t.stage == "read" and t.outcome]
    return {t.subject: t.version for t in tasks}

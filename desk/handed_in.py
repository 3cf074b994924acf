"""What staff handed in, as it is kept: records read back, masked once more with today's rules."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.trace import Traced, trace
from desk import masked
from desk.context import Desk
from intake.record import Record, load
from intake.words import WHAT
from lang.masking_lines import masked_line
from store.errors import BodyMissing, InputError
from store.model import Article, Fetch, FetchKind, Task

log = logging.getLogger("haidang.desk")
LISTED = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One submission in the list; ``record`` None: its body cannot be read."""

    fetch: Fetch
    record: Record | None
    title: str


@dataclass(frozen=True, slots=True)
class Removal:
    """What was taken out of one field: in words, how often."""

    where: str
    counts: tuple[tuple[str, int], ...]


def newest(desk: Desk, before: int | None) -> tuple[Sequence[Line], int | None]:
    """A page of submissions, the newest first, and where the next page begins (None: nothing is left)."""
    found = desk.store.inbox(LISTED + 1, before)
    lines = [_line(desk, fetch) for fetch in found[:LISTED]]
    return lines, (found[LISTED - 1].started_at if len(found) > LISTED else None)


def submission(desk: Desk, fetch_id: str) -> Fetch | None:
    """The attempt of that id if it is a submission."""
    fetch = desk.store.fetch(fetch_id)
    return fetch if fetch is not None and fetch.kind is FetchKind.INBOX else None


def record_of(desk: Desk, fetch: Fetch) -> Record:
    """Raises :class:`BodyMissing` for a body that is not there or is no record."""
    try:
        return load(desk.bodies.get(fetch.body_hash or ""))
    except InputError as bad:
        raise BodyMissing(f"{fetch.url}: {bad}; restore it from a backup") from bad


def text_lines(text: str) -> list[str]:
    """The lines of a text, masked as one."""
    return [line for line in masked_line(text).splitlines() if line.strip()]


def article_of(desk: Desk, fetch: Fetch, record: Record) -> Article | None:
    """What the read stage made of it: of the record itself, or of its link (which may be another address of it)."""
    wanted = fetch.article_id or record.url or ""
    return desk.store.find_article(wanted) or desk.store.find_article(desk.store.aliases([wanted]).get(wanted, ""))


def followed(desk: Desk, fetch: Fetch, article: Article | None) -> tuple[Traced | None, list[Task]]:
    """The article's trace, and the tasks of the record itself."""
    traced = trace(desk.store, article, desk.settings.timezone) if article else None
    return traced, desk.store.tasks_for([fetch.id])


def removals(record: Record, names: dict[str, str]) -> list[Removal]:
    """What was taken out, a line a field; ``names``: words for the fields."""
    by_field: dict[str, Counter[str]] = {}
    for each in record.removed:
        by_field.setdefault(each.where, Counter())[WHAT[each.what]] += each.count
    return [Removal(_named(where, names), tuple(found.items())) for where, found in by_field.items()]


def _named(where: str, names: dict[str, str]) -> str:
    kind, _, number = where.partition(".")
    return f"Tệp {int(number) + 1}" if kind == "files" and number.isdigit() else names.get(where, where)


def _line(desk: Desk, fetch: Fetch) -> Line:
    try:
        record = record_of(desk, fetch)
    except BodyMissing as bad:
        log.error("inbox: %s", bad)
        return Line(fetch, None, "")
    title = record.title if record.text or record.note or not record.url else record.url
    return Line(fetch, record, masked.line(title))

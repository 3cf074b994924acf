"""The reference library as JSON Lines, the format that `haidang check --references` reads; and back.

``{"id", "issuer", "document", "issued", "valid_from", "valid_to" | null, "text"}`` and, where there is something to
say, ``clause``, ``supersedes`` (ids of this file), ``source``, ``url``, ``context`` and ``approved_by`` (of an approved
answer: its question, and who approved it), ``statements`` (each ``{"id", "clause", "heading", "text"}``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from store.api import Store
from store.model_reference import LinkKind, Reference, ReferenceSource, Standing, Statement


def rows(store: Store, *, by_statement: bool = False, day: str | None = None) -> Iterator[dict[str, Any]]:
    """A row a document, or a row a clause; the last day of what is replaced is the day before the replacement's first.

    ``day``: only what was in force then. Left out: what was withdrawn, and what was replaced before it began.
    """
    seen = store.references_seen(day or "9999-12-31", limit=-1)
    counted = {one.reference.document_id: one.reference for one in seen if one.standing is not Standing.WITHDRAWN}
    ends = _ends(store, counted)
    ids = [one.id for one in counted.values()]
    links, statements = _replaced(store, ids), store.statements_of(ids)
    for one in sorted(counted.values(), key=lambda r: (r.issued, r.id)):
        end = min(filter(None, (one.valid_to, ends.get(one.document_id))), default=None)
        if (end is not None and end < one.valid_from) or not _on(day, one.valid_from, end):
            continue
        clauses = statements.get(one.id, [])
        head = {
            "issuer": one.issuer, "document": one.document, "issued": one.issued, "valid_from": one.valid_from,
            "valid_to": end,
        }  # fmt: skip
        more: dict[str, Any] = {"source": str(one.source)} | ({"url": one.url} if one.url else {})
        if replaced := [counted[i].id for i in links.get(one.id, ()) if i in counted]:
            more |= {"supersedes": replaced}
        if one.source is ReferenceSource.ANSWERED:
            more |= {"context": one.title} | ({"approved_by": one.approved_by} if one.approved_by else {})
        if by_statement:
            for clause in clauses:
                yield {"id": clause.id} | head | {"text": clause.text} | _clause(clause) | more
        else:
            text = "\n".join(clause.text for clause in clauses)
            yield {"id": one.id} | head | {"text": text} | more | {"statements": [_told(clause) for clause in clauses]}


def _replaced(store: Store, ids: Sequence[str]) -> dict[str, list[str]]:
    """version id → documents that it replaces."""
    found: dict[str, list[str]] = {}
    for link in store.reference_links(ids):
        if link.kind is LinkKind.REPLACES:
            found.setdefault(link.reference_id, []).append(link.document_id)
    return found


def _ends(store: Store, counted: dict[str, Reference]) -> dict[str, str]:
    """document id → its last day, where another one replaces it."""
    by_id = {reference.id: reference for reference in counted.values()}
    ends: dict[str, str] = {}
    for link in store.links_to(list(counted)):
        if link.kind is LinkKind.REPLACES and link.reference_id in by_id:
            last = dt.date.fromisoformat(by_id[link.reference_id].valid_from) - dt.timedelta(days=1)
            ends[link.document_id] = min(last.isoformat(), ends.get(link.document_id, "9999-12-31"))
    return ends


def _on(day: str | None, begin: str, end: str | None) -> bool:
    return day is None or (begin <= day and (end is None or end >= day))


def _clause(statement: Statement) -> dict[str, str]:
    return {"clause": statement.clause} if statement.clause else {}


def _told(statement: Statement) -> dict[str, str]:
    heading = {"heading": statement.heading} if statement.heading else {}
    return {"id": statement.id} | _clause(statement) | heading | {"text": statement.text}

"""An article that comes in under another address of one we have is that one: its texts are revisions of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.api import Transaction
from store.model import Revision

if TYPE_CHECKING:
    from runner.rows import Result


def under_known_addresses(tx: Transaction, result: Result) -> Result:
    """``result`` with articles that are known under another address left out, and their revisions moved to those."""
    known = tx.aliases({a.canonical_url for a in result.articles}) if result.articles else {}
    moved = {a.id: known[a.canonical_url] for a in result.articles if known.get(a.canonical_url, a.id) != a.id}
    if not moved:
        return result
    revisions = {r.id: _moved(r, moved.get(r.article_id)) for r in result.revisions}
    return replace(
        result,
        articles=tuple(a for a in result.articles if a.id not in moved),
        revisions=tuple(revisions.values()),
        first_texts=tuple(r for r in result.first_texts if r.article_id not in moved),
        sightings=tuple(replace(s, article_id=moved.get(s.article_id, s.article_id)) for s in result.sightings),
        per_article=tuple((i, task) for i, task in result.per_article if i not in moved),
        per_revision=tuple(
            (revisions[i].id, replace(task, subject=revisions[i].id)) if i in revisions else (i, task)
            for i, task in result.per_revision
        ),
    )


def _moved(revision: Revision, article_id: str | None) -> Revision:
    if article_id is None:
        return revision
    return replace(revision, id=Revision.make_id(article_id, revision.text_hash), article_id=article_id)

"""Hits as they may be shown: the text masked, what was looked for marked in it (promise 3).

The index holds every word of a text; what masking takes out must not be found either, or a search for a pupil's name
would lead to the articles about the child. So each hit is read once more as masked, and stays only if it still holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from lang.masking_lines import MaskedText, masked_texts
from store.api import Store
from store.model import Article, Hit, Revision, SearchRequest, SearchResult
from store.search import Query
from store.search_text import LONGEST_TEXT, Snippet, holds, snippet, spans

PATIENCE = 150_000  # characters masked for one page (about 0.2 s); then the page ends and says so
LONGEST = 20_000  # characters of a text that is worth keeping masked in memory
_TITLE = 300
_FRONT = 2_000  # characters of a lead that are read where no words are looked for


@dataclass(frozen=True, slots=True)
class Line:
    """One article that was found, masked, with the stretches to be marked."""

    article: Article
    revision: Revision
    title: Snippet
    text: Snippet


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in order; ``next``, ``unfinished`` and ``newest_only`` as in :class:`store.model.SearchResult`."""

    lines: tuple[Line, ...]
    next: int | None
    unfinished: bool = False
    newest_only: bool = False


def find(store: Store, request: SearchRequest) -> Page:
    """One page of what the request finds."""
    lines: list[Line] = []
    patience = PATIENCE
    while True:
        result = store.search(request)
        for hit, more, article, revision in _read(store, result):
            patience -= len(revision.title) + len(revision.lead) + len(revision.body)
            line = _line(request.query, article, revision)
            if line is not None:
                lines.append(line)
            if len(lines) == request.limit:
                return Page(tuple(lines), hit.cursor if more else None, newest_only=result.newest_only)
            if patience <= 0 and more:
                return Page(tuple(lines), hit.cursor, unfinished=True, newest_only=result.newest_only)
        if result.next is None or result.unfinished:
            return Page(tuple(lines), result.next, result.unfinished, result.newest_only)
        request = replace(request, cursor=result.next)


def _read(store: Store, result: SearchResult) -> Iterator[tuple[Hit, bool, Article, Revision]]:
    articles = store.articles([hit.article_id for hit in result.hits])
    revisions = store.revisions([hit.revision_id for hit in result.hits])
    for place, hit in enumerate(result.hits, 1):
        more = place < len(result.hits) or result.next is not None
        if hit.article_id in articles and hit.revision_id in revisions:
            yield hit, more, articles[hit.article_id], revisions[hit.revision_id]


def _line(query: Query, article: Article, revision: Revision) -> Line | None:
    if not query:
        shown = _masked(revision.title[:_FRONT], (revision.lead or revision.body)[:_FRONT], "")
        return Line(article, revision, _title(query, shown.title), snippet(query, shown.lead))
    if not holds(query, (revision.title, f"{revision.lead}\n{revision.body}"[:LONGEST_TEXT])):
        return None  # a phrase whose words stand apart: seen without the slower masking
    shown = _masked(revision.title, revision.lead, revision.body)
    text = "\n".join((shown.lead, *shown.paragraphs))
    if not holds(query, (shown.title, text)):
        return None
    return Line(article, revision, _title(query, shown.title), snippet(query, text))


def _title(query: Query, title: str) -> Snippet:
    if len(title) > _TITLE:
        return snippet(query, title, _TITLE)
    return Snippet(title, spans(query, title))


def _masked(title: str, lead: str, body: str) -> MaskedText:
    if len(title) + len(lead) + len(body) <= LONGEST:
        return _remembered(title, lead, body)
    return masked_texts([(title, lead, body)])[0]


@lru_cache(maxsize=512)
def _remembered(title: str, lead: str, body: str) -> MaskedText:
    return masked_texts([(title, lead, body)])[0]

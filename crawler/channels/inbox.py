"""What staff brought in: a record, redacted before it was saved, to an Article and its Revision."""

from __future__ import annotations

from config.staff import OUTLET
from crawler.urls import canonical
from intake import record
from intake.keep import address
from store.errors import InputError, Permanent
from store.model import Article, Basis, Fetch, Outcome, Problem, Revision

Rows = tuple[tuple[Article, ...], tuple[Revision, ...], tuple[Problem, ...], tuple[str, ...]]


def read(fetch: Fetch, body: bytes) -> Rows:
    """(articles, revisions, problems, ids of articles whose page to fetch).

    A link is an article whose page is fetched as any other: by robots.txt, through the guard. Text, a note or files are
    its first revision; a bare link has none before its page is read. Raises :class:`Permanent` for a damaged record.
    """
    try:
        found = record.load(body)
    except InputError as bad:
        raise Permanent(Outcome.UNREADABLE, f"{fetch.url}: {bad}") from bad
    page = _page(found.url) if found.url else None
    where = page or address(found.id)
    article = Article(
        Article.make_id(where), where, found.url or where, fetch.source_id, OUTLET, fetch.finished_at, fetch.id
    )
    bare = page is not None and not (found.text or found.note or found.files)
    revisions = () if bare else (_revision(fetch, article, found),)
    return (article,), revisions, (), (article.id,) if page else ()


def _page(url: str) -> str | None:
    """The page's identity; None for a link that is shown, but that nobody can ask for."""
    try:
        return canonical(url)
    except InputError:
        return None


def _revision(fetch: Fetch, article: Article, found: record.Record) -> Revision:
    text_hash = Revision.hash_text(found.title, "", found.text)
    return Revision(
        id=Revision.make_id(article.id, text_hash),
        article_id=article.id,
        text_hash=text_hash,
        basis=Basis.INBOX,
        title=found.title,
        lead="",
        body=found.text,
        seen_at=fetch.finished_at,
        fetch_id=fetch.id,
    )

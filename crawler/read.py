"""The read stage: a stored body to Articles and Revisions. Pure; the runner loads the body and saves the result."""

from __future__ import annotations

from dataclasses import dataclass, replace

from config.sources import Channel, Source
from config.versions import READ_VERSION
from crawler import dates, feeds, recorded
from crawler.channels import KINDS, kind_of
from crawler.identity import named
from crawler.text import decode
from store.errors import Permanent
from store.model import Alias, Article, Basis, Fetch, FetchKind, Outcome, Problem, Revision, Sighting

__all__ = ["READ_VERSION", "ReadResult", "read"]

_SHOWN = 3  # faults named in a task's message; all of them are Problem rows


@dataclass(frozen=True, slots=True)
class ReadResult:
    """``outcome``: an :class:`Outcome` of the read stage; ``fetch_pages``: ids of articles whose page to fetch.

    ``first_texts``: revisions that count only for an article that is new: a headline on a front page is no newer text
    of an article whose feed entry or page we have.
    """

    outcome: str
    message: str
    articles: tuple[Article, ...] = ()
    revisions: tuple[Revision, ...] = ()
    first_texts: tuple[Revision, ...] = ()
    problems: tuple[Problem, ...] = ()
    fetch_pages: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    aliases: tuple[Alias, ...] = ()


def read(fetch: Fetch, body: bytes, source: Source | None, article: Article | None) -> ReadResult:
    """Read one body. ``source``: its configuration if it still has one; ``article``: whose page it is.

    Raises :class:`Permanent` (outcome unreadable) for a body that holds nothing we can read at all.
    """
    if fetch.kind in KINDS:
        return _read_channel(fetch, body, source)
    if fetch.kind is FetchKind.RECORDED:
        return _read_recorded(fetch, body)
    if fetch.kind is FetchKind.INBOX:
        from crawler.channels import inbox

        return _result("brought in by staff", *inbox.read(fetch, body))
    if article is None:
        raise Permanent(Outcome.UNREADABLE, f"fetch {fetch.id} names no article, so {fetch.url} is nobody's page")
    return _read_page(fetch, body, source, article)


# ── channel ─────────────────────────────────────────────────────────────────────────────────────────

_WEB = (FetchKind.FEED, FetchKind.SITEMAP, FetchKind.LISTING)
"""Kinds whose entries are pages of a site; what an official interface gives is whole as it is."""
_POOR = (FetchKind.SITEMAP, FetchKind.LISTING)
"""Kinds that give a headline and hardly more."""


def _read_channel(fetch: Fetch, body: bytes, source: Source | None) -> ReadResult:
    where = fetch.final_url or fetch.url
    channel = _channel(fetch, source)
    found = kind_of(fetch.kind).read(body, fetch.content_type, where, fetch.finished_at, channel)
    if found.not_a_feed is not None:
        raise Permanent(Outcome.UNREADABLE, f"{fetch.url}: {found.not_a_feed}")
    articles = tuple(_article(fetch, source, entry) for entry in found.entries)
    # an address alone (a sitemap's) is an article whose text its page will give
    revisions = tuple(_entry_revision(fetch, source, entry) for entry in found.entries if entry.title)
    wanted = source is not None and source.fetch_pages and fetch.kind in _WEB
    pages = tuple(a.id for a in articles) if wanted else ()
    problems = tuple(_problem(fetch, f.position, f.code, f.message) for f in found.faults)
    told = _result(f"{len(articles)} entries", articles, revisions, problems, pages)
    if fetch.kind in _POOR:
        told = replace(told, revisions=(), first_texts=revisions)
    name = fetch.channel or fetch.url
    seen = tuple(Sighting(a.id, name, fetch.source_id, fetch.finished_at, fetch.id) for a in articles)
    return replace(told, sightings=seen)


def _channel(fetch: Fetch, source: Source | None) -> Channel | None:
    """The configuration of the channel that was asked, if it still has one."""
    address = fetch.channel or fetch.url
    channels = source.channels if source is not None else ()
    return next((c for c in channels if c.kind == fetch.kind.value and c.url == address), None)


def _article(fetch: Fetch, source: Source | None, entry: feeds.Entry) -> Article:
    return Article(
        id=Article.make_id(entry.canonical_url),
        canonical_url=entry.canonical_url,
        url=entry.url,
        source_id=fetch.source_id,
        outlet=source.outlet if source else fetch.source_id,
        first_seen_at=fetch.finished_at,
        found_in=fetch.id,
    )


def _entry_revision(fetch: Fetch, source: Source | None, entry: feeds.Entry) -> Revision:
    return _revision(
        Article.make_id(entry.canonical_url),
        (entry.title, entry.summary, ""),
        Basis.FEED,
        (fetch.id, fetch.finished_at),
        entry.published,
        section=entry.section,
        language=_language(source, entry.title + entry.summary),
    )


# ── page ────────────────────────────────────────────────────────────────────────────────────────────


def _read_page(fetch: Fetch, body: bytes, source: Source | None, article: Article) -> ReadResult:
    from crawler.extract import PageKind, extract

    text, encoding = decode(body, fetch.content_type)
    found = extract(text, fetch.final_url or fetch.url, fetch.finished_at, source.selectors if source else None)
    if found.kind is PageKind.EMPTY:
        raise Permanent(Outcome.UNREADABLE, f"{fetch.url}: {found.why}")
    problems: list[Problem] = []
    if "\ufffd" in text:
        words = f"{text.count(chr(0xFFFD))} bytes are no {encoding}; letters are missing"
        problems.append(_problem(fetch, -1, "bad_charset", words))
    if found.refused_date:
        problems.append(_problem(fetch, -1, *found.refused_date))
    if found.kind is PageKind.LISTING:
        return ReadResult(Outcome.NOT_AN_ARTICLE, f"a listing: {found.why}", problems=tuple(problems))
    if not found.title:
        problems.append(_problem(fetch, -1, "no_title", "the page has no title; the text is kept without"))
    # the words of a gallery stand under its pictures
    body_text = found.body
    if found.kind is PageKind.GALLERY:
        body_text = "\n".join(filter(None, (found.body, *found.captions)))
    revision = _revision(
        article.id,
        (found.title, found.lead, body_text),
        Basis.PAGE,
        (fetch.id, fetch.finished_at),
        found.published,
        section=found.section or None,
        language=_language(source, found.title + found.lead),
        quality=found.quality,
    )
    message = f"quality {found.quality:.2f}, {len(found.body)} characters; {found.why}"
    # A page that names nothing may still have been moved: where a redirect on its own site ended is its address too.
    other = named(article, found.canonical or fetch.final_url or "")
    message += f"; {other.note}" if other.note else ""
    aliases = (Alias(other.alias, article.id, fetch.id, fetch.finished_at),) if other.alias else ()
    return replace(_result(message, (), (revision,), tuple(problems), ()), aliases=aliases)


# ── recorded ────────────────────────────────────────────────────────────────────────────────────────


def _read_recorded(fetch: Fetch, body: bytes) -> ReadResult:
    articles: list[Article] = []
    revisions: list[Revision] = []
    problems: list[Problem] = []
    for item in recorded.parse(body):
        if isinstance(item, recorded.BadLine):
            problems.append(_problem(fetch, item.line, item.code, item.message))
            continue
        article_id = Article.make_id(item.canonical_url)
        articles.append(
            Article(
                article_id,
                item.canonical_url,
                item.url,
                item.source_id,
                item.outlet,
                item.first_seen_at,
                fetch.id,
            )
        )
        seen = (fetch.id, item.first_seen_at)
        text = (item.title, item.summary, "")
        revisions.append(
            _revision(article_id, text, Basis.FEED, seen, item.published, section=item.section, language="vi")
        )
    if not articles and problems:
        raise Permanent(Outcome.UNREADABLE, f"no usable line of {len(problems)}; {problems[0].message}")
    return _result(f"{len(articles)} items", tuple(articles), tuple(revisions), tuple(problems), ())


# ── shared ──────────────────────────────────────────────────────────────────────────────────────────


def _revision(
    article_id: str,
    text: tuple[str, str, str],
    basis: Basis,
    seen: tuple[str, int],
    published: dates.Published | None,
    *,
    section: str | None,
    language: str,
    quality: float = 1.0,
) -> Revision:
    text_hash = Revision.hash_text(*text)
    title, lead, body = text
    fetch_id, seen_at = seen
    return Revision(
        id=Revision.make_id(article_id, text_hash),
        article_id=article_id,
        text_hash=text_hash,
        basis=basis,
        title=title,
        lead=lead,
        body=body,
        seen_at=seen_at,
        fetch_id=fetch_id,
        published_at=published.at if published else None,
        published_from=published.source if published else None,
        published_confidence=published.confidence if published else None,
        section=section,
        language=language,
        quality=quality,
    )


def _result(
    message: str,
    articles: tuple[Article, ...],
    revisions: tuple[Revision, ...],
    problems: tuple[Problem, ...],
    pages: tuple[str, ...],
) -> ReadResult:
    if not problems:
        return ReadResult(Outcome.READ, message, articles, revisions, fetch_pages=pages)
    shown = "; ".join(p.message for p in problems[:_SHOWN])
    more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    words = f"{message}; {shown}{more}"
    return ReadResult(Outcome.READ_PARTLY, words, articles, revisions, problems=problems, fetch_pages=pages)


def _problem(fetch: Fetch, position: int, code: str, message: str) -> Problem:
    return Problem(fetch.id, position, code, message, fetch.finished_at)


def _language(source: Source | None, text: str) -> str:
    """The source's language; for one of several languages, told from the letters of this text."""
    if source is None:
        return "vi"
    if source.language != "multi":
        return source.language
    return "vi" if any(c in "ăâđêôơưĂÂĐÊÔƠƯ" or "Ạ" <= c <= "ỹ" for c in text) else "en"

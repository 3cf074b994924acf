"""Sources asked for real, into a store that is thrown away: what each channel and the first pages of it are like.

The crawl itself does it (same guard, robots.txt, delays, caps), so what is seen here is what it would see. The
installation's own database gives and takes nothing but the turns at hosts, which a crawl beside this shares.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config.settings import Settings
from config.sources import Channel, Source
from crawler.channels import kind_of
from crawler.extract import extract
from crawler.feeds import Entry, Fault
from crawler.orders import STAGE
from crawler.spider import crawl
from crawler.text import decode
from runner.sources_report import ChannelReport, PageReport, SourceReport
from store.api import Store
from store.blobs import BodyStore
from store.model import Article, Fetch, FetchKind, FetchOutcome, NewTask
from store.sqlite import open_store

OFFICIAL = frozenset({"youtube", "facebook", "zalo"})
"""Their entries lead to pages that no crawler may read."""


def probe(
    settings: Settings,
    sources: Iterable[Source],
    *,
    now: Callable[[], int],
    pages: int = 0,
    on_fetch: Callable[[Fetch], None] | None = None,
    stop: threading.Event | None = None,
) -> list[SourceReport]:
    """Ask every channel of these sources once, whether they are on or off, and ``pages`` article pages of each.

    Reports come in the order of ``sources``. ``stop`` ends it early: what was not asked by then has no fetches.
    """
    visits = [_Visit(source, number) for number, source in enumerate(sources)]
    asked = {key: disguise for visit in visits for key, disguise in visit.disguises()}
    with tempfile.TemporaryDirectory(prefix="haidang-thu-") as folder:
        store = open_store(Path(folder) / "thu.sqlite")
        try:
            session = _Session(settings, visits, BodyStore(Path(folder) / "bodies"), now, pages)

            def on_idle() -> bool:
                articles = session.want_pages()
                with store.transaction() as tx:
                    tx.add_articles(articles)
                    tx.add_tasks([NewTask(STAGE, article.id, "thu", now(), 0) for article in articles], now())
                return bool(articles)

            def heard(fetch: Fetch) -> None:
                session.take(fetch)
                if on_fetch is not None:
                    on_fetch(fetch)

            with turns_of(settings) as hosts:
                crawl(
                    store,
                    session.bodies,
                    settings,
                    asked,
                    now=now,
                    on_idle=on_idle,
                    on_fetch=heard,
                    stop=stop,
                    hosts=hosts,
                )
        finally:
            store.close()
        return [visit.report(session) for visit in visits]


@contextmanager
def turns_of(settings: Settings) -> Iterator[Store | None]:
    """The installation's store, for the turns at hosts; None where there is none yet, so that nobody crawls."""
    if not settings.database.exists():
        yield None
        return
    store = open_store(settings.database)
    try:
        yield store
    finally:
        store.close()


@dataclass(slots=True)
class _Visit:
    """One source under other names, one for each of its channels: so each answer tells whose it is."""

    source: Source
    number: int
    fetches: dict[str, list[Fetch]] = field(default_factory=dict)
    reports: dict[str, ChannelReport] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)  # article id -> url
    got: dict[str, PageReport] = field(default_factory=dict)

    def disguises(self) -> list[tuple[str, Source]]:
        """Name and source for each channel; always on, since a person asked for it."""
        return [
            (self.key(i), self.source.model_copy(update={"id": self.key(i), "channels": (channel,), "enabled": True}))
            for i, channel in enumerate(self.source.channels)
        ]

    def key(self, channel: int) -> str:
        """The name of one channel."""
        return f"v{self.number}_{channel}"

    def report(self, session: _Session) -> SourceReport:
        """As far as it got."""
        channels = tuple(
            session.channel_report(self, self.key(i), channel) for i, channel in enumerate(self.source.channels)
        )
        pages = tuple(self.got.get(id_) or PageReport(url, None, None) for id_, url in self.wanted.items())
        return SourceReport(self.source, channels, pages)


@dataclass(slots=True)
class _Session:
    settings: Settings
    visits: Sequence[_Visit]
    bodies: BodyStore
    now: Callable[[], int]
    pages: int

    def take(self, fetch: Fetch) -> None:
        """One attempt: of a channel, or of a page."""
        visit = self.visits[int(fetch.source_id[1:].partition("_")[0])]
        if fetch.article_id is None:
            visit.fetches.setdefault(fetch.source_id, []).append(fetch)
        else:
            visit.got[fetch.article_id] = self._page(visit.source, fetch)

    def channel_report(self, visit: _Visit, key: str, channel: Channel) -> ChannelReport:
        """What all bodies of this channel's visit hold together; read once."""
        if key not in visit.reports:
            visit.reports[key] = self._read(visit.fetches.get(key, []), channel)
        return visit.reports[key]

    def _read(self, fetches: Sequence[Fetch], channel: Channel) -> ChannelReport:
        kind = kind_of(FetchKind(channel.kind))
        entries: dict[str, Entry] = {}
        faults: list[Fault] = []
        unread, size = "", 0
        for fetch in fetches:
            if fetch.body_hash is None:
                continue
            body = self.bodies.get(fetch.body_hash)
            size += len(body)
            said = kind.read(body, fetch.content_type, fetch.final_url or fetch.url, fetch.finished_at, channel)
            unread = said.not_a_feed or unread
            faults.extend(said.faults)
            for entry in said.entries:
                entries.setdefault(entry.canonical_url, entry)
        missing = kind.missing(self.settings)
        return ChannelReport(channel, missing, tuple(fetches), tuple(entries.values()), tuple(faults), unread, size)

    def want_pages(self) -> list[Article]:
        """The first pages of each source, once its channels were asked; [] when there is no more to want."""
        found: list[Article] = []
        for visit in self.visits:
            if visit.wanted or not self.pages or not visit.source.fetch_pages:
                continue
            reports = [
                (key, self.channel_report(visit, key, source.channels[0]))
                for key, source in visit.disguises()
                if source.channels[0].kind not in OFFICIAL
            ]
            for key, entry in [(key, entry) for key, report in reports for entry in report.entries]:
                article_id = Article.make_id(entry.canonical_url)
                if article_id in visit.wanted or len(visit.wanted) >= self.pages:
                    continue
                visit.wanted[article_id] = entry.url
                found.append(
                    Article(article_id, entry.canonical_url, entry.url, key, visit.source.outlet, self.now(), "thu")
                )
        return found

    def _page(self, source: Source, fetch: Fetch) -> PageReport:
        if fetch.outcome is not FetchOutcome.FETCHED or fetch.body_hash is None:
            return PageReport(fetch.url, fetch, None)
        text, _ = decode(self.bodies.get(fetch.body_hash), fetch.content_type)
        where = fetch.final_url or fetch.url
        return PageReport(fetch.url, fetch, extract(text, where, fetch.finished_at, source.selectors))

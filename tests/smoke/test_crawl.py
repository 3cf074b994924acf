"""Real Scrapy against real HTTP on loopback: what is fetched, what is left alone, and what is written down."""

from __future__ import annotations

import gzip
import itertools
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from config.sources import Channel, Source
from crawler import robots, spider
from crawler.orders import FIRST_RETRY_MS, MAX_TRIES
from crawler.polite import scrapy_settings
from crawler.read import READ_VERSION, read
from crawler.spider import CrawlStats, crawl
from crawler.visit import visit
from store.blobs import BodyStore
from store.model import Article, Fetch, FetchOutcome, NewTask, Outcome, TaskState
from store.sqlite import SqliteStore, open_store

NOON = 1_795_150_800_000
MINUTE = 60_000
RSS = (
    '<rss version="2.0"><channel><item><title>Học phí giữ nguyên</title><link>/bai-100400.html</link>'
    "<pubDate>Fri, 20 Nov 2026 08:00:00 +0700</pubDate></item></channel></rss>"
).encode()
FEED = (200, {"Content-Type": "application/rss+xml"}, RSS)
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Town:
    """A server whose every answer a test decides; ``log`` holds (monotonic seconds, path, headers)."""

    answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer | None]] = field(default_factory=dict)
    log: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.log]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0]
        self.log.append((time.monotonic(), handler.path, {k.lower(): v for k, v in handler.headers.items()}))
        found = self.answers.get(path, (404, {}, b"none"))
        told = found(handler) if callable(found) else found
        if told is None:
            return
        status, headers, body = told
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def town() -> Iterator[Town]:
    made = Town()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            try:
                made.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # a client that hangs up is what some of these tests are about

    with Server(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@dataclass
class Desk:
    """One installation with a clock that only the test moves."""

    store: SqliteStore
    bodies: BodyStore
    settings: Settings
    clock: int = NOON

    def crawl(self, *sources: Source, until: int | None = None, **more: Any) -> CrawlStats:
        """Until nothing is due; with ``until``, the clock jumps from due time to due time up to it."""

        def idle() -> bool:
            times = [row.next_due_at for row in self.store.channels()]
            times += [t.due_at for t in self.store.tasks_for([a.id for a in self.articles]) if t.state == TaskState.DUE]
            later = [at for at in times if at > self.clock]
            if until is None or not later or min(later) > until:
                return False
            self.clock = min(later)
            return True

        known = {source.id: source for source in sources}
        kept = {"on_idle": idle, **more}
        return crawl(self.store, self.bodies, self.settings, known, now=lambda: self.clock, **kept)

    articles: list[Article] = field(default_factory=list)

    def want_page(self, url: str, source_id: str = "s") -> Article:
        article = Article(Article.make_id(url), url, url, source_id, "Bến Cảng", self.clock, "fet_x")
        with self.store.transaction() as tx:
            tx.add_articles([article])
            tx.add_tasks([NewTask("fetch", article.id, "first", self.clock)], self.clock)
        self.articles.append(article)
        return article

    def fetches(self, url: str) -> list[Fetch]:
        return self.store.fetches_for(url=url)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(
        home=tmp_path, allow_loopback=True, host_delay_s=0.0, fetch_timeout_s=1.5, contact="admin@so.example"
    )
    store = open_store(settings.database)
    yield Desk(store, BodyStore(settings.bodies), settings)
    store.close()


def source(*urls: str, name: str = "s", **changes: Any) -> Source:
    channels = tuple(Channel(url=url, every_minutes=10) for url in urls)
    usual = {"id": name, "name": "Báo Bến Cảng", "outlet": "Bến Cảng", "kind": "city_press", "owner": "Văn phòng Sở"}
    return Source.model_validate({**usual, "enabled": True, "channels": channels, **changes})


# ── fetching ────────────────────────────────────────────────────────────────────────────────────────


def test_a_feed_is_stored_with_its_body_and_a_read_task(town: Town, desk: Desk) -> None:
    town.answers["/rss"] = FEED
    seen: list[Fetch] = []
    stats = desk.crawl(source(town.url("/rss")), on_fetch=seen.append)

    (fetch,) = desk.fetches(town.url("/rss"))
    assert (fetch.outcome, fetch.status, fetch.content_type) == (FetchOutcome.FETCHED, 200, "application/rss+xml")
    assert fetch.body_hash is not None
    assert desk.bodies.get(fetch.body_hash) == RSS
    assert fetch.robots == "allowed: no rule of robots.txt (absent, HTTP 404) speaks of it"
    (task,) = desk.store.tasks_for([fetch.id])
    assert (task.stage, task.version, task.state) == ("read", READ_VERSION, TaskState.DUE)
    (row,) = desk.store.channels()
    assert (row.next_due_at, row.last_ok_at, row.lease_until) == (NOON + 10 * MINUTE, NOON, 0)
    assert stats.outcomes == {"fetched": 1}
    assert seen == [fetch]
    assert read(fetch, RSS, source(), None).articles[0].url == town.url("/bai-100400.html")


def test_we_say_who_we_are_and_carry_no_cookies(town: Town, desk: Desk) -> None:
    town.answers["/rss"] = (200, {"Set-Cookie": "id=1"}, RSS)
    desk.crawl(source(town.url("/rss")), until=NOON + 15 * MINUTE)
    assert len(town.log) == 3
    for _, _, headers in town.log:
        assert headers["user-agent"].startswith("HaiDang/")
        assert headers["user-agent"].endswith("(+admin@so.example)")
        assert "cookie" not in headers
        assert "referer" not in headers


def test_an_unchanged_feed_is_asked_conditionally_and_dropped(town: Town, desk: Desk) -> None:
    def feed(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.headers.get("If-None-Match") == '"v1"':
            return 304, {}, b""
        return 200, {"ETag": '"v1"', "Last-Modified": "Fri, 20 Nov 2026 04:00:00 GMT"}, RSS

    town.answers["/rss"] = feed
    stats = desk.crawl(source(town.url("/rss")), until=NOON + 25 * MINUTE)
    assert stats.outcomes == {"fetched": 1, "not_modified": 2}
    assert town.log[-1][2]["if-modified-since"] == "Fri, 20 Nov 2026 04:00:00 GMT"
    assert desk.store.task_counts() == {("read", "due"): 1}


def test_a_page_is_fetched_for_its_article(town: Town, desk: Desk) -> None:
    town.answers["/bai.html"] = (200, {"Content-Type": "text/html"}, b"<p>x</p>")
    article = desk.want_page(town.url("/bai.html"))
    desk.crawl(source())
    (fetch,) = desk.store.fetches_for(article_id=article.id)
    assert fetch.article_id == article.id
    (task,) = desk.store.tasks_for([article.id])
    assert (task.state, task.outcome) == (TaskState.DONE, Outcome.FETCHED)


# ── bad answers, each with its outcome, and none stops another ──────────────────────────────────────


def _hang_up(body: bytes, length: int) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def _slow(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.1)


ZIPPED = gzip.compress(RSS)
BAD: dict[str, tuple[FetchOutcome, Any, str]] = {
    "/gone": (FetchOutcome.GONE, (404, {}, b""), "HTTP 404"),
    "/error": (FetchOutcome.HTTP_ERROR, (500, {}, b""), "HTTP 500"),
    "/busy": (FetchOutcome.TOO_MANY, (503, {"Retry-After": "0"}, b""), "asks us to wait"),
    "/short": (FetchOutcome.TRUNCATED, _hang_up(RSS, len(RSS) + 50), "announced length"),
    "/cut.gz": (FetchOutcome.TRUNCATED, (200, {"Content-Encoding": "gzip"}, ZIPPED[:-20]), "ends early"),
    "/brotli": (FetchOutcome.HTTP_ERROR, (200, {"Content-Encoding": "br"}, b"xx"), "'br'"),
    "/bomb": (
        FetchOutcome.TOO_LARGE,
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 3_000_000)),
        "more than",
    ),
    "/huge": (FetchOutcome.TOO_LARGE, (200, {}, b"x" * 1_200_000), "max_body_bytes"),
    "/drip": (FetchOutcome.TIMEOUT, _slow, "in time"),
    "/loop": (FetchOutcome.TOO_MANY_REDIRECTS, (302, {"Location": "/loop"}, b""), "more than 5 redirects"),
    "/file": (FetchOutcome.TARGET_REFUSED, (302, {"Location": "file:///etc/passwd"}, b""), "not http or https"),
    "/inside": (FetchOutcome.TARGET_REFUSED, (302, {"Location": "http://10.0.0.1/admin"}, b""), "10.0.0.1"),
    "/cloud": (FetchOutcome.TARGET_REFUSED, (302, {"Location": "http://169.254.169.254/"}, b""), "link-local"),
    "/reset": (FetchOutcome.UNREACHABLE, lambda h: h.connection.shutdown(socket.SHUT_RDWR), "connection failed"),
    "/odd": (FetchOutcome.UNREACHABLE, lambda h: h.wfile.write(b"not http at all\r\n\r\n") and None, ""),
}


def test_every_bad_answer_has_its_outcome_and_the_good_ones_arrive(town: Town, desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(update={"max_body_bytes": 1_000_000})
    town.answers.update({path: answer for path, (_, answer, _) in BAD.items()})
    town.answers.update({f"/good{i}": FEED for i in range(3)})
    urls = [town.url(path) for path in [*BAD, "/good0", "/good1", "/good2"]]
    closed = "http://127.0.0.1:9/rss"  # the discard port: nobody listens
    started = time.monotonic()
    stats = desk.crawl(source(*urls, closed, "http://no-such-host.invalid/rss"))

    for path, (outcome, _, words) in BAD.items():
        (fetch,) = desk.fetches(town.url(path))
        assert fetch.outcome is outcome, (path, fetch)
        assert words in fetch.message, (path, fetch.message)
        assert fetch.body_hash is None
    assert desk.fetches(closed)[0].message == "closed: robots.txt cannot be had: connection refused"
    assert desk.fetches("http://no-such-host.invalid/rss")[0].outcome is FetchOutcome.UNREACHABLE
    assert stats.outcomes["fetched"] == 3
    rows = {row.url: row for row in desk.store.channels()}
    assert rows[town.url("/gone")].failure_weight == 1.0
    assert rows[town.url("/drip")].failure_weight == 0.25
    assert all(row.lease_until == 0 for row in rows.values())
    assert time.monotonic() - started < 20


def test_a_page_that_fails_for_now_is_tried_four_times_and_the_feed_text_remains(town: Town, desk: Desk) -> None:
    town.answers["/bai.html"] = (500, {}, b"")
    article = desk.want_page(town.url("/bai.html"))
    desk.crawl(source(), until=NOON + 24 * 60 * MINUTE)
    (task,) = desk.store.tasks_for([article.id])
    assert (task.state, task.outcome) == (TaskState.DONE, Outcome.NOT_FETCHED)
    assert "HTTP 500" in task.message
    times = sorted(f.started_at for f in desk.store.fetches_for(article_id=article.id))
    assert len(times) == MAX_TRIES
    assert [b - a for a, b in itertools.pairwise(times)] == [FIRST_RETRY_MS * 4**i for i in range(3)]


def test_a_page_that_is_gone_is_asked_once_and_looked_into(town: Town, desk: Desk) -> None:
    article = desk.want_page(town.url("/bai.html"))
    desk.crawl(source(), until=NOON + 24 * 60 * MINUTE)
    task, gone = sorted(desk.store.tasks_for([article.id]), key=lambda t: t.stage)
    assert (gone.stage, gone.version) == ("gone", desk.store.fetches_for(article_id=article.id)[0].id)
    assert (task.outcome, town.paths().count("/bai.html")) == (Outcome.NOT_FETCHED, 1)


def test_a_host_that_asks_for_time_gets_it_for_everything_that_waits_for_it(town: Town, desk: Desk) -> None:
    town.answers["/busy"] = (429, {"Retry-After": "3600"}, b"")
    town.answers["/bai.html"] = (200, {}, b"<p>x</p>")
    article = desk.want_page(town.url("/bai.html"))
    desk.crawl(source(town.url("/busy")))  # both are claimed together; the feed goes first and hears 429
    (task,) = desk.store.tasks_for([article.id])
    assert (task.state, task.due_at) == (TaskState.DUE, NOON + 3_600_000)
    assert town.paths() == ["/robots.txt", "/busy"]
    assert desk.store.channels()[0].next_due_at == NOON + 3_600_000
    town.answers["/busy"] = FEED
    desk.crawl(source(town.url("/busy")), until=NOON + 3_600_000)
    assert "/bai.html" in town.paths()


# ── when it is asked next ───────────────────────────────────────────────────────────────────────────


def test_a_feed_that_asks_for_rest_gets_it_as_far_as_its_file_lets_it(town: Town, desk: Desk) -> None:
    slow = RSS.replace(b"<channel>", b"<channel><ttl>45</ttl>")
    town.answers["/ttl"] = (200, {}, slow)
    town.answers["/cache"] = (200, {"Cache-Control": "max-age=1800"}, RSS)
    town.answers["/year"] = (200, {"Cache-Control": "max-age=31536000"}, RSS)
    town.answers["/own"] = (200, {"Cache-Control": "max-age=60"}, RSS)
    desk.crawl(source(*[town.url(path) for path in ("/ttl", "/cache", "/year", "/own")]))
    due = {row.url: (row.next_due_at - NOON) // MINUTE for row in desk.store.channels()}
    assert due == {town.url("/ttl"): 45, town.url("/cache"): 30, town.url("/year"): 60, town.url("/own"): 10}


def test_a_pause_that_a_host_asked_for_outlives_a_restart(town: Town, desk: Desk) -> None:
    town.answers["/busy"] = (503, {"Retry-After": "1800"}, b"")
    town.answers["/rss"] = FEED
    desk.crawl(source(town.url("/busy")))
    asked = len(town.log)
    desk.crawl(source(town.url("/busy"), town.url("/rss")), until=NOON + 29 * MINUTE)
    assert len(town.log) == asked, "another address of the same host waits as well"
    town.answers["/busy"] = FEED
    desk.crawl(source(town.url("/busy"), town.url("/rss")), until=NOON + 30 * MINUTE)
    assert "/rss" in town.paths()


def test_a_source_added_while_the_crawl_runs_is_asked_without_a_restart(town: Town, desk: Desk) -> None:
    town.answers.update({"/a": FEED, "/b": FEED})
    known = {"a": source(town.url("/a"), name="a")}

    def idle() -> bool:
        if len(known) == 1:
            known["b"] = source(town.url("/b"), name="b")
            return True
        return False

    crawl(desk.store, desk.bodies, desk.settings, lambda: dict(known), now=lambda: desk.clock, on_idle=idle)
    assert town.paths().count("/a") == town.paths().count("/b") == 1


def test_every_header_is_kept_as_evidence_but_cookies(town: Town, desk: Desk) -> None:
    town.answers["/rss"] = (200, {"Set-Cookie": "id=1", "X-Powered-By": "PHP", "Server": "nginx"}, RSS)
    desk.crawl(source(town.url("/rss")))
    (fetch,) = desk.fetches(town.url("/rss"))
    assert fetch.headers["x-powered-by"] == "PHP"
    assert "nginx" in fetch.headers["server"]
    assert not [name for name in fetch.headers if "cookie" in name]


# ── politeness ──────────────────────────────────────────────────────────────────────────────────────


def test_nothing_slips_past_a_slow_robots_txt_that_says_no(town: Town, desk: Desk) -> None:
    def robots(_: BaseHTTPRequestHandler) -> Answer:
        time.sleep(0.4)
        return 200, {}, b"User-agent: *\nDisallow: /"

    town.answers["/robots.txt"] = robots
    town.answers.update({f"/rss{i}": FEED for i in range(12)})
    stats = desk.crawl(source(*[town.url(f"/rss{i}") for i in range(12)]))
    assert town.paths() == ["/robots.txt"]
    assert stats.outcomes == {"robots_denied": 12}
    assert desk.fetches(town.url("/rss3"))[0].robots == "disallowed: Disallow: /"


def test_nothing_slips_past_it_from_other_hosts_that_redirect_there(town: Town, desk: Desk) -> None:
    def robots(handler: BaseHTTPRequestHandler) -> Answer:
        if not handler.headers["Host"].startswith("127.0.0.2"):
            return 404, {}, b""
        time.sleep(0.4)
        return 200, {}, b"User-agent: *\nDisallow: /"

    town.answers["/robots.txt"] = robots
    town.answers["/rss"] = (302, {"Location": town.url("/rieng", "127.0.0.2")}, b"")
    with _also_on(town, "127.0.0.2"):
        stats = desk.crawl(source(town.url("/rss"), town.url("/rss", "localhost")))
    assert stats.outcomes == {"robots_denied": 2}
    assert "/rieng" not in town.paths()
    assert town.paths().count("/robots.txt") == 3


@pytest.mark.parametrize("answer", [(503, {}, b""), (500, {}, b""), (429, {}, b""), _slow, _hang_up(b"User", 99)])
def test_an_unreachable_robots_txt_closes_the_host_and_is_asked_again_later(
    town: Town, desk: Desk, answer: Any
) -> None:
    town.answers["/robots.txt"] = answer
    town.answers["/rss"] = FEED
    desk.crawl(source(town.url("/rss")))
    assert town.paths() == ["/robots.txt"]
    (fetch,) = desk.fetches(town.url("/rss"))
    assert fetch.outcome is FetchOutcome.ROBOTS_UNREACHABLE
    assert fetch.message.startswith("closed: robots.txt")

    town.answers["/robots.txt"] = (404, {}, b"")
    desk.clock += 60 * MINUTE
    desk.crawl(source(town.url("/rss")))
    assert desk.fetches(town.url("/rss"))[0].outcome is FetchOutcome.FETCHED


def test_robots_txt_of_the_host_behind_a_redirect_is_obeyed_too(town: Town, desk: Desk) -> None:
    other = town.url("/rieng/rss", host="localhost")
    town.answers["/robots.txt"] = lambda h: (
        (200, {}, b"User-agent: *\nDisallow: /rieng/") if h.headers["Host"].startswith("localhost") else (404, {}, b"")
    )
    town.answers["/rss"] = (301, {"Location": other}, b"")
    town.answers["/rieng/rss"] = FEED
    desk.crawl(source(town.url("/rss")))
    assert desk.fetches(town.url("/rss"))[0].outcome is FetchOutcome.ROBOTS_DENIED
    assert "/rieng/rss" not in town.paths()


def test_a_host_that_others_redirect_to_has_its_turn_spent_and_its_pause_kept(town: Town, desk: Desk) -> None:
    town.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 1")
    town.answers["/rss"] = (302, {"Location": town.url("/dich", "localhost")}, b"")
    town.answers["/dich"] = FEED
    desk.crawl(source(town.url("/rss")))
    rows = {row.name: row for row in desk.store.hosts()}
    assert (rows["localhost"].gap_ms, rows["localhost"].next_at) == (1000, NOON + 1000)

    town.answers["/dich"] = (429, {"Retry-After": "7200"}, b"")
    desk.clock += 11 * MINUTE
    desk.crawl(source(town.url("/rss")))
    paused = {row.name: row.paused_until - desk.clock for row in desk.store.hosts()}
    assert paused == {"127.0.0.1": 7_200_000, "localhost": 7_200_000}
    desk.crawl(source(town.url("/khac", "localhost"), name="t"))
    assert "/khac" not in town.paths()


def test_a_redirect_to_a_host_that_wants_to_be_left_alone_is_not_followed(town: Town, desk: Desk) -> None:
    def late(_: BaseHTTPRequestHandler) -> Answer:
        time.sleep(0.5)
        return 302, {"Location": town.url("/dich", "localhost")}, b""

    town.answers.update({"/ban": (503, {"Retry-After": "7200"}, b""), "/rss": late, "/dich": FEED})
    desk.crawl(source(town.url("/ban", "localhost")), source(town.url("/rss"), name="t"))
    assert "/dich" not in town.paths()
    (fetch,) = desk.fetches(town.url("/rss"))
    assert (fetch.outcome, fetch.message) == (
        FetchOutcome.TOO_MANY,
        "redirected to localhost, which asked us to wait",
    )


def test_a_trial_in_a_store_of_its_own_takes_its_turns_where_the_crawl_does(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    town.answers.update({"/rss": FEED, "/ban": (429, {"Retry-After": "600"}, b"")})
    settings = desk.settings.model_copy(update={"host_delay_s": 1.0})
    with closing(open_store(tmp_path / "thu.sqlite")) as other:
        trial = replace(desk, store=other, settings=settings)
        trial.crawl(source(town.url("/rss")), hosts=desk.store)
        (row,) = desk.store.hosts()
        assert (row.name, row.next_at) == ("127.0.0.1", NOON + 1000)
        assert other.hosts() == []

        trial.crawl(source(town.url("/ban", "localhost"), name="t"), hosts=desk.store)
    desk.crawl(source(town.url("/khac", "localhost"), name="u"))
    visited = visit(settings, lambda seen: [] if seen else [town.url("/x", "localhost")], now=lambda: desk.clock,
                    hosts=desk.store)  # fmt: skip
    assert visited[0].fetch is None
    assert not {"/khac", "/x"} & set(town.paths())


def test_a_huge_robots_txt_is_read_off_the_reactor_and_obeyed(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[str] = []
    read = robots.from_answer

    def watched(*given: Any) -> robots.Robots:
        readers.append(threading.current_thread().name)
        return read(*given)

    monkeypatch.setattr(robots, "from_answer", watched)
    town.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /rss\n" + b"Disallow: /x\n" * 30_000)
    town.answers["/rss"] = FEED
    stats = desk.crawl(source(town.url("/rss")))
    assert stats.outcomes == {"robots_denied": 1}
    assert readers
    assert "reactor" not in readers


def test_robots_txt_is_asked_once_a_day_and_not_with_every_feed(town: Town, desk: Desk) -> None:
    town.answers["/rss"] = FEED
    rarely = source(channels=(Channel(url=town.url("/rss"), every_minutes=360),))
    desk.crawl(rarely, until=NOON + 25 * 60 * MINUTE)
    assert town.paths().count("/rss") == 5
    assert town.paths().count("/robots.txt") == 2


def _gaps(town: Town) -> list[float]:
    times = [at for at, _, _ in town.log]
    return [b - a for a, b in itertools.pairwise(times)]


def test_two_requests_to_a_host_are_never_closer_than_the_delay(town: Town, desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(update={"host_delay_s": 0.15})
    town.answers.update({f"/rss{i}": FEED for i in range(5)})
    desk.crawl(source(*[town.url(f"/rss{i}") for i in range(5)]))
    assert len(town.log) == 6
    assert min(_gaps(town)) >= 0.14  # the server's clock starts when the request arrives


def test_a_longer_crawl_delay_of_the_host_is_kept(town: Town, desk: Desk) -> None:
    town.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.3")
    town.answers.update({f"/rss{i}": FEED for i in range(4)})
    desk.crawl(source(*[town.url(f"/rss{i}") for i in range(4)]))
    assert min(_gaps(town)[1:]) >= 0.28


def test_one_host_s_delay_does_not_hold_up_another(town: Town, desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(update={"host_delay_s": 0.3})
    town.answers.update({f"/rss{i}": FEED for i in range(3)})
    urls = [town.url(f"/rss{i}", host) for i in range(3) for host in ("127.0.0.1", "127.0.0.2", "localhost")]
    if sys.platform == "darwin":
        urls = [url for url in urls if "127.0.0.2" not in url]
    with _also_on(town, "127.0.0.2"):
        started = time.monotonic()
        desk.crawl(source(*urls))
    hosts = len({url.split("/")[2] for url in urls})
    assert time.monotonic() - started < 0.3 * 4 * hosts * 0.8


class _also_on:
    """127.0.0.2 reaches a server that listens on 127.0.0.1 only if one listens there, too."""

    def __init__(self, town: Town, host: str) -> None:
        outer = town

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer((host, town.port), Handler)
        self.server.daemon_threads = True

    def __enter__(self) -> None:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


# ── guard, proxy, ports, threads ────────────────────────────────────────────────────────────────────


def test_loopback_is_refused_unless_the_settings_open_it(town: Town, desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(update={"allow_loopback": False})
    desk.crawl(source(town.url("/rss"), town.url("/rss", "localhost"), f"http://2130706433:{town.port}/rss"))
    assert town.log == []
    for row in desk.store.channels():
        assert desk.fetches(row.url)[0].outcome is FetchOutcome.TARGET_REFUSED


def test_every_request_goes_through_the_proxy_robots_txt_included(town: Town, desk: Desk) -> None:
    town.answers["http://bencang.invalid/rss"] = FEED
    desk.settings = desk.settings.model_copy(update={"http_proxy": f"http://127.0.0.1:{town.port}"})
    desk.crawl(source("http://bencang.invalid/rss"))
    assert town.paths() == ["http://bencang.invalid/robots.txt", "http://bencang.invalid/rss"]
    assert desk.fetches("http://bencang.invalid/rss")[0].outcome is FetchOutcome.FETCHED


def _listening() -> set[int]:
    """Ports on which this process listens (Linux)."""
    inodes = set()
    for fd in Path("/proc/self/fd").iterdir():
        try:
            inodes.add(str(fd.readlink()).removeprefix("socket:[").removesuffix("]"))
        except OSError:
            continue
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:] if Path(table).exists() else []:
            parts = line.split()
            if parts[3] == "0A" and parts[9] in inodes:
                ports.add(int(parts[1].rpartition(":")[2], 16))
    return ports


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_running_crawl_opens_no_port_of_its_own(town: Town, desk: Desk) -> None:
    during: list[set[int]] = []
    town.answers["/rss"] = FEED
    before = _listening()
    desk.crawl(source(town.url("/rss")), on_fetch=lambda _: during.append(_listening()))
    assert before == {town.port}
    assert during == [before]


def test_control_ports_cookies_retries_and_caches_are_off_in_the_settings() -> None:
    said = scrapy_settings(Settings(home=Path("/nowhere")))
    off = ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED", "RETRY_ENABLED", "HTTPCACHE_ENABLED")
    assert not any(said[name] for name in off)
    assert said["EXTENSIONS_BASE"] == {}
    assert said["DOWNLOAD_DELAY"] == 5.0
    assert said["DOWNLOAD_MAXSIZE"] == 10_000_000
    assert said["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1


class _Watched(SqliteStore):
    """A real store that notes which threads write."""

    writers: set[int]

    def transaction(self) -> Any:
        self.writers.add(threading.get_ident())
        return super().transaction()


def test_one_thread_writes_and_it_is_the_caller_s(town: Town, desk: Desk, tmp_path: Path) -> None:
    watched = _Watched(tmp_path / "watched.sqlite")
    watched.writers = set()
    town.answers.update({f"/rss{i}": FEED for i in range(6)})
    replace(desk, store=watched).crawl(source(*[town.url(f"/rss{i}") for i in range(6)]))
    watched.close()
    assert watched.writers == {threading.get_ident()}


def test_stop_hands_back_what_is_in_flight(town: Town, desk: Desk) -> None:
    stop = threading.Event()

    def hold(_: BaseHTTPRequestHandler) -> Answer:
        stop.set()
        time.sleep(1.0)
        return FEED

    town.answers["/bai.html"] = hold
    article = desk.want_page(town.url("/bai.html"))
    desk.crawl(source(town.url("/rss")), stop=stop, on_idle=None)
    (task,) = desk.store.tasks_for([article.id])
    assert (task.state, task.due_at) == (TaskState.DUE, NOON)
    assert all(row.lease_until == 0 for row in desk.store.channels())


def test_a_disk_that_will_not_take_it_loses_nothing_and_no_host_is_asked_again(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spider, "REST_AFTER_TROUBLE_S", 0.05)
    town.answers["/rss"] = FEED
    stop, told = threading.Event(), []
    desk.settings.bodies.write_text("in the way")

    class Mended(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())
            if len(told) == 3:
                desk.settings.bodies.unlink()

    handler = Mended()
    logging.getLogger("haidang.crawl").addHandler(handler)
    try:
        desk.crawl(source(town.url("/rss")), stop=stop, on_idle=None, on_fetch=lambda _: stop.set())
    finally:
        logging.getLogger("haidang.crawl").removeHandler(handler)
    assert len(told) == 3
    assert town.paths() == ["/robots.txt", "/rss"]
    (fetch,) = desk.fetches(town.url("/rss"))
    assert fetch.body_hash is not None
    assert desk.bodies.get(fetch.body_hash) == RSS


def test_without_on_idle_it_polls_until_stopped(town: Town, desk: Desk) -> None:
    town.answers["/rss"] = FEED
    stop = threading.Event()

    def later(fetch: Fetch) -> None:
        if fetch.started_at == NOON:
            desk.clock += 11 * MINUTE  # the next poll finds it due
        else:
            stop.set()

    desk.crawl(source(town.url("/rss")), stop=stop, on_idle=None, on_fetch=later)
    assert town.paths().count("/rss") == 2


def test_what_the_store_raises_reaches_the_caller(town: Town, desk: Desk, tmp_path: Path) -> None:
    class Full(SqliteStore):
        def articles(self, article_ids: Any) -> Any:
            raise OSError("no space left")

    full = Full(tmp_path / "full.sqlite")
    with pytest.raises(OSError, match="no space left"):
        replace(desk, store=full).crawl(source(town.url("/rss")))
    full.close()


def test_a_process_that_has_crawled_can_end(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from config.settings import Settings; from crawler.spider import crawl;"
        "from store.blobs import BodyStore; from store.sqlite import open_store;"
        f"h = Path({str(tmp_path)!r}); s = open_store(h / 'x.sqlite');"
        "print(crawl(s, BodyStore(h), Settings(home=h), {}, now=lambda: 1, on_idle=lambda: False)); s.close()"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "CrawlStats(outcomes={}" in done.stdout


def test_an_address_that_is_none_ends_its_own_attempt_only(town: Town, desk: Desk) -> None:
    town.answers["/rss"] = FEED
    broken = [desk.want_page(url) for url in ("http://[::1/bai.html", "http://bao.example:80:90/bai.html")]
    stats = desk.crawl(source(town.url("/rss")))
    assert stats.outcomes == {"fetched": 1, "target_refused": 2}
    for article in broken:
        task = next(t for t in desk.store.tasks_for([article.id]) if t.stage == "fetch")
        assert (task.state, task.outcome) == (TaskState.DONE, Outcome.NOT_FETCHED)

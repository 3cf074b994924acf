"""The town on loopback: one HTTP server that answers for every outlet, as an HTTP proxy would.

The crawler is given ``http_proxy=http://127.0.0.1:PORT`` and asks for ``http://bencang.example/rss/tin-moi.rss``;
a plain request with a ``Host`` header is answered alike. What is shown depends on the clock that is passed in.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from demo.feeds import content_type, render_feed, render_sitemap
from demo.load import TOWN, load_town, outlets, slug
from demo.model import Article, Outlet
from demo.pages import render_article, render_listing

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer, before it is written to the wire."""

    status: int
    body: bytes = b""
    content_type: str = TEXT
    headers: Mapping[str, str] = field(default_factory=dict)
    changed_at: int | None = None  # ms UTC; gives Last-Modified


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that the town answered."""

    at: int
    host: str
    path: str
    status: int


class Town:
    """All outlets behind one port. ``clock`` gives milliseconds UTC; nothing later than that is shown.

    ``asked`` lists the requests so far, oldest first, for tests of politeness.
    """

    def __init__(self, clock: Callable[[], int], folder: Path = TOWN) -> None:
        self.clock = clock
        self.articles = load_town(folder)
        self.asked: list[Asked] = []
        self._outlets = outlets(self.articles)
        self._of = {host: tuple(a for a in self.articles if a.outlet.host == host) for host in self._outlets}
        self._pages = {(a.outlet.host, a.path): a for a in self.articles if a.has_link}
        self._server: ThreadingHTTPServer | None = None
        self._lock = threading.Lock()

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1 and return it."""
        self._server = _Server(("127.0.0.1", 0), self)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return int(self._server.server_address[1])

    def stop(self) -> None:
        """Stop listening; safe to call twice."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def respond(self, host: str, path: str, headers: Mapping[str, str] | None = None) -> Response:
        """The answer to ``GET http://{host}{path}``; ``headers`` may hold conditions (names in lower case)."""
        now = self.clock()
        answer = _conditional(self._find(host, path.partition("?")[0], now), headers or {})
        with self._lock:
            self.asked.append(Asked(now, host, path, answer.status))
        return answer

    def _find(self, host: str, path: str, now: int) -> Response:
        outlet = self._outlets.get(host)
        if outlet is None:
            return Response(502, f"No host {host} in this town.\n".encode())
        if outlet.is_down(now):
            return Response(503, b"Down for maintenance.\n", headers={"Retry-After": "3600"})
        found = self._known(outlet, path, now)
        if outlet.gzip and found.body:
            packed = gzip.compress(found.body, mtime=0)
            return Response(found.status, packed, found.content_type, {"Content-Encoding": "gzip"}, found.changed_at)
        return found

    def _known(self, outlet: Outlet, path: str, now: int) -> Response:
        article = self._pages.get((outlet.host, path))
        if article is not None:
            return self._article(article, now)
        if path == "/robots.txt":
            return _robots(outlet)
        for feed in outlet.feeds:
            if path == feed.path:
                body = render_feed(outlet, feed, self._of[outlet.host], now)
                return Response(200, body, content_type(feed), changed_at=self._changed(outlet, now))
        if path == "/sitemap-tin.xml":
            body = render_sitemap(outlet, self._of[outlet.host], now)
            return Response(200, body, "application/xml", changed_at=self._changed(outlet, now))
        return self._listing(outlet, path, now)

    def _article(self, article: Article, now: int) -> Response:
        if article.appears_at > now:
            return Response(404, b"Not found.\n")
        if article.is_gone(now):
            return Response(article.gone_status, "Bài viết không còn trên hệ thống.\n".encode())
        body = render_article(article, self._of[article.outlet.host], now)
        return Response(200, body, HTML, changed_at=article.changed_at(now))

    def _listing(self, outlet: Outlet, path: str, now: int) -> Response:
        articles = self._of[outlet.host]
        sections = {f"/{slug(article.section)}/": article.section for article in articles}
        if path == "/":
            body = render_listing(outlet, articles, outlet.name, now)
        elif path in sections:
            inside = [article for article in articles if article.section == sections[path]]
            body = render_listing(outlet, inside, sections[path], now)
        else:
            return Response(404, b"Not found.\n")
        return Response(200, body, HTML, changed_at=self._changed(outlet, now))

    def _changed(self, outlet: Outlet, now: int) -> int | None:
        shown = (article for article in self._of[outlet.host] if article.appears_at <= now)
        return max((article.changed_at(now) for article in shown), default=None)


def _robots(outlet: Outlet) -> Response:
    if outlet.robots is None:
        return Response(404, b"Not found.\n")
    return Response(200, "\n".join((*outlet.robots, "")).encode())


def _conditional(found: Response, conditions: Mapping[str, str]) -> Response:
    """Add ETag and Last-Modified; answer 304 where the asker has this very text (RFC 9110, 13.2.2)."""
    if found.status != HTTPStatus.OK:
        return found
    etag = f'"{hashlib.sha256(found.body).hexdigest()[:20]}"'
    headers = {**found.headers, "ETag": etag, "Cache-Control": "max-age=0"}
    since = found.changed_at
    if since is not None:
        headers["Last-Modified"] = format_datetime(datetime.fromtimestamp(since // 1000, UTC), usegmt=True)
    if _same(etag, since, conditions):
        headers.pop("Content-Encoding", None)
        return Response(304, b"", found.content_type, headers, since)
    return Response(200, found.body, found.content_type, headers, since)


def _same(etag: str, changed_at: int | None, conditions: Mapping[str, str]) -> bool:
    tags = conditions.get("if-none-match")
    if tags is not None:  # wins over the date
        return etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = conditions.get("if-modified-since")
    if since is None or changed_at is None:
        return False
    try:
        return changed_at // 1000 <= parsedate_to_datetime(since).timestamp()
    except ValueError:
        return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # every outlet is asked at once; a full backlog costs a second (SYN retransmission)

    def __init__(self, address: tuple[str, int], town: Town) -> None:
        self.town = town
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10  # an idle connection is let go
    wbufsize = -1  # head and body leave together: apart, each answer waits 40 ms for a delayed ACK
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the demonstration prints its own account."""

    def _answer(self, *, with_body: bool) -> None:
        target = urlsplit(self.path)
        host = target.hostname or (self.headers.get("Host") or "").partition(":")[0]
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        conditions = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.town.respond(host.lower(), path, conditions)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body and answer.body:
            self.wfile.write(answer.body)

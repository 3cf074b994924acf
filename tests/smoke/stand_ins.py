"""Stand-ins on loopback for the three official interfaces and for a site, in their documented shapes.

Each checks what a real one checks (the key, the page token, the number of rows), counts what was asked, and can be
told to refuse. None of them holds a publisher's or a person's text.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

KEY = "khoa-gia-cho-youtube-0001"
PAGE_TOKEN = "EAAGkhoagiachotrangfacebook0001"
ZALO_TOKEN = "ma-gia-cho-zalo-oa-0001"
PAGE = "100064000000001"
SERVER_CLOCK = "Fri, 20 Nov 2026 05:00:00 GMT"

Answer = tuple[int, dict[str, str], bytes]


@dataclass(slots=True)
class Post:
    """One video, post or article of a stand-in."""

    number: int
    text: str
    at: int  # ms UTC
    public: bool = True


@dataclass(slots=True)
class Interfaces:
    """What the stand-ins hold, what they were asked, and how they refuse. Newest posts first."""

    posts: list[Post] = field(default_factory=list)
    rows: int = 50  # a page; Zalo has ten in any case
    refusal: str = ""  # the next answers are this refusal
    refused_pages: set[str] = field(default_factory=set)  # YouTube's page tokens that end in an error
    usage: int = 0  # percent of Facebook's allowance
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)  # path, query, headers
    site: dict[str, Answer] = field(default_factory=dict)  # everything else: a site of pages and sitemaps
    port: int = 0

    @property
    def base(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """Paths in the order in which they were asked."""
        return [path for path, _, _ in self.asked]

    def answer(self, target: str, headers: dict[str, str]) -> Answer:
        """What the server says to a GET."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        self.asked.append((parts.path, query, headers))
        if parts.path == "/youtube/v3/playlistItems":
            return self._youtube(query, headers)
        if parts.path == f"/v23.0/{PAGE}/posts":
            return self._facebook(query, headers)
        if parts.path == "/v2.0/article/getslice":
            return self._zalo(query, headers)
        return self.site.get(parts.path, (404, {}, b"none"))

    # https://developers.google.com/youtube/v3/docs/playlistItems/list

    def _youtube(self, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if "key" in query:
            return _google(400, "keyInUrl")  # the real one takes it there; ours must never be found there
        if headers.get("x-goog-api-key") != KEY:
            return _google(400, "badRequest", details=[{"reason": "API_KEY_INVALID"}])
        if self.refusal:
            status = {"playlistNotFound": 404, "backendError": 503}.get(self.refusal, 403)
            return _google(status, self.refusal)
        if query.get("pageToken") in self.refused_pages:
            return _google(400, "invalidPageToken")
        start = int(query.get("pageToken", "CAoQ0").removeprefix("CAoQ"))
        chosen = self.posts[start : start + min(int(query["maxResults"]), self.rows)]
        tag = f"tag-{len(self.posts)}-{start}"
        if headers.get("if-none-match") == f'"{tag}"':
            return 304, {"ETag": f'"{tag}"'}, b""
        told: dict[str, Any] = {"kind": "youtube#playlistItemListResponse", "etag": tag}
        if start + len(chosen) < len(self.posts):
            told["nextPageToken"] = f"CAoQ{start + len(chosen)}"
        told["pageInfo"] = {"totalResults": len(self.posts), "resultsPerPage": len(chosen)}
        told["items"] = [_video(post) for post in chosen]
        return _json(200, told, {"ETag": f'"{tag}"'})

    # https://developers.facebook.com/docs/graph-api/reference/page/feed

    def _facebook(self, query: dict[str, str], headers: dict[str, str]) -> Answer:
        used = {"X-App-Usage": json.dumps({"call_count": self.usage, "total_time": 1, "total_cputime": 1})}
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if given != PAGE_TOKEN:
            said = f"Malformed access token {given}"  # the real one repeats what it was given, twice
            told = {"WWW-Authenticate": f'OAuth "Facebook Platform" "invalid_token" "{said}"'}
            return _graph(400, 190, said, told)
        if self.refusal:
            return _graph(*{"rate": (400, 4), "expired": (401, 190), "rights": (403, 10)}[self.refusal], "no", used)
        start = int(query.get("after", "QVFI0").removeprefix("QVFI"))
        chosen = self.posts[start : start + min(int(query["limit"]), self.rows)]
        end = start + len(chosen)
        paging: dict[str, Any] = {"cursors": {"before": f"QVFI{start}", "after": f"QVFI{end}"}}
        if end < len(self.posts):
            more = urlencode({**query, "access_token": PAGE_TOKEN, "after": f"QVFI{end}"})
            paging["next"] = f"{self.base}/v23.0/{PAGE}/posts?{more}"
        fields = set(query["fields"].split(","))
        data = [{name: value for name, value in _post(post).items() if name in fields} for post in chosen]
        return _json(200, {"data": data, "paging": paging}, used)

    # https://developers.zalo.me/docs/official-account/ : article/getslice

    def _zalo(self, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if headers.get("access_token") != ZALO_TOKEN:
            return _json(200, {"error": -216, "message": "Access token is invalid"})
        if self.refusal:
            return _json(200, {"error": {"rate": -32, "expired": -216}[self.refusal], "message": "no"})
        if int(query["limit"]) > 10:
            return _json(200, {"error": -201, "message": "maximum limit is 10"})
        start = int(query["offset"])
        medias = [_article(post) for post in self.posts[start : start + int(query["limit"])]]
        return _json(200, {"error": 0, "message": "Success", "data": {"total": len(self.posts), "medias": medias}})


def _iso(at: int, ending: str) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S") + ending


def _video(post: Post) -> dict[str, Any]:
    number = f"vid{post.number:08}"
    details = {"videoId": number} | ({"videoPublishedAt": _iso(post.at, "Z")} if post.public else {})
    snippet = {
        "publishedAt": _iso(post.at, "Z"),
        "channelTitle": "Truyền hình Bến Cảng",
        "title": post.text if post.public else "Private video",
        "description": f"Mô tả của {post.text}",
        "resourceId": {"kind": "youtube#video", "videoId": number},
    }
    return {"kind": "youtube#playlistItem", "etag": "x", "id": "y", "snippet": snippet, "contentDetails": details}


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": f"{PAGE}_{post.number}",
        "message": f"{post.text}\n\nNội dung của {post.text}",
        "created_time": _iso(post.at, "+0000"),
        "updated_time": _iso(post.at, "+0000"),
        "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{post.number}",
        "from": {"name": "Một Người", "id": "1"},
    }


def _article(post: Post) -> dict[str, Any]:
    return {
        "id": f"bai{post.number}",
        "type": "normal",
        "title": post.text,
        "status": "show" if post.public else "hide",
        "create_date": post.at,
        "thumb": "https://anh.example/x.jpg",
        "link_view": f"https://rd.zapps.vn/detail/24?id=bai{post.number}&pageId=24",
        "total_view": 1,
    }


def _json(status: int, told: Any, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(told, ensure_ascii=False).encode()
    return status, {"Content-Type": "application/json; charset=UTF-8", "Date": SERVER_CLOCK, **(headers or {})}, body


def _google(status: int, reason: str, **more: Any) -> Answer:
    listed = [{"message": "no", "domain": "youtube", "reason": reason}]
    return _json(status, {"error": {"code": status, "message": "no", "errors": listed, **more}})


def _graph(status: int, code: int, message: str, headers: dict[str, str]) -> Answer:
    told = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return _json(status, {"error": told}, headers)


@contextmanager
def serving(held: Interfaces) -> Iterator[Interfaces]:
    """The stand-ins on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = held.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            self.send_response_only(status)
            length = {} if status == 304 else {"Content-Length": str(len(body))}
            for name, value in {**length, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        held.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield held
        server.shutdown()
        thread.join()


def sitemap(*lines: tuple[str, str]) -> bytes:
    """A sitemap of (address, lastmod), packed with gzip."""
    urls = "".join(f"<url><loc>{loc}</loc><lastmod>{at}</lastmod></url>" for loc, at in lines)
    return gzip.compress(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode())

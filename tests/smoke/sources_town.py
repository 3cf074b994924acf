"""A town of invented sites behind one loopback port that answers as an HTTP proxy would, and commands run on it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from runner.sources_cli import app

Answer = tuple[int, dict[str, str], bytes | str]
HTML = {"Content-Type": "text/html; charset=utf-8"}
RSS = {"Content-Type": "application/rss+xml; charset=utf-8"}


@dataclass
class Town:
    """``answers``: URL → answer; ``asked``: the URLs in the order in which they were asked."""

    answers: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def says(self, url: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        kind = HTML if not str(body[:60]).lstrip("b'").startswith("<?xml") else RSS
        self.answers[url] = (status, {**kind, **headers}, body)

    def of(self, host: str) -> list[str]:
        return [url for url in self.asked if url.startswith(f"http://{host}/")]


@contextmanager
def open_town() -> Iterator[Town]:
    town = Town()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            town.asked.append(self.path)
            found = town.answers.get(self.path, (404, {}, b"none"))
            status, headers, body = found() if callable(found) else found
            data = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        town.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield town
        server.shutdown()
        thread.join()


@dataclass
class Installation:
    """A home whose commands see the town and nothing else."""

    home: Path
    town: Town

    def __post_init__(self) -> None:
        (self.home / "sources").mkdir(parents=True, exist_ok=True)

    @property
    def sources(self) -> Path:
        return self.home / "sources"

    def write(self, name: str, *channels: str, **more: str) -> Path:
        """A source file; a channel is `kind url`, maybe with further lines behind ` | `."""
        values = {"id": name, "name": f"Báo {name}", "outlet": f"Báo {name}", "kind": "city_press"}
        values |= {"owner": "Văn phòng Sở", "enabled": "true", **more}
        lines = [f"{key}: {value}" for key, value in values.items()]
        if channels:
            lines.append("channels:")
        for channel in channels:
            kind, url, *further = channel.split(" ", 2)
            lines += [f"  - kind: {kind}", f"    url: {url}"]
            lines += [f"    {line}" for line in further[0].split(" | ")] if further else []
        path = self.sources / f"{name}.yml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def run(self, *arguments: str, **env: str) -> Result:
        settings = {
            "HAIDANG_HOME": str(self.home),
            "HAIDANG_HTTP_PROXY": f"http://127.0.0.1:{self.town.port}",
            "HAIDANG_ALLOW_LOOPBACK": "true",
            "HAIDANG_ONLY_OWN_SOURCES": "true",
            "HAIDANG_HOST_DELAY_S": "0",
            "HAIDANG_FETCH_TIMEOUT_S": "2",
            "HAIDANG_CONTACT": "admin@so.example",
        }
        done = CliRunner().invoke(app, list(arguments), env={**settings, **env})
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            return Result(2, done.stdout, f"{done.stderr}{done.exception}", done.exception)
        return Result(done.exit_code, done.stdout, done.stderr, None)


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str
    error: BaseException | None

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def ago(hours: float) -> str:
    return format_datetime(datetime.now(UTC) - timedelta(hours=hours))


def feed(*items: tuple[str, str], hours: float = 1, title: str = "Báo") -> str:
    entries = "".join(
        f"<item><title>{name}</title><link>{link}</link><pubDate>{ago(hours + n)}</pubDate></item>"
        for n, (name, link) in enumerate(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{entries}</channel></rss>'


BODY = "Các trường tiểu học trên địa bàn thành phố tổ chức dạy học hai buổi mỗi ngày từ đầu tháng sau. "


def article(title: str) -> str:
    paragraphs = "".join(f"<p>{BODY * 2}Đoạn {n}.</p>" for n in range(5))
    return (
        f'<html><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="2026-11-02T08:00:00+07:00"></head>'
        f"<body><h1>{title}</h1><p class='sapo'>Phụ huynh được báo trước hai tuần về lịch học mới.</p>"
        f"<article>{paragraphs}</article></body></html>"
    )


def front(*links: tuple[str, str], head: str = "", foot: str = "", name: str = "Báo Bến Cảng") -> str:
    shown = "".join(f"<div><h3><a href='{href}'>{title}</a></h3></div>" for title, href in links)
    return (
        f"<html lang='vi'><head><title>Trang nhất - {name}</title><meta property='og:site_name' content='{name}'>"
        f"{head}</head><body>{shown}{foot}</body></html>"
    )


NEWS = [
    (f"Trường tiểu học số {n} ở Hải Phòng mở thêm lớp học buổi chiều", f"/bai-viet-{n}00400.html") for n in range(1, 13)
]

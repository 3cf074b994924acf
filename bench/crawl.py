"""Pages a second of the spider beside bare Scrapy, on loopback, in the same run.

    python -m bench.crawl                # 2,000 pages of 100 KB on 16 hosts of 127.0.0.0/8
    python -m bench.crawl --pages 500

Ours does all that it does in the field but waiting: guard, robots.txt, conditional headers, bodies compressed and
synced to disk, one row an attempt and a `read` task. Bare Scrapy downloads and counts bytes. Extraction is the next
stage and is measured apart (bench.speed). Gated (floors.json, "crawl"): the ratio of the medians, and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socketserver
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8")).get("crawl", {})
HOSTS = 16
PAGE_BYTES = 100_000
WORDS = (
    *("học", "sinh", "phụ", "huynh", "nhà", "trường", "giáo", "viên", "lớp", "phường", "xã"),
    *("thông", "báo", "tuyển", "sinh", "học", "phí", "khai", "giảng", "đề", "thi"),
)


def pages(count: int) -> list[bytes]:
    """Pages of about 100 KB, each with words of its own: equal pages would be stored once."""
    draw = random.Random(1)
    made = []
    for number in range(count):
        paragraphs = [f"<h1>Bài số {number}</h1>"]
        size = 0
        while size < PAGE_BYTES:
            line = f'<p class="doan">{" ".join(draw.choices(WORDS, k=60))} {draw.randrange(10**9)}</p>\n'
            paragraphs.append(line)
            size += len(line.encode())
        made.append(("<!doctype html><html><body>" + "".join(paragraphs) + "</body></html>").encode())
    return made


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256


def serve(count: int) -> None:
    """Answer until stdin closes; prints the port."""
    bodies = pages(count)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = self.path.removeprefix("/bai-").removesuffix(".html")
            found = bodies[int(number)] if number.isdigit() and int(number) < count else None
            body = found if found is not None else b""
            self.wfile.write(
                b'HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nETag: "%s"\r\nContent-Length: %d\r\n\r\n'
                % (b"200 OK" if found is not None else b"404 Not Found", number.encode(), len(body))
                + body
            )

        def log_message(self, *_: object) -> None:
            return

    with _Server(("0.0.0.0", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()


def addresses(port: int, count: int) -> list[str]:
    """The pages spread over the hosts."""
    return [f"http://127.0.0.{number % HOSTS + 1}:{port}/bai-{number}.html" for number in range(count)]


def ours(port: int, count: int) -> dict[str, Any]:
    """The real spider on a real store."""
    from config.settings import Settings
    from crawler import reactor
    from crawler.spider import crawl
    from store.blobs import BodyStore
    from store.model import Article, NewTask
    from store.sqlite import open_store

    reactor.loop()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), allow_loopback=True, host_delay_s=0)
        store = open_store(settings.database)
        articles = [Article(Article.make_id(u), u, u, "s", "Báo", 1, "fet_x") for u in addresses(port, count)]
        with store.transaction() as tx:
            tx.add_articles(articles)
            tx.add_tasks([NewTask("fetch", a.id, "first", i) for i, a in enumerate(articles)], 1)
        began = time.perf_counter()
        stats = crawl(
            store, BodyStore(settings.bodies), settings, {}, now=lambda: time.time_ns() // 1_000_000,
            on_idle=lambda: False,
        )  # fmt: skip
        seconds = time.perf_counter() - began
        assert stats.outcomes == {"fetched": count}, stats
        store.close()
    return {"pages_per_second": count / seconds}


def bare(port: int, count: int) -> dict[str, Any]:
    """Scrapy as it comes, but quiet: robots.txt off (its default), no delay, a callback that counts."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    got: list[int] = []

    class Plain(scrapy.Spider):
        name = "plain"

        async def start(self) -> Any:
            for url in addresses(port, count):
                yield scrapy.Request(url, self.parse)

        def parse(self, response: Any) -> None:
            got.append(len(response.body))

    process = CrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
    process.crawl(Plain)
    began = time.perf_counter()
    process.start()
    seconds = time.perf_counter() - began
    assert len(got) == count, len(got)
    return {"pages_per_second": count / seconds}


def measured(which: str, port: int, count: int) -> dict[str, Any]:
    """One run in a process of its own on one core; with its peak memory in MB."""
    command = ["taskset", "-c", "0", sys.executable, "-m", "bench.crawl", "--as", which, "--port", str(port)]
    child = subprocess.Popen([*command, "--pages", str(count)], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout is not None
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if child.returncode:
        raise SystemExit(f"{which} ended with {child.returncode}")
    return {**json.loads(out), "peak_mb": round(usage.ru_maxrss / 1024, 1)}


def main() -> int:
    """Three runs of each in turn; the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--as", dest="role", choices=("ours", "bare", "serve"))
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    if asked.role == "serve":
        serve(asked.pages)
        return 0
    if asked.role:
        print(json.dumps((ours if asked.role == "ours" else bare)(asked.port, asked.pages)))
        return 0
    server = subprocess.Popen(
        ["taskset", "-c", "1", sys.executable, "-m", "bench.crawl", "--as", "serve", "--pages", str(asked.pages)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    assert server.stdin is not None
    port = int(server.stdout.readline())
    try:
        runs = {w: [] for w in ("bare", "ours")}  # type: dict[str, list[dict[str, Any]]]
        for _ in range(asked.rounds):
            for which, kept in runs.items():
                kept.append(measured(which, port, asked.pages))
    finally:
        server.stdin.close()
        server.wait(10)
        server.stdout.close()
    speed = {w: statistics.median(r["pages_per_second"] for r in kept) for w, kept in runs.items()}
    figures = {
        "pages": asked.pages,
        "bare_scrapy_per_second": round(speed["bare"], 1),
        "ours_per_second": round(speed["ours"], 1),
        "ratio": round(speed["ours"] / speed["bare"], 3),
        "peak_mb": max(r["peak_mb"] for r in runs["ours"]),
        "bare_peak_mb": max(r["peak_mb"] for r in runs["bare"]),
    }
    print(json.dumps(figures, indent=2))
    bad = []
    if figures["ratio"] < FLOORS.get("ratio", 0.8):
        bad.append(f"BROKEN: ratio {figures['ratio']} is under {FLOORS.get('ratio', 0.8)}")
    if figures["peak_mb"] > FLOORS.get("peak_mb", 250):
        bad.append(f"BROKEN: {figures['peak_mb']} MB is over {FLOORS.get('peak_mb', 250)}")
    for line in bad:
        print(line)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""A host that says exactly the bytes it was told to, and an installation that crawls it with a clock of its own."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from config.sources import Channel, Source
from crawler.spider import CrawlStats, crawl
from store.blobs import BodyStore
from store.model import Fetch
from store.sqlite import SqliteStore, open_store

NOON = 1_795_150_800_000
MINUTE = 60_000
RSS = b'<rss version="2.0"><channel><item><title>x</title><link>/bai-1.html</link></item></channel></rss>'
Script = Callable[[socket.socket], None]


def answer(body: bytes = RSS, status: str = "200 OK", length: bool = True, **headers: str) -> bytes:
    """A well-formed answer; `_` in a header's name stands for `-`."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if length:
        told = {"Content-Length": str(len(body)), **told}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def drip(first: bytes, every: bytes, times: int = 200, pause: float = 0.05) -> Script:
    """Says ``first`` at once, then ``every`` again and again."""

    def script(peer: socket.socket) -> None:
        peer.sendall(first)
        for _ in range(times):
            time.sleep(pause)
            peer.sendall(every)

    return script


def reset(first: bytes) -> Script:
    """Says ``first``, then breaks the connection with an RST."""

    def script(peer: socket.socket) -> None:
        peer.sendall(first)
        time.sleep(0.05)  # so that what was said arrives
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.close()

    return script


@dataclass
class RawTown:
    """``answers``: path → bytes (said, then hung up), a script, or a list of them, one a visit.

    ``kept``: paths after whose answer the connection stays open. ``log``: (host, path, head) of every request.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    log: list[tuple[str, str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)
    port: int = 0
    connections: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self, host: str | None = None) -> list[str]:
        return [path for name, path, _ in self.log if host in (None, name)]

    def serve(self, peer: socket.socket) -> None:
        """One connection, request by request."""
        with contextlib.suppress(OSError), peer:
            while head := _head(peer):
                path = head.split(" ")[1]
                host = next((x[6:] for x in head.split("\r\n") if x.lower().startswith("host: ")), "")
                self.times.append(time.monotonic())
                self.log.append((host.partition(":")[0], path, head))
                self._say(peer, path.partition("?")[0], host.partition(":")[0])
                if path not in self.kept:
                    return

    def _say(self, peer: socket.socket, path: str, host: str) -> None:
        told = self.answers.get(f"{host}{path}", self.answers.get(path, answer(b"none", "404 Not Found")))
        if isinstance(told, list):
            told = told.pop(0) if len(told) > 1 else told[0]
        if callable(told):
            told(peer)
        else:
            peer.sendall(told)


def _head(peer: socket.socket) -> str:
    got = b""
    while b"\r\n\r\n" not in got:
        more = peer.recv(65536)
        if not more:
            return ""
        got += more
    return got.decode("latin-1")


@contextlib.contextmanager
def listening(town: RawTown, *hosts: str) -> Iterator[RawTown]:
    """On every host of loopback that is named, at one port; connections live in threads of their own."""
    doors: list[socket.socket] = []
    for host in hosts:
        door = socket.create_server((host, town.port))
        town.port = door.getsockname()[1]
        doors.append(door)

    def accept(door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = door.accept()
                town.connections += 1
                threading.Thread(target=town.serve, args=(peer,), daemon=True).start()

    threads = [threading.Thread(target=accept, args=(door,), daemon=True) for door in doors]
    for thread in threads:
        thread.start()
    try:
        yield town
    finally:
        for door in doors:
            with contextlib.suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            door.close()
        for thread in threads:
            thread.join(2)


@dataclass
class Desk:
    """One installation with a clock that only the test moves."""

    store: SqliteStore
    bodies: BodyStore
    settings: Settings
    clock: int = NOON

    def crawl(self, *sources: Source, until: int | None = None) -> CrawlStats:
        """Until nothing is due; with ``until``, the clock jumps from due time to due time up to it."""

        def idle() -> bool:
            later = [row.next_due_at for row in self.store.channels() if row.next_due_at > self.clock]
            if until is None or not later or min(later) > until:
                return False
            self.clock = min(later)
            return True

        known = {source.id: source for source in sources}
        return crawl(self.store, self.bodies, self.settings, known, now=lambda: self.clock, on_idle=idle)

    def fetch(self, url: str) -> Fetch:
        """The newest attempt."""
        return self.store.fetches_for(url=url)[0]

    def body(self, url: str) -> bytes | None:
        kept = self.fetch(url).body_hash
        return None if kept is None else self.bodies.get(kept)

    def set(self, **changes: Any) -> None:
        self.settings = self.settings.model_copy(update=changes)


def source(*urls: str, name: str = "bencang", **changes: Any) -> Source:
    """An invented outlet watched through these feeds."""
    channels = tuple(Channel(url=url, every_minutes=10) for url in urls)
    usual = {"id": name, "name": "Báo Bến Cảng", "outlet": "Bến Cảng", "kind": "city_press", "owner": "Văn phòng Sở"}
    return Source.model_validate({**usual, "enabled": True, "channels": channels, **changes})


@pytest.fixture
def town() -> Iterator[RawTown]:
    with listening(RawTown(), "127.0.0.1") as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(
        home=tmp_path, allow_loopback=True, host_delay_s=0.0, fetch_timeout_s=1.0, max_body_bytes=1_000_000,
        contact="admin@so.example",
    )  # fmt: skip
    store = open_store(settings.database)
    yield Desk(store, BodyStore(settings.bodies), settings)
    store.close()

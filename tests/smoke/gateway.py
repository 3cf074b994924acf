"""A real HTTP server on loopback that answers as told and keeps what it was asked."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Gateway:
    """``answers``: (status, headers, body) in turn; the last one is repeated. ``drip_s``: a pause after each byte."""

    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=lambda: [(200, {}, '{"status":"ok"}')])
    asked: list[Asked] = field(default_factory=list)
    drip_s: float = 0.0
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def says(self, status: int, body: Any = "", **headers: str) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        self.answers = [(status, {k.replace("_", "-"): v for k, v in headers.items()}, text)]


@contextmanager
def serving(held: Gateway, tls: ssl.SSLContext | None = None) -> Iterator[Gateway]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {k.lower(): v for k, v in self.headers.items()}
            held.asked.append(Asked(self.command, self.path, headers, self.rfile.read(length)))
            status, more, body = held.answers.pop(0) if len(held.answers) > 1 else held.answers[0]
            self.send_response_only(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            try:
                for byte in body.encode() if held.drip_s else ():
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(held.drip_s)
                if not held.drip_s:
                    self.wfile.write(body.encode())
            except OSError:
                return

        do_GET = do_POST = answer

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    held.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

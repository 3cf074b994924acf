"""One request to a host that the department has named, with bounds on everything that comes back.

No redirect is followed (it would carry the secret elsewhere), certificates are verified, the whole exchange ends by
a deadline however slowly the other side drips, and no more than a few kB of an answer are read. Proxies of the
environment are not used: what is told to people goes straight to the named host.
"""

from __future__ import annotations

import email.utils
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from alerts import notice_words as words
from alerts.notifiers.channel import never

TIMEOUT_S = 10.0
MOST_BYTES = 16_000
MOST_WAIT_S = 3_600.0  # whatever a Retry-After says


class NoAnswer(Exception):
    """Nothing usable came back; the message says at which host and why, and holds no secret."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, the first kB of the body, and the wait that was asked for."""

    status: int
    text: str
    retry_after_s: float | None
    host: str


def allowed(url: str) -> str:
    """The host of an address that may be asked. Raises :class:`store.errors.Permanent` where a secret would leak.

    https anywhere; plain http only to an address of this machine or of a private network (a modem in the next room).
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as bad:
        raise never(words.HTTP_BAD_URL) from bad
    if not host or parts.scheme not in ("http", "https") or parts.username is not None or not url.isascii():
        raise never(words.HTTP_BAD_URL)
    if any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in url):
        raise never(words.HTTP_BAD_URL)
    if parts.scheme == "http" and not _near(host):
        raise never(words.HTTP_PLAIN.format(host=host))
    return host


def _near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private


def ask(
    url: str,
    *,
    method: str = "POST",
    headers: Mapping[str, str],
    body: bytes | None = None,
    timeout_s: float = TIMEOUT_S,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Send and read the answer. Raises :class:`NoAnswer`, and as :func:`allowed`."""
    host = allowed(url)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "https":
        context = tls or ssl.create_default_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, parts.port, timeout=timeout_s, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=timeout_s)
    held: list[socket.socket] = []
    watch = threading.Timer(
        timeout_s, _cut, [connection, held]
    )  # the socket's own time-out begins anew with every byte
    watch.daemon = True
    ends = time.monotonic() + timeout_s
    try:
        watch.start()
        connection.connect()
        held.append(connection.sock)  # the connection lets go of it while the answer is still being read
        connection.request(method, target, body, {"User-Agent": "haidang", "Connection": "close", **headers})
        answer = connection.getresponse()
        raw = answer.read(MOST_BYTES)
        if time.monotonic() >= ends:  # cut off: what came may be half an answer
            raise TimeoutError
        return Answer(answer.status, raw.decode("utf-8", "replace"), _wait(answer.getheader("Retry-After")), host)
    except (OSError, http.client.HTTPException, ValueError) as bad:
        reason = words.HTTP_TIMEOUT if time.monotonic() >= ends or isinstance(bad, TimeoutError) else _reason(bad)
        raise NoAnswer(words.HTTP_NO_ANSWER.format(host=host, reason=reason)) from bad
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection, held: list[socket.socket]) -> None:
    sock = held[0] if held else connection.sock
    if sock is None:
        return
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _reason(bad: Exception) -> str:
    """What the system says; never the address, whose query may hold the secret."""
    if isinstance(bad, ssl.SSLError):
        return words.HTTP_TLS.format(reason=bad.reason or type(bad).__name__)
    return (bad.strerror if isinstance(bad, OSError) else None) or type(bad).__name__


def _wait(header: str | None) -> float | None:
    """Seconds or a date, as Retry-After may be written; never negative, never more than an hour."""
    if not header:
        return None
    try:
        seconds = float(header) if header.strip().isdecimal() else _until(header)
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), MOST_WAIT_S)


def _until(header: str) -> float:
    return email.utils.parsedate_to_datetime(header).timestamp() - time.time()

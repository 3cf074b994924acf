"""A signed JSON message to a system of the department's own.

``Haidang-Signature: v1=<hex HMAC-SHA256 of "timestamp.body">`` with the secret of the receiving host. The receiver
refuses a timestamp more than five minutes from its clock and keeps the ``Idempotency-Key`` for two days
(docs/delivery.md). Nothing goes to a host without a secret of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from alerts import notice_words as words
from alerts.formats import clean, shorten
from alerts.notifiers import http
from alerts.notifiers.channel import Words, later, never
from alerts.notifiers.secrets import pairs_of
from config.settings import Settings

WINDOW_S = 300
"""What a receiver should allow between the timestamp and its own clock."""
_GONE = frozenset({400, 404, 410, 413, 415, 422})


class WebhookNotifier:
    """One POST a message."""

    def __init__(
        self,
        settings: Settings,
        timeout_s: float = http.TIMEOUT_S,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings, self._timeout_s, self._tls, self._clock = settings, timeout_s, tls, clock

    def send(self, message: Words, /) -> str:
        """Returns the status and the begin of what the receiver said."""
        host = http.allowed(message.to)
        port = urlsplit(message.to).port
        secrets = pairs_of(self._settings.webhook_secrets_file, "webhook_secrets_file", self._settings.home)
        secret = secrets.get(f"{host}:{port}") or secrets.get(host)
        if not secret:
            raise later(words.WEBHOOK_NO_SECRET.format(host=host))
        body = body_of(message)
        stamp = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": message.key,
            "Haidang-Timestamp": stamp,
            "Haidang-Signature": f"v1={sign(secret, stamp, body)}",
        }
        try:
            answer = http.ask(message.to, headers=headers, body=body, timeout_s=self._timeout_s, tls=self._tls)
        except http.NoAnswer as nothing:
            raise later(str(nothing)) from nothing
        told = words.WEBHOOK_ANSWER.format(
            host=answer.host, status=answer.status, said=shorten(clean(answer.text).replace(secret, "…"), 200)
        )
        if 200 <= answer.status < 300:
            return told
        if answer.status in _GONE:
            raise never(told)
        raise later(words.WEBHOOK_MOVED.format(told=told) if 300 <= answer.status < 400 else told, answer.retry_after_s)


def body_of(message: Words) -> bytes:
    """The same message is the same bytes on every try."""
    told = {
        "id": message.key,
        "kind": message.kind,
        "about": message.about,
        "urgent": message.urgent,
        "subject": message.subject,
        "text": message.text,
        "link": message.link,
        "notices": list(message.notices),
        "written_at": message.at,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Hex HMAC-SHA256 of ``stamp``, a point and the body."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def verify(secret: str, stamp: str, body: bytes, signature: str, now: float, window_s: float = WINDOW_S) -> bool:
    """What a receiver does: the signature is ours and the timestamp within the window."""
    if not stamp.isdecimal() or abs(now - int(stamp)) > window_s:
        return False
    return hmac.compare_digest(signature, f"v1={sign(secret, stamp, body)}")

"""A message of the department's Zalo Official Account by the official interface: `POST /v3.0/oa/message/cs`.

It reaches **followers only**, who wrote to the account within the last seven days, and not at night: never the only
way to anybody. Shape and codes as public clients have them, for the maker's own pages could not be read. There is no
idempotency key in this interface: a message that is sent again after a crash is seen twice.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from typing import Any

from alerts import notice_words as words
from alerts.formats import shorten
from alerts.notifiers import http
from alerts.notifiers.channel import Words, down, later, never
from alerts.notifiers.secrets import line_of
from config.settings import Settings
from store.errors import WorkError

LONGEST = 2_000  # letters of one message
_TOO_FAST = frozenset({-32, -100})
_OURS = frozenset({-124, -204, -205, -209, -211, -212, -216, -218, -220, -221, -224, -235, -240})
"""About the account, its token or its package: nobody can be told until a person mends it."""
_THEIRS = frozenset({-213, -217, -227, -230, -232, -233})
"""About this one person: no follower, blocked, silent for a week. The next way is tried."""
_NIGHT = -234


class ZaloNotifier:
    """One text message a notice."""

    def __init__(
        self, settings: Settings, timeout_s: float = http.TIMEOUT_S, tls: ssl.SSLContext | None = None
    ) -> None:
        self._settings, self._timeout_s, self._tls = settings, timeout_s, tls

    def send(self, message: Words, /) -> str:
        """Returns the number that the account gave the message."""
        settings = self._settings
        token = line_of(settings.zalo_token_file, "zalo_token_file", settings.home)
        text = shorten_lines(f"{message.subject}\n{message.text}", LONGEST)
        body = {"recipient": {"user_id": message.to}, "message": {"text": text}}
        headers = {"Content-Type": "application/json; charset=utf-8", "access_token": token}
        try:
            answer = http.ask(
                f"{settings.zalo_api.rstrip('/')}/v3.0/oa/message/cs",
                headers=headers,
                body=json.dumps(body, ensure_ascii=False).encode(),
                timeout_s=self._timeout_s,
                tls=self._tls,
            )
        except http.NoAnswer as nothing:
            raise down(str(nothing)) from nothing
        return self._judge(answer)

    def _judge(self, answer: http.Answer) -> str:
        told = _object(answer.text)
        code = told.get("error")
        if answer.status != 200 or not isinstance(code, int) or isinstance(code, bool):
            raise down(words.ZALO_NO_CODE.format(status=answer.status), answer.retry_after_s)
        if code == 0:
            return str(_object(told.get("data")).get("message_id", ""))[:200]
        raise _refusal(code)


def _refusal(code: int) -> WorkError:
    said = words.ZALO_REFUSED.format(code=code, meaning=words.ZALO_CODES.get(code, words.ZALO_UNKNOWN))
    if code in _THEIRS:
        return never(said)
    if code == _NIGHT:
        return later(said, 30 * 60)
    if code in _TOO_FAST:
        return down(said, 60)
    return down(said) if code in _OURS else later(said)


def _object(value: Any) -> Mapping[str, Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def shorten_lines(text: str, limit: int) -> str:
    """Whole lines while they fit; the line that does not is cut and ended by `…`."""
    if len(text) <= limit:
        return text
    head, _, last = text[:limit].rpartition("\n")
    return f"{head}\n…" if head and len(last) < limit // 2 else shorten(text[:limit], limit - 1) + "…"

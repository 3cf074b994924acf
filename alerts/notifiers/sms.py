"""Any SMS gateway that takes one HTTP request a message: address, headers and body are templates of the settings.

``{to}`` 8491… · ``{to_local}`` 091… · ``{to_plus}`` +8491… · ``{text}`` · ``{key}`` the idempotency key · ``{secret}``.
What stands in a query or form is percent-encoded, what stands in JSON is escaped: a message cannot write a header, a
field or a second recipient. A gateway's "accepted" says nothing of the telephone; what it says is kept as receipt.
"""

from __future__ import annotations

import json
import re
import ssl
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote

from alerts import notice_words as words
from alerts.formats import clean, shorten
from alerts.notifiers import http
from alerts.notifiers.channel import Words, down, later, never
from alerts.notifiers.secrets import line_of
from config.settings import Settings

_PLACE = re.compile(r"\{(to|to_local|to_plus|text|key|secret)\}")
_NUMBER = re.compile(r"\+\d{8,15}")
_SETUP = frozenset({301, 302, 303, 307, 308, 401, 402, 403, 404, 405})
"""Answers about us: the address of the gateway, our key, our money."""


class SmsNotifier:
    """One message by the gateway of the settings."""

    def __init__(
        self, settings: Settings, timeout_s: float = http.TIMEOUT_S, tls: ssl.SSLContext | None = None
    ) -> None:
        self._settings, self._timeout_s, self._tls = settings, timeout_s, tls

    def send(self, message: Words, /) -> str:
        """Returns the gateway's number of the message, or the begin of its answer."""
        settings = self._settings
        if not settings.sms_url:
            raise down(words.SMS_UNSET)
        if not _NUMBER.fullmatch(message.to):
            raise never(words.SMS_NO_NUMBER)
        values = self._values(message)
        headers = {"Content-Type": "application/json; charset=utf-8"} if settings.sms_body else {}
        headers |= {n.strip(): fill(v.strip(), values, "header") for n, _, v in self._header_lines()}
        kind = "json" if "json" in headers.get("Content-Type", "").lower() else "form"
        body = fill(settings.sms_body, values, kind).encode() if settings.sms_body else None
        try:
            answer = http.ask(
                fill(settings.sms_url, values, "form"),
                method=settings.sms_method,
                headers=headers,
                body=body,
                timeout_s=self._timeout_s,
                tls=self._tls,
            )
        except http.NoAnswer as nothing:
            raise down(str(nothing)) from nothing
        return self._judge(answer, values["secret"])

    def _header_lines(self) -> list[tuple[str, str, str]]:
        return [line.partition(":") for line in self._settings.sms_headers]

    def _values(self, message: Words) -> Mapping[str, str]:
        settings = self._settings
        text = plain(message.short) if settings.sms_plain else message.short
        needed = "{secret}" in "".join((settings.sms_url, settings.sms_body, *settings.sms_headers))
        return {
            "to": message.to[1:],
            "to_local": "0" + message.to[3:] if message.to.startswith("+84") else message.to,
            "to_plus": message.to,
            "text": fit(text, message.link, settings.sms_most_chars),
            "key": message.key,
            "secret": line_of(settings.sms_secret_file, "sms_secret_file", settings.home) if needed else "",
        }

    def _judge(self, answer: http.Answer, secret: str) -> str:
        settings = self._settings
        said = shorten(clean(answer.text), 200)
        if secret:
            said = said.replace(secret, "…")
        told = words.SMS_ANSWER.format(host=answer.host, status=answer.status, said=said)
        if settings.sms_refused and re.search(settings.sms_refused, answer.text):
            raise never(words.SMS_REFUSED.format(told=told))
        if answer.status in (429, 503):
            raise down(told, answer.retry_after_s)
        if answer.status >= 500 or answer.status in _SETUP:
            raise down(told)
        if answer.status >= 400:
            raise later(told)
        if not 200 <= answer.status < 300 or (
            settings.sms_success and not re.search(settings.sms_success, answer.text)
        ):
            raise later(words.SMS_NO_SUCCESS.format(told=told))
        found = re.search(settings.sms_receipt, answer.text) if settings.sms_receipt else None
        return shorten(clean(found[1] or ""), 200) if found and found.lastindex else said


def fill(template: str, values: Mapping[str, str], kind: str) -> str:
    """``template`` with its places filled; ``kind``: how a value is written there (form · json · header)."""

    def one(found: re.Match[str]) -> str:
        value = values[found[1]]
        if kind == "form":
            return quote(value, safe="")
        if kind == "json":
            return json.dumps(value, ensure_ascii=False)[1:-1]
        return "".join(letter for letter in value if 0x20 <= ord(letter) < 0x7F)

    return _PLACE.sub(one, template)


def plain(text: str) -> str:
    """Without diacritics, in the letters that every telephone has: “Đã quá hạn” → “Da qua han”."""
    swapped = text.translate(_SWAPPED)
    bare = "".join(c for c in unicodedata.normalize("NFD", swapped) if not unicodedata.combining(c))
    return "".join(c if c.isascii() else "?" for c in bare)


_SWAPPED = {
    ord(odd): usual
    for odd, usual in (
        ("\u0111", "d"), ("\u0110", "D"), ("–", "-"), ("—", "-"), ("·", "-"), ("…", "..."), ("“", '"'), ("”", '"'),
        ("’", "'"), ("‘", "'"), ("≥", ">="), ("\u00a0", " "),
    )
}  # fmt: skip


def fit(text: str, link: str, most: int) -> str:
    """At most ``most`` letters with the link whole at the end: a link that was cut leads nowhere."""
    text = clean(text)
    if not link or len(link) + 20 > most:
        return shorten(text, most)
    return f"{shorten(text, most - len(link) - 1)} {link}"

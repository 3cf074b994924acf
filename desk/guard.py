"""What holds for every answer of the desk, errors included: who may ask by what name, and what a browser may do.

There are no accounts yet, so the desk answers this machine alone. Loopback is not enough for that: a page on the
internet may point its own name at 127.0.0.1 (DNS rebinding), so the name that was asked for is checked as well.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk import words
from store.errors import ConfigError

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script at all, no style but our own sheets, nothing from elsewhere."""

ISSUED_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For a digest as issued: an e-mail's own inline styles, in a sandbox without scripts, forms or our origin."""

DRAWING_POLICY = POLICY.replace("img-src 'self'", "img-src 'self' data:") + "; script-src 'self'"
"""For the one page on which boxes are drawn: pictures that lie in the page itself, and our one script."""

FILE_POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For a file that was handed in: nothing may run in it, and it shares no origin with the desk."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::[0-9]{1,5})?")


def loopback_address(host: str) -> str:
    """The address to listen on. Raises :class:`ConfigError` for any host that others could reach."""
    name = host.strip().lower()
    if name == "localhost":
        return "127.0.0.1"
    if _is_loopback(name):
        return name.strip("[]")
    raise ConfigError(f"desk_host: {host}", words.REFUSED_WHAT, words.REFUSED_FIX)


def asked_here(host_header: str) -> bool:
    """Whether a Host header names this machine's loopback (any port: somebody may tunnel)."""
    found = _HOST.fullmatch(host_header.strip().lower())
    return found is not None and (found["name"] == "localhost" or _is_loopback(found["name"]))


def sent_from_here(headers: Mapping[str, str]) -> bool:
    """Whether a form was sent by a page of this desk, as the browser itself says. One that says nothing is refused.

    Our pages with a form ask for `Referrer-Policy: same-origin`: under `no-referrer` a browser sends `Origin: null`.
    """
    site, origin, host = (headers.get(name, "").strip().lower() for name in ("sec-fetch-site", "origin", "host"))
    if site and site != "same-origin":
        return False
    if origin:
        return bool(host) and origin in (f"http://{host}", f"https://{host}")
    return site == "same-origin"


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


class Guard:
    """Wraps the whole application, so that its error pages are guarded too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a foreign Host with 400; put the headers on every answer that has no stricter ones."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if asked_here(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, guarded)
        else:
            await PlainTextResponse(words.WRONG_HOST, status_code=400)(scope, receive, guarded)

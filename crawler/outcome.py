"""The one place that turns a status or an exception into a :class:`FetchOutcome`, and says how bad it is."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from store.model import FetchOutcome

_log = logging.getLogger(__name__)

O = FetchOutcome  # noqa: E741 - a table reads better with a short name

HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
"""Weights of a failure (after the design: hard 1, soft ½, temporary ¼): each 1.0 doubles a channel's interval."""

WEIGHT: dict[FetchOutcome, float] = {
    O.ROBOTS_DENIED: HARD,
    O.GONE: HARD,
    O.TARGET_REFUSED: HARD,
    O.TOO_LARGE: HARD,
    O.TOO_MANY_REDIRECTS: HARD,
    O.HTTP_ERROR: SOFT,
    O.TRUNCATED: SOFT,
    O.ROBOTS_UNREACHABLE: TEMPORARY,
    O.TIMEOUT: TEMPORARY,
    O.UNREACHABLE: TEMPORARY,
    O.TOO_MANY: TEMPORARY,
}
"""What each failed outcome adds to a channel's failure weight; one success sets the weight back to 0."""

WORTH_RETRYING = frozenset({O.HTTP_ERROR, O.TRUNCATED, O.ROBOTS_UNREACHABLE, O.TIMEOUT, O.UNREACHABLE, O.TOO_MANY})
"""A page that ended so is asked again later; the others would end so again."""

MAX_WAIT_MS = 24 * 3600 * 1000
MAX_WORDS = 300
"""Characters of a message: it is kept with every attempt, and some of it was written by the host."""


class FetchFailed(Exception):
    """Raised by our own middlewares when an attempt must end: the outcome, and why in words."""

    def __init__(self, outcome: FetchOutcome, message: str) -> None:
        self.outcome = outcome
        super().__init__(message)


def of_status(status: int, asked_conditionally: bool) -> tuple[FetchOutcome, str]:
    """The outcome of a complete response and a message ('' when there is nothing to say)."""
    if status in (200, 203):
        return O.FETCHED, ""
    if status == 304 and asked_conditionally:
        return O.NOT_MODIFIED, ""
    if status in (404, 410):
        return O.GONE, f"HTTP {status}: the address no longer exists"
    if status in (429, 503):
        return O.TOO_MANY, f"HTTP {status}: the host asks us to wait"
    words = _STATUS_WORDS.get(status)
    return O.HTTP_ERROR, f"HTTP {status}: {words}" if words else f"HTTP {status}"


_STATUS_WORDS = {
    204: "nothing in it",
    205: "nothing in it",
    206: "a part of the page, which we did not ask for",
    304: "'not modified', but we did not ask whether",
    401: "the host wants a log-in",
    403: "the host refuses us",
    407: "the proxy wants a log-in",
    451: "not shown for legal reasons",
}


def of_exception(bad: BaseException) -> tuple[FetchOutcome, str]:
    """The outcome of an attempt that ended with ``bad`` instead of a response; an unknown kind is named and logged."""
    outcome, words = _of_exception(bad)
    words = "".join(c if c.isprintable() else "�" for c in words[:MAX_WORDS])
    return outcome, words.encode("utf-8", "replace").decode()  # a lone surrogate cannot be stored


def _of_exception(bad: BaseException) -> tuple[FetchOutcome, str]:
    chain = list(_causes(bad))
    for cause in chain:
        if isinstance(cause, FetchFailed):  # ours, perhaps wrapped by the layers between the wire and here
            return cause.outcome, str(cause)
    innermost = str(chain[-1]) or type(chain[-1]).__name__
    for kind in type(bad).__mro__:
        if (known := _BY_NAME.get(kind.__name__)) is not None:
            outcome, words = known
            if outcome is O.UNREACHABLE and not words and _is_no_http(chain[-1]):
                words = f"the answer is no HTTP that can be read ({innermost})"
            return outcome, words or f"the connection failed ({innermost})"
    # one host's oddity (an answer that is no HTTP, a header that is no header) must not stop the others
    _log.error("unexpected %s while fetching", type(bad).__name__, exc_info=bad)
    return O.UNREACHABLE, f"unexpected {type(bad).__name__}: {innermost}"


def _causes(bad: BaseException) -> Iterator[BaseException]:
    """``bad``, what it was raised from or wraps (Twisted's ``reasons``), and so on to the innermost."""
    cause: BaseException | None = bad
    for _ in range(20):
        if cause is None:
            return
        yield cause
        reasons = getattr(cause, "reasons", None)
        deeper = reasons[0].value if reasons else cause.__cause__
        cause = None if deeper is cause else deeper


def _is_no_http(innermost: BaseException) -> bool:
    """Twisted's parser failed, with an error of its own or with whatever Python said about the bytes."""
    names = {kind.__name__ for kind in type(innermost).__mro__}
    return bool(names & {"ParseError", "BadHeaders", "InvalidHeaderName", "ValueError", "KeyError"}) or (
        type(innermost).__name__ == "BadResponseVersion"
    )


# By name, because Scrapy, Twisted, its proxy tunnel and its TLS library each have kinds of their own and none of
# them may be imported where the command line only wants the table above.
_BY_NAME: dict[str, tuple[FetchOutcome, str]] = {
    "DownloadTimeoutError": (O.TIMEOUT, "the host did not answer in time"),
    "TimeoutError": (O.TIMEOUT, "the host did not answer in time"),
    "ResponseDataLossError": (O.TRUNCATED, "the connection ended before the announced length of the body"),
    "DownloadCancelledError": (O.TOO_LARGE, "the body is larger than max_body_bytes"),
    "CannotResolveHostError": (O.UNREACHABLE, "no address for the host"),
    "DownloadConnectionRefusedError": (O.UNREACHABLE, "connection refused"),
    "UnsupportedURLSchemeError": (O.TARGET_REFUSED, "not http or https"),
    "DownloadFailedError": (O.UNREACHABLE, ""),
    "ResponseFailed": (O.UNREACHABLE, ""),
    "ConnectError": (O.UNREACHABLE, ""),
    "TunnelError": (O.UNREACHABLE, ""),
    "VerificationError": (O.UNREACHABLE, ""),
    "SSLError": (O.UNREACHABLE, ""),
    "OSError": (O.UNREACHABLE, ""),
}


def retry_after_ms(header: str | None, now: int) -> int | None:
    """Milliseconds to wait as `Retry-After` says (seconds or a date), at most a day; None when it says nothing."""
    header = (header or "").strip()[:100]
    if header.isascii() and header.isdigit():
        wait = int(header) * 1000
    else:
        try:
            at = parsedate_to_datetime(header)
            at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)  # `-0000`: UTC, of an unknown place
            wait = int(at.timestamp() * 1000) - now
        except (TypeError, ValueError, OverflowError, IndexError):
            return None
    return min(max(wait, 0), MAX_WAIT_MS)

"""The one place that turns a status or an exception into a :class:`FetchOutcome`, and says how bad it is."""

from __future__ import annotations

import logging
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
    return O.HTTP_ERROR, f"HTTP {status}"


def of_exception(bad: BaseException) -> tuple[FetchOutcome, str]:
    """The outcome of an attempt that ended with ``bad`` instead of a response; an unknown kind is named and logged."""
    if isinstance(bad, FetchFailed):
        return bad.outcome, str(bad)
    for kind in type(bad).__mro__:
        if (known := _BY_NAME.get(kind.__name__)) is not None:
            outcome, words = known
            return outcome, words or f"the connection failed ({_innermost(bad)})"
    # one host's oddity (an answer that is no HTTP, a header that is no header) must not stop the others
    _log.error("unexpected %s while fetching", type(bad).__name__, exc_info=bad)
    return O.UNREACHABLE, f"unexpected {type(bad).__name__}: {_innermost(bad)}"


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


def _innermost(bad: BaseException) -> str:
    cause: BaseException = bad
    while True:
        reasons = getattr(cause, "reasons", None)
        deeper = reasons[0].value if reasons else cause.__cause__
        if deeper is None or deeper is cause:
            return str(cause) or type(cause).__name__
        cause = deeper


def retry_after_ms(header: str | None, now: int) -> int | None:
    """Milliseconds to wait as `Retry-After` says (seconds or a date), at most a day; None when it says nothing."""
    if not header:
        return None
    header = header.strip()
    if header.isascii() and header.isdigit():
        wait = int(header[:9]) * 1000
    else:
        try:
            wait = int(parsedate_to_datetime(header).timestamp() * 1000) - now
        except (TypeError, ValueError, OverflowError):
            return None
    return min(max(wait, 0), MAX_WAIT_MS)

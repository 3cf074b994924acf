"""Scrapy's HTTP/1.1 download handler with a bound on what may stand before a body.

Twisted bounds a line (16 KiB) but neither the number of lines nor their sum, takes `1xx` answers for ever, and reads
any number as a status. Here the head of an answer, all `1xx` before it included, is at most :data:`MAX_HEAD_BYTES`
and :data:`MAX_HEAD_LINES`; what is beyond ends the connection at once. How long it may take is Scrapy's own time-out.

Named in ``crawler.polite.scrapy_settings`` as `DOWNLOAD_HANDLERS_BASE`.
"""

from __future__ import annotations

import re
from typing import Any

from scrapy.core.downloader.handlers import http11 as _scrapy
from twisted.python import failure as _twisted

from crawler.outcome import FetchFailed
from store.model import FetchOutcome

http11: Any = _scrapy  # neither library types what is used here
Failure: Any = _twisted.Failure

MAX_HEAD_BYTES = 64 * 1024
MAX_HEAD_LINES = 200
_STATUS = re.compile(rb"HTTP/1\.[0-9] [1-9][0-9]{2}(?: .*)?", re.DOTALL).fullmatch


class _Parser(http11._LenientHTTPClientParser):  # type: ignore[misc]
    head_bytes = 0
    head_lines = 0

    def lineReceived(self, line: bytes) -> None:
        """Every line before the body; a `1xx` answer sets Twisted's own state back, not these counters."""
        self.head_bytes += len(line) + 1
        self.head_lines += 1
        if self.head_bytes > MAX_HEAD_BYTES or self.head_lines > MAX_HEAD_LINES:
            raise self._too_large()
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """Twisted would only close the connection, as if the host had."""
        raise self._too_large()

    def _too_large(self) -> FetchFailed:
        words = f"the headers are larger than {MAX_HEAD_BYTES // 1024} KiB or {MAX_HEAD_LINES} lines"
        return FetchFailed(FetchOutcome.TOO_LARGE, words)

    def statusReceived(self, status: bytes) -> None:
        """Twisted reads `HTTP/9.9 +2_00` as a status; a number without end would not fit the store either."""
        if not _STATUS(status):
            raise FetchFailed(FetchOutcome.UNREACHABLE, f"the answer is no HTTP/1: it begins with {status[:60]!r}")
        super().statusReceived(status)

    def _finished(self, rest: bytes) -> None:
        """A body where none may be (204, 304), or more than was announced, must not be read as the next answer."""
        announced = self.connHeaders.getRawHeaders(b"content-length", [b"0"])[-1].strip()
        unwanted = self.response.code in self.NO_BODY_CODES and (
            announced != b"0" or self.connHeaders.hasHeader(b"transfer-encoding")
        )
        if rest or unwanted:
            self.connHeaders.setRawHeaders(b"connection", [b"close"])
        super()._finished(rest)


class _Protocol(http11._LenientHTTP11ClientProtocol):  # type: ignore[misc]
    """Reads one answer after the other of one connection."""

    def request(self, request: Any) -> Any:
        answer = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = _Parser  # Twisted names its parser in the code; ours adds no state of its own
        return answer

    def dataReceived(self, data: bytes) -> None:
        """As Twisted's, but a host whose answer is given up is not listened to while it says goodbye."""
        try:
            self._parser.dataReceived(data)
        except BaseException:  # what it is becomes the outcome, see crawler.outcome
            failure = Failure()
            self.transport.abortConnection()
            self._disconnectParser(failure)


class _Factory(http11._LenientHTTP11ClientFactory):  # type: ignore[misc]
    def buildProtocol(self, addr: Any) -> Any:
        return _Protocol(self._quiescentCallback)


class Handler(http11.HTTP11DownloadHandler):  # type: ignore[misc]
    """For both http and https."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory

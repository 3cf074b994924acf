from __future__ import annotations

import pytest
from scrapy import exceptions as scrapy
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseFailed

from crawler.outcome import MAX_WORDS, WEIGHT, WORTH_RETRYING, FetchFailed, of_exception, of_status, retry_after_ms
from store.model import FetchOutcome as O
from tests.unit.crawler.conftest import NOON


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, O.FETCHED), (404, O.GONE), (410, O.GONE), (429, O.TOO_MANY), (503, O.TOO_MANY), (500, O.HTTP_ERROR),
     (403, O.HTTP_ERROR), (204, O.HTTP_ERROR), (206, O.HTTP_ERROR), (302, O.HTTP_ERROR)],
)  # fmt: skip
def test_statuses(status: int, outcome: O) -> None:
    assert of_status(status, False)[0] is outcome


def test_304_counts_only_when_it_was_asked_for() -> None:
    assert of_status(304, True)[0] is O.NOT_MODIFIED
    assert of_status(304, False)[0] is O.HTTP_ERROR


@pytest.mark.parametrize(
    ("bad", "outcome"),
    [
        (scrapy.DownloadTimeoutError("x"), O.TIMEOUT),
        (TimeoutError(), O.TIMEOUT),
        (scrapy.ResponseDataLossError(), O.TRUNCATED),
        (scrapy.DownloadCancelledError("x"), O.TOO_LARGE),
        (scrapy.CannotResolveHostError("x"), O.UNREACHABLE),
        (scrapy.DownloadConnectionRefusedError("x"), O.UNREACHABLE),
        (scrapy.DownloadFailedError("x"), O.UNREACHABLE),
        (ConnectionResetError("x"), O.UNREACHABLE),
        (FetchFailed(O.ROBOTS_DENIED, "why"), O.ROBOTS_DENIED),
        (ValueError("odd"), O.UNREACHABLE),
    ],
)
def test_exceptions_each_with_words(bad: Exception, outcome: O) -> None:
    found, words = of_exception(bad)
    assert found is outcome
    assert words


def _wrapped(inner: BaseException) -> Exception:
    """As Scrapy hands over what Twisted's parser raised."""
    failed = ResponseFailed([Failure(inner)])
    outer = scrapy.DownloadFailedError(str(failed))
    outer.__cause__ = failed
    return outer


def test_an_outcome_of_ours_is_found_under_the_layers_above_the_wire() -> None:
    assert of_exception(_wrapped(FetchFailed(O.TOO_LARGE, "the headers"))) == (O.TOO_LARGE, "the headers")


@pytest.mark.parametrize("inner", [ParseError("x", b"y"), ValueError("Invalid Content-Length"), KeyError(b"gzip")])
def test_an_answer_that_is_no_http_is_called_so(inner: Exception) -> None:
    outcome, words = of_exception(_wrapped(inner))
    assert outcome is O.UNREACHABLE
    assert words.startswith("the answer is no HTTP that can be read (")


def test_what_a_host_writes_into_a_message_can_be_stored() -> None:
    _, words = of_exception(FetchFailed(O.TARGET_REFUSED, "a\0b\ud800\x1b[31m" + "c" * 9000))
    assert len(words) <= MAX_WORDS
    assert words.isprintable()
    assert words.encode()
    loop = ValueError("x")
    loop.__cause__ = OSError("y")
    loop.__cause__.__cause__ = loop
    assert of_exception(loop)[0] is O.UNREACHABLE


def test_every_failure_has_a_weight_and_success_has_none() -> None:
    assert set(O) - set(WEIGHT) == {O.FETCHED, O.NOT_MODIFIED}
    assert set(WEIGHT) >= WORTH_RETRYING
    assert set(WEIGHT.values()) == {1.0, 0.5, 0.25}


@pytest.mark.parametrize(
    ("header", "wait"),
    [("0000000000120", 120_000), ("-120", None), ("1.5", None), ("1e3", None), ("²", None), ("9" * 5000, 86_400_000),
     ("Fri, 20 Nov 2026 05:10:00 -0000", 600_000), ("Fri, 20 Nov 9999 05:10:00 GMT", 86_400_000),
     ("Fri, 20 Nov 99999 05:10:00 GMT", None), ("Fri, 20 Nov 2026 05:10:00 +99999999999999", None), ("\0", None),
     ("120", 120_000), ("999999999999", 86_400_000), ("Fri, 20 Nov 2026 05:10:00 GMT", 600_000),
     ("Fri, 20 Nov 2020 05:10:00 GMT", 0), ("soon", None), ("", None), (None, None)],
)  # fmt: skip
def test_retry_after(header: str | None, wait: int | None) -> None:
    assert retry_after_ms(header, NOON) == wait

"""What a host can do on the wire: each has its exact outcome, and another source's feed in the same crawl arrives."""

from __future__ import annotations

import contextlib
import gzip
import logging
import socket
import zlib
from typing import Any

import pytest

from crawler.read import read
from store.errors import Permanent
from store.model import FetchOutcome as O
from tests.abuse import rawtown
from tests.abuse.rawtown import MINUTE, NOON, RSS, Desk, RawTown, answer, drip, reset, source

town, desk = rawtown.town, rawtown.desk
pytestmark = pytest.mark.slow


def gz(body: bytes = RSS, times: int = 1) -> bytes:
    for _ in range(times):
        body = gzip.compress(body, mtime=0)
    return body


def chunked(*parts: bytes) -> bytes:
    return answer(b"".join(parts), length=False, Transfer_Encoding="chunked")


def head(*lines: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join((*lines, b"", body))


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


OK = b"HTTP/1.1 200 OK"
LENGTH = b"Content-Length: %d" % len(RSS)
FLOOD = b"X-Rac: " + b"r" * 400 + b"\r\n"

# name: (what is said, outcome, words of the message)
BAD: dict[str, tuple[Any, O, str]] = {
    # the status line
    "silence": (drip(b"", b""), O.TIMEOUT, "in time"),
    "hangs up": (b"", O.UNREACHABLE, "connection"),
    "HTTP/0.9": (b"<html>chao</html>\r\n\r\n", O.UNREACHABLE, "no HTTP/1"),
    "no status line": (b"Content-Type: text/html\r\n\r\nx", O.UNREACHABLE, "no HTTP/1"),
    "TLS": (b"\x15\x03\x01\x00\x02\x02\x28\n", O.UNREACHABLE, "no HTTP/1"),
    "another protocol": (b"220 mail.bencang.example ESMTP\r\n", O.UNREACHABLE, "no HTTP/1"),
    "a status of 30 digits": (head(b"HTTP/1.1 " + b"9" * 30 + b" OK", LENGTH, body=RSS), O.UNREACHABLE, "no HTTP/1"),
    "a negative status": (head(b"HTTP/1.1 -200 OK", LENGTH, body=RSS), O.UNREACHABLE, "no HTTP/1"),
    "a status in words": (head(b"HTTP/1.1 OK", LENGTH, body=RSS), O.UNREACHABLE, "no HTTP/1"),
    "an underlined status": (head(b"HTTP/1.1 2_0 OK", LENGTH, body=RSS), O.UNREACHABLE, "no HTTP/1"),
    "an unknown status": (head(b"HTTP/1.1 799 Huh", LENGTH, body=RSS), O.HTTP_ERROR, "HTTP 799"),
    "an endless status line": (b"HTTP/1.1 200 " + b"K" * 70_000, O.TOO_LARGE, "headers are larger"),
    "a status line that drips": (drip(b"HTTP/1.1 200 ", b"K"), O.TIMEOUT, "in time"),
    # the headers
    "headers that drip": (drip(OK + b"\r\n", b"X-Rac: 1\r\n"), O.TIMEOUT, "in time"),
    "a header that drips": (drip(OK + b"\r\nX-Rac: ", b"r"), O.TIMEOUT, "in time"),
    "a huge header": (head(OK, b"X-Rac: " + b"r" * 20_000, LENGTH, body=RSS), O.TOO_LARGE, "headers are larger"),
    "100,000 headers": (OK + b"\r\n" + b"X-Rac: r\r\n" * 100_000, O.TOO_LARGE, "headers are larger"),
    "64 KiB in few headers": (head(OK, *[b"X-Rac: " + b"r" * 9000] * 8, LENGTH, body=RSS), O.TOO_LARGE, "headers are"),
    "an endless folded header": (OK + b"\r\nX-Rac: r\r\n" + b" r\r\n" * 50_000, O.TOO_LARGE, "headers are larger"),
    "headers cut off": (OK + b"\r\nContent-Type: text/ht", O.UNREACHABLE, "connection"),
    "reset in the headers": (reset(OK + b"\r\nContent-"), O.UNREACHABLE, "connection"),
    "a flood of 1xx": (b"HTTP/1.1 102 Processing\r\n\r\n" * 5000, O.TOO_LARGE, "headers are larger"),
    "1xx that drip": (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 60), O.TIMEOUT, "in time"),
    # the length
    "a negative length": (head(OK, b"Content-Length: -5", body=RSS), O.UNREACHABLE, "no HTTP that can be read"),
    "a length in words": (head(OK, b"Content-Length: dai", body=RSS), O.UNREACHABLE, "no HTTP that can be read"),
    "two lengths": (head(OK, LENGTH, b"Content-Length: 7", body=RSS), O.UNREACHABLE, "no HTTP that can be read"),
    "a length of 5000 digits": (head(OK, b"Content-Length: " + b"9" * 5000, body=RSS), O.UNREACHABLE, "no HTTP that"),
    "a length of 20 digits": (head(OK, b"Content-Length: " + b"9" * 20, body=RSS), O.TOO_LARGE, "max_body_bytes"),
    "too long a length": (head(OK, b"Content-Length: 5000", body=RSS), O.TRUNCATED, "announced length"),
    "reset in the body": (reset(head(OK, b"Content-Length: 5000", body=RSS)), O.TRUNCATED, "announced length"),
    "a body that drips": (drip(head(OK, b"Content-Length: 5000"), b"x"), O.TIMEOUT, "in time"),
    "a body that drips without a length": (drip(head(OK), b"x"), O.TIMEOUT, "in time"),
    "a body without end": (drip(head(OK), b"x" * 100_000, 200, 0.0), O.TOO_LARGE, "max_body_bytes"),
    "a body too large": (answer(b"x" * 1_000_001), O.TOO_LARGE, "max_body_bytes"),
    # chunks
    "a chunk of no size": (chunked(b"zz\r\n", RSS), O.TRUNCATED, "announced length"),
    "a chunk of negative size": (chunked(b"-5\r\n", RSS), O.TRUNCATED, "announced length"),
    "a chunk of 2^64": (chunked(b"ffffffffffffffff\r\n", RSS), O.TRUNCATED, "announced length"),
    "a chunk without its end": (chunked(b"5\r\nhelloworld\r\n0\r\n\r\n"), O.TRUNCATED, "announced length"),
    "no last chunk": (chunked(b"5\r\nhello\r\n"), O.TRUNCATED, "announced length"),
    "an endless chunk extension": (chunked(b"5;" + b"x" * 70_000), O.TRUNCATED, "announced length"),
    "endless trailers": (chunked(b"5\r\nhello\r\n0\r\n", b"X-Rac: r\r\n" * 20_000), O.TRUNCATED, "announced length"),
    "chunks without end": (drip(chunked(), b"2710\r\n" + b"x" * 10_000 + b"\r\n", 500, 0.0), O.TOO_LARGE, "max_body"),
    "chunks that drip": (drip(chunked(), b"1\r\nx\r\n"), O.TIMEOUT, "in time"),
    "an unknown transfer coding": (
        answer(RSS, length=False, Transfer_Encoding="gzip"), O.UNREACHABLE, "no HTTP that can be read"),
    # encodings
    "a gzip bomb": (answer(gz(b"\0" * 50_000_000), Content_Encoding="gzip"), O.TOO_LARGE, "after decompression"),
    "a bomb in a bomb": (
        answer(gz(b"\0" * 50_000_000, 3), Content_Encoding="gzip, gzip, gzip"), O.TOO_LARGE, "after decompression"),
    "a deflate bomb": (
        answer(zlib.compress(b"\0" * 50_000_000), Content_Encoding="deflate"), O.TOO_LARGE, "after decompression"),
    "ten layers": (answer(gz(RSS, 10), Content_Encoding=", ".join(["gzip"] * 10)), O.HTTP_ERROR, "10 layers"),
    "20,000 gzip members": (answer(gz(b"") * 20_000, Content_Encoding="gzip"), O.TOO_LARGE, "members"),
    "half a gzip": (answer(gz()[:-20], Content_Encoding="gzip"), O.TRUNCATED, "ends early"),
    "a damaged gzip": (
        answer(gz()[:20] + b"\xff\xff" + gz()[22:], Content_Encoding="gzip"), O.TRUNCATED, "compressed body"),
    "plain text called gzip": (answer(RSS, Content_Encoding="gzip"), O.TRUNCATED, "damaged"),
    "plain text called deflate": (answer(RSS, Content_Encoding="deflate"), O.TRUNCATED, "damaged"),
    "an encoding that is none": (answer(RSS, Content_Encoding="x" * 9000), O.HTTP_ERROR, "did not ask for"),
    "brotli unasked": (answer(RSS, Content_Encoding="br"), O.HTTP_ERROR, "'br'"),
    # statuses
    "304 unasked": (answer(b"", "304 Not Modified"), O.HTTP_ERROR, "did not ask"),
    "304 unasked with a body": (answer(RSS, "304 Not Modified"), O.HTTP_ERROR, "did not ask"),
    "204": (answer(b"", "204 No Content"), O.HTTP_ERROR, "nothing in it"),
    "204 with a body": (answer(RSS, "204 No Content"), O.HTTP_ERROR, "nothing in it"),
    "205": (answer(b"", "205 Reset Content"), O.HTTP_ERROR, "nothing in it"),
    "206 unasked": (answer(RSS, "206 Partial Content", Content_Range="bytes 0-9/99"), O.HTTP_ERROR, "a part"),
    "300 with choices": (answer(RSS, "300 Multiple Choices", Location="/good"), O.HTTP_ERROR, "HTTP 300"),
    "403": (answer(b"no", "403 Forbidden"), O.HTTP_ERROR, "refuses us"),
    # redirects
    "redirect to itself": (redirect("/bad"), O.TOO_MANY_REDIRECTS, "more than 5"),
    "redirect without end": (redirect("/bad?a"), O.TOO_MANY_REDIRECTS, "more than 5"),
    "redirect to nowhere": (redirect(""), O.HTTP_ERROR, "HTTP 302"),
    "redirect without Location": (answer(b"", "301 Moved"), O.HTTP_ERROR, "HTTP 301"),
    "two different Locations": (
        head(b"HTTP/1.1 302 Found", b"Location: /a", b"Location: /b", b"Content-Length: 0"), O.HTTP_ERROR, "different"),
    "Location: half an IPv6": (redirect("http://[::1"), O.TARGET_REFUSED, "not an address"),
    "Location: a script": (redirect("javascript:alert(1)"), O.TARGET_REFUSED, "not http or https"),
    "Location: no port": (redirect("http://bencang.example:cong/"), O.TARGET_REFUSED, "not an address"),
    "Location: port 99999": (redirect("http://bencang.example:99999/"), O.TARGET_REFUSED, "not an address"),
    "Location: NUL": (redirect("/a\0b"), O.TARGET_REFUSED, "control characters"),
    "Location: no host": (redirect("http://"), O.TARGET_REFUSED, "not an address"),
    "Location: no UTF-8": (
        head(b"HTTP/1.1 302 Found", b"Location: /tr\xe8ng-\xff", b"Content-Length: 0"), O.GONE, "HTTP 404"),
    "Location: 15 KB": (redirect("/" + "a" * 15_000), O.GONE, "HTTP 404"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _good(town: RawTown) -> None:
    town.answers["/good"] = answer()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_has_its_outcome_and_stops_nobody(
    name: str, town: RawTown, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    said, outcome, words = BAD[name]
    town.answers["/bad"] = said
    bad, good = town.url("/bad"), town.url("/good", "localhost")
    with caplog.at_level(logging.ERROR):
        desk.crawl(source(bad), source(good, name="hoaphuong"))
    fetch = desk.fetch(bad)
    assert (fetch.outcome, fetch.body_hash) == (outcome, None), fetch.message
    assert words in fetch.message
    assert len(fetch.message) <= 300
    assert desk.body(good) == RSS
    assert "unexpected" not in caplog.text  # every kind is known
    assert all(row.lease_until == 0 for row in desk.store.channels())


# name: (what is said, the body that is kept)
ODD_BUT_GOOD: dict[str, tuple[Any, bytes]] = {
    "an empty body": (answer(b""), b""),
    "an empty gzip": (answer(b"", Content_Encoding="gzip"), b""),
    "no reason": (head(b"HTTP/1.1 200", LENGTH, body=RSS), RSS),
    "HTTP/1.0 and no length": (head(b"HTTP/1.0 200 OK", body=RSS), RSS),
    "bare line feeds": (b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(RSS) + RSS, RSS),
    "one 103 before it": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(), RSS),
    "a line without a colon": (head(OK, b"what is this", LENGTH, body=RSS), RSS),
    "the same length twice": (head(OK, LENGTH, LENGTH, body=RSS), RSS),
    "too short a length": (answer(RSS, Content_Length="10"), RSS[:10]),
    "length and chunks": (
        head(OK, LENGTH, b"Transfer-Encoding: chunked", body=b"5\r\nhello\r\n0\r\n\r\n"), b"hello"),
    "200 chunks of one octet": (chunked(*[b"1\r\nx\r\n"] * 200, b"0\r\n\r\n"), b"x" * 200),
    "190 headers": (head(OK, *[b"X-Rac: r"] * 190, LENGTH, body=RSS), RSS),
    "two gzip members": (answer(gz(RSS[:9]) + gz(RSS[9:]), Content_Encoding="gzip"), RSS),
    "deflate without its header": (answer(zlib.compress(RSS)[2:-4], Content_Encoding="deflate"), RSS),
    "a type that is none": (answer(RSS, Content_Type=";;; charset=\"; a/b/c"), RSS),
    "a type of 9 KB": (answer(RSS, Content_Type="text/" + "x" * 9000), RSS),
    "a type with NUL": (answer(RSS, Content_Type="text/\0html"), RSS),
    "a header that is no text": (head(OK, b"ETag: \xff\xfe\x00\"", LENGTH, body=RSS), RSS),
    "an unknown charset": (answer(RSS, Content_Type="text/xml; charset=khong-co"), RSS),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_BUT_GOOD)
def test_an_odd_answer_that_is_whole_is_kept_and_can_be_read(name: str, town: RawTown, desk: Desk) -> None:
    said, body = ODD_BUT_GOOD[name]
    town.answers["/bad"] = said
    bad, good = town.url("/bad"), town.url("/good", "localhost")
    ours = source(bad)
    desk.crawl(ours, source(good, name="hoaphuong"))
    assert desk.fetch(bad).outcome is O.FETCHED, desk.fetch(bad).message
    assert desk.body(bad) == body
    assert desk.body(good) == RSS
    with contextlib.suppress(Permanent):  # "this is no feed" is a sentence, not a crash
        read(desk.fetch(bad), body, ours, None)


def test_a_flood_of_headers_is_cut_off_long_before_its_end(town: RawTown, desk: Desk) -> None:
    sent = 0

    def flood(peer: socket.socket) -> None:
        nonlocal sent
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        peer.sendall(OK + b"\r\n")
        for _ in range(1000):
            peer.sendall(FLOOD * 250)
            sent += len(FLOOD) * 250

    town.answers["/bad"] = flood
    desk.crawl(source(town.url("/bad")))
    assert desk.fetch(town.url("/bad")).outcome is O.TOO_LARGE
    assert sent < len(FLOOD) * 250 * 1000 / 4  # what the kernel buffers, not the 100 MB of it


def test_a_body_behind_a_304_is_never_the_next_answer(town: RawTown, desk: Desk) -> None:
    smuggled = answer(b"<rss>bia</rss>")
    town.answers["/rss"] = [
        answer(RSS, ETag='"1"'),
        answer(smuggled, "304 Not Modified", ETag='"1"'),
        answer(RSS, ETag='"2"'),
    ]
    town.answers["/robots.txt"] = answer(b"", "404 Not Found")
    town.kept = {"/rss", "/robots.txt"}
    stats = desk.crawl(source(town.url("/rss")), until=NOON + 25 * MINUTE)
    assert stats.outcomes == {"fetched": 2, "not_modified": 1}
    assert {desk.bodies.get(f.body_hash) for f in desk.store.fetches_for(url=town.url("/rss")) if f.body_hash} == {RSS}


def test_what_is_said_behind_an_answer_is_never_the_next_one(town: RawTown, desk: Desk) -> None:
    town.answers["/rss"] = answer() + answer(b"<rss>bia</rss>")
    town.answers["/hai"] = answer(RSS + b" ")
    town.kept = {"/rss", "/hai", "/robots.txt"}
    desk.crawl(source(town.url("/rss"), town.url("/hai")))
    assert (desk.body(town.url("/rss")), desk.body(town.url("/hai"))) == (RSS, RSS + b" ")


@pytest.mark.parametrize(
    ("said", "wait_ms"),
    [("900", 900_000), ("0000000000900", 900_000), ("9" * 60, 24 * 60 * MINUTE), ("-900", None), ("soon", None),
     ("1.5", None), ("", None), ("\0", None), ("Fri, 20 Nov 2026 05:20:00 GMT", 20 * MINUTE),
     ("Fri, 20 Nov 2026 05:20:00 -0000", 20 * MINUTE), ("Fri, 20 Nov 9998 05:20:00 GMT", 24 * 60 * MINUTE),
     ("Fri, 20 Nov 1998 05:20:00 GMT", 0), ("Fri, 99 Nov 2026 05:20:00 GMT", None),
     ("Fri, 20 Nov 2026 05:20:00 +99999999999999", None)],
)  # fmt: skip
def test_retry_after_is_obeyed_up_to_a_day_and_nonsense_is_none(
    said: str, wait_ms: int | None, town: RawTown, desk: Desk
) -> None:
    town.answers["/bad"] = answer(b"", "503 Busy", Retry_After=said)
    bad, good = town.url("/bad"), town.url("/good", "localhost")
    desk.crawl(source(bad), source(good, name="hoaphuong"))
    assert desk.fetch(bad).outcome is O.TOO_MANY
    row = next(row for row in desk.store.channels() if row.url == bad)
    if wait_ms:
        assert row.next_due_at >= NOON + wait_ms
    assert NOON + 10 * MINUTE <= row.next_due_at <= NOON + 24 * 60 * MINUTE
    assert desk.body(good) == RSS

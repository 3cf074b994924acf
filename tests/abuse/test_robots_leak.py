"""robots.txt on the wire: nobody slips past it, by concurrency, by redirect or by spelling the host in another way."""

from __future__ import annotations

import itertools
import socket
import sys
import time
from typing import Any

import pytest

from store.model import FetchOutcome as O
from tests.abuse import rawtown
from tests.abuse.rawtown import MINUTE, NOON, RSS, Desk, RawTown, answer, listening, source

town, desk = rawtown.town, rawtown.desk
NO = answer(b"User-agent: *\nDisallow: /\n")
NONE = answer(b"none", "404 Not Found")
SECRET = "127.0.0.2"
needs_loopback_net = pytest.mark.skipif(sys.platform == "darwin", reason="only 127.0.0.1 is on loopback there")


def redirect(to: str) -> bytes:
    return answer(b"", "302 Found", Location=to)


def slow(said: bytes) -> Any:
    def script(peer: socket.socket) -> None:
        time.sleep(0.4)
        peer.sendall(said)

    return script


@needs_loopback_net
@pytest.mark.slow
def test_thirty_hosts_at_once_do_not_slip_past_a_slow_robots_txt(desk: Desk) -> None:
    """Thirty outlets redirect to one host at the same moment; its robots.txt takes its time and then says no."""
    hosts = [f"127.0.1.{i}" for i in range(1, 31)]
    with listening(RawTown(), *hosts, SECRET) as town:
        town.answers[f"{SECRET}/robots.txt"] = slow(NO)
        for i, host in enumerate(hosts):
            town.answers[f"{host}/rss"] = redirect(town.url(f"/rieng/{i}", SECRET))
            town.answers[f"{SECRET}/rieng/{i}"] = answer()
        stats = desk.crawl(source(*[town.url("/rss", host) for host in hosts]))
        assert town.paths(SECRET) == ["/robots.txt"]
    assert stats.outcomes == {"robots_denied": 30}
    assert desk.fetch(town.url("/rss", hosts[0])).robots == f"{SECRET}: disallowed: Disallow: /"


@needs_loopback_net
@pytest.mark.slow
@pytest.mark.parametrize("said", [answer(b"", "503 Busy"), b"", b"\x15\x03\x01"], ids=["503", "hangs up", "no HTTP"])
def test_nor_past_one_that_cannot_be_had_and_it_is_asked_once(said: bytes, desk: Desk) -> None:
    hosts = [f"127.0.1.{i}" for i in range(1, 11)]
    with listening(RawTown(), *hosts, SECRET) as town:
        town.answers[f"{SECRET}/robots.txt"] = slow(said)
        for host in hosts:
            town.answers[f"{host}/rss"] = redirect(town.url("/rieng", SECRET))
        stats = desk.crawl(source(*[town.url("/rss", host) for host in hosts]))
        assert town.paths(SECRET) == ["/robots.txt"]
    assert stats.outcomes == {"robots_unreachable": 10}


@needs_loopback_net
@pytest.mark.slow
def test_the_second_host_of_a_redirect_has_its_rules_and_its_delay(desk: Desk) -> None:
    """The first host wants no delay; the second 0.4 s between requests, whoever sends us there."""
    desk.set(fetch_timeout_s=5.0)
    firsts = ["127.0.1.1", "127.0.1.2", "127.0.1.3"]
    with listening(RawTown(), *firsts, SECRET) as town:
        town.answers[f"{SECRET}/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 0.4\nDisallow: /rieng\n")
        for i, first in enumerate(firsts):
            town.answers[f"{first}/rss"] = redirect(town.url(f"/tin/{i}", SECRET))
            town.answers[f"{first}/rieng"] = redirect(town.url("/rieng", SECRET))
            town.answers[f"{SECRET}/tin/{i}"] = answer()
        desk.crawl(source(*[town.url(path, first) for first in firsts for path in ("/rss", "/rieng")]))
        times = [at for at, (host, _, _) in zip(town.times, town.log, strict=True) if host == SECRET]
        assert sorted(town.paths(SECRET)) == ["/robots.txt", "/tin/0", "/tin/1", "/tin/2"]
    assert min(b - a for a, b in itertools.pairwise(times[1:])) >= 0.37  # the host's clock starts at arrival
    for first in firsts:
        assert desk.body(town.url("/rss", first)) == RSS
        assert desk.fetch(town.url("/rieng", first)).outcome is O.ROBOTS_DENIED


@pytest.mark.parametrize("spelling", ["LOCALHOST", "localhost.", "LocalHost."])
def test_another_spelling_of_a_host_is_not_another_host(spelling: str, town: RawTown, desk: Desk) -> None:
    town.answers["/robots.txt"] = NO
    town.answers["/rss"] = answer()
    desk.crawl(source(town.url("/rss", "localhost"), town.url("/rss", spelling)))
    assert town.paths() == ["/robots.txt"]


def test_robots_txt_itself_may_be_redirected_to_another_host(desk: Desk, town: RawTown) -> None:
    """Its rules count for the host that was asked first (RFC 9309, 2.3.1.2)."""
    with listening(RawTown(port=town.port), "127.0.0.2") as other:
        town.answers["/robots.txt"] = redirect(other.url("/r/1", "127.0.0.2"))
        other.answers["/robots.txt"] = NONE
        for hop in range(1, 4):
            other.answers[f"/r/{hop}"] = redirect(f"/r/{hop + 1}")
        other.answers["/r/4"] = answer(b"User-agent: *\nDisallow: /rss\n")
        town.answers["/rss"] = answer()
        desk.crawl(source(town.url("/rss")))
        assert other.paths() == ["/r/1", "/r/2", "/r/3", "/r/4"]
    assert desk.fetch(town.url("/rss")).outcome is O.ROBOTS_DENIED
    assert "/rss" not in town.paths()


def test_a_robots_txt_that_never_ends_its_redirects_closes_the_host(town: RawTown, desk: Desk) -> None:
    town.answers["/robots.txt"] = redirect("/robots.txt")
    town.answers["/rss"] = answer()
    desk.crawl(source(town.url("/rss")))
    assert desk.fetch(town.url("/rss")).outcome is O.ROBOTS_UNREACHABLE
    assert "more than 5 redirects" in desk.fetch(town.url("/rss")).message
    assert town.paths() == ["/robots.txt"] * 6


@pytest.mark.parametrize(
    ("said", "outcome"),
    [(answer(b"User-agent: *\nDisallow: /b\n" + b"#" * 900_000), O.FETCHED),
     (answer(b"User-agent: *\nDisallow: /\n" + b"#" * 900_000), O.ROBOTS_DENIED),
     (answer(b"#" * 1_000_001), O.ROBOTS_UNREACHABLE),
     (answer(b"<html>"), O.FETCHED),
     (answer(b""), O.FETCHED),
     (answer(b"", "304 Not Modified"), O.ROBOTS_UNREACHABLE),
     (answer(b"", "204 No Content"), O.FETCHED),
     (answer(b"", "401 Who"), O.FETCHED),
     (answer(b"", "429 Slowly"), O.ROBOTS_UNREACHABLE),
     (answer(b"\x1f\x8b\x08", Content_Encoding="gzip"), O.ROBOTS_UNREACHABLE),
     (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300, O.ROBOTS_UNREACHABLE)],
    ids=["long", "long, no", "too long", "a page", "empty", "304", "204", "401", "429", "half a gzip", "headers"],
)  # fmt: skip
def test_what_may_stand_where_robots_txt_should_be(said: bytes, outcome: O, town: RawTown, desk: Desk) -> None:
    town.answers["/robots.txt"] = said
    town.answers["/rss"] = answer()
    desk.crawl(source(town.url("/rss")))
    assert desk.fetch(town.url("/rss")).outcome is outcome, desk.fetch(town.url("/rss")).message


def test_a_host_that_was_closed_stays_closed_until_it_is_reached_again(town: RawTown, desk: Desk) -> None:
    """Yesterday's rules do not open it: RFC 9309 2.3.1.4 lets us, we do not."""
    town.answers["/robots.txt"] = [answer(b"User-agent: *\nAllow: /\n"), answer(b"", "503 Busy")]
    town.answers["/rss"] = answer()
    rarely = source(town.url("/rss"))
    desk.crawl(rarely)
    desk.clock = NOON + 25 * 60 * MINUTE
    desk.crawl(rarely)
    assert desk.fetch(town.url("/rss")).outcome is O.ROBOTS_UNREACHABLE
    assert town.paths().count("/rss") == 1

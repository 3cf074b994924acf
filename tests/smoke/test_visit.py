"""A look at a few addresses: each once, with every promise of the crawl, and nothing left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from config.settings import Settings
from crawler.visit import MOST, Visited, visit
from store.model import FetchOutcome
from tests.smoke.sources_town import Town, open_town


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path, town: Town) -> Settings:
    proxy = f"http://127.0.0.1:{town.port}"
    return Settings(home=tmp_path, http_proxy=proxy, allow_loopback=True, host_delay_s=0, fetch_timeout_s=2)


def now() -> int:
    return time.time_ns() // 1_000_000


def test_each_round_sees_the_answers_of_the_rounds_before(town: Town, settings: Settings) -> None:
    town.says("http://a.example/1", "một")
    town.says("http://a.example/2", "hai")
    rounds: list[list[str]] = []

    def more(seen: Sequence[Visited]) -> list[str]:
        rounds.append([one.url for one in seen])
        return [["http://a.example/1"], ["http://a.example/1", "http://a.example/2"], []][len(rounds) - 1]

    found = visit(settings, more, now=now)
    assert rounds == [[], ["http://a.example/1"], ["http://a.example/1", "http://a.example/2"]]
    assert [one.body for one in found] == ["một".encode(), b"hai"]
    assert town.asked == ["http://a.example/robots.txt", "http://a.example/1", "http://a.example/2"]


def test_robots_txt_and_the_guard_hold_here_too(town: Town, settings: Settings) -> None:
    town.answers["http://a.example/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /kin\n")
    urls = ["http://a.example/kin", "http://10.0.0.1/", "http://mat.example/"]
    found = {one.url: one for one in visit(settings, lambda seen: [] if seen else urls, now=now)}
    outcomes = [found[url].fetch.outcome for url in urls]  # type: ignore[union-attr]
    assert outcomes == [FetchOutcome.ROBOTS_DENIED, FetchOutcome.TARGET_REFUSED, FetchOutcome.GONE]
    assert "http://a.example/kin" not in town.asked


def test_a_host_that_wants_to_be_left_alone_is_not_asked_on(town: Town, settings: Settings) -> None:
    town.answers["http://a.example/1"] = (429, {"Retry-After": "3600"}, b"")
    found = visit(settings, lambda seen: [] if seen else ["http://a.example/1", "http://a.example/2"], now=now)
    assert [one.fetch is None for one in found] == [False, True]
    assert "asked us to wait" in found[1].why
    assert "http://a.example/2" not in town.asked


def test_there_is_an_end_to_it(town: Town, settings: Settings) -> None:
    found = visit(settings, lambda seen: [f"http://a.example/{len(seen)}-{n}" for n in range(25)], now=now)
    assert len(found) == MOST


def test_what_was_not_asked_in_time_is_named(town: Town, settings: Settings) -> None:
    stop = threading.Event()
    stop.set()
    assert visit(settings, lambda _: ["http://a.example/"], now=now, stop=stop) == []
    town.answers["http://a.example/robots.txt"] = (200, {}, "User-agent: *\nCrawl-delay: 100\n")
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    (found,) = visit(settings, lambda seen: [] if seen else ["http://a.example/"], now=now, stop=stop)
    assert found.fetch is None
    assert found.why


def test_an_error_of_the_caller_s_own_comes_out(town: Town, settings: Settings) -> None:
    def more(_: Sequence[Visited]) -> list[str]:
        raise ValueError("of my own")

    with pytest.raises(ValueError, match="of my own"):
        visit(settings, more, now=now)
    assert visit(settings, lambda seen: [] if seen else ["http://a.example/"], now=now)[0].fetch is not None

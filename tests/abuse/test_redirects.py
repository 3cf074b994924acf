"""What a redirect carries to the next hop: who we are and the validators, never a key, never to another owner."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy.http import Request, Response

from config.settings import Settings
from crawler.middlewares import MAX_REDIRECTS, Redirects
from crawler.outcome import FetchFailed
from crawler.polite import Polite
from store.model import FetchOutcome as O

HERE = "https://api.bencang.example/v1/tin"
SAID = {
    "User-Agent": "HaiDang/1",
    "Accept": "*/*",
    "If-None-Match": '"1"',
    "Authorization": "Bearer k",
    "X-Api-Key": "k",
}


def follow(to: str, here: str = HERE, status: int = 302, **meta: Any) -> Request:
    request = Request(here, headers=SAID, meta={"download_timeout": 9, **meta})
    response = Response(here, status=status, headers={"Location": to})
    polite = Polite(Settings(home=Path()), lambda: 0)
    crawler = SimpleNamespace(spider=SimpleNamespace(polite=polite))
    return cast(Request, Redirects(cast(Any, crawler)).process_response(request, response))


def names(request: Request) -> set[str]:
    return {name.decode().lower() for name in request.headers}


def test_on_the_same_origin_everything_is_said_again() -> None:
    request = follow("/v2/tin")
    assert request.url == "https://api.bencang.example/v2/tin"
    assert names(request) == {name.lower() for name in SAID}
    assert (request.meta["redirects"], request.meta["download_timeout"]) == (1, 9)


@pytest.mark.parametrize(
    "to",
    ["https://kho.example/", "//kho.example/x", "http://api.bencang.example/", "https://api.bencang.example:8443/"],
)
def test_another_origin_hears_who_we_are_and_no_key(to: str) -> None:
    assert names(follow(to)) == {"user-agent", "accept", "if-none-match"}


@pytest.mark.parametrize("to", ["https://kho.example/", "http://api.bencang.example/v1/tin"])
def test_an_official_interface_does_not_send_our_key_elsewhere(to: str) -> None:
    with pytest.raises(FetchFailed, match="our key does not go there") as caught:
        follow(to, official=True)
    assert caught.value.outcome is O.TARGET_REFUSED
    assert follow("/v2", official=True).meta["official"] is True


def test_what_belongs_to_one_hop_stays_with_it() -> None:
    meta = follow("https://kho.example/", download_slot="a", proxy="b", robots="c", download_latency=1.0).meta
    assert not meta.keys() & {"download_slot", "proxy", "robots", "download_latency"}
    assert meta["first"].url == HERE


def test_the_sixth_hop_is_one_too_many() -> None:
    assert follow("/a", redirects=MAX_REDIRECTS - 1).meta["redirects"] == MAX_REDIRECTS
    with pytest.raises(FetchFailed) as caught:
        follow("/a", redirects=MAX_REDIRECTS)
    assert caught.value.outcome is O.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    ("to", "url"),
    [("/học-phí", "https://api.bencang.example/h%E1%BB%8Dc-ph%C3%AD"), ("?b", "https://api.bencang.example/v1/tin?b"),
     ("../a b", "https://api.bencang.example/a%20b"), ("HTTPS://KHO.example", "https://kho.example"),
     ("https://báo.example/", "https://xn--bo-mia.example/")],
)  # fmt: skip
def test_where_a_location_leads(to: str, url: str) -> None:
    assert follow(to).url == url


@pytest.mark.parametrize("status", [200, 300, 304, 305, 404])
def test_other_statuses_lead_nowhere(status: int) -> None:
    assert isinstance(follow("/a", status=status), Response)

"""Nobody leads us inside: by an address, a name, a redirect, a robots.txt or a DNS answer that changes."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from crawler import guard, reactor
from store.model import FetchOutcome as O
from tests.abuse import rawtown, ssrf
from tests.abuse.rawtown import RSS, Desk, RawTown, answer, listening, source

town, desk = rawtown.town, rawtown.desk
INSIDE = "http://10.0.0.1/quan-tri"


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


def test_the_list_is_long_and_its_forms_are_distinct() -> None:
    assert len(ssrf.FORMS) >= 150
    assert len(set(ssrf.FORMS.values())) == len(ssrf.FORMS)


@pytest.mark.parametrize("name", ssrf.FORMS)
def test_every_form_is_refused_in_words_before_anybody_is_asked(name: str) -> None:
    words = guard.url_refusal(ssrf.FORMS[name], allow_loopback=False)
    assert words is not None
    assert len(words.split()) >= 3
    assert len(words) < 400


@pytest.mark.parametrize("url", ssrf.PUBLIC)
def test_what_is_public_is_not_refused(url: str) -> None:
    assert guard.url_refusal(url, allow_loopback=False) is None


def test_opening_loopback_opens_loopback_alone() -> None:
    opened = {name for name, url in ssrf.FORMS.items() if guard.url_refusal(url, allow_loopback=True) is None}
    assert opened == {
        "loopback", "another loopback", "loopback, dot at the end", "loopback, full-width digits",
        "loopback, circled digits", "loopback, ideographic dots", "loopback, half-width dots", "loopback 6",
        "loopback 6, written out", "mapped, dotted", "mapped, hexadecimal", "mapped, written out",
        "localhost", "localhost, capitals", "localhost, dot", "localhost, below it",
        "localhost, a soft hyphen in it", "localhost, circled letters",
        "a fragment that looks like a host", "a query that looks like a host",
    }  # fmt: skip


@pytest.mark.slow
def test_behind_a_proxy_no_redirect_to_any_form_reaches_the_proxy(town: RawTown, desk: Desk) -> None:
    """The proxy is on loopback (an administrator's choice); loopback itself stays refused as a target."""
    host = "http://bencang.example"
    forms = {name: url for name, url in ssrf.FORMS.items() if "\n" not in url}  # no header can hold that
    for i, url in enumerate(forms.values()):
        town.answers[f"{host}/{i}"] = redirect(url)
    town.answers[f"{host}/good"] = answer()
    desk.set(allow_loopback=False, http_proxy=f"http://127.0.0.1:{town.port}")
    desk.crawl(source(*[f"{host}/{i}" for i in range(len(forms))], f"{host}/good"))
    for i, name in enumerate(forms):
        fetch = desk.fetch(f"{host}/{i}")
        assert fetch.outcome is O.TARGET_REFUSED, (name, fetch.outcome, fetch.message)
        assert fetch.message
    assert desk.body(f"{host}/good") == RSS
    assert all(path.startswith(host + "/") for path in town.paths())


@pytest.mark.slow
def test_asked_directly_no_form_is_connected_to(town: RawTown, desk: Desk) -> None:
    """As an address of a configured channel, for every form that the source file's own check lets through."""
    urls = {}
    for name, url in ssrf.FORMS.items():
        try:
            source(url)
        except ValueError:
            continue
        urls[name] = url
    assert len(urls) > 60
    desk.set(allow_loopback=False)
    try:
        desk.crawl(source(*[url for url in urls.values() if _scrapy_takes(url)]))
    finally:
        assert town.log == []
    for name, url in urls.items():
        if _scrapy_takes(url):
            assert desk.fetch(url).outcome in (O.TARGET_REFUSED, O.UNREACHABLE), (name, desk.fetch(url).message)


def _scrapy_takes(url: str) -> bool:
    from scrapy.http import Request

    try:
        made = Request(url)
    except ValueError:
        return False
    return guard.url_refusal(made.url, allow_loopback=False) is not None


# ── redirects ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("hops", [1, 3, 5])
def test_at_every_hop_of_every_kind(status: str, hops: int, town: RawTown, desk: Desk) -> None:
    for hop in range(1, hops):
        town.answers[f"/{hop}"] = redirect(f"/{hop + 1}", status)
    town.answers[f"/{hops}"] = redirect(INSIDE, status)
    desk.crawl(source(town.url("/1")))
    fetch = desk.fetch(town.url("/1"))
    assert fetch.outcome is O.TARGET_REFUSED
    assert "private network" in fetch.message
    assert town.paths()[-1] == f"/{hops}"


@pytest.mark.parametrize(
    "location",
    ["//10.0.0.1/x", "//169.254.169.254", "http://user@10.0.0.1/", "//bencang.example@10.0.0.1/", "file:///etc/passwd",
     "gopher://10.0.0.1:6379/_x", "data:text/plain,x", "ftp://10.0.0.1/", "http:10.0.0.1", "HTTP://10.0.0.1",
     "http://10.0.0.1:80/", "https://10.0.0.1/", "\thttp://10.0.0.1/", "http://10.0.0.1 ", "http://[::ffff:a00:1]/",
     "http://bencang.example:22/", "http:\\\\10.0.0.1\\", "http://10.0.0.1\\@bencang.example/"],
)  # fmt: skip
def test_every_kind_of_location(location: str, town: RawTown, desk: Desk) -> None:
    town.answers["/rss"] = redirect(location)
    desk.crawl(source(town.url("/rss")))
    assert desk.fetch(town.url("/rss")).outcome is O.TARGET_REFUSED, desk.fetch(town.url("/rss")).message


@pytest.mark.parametrize("location", ["/\\10.0.0.1/", "\\\\10.0.0.1\\x", "///10.0.0.1/", "@10.0.0.1", "/a/../../x"])
def test_what_only_looks_like_another_host_stays_with_this_one(location: str, town: RawTown, desk: Desk) -> None:
    town.answers["/rss"] = redirect(location)
    desk.crawl(source(town.url("/rss")))
    assert desk.fetch(town.url("/rss")).outcome in (O.GONE, O.TARGET_REFUSED)
    assert {host for host, _, _ in town.log} == {"127.0.0.1"}


@pytest.mark.parametrize("inside", [INSIDE, "http://169.254.169.254/", "//192.168.1.1/", "file:///etc/passwd"])
def test_robots_txt_that_leads_inside_closes_its_host(inside: str, town: RawTown, desk: Desk) -> None:
    town.answers["/robots.txt"] = redirect(inside)
    town.answers.update({"/rss": answer(), "/hai": answer()})
    desk.crawl(source(town.url("/rss"), town.url("/hai")))
    for path in ("/rss", "/hai"):
        fetch = desk.fetch(town.url(path))
        assert fetch.outcome is O.TARGET_REFUSED
        assert fetch.message.startswith("closed: robots.txt cannot be had: ")
    assert town.paths() == ["/robots.txt"]  # asked once for both


# ── names ───────────────────────────────────────────────────────────────────────────────────────────

Names = dict[str, list[list[str]]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[[Names], list[str]]:
    """A resolver that gives each name its answers in order (the last one for ever); returns the log of questions."""

    def install(known: Names) -> list[str]:
        asked: list[str] = []

        async def getaddrinfo(host: str, port: Any, **_: Any) -> list[Any]:
            asked.append(host)
            if host not in known:
                raise socket.gaierror(socket.EAI_NONAME, "no such name")
            answers = known[host]
            now = answers.pop(0) if len(answers) > 1 else answers[0]
            kinds = {True: socket.AF_INET6, False: socket.AF_INET}
            return [(kinds[":" in a], socket.SOCK_STREAM, 6, "", (a, 0)) for a in now]

        monkeypatch.setattr(reactor.loop(), "getaddrinfo", getaddrinfo)
        return asked

    return install


@pytest.mark.parametrize(
    "answers",
    [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["::ffff:10.0.0.1"], ["::"], ["0.0.0.0"],
     ["2606:4700::1111", "fd00::1"], ["8.8.8.8", "8.8.4.4", "1.1.1.1", "169.254.169.254"], ["fe80::1%2"],
     ["64:ff9b::a00:1"]],
)  # fmt: skip
def test_a_name_is_refused_if_any_of_its_addresses_is_inside(
    answers: list[str], names: Callable[[Names], list[str]], desk: Desk
) -> None:
    names({"bencang.example": [answers]})
    desk.crawl(source("http://bencang.example/rss"))
    fetch = desk.fetch("http://bencang.example/rss")
    assert fetch.outcome is O.TARGET_REFUSED
    assert fetch.message.startswith("bencang.example: ")


def test_a_name_without_addresses_is_unreachable(names: Callable[[Names], list[str]], desk: Desk) -> None:
    names({"bencang.example": [[]]})
    desk.crawl(source("http://bencang.example/rss", "http://hoaphuong.example/rss"))
    for url in ("http://bencang.example/rss", "http://hoaphuong.example/rss"):
        assert desk.fetch(url).outcome is O.UNREACHABLE
        assert "no address for" in desk.fetch(url).message


def test_the_address_that_was_checked_is_the_one_connected_to(
    names: Callable[[Names], list[str]], town: RawTown, desk: Desk
) -> None:
    """For the page and for robots.txt one question each; what a third would have said is never heard."""
    asked = names({"bencang.example": [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]})
    url = town.url("/rss", "bencang.example")
    town.answers["/rss"] = answer()
    desk.crawl(source(url))
    assert desk.body(url) == RSS
    assert asked == ["bencang.example"] * 2


def test_a_name_that_turns_inside_between_two_requests_is_refused(
    names: Callable[[Names], list[str]], town: RawTown, desk: Desk
) -> None:
    names({"bencang.example": [["127.0.0.1"], ["10.0.0.1"]]})
    url = town.url("/rss", "bencang.example")
    town.answers["/rss"] = answer()
    desk.crawl(source(url))
    assert desk.fetch(url).outcome is O.TARGET_REFUSED
    assert town.log == []


def test_a_redirect_to_a_name_that_is_inside(names: Callable[[Names], list[str]], town: RawTown, desk: Desk) -> None:
    names({"bencang.example": [["127.0.0.1"]], "kho.example": [["192.168.1.1"]]})
    town.answers["/rss"] = redirect("http://kho.example/")
    url = town.url("/rss", "bencang.example")
    desk.crawl(source(url))
    assert desk.fetch(url).outcome is O.TARGET_REFUSED
    assert desk.fetch(url).message.startswith("kho.example: 192.168.1.1 is a private network")


@pytest.mark.parametrize("host", ["báo-bến-cảng.example", "BENCANG.example", "bencang.example.", "so_gd.example"])
def test_names_of_every_script_and_spelling_are_reached(
    host: str, names: Callable[[Names], list[str]], town: RawTown, desk: Desk
) -> None:
    plain = host.rstrip(".").lower()
    names({plain.encode("idna").decode() if not plain.isascii() else plain: [["127.0.0.1"]]})
    url = town.url("/rss", host)
    town.answers["/rss"] = answer()
    desk.crawl(source(url))
    assert desk.body(url) == RSS, desk.fetch(url).message


def test_no_cookie_and_no_validator_of_one_host_reaches_another(town: RawTown, desk: Desk) -> None:
    with listening(RawTown(port=town.port), "127.0.0.2") as other:
        town.answers["/rss"] = answer(
            b"", "302 Found", Set_Cookie="a=1; Path=/", Location=other.url("/rss", "127.0.0.2")
        )
        other.answers["/rss"] = answer(RSS, Set_Cookie="b=2; Path=/", ETag='"1"')
        desk.crawl(source(town.url("/rss")), until=rawtown.NOON + 25 * rawtown.MINUTE)
        heads = [head.lower() for _, _, head in (*town.log, *other.log)]
    assert len(heads) == 8  # three visits on both, robots.txt once on both
    assert not any("cookie" in head or "referer" in head or "authorization" in head for head in heads)
    assert quote("b=2") not in "".join(heads)

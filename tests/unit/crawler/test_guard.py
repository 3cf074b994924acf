"""What is never connected to: addresses, names and ports. The long list of spellings is in tests/abuse/ssrf.py."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any

import pytest

from crawler import guard
from crawler.outcome import FetchFailed
from crawler.targets import name_refusal, port_refusal, refusal, target_of
from store.model import FetchOutcome
from tests.abuse.ssrf import PUBLIC_ADDRESSES

INSIDE = [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.3.4",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "192.0.2.1", "198.18.0.1", "168.63.129.16", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1",
    "2002:a9fe:a9fe::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_off_the_public_internet_are_refused_in_words(address: str) -> None:
    words = guard.refusal(address, allow_loopback=False)
    assert words is not None
    assert words.startswith(f"{address} ")


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_public_addresses_pass(address: str) -> None:
    assert guard.refusal(address, allow_loopback=False) is None


def test_every_range_that_python_knows_not_to_be_global_is_refused() -> None:
    """Its own tables as a second opinion: what it calls private and we let through must be a range we chose to."""
    ours = {"192.0.0.9/32", "192.0.0.10/32"}
    for network in (*ipaddress._IPv4Constants._private_networks, *ipaddress._IPv6Constants._private_networks):  # type: ignore[attr-defined]
        for address in (network[0], network[-1]):
            assert str(network) in ours or refusal(str(address), allow_loopback=False) is not None, network


def test_the_metadata_of_clouds_is_called_so() -> None:
    for address in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"):
        assert "metadata" in (refusal(address, allow_loopback=False) or "")


def test_the_loopback_switch_opens_loopback_and_nothing_else() -> None:
    opened = [a for a in INSIDE if guard.refusal(a, allow_loopback=True) is None]
    assert opened == ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"]  # and no tunnel to it


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]", "169.254.169.254"]
)
def test_every_spelling_of_a_private_host_is_refused(host: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        asyncio.run(guard.resolve(guard.host_of(f"http://{host}/x"), allow_loopback=False))
    assert caught.value.outcome is FetchOutcome.TARGET_REFUSED


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "::1", "10.0.0.1", "8.8", "010.8.8.8"]
)
def test_an_address_in_an_odd_spelling_is_refused_whatever_it_means(host: str) -> None:
    assert guard.literal_refusal(host, allow_loopback=False) is not None


@pytest.mark.parametrize(
    "host", ["bencang.example", "so_gd.example", "3.vn", "xn--bo-mia.example", "localhost.example"]
)
def test_names_of_public_hosts_may_be_asked(host: str) -> None:
    assert name_refusal(host, allow_loopback=False) is None


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.vn/a", "gopher://x.vn", "data:text/html,x", "http://", "http://[::1"]
)
def test_only_http_and_https(url: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        guard.host_of(url)
    assert caught.value.outcome is FetchOutcome.TARGET_REFUSED


@pytest.mark.parametrize(
    ("url", "origin"),
    [("http://BenCang.example/a", "http://bencang.example"), ("http://bencang.example:80", "http://bencang.example"),
     ("HTTPS://bencang.example.:443/", "https://bencang.example"), ("https://bencang.example:80/", "https://bencang.example:80"),
     ("http://[2405:4800::1]:8080/", "http://[2405:4800::1]:8080"), ("http://bencang.example:/", "http://bencang.example")],
)  # fmt: skip
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert target_of(url).origin == origin


def test_ports_of_web_servers_pass_and_those_of_services_do_not() -> None:
    assert all(port_refusal(port) is None for port in (80, 443, 8000, 8080, 8443, 8888, 9000, 49152, 65535))
    assert all(port_refusal(port) for port in (1, 22, 25, 81, 445, 1023, 3306, 5432, 6000, 6379, 9200, 11211, 27017))
    assert guard.url_refusal("http://127.0.0.1:22/", allow_loopback=True) is None  # a test's own server
    assert guard.url_refusal("http://bencang.example:22/", allow_loopback=True) is not None


class _Heard:
    def __init__(self) -> None:
        self.addresses: list[Any] = []
        self.complete = False

    def resolutionBegan(self, _: Any) -> None:
        return

    def addressResolved(self, address: Any) -> None:
        self.addresses.append((address.host, address.port))

    def resolutionComplete(self) -> None:
        self.complete = True


def test_the_resolver_knows_the_pins_and_nothing_else() -> None:
    resolver = guard.PinnedResolver()
    resolver.pin("bencang.example", ("203.162.0.181", "2405:4800::1"))
    for name, found in (("BenCang.example.", [("203.162.0.181", 80), ("2405:4800::1", 80)]), ("localhost", [])):
        heard = _Heard()
        resolver.resolveHostName(heard, name, 80)
        assert (heard.addresses, heard.complete) == (found, True)


def test_links_to_ever_new_hosts_do_not_fill_the_memory() -> None:
    resolver = guard.PinnedResolver()
    resolver.pin("cu.example", ("8.8.8.8",))
    for i in range(guard.MAX_PINS):
        resolver.pin(f"a{i}.example", ("8.8.8.8",))
    assert len(resolver.pins) == guard.MAX_PINS
    assert "cu.example" not in resolver.pins
    assert f"a{guard.MAX_PINS - 1}.example" in resolver.pins

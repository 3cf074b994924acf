"""What is never connected to, in every spelling."""

from __future__ import annotations

import asyncio

import pytest

from crawler import guard
from crawler.outcome import FetchFailed
from store.model import FetchOutcome

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.3.4",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "192.0.2.1", "198.18.0.1", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1",
    "2002:a9fe:a9fe::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_off_the_public_internet_are_refused(address: str) -> None:
    assert guard.refusal(address, allow_loopback=False) is not None


@pytest.mark.parametrize("address", ["203.162.0.181", "8.8.8.8", "2001:4860:4860::8888", "2405:4800::1"])
def test_public_addresses_pass(address: str) -> None:
    assert guard.refusal(address, allow_loopback=False) is None


def test_the_loopback_switch_opens_loopback_and_nothing_else() -> None:
    opened = [a for a in PRIVATE if guard.refusal(a, allow_loopback=True) is None]
    assert opened == ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"]


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]", "169.254.169.254"]
)
def test_every_spelling_of_a_private_host_is_refused_after_resolution(host: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        asyncio.run(guard.resolve(guard.host_of(f"http://{host}/x"), allow_loopback=False))
    assert caught.value.outcome is FetchOutcome.TARGET_REFUSED


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "::1", "10.0.0.1"])
def test_behind_a_proxy_literal_addresses_are_still_refused(host: str) -> None:
    assert guard.literal_refusal(host, allow_loopback=False) is not None
    assert guard.literal_refusal("bencang.example", allow_loopback=False) is None


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.vn/a", "gopher://x.vn", "data:text/html,x", "http://", "http://[::1"]
)
def test_only_http_and_https(url: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        guard.host_of(url)
    assert caught.value.outcome is FetchOutcome.TARGET_REFUSED

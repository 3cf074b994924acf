"""What we never connect to: anything but http(s), and any address that is not on the public Internet.

A host name is resolved once per request, every address is checked, and the connection is made to exactly those
addresses (:class:`PinnedResolver`), so a name that changes its answer between check and use gains nothing.

With ``settings.http_proxy`` the proxy resolves and connects, so only literal addresses can be checked here: the
guard then relies on the proxy's own rules. ``settings.allow_loopback`` lets 127.0.0.0/8 and ::1 through, for the
demo and the tests; everything else stays refused.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from crawler.outcome import FetchFailed
from store.model import FetchOutcome

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
DNS_TIMEOUT_S = 10.0


def refusal(address: str, allow_loopback: bool) -> str | None:
    """Why this address is refused, in words; None when it is a public one."""
    ip = _inner(ipaddress.ip_address(address.partition("%")[0]))
    if ip.is_loopback:
        return None if allow_loopback else f"{address} is this machine itself"
    if ip.is_link_local:
        return f"{address} is link-local (where clouds keep their metadata)"
    if ip.is_multicast or ip.is_unspecified or ip.is_reserved:
        return f"{address} is no host's address"
    return None if ip.is_global else f"{address} is not on the public Internet"


def _inner(ip: Address) -> Address:
    """The IPv4 address that an IPv6 one only wraps: mapped, 6to4, Teredo, NAT64."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        return wrapped or ip
    return ip


def host_of(url: str) -> str:
    """The host of an http(s) address; raises :class:`FetchFailed` (target refused) for anything else."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as bad:
        raise FetchFailed(FetchOutcome.TARGET_REFUSED, f"not an address: {url[:200]!r} ({bad})") from bad
    if parts.scheme not in ("http", "https") or not host:
        raise FetchFailed(FetchOutcome.TARGET_REFUSED, f"not http or https: {url[:200]!r}")
    return host


async def resolve(host: str, allow_loopback: bool) -> tuple[str, ...]:
    """The host's addresses, all of them public; raises :class:`FetchFailed` if one is not, or there is none."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(DNS_TIMEOUT_S):
            found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except TimeoutError as bad:
        raise FetchFailed(FetchOutcome.UNREACHABLE, f"no answer about {host} within {DNS_TIMEOUT_S:.0f} s") from bad
    except (OSError, UnicodeError) as bad:
        raise FetchFailed(FetchOutcome.UNREACHABLE, f"no address for {host} ({bad})") from bad
    addresses = tuple(dict.fromkeys(str(info[4][0]) for info in found))
    for address in addresses:
        if why := refusal(address, allow_loopback):
            raise FetchFailed(FetchOutcome.TARGET_REFUSED, f"{host}: {why}")
    return addresses


def literal_refusal(host: str, allow_loopback: bool) -> str | None:
    """For a proxied request: the refusal of a host that is itself an address, in any spelling; None for a name."""
    try:
        return refusal(host, allow_loopback)
    except ValueError:
        pass
    try:
        return refusal(socket.inet_ntoa(socket.inet_aton(host)), allow_loopback)  # 2130706433, 0x7f.1, 0177.1
    except OSError:
        return None


class PinnedResolver:
    """The reactor's only resolver: it knows the addresses that passed the guard, and asks nobody."""

    def __init__(self) -> None:
        self.pins: dict[str, tuple[str, ...]] = {}

    def install(self, reactor: Any) -> None:
        """Make every connection of this reactor go through the pins."""
        from twisted.internet.interfaces import IHostnameResolver
        from zope.interface import directlyProvides  # type: ignore[import-untyped]

        directlyProvides(self, IHostnameResolver)
        reactor.installNameResolver(self)

    def resolveHostName(
        self,
        receiver: Any,
        hostName: str,
        portNumber: int = 0,
        *_: Any,
        **__: Any,
    ) -> Any:
        """Twisted asks; answers come from the pins only."""
        from scrapy.resolver import HostResolution
        from twisted.internet.address import IPv4Address, IPv6Address

        resolution = HostResolution(hostName)
        receiver.resolutionBegan(resolution)
        for address in self.pins.get(hostName, ()):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, portNumber))
        receiver.resolutionComplete()
        return resolution

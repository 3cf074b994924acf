"""What we never connect to: anything but http(s), and any address that is not on the public Internet.

A host name is resolved once per request, every address is checked, and the connection is made to exactly those
addresses (:class:`PinnedResolver`), so a name that changes its answer between check and use gains nothing.

With ``settings.http_proxy`` the proxy resolves and connects, so only what the URL itself says can be checked here
(addresses in any spelling, names of private networks, ports): for the rest the guard relies on the proxy's own rules.
``settings.allow_loopback`` lets 127.0.0.0/8 and ::1 through at any port, for the demo and the tests; everything else
stays refused. The tables are in :mod:`crawler.targets`.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from crawler.outcome import FetchFailed
from crawler.targets import Target, host_of, name_refusal, port_refusal, refusal, target_of
from store.model import FetchOutcome

__all__ = ["PinnedResolver", "host_of", "literal_refusal", "refusal", "resolve", "target_of", "url_refusal"]

DNS_TIMEOUT_S = 10.0
MAX_PINS = 10_000
"""Far more than can be in flight: a site whose links name ever new hosts must not fill the memory."""


def literal_refusal(host: str, allow_loopback: bool) -> str | None:
    """The refusal of a host by what the URL says of it alone; None when somebody must be asked about it."""
    return name_refusal(host, allow_loopback)


def url_refusal(url: str, allow_loopback: bool) -> str | None:
    """Why this URL would never be asked, without resolving anything: for whoever takes addresses from people."""
    try:
        _by_name(target_of(url), allow_loopback)
    except FetchFailed as bad:
        return str(bad)
    return None


def _by_name(target: Target, allow_loopback: bool) -> None:
    if why := name_refusal(target.host, allow_loopback):
        raise FetchFailed(FetchOutcome.TARGET_REFUSED, why)
    if not (allow_loopback and _is_loopback(target.host)) and (why := port_refusal(target.port)):
        raise FetchFailed(FetchOutcome.TARGET_REFUSED, f"{target.host}: {why}")


def _is_loopback(host: str) -> bool:
    """Whether the name itself is one that ``allow_loopback`` opens."""
    return host.rpartition(".")[2] == "localhost" or (
        _is_address(host) and refusal(host, True) is None and refusal(host, False) is not None
    )


def _is_address(host: str) -> bool:
    try:
        refusal(host, False)
    except ValueError:
        return False
    return True


async def check(url: str, allow_loopback: bool, *, proxied: bool) -> tuple[Target, tuple[str, ...]]:
    """The target of ``url`` and the addresses to connect to (none when a proxy resolves).

    Raises :class:`FetchFailed`: target refused, or unreachable when nobody knows the name.
    """
    target = target_of(url)
    _by_name(target, allow_loopback)
    return target, () if proxied else await resolve(target.host, allow_loopback)


async def resolve(host: str, allow_loopback: bool) -> tuple[str, ...]:
    """The host's addresses, all of them public; raises :class:`FetchFailed` if one is not, or there is none."""
    if why := name_refusal(host, allow_loopback):
        raise FetchFailed(FetchOutcome.TARGET_REFUSED, why)
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
    if not addresses:
        raise FetchFailed(FetchOutcome.UNREACHABLE, f"no address for {host}")
    return addresses


class PinnedResolver:
    """The reactor's only resolver: it knows the addresses that passed the guard, and asks nobody."""

    def __init__(self) -> None:
        self.pins: dict[str, tuple[str, ...]] = {}

    def pin(self, host: str, addresses: tuple[str, ...]) -> None:
        """From now on ``host`` is at exactly these addresses; the hosts that were pinned longest ago are forgotten."""
        self.pins.pop(host, None)
        self.pins[host] = addresses
        while len(self.pins) > MAX_PINS:
            del self.pins[next(iter(self.pins))]

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
        for address in self.pins.get(_key(hostName), ()):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, portNumber))
        receiver.resolutionComplete()
        return resolution


def _key(host: str) -> str:
    """As :func:`crawler.targets.target_of` writes it; Twisted gives a name of another script in that script."""
    if host.isascii():
        return host.lower().removesuffix(".")
    import idna  # Twisted's own decoder, so that its names find their way back

    try:
        return idna.encode(host).decode("ascii").lower()
    except UnicodeError:
        return host

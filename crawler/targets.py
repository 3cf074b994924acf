"""Which addresses, names and ports are never connected to, and how a URL is read before anything else touches it.

Default deny for IPv6 (only global unicast passes); IPv4 by the IANA registry of special addresses. Written down here
and not taken from :mod:`ipaddress`, whose ``is_global`` changes between Python versions and knows no cloud.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.outcome import FetchFailed
from store.model import FetchOutcome

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PRIVATE, _METADATA = "a private network", "a machine's own cloud metadata"
_EXAMPLES, _PLUMBING = "kept for examples", "for the Internet's own plumbing and no web host's"
_IPV4 = {
    "0.0.0.0/8": "no host's address",
    "10.0.0.0/8": _PRIVATE,
    "100.100.100.200/32": _METADATA,
    "100.64.0.0/10": "a provider's inner network",
    "168.63.129.16/32": _METADATA,  # public by number, answered inside one cloud only
    "169.254.0.0/16": "link-local (where clouds keep their metadata)",
    "172.16.0.0/12": _PRIVATE,
    "192.0.0.0/24": _PLUMBING,
    "192.0.2.0/24": _EXAMPLES,
    "192.31.196.0/24": _PLUMBING,
    "192.52.193.0/24": _PLUMBING,
    "192.88.99.0/24": _PLUMBING,  # 6to4 relays
    "192.168.0.0/16": _PRIVATE,
    "192.175.48.0/24": _PLUMBING,
    "198.18.0.0/15": "for measuring networks",
    "198.51.100.0/24": _EXAMPLES,
    "203.0.113.0/24": _EXAMPLES,
    "224.0.0.0/4": "multicast, no host's address",
    "240.0.0.0/4": "no host's address",
}
_IPV6 = {  # inside 2000::/3, or for the sake of a better word than "not global unicast"
    "fd00:ec2::/32": _METADATA,
    "fd20:ce::/32": _METADATA,
    "fc00::/7": _PRIVATE,
    "fe80::/10": "link-local (where clouds keep their metadata)",
    "fec0::/10": "site-local, a private network",
    "ff00::/8": "multicast, no host's address",
    "64:ff9b:1::/48": "a local translation to IPv4",
    "100::/64": "where packets are thrown away",
    "2001::/23": _PLUMBING,  # Teredo, ORCHID, measuring, AS112
    "2001:db8::/32": _EXAMPLES,
    "2620:4f:8000::/48": _PLUMBING,
    "3fff::/20": _EXAMPLES,
    "5f00::/16": _PLUMBING,
}
_TABLE: tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str], ...] = tuple(
    (ipaddress.ip_network(block), words) for block, words in (*_IPV4.items(), *_IPV6.items())
)
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)

_INNER_NAMES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "private", "lan", "home", "corp", "onion", "arpa"}
)
"""Last labels that never lead to a public host (RFC 6761, 6762, 7686, 8375 and ICANN's reservations)."""
_POINT_INSIDE = ("nip.io", "sslip.io", "xip.io", "traefik.me", "localtest.me", "lvh.me", "vcap.me", "localho.st")
"""Public names whose purpose is to answer with inner addresses: behind a proxy nobody else would notice."""

# What browsers refuse (Fetch standard, "bad ports") and data stores, from 1024 up; below it only 80 and 443 pass.
_SERVICES = frozenset(
    {1080, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3128, 3306, 3389, 3659, 4045, 4190,
     4369, 5060, 5061, 5432, 5433, 5672, 5900, 5984, 6000, 6001, 6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669,
     6679, 6697, 7000, 7001, 8086, 9042, 9092, 9160, 9200, 9300, 10050, 10051, 10080, 10250, 10255, 11211, 15672,
     25565, 27017, 27018, 27019, 50000, 50070, 61616}
)  # fmt: skip

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_AUTHORITY = re.compile(r"(?:\[[^\[\]]+\]|[^\[\]:]+)(?::[0-9]{0,5})?").fullmatch
_SHAPE = re.compile(r"(?i)(https?)://([^/?#]*)([/?#].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """Scheme, host (lower case, no brackets, no dot at the end) and port of an http(s) address."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """One spelling for each ``scheme://host:port``: what robots.txt is kept by."""
        usual = 443 if self.scheme == "https" else 80
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def refusal(address: str, allow_loopback: bool) -> str | None:
    """Why this IP address is refused, in words; None when it is a public one. Raises ValueError for no address."""
    if "%" in address:
        ipaddress.ip_address(address.partition("%")[0])
        return f"{address} names a network card of this machine"
    said = ipaddress.ip_address(address)
    ip = _inner(said)
    if ip.is_loopback:
        tunnelled = said.version != ip.version and int(said) >> 32 != 0xFFFF
        return None if allow_loopback and not tunnelled else f"{address} is this machine itself"
    for block, words in _TABLE:
        if ip.version == block.version and ip in block:
            return f"{address} is {words}"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip not in _GLOBAL_UNICAST:
            return f"{address} is not on the public Internet"
        if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
            return f"{address} is a tunnel inside a private network"
    return None


def _inner(ip: Address) -> Address:
    """The IPv4 address that an IPv6 one only wraps: mapped, 6to4, NAT64 (what a network without IPv4 answers)."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip


def name_refusal(host: str, allow_loopback: bool) -> str | None:
    """Why this host, as a URL writes it, is refused before anybody is asked about it; None when it may be asked.

    An IP address is judged by :func:`refusal`; other spellings of one (decimal, hexadecimal, octal, short) are refused
    whatever they mean, because two programs read them differently.
    """
    bare = host.lower().removesuffix(".")
    try:
        return refusal(bare, allow_loopback)
    except ValueError:
        pass
    labels = bare.split(".")
    if len(bare) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return f"{host[:100]!r} is not a host name"
    if _NUMBER.fullmatch(labels[-1]):
        return f"{host} is an address in a spelling that programs read differently"
    return _private_name(host, bare, allow_loopback)


def _private_name(host: str, bare: str, allow_loopback: bool) -> str | None:
    last = bare.rpartition(".")[2]
    if last == "localhost":
        return None if allow_loopback else f"{host} is this machine itself"
    if last == bare or last in _INNER_NAMES:
        return f"{host} is a name of a private network"
    if any(bare == name or bare.endswith("." + name) for name in _POINT_INSIDE):
        return f"{host} is a name that points into private networks"
    return None


def port_refusal(port: int) -> str | None:
    """Why a public host is not asked at this port; None for 80, 443 and ports from 1024 that no known service has."""
    if port in (80, 443) or (port >= 1024 and port not in _SERVICES):
        return None
    return f"port {port} is not a web server's"


def target_of(url: str) -> Target:
    """What a URL leads to, read strictly; raises :class:`FetchFailed` (target refused) where two readers could differ.

    Refused: schemes other than http(s), a user or password, control characters, a backslash or a percent sign in the
    host, a port that is no number.
    """
    shape = _SHAPE.fullmatch(url)
    if shape is None:
        raise _refused(url, "not http or https")
    authority = shape[2]
    if any(c < " " or c == "\x7f" for c in url):
        raise _refused(url, "not an address: it holds control characters")
    if "@" in authority or "\\" in authority:
        raise _refused(url, "an address that names a user, or hides its host behind one")
    if not _AUTHORITY(authority):
        raise _refused(url, "not an address: its host or port cannot be read")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as bad:
        raise _refused(url, f"not an address ({bad})") from bad
    if port == 0 or not host:
        raise _refused(url, "not an address: no host, or port 0")
    host = _ascii(host, url)
    if ":" not in host and not re.fullmatch(r"[a-z0-9._-]+", host):
        raise _refused(url, "not an address: its host is not a host name")
    scheme = shape[1].lower()
    return Target(scheme, host.removesuffix("."), port or (443 if scheme == "https" else 80))


def host_of(url: str) -> str:
    """The host of an http(s) address; raises :class:`FetchFailed` as :func:`target_of` does."""
    return target_of(url).host


def _ascii(host: str, url: str) -> str:
    """As the network writes it: full-width digits and dots become what they stand for before they are judged."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as bad:
        raise _refused(url, f"not an address: no such host name ({bad})") from bad


def _refused(url: str, why: str) -> FetchFailed:
    return FetchFailed(FetchOutcome.TARGET_REFUSED, f"{why}: {url[:200]!r}")

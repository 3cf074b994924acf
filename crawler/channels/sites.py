"""Is it the same site? Hosts of one registered name count as one; a look-alike in another script does not."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

# Names under a two-letter country that registries hand out names below (com.vn, gov.vn, co.uk …). The public
# suffix list knows thousands; these are the ones under which the sites that we watch stand.
_SHARED = frozenset(
    {"com", "net", "org", "gov", "edu", "ac", "co", "biz", "info", "int", "name", "pro", "health", "mil", "go", "or"}
)


def site_of(url: str) -> str:
    """The registered name of an address's host (`tuoitre.vn` of `https://m.tuoitre.vn/x`); '' for no http(s) host.

    An IP address is its own site. Non-ASCII names are compared in their ASCII form.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").lower()
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED else 2
    return ".".join(labels[-keep:])

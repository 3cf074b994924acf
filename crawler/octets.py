"""Paths as robots.txt compares them: octet by octet, after RFC 9309 2.2.2 (and 2.2.3 for `*` and `$`).

Text in, ASCII out. Bytes that are no UTF-8 arrive as surrogate escapes and are compared as the octets that they were.
"""

from __future__ import annotations

import re

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AS_THEY_ARE = _UNRESERVED | frozenset(b":/?#[]@!&'()+,;=")  # reserved, without * and $: those are written %2A, %24
_HEX = frozenset(b"0123456789ABCDEFabcdef")
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?\[\]@!&'()+,;=]*").fullmatch
_IN_QUERY = re.compile(r"%(3A|2F|3F|23|5B|5D|40|21|26|27|28|29|2B|2C|3B|3D)")
_TARGET = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")


def normal(text: str) -> str:
    """Octets outside ASCII and signs that no URL may hold as %XX; %XX of letters, digits and `-._~` as themselves.

    An encoded reserved sign stays encoded: `/a%2Fb` and `/a/b` are two paths.
    """
    if _PLAIN(text):
        return text
    out: list[str] = []
    octets = text.encode("utf-8", "surrogateescape" if _escaped(text) else "surrogatepass")
    at = 0
    while at < len(octets):
        octet = octets[at]
        if octet == 0x25 and len(octets) > at + 2 and octets[at + 1] in _HEX and octets[at + 2] in _HEX:
            octet = int(octets[at + 1 : at + 3], 16)
            out.append(chr(octet) if octet in _UNRESERVED else f"%{octet:02X}")
            at += 3
            continue
        out.append(chr(octet) if octet in _AS_THEY_ARE else f"%{octet:02X}")
        at += 1
    return "".join(out)


def _escaped(text: str) -> bool:
    return not any("\ud800" <= c <= "\udc7f" or "\udd00" <= c <= "\udfff" for c in text)


def open_query(text: str) -> str:
    """A normal path whose query (behind the first `?`) has its reserved signs decoded.

    RFC 9309 2.2.2 counts `?baz=https://foo.bar` and `?baz=https%3A%2F%2Ffoo.bar` as one.
    """
    path, mark, query = text.partition("?")
    return path + mark + _IN_QUERY.sub(lambda found: chr(int(found[1], 16)), query) if mark else text


def path_of(url: str) -> str:
    """What rules are matched against: the path with its query, normal, dot segments resolved as a server does.

    ``url`` is absolute, or already a path. An empty query keeps its mark: `/a?` is not `/a`.
    """
    rest = url.partition("#")[0]
    rest = _TARGET.sub("", rest, count=1) if "://" in rest.partition("?")[0] else rest
    path, mark, query = rest.partition("?")
    path = normal(path if path.startswith("/") else "/" + path)
    return _without_dots(path) + mark + normal(query)


def _without_dots(path: str) -> str:
    segments = path.split("/")[1:]
    if "." not in segments and ".." not in segments:
        return path
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if segments[-1] in (".", "..") and kept else "")

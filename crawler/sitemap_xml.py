"""The bytes of a sitemap to its lines, one at a time: what is read is bounded, and nothing is fetched or expanded.

After https://www.sitemaps.org/protocol.html and Google's news sitemaps. Gzip is told by its first two bytes; image and
video extensions are passed over; a file that breaks off gives what stands before the break.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.text import decode

LARGEST = 50 * 1024 * 1024
"""Bytes of an uncompressed sitemap: the protocol's own limit."""
MOST = 50_000
"""Addresses of one sitemap: the protocol's own limit."""
_CHUNK = 65_536
_HEAD = 16_384  # the root element stands in it, behind comments and style sheets
_LONGEST_TEXT = 5_000  # letters of one element that are looked at


@dataclass(frozen=True, slots=True)
class Line:
    """One address as the file gives it; texts are stripped, '' where it says nothing. ``news``: has a news part."""

    position: int
    loc: str
    lastmod: str = ""
    news: bool = False
    title: str = ""
    published: str = ""


@dataclass(slots=True)
class Reading:
    """``kind``: urlset, sitemapindex, text or ''; ``why`` says why there is nothing; ``faults`` are (code, words)."""

    kind: str = ""
    lines: list[Line] = field(default_factory=list)
    why: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)


def read(body: bytes) -> Reading:
    """Everything the file lists, in its order. Never raises."""
    found = Reading()
    plain = _unpacked(body, found)
    if plain is None:
        return found
    head = plain[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not head:
        found.why = "not a sitemap: the body is empty"
    elif head.startswith(b"<"):
        _read_xml(plain, found)
    else:
        _read_text(plain, found)
    return found


def is_index(body: bytes) -> bool:
    """Does the file begin as an index of sitemaps? Only its head is unpacked: it is asked of every body."""
    head = body[:_HEAD]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, _HEAD)
        except zlib.error:
            return False
    return b"<sitemapindex" in head.replace(b"\0", b"") or b":sitemapindex" in head


def _unpacked(body: bytes, found: Reading) -> bytes | None:
    """The body without gzip, at most ``LARGEST`` bytes; what can be had of a damaged one; None when nothing can."""
    rest, parts, size = body, [], 0
    try:
        while rest.startswith(b"\x1f\x8b") and size <= LARGEST:
            machine = zlib.decompressobj(31)
            while not machine.eof and size <= LARGEST:
                part = machine.decompress(rest[:_CHUNK], LARGEST)
                rest = machine.unconsumed_tail + rest[_CHUNK:]
                parts.append(part)
                size += len(part)
                if not rest and not machine.eof:
                    raise zlib.error("it ends early")
            rest = machine.unused_data + rest
    except zlib.error as bad:
        found.faults.append(("gzip_broken", f"the gzip file is damaged ({bad}); what stands before is read"))
    plain = b"".join(parts) if parts else (b"" if body.startswith(b"\x1f\x8b") else body)
    if max(size, len(plain)) > LARGEST:
        found.why = f"not a sitemap: more than {LARGEST} bytes uncompressed"
        return None
    return plain


def _read_text(plain: bytes, found: Reading) -> None:
    text, _ = decode(plain, None)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    good = [line for line in lines if re.match(r"https?://\S+$", line)]
    if not good or len(good) * 2 < len(lines):
        found.why = "not a sitemap: neither XML nor a list of addresses"
        return
    found.kind = "text"
    if len(good) < len(lines):
        found.faults.append(("bad_line", f"{len(lines) - len(good)} lines are no address; left out"))
    _bounded(found, (Line(position, loc) for position, loc in enumerate(good)))


def _bounded(found: Reading, lines: Iterator[Line]) -> None:
    for line in lines:
        if len(found.lines) >= MOST:
            found.faults.append(("too_many_urls", f"more than {MOST} addresses; the rest is left out"))
            return
        found.lines.append(line)


_TAGS = tuple("{*}" + name for name in ("url", "sitemap", "urlset", "sitemapindex"))


def _read_xml(plain: bytes, found: Reading) -> None:
    from lxml import etree

    source = io.BytesIO(_utf8(plain))
    try:
        events = etree.iterparse(
            source,
            events=("start", "end"),
            encoding="utf-8",
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        _bounded(found, _lines(events, found))
        errors = [entry for entry in events.error_log if entry.level_name in ("ERROR", "FATAL")]
    except (etree.XMLSyntaxError, ValueError) as bad:
        if not found.lines:
            found.why = found.why or f"not a sitemap: not XML ({str(bad)[:120]})"
            return
        found.faults.append(("not_well_formed", f"the XML is broken: {str(bad)[:120]}; what could be read is kept"))
        return
    if errors and "Premature end" in errors[-1].message and found.lines:
        found.lines.pop()  # the file breaks off in it, perhaps in the middle of its address
    if errors and found.kind and not found.why:
        words = f"the XML is broken: line {errors[0].line}: {errors[0].message[:120]}; what could be read is kept"
        found.faults.append(("not_well_formed", words))
    if not found.kind and not found.why:
        found.why = "not a sitemap: not XML"


def _utf8(plain: bytes) -> bytes:
    """The bytes as UTF-8: most are, and then nothing is copied but once to look."""
    try:
        if not plain.startswith((b"\xff\xfe", b"\xfe\xff")):
            plain.decode("utf-8")
            return plain.removeprefix(b"\xef\xbb\xbf").lstrip()
    except UnicodeDecodeError:
        pass
    return decode(plain, None)[0].lstrip("\ufeff \t\r\n").encode("utf-8", "replace")


def _lines(events: Any, found: Reading) -> Iterator[Line]:
    root = None
    position = 0
    for event, element in events:
        if root is None:
            root = element
            if not _known_root(element, found):
                return
        if event == "start" or element.getparent() is not root:
            continue
        if _name(element) in ("url", "sitemap"):
            if line := _line(position, element):
                yield line
            else:
                found.faults.append(("no_loc", f"entry {position} has no address; left out"))
                del found.faults[20:]
            position += 1
        element.clear()  # what is read is let go, so that memory does not grow with the file
        while element.getprevious() is not None:
            del root[0]


def _known_root(element: Any, found: Reading) -> bool:
    name = _name(element)
    if element.getroottree().docinfo.internalDTD is not None and name != "html":
        found.why = "not a sitemap: it declares a document type of its own, which sitemaps have no use for"
    elif name in ("urlset", "sitemapindex"):
        found.kind = name
    elif name == "html":
        found.why = "not a sitemap: an HTML page"
    elif name in ("rss", "feed", "RDF"):
        found.why = "not a sitemap: an RSS or Atom feed; write `kind: feed` for it"
    else:
        found.why = f"not a sitemap: XML whose root is <{name[:60]}>"
    return bool(found.kind)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _line(position: int, element: Any) -> Line | None:
    said: dict[str, str] = {}
    news: dict[str, str] | None = None
    space = element.tag.rpartition("}")[0]
    for child in element:
        name = _name(child)
        if name == "news" and "news" in child.tag:
            news = {_name(part): _text(part) for part in child if _name(part) in ("title", "publication_date")}
        elif isinstance(child.tag, str) and child.tag.rpartition("}")[0] == space and name in ("loc", "lastmod"):
            said.setdefault(name, _text(child))
    if not said.get("loc"):
        return None
    title, published = (news or {}).get("title", ""), (news or {}).get("publication_date", "")
    return Line(position, said["loc"], said.get("lastmod", ""), news is not None, title, published)


def _text(element: Any) -> str:
    return "".join(element.itertext())[:_LONGEST_TEXT].strip()

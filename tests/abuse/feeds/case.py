"""One malformed feed: what is wrong with it, and what must come of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html import escape

BASE = "https://bencang.example/rss/giao-duc.rss"
SEEN_AT = 1_795_150_800_000  # 2026-11-20 12:00 in Hải Phòng
HOME = "https://bencang.example/"
DATE = "Fri, 20 Nov 2026 08:00:00 +0700"
EIGHT = "2026-11-20T08:00:00+07:00"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


@dataclass(frozen=True)
class Case:
    """``titles``: the entries kept, in order; ``faults``: `position:code` in order; the rest where it matters.

    ``no`` is part of the reason why the whole is no feed; then nothing is kept.
    """

    name: str
    why: str
    body: bytes
    titles: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    no: str = ""
    content_type: str | None = None
    dates: tuple[str | None, ...] | None = None
    urls: tuple[str, ...] | None = None
    summaries: tuple[str, ...] | None = None


def case(name: str, why: str, body: bytes | str, titles: str = "", faults: str = "", **more: object) -> Case:
    """A case from short forms: titles joined by `|`, faults by blanks."""
    raw = body.encode() if isinstance(body, str) else body
    kept = tuple(titles.split("|")) if titles else ()
    return Case(name, why, raw, kept, tuple(faults.split()), **more)  # type: ignore[arg-type]


def item(
    title: str = "Tin hỏng", link: str | None = HOME + "hong.html", date: str | None = DATE, more: str = ""
) -> str:
    """An RSS item; ``more`` is put in as it is, an empty link or date leaves the element out."""
    told = f"<title>{title}</title>" if title else ""
    told += f"<link>{escape(link)}</link>" if link else ""
    told += f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item>{told}{more}</item>"


GOOD = item("Tin lành", HOME + "lanh.html")
"""The neighbour that must never be lost."""


def rss(*items: str, head: str = HEAD, names: str = "", about: str = "<title>Bến Cảng</title>") -> str:
    """A whole RSS 2.0 feed."""
    return f'{head}<rss version="2.0"{names}><channel>{about}{"".join(items)}</channel></rss>'


def entry(
    title: str = "Tin hỏng", link: str | None = HOME + "hong.html", date: str | None = EIGHT, more: str = ""
) -> str:
    """An Atom entry."""
    told = f"<title>{title}</title>" if title else ""
    told += f'<link href="{escape(link)}"/>' if link else ""
    told += f"<published>{date}</published>" if date else ""
    return f"<entry>{told}{more}</entry>"


FINE = entry("Tin lành", HOME + "lanh.html")


def atom(*entries: str, names: str = "", about: str = "<title>Bến Cảng</title>") -> str:
    """A whole Atom feed."""
    return f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"{names}>{about}{"".join(entries)}</feed>'


def in_windows_1258(text: str) -> bytes:
    """Windows-1258: tone marks stand apart from their letters, the other marks do not."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    told = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        told.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)))
        told += [c for c in parts if c in tones]
    return "".join(told).encode("cp1258")

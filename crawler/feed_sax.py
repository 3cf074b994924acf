"""feedparser's two parsers, driven by us: the same handlers, with bounds where theirs cost the square of the input.

`feedparser.parse` itself does more than we want (it guesses encodings that we know, and may fetch) and less (a
100 KB run of letters for an author's name keeps it busy for half a minute). Both parsers are used as it uses
them: the one over expat first, the one over sgmllib for what that refuses.
"""

from __future__ import annotations

import io
import xml.sax
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

LONGEST_NAME = 200  # characters of an author; feedparser looks for an e-mail address in it at quadratic cost
MOST_TAGS = 200  # categories of one entry; each is compared with all before it
LONGEST_BASE = 2000  # characters of xml:base, which nested elements lengthen without end
MOST_NAMESPACES = 1000

_Attributes = list[tuple[str, str]]


@dataclass(slots=True)
class Found:
    """What the handlers collected; ``broken`` is why expat gave up, if it did."""

    version: str = ""
    about: Any = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    broken: Exception | None = None


class _Bounds:
    """Mixed in before feedparser's handlers."""

    baseuri: str
    namespaces_in_use: dict[str, str]

    def unknown_starttag(self, tag: str, attrs: _Attributes) -> None:
        if len(self.baseuri or "") > LONGEST_BASE:
            attrs = [pair for pair in attrs if pair[0].lower() not in ("base", "xml:base")]
        super().unknown_starttag(tag, attrs)  # type: ignore[misc]

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) < MOST_NAMESPACES:
            super().track_namespace(prefix, uri)  # type: ignore[misc]

    def _add_tag(self, *tag: object) -> None:
        context = self._get_context()  # type: ignore[attr-defined]
        if len(dict.get(context, "tags", ())) < MOST_TAGS:
            super()._add_tag(*tag)  # type: ignore[misc]

    def _sync_author_detail(self, key: str = "author") -> None:
        context = self._get_context()  # type: ignore[attr-defined]
        name = dict.get(context, key)
        if isinstance(name, str) and len(name) > LONGEST_NAME:
            dict.__setitem__(context, key, name[:LONGEST_NAME])
        super()._sync_author_detail(key)  # type: ignore[misc]


@lru_cache(maxsize=1)
def _parsers() -> tuple[Any, Any]:
    from feedparser.api import LooseFeedParser, StrictFeedParser

    return type("Strict", (_Bounds, StrictFeedParser), {}), type("Loose", (_Bounds, LooseFeedParser), {})


def parse(data: bytes) -> Found:
    """Read ``data`` (UTF-8 without declaration) strictly, and if that fails once more from the start, loosely."""
    from feedparser.exceptions import UndeclaredNamespace
    from feedparser.sanitizer import replace_doctype

    strict, loose = _parsers()
    version, data, entities = replace_doctype(data)
    handler = _unsanitised(strict("", None, "utf-8"))
    broken: Exception | None = None
    try:
        _drive(handler, b"<?xml version='1.0' encoding='utf-8'?>" + data)
    except (xml.sax.SAXException, UndeclaredNamespace) as bad:
        broken = handler.exc or bad
        handler = _unsanitised(loose("", None, "utf-8", entities))
        try:
            handler.feed(data.decode("utf-8", "replace"))
        except Exception as worse:  # whatever trips it costs what comes after, never what was read
            broken = worse if not handler.entries else broken
    return Found(version or handler.version, handler.feeddata, handler.entries, broken)


def _unsanitised(handler: Any) -> Any:
    """Markup is taken out by us (`crawler.text.plain`), and links in it are of no use here."""
    handler.resolve_relative_uris = handler.sanitize_html = False
    return handler


def _drive(handler: Any, data: bytes) -> None:
    # replace_doctype has left of the DTD only entities that name one character or hold no reference
    reader = xml.sax.make_parser()  # noqa: S317
    reader.setFeature(xml.sax.handler.feature_namespaces, 1)
    reader.setFeature(xml.sax.handler.feature_external_ges, 0)
    reader.setContentHandler(handler)
    reader.setErrorHandler(handler)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(data))
    reader.parse(source)

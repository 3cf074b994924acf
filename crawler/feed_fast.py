"""The strict reader: well-formed RSS 0.9x/2.0, RSS 1.0 and Atom 1.0, read by libxml2 without DTD or network.

It gives exactly what the tolerant reader (feedparser) would give for the same bytes, or None. None is no
verdict on the feed: whatever is not met in ordinary feeds is left to feedparser, whose ways are its own
(tests/unit/crawler/test_feed_fast.py holds the two together).
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from lxml import etree

from crawler.feed_entry import MOST_ENTRIES, Raw, RawFeed
from crawler.feed_names import ATOM, RDF, RSS1, XML_LANG, Act, Actions, actions_for

_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    load_dtd=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)
_DECLARED = re.compile(rb"""\s*+(?:<\?xml\s+version=["']1\.0["'][^<>]*\?>)?(?!\s*<\?xml[\s?])""")
_MOST_NODES = 400_000
_TEXT_TYPES = {"text", "html", "plain", "text/plain", "text/html"}
_HTML_TYPES = {"html", "xhtml", "text/html", "application/xhtml+xml"}
_TEXT_ATTRIBUTES = {"type", XML_LANG}
_LINK_ATTRIBUTES = {"hreflang", "title", "length"}
_CATEGORY_ATTRIBUTES = {"domain", "scheme", "label"}
_IMAGE_PARTS = {"url", "title", "link", "width", "height", "description"}

# feedparser's repairs of text, which both readers make: UTF-8 that was taken for Latin-1 and encoded again,
# and Windows-1252's punctuation given by its byte.
_BEYOND_LATIN = re.compile("[^\x00-\xff]")
_C1 = re.compile("[\x80-\x9f]")
_CP1252 = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)(/*)")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")

Element = Any


# Looking a member up in its Enum costs more than all else that is done with a short element.
_SKIP, _TITLE, _LINK, _GUID = Act.SKIP, Act.TITLE, Act.LINK, Act.GUID
_SUMMARY, _PUBLISHED, _UPDATED, _CATEGORY = Act.SUMMARY, Act.PUBLISHED, Act.UPDATED, Act.CATEGORY
_PEOPLE, _PERSON_PART = Act.PEOPLE, Act.PERSON_PART
_ABOUT_IT = f"{{{RDF}}}about"
_ABOUT = {Act.TTL: "ttl", Act.PERIOD: "period", Act.FREQUENCY: "frequency"}
_ENTRY_ONLY = {Act.ODD, Act.CONTENT, Act.ATOM_CONTENT, Act.RESET}


class _Odd(Exception):
    """Something that this reader does not read as feedparser would."""


def read(body: bytes) -> RawFeed | None:
    """The feed in ``body`` (UTF-8 without a byte order mark); None where it must be read tolerantly."""
    declared = _DECLARED.match(body)
    if declared is None or b"<!DOCTYPE" in body or _too_many_nodes(body):
        return None
    try:
        root = etree.fromstring(body[declared.end() :], _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None
    names = root.nsmap
    if body.count(b"xmlns") != len(names):
        return None  # a namespace declared further in
    actions = actions_for(tuple(names.items()))
    if actions is None:
        return None
    # without U+0080 to U+00BF, written out or as a reference, there is nothing to repair (see _BEYOND_LATIN)
    clean = b"\xc2" not in body and b"&#" not in body
    try:
        return _Reader(actions, clean).feed(root)
    except _Odd:
        return None


def _too_many_nodes(body: bytes) -> bool:
    """A tree takes a hundred bytes and more for each tag and attribute, be it of four letters."""
    return body.count(b"<") > _MOST_NODES or body.count(b'="') + body.count(b"='") > _MOST_NODES


class _Reader:
    def __init__(self, actions: Actions, clean: bool) -> None:
        self.acts, self.clean = actions, clean
        self.found = RawFeed()
        self.items = _ItemReader(self)
        self.title_is_set = self.has_link = False

    def feed(self, root: Element) -> RawFeed:
        if root.tag == "rss":
            if any(key not in ("version", XML_LANG) for key, _ in root.items()):
                raise _Odd
            (channel,) = _only(root, "channel")
            _bare(channel)
            self._channel(channel, "item")
        elif root.tag == f"{{{ATOM}}}feed":
            if any(key != XML_LANG for key, _ in root.items()):
                raise _Odd
            self._channel(root, f"{{{ATOM}}}entry")
        elif root.tag == f"{{{RDF}}}RDF":
            self._rdf(root)
        else:
            raise _Odd
        return self.found

    def _rdf(self, root: Element) -> None:
        _bare(root)
        for child in root:
            if child.tag == f"{{{RSS1}}}item":
                self._item(child)
            elif child.tag == f"{{{RSS1}}}channel":
                if any(key != f"{{{RDF}}}about" for key, _ in child.items()):
                    raise _Odd
                self._channel(child, "")
            elif child.tag in (f"{{{RSS1}}}image",):
                if any(key not in (f"{{{RDF}}}about", f"{{{RDF}}}resource") for key, _ in child.items()):
                    raise _Odd
                self._image(child)
            else:
                raise _Odd

    def _channel(self, channel: Element, item: str) -> None:
        for child in channel:
            if child.tag == item:
                self._item(child)
            else:
                self._about(child)

    # ── the feed itself ─────────────────────────────────────────────────────────────────────────────

    def _about(self, child: Element) -> None:
        act, found = self.acts[child.tag], self.found
        if act in _ABOUT:
            setattr(found, _ABOUT[act], self.text(child))
        elif act is _TITLE:
            text = self.text(child, _TEXT_ATTRIBUTES)
            if not self.title_is_set:
                found.title, self.title_is_set = text, bool(text.strip())
        elif act is _LINK:
            link, rel = self.link(child)
            if link is not None:
                found.link, self.has_link = link, True
            elif rel == "next" and not found.next_url:
                found.next_url = _fixed_slashes(child.get("href"))
        elif act is _GUID:
            link = _fixed_slashes(self.text(child).strip())
            if not self.has_link:  # to feedparser an id is a link where there is none yet
                found.link, self.has_link = link, True
        else:
            self._about_whole(act, child)

    def _about_whole(self, act: Act, child: Element) -> None:
        if act is Act.IMAGE:
            if any(key != f"{{{RDF}}}resource" for key, _ in child.items()):
                raise _Odd
            self._image(child)
        elif act is Act.PEOPLE:
            self.people(child)
        elif act is Act.HOURS:
            _bare(child)
            for part in child:
                _leaf(part)
        elif act is Act.SEQUENCE:
            _bare(child)
            for part in child.iterdescendants():
                if not str(part.tag).startswith(f"{{{RDF}}}") or any("base" in key for key, _ in part.items()):
                    raise _Odd
        elif act in _ENTRY_ONLY:
            raise _Odd
        else:
            _leaf(child)

    def _image(self, image: Element) -> None:
        self.title_is_set = False  # an image has a title of its own, and feedparser then takes the next one
        for part in image:
            if etree.QName(part).localname not in _IMAGE_PARTS or self.acts[part.tag] is Act.ODD:
                raise _Odd
            _bare(part)
            _leaf(part)

    # ── an entry ────────────────────────────────────────────────────────────────────────────────────

    def _item(self, item: Element) -> None:
        self.title_is_set = False  # feedparser looks for the feed's title anew after each entry
        if len(self.found.items) >= MOST_ENTRIES:
            self.found.left_out += 1
            return
        self.found.items.append(self.items.read(item))

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────

    def text(self, leaf: Element, allowed: set[str] | None = None) -> str:
        """The text of an element without children, mended as feedparser mends it."""
        for key, value in leaf.items():
            if allowed is None or key not in allowed or (key == "type" and value not in _TEXT_TYPES):
                raise _Odd
        if len(leaf):
            raise _Odd
        text = leaf.text or ""
        return text if self.clean else self.mended(text)

    def mended(self, text: str) -> str:
        """feedparser's repairs (see above); nothing to do in a clean feed."""
        if self.clean or text.isascii():
            return text
        if not _BEYOND_LATIN.search(text):
            text = text.strip()
            with suppress(UnicodeDecodeError):
                text = text.encode("latin-1").decode("utf-8")
        return text.translate(_CP1252) if _C1.search(text) else text

    def link(self, link: Element) -> tuple[str | None, str]:
        """(address if this is the entry's own page, relation)."""
        attributes = link.items()
        if len(link):
            raise _Odd
        if not attributes:
            text = _fixed_slashes(self.mended(link.text or "").strip())
            if "&" in text:
                text = _REFERENCE.sub(r"&\g<1>", text.replace("&amp;", "&"))
            return text, "alternate"
        href, rel, kind = "", "alternate", ""
        for key, value in attributes:
            if key == "href":
                href = value
            elif key == "rel":
                rel = value.lower()
            elif key == "type":
                kind = value.lower()
            elif key not in _LINK_ATTRIBUTES:
                raise _Odd
        if not href:
            raise _Odd
        its_own = rel == "alternate" and (not kind or kind in _HTML_TYPES)
        return _fixed_slashes(href) if its_own else None, rel

    def people(self, person: Element) -> None:
        """Somebody: nothing of it is kept, but nothing in it may be unknown to us."""
        _bare(person)
        for part in person:
            if self.acts[part.tag] is not _PERSON_PART:
                raise _Odd
            _bare(part)
            _leaf(part)


class _ItemReader:
    """One entry. The order of elements matters as it does to feedparser: first title, last date, …"""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader

    def read(self, item: Element) -> Raw:
        reader = self.reader
        acts, text_of = reader.acts, reader.text
        raw = self.raw = Raw()
        self.title_is_set = self.has_summary = self.has_content = self.has_link = False
        raw.id = _about_it(item)
        for child in item:
            act = acts[child.tag]
            if act is _TITLE:
                text = text_of(child, _TEXT_ATTRIBUTES)
                if not self.title_is_set:
                    raw.title, self.title_is_set = text, bool(text.strip())
            elif act is _SUMMARY:
                self._summary(text_of(child, _TEXT_ATTRIBUTES))
            elif act is _LINK:
                link, _ = reader.link(child)
                if link is not None:
                    raw.link, self.has_link = link, True
            elif act is _GUID:
                self._guid(child)
            elif act is _PUBLISHED:
                raw.published = text_of(child).strip()
            elif act is _UPDATED:
                raw.updated = text_of(child).strip()
            else:
                self._rarer(act, child)
        return raw

    def _rarer(self, act: Act, child: Element) -> None:
        reader, raw = self.reader, self.raw
        if act is _SKIP:
            _leaf(child)
        elif act is _CATEGORY:
            self._category(child)
        elif act is _PEOPLE:
            reader.people(child)
        elif act in (Act.CONTENT, Act.ATOM_CONTENT):
            text = reader.text(child, _TEXT_ATTRIBUTES)
            self.has_content = True
            if not self.has_summary:
                raw.summary, self.has_summary = text, True
        elif act is Act.CREATED:
            raw.created = reader.text(child).strip()
        elif act in (Act.RESET, Act.IMAGE):  # feedparser forgets there that it has a title
            self.title_is_set = False
            _leaf(child)
        else:
            raise _Odd

    def _summary(self, text: str) -> None:
        if self.has_summary and not self.has_content:
            self.has_content = True  # a second one is taken for the content
            return
        self.raw.summary, self.has_summary = text, True

    def _guid(self, guid: Element) -> None:
        permalink = True
        for key, value in guid.items():
            if key.lower() != "ispermalink":
                raise _Odd
            permalink = value == "true"
        if len(guid):
            raise _Odd
        text = self.reader.mended(guid.text or "").strip()
        self.raw.id = _fixed_slashes(text) if permalink else text
        if permalink and not self.has_link:
            self.raw.link, self.has_link = self.raw.id, True

    def _category(self, category: Element) -> None:
        term = ""
        for key, value in category.items():
            if key == "term":
                term = value
            elif key not in _CATEGORY_ATTRIBUTES:
                raise _Odd
        if len(category):
            raise _Odd
        if not self.raw.section:
            self.raw.section = term or self.reader.mended(category.text or "").strip()


def _about_it(item: Element) -> str:
    about = ""
    for key, about in item.items():  # noqa: B007 - the value is what is asked for
        if key != _ABOUT_IT:
            raise _Odd
    return about


def _fixed_slashes(link: str) -> str:
    return _SLASHES.sub(r"\1", link) if ":///" in link else link


def _only(parent: Element, tag: str) -> tuple[Element]:
    children = list(parent)
    if len(children) != 1 or children[0].tag != tag:
        raise _Odd
    return (children[0],)


def _bare(element: Element) -> None:
    if element.items():
        raise _Odd


def _leaf(element: Element) -> None:
    """An element that says nothing to us: no children, and no new base for addresses."""
    attributes = element.items()
    if len(element) or (attributes and any("base" in key.lower() for key, _ in attributes)):
        raise _Odd

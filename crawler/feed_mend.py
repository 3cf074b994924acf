"""What can be mended in broken XML before, or after, feedparser has tried it."""

from __future__ import annotations

import re

from crawler import feed_sax

ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(item|entry)[\s>]", re.IGNORECASE)
ROOT = re.compile(r"<((?:[\w.-]{1,40}:)?(?:rss|feed|RDF))(?:\s[^<>]{0,20000})?>", re.IGNORECASE)

_FIRST_TAG = re.compile(r"<[^\W\d]")
_DOCTYPE = re.compile("<!DOCTYPE", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z][\w.-]{0,40})\s+(?:"([^"&<%]{0,200})"|'([^'&<%]{0,200})')\s*>""")
_NAMED = re.compile(r"&([A-Za-z][\w.-]{0,40});")
_MOST_TOLD = 1_000_000  # characters that names may become: a short one used a million times is a bomb too


def without_doctype(text: str) -> str:
    """``text`` without its document type, so that no parser sees a DTD; short names declared in it are written out."""
    first = _FIRST_TAG.search(text)
    start = _DOCTYPE.search(text, 0, first.start()) if first else None
    if first is None or start is None:
        return text
    head, rest = text[start.start() : first.start()], text[first.start() :]
    names = {found[1]: found[2] or found[3] or "" for found in _ENTITY.finditer(head)}
    room = _MOST_TOLD

    def told(reference: re.Match[str]) -> str:
        nonlocal room
        value = names.get(reference[1])
        if value is None or room < 0:
            return reference[0]
        room -= len(value)
        return value

    lines = "\n" * head.count("\n")  # so that what is said of a line is true
    return text[: start.start()] + lines + (_NAMED.sub(told, rest) if names else rest)


def one_by_one(text: str, found: feed_sax.Found) -> feed_sax.Found:
    """``found`` of a broken feed, or more, where each entry is read by itself: a tag that is not closed in one
    swallows those behind it.
    """
    text = _without_comments(text)
    starts = [each.start() for each in ITEM.finditer(text)]
    if len(starts) <= sum(map(_usable, found.entries)):
        return found
    root = ROOT.search(text, 0, starts[0]) or ROOT.match('<rss version="2.0">')
    assert root is not None
    entries = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        alone = feed_sax.parse(_alone(text[start:end], root).encode("utf-8", "replace"))
        entries += alone.entries[:1] or [{}]
    if sum(map(_usable, entries)) <= sum(map(_usable, found.entries)):
        return found
    found.entries = entries
    return found


def _without_comments(text: str) -> str:
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[position:start])
        position = end + 3
    return "".join([*kept, text[position:]])


def _alone(piece: str, root: re.Match[str]) -> str:
    name = ITEM.match(piece)
    assert name is not None
    closed = re.search(rf"</(?:[\w.-]{{1,40}}:)?{name[1]}\s*>", piece, re.IGNORECASE)
    piece = piece[: closed.end()] if closed else f"{piece}</{piece[1 : name.end() - 1]}>"
    return f"{root[0]}{piece}</{root[1]}>"


def _usable(entry: object) -> bool:
    return isinstance(entry, dict) and bool(entry.get("title")) and bool(entry.get("link"))

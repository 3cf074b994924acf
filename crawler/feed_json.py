"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read strictly: what has the wrong type or comes twice is named."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from crawler.feed_entry import MOST_ENTRIES, Fault, More, Raw, RawFeed
from crawler.text import LONGEST

_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/(\d+(?:\.\d+)?)/?")
_KNOWN_VERSIONS = {"1", "1.0", "1.1"}
_MOST_PARTS = 300_000  # each takes some hundred bytes of memory, be it empty
_DIGITS = 300  # more digits than any number of a feed has; Python refuses to convert beyond 4,300
_Faults = list[tuple[str, str]]
_OTHERS = ("external_url", "image", "banner_image", "content_html", "content_text", "summary")


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys came twice; the first value counts."""

    __slots__ = ("twice",)
    twice: tuple[str, ...]


def read(text: str) -> RawFeed | str:
    """The feed in ``text``, or why there is none in it."""
    parts = text.count("{") + text.count("[")
    if parts > _MOST_PARTS:
        return f"not a feed: JSON of {parts:,} objects and lists, more than any feed has"
    try:
        value = json.loads(
            text.lstrip("\ufeff"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_number,
            parse_float=_number,
        )
    except json.JSONDecodeError as bad:
        return f"not a feed: broken JSON (line {bad.lineno}, column {bad.colno}: {bad.msg})"
    except ValueError as bad:
        return f"not a feed: broken JSON ({bad})"
    except RecursionError:
        return "not a feed: broken JSON (nested too deeply)"
    return _feed(value)


def _feed(value: object) -> RawFeed | str:
    if not isinstance(value, _Object):
        return "not a feed: JSON, but no JSON Feed (not an object)"
    version = value.get("version")
    known = _VERSION.fullmatch(version) if isinstance(version, str) else None
    items = value.get("items")
    if known is None and not (isinstance(items, list) and isinstance(value.get("title"), str)):
        return "not a feed: JSON, but no JSON Feed (no version of jsonfeed.org)"
    if not isinstance(items, list):
        return "a JSON Feed broken beyond reading: `items` is no list"
    faults = _twice(value)
    feed = RawFeed(
        title=_text(value, "title", faults),
        link=_text(value, "home_page_url", faults),
        next_url=_text(value, "next_url", faults),
        language=_text(value, "language", faults),
    )
    if known is None or known.group(1) not in _KNOWN_VERSIONS:
        faults.append(("unknown_version", f"the version {str(version)[:80]!r} is none that we know; read as 1.1"))
    if value.get("expired") is True:
        faults.append(("expired", "the feed says of itself that it has ended"))
    feed.faults = [Fault(-1, *fault) for fault in faults]
    author = _author(value.get("authors", value.get("author")), [])
    feed.items = [_item(item, author) for item in items[:MOST_ENTRIES]]
    feed.left_out = max(0, len(items) - MOST_ENTRIES)
    return feed


def _item(item: object, author: str) -> Raw:
    """One item; ``author``: the feed's own."""
    if not isinstance(item, _Object):
        fault = ("not_an_entry", f"an item must be an object, not {_kind(item)}; skipped")
        return Raw(more=More(faults=(fault,), skip=True))
    faults = _twice(item)
    others = {key: _text(item, key, faults) for key in _OTHERS}
    categories = tuple(dict.fromkeys(_texts(item, "tags", faults)))
    return Raw(
        link=_text(item, "url", faults) or others["external_url"],
        id=_id(item, faults),
        title=_text(item, "title", faults),
        summary=others["summary"] or others["content_text"][:LONGEST] or others["content_html"],
        published=_text(item, "date_published", faults),
        updated=_text(item, "date_modified", faults),
        section=next(iter(categories), ""),
        more=More(
            author=_author(item.get("authors", item.get("author")), faults) or author,
            language=_text(item, "language", faults),
            categories=categories,
            enclosures=_attachments(item, faults),
            plain_text=not others["summary"] and bool(others["content_text"]),
            faults=tuple(faults),
        ),
    )


def _id(item: _Object, faults: _Faults) -> str:
    value = item.get("id")
    if isinstance(value, int) and not isinstance(value, bool):  # version 1 let numbers through
        return str(value)
    return _text(item, "id", faults)


def _author(value: object, faults: _Faults) -> str:
    names = []
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, _Object):
            names.append(_text(person, "name", faults))
        elif person is not None:
            _blame(faults, "authors", "an object with a name", person)
    return ", ".join(name for name in names if name)


def _attachments(item: _Object, faults: _Faults) -> tuple[tuple[str, str, str], ...]:
    found = []
    for each in _list(item, "attachments", faults):
        if not isinstance(each, _Object):
            _blame(faults, "attachments", "a list of objects", each)
        elif url := _text(each, "url", faults):
            size = each.get("size_in_bytes")
            length = str(size) if isinstance(size, int) and not isinstance(size, bool) else ""
            found.append((url, _text(each, "mime_type", faults), length))
    return tuple(found)


def _texts(item: _Object, key: str, faults: _Faults) -> list[str]:
    found = _list(item, key, faults)
    for each in found:
        if not isinstance(each, str):
            _blame(faults, key, "a list of texts", each)
            break
    return [each for each in found if isinstance(each, str) and each.strip()]


def _list(item: _Object, key: str, faults: _Faults) -> list[Any]:
    value = item.get(key)
    if value is not None and not isinstance(value, list):
        _blame(faults, key, "a list", value)
    return value if isinstance(value, list) else []


def _text(item: _Object, key: str, faults: _Faults) -> str:
    value = item.get(key)
    if isinstance(value, str):
        return value
    if value is not None:
        _blame(faults, key, "text", value)
    return ""


def _blame(faults: _Faults, key: str, wanted: str, value: object) -> None:
    faults.append(("wrong_type", f"`{key}` must be {wanted}, not {_kind(value)}; left out"))


def _twice(value: _Object) -> _Faults:
    return [("duplicate_key", f"the key {key[:80]!r} comes twice; the first counts") for key in value.twice]


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
    return "null" if value is None else names.get(type(value), "an object")


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object()
    twice = []
    for key, value in pairs:
        if key in made:
            twice.append(key)
        else:
            made[key] = value
    made.twice = tuple(dict.fromkeys(twice))
    return made


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _number(digits: str) -> int | float:
    if len(digits) > _DIGITS:
        return 0.0  # a number where a text belongs is named as such; its value interests nobody
    return float(digits) if any(c in ".eE" for c in digits) else int(digits)

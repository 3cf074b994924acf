"""Reading the lines of ``haidang judge``: one JSON object, one item, or a precise complaint."""

from __future__ import annotations

import json
from typing import Any

from analysis.item import Item
from store.errors import InputError

_TEXTS = ("title", "summary", "body", "outlet", "url", "section", "outlet_section", "published", "first_fetched")
_LONGEST = 20_000_000  # characters of one line; a longer one is a file, not an item


def parse_line(line: str) -> Item:
    """One line as an :class:`Item`: ``id`` and at least one of title, summary, body are needed, unknown keys ignored.

    Raises :class:`InputError` that says which field is wrong and how. The message names no line: the caller knows it.
    """
    if len(line) > _LONGEST:
        raise InputError(f"line of {len(line)} characters is longer than {_LONGEST}")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as bad:
        raise InputError(f"not JSON: {bad}") from bad
    if not isinstance(row, dict):
        raise InputError(f"expected a JSON object, found {_name(row)}")
    subject = row.get("id")
    if not isinstance(subject, str | int) or isinstance(subject, bool) or subject == "":
        raise InputError("`id` is missing" if subject in (None, "") else f"`id` must be text, found {_name(subject)}")
    texts = {name: _text(row, name) for name in _TEXTS}
    if not any(name in row for name in ("title", "summary", "body")):
        raise InputError("one of `title`, `summary`, `body` is needed")
    return Item(
        id=str(subject), title=texts["title"], lead=texts["summary"], body=texts["body"], outlet=texts["outlet"],
        url=texts["url"], section=texts["section"] or texts["outlet_section"],
    )  # fmt: skip


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"`{name}` must be text, found {_name(value)}")
    return value.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be written out again


def _name(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", type(None): "null", str: "text"}
    return kinds.get(type(value), "a number")

"""Answers of official interfaces: JSON read strictly, and entries gathered with their faults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler import dates
from crawler.feeds import Entry, Fault, Feed
from crawler.urls import canonical
from lang.text import nfc
from store.errors import InputError

LARGEST = 4_000_000
"""Bytes of an answer: fifty posts are some hundred thousand; ten million small lists would fill the memory."""
FAULTS = 100
"""Faults named one by one for one body; each becomes a row, and a hostile body could make a million."""
LONGEST_URL = 2048  # the limit of the sitemap protocol, and of most servers


class BadAnswer(Exception):
    """The bytes are no JSON that we take; the message says why."""


def load(body: bytes) -> tuple[Any, int]:
    """(the value, how many names stood twice in one object; the first counts). Raises :class:`BadAnswer`."""
    if len(body) > LARGEST:
        raise BadAnswer(f"{len(body)} bytes of JSON; more than {LARGEST} are not read")
    twice = 0

    def first_counts(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        made: dict[str, Any] = {}
        for name, value in pairs:
            made.setdefault(name, value)
        twice += len(pairs) - len(made)
        return made

    def refuse(word: str) -> Any:
        raise ValueError(f"{word} is no JSON")

    try:
        text = body.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=first_counts, parse_constant=refuse), twice
    except RecursionError as bad:
        raise BadAnswer("JSON nested too deep") from bad
    except ValueError as bad:  # no UTF-8, no JSON, a number of thousands of digits
        raise BadAnswer(f"not JSON: {str(bad)[:120]}") from bad


def object_of(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one: a wrong type counts as absent."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def words(value: Any, longest: int) -> str:
    """NFC text of a string, control characters gone, cut at a word near ``longest``; '' for any other type."""
    if not isinstance(value, str):
        return ""
    text = "".join(c if c.isprintable() or c.isspace() else " " for c in value[: longest * 2])
    text = nfc(text)
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0] + "…"


@dataclass(slots=True)
class Gathering:
    """Entries and faults of one body, bounded; ``base`` is its address, ``seen_at`` when it was fetched (ms UTC)."""

    base: str
    seen_at: int
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unnamed: int = 0
    _known: set[str] = field(default_factory=set)

    def fault(self, position: int, code: str, message: str) -> None:
        """Name a fault; beyond the bound they are only counted."""
        if len(self.faults) < FAULTS:
            self.faults.append(
                Fault(position, code, "".join(c if c.isprintable() else "�" for c in nfc(message)[:500]))
            )
        else:
            self.unnamed += 1

    def address(self, position: int, given: Any) -> tuple[str, str] | None:
        """(absolute, canonical) of a link; None, with a fault, for what no page can be fetched from."""
        link = given.strip() if isinstance(given, str) else ""
        if not link:
            self.fault(position, "no_link", "the entry has no link; skipped")
            return None
        if len(link) > LONGEST_URL:
            self.fault(position, "bad_link", f"a link of {len(link)} characters; skipped")
            return None
        try:
            url = urljoin(self.base, "".join(c for c in link if c.isprintable()).replace("\\", "/"))
            if urlsplit(url).username is not None:
                self.fault(position, "bad_link", "a link with a user name in it; skipped")
                return None
            return url, canonical(url)
        except (InputError, ValueError) as bad:
            self.fault(position, "bad_link", f"{str(bad)[:200]}; skipped")
            return None

    def possible(self, position: int, found: dates.Published | None) -> dates.Published | None:
        """The time, unless it cannot be a time of publication (then a fault)."""
        if found is None or (refused := dates.refusal(found.at, self.seen_at)) is None:
            return found
        self.fault(position, *refused)
        return None

    def add(self, position: int, link: tuple[str, str], text: tuple[str, str], at: dates.Published | None) -> None:
        """Take an entry (``text``: title and summary); the first of several with one address counts."""
        url, identity = link
        if identity in self._known:
            self.fault(position, "duplicate", f"{identity} stands here more than once; the first counts")
            return
        self._known.add(identity)
        self.entries.append(Entry(position, url, identity, text[0], text[1], at, None))

    def feed(self) -> Feed:
        """What was gathered."""
        if self.unnamed:
            self.faults.append(Fault(-1, "more_faults", f"and {self.unnamed} faults more"))
            self.unnamed = 0
        return Feed(tuple(self.entries), tuple(self.faults))

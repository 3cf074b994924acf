"""What the programs noted in English, in Vietnamese: why a page was not fetched or read, what is wrong in a file.

Rows, logs and JSON keep the English: it is one spelling for scripts, and it stands in the rows of years ago. Whatever a
person reads goes through :func:`vi`. A sentence that no rule knows stays as it is: nothing is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lang import reasons_calendar, reasons_config, reasons_feed, reasons_fetch, reasons_routing

LONGEST = 2_000  # characters; what is longer is no sentence of ours
_DEEPEST = 4  # sentences stand in sentences: `HTTP 404: the address …`


class _Part(str):
    """What a rule's group holds: `{0}` as it is, `{0:v}` in Vietnamese."""

    depth = 0

    def __format__(self, spec: str) -> str:
        return _told(str(self), self.depth) if spec == "v" else str(self)


def vi(reason: str) -> str:
    """The reason in Vietnamese; several with `; ` between them one by one; what is not known stays as it is."""
    return reason if len(reason) > LONGEST else _told(reason, _DEEPEST)


def robots(decision: str | None) -> str:
    """A stored decision: `allowed: …`, `disallowed: …`, `closed: …`; the rule as it stands in robots.txt."""
    return vi(decision) if decision else "chưa hỏi tới"


def _told(reason: str, depth: int) -> str:
    if not depth:
        return reason
    if (meaning := reasons_config.MEANINGS.get(reason) or reasons_calendar.MEANINGS.get(reason)) is not None:
        return meaning
    for pattern, words in _rules():
        if found := pattern.fullmatch(reason):
            return words.format(*_parts(found.groups(""), depth - 1))
    whole = reason.split("; ")
    return reason if len(whole) == 1 else "; ".join(_told(one, depth - 1) for one in whole)


def _parts(groups: Sequence[str], depth: int) -> Iterator[_Part]:
    for group in groups:
        part = _Part(group)
        part.depth = depth
        yield part


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    every = (
        *reasons_calendar.RULES,
        *reasons_fetch.RULES,
        *reasons_feed.RULES,
        *reasons_config.RULES,
        *reasons_routing.RULES,
    )
    return tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in every)

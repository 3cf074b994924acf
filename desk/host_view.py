"""Two hosts facing each other, the letters in which they differ marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from desk.spans import Stretch

DIFFERS = "differs"
_CHANCE = 2  # an equal run this short between two changes is chance: info, edu.vn
LONGEST = 253  # characters of a host name (RFC 1035)


@dataclass(frozen=True, slots=True)
class Hosts:
    """``own``: as the eye reads it, ``written``: as it stands in the address where that differs; ``official``."""

    own: Sequence[Stretch]
    written: str
    official: Sequence[Stretch]


def hosts_of(evidence: Mapping[str, Any]) -> Hosts | None:
    """Of a finding about an address; None for any other."""
    told = evidence.get("hosts")
    if not isinstance(told, Mapping):
        return None
    written, official = (str(told.get(key, ""))[:LONGEST] for key in ("host", "official"))
    if not written or not official:
        return None
    own = read(written)
    mine: list[Stretch] = []
    theirs: list[Stretch] = []
    steps = SequenceMatcher(None, own, official, autojunk=False).get_opcodes()
    for at, (how, a, b, c, d) in enumerate(steps):
        chance = b - a < _CHANCE and 0 < at < len(steps) - 1
        kind = "" if how == "equal" and not chance else DIFFERS
        _add(mine, own[a:b], kind)
        _add(theirs, official[c:d], kind)
    return Hosts(tuple(mine), written if own != written else "", tuple(theirs))


def _add(stretches: list[Stretch], text: str, kind: str) -> None:
    if stretches and stretches[-1].kind == kind:
        stretches[-1] = Stretch(stretches[-1].text + text, kind)
    elif text:
        stretches.append(Stretch(text, kind))


def read(host: str) -> str:
    """A host as a browser shows it; as it is written where it cannot be read, or would steer the page."""
    try:
        parts = [p[4:].encode("ascii").decode("punycode") if p.startswith("xn--") else p for p in host.split(".")]
    except (UnicodeError, ValueError):
        return host
    shown = ".".join(parts)
    return shown if shown.isprintable() and len(shown) <= LONGEST else host

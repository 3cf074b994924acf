"""robots.txt as RFC 9309: groups, the longest matching rule, and what an answer that is no file means.

Own code and not a library: the decision is stored beside each fetch *with the rule that decided*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

MAX_BYTES = 512 * 1024  # the RFC asks for at least 500 KiB
KEEP_MS = 24 * 3600 * 1000  # and for no longer than a day in the cache
KEEP_CLOSED_MS = 10 * 60 * 1000  # an unreachable robots.txt is asked again after ten minutes
MAX_CRAWL_DELAY_S = 300.0
"""A longer Crawl-delay counts as this: beyond it a waiting request would outlive its lease."""

_UNRESERVED = "!$&'()*+,;=:@/~-._?%"


@dataclass(frozen=True, slots=True)
class Rule:
    """One `Allow` or `Disallow` line as written; ``pieces`` are its parts between the stars."""

    allow: bool
    pattern: str
    pieces: tuple[str, ...]
    anchored: bool

    @property
    def length(self) -> int:
        """Octets of the pattern: the longest matching rule wins."""
        return len(self.pattern.encode())

    def matches(self, path: str) -> bool:
        """In one pass, whatever the number of stars (a regular expression could be made to hang by its author)."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        at = len(first)
        if not others:
            return at == len(path) if self.anchored else True
        for piece in others[:-1]:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if self.anchored:
            return path.endswith(others[-1]) and len(path) - len(others[-1]) >= at
        return path.find(others[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Decision:
    """May we fetch it, and why: ``reason`` names the rule or the state of robots.txt."""

    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host that speak to us. ``closed`` = robots.txt unreachable, nothing may be fetched."""

    rules: tuple[Rule, ...] = ()
    crawl_delay_s: float | None = None
    state: str = "robots.txt"
    closed: bool = False

    def decide(self, url: str) -> Decision:
        """The longest matching rule wins, `Allow` when two are equal; no match means allowed."""
        if self.closed:
            return Decision(False, f"closed: {self.state}")
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        matching = [rule for rule in self.rules if rule.matches(path)]
        if path == "/robots.txt" or not matching:
            return Decision(True, f"allowed: no rule of {self.state} speaks of it")
        best = max(matching, key=lambda rule: (rule.length, rule.allow))
        word, verdict = ("Allow", "allowed") if best.allow else ("Disallow", "disallowed")
        return Decision(best.allow, f"{verdict}: {word}: {best.pattern}")


def closed(why: str) -> Robots:
    """Nothing may be fetched for now; ``why`` in words."""
    return Robots(state=why, closed=True)


def from_answer(status: int, body: bytes, agent: str) -> Robots:
    """What an HTTP answer to a request for robots.txt means. ``agent``: our product token.

    2xx: its rules; 429 and 5xx: closed; other 4xx: no rules, all open (RFC 9309, 2.3.1); 3xx left over: closed.
    """
    if 200 <= status < 300:
        return parse(body, agent)
    if 400 <= status < 500 and status != 429:
        return Robots(state=f"robots.txt (absent, HTTP {status})")
    return closed(f"robots.txt gave HTTP {status}")


def parse(body: bytes, agent: str) -> Robots:
    """The groups for ``agent`` (joined if several), else those for ``*``; lines that are no rules are skipped."""
    text = body[:MAX_BYTES].decode("utf-8-sig", errors="replace")
    groups: dict[str, list[Rule]] = {}
    delays: dict[str, float] = {}
    current: list[str] = []
    naming = False
    for line in re.split(r"[\r\n]+", text):
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            current = [*current, _token(value)] if naming else [_token(value)]
            naming = True
            groups.setdefault(current[-1], [])
            continue
        if key in ("allow", "disallow"):
            naming = False
            if value:
                rule = _rule(key == "allow", value)
                for name in current:
                    groups[name].append(rule)
        elif key == "crawl-delay":
            naming = False
            delay = _seconds(value)
            if delay is not None:
                delays.update({name: max(delay, delays.get(name, 0.0)) for name in current})
    ours = _token(agent) if _token(agent) in groups else "*"
    return Robots(tuple(groups.get(ours, ())), delays.get(ours))


def _token(value: str) -> str:
    """`HaiDang/1.0 (+…)` and `HAIDANG` are one product; `*` is everybody."""
    found = re.match(r"[A-Za-z_-]+|\*", value)
    return found.group().lower() if found else ""


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return min(seconds, MAX_CRAWL_DELAY_S) if seconds >= 0 else None


def _normal(text: str) -> str:
    return quote(unquote_to_bytes(text), safe=_UNRESERVED)


def _rule(allow: bool, value: str) -> Rule:
    pattern = value if value.startswith(("/", "*")) else "/" + value
    pieces = tuple(_normal(piece) for piece in pattern.removesuffix("$").split("*"))
    return Rule(allow, value, pieces, pattern.endswith("$"))

"""robots.txt as RFC 9309: groups, the longest matching rule, and what an answer that is no file means.

Own code and not a library: the decision is stored beside each fetch *with the rule that decided*. The contract, with
what we decided where the RFC leaves room, is docs/robots.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.octets import normal, open_query, path_of

MAX_BYTES = 512 * 1024  # the RFC asks for at least 500 KiB
KEEP_MS = 24 * 3600 * 1000  # and for no longer than a day in the cache
KEEP_CLOSED_MS = 10 * 60 * 1000  # an unreachable robots.txt is asked again after ten minutes
MAX_CRAWL_DELAY_S = 3600.0
"""A longer Crawl-delay counts as this: a host that wants less than 24 requests a day can disallow us."""
MAX_SITEMAPS = 50
MAX_SHOWN = 200
"""A decision is stored with every fetch: of a longer pattern its beginning is told."""

_BLANK = " \t\v\f"
_KEYS = {
    "useragent": "user-agent",
    "user agent": "user-agent",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl delay": "crawl-delay",
    "crawldelay": "crawl-delay",
    "site-map": "sitemap",
    "sitemaps": "sitemap",
}
"""Common misspellings; their authors meant what they say. (Allow has none here: a guess never opens.)"""
_NO_COLON = re.compile(r"(?i)(user-agent|disallow)[ \t]+([^\s:]+)").fullmatch


@dataclass(frozen=True, slots=True)
class Rule:
    """One `Allow` or `Disallow` line. ``pattern``: as written; ``length``: octets of its normal form.

    ``forms``: its parts between the stars, normal, and again with an open query where that differs.
    """

    allow: bool
    pattern: str
    forms: tuple[tuple[str, ...], ...]
    anchored: bool
    length: int

    def matches(self, paths: tuple[str, ...]) -> bool:
        """Whether it speaks of this path, given in the spellings that count as one."""
        return any(_match(pieces, self.anchored, path) for pieces in self.forms for path in paths)

    def __str__(self) -> str:
        """`Disallow: /rieng/`, in printable characters, cut when it is very long."""
        return f"{'Allow' if self.allow else 'Disallow'}: {_shown(self.pattern)}"


def _match(pieces: tuple[str, ...], anchored: bool, path: str) -> bool:
    """In one pass, whatever the number of stars (a regular expression could be made to hang by its author)."""
    first, *others = pieces
    if not path.startswith(first):
        return False
    at = len(first)
    if not others:
        return at == len(path) if anchored else True
    for piece in others[:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if anchored:
        return path.endswith(others[-1]) and len(path) - len(others[-1]) >= at
    return path.find(others[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Decision:
    """May we fetch it, and why: ``reason`` names the rule or the state of robots.txt; ``rule`` is the one, if any."""

    allowed: bool
    reason: str
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host that speak to us, longest first; ``closed``: unreachable, nothing may be fetched.

    ``refused``: closed because robots.txt itself leads where the guard refuses to go. ``sitemaps``: the absolute
    http(s) addresses of its `Sitemap:` lines, in order, at most :data:`MAX_SITEMAPS`.
    """

    rules: tuple[Rule, ...] = ()
    crawl_delay_s: float | None = None
    state: str = "robots.txt"
    closed: bool = False
    refused: bool = False
    sitemaps: tuple[str, ...] = ()

    def decide(self, url: str) -> Decision:
        """The longest matching rule wins, `Allow` when two are equal; no match means allowed.

        ``url``: absolute, or a path with its query.
        """
        if self.closed:
            return Decision(False, f"closed: {self.state}")
        path = path_of(url)
        if path == "/robots.txt":
            return Decision(True, f"allowed: no rule of {self.state} speaks of it")
        paths = tuple(dict.fromkeys((path, open_query(path))))
        best = next((rule for rule in self.rules if rule.matches(paths)), None)
        if best is None:
            return Decision(True, f"allowed: no rule of {self.state} speaks of it")
        return Decision(best.allow, f"{'allowed' if best.allow else 'disallowed'}: {best}", best)


def closed(why: str, *, refused: bool = False) -> Robots:
    """Nothing may be fetched for now; ``why`` in words."""
    return Robots(state=why[:500], closed=True, refused=refused)


def from_answer(status: int, body: bytes, agent: str) -> Robots:
    """What an HTTP answer to a request for robots.txt means. ``agent``: our product token.

    2xx: its rules (206, a part of them: closed); 429, 5xx and anything odd: closed; other 4xx: no rules, all open
    (RFC 9309, 2.3.1); 3xx left over: closed.
    """
    if 200 <= status < 300 and status != 206:
        return parse(body, agent)
    if 400 <= status < 500 and status != 429:
        return Robots(state=f"robots.txt (absent, HTTP {status})")
    return closed(f"robots.txt gave HTTP {status}")


@dataclass(slots=True)
class _Group:
    names: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None
    ruled: bool = False  # a rule was seen, so the next User-agent line begins another group


def parse(body: bytes, agent: str) -> Robots:
    """The groups for ``agent`` (joined if several), else those for ``*``; lines that are no rules are skipped."""
    groups: list[_Group] = []
    sitemaps: dict[str, None] = {}
    for key, value in _lines(body):
        if key == "user-agent":
            if not groups or groups[-1].ruled:
                groups.append(_Group())
            groups[-1].names.add(token(value))
        elif key == "sitemap":
            if len(sitemaps) < MAX_SITEMAPS and (address := _address(value)):
                sitemaps[address] = None
        elif groups:
            _into(groups[-1], key, value)
    for name in (token(agent), "*"):
        ours = [group for group in groups if name in group.names]
        if ours:
            break
    delays = [group.delay for group in ours if group.delay is not None]
    rules = sorted((rule for group in ours for rule in group.rules), key=lambda r: (r.length, r.allow), reverse=True)
    state = "robots.txt" if groups or body.lstrip()[:1] != b"<" else "robots.txt (a web page instead of rules)"
    return Robots(tuple(rules), max(delays, default=None), state, sitemaps=tuple(sitemaps))


def _into(group: _Group, key: str, value: str) -> None:
    """Lines of other kinds never end a group nor separate its names (RFC 9309, 2.2.4)."""
    if key in ("allow", "disallow"):
        group.ruled = True
        if value:
            group.rules.append(_rule(key == "allow", value))
    elif key == "crawl-delay":
        delay = _seconds(value)
        if delay is not None:
            group.delay = max(delay, group.delay or 0.0)


def _lines(body: bytes) -> list[tuple[str, str]]:
    """(key, value) of each line that can be read; keys in lower case and in their usual spelling."""
    found = []
    for line in re.split(r"[\r\n]+", _text(body)):
        text = line.partition("#")[0].strip(_BLANK)
        key, colon, value = text.partition(":")
        if colon:
            key = key.strip(_BLANK).lower()
            found.append((_KEYS.get(key, key), value.strip(_BLANK)))
        elif bare := _NO_COLON(text):
            found.append((bare[1].lower(), bare[2]))
    return found


def _text(body: bytes) -> str:
    """What is read of it: bytes that are no UTF-8 are kept as they are; a line cut by the limit is no line."""
    cut = body[:MAX_BYTES]
    if len(body) > MAX_BYTES:
        cut = cut[: max(cut.rfind(b"\n"), cut.rfind(b"\r")) + 1]
    if cut.startswith((b"\xff\xfe", b"\xfe\xff")):
        return cut.decode("utf-16", errors="replace")
    return cut.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="surrogateescape")


def token(value: str) -> str:
    """`HaiDang/1.0 (+…)` and `HAIDANG` are one product; `*` is everybody; '' is nobody's name."""
    found = re.match(r"[A-Za-z_-]+|\*(?=\s|$)", value)
    return found.group().lower() if found else ""


def _seconds(value: str) -> float | None:
    found = re.fullmatch(r"(?i)(\d+(?:\.\d*)?|\.\d+)\s*(?:s|sec|secs|seconds?)?", value, re.ASCII)
    return min(float(found[1]), MAX_CRAWL_DELAY_S) if found else None


def _address(value: str) -> str | None:
    if len(value) > 2048 or not value.isprintable() or " " in value:
        return None
    try:
        parts = urlsplit(value)
        return value if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _rule(allow: bool, value: str) -> Rule:
    """A pattern that names the host is read as its path; one that begins with neither `/` nor `*` gets its `/`."""
    pattern = re.sub(r"(?i)^https?://[^/*]*", "", value) or "/"
    pattern = pattern if pattern.startswith(("/", "*")) else "/" + pattern
    anchored = pattern.endswith("$")
    stem = pattern[:-1] if anchored else pattern
    pieces = stem.split("*")
    pieces = [pieces[0], *(p for p in pieces[1:-1] if p), *pieces[1:][-1:]]  # `**` says no more than `*`
    strict = tuple(normal(piece) for piece in pieces)
    length = sum(map(len, strict)) + stem.count("*") + anchored
    return Rule(allow, value, tuple(dict.fromkeys((strict, _open(strict)))), anchored, length)


def _open(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """With an open query, from the first `?` that the pattern itself writes."""
    at = next((i for i, piece in enumerate(pieces) if "?" in piece), len(pieces))
    return (*pieces[:at], *map(open_query, pieces[at : at + 1]), *(open_query("?" + p)[1:] for p in pieces[at + 1 :]))


def _shown(pattern: str) -> str:
    text = pattern.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = "".join(c if c.isprintable() else "�" for c in text[: MAX_SHOWN + 1])
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"

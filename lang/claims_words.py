"""Words of claims: one token for what officials and parents call by different names, and groups that limit a rule.

``tokens`` reads a text once: the longest phrase of the lexicon wins, what is left are plain syllables. A *concept*
("PAY") stands for many wordings; ``flip`` marks the opposite wording of it (miễn is not paying). A *group* is a
concept of a kind (LEVEL, SECTOR, …) of which a rule holds for some and not for others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lang.claims_lexicon import CONCEPTS, FLIPPED, GROUPS, STOP
from lang.text import old_tone_style

_WORD = re.compile(r"[^\W_]+(?:[.,/-](?=\d)\d+)*", re.UNICODE)
_GRADE = re.compile(r"(?<!\w)(?:lớp|khối(?: lớp)?|khối)\s+(\d{1,2})(?!\d|[./])")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``text`` is its concept or syllable; ``flip`` −1 where the wording is the concept's opposite."""

    text: str
    begin: int
    end: int
    flip: int = 1
    group: str = ""  # kind of group, "" for none


def lowered(text: str) -> str:
    """Lower case, one tone style, same length: offsets stay."""
    low = old_tone_style(text).lower()
    return (
        low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in old_tone_style(text))
    )


def _phrases() -> tuple[dict[str, tuple[str, int, str]], dict[str, tuple[int, ...]]]:
    """Phrase → (concept, flip, group); first syllable → lengths of the phrases that begin with it, longest first."""
    found: dict[str, tuple[str, int, str]] = {}
    sizes: dict[str, set[int]] = {}

    def add(words: str, concept: str, flip: int, group: str) -> None:
        parts = _WORD.findall(lowered(words))
        found.setdefault(" ".join(parts), (concept, flip, group))
        sizes.setdefault(parts[0], set()).add(len(parts))

    for concept, words in CONCEPTS.items():
        for one in words.split("|"):
            add(one, concept, 1, "")
    for concept, words in FLIPPED.items():
        for one in words.split("|"):
            add(one, concept, -1, "")
    for kind, members in GROUPS.items():
        for member, words in members.items():
            for one in words.split("|"):
                add(one, f"{kind}:{member}", 1, kind)
    return found, {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()}


_PHRASES, _SIZES = _phrases()


def tokens(text: str) -> tuple[Token, ...]:
    """Tokens of ``text`` (NFC) in order; stop words are left out."""
    low = lowered(text)
    spans = [match.span() for match in _WORD.finditer(low)]
    words = [low[a:b] for a, b in spans]
    found: list[Token] = []
    at = 0
    while at < len(words):
        word = words[at]
        taken = 0
        for size in _SIZES.get(word, ()):
            row = _PHRASES.get(" ".join(words[at : at + size])) if at + size <= len(words) else None
            if row is not None and (size == 1 or _together(low, spans, at, size)):
                found.append(Token(row[0], spans[at][0], spans[at + size - 1][1], row[1], row[2]))
                taken = size
                break
        if not taken:
            if word not in STOP and (len(word) > 1 or word.isdigit()):
                found.append(Token(word, *spans[at]))
            taken = 1
        at += taken
    return tuple(found)


def _together(low: str, spans: list[tuple[int, int]], at: int, size: int) -> bool:
    """No comma or stop inside a phrase (but & and - of GD&ĐT)."""
    return all(low[spans[i][1] : spans[i + 1][0]].strip(" &-–.") == "" for i in range(at, at + size - 1))


def groups_of(found: tuple[Token, ...], begin: int = 0, end: int = 1 << 30) -> Mapping[str, frozenset[str]]:
    """Groups named between two offsets: kind → members (LEVEL → {THCS, THPT})."""
    out: dict[str, set[str]] = {}
    for token in found:
        if token.group and begin <= token.begin and token.end <= end:
            out.setdefault(token.group, set()).update(token.text.split(":", 1)[1].split("/"))
    return {kind: frozenset(members) for kind, members in out.items()}


_GRADES = re.compile(
    r"(?<!\w)(?:lớp|khối(?: lớp)?)\s+(\d{1,2})\s*(?:đến(?: hết)?|tới|-|–)\s*(?:lớp|"
    r"khối(?: lớp)?)?\s*(\d{1,2})(?!\d|[./])"
)


def grades(text: str) -> frozenset[int]:
    """School grades named: lớp 6, khối 9; từ lớp 1 đến lớp 5 names all between."""
    low = lowered(text)
    found = {int(m[1]) for m in _GRADE.finditer(low) if 1 <= int(m[1]) <= 12}
    for m in _GRADES.finditer(low):
        found.update(range(int(m[1]), min(12, int(m[2])) + 1))
    return frozenset(found)

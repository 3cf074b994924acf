"""What the linear judges see of a text: syllable 1–2-grams, apart for the title, its marks, and the places found.

Features are strings; a model's vocabulary maps them to columns. Prefixes: none = title or lead; ``^`` = title;
``#`` = shape and punctuation; ``@`` = places; ``~`` = words around a mention of our own places.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from analysis.anchors import counts
from analysis.places import Mention
from analysis.role import role_features
from lang.text import old_tone_style, syllables

_DIGIT = re.compile(r"\d")
_PUNCTUATION = "?!'\":|…-,"
LONGEST_LEAD = 90  # syllables of lead (or of a body without lead) that a judge reads


def words(text: str, limit: int = 10_000) -> list[str]:
    """Syllables; a number of three digits or more keeps only its shape, so that 2025 and 2026 are one feature."""
    found = syllables(text[: limit * 12])[:limit]
    return [_DIGIT.sub("0", w) if len(w) > 2 and w[0].isdigit() else w for w in found]


def text_features(title: str, lead: str) -> set[str]:
    """Features of title and lead (NFC). Binary: how often a word occurs says little in sixty syllables."""
    top, rest = words(title, 60), words(lead, LONGEST_LEAD)
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(top)]
    found = set(top)
    found.update(pairs)
    found.update([f"^{w}" for w in top])
    found.update([f"^{p}" for p in pairs])
    strong_top = counts(found)[0]
    found.update(rest)
    found.update([f"{a} {b}" for a, b in itertools.pairwise(rest)])
    strong, weak = counts(found)
    found.update((f"%^{min(strong_top, 3)}", f"%{min(strong, 5)}", f"%%{min(weak, 4)}"))
    found.update([f"#{c}" for c in _PUNCTUATION if c in title])
    found.update([f"##{c}" for c in _PUNCTUATION if c in lead])
    found.add(f"#{min(len(top) // 4, 6)}")
    found.add(f"##{min(len(rest) // 8, 8)}")
    return found


_PLACES = ("city", "former_province", "unit_new", "unit_old")


def unplaced(title: str, lead: str, mentions: Sequence[Mention]) -> tuple[str, str]:
    """Title and lead without the names of our places: whether an item is about education does not depend on them.

    Labelled items that name Hải Phòng were picked for the place and are hardly ever about education: a judge that saw
    the name would take it for a word against education. ``mentions`` count in ``title + "\\n" + lead``.
    """
    ours = [m for m in mentions if m.in_hp and m.kind in _PLACES]
    if not ours:
        return title, lead
    text, parts, at = f"{title}\n{lead}", [], 0
    for mention in ours:
        if at <= mention.start and mention.end <= len(text):
            parts.append(text[at : mention.start])
            at = mention.end
    front, _, rest = (" ".join(parts) + " " + text[at:]).partition("\n")
    return front, rest


def place_features(title: str, lead: str, mentions: Sequence[Mention], side: str = "") -> set[str]:
    """How Hải Phòng stands in the text: where, as what, beside whom, and the words around it; ``side``: of the outlet
    (:meth:`PlaceMatcher.side`)."""
    ours = [m for m in mentions if m.in_hp]
    if not ours:
        return set()
    text = f"{title}\n{lead}"
    in_title = [m for m in ours if m.start < len(title)]
    others = [m for m in mentions if m.kind == "province"]
    before = [m for m in others if m.start < ours[0].start]
    found = {f"@{m.kind}" for m in ours} | {f"@sure{int(m.confidence * 5)}" for m in ours}
    found |= {f"@^{m.kind}" for m in in_title}
    if side:
        found |= {f"@outlet-{side}"} | {f"@outlet-{side}-{m.kind}" for m in ours}
        found |= {f"@outlet-{side}-alone"} if not others else set()
    found.add(f"@count{min(len(ours), 4)}")
    found.add(f"@others{min(len({m.label for m in others}), 4)}")
    found.add("@^first" if ours[0].start < 3 else "@title" if in_title else "@lead")
    if not others:
        found.add("@alone^" if in_title else "@alone")
    if before:
        found.add(f"@after{min(len(before), 3)}")
    if any(m.start < len(title) for m in others):
        found.add("@^other-and-ours" if in_title else "@^other")
    found |= {"@abroad"} if any(m.kind == "abroad" for m in mentions) else set()
    found |= {"@namesake"} if any(m.kind == "namesake" for m in mentions) else set()
    listed = sum(_in_list(text, m, mentions) for m in ours)
    found.add(f"@listed{min(listed, 2)}" if listed < len(ours) else "@all-listed")
    found |= _around(title, lead, mentions)
    return found | role_features(title, lead, mentions)


def _in_list(text: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Is the name one of an enumeration of provinces ("Hà Nội, Hải Phòng và Cần Thơ")?"""
    for other in mentions:
        if other.kind == "province":
            between = text[mention.end : other.start] if other.start >= mention.end else text[other.end : mention.start]
            if between.strip() in (",", "và", ", và", "-", "–", "và TP", ", TP", "hay", "/"):
                return True
    return False


def _around(title: str, lead: str, mentions: Sequence[Mention]) -> set[str]:
    """n-grams of the text with place names put out of sight (ours → HP, a province → TINH, …), 1–3 near ours.

    "chủ nhà HP", "TINH , HP", "đường sắt TINH - HP": what stands around the name says what part it plays.
    """
    found: set[str] = set()
    for mark, begin, end in (("^", 0, len(title)), ("", len(title) + 1, len(title) + 1 + len(lead))):
        tokens = _masked(f"{title}\n{lead}", begin, end, mentions)
        found.update([f"={t}" for t in tokens])
        found.update([f"={a} {b}" for a, b in itertools.pairwise(tokens)])
        for at, token in enumerate(tokens):
            if token in _OURS:
                for low in range(max(0, at - 3), at + 2):
                    for high in range(max(low, at) + 1, min(low + 4, at + 4) + 1):
                        if low <= at < high:
                            found.add(f"~{mark}{' '.join(tokens[low:high])}")
                            found.add(f"~{' '.join(tokens[low:high])}")
    return found


_OURS = ("HP", "DV", "TRUONG", "SO")
_MASKS = {"city": "HP", "former_province": "HP", "unit_new": "DV", "unit_old": "DV", "school": "TRUONG", "office": "SO",
          "province": "TINH", "abroad": "NUOC"}  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+|[,:;()\-–?!']")


def _masked(text: str, begin: int, end: int, mentions: Sequence[Mention]) -> list[str]:
    tokens: list[str] = []
    at = begin
    for mention in mentions:
        if mention.start < begin or mention.end > end or (mention.kind not in _MASKS):
            continue
        if mention.kind in ("school", "office") and not mention.in_hp:
            continue
        tokens += _plain(text[at : mention.start])
        tokens.append(_MASKS[mention.kind])
        at = mention.end
    return (tokens + _plain(text[at:end]))[:150]


def _plain(text: str) -> list[str]:
    return ["0" if w[0].isdigit() else w for w in _TOKEN.findall(old_tone_style(text.lower()))]

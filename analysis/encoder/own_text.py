"""Text as the encoder reads it: sub-word ids, the case of each piece, and which part of the item it stands in.

Lower-cased and in one tone style before it is cut, so that "Hoà" and "hòa" are one; whether a piece began with a
capital is kept beside it, since names are told by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.places import Mention
from lang.text import old_tone_style

PAD, CLS, SEP, MASK, UNKNOWN = "[PAD]", "[CLS]", "[SEP]", "[MASK]", "[UNK]"
SPECIAL = (PAD, CLS, SEP, MASK, UNKNOWN)
TITLE, LEAD = 48, 80  # pieces that are read of each
_OURS, _OTHERS = 2, 3  # segments of the names of places; 0 is the title, 1 the lead


@dataclass(frozen=True, slots=True)
class Pieces:
    """One reading: three lists of equal length, at most ``TITLE + LEAD + 3`` long."""

    ids: list[int]
    case: list[int]
    segment: list[int]


def plain(text: str) -> str:
    """What is cut into pieces; as long as ``text`` wherever lower-casing keeps the length of every character."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" becomes two: offsets must still point into the text
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return old_tone_style(lower)


def cases(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """0 lower or none · 1 begins with a capital · 2 all capitals (two letters or more), of each span of ``text``."""
    found = []
    for begin, end in spans:
        piece = text[begin:end]
        found.append(0 if not piece[:1].isupper() else 2 if len(piece) > 1 and piece.isupper() else 1)
    return found


def pieces(
    tokenizer: Any, items: Sequence[tuple[str, str]], mentions: Sequence[Sequence[Mention]] | None = None
) -> list[Pieces]:
    """Readings of (title, lead) pairs, NFC. ``mentions`` count in ``title + "\\n" + lead`` and mark their pieces."""
    cls, sep = tokenizer.token_to_id(CLS), tokenizer.token_to_id(SEP)
    # A piece is at least one character: what is beyond this can never be read, so it is not cut either.
    flat = [text[: limit * 12] for item in items for text, limit in zip(item, (TITLE, LEAD), strict=True)]
    cut = tokenizer.encode_batch([plain(t) for t in flat], add_special_tokens=False)
    made = []
    for at, (title, _) in enumerate(items):
        ids, case, segment = [cls], [0], [0]
        for part, limit in ((0, TITLE), (1, LEAD)):
            found = cut[2 * at + part]
            spans = found.offsets[:limit]
            ids += [*found.ids[:limit], sep]
            case += [*cases(flat[2 * at + part], spans), 0]
            begin = len(title) + 1 if part else 0
            segment += [*_segments(spans, begin, part, mentions[at] if mentions else ()), part]
        made.append(Pieces(ids, case, segment))
    return made


def _segments(spans: Sequence[tuple[int, int]], begin: int, part: int, mentions: Sequence[Mention]) -> list[int]:
    found = [part] * len(spans)
    for mention in mentions:
        name = _OURS if mention.in_hp else _OTHERS
        for at, (low, high) in enumerate(spans):
            if low + begin < mention.end and mention.start < high + begin:
                found[at] = name
    return found

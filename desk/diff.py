"""What changed between two readings of an article, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = 1_000  # words of one changed line compared one by one; a longer one is shown as a whole
BUDGET = 6_000  # words compared on one page: a hostile page may cost no more than this


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: ``kind`` is same, added, removed or skipped (a count of unchanged lines)."""

    kind: str
    text: str


def changes(old: Sequence[str], new: Sequence[str]) -> list[list[Piece]]:
    """One list of pieces a changed line; unchanged lines between are one ``skipped`` piece. Empty: no difference.

    Lines are compared first and words within changed lines after: moving a paragraph does not colour the page.
    """
    rows: list[list[Piece]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            rows.append([Piece("skipped", str(a2 - a1))])
        else:
            rows += _lines(old[a1:a2], new[b1:b2])
    return rows if any(piece.kind in ("added", "removed") for row in rows for piece in row) else []


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """Changed lines in pairs while there are two to pair; what is left was added or removed whole."""
    paired, budget = min(len(old), len(new)), BUDGET
    for before, after in zip(old, new, strict=False):
        budget -= before.count(" ") + after.count(" ")
        yield words(before, after) if budget > 0 else [Piece("removed", before), Piece("added", after)]
    yield from ([Piece("removed", text)] for text in old[paired:])
    yield from ([Piece("added", text)] for text in new[paired:])


def words(old: str, new: str) -> list[Piece]:
    """The two lines as one, with what went and what came; the pieces are to be read with a space between."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > WORDS:
        return [Piece("removed", old), Piece("added", new)]
    pieces: list[Piece] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(after[b1:b2])))
            continue
        if a2 > a1:
            pieces.append(Piece("removed", " ".join(before[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("added", " ".join(after[b1:b2])))
    return pieces

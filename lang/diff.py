"""What changed between two readings of a text: paragraph by paragraph, then word by word; in pieces and in sentences.

The pieces go to the desk and into exported copies; :func:`plain` writes them for a terminal and a letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = 1_000  # words of one changed line compared one by one; a longer one is shown as a whole
BUDGET = 6_000  # words compared in one text: a hostile page may cost no more than this
LINES = 1_500  # lines of a text compared; what follows is counted, not compared
PAIRS = 3_000  # pairs of changed lines weighed against each other; past that they are paired as they come
ALIKE = 0.4  # share of words that two lines must have in common to be one line, edited
FOLD = 40  # words without a change, from which a stretch is shown by its ends
ENDS = 12  # … this many words of either end


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``kind``: same, added, removed, moved (a paragraph that stands elsewhere now), or a count:
    skipped (unchanged lines), folded (unchanged words), uncompared (lines past the limit)."""

    kind: str
    text: str

    @property
    def figure(self) -> bool:
        """A number went or came here: the edits that matter most are often one number."""
        return self.kind in ("added", "removed") and any(c.isdigit() for c in self.text)


Row = list[Piece]


def changes(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """One list of pieces a changed line; unchanged lines between are one ``skipped`` piece. Empty: no difference.

    Lines are compared first and words within changed lines after; a paragraph that moved is shown once, where it is.
    """
    rest = max(len(old), len(new)) - LINES
    old, new = old[:LINES], new[:LINES]
    blocks = SequenceMatcher(None, old, new).get_opcodes()
    moved = _moved(old, new, blocks)
    away, budget, rows = Counter(moved), [BUDGET], []
    for tag, a1, a2, b1, b2 in blocks:
        if tag == "equal":
            rows.append([Piece("skipped", str(a2 - a1))])
        else:
            before = [text for text in old[a1:a2] if not _take(away, text)]
            rows += _lines(before, new[b1:b2], moved, budget)
    if rest > 0:
        rows.append([Piece("uncompared", str(rest))])
    return rows if any(p.kind not in ("same", "skipped", "folded") for row in rows for p in row) else []


def _moved(old: Sequence[str], new: Sequence[str], blocks: Sequence[tuple[str, int, int, int, int]]) -> Counter[str]:
    """Lines that went in one place and came back in another; shorter ones ("Ảnh: …") prove nothing."""
    went = Counter(t for tag, a1, a2, _, _ in blocks if tag != "equal" for t in old[a1:a2] if t.count(" ") >= 4)
    came = Counter(t for tag, _, _, b1, b2 in blocks if tag != "equal" for t in new[b1:b2])
    return went & came


def _take(left: Counter[str], text: str) -> bool:
    if left[text] <= 0:
        return False
    left[text] -= 1
    return True


def _lines(old: Sequence[str], new: Sequence[str], moved: Counter[str], budget: list[int]) -> Iterator[Row]:
    """Changed lines in order: those alike in pairs, the others added or removed whole."""
    here = [_take(moved, text) for text in new]
    stay = [text for text, elsewhere in zip(new, here, strict=True) if not elsewhere]
    pairs = iter(_paired(old, stay))
    for text, elsewhere in zip(new, here, strict=True):
        if elsewhere:
            yield [Piece("moved", text)]
            continue
        for before, after in pairs:
            yield _row(before, after, budget)
            if after is not None:
                break
    for before, after in pairs:
        yield _row(before, after, budget)


def _row(before: str | None, after: str | None, budget: list[int]) -> Row:
    if before is None or after is None:
        return [Piece("added", after)] if after is not None else [Piece("removed", before or "")]
    budget[0] -= before.count(" ") + after.count(" ")
    return _folded(words(before, after)) if budget[0] > 0 else [Piece("removed", before), Piece("added", after)]


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Old and new lines in order, put together where they share most words (an alignment, heaviest first)."""
    if not old or not new or len(old) * len(new) > PAIRS:
        together = [(a, b) for a, b in zip(old, new, strict=False)]
        return [*together, *((t, None) for t in old[len(new) :]), *((None, t) for t in new[len(old) :])]
    bags = [Counter(t.split()) for t in old], [Counter(t.split()) for t in new]
    only = len(old) == len(new) == 1  # one line in place of one: an edit, however much of it changed
    alike = [[1.0 if only else _alike(a, b) for b in bags[1]] for a in bags[0]]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    out: list[tuple[str | None, str | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            out.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            out.append((old[i], None))
            i += 1
        else:
            out.append((None, new[j]))
            j += 1
    return [*out, *((t, None) for t in old[i:]), *((None, t) for t in new[j:])]


def _alike(a: Counter[str], b: Counter[str]) -> float:
    share = 2 * (a & b).total() / ((a.total() + b.total()) or 1)
    return share if share >= ALIKE else 0.0


def words(old: str, new: str) -> Row:
    """The two lines as one, with what went and what came; the pieces are to be read with a space between."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > WORDS:
        return [Piece("removed", old), Piece("added", new)]
    pieces: Row = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(after[b1:b2])))
            continue
        if a2 > a1:
            pieces.append(Piece("removed", " ".join(before[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("added", " ".join(after[b1:b2])))
    return pieces


def _folded(row: Row) -> Row:
    """Long stretches without a change by their ends."""
    out: Row = []
    for piece in row:
        said = piece.text.split()
        if piece.kind != "same" or len(said) <= FOLD:
            out.append(piece)
            continue
        out.append(Piece("same", " ".join(said[:ENDS])))
        out.append(Piece("folded", str(len(said) - 2 * ENDS)))
        out.append(Piece("same", " ".join(said[-ENDS:])))
    return out

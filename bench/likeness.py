"""When two claims without a clause count as one: the thresholds of `analysis.candidate_groups` on labelled pairs.

    python -m bench.likeness [--shared ../shared]

Three questions, each at every threshold of a sweep, the ones in use marked. **again**: labelled near-duplicates of the
press (a reprint must join), beside pairs of other stories, those written on one template too (they must not).
**story**: pairs of one story told anew, which a story's own threshold may join, beside pairs of other stories.
**rumours**: what a denial or a question of the invented cases is about, beside every other pair of them (`_SAME`: read
by hand). The peer is the share of common syllables (Jaccard), at the threshold that is best for it on the same pairs;
ours is not chosen here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from analysis.candidate_groups import ALIKE, ALIKE_IN_STORY, Sketch, likeness, sketch
from analysis.claims import Article, claims
from lang.text import syllables

ROOT = Path(__file__).resolve().parent.parent
SWEEP = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
_SAME = (("C025", "C101"), ("C037", "C066"), ("C040", "C112"))
"""Of the dev cases: a question or a denial, and the case that carries what it is about."""
_KINDS = ("unsourced", "debunks", "reports_rumour")
Row = dict[str, Any]
Told = tuple[Sketch, frozenset[str]]


def told(title: str, sentence: str, both: bool) -> Told:
    """A claim as the stage keeps it, and as the peer sees it. ``both``: with its title, as of a denial or a report."""
    words = f"{title} {sentence}" if both else sentence
    return (sketch(title, sentence) if both else sketch(sentence)), frozenset(syllables(words.lower()))


def of_press(row: Row) -> Told:
    """The first sentence of an item that can be checked, else its title."""
    found = claims(Article(row.get("id", "x"), row["title"], row["summary"], None, row["outlet"], "central_press"))
    return told(row["title"], next((c.text for c in found if c.checkable), row["title"]), both=False)


def ours(one: Told, other: Told) -> float:
    """Likeness of the stage."""
    return likeness(one[0], other[0])


def peer(one: Told, other: Told) -> float:
    """Jaccard of syllables."""
    return len(one[1] & other[1]) / (len(one[1] | other[1]) or 1)


Pairs = Sequence[tuple[Told, Told]]


def swept(same: Pairs, others: Pairs, used: float) -> Row:
    """Joined of those that are one claim and of those that are not, at each threshold; and the peer at its best."""
    mine, not_mine = ([ours(*p) for p in pairs] for pairs in (same, others))
    rows = [_at(mine, not_mine, at) | ({"used": True} if at == used else {}) for at in SWEEP]
    theirs, not_theirs = ([peer(*p) for p in pairs] for pairs in (same, others))
    best = max((_at(theirs, not_theirs, at) for at in SWEEP), key=lambda row: row["f1"])
    return {"same": len(same), "others": len(others), "sweep": rows, "peer_at_its_best": best}


def _at(mine: Sequence[float], others: Sequence[float], at: float) -> Row:
    joined, wrong = sum(v >= at for v in mine), sum(v >= at for v in others)
    recall = joined / (len(mine) or 1)
    precision = joined / (joined + wrong) if joined + wrong else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "at": at,
        "joined": round(recall, 3),
        "wrongly": wrong,
        "precision": round(precision, 3),
        "f1": round(f1, 3),
    }


def press(shared: Path) -> Row:
    """Questions *again* and *story* on labelled items of the press."""
    folder = shared / "labels" / "stories"
    rows = list(_lines(folder / "dev.jsonl"))
    sketches, stories = {r["id"]: of_press(r) for r in rows}, {r["id"]: r["story"] for r in rows}
    cross = [p for p in combinations(sketches, 2) if stories[p[0]] != stories[p[1]]]
    anew = [p for p in combinations(sketches, 2) if stories[p[0]] == stories[p[1]]]
    again: list[tuple[Told, Told]] = []
    template: list[tuple[Told, Told]] = []
    repeated: set[frozenset[str]] = set()
    for pair in _lines(folder / "dev_pairs.jsonl"):
        known = pair["a"] in sketches and pair["b"] in sketches
        if not known and "a_item" not in pair:
            continue
        both = (
            (sketches[pair["a"]], sketches[pair["b"]])
            if known
            else (of_press(pair["a_item"]), of_press(pair["b_item"]))
        )
        if pair["near_duplicate"]:
            again.append(both)
            repeated.add(frozenset((pair["a"], pair["b"])))
        elif not known or stories[pair["a"]] != stories[pair["b"]]:
            template.append(both)
    far = [(sketches[a], sketches[b]) for a, b in cross]
    retold = [(sketches[a], sketches[b]) for a, b in anew if frozenset((a, b)) not in repeated]
    return {
        "again": swept(again, [*template, *far], ALIKE),
        "again_on_templates_alone": swept(again, template, ALIKE),
        "story": swept(retold, far, ALIKE_IN_STORY),
    }


def rumours(shared: Path) -> Row:
    """The question *rumours* on the invented cases."""
    rows = [c for c in _lines(shared / "labels" / "claims" / "dev" / "cases.jsonl") if c["relation"] in _KINDS]
    found = {c["id"]: told(c["title"], c["claim"], both=c["relation"] != "unsourced") for c in rows}
    same = [(found[a], found[b]) for a, b in _SAME]
    others = [(found[a], found[b]) for a, b in combinations(found, 2) if (a, b) not in _SAME and (b, a) not in _SAME]
    return swept(same, others, ALIKE)


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    parts: dict[str, Callable[[Path], Row]] = {"press": press, "rumours": rumours}
    out = {name: part(shared) for name, part in parts.items()}
    sys.stdout.write(json.dumps(out, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()

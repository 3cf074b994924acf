"""How often the right institution is taken for the target, and the right words are shown: ``python -m bench.target``.

``own_…``: invented items with stance, target and words (``tests/unit/analysis/stance_own.jsonl``); ``own_unseen_…``:
those after which no rule was changed. ``full_…``: the whole articles of ``full_dev.jsonl`` that have a target (eight).
The stance is given: what is measured is *whom*, not *whether*. ``peer_…``: the first institution that a pattern finds,
title before lead, in the same run. ``spans_…``: words shown against words marked by hand, by
syllables: of the shipped weights, of the words that drew the target, of both; ``spans_peer_…``: the five rarest words.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.linear import Linear
from analysis.places import PlaceMatcher
from analysis.spans import joined, shown
from analysis.target import Target, TargetReader
from analysis.target_words import Words
from bench.quality_more import ARTICLES
from bench.target_peer import first_named
from config.gazetteer import load_gazetteer
from config.offices import load_offices
from lang.text import nfc, syllables

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.json")
OWN = ROOT / "tests" / "unit" / "analysis" / "stance_own.jsonl"
LABELS = ROOT.parent / "shared" / "labels"
_SCHOOL = Words.compile(folded=False)

Row = dict[str, Any]


class Bench:
    """The rule with everything that it needs."""

    def __init__(self) -> None:
        self.matcher = PlaceMatcher(load_gazetteer())
        self.reader = TargetReader(load_offices()[0])
        self.text = Linear.load("text")

    def target(self, row: Row) -> Target | None:
        """What the rule says of a row with ``title``, ``lead``, perhaps ``body``."""
        title, lead, body = nfc(row["title"]), nfc(row["lead"]), nfc(row.get("body", ""))
        whole = "\n".join(part for part in (title, lead, body) if part)
        mentions = self.matcher.find(whole)
        read = lead or body[:1_500]
        words = shown(self.text, "stance", row["stance"], title, read, mentions=mentions)
        spans = [(s.start, s.end) for s in words]
        ours = row["hp"] == "direct"
        return self.reader.read(whole, row["stance"], mentions, spans, ours=ours, title=len(title))

    def spans(self, row: Row) -> dict[str, list[tuple[int, int]]]:
        """Words shown of title and lead: by the weights, by the words that drew the target, by both."""
        title, lead = nfc(row["title"]), nfc(row["lead"])
        text = f"{title}\n{lead}"
        learned = shown(self.text, "stance", row["stance"], title, lead, mentions=self.matcher.find(text))
        said = self.target(row)
        drew = said.words if said else ()
        both = [(s.start, s.end) for s in joined(text, learned, drew)]
        return {"weights": [(s.start, s.end) for s in learned], "words": list(drew), "both": both,
                "peer": rarest(self, row)}  # fmt: skip


def same(gold: Row | None, said: Target | None) -> bool:
    """Is it the institution that a reader named?"""
    if gold is None or said is None:
        return gold is None and said is None
    if gold["kind"] != said.kind and "office" in (gold["kind"], said.kind):
        return False
    if gold["kind"] == "office":
        return gold["id"] == said.id and ("name" not in gold or gold["name"] == said.name)
    if gold["kind"] == "schools" or not gold["name"]:
        return not said.named
    return same_name(gold["name"], said.name)


def same_name(gold: str, said: str) -> bool:
    """Two ways of writing one school."""
    a, b = (_SCHOOL.school_key(" ".join(syllables(name))) for name in (gold, said))
    return a == b


def same_text(gold: Row | None, said: str) -> bool:
    """The peer says only words: is it the same school, or the same sort of office?"""
    if gold is None or not said:
        return gold is None and not said
    low = said.lower()
    if gold["kind"] == "office":
        word = {"sgddt": "sở", "bgddt": "bộ", "ubndxa": "ubnd", "phongvhxh": "phòng vh"}.get(gold["id"], "sở")
        return low.startswith(word) and ("name" not in gold or gold["name"].lower() == low)
    if gold["kind"] == "schools":
        return low.startswith(("các ", "nhiều ", "một số "))
    return low == "nhà trường" if not gold["name"] else same_name(gold["name"], said)


def articles(labels: Path) -> list[Row]:
    """The whole articles that have a target, as rows of ours."""
    rows = [json.loads(line) for line in (labels / "full_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if r["stance_target"]]
    texts = {}
    with lzma.open(labels.parent / ARTICLES, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            texts[article["id"]] = article
    return [
        {"id": r["id"], "title": texts[r["id"]]["title"], "lead": "", "body": texts[r["id"]]["text"], "hp": r["hp"],
         "stance": r["stance"], "target": _gold(r["stance_target"])}
        for r in rows
    ]  # fmt: skip


def _gold(name: str) -> Row:
    low = name.lower()
    if low.startswith("bộ"):
        return {"kind": "office", "id": "bgddt"}
    return {"kind": "schools"} if low.startswith("các ") else {"kind": "school", "name": name}


def figures(labels: Path | None = LABELS) -> dict[str, float]:
    """All figures; ``labels`` None or absent: those of the invented items alone."""
    bench = Bench()
    own = read_own()
    sets = {"own": own, "own_unseen": [r for r in own if r["unseen"]]}
    if labels is not None and labels.is_dir():
        sets["full"] = articles(labels)
    out: dict[str, float] = {}
    for name, rows in sets.items():
        out[f"{name}_items"] = len(rows)
        out[f"{name}_target"] = sum(same(r["target"], bench.target(r)) for r in rows) / len(rows)
        heard = [first_named(nfc(r["title"]), nfc(r["lead"] or r["body"])) for r in rows]
        out[f"{name}_peer_target"] = sum(map(same_text, [r["target"] for r in rows], heard)) / len(rows)
    return {k: round(v, 4) for k, v in (out | of_spans(bench, own)).items()}


def of_spans(bench: Bench, rows: Sequence[Row]) -> dict[str, float]:
    """By syllables: precision, recall and F1 of what is shown against what a reader marked; ``spans_chance``: the share
    of all syllables that is marked."""
    said = [bench.spans(r) for r in rows]
    out: dict[str, float] = {}
    for way in ("weights", "words", "both", "peer"):
        both = shown_all = marked_all = total = 0
        for row, found in zip(rows, said, strict=True):
            syllables_ = [m.span() for m in re.finditer(r"[^\W_]+", f"{nfc(row['title'])}\n{nfc(row['lead'])}")]
            gold = {s for s in syllables_ if any(a <= s[0] < b for a, b in _marked(row))}
            got = {s for s in syllables_ if any(a <= s[0] < b for a, b in found[way])}
            both, shown_all, marked_all = both + len(gold & got), shown_all + len(got), marked_all + len(gold)
            total += len(syllables_)
        precision, recall = both / max(1, shown_all), both / max(1, marked_all)
        out |= {f"spans_{way}_precision": precision, f"spans_{way}_recall": recall}
        out[f"spans_{way}_f1"] = 2 * precision * recall / max(1e-9, precision + recall)
        out["spans_chance"] = marked_all / total
    return out


def rarest(bench: Bench, row: Row) -> list[tuple[int, int]]:
    """The five known syllables of the highest idf, small letters only, as spans."""
    text = f"{nfc(row['title'])}\n{nfc(row['lead'])}"
    known = {w: float(bench.text.idf[i]) for w in text.split() if (i := bench.text.vocabulary.get(w)) is not None}
    best = sorted(known, key=lambda w: -known[w])[:5]
    return [(text.index(w), text.index(w) + len(w)) for w in best]


def _marked(row: Row) -> list[tuple[int, int]]:
    text = f"{nfc(row['title'])}\n{nfc(row['lead'])}"
    return [(text.index(s), text.index(s) + len(s)) for s in row["spans"]]


def read_own() -> list[Row]:
    """The invented items."""
    return [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; with ``--errors`` the wrong ones too, with ``--check`` 1 below a floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.errors:
        bench = Bench()
        for row in [*read_own(), *(articles(chosen.labels) if chosen.labels.is_dir() else [])]:
            if not same(row["target"], said := bench.target(row)):
                print(row["id"], row["title"], "| gold", row["target"], "| said", said)
    found = figures(chosen.labels)
    print(json.dumps(found, indent=1))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["target"] if chosen.check else {}
    low = [f"{name}: {found[name]:.3f} is below {floor}" for name, floor in floors.items() if found[name] < floor]
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())

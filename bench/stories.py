"""Stories and near-duplicates against the labels, and how fast.

    python -m bench.stories [--labels ../shared/labels/stories] [--floors bench/floors.json]

Prints JSON. ``bcubed`` is the figure that counts: every story is judged by weights that saw no pair of it (ten folds
by story, three shuffles; each fold's weights group the whole stream). ``bcubed_shipped`` is the shipped model, which
was trained on these very labels. ``pairs`` takes each labelled near-duplicate pair as a stream of two, judged likewise
by weights that did not see it; ``pairs_by_text`` hides the article number in the addresses. Exit 1 when a figure lies
below its floor; speed (seconds of one core) has no floor here, machines differ.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.duplicates import article_number
from analysis.stories import Grouped, Grouper, GroupItem
from analysis.training.stories import fit, folds, labelled, read_lines, seen_at, training_pairs
from store.model import Membership, Relation

_BATCH = 100


def item_of(row: Mapping[str, Any], name: str = "") -> GroupItem:
    """A labelled item as the runner would hand it over."""
    return GroupItem(name or row["id"], row["title"], row["summary"], "", row["outlet"], row["url"], seen_at(row))


class Rows:
    """A stand-in for the store: keys, texts and memberships of what was grouped."""

    def __init__(self) -> None:
        self.ids: dict[int, list[str]] = defaultdict(list)
        self.texts: dict[str, GroupItem] = {}
        self.memberships: dict[str, Membership] = {}
        self.seconds = 0.0  # of one core, spent in keys and group

    def run(self, grouper: Grouper, items: Sequence[GroupItem], batch: int = _BATCH) -> dict[str, Grouped]:
        """Group a stream in (first_seen_at, article_id) order."""
        done: dict[str, Grouped] = {}
        for begin in range(0, len(items), batch):
            for item, grouped in self._batch(grouper, items[begin : begin + batch]):
                done[item.article_id] = grouped
                self.texts[item.article_id] = item
                self.memberships[item.article_id] = grouped.membership
                for row in grouped.keys:
                    self.ids[row.key].append(row.article_id)
        return done

    def _batch(self, grouper: Grouper, items: Sequence[GroupItem]) -> Iterator[tuple[GroupItem, Grouped]]:
        start = time.process_time()
        keys = [grouper.keys(item) for item in items]
        self.seconds += time.process_time() - start
        wanted = {key for own in keys for key in own if key in self.ids}
        found = {key: self.ids[key][: -grouper.per_key - 1 : -1] for key in wanted}
        near = {name for names in found.values() for name in names}
        texts = {name: self.texts[name] for name in near}
        placed = {name: self.memberships[name] for name in near}
        start = time.process_time()
        out = grouper.group(items, keys, found, texts, placed, now=0)
        self.seconds += time.process_time() - start
        return zip(items, out, strict=True)


def bcubed(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """B-cubed precision, recall, F1 over items, and F1 of the means per story (Bagga & Baldwin 1998)."""
    return _summary(gold, _shares(gold, found))


def _shares(gold: Sequence[str], found: Sequence[str]) -> list[tuple[float, float]]:
    by_gold, by_found = defaultdict(set), defaultdict(set)
    for place, (a, b) in enumerate(zip(gold, found, strict=True)):
        by_gold[a].add(place)
        by_found[b].add(place)
    common = [len(by_gold[a] & by_found[b]) for a, b in zip(gold, found, strict=True)]
    return [(n / len(by_found[b]), n / len(by_gold[a])) for n, a, b in zip(common, gold, found, strict=True)]


def _summary(gold: Sequence[str], shares: Sequence[tuple[float, float]]) -> dict[str, float]:
    per_story: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for story, share in zip(gold, shares, strict=True):
        per_story[story].append(share)
    precision, recall = np.mean(shares, axis=0)
    means = np.mean([np.mean(one, axis=0) for one in per_story.values()], axis=0)
    return {
        "precision": round(float(precision), 4),
        "recall": round(float(recall), 4),
        "f1": round(_f1(precision, recall), 4),
        "f1_macro_story": round(_f1(*means), 4),
    }


def _f1(precision: float, recall: float) -> float:
    return float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0


def stories_unseen(path: Path, count: int = 10, seeds: Sequence[int] = (0, 1, 2)) -> dict[str, float]:
    """B-cubed where no item was grouped by weights that knew its story; mean over the seeds of the folds."""
    rows = labelled(path)
    items = [item_of(row) for row in rows]
    gold = [row["story"] for row in rows]
    shipped = Grouper.load()
    pairs = training_pairs(path, shipped.idf)
    results = []
    for seed in seeds:
        fold = folds(gold, count, seed)
        shares: list[tuple[float, float]] = [(0.0, 0.0)] * len(items)
        for k in range(count):
            grouper = Grouper(shipped.idf, fit(*pairs.without(fold == k)), f"fold {k}")
            done = Rows().run(grouper, items)
            found = _shares(gold, [done[item.article_id].membership.story_id for item in items])
            for place in np.flatnonzero(fold == k):
                shares[place] = found[place]
        results.append(_summary(gold, shares))
    return {name: round(float(np.mean([one[name] for one in results])), 4) for name in results[0]}


def stories_shipped(path: Path) -> tuple[dict[str, float], float]:
    """B-cubed of the shipped weights (seen labels), and items grouped per second on this machine."""
    rows = labelled(path)
    items = [item_of(row) for row in rows]
    store = Rows()
    done = store.run(Grouper.load(), items)
    found = [done[item.article_id].membership.story_id for item in items]
    return bcubed([row["story"] for row in rows], found), len(items) / store.seconds


def near_duplicates(path: Path, hide_numbers: bool, count: int = 10) -> dict[str, float]:
    """Precision, recall, F1 over labelled pairs: the later of the two must come out as a reprint.

    Each pair is judged by weights that saw neither the pair nor any pair with one of its items.
    """
    rows = labelled(path)
    known = {row["id"]: place for place, row in enumerate(rows)}
    labels = read_lines(path / "dev_pairs.jsonl")
    idf = Grouper.load().idf
    training = training_pairs(path, idf)
    own = {id(p): len(rows) + n for n, p in enumerate(p for p in labels if "a_item" in p and "b_item" in p)}
    fold = np.random.default_rng(0).integers(0, count, len(labels))
    right = said = true = by_number = 0
    for k in range(count):
        held_out = np.zeros(len(rows) + len(own), np.bool_)
        mine = [labels[n] for n in np.flatnonzero(fold == k)]
        for pair in mine:
            held_out[[own[id(pair)]] if id(pair) in own else [known[pair["a"]], known[pair["b"]]]] = True
        grouper = Grouper(idf, fit(*training.without(held_out)), f"fold {k}")
        for pair in mine:
            two = [item_of(pair.get(f"{side}_item") or rows[known[pair[side]]], side) for side in "ab"]
            numbers = {article_number(item.url) for item in two}
            by_number += len(numbers) == 1 and None not in numbers
            reprint = _is_reprint(grouper, two, hide_numbers)
            said, true = said + reprint, true + pair["near_duplicate"]
            right += reprint and pair["near_duplicate"]
    precision, recall = right / max(said, 1), right / max(true, 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(_f1(precision, recall), 4),
        "true_pairs": true,
        "pairs_with_one_article_number": by_number,
    }


def _is_reprint(grouper: Grouper, two: list[GroupItem], hide_numbers: bool) -> bool:
    if hide_numbers:
        two = [replace(item, url=f"https://bao.example/{item.article_id}") for item in two]
    two.sort(key=lambda item: (item.first_seen_at, item.article_id))
    return Rows().run(grouper, two)[two[1].article_id].membership.relation is Relation.REPRINT


def main() -> int:
    """Measure, print, compare with the floors."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--labels", type=Path, default=Path("../shared/labels/stories"))
    ask.add_argument("--floors", type=Path, default=Path("bench/floors.json"))
    want = ask.parse_args()
    shipped, per_second = stories_shipped(want.labels)
    figures: dict[str, Any] = {
        "bcubed": stories_unseen(want.labels),
        "bcubed_shipped": shipped,
        "pairs": near_duplicates(want.labels, hide_numbers=False),
        "pairs_by_text": near_duplicates(want.labels, hide_numbers=True),
        "items_per_second": round(per_second),
    }
    floors = json.loads(want.floors.read_text(encoding="utf-8")).get("stories", {})
    below = [f"{name}.f1 {figures[name]['f1']} < {low}" for name, low in floors.items() if figures[name]["f1"] < low]
    print(json.dumps({**figures, "below_floor": below}, indent=2))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

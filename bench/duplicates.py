"""Near-duplicates: planted edits of real texts, speed beside two peers, and what a look-up costs as the store grows.

    python -m bench.duplicates [--texts ../shared/press/texts/baomoi_2017.txt.xz] [--articles 12000] [--store-keys N]

Prints JSON. Half of the articles get an edited copy later in the stream; the other half are strangers. ``detector`` is
the near-duplicate step alone (`analysis.shingles`, `analysis.duplicates`: whole text, bands, exact comparison), from
text to verdict. ``grouper`` is what the product runs (title and lead in the same stream, relation *reprint*).

A report is right when it names the planted source; or when the pair, planted by nobody, is one text by a measure that
the detector does not use: half of the shorter text's syllables stand in the longer one in order, in runs of two or
more (an aggregator's archive holds real reprints, counted as ``real_reprints``). ``far``, 10 to 20 % of the syllables,
is reported only. Peers in the same run, same shingles, same stream: MinHash in numpy with 16 bands of 4, and
datasketch with 64 permutations where it is installed. Speeds are articles a second of one core; the detector's is
gated as a ratio to the numpy peer. Exit 1 below a floor.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from analysis.duplicates import SAME_TEXT, bands, most_shared, sameness
from analysis.shingles import shingles
from analysis.stories import Grouper, GroupItem
from analysis.terms import Hashes
from bench.duplicates_store import look_up_cost
from bench.stories import Rows
from store.model import Relation

KINDS = ("syllables", "moved", "cut", "all", "far")
LIKE = 0.5
PER_KEY = 12
VERIFIED = 6  # candidates compared in full
_BATCH = 16
_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Text:
    """One article of the stream; ``of`` and ``kind`` where it is a planted copy."""

    name: str
    title: str
    lead: str
    body: str
    of: str = ""
    kind: str = ""

    @property
    def whole(self) -> str:
        """Lead and body: what the detector reads."""
        return f"{self.lead}\n{self.body}"


def read_texts(path: Path, count: int) -> list[Text]:
    """Distinct articles of 100 syllables or more."""
    found: dict[str, Text] = {}
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        block: list[str] = []
        for line in lines:
            if line.strip():
                block.append(line.strip())
                continue
            if len(block) >= 3 and len(" ".join(block[1:]).split()) >= 100:
                body = "\n".join(block[2:])
                found.setdefault(body, Text(f"a{len(found):06}", block[0], block[1], body))
            block = []
            if len(found) == count:
                break
    return list(found.values())


class Editor:
    """Plants edits; the same seed plants the same."""

    def __init__(self, texts: Sequence[Text], seed: int = 11) -> None:
        self.random = random.Random(seed)
        self.words = [word for text in texts[:500] for word in text.body.split()]

    def plant(self, text: Text, kind: str) -> Text:
        """A copy with edits of that kind."""
        rate = self.random.uniform(0.10, 0.20) if kind == "far" else self.random.uniform(0.01, 0.08)
        parts = self._paragraphs(text.body)
        if kind in ("cut", "all") and len(parts) > 2:
            most = 0.4 if kind == "cut" else 0.25
            gone = max(1, int(len(parts) * self.random.uniform(0.1, most)))
            for _ in range(min(gone, len(parts) - 2)):
                parts.pop(self.random.randrange(len(parts)))
        if kind in ("moved", "all"):
            for _ in range(self.random.randint(1, 3)):
                part = parts.pop(self.random.randrange(len(parts)))
                parts.insert(self.random.randint(0, len(parts)), part)
        head = (text.title, text.lead)
        if kind in ("syllables", "all", "far"):
            head = (self._edit(text.title, rate), self._edit(text.lead, rate))
            parts = [self._edit(part, rate) for part in parts]
        return Text(f"z{text.name}", *head, "\n".join(parts), text.name, kind)

    @staticmethod
    def _paragraphs(body: str) -> list[str]:
        """Three sentences each: the corpus keeps no paragraphs."""
        sentences = body.replace("\n", " ").split(". ")
        return [". ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]

    def _edit(self, text: str, rate: float) -> str:
        out: list[str] = []
        for word in text.split(" "):
            turn = self.random.random()
            if turn >= rate:
                out.append(word)
            elif turn < rate / 2:
                out.append(self.random.choice(self.words))
            elif turn < rate * 3 / 4:
                out += [word, self.random.choice(self.words)]
        return " ".join(out)


Verdicts = dict[str, str]  # copy → the article that it is said to be a copy of


def detect(texts: Sequence[Text], sign: Callable[[Hashes], list[int]] = bands) -> tuple[Verdicts, float]:
    """The near-duplicate step over a stream, and articles a second. A dict stands in for the store's rows."""
    shelf: dict[int, list[int]] = defaultdict(list)
    known: list[Hashes] = []
    out: Verdicts = {}
    start = time.process_time()
    for begin in range(0, len(texts), _BATCH):
        for place, pairs in enumerate(shingles([text.whole for text in texts[begin : begin + _BATCH]]), begin):
            keys = sign(pairs)
            met = most_shared((shelf[key][: -PER_KEY - 1 : -1] for key in keys), VERIFIED)
            best = max(((sameness(pairs, known[one]), -one) for one in met), default=(0.0, 0))
            if best[0] >= SAME_TEXT:
                out[texts[place].name] = texts[-best[1]].name
            for key in keys:
                shelf[key].append(place)
            known.append(pairs)
    return out, len(texts) / (time.process_time() - start)


def group(texts: Sequence[Text]) -> tuple[Verdicts, float]:
    """What the product says: relation *reprint*; and articles a second for everything that grouping does."""
    items = [
        GroupItem(t.name, t.title, t.lead, t.body, f"o{n % 7}", f"https://o{n % 7}.example/{t.name}", n * 60_000)
        for n, t in enumerate(texts)
    ]
    rows = Rows()
    done = rows.run(Grouper.load(), items)
    said = {name: one.membership.of_article_id for name, one in done.items()
            if one.membership.relation is Relation.REPRINT}  # fmt: skip
    return {name: of for name, of in said.items() if of}, len(texts) / rows.seconds


def numpy_minhash(pairs: Hashes) -> list[int]:
    """The peer of `findings`: 64 permutations, 16 bands of 4."""
    if not len(pairs):
        return []
    least = (pairs[None, :] * _SEEDS >> np.uint64(7)).min(axis=1).reshape(16, 4)
    return [hash((band, *row)) for band, row in enumerate(least.tolist())]


_SEEDS = np.random.default_rng(5).integers(1, 2**63, 64, dtype=np.uint64)[:, None] | np.uint64(1)


def datasketch_peer(texts: Sequence[Text]) -> tuple[Verdicts, float] | None:
    """MinHashLSH with 64 permutations at the same threshold; None where it is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None
    lsh, out = MinHashLSH(threshold=SAME_TEXT, num_perm=64), {}
    signs: dict[str, Any] = {}
    start = time.process_time()
    for begin in range(0, len(texts), _BATCH):
        batch = texts[begin : begin + _BATCH]
        for text, pairs in zip(batch, shingles([one.whole for one in batch]), strict=True):
            sign = MinHash(64, hashfunc=int)
            sign.update_batch((pairs >> np.uint64(32)).tolist())
            met = [(sign.jaccard(signs[one]), one) for one in lsh.query(sign)]
            best = max(met, default=(0.0, ""))
            if best[0] >= SAME_TEXT:
                out[text.name] = best[1]
            lsh.insert(text.name, sign)
            signs[text.name] = sign
    return out, len(texts) / (time.process_time() - start)


def judged(texts: Sequence[Text], said: Verdicts) -> dict[str, Any]:
    """Recall by kind of edit; precision over everything reported."""
    by_name = {text.name: text for text in texts}
    planted = [text for text in texts if text.of]
    family: dict[str, str] = {}
    real, wrong = 0, []
    for name, of in said.items():
        text = by_name[name]
        root = by_name[of].of or of
        if text.of and family.get(text.of, text.of) in (root, family.get(root, root)):
            continue
        origin, target = (by_name[one.of or one.name] for one in (text, by_name[of]))  # moving breaks the order
        if alike(origin.whole, target.whole) >= LIKE:
            family[name] = family.get(root, root)
            real += 1
        else:
            wrong.append((name, of))
    recall = {}
    for kind in KINDS:
        mine = [text for text in planted if text.kind == kind]
        recall[kind] = round(sum(text.name in said and (text.name, said[text.name]) not in wrong for text in mine)
                             / max(len(mine), 1), 4)  # fmt: skip
    near = [text for text in planted if text.kind != "far"]
    found = sum(text.name in said and (text.name, said[text.name]) not in wrong for text in near)
    return {
        "recall": round(found / max(len(near), 1), 4),
        "recall_of": recall,
        "precision": round(1 - len(wrong) / max(len(said), 1), 4),
        "reported": len(said),
        "real_reprints": real,
        "wrong": len(wrong),
    }


def alike(one: str, other: str) -> float:
    """Share of the shorter text's syllables that stand in common runs of two or more, in order."""
    a, b = one.lower().split(), other.lower().split()
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / max(min(len(a), len(b)), 1)


def main() -> int:
    """Plant, measure, print, compare with the floors."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--texts", type=Path, default=Path("../shared/press/texts/baomoi_2017.txt.xz"))
    ask.add_argument("--articles", type=int, default=12_000)
    ask.add_argument("--store-keys", type=int, default=1_000_000)
    ask.add_argument("--floors", type=Path, default=Path("bench/floors.json"))
    want = ask.parse_args()
    texts = read_texts(want.texts, want.articles)
    editor = Editor(texts)
    copies = [editor.plant(text, KINDS[n % len(KINDS)]) for n, text in enumerate(texts[: len(texts) // 2])]
    stream = [*texts, *copies]
    figures: dict[str, Any] = {"articles": len(stream), "planted": len(copies)}
    runs = {
        "detector": detect(stream),
        "grouper": group(stream),
        "numpy_minhash_16_bands": detect(stream, numpy_minhash),
        "datasketch_64": datasketch_peer(stream),
    }
    for name, run in runs.items():
        figures[name] = judged(stream, run[0]) | {"articles_per_second": round(run[1])} if run else "not installed"
    figures["ratio_to_numpy"] = round(runs["detector"][1] / runs["numpy_minhash_16_bands"][1], 2)  # type: ignore[index]
    figures["store"] = look_up_cost(want.store_keys)
    floors = json.loads(want.floors.read_text(encoding="utf-8")).get("duplicates", {})
    below = [
        f"{part}.{name} {figures[part][name]} < {floors[name]}"
        for part in ("detector", "grouper")
        for name in ("recall", "precision")
        if figures[part][name] < floors.get(name, 0)
    ]
    if figures["ratio_to_numpy"] < floors.get("ratio_to_numpy", 0):
        below.append(f"ratio_to_numpy {figures['ratio_to_numpy']} < {floors['ratio_to_numpy']}")
    print(json.dumps({**figures, "below_floor": below}, indent=2))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

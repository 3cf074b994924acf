"""Claims against references: figures of the issue on eight sets, invariance, speed, a replay, beside a plain peer.

    python -m bench.claims [--labels DEV] [--check] [--speed] [--replay | --only-replay] [--every N]

Prints one JSON object. ``dev``: the invented cases beside the project; ``own`` (124), ``second`` (152), ``third`` (64),
``fourth`` (40), ``fifth`` (26),
``sixth`` (100), ``seventh`` (40): cases of our own with references of their own. Each set was written before the rules
were changed by what the one before it showed, measured once, and read after that: every figure printed here says how
well rules fit. What the first run on each set gave, and so what to expect of a text never seen, is in docs/check.md.
The peer is
what a weekend would build: TF-IDF cosine to the nearest reference in force, a candidate where they are near and a
number of the claim stands nowhere in the reference. ``--replay`` runs the recorded feed items against the plans of the
department and the dev references and lists every candidate by id. Speed is of one core.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import lzma
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.candidates import Decision, decide
from analysis.claims import Article, claims
from analysis.matching import match
from analysis.places import PlaceMatcher
from analysis.reference_index import Library, build
from analysis.references import Reference, reference_of, statements
from analysis.training.candidates import article, rows
from config.gazetteer import load_gazetteer
from lang.text import syllables

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "unit" / "analysis"
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.json")
SETS = ("own", "second", "third", "fourth", "fifth", "sixth", "seventh")
_QUIET = ("concern", "debunks", "reports_rumour")
Row = dict[str, Any]


def figures(cases: Sequence[Row], decided: Sequence[Decision]) -> Row:
    """The issue's figures on cases with gold relations."""
    pairs = list(zip(cases, decided, strict=True))
    hit = sum(d.candidate and c["candidate"] for c, d in pairs)
    named = [(c, d) for c, d in pairs if c["refs"] and c["relation"] in ("contradicts", "outdated", "supports")]
    concerns = [(c, d) for c, d in pairs if c["concern"]]
    must_be_quiet = [
        c["id"]
        for c, d in pairs
        if d.candidate and (c["relation"] in _QUIET or c.get("why", "").startswith("criticism"))
    ]
    return {
        "cases": len(cases),
        "precision": round(hit / max(1, sum(d.candidate for _, d in pairs)), 3),
        "recall": round(hit / max(1, sum(c["candidate"] for c, _ in pairs)), 3),
        "relation": round(sum(d.relation == c["relation"] for c, d in pairs) / len(pairs), 3),
        "reference_in_three": round(sum(all(r in d.refs for r in c["refs"]) for c, d in named) / max(1, len(named)), 3),
        "concerns": round(sum(d.concern for _, d in concerns) / max(1, len(concerns)), 3),
        "zero_list": must_be_quiet,
        "brier": round(sum((d.score - c["candidate"]) ** 2 for c, d in pairs) / len(pairs), 3),
        "differs_in": round(
            _share(d.differs_in == c["differs_in"] for c, d in pairs if c["candidate"] and d.candidate), 3
        ),
    }


def _share(values: Iterator[bool] | Any) -> float:
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0


def peer(cases: Sequence[Row], references: Sequence[Row]) -> Row:
    """TF-IDF cosine and number mismatch."""
    texts = [Counter(syllables(r["text"])) for r in references]
    df = Counter(w for t in texts for w in t)
    idf = {w: math.log(len(texts) / n) + 1 for w, n in df.items()}

    def near(a: Counter[str], b: Counter[str]) -> float:
        dot = sum(a[w] * b[w] * idf.get(w, 1) ** 2 for w in a.keys() & b.keys())
        size = math.prod(math.sqrt(sum((n * idf.get(w, 1)) ** 2 for w, n in t.items())) for t in (a, b))
        return dot / size if size else 0.0

    raised = []
    for case in cases:
        best: tuple[float, bool] = (0.0, False)
        for sentence in [case["title"], *re.split(r"(?<=[.!?])\s", case["body"])]:
            words = Counter(syllables(sentence))
            valid = [
                (near(words, t), r) for t, r in zip(texts, references, strict=True)
                if r["issued"] <= case["published"] and (r["valid_to"] is None or case["published"] <= r["valid_to"])
            ]  # fmt: skip
            if not valid:
                continue
            score, reference = max(valid, key=lambda row: row[0])
            numbers = set(re.findall(r"\d[\d.,/]*\d|\d", sentence))
            known = set(re.findall(r"\d[\d.,/]*\d|\d", reference["text"]))
            best = max(best, (score, bool(numbers - known)))
        raised.append(best[0] >= 0.25 and best[1])
    hit = sum(a and c["candidate"] for a, c in zip(raised, cases, strict=True))
    wrong = sum(
        a and (c["relation"] in _QUIET or c.get("why", "").startswith("criticism"))
        for a, c in zip(raised, cases, strict=True)
    )
    return {
        "precision": round(hit / max(1, sum(raised)), 3),
        "recall": round(hit / sum(c["candidate"] for c in cases), 3),
        "raised_that_must_be_quiet": wrong,
    }


def invariance(pairs: Sequence[Row], library: Library, matcher: PlaceMatcher) -> Row:
    """Does praise or blame move a score?"""
    moved, values = [], set()
    for pair in pairs:
        said = [
            decide(Article(pair["id"], "", pair[key]), library, matcher).score
            for key in ("plain", "critical", "praising")
        ]
        values.add(said[0])
        if len(set(said)) > 1:
            moved.append(pair["id"])
    return {"triples": len(pairs), "moved": moved, "values": len(values)}


def speed(references: Sequence[Row], cases: Sequence[Row], matcher: PlaceMatcher, size: int = 50_000) -> Row:
    """Matching one claim against ``size`` generated statements, milliseconds."""
    chance = random.Random(7)
    made: list[Reference] = []
    parts = [s for r in references for s in re.split(r"(?<=[.;])\s", r["text"]) if len(s) > 30]
    count = 0
    while count < size:
        text = " ".join(chance.sample(parts, 4))
        text = re.sub(r"\d+", lambda m: str(chance.randrange(1, 10 ** len(m[0]))), text)
        made.append(
            Reference(
                f"G{count}",
                text,
                "Sở Giáo dục và Đào tạo Hải Phòng",
                f"Công văn số {count}/SGDĐT-VP",
                issued=dt.date(2025, 1, 1),
            )
        )
        count += len(statements(made[-1]))
    begin = time.process_time()
    library = build(made, matcher)
    took = time.process_time() - begin
    asked = [c for case in cases for c in claims(article(case), matcher) if c.checkable]
    times = []
    for claim in asked[:300]:
        match(claim, library, None)  # statements met are parsed once, as the product holds them
        start = time.process_time()
        for _ in range(5):
            match(claim, library, None)
        times.append(1000 * (time.process_time() - start) / 5)
    times.sort()
    return {
        "statements": len(library.statements), "build_s": round(took, 1), "claims": len(times),
        "p50_ms": round(times[len(times) // 2], 2), "p95_ms": round(times[int(len(times) * 0.95)], 2),
    }  # fmt: skip


def plans(folder: Path) -> list[Reference]:
    """The five plans as references (their text as it lies there)."""
    years = {"000": 2022, "001": 2025, "002": 2020, "003": 2023, "004": 2026}
    return [
        Reference(
            f"PLAN-{path.name[:3]}",
            path.read_text(encoding="utf-8"),
            "Ủy ban nhân dân thành phố Hải Phòng",
            issued=dt.date(years[path.name[:3]], 2, 14),
        )
        for path in sorted(folder.glob("*.txt"))
    ]  # fmt: skip


def replay(press: Path, library: Library, matcher: PlaceMatcher, every: int) -> Row:
    """Recorded items against the references; streaming. Every candidate and every concern is listed, to be read."""
    read = 0
    found: list[Row] = []
    with lzma.open(press / "feeds" / "items_2025-08_2026-05.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every:
                continue
            item = json.loads(line)
            day = dt.date.fromisoformat(item["published"][:10])
            told = Article(
                item["url"], item["title"] or "", item["summary"] or "", day, item["source"], "central_press"
            )
            one = decide(told, library, matcher)
            read += 1
            if one.candidate or one.concern:
                found.append(
                    {
                        "id": one.id,
                        "day": f"{day}",
                        "source": item["source"],
                        "relation": one.relation,
                        "score": round(one.score, 3),
                        "refs": one.refs,
                        "claim": one.claim,
                        "reasons": one.reasons,
                    }
                )
    raised = [row for row in found if row["relation"] != "concern"]
    return {
        "items": read,
        "candidates": len(raised),
        "per_2000": round(2000 * len(raised) / max(1, read), 3),
        "concerns": len(found) - len(raised),
        "list": found,
    }


def main() -> int:
    """Print the figures; with ``--check`` 1 below a floor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--labels", type=Path, default=SHARED / "labels" / "claims" / "dev")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only-replay", action="store_true")
    asked = parser.parse_args()
    matcher = PlaceMatcher(load_gazetteer())
    dev, theirs = rows(asked.labels / "cases.jsonl"), rows(asked.labels / "references.jsonl")
    if asked.only_replay:
        print(json.dumps({"replay": _replayed(theirs, matcher, asked.every)}, ensure_ascii=False, indent=1))
        return 0
    sets = {"dev": (dev, theirs)} | {
        name: (rows(OWN / f"claims_{name}.jsonl"), rows(OWN / f"claims_{name}_references.jsonl")) for name in SETS
    }
    out: Row = {}
    for name, (cases, references) in sets.items():
        held = build([reference_of(r) for r in references], matcher)
        out[name] = figures(cases, [decide(article(c), held, matcher) for c in cases])
        out[f"peer_{name}"] = peer(cases, references)
        if name == "own":  # 54 of them were held out longest
            kept = [c for c in cases if c["held"]]
            out["held"] = figures(kept, [decide(article(c), held, matcher) for c in kept])
    library = build([reference_of(r) for r in theirs], matcher)
    out["invariance"] = invariance(rows(asked.labels / "pairs.jsonl"), library, matcher)
    if asked.speed or asked.check:
        out["speed"] = speed([*theirs, *sets["own"][1]], dev, matcher)
    if asked.replay:
        out["replay"] = _replayed(theirs, matcher, asked.every)
    print(json.dumps(out, ensure_ascii=False, indent=1))
    return _below(out) if asked.check else 0


def _replayed(theirs: Sequence[Row], matcher: PlaceMatcher, every: int) -> Row:
    """The recorded items against a filled library: the plans, the dev references, the demonstration's."""
    known = [*theirs, *rows(ROOT / "demo" / "references.jsonl")]
    whole = build([*(reference_of(r) for r in known), *plans(SHARED / "plans")], matcher)
    return replay(SHARED / "press", whole, matcher, every)


def _below(out: Row) -> int:
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("claims", {})
    bad = [
        f"{a}.{b} {out[a][b]} < {least}"
        for key, least in floors.items()
        for a, b in [key.split(".")]
        if out[a][b] < least
    ]
    bad += [f"{name}: {out[name]['zero_list']} raised" for name in ("dev", *SETS) if out[name]["zero_list"]]
    bad += [f"praise or blame moved {out['invariance']['moved']}"] if out["invariance"]["moved"] else []
    for line in bad:
        print(line, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""Masking of pupils against sentences with gold spans: recall, precision, kept strings touched, texts per second.

    python -m bench.masking            # prints one JSON object; exit 1 below bench/floors.json

Gold: ../shared/labels/masking/dev.jsonl when it is beside the project, and our own bench/masking_cases.txt (pupils) and
bench/masking_adults.txt (with ``adults=True``). A span counts when start and end are both right. The rules were tuned
on all of it; what they reached on sentences that they had not seen stands in the files, above each batch. The floors
are kept under "masking" in bench/floors.json; speed is of one core, beside the loops of bench.calibrate.
"""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.calibrate import loops_per_second
from lang.masking import mask

HERE = Path(__file__).resolve().parent


GOLD = HERE.parent.parent / "shared" / "labels" / "masking" / "dev.jsonl"
OWN = HERE / "masking_cases.txt"
ADULTS = HERE / "masking_adults.txt"
KINDS = {
    "n": "minor_name",
    "i": "minor_initials",
    "c": "class_plus_school",
    "g": "guardian_name_identifying_minor",
    "a": "address_of_minor",
    "p": "phone",
    "d": "adult_name",
    "e": "adult_initials",
    "b": "address_of_adult",
}
_MARK = re.compile(r"\{([nicgapdeb])\|([^}]*)\}|<([^>]*)>")


@dataclass(frozen=True)
class Case:
    """A text, its spans to mask as (start, end, kind), and the strings that must stay."""

    text: str
    spans: frozenset[tuple[int, int, str]]
    keep: tuple[str, ...]


def own_cases(path: Path = OWN) -> list[Case]:
    """Sentences written with the marks explained at the head of the file."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, last, spans, keep = "", 0, set(), []
        for m in _MARK.finditer(line):
            text += line[last : m.start()]
            inner = m.group(2) if m.group(1) else m.group(3)
            if m.group(1):
                spans.add((len(text), len(text) + len(inner), KINDS[m.group(1)]))
            else:
                keep.append(inner)
            text += inner
            last = m.end()
        cases.append(Case(text + line[last:], frozenset(spans), tuple(keep)))
    return cases


def gold_cases(path: Path = GOLD) -> list[Case]:
    """The labelled sentences beside the project."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Case(
            r["text"],
            frozenset((m["start"], m["start"] + len(m["span"]), m["why"]) for m in r["mask"]),
            tuple(r["keep"]),
        )
        for r in rows
    ]


def kept_touched(case: Case, got: set[tuple[int, int]]) -> list[str]:
    """Strings of `keep` of which some occurrence overlaps a masked span."""
    touched = []
    for word in case.keep:
        places = [m.start() for m in re.finditer(re.escape(word), case.text)]
        if any(s < at + len(word) and at < e for at in places for s, e in got):
            touched.append(word)
    return touched


def measure(cases: list[Case], adults: bool = False) -> dict[str, object]:
    """Recall and precision over exact spans, agreement on the kind, kept strings touched, what went wrong."""
    hit = kind = missed = extra = touched = 0
    wrong: list[dict[str, object]] = []
    for case in cases:
        found = {(m.start, m.start + len(m.span)): m.why for m in mask(case.text, adults=adults).masked}
        gold = {(s, e): why for s, e, why in case.spans}
        miss, over = gold.keys() - found.keys(), found.keys() - gold.keys()
        kept = kept_touched(case, set(found))
        hit += len(gold) - len(miss)
        kind += sum(found.get(k) == why for k, why in gold.items())
        missed, extra, touched = missed + len(miss), extra + len(over), touched + len(kept)
        if miss or over or kept:
            cut = case.text
            wrong.append({"text": cut, "missed": [cut[s:e] for s, e in miss], "extra": [cut[s:e] for s, e in over]})
    return {
        "sentences": len(cases),
        "spans": hit + missed,
        "recall": round(hit / max(1, hit + missed), 4),
        "precision": round(hit / max(1, hit + extra), 4),
        "kind": round(kind / max(1, hit), 4),
        "keep_violations": touched,
        "wrong": wrong,
    }


def speed(cases: list[Case], adults: bool = False, seconds: float = 1.5) -> int:
    """Texts of title and lead length (three sentences) per second of CPU, one core."""
    texts = [" ".join(c.text for c in cases[i : i + 3]) for i in range(len(cases) - 2)]
    start = time.process_time()
    done = 0
    while time.process_time() - start < seconds:
        for text in texts:
            mask(text, adults=adults)
        done += len(texts)
    return round(done / (time.process_time() - start))


def main() -> int:
    own = own_cases()
    grown = own_cases(ADULTS)
    report: dict[str, object] = {
        "own": measure(own),
        "adults": measure(grown, adults=True),
        "texts_per_s": speed(own),
        "texts_per_s_with_adults": speed(own + grown, adults=True),
        "calibration_loops_per_s": round(loops_per_second()),
    }
    if GOLD.is_file():
        report["gold"] = measure(gold_cases())
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["masking"]
    below = []
    for part, figures in floors.items():
        if part in report:
            got = report[part]
            for name, floor in figures.items():
                value = got[name]  # type: ignore[index]
                if value > floor if name == "keep_violations" else value < floor:
                    below.append(f"{part}.{name}")
    report["below_floor"] = below
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

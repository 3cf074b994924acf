"""Places against sentences with gold mentions, and how fast, beside a bare look-up of the same names.

    python -m bench.places [--labels ../shared/labels/places] [--press ../shared/press]

Prints one JSON object; exit 1 below ``places`` of bench/floors.json. ``dev`` are the labelled sentences beside the
project; ``own`` are ours (tests/unit/analysis/places_own.jsonl), written before the matcher was run on them: at first
sight ``all_f1`` was 0.959 on the first 171 of them and 0.976 on the last 60, later rules were mended by what they
showed. All through ``runner.places_pipe``, as the command answers.

- ``ours_f1``: mentions of ours (overlap, same units); ``all_f1``: every mention, also those that are not ours (overlap,
  same units, same ``in_hp``), and each unlabelled one counts as a mistake.
- ``namesakes_taken``: gold mentions that are not ours, taken for ours at confidence 0.5 or more.
- Speed is of one core. The peer is the bare automaton over the same text in lower case: what finding the names alone
  costs. Gated: matcher ÷ peer, and items ÷ loops of :mod:`bench.calibrate`.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.judge import Judge
from analysis.place_search import build
from analysis.places import PlaceMatcher
from bench.calibrate import loops_per_second
from config.gazetteer import load_gazetteer
from lang.text import nfc
from runner.places_pipe import Places

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "unit" / "analysis" / "places_own.jsonl"
FLOORS = Path(__file__).with_name("floors.json")
_HEADS, _BODIES = 20_000, 3_000

Row = dict[str, Any]


def read_gold(path: Path) -> list[Row]:
    """Rows of ``{id, text, outlet_section?, mentions, hp}``."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def figures(places: Places, rows: Sequence[Row]) -> Row:
    """Agreement of the command's answers with gold rows, and what went wrong."""
    asked = [{"id": r["id"], "text": r["text"], "outlet_section": r.get("outlet_section") or ""} for r in rows]
    said = places.read(asked)
    hit = ours_hit = found = ours_found = wanted = ours_wanted = taken = 0
    wrong: list[Row] = []
    for row, answer in zip(rows, said, strict=True):
        got = answer["mentions"]
        missed = [m for m in row["mentions"] if not any(_same(m, one) for one in got)]
        extra = [one for one in got if not any(_same(m, one) for m in row["mentions"])]
        stolen = [m for m in row["mentions"] if not m["in_hp"] and any(_takes(m, one) for one in got)]
        found, wanted = found + len(got), wanted + len(row["mentions"])
        ours_found += sum(one["in_hp"] for one in got)
        ours_wanted += sum(m["in_hp"] for m in row["mentions"])
        hit += len(row["mentions"]) - len(missed)
        ours_hit += sum(m["in_hp"] for m in row["mentions"]) - sum(m["in_hp"] for m in missed)
        taken += len(stolen)
        if missed or extra or answer["hp"] != row["hp"]:
            told = {"hp": [row["hp"], answer["hp"]]} if answer["hp"] != row["hp"] else {}
            wrong.append({"id": row["id"], "missed": _spans(missed), "extra": _spans(extra)} | told)
    right = sum(a["hp"] == r["hp"] for a, r in zip(said, rows, strict=True))
    return {
        "sentences": len(rows),
        "all_f1": round(2 * hit / (found + wanted), 4),
        "ours_f1": round(2 * ours_hit / (ours_found + ours_wanted), 4),
        "hp_accuracy": round(right / len(rows), 4),
        "namesakes_taken": taken,
        "wrong": wrong,
    }


def _meet(gold: Row, one: Row) -> bool:
    return bool(one["start"] < gold["start"] + len(gold["span"]) and gold["start"] < one["end"])


def _same(gold: Row, one: Row) -> bool:
    return _meet(gold, one) and sorted(gold["units"]) == sorted(one["units"]) and gold["in_hp"] == one["in_hp"]


def _takes(gold: Row, one: Row) -> bool:
    return _meet(gold, one) and bool(one["in_hp"]) and one["confidence"] >= 0.5


def _spans(mentions: Sequence[Row]) -> list[str]:
    return [m["span"] for m in mentions]


def speed(press: Path) -> Row:
    """Texts a second of one core: titles with leads, whole bodies; matcher and bare automaton."""
    matcher, bare = PlaceMatcher(load_gazetteer()), build(load_gazetteer(), folded=False)
    out: Row = {}
    for name, texts in (("heads", list(_heads(press))), ("bodies", list(_bodies(press)))):
        whole = _rate(matcher.find, texts)
        alone = _rate(lambda text: list(bare.iter(text.lower())), texts)
        out[name] = {
            "texts": len(texts),
            "characters": round(sum(map(len, texts)) / len(texts)),
            "per_second": round(whole),
            "bare_automaton_per_second": round(alone),
            "of_bare": round(whole / alone, 4),
        }
    return out


def _rate(work: Callable[[str], object], texts: Sequence[str]) -> float:
    best = 0.0
    for _ in range(3):
        begin = time.process_time()
        for text in texts:
            work(text)
        best = max(best, len(texts) / (time.process_time() - begin))
    return best


def _heads(press: Path) -> Iterator[str]:
    for row in _some(press / "feeds" / "items_2025-08_2026-05.jsonl.xz", _HEADS):
        yield f"{nfc(row['title'])}\n{nfc(row.get('summary') or '')}"


def _bodies(press: Path) -> Iterator[str]:
    for row in _some(press / "texts" / "baomoi_2017_education_and_haiphong.jsonl.xz", _BODIES):
        yield f"{nfc(row['title'])}\n{nfc(row['text'])}"


def _some(path: Path, count: int) -> Iterator[Row]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for _, line in zip(range(count), file, strict=False):
            yield json.loads(line)


def check(report: Row, floors: Row) -> list[str]:
    """What lies below its floor, as "part.name"; ``namesakes_taken`` is a ceiling."""
    below = []
    for part, wanted in floors.items():
        for name, floor in wanted.items():
            value = report[part][name]
            if value > floor if name == "namesakes_taken" else value < floor:
                below.append(f"{part}.{name} {value} against {floor}")
    return below


def main() -> int:
    """Measure, print, compare with the floors."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--labels", type=Path, default=ROOT.parent / "shared" / "labels" / "places")
    ask.add_argument("--press", type=Path, default=ROOT.parent / "shared" / "press")
    want = ask.parse_args()
    gazetteer = load_gazetteer()
    places = Places(PlaceMatcher(gazetteer), Judge.load(gazetteer))
    before = loops_per_second()
    report: Row = {"own": figures(places, read_gold(OWN)), "dev": figures(places, read_gold(want.labels / "dev.jsonl"))}
    pace = speed(want.press)
    loops = (before + loops_per_second()) / 2
    report |= {"speed": pace, "calibration_loops_per_second": round(loops)}
    report["relative"] = {
        "heads_of_bare": pace["heads"]["of_bare"],
        "bodies_of_bare": pace["bodies"]["of_bare"],
        "heads_of_loops": round(pace["heads"]["per_second"] / loops, 4),
        "bodies_of_loops": round(pace["bodies"]["per_second"] / loops, 4),
    }
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("places", {})
    report["below_floor"] = check(report, floors)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 1 if report["below_floor"] else 0


if __name__ == "__main__":
    sys.exit(main())

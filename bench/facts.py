"""Facts side by side on forty invented stories whose differences are known.

    python -m bench.facts [--errors]

A row that says *differ* is right when it holds both sides of a labelled difference; *agree* likewise. ``held_out`` are
stories 21 to 40, which were written with the others and touched less while the rules were tuned (their errors were
seen). Precision first: a difference that is none sends somebody to ask about nothing. Exit 1 below a floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lang.facts_compare import Row, Telling, compare

CASES = Path(__file__).with_name("facts_cases.txt")
TUNED = 20  # stories that were used while tuning


@dataclass
class Case:
    """One invented story with its labels: pairs of expressions as written."""

    name: str
    tellings: list[Telling] = field(default_factory=list)
    agreed: list[tuple[str, ...]] = field(default_factory=list)
    differing: list[tuple[str, ...]] = field(default_factory=list)


def read_cases(path: Path = CASES) -> list[Case]:
    """The stories in order."""
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            cases.append(Case(line[3:]))
        elif line[:2] in ("= ", "! "):
            pair = tuple(part.strip().lower() for part in line[2:].split("~"))
            (cases[-1].agreed if line[0] == "=" else cases[-1].differing).append(pair)
        elif "|" in line:
            outlet, title, lead = (part.strip() for part in line.split("|"))
            own = cases[-1].tellings
            own.append(Telling(f"{len(cases)}.{len(own)}", outlet, title, lead, ""))
    return cases


def _has(row: Row, pair: tuple[str, ...]) -> bool:
    shown = [cell.fact.shown.lower() for cell in row.cells]
    return all(any(part in one or one in part for one in shown) for part in pair)


def measure(cases: list[Case], errors: list[str] | None = None) -> dict[str, Any]:
    """Precision and recall of both kinds of row."""
    out: dict[str, Any] = {"stories": len(cases)}
    done = [(case, compare(case.tellings)) for case in cases]
    for kind in ("differing", "agreed"):
        rows = [(case, row) for case, found in done for row in getattr(found, kind)]
        gold = [(case, pair, found) for case, found in done for pair in getattr(case, kind)]
        # what a differing row holds may also be agreed by two of three outlets
        # a name that both have is agreed, labelled or not
        right = [any(_has(row, pair) for pair in getattr(case, kind)) or (kind == "agreed" and row.kind == "place")
                 for case, row in rows]  # fmt: skip
        hit = [any(_has(row, pair) for row in (*getattr(found, kind), *found.differing)) for _, pair, found in gold]
        out[kind] = {
            "rows": len(rows),
            "precision": round(sum(right) / max(1, len(rows)), 4),
            "labelled": len(gold),
            "recall": round(sum(hit) / max(1, len(gold)), 4),
        }
        if errors is not None:
            errors += [f"{case.name}: {kind} not labelled: {[c.fact.shown for c in row.cells]}"
                       for (case, row), ok in zip(rows, right, strict=True) if not ok]  # fmt: skip
            errors += [
                f"{case.name}: {kind} missed: {pair}" for (case, pair, _), ok in zip(gold, hit, strict=True) if not ok
            ]
    return out


def main() -> int:
    """Measure, print, compare with the floors."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--errors", action="store_true", help="name every wrong and missed row")
    ask.add_argument("--floors", type=Path, default=Path("bench/floors.json"))
    want = ask.parse_args()
    cases = read_cases()
    errors: list[str] = []
    figures = {
        "all": measure(cases, errors),
        "tuned": measure(cases[:TUNED]),
        "held_out": measure(cases[TUNED:]),
    }
    floors = json.loads(want.floors.read_text(encoding="utf-8")).get("facts", {})
    below = [
        f"{kind}.{name} {figures['all'][kind][name]} < {floors[kind][name]}"
        for kind in ("differing", "agreed")
        for name in ("precision", "recall")
        if figures["all"][kind][name] < floors.get(kind, {}).get(name, 0)
    ]
    print(json.dumps({**figures, "below_floor": below}, indent=2))
    if want.errors:
        print("\n".join(errors))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

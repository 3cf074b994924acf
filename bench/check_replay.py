"""How often the `check` stage raises anything on what the press really wrote, with a filled library, rows and all.

    python -m bench.check_replay [--shared ../shared] [--every 10]

Fills a house with the five plans and the references of the invented cases, replays every n-th recorded item through the
whole pipeline (read, judge, group, check) and prints what stood at the end: candidates and concerns, each with its
sentence to be read, and how many there are in 2,000 items. Of one core, two minutes for every tenth item.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from config.settings import load_settings
from intake.official_form import Given
from runner import candidates, references
from runner.deps import Deps, make_deps
from runner.references_load import load
from runner.replaying import run_replay
from store.model_candidate import ConcernRows

ROOT = Path(__file__).resolve().parent.parent
ITEMS = "press/feeds/items_2025-08_2026-05.jsonl.xz"
BY = "Đỗ Thị Trực"


def fill(deps: Deps, shared: Path) -> int:
    """The plans, in force from their own day, and the references beside the invented cases; how many documents."""
    for path in sorted((shared / "plans").glob("*.txt")):
        data, draft = references.open_file(path)
        _, faults = references.understood(deps, draft, Given(BY))
        title = None if draft.head.title else path.stem
        issued = None if draft.head.issued else "2025-01-01"
        issuer = None if draft.head.issuer else deps.settings.department
        if faults and not (title or issued or issuer):
            continue
        references.add(deps, data, draft, Given(BY, issuer, None, title, issued, replaces="", amends=""))
    load(deps, shared / "labels" / "claims" / "dev" / "references.jsonl", BY)
    return len(deps.store.references_seen("9999-12-31", limit=-1))


def thinned(shared: Path, every: int, out: Path) -> int:
    """Every n-th line of the recorded items; how many."""
    kept = 0
    with lzma.open(shared / ITEMS, "rt", encoding="utf-8") as lines, out.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            if number % every == 0:
                file.write(line)
                kept += 1
    return kept


def told(deps: Deps) -> dict[str, Any]:
    """What stands, each with its sentence; names masked."""
    sheets = candidates.listed(deps)
    concerns: list[ConcernRows] = deps.store.concerns(limit=10_000)
    return {
        "candidates": [
            {"reason": s.rows.candidate.reason, "score": round(s.score, 3), "carriers": s.carriers,
             "sentence": candidates.sentence(deps, s), "why": list(s.finding.reasons) if s.finding else []}
            for s in sheets
        ],
        "concerns": [{"kind": c.concern.kind, "sentence": candidates.said(deps, c.claim)} for c in concerns],
    }  # fmt: skip


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--every", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({}, home=Path(folder) / "home")
        deps = make_deps(settings, deliver=False)
        documents = fill(deps, asked.shared)
        deps.store.close()
        file = Path(folder) / "items.jsonl"
        items = thinned(asked.shared, asked.every, file)
        report = run_replay(settings, file, None, None, quiet=True)
        deps = make_deps(settings, deliver=False)
        found = told(deps)
        outcomes = Counter({outcome: n for (stage, outcome), n in report["outcomes"] if stage == "check"})
        deps.store.close()
    per = {name: round(len(found[name]) * 2_000 / items, 2) for name in ("candidates", "concerns")}
    out = {"items": items, "documents": documents, "seconds": report["seconds"], "check": outcomes,
           "per_2000_items": per}  # fmt: skip
    sys.stdout.write(json.dumps(out | found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()

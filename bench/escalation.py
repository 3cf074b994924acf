"""One tick over 10,000 open cases with clocks: nothing due, 100 due, all due; time beside a loop, memory beside cases.

    python -m bench.escalation                # prints one JSON object; exit 1 beyond bench/floors.json
    python -m bench.escalation --cases 1000   # a shorter look, nothing gated

A case has two running clocks, a chain, an office, links; a tick reads, decides and writes as it would at a department
(SQLite with synchronous=FULL, events in the chain, notices with their tasks). Each figure is the best of its rounds:
what is measured is the work, not what else the machine does. ``*_loops`` is the tick in calibration loops
(bench.calibrate), which is what compares between machines. Memory: the most that Python holds during a tick in which
all are due, and in one a tenth of the size: constant where they are alike.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from alerts.case_fold import added, clock_body
from bench.calibrate import loops_per_second
from config.settings import Settings
from runner.deps import Deps, Tools
from runner.escalating import escalate, escalate_tasks
from store.blobs import BodyStore
from store.model_case import CaseClock, CaseKind, EventKind, NewEvent
from store.sqlite import open_store

CASES, DUE, ROUNDS = 10_000, 100, 5
START = 1_795_395_600_000  # Monday, 23/11/2026 08:00
HOUR = 3_600_000
OFFICES = ("office:sgddt_phong", "office:sgddt_vp", "commune:11413", "role:kiem_tra")
FLOORS = Path(__file__).resolve().parent / "floors.json"


def filled(folder: Path, cases: int, first: int = 0) -> Deps:
    """An installation with that many open cases; the first ``first`` have an alarm at nine, the others at noon."""
    settings = Settings(home=folder)
    deps = Deps(open_store(settings.database), BodyStore(settings.bodies), settings, Tools(settings, _now), _now)
    for begin in range(0, cases, 500):
        with deps.store.transaction() as tx:
            for n in range(begin, min(begin + 500, cases)):
                soft = START + (1 if n < first else 4) * HOUR
                case, _ = tx.add_case(CaseKind.STORY, "story", f"s{n}", 2026, START)
                clocks = [_clock(case.id, name, OFFICES[n % 4], soft, k) for k, name in enumerate(("close", "verify"))]
                body = {
                    "title": f"Tin số {n}", "office": OFFICES[n % 4], "clocks": [clock_body(c) for c in clocks],
                    "links": [["article", f"art_{n}"], ["story", f"sto_{n}"]], "theme": "hocphi",
                }  # fmt: skip
                events = [NewEvent(case.id, EventKind.OPENED, START, "máy", body, "o")]
                tx.add_case_events(events)
                tx.put_case(added(None, case, events))
    return deps


def _now() -> int:
    return START


def _clock(case_id: str, name: str, office: str, soft: int, k: int) -> CaseClock:
    one = CaseClock(case_id, name, "x", office, START, soft + 400 * HOUR, soft + k * HOUR * 100, soft + 300 * HOUR)
    return replace(one, steps=("từ thứ Hai", "hết giờ làm việc thứ Ba"))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def measured(cases: int) -> dict[str, Any]:
    """All figures of one run."""
    before = loops_per_second()
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        deps = filled(Path(folder), cases, min(DUE, cases))
        escalate(deps, START)  # files read, tables of the calendar made
        seconds["ask"] = min(_timed(lambda: escalate_tasks(deps, chores=False))[0] for _ in range(ROUNDS))
        seconds["nothing_due"] = min(_timed(lambda: escalate(deps, START))[0] for _ in range(ROUNDS))
        seconds["some_due"], some = _timed(lambda: escalate(deps, START + HOUR))
        seconds["all_due"], rest = _timed(lambda: escalate(deps, START + 4 * HOUR))
        told = {"some_due": some.events, "all_due": rest.events, "notices": some.notices + rest.notices}
        deps.store.close()
    calibration = (before + loops_per_second()) / 2
    return {
        "cases": cases,
        "calibration_loops_per_second": round(calibration),
        "seconds": {k: round(v, 4) for k, v in seconds.items()},
        "tick_loops": {k: round(v * calibration) for k, v in seconds.items()},
        "events": told,
        "us_per_case_all_due": round(1e6 * seconds["all_due"] / max(1, rest.looked)),
        "memory": _memory(cases),
    }


def _memory(cases: int) -> dict[str, float]:
    """Most MB that Python held beyond what it held before, in a tick in which all are due."""
    most = {}
    for name, n in (("tenth", cases // 10), ("all", cases)):
        with tempfile.TemporaryDirectory() as folder:
            deps = filled(Path(folder), n)
            escalate(deps, START)
            tracemalloc.start()
            escalate(deps, START + 4 * HOUR)
            most[f"{name}_mb"] = round(tracemalloc.get_traced_memory()[1] / 1e6, 2)
            tracemalloc.stop()
            deps.store.close()
    return {**most, "ratio": round(most["all_mb"] / most["tenth_mb"], 2)}


def main() -> int:
    """Print the figures; 1 where one is beyond its ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=CASES)
    report = measured(parser.parse_args().cases)
    ceilings = json.loads(FLOORS.read_text(encoding="utf-8")).get("escalation", {})
    wrong = []
    if report["cases"] == CASES:
        gated = {
            "nothing_due_loops": report["tick_loops"]["nothing_due"],
            "some_due_loops": report["tick_loops"]["some_due"],
            "all_due_loops": report["tick_loops"]["all_due"],
            "memory_ratio": report["memory"]["ratio"],
        }
        wrong = [k for k, v in gated.items() if k in ceilings.get("ceilings", {}) and v > ceilings["ceilings"][k]]
        report |= {"gated": gated, "above_ceiling": wrong}
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

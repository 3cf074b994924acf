"""Speed and memory of the main job, each beside a calibration loop.

    python -m bench.speed                 # a month of the recording, and the small ones
    python -m bench.speed --full          # the whole recording of 144,389 items

Targets (absolute, reported): replay ≥ 500 items/s and ≤ 400 MB resident, `haidang judge` ≥ 1,500 items/s, CLI start
≤ 0.5 s, a no-op tick ≤ 20 ms. Gated: memory, and speed *relative to the calibration loop* (floors.json, "speed").
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.calibrate import loops_per_second

ROOT = Path(__file__).resolve().parent.parent
RECORDING = ROOT.parent / "shared" / "press" / "feeds" / "items_2025-08_2026-05.jsonl.xz"
HAIDANG = (sys.executable, "-m", "runner.cli")


def measured(command: list[str], stdin: bytes | None = None) -> tuple[float, float, bytes]:
    """(wall seconds, peak resident MB, stdout) of one command on one core."""
    started = time.perf_counter()
    read, write = os.pipe()
    child = subprocess.Popen(
        ["taskset", "-c", "0", *command], cwd=ROOT, stdin=subprocess.PIPE if stdin is not None else None, stdout=write
    )
    os.close(write)
    if stdin is not None and child.stdin:
        import threading

        pipe = child.stdin
        threading.Thread(target=lambda: (pipe.write(stdin), pipe.close()), daemon=True).start()
    out = b""
    while part := os.read(read, 1 << 16):
        out += part
    os.close(read)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with status {status}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024, out


def replay(full: bool) -> dict[str, Any]:
    """Items a second end to end, peak memory."""
    window = [] if full else ["--from", "2026-05-01", "--to", "2026-05-31"]
    with tempfile.TemporaryDirectory() as home:
        _, peak, out = measured([*HAIDANG, "replay", str(RECORDING), "--home", home, "--json", *window])
    report = json.loads(out)
    return {
        "items": report["items"],
        "items_per_second": report["items_per_second"],
        "digests": len(report["digests"]),
        "peak_mb": round(peak, 1),
    }


def judge(count: int = 20_000) -> dict[str, Any]:
    """Items a second through the command, start included."""
    lines = []
    with lzma.open(RECORDING, "rt", encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            lines.append(json.dumps({"id": item["url"], **item}, ensure_ascii=False))
            if len(lines) == count:
                break
    seconds, peak, out = measured([*HAIDANG, "judge"], "\n".join(lines).encode())
    answers = out.count(b"\n")
    return {"items": answers, "items_per_second": round(answers / seconds, 1), "peak_mb": round(peak, 1)}


def start() -> float:
    """Seconds of `haidang --help`, best of five."""
    return round(min(measured([*HAIDANG, "--help"])[0] for _ in range(5)), 3)


def tick() -> float:
    """Milliseconds of a clock tick that finds nothing to do, median of 200."""
    from config.settings import load_settings
    from runner.clock import tick as once
    from runner.deps import make_deps

    with tempfile.TemporaryDirectory() as home:
        deps = make_deps(load_settings({}, home=Path(home)))
        once(deps)
        times = []
        for _ in range(200):
            started = time.perf_counter()
            once(deps)
            times.append(time.perf_counter() - started)
        deps.store.close()
    return round(sorted(times)[100] * 1000, 3)


def main() -> int:
    """Measure, print JSON, compare with the floors."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--full", action="store_true")
    want = ask.parse_args()
    before = loops_per_second()
    figures: dict[str, Any] = {"replay": replay(want.full), "judge": judge(), "cli_start_s": start(), "tick_ms": tick()}
    calibration = (before + loops_per_second()) / 2
    figures["calibration_loops_per_second"] = round(calibration)
    relative = {name: figures[name]["items_per_second"] / calibration for name in ("replay", "judge")}
    figures["relative"] = {name: round(value, 4) for name, value in relative.items()}
    floors = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8")).get("speed", {})
    wrong = [f"{k} {v:.4f} < {floors[k]}" for k, v in relative.items() if v < floors.get(k, 0)]
    limit = floors.get("peak_mb", 400)
    wrong += [f"{k} peak {figures[k]['peak_mb']} MB > {limit}" for k in relative if figures[k]["peak_mb"] > limit]
    print(json.dumps({**figures, "below_floor": wrong}, indent=2))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

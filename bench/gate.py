"""All figures beside their floors: `make bench`; `make bench-full` adds the long ones.

Each part is a command of its own that prints JSON and ends with 1 below a floor of bench/floors.json.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "bench.places",
    "bench.masking",
    "bench.stories",
    "bench.duplicates",
    "bench.facts",
    "bench.quality",
    "bench.target",
    "bench.claims",
    "bench.extraction",
    "bench.feeds",
    "bench.health",
    "bench.schedule",
    "bench.crawl",
    "bench.search",
    "bench.speed",
    "bench.workclock",
    "bench.escalation",
    "bench.digest",
)


def main() -> int:
    """Run every part; the exit code is that of the worst."""
    full = "--full" in sys.argv[1:]
    if not (ROOT.parent / "shared").is_dir():
        print("bench needs ../shared beside the project (labels and recorded feed items)")
        return 1 if os.environ.get("CI") else 0
    worst = 0
    for part in PARTS:
        extra = {
            "bench.quality": ["--check"],
            "bench.claims": ["--check"],
            "bench.target": ["--check"],
            "bench.extraction": ["--check"],
            "bench.speed": ["--full"] if full else [],
            "bench.search": ["--full"] if full else [],
        }.get(part, [])
        command = [sys.executable, "-m", part, *extra]
        print(f"── {part}", flush=True)
        worst = max(worst, subprocess.run(command, cwd=ROOT, check=False).returncode)
    if full:
        long = {**os.environ, "KILL_TEST_LIVES": "200"}
        kills = [sys.executable, "-m", "pytest", "-q", "tests/smoke/test_kill.py"]
        worst = max(worst, subprocess.run(kills, cwd=ROOT, env=long, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())

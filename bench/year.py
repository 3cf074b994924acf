"""A simulated year of telling: Tết, two storms, 3,000 cases, 300 kills, a mail server that is down 5 % of the time.

    python -m bench.year                # prints one JSON object; exit 1 where anything was lost, late or doubled
    python -m bench.year --month        # the month of the tests
    python -m bench.year --seed 8 -v    # another year, a line a day

The people, servers and kills are those of tests/smoke (`year_run`), and so are the looks at what came of it: from raw
rows and from what the servers received, apart from the auditor, which looks at the end of each simulated day.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.smoke.year_run import MONTH, YEAR, ran

SHOWN = 20


def main() -> int:
    """Print what happened; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--month", action="store_true")
    parser.add_argument("--seed", type=int, default=YEAR.seed)
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    logging.disable(logging.WARNING)  # servers that are down are part of it
    plan = replace(MONTH if args.month else YEAR, seed=args.seed)

    def progress(line: str) -> None:
        if args.verbose:
            print(line, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as folder, ran(Path(folder) / "home", plan, progress) as made:
        broken = {name: found[:SHOWN] for name, found in made.faults.items() if found}
        counts = {name: len(found) for name, found in made.faults.items()}
        print(json.dumps(made.figures | {"faults": counts, "broken": broken}, ensure_ascii=False, indent=2))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

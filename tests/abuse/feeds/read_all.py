"""Read the whole corpus in one process under a limit of CPU time and memory; a JSON line for each case.

A process of its own: a case that hangs or eats the memory ends it, and the tests then say which one was next.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import tempfile
import warnings
from datetime import datetime
from pathlib import Path

CPU_SECONDS = 120  # the corpus takes some fifteen
SHORT = 300_000  # bytes; longer ones go through the crawler's reader only, to save time
MEMORY = 2 << 30  # address space, of which libraries map the most


def main() -> None:
    """Print a line for each case."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    from crawler import feeds
    from crawler.urls import LOCAL
    from runner import feed_pipe
    from tests.abuse.feeds import CASES
    from tests.abuse.feeds.case import BASE, SEEN_AT

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed"
        for case in CASES:
            found = feeds.parse(case.body, case.content_type, BASE, SEEN_AT)
            dates = [
                e.published and datetime.fromtimestamp(e.published.at / 1000, LOCAL).isoformat() for e in found.entries
            ]
            pipe = None
            if len(case.body) < SHORT:
                path.write_bytes(case.body)
                out = io.BytesIO()
                status = feed_pipe.run(str(path), out, io.StringIO(), _no_fetch)
                pipe = [status, json.loads(out.getvalue().splitlines()[-1])]
            told = {
                "name": case.name,
                "titles": [e.title for e in found.entries],
                "faults": [f"{f.position}:{f.code}" for f in found.faults],
                "messages": [f.message for f in found.faults],
                "no": found.not_a_feed or "",
                "urls": [e.canonical_url for e in found.entries],
                "summaries": [e.summary for e in found.entries],
                "dates": dates,
                "pipe": pipe,
            }
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()


def _no_fetch(url: str) -> tuple[bytes, str | None, str]:
    raise AssertionError(url)


if __name__ == "__main__":
    sys.exit(main())

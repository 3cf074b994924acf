"""``haidang judge``: JSON lines in, one JSON line out for each, no store. A public contract (docs/judge.md)."""

from __future__ import annotations

from typing import BinaryIO

from analysis.judge import Judge, parse_line
from runner import pipe


def run(source: BinaryIO, out: BinaryIO, judge: Judge) -> tuple[int, int]:
    """Judge every line; (lines read, bad lines). Raises :class:`InputError` when the input is no text at all."""
    return pipe.run(source, out, parse_line, lambda items: [verdict.to_json() for verdict in judge.judge(items)])

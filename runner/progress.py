"""Progress bars on standard error, where a person looks on; scripts and logs see none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def counting(name: str, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A bar that counts: call what it gives with how many more are done."""
    if quiet or not sys.stderr.isatty():
        yield lambda more: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = TextColumn("{task.completed:,.0f}")
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), shown, TimeElapsedColumn(), console=Console(stderr=True)
    ) as bar:
        task = bar.add_task(name, total=None)
        yield lambda more: bar.advance(task, more)

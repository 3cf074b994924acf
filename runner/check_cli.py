"""The command ``haidang check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def check(
    references: Annotated[
        Path,
        typer.Option("--references", "-r", metavar="R.jsonl", help="Văn bản đối chiếu. · References, JSON lines."),
    ],
) -> None:
    """Đối chiếu từng bài (dòng JSON từ stdin) với văn bản. · Check articles against references (docs/check.md)."""
    from runner.check_pipe import Check, load_references, run

    bad = run(sys.stdin.buffer, sys.stdout.buffer, Check(load_references(references)))[1]
    if bad:
        typer.secho(f'{bad} dòng không dùng được (xem "error")', err=True, fg="yellow")

"""What the commands share: options, the opened installation, how something is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from store.errors import InputError

if TYPE_CHECKING:
    from config.settings import Settings
    from runner.deps import Deps

AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON. · Print JSON.")]
Home = Annotated[Path | None, typer.Option("--home", help="Thư mục dữ liệu (mặc định: HAIDANG_HOME). · Data folder.")]


def day_of(value: str) -> dt.date:
    """A day as people write it to a command."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError as bad:
        raise typer.BadParameter(f"{value!r}: viết ngày dạng 2026-05-31 · write the day as 2026-05-31") from bad


Day = Annotated[dt.date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD")]


@contextmanager
def opened(home: Path | None, *, own: bool = False) -> Iterator[Deps]:
    """The opened installation. With ``own`` it is made if need be, and nobody else may run it meanwhile."""
    from contextlib import nullcontext

    from runner.deps import make_deps
    from runner.lock import own as lock

    settings = settings_of(home)
    if not own and not settings.database.exists():
        raise InputError(f"chưa có dữ liệu ở {settings.home}; chạy `haidang init`, hoặc sửa --home / HAIDANG_HOME")
    with lock(settings.home) if own else nullcontext():
        deps = make_deps(settings)
        try:
            yield deps
        finally:
            deps.store.close()


def settings_of(home: Path | None) -> Settings:
    """The settings of this installation."""
    from config.settings import load_settings

    return load_settings(home=home)


def say(text: str, **style: Any) -> None:
    """A line for people, in colour where there is any."""
    if style:
        typer.secho(text, **style)
    else:
        typer.echo(text)

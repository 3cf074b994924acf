"""One owner of an installation at a time: the supervisor, a replay or the demo. The lock dies with its process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import HaidangError


class HomeBusy(HaidangError):
    """Another process owns this HAIDANG_HOME."""


@contextmanager
def own(home: Path) -> Iterator[None]:
    """Hold ``home/owner.lock``. Raises :class:`HomeBusy` when somebody else does."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "owner.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as bad:
            raise HomeBusy(
                f"{home}: `haidang up`, a replay or a demo is running here already; stop it, or set HAIDANG_HOME"
            ) from bad
        yield

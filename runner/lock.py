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
def own(home: Path, who: str = "up", lock: str = "owner.lock") -> Iterator[None]:
    """Hold ``home/owner.lock`` as ``who``. Raises :class:`HomeBusy` when somebody else does.

    ``crawl.lock`` is held by whoever crawls: two crawlers would ask a host twice as often as was promised.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / lock).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as bad:
            raise HomeBusy(_busy(home, owner(home) or who)) from bad
        file.truncate(0)
        file.write(who)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def owner(home: Path) -> str:
    """Who holds this home now ("up", "replay", …); "" when nobody does."""
    path = home / "owner.lock"
    if not path.exists():
        return ""
    with path.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read() or "up"
    return ""


def refuse_replay(home: Path) -> None:
    """Raises :class:`HomeBusy` while a replay or the demo owns this home: its clock is not ours."""
    if owner(home) in ("replay", "demo"):
        raise HomeBusy(_busy(home, owner(home)))


def _busy(home: Path, who: str) -> str:
    return f"{home}: `{who or 'up'}` đang chạy ở đây; dừng nó, hoặc dùng --home khác · is running here already"

"""A day's digest: its task, its rows and files, and where people find them."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from runner.deps import Deps
from store.model import Digest, NewTask


def local_ms(day: dt.date, at: str, zone: ZoneInfo) -> int:
    """``at`` (HH:MM) of a local day, in ms UTC."""
    hour, minute = map(int, at.split(":"))
    return int(dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).timestamp() * 1000)


def due_at(deps: Deps, day: dt.date) -> int:
    """When the digest of ``day`` is to be built."""
    return local_ms(day, deps.settings.digest_at, ZoneInfo(deps.settings.timezone))


def digest_task(day: dt.date, due: int) -> NewTask:
    """The task of one day's digest."""
    from alerts.digest import DIGEST_VERSION

    return NewTask("digest", day.isoformat(), DIGEST_VERSION, due, due)


def export(deps: Deps, day: str) -> dict[str, Path]:
    """Write the issued digest's files for people to open; {"html": path, "text": path}, empty if not issued.

    They come from the stored bodies, so a crash in between is mended by asking again.
    """
    digest = deps.store.digest(Digest.make_id("daily", day))
    if digest is None:
        return {}
    paths = {}
    for kind, body_hash in digest.files.items():
        suffix = {"text": "txt"}.get(kind, kind)
        paths[kind] = deps.settings.digests / f"diem-bao-{day}.{suffix}"
        _write_whole(paths[kind], deps.bodies.get(body_hash))
    return paths


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)

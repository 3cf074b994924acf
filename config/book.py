"""The sources as they are now: read again when a file was added, changed or taken away, without a restart."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.loader import load_with_files
from config.settings import SHIPPED, Settings
from config.sources import Source
from store.errors import ConfigError

log = logging.getLogger("haidang.sources")

LOOK_EVERY_S = 5.0
"""Looking costs one stat a file; a new source need not be seen sooner."""

Signature = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class SourceBook:
    """Usable sources by id. ``version`` grows with every change, so that a caller can tell that there was one.

    ``errors``: what is wrong in the files now.
    """

    settings: Settings
    clock: Callable[[], float] = time.monotonic
    version: int = 0
    errors: tuple[ConfigError, ...] = ()
    _sources: Mapping[str, Source] = field(default_factory=dict)
    _files: dict[str, Path] = field(default_factory=dict)
    _signature: Signature | None = None
    _looked: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sources(self) -> Mapping[str, Source]:
        """Those of the files as they lie there; a bad file is named in the log once.

        It leaves its source as it was while it could be read: half a file that is being saved, or a slip of the
        finger, must not end the watching. What was never read since the start is left out.
        """
        with self._lock:
            if self.clock() - self._looked >= LOOK_EVERY_S:
                self._looked = self.clock()
                signature = _signature(self.settings)
                if signature != self._signature:
                    self._read(signature)
            return self._sources

    def _read(self, signature: Signature) -> None:
        sources, errors, files = load_with_files(self.settings)
        broken = {Path(error.where.rpartition(":")[0]) for error in errors}
        for id_, path in self._files.items():
            if path in broken and files.get(id_) != path and id_ in self._sources:
                sources[id_], files[id_] = self._sources[id_], path
                log.warning("%s: the source %s stays as it was until the file is mended", path, id_)
        self._sources, self._files, self.errors = sources, files, tuple(errors)
        self._signature = signature
        self.version += 1
        for error in errors:
            log.error("%s", error)


def _signature(settings: Settings) -> Signature:
    folders = [SHIPPED / "sources", settings.own_sources]
    return tuple(fact for folder in folders if folder is not None for fact in _facts(folder))


def _facts(folder: Path) -> list[tuple[str, int, int]]:
    found = []
    try:
        for path in sorted(folder.glob("*.yml")):
            about = path.stat()
            found.append((str(path), about.st_mtime_ns, about.st_size))
    except OSError:  # taken away while we looked: the next look sees what is left
        return found
    return found

"""Statements of the library that are near to a claim in meaning: more to look at for the rules, never a finding.

The vectors of a library are made in short stretches (an article waits behind them) and kept on disk by the hash of the
sentence, so a restart, or one document more, makes only what is new. Until all are there nothing is recalled: what a
text is found to be must not hang on how far that had come.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.backend import Floats
from analysis.encoder.override import IN_A_ROW, REST, FellBack
from analysis.encoder.vectors import Embedder

MOST = 50_000  # statements of a library; beyond that nothing is recalled
STRETCH_S = 20.0  # of making vectors, for one batch of articles
_SLICE = 32
_HELD = 512  # claims whose vectors are held: each is looked up more than once
_LONGEST = 2_000  # characters of a sentence

log = logging.getLogger("haidang.models")


class Vectors:
    """Vectors of one model by sentence, in memory and in a file beside the data."""

    def __init__(self, embedder: Embedder, folder: Path | None = None) -> None:
        self.embedder = embedder
        self._path = folder / f"vectors.{embedder.version}.npz" if folder else None
        self._known: dict[bytes, Floats] = self._read()

    def grow(self, texts: Sequence[str], seconds: float = STRETCH_S) -> int:
        """Make what is lacking of these for so long; how many are lacking still. Raises :class:`EncoderFailed`."""
        until = time.monotonic() + seconds
        lacking = [(key, text) for text in dict.fromkeys(texts) if (key := _key(text)) not in self._known]
        made = 0
        try:
            for at in range(0, len(lacking), _SLICE):
                if made and time.monotonic() > until:
                    break
                part = lacking[at : at + _SLICE]
                rows = self.embedder.clauses([text[:_LONGEST] for _, text in part])
                self._known |= {key: row for (key, _), row in zip(part, rows, strict=True)}
                made += len(part)
        finally:
            if made:
                self._keep()
        return len(lacking) - made

    def rows(self, texts: Sequence[str]) -> Floats:
        """One row a text; all of them must have been made."""
        found = [self._known[_key(text)] for text in texts]
        width = max((len(row) for row in found), default=1)
        out = np.zeros((len(texts), width), np.float32)
        for at, row in enumerate(found):
            if len(row) == width:
                out[at] = row
        return out

    def _read(self) -> dict[bytes, Floats]:
        """What was kept; a damaged file is made anew."""
        if self._path is None or not self._path.exists():
            return {}
        try:
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as held:
                keys, rows = held["keys"], held["rows"].astype(np.float32)
            if keys.dtype != np.uint8 or keys.shape != (len(rows), 16) or not np.isfinite(rows).all():
                raise ValueError("not what was written")
            return {bytes(key): row for key, row in zip(keys, rows, strict=True)}
        except Exception as bad:
            log.warning("%s: %s; its vectors are made anew", self._path, bad)
            return {}

    def _keep(self) -> None:
        """Written whole or not at all. A full disk costs the keeping alone."""
        if self._path is None:
            return
        width = max(len(row) for row in self._known.values())
        kept = {key: row for key, row in self._known.items() if len(row) == width}
        keys: NDArray[np.uint8] = np.frombuffer(b"".join(kept), np.uint8).reshape(-1, 16)
        handle, draft = tempfile.mkstemp(dir=self._path.parent, prefix=".vectors-", suffix=".npz")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, keys=keys, rows=np.stack(list(kept.values())).astype(np.float16))
            Path(draft).replace(self._path)
            for older in self._path.parent.glob("vectors.embed.*.npz"):
                if older != self._path:
                    older.unlink(missing_ok=True)  # of a model that is used no more
        except OSError as bad:
            log.warning("%s: %s; the vectors are held in memory alone", self._path, bad)
            with suppress(OSError):
                Path(draft).unlink(missing_ok=True)


class Recalled:
    """A ``Recall`` of `analysis.reference_index` over the statements of one library, in their order."""

    def __init__(self, embedder: Embedder, rows: Floats, note: Callable[[FellBack], None] | None = None) -> None:
        self._embedder, self._rows, self._note = embedder, rows, note
        self._held: OrderedDict[str, Floats] = OrderedDict()

    @property
    def version(self) -> str:
        """Of the model and its settings."""
        return self._embedder.version

    def nearest(self, text: str, most: int) -> Sequence[int]:
        """At most ``most`` rows whose cosine with the text is at least ``least``, best first. Never raises."""
        vector = self._vector(text[:_LONGEST])
        if vector is None or len(vector) != self._rows.shape[1]:
            return ()
        near = self._rows @ vector
        most = min(most, len(near))
        best = np.argpartition(-near, most - 1)[:most] if most else np.array([], np.int64)
        best = best[np.lexsort((best, -near[best]))]
        return [int(row) for row in best if near[row] >= self._embedder.choice.least]

    def _vector(self, text: str) -> Floats | None:
        if text in self._held:
            self._held.move_to_end(text)
            return self._held[text]
        standing = self._embedder.standing
        if standing.resting:
            standing.resting -= 1
            return None
        try:
            made: Floats = self._embedder.claims([text])[0]
        except Exception as bad:  # a model of strangers: whatever it does, the text is checked
            fell(self._embedder, f"{bad}"[:300] or type(bad).__name__, self._note)
            return None
        standing.in_a_row = 0
        self._held[text] = made
        if len(self._held) > _HELD:
            self._held.popitem(last=False)
        return made


def fell(embedder: Embedder, why: str, note: Callable[[FellBack], None] | None) -> None:
    """Count a failure, tell it, and after some in a row leave the model alone for a while."""
    standing = embedder.standing
    standing.batches += 1
    standing.items += 1
    standing.in_a_row += 1
    standing.last = why
    if standing.in_a_row >= IN_A_ROW:
        standing.in_a_row, standing.resting = 0, REST
    log.warning("embed: %s could not answer, references are found by their words alone: %s", embedder.version, why)
    if note is not None:
        note(FellBack(embedder.task, embedder.version, 1, why))


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]

"""Page bodies as evidence: compressed, named by the sha256 of the bytes as received, never changed.

A body is on disk (file and folder synced) before any row may name it, so a crash leaves at most an unnamed body.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import zstandard

from store.errors import BodyMissing

LEVEL = 3  # measured on saved pages: 9 % larger than level 6 at more than twice the speed (bench.crawl)
LIMIT = 64_000_000  # bytes after decompression; a body on disk is ours, but a swapped file must not fill the memory


class BodyStore:
    """Files under ``root``: two letters of the hash, then the hash with ``.zst``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, body_hash: str) -> Path:
        """Where the body with this hash lies, or would lie."""
        return self.root / body_hash[:2] / f"{body_hash}.zst"

    def put(self, body: bytes) -> str:
        """Keep ``body`` durably; returns the hex sha256. Putting the same bytes again writes nothing."""
        body_hash = hashlib.sha256(body).hexdigest()
        target = self.path(body_hash)
        if target.exists():
            return body_hash
        target.parent.mkdir(parents=True, exist_ok=True)
        packed = zstandard.ZstdCompressor(level=LEVEL, write_content_size=True).compress(body)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return body_hash

    def put_all(self, bodies: Sequence[bytes]) -> list[str]:
        """Keep several, as durably as :meth:`put`; side by side, because disks sync eight files as fast as one."""
        if len(bodies) < 2:
            return [self.put(body) for body in bodies]
        return list(_pool().map(self.put, bodies))

    def get(self, body_hash: str) -> bytes:
        """The bytes as received. Raises :class:`BodyMissing` when absent, damaged or not what the hash says."""
        target = self.path(body_hash)
        try:
            packed = target.read_bytes()
            if zstandard.get_frame_parameters(packed).content_size > LIMIT:
                raise BodyMissing(f"body {body_hash}: {target} claims over {LIMIT:,} bytes; restore it from a backup")
            body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=LIMIT)
        except FileNotFoundError as bad:
            raise BodyMissing(f"body {body_hash}: no file {target}; restore it from a backup") from bad
        except zstandard.ZstdError as bad:
            raise BodyMissing(f"body {body_hash}: {target} is damaged ({bad}); restore it from a backup") from bad
        if hashlib.sha256(body).hexdigest() != body_hash:
            raise BodyMissing(f"body {body_hash}: {target} holds other bytes; restore it from a backup")
        return body


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(8, thread_name_prefix="bodies")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

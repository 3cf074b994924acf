"""Public ids: equal on every backend and every machine."""

from __future__ import annotations

import base64
import hashlib


def public_id(prefix: str, *natural_key: str) -> str:
    """``prefix_`` + base32 of the first 128 bits of sha256 over the natural key (parts joined by U+001F)."""
    digest = hashlib.sha256("\x1f".join(natural_key).encode()).digest()[:16]
    return f"{prefix}_{base64.b32encode(digest).decode().rstrip('=').lower()}"

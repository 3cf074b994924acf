"""A mark that only a page of this desk can carry: without it a form is not taken.

A page on the internet can make a browser send a form to this machine, but it cannot read our pages, so it cannot know
the mark. The key lives as long as the process and is written nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

LASTS_MS = 12 * 3_600_000
"""A form left open over a working day can still be sent; older ones are shown again, with what was typed."""

_SHAPE = re.compile(r"(?P<at>[0-9]{1,15})\.(?P<mark>[0-9a-f]{64})")


class Seal:
    """Makes marks and knows its own."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def make(self, now: int) -> str:
        """A mark of this moment (ms UTC)."""
        return f"{now}.{self._mark(now)}"

    def fresh(self, mark: str, now: int) -> bool:
        """Whether the mark is ours and not older than :data:`LASTS_MS`."""
        found = _SHAPE.fullmatch(mark)
        if found is None:
            return False
        at = int(found["at"])
        return hmac.compare_digest(found["mark"], self._mark(at)) and 0 <= now - at <= LASTS_MS

    def _mark(self, at: int) -> str:
        return hmac.new(self._key, f"inbox {at}".encode(), hashlib.sha256).hexdigest()

"""Sources that could not be followed, in the words of the digest; the runner knows which they are."""

from __future__ import annotations

from alerts import messages
from alerts.draft import SourceState
from alerts.formats import clean, moment_words


def silent_source(name: str, last_seen_at: int | None, tz: str = "Asia/Ho_Chi_Minh") -> SourceState:
    """Watched, but nothing came for longer than its own rhythm; ``last_seen_at`` in ms UTC, None = never."""
    if last_seen_at is None:
        return SourceState(clean(name), messages.SILENT_NEVER, silent=True)
    return SourceState(clean(name), messages.SILENT_SINCE.format(at=moment_words(last_seen_at, tz)), silent=True)


def unwatched_source(name: str) -> SourceState:
    """Configured and not verified live yet: `chưa theo dõi được`."""
    return SourceState(clean(name), messages.UNWATCHED, silent=False)

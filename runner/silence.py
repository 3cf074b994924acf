"""Which sources could not be followed, in words for the digest."""

from __future__ import annotations

from alerts.draft import SourceState
from runner.deps import Deps


def silent_sources(deps: Deps, now: int) -> list[SourceState]:
    """Silent or not yet watched sources as of ``now``; none while nothing is crawled here (a replay)."""
    channels = deps.store.channels()
    if not channels:
        return []
    from crawler.health import silent_sources as find

    return []

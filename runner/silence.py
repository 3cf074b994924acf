"""Which sources could not be followed, in words for the digest."""

from __future__ import annotations

from alerts.draft import SourceState
from runner.deps import Deps
from runner.when import local

WORDS = {
    "not_watched": "chưa theo dõi được",
    "never_answered": "chưa trả lời lần nào ({detail})",
    "failing": "không tải được từ {since} ({detail})",
    "nothing_new": "không có tin mới từ {since}",
}


def silent_sources(deps: Deps, now: int) -> list[SourceState]:
    """Silent or not yet watched sources as of ``now``; none where nothing is crawled (a replay)."""
    channels = deps.store.channels()
    if not channels:
        return []
    from crawler.health import Silence
    from crawler.health import silent_sources as find

    found = find(deps.store.source_activity(now), channels, deps.tools.sources, now)
    return [
        SourceState(
            name=s.name,
            words=WORDS[s.why].format(detail=s.detail or "không rõ", since=local(s.since)),
            silent=s.why is not Silence.NOT_WATCHED,
        )
        for s in found
    ]

"""Which sources could not be followed, in words for the digest."""

from __future__ import annotations

from alerts import words
from alerts.draft import SourceState
from alerts.formats import moment_words
from runner.deps import Deps

NOBODY = SourceState("Nguồn theo dõi", "không nguồn nào được tải trực tiếp trong thời gian này", silent=True)
WORDS = {
    "not_watched": "chưa theo dõi được",
    "never_answered": "chưa trả lời lần nào{detail}",
    "failing": "không tải được từ {since}{detail}",
    "nothing_new": "không có tin mới từ {since}",
}


def silent_sources(deps: Deps, now: int) -> list[SourceState]:
    """Silent or not yet watched sources as of ``now``. Where nothing is crawled at all (a replay, a folder of sources
    that is empty by mistake) that itself is said: quiet must not look like "all is well"."""
    channels = deps.store.channels()
    if not channels:
        return [NOBODY]
    from crawler.health import Silence
    from crawler.health import silent_sources as find

    sources = deps.tools.sources
    found = find(deps.store.newest_of_sources(list(sources)), channels, sources, now)
    tz = deps.settings.timezone
    return [
        SourceState(
            name=s.name,
            words=WORDS[s.why].format(
                detail=_outcome(s.detail) if s.why is not Silence.NOT_WATCHED else "",
                since=moment_words(s.since, tz) if s.since is not None else "",
            ),
            silent=s.why is not Silence.NOT_WATCHED,
        )
        for s in found
    ]


def _outcome(code: str) -> str:
    fine = code in ("", "fetched", "not_modified")
    return "" if fine else f" ({words.FETCHED.get(code, code)})"

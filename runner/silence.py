"""Which sources could not be followed, in words for the digest; every digest repeats it until they work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alerts import words
from alerts.draft import SourceState
from alerts.formats import moment_words, number
from crawler.health import Silence, SilentSource, look
from crawler.health import silent_sources as find
from runner.deps import Deps
from runner.health import load_facts

NOBODY = SourceState("Nguồn theo dõi", "không nguồn nào được tải trực tiếp trong thời gian này", silent=True)
WORDS = {
    Silence.NOT_WATCHED: "chưa theo dõi được",
    Silence.NEVER_ANSWERED: "chưa trả lời lần nào{detail}",
    Silence.FAILING: "không tải được từ {since}{detail}",
    Silence.NOTHING_NEW: "không có tin mới từ {since}",
}
BROKEN = "tệp nguồn có lỗi; xem “haidang sources check”"
EMPTY = "trả lời, nhưng chưa có tin nào"
GROUP = {
    Silence.NOT_WATCHED: "{count} nguồn chưa theo dõi được",
    Silence.NEVER_ANSWERED: "{count} nguồn chưa trả lời lần nào",
    Silence.FAILING: "{count} nguồn không tải được",
    Silence.NOTHING_NEW: "{count} nguồn không có tin mới lâu hơn thường lệ",
}


def silent_sources(deps: Deps, now: int) -> list[SourceState]:
    """Silent or not yet watched sources as of ``now``. Where nothing is crawled at all (a replay, a folder of sources
    that is empty by mistake) that itself is said: quiet must not look like "all is well"."""
    if not deps.store.channels():
        return [NOBODY]
    seen = look(deps.tools.sources, load_facts(deps, now), now, deps.settings.timezone)
    return _broken_files(deps) + told(find(seen), deps.settings.timezone)


def _broken_files(deps: Deps) -> list[SourceState]:
    """Source files that cannot be read: what they name is perhaps not watched, and a digest must not hide that."""
    names = sorted({Path(error.where.rpartition(":")[0]).name for error in deps.tools.book.errors})
    return [SourceState(name, BROKEN, silent=True) for name in names]


def told(found: Sequence[SilentSource], tz: str) -> list[SourceState]:
    """A line a source; like sources (`group:` in their files) in the same trouble are one line."""
    groups: dict[tuple[str, Silence], list[SilentSource]] = {}
    for one in found:
        groups.setdefault((one.group or one.source_id, one.why), []).append(one)
    return [_group(members) if len(members) > 1 else _line(members[0], tz) for members in groups.values()]


def _group(members: Sequence[SilentSource]) -> SourceState:
    why = members[0].why
    said = GROUP[why].format(count=number(len(members)))
    if why is Silence.NOT_WATCHED:  # the digest names those in a row, without words
        return SourceState(f"{members[0].group} ({number(len(members))} nguồn)", said, silent=False, count=len(members))
    return SourceState(members[0].group, said, silent=True, count=len(members))


def _line(one: SilentSource, tz: str) -> SourceState:
    if one.why is Silence.NOTHING_NEW and one.since is None:
        return SourceState(one.name, EMPTY, silent=True)
    said = WORDS[one.why].format(
        detail=_outcome(one.detail) if one.why is not Silence.NOT_WATCHED else "",
        since=moment_words(one.since, tz) if one.since is not None else "",
    )
    return SourceState(one.name, said, silent=one.why is not Silence.NOT_WATCHED)


def _outcome(code: str) -> str:
    fine = code in ("", "fetched", "not_modified")
    return "" if fine else f" ({words.FETCHED.get(code, code)})"

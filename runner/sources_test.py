"""``haidang sources test NAME|FILE.yml``: one source asked for real, told step by step, with a verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.loader import load_sources, read_source
from config.settings import Settings
from config.sources import Source
from lang.reasons import vi
from runner.sources_probe import probe
from runner.sources_report import ChannelReport, PageReport, SourceReport
from runner.sources_words import ADVICE, EMPTY_ADVICE, NOT_ASKED, UNREAD_ADVICE, outcome_words, short
from store.errors import InputError
from store.model import Fetch, FetchOutcome

PAGES = 3


def find_source(settings: Settings, name: str) -> Source:
    """The source that a person means: a file, or an id of the configuration (also one that is off).

    Raises :class:`InputError` that names the nearest ids, or says every fault of the file.
    """
    if name.endswith((".yml", ".yaml")) or "/" in name:
        source, errors = read_source(Path(name))
        if source is None:
            raise InputError("\n".join(str(error) for error in errors))
        return source
    sources, errors = load_sources(settings)
    if name in sources:
        return sources[name]
    about = [str(error) for error in errors if Path(error.where.rpartition(":")[0]).stem == name]
    if about:
        raise InputError("\n".join(about))
    import difflib

    near = difflib.get_close_matches(name, sources, n=3)
    hint = f"; có phải {', '.join(near)}?" if near else "; `haidang sources list --all` liệt kê mọi nguồn"
    raise InputError(f"không có nguồn {name!r}{hint}")


def try_source(
    settings: Settings,
    source: Source,
    *,
    now: Callable[[], int],
    on_fetch: Callable[[Fetch], None] | None = None,
) -> SourceReport:
    """Ask its channels and the first pages. Nothing is stored."""
    return probe(settings, [source], now=now, pages=PAGES, on_fetch=on_fetch)[0]


def trouble(report: ChannelReport) -> tuple[str, str]:
    """(what is wrong with a channel, what to do); both '' when it shows something."""
    last = report.fetches[-1] if report.fetches else None
    if report.missing:
        return report.missing, "xem docs/settings.md"
    if last is None:
        return NOT_ASKED, "chạy lại lệnh này sau"
    if last.outcome is not FetchOutcome.FETCHED:
        said = outcome_words(last)
        return (said, ADVICE[last.outcome]) if not report.entries else ("", "")
    if not report.entries:
        return (
            (vi(report.unread), UNREAD_ADVICE) if report.unread else ("trả lời, nhưng không có bài nào", EMPTY_ADVICE)
        )
    return "", ""


def verdict(report: SourceReport) -> tuple[str, list[str]]:
    """(one line, what to do)."""
    source = report.source
    if not source.channels:
        found = "chưa có kênh nào, nên không có gì để hỏi"
        where = f" {source.home}" if source.home else " ĐỊA-CHỈ"
        return f"✗ {source.outlet}: {found}", [f"tìm kênh: haidang sources add{where}", *_notes(source)]
    wrong = [(c, *trouble(c)) for c in report.channels if trouble(c)[0]]
    todo = [f"{short(c.channel.url, 80)}: {what}" + (f" → {fix}" if fix else "") for c, what, fix in wrong]
    todo += [f"{short(p.url, 80)}: {_page_trouble(p)}" for p in report.pages if not p.is_article]
    count = sum(len(c.entries) for c in report.channels)
    pages = sum(page.is_article for page in report.pages)
    read = f", {pages}/{len(report.pages)} trang bài đọc được" if report.pages else ""
    if not report.works:
        return f"✗ {source.outlet}: chưa theo dõi được ({count} mục{read})", todo
    if not source.verified:
        todo.append("đã thấy bài thật: đối chiếu vài bài với trang, rồi ghi `verified: true` vào tệp nguồn")
    if not source.enabled:
        todo.append("nguồn đang tắt: ghi `enabled: true` để theo dõi")
    word, mark = ("chạy được", "✓") if report.whole else ("chạy được một phần", "!")
    return f"{mark} {source.outlet}: {word} ({count} mục{read})", todo


def _notes(source: Source) -> list[str]:
    return [f"ghi chú của tệp nguồn: {source.note}"] if source.note else []


def _page_trouble(page: PageReport) -> str:
    if page.fetch is None:
        return NOT_ASKED
    if page.read is None:
        return f"{outcome_words(page.fetch)} → {ADVICE[page.fetch.outcome]}"
    return f"không đọc thành một bài ({vi(page.read.why)}) → thêm `selectors` (docs/add-a-source.md)"

"""``haidang sources check [--live]``: are all files right, and does what they name answer from this machine?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from config.loader import load_sources
from config.settings import Settings
from config.sources import Source
from crawler import guard
from crawler.channels import kind_of
from lang.reasons import vi
from runner.sources_probe import probe
from runner.sources_report import SourceReport
from runner.sources_test import trouble
from runner.sources_words import short
from store.errors import ConfigError
from store.model import Fetch, FetchKind

FIRST = ("baohaiphong", "sgddt_hp", "hp_portal")
"""Tried before all others, on or off: without the city's own press and portals a digest misses most of its subject."""


@dataclass(frozen=True, slots=True)
class Checked:
    """``errors``: files that a person must mend. ``notes``: what is odd and no error."""

    sources: Mapping[str, Source]
    errors: tuple[ConfigError, ...]
    notes: tuple[str, ...]


def check(settings: Settings) -> Checked:
    """Read every file; nobody is asked anything."""
    sources, errors = load_sources(settings)
    return Checked(sources, tuple(errors), tuple(_notes(settings, sources)))


def _notes(settings: Settings, sources: Mapping[str, Source]) -> Iterator[str]:
    on = [source for source in sources.values() if source.enabled]
    if not on:
        yield "không nguồn nào đang bật: không có gì được thu thập"
    for source in on:
        if not source.channels:
            yield f"{source.id}: đang bật nhưng không có kênh nào, nên không được theo dõi"
        for channel in source.channels:
            if why := guard.url_refusal(channel.url, settings.allow_loopback):
                yield f"{source.id}: {channel.url} sẽ không được tải: {vi(why)}"
            if missing := kind_of(FetchKind(channel.kind)).missing(settings):
                yield f"{source.id}: {missing}"
    if not settings.contact:
        yield "chưa đặt `contact` trong settings.yml: tòa soạn không biết ai đang đọc trang của họ"


def live(
    settings: Settings,
    sources: Mapping[str, Source],
    *,
    now: Callable[[], int],
    on_report: Callable[[SourceReport], None] = lambda _: None,
    on_fetch: Callable[[Fetch], None] | None = None,
    stop: threading.Event | None = None,
) -> list[SourceReport]:
    """Ask every channel of the first three and then of all that are on; reports in that order.

    ``on_report`` hears of the first three as soon as they are through. ``stop`` ends it early; a source that was not
    asked by then has channels without fetches.
    """
    first = [sources[name] for name in FIRST if name in sources]
    rest = [source for source in sources.values() if source.enabled and source.id not in FIRST]
    reports: list[SourceReport] = []
    for part in (first, rest):
        asked = [source for source in part if source.channels]
        told = iter(probe(settings, asked, now=now, on_fetch=on_fetch, stop=stop) if asked else ())
        for source in part:
            report = next(told) if source.channels else SourceReport(source, ())
            reports.append(report)
            on_report(report)
    return reports


def unwatched(report: SourceReport) -> str:
    """Why this source could not be watched, in one line with what to do; '' when something of it was seen."""
    if not report.source.channels:
        return "chưa có kênh nào → haidang sources add " + (report.source.home or "ĐỊA-CHỈ")
    if report.works:
        return ""
    told = [(channel, *trouble(channel)) for channel in report.channels]
    return "; ".join(f"{short(c.channel.url, 80)}: {what}" + (f" → {fix}" if fix else "") for c, what, fix in told)


def to_json(checked: Checked, reports: list[SourceReport] | None) -> dict[str, Any]:
    """For scripts. ``live`` is null when nobody was asked."""
    on = sum(source.enabled for source in checked.sources.values())
    return {
        "sources": len(checked.sources),
        "on": on,
        "errors": [{"where": e.where, "what": e.what, "fix": e.fix} for e in checked.errors],
        "notes": list(checked.notes),
        "live": None
        if reports is None
        else [
            {
                "id": report.source.id,
                "enabled": report.source.enabled,
                "verified": report.source.verified,
                "works": report.works,
                "entries": sum(len(channel.entries) for channel in report.channels),
                "why_not": unwatched(report),
            }
            for report in reports
        ],
    }

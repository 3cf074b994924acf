"""A source's report as lines for people, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lang.reasons import vi
from runner.sources_report import ChannelReport, PageReport, SourceReport
from runner.sources_test import verdict
from runner.sources_words import (
    CHANNELS,
    NOT_ASKED,
    number,
    outcome_words,
    robots_words,
    short,
    time_words,
)
from store.model import Fetch

_SHOWN = 3


# ── as text ─────────────────────────────────────────────────────────────────────────────────────────


def lines(report: SourceReport) -> Iterator[str]:
    """The whole report, line by line, without the verdict."""
    source = report.source
    state = "đang bật" if source.enabled else "đang tắt"
    checked = "đã kiểm chứng" if source.verified else "chưa ai kiểm chứng"
    yield f"{source.name} ({source.id}): {state}, {checked}"
    for number_, channel in enumerate(report.channels, 1):
        yield f"Kênh {number_}/{len(report.channels)} · {CHANNELS[channel.channel.kind]} · {channel.channel.url}"
        yield from (f"  {line}" for line in _channel_lines(channel))
    for number_, page in enumerate(report.pages, 1):
        yield f"Trang bài {number_}/{len(report.pages)} · {page.url}"
        yield from (f"  {line}" for line in _page_lines(page))


def _channel_lines(report: ChannelReport) -> Iterator[str]:
    if report.missing:
        yield report.missing
    for fetch in report.fetches:
        where = f" · {fetch.url}" if fetch.url != report.channel.url else ""
        yield f"robots.txt: {robots_words(fetch.robots)}"
        yield f"Trả lời: {outcome_words(fetch)}{where}"
        if fetch.final_url:
            yield f"Chuyển tới: {fetch.final_url}"
    if not report.fetches and not report.missing:
        yield NOT_ASKED
    if report.body_bytes:
        yield f"{number(report.body_bytes)} byte · {len(report.entries)} mục, {report.dated} có ngày"
    if report.entries:
        yield f"Mới nhất: {time_words(report.newest)}"
        yield from (f"  • {short(entry.title)}" for entry in report.entries[:_SHOWN])
    if report.unread and not report.entries:
        yield f"Không đọc được: {vi(report.unread)}"
    if report.faults:
        yield f"{len(report.faults)} chỗ không dùng được:"
        yield from (f"  - {_place(f.position)}{short(vi(f.message), 160)}" for f in report.faults[:_SHOWN])


def _place(position: int) -> str:
    return "" if position < 0 else f"mục {position + 1}: "


def _page_lines(page: PageReport) -> Iterator[str]:
    if page.fetch is None:
        yield NOT_ASKED
        return
    if page.read is None:
        yield f"robots.txt: {robots_words(page.fetch.robots)}"
        yield f"Trả lời: {outcome_words(page.fetch)}"
        return
    read = page.read
    if page.is_article:
        yield f"Tiêu đề: {short(read.title) or '(không thấy)'}"
        yield f"Sapo: {short(read.lead) or '(không thấy)'}"
        quality = f"{read.quality:.2f}".replace(".", ",")
        yield f"Nội dung: {number(len(read.body))} ký tự · đăng {time_words(read.published)} · chất lượng {quality}"
        yield f"Vì sao coi là bài: {vi(read.why)}"
    else:
        yield f"Không phải một bài: {vi(read.why)}"


# ── as JSON ─────────────────────────────────────────────────────────────────────────────────────────


def to_json(report: SourceReport) -> dict[str, Any]:
    """For scripts: plain values, times in ms UTC."""
    said, todo = verdict(report)
    return {
        "id": report.source.id,
        "works": report.works,
        "verdict": said,
        "to_do": todo,
        "channels": [_channel_json(channel) for channel in report.channels],
        "pages": [_page_json(page) for page in report.pages],
    }


def _fetch_json(fetch: Fetch | None) -> dict[str, Any] | None:
    if fetch is None:
        return None
    return {
        "url": fetch.url,
        "outcome": fetch.outcome.value,
        "status": fetch.status,
        "ms": fetch.finished_at - fetch.started_at,
        "final_url": fetch.final_url,
        "robots": fetch.robots,
        "message": fetch.message,
    }


def _channel_json(report: ChannelReport) -> dict[str, Any]:
    newest = report.newest
    return {
        "kind": report.channel.kind,
        "url": report.channel.url,
        "missing": report.missing,
        "fetches": [_fetch_json(fetch) for fetch in report.fetches],
        "bytes": report.body_bytes,
        "entries": len(report.entries),
        "dated": report.dated,
        "newest": newest.at if newest else None,
        "newest_from": newest.source if newest else None,
        "titles": [entry.title for entry in report.entries[:_SHOWN]],
        "faults": [{"position": f.position, "code": f.code, "message": f.message} for f in report.faults],
        "unread": report.unread,
    }


def _page_json(page: PageReport) -> dict[str, Any]:
    found: dict[str, Any] = {"url": page.url, "fetch": _fetch_json(page.fetch), "article": page.is_article}
    if page.read is not None:
        read = page.read
        found |= {"title": read.title, "lead": read.lead, "body_characters": len(read.body), "quality": read.quality}
        found |= {"published": read.published.at if read.published else None, "why": read.why}
        found |= {"published_from": read.published.source if read.published else None}
    return found

"""How the commands of `sources_cli` speak: progress on stderr, results on stdout."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from runner.cli_common import say
from runner.sources_check import FIRST
from runner.sources_check import unwatched as why_unwatched
from runner.sources_test import trouble, verdict
from runner.sources_words import ALERTS, CHANNELS, in_words, number, outcome_words, short, time_words
from runner.when import local
from store.errors import ConfigError, InputError

if TYPE_CHECKING:
    from runner.sources_add import Found
    from runner.sources_report import SourceReport
    from store.model import Fetch, HealthAlert

COLOURS = {"✓": "green", "!": "yellow", "✗": "red"}
ITEMS = 10


def as_json(value: Any) -> None:
    """One JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False))  # noqa: T201


def quiet() -> None:
    """What libraries would say while they fetch is said by our reports."""
    for noisy in ("scrapy", "twisted", "trafilatura", "htmldate", "crawler"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


def hint(line: str) -> None:
    """Progress: on stderr, so that stdout is the result alone."""
    typer.echo(line, err=True)


def progress(fetch: Fetch) -> None:
    """One attempt."""
    hint(f"… {outcome_words(fetch)} · {short(fetch.url, 100)}")


def errors(found: Iterable[ConfigError]) -> None:
    """Every fault of a file, on stderr."""
    for error in found:
        typer.secho(f"✗ {in_words(error)}", err=True, fg="red")


# ── add ─────────────────────────────────────────────────────────────────────────────────────────────


def items(found: Found) -> list[dict[str, Any]]:
    """The first ten of the best channel."""
    return [
        {"title": e.title, "url": e.url, "published": e.published.at if e.published else None}
        for e in found.working[0].report.entries[:ITEMS]
    ]


def first_items(found: Found) -> None:
    """What was found, the best first, and the first ten items of it."""
    for one in found.working:
        newest = time_words(one.report.newest)
        count = number(len(one.report.entries))
        say(f"✓ {CHANNELS[one.candidate.kind]} · {one.candidate.url} · {count} mục, mới nhất: {newest}")
    say("Mười mục đầu:" if len(found.working[0].report.entries) >= ITEMS else "Các mục:", bold=True)
    for n, entry in enumerate(found.working[0].report.entries[:ITEMS], 1):
        say(f"{n:3}. {short(entry.title) or '(chưa có tiêu đề: đọc ở trang bài)'} · {time_words(entry.published)}")
        say(f"     {entry.url}")


def nothing(found: Found, *, json: bool) -> None:
    """No candidate shows anything: what each one said."""
    told = [(one.candidate.url, one.candidate.kind, *trouble(one.report)) for one in found.tried]
    if json:
        as_json({"file": None, "tried": [{"url": u, "kind": k, "why": why} for u, k, why, _ in told]})
        return
    say(f"✗ Không tìm thấy kênh nào theo dõi được trên {found.url}", fg="red", bold=True)
    for url, kind, why, fix in told:
        say(f"  {CHANNELS[kind]} · {short(url, 80)}: {why}" + (f" → {fix}" if fix else ""))
    say("  → thử địa chỉ của chuyên mục giáo dục, hoặc viết tệp nguồn bằng tay (docs/add-a-source.md)")


def agreed(text: str) -> bool:
    """Show the file and ask; raises :class:`InputError` where nobody can answer."""
    say("Sẽ ghi:", bold=True)
    say(text)
    if not sys.stdin.isatty():
        raise InputError("chưa ghi gì: không có ai trả lời ở đây, thêm --yes để ghi")
    return typer.confirm("Ghi tệp này?", default=True)


# ── check ───────────────────────────────────────────────────────────────────────────────────────────


def live(report: SourceReport) -> None:
    """One source as soon as it is through."""
    said, _ = verdict(report)
    first = " (nguồn quan trọng nhất)" if report.source.id in FIRST else ""
    say(f"{said}{first}", fg=COLOURS[said[0]])


def unwatched(reports: Sequence[SourceReport], minutes: float | None) -> None:
    """What could not be watched and why; ``minutes``: the limit, where it was reached."""
    missing = [(report.source, why) for report in reports if (why := why_unwatched(report))]
    say(f"{len(reports) - len(missing)}/{len(reports)} nguồn theo dõi được từ máy này", bold=True)
    if minutes is not None:
        say(f"! dừng sau {minutes:g} phút; thêm --minutes để hỏi hết", fg="yellow")
    if missing:
        say("Chưa theo dõi được:", bold=True)
    for source, why in missing:
        say(f"  ✗ {source.outlet} ({source.id}): {why}")


# ── alerts ──────────────────────────────────────────────────────────────────────────────────────────


def alert_line(alert: HealthAlert) -> str:
    """One alert for people."""
    over = f", hết lúc {local(alert.closed_at)}" if alert.closed_at is not None else ""
    return f"▲ {alert.source_id}: {ALERTS[alert.kind]} từ {local(alert.opened_at)}{over}, phụ trách: {alert.owner}"


def alert_json(alert: HealthAlert) -> dict[str, Any]:
    """One alert for scripts; times in ms UTC."""
    return {
        "id": alert.id,
        "source_id": alert.source_id,
        "kind": alert.kind,
        "opened_at": alert.opened_at,
        "closed_at": alert.closed_at,
        "owner": alert.owner,
        "figures": dict(alert.figures),
    }

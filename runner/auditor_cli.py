"""`haidang auditor`: what should have been told and was not, reckoned apart from what tells."""

from __future__ import annotations

import json

import typer

from runner.cli_common import AsJson, Home, opened, say

app = typer.Typer(
    no_args_is_help=True,
    help="Kiểm tra độc lập: việc gì lẽ ra phải báo mà chưa báo. · What should have been told and was not.",
)


@app.command()
def once(home: Home = None, as_json: AsJson = False) -> None:
    """Kiểm tra ngay một lần, không báo cho ai; có thiếu sót thì kết thúc với mã 1. · One look, telling nobody."""
    from runner.auditing import look

    with opened(home) as deps:
        found, _ = look(deps, tell=False)
    if as_json:
        told = [{"lapse": one.lapse, "subject": one.subject, "message": one.message} for one in found]
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201
    else:
        for one in found:
            say(one.message, fg="red")
        if not found:
            say("Không thiếu sót nào: mọi việc phải báo đến lúc này đều đã báo.")
    raise typer.Exit(1 if found else 0)


@app.command()
def show(home: Home = None, as_json: AsJson = False) -> None:
    """Những điều đang thiếu, từ bao giờ, đã báo chưa; lần kiểm tra cuối lúc nào. · What is open, since when."""
    from alerts.formats import moment_short
    from runner.auditing import last_beat

    with opened(home) as deps:
        rows, beat, tz = deps.store.audit_findings(), last_beat(deps.settings), deps.settings.timezone
    if as_json:
        told = [
            {"lapse": r.lapse, "subject": r.subject, "message": r.message, "first_at": r.first_at, "told_at": r.told_at}
            for r in rows
        ]
        print(json.dumps({"looked_at": beat, "open": told}, ensure_ascii=False))  # noqa: T201
        return
    seen = moment_short(beat, tz) if beat else "chưa lần nào"
    say(f"Kiểm tra lần cuối: {seen}. Đang thiếu: {len(rows)}.", fg="red" if rows or not beat else None)
    for row in rows:
        told_words = f"đã báo {moment_short(row.told_at, tz)}" if row.told_at else "chưa báo được cho ai"
        say(f"{moment_short(row.first_at, tz)} · {row.message} ({told_words})")


@app.command()
def run(home: Home = None) -> None:
    """Chạy mãi, năm phút một lần (`haidang up` tự chạy lệnh này). · Look every five minutes, as `haidang up` does."""
    from runner.auditing import run as forever

    with opened(home) as deps:
        forever(deps)

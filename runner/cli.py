"""The command ``haidang``. Heavy imports are inside the commands: `haidang --help` starts in under half a second.

Exit codes: 0 done (also with single bad lines or items, which are named) · 1 something is wrong and said so ·
2 the input or the command line cannot be used · 3 another process owns this installation.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sqlite3
import sys
from pathlib import Path
from typing import Annotated

import typer

from runner import (
    auditor_cli,
    calendar_cli,
    candidates_cli,
    cases_cli,
    cases_more_cli,
    channels_cli,
    check_cli,
    cli_collect,
    cli_read,
    digests_cli,
    evaluate_cli,
    inbox_cli,
    labels_cli,
    measures_cli,
    models_cli,
    papers_cli,
    reading_cli,
    references_cli,
    registers_briefing_cli,
    registers_cli,
    registers_evaluation_cli,
    registers_sharing_cli,
    report_cli,
    roster_cli,
    route_cli,
    sources_cli,
    stories_cli,
    train_cli,
)
from runner.cli_common import AsJson, Home, day_of, opened, say, settings_of
from store.errors import ConfigError, HaidangError, InputError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Hải Đăng: điểm báo giáo dục Hải Phòng. · Watches the press on education in Hải Phòng.",
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"haidang {version('haidang')}")  # noqa: T201
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Phiên bản. · Version.")
    ] = False,
) -> None:
    """Options before a command."""


@app.command()
def init(home: Home = None) -> None:
    """Tạo thư mục dữ liệu, cơ sở dữ liệu và settings.yml. · Make the data folder, database and settings."""
    from runner.first_run import write_settings

    with opened(home, own=True) as deps:
        path = write_settings(deps.settings.home)
        say(f"Dữ liệu: {deps.settings.home}\nCài đặt: {path}")
        say("Tiếp theo: sửa settings.yml, xem `haidang doctor`, thử `haidang sources check --live`, rồi `haidang up`.")


@app.command()
def up(home: Home = None) -> None:
    """Chạy tất cả: thu thập, xử lý, bàn làm việc, đồng hồ. · Run crawl, work, desk and the clock."""
    import signal

    from runner.up import Supervisor

    _log_to_stderr()
    with opened(home, own=True) as deps:
        supervisor = Supervisor(deps)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: supervisor.stop.set())
        say(f"Hải Đăng đang chạy. Dữ liệu: {deps.settings.home}")
        say(f"Bàn làm việc: http://{deps.settings.desk_host}:{deps.settings.desk_port}/ · Ctrl-C để dừng")
        say(f"Điểm báo kế tiếp dựng lúc {deps.settings.digest_at}, ghi vào {deps.settings.digests}")
        supervisor.run()


@app.command()
def crawl(
    home: Home = None,
    once: Annotated[bool, typer.Option("--once", help="Dừng khi hết việc. · Stop when nothing is due.")] = False,
) -> None:
    """Tải các nguồn đến hạn. · Fetch what is due."""
    from runner.crawling import run_crawl

    _log_to_stderr()
    from runner.lock import own

    with opened(home) as deps, own(deps.settings.home, "crawl", "crawl.lock"):
        run_crawl(deps, until_idle=once)


@app.command()
def work(
    home: Home = None,
    once: Annotated[bool, typer.Option("--once", help="Dừng khi hết việc. · Stop when nothing is due.")] = False,
) -> None:
    """Đọc, nhận định, gom nhóm, dựng và gửi điểm báo. · Read, judge, group, build and send digests."""
    from runner.working import run_work

    _log_to_stderr()
    with opened(home) as deps:
        counts = run_work(deps, until_idle=once)
        if once:
            for (stage, outcome), n in sorted(counts.items()):
                say(f"{stage:8} {outcome:16} {n}")


@app.command()
def trace(url: str, home: Home = None, as_json: AsJson = False) -> None:
    """Một bài đã đi qua những khâu nào, vì sao có hay không có trong điểm báo. · What became of one URL."""
    from runner.trace import trace as find
    from runner.when import local

    with opened(home) as deps:
        found = find(deps, url)
    if as_json:
        print(json.dumps(found.to_json(), ensure_ascii=False))  # noqa: T201
    else:
        say(found.conclusion, bold=True)
        for step in found.steps:
            version = f"  [{step.version}]" if step.version else ""
            say(f"  {local(step.at)}  {step.text}{version}")
    raise typer.Exit(0 if found.article_id or found.steps else 1)


@app.command()
def doctor(home: Home = None, as_json: AsJson = False) -> None:
    """Kiểm tra máy và cài đặt, nói rõ cần làm gì. · Check this installation and say what to do."""
    from runner.doctor import examine

    findings = examine(settings_of(home))
    if as_json:
        print(json.dumps([{"level": f.level, "what": f.what, "fix": f.fix} for f in findings], ensure_ascii=False))  # noqa: T201
    else:
        marks = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}
        for finding in findings:
            mark, colour = marks[finding.level]
            say(f"{mark} {finding.what}", fg=colour)
            if finding.fix and finding.level != "ok":
                say(f"    → {finding.fix}")
    raise typer.Exit(1 if any(f.level == "error" for f in findings) else 0)


@app.command()
def replay(
    file: Path,
    first: Annotated[dt.date | None, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD")] = None,
    last: Annotated[dt.date | None, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Chạy lại tin đã ghi (.jsonl, .gz, .xz) qua các khâu, đồng hồ theo từng tin. · Replay recorded feed items."""
    from runner.replaying import run_replay

    if first and last and first > last:
        raise typer.BadParameter("--from đứng sau --to · --from is after --to")
    settings = settings_of(home)
    try:
        report = run_replay(settings, file, first, last, quiet=as_json)
    except KeyboardInterrupt:
        typer.echo("Đã dừng; mọi tin đã đọc đều được giữ. Chạy lại cùng lệnh để tiếp tục.", err=True)
        raise typer.Exit(130) from None
    if as_json:
        print(json.dumps(report, ensure_ascii=False))  # noqa: T201
        return
    say(f"{report['items']} tin đã ghi, {report['seconds']:.0f} s; {len(report['digests'])} điểm báo:")
    for line in report["digests"]:
        say(f"  {line['file']}  {line['subject']}")
    say("Kho dữ liệu ở đây, tính cả các lần chạy trước:")
    for (stage, outcome), n in report["outcomes"]:
        say(f"  {stage:8} {outcome:16} {n}")
    for problem in report["problems"][:10]:
        say(problem, fg="yellow")
    if len(report["problems"]) > 10:
        say(f"… và {len(report['problems']) - 10} dòng nữa: `haidang export problem`", fg="yellow")
    if report["trouble"]:
        say(report["trouble"], fg="yellow")


@app.command()
def tasks(
    home: Home = None,
    revive: Annotated[
        bool, typer.Option("--revive", help="Cho làm lại việc cần can thiệp. · Retry dead tasks.")
    ] = False,
    stage: Annotated[str | None, typer.Option(help="Chỉ một khâu. · One stage only.")] = None,
    as_json: AsJson = False,
) -> None:
    """Việc đang chờ, đã xong, cần can thiệp; `--revive` cho làm lại. · The work list; retry what died."""
    from alerts.words import STAGES, STATES
    from lang.reasons import vi
    from runner.when import local

    with opened(home) as deps:
        if revive:
            say(f"{deps.store.revive(stage, deps.now())} việc trở lại danh sách")
        known = {name for name, _ in deps.store.task_counts()}
        if stage is not None and stage not in known:
            raise InputError(f"không có khâu {stage!r}; có: {', '.join(sorted(known)) or 'chưa có việc nào'}")
        counts = {k: n for k, n in deps.store.task_counts().items() if stage in (None, k[0])}
        dead = [t for t in deps.store.dead_tasks(50) if stage in (None, t.stage)]
        if as_json:
            rows = [{"stage": s, "state": state, "tasks": n} for (s, state), n in sorted(counts.items())]
            told = [{"stage": t.stage, "subject": t.subject, "message": t.message} for t in dead]
            print(json.dumps({"counts": rows, "dead": told}, ensure_ascii=False))  # noqa: T201
            return
        for (name, state), n in sorted(counts.items()):
            say(f"{n:7}  {STAGES.get(name, name)} ({name}): {STATES.get(state, state)}")
        for t in dead:
            say(
                f"cần can thiệp: {t.stage} {t.subject} lúc {local(t.finished_at)} sau {t.attempt} lần: {vi(t.message)}",
                fg="red",
            )


@app.command()
def export(
    table: str,
    home: Home = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Không che tên: bản sao của người quản trị. · Names as they are.")
    ] = False,
) -> None:
    """Xuất một bảng ra JSON từng dòng, tên người đã che. · Write one table as JSON lines, masked."""
    from runner.exporting import masked_rows

    with opened(home) as deps:
        rows = deps.store.export(table)
        for row in rows if raw else masked_rows(deps.store, table, rows):
            print(json.dumps(row, ensure_ascii=False))  # noqa: T201


app.registered_commands += [*cli_read.app.registered_commands, *cli_collect.app.registered_commands]
app.registered_commands += [*reading_cli.app.registered_commands, *check_cli.app.registered_commands]
app.registered_commands += [*train_cli.app.registered_commands, *evaluate_cli.app.registered_commands]
app.registered_commands += [*registers_briefing_cli.app.registered_commands]
app.registered_commands += [*registers_sharing_cli.app.registered_commands]
app.add_typer(sources_cli.app, name="sources")
app.add_typer(channels_cli.app, name="channels")
app.add_typer(auditor_cli.app, name="auditor")
app.add_typer(digests_cli.app, name="digest")
app.add_typer(labels_cli.app, name="label")
app.add_typer(cli_collect.erasure, name="erasure")
app.add_typer(inbox_cli.app, name="inbox")
app.add_typer(stories_cli.app, name="stories")
app.add_typer(models_cli.app, name="models")
app.add_typer(references_cli.app, name="references")
app.add_typer(papers_cli.app, name="papers")
app.add_typer(report_cli.app, name="report")
app.add_typer(candidates_cli.app, name="candidates")
app.add_typer(candidates_cli.concerns, name="concerns")
app.add_typer(cases_cli.app, name="case")
app.add_typer(cases_more_cli.audit, name="audit")
app.add_typer(reading_cli.consent, name="consent")
app.add_typer(route_cli.app, name="route")
app.add_typer(roster_cli.app, name="roster")
app.add_typer(registers_cli.app, name="reports-due")
app.add_typer(registers_evaluation_cli.app, name="evaluation")
app.add_typer(registers_briefing_cli.ledger, name="press-log")
app.add_typer(roster_cli.storm, name="storm")
app.add_typer(calendar_cli.app, name="calendar")
app.add_typer(calendar_cli.deadlines, name="deadlines")
app.command("measures")(measures_cli.measures)
app.add_typer(measures_cli.warnings, name="warnings")


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for noisy in ("scrapy", "apscheduler", "trafilatura", "htmldate"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def main() -> None:
    """Run the command; our own errors become one clear line and an exit code."""
    try:
        app()
    except HaidangError as wrong:
        typer.secho(_in_words(wrong), err=True, fg="red")
        from runner.lock import HomeBusy

        raise SystemExit(_exit_code(wrong, HomeBusy)) from None
    except sqlite3.DatabaseError as damaged:
        text = f"cơ sở dữ liệu không dùng được: {damaged}. Chạy `haidang doctor`; khôi phục bản sao lưu nếu tệp hỏng."
        typer.secho(text, err=True, fg="red")
        raise SystemExit(1) from None
    except PermissionError as denied:
        typer.secho(f"không có quyền ghi {denied.filename}; sửa quyền hoặc dùng --home khác", err=True, fg="red")
        raise SystemExit(1) from None
    except NotADirectoryError as wrong_home:
        typer.secho(f"{wrong_home.filename} không phải thư mục; dùng --home khác", err=True, fg="red")
        raise SystemExit(2) from None
    except FileExistsError as wrong_home:
        typer.secho(f"{wrong_home.filename} là một tệp, không phải thư mục; dùng --home khác", err=True, fg="red")
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe went away (`| head`): not an error
        raise SystemExit(0) from None


def _in_words(wrong: HaidangError) -> str:
    from lang.reasons import vi

    return f"{wrong.where}: {vi(wrong.what)} — {vi(wrong.fix)}" if isinstance(wrong, ConfigError) else vi(str(wrong))


def _exit_code(wrong: HaidangError, busy: type[HaidangError]) -> int:
    if isinstance(wrong, busy):
        return 3
    return 2 if isinstance(wrong, (InputError, ConfigError)) else 1


if __name__ == "__main__":
    main()

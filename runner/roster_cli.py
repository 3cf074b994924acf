"""``haidang roster …`` and ``haidang storm …``: duty, leaves, storm mode at a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import Home, opened, say

if TYPE_CHECKING:
    from runner.deps import Deps
    from store.model_roster import Storm

app = typer.Typer(no_args_is_help=True, help="Lịch trực: nạp, xem, kiểm tra, người nghỉ. · Duty: import, show, check.")
storm = typer.Typer(no_args_is_help=True, help="Chế độ bão: bật, tắt, xem. · Storm mode.")
By = Annotated[str, typer.Option("--by", help="Họ tên người ghi; được lưu lại. · Who records it.")]
Why = Annotated[str, typer.Option("--reason", help="Lý do; được lưu lại. · Why.")]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp .xlsx hoặc .csv. · Spreadsheet.")],
    by: By,
    home: Home = None,
) -> None:
    """Nạp lịch trực từ bảng tính; ngày có trong tệp thay lịch cũ. · Take a list of duty from a spreadsheet."""
    from alerts import roster_words as words
    from runner.roster import import_list

    with opened(home) as deps:
        done = import_list(deps, file, by)
        say(words.IMPORTED.format(shifts=done.list.shifts, days=len(done.list.days), file=done.list.file))
        if done.remarks:
            say(words.REMARKS, fg="yellow")
        for line in done.remarks:
            say(f"  {line}", fg="yellow")


@app.command("show")
def show(
    days: Annotated[int, typer.Option("--days", min=1, max=60, help="Mấy ngày tới. · How many days.")] = 7,
    home: Home = None,
) -> None:
    """Ai trực khi nào, ai thay. · Who is on duty when, and who stands in."""
    from runner.duty import DAY
    from runner.roster import shown

    with opened(home) as deps:
        now = deps.now()
        for line in shown(deps, now, now + days * DAY):
            say(line)


@app.command("check")
def check_(home: Home = None) -> None:
    """Chỗ trống, người không báo được, đường báo hỏng; có thì mã 1. · What would keep an alarm from being heard."""
    from alerts import roster_words as words
    from runner.roster import check

    with opened(home) as deps:
        found = list(check(deps))
        for line in found:
            say(f"! {line}", fg="yellow")
        if not found:
            say(words.ALL_WELL, fg="green")
    raise typer.Exit(1 if found else 0)


@app.command("leave")
def leave(  # noqa: PLR0913, PLR0917 - the options of a command are named
    who: Annotated[str, typer.Argument(metavar="WHO", help="Họ tên như trong lịch, hoặc role:…. · Name or key.")],
    begins: Annotated[str, typer.Option("--from", help="Từ, như “2026-11-24 07:00”. · From.")],
    ends: Annotated[str, typer.Option("--to", help="Đến. · To.")],
    substitute: Annotated[str, typer.Option("--substitute", help="Người thay: họ tên hoặc role:…. · Stand-in.")],
    by: By,
    reason: Why,
    phone: Annotated[str, typer.Option("--phone", help="Điện thoại người thay. · Telephone.")] = "",
    email: Annotated[str, typer.Option("--email", help="Thư của người thay. · E-mail.")] = "",
    home: Home = None,
) -> None:
    """Ghi người nghỉ và người thay. · Somebody is away, somebody stands in."""
    from alerts import roster_words as words
    from alerts.formats import moment_words
    from runner.roster import add_leave, moment
    from store.model_roster import Leave

    with opened(home) as deps:
        span = moment(deps, begins, "--from"), moment(deps, ends, "--to")
        kept = add_leave(deps, Leave("", who, *span, substitute, phone, email, reason, by, deps.now()))
        tz = deps.settings.timezone
        told = {"id": kept.id, "who": kept.who, "substitute": kept.substitute}
        say(words.LEAVE_KEPT.format(begins=moment_words(span[0], tz), ends=moment_words(span[1], tz), **told))


@app.command("unleave")
def unleave(leave_id: Annotated[str, typer.Argument(metavar="ID")], by: By, home: Home = None) -> None:
    """Thôi một mục nghỉ. · Take a leave back."""
    from alerts import roster_words as words
    from store.errors import InputError
    from store.people import named_person

    with opened(home) as deps:
        with deps.store.transaction() as tx:
            ended = tx.end_leave(leave_id, named_person(by, "--by"), deps.now())
        if not ended:
            raise InputError(words.NO_LEAVE.format(id=leave_id))
        say(words.LEAVE_ENDED.format(id=leave_id))


@storm.command("on")
def storm_on_(
    until: Annotated[str, typer.Option("--until", help="Đến khi nào, như “2026-11-24 18:00”; tự tắt. · Until.")],
    by: By,
    reason: Why,
    themes: Annotated[list[str] | None, typer.Option("--theme", help="Chuyên mục; lặp lại được. · Themes.")] = None,
    begins: Annotated[str, typer.Option("--from", help="Từ khi nào; trống = bây giờ. · From.")] = "",
    home: Home = None,
) -> None:
    """Bật chế độ bão. · Switch storm mode on."""
    from runner.roster import moment, storm_on

    with opened(home) as deps:
        starts = moment(deps, begins, "--from") if begins else deps.now()
        _say_storm(deps, storm_on(deps, moment(deps, until, "--until"), tuple(themes or ()), reason, by, starts))


@storm.command("off")
def storm_off(by: By, home: Home = None) -> None:
    """Tắt trước giờ đã đặt. · Switch it off before its time."""
    from alerts import roster_words as words
    from store.people import named_person

    with opened(home) as deps:
        with deps.store.transaction() as tx:
            ended = tx.end_storms(named_person(by, "--by"), deps.now())
        say(words.STORM_OFF if ended else words.STORM_NONE)


@storm.command("show")
def storm_show(home: Home = None) -> None:
    """Đang bật hay không, và những lần trước. · Now and before."""
    from alerts import roster_words as words

    with opened(home) as deps:
        found = deps.store.storms(10)
        for one in found:
            _say_storm(deps, one)
        if not any(one.holds(deps.now()) for one in found):
            say(words.STORM_NONE)


def _say_storm(deps: Deps, one: Storm) -> None:
    from alerts import roster_words as words
    from alerts.formats import moment_words

    tz = deps.settings.timezone
    until = one.until if one.ended_at is None else one.ended_at
    told = {"begins": moment_words(one.starts_at, tz), "until": moment_words(until, tz)}
    themes = ", ".join(one.themes) or words.ALL_THEMES
    say(words.STORM_ON.format(themes=themes, by=one.by, reason=one.reason, **told))

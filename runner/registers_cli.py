"""``haidang reports-due …``: which reports are owed, what came, what is missing, drafts of đôn đốc, annexes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say

if TYPE_CHECKING:
    from alerts.registers import Board
    from runner.deps import Deps
    from store.model_register import Direction

app = typer.Typer(
    no_args_is_help=True,
    help="Sổ báo cáo: đơn vị báo cáo Sở, Sở báo cáo. · Reports owed to and by the department.",
)
By = Annotated[str, typer.Option("--by", help="Họ tên người ghi; được lưu lại. · Who records it.")]
PeriodId = Annotated[str, typer.Argument(metavar="KỲ", help="Mã rpp_… (xem `list`), hoặc phần đầu. · The period.")]
Party = Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Mã (commune:10660) hoặc tên. · Key or name.")]
When = Annotated[dt.date | None, typer.Option("--day", parser=day_of, metavar="YYYY-MM-DD",
                                              help="Ngày nhận, ngày gửi; trống: hôm nay. · When.")]  # fmt: skip
Number = Annotated[str, typer.Option("--number", help="Số, ký hiệu của báo cáo. · Its number.")]
Note = Annotated[str, typer.Option("--note", help="Ghi chú. · Note.")]
Attached = Annotated[Path | None, typer.Option("--file", help="Tệp kèm (.pdf, .docx, .xlsx, ảnh). · File to keep.")]
Out = Annotated[Path | None, typer.Option("--out", help="Ghi ra tệp .docx, .pdf hoặc .csv. · Write a file.")]
Outgoing = Annotated[bool, typer.Option("--outgoing", help="Báo cáo Sở phải gửi. · What the department owes.")]


def _way(outgoing: bool) -> Direction:
    from store.model_register import Direction

    return Direction.OUTGOING if outgoing else Direction.INCOMING


@app.command("list")
def list_(
    outgoing: Outgoing = False,
    back: Annotated[int, typer.Option("--back", min=0, max=3_660, help="Mấy ngày trước. · Days back.")] = 180,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Các kỳ báo cáo: hạn, đã nhận, còn thiếu. · Periods with what came and what is missing."""
    from alerts import registers_words as words
    from alerts.registers import counts, without_dates
    from runner.registers import AHEAD, DAY, boards, open_periods, registers_of

    with opened(home) as deps:
        registers = registers_of(deps)
        open_periods(deps, registers)
        now = deps.now()
        found = boards(deps, _way(outgoing), now - back * DAY, now + AHEAD.days * DAY)
        if as_json:
            rows = [
                {"id": b.period.id, "name": b.period.name, "day": b.period.day, "due_at": b.period.due_at} | counts(b)
                for b in found
            ]
            print(json.dumps(rows, ensure_ascii=False))  # noqa: T201
            return
        say(words.DIRECTIONS[_way(outgoing)], bold=True)
        for of in found:
            say(line_of(deps, of))
        if not found:
            say(words.NONE)
        for _, report in without_dates(registers):
            if report.direction == _way(outgoing).value:
                fix = words.SET_DATES.format(dates=report.dates)
                say(words.NO_DATES.format(name=report.name, fix=fix), fg="yellow")
        for report in registers.reports.values():
            if report.confirm and report.direction == _way(outgoing).value:
                say(f"  {report.name}: {words.CONFIRM.format(what=report.confirm)}", fg="yellow")


@app.command("missing")
def missing(
    period: PeriodId,
    everybody: Annotated[bool, typer.Option("--all", help="Cả đơn vị đã gửi. · All of them.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ai chưa gửi; mã 1 khi còn thiếu sau hạn. · Who has not sent it; exit code 1 when the day is over."""
    from alerts import registers_words as words
    from runner.registers import board_of, find_period
    from store.model_register import Direction

    with opened(home) as deps:
        of = board_of(deps, find_period(deps, period))
        lines = of.lines if everybody else of.missing
        states = words.STATES if of.period.direction is Direction.INCOMING else words.SENT_STATES
        if as_json:
            rows = [{"party": x.party, "name": x.name, "state": x.state, "entry": x.last.id if x.last else None,
                     "day": x.entry.day if x.entry else None} for x in lines]  # fmt: skip
            print(json.dumps(rows, ensure_ascii=False))  # noqa: T201
        else:
            say(line_of(deps, of), bold=True)
            for one in lines:
                came = f", {one.entry.day} {one.last.number} ({one.last.id})" if one.entry and one.last else ""
                say(f"  {one.name} [{one.party}]: {states[one.state]}{came}")
    raise typer.Exit(1 if of.having("missing") else 0)


@app.command("received")
def received(  # noqa: PLR0917 - the options of a command are named
    period: PeriodId, party: Party, by: By, number: Number = "", day: When = None, note: Note = "",
    file: Attached = None, home: Home = None,
) -> None:  # fmt: skip
    """Ghi một báo cáo đơn vị đã gửi về. · A report came in."""
    _enter(home, period, party, by, number, day, note, file, outgoing=False)


@app.command("sent")
def sent(  # noqa: PLR0917 - the options of a command are named
    period: PeriodId, party: Party, by: By, number: Number, day: When = None, note: Note = "",
    file: Attached = None, home: Home = None,
) -> None:  # fmt: skip
    """Ghi một báo cáo Sở đã gửi đi. · A report of the department went out."""
    _enter(home, period, party, by, number, day, note, file, outgoing=True)


def _enter(  # noqa: PLR0913, PLR0917
    home: Path | None, period: str, party: str, by: str, number: str, day: dt.date | None, note: str,
    file: Path | None, *, outgoing: bool,
) -> None:  # fmt: skip
    from runner.registers import enter, read_file

    with opened(home) as deps:
        entry, whom = enter(
            deps, period, party, direction=_way(outgoing), by=by, day=day, number=number, note=note,
            file=read_file(file),
        )  # fmt: skip
        say(f"{entry.id}  {whom.name}, {entry.day}{f', số {entry.number}' if entry.number else ''}")


@app.command("withdraw")
def withdraw(
    period: PeriodId,
    entry: Annotated[str, typer.Argument(metavar="MỤC", help="Mã rpe_… · The entry.")],
    by: By,
    why: Annotated[str, typer.Option("--why", help="Vì sao; được lưu lại. · Why.")],
    home: Home = None,
) -> None:
    """Rút lại một mục ghi nhầm; mục cũ vẫn còn trong sổ. · Take an entry back."""
    from runner.registers import take_back

    with opened(home) as deps:
        take_back(deps, period, entry, by, why)
        say(f"{entry}: đã rút lại")


@app.command("urge")
def urge(
    period: PeriodId,
    by: By,
    out: Out = None,
    until: Annotated[dt.date | None, typer.Option("--until", parser=day_of, metavar="YYYY-MM-DD",
                                                  help="Đề nghị gửi trước ngày. · New day.")] = None,
    early: Annotated[bool, typer.Option("--early", help="Soạn trước hạn. · Before the day.")] = False,
    home: Home = None,
) -> None:  # fmt: skip
    """Soạn một dự thảo công văn đôn đốc có danh sách; không gửi gì. · Draft one letter with the list; sends nothing."""
    from runner.registers import draft_urge, write_document

    with opened(home) as deps:
        made, document = draft_urge(deps, period, by, until=until, early=early)
        if out is not None:
            write_document(document, out)
        say(f"{made.id}  dự thảo, {len(made.parties)} đơn vị; khi văn thư phát hành: "
            f"`haidang reports-due urge-issued {made.period_id} {made.id} --number …`")  # fmt: skip


@app.command("urge-issued")
def urge_issued(
    period: PeriodId,
    urge_id: Annotated[str, typer.Argument(metavar="DỰ_THẢO", help="Mã rpu_… · The draft.")],
    number: Number,
    by: By,
    day: When = None,
    home: Home = None,
) -> None:
    """Ghi số, ngày phát hành của công văn đôn đốc. · Its number and day."""
    from runner.registers import issue_urge

    with opened(home) as deps:
        done = issue_urge(deps, period, urge_id, number, by, day)
        say(f"{done.urge_id}: số {done.number}, {done.day}")


@app.command("annex")
def annex(
    period: PeriodId,
    out: Annotated[Path, typer.Option("--out", help="Tệp .docx, .pdf hoặc .csv. · File to write.")],
    home: Home = None,
) -> None:
    """Bảng tổng hợp của một kỳ. · The collated table of a period."""
    from alerts.registers_papers import annex as paper
    from alerts.registers_papers import annex_csv
    from runner.registers import board_of, clock_of, find_period, write_bytes, write_document

    with opened(home) as deps:
        of, tz = board_of(deps, find_period(deps, period)), deps.settings.timezone
        if out.suffix.lower() == ".csv":
            write_bytes(out, annex_csv(of, tz))
        else:
            write_document(paper(of, clock_of(deps), deps.now(), tz), out)
        say(str(out))


@app.command("ask")
def ask(  # noqa: PLR0913, PLR0917 - the options of a command are named
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Tên báo cáo. · What is asked for.")],
    due: Annotated[dt.date, typer.Option("--due", parser=day_of, metavar="YYYY-MM-DD", help="Hạn. · Due.")],
    to: Annotated[list[str], typer.Option("--to", help='Ai: mã, "commune:*", "school:*"; lặp lại được. · Whom.')],
    by: By,
    basis: Annotated[str, typer.Option("--basis", help="Số công văn yêu cầu. · The paper that asks.")] = "",
    first: Annotated[dt.date | None, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD",
                                                  help="Kỳ báo cáo từ. · About, from.")] = None,
    last: Annotated[dt.date | None, typer.Option("--until", parser=day_of, metavar="YYYY-MM-DD",
                                                 help="Kỳ báo cáo đến. · About, to.")] = None,
    outgoing: Outgoing = False,
    home: Home = None,
) -> None:  # fmt: skip
    """Một báo cáo đột xuất: vào sổ, được nhắc như báo cáo định kỳ. · An ad-hoc report."""
    from runner.registers import ask as put
    from runner.registers import board_of

    with opened(home) as deps:
        period, new = put(deps, _way(outgoing), name, due, tuple(to), by=by, basis=basis, begins=first, ends=last)
        say(line_of(deps, board_of(deps, period)) + ("" if new else "  (đã có từ trước)"))


def line_of(deps: Deps, of: Board) -> str:
    """One period in a list."""
    from alerts import registers_words as words
    from alerts.formats import day_short
    from alerts.registers import counts, due_day
    from runner.registers import clock_of
    from store.model_register import Direction

    period, numbers = of.period, counts(of)
    due = due_day(period, clock_of(deps))
    did = words.RECEIVED if period.direction is Direction.INCOMING else words.SENT
    day = dt.date.fromisoformat(period.day)
    moved = f" ({words.MOVED.format(day=day_short(day), due=day_short(due))})" if due != day else ""
    span = {"begins": day_short(dt.date.fromisoformat(period.begins)),
            "ends": day_short(dt.date.fromisoformat(period.ends))}  # fmt: skip
    gap = words.MISSING.format(n=numbers["missing"]) if numbers["missing"] else ""
    name = words.PERIOD.format(name=period.name, **span)
    return words.LINE.format(
        id=period.id, due=day_short(due), name=name, did=did, missing=gap,
        received=numbers["received"], all=numbers["all"],
    ) + moved  # fmt: skip

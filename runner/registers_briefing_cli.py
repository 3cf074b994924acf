"""``haidang briefing``, ``haidang press-log …``: the press briefing, the ledger of what the press was given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from runner.cli_common import Home, day_of, opened, say

app = typer.Typer()
ledger = typer.Typer(
    no_args_is_help=True, help="Sổ cung cấp thông tin báo chí: ai, cái gì, khi nào. · What the press was given."
)
By = Annotated[str, typer.Option("--by", help="Họ tên người ghi; được lưu lại. · Who records it.")]
First = Annotated[dt.date, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="Từ ngày. · From.")]
Last = Annotated[dt.date, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD", help="Đến ngày. · To.")]


@app.command("briefing")
def briefing(
    first: First,
    last: Last,
    out: Annotated[Path, typer.Option("--out", help="Tệp .docx hoặc .pdf. · File to write.")],
    home: Home = None,
) -> None:
    """Tài liệu giao ban báo chí của một kỳ (đã che, dự thảo). · The press briefing of a window."""
    from alerts.briefing import document
    from runner.registers import write_document
    from runner.registers_briefing import briefing_of

    with opened(home) as deps:
        made = briefing_of(deps, first, last)
        write_document(document(made), out)
        say(f"{out}: {len(made.facts)} nhóm tin, {len(made.asked)} câu hỏi, {len(made.cases)} việc đang mở; "
            f"{made.held} nhóm tin có phản ánh chưa được cho chuyển không đưa vào")  # fmt: skip


@ledger.command("add")
def add(  # noqa: PLR0913, PLR0917 - the options of a command are named
    outlet: Annotated[
        str, typer.Argument(metavar="BÁO", help="Tên cơ quan báo chí, không ghi tên phóng viên. · Outlet.")
    ],
    what: Annotated[str, typer.Argument(metavar="NỘI_DUNG", help="Đã cung cấp gì. · What.")],
    way: Annotated[str, typer.Option("--way", help="Hình thức: công văn, họp báo, điện thoại … · By what way.")],
    by: By,
    at: Annotated[str, typer.Option("--at", help="Lúc nào, như “2026-11-20 16:00”; trống: bây giờ. · When.")] = "",
    number: Annotated[str, typer.Option("--number", help="Số văn bản kèm theo. · Number of the paper.")] = "",
    case: Annotated[str, typer.Option("--case", help="Việc nào, như 2026/0012. · Of which case.")] = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú. · Note.")] = "",
    home: Home = None,
) -> None:
    """Ghi một lần cung cấp thông tin. · A line of the ledger."""
    from runner.registers_briefing import give

    with opened(home) as deps:
        made = give(deps, outlet, what, by=by, way=way, given=at, number=number, case=case, note=note)
        say(f"{made.id}  {made.outlet}: {made.what}")


@ledger.command("list")
def list_(first: First, last: Last, home: Home = None) -> None:
    """Các lần cung cấp thông tin, mới nhất trước. · Newest first."""
    from alerts import briefing_words as words
    from lang.masking_lines import masked_line
    from runner.when import local

    with opened(home) as deps:
        found = _given(deps, first, last)
        for one in found:
            number = f", kèm {one.number}" if one.number else ""
            say(
                f"{one.id}  {local(one.given_at)}  {one.outlet}: {masked_line(one.what)} ({one.way}{number}) · {one.by}"
            )
        if not found:
            say(words.LEDGER_NONE)


@ledger.command("export")
def export(
    first: First,
    last: Last,
    out: Annotated[Path, typer.Option("--out", help="Tệp .csv, .docx hoặc .pdf. · File to write.")],
    home: Home = None,
) -> None:
    """Xuất sổ ra bảng hoặc văn bản. · The ledger as a table or a paper."""
    from alerts.registers_ledger import document, table
    from runner.registers import write_bytes, write_document

    with opened(home) as deps:
        found, tz = _given(deps, first, last), deps.settings.timezone
        if out.suffix.lower() == ".csv":
            write_bytes(out, table(found, tz))
        else:
            write_document(document(found, first, last, tz, deps.now()), out)
        say(f"{out}: {len(found)} dòng")


@ledger.command("withdraw")
def withdraw(
    row: Annotated[str, typer.Argument(metavar="DÒNG", help="Mã prg_… · The line.")],
    by: By,
    why: Annotated[str, typer.Option("--why", help="Vì sao; được lưu lại. · Why.")],
    home: Home = None,
) -> None:
    """Rút lại một dòng ghi nhầm; dòng cũ vẫn còn. · Take a line back."""
    from runner.registers_briefing import take_back

    with opened(home) as deps:
        take_back(deps, row, by, why)
        say(f"{row}: đã rút lại")


def _given(deps: Any, first: dt.date, last: dt.date) -> list[Any]:
    from runner.registers import clock_of
    from store.errors import InputError

    if first > last:
        raise InputError(f"--from {first} đứng sau --to {last}")
    clock = clock_of(deps)
    found: list[Any] = deps.store.press_given(
        clock.midnight(first) - 1, clock.midnight(last + dt.timedelta(days=1)) - 1
    )
    return found

"""``haidang case …``: what has to be answered, at a terminal. More of it in `runner.cases_more_cli`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runner.cli_common import AsJson, Home, opened, say

if TYPE_CHECKING:
    from runner.deps import Deps

app = typer.Typer(
    no_args_is_help=True, help="Việc cần xử lý: mở, nhận, xác minh, trả lời, lưu. · Cases to be answered."
)
By = Annotated[str, typer.Option("--by", help="Họ tên người làm; được lưu lại. · Who.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Số (2026/0012) hoặc mã cas_…. · Number or id.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Một hoặc nhiều việc. · One or more.")]
Why = Annotated[str, typer.Option("--why", help="Lý do; ít nhất 10 chữ. · Why.")]
Office = Annotated[str, typer.Option("--office", help="Đơn vị của người ghi (office:…). · The person's own office.")]
When = Annotated[str, typer.Option("--when", help="Lúc việc xảy ra: 2026-11-21 16:00; trống: bây giờ. · When.")]


def do(home: Path | None, name: str, decide: Callable[[Deps, Any], Sequence[Any]]) -> None:
    """One command on one case, and how the case stands then."""
    from alerts import casework
    from runner.cases import line

    with opened(home) as deps:
        rows = casework.find(deps.store, name)
        say(line(casework.act(deps.store, rows.case.id, lambda now: decide(deps, now)), deps.now()))


def do_many(home: Path | None, names: Sequence[str], decide: Callable[[Deps, Any], Sequence[Any]]) -> None:
    """The same on several, each with its own line; exit code 1 where one failed."""
    from alerts import casework
    from runner.cases import ids_of

    with opened(home) as deps:
        lines = casework.act_on_many(deps.store, ids_of(deps, names), lambda now: decide(deps, now))
    for one in lines:
        say(f"✓ {one.label}" if one.ok else f"✗ {one.message}", fg="green" if one.ok else "red")
    if not all(one.ok for one in lines):
        raise typer.Exit(1)


@app.command("list")
def list_(  # noqa: PLR0917 - the options of a command are named
    state: Annotated[str, typer.Option("--state", help="moi, da_nhan, dang_xac_minh, … · State.")] = "",
    office: Annotated[str, typer.Option("--office", help="Đơn vị đang giữ. · Which office.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="suspect, press_request, … · Kind.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ việc quá hạn. · Only what is overdue.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Cả việc đã kết thúc. · Closed ones too.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Bao nhiêu. · How many.")] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Các việc đang mở, mới nhất trước. · Open cases, newest first."""
    from runner.cases import line
    from store.model_case import CaseQuery

    with opened(home) as deps:
        query = CaseQuery(
            open=None if every or state else True, kind=kind, state=state, office=office, limit=limit,
            overdue_at=deps.now() if overdue else None,
        )  # fmt: skip
        found = deps.store.cases(query)
        if as_json:
            say(json.dumps([asdict(rows) for rows in found], ensure_ascii=False))
            return
        for rows in found:
            say(line(rows, deps.now()))
        count = deps.store.count_cases(query)
        say(
            f"{count} việc" + (f", trên đây {len(found)}" if count > len(found) else "")
            if count
            else "Không có việc nào."
        )


@app.command("show")
def show(case: Id, home: Home = None, as_json: AsJson = False) -> None:
    """Một việc: hạn, vì sao hạn này, văn bản, dòng việc (đã che tên). · One case with its clocks and timeline."""
    from alerts import casework
    from runner.cases import card

    with opened(home) as deps:
        rows = casework.find(deps.store, case)
        if as_json:
            say(json.dumps(asdict(rows), ensure_ascii=False))
            return
        for text in card(deps, rows):
            say(text)


@app.command("open")
def open_(  # noqa: PLR0913, PLR0917 - the options of a command are named
    by: By,
    origin: Annotated[
        str, typer.Argument(metavar="[ID]", help="can_…, con_…, sto_…; trống với --press, --report.")
    ] = "",
    press: Annotated[str, typer.Option("--press", metavar="BÁO", help="Báo nào hỏi. · The outlet that asks.")] = "",
    report: Annotated[str, typer.Option("--report", help="citizen hoặc staff: ai phản ánh. · Who reports.")] = "",
    text: Annotated[str, typer.Option("--text", help="Câu hỏi hoặc nội dung phản ánh. · What was asked or told.")] = "",
    way: Annotated[str, typer.Option("--way", help="Bằng cách nào: điện thoại, thư… · By what way.")] = "điện thoại",
    when: When = "",
    place: Annotated[str, typer.Option("--place", help="Mã xã, phường. · Unit code.")] = "",
    school: Annotated[str, typer.Option("--school", help="Trường được nói tới. · The school.")] = "",
    about: Annotated[list[str] | None, typer.Option("--about", help="Nơi được nói tới (office:…). · Whom.")] = None,
    home: Home = None,
) -> None:
    """Mở việc từ mục đối chiếu, phản ánh, nhóm tin, câu hỏi của báo, người dân. · Open a case."""
    from alerts import cases, casework
    from runner.cases import line, moment_of, opened_from, plans_of
    from store.errors import InputError
    from store.model_case import CaseKind

    with opened(home) as deps:
        at = deps.now()
        more: dict[str, Any] = {"place": place, "school": school, "about": tuple(about or ())}
        if origin:
            rows, new = opened_from(deps, origin, by)
        else:
            told_at = moment_of(deps, when, "--when") or at
            if press:
                known = cases.press_request(press, text, told_at, way, at, **more)
            elif report in ("citizen", "staff"):
                known = cases.report(CaseKind(f"{report}_report"), text, told_at, way, at, **more)
            else:
                raise InputError(
                    "mở việc từ đâu: cần mã can_…, con_…, sto_…, hoặc --press BÁO, hoặc --report citizen|staff"
                )
            rows, new = casework.open_case(deps.store, plans_of(deps), known, by, at)
        say(line(rows, at))
        say("Việc mới." if new else "Việc này đã được mở từ trước.")


@app.command("receive")
def receive(case: Ids, by: By, office: Office = "", when: When = "", home: Home = None) -> None:
    """Ghi đơn vị đã nhận (một hoặc nhiều việc). · The office has it in its register."""
    from alerts import cases
    from runner.cases import moment_of

    do_many(home, case, lambda deps, now: cases.receive(
        now, by, deps.now(), office=office, moment=moment_of(deps, when, "--when")
    ))  # fmt: skip


@app.command("assign")
def assign(
    case: Ids, by: By, to: Annotated[str, typer.Option("--to", help="Họ tên người được giao; trống: rút lại. · To.")],
    home: Home = None,
) -> None:  # fmt: skip
    """Giao cho một người (một hoặc nhiều việc). · Assign to a person."""
    from alerts import cases

    do_many(home, case, lambda deps, now: cases.assign(now, by, deps.now(), to))


@app.command("verify")
def verify(case: Id, by: By, home: Home = None) -> None:
    """Bắt đầu xác minh. · The check begins."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.verify(now, by, deps.now()))


@app.command("note")
def note(case: Id, text: Annotated[str, typer.Argument(metavar="TEXT")], by: By, home: Home = None) -> None:
    """Ghi chú. · A note."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.note(now, by, deps.now(), text))


@app.command("result")
def result(  # noqa: PLR0917 - the options of a command are named
    case: Id,
    value: Annotated[
        str, typer.Argument(metavar="RESULT", help="khop, khong_khop, dung_mot_phan, chua_du_can_cu, la_y_kien.")
    ],
    by: By,
    why: Why,
    office: Office = "",
    document: Annotated[str, typer.Option("--document", help="Số hoặc mã văn bản đã đối chiếu. · Document.")] = "",
    home: Home = None,
) -> None:
    """Ghi kết quả của một người có tên; không gửi gì đi. · Keep a named person's result; sends nothing."""
    from alerts import casework
    from runner.cases import line, plans_of

    with opened(home) as deps:
        rows = casework.find(deps.store, case)
        made = casework.conclude(
            deps.store, rows.case.id, by, deps.now(), value, reason=why, document=document, office=office,
            plans=plans_of(deps),
        )  # fmt: skip
        say(line(made, deps.now()))


@app.command("answer")
def answer(  # noqa: PLR0917 - the options of a command are named
    case: Id,
    by: By,
    how: Annotated[str, typer.Option("--how", help="answered, correction_asked, published. · Which.")] = "answered",
    paper: Annotated[str, typer.Option("--paper", help="Văn bản của việc đã phát hành (pap_…). · Issued paper.")] = "",
    document: Annotated[str, typer.Option("--document", help="Hoặc số văn bản, cách trả lời. · Or how.")] = "",
    when: When = "",
    home: Home = None,
) -> None:
    """Ghi đã trả lời, đã đề nghị cải chính, đã đăng thông tin; không gửi gì. · It was answered; sends nothing."""
    from alerts import cases
    from runner.cases import moment_of
    from store.errors import InputError
    from store.model_case import EventKind

    if how not in ("answered", "correction_asked", "published"):
        raise InputError("--how: chỉ nhận answered, correction_asked, published")
    do(home, case, lambda deps, now: cases.answer(
        now, by, deps.now(), EventKind(how), paper_id=paper, document=document, moment=moment_of(deps, when, "--when")
    ))  # fmt: skip


@app.command("close")
def close(case: Ids, by: By, why: Why, home: Home = None) -> None:
    """Kết thúc, lưu hồ sơ (một hoặc nhiều việc). · Close."""
    from alerts import cases

    do_many(home, case, lambda deps, now: cases.close(now, by, deps.now(), why))


@app.command("reopen")
def reopen(case: Id, by: By, why: Why, home: Home = None) -> None:
    """Mở lại. · Reopen."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.reopen(now, by, deps.now(), why))

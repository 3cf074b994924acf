"""``haidang candidates …`` and ``haidang concerns …``: the inspectors' queues at a terminal."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from runner.cli_common import AsJson, Home, opened, say

app = typer.Typer(no_args_is_help=True, help="Việc cần đối chiếu: xem, ghi kết quả. · Claims to be checked.")
concerns = typer.Typer(no_args_is_help=True, help="Phản ánh cần xác minh. · Reports of wrongdoing or harm.")
By = Annotated[str, typer.Option("--by", help="Họ tên người ghi; được lưu lại. · Who records it.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Mã can_… hoặc con_…. · Id.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Bao nhiêu. · How many.")]


@app.command("list")
def list_(
    state: Annotated[str, typer.Option("--state", help="open, done, over, apart; trống = tất cả. · Which.")] = "open",
    limit: Limit = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Các mục cần đối chiếu, theo sức xem một ngày. · Candidates, a day's capacity first."""
    from dataclasses import asdict

    from alerts.candidates import overturned
    from runner.candidates import line, listed

    with opened(home) as deps:
        found = listed(deps, state)[:limit]
        if as_json:
            say(json.dumps([asdict(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            say(line(deps, one))
        if not found:
            say("Không có mục nào.")
        over = overturned(deps.store.candidates(done=True, limit=10_000))
        if over.readings:
            say(f"Đọc lại: {over.others}/{over.readings} lần người thứ hai ghi kết quả khác.")


@app.command("show")
def show(candidate: Id, home: Home = None) -> None:
    """Một mục: câu, văn bản, căn cứ, các bài, kết quả. · One candidate with its evidence."""
    from alerts.checking import found_candidate
    from runner.candidates import sheet_lines

    with opened(home) as deps:
        for text in sheet_lines(deps, found_candidate(deps.store, candidate)):
            say(text)


@app.command("result")
def result(  # noqa: PLR0917 - the options of a command are named
    candidate: Id,
    value: Annotated[
        str,
        typer.Argument(metavar="RESULT", help="khop, khong_khop, dung_mot_phan, chua_du_can_cu, la_y_kien."),
    ],
    by: By,
    why: Annotated[str, typer.Option("--why", help="Lý do; ít nhất 10 chữ. · Why.")],
    document: Annotated[str, typer.Option("--document", help="Số hoặc mã văn bản đã đối chiếu. · Document.")] = "",
    second: Annotated[bool, typer.Option("--second", help="Đọc lại bởi người khác. · A second reading.")] = False,
    home: Home = None,
) -> None:
    """Ghi kết quả của một người có tên; không gửi gì đi. · Keep a named person's result."""
    from alerts.checking import Given, record
    from runner.candidates import check_line

    with opened(home) as deps:
        say(check_line(record(deps.store, candidate, Given(value, why, document, by, second), deps.now())))


@app.command("sample")
def sample(
    month: Annotated[str, typer.Option("--month", help="Tháng, dạng 2026-11. · Month.")],
    size: Annotated[int, typer.Option("--size", min=1, max=1_000, help="Bao nhiêu mục. · How many.")] = 10,
    seed: Annotated[str, typer.Option("--seed", help="Hạt giống: cùng hạt giống, cùng mẫu. · Seed.")] = "1",
    home: Home = None,
) -> None:
    """Mẫu để người thứ hai đọc lại mà không thấy kết quả cũ. · A month's sample for a blind second reading."""
    from runner.candidates import to_read_again

    with opened(home) as deps:
        found = to_read_again(deps, month, size, seed)
        for rows in found:
            address = f"http://{deps.settings.desk_host}:{deps.settings.desk_port}"
            say(f"{rows.candidate.id}  {address}/can-doi-chieu/{rows.candidate.id}?doc_lai=1")
        if not found:
            say("Tháng này chưa có kết quả nào để đọc lại.")


@app.command("export")
def export(home: Home = None) -> None:
    """Kết quả có văn bản, thành bộ mẫu để đo lại (JSON từng dòng, đã che tên). · Results as regression cases."""
    from runner.candidates import cases

    with opened(home) as deps:
        for case in cases(deps):
            print(json.dumps(case, ensure_ascii=False))  # noqa: T201


@concerns.command("list")
def concerns_list(
    done: Annotated[bool, typer.Option("--done", help="Cả những phản ánh đã có ghi nhận. · Noted ones too.")] = False,
    limit: Limit = 50,
    home: Home = None,
) -> None:
    """Phản ánh chưa ai xem, mới nhất trước. · Concerns, newest first."""
    from runner.candidates import concern_lines

    with opened(home) as deps:
        found = deps.store.concerns(done=None if done else False, limit=limit)
        for rows in found:
            for text in concern_lines(deps, rows):
                say(text)
        if not found:
            say("Không có phản ánh nào.")


@concerns.command("note")
def concerns_note(
    concern: Id,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="looked, found, passed.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Đã hỏi ai, thấy gì. · What was found.")],
    by: By,
    home: Home = None,
) -> None:
    """Ghi đã xem, đã tìm hiểu gì, hoặc đã chuyển Văn phòng Sở. · Note what was done."""
    from alerts.checking import found_concern, note
    from runner.candidates import concern_lines

    with opened(home) as deps:
        note(deps.store, concern, kind, text, by, deps.now())
        for line in concern_lines(deps, found_concern(deps.store, concern)):
            say(line)

"""``haidang case …``: ways, clocks, papers, merging, files; see `runner.cases_cli`. And ``haidang audit``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from runner.cases_cli import By, Id, Office, When, Why, app, do
from runner.cases_paper_cli import paper
from runner.cli_common import AsJson, Home, opened, say

audit = typer.Typer(no_args_is_help=True, help="Chuỗi sự kiện của các việc. · The chain of what happened to cases.")
app.add_typer(paper, name="paper")
Until = Annotated[str, typer.Option("--until", help="Đến lúc nào: 2026-11-21 16:00. · Until.")]
Targets = Annotated[
    list[str], typer.Argument(metavar="LOẠI:MÃ…", help="article:art_…, rebuttal:…, reference:…, about:office:…")
]
Out = Annotated[Path, typer.Option("--out", help="Thư mục. · Folder.")]


def _pairs(targets: list[str]) -> list[tuple[str, str]]:
    return [(kind, id_) for kind, _, id_ in (t.partition(":") for t in targets)]


@app.command("send")
def send(
    case: Id, office: Annotated[str, typer.Argument(metavar="OFFICE")], by: By, why: Why, home: Home = None
) -> None:
    """Chuyển đơn vị khác giữ việc. · Give it to another office."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.send_to(now, by, deps.now(), office, [why]))


@app.command("release")
def release(case: Id, by: By, text: Annotated[str, typer.Option("--text", help="Nội dung chuyển. · What goes on.")],
            office: Office = "office:sgddt_vp", home: Home = None) -> None:  # fmt: skip
    """Văn phòng Sở cho chuyển tiếp một phản ánh, tên người được che. · Let a complaint go on, masked."""
    from alerts import casework
    from runner.cases import line, plans_of

    with opened(home) as deps:
        id_ = casework.find(deps.store, case).case.id
        rows = casework.release(deps.store, plans_of(deps), id_, by, deps.now(), text=text, office=office)
        say(line(rows, deps.now()))


@app.command("label")
def label(case: Id, body: Annotated[str, typer.Argument(metavar="BODY", help="ttqg, svhttdl.")],
          text: Annotated[str, typer.Argument(metavar="LABEL")], by: By,
          document: Annotated[str, typer.Option("--document", help="Văn bản của họ. · Their document.")],
          home: Home = None) -> None:  # fmt: skip
    """Ghi kết luận của cơ quan có thẩm quyền, theo lời và văn bản của họ. · What an authority concluded."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.outside_label(now, by, deps.now(), body, text, document))


@app.command("link")
def link(case: Id, target: Targets, by: By, home: Home = None) -> None:
    """Gắn bài, văn bản, bài bác bỏ… · Bind articles, references, rebuttals."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.link(now, by, deps.now(), _pairs(target)))


@app.command("unlink")
def unlink(case: Id, target: Targets, by: By, home: Home = None) -> None:
    """Gỡ ra. · Loosen."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.unlink(now, by, deps.now(), _pairs(target)))


@app.command("pause")
def pause(case: Id, until: Until, by: By, why: Why, home: Home = None) -> None:
    """Tạm dừng có thời hạn và lý do; hết hạn tự chạy tiếp. · Pause, with an end."""
    from alerts import cases
    from runner.cases import needed

    do(home, case, lambda deps, now: cases.pause(now, by, deps.now(), needed(deps, until, "--until"), why))


@app.command("resume")
def resume(case: Id, by: By, home: Home = None) -> None:
    """Tiếp tục trước hạn. · Go on before the end of the pause."""
    from alerts import cases
    from runner.cases import plans_of

    do(home, case, lambda deps, now: cases.resume(now, by, deps.now(), plans_of(deps).later))


@app.command("ack")
def ack(case: Id, until: Until, by: By, home: Home = None) -> None:
    """Đã biết cảnh báo, cho đến lúc đó (nhiều nhất 72 giờ). · The alarm was seen, for a while."""
    from alerts import cases
    from runner.cases import needed

    do(home, case, lambda deps, now: cases.acknowledge(now, by, deps.now(), needed(deps, until, "--until")))


@app.command("instruct")
def instruct(  # noqa: PLR0917 - the options of a command are named
    case: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Lời bút phê. · The words.")],
    leader: Annotated[str, typer.Option("--leader", help="Lãnh đạo nào. · Who wrote it.")],
    by: By,
    due: Annotated[str, typer.Option("--due", help="Hạn: 2026-11-21 16:00. · Deadline.")] = "",
    when: When = "",
    clock: Annotated[str, typer.Option("--clock", help="first_answer, close, verify… · Which clock.")] = "first_answer",
    home: Home = None,
) -> None:
    """Bút phê; chỉ rút ngắn hạn theo quy định, không kéo dài. · A leader's instruction."""
    from alerts import cases
    from runner.cases import moment_of, plans_of

    do(home, case, lambda deps, now: cases.instruct(
        now, by, deps.now(), leader, text, due_at=moment_of(deps, due, "--due"),
        moment=moment_of(deps, when, "--when"), clock=clock, legal=plans_of(deps).legal,
    ))  # fmt: skip


@app.command("merge")
def merge(case: Id, into: Annotated[str, typer.Argument(metavar="INTO")], by: By, why: Why, home: Home = None) -> None:
    """Nhập việc này vào việc kia. · Merge into another."""
    from alerts import casework
    from runner.cases import line

    with opened(home) as deps:
        source, to = (casework.find(deps.store, name).case.id for name in (case, into))
        say(line(casework.merge(deps.store, source, to, by, deps.now(), why), deps.now()))


@app.command("unmerge")
def unmerge(case: Id, by: By, why: Why, home: Home = None) -> None:
    """Tách lại như trước khi nhập. · Take a merge back."""
    from alerts import casework
    from runner.cases import line

    with opened(home) as deps:
        id_ = casework.find(deps.store, case).case.id
        say(line(casework.unmerge(deps.store, id_, by, deps.now(), why), deps.now()))


@app.command("split")
def split(case: Id, target: Targets, title: Annotated[str, typer.Option("--title", help="Tên việc mới. · Title.")],
          by: By, why: Why, home: Home = None) -> None:  # fmt: skip
    """Tách những mục này thành một việc mới, cùng hạn. · Split off."""
    from alerts import casework
    from runner.cases import line

    with opened(home) as deps:
        id_ = casework.find(deps.store, case).case.id
        rows = casework.split_case(
            deps.store, id_, by, deps.now(), targets=_pairs(target), title=title, reason=why
        )  # fmt: skip
        say(line(rows, deps.now()))


@app.command("attach")
def attach(
    case: Id, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], by: By, home: Home = None
) -> None:
    """Kèm một tệp (PDF, DOCX, XLSX, ảnh, văn bản thuần). · Attach a file."""
    from alerts import casework
    from alerts.case_files import LIMIT
    from runner.cases import files_of, line

    with file.open("rb") as source:
        data = source.read(LIMIT + 1)
    with opened(home) as deps:
        id_ = casework.find(deps.store, case).case.id
        rows = casework.attach(deps.store, files_of(deps), id_, by, deps.now(), name=file.name, data=data)
        say(line(rows, deps.now()))


@app.command("erase")
def erase(
    case: Id, event: Annotated[list[str], typer.Argument(metavar="cev_…")], by: By, why: Why, home: Home = None
) -> None:
    """Xóa nội dung của những mục này theo quyết định; dòng và chuỗi vẫn còn. · Erase what events said."""
    from alerts import casework
    from runner.cases import files_of, line

    with opened(home) as deps:
        id_ = casework.find(deps.store, case).case.id
        rows = casework.erase_words(deps.store, files_of(deps), id_, by, deps.now(), event_ids=event, reason=why)
        say(line(rows, deps.now()))


@app.command("ask-original")
def ask_original(case: Id, by: By, why: Why, home: Home = None) -> None:
    """Đề nghị xuất bản gốc (cần hai người khác duyệt). · Ask for the original."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.ask_original(now, by, deps.now(), why))


@app.command("approve-original")
def approve_original(case: Id, by: By, home: Home = None) -> None:
    """Duyệt xuất bản gốc. · Approve."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.approve_original(now, deps.store.timeline(now.case.id), by, deps.now()))


@app.command("export")
def export(
    case: Id, by: By, out: Out = Path(),
    original: Annotated[bool, typer.Option("--original", help="Bản gốc, đã đủ hai người duyệt. · Original.")] = False,
    home: Home = None,
) -> None:  # fmt: skip
    """Hồ sơ một việc: JSON, DOCX, PDF đã che tên; có ghi lại. · One case as files, redacted; logged."""
    from runner.cases_export import export as write

    with opened(home) as deps:
        for path in write(deps, case, out, by, original=original):
            say(f"  {path}")


@audit.command("verify")
def verify(
    head: Annotated[
        list[str] | None, typer.Option("--head", help="Mã trên bản in, như 12:3f9a0c1d. · A printed head.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Chứng minh không dòng nào bị sửa, bỏ, thêm. · Prove the chain; exit code 1 where it is broken."""
    from runner.cases_audit import report_lines, verified

    with opened(home) as deps:
        report = verified(deps, head or [])
    for text in report_lines(report, as_json=as_json):
        say(text)
    raise typer.Exit(1 if report.findings else 0)

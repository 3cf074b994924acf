"""``haidang case paper …``: a paper of a case from its draft to the register of the other side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cases_cli import By, Id, When, do
from runner.cli_common import Home, opened, say

if TYPE_CHECKING:
    from runner.deps import Deps
    from store.model_case import CaseRows, NewEvent

paper = typer.Typer(no_args_is_help=True, help="Văn bản của một việc: soạn, trình, ký, phát hành. · Papers of a case.")
PaperId = Annotated[str, typer.Argument(metavar="PAPER", help="Mã pap_… (xem `haidang case show`). · The paper.")]


@paper.command("draft")
def draft(  # noqa: PLR0917 - the options of a command are named
    case: Id,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Xem `haidang papers list`. · Kind of paper.")],
    by: By,
    to: Annotated[str, typer.Option("--to", help="Nơi nhận: mã liên hệ hoặc tên. · To whom.")] = "",
    answer: Annotated[str, typer.Option("--answer", help="Nội dung trả lời. · What is answered.")] = "",
    signed_as: Annotated[str, typer.Option("--signed-as", help="Trống, KT. hoặc TL. · As whom.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Ghi thêm ra tệp DOCX. · Write the DOCX too.")] = None,
    home: Home = None,
) -> None:
    """Soạn dự thảo theo mẫu, đã che tên; không gửi gì. · Draft from a template; sends nothing."""
    from alerts import papers
    from runner.cases import draft as write
    from store.errors import InputError

    if kind not in papers.KINDS:
        raise InputError(f"{kind[:40]}: không có loại văn bản này; có: {', '.join(papers.KINDS)}")
    with opened(home) as deps:
        rows = write(deps, case, kind, by, to=to, answer=answer, signed_as=signed_as, out=out)
        say(f"{rows.papers[-1].id}  {rows.papers[-1].title}")


@paper.command("submit")
def submit(case: Id, paper_id: PaperId, by: By, home: Home = None) -> None:
    """Trình ký. · Submit."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.submit(now, by, deps.now(), paper_id))


@paper.command("sign")
def sign(
    case: Id, paper_id: PaperId, by: By, signer: Annotated[str, typer.Option("--signer", help="Ai ký. · Who signed.")],
    signed_as: Annotated[str, typer.Option("--as", help="Trống, KT. hoặc TL. · As whom.")] = "", home: Home = None,
) -> None:  # fmt: skip
    """Ghi đã ký. · It was signed."""
    from alerts import cases

    do(home, case, lambda deps, now: cases.sign(now, by, deps.now(), paper_id, signer, signed_as))


@paper.command("issue")
def issue(
    case: Id, paper_id: PaperId, by: By, number: Annotated[str, typer.Option("--number", help="Số, ký hiệu. · No.")],
    when: When = "", home: Home = None,
) -> None:  # fmt: skip
    """Văn thư phát hành: số, ngày; hạn của nơi nhận tính từ đây. · Number and date; the hand-over clock starts."""
    from alerts import cases
    from runner.cases import moment_of, plans_of

    def decide(deps: Deps, now: CaseRows) -> list[NewEvent]:
        issued_at = moment_of(deps, when, "--when") or deps.now()
        to = next((p.recipient for p in now.papers if p.id == paper_id), "")
        plans = plans_of(deps)
        clocks = plans.handover(now, to, issued_at) if to in plans.router.world.contacts else ()
        return cases.issue(now, by, deps.now(), paper_id, number, issued_at=issued_at, clocks=clocks)

    do(home, case, decide)


@paper.command("received")
def received(
    case: Id, paper_id: PaperId, by: By, number: Annotated[str, typer.Option("--number", help="Số đến. · Incoming.")],
    when: When = "", home: Home = None,
) -> None:  # fmt: skip
    """Nơi nhận đã vào sổ. · The other side has it in its register."""
    from alerts import cases
    from runner.cases import moment_of

    do(home, case, lambda deps, now: cases.arrived(
        now, by, deps.now(), paper_id, number, received_at=moment_of(deps, when, "--when")
    ))  # fmt: skip


@paper.command("phoned")
def phoned(  # noqa: PLR0917 - the options of a command are named
    case: Id, whom: Annotated[str, typer.Argument(metavar="WHOM", help="Gọi cho ai. · To whom.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Nói gì. · What was said.")], by: By,
    paper_id: Annotated[str, typer.Option("--paper", help="Về văn bản nào. · About which paper.")] = "",
    when: When = "", home: Home = None,
) -> None:  # fmt: skip
    """Ghi một cuộc gọi (việc khẩn báo trước bằng điện thoại). · A telephone call, recorded."""
    from alerts import cases
    from runner.cases import moment_of

    do(home, case, lambda deps, now: cases.telephoned(
        now, by, deps.now(), whom, text, paper_id=paper_id, moment=moment_of(deps, when, "--when")
    ))  # fmt: skip

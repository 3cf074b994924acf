"""`haidang inbox`: handed in at a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from runner.cli_common import AsJson, Home, opened, say

app = typer.Typer(no_args_is_help=True, help="Hộp thư: tin do cán bộ đưa vào. · What staff bring in.")
Many = list[str] | None


@app.command("add")
def add(  # noqa: PLR0913, PLR0917 - the options of a command are named
    by: Annotated[str, typer.Option("--by", help="Họ tên cán bộ đưa vào. · Who hands it in.")],
    where: Annotated[str, typer.Option("--where", help="Nơi nhìn thấy. · Where it was seen.")],
    home: Home = None,
    link: Annotated[str, typer.Option("--link", help="Liên kết công khai. · A public link.")] = "",
    text: Annotated[Path | None, typer.Option("--text", help="Tệp chữ UTF-8, hoặc -. · A text file, or -.")] = None,
    file: Annotated[list[Path] | None, typer.Option("--file", help="Ảnh, PDF, DOCX; nhiều lần được. · A file.")] = None,
    seen: Annotated[str, typer.Option("--seen", help="'YYYY-MM-DD HH:MM', giờ Việt Nam. · When it was seen.")] = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú. · A note.")] = "",
    closed_group: Annotated[bool, typer.Option("--closed-group", help="Lấy từ nhóm kín. · Of a closed group.")] = False,
    by_person_concerned: Annotated[
        bool,
        typer.Option("--by-person-concerned", help="Người liên quan tự cung cấp. · By whom it concerns."),
    ] = False,
    consent: Annotated[str, typer.Option("--consent", help="Người đó đồng ý thế nào. · How they agreed.")] = "",
    public_page: Annotated[
        bool, typer.Option("--public-page", help="Bài đăng của một trang công khai. · A public page's post.")
    ] = False,
    box: Annotated[Many, typer.Option("--box", help="TỆP:TRANG:trái,trên,rộng,cao (%). · A box to black out.")] = None,
    no_persons: Annotated[
        Many, typer.Option("--no-persons", help="Tệp không thấy tên, ảnh đại diện, tài khoản. · Nobody is seen in it.")
    ] = None,
) -> None:
    """Che tên, tài khoản rồi lưu; gửi lại y hệt thì vẫn là một bản ghi. · Redact and save."""
    from runner import inbox

    given = inbox.Given(
        by, where, link, text, file or (), seen, note, closed_group, by_person_concerned, consent, public_page,
        box or (), no_persons or (),
    )  # fmt: skip
    with opened(home) as deps:
        kept = inbox.add(deps, given)
    say((inbox.KNOWN if kept.known else inbox.SAVED).format(id=kept.fetch.id))


@app.command("list")
def list_(
    home: Home = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Bao nhiêu tin. · How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Các tin đã góp, mới nhất trước. · What was handed in, newest first."""
    from runner import inbox

    with opened(home) as deps:
        found = inbox.listing(deps, limit)
    if as_json:
        print(json.dumps(inbox.to_json(found), ensure_ascii=False))  # noqa: T201
        return
    for line in inbox.lines(found):
        say(line)
    if not found:
        say("Chưa ai góp tin nào.")

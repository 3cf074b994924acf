"""``haidang papers …``: templates of papers, tried before they are needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from runner.cli_common import AsJson, Home, say, settings_of
from store.errors import InputError

app = typer.Typer(no_args_is_help=True, help="Mẫu văn bản: xem, sửa, kiểm tra. · Templates of papers.")
Kind = Annotated[str, typer.Argument(metavar="KIND", help="Loại văn bản (`haidang papers list`). · Which paper.")]


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Các loại văn bản và mẫu đang dùng. · Which papers there are, and whose template serves."""
    from alerts import papers
    from alerts.papers_words import OWN, SHIPPED

    templates, _ = papers.load(settings_of(home).home)
    if as_json:
        rows = [
            {"kind": k, "name": papers.KINDS[k], "own": str(t.path) if t.path else None} for k, t in templates.items()
        ]
        print(json.dumps(rows, ensure_ascii=False))  # noqa: T201
        return
    for kind, template in templates.items():
        say(f"{kind:18} {papers.KINDS[kind]} — {OWN.format(path=template.path) if template.path else SHIPPED}")


@app.command("check")
def check(home: Home = None) -> None:
    """Thử mọi mẫu riêng của đơn vị; nói rõ dòng lỗi và cách sửa. · Try every template of your own."""
    from alerts import papers
    from alerts.papers_words import OK

    templates, errors = papers.load(settings_of(home).home)
    for error in errors:
        say(str(error), fg="red")
    if errors:
        raise typer.Exit(1)
    own = sum(template.path is not None for template in templates.values())
    say(OK.format(count=len(templates), own=own), fg="green")


@app.command("show")
def show(kind: Kind) -> None:
    """In mẫu gốc của một loại. · Print the shipped template."""
    from alerts import papers

    say(papers.shipped(kind))


@app.command("copy")
def copy(kind: Kind, home: Home = None) -> None:
    """Chép mẫu gốc ra thư mục dữ liệu để sửa. · Copy a shipped template into the data folder to change it."""
    from alerts import papers
    from alerts.papers_words import COPIED, EXISTS

    folder = settings_of(home).home
    path = folder / papers.FOLDER / f"{kind}.jinja"
    text = papers.shipped(kind)
    if path.exists():
        raise InputError(EXISTS.format(path=path))
    say(COPIED.format(path=papers.save(folder, kind, text)))


@app.command("sample")
def sample(
    kind: Kind,
    out: Annotated[Path, typer.Option("--out", help="Tệp .docx hoặc .pdf. · Where to write it.")],
    home: Home = None,
) -> None:
    """Dựng một văn bản thử từ mẫu đang dùng, số liệu bịa. · Write a sample with invented contents."""
    from alerts import papers
    from alerts.documents import docx, pdf
    from alerts.documents.paper_fields import sample as fields
    from alerts.papers_words import ENDING, WRITTEN

    writers = {".docx": docx.write, ".pdf": pdf.write}
    if out.suffix.lower() not in writers:
        raise InputError(ENDING.format(name=out.name))
    templates, errors = papers.load(settings_of(home).home)
    for error in errors:
        say(str(error), fg="yellow")
    content = writers[out.suffix.lower()](papers.draft(kind, fields(), templates))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as wrong:
        raise InputError(f"{out}: {wrong.strerror}") from wrong
    say(WRITTEN.format(path=out))

"""Commands of collection: pipes without a store, evidence, questions of erasure (`haidang sources`: sources_cli)."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from runner.cli_common import AsJson, Home, opened, say, settings_of

app = typer.Typer()
erasure = typer.Typer(no_args_is_help=True, help="Xem xét xóa bản lưu. · Questions of erasure.")

By = Annotated[str, typer.Option("--by", help="Tên người quyết định. · The person who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="Lý do. · Why.")]
Url = Annotated[str, typer.Argument(metavar="URL|ID", help="Địa chỉ hoặc mã bài. · Address or id of an article.")]


def _fetch(home: Path | None) -> Any:
    """One address, politely: (body, content type, final address); what keeps it from being had is raised in words."""

    def fetch(url: str) -> tuple[bytes, str | None, str]:
        from crawler.visit import visit
        from runner.deps import wall_clock
        from store.errors import HaidangError

        (one,) = visit(settings_of(home), lambda seen: [] if seen else [url], now=wall_clock)
        if one.body is None or one.fetch is None:
            outcome = f"{one.fetch.outcome}: " if one.fetch else ""
            raise HaidangError(f"{outcome}{one.why}")
        return one.body, one.fetch.content_type, one.fetch.final_url or one.url

    return fetch


@app.command()
def feed(
    target: Annotated[str, typer.Argument(metavar="FILE|URL", help="Tệp, địa chỉ, hoặc -. · File, address or -.")],
    home: Home = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON từng dòng (luôn vậy). · JSON lines (always).")] = True,
) -> None:
    """Đọc một RSS/Atom/JSON Feed, mỗi mục một dòng JSON. · A feed as JSON lines, its problems last (docs/feed.md)."""
    from runner.feed_pipe import run

    raise typer.Exit(run(target, sys.stdout.buffer, sys.stderr, _fetch(home)))


@app.command()
def extract(
    target: Annotated[str, typer.Argument(metavar="FILE|URL", help="Tệp HTML, địa chỉ, hoặc -. · File, address or -.")],
    url: Annotated[str, typer.Option("--url", help="Địa chỉ của trang trong tệp. · Address of the page.")] = "",
    home: Home = None,
) -> None:
    """Đọc một trang: tiêu đề, sapo, nội dung, giờ đăng, ra một dòng JSON. · One page as JSON (docs/extract.md)."""
    from runner.extract_pipe import run

    raise typer.Exit(run(target, url or None, sys.stdout, sys.stderr, _fetch(home)))


@app.command()
def robots(
    file: Annotated[str, typer.Argument(metavar="ROBOTS_FILE", help="Tệp robots.txt, hoặc -. · The file, or -.")],
    url: Annotated[str, typer.Argument(help="Địa chỉ hoặc đường dẫn. · An address or a path.")],
    agent: Annotated[str, typer.Option(help="Tên máy thu thập. · Product token of the crawler.")] = "HaiDang",
) -> None:
    """Một tệp robots.txt cho phép hay cấm một địa chỉ, theo dòng nào. · What a robots.txt says of one address."""
    from runner.robots_pipe import run

    raise typer.Exit(run(file, agent, url, sys.stdout))


@app.command()
def evidence(  # noqa: PLR0917 - the options of a command are named
    target: Annotated[str | None, typer.Argument(metavar="URL|ID|CASE", help="Bài cần xuất. · What to export.")] = None,
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Ghi bản đọc vào tệp này. · Where the copy goes.")] = None,
    warc: Annotated[Path | None, typer.Option("--warc", help="Bản gốc, cần hai người duyệt. · The original.")] = None,
    asked_by: Annotated[str, typer.Option("--asked-by", help="Người đề nghị. · Who asks.")] = "",
    approved_by: Annotated[
        list[str] | None, typer.Option("--approved-by", help="Người duyệt; ghi hai lần. · Who approves, twice.")
    ] = None,
    reason: Reason = "",
    log: Annotated[bool, typer.Option("--log", help="Sổ các lần xuất. · What was handed out.")] = False,
) -> None:
    """Xuất bằng chứng: bản đọc đã che tên, hoặc bản gốc WARC khi hai người duyệt. · Export what was fetched."""
    from runner import evidence as made
    from runner.when import local
    from store.errors import InputError

    with opened(home) as deps:
        if log:
            rows = made.log(deps, target)
            if not rows:
                say("Chưa xuất bằng chứng lần nào.")
            for row in rows:
                who = (
                    f"; {row.asked_by} đề nghị, {', '.join(row.approved_by)} duyệt: {row.reason}"
                    if row.asked_by
                    else ""
                )
                say(f"{local(row.at)}  {made.KINDS[row.kind]}  {row.article_id}  sha256 {row.file_hash}{who}")
            return
        if target is None:
            raise InputError("thiếu địa chỉ hoặc mã bài; ví dụ `haidang evidence https://… --out ban-doc.html`")
        if warc is not None:
            path = made.export_warc(deps, target, warc, asked_by, approved_by or [], reason)
        else:
            path = made.export_copy(deps, target, out)
        say(f"Đã ghi {path}")


@erasure.command("list")
def erasure_list(
    home: Home = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả việc đã quyết. · The decided ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Những bài đã bị gỡ có tên người chưa thành niên, chờ người quyết định. · What waits for a decision."""
    from runner import erasure as questions
    from store.model import ReviewState

    with opened(home) as deps:
        found = questions.listing(deps, None if everything else ReviewState.OPEN)
        if as_json:
            print(json.dumps([asdict(q) for q in found], ensure_ascii=False))  # noqa: T201
            return
        for line in questions.lines(deps, found):
            say(line)


@erasure.command("keep")
def erasure_keep(review: str, by: By, reason: Reason, home: Home = None) -> None:
    """Giữ bản lưu. · Our copy stays."""
    from runner import erasure as questions

    with opened(home) as deps:
        questions.keep(deps, review, by, reason)
        say(questions.KEPT)


@erasure.command("mark")
def erasure_mark(review: str, by: By, reason: Reason, home: Home = None) -> None:
    """Phải xóa bản lưu (ghi quyết định; bản này chưa tự xóa). · Our copy must go (recorded, not yet erased)."""
    from runner import erasure as questions

    with opened(home) as deps:
        questions.mark(deps, review, by, reason)
        say(questions.MARKED)

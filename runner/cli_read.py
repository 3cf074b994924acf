"""Commands of reading: search, and the pipes that need no store (`judge`, `places`, `mask`, `group`)."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say, settings_of

if TYPE_CHECKING:
    from analysis.judge import Judge

app = typer.Typer()


def _told(bad: int) -> None:
    if bad:
        typer.secho(f'{bad} dòng không dùng được (xem "error")', err=True, fg="yellow")


def _judge(home: Path | None) -> Judge:
    """The judge of this installation; a fault in a file of the department's is told, and the shipped part goes on."""
    from runner.judging import load_judge
    from runner.sources_words import in_words

    found, bad, warning = load_judge(settings_of(home).home)
    for error in bad:
        typer.secho(in_words(error), err=True, fg="yellow")
    if warning:
        typer.secho(warning, err=True, fg="yellow")
    return found


@app.command()
def judge(home: Home = None) -> None:
    """Nhận định từng dòng JSON từ stdin; một dòng vào, một dòng ra. · Judge JSON lines from stdin."""
    from runner.judge_pipe import run

    _told(run(sys.stdin.buffer, sys.stdout.buffer, _judge(home))[1])


@app.command()
def places(home: Home = None) -> None:
    """Địa danh trong từng dòng JSON từ stdin. · Places in JSON lines from stdin (docs/places.md)."""
    from analysis.places import PlaceMatcher
    from config.gazetteer import load_gazetteer
    from runner.places_pipe import Places, run

    _told(run(sys.stdin.buffer, sys.stdout.buffer, Places(PlaceMatcher(load_gazetteer()), _judge(home)))[1])


@app.command()
def mask(
    adults: Annotated[
        bool, typer.Option("--adults", help="Cả người lớn không giữ chức vụ. · Adults without public office too.")
    ] = False,
) -> None:
    """Che tên trong từng dòng JSON từ stdin. · Mask names in JSON lines from stdin (docs/mask.md)."""
    from runner.mask_pipe import run

    _told(run(sys.stdin.buffer, sys.stdout.buffer, adults)[1])


@app.command()
def group(home: Home = None) -> None:
    """Gom các dòng JSON từ stdin thành nhóm tin. · Stories of JSON lines from stdin (docs/group.md)."""
    from analysis.stories import Grouper
    from runner.group_pipe import run

    _told(run(sys.stdin.buffer, sys.stdout.buffer, Grouper.load(), _judge(home))[1])


@app.command()
def search(  # noqa: PLR0913, PLR0917 - the options of a command are named
    words: Annotated[str, typer.Argument(help='Từ cần tìm; "cụm từ", -loại trừ. · Words, "phrases", -without.')] = "",
    home: Home = None,
    first: Annotated[
        dt.date | None, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="Từ ngày. · First day.")
    ] = None,
    last: Annotated[
        dt.date | None, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD", help="Đến hết ngày. · Last day.")
    ] = None,
    outlet: Annotated[str, typer.Option("--outlet", help="Báo. · Outlet.")] = "",
    place: Annotated[str, typer.Option("--place", help="Địa danh. · Place.")] = "",
    topic: Annotated[str, typer.Option("--topic", help="Chủ đề. · Topic.")] = "",
    theme: Annotated[str, typer.Option("--theme", help="Chuyên mục của Sở. · Theme of the department.")] = "",
    tone: Annotated[str, typer.Option("--tone", help="Sắc thái: neg, neu, pos. · Tone.")] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="Kết quả nhận định. · How judging ended.")] = "",
    ranked: Annotated[bool, typer.Option("--ranked", help="Sát nhất trước. · Best first, not newest.")] = False,
    limit: Annotated[int, typer.Option("--limit", help="Bao nhiêu bài. · How many.")] = 20,
    after: Annotated[int | None, typer.Option("--after", help="Tiếp sau số này. · Go on after this.")] = None,
    save: Annotated[str, typer.Option("--save", help="Lưu lần tìm này dưới tên. · Keep it under a name.")] = "",
    by: Annotated[str, typer.Option("--by", help="Người lưu. · Who keeps it.")] = "",
    kept: Annotated[str, typer.Option("--run", help="Chạy lần tìm đã lưu. · Run a kept one.")] = "",
    forget: Annotated[str, typer.Option("--forget", help="Bỏ lần tìm đã lưu. · Keep it no longer.")] = "",
    listing: Annotated[bool, typer.Option("--saved", help="Các lần tìm đã lưu. · The kept ones.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Lập chỉ mục còn thiếu. · Index what is missing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tìm bài đã thu thập, có dấu hay không dấu. · Find articles, with or without marks (docs/search.md)."""
    from runner import search as found
    from runner.progress import counting
    from store.search_ask import Asked

    asked = Asked(
        words, outlet, place, topic, tone, outcome,
        first.isoformat() if first else "", last.isoformat() if last else "", ranked, theme,
    )  # fmt: skip
    with opened(home) as deps:
        if rebuild:
            with counting("bài") as more:
                looked = found.rebuild(deps, more=more)
            say(f"Đã xem {looked} bài.")
            return
        if listing:
            for line in found.kept_lines(deps):
                say(line)
            return
        if forget:
            say(f"Đã bỏ “{found.forget(deps, forget).name}”.")
            return
        if save:
            say(f"Đã lưu “{found.keep(deps, save, by, asked).name}”.")
            return
        if kept:
            asked = Asked.from_json(found.kept_named(deps, kept).query)
        report = found.search(deps, asked, limit, after)
        if as_json:
            print(json.dumps(report, ensure_ascii=False))  # noqa: T201
            return
        for line in found.told(report):
            say(line)
        state = deps.store.index_state()
        if state.missing or not state.current:
            say("Chỉ mục chưa đủ: chạy `haidang search --rebuild` một lần rồi tìm lại.", fg="yellow")

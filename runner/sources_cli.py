"""``haidang sources …``: the commands with which an administrator looks after the sources."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli_common import AsJson, Home, opened, say, settings_of

if TYPE_CHECKING:
    from config.settings import Settings
    from config.sources import Source
    from runner.sources_report import SourceReport

app = typer.Typer(
    no_args_is_help=True, help="Nguồn theo dõi: xem, thử, thêm, kiểm tra. · The sources that are watched."
)


@app.command("list")
def list_(
    home: Home = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả từng nguồn trong nhóm. · Unfold groups.")] = False,
    as_json: AsJson = False,
) -> None:
    """Mọi nguồn: bật hay tắt, lần tải gần nhất, cảnh báo. · All sources and how they fare."""
    from config.loader import load_sources
    from runner import sources as listing
    from runner import sources_say as told

    settings = settings_of(home)
    sources, errors = load_sources(settings)
    state = listing.state_of(settings)
    found = listing.rows(sources.values(), state, everything=everything or as_json)
    if as_json:
        told.as_json(listing.to_json(found))
    else:
        for line in listing.lines(found, state):
            say(line)
        say(listing.summary(sources, state), bold=True)
    told.errors(errors)


@app.command("test")
def test(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE.yml", help="Tên nguồn hoặc tệp. · Id or file.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Hỏi thật một nguồn và ba trang bài, không ghi vào kho; mã thoát 0 nếu chạy được. · Try one source for real."""
    from runner import sources_say as told
    from runner.deps import wall_clock
    from runner.sources_test import find_source, try_source, verdict
    from runner.sources_told import lines, to_json

    settings = settings_of(home)
    source = find_source(settings, name)
    told.quiet()
    report = try_source(settings, source, now=wall_clock, on_fetch=None if as_json else told.progress)
    if as_json:
        told.as_json(to_json(report))
    else:
        for line in lines(report):
            say(line)
        said, todo = verdict(report)
        say(said, fg=told.COLOURS[said[0]], bold=True)
        for one in todo:
            say(f"  → {one}")
    raise typer.Exit(0 if report.works else 1)


@app.command("add")
def add(  # noqa: PLR0917 - the options of a command are named
    url: Annotated[str, typer.Argument(help="Trang chủ, chuyên mục, RSS hoặc sơ đồ trang. · Any page of the site.")],
    home: Home = None,
    id_: Annotated[str | None, typer.Option("--id", help="Trùng nguồn có sẵn thì thay nguồn đó. · Source id.")] = None,
    name: Annotated[str | None, typer.Option(help="Tên đầy đủ. · Full name.")] = None,
    owner: Annotated[str | None, typer.Option(help="Ai được báo khi nguồn im lặng. · Who is told.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ghi tệp, không hỏi lại. · Write without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tìm RSS, sơ đồ trang của một trang, thử, rồi ghi tệp nguồn. · Discover, try, and write a source file."""
    from config.loader import load_sources
    from runner import sources_add, sources_write
    from runner import sources_say as told
    from runner.deps import wall_clock
    from runner.sources_look import checked_address
    from runner.when import ZONE

    settings = settings_of(home)
    url = checked_address(url, settings)
    if id_ is not None:
        sources_write.free(settings, id_)
    told.quiet()
    sources, _ = load_sources(settings)
    step = (lambda _: None) if as_json else told.hint
    if id_ is None and (waiting := sources_add.stands_for(url, sources)) is not None:
        id_ = waiting.id
        sources_write.free(settings, id_)
        step(f"Nguồn {id_} ({waiting.outlet}) đang tắt và có cùng trang: tệp mới sẽ thay nguồn ấy")
    elif others := [one for one in sources_add.neighbours(url, sources) if one != id_]:
        step(f"! Trang này đã có nguồn {', '.join(others)}; muốn thay thì thêm --id {others[0]}")
    found = sources_add.explore(settings, url, now=wall_clock, replaces=id_ or "", say=step)
    if not found.working:
        told.nothing(found, json=as_json)
        raise typer.Exit(1)
    chosen, *more = found.working
    known = sources.get(id_) if id_ else None
    id_ = id_ or sources_add.proposed_id(found.url, sources)
    about = sources_write.about(found, id_, known, name=name, owner=owner)
    text = sources_write.text_of(about, chosen, more, url, dt.datetime.now(ZONE).date())
    if as_json:
        written = sources_write.write(settings, id_, text) if yes else None
        told.as_json({"file": written and str(written), "id": id_, "text": text, "items": told.items(found)})
        return
    told.first_items(found)
    if not yes and not told.agreed(text):
        raise typer.Exit(1)
    path = sources_write.write(settings, id_, text)
    say(f"✓ Đã ghi {path}", fg="green", bold=True)
    say(f"  → máy tự đọc tệp này sau vài giây; xem kỹ: haidang sources test {id_}")


@app.command("check")
def check(
    home: Home = None,
    live: Annotated[bool, typer.Option("--live", help="Hỏi thật mọi nguồn đang bật. · Ask them all.")] = False,
    minutes: Annotated[float, typer.Option(min=0.01, max=600, help="Dừng sau số phút này. · Time limit.")] = 10.0,
    as_json: AsJson = False,
) -> None:
    """Kiểm tra mọi tệp nguồn; `--live` hỏi thật từng nguồn. Mã thoát 1 nếu có gì sai. · Check all source files."""
    from runner import sources_check
    from runner import sources_say as told

    settings = settings_of(home)
    checked = sources_check.check(settings)
    if not as_json:
        told.errors(checked.errors)
        for note in checked.notes:
            say(f"! {note}", fg="yellow")
        on = sum(source.enabled for source in checked.sources.values())
        say(f"{len(checked.sources)} nguồn đọc được, {on} đang bật, {len(checked.errors)} lỗi", bold=True)
    reports, in_time = _ask_all(settings, checked.sources, minutes, quiet=as_json) if live else (None, True)
    if as_json:
        told.as_json(sources_check.to_json(checked, reports))
    elif reports is not None:
        told.unwatched(reports, None if in_time else minutes)
    unseen = reports is not None and not all(report.works for report in reports)
    raise typer.Exit(1 if checked.errors or unseen else 0)


def _ask_all(
    settings: Settings, sources: Mapping[str, Source], minutes: float, *, quiet: bool
) -> tuple[list[SourceReport], bool]:
    """(what each source showed, whether there was time for all of them)."""
    from runner import sources_check
    from runner import sources_say as told
    from runner.deps import wall_clock

    told.quiet()
    stop = threading.Event()
    timer = threading.Timer(minutes * 60, stop.set)
    timer.daemon = True
    timer.start()
    try:
        reports = sources_check.live(
            settings,
            sources,
            now=wall_clock,
            on_report=(lambda _: None) if quiet else told.live,
            on_fetch=None if quiet else told.progress,
            stop=stop,
        )
    finally:
        timer.cancel()
    return reports, not stop.is_set()


@app.command("alerts")
def alerts(
    home: Home = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả cảnh báo đã qua. · Closed ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Cảnh báo về nguồn: im lặng, lỗi, đổi bố cục. · What is wrong with sources, and who looks after them."""
    from runner import sources_say as told

    with opened(home) as deps:
        found = deps.store.alerts() if everything else deps.store.open_alerts()
    if as_json:
        told.as_json([told.alert_json(alert) for alert in found])
        return
    for alert in found:
        say(told.alert_line(alert))
    if not found:
        say("Không có cảnh báo nào.")


@app.command("coverage")
def coverage(
    source: Annotated[
        str | None, typer.Argument(metavar="ID", help="Một nguồn; để trống: mọi nguồn. · One source.")
    ] = None,
    days: Annotated[int, typer.Option(help="Số ngày gần nhất. · Days to look back.")] = 7,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đối chiếu: bản tin, sơ đồ trang và trang chuyên mục có thấy cùng một số bài không. · What each way missed."""
    from runner import sources_coverage as proof
    from runner import sources_say as told

    with opened(home) as deps:
        found = proof.coverage(deps, source, days)
        if as_json:
            told.as_json(proof.to_json(deps, found))
            return
        for line in proof.lines(deps, found):
            say(line)

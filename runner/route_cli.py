"""``haidang route …``: why something goes where it goes, who could not be told, whom we know."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from runner.cli_common import AsJson, Home, opened, say, settings_of

app = typer.Typer(help="Định tuyến: việc nào về đơn vị nào, vì sao. · Which office answers what, and why.")
Everything = Annotated[bool, typer.Option("--all", help="Từng dòng, không gộp. · Every line.")]
LISTED = 10


@app.callback(invoke_without_command=True)
def route(
    context: typer.Context,
    url: Annotated[str, typer.Option("--why", metavar="URL", help="Bài báo nào. · The article's address or id.")] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="Loại việc thay cho loại máy thấy, ví dụ press_request. · Kind of case.")
    ] = "",
    released_by: Annotated[
        str, typer.Option("--released-by", help="Thử: nếu người này cho chuyển. · As if this person released it.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bài này sẽ về đơn vị nào, từng bước vì sao; không gửi gì. · Where an article would go; sends nothing."""
    if context.invoked_subcommand:
        return
    from runner.routing import why
    from store.errors import InputError
    from store.model_case import CaseKind

    if not url:
        typer.echo(context.get_help())
        raise typer.Exit(2)
    kinds = [str(k) for k in CaseKind]
    if kind and kind not in kinds:
        raise InputError(f"không có loại việc {kind!r}; có: {', '.join(kinds)}")
    with opened(home) as deps:
        told = why(deps, url, CaseKind(kind) if kind else None, released_by)
    if as_json:
        say(json.dumps(_plain(told), ensure_ascii=False))
        return
    _say_route(told)


@app.command("check")
def check(home: Home = None, every: Everything = False, as_json: AsJson = False) -> None:
    """Ai không báo tin được: mọi xã, phường, loại việc, chuyên mục. · Who could not be told; exit code 1 if any."""
    from dataclasses import asdict

    from alerts import route_words as words
    from alerts.route_check import unreached
    from alerts.route_files import load_router
    from lang.reasons import vi

    router, errors = load_router(settings_of(home).home)
    found = unreached(router)
    if as_json:
        faults = [{"where": e.where, "what": e.what, "fix": e.fix} for e in errors]
        say(json.dumps(asdict(found) | {"faults": faults}, ensure_ascii=False))
        raise typer.Exit(1 if found.gaps or errors else 0)
    for bad in errors:
        say(f"✗ {bad.where}: {vi(bad.what)} — {vi(bad.fix)}", fg="red")
    communes = () if every else found.of_communes
    if communes:
        names = ", ".join(f"{g.name} ({g.key})" for g in communes[:3])
        say("! " + words.GAP_COMMUNES.format(count=len(communes), all=found.communes, names=names), fg="yellow")
        say(f"    → {words.GAP_FIX.format(key='commune:…')}; đủ danh sách: `haidang route check --all`")
    for gap in found.gaps:
        if gap not in communes:
            line = words.GAP_LINE.format(name=gap.name, key=gap.key, count=gap.times, example=gap.example)
            say(f"! {line}", fg="yellow")
            say(f"    → {gap.fix}")
    if not found.gaps:
        say("✓ " + words.ALL_REACHED.format(communes=found.communes, routes=found.routes), fg="green")
    raise typer.Exit(1 if found.gaps or errors else 0)


@app.command("contacts")
def contacts(home: Home = None, every: Everything = False, as_json: AsJson = False) -> None:
    """Danh bạ liên hệ: ai báo được bằng đường nào, ai chưa. · Who is reached how; addresses are not shown."""
    from config.contacts import load_contacts, way
    from lang.reasons import vi

    found, errors = load_contacts(settings_of(home).home)
    rows: list[dict[str, Any]] = [
        {
            "key": c.key,
            "name": c.name,
            "channels": [a.channel for a in c.addresses],
            "way": list(way(found, c.key)),
            "quiet": list(c.quiet or ()),
            "commanded": c.commanded,
            "reached": any(found[k].addresses for k in way(found, c.key)),
        }
        for c in found.values()
    ]
    if as_json:
        say(json.dumps(rows, ensure_ascii=False))
        raise typer.Exit(1 if errors else 0)
    for bad in errors:
        say(f"✗ {bad.where}: {vi(bad.what)} — {vi(bad.fix)}", fg="red")
    shown = rows if every else [r for r in rows if not r["key"].startswith("commune:")]
    for row in shown:
        ways = ", ".join(row["channels"]) or ("qua " + row["way"][1] if row["reached"] else "chưa có địa chỉ")
        follow = "" if row["commanded"] else " · theo dõi trả lời"
        say(f"{row['key']:28} {row['name']}: {ways}{follow}")
    communes = [r for r in rows if r["key"].startswith("commune:")]
    if not every:
        reached = sum(bool(r["reached"]) for r in communes)
        say(f"commune:…  {reached}/{len(communes)} xã, phường, đặc khu đã có địa chỉ (từng dòng: --all)")
    raise typer.Exit(1 if errors else 0)


def _say_route(told: Any) -> None:
    route = told.route
    say(f"{told.article.outlet}  {told.article.url}")
    say(
        f"→ {told.router.world.name(route.tell)}" + (" (đang giữ, chờ Văn phòng cho chuyển)" if route.held else ""),
        bold=True,
    )
    say("Đọc từ bài:")
    for text in told.read.steps:
        say(f"  {text}")
    say("Vì sao:")
    for text in route.because:
        say(f"  {text}")
    for text in route.passed_over:
        say(f"  {text}", fg="bright_black")


def _plain(told: Any) -> dict[str, Any]:
    from dataclasses import asdict

    plain = asdict(told.route) | {"kept_from": sorted(told.route.kept_from)}
    return {"article": told.article.id, "url": told.article.url, "read": list(told.read.steps)} | plain

"""``haidang measures`` and ``haidang warnings …`` at a terminal."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runner.cli_common import AsJson, Home, day_of, opened, say
from store.errors import InputError

From = Annotated[
    dt.date | None, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="Việc mở từ ngày. · Opened from.")
]
To = Annotated[
    dt.date | None, typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD", help="Đến hết ngày. · To, counted.")
]

if TYPE_CHECKING:
    from config.subscriptions import Subscription
    from store.model_warning import EarlyWarning

warnings = typer.Typer(no_args_is_help=True, help="Cảnh báo sớm: xem, kiểm tra đăng ký. · Early warnings.")


def measures(
    first: From = None,
    last: To = None,
    office: Annotated[str, typer.Option("--office", help="Chỉ một đơn vị (mã danh bạ). · One office.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Mỗi bước mất bao lâu, đúng hạn bao nhiêu, từ những việc nào. · Lags and what was kept on time."""
    from runner.measures import lines, measured, values

    with opened(home) as deps:
        report = measured(deps, first, last, office)
        if as_json:
            print(json.dumps(values(report), ensure_ascii=False))  # noqa: T201
            return
        for line in lines(report):
            say(line)


@warnings.command("list")
def list_(
    kind: Annotated[str, typer.Option("--kind", help="rise, wider, unanswered, criticism.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Nhiều nhất. · At most.")] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Những cảnh báo đã nêu, mới nhất trước. · Warnings that were raised, newest first."""
    from alerts import warning_words as words
    from runner.when import local

    if kind and kind not in words.KINDS:
        raise InputError(words.ODD.format(kind=kind, kinds=", ".join(words.KINDS)))
    with opened(home) as deps:
        found = deps.store.warnings(kind, limit)
        if as_json:
            print(json.dumps([_values(one) for one in found], ensure_ascii=False))  # noqa: T201
            return
        for one in found:
            say(f"{local(one.at)}  {one.id}  {one.title}")
        if not found:
            say(words.NONE)


@warnings.command("show")
def show(
    warning_id: Annotated[str, typer.Argument(metavar="ID", help="Mã wrn_…. · Id.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Một cảnh báo: vì sao, con số, những bài đứng sau. · One warning: why now, its numbers, the items behind it."""
    from alerts import warning_words as words
    from runner.when import local

    with opened(home) as deps:
        one = deps.store.warning(warning_id.strip())
        if one is None:
            raise InputError(words.NO_WARNING.format(id=warning_id[:60]))
        if as_json:
            print(json.dumps(_values(one), ensure_ascii=False))  # noqa: T201
            return
        say(f"{local(one.at)}  {one.title}", bold=True)
        for line in one.why:
            say(f"  {line}")
        for item in one.items:
            say(f"  {item.partition(':')[2]}")
        say(f"  {words.TOLD.format(contacts=', '.join(one.contacts))}")


@warnings.command("check")
def check(home: Home = None) -> None:
    """Ai đăng ký nhận gì; tệp sai ở đâu thì nói và mã 1. · Who gets what; faults of the file."""
    from alerts import warning_words as words
    from config.contacts import load_contacts, reach
    from config.subscriptions import load_watch
    from runner.cli_common import settings_of

    settings = settings_of(home)
    contacts, _ = load_contacts(settings.home)
    watch, errors = load_watch(contacts, settings.home)
    for id_, one in watch.subscriptions.items():
        say(_said(id_, one))
        if one.enabled and one.contact in contacts and reach(contacts, one.contact) is None:
            say(f"  {words.NOT_TOLD}", fg="yellow")
    for error in errors:
        say(f"! {error}", fg="yellow")
    if not errors:
        say(words.SETTLED, fg="green")
    raise typer.Exit(1 if errors else 0)


def _said(id_: str, one: Subscription) -> str:
    from alerts import warning_words as words

    if not one.enabled:
        return words.OFF.format(id=id_)
    return words.SUBSCRIBED.format(
        id=id_, contact=one.contact, kinds=", ".join(words.KINDS[k] for k in one.kinds),
        themes=words.THEMES.format(n=len(one.themes)) if one.themes else words.ALL_THEMES,
        places=words.PLACES.format(n=len(one.places)) if one.places else words.ALL_PLACES,
    )  # fmt: skip


def _values(one: EarlyWarning) -> dict[str, Any]:
    return {
        "id": one.id, "kind": str(one.kind), "subject": one.subject, "level": one.level, "at": one.at,
        "title": one.title, "why": list(one.why), "figures": dict(one.figures), "items": list(one.items),
        "contacts": list(one.contacts),
    }  # fmt: skip

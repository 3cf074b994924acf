"""`haidang channels`: which ways of telling work, and a test of them before they are needed."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from runner.cli_common import AsJson, Home, opened, say

app = typer.Typer(no_args_is_help=True, help="Các đường báo tin: thư, tin nhắn, … · Ways of telling people.")


@app.command("list")
def list_(
    home: Home = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Cả mục chưa có địa chỉ. · Contacts without an address too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Từng địa chỉ, lần cuối nhận được hay không liên lạc được từ bao giờ. · Every address and how it went last."""
    from alerts import notice_words as words
    from runner.channels import state_words, states
    from runner.notices import contacts_of

    with opened(home) as deps:
        found, down, without = states(deps)
        tz, contacts = deps.settings.timezone, contacts_of(deps.settings)
    if as_json:
        told = [
            {"contact": s.way.contact, "name": s.name, "channel": s.way.channel, "to": s.way.to, "fails": s.fails,
             "state": state_words(s.reach, tz)} for s in found
        ]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201
        return
    for one in down:
        channel = words.CHANNELS.get(one.channel, one.channel)
        say(words.CHANNEL_ALL.format(channel=channel, state=state_words(one, tz)), fg="red")
    for s in found:
        line = f"{s.way.contact} · {s.name} · {s.way.channel}: {s.way.to} · {state_words(s.reach, tz)}"
        say(line, fg="red" if s.fails else None)
    if everything:
        for contact in contacts.values():
            if not contact.addresses:
                say(words.NO_ADDRESS.format(contact=contact.key))
    elif without:
        say(words.NO_ADDRESS_COUNT.format(count=without))
    if not found:
        say(words.TEST_NONE)


@app.command("test")
def test(
    contacts: Annotated[
        list[str] | None, typer.Argument(help="Mã mục, như role:truc; bỏ trống: tất cả. · Keys; none: all.")
    ] = None,
    home: Home = None,
) -> None:
    """Gửi một tin thử tới mọi địa chỉ và nói ai không nhận được. · Test every address; exit 1 if one fails."""
    from alerts import notice_words as words
    from runner.channels import result_words, try_now
    from store.model import DeliveryState

    with opened(home) as deps:
        told = try_now(deps, contacts or ())
    if not told:
        say(words.TEST_NONE)
        raise typer.Exit(1)
    for name, delivery in told:
        sent = delivery.state is DeliveryState.SENT
        say(
            f"{delivery.contact} · {name} · {delivery.channel}: {delivery.recipient} · {result_words(delivery)}",
            fg=None if sent else "red",
        )
    failed = sum(d.state is DeliveryState.FAILED for _, d in told)
    waiting = sum(d.state not in (DeliveryState.SENT, DeliveryState.FAILED) for _, d in told)
    count = len({d.contact for _, d in told})
    say(words.TESTED.format(count=len(told), contacts=count, failed=failed, waiting=waiting))
    say(words.NOTE_BOUNCE)
    if failed or waiting:
        raise typer.Exit(1)

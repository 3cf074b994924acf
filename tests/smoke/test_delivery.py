"""From a digest's hour to a letter in a real SMTP server; and a crash between the server's "250" and our commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from config.settings import load_settings
from runner.clock import tick
from runner.deps import Deps, make_deps
from runner.digests import LOOK_AGAIN_MS, LOOKS, due_at
from runner.replay import ReplayClock
from runner.run import LEASE_MS, Runner
from runner.stages import ALL, DELIVER, DIGEST
from store.model import DeliveryState, Fetch, FetchKind, FetchOutcome, NewTask, Outcome
from tests.smoke.ports import free_port

DAY = dt.date(2026, 11, 20)
TO = ("vanphong@sogd.example", "lanhdao@sogd.example")


class Inbox:
    """Keeps what it accepts; answers 451 as often as ``refuse`` says."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refuse = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            self.refuse -= 1
            return "451 try again later"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], letter))
        return "250 taken"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    """A real SMTP server on loopback: (what it got, its port)."""
    handler = Inbox()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def deps(tmp_path: Path, inbox: tuple[Inbox, int]) -> Iterator[Deps]:
    """An installation that was first used the day before, its clock at the digest's hour."""
    settings = load_settings(
        {},
        home=tmp_path,
        recipients=TO,
        digest_release="automatic",
        smtp_host="127.0.0.1",
        smtp_port=inbox[1],
        smtp_from="Hải Đăng <diembao@sogd.example>",
        only_own_sources=True,
        sources_dir=tmp_path / "sources",
    )
    (tmp_path / "sources").mkdir()
    clock = ReplayClock()
    opened = make_deps(settings, clock)
    clock.move(due_at(opened, DAY))
    visit = clock.at - 20 * 3_600_000
    url = "http://bencang.example/rss"
    first = Fetch(Fetch.make_id(url, visit), FetchKind.FEED, "bencang", url, visit, visit + 9, FetchOutcome.TIMEOUT)
    with opened.store.transaction() as tx:
        tx.add_fetch(first)
    yield opened
    opened.store.close()


def move(deps: Deps, ms: int) -> None:
    assert isinstance(deps.now, ReplayClock)
    deps.now.move(deps.now.at + ms)


def test_at_its_hour_the_digest_is_built_once_and_reaches_everybody(deps: Deps, inbox: tuple[Inbox, int]) -> None:
    assert tick(deps) > 0
    planned = [t.stage for t in deps.store.tasks_for([DAY.isoformat()])]
    assert planned == ["digest"]
    assert tick(deps) == 0, "a second tick changes nothing"
    Runner(deps).drain(ALL)
    got = inbox[0].letters
    assert sorted(to for to, _ in got) == sorted(TO)
    letter = got[0][1]
    assert letter["Subject"].startswith("Điểm báo giáo dục 20/11/2026")
    html = letter.get_body(("html",))
    text = letter.get_body(("plain",))
    assert html is not None
    assert text is not None
    assert "LƯU HÀNH NỘI BỘ" in html.get_content()
    assert "LƯU HÀNH NỘI BỘ" in text.get_content()
    (digest,) = deps.store.digests()
    assert {d.state for d in deps.store.deliveries(digest.id)} == {DeliveryState.SENT}


def test_what_was_sent_is_never_sent_again(deps: Deps, inbox: tuple[Inbox, int]) -> None:
    tick(deps)
    Runner(deps).drain(ALL)
    (digest,) = deps.store.digests()
    with deps.store.transaction() as tx:
        tx.add_tasks([NewTask("deliver", d.id, "2", 0) for d in deps.store.deliveries(digest.id)], deps.now())
    Runner(deps).drain(ALL)
    assert len(inbox[0].letters) == len(TO)


def test_nothing_is_issued_for_days_before_the_first_visit(deps: Deps) -> None:
    tick(deps)
    assert [t.subject for t in deps.store.claim("digest", 9, "w", deps.now(), 1)] == [DAY.isoformat()]


def test_a_digest_waits_for_what_is_still_being_read_and_then_goes_out_all_the_same(deps: Deps) -> None:
    with deps.store.transaction() as tx:
        tx.add_tasks([NewTask("judge", "rev_slow", "1", 0)], deps.now())
    tick(deps)
    runner = Runner(deps)
    for _ in range(LOOKS - 1):
        runner.drain([DIGEST])
        assert deps.store.digests() == []
        move(deps, LOOK_AGAIN_MS)
    runner.drain([DIGEST])
    assert [d.day for d in deps.store.digests()] == [DAY.isoformat()]


def test_days_without_the_machine_are_caught_up_but_for_days_off(deps: Deps, inbox: tuple[Inbox, int]) -> None:
    move(deps, 4 * 86_400_000)
    tick(deps)
    Runner(deps).drain(ALL)
    made = sorted((d.day, d.kind) for d in deps.store.digests())
    assert made == [("2026-11-20", "daily"), ("2026-11-20", "weekly"), ("2026-11-23", "daily"), ("2026-11-24", "daily")]
    assert len(inbox[0].letters) == 8


def test_a_busy_server_is_asked_again_later(deps: Deps, inbox: tuple[Inbox, int]) -> None:
    inbox[0].refuse = 2
    tick(deps)
    Runner(deps).drain(ALL)
    assert inbox[0].letters == []
    (digest,) = deps.store.digests()
    assert {d.state for d in deps.store.deliveries(digest.id)} == {DeliveryState.PENDING}
    move(deps, 60_000)
    Runner(deps).drain(ALL)
    assert len(inbox[0].letters) == 2
    assert deps.store.outcome_counts()[("deliver", Outcome.SENT)] == 2


def test_killed_between_the_servers_yes_and_our_commit_it_repeats_with_the_same_message_id(
    deps: Deps, inbox: tuple[Inbox, int]
) -> None:
    tick(deps)
    Runner(deps).drain([s for s in ALL if s is not DELIVER])
    tasks = deps.store.claim(DELIVER.name, 1, "killed", deps.now(), LEASE_MS)
    letters = DELIVER.load(deps, tasks)
    assert deps.store.delivery(tasks[0].subject).state is DeliveryState.SENDING, "on disk before the talk begins"
    DELIVER.work(deps.tools, letters)  # accepted by the server; then the process is gone
    assert len(inbox[0].letters) == 1
    move(deps, LEASE_MS)
    Runner(deps).drain([DELIVER])
    twice = [letter["Message-ID"] for to, letter in inbox[0].letters if to == inbox[0].letters[0][0]]
    assert len(twice) == 2
    assert twice[0] == twice[1]
    (digest,) = deps.store.digests()
    assert {d.state for d in deps.store.deliveries(digest.id)} == {DeliveryState.SENT}

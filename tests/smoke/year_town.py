"""A department through months on a fake clock, with real servers that come and go and processes that are really killed.

Each minute in which something is due is worked as the running system would: the clock's tick, then the three stages
of telling. Where a kill is planned, the minute is worked by a process of its own that is ended with SIGKILL at the N-th
SQL statement or fsync, or between a server's yes and our own; then its leases are given back, as the supervisor does,
and the same minute is worked again.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import smtplib
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from alerts.notifiers import http
from config.settings import load_settings
from runner.deps import Deps, make_deps
from runner.escalating import escalate_tasks
from runner.replay import ReplayClock
from runner.route_tests import notify_tick
from runner.run import Runner
from runner.stages import DELIVER, ESCALATE, NOTIFY
from store.workers import worker_name
from tests.smoke.auditor_town import DEMO_CONTACTS, HOUR, MINUTE, ms
from tests.smoke.gateway import Gateway, serving
from tests.smoke.ports import free_port

DAY = 24 * HOUR
CHORES_AT = (8 * HOUR, 9 * HOUR)  # local times of the day at which the hourly chores are worked here
LOCAL = 7 * HOUR
ADMINISTRATOR = "quantri@so.example"
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a server accepted. ``key``: Message-ID of a letter, idempotency key of a short message."""

    at: int
    channel: str
    to: str
    key: str
    text: str  # subject and words


@dataclass
class Servers:
    """Mail and short messages on loopback. ``down``: stretches in which each channel accepts nothing."""

    clock: ReplayClock
    down: dict[str, Sequence[Stretch]]
    arrived: list[Arrived] = field(default_factory=list)
    refused: dict[str, Stretch] = field(default_factory=dict)  # mailboxes that do not exist for a while
    mail_port: int = field(default_factory=free_port)
    sms: Gateway = field(default_factory=Gateway)
    _mail: Controller | None = None

    def __post_init__(self) -> None:
        self.sms.asked = _Heard(self)

    def is_up(self, channel: str, at: int) -> bool:
        return not any(begin <= at < end for begin, end in self.down[channel])

    def up_within(self, at: int) -> int:
        """The end of the first whole tick from ``at`` on through which a channel, the same one, is up."""
        return min(self.channel_up_within(channel, at) for channel in self.down)

    def channel_up_within(self, channel: str, at: int) -> int:
        for begin, end in self.down[channel]:
            if begin < at + MINUTE and at < end:
                at = end
        return at + MINUTE

    def switch(self) -> None:
        """As it is at this moment."""
        up = self.is_up("email", self.clock.at)
        if up and self._mail is None:
            self._mail = Controller(self, hostname="127.0.0.1", port=self.mail_port)
            self._mail.start()
        elif not up:
            self.stop()
        self.sms.says(*((200, '{"status":"ok"}') if self.is_up("sms", self.clock.at) else (503, "later")))

    def stop(self) -> None:
        if self._mail is not None:
            self._mail.stop()
            self._mail = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        begin, end = self.refused.get(address, (0, 0))
        if begin <= self.clock.at < end:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        text = f"{letter['Subject']}\n{letter.get_content()}"
        self.arrived.append(Arrived(self.clock.at, "email", envelope.rcpt_tos[0], str(letter["Message-ID"]), text))
        return f"250 queued as {len(self.arrived)}"


class _Heard(list[Any]):
    """What the gateway was asked, told to the servers where it was accepted."""

    def __init__(self, servers: Servers) -> None:
        super().__init__()
        self.servers = servers

    def append(self, asked: Any) -> None:
        servers = self.servers
        if servers.is_up("sms", servers.clock.at):
            said = asked.json
            servers.arrived.append(Arrived(servers.clock.at, "sms", said["to"], said["id"], said["text"]))


@dataclass
class Town:
    """``kills``: moments at which a process was killed; ``wanted``: moments from which the next kills are planned."""

    deps: Deps
    clock: ReplayClock
    servers: Servers
    draw: random.Random
    wanted: list[int] = field(default_factory=list)
    kills: list[int] = field(default_factory=list)
    minutes: int = 0

    @property
    def db(self) -> sqlite3.Connection:
        found: sqlite3.Connection = self.deps.store.connection  # type: ignore[attr-defined]
        return found

    def until(self, moment: int) -> None:
        """Let time pass; every minute in which something is due is worked."""
        while (coming := self._next()) <= moment:
            self.clock.at = max(self.clock.at, coming)
            self.minute()
        self.clock.at = max(self.clock.at, moment)

    def minute(self) -> None:
        """Tick and stages once, cut down first where that is planned."""
        self.minutes += 1
        self.servers.switch()
        if not self._cut_down():
            work(self.deps)

    def _cut_down(self) -> bool:
        """Kill whom it is time to kill. Whether the minute's work was done by the process, which was too quick."""
        while self.wanted and self.wanted[0] <= self.clock.at:
            accepted = self.draw.random() < 0.5
            last = self.draw.randint(1, 2) if accepted else self.draw.randint(1, 40 + 50 * self._due())
            whole, pid = _in_a_process(self.deps, self.clock, last, accepted=accepted)
            if whole:
                return True
            self.wanted.pop(0)
            self.kills.append(self.clock.at)
            self.deps.store.release_leases(worker_name(pid))
            if len(self.kills) % 4:  # every fourth is followed by one while its damage is mended
                return False
        return False

    def _due(self) -> int:
        """How many cases and tasks this minute has."""
        now = self.clock.at
        cases = self.db.execute("SELECT count(*) FROM case_now WHERE next_alarm_at <= ?", (now,)).fetchone()[0]
        tasks = self.db.execute("SELECT count(*) FROM task WHERE state = 'due' AND due_at <= ?", (now,)).fetchone()[0]
        return int(3 * cases + tasks)

    def _next(self) -> int:
        """The next whole minute at which a case, a task or the chores are due."""
        begin, now = self.clock.at - (self.clock.at + LOCAL) % DAY, self.clock.at
        chores = [day + at for day in (begin, begin + DAY) for at in CHORES_AT]
        case = self.db.execute("SELECT min(next_alarm_at) FROM case_now").fetchone()[0]
        task = self.db.execute("SELECT min(due_at) FROM task WHERE state = 'due'").fetchone()[0]
        soon = now if self.deps.store.something_to_watch(now) else None  # an urgent case that came in
        due = min(at for at in (case, task, soon, *(at for at in chores if at > now)) if at is not None)
        return max(-(-due // MINUTE) * MINUTE, now - now % MINUTE + MINUTE)


def work(deps: Deps) -> None:
    """One minute of the running system: what the clock puts on the list, and who works it."""
    now = deps.now()
    tasks = escalate_tasks(deps, chores=(now + LOCAL) % DAY in CHORES_AT)
    if tasks:
        with deps.store.transaction() as tx:
            tx.add_tasks(tasks, now)
    notify_tick(deps)
    Runner(deps).drain([ESCALATE, NOTIFY, DELIVER])


def _in_a_process(deps: Deps, clock: ReplayClock, last: int, *, accepted: bool) -> tuple[bool, int]:
    """(whether it worked to its end, process id); killed at the ``last``-th statement or fsync of its work, or
    where a server has said yes to it the ``last`` time."""
    deps.store.close()  # no connection may be taken along
    pid = os.fork()
    if pid == 0:
        try:
            count = _killed_at(last, accepted=accepted)
            own = make_deps(deps.settings, clock)
            count[0] = 0
            work(own)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(70)
    _, status = os.waitpid(pid, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or os.waitstatus_to_exitcode(status) == 0, "the work itself failed"
    return not killed, pid


def _killed_at(last: int, *, accepted: bool) -> list[int]:
    seen = [-1_000]

    def moment(*_: object) -> None:
        seen[0] += 1
        if seen[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def then(done: Callable[..., Any]) -> Callable[..., Any]:
        def both(*args: Any, **kwargs: Any) -> Any:
            answer = done(*args, **kwargs)
            moment()
            return answer

        return both

    def counted(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.set_trace_callback(moment)
        return connection

    connect = sqlite3.connect
    if accepted:
        smtplib.SMTP.data, http.ask = then(smtplib.SMTP.data), then(http.ask)  # type: ignore[method-assign]
    else:
        sqlite3.connect, os.fsync = counted, then(os.fsync)  # type: ignore[assignment]
    return seen


# ── building it ─────────────────────────────────────────────────────────────────────────────────────


def stretches(draw: random.Random, begin: int, end: int, share: float, lengths: Sequence[int]) -> list[Stretch]:
    """Stretches that do not touch, together ``share`` of the time; ``lengths`` (minutes) are drawn from."""
    left, found = share * (end - begin), []
    cuts: list[int] = []
    while left > 0:
        length = min(int(draw.choice(lengths) * MINUTE * draw.uniform(0.3, 1.7)), int(left) + 1)
        cuts.append(length)
        left -= length
    places = sorted(draw.randrange(begin, end) for _ in cuts)
    for place, length in zip(places, cuts, strict=True):
        at = max(place, found[-1][1] + MINUTE) if found else place
        found.append((at, at + length))
    assert all(a[1] < b[0] for a, b in pairwise(found))
    return found


@contextmanager
def town(folder: Path, begins: str, ends: int, seed: int, kills: int) -> Iterator[Town]:
    """An empty department at ``begins``; ``kills`` are planned until ``ends``. Mail is down 5 % of the time."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(DEMO_CONTACTS, folder / "contacts.yml")
    draw, clock = random.Random(seed), ReplayClock()
    start = ms(begins)
    down = {
        "email": stretches(draw, start + DAY, ends, 0.05, [3, 10, 30, 60, 240]),
        "sms": stretches(draw, start + DAY, ends, 0.02, [3, 10, 30, 60]),
    }
    servers = Servers(clock, down)
    with serving(servers.sms):
        settings = load_settings(
            {}, home=folder, smtp_host="127.0.0.1", smtp_port=servers.mail_port,
            smtp_from="Hải Đăng <haidang@so.example>", administrators=(ADMINISTRATOR,),
            desk_url="https://haidang.so.example", sms_url=f"{servers.sms.base}/send",
            sms_body='{"to":"{to}","text":"{text}","id":"{key}"}', route_test_monthly=False,
        )  # fmt: skip
        deps = make_deps(settings, clock)
        clock.move(start)
        made = Town(deps, clock, servers, draw)
        made.wanted = sorted(draw.randrange(start + DAY, ends) for _ in range(kills))
        try:
            servers.switch()
            yield made
        finally:
            servers.stop()
            deps.store.close()

"""A department with open cases on a fake clock: real rows, real stages, a real mail server on loopback."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alerts import case_commands as commands
from alerts.case_clocks import pause
from alerts.case_open import Opening, press_request, report
from alerts.case_plans import load_plans
from alerts.casework import act, open_case
from config.settings import load_settings
from runner.deps import Deps, make_deps
from runner.escalating import escalate_tasks
from runner.replay import ReplayClock
from runner.route_tests import notify_tick
from runner.run import Runner
from runner.stages import DELIVER, ESCALATE, NOTIFY
from store.model_case import CaseKind, Severity

MINUTE, HOUR = 60_000, 3_600_000
BY = "Đỗ Thị Trực"
DEMO_CONTACTS = Path(__file__).resolve().parents[2] / "demo" / "contacts.yml"


def ms(text: str) -> int:
    """Local time to ms UTC."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


@dataclass
class Box:
    """A mail server's mind."""

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        return f"250 queued as {len(self.letters)}"


@dataclass
class Town:
    """``deps.now`` is the fake clock; :meth:`until` lets time pass, with a tick where one is due."""

    deps: Deps
    clock: ReplayClock

    def until(self, moment: int) -> None:
        """Ticks and stages at each minute at which something is due."""
        runner = Runner(self.deps)
        while True:
            tasks = escalate_tasks(self.deps, chores=False)
            if tasks:
                with self.deps.store.transaction() as tx:
                    tx.add_tasks(tasks, self.clock())
            notify_tick(self.deps)
            runner.drain([ESCALATE, NOTIFY, DELIVER])
            coming = self._next()
            if self.clock() >= moment:
                return
            self.clock.at = min(moment, max(coming, self.clock() + MINUTE))

    def _next(self) -> int:
        """The next whole minute at which a case or a task is due."""
        db = self.deps.store.connection  # type: ignore[attr-defined]
        far = self.clock() + 24 * HOUR
        case = db.execute("SELECT min(next_alarm_at) FROM case_now").fetchone()[0] or far
        task = db.execute("SELECT min(due_at) FROM task WHERE state = 'due'").fetchone()[0] or far
        return -(-min(case, task) // MINUTE) * MINUTE


def town(folder: Path, port: int, start: str = "2026-11-23 08:00") -> Town:
    """An empty department at ``start``."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(DEMO_CONTACTS, folder / "contacts.yml")
    settings = load_settings(
        {}, home=folder, smtp_host="127.0.0.1", smtp_port=port, smtp_from="haidang@so.example",
        administrators=("quantri@so.example",), route_test_monthly=False,
    )  # fmt: skip
    clock = ReplayClock(ms(start))
    return Town(make_deps(settings, clock), clock)


def peopled(place: Town, count: int, seed: int) -> list[str]:
    """Cases of all kinds, opened over the first day; some received, acknowledged, paused, answered, closed."""
    draw, store = random.Random(seed), place.deps.store
    plans, _ = load_plans(place.deps.settings.home)
    opened: list[str] = []
    first = place.clock()
    for number in range(count):
        place.until(max(place.clock(), first + number * 9 * HOUR // count))
        now = place.clock()
        rows, _ = open_case(store, plans, _opening(number, now, draw), BY, now)
        opened.append(rows.case.id)
        _live(place, draw.choice(opened), draw)
    return opened


def _opening(number: int, now: int, draw: random.Random) -> Opening:
    severity = draw.choice([Severity.NORMAL, Severity.NORMAL, Severity.HIGH, Severity.URGENT])
    more = {"severity": severity, "place": draw.choice(["", "11311", "11737"])}
    kind = draw.choice(["press", "staff", "citizen"])
    if kind == "press":
        return press_request("Báo Cửa Biển", f"Câu hỏi số {number} về tuyển sinh?", now, "thư", now, **more)
    reported = CaseKind.STAFF_REPORT if kind == "staff" else CaseKind.CITIZEN_REPORT
    about = ("commune:11311",) if kind == "citizen" and draw.random() < 0.5 else ()
    return report(reported, f"Phản ánh số {number} về bếp ăn", now, "điện thoại", now, about=about, **more)


def _live(place: Town, case_id: str, draw: random.Random) -> None:
    """One thing that people do, where the case allows it."""
    rows = place.deps.store.case(case_id)
    assert rows is not None
    now, state = place.clock(), rows.now
    if state.closed_at is not None or state.paused_until is not None:
        return
    match draw.randrange(6):
        case 0 if state.received_at is None:
            act(place.deps.store, case_id, lambda r: commands.receive(r, BY, now))
        case 1 if any(c.alarmed for c in rows.clocks):
            until = now + draw.choice([HOUR, 5 * HOUR])
            act(place.deps.store, case_id, lambda r: commands.acknowledge(r, BY, now, until))
        case 2 if any(c.stopped_at is None and c.due_at > now for c in rows.clocks):
            act(place.deps.store, case_id, lambda r: pause(r, BY, now, now + 3 * HOUR, "chờ kết quả xét nghiệm"))
        case 3 if draw.random() < 0.3:
            act(place.deps.store, case_id, lambda r: commands.close(r, BY, now, "trùng với việc đã trả lời"))
        case 4:
            act(place.deps.store, case_id, lambda r: commands.note(r, BY, now, "đã gọi điện cho nhà trường"))

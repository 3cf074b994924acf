"""The people of a simulated department: they receive, forget, pause, answer, merge and close, by seeded chance."""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from alerts import case_commands as commands
from alerts import casework
from alerts.case_clocks import instruct, pause, resume
from alerts.case_open import Opening, press_request, report
from alerts.case_plans import Plans, load_plans
from runner.roster import storm_on, take_list
from store.errors import CaseError
from store.model_case import CaseKind, CaseRows, EventKind, Severity
from tests.smoke.auditor_town import HOUR, MINUTE
from tests.smoke.year_town import DAY, LOCAL, Town

PEOPLE = ("Đỗ Thị Trực", "Trần Văn Cảng", "Lê Thị Sóng", "Phạm Thị Buồm", "Ngô Văn Neo", "Vũ Thị Bến")
LEADERS = ("Hoàng Văn Lái", "Bùi Thị Đèn")
PLACES = ("", "11311", "11737", "11413")
ROUNDS = (8 * HOUR, 10 * HOUR, 14 * HOUR, 16 * HOUR + 30 * MINUTE, 21 * HOUR, 2 * HOUR)
QUIET_OFFICE = frozenset({21 * HOUR, 2 * HOUR})  # only who is on duty looks, and only at what is urgent
Decide = Callable[[CaseRows], Any]


@dataclass
class People:
    """``refused``: commands that the state of a case did not allow, as it happens among people."""

    town: Town
    draw: random.Random
    plans: Plans
    agenda: list[tuple[int, int, str, str]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    cases: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def plan(self, at: float, verb: str, case_id: str = "") -> None:
        heapq.heappush(self.agenda, (int(at), next(self.numbers), verb, case_id))

    def live(self, until: int) -> Iterator[int]:
        """All that is on the agenda, in time; gives the end of each local day."""
        while self.agenda and self.agenda[0][0] <= until:
            at, _, verb, case_id = heapq.heappop(self.agenda)
            self.town.until(at)
            if verb == "day":
                yield at
            else:
                self.do(verb, case_id)
        self.town.until(until)

    def do(self, verb: str, case_id: str) -> None:
        try:
            said = getattr(self, f"_{verb}")(case_id)
        except CaseError:
            self.refused[verb] += 1
        else:
            self.done[verb] += said is not False

    def act(self, case_id: str, decide: Decide) -> CaseRows:
        return casework.act(self.town.deps.store, case_id, decide)

    @property
    def who(self) -> str:
        return self.draw.choice(PEOPLE)

    @property
    def now(self) -> int:
        return self.town.clock.at

    # ── what comes in ───────────────────────────────────────────────────────────────────────────────

    def _open(self, theme: str) -> None:
        rows, _ = casework.open_case(self.town.deps.store, self.plans, self._opening(theme), self.who, self.now)
        case, severity = rows.case.id, rows.now.severity
        self.cases.append(case)
        chance, draw = self.draw.random(), self.draw
        pace = {Severity.URGENT: 0.15, Severity.HIGH: 0.5, Severity.NORMAL: 1.0}[severity]
        if chance < 0.6:  # as it should be
            steps = [("receive", 2), ("verify", 4), ("conclude", 9), ("answer", 12), ("close", 60)]
        elif chance < 0.85:  # late
            steps = [("receive", 20), ("note", 40), ("verify", 60), ("conclude", 120), ("answer", 200), ("close", 300)]
        else:  # forgotten until somebody is told
            steps = []
        for verb, hours in steps:
            self.plan(self.now + hours * pace * draw.uniform(0.2, 1.8) * HOUR, verb, case)
        for verb, share, hours in (
            ("pause", 0.1, 30), ("instruct", 0.05, 20), ("send", 0.08, 5), ("release", 0.5, 20), ("worsen", 0.03, 40),
            ("merge", 0.04, 40), ("reopen", 0.05, 200), ("note", 0.3, 30),
        ):  # fmt: skip
            if draw.random() < share:
                self.plan(self.now + hours * draw.uniform(0.1, 1.9) * HOUR, verb, case)
        last = self.now + (1 if severity is Severity.URGENT else 20) * DAY * draw.uniform(1, 2)
        self.plan(last, "finish", case)  # in the end somebody always does

    def _opening(self, theme: str) -> Opening:
        draw, number, now = self.draw, len(self.cases), self.now
        severity = draw.choices([Severity.NORMAL, Severity.HIGH, Severity.URGENT], [75, 20, 5])[0]
        more: dict[str, Any] = {"severity": severity, "place": draw.choice(PLACES), "theme": theme}
        more["token"] = f"year {number}"  # the same ids in every run: the order of everything hangs on them
        kind = draw.choice(["press", "staff", "citizen", "citizen"])
        if kind == "press":
            asked = now - draw.randrange(3 * HOUR)
            return press_request("Báo Cửa Biển", f"Câu hỏi số {number} về tuyển sinh?", asked, "thư", now, **more)
        reported = CaseKind.STAFF_REPORT if kind == "staff" else CaseKind.CITIZEN_REPORT
        about = ("commune:11311",) if kind == "citizen" and draw.random() < 0.5 else ()
        return report(reported, f"Phản ánh số {number} về bếp ăn", now, "điện thoại", now, about=about, **more)

    # ── what is done with it ────────────────────────────────────────────────────────────────────────

    def _receive(self, case: str) -> None:
        self.act(case, lambda r: commands.receive(r, self.who, self.now))

    def _verify(self, case: str) -> None:
        self.act(case, lambda r: commands.verify(r, self.who, self.now))

    def _note(self, case: str) -> None:
        self.act(case, lambda r: commands.note(r, self.who, self.now, "đã gọi điện cho nhà trường"))

    def _conclude(self, case: str) -> None:
        self.act(
            case,
            lambda r: commands.conclude(
                r,
                self.who,
                self.now,
                self.draw.choice(["khop", "khong_khop"]),
                reason="đã đối chiếu sổ",
                document="12/BC-XM",
                office="role:kiem_tra",
            ),
        )

    def _answer(self, case: str) -> None:
        kind = self.draw.choice([EventKind.ANSWERED, EventKind.ANSWERED, EventKind.PUBLISHED])
        self.act(case, lambda r: commands.answer(r, self.who, self.now, kind, document="34/SGDĐT-VP"))

    def _close(self, case: str) -> None:
        self.act(case, lambda r: commands.close(r, self.who, self.now, "đã trả lời xong"))

    def _finish(self, case: str) -> None:
        """Closed, if it is not yet."""
        self._close(case)

    def _pause(self, case: str) -> None:
        until = self.now + self.draw.choice([2 * HOUR, 9 * HOUR, 2 * DAY, 12 * DAY]) + self.draw.randrange(HOUR)
        self.act(case, lambda r: pause(r, self.who, self.now, until, "chờ kết quả xét nghiệm"))
        if self.draw.random() < 0.3:
            self.plan(self.draw.uniform(self.now, until), "resume", case)

    def _resume(self, case: str) -> None:
        self.act(case, lambda r: resume(r, self.who, self.now, self.plans.later))

    def _instruct(self, case: str) -> None:
        due = self.now + int(self.draw.uniform(1, 60) * HOUR)
        self.act(case, lambda r: instruct(r, self.who, self.now, LEADERS[0], "trả lời sớm", due_at=due))

    def _send(self, case: str) -> None:
        to = self.draw.choice(["commune:11311", "office:sgddt_phong", "office:svhttdl"])
        self.act(case, lambda r: commands.send_to(r, self.who, self.now, to, ["đúng thẩm quyền"]))

    def _release(self, case: str) -> None:
        store, text = self.town.deps.store, "phản ánh về bếp ăn, đã che tên"
        casework.release(store, self.plans, case, self.who, self.now, text=text, office="office:sgddt_vp")

    def _worsen(self, case: str) -> None:
        self.act(case, lambda r: commands.change(r, self.who, self.now, severity="khan"))

    def _merge(self, case: str) -> None:
        other = self.draw.choice(self.cases[-30:])
        casework.merge(self.town.deps.store, case, other, self.who, self.now, "cùng một việc")
        if self.draw.random() < 0.3:
            self.plan(self.now + self.draw.uniform(1, 50) * HOUR, "unmerge", case)

    def _unmerge(self, case: str) -> None:
        casework.unmerge(self.town.deps.store, case, self.who, self.now, "hai việc khác nhau")
        self.plan(self.now + 10 * DAY, "finish", case)

    def _reopen(self, case: str) -> None:
        self.act(case, lambda r: commands.reopen(r, self.who, self.now, "báo hỏi tiếp"))
        self.plan(self.now + self.draw.uniform(1, 8) * DAY, "finish", case)

    # ── those who look at what they were told ───────────────────────────────────────────────────────

    def _round(self, urgent: str) -> None:
        """Somebody reads the alarms: says “đã biết” (and may forget), works on it, or does nothing."""
        sql = (
            "SELECT case_id, severity FROM case_now n WHERE closed_at IS NULL AND merged_into IS NULL "
            "AND (level > 0 OR EXISTS (SELECT 1 FROM case_clock k "
            "WHERE k.case_id = n.case_id AND k.alarmed AND k.stopped_at IS NULL)) ORDER BY opened_at, case_id"
        )
        for case, severity in self.town.db.execute(sql).fetchall():
            if urgent and severity != "khan":
                continue
            chance = self.draw.random()
            if chance < 0.25:
                self.do("acknowledge", case)
            elif chance < 0.35:
                self.do("acknowledge", case)
                self.plan(self.now + self.draw.uniform(0.1, 6) * HOUR, "note", case)
            elif chance < 0.5:
                for verb in ("receive", "verify", "conclude", "answer"):
                    self.do(verb, case)
            elif chance < 0.6:
                self.do("close", case)

    def _acknowledge(self, case: str) -> None:
        until = self.now + self.draw.choice([HOUR, 4 * HOUR, 16 * HOUR, 70 * HOUR]) + self.draw.randrange(HOUR)
        self.act(case, lambda r: commands.acknowledge(r, self.who, self.now, until))

    # ── duty and storms ─────────────────────────────────────────────────────────────────────────────

    def _roster(self, _: str) -> None:
        """The list of the coming week, as a spreadsheet."""
        zone = ZoneInfo(self.town.deps.settings.timezone)
        first = dt.datetime.fromtimestamp(self.now / 1000, zone).date()
        lines = ["Ngày,Ca,Người trực,Điện thoại,Email,Trực phó,Điện thoại phó,Lãnh đạo trực,Điện thoại lãnh đạo"]
        for day in (first + dt.timedelta(days=n) for n in range(1, 8)):
            for shift in ("07:00-19:00", "19:00-07:00"):
                one, two = self.draw.sample(range(len(PEOPLE)), 2)
                lead = self.draw.randrange(len(LEADERS))
                lines.append(
                    f"{day:%d/%m/%Y},{shift},{PEOPLE[one]},091200010{one},truc{one}@so.example,"
                    f"{PEOPLE[two]},091200010{two},{LEADERS[lead]},091200020{lead}"
                )
        take_list(self.town.deps, "lich-truc.csv", "\n".join(lines).encode(), PEOPLE[0])

    def _storm(self, hours: str) -> None:
        """Storm mode, and what a storm brings."""
        until = self.now + int(hours) * HOUR
        storm_on(self.town.deps, until, (), "bão vào Hải Phòng", PEOPLE[0], self.now)
        for _ in range(max(4, int(hours) // 4)):
            self.plan(self.draw.uniform(self.now, until), "open", "antoan_truong")


def people(town: Town, ends: int, cases: int, storms: list[tuple[int, int]], seed: int) -> People:
    """Their agenda from now until ``ends``: ``cases`` come in, mostly in working hours; ``storms``: (begin, hours)."""
    draw = random.Random(seed)
    plans, faults = load_plans(town.deps.settings.home)
    assert not faults
    made = People(town, draw, plans)
    first = town.clock.at - (town.clock.at + LOCAL) % DAY
    days = range(first, ends, DAY)
    for _ in range(cases):
        day = draw.choice(days)
        while draw.random() < 0.7 and plans.clock.hours_on(plans.clock.day_of(day + 12 * HOUR)) is None:
            day = draw.choice(days)
        hour = draw.uniform(7.5, 17.5) if draw.random() < 0.85 else draw.uniform(0, 24)
        made.plan(max(day + hour * HOUR, town.clock.at), "open", draw.choice(["hocphi", "antoan_thucpham", ""]))
    for number, day in enumerate(days):
        made.plan(day + 23 * HOUR + 30 * MINUTE + draw.randrange(20 * MINUTE), "day")
        for at in ROUNDS:
            office = plans.clock.hours_on(plans.clock.day_of(day + 12 * HOUR)) is not None and at not in QUIET_OFFICE
            made.plan(day + at + draw.randrange(HOUR), "round", "" if office else "khan")
        if number % 7 == 0 and draw.random() < 0.9:  # now and then somebody forgets it: then the roles' own addresses
            made.plan(day + 15 * HOUR, "roster")
    for begin, hours in storms:
        made.plan(begin, "storm", str(hours))
    return made

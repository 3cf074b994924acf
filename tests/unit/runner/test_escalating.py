"""A tick over a real store: what is written together, what a crash or another hand leaves, the chores of duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from alerts.case_commands import acknowledge, note
from alerts.case_fold import added, clock_body, fold
from config.settings import Settings
from runner import clock as the_clock
from runner import escalating
from runner.cli import app
from runner.deps import Deps, Tools
from runner.duty import contacts_now
from runner.escalating import BATCH, escalate, escalate_tasks
from runner.escalating_chores import chores
from runner.roster import check, import_list, storm_on
from runner.route_tests import plan_route_tests
from runner.run import Runner
from runner.stages import ESCALATE
from store.blobs import BodyStore
from store.errors import InputError
from store.model_case import MACHINE, CaseClock, CaseKind, EventKind, NewEvent
from store.model_notice import NoticeKind, ReachTry
from store.sqlite import open_store

BY = "Đỗ Thị Trực"
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def ms(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


MONDAY = ms("2026-11-23 08:00")


@dataclass
class Town:
    """An installation whose clock the test sets."""

    deps: Deps
    at: list[int]
    home: Path

    def open(
        self, origin: str, office: str = "office:sgddt_phong", due: int = MONDAY + 8 * HOUR, **body: object
    ) -> str:
        store = self.deps.store
        with store.transaction() as tx:
            case, _ = tx.add_case(CaseKind.STORY, "story", origin, 2026, MONDAY)
            clock = clock_body(CaseClock(case.id, "close", "x", office, MONDAY, due, None, due - 2 * HOUR))
            opened = {"title": "Bếp ăn", "office": office, "clocks": [clock], **body}
            events = [NewEvent(case.id, EventKind.OPENED, MONDAY, BY, opened, "o")]
            tx.add_case_events(events)
            tx.put_case(added(None, case, events))
        return case.id

    def notices(self, case_id: str = "") -> list[tuple[str, str]]:
        return [(n.kind, n.contact) for n in self.deps.store.notices_about(case_id)]

    def whole(self, case_id: str) -> bool:
        """Whether the rows are what the events add up to."""
        rows = self.deps.store.case(case_id)
        assert rows is not None
        return fold(rows.case, self.deps.store.timeline(case_id)) == rows


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    settings = Settings(home=tmp_path)
    at = [MONDAY]
    store = open_store(settings.database)
    deps = Deps(store, BodyStore(settings.bodies), settings, Tools(settings, lambda: at[0]), lambda: at[0])
    yield Town(deps, at, tmp_path)
    store.close()


def test_events_rows_notices_and_their_tasks_are_written_together_and_once(town: Town) -> None:
    case_id = town.open("a")
    assert escalate(town.deps, MONDAY + 5 * HOUR).looked == 0
    told = escalate(town.deps, MONDAY + 6 * HOUR)
    assert (told.looked, told.events, told.notices) == (1, 1, 2) and town.whole(case_id)
    assert sorted(town.notices(case_id)) == [("alarm", "office:sgddt_phong"), ("alarm", "role:truc")]
    ids = [n.id for n in town.deps.store.notices_about(case_id)]
    assert {t.subject for t in town.deps.store.tasks_for(ids)} == set(ids)
    assert escalate(town.deps, MONDAY + 6 * HOUR).looked == 0


def test_the_clock_puts_one_task_a_minute_where_something_waits_and_the_stage_works_it(town: Town) -> None:
    town.open("a")
    assert escalate_tasks(town.deps, chores=False) == []
    town.at[0] = MONDAY + 6 * HOUR
    the_clock.tick(town.deps)
    assert the_clock.tick(town.deps) == 0
    runner = Runner(town.deps)
    assert runner.drain([ESCALATE]) == 1
    town.at[0] += MINUTE
    assert the_clock.tick(town.deps) == 0 and len(town.deps.store.case_events()) == 2


def test_more_cases_than_a_batch_are_told_in_one_tick(town: Town) -> None:
    ids = [town.open(f"c{n}") for n in range(BATCH + 30)]
    told = escalate(town.deps, MONDAY + 9 * HOUR)
    assert (told.looked, told.events) == (len(ids), len(ids)) and town.deps.store.chain_head()[0] == 2 * len(ids)
    assert not town.deps.store.something_to_watch(MONDAY + 9 * HOUR)


def test_a_crash_loses_a_batch_whole_and_the_next_tick_makes_the_same_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [town.open(f"c{n}") for n in range(BATCH + 5)]

    def killed(*_: object) -> list[object]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(escalating, "notice_tasks", killed)
        with pytest.raises(KeyboardInterrupt):
            escalate(town.deps, MONDAY + 9 * HOUR)
    assert len(list(town.deps.store.case_events())) == len(ids) and town.notices(ids[0]) == []
    assert escalate(town.deps, MONDAY + 9 * HOUR).events == len(ids)
    assert all(town.whole(i) for i in ids[:3])


def test_what_a_person_did_meanwhile_is_never_overwritten(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = town.open("a")
    inner = escalating._write

    def late(deps: Deps, looks: object, now: int, told: escalating.Told) -> None:
        rows = deps.store.case(case_id)
        assert rows is not None
        events = note(rows, BY, now, "đã gọi nhà trường")
        with deps.store.transaction() as tx:
            tx.add_case_events(events)
            tx.put_case(added(rows, rows.case, events))
        inner(deps, looks, now, told)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(escalating, "_write", late)
        told = escalate(town.deps, MONDAY + 6 * HOUR)
    assert (told.left, told.events) == (1, 0) and town.whole(case_id)
    assert escalate(town.deps, MONDAY + 6 * HOUR).events == 1 and town.whole(case_id)


def test_one_case_that_cannot_be_reckoned_stops_nobody_and_is_told_once_a_day(town: Town) -> None:
    far = town.open("far", due=2**62)  # a moment that no calendar holds
    with town.deps.store.transaction() as tx:
        rows = tx.case_rows(far)
        assert rows is not None
        bad = replace(rows.clocks[0], soft_at=1, due_at=2**62)
        tx.put_case(replace(rows, now=replace(rows.now, next_alarm_at=1), clocks=(bad,)))
    good = town.open("good")
    for minute in range(3):
        told = escalate(town.deps, MONDAY + 6 * HOUR + minute * MINUTE)
        assert [case_id for case_id, _ in told.broken] == [far]
    assert len(town.notices(good)) == 2
    assert town.notices(far) == [("warning", "role:quan_tri")]


@pytest.mark.parametrize("worked", [False, True])
def test_forgotten_is_what_nobody_touched_since_it_was_acknowledged(town: Town, worked: bool) -> None:
    case_id = town.open("a")
    escalate(town.deps, MONDAY + 8 * HOUR)
    rows = town.deps.store.case(case_id)
    assert rows is not None
    events = acknowledge(rows, BY, MONDAY + 8 * HOUR + 1, MONDAY + 10 * HOUR)
    if worked:
        events += [replace(note(rows, BY, MONDAY + 9 * HOUR, "đã gọi")[0], key="n2")]
    with town.deps.store.transaction() as tx:
        tx.add_case_events(events)
        tx.put_case(added(rows, rows.case, events))
    escalate(town.deps, MONDAY + 10 * HOUR)
    kinds = [e.event.kind for e in town.deps.store.timeline(case_id)]
    assert (EventKind.FORGOTTEN in kinds) is not worked and EventKind.ESCALATED in kinds
    assert town.whole(case_id)


# ── duty ────────────────────────────────────────────────────────────────────────────────────────────

LIST = (
    "Ngày,Ca,Người trực,Điện thoại,Trực phó,Lãnh đạo trực,Điện thoại lãnh đạo\n"
    "23/11/2026,cả ngày,Lê Thị Sóng,0912000111,Ngô Văn Neo,Vũ Thị Buồm,0912000999\n"
    "24/11/2026,00:00-12:00,Trần Văn Cảng,0912000222,,Vũ Thị Buồm,0912000999\n"
    "24/11/2026,18:00-24:00,Trần Văn Cảng,0912000222,,,\n"
)


def hand_in(town: Town, text: str = LIST) -> tuple[str, ...]:
    path = town.home / "lich.csv"
    path.write_text(text, encoding="utf-8")
    return import_list(town.deps, path, BY).remarks


def test_a_list_is_taken_with_remarks_and_the_role_follows_it(town: Town) -> None:
    remarks = hand_in(town)
    assert "chưa có người trực từ thứ Ba, 24/11/2026 12:00 đến thứ Ba, 24/11/2026 18:00" in remarks
    assert any("Ngô Văn Neo" in r for r in remarks) and any("1/3 ca chưa ghi lãnh đạo" in r for r in remarks)
    assert contacts_now(town.deps, MONDAY)["role:truc"].addresses[0].to == "0912000111"
    hand_in(town, LIST.split("\n", maxsplit=1)[0] + "\n23/11/2026,cả ngày,Phạm Thị Lái,0912000333,,,\n")
    assert contacts_now(town.deps, MONDAY)["role:truc"].addresses[0].to == "0912000333"
    assert contacts_now(town.deps, MONDAY + DAY)["role:truc"].addresses[0].to == "0912000222"


def test_a_faulty_list_changes_nothing(town: Town) -> None:
    hand_in(town)
    with pytest.raises(InputError, match="dòng 2, cột A"):
        hand_in(town, LIST.replace("23/11/2026", "ngày mai"))
    assert len(town.deps.store.duty_lists()) == 1


def test_a_hole_is_told_before_it_begins_once_and_weekly_while_it_lasts(town: Town) -> None:
    hand_in(town)
    for _ in range(2):
        chores(town.deps, MONDAY)
    holes = [n for n in town.deps.store.notices_about("") if n.kind == NoticeKind.WARNING]
    assert [n.contact for n in holes] == ["office:sgddt_vp", "office:sgddt_vp"]
    assert {n.subject.partition(" từ ")[2].partition(" đến ")[0] for n in holes} == {
        "thứ Ba, 24/11/2026 12:00", "thứ Tư, 25/11/2026 00:00",
    }  # fmt: skip
    later = MONDAY + 3 * DAY
    for at in (later, later + HOUR, later + 7 * DAY):
        chores(town.deps, at)
    during = [
        n
        for n in town.deps.store.notices_about("")
        if n.contact == "role:chanh_van_phong" and "Đang không" in "".join(n.lines)
    ]
    assert len(during) == 2


def test_duty_only_out_of_hours_leaves_no_hole_while_the_office_works(town: Town) -> None:
    (town.home / "escalation.yml").write_text("duty: {covered: out_of_hours}\n", encoding="utf-8")
    nights = ("23/11/2026,17:00-24:00", "24/11/2026,00:00-07:30", "24/11/2026,17:00-24:00")
    text = "\n".join([LIST.split("\n", maxsplit=1)[0], *(f"{night},Lê Thị Sóng,0912000111,,," for night in nights)])
    assert not [r for r in hand_in(town, text) if "chưa có người trực" in r]


def test_whoever_is_on_duty_next_and_cannot_be_reached_is_told_of(town: Town) -> None:
    hand_in(town)
    with town.deps.store.transaction() as tx:
        tx.note_reach([ReachTry("+84912000222", "sms", MONDAY - HOUR, "số không tồn tại")])
    for _ in range(2):
        chores(town.deps, MONDAY)
    found = [n for n in town.deps.store.notices_about("") if n.subject.startswith("Không liên lạc được Trần Văn Cảng")]
    assert sorted(n.contact for n in found) == ["office:sgddt_vp", "role:quan_tri"]
    assert any("không liên lạc được Trần Văn Cảng (sms +84912000222) từ" in line for line in check(town.deps))


def test_every_route_of_the_department_is_tried_once_a_month_and_no_other_body_is(town: Town) -> None:
    (town.home / "contacts.yml").write_text(
        "contacts:\n"
        "  role:chanh_van_phong: {addresses: [{email: cvp@haiphong.example}]}\n"
        "  commune:11413: {addresses: [{email: xa@haiphong.example}]}\n"
        "  office:svhttdl: {addresses: [{email: vh@haiphong.example}]}\n",
        encoding="utf-8",
    )
    hand_in(town)
    for at in (ms("2026-12-01 08:00"), ms("2026-12-01 09:00"), ms("2026-12-05 10:00"), ms("2027-01-01 08:59")):
        chores(town.deps, at)
    tests = [n for n in town.deps.store.notices_about("") if n.kind == NoticeKind.ROUTE_TEST]
    assert [n.contact for n in tests] == ["role:chanh_van_phong"]
    chores(town.deps, MONDAY)
    tests = [n.contact for n in town.deps.store.notices_about("") if n.kind == NoticeKind.ROUTE_TEST]
    assert sum(c.startswith("duty:") for c in tests) == 3  # people of the coming shifts, each before their own


def test_the_clocks_round_of_tests_and_that_of_duty_are_one(town: Town) -> None:
    (town.home / "contacts.yml").write_text(
        "contacts:\n"
        "  role:truc: {addresses: [{email: truc@haiphong.example}]}\n"
        "  commune:11413: {addresses: [{email: xa@haiphong.example}]}\n",
        encoding="utf-8",
    )
    hand_in(town)  # who is on duty stands in the role then, and is tried as a person
    town.at[0] = ms("2026-12-01 09:00")
    chores(town.deps, town.at[0])
    assert plan_route_tests(town.deps) == 0
    tests = [n.contact for n in town.deps.store.notices_about("") if n.kind == NoticeKind.ROUTE_TEST]
    assert [c for c in tests if not c.startswith("duty:")] == ["role:truc"]


def test_the_week_is_counted_with_every_denominator_and_other_bodies_in_one_line(town: Town) -> None:
    kept, late, other = town.open("a"), town.open("b"), town.open("c", "commune:11413")
    for case_id, at in ((kept, MONDAY + HOUR), (late, MONDAY + 30 * HOUR)):
        rows = town.deps.store.case(case_id)
        assert rows is not None
        done = [NewEvent(case_id, EventKind.CLOSED, at, BY, {"stops": ["close"]}, "c")]
        with town.deps.store.transaction() as tx:
            tx.add_case_events(done)
            tx.put_case(added(rows, rows.case, done))
    monday = MONDAY + 7 * DAY
    for at in (monday - MINUTE, monday, monday + HOUR):
        chores(town.deps, at)
    (found,) = [n for n in town.deps.store.notices_about("") if n.subject.startswith("Tổng hợp")]
    assert found.contact == "role:chanh_van_phong"
    assert found.lines[0] == "Đến hạn trong tuần: 3; xong đúng hạn: 1; xong sau hạn: 1; chưa xong: 1."
    assert any("2 đến hạn, 1 đúng hạn, 1 sau hạn, 0 chưa xong" in line for line in found.lines)
    assert any(line.startswith("Cơ quan ngoài quyền chỉ huy") for line in found.lines)
    assert "Đang quá hạn, gồm cả các tuần trước: 1 việc trên 1 việc đang mở." in found.lines
    assert len([line for line in found.lines if town.deps.store.case(other).case.label in line]) == 1  # type: ignore[union-attr]


def test_a_storm_is_switched_on_by_a_named_person_until_a_set_time(town: Town) -> None:
    with pytest.raises(InputError, match="quá 14 ngày"):
        storm_on(town.deps, MONDAY + 20 * DAY, (), "bão số 9 vào Hải Phòng", BY, MONDAY)
    with pytest.raises(InputError, match="không có chuyên mục này"):
        storm_on(town.deps, MONDAY + DAY, ("bao",), "bão số 9 vào Hải Phòng", BY, MONDAY)
    storm_on(town.deps, MONDAY + 7 * HOUR, (), "bão số 9 vào Hải Phòng", BY, MONDAY)
    one, two = town.open("a", theme="antoan_truong"), town.open("b", theme="antoan_truong", due=MONDAY + 12 * HOUR)
    escalate(town.deps, MONDAY + 6 * HOUR)
    assert ("alarm", "role:lanh_dao_truc") in town.notices(one)
    escalate(town.deps, MONDAY + 10 * HOUR)
    assert ("alarm", "role:lanh_dao_truc") not in town.notices(two)


def test_the_commands(town: Town) -> None:
    hand_in(town)
    run = CliRunner().invoke
    home = ["--home", str(town.home)]
    assert run(app, ["init", *home]).exit_code == 0
    assert "Nhập" not in run(app, ["roster", "show", *home]).output
    found = run(app, ["roster", "import", str(town.home / "lich.csv"), "--by", BY, *home])
    assert found.exit_code == 0 and "Đã nạp 3 ca trực của 2 ngày" in found.output
    checked = run(app, ["roster", "check", *home])
    assert checked.exit_code == 1 and "role:chanh_van_phong" in checked.output
    storm = ["storm", "on", "--until", "2020-01-01 00:00", "--reason", "bão số 9 vào bờ", "--by", BY, *home]
    assert run(app, storm).exit_code != 0
    assert "Không có chế độ bão" in run(app, ["storm", "off", "--by", BY, *home]).output
    assert MACHINE not in run(app, ["storm", "show", *home]).output

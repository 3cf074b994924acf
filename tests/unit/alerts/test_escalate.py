"""Alarms, steps, acknowledgements and storms on real rows: what people would be told, minute by minute."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alerts.case_clocks import pause
from alerts.case_commands import acknowledge, note
from alerts.case_fold import added, clock_body
from alerts.documents.paper_fields import from_json
from alerts.escalate import Given, Look, later_by, look
from alerts.workclock import WorkClock
from config.calendar import load_calendar
from config.contacts import Address, load_contacts
from config.deadlines import load_deadlines
from config.escalation import load_escalation
from store.model_case import (
    MACHINE,
    Case,
    CaseClock,
    CaseKind,
    CaseRows,
    EventKind,
    NewEvent,
    Severity,
)
from store.model_notice import NoticeKind
from store.model_roster import Storm

CONTACTS, _ = load_contacts()
RULES, _ = load_escalation(CONTACTS)
WORK = WorkClock(load_calendar()[0])
GIVEN = Given(RULES, CONTACTS, WORK)
BY = "Đỗ Thị Trực"
HEAD, TRUC, DEPUTY, CHIEF, LEADER = (
    "office:sgddt_vp", "role:truc", "role:pho_van_phong", "role:chanh_van_phong", "role:lanh_dao_truc",
)  # fmt: skip
MINUTE, HOUR = 60_000, 3_600_000


def ms(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


MONDAY = ms("2026-11-23 08:00")


def case(
    office: str = "office:sgddt_phong",
    severity: Severity = Severity.NORMAL,
    *,
    held: bool = False,
    received: bool = True,
    kind: CaseKind = CaseKind.STORY,
    clocks: tuple[CaseClock, ...] | None = None,
    **body: object,
) -> CaseRows:
    """Opened on Monday at eight; one clock: soft 10:00, hard 14:00, due 16:00."""
    head = Case(Case.make_id("story", "s1"), kind, "story", "s1", 2026, 12, MONDAY)
    given = [clock_body(c) for c in (clock(),)] if clocks is None else [clock_body(c) for c in clocks]
    opened = {"title": "Bếp ăn trường Sao Mai", "office": office, "severity": severity.value, "held": held,
              "clocks": given, "theme": "antoan_truong", **body}  # fmt: skip
    events = [NewEvent(head.id, EventKind.OPENED, MONDAY, MACHINE, opened, "o")]
    if received:
        events.append(NewEvent(head.id, EventKind.RECEIVED, MONDAY, BY, {}, "r"))
    return added(None, head, events)


def clock(name: str = "first_answer", soft: str = "10:00", hard: str = "14:00", due: str = "16:00") -> CaseClock:
    at = [ms(f"2026-11-23 {hour}") for hour in (soft, hard, due)]
    return CaseClock("", name, "x", "office:sgddt_phong", MONDAY, at[2], at[0], at[1])


def at(text: str, day: str = "2026-11-23") -> int:
    return ms(f"{day} {text}")


def told(found: Look) -> list[str]:
    return [n.contact for n in found.notices]


def kinds(found: Look) -> list[str]:
    return [str(e.kind) for e in found.events]


def test_a_clock_tells_its_holder_then_the_chain_each_alarm_once() -> None:
    soft = look(case(), at("10:00"), GIVEN)
    assert (told(soft), kinds(soft)) == (["office:sgddt_phong"], ["alarm"])
    assert soft.notices[0].kind == NoticeKind.REMINDER and soft.next_alarm_at == at("14:00")
    assert look(soft.rows, at("10:01"), GIVEN).events == ()
    hard = look(soft.rows, at("14:00"), GIVEN)
    assert told(hard) == ["office:sgddt_phong", TRUC] and hard.rows.now.level == 1
    late = look(hard.rows, at("16:00"), GIVEN)
    assert told(late) == ["office:sgddt_phong", DEPUTY]
    assert late.notices[0].subject == ("Quá hạn, việc 2026/0012: trả lời lần đầu đã đến hạn thứ Hai, 23/11/2026 16:00")


def test_a_machine_that_was_off_tells_the_worst_alarm_and_none_of_those_before() -> None:
    found = look(case(), at("16:30"), GIVEN)
    assert kinds(found) == ["alarm"] and found.rows.clocks[0].alarmed == 3 and found.rows.now.level == 2


def test_silence_goes_up_in_working_time_and_ends_with_a_proposal_that_a_person_sends() -> None:
    rows = look(case(), at("14:00"), GIVEN).rows
    assert rows.now.next_step_at is not None and rows.now.next_step_at > at("23:59")  # 480 working minutes
    rows = look(rows, at("16:00"), GIVEN).rows
    third = look(rows, rows.now.next_step_at or 0, GIVEN)
    assert (told(third), third.rows.now.level) == ([CHIEF], 3)
    above = look(third.rows, third.rows.now.next_step_at or 0, GIVEN)
    assert told(above) == [CHIEF] and above.notices[0].subject.startswith("Đề xuất báo cáo lãnh đạo")
    assert any("Kính báo cáo" in line for line in above.notices[0].lines)
    assert above.next_alarm_at is None  # a case of this severity is told again by the weekly summary


def test_an_unanswered_urgent_alert_goes_to_the_leader_on_duty_at_night_too() -> None:
    rows, moment, heard = case(severity=Severity.URGENT, received=False, clocks=()), MONDAY, []
    for _ in range(8):
        found = look(rows, moment, GIVEN)
        heard += [(n.contact, (moment - MONDAY) // MINUTE, n.urgent) for n in found.notices]
        rows, moment = found.rows, found.next_alarm_at or 0
    assert heard[:4] == [(TRUC, 15, True), (DEPUTY, 30, True), (CHIEF, 45, True), (LEADER, 60, True)]
    assert heard[4:6] == [("office:sgddt_phong", 120, True), (LEADER, 120, True)]  # every hour until somebody hears


def test_an_urgent_case_that_was_received_waits_for_its_clocks() -> None:
    assert look(case(severity=Severity.URGENT, clocks=()), at("12:00"), GIVEN).events == ()


def acknowledged(rows: CaseRows, moment: int) -> CaseRows:
    until = GIVEN.acknowledged_until(rows.now, moment)
    return added(rows, rows.case, acknowledge(rows, BY, moment, until))


def test_acknowledged_it_is_quiet_for_a_time_and_then_forgotten_one_step_up() -> None:
    rows = acknowledged(look(case(), at("14:00"), GIVEN).rows, at("14:10"))
    until = rows.now.acknowledged_until or 0
    late = look(rows, at("16:00"), GIVEN)
    assert told(late)[1:] == [DEPUTY]  # overdue is news to whoever acknowledged a reminder
    quiet = (
        look(late.rows, late.rows.now.next_step_at or 0, GIVEN) if (late.rows.now.next_step_at or 0) < until else late
    )
    assert quiet.notices == () or quiet is late
    again = look(quiet.rows, until, GIVEN, worked=False)
    assert [k for k in kinds(again) if k != "clock"] == ["forgotten", "escalated"]
    assert told(again) == ["office:sgddt_phong", CHIEF] and again.rows.now.acknowledged_until is None
    assert look(again.rows, until, GIVEN, worked=False).events == ()


def test_the_configured_time_is_one_that_the_command_takes_over_a_weekend_and_tet_too() -> None:
    for moment in (at("16:30"), at("16:30", "2026-11-27"), ms("2027-02-04 16:30")):
        assert acknowledged(case(), moment).now.acknowledged_until


def test_a_soft_alarm_that_comes_while_acknowledged_is_noted_and_tells_nobody() -> None:
    rows = acknowledged(case(clocks=(clock(), clock("close", "09:00", "15:00", "17:00"))), at("08:30"))
    found = look(rows, at("09:00"), GIVEN)
    assert (kinds(found), found.notices) == (["alarm"], ()) and found.events[0].body["silent"] is True


def test_acknowledged_and_worked_on_it_is_told_again_at_the_same_step() -> None:
    rows = acknowledged(look(case(), at("14:00"), GIVEN).rows, at("14:10"))
    rows = added(rows, rows.case, note(rows, BY, at("14:20"), "đã gọi nhà trường"))
    rows = look(rows, at("16:00"), GIVEN).rows
    until = rows.now.acknowledged_until or 0
    while (step := rows.now.next_alarm_at or 0) < until:
        rows = look(rows, step, GIVEN).rows
    found = look(rows, until, GIVEN, worked=True)
    assert kinds(found) == ["acknowledged", "escalated"] and found.rows.now.level == rows.now.level
    assert "forgotten" not in kinds(found)


def test_nothing_is_told_after_the_answer_and_the_planned_step_is_taken_off() -> None:
    rows = look(case(), at("14:00"), GIVEN).rows
    answered = NewEvent(rows.case.id, EventKind.ANSWERED, at("15:00"), BY, {"stops": ["first_answer"]}, "a")
    rows = added(rows, rows.case, [answered])
    found = look(rows, rows.now.next_step_at or 0, GIVEN)
    assert found.notices == () and found.next_alarm_at is None and kinds(found) == ["clock"]


@pytest.mark.parametrize("severity", list(Severity))
def test_a_held_complaint_is_told_to_van_phong_alone_and_says_nothing_of_it(severity: Severity) -> None:
    """Promise 2: never the school, the commune or a body outside, whatever happens and however long it lasts."""
    accused = ["about", "school:sao mai"], ["about", "commune:11413"]
    rows = case("commune:11413", severity, held=True, received=False, kind=CaseKind.CONCERN, links=list(accused))
    moment, heard = MONDAY, set()
    storm = replace(GIVEN, storm=Storm("s", MONDAY, MONDAY + 9 * 86_400_000, (), "bão", BY, MONDAY))
    for n in range(40):
        found = look(rows, moment, storm if n % 2 else GIVEN, worked=n % 3 == 0)
        heard |= {n.contact for n in found.notices}
        for one in found.notices:
            assert set(one.without) == {"school:sao mai", "commune:11413"}
            assert "Sao Mai" not in one.subject + " ".join(one.lines) and "UBND" not in " ".join(one.lines)
        assert all(e.kind is not EventKind.PAPER for e in found.events)
        rows = found.rows
        if found.next_alarm_at is None:
            break
        moment = max(found.next_alarm_at, moment)
    assert {HEAD, CHIEF} <= heard <= {HEAD, TRUC, DEPUTY, CHIEF}
    assert all(CONTACTS[key].holder == HEAD for key in heard - {HEAD})


def test_a_complaint_about_van_phong_itself_is_told_to_whoever_holds_it_instead() -> None:
    rows = case("office:sgddt_bgd", held=True, kind=CaseKind.CONCERN, links=[["about", HEAD]])
    found = look(rows, at("16:00"), GIVEN)
    assert told(found) == ["office:sgddt_bgd"] and found.notices[0].without == (HEAD,)


@pytest.mark.parametrize("office", ["commune:11413", "office:svhttdl", "office:songoaivu"])
def test_a_body_that_we_do_not_command_is_never_told_and_van_phong_gets_a_draft_once(office: str) -> None:
    rows, moment, heard, papers = case(office), at("10:00"), [], 0
    for _ in range(30):
        found = look(rows, moment, GIVEN, worked=False)
        heard += told(found)
        papers += kinds(found).count("paper")
        rows = found.rows
        if found.next_alarm_at is None:
            break
        moment = found.next_alarm_at
    assert office not in heard and heard[0] == HEAD and papers == 1
    (paper,) = rows.papers
    assert (paper.kind, paper.recipient, paper.number) == ("don_doc", office, "")
    fields = from_json(paper.fields)  # a clerk can make the document of it as it is
    assert (fields.case, fields.recipients) == ("2026/0012", (CONTACTS[office].name,)) and "16:00" in fields.deadline


def test_a_hand_over_that_is_not_received_is_a_draft_to_the_body_not_an_alarm_to_it() -> None:
    handover = replace(clock("handover"), office="office:svhttdl")
    found = look(case("role:kiem_tra", clocks=(handover,)), at("16:00"), GIVEN)
    assert told(found) == [HEAD, DEPUTY] and found.rows.papers[0].recipient == "office:svhttdl"
    assert found.notices[0].subject == "Soạn công văn đôn đốc: việc 2026/0012"


def test_a_storm_shortens_the_chain_copies_the_leader_and_ends_by_itself() -> None:
    storm = Storm("s", MONDAY, at("15:00"), ("antoan_truong",), "bão số 9", BY, MONDAY)
    stormy = replace(GIVEN, storm=storm)
    hard = look(case(), at("14:00"), stormy)
    assert told(hard) == ["office:sgddt_phong", TRUC, LEADER] and all(n.urgent for n in hard.notices)
    assert hard.rows.now.next_step_at == at("15:00")
    up = look(hard.rows, at("15:00"), stormy)
    assert told(up)[0] == CHIEF
    other = look(case(theme="hocphi"), at("14:00"), stormy)
    assert told(other) == ["office:sgddt_phong", TRUC] and not other.notices[0].urgent
    assert [storm.holds(at(hour)) for hour in ("14:59", "15:00")] == [True, False]


def test_a_pause_always_ends_and_working_clocks_go_on_with_what_was_left() -> None:
    rows = case()
    deadlines, _ = load_deadlines()
    working = next(k for k, d in {**deadlines.live, **deadlines.off}.items() if d.counts == "working_days")
    rows = replace(rows, clocks=(replace(rows.clocks[0], deadline=working),))
    until = ms("2026-11-25 08:00")
    rows = added(rows, rows.case, pause(rows, BY, at("09:00"), until, "chờ văn bản của Bộ"))
    given = replace(GIVEN, later=later_by(deadlines, WORK))
    assert look(rows, at("16:30"), given).events == () and rows.now.next_alarm_at == until
    found = look(rows, until, given)
    assert kinds(found) == ["resumed"] and found.rows.now.paused_until is None
    left = WORK.between(at("09:00"), at("16:00"))
    assert WORK.between(until, found.rows.clocks[0].due_at) == left
    assert found.next_alarm_at == found.rows.clocks[0].soft_at


def test_a_clock_that_jumps_back_tells_nothing_twice_and_skips_nothing() -> None:
    ahead = look(case(), at("14:00"), GIVEN)
    back = look(ahead.rows, at("11:00"), GIVEN)
    assert (back.events, back.notices) == ((), ())
    assert look(ahead.rows, at("14:00"), GIVEN).events == ()
    assert told(look(ahead.rows, at("16:00"), GIVEN))[1:] == [DEPUTY]


def test_the_same_look_makes_the_same_events_and_notices() -> None:
    one, two = (look(case(), at("14:00"), GIVEN) for _ in range(2))
    assert [e.id for e in one.events] == [e.id for e in two.events] and one.notices == two.notices


def test_links_carry_no_secret_and_every_notice_of_a_case_is_one_thread() -> None:
    found = look(case(), at("16:00"), GIVEN)
    assert {n.path for n in found.notices} == {f"/viec/{found.rows.case.id}"}
    assert {n.thread for n in found.notices} == {found.rows.case.id}


@settings(max_examples=120, deadline=None)
@drawn(
    st.lists(st.integers(0, 40 * HOUR), min_size=3, max_size=3),
    st.sampled_from(list(Severity)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["office:sgddt_phong", "commune:11413", "", "role:kiem_tra"]),
    st.lists(st.tuples(st.integers(-3 * HOUR, 12 * HOUR), st.booleans(), st.booleans()), max_size=25),
)
def test_whatever_happens_a_tick_leaves_nothing_due_and_no_alarm_twice(
    times: list[int], severity: Severity, held: bool, received: bool, office: str, steps: list[tuple[int, bool, bool]]
) -> None:
    """With clocks that jump, acknowledgements at any time and storms: the next look lies ahead, no id twice."""
    a, b, c = (MONDAY + n for n in times)
    given = CaseClock("", "close", "x", office, MONDAY, c, a, b)
    rows = case(office, severity, held=held, received=received, clocks=(given,))
    moment, seen = MONDAY, set()
    for gone, ack, stormy in steps:
        moment += gone
        rules = replace(GIVEN, storm=Storm("s", 0, 10**14, (), "", BY, 0) if stormy else None)
        found = look(rows, moment, rules, worked=not ack)
        assert found.next_alarm_at is None or found.next_alarm_at > moment
        assert len({n.contact for n in found.notices}) == len(found.notices)
        for event in found.events:
            assert event.id not in seen
            seen.add(event.id)
        assert look(found.rows, moment, rules, worked=not ack).notices == ()
        rows = acknowledged(found.rows, moment) if ack else found.rows


def test_addresses_do_not_matter_to_who_is_named() -> None:
    """Whether a step can be reached is the outbox's matter; the name of the step stays in the record."""
    reached = {**CONTACTS, TRUC: replace(CONTACTS[TRUC], addresses=(Address("email", "truc@haiphong.example"),))}
    assert told(look(case(), at("14:00"), replace(GIVEN, contacts=reached))) == told(look(case(), at("14:00"), GIVEN))

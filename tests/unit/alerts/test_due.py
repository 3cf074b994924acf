"""Due times: each kind of clock, alarms, days off, pauses, instructions, and the words that explain them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.due import MOST_STEPS, Due, Instruction, Pause, clock_row, due, dues, instructed, paused
from alerts.due_words import lines, span
from alerts.workclock import WorkClock
from config.calendar import load_calendar
from config.deadlines import TICK_MS, Deadline, load_deadlines
from store.errors import InputError
from store.model_case import CaseKind

ZONE, HOUR, MINUTE = "Asia/Ho_Chi_Minh", 3_600_000, 60_000
CALENDAR, _ = load_calendar()
CLOCK = WorkClock(CALENDAR, ZONE)
KNOWN, _ERRORS = load_deadlines()
EVERY = {**KNOWN.live, **KNOWN.off}


def ms(text: str) -> int:
    return round(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def wall(at: int | None) -> str:
    return "" if at is None else f"{dt.datetime.fromtimestamp(at / 1000, ZoneInfo(ZONE)):%Y-%m-%d %H:%M}"


def of(key: str, start: str, clock: WorkClock = CLOCK) -> Due:
    return due(key, EVERY[key], ms(start), clock)


def plain(counts: str, amount: float, **more: object) -> Deadline:
    return Deadline.model_validate(
        {"name": "Thử", "counts": counts, "amount": amount, "starts": "case_opened", "clock": "close",
         "kinds": ("concern",), "basis": "Quy chế thử"} | more
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "start", "at", "soft", "hard"),
    [
        # by the clock on the wall, nights and Tết included
        ("press_first_opinion_h", "2026-02-16 22:00", "2026-02-17 22:00", "2026-02-17 04:00", "2026-02-17 18:00"),
        # thirty days; the last is a Sunday; alarms on working mornings, before and not after
        ("press_written_answer_d", "2026-02-13 16:00", "2026-03-16 17:30", "2026-03-05 07:30", "2026-03-12 07:30"),
        ("press_written_answer_d", "2026-01-28 09:00", "2026-02-27 17:30", "2026-02-13 07:30", "2026-02-24 07:30"),
        # two working days do not count the day itself, nor Tết
        ("data_subject_reply_wd", "2026-02-13 08:00", "2026-02-24 17:30", "", ""),
        ("data_subject_reply_wd", "2026-02-15 08:00", "2026-02-24 17:30", "", ""),
        ("data_subject_reply_wd", "2026-08-21 08:00", "2026-08-24 17:30", "", ""),  # Saturday 22/8 is worked
        ("first_answer_wh", "2026-02-13 16:00", "2026-02-24 16:00", "2026-02-23 16:00", "2026-02-24 14:00"),
        ("case_close_wd", "2026-08-26 10:00", "2026-09-14 17:30", "2026-09-09 07:30", "2026-09-11 07:30"),
    ],
)
def test_due_times_that_can_be_checked_on_the_wall(key: str, start: str, at: str, soft: str, hard: str) -> None:
    found = of(key, start)
    assert (wall(found.due_at), wall(found.soft_at), wall(found.hard_at)) == (at, soft, hard)


@pytest.mark.parametrize(
    ("if_off", "at"),
    [("next", "2026-02-23 17:30"), ("before", "2026-02-13 17:30"), ("same", "2026-02-19 00:00")],
)
def test_a_last_day_that_is_off(if_off: str, at: str) -> None:
    found = due("x", plain("calendar_days", 6, if_off=if_off), ms("2026-02-12 09:00"), CLOCK)
    assert wall(found.due_at) == at


def test_the_explanation_of_tet_day_by_day() -> None:
    told = lines(of("first_answer_wh", "2026-02-13 16:00"), ZONE)
    assert told == (
        "tính từ 16:00 thứ Sáu 13/02/2026 (lập hồ sơ); căn cứ: đề xuất ban đầu của phần mềm, không phải quy định "
        "(chưa xác minh)",
        "thứ Sáu 13/02/2026 16:00–17:30: làm việc 1 giờ 30 phút, còn 14 giờ 30 phút",
        "nghỉ Tết Bính Ngọ: thứ Bảy 14/02/2026 đến Chủ nhật 22/02/2026 (chưa xác minh)",
        "07:30 thứ Hai 23/02/2026 đến 16:00 thứ Ba 24/02/2026: làm việc 14 giờ 30 phút, còn 0 phút",
        "hạn: 16:00 thứ Ba 24/02/2026 (chưa xác minh)",
    )


def test_the_explanation_names_swapped_days_days_off_and_what_is_projected(tmp_path: Path) -> None:
    told = " | ".join(lines(of("case_close_wd", "2026-08-20 10:00"), ZONE))
    assert "làm bù thứ Bảy 22/08/2026 (Hoán đổi dịp Quốc khánh 2026) (chưa xác minh): 1 ngày làm việc" in told
    assert "nghỉ Hoán đổi dịp Quốc khánh 2026, Quốc khánh 2026: thứ Bảy 29/08/2026 đến thứ Tư 02/09/2026" in told
    ahead = of("case_close_wd", "2027-02-01 10:00")
    assert ahead.projected
    assert "dự kiến" in lines(ahead, ZONE)[-1]
    assert not of("case_close_wd", "2027-03-01 10:00").projected


def test_a_storm_stops_the_working_clock_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text(
        "storms:\n  bao: {name: Bão số 3, begins: 2026-09-07 10:00, ends: 2026-09-08 15:30, reason: công điện,\n"
        "        decided_by: Giám đốc, decided_on: 2026-09-07, verified_by: Bà Một, verified_on: 2026-09-07}\n",
        encoding="utf-8",
    )
    calendar, errors = load_calendar(tmp_path)
    assert errors == []
    stormy = WorkClock(calendar, ZONE)
    found = of("first_answer_wh", "2026-09-07 08:00", stormy)
    assert wall(found.due_at) == "2026-09-10 11:30"
    assert wall(of("first_answer_wh", "2026-09-07 08:00").due_at) == "2026-09-09 08:00"
    told = lines(found, ZONE)[1]
    assert told.startswith("Bão số 3: thứ Hai 07/09/2026 đến thứ Ba 08/09/2026, đồng hồ dừng; làm việc 4 giờ")
    assert wall(of("press_first_opinion_h", "2026-09-07 08:00", stormy).due_at) == "2026-09-08 08:00"


def test_both_clocks_of_every_kind_of_case() -> None:
    start = ms("2026-03-02 09:00")
    starts = dict.fromkeys(("event_known", "request_received", "case_opened", "published", "found"), start)
    for kind in CaseKind:
        found = dues(KNOWN, kind, starts, CLOCK, "press")
        assert {"first_answer", "close"} <= set(found), kind
        assert all(d.due_at > start for d in found.values())
        assert "verify" not in found, "switched off until somebody adopts it"
        assert "takedown" not in found, "another body's duty is no clock of ours"
    assert "handover" not in dues(KNOWN, "concern", starts, CLOCK), "it has not begun"
    assert "handover" in dues(KNOWN, "concern", starts | {"handover_issued": start}, CLOCK)


def test_of_two_deadlines_for_one_clock_the_earlier_counts() -> None:
    both = replace(KNOWN, live={"dai": plain("working_days", 10), "ngan": plain("working_days", 3)})
    assert dues(both, "concern", {"case_opened": ms("2026-03-02 09:00")}, CLOCK)["close"].deadline == "ngan"


def test_the_row_of_a_clock_keeps_the_lines() -> None:
    found = of("press_written_answer_d", "2026-02-13 16:00")
    row = clock_row(found, "cas_x", "sgddt_vp", lines(found, ZONE))
    assert (row.clock, row.deadline, row.due_at, row.soft_at) == ("close", "press_written_answer_d", found.due_at,
                                                                   found.soft_at)  # fmt: skip
    assert not row.verified
    assert "Luật Báo chí 2016" in row.basis
    assert row.steps[-1].startswith("hạn: 17:30 thứ Hai 16/03/2026")


KINDS = st.sampled_from(
    [plain("calendar_hours", 24, soft=6, hard=20), plain("working_hours", 16, soft=8, hard=14),
     plain("working_days", 10, soft=7, hard=9), plain("calendar_days", 30, soft=20, hard=27),
     plain("calendar_days", 5, soft=1, hard=2, if_off="before"), plain("working_hours", 0.05, soft=0.02),
     plain("calendar_days", 1, if_off="before"), plain("calendar_days", 3, soft=1, if_off="same")]
)  # fmt: skip
MOMENTS = st.integers(ms("2025-06-01"), ms("2033-01-01"))


@settings(max_examples=400, deadline=None)
@given(KINDS, MOMENTS, st.integers(0, 40 * 24 * HOUR))
def test_a_due_time_comes_after_its_start_and_never_earlier_for_a_later_start(row, start, later):  # type: ignore[no-untyped-def]
    one, other = due("x", row, start, CLOCK), due("x", row, start + later, CLOCK)
    assert one.due_at >= start + TICK_MS
    assert row.if_off == "before" or one.due_at <= other.due_at
    alarms = [at for at in (one.soft_at, one.hard_at) if at is not None]
    assert alarms == sorted(alarms)
    assert all(start <= at <= one.due_at for at in alarms)


@settings(max_examples=400, deadline=None)
@given(KINDS, MOMENTS)
def test_the_steps_add_up_to_what_the_deadline_says(row, start):  # type: ignore[no-untyped-def]
    found = due("x", row, start, CLOCK)
    steps = [s for s in found.steps if s.kind not in ("start", "due", "rolled")]
    if row.counts.endswith("hours"):
        assert sum(s.worked for s in steps) == row.amount_ms(row.amount)
    else:
        assert sum(s.days for s in steps) == row.amount
    counted = [s for s in steps if s.worked or s.days]
    assert counted[-1].left == 0
    assert len(lines(found, ZONE)) == len(found.steps) <= MOST_STEPS + 3


@settings(max_examples=400, deadline=None)
@given(KINDS, MOMENTS, st.integers(0, 60 * 24 * HOUR), st.integers(MINUTE, 40 * 24 * HOUR))
def test_a_pause_never_brings_a_due_time_forward_and_keeps_what_was_left(row, start, after, length):  # type: ignore[no-untyped-def]
    given_ = due("x", row, start, CLOCK)
    since = start + after % (given_.due_at - start)
    pause = Pause(since, since + length, "chờ kết luận", "Bà Một")
    found = paused(given_, pause, CLOCK)
    assert given_.due_at <= found.due_at
    if row.counts == "calendar_hours":
        assert found.due_at == given_.due_at + length
    if row.counts in ("working_hours", "working_days"):
        assert CLOCK.between(pause.until, found.due_at) == CLOCK.between(since, given_.due_at)
    for before, now in ((given_.soft_at, found.soft_at), (given_.hard_at, found.hard_at)):
        if before is not None:
            assert now == before if before <= since else before <= now <= found.due_at


def test_a_pause_is_told_with_who_and_why() -> None:
    found = paused(
        of("first_answer_wh", "2026-03-02 08:00"),
        Pause(ms("2026-03-02 10:00"), ms("2026-03-05 10:00"), "chờ  công văn\ncủa phường", "Bà Một"), CLOCK,
    )  # fmt: skip
    assert wall(found.due_at) == "2026-03-09 08:00"  # 14 hours were left: Thursday 5.5, Friday 8, Monday 0.5
    assert (
        "tạm dừng từ 10:00 thứ Hai 02/03/2026 đến 10:00 thứ Năm 05/03/2026, Bà Một: chờ công văn của phường"
        in lines(found, ZONE)
    )


@pytest.mark.parametrize(
    ("since", "until", "reason", "who", "words"),
    [("2026-03-02 10:00", "2026-03-03 10:00", " ", "Bà Một", "needs a reason"),
     ("2026-03-02 10:00", "2026-03-03 10:00", "chờ", "", "needs a person"),
     ("2026-03-02 10:00", "2026-03-02 10:00", "chờ", "Bà Một", "needs an end"),
     ("2026-03-01 10:00", "2026-03-03 10:00", "chờ", "Bà Một", "before the clock started"),
     ("2026-04-02 10:00", "2026-04-03 10:00", "chờ", "Bà Một", "due already")],
)  # fmt: skip
def test_a_pause_without_reason_person_or_end_is_refused(
    since: str, until: str, reason: str, who: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        paused(of("first_answer_wh", "2026-03-02 08:00"), Pause(ms(since), ms(until), reason, who), CLOCK)


def order(at: str, by: str, words: str = "trả lời trước trưa mai", who: str = "Ông Hai") -> Instruction:
    return Instruction(who, words, ms(at), ms(by))


def test_an_instruction_shortens_a_legal_deadline_and_its_alarms() -> None:
    legal = of("press_written_answer_d", "2026-03-02 09:00")
    found = instructed(legal, order("2026-03-02 10:00", "2026-03-03 11:00"))
    assert wall(found.due_at) == "2026-03-03 11:00"
    assert found.soft_at is not None
    assert found.hard_at is not None
    assert ms("2026-03-02 10:00") < found.soft_at < found.hard_at < found.due_at
    told = lines(found, ZONE)
    assert (
        "ý kiến chỉ đạo của Ông Hai lúc 10:00 thứ Hai 02/03/2026: “trả lời trước trưa mai”, hạn 11:00 thứ Ba 03/03/2026"
        in told
    )
    assert told[-1].startswith("hạn: 11:00 thứ Ba 03/03/2026")


def test_an_instruction_never_lengthens_a_legal_deadline() -> None:
    legal = of("press_written_answer_d", "2026-03-02 09:00")
    found = instructed(legal, order("2026-03-02 10:00", "2026-06-01 11:00"))
    assert (found.due_at, found.soft_at, found.hard_at) == (legal.due_at, legal.soft_at, legal.hard_at)
    assert any("giữ thời hạn theo quy định" in line for line in lines(found, ZONE))


@settings(max_examples=300, deadline=None)
@given(KINDS, MOMENTS, st.integers(0, 10**9), st.integers(MINUTE, 10**10), st.booleans())
def test_however_it_is_worded_a_legal_deadline_is_never_lengthened(row, start, after, span_, legal):  # type: ignore[no-untyped-def]
    given_ = replace(due("x", row, start, CLOCK), legal=legal)
    found = instructed(given_, Instruction("Ông Hai", "làm ngay", start + after, start + after + span_))
    if legal:
        assert found.due_at == min(given_.due_at, start + after + span_)
    else:
        assert found.due_at == start + after + span_
    alarms = [at for at in (found.soft_at, found.hard_at) if at is not None]
    assert all(at <= max(found.due_at, start + after) for at in alarms)
    assert alarms == sorted(alarms)


@pytest.mark.parametrize(
    ("instruction", "words"),
    [(order("2026-03-02 10:00", "2026-03-03 11:00", who=" "), "name of the leader"),
     (order("2026-03-02 10:00", "2026-03-03 11:00", words=""), "needs its words"),
     (order("2026-03-02 10:00", "2026-03-02 10:00"), "before it was given")],
)  # fmt: skip
def test_an_instruction_needs_a_name_words_and_a_time_to_come(instruction: Instruction, words: str) -> None:
    with pytest.raises(InputError, match=words):
        instructed(of("press_written_answer_d", "2026-03-02 09:00"), instruction)


def test_a_deadline_of_two_years_is_told_in_few_lines() -> None:
    found = due("x", plain("working_days", 520), ms("2026-03-02 09:00"), CLOCK)
    told = lines(found, ZONE)
    assert len(told) <= MOST_STEPS + 2
    assert any(line.startswith("… ") for line in told)
    assert "còn 0 ngày" in told[-2]


def test_an_instant_outside_the_calendar_is_refused() -> None:
    for row in EVERY.values():
        for at in (-(10**15), 10**16):
            with pytest.raises(InputError, match="no working calendar"):
                due("x", row, at, CLOCK)


def test_spans_of_time_in_words() -> None:
    assert [span(m * MINUTE) for m in (0, 5, 60, 90, 60 * 1500)] == ["0 phút", "5 phút", "1 giờ", "1 giờ 30 phút",
                                                                     "1.500 giờ"]  # fmt: skip

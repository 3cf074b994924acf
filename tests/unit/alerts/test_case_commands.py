"""Cases as the people of Văn phòng Sở meet them: opening, states, results, releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts import cases, casework
from store.errors import CaseError, InputError
from store.model_case import MACHINE, CaseClock, CaseKind, CaseRows, CaseState, EventKind
from tests.unit.alerts.case_bench import BY, HEAD, HOUR, NOON, OTHER, WHY, Bench, bench

SCHOOL = "school:tiểu học sao mai"
REASON = "Chờ đoàn kiểm tra về báo cáo."


@pytest.fixture
def of(tmp_path: Path) -> Iterator[Bench]:
    made = bench(tmp_path)
    yield made
    made.adds_up()
    made.store.close()


def clock(rows: CaseRows, name: str = "first_answer") -> CaseClock:
    (found,) = [c for c in rows.clocks if c.clock == name]
    return found


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_opened_once_with_its_way_its_reasons_and_its_clocks(of: Bench) -> None:
    known = of.known()
    rows, new = casework.open_case(of.store, of.plans, known, BY, of.at)
    again, second = casework.open_case(of.store, of.plans, known, OTHER, of.tick())
    assert new and not second and again == rows
    assert (rows.case.label, rows.now.state, rows.now.office) == ("2026/0001", CaseState.NEW, HEAD)
    first = clock(rows)
    assert first.due_at == NOON + 24 * HOUR and first.deadline == "press_first_opinion_h" and not first.verified
    assert first.steps and rows.now.next_alarm_at == first.soft_at == NOON + 6 * HOUR
    opened, routed = of.store.timeline(rows.case.id)
    assert opened.actor == BY and routed.actor == MACHINE
    assert routed.body is not None and any(routed.body["because"])


def test_a_title_leaves_out_who_a_pupil_is(of: Bench) -> None:
    rows = of.open(title="Em Nguyễn Văn Bống, lớp 4A, bị bạn đánh")
    assert ("Bống" not in rows.now.title and "lớp 4A" in rows.now.title) or "em" in rows.now.title.lower()


def test_a_press_request_names_the_outlet_the_question_when_and_how(of: Bench) -> None:
    asked = cases.press_request(
        "Báo Cửa Biển",
        "Sở nói gì về học phí?\nXin trả lời sớm.",
        NOON - HOUR,
        "thư điện tử",
        NOON,
        token="t1",
        place="11413",
    )
    rows, _ = casework.open_case(of.store, of.plans, asked, BY, NOON)
    again = cases.press_request("Báo Cửa Biển", "Gửi lại", NOON - HOUR, "thư điện tử", NOON, token="t1")
    assert not casework.open_case(of.store, of.plans, again, BY, NOON)[1], "the same form sent twice is one case"
    assert rows.now.title == "Báo Cửa Biển hỏi: Sở nói gì về học phí?"
    assert clock(rows).due_at == NOON + 23 * HOUR, "counted from when it was asked"
    body = of.store.timeline(rows.case.id)[0].body
    assert body is not None and body["said"]["way"] == "thư điện tử" and body["said"]["outlet"] == "Báo Cửa Biển"
    with pytest.raises(CaseError, match="ở sau lúc ghi"):
        cases.press_request("Báo Cửa Biển", "Hỏi", NOON + 1, "thư", NOON)


def test_a_question_of_the_press_is_answered_before_anything_is_checked_and_a_suspect_is_not(of: Bench) -> None:
    press, suspect = of.open(CaseKind.PRESS_REQUEST), of.open()
    press, suspect = of.do(press, cases.receive), of.do(suspect, cases.receive)
    press = of.do(press, cases.answer, EventKind.ANSWERED, document="họp báo chiều 20/11")
    assert press.now.state is CaseState.ANSWERED and clock(press).stopped_at == of.at
    with pytest.raises(CaseError, match="kết quả xác minh của một người có tên"):
        of.do(suspect, cases.answer, EventKind.CORRECTION_ASKED, document="77/SGDĐT-VP")


# ── the way through ─────────────────────────────────────────────────────────────────────────────────


def test_a_case_goes_its_way_to_the_end_and_back(of: Bench) -> None:
    rows = of.concluded(of.open())
    assert (rows.now.state, rows.now.result) == (CaseState.RESULT, "khong_khop")
    rows = of.do(rows, cases.answer, EventKind.CORRECTION_ASKED, document="77/SGDĐT-VP", moment=of.at)
    assert rows.now.answered_at == of.at - 60_000, "when it was sent, not when it was entered"
    rows = of.do(rows, cases.answer, EventKind.PUBLISHED, document="đăng trên cổng của Sở")
    rows = of.do(rows, cases.close, "Báo đã đăng cải chính.")
    assert rows.now.state is CaseState.CLOSED and rows.now.next_alarm_at is None
    assert all(c.stopped_at for c in rows.clocks)
    with pytest.raises(CaseError, match=r"kết thúc, lưu hồ sơ.*mở lại việc trước"):
        of.do(rows, cases.assign, OTHER)
    rows = of.do(rows, cases.reopen, "Báo đăng lại số cũ.")
    assert (rows.now.state, rows.now.reopened, rows.now.closed_at) == (CaseState.VERIFYING, 1, None)
    assert clock(rows, "close").stopped_at is None and clock(rows).stopped_at is not None
    assert rows.now.next_alarm_at == clock(rows, "close").soft_at
    assert of.kinds(rows)[-1] == "reopened"


@pytest.mark.parametrize(
    ("command", "args", "told"),
    [
        (cases.verify, (), "ghi đã nhận việc trước"), (cases.reopen, (REASON,), "chỉ mở lại việc"),
        (cases.resume, (), "không đang tạm dừng"), (cases.close, ("ừ",), "lý do"),
        (cases.unlink, ([("article", "art_9")],), "không gắn với việc"), (cases.link, ([("tin", "x")],), "chỉ nhận"),
        (cases.change, (), "chưa viết gì"), (cases.note, (" \n ",), "chưa viết gì"),
        (cases.note, ("a" * 50_000,), "dài quá"), (cases.send_to, ("truong_x", [WHY]), "danh bạ"),
    ],
)  # fmt: skip
def test_what_a_new_case_does_not_allow_is_told_with_what_to_do(of: Bench, command, args, told) -> None:
    rows = of.open()
    with pytest.raises(InputError, match=told):
        of.do(rows, command, *args)
    assert of.now(rows) == rows


def test_a_person_has_a_name(of: Bench) -> None:
    for bad in ("", "Trực", "Đỗ Thị Тrực"):
        with pytest.raises(InputError, match="họ và tên"):
            of.do(of.open(), cases.note, "đã xem", who=bad)


# ── results ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_result_needs_one_of_five_a_reason_and_a_document(of: Bench) -> None:
    rows = of.do(of.open(), cases.receive)
    for result, reason, document, told in (
        ("tin_gia", WHY, "1/QĐ", "năm kết quả"), ("khop", "ừ", "1/QĐ", "lý do"), ("khop", WHY, "", "văn bản"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=told):
            of.do(rows, cases.conclude, result, reason=reason, document=document)
    assert of.do(rows, cases.conclude, "la_y_kien", reason=WHY, document="").now.result == "la_y_kien"


def test_nobody_judges_what_speaks_of_their_own_office_or_of_one_above_it(of: Bench) -> None:
    rows = of.do(of.open(about=(SCHOOL, "office:sgddt")), cases.receive)

    def judged(office: str) -> CaseRows:
        return casework.conclude(
            of.store, rows.case.id, BY, of.tick(), "khop", reason=WHY, document="1/QĐ", office=office, plans=of.plans
        )  # fmt: skip

    with pytest.raises(CaseError, match="phải ghi"):
        judged("")
    for own in (SCHOOL, "office:sgddt", HEAD):
        with pytest.raises(CaseError, match="không ghi kết quả được"):
            judged(own)
    assert judged("office:ubndtp").now.result == "khop"


def test_nobody_is_given_what_speaks_of_them_to_check_but_whoever_is_asked_answers(of: Bench) -> None:
    suspect, asked = of.open(about=(SCHOOL,)), of.open(CaseKind.PRESS_REQUEST, about=(SCHOOL,))
    with pytest.raises(CaseError, match="nói về"):
        of.do(suspect, cases.send_to, SCHOOL, [WHY])
    assert of.do(asked, cases.send_to, SCHOOL, [WHY]).now.office == SCHOOL


def test_a_label_of_the_authority_is_theirs_and_moves_no_state(of: Bench) -> None:
    rows = of.open()
    for args in (("so_gddt", "Kết luận", "1/QĐ"), ("svhttdl", "Kết luận", "")):
        with pytest.raises(CaseError, match="cơ quan"):
            of.do(rows, cases.outside_label, *args)
    after = of.do(rows, cases.outside_label, "svhttdl", "theo văn bản của họ", "12/SVHTTDL-TTBCXB")
    assert (after.now.state, after.now.result) == (CaseState.NEW, "")
    body = of.store.timeline(rows.case.id)[-1].body
    assert body is not None and (body["body"], body["document"]) == ("svhttdl", "12/SVHTTDL-TTBCXB")


# ── complaints ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [CaseKind.CITIZEN_REPORT, CaseKind.CONCERN])
def test_a_complaint_stays_at_van_phong_until_one_of_its_people_releases_it_masked(of: Bench, kind: CaseKind) -> None:
    rows = of.open(kind, about=(SCHOOL,), source_kind="person")
    assert rows.now.held and rows.now.office == HEAD
    for office in ("commune:11413", SCHOOL, "office:svhttdl"):
        with pytest.raises(CaseError, match="đang giữ ở Văn phòng Sở"):
            of.do(rows, cases.send_to, office, [WHY])
    with pytest.raises(CaseError, match="chỉ người của Văn phòng Sở"):
        casework.release(of.store, of.plans, rows.case.id, BY, of.tick(), text="Nội dung", office="commune:11413")
    said = "Chị Trần Thị Sóng phản ánh con là em Lê Văn Cát bị thu tiền."
    after = casework.release(of.store, of.plans, rows.case.id, BY, of.tick(), text=said, office=HEAD)
    assert not after.now.held and after.now.office == HEAD, "who outside gets it, a person says"
    released, routed = of.store.timeline(rows.case.id)[-2:]
    assert released.body is not None and "Cát" not in released.body["text"]
    assert routed.actor == MACHINE and routed.body is not None and routed.body["because"]
    assert of.do(after, cases.send_to, "commune:11413", [WHY]).now.office == "commune:11413"
    with pytest.raises(CaseError, match="không đang giữ"):
        of.do(after, cases.release, "Nội dung", office=HEAD)


def test_what_is_held_is_not_merged_into_what_is_open(of: Bench) -> None:
    complaint, other = of.open(CaseKind.CITIZEN_REPORT), of.open()
    with pytest.raises(CaseError, match="cho chuyển tiếp trước"):
        casework.merge(of.store, complaint.case.id, other.case.id, BY, of.tick(), WHY)
    assert casework.merge(of.store, other.case.id, complaint.case.id, BY, of.tick(), WHY).now.held

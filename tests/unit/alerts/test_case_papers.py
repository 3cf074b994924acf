"""Cases as the people of Văn phòng Sở meet them: papers, clocks, merging, files, the original, erasure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from alerts import cases, casework
from store.blobs import BodyStore
from store.errors import CaseError, InputError
from store.model_case import MACHINE, CaseClock, CaseKind, CaseRows, CaseState, EventKind
from tests.unit.alerts.case_bench import BY, CLERK, DAY, HOUR, OTHER, THIRD, WHY, Bench, bench

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


# ── papers ──────────────────────────────────────────────────────────────────────────────────────────


def drafted(of: Bench) -> tuple[CaseRows, str]:
    rows = of.concluded(of.open())
    fields = {"trich_yeu": "đề nghị cải chính"}
    rows = of.do(
        rows, cases.draft, "de_nghi_cai_chinh", title="Đề nghị cải chính", recipient="office:svhttdl", fields=fields
    )
    return rows, rows.papers[0].id


def test_a_paper_goes_from_draft_to_the_register_of_the_other_side_and_its_clock_starts_at_issue(of: Bench) -> None:
    rows, paper = drafted(of)
    again = {"title": "Bản hai", "recipient": "office:svhttdl", "fields": {"n": 2}, "paper_id": paper}
    rows = of.do(rows, cases.draft, "de_nghi_cai_chinh", **again)
    assert [p.title for p in rows.papers] == ["Bản hai"] and "handover" not in {c.clock for c in rows.clocks}
    rows = of.do(of.do(rows, cases.submit, paper), cases.sign, paper, THIRD, "KT.")
    issued = of.at
    due = of.plans.handover(rows, "office:svhttdl", issued)
    rows = of.do(rows, cases.issue, paper, "123/SGDĐT-VP", issued_at=issued, clocks=due, who=CLERK)
    assert clock(rows, "handover").due_at == issued + 24 * HOUR and clock(rows, "handover").office == "office:svhttdl"
    rows = of.do(rows, cases.answer, EventKind.CORRECTION_ASKED, paper_id=paper)
    rows = of.do(rows, cases.arrived, paper, "901", who=CLERK)
    one = rows.papers[0]
    assert (one.state, one.number, one.incoming_number, one.signed_as) == ("received", "123/SGDĐT-VP", "901", "KT.")
    assert clock(rows, "handover").stopped_at == of.at


@pytest.mark.parametrize(
    ("command", "args"),
    [(cases.sign, (THIRD, "KT.")), (cases.issue, ("1/SGDĐT-VP",)), (cases.arrived, ("901",))],
)
def test_no_step_of_a_paper_is_left_out(of: Bench, command, args) -> None:
    rows, paper = drafted(of)
    with pytest.raises(CaseError, match="dự thảo"):
        of.do(rows, command, paper, *args)
    with pytest.raises(CaseError, match="chưa phát hành"):
        of.do(rows, cases.answer, EventKind.ANSWERED, paper_id=paper)
    with pytest.raises(CaseError, match="không có văn bản này"):
        of.do(rows, cases.submit, "pap_khong")


def test_a_submitted_paper_is_not_rewritten_and_a_number_looks_like_one(of: Bench) -> None:
    rows, paper = drafted(of)
    rows = of.do(rows, cases.submit, paper)
    with pytest.raises(CaseError, match="soạn dự thảo mới"):
        of.do(rows, cases.draft, "cong_van", title="Khác", recipient="", fields={}, paper_id=paper)
    rows = of.do(rows, cases.sign, paper, THIRD)
    for bad in ("", "so 12", "12/<b>", "1" * 9):
        with pytest.raises(CaseError, match="số văn bản"):
            of.do(rows, cases.issue, paper, bad)
    with pytest.raises(CaseError, match="dài quá"):
        of.do(rows, cases.draft, "cong_van", title="To", recipient="", fields={"x": "a" * 300_000})


# ── clocks ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_pause_has_a_reason_and_an_end_and_ends_by_itself_then(of: Bench) -> None:
    rows = of.open()
    due = clock(rows).due_at
    for until in (of.at, of.at + 400 * DAY):
        with pytest.raises(CaseError, match="tạm dừng đến"):
            of.do(rows, cases.pause, until, REASON)
    with pytest.raises(InputError, match="lý do"):
        of.do(rows, cases.pause, of.at + HOUR, "")
    rows = of.do(rows, cases.pause, of.at + 3 * HOUR, REASON)
    since, until = of.at, rows.now.paused_until
    assert until is not None and rows.now.next_alarm_at == until
    assert casework.act(of.store, rows.case.id, lambda r: cases.resumed_by_itself(r, until - 1)) == rows
    late = until + 9 * HOUR  # the machine was off meanwhile
    rows = casework.act(of.store, rows.case.id, lambda r: cases.resumed_by_itself(r, late, of.plans.later))
    assert clock(rows).due_at == due + until - since and rows.now.paused_until is None
    assert "tạm dừng" in clock(rows).steps[-1] and of.store.timeline(rows.case.id)[-1].actor == MACHINE
    assert casework.act(of.store, rows.case.id, lambda r: cases.resumed_by_itself(r, late)) == rows


def test_a_pause_moves_working_days_by_the_calendar_and_leaves_what_is_overdue(of: Bench) -> None:
    rows = of.open()
    before = clock(rows, "close").due_at
    of.tick(30 * HOUR)  # the first answer is overdue
    rows = of.do(rows, cases.pause, of.at + 5 * DAY, REASON)
    assert clock(rows).paused_at is None and clock(rows, "close").paused_at == of.at
    of.tick(3 * DAY)
    rows = of.do(rows, cases.resume, later=of.plans.later)
    moved = dt.timedelta(milliseconds=clock(rows, "close").due_at - before)
    assert dt.timedelta(0) < moved <= dt.timedelta(days=5) and clock(rows, "close").paused_at is None


def test_an_instruction_shortens_a_legal_deadline_and_never_lengthens_it(of: Bench) -> None:
    rows = of.open()
    due = clock(rows).due_at
    later = of.do(rows, cases.instruct, THIRD, "Để tuần sau trả lời", due_at=due + DAY, legal=of.plans.legal)
    assert clock(later).due_at == due and "giữ thời hạn theo quy định" in clock(later).steps[-1]
    sooner = of.do(rows, cases.instruct, THIRD, "Trả lời trước 18 giờ", due_at=of.at + 6 * HOUR, legal=of.plans.legal)
    assert clock(sooner).due_at < due and clock(sooner).alarmed == 0
    assert sooner.now.next_alarm_at == clock(sooner).soft_at
    ours = of.do(rows, cases.instruct, THIRD, "Cho thêm hai ngày", due_at=clock(rows, "close").due_at + 2 * DAY,
                 clock="close", legal=of.plans.legal)  # fmt: skip
    assert clock(ours, "close").due_at == clock(rows, "close").due_at + 2 * DAY, "one of our own may be lengthened"
    body = of.store.timeline(rows.case.id)[-1].body
    assert body is not None and (body["leader"], body["text"]) == (THIRD, "Cho thêm hai ngày")
    with pytest.raises(CaseError, match="phải sau lúc ghi"):
        of.do(rows, cases.instruct, THIRD, "Ngay", due_at=of.at)


def test_an_instruction_without_a_clock_begins_one(of: Bench) -> None:
    rows = of.open(CaseKind.PRESS_REQUEST)
    rows = of.do(rows, cases.instruct, THIRD, "Xác minh trong ngày", due_at=of.at + 5 * HOUR, clock="verify")
    assert clock(rows, "verify").deadline == "instruction" and not of.plans.legal(clock(rows, "verify"))


def test_an_acknowledgement_runs_out(of: Bench) -> None:
    rows = of.open()
    for hours in (0, 73):
        with pytest.raises(CaseError, match="72 giờ"):
            of.do(rows, cases.acknowledge, of.at + 60_000 + hours * HOUR)
    rows = of.do(rows, cases.acknowledge, of.at + 2 * HOUR, "đang gọi nhà trường")
    assert rows.now.next_alarm_at == rows.now.acknowledged_until


# ── merge, split, many ──────────────────────────────────────────────────────────────────────────────


def test_a_merge_keeps_the_earlier_promise_and_can_be_taken_back_whole(of: Bench) -> None:
    early = of.open()
    of.tick(5 * HOUR)
    into = of.open()
    merged = casework.merge(of.store, early.case.id, into.case.id, BY, of.tick(), WHY)
    gone = of.now(early)
    assert gone.now.merged_into == into.case.id and gone.now.next_alarm_at is None
    taken = clock(merged, f"first_answer:{early.case.id}")
    assert taken.due_at == clock(early).due_at < clock(into).due_at
    assert ("article", "art_1") in cases.links(merged)
    with pytest.raises(CaseError, match="đã nhập vào việc khác"):
        of.do(early, cases.note, "ghi vào chỗ cũ")
    with pytest.raises(CaseError, match="đã nhập vào việc khác"):
        casework.merge(of.store, into.case.id, early.case.id, BY, of.tick(), WHY)
    back = casework.unmerge(of.store, early.case.id, BY, of.tick(), "Hai nội dung khác nhau.")
    assert replace(back.now, version=0, updated_at=0) == replace(early.now, version=0, updated_at=0)
    assert back.clocks == early.clocks and back.links == early.links
    after = of.now(into)
    assert cases.links(after) == cases.links(into)
    assert [c for c in after.clocks if c.stopped_at is None] == list(into.clocks)
    with pytest.raises(CaseError, match="chưa nhập vào đâu"):
        casework.unmerge(of.store, early.case.id, BY, of.tick(), WHY)


def test_a_merge_taken_back_wakes_no_clock_of_an_earlier_one(of: Bench) -> None:
    first = of.open()
    of.tick(HOUR)
    second, third = of.open(), of.open()
    for source, into in ((first, second), (second, third)):
        casework.merge(of.store, source.case.id, into.case.id, BY, of.tick(), WHY)
        casework.unmerge(of.store, source.case.id, BY, of.tick(), WHY)
    assert clock(of.now(second), f"first_answer:{first.case.id}").stopped_at is not None
    assert clock(of.now(second)).stopped_at is None


def test_what_was_closed_unanswered_is_owed_again_when_it_is_opened_again(of: Bench) -> None:
    rows = of.open()
    due = clock(rows).due_at
    rows = of.do(rows, cases.close, "Mở nhầm, trùng việc khác.")
    rows = of.do(rows, cases.reopen, "Không trùng, phải trả lời.")
    assert clock(rows).due_at == due and clock(rows).stopped_at is None


def test_an_answer_of_the_merged_case_answers_both_promises(of: Bench) -> None:
    early = of.open()
    of.tick(HOUR)
    rows = of.concluded(of.open())
    rows = casework.merge(of.store, early.case.id, rows.case.id, BY, of.tick(), WHY)
    rows = of.do(rows, cases.answer, EventKind.ANSWERED, document="77/SGDĐT-VP")
    assert not [c for c in rows.clocks if c.clock.startswith("first_answer") and c.stopped_at is None]


def test_a_split_takes_its_part_and_its_due_times_along_and_merging_back_undoes_it(of: Bench) -> None:
    rows = of.do(of.open(), cases.link, [("article", "art_khac")])
    targets = [("article", "art_khac")]
    new = casework.split_case(of.store, rows.case.id, BY, of.tick(), targets=targets, title="Học phí", reason=WHY)
    left = of.now(rows)
    assert ("article", "art_khac") not in cases.links(left) and ("article", "art_khac") in cases.links(new)
    assert clock(new).due_at == clock(rows).due_at and new.case.origin_kind == "split"
    casework.merge(of.store, new.case.id, rows.case.id, BY, of.tick(), "Vẫn là một việc.")
    assert ("article", "art_khac") in cases.links(of.now(rows))
    with pytest.raises(CaseError, match="không có art_9"):
        casework.split_case(
            of.store, rows.case.id, BY, of.tick(), targets=[("article", "art_9")], title="X y", reason=WHY
        )


def test_of_many_each_tells_how_it_went(of: Bench) -> None:
    fine, done = of.open(), of.open()
    of.do(done, cases.close, "Mở nhầm, trùng việc khác.")
    ids = [fine.case.id, done.case.id, "cas_khong", fine.case.id]
    lines = casework.act_on_many(of.store, ids, lambda r: cases.receive(r, BY, of.at))
    assert [(x.label, x.ok) for x in lines] == [("2026/0001", True), ("2026/0002", False), ("cas_khong", False)]
    assert "kết thúc" in lines[1].message and of.now(fine).now.state is CaseState.RECEIVED


# ── files, the original, erasure ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("trang.html", b"<script>", "chỉ kèm"), ("a.pdf", b"MZ", "không phải .pdf"), ("a.pdf", b"", "rỗng"),
        ("a.docx", b"PK\x03\x04", "không phải .docx"), ("x" * 200 + ".pdf", b"%PDF-1", "tên tệp"),
        (".pdf", b"%PDF-1", "tên tệp"), ("a\u202efdp.exe", b"MZ", "chỉ kèm"), ("a.txt", b"\xff\xfe", "không phải .txt"),
    ],
)  # fmt: skip
def test_a_file_is_of_a_known_kind_by_name_and_content(of: Bench, tmp_path: Path, name, data, told) -> None:
    rows, bodies = of.open(), BodyStore(tmp_path / "tep")
    with pytest.raises(CaseError, match=told):
        casework.attach(of.store, bodies, rows.case.id, BY, of.tick(), name=name, data=data)
    assert not list((tmp_path / "tep").rglob("*.zst")) and not of.now(rows).files


def test_a_file_keeps_its_bare_name_and_goes_with_an_erasure(of: Bench, tmp_path: Path) -> None:
    rows, bodies = of.open(), BodyStore(tmp_path / "tep")
    named = "../../C:\\don cua chi Song.pdf"
    rows = casework.attach(of.store, bodies, rows.case.id, BY, of.tick(), name=named, data=b"%PDF-1.7 x")
    (one,) = rows.files
    assert one.name == "don cua chi Song.pdf" and bodies.get(one.body_hash) == b"%PDF-1.7 x"
    event = of.store.timeline(rows.case.id)[-1].event.id
    rows = casework.erase_words(
        of.store, bodies, rows.case.id, BY, of.tick(), event_ids=[event], reason="Theo yêu cầu của người dân."
    )
    assert rows.files[0].name == "" and not bodies.path(one.body_hash).exists()


def test_an_erasure_takes_the_words_out_of_every_row_and_the_case_goes_on(of: Bench, tmp_path: Path) -> None:
    rows = of.do(of.open(title="Chuyện ở lớp của cô giáo Sao"), cases.assign, OTHER)
    ids = [e.event.id for e in of.store.timeline(rows.case.id)]
    bodies = BodyStore(tmp_path)
    wipe = lambda which: casework.erase_words(  # noqa: E731
        of.store, bodies, rows.case.id, BY, of.tick(), event_ids=which, reason="Theo yêu cầu của người dân."
    )
    after = wipe(ids)
    assert (after.now.title, after.now.assignee) == ("", "") and after.clocks == rows.clocks
    assert after.now.next_alarm_at == rows.now.next_alarm_at and after.links == rows.links
    dump = "\n".join(of.store.connection.iterdump())
    assert "Sao" not in dump and OTHER not in dump
    with pytest.raises(CaseError, match="không xóa được"):
        wipe([of.store.timeline(rows.case.id)[-1].event.id])
    with pytest.raises(CaseError, match="chọn ít nhất một mục"):
        wipe(ids[:1])
    assert of.do(after, cases.receive).now.state is CaseState.RECEIVED


def test_the_original_needs_two_others_however_a_name_is_spelt(of: Bench) -> None:
    rows = of.open()
    past = lambda: of.store.timeline(rows.case.id)  # noqa: E731
    approve = lambda now, who, at: cases.approve_original(now, past(), who, at)  # noqa: E731
    out = lambda now, who, at: cases.exported(now, past(), who, at, "original", ["ab" * 32])  # noqa: E731
    with pytest.raises(CaseError, match="chưa ai đề nghị"):
        of.do(rows, approve, who=OTHER)
    of.do(rows, cases.ask_original, "Cơ quan công an yêu cầu.")
    for who, told in ((BY.upper(), "không duyệt cho chính mình"), (f"Bà {BY}", "không duyệt cho chính mình")):
        with pytest.raises(CaseError, match=told):
            of.do(rows, approve, who=who)
    of.do(rows, approve, who=OTHER)
    with pytest.raises(CaseError, match="đã duyệt rồi"):
        of.do(rows, approve, who="ông Ngô Văn Bến")
    with pytest.raises(CaseError, match="mới có 1"):
        of.do(rows, out)
    of.do(rows, approve, who=THIRD)
    of.do(rows, out)
    with pytest.raises(CaseError, match="chưa ai đề nghị"):
        of.do(rows, out)


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        ("chuyen_thong_tin", "office:svhttdl"),
        ("don_doc", "commune:11413"),
        ("phieu_trinh", "commune:11413"),
        ("phieu_trinh", "office:sgddt_phong"),
    ],
)
def test_no_paper_about_a_held_complaint_leaves_the_house_or_goes_to_whom_it_speaks_of(
    of: Bench, kind: str, to: str
) -> None:
    rows = of.open(CaseKind.CITIZEN_REPORT, about=("office:sgddt_phong",))
    with pytest.raises(CaseError, match="đang giữ tại Văn phòng Sở"):
        of.do(rows, cases.draft, kind, title="Phản ánh", recipient=to, fields={})
    inside = of.do(rows, cases.draft, "phieu_trinh", title="Trình", recipient="role:chanh_van_phong", fields={})
    assert [p.kind for p in inside.papers] == ["phieu_trinh"]

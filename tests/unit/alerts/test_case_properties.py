"""Whatever people do to cases in whatever order: the rows are what the stored events add up to, and what a case does
not allow changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import case_audit, cases, casework
from store.blobs import BodyStore
from store.errors import InputError
from store.model_case import ANSWERS, CaseKind, CaseState, EventKind
from tests.unit.alerts.case_bench import BY, DAY, HEAD, HOUR, NOON, OTHER, THIRD, WHY, Bench, bench

LATE = "Chậm vì chờ nhà trường gửi hồ sơ."
COMMANDS: dict[str, Callable[..., Any]] = {
    "receive": cases.receive,
    "verify": cases.verify,
    "assign": lambda r, w, t: cases.assign(r, w, t, OTHER),
    "result": lambda r, w, t: cases.conclude(r, w, t, "khop", reason=WHY, document="1/QĐ", office=HEAD),
    "no_document": lambda r, w, t: cases.conclude(r, w, t, "khop", reason=WHY, document="", office=HEAD),
    "label": lambda r, w, t: cases.outside_label(r, w, t, "svhttdl", "theo công văn của Sở VHTTDL", "12/SVHTTDL"),
    "note": lambda r, w, t: cases.note(r, w, t, "Đã gọi nhà trường.\nHẹn chiều mai."),
    "change": lambda r, w, t: cases.change(r, w, t, severity="khan", title="Số nguyện vọng lớp 10"),
    "answer": lambda r, w, t: cases.answer(r, w, t, EventKind.ANSWERED, document="trả lời qua điện thoại"),
    "correct": lambda r, w, t: cases.answer(r, w, t, EventKind.CORRECTION_ASKED, document="77/SGDĐT-VP"),
    "publish": lambda r, w, t: cases.answer(r, w, t, EventKind.PUBLISHED, document="đăng trên cổng của Sở"),
    "close": lambda r, w, t: cases.close(r, w, t, "Đã trả lời xong, lưu hồ sơ."),
    "reopen": lambda r, w, t: cases.reopen(r, w, t, "Có thêm bài mới nói khác."),
    "ack": lambda r, w, t: cases.acknowledge(r, w, t, t + 2 * HOUR),
    "pause": lambda r, w, t: cases.pause(r, w, t, t + 3 * HOUR, LATE),
    "resume": cases.resume,
    "wake": lambda r, w, t: cases.resumed_by_itself(r, t),
    "instruct": lambda r, w, t: cases.instruct(r, w, t, THIRD, "Trả lời trong hôm nay", due_at=t + HOUR),
    "later": lambda r, w, t: cases.instruct(r, w, t, THIRD, "Để tháng sau", due_at=t + 40 * DAY),
    "send": lambda r, w, t: cases.send_to(r, w, t, "office:svhttdl", [WHY]),
    "release": lambda r, w, t: cases.release(r, w, t, "Nội dung đã che tên", office=HEAD),
    "link": lambda r, w, t: cases.link(r, w, t, [("article", "art_x"), ("rebuttal", "art_y")]),
    "unlink": lambda r, w, t: cases.unlink(r, w, t, [("article", "art_x")]),
    "file": lambda r, w, t: cases.attach(r, w, t, "ghi chép.txt", "đã hỏi".encode()),
    "draft": lambda r, w, t: cases.draft(r, w, t, "cong_van", title="Trả lời", recipient="", fields={"so": [1, None]}),
    "submit": lambda r, w, t: cases.submit(r, w, t, r.papers[0].id if r.papers else "pap_khong"),
    "sign": lambda r, w, t: cases.sign(r, w, t, r.papers[0].id if r.papers else "pap_khong", THIRD, "KT."),
    "issue": lambda r, w, t: cases.issue(r, w, t, r.papers[0].id if r.papers else "pap_khong", "88/SGDĐT-VP"),
    "arrived": lambda r, w, t: cases.arrived(r, w, t, r.papers[0].id if r.papers else "pap_khong", "901"),
    "phoned": lambda r, w, t: cases.telephoned(r, w, t, "văn thư trường", "báo trước công văn"),
    "ask": lambda r, w, t: cases.ask_original(r, w, t, "Cơ quan công an yêu cầu."),
}  # fmt: skip
STEP = st.tuples(
    st.integers(0, 2), st.sampled_from([*sorted(COMMANDS), "merge", "unmerge", "split", "erase", "wait"]),
    st.sampled_from([60_000, HOUR, 5 * HOUR, 3 * DAY]), st.integers(0, 2),
)  # fmt: skip
ROUTINE = [(0, c, 60_000, 1) for c in ("receive", "verify", "result")]


def step(of: Bench, files: BodyStore, ids: list[str], one: tuple[int, str, int, int]) -> None:
    which, command, wait, other = one
    id_, at = ids[which % len(ids)], of.tick(wait)
    to = ids[other % len(ids)]
    if command == "merge":
        casework.merge(of.store, id_, to, BY, at, "Cùng một nội dung hỏi.")
    elif command == "unmerge":
        casework.unmerge(of.store, id_, BY, at, "Hai nội dung khác nhau.")
    elif command == "split":
        targets = [(x.target_kind, x.target_id) for x in of.store.case(id_).links if not x.removed_at][-1:]  # type: ignore[union-attr]
        rows = casework.split_case(of.store, id_, BY, at, targets=targets, title="Phần tách ra", reason=WHY)
        ids.append(rows.case.id)
    elif command == "erase":
        last = of.store.timeline(id_)[-1].event.id
        casework.erase_words(of.store, files, id_, BY, at, event_ids=[last], reason="Theo yêu cầu của người dân.")
    elif command != "wait":
        casework.act(of.store, id_, lambda rows: COMMANDS[command](rows, BY, at))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, max_size=25))
def test_rows_are_what_the_events_add_up_to_and_a_refused_command_changes_nothing(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        of, files = bench(Path(folder)), BodyStore(Path(folder) / "tep")
        ids = [of.open(k).case.id for k in (CaseKind.SUSPECT, CaseKind.CITIZEN_REPORT, CaseKind.PRESS_REQUEST)]
        for one in [*ROUTINE, *steps]:
            before = ([of.store.case(i) for i in ids], of.store.chain_head())
            try:
                step(of, files, ids, one)
            except InputError as refused:
                assert str(refused) and ([of.store.case(i) for i in ids], of.store.chain_head()) == before
        of.adds_up()
        for rows in of.store.walk_cases():
            consistent(rows)
        assert not case_audit.verify(of.store).findings
        of.store.close()


def consistent(rows: Any) -> None:
    """What must hold of any case, however it came there."""
    now = rows.now
    running = [c for c in rows.clocks if c.stopped_at is None]
    assert (now.state is CaseState.CLOSED) == (now.closed_at is not None)
    if now.state in ANSWERS and rows.case.kind is not CaseKind.PRESS_REQUEST:
        assert now.result, "answered without anybody's result"
    if now.closed_at is not None or now.merged_into is not None:
        assert now.next_alarm_at is None and not running
    if now.held:
        assert now.office == HEAD
    assert now.next_alarm_at is None or now.next_alarm_at >= NOON
    for clock in running:
        assert clock.paused_at is None or now.paused_until is not None, "a pause without an end"

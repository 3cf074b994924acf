"""What somebody with the database in hand cannot do unseen: edit, delete, swap, cut off, rewrite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alerts import case_audit, cases, casework
from alerts.case_audit import Head, head_of, head_text, verify
from store.blobs import BodyStore
from store.model_case import link_hash, payload_digest
from store.rows import encode_json
from tests.unit.alerts.case_bench import BY, Bench, bench

ERASE = "Theo yêu cầu của người dân."


@pytest.fixture
def of(tmp_path: Path) -> Iterator[Bench]:
    made = bench(tmp_path)
    for _ in range(3):
        made.concluded(made.open())
    assert verify(made.store).findings == []
    yield made
    made.store.close()


def sql(of: Bench, text: str, *values: object) -> None:
    of.store.connection.execute(text, values)


def found(of: Bench, *heads: Head) -> str:
    return "\n".join(verify(of.store, heads).findings)


def edited_row(of: Bench) -> None:
    sql(of, "UPDATE case_event SET at = at + 1 WHERE seq = 4")


def deleted_row(of: Bench) -> None:
    sql(of, "DELETE FROM case_event WHERE seq = 4")


def deleted_first(of: Bench) -> None:
    sql(of, "DELETE FROM case_event WHERE seq = 1")


def edited_payload(of: Bench) -> None:
    sql(of, "UPDATE case_payload SET body = replace(body, 'khong_khop', 'khop')")


def swapped_payloads(of: Bench) -> None:
    (one, salt, body), (two, salt2, body2) = of.store.connection.execute(
        "SELECT event_id, p.salt, p.body FROM case_payload AS p JOIN case_event ON id = event_id "
        "WHERE kind = 'received' ORDER BY seq LIMIT 2"
    ).fetchall()
    sql(of, "UPDATE case_payload SET salt = ?, body = ? WHERE event_id = ?", salt2, body2, one)
    sql(of, "UPDATE case_payload SET salt = ?, body = ? WHERE event_id = ?", salt, body, two)


def lost_payload(of: Bench) -> None:
    sql(of, "DELETE FROM case_payload WHERE event_id = (SELECT id FROM case_event WHERE kind = 'result' LIMIT 1)")


def changed_state(of: Bench) -> None:
    sql(of, "UPDATE case_now SET result = 'khop' WHERE case_id = (SELECT min(case_id) FROM case_now)")


def moved_due_time(of: Bench) -> None:
    sql(of, "UPDATE case_clock SET due_at = due_at + 86400000 WHERE clock = 'close'")


def lost_case(of: Bench) -> None:
    sql(of, "DELETE FROM case_now WHERE case_id = (SELECT min(case_id) FROM case_now)")


def stray_payload(of: Bench) -> None:
    sql(of, "INSERT INTO case_payload VALUES ('cev_x', '00', '{}')")


def bad_salt(of: Bench) -> None:
    sql(of, "UPDATE case_payload SET salt = 'không phải mã' WHERE event_id = (SELECT id FROM case_event WHERE seq = 1)")


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (edited_row, "mắt xích 4"), (deleted_row, "mắt xích 4–4 không còn"), (deleted_first, "mắt xích 1–1 không còn"),
        (edited_payload, "nội dung đã bị sửa"), (swapped_payloads, "nội dung đã bị sửa"),
        (lost_payload, "không có quyết định xóa nào"), (changed_state, "trạng thái đang lưu khác"),
        (moved_due_time, "trạng thái đang lưu khác"), (lost_case, "không có sự kiện nào"),
        (stray_payload, "không thuộc mắt xích nào"), (bad_salt, "mắt xích 1 "),
    ],
)  # fmt: skip
def test_what_was_done_behind_the_program_is_found_and_named(
    of: Bench, deed: Callable[[Bench], None], told: str
) -> None:
    deed(of)
    assert told in found(of)


def test_a_tail_that_was_cut_off_with_its_rows_is_found_by_a_head_that_was_printed(of: Bench) -> None:
    printed = head_of(head_text(of.store.chain_head()), "điểm báo 2026-11-20")
    assert printed is not None
    last = of.store.timeline(of.open().case.id)
    sql(of, "DELETE FROM case_now WHERE case_id = ?", last[0].event.case_id)
    for table in ("case_clock", "case_link"):
        sql(of, f"DELETE FROM {table} WHERE case_id = ?", last[0].event.case_id)
    sql(of, "DELETE FROM work_case WHERE id = ?", last[0].event.case_id)
    for entry in last:
        sql(of, "DELETE FROM case_event WHERE id = ?", entry.event.id)
        sql(of, "DELETE FROM case_payload WHERE event_id = ?", entry.event.id)
    assert found(of) == found(of, printed) == "", "it stands as it stood when the head was printed"
    later = Head(last[-1].event.seq, last[-1].event.hash[:16], "bản in")
    assert "phần cuối đã bị cắt" in found(of, later) and "bản in" in found(of, later)


def test_a_chain_that_was_written_anew_whole_is_found_by_a_printed_head_alone(of: Bench) -> None:
    printed = head_of(head_text(of.store.chain_head()), "điểm báo 2026-11-20")
    assert printed is not None
    rewrite(of)
    assert found(of) == "", "a careful hand leaves no trace inside"
    assert "chuỗi đã bị viết lại" in found(of, printed)


def rewrite(of: Bench) -> None:
    """What an administrator with the source code could do: another reason, and every hash after it made to fit."""
    prev = "0" * 64
    for entry in of.store.case_events(limit=10_000):
        link = entry.event
        salt, _ = of.store.payload_salts([link.id])[link.id]
        body = encode_json({**(entry.body or {}), **({"reason": "khác"} if "reason" in (entry.body or {}) else {})})
        digest = payload_digest(salt, body)
        hashed = link_hash(prev, link.seq, link, digest)
        sql(
            of,
            "UPDATE case_event SET payload_digest = ?, prev = ?, hash = ? WHERE seq = ?",
            digest,
            prev,
            hashed,
            link.seq,
        )
        sql(of, "UPDATE case_payload SET body = ? WHERE event_id = ?", body, link.id)
        prev = hashed


def test_after_an_erasure_the_chain_is_whole_and_a_further_loss_is_still_found(of: Bench, tmp_path: Path) -> None:
    rows = next(of.store.walk_cases())
    ids = [e.event.id for e in of.store.timeline(rows.case.id)]
    casework.erase_words(of.store, BodyStore(tmp_path), rows.case.id, BY, of.tick(), event_ids=ids[:2], reason=ERASE)
    report = verify(of.store)
    assert (report.findings, report.erased, report.links - report.payloads) == ([], 2, 2)
    sql(of, "DELETE FROM case_payload WHERE event_id = ?", ids[2])
    assert "không có quyết định xóa nào" in found(of)
    of.do(rows, cases.note, "chuỗi vẫn đi tiếp")


def test_an_erasure_that_was_made_up_is_found(of: Bench, tmp_path: Path) -> None:
    """Whoever takes the payload of the decision away, too, has taken away what allowed it."""
    rows = next(of.store.walk_cases())
    ids = [e.event.id for e in of.store.timeline(rows.case.id)]
    casework.erase_words(of.store, BodyStore(tmp_path), rows.case.id, BY, of.tick(), event_ids=ids[:1], reason=ERASE)
    sql(of, "DELETE FROM case_payload WHERE event_id = ?", of.store.timeline(rows.case.id)[-1].event.id)
    assert found(of).count("không có quyết định xóa nào") == 2


def test_a_head_reads_as_it_is_printed_and_nothing_else_does() -> None:
    hashed = "ab" * 32
    assert head_of(f"12 {hashed}", "x") == head_of(f" 12:{hashed.upper()} ", "x") == Head(12, hashed, "x")
    assert head_of("12:abcdef01", "x") == Head(12, "abcdef01", "x")
    for bad in ("", "12", "12:abc", f"-1:{hashed}", f"²:{hashed}", "12:" + "g" * 64, f"{'9' * 30}:{hashed}"):
        assert head_of(bad, "x") is None


def test_an_empty_chain_is_sound_and_many_faults_stay_few_lines(of: Bench, tmp_path: Path) -> None:
    fresh = bench(tmp_path / "moi")
    assert verify(fresh.store, [Head(0, "0" * 16, "bản in")]).findings == []
    fresh.store.close()
    case_audit.MOST, kept = 2, case_audit.MOST
    try:
        sql(of, "UPDATE case_event SET hash = 'x'")
        report = verify(of.store)
        assert len(report.findings) == 2 and report.dropped > 5
    finally:
        case_audit.MOST = kept

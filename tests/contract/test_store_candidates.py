"""Candidates and concerns: append-only, the newest of each, what is open, what a result weighs."""

from __future__ import annotations

from dataclasses import replace

from store.api import Store
from store.model_candidate import (
    Candidate,
    CandidateFinding,
    CandidateMember,
    Check,
    Checked,
    CheckResult,
    Claim,
    Concern,
    ConcernMember,
    ConcernNote,
    NoteKind,
    ReasonCount,
    Role,
)
from tests.contract.test_store_references import PLAN, put, statement

DAY = 86_400_000
BY = "Đỗ Thị Trực"


def claim(n: int = 1, at: int = 1000, relation: str = "contradicts") -> Claim:
    revision = f"rev_{n}"
    made = Claim.make_id(revision, "h", relation)
    return Claim(made, revision, f"art_{n}", 3, 9, "h", relation, (1, 2, 3), "clause|d|s|number|5", None, at, "1+1")


def checked(n: int = 1, key: str = "clause|d|s|number|5", *, raised: bool = True, at: int = 1000) -> Checked:
    made = Candidate(Candidate.make_id(key), key, "contradicts:number", claim(n).id, at)
    finding = CandidateFinding(
        made.id, f"rev_{n}", f"art_{n}", f"1+1+{at}", raised, "contradicts", "number", 0.8, ("không khớp",),
        ("văn bản",), (statement(PLAN).id,), {"page": "aa", "claim_span": [0, 3]}, at,
    )  # fmt: skip
    member = CandidateMember(made.id, f"art_{n}", Role.CARRIER, claim(n).id, at)
    return Checked((claim(n, at),), (made,), (finding,), (member,))


def keep(store: Store, *rows: Checked) -> None:
    with store.transaction() as tx:
        for one in rows:
            tx.add_checked(one)


def result(of: str, value: CheckResult, at: int, document: str = "4120/KH", *, second: bool = False) -> Check:
    return Check(Check.make_id(of, BY, at), of, value, "đã đối chiếu kỹ", document, BY, at, second)


def test_a_candidate_comes_back_with_all_its_rows_and_twice_is_once(store: Store) -> None:
    keep(store, checked(), checked(2, at=2000), checked())
    (rows,) = store.candidates()
    assert rows.candidate == checked().candidates[0] and rows.claim == claim()
    assert rows.findings == (*checked().findings, *checked(2, at=2000).findings)
    assert [m.article_id for m in rows.members] == ["art_1", "art_2"]
    assert store.candidate(rows.candidate.id) == rows and store.candidate("can_khong") is None


def test_windows_count_the_end_and_a_result_closes(store: Store) -> None:
    keep(store, checked(), checked(2, "clause|d|s|number|6", at=2000))
    first, second = Candidate.make_id("clause|d|s|number|5"), Candidate.make_id("clause|d|s|number|6")
    assert [r.candidate.id for r in store.candidates()] == [second, first]
    assert [r.candidate.id for r in store.candidates(1000, 2000)] == [second]
    with store.transaction() as tx:
        assert tx.add_check(result(first, CheckResult.KHOP, 3000, second=True))
    assert len(store.candidates(done=False)) == 2  # a second reading alone decides nothing
    with store.transaction() as tx:
        assert tx.add_check(result(first, CheckResult.KHONG_KHOP, 4000))
        assert not tx.add_check(result(first, CheckResult.KHONG_KHOP, 4000))
    assert [r.candidate.id for r in store.candidates(done=True)] == [first]
    assert [r.candidate.id for r in store.candidates(done=False)] == [second]


def test_the_newest_finding_of_each_text_stands(store: Store) -> None:
    later = checked(at=5000, raised=False)
    keep(store, checked(), later)
    assert store.standing_findings(["art_1", "art_9"]) == {"art_1": list(later.findings)}


def test_claims_of_a_stretch_of_time(store: Store) -> None:
    keep(store, Checked((claim(1, 1000), claim(2, 2000), claim(3, 3000))))
    assert [c.article_id for c in store.claims_seen(1000, 3000, 10)] == ["art_2", "art_3"]
    assert [c.article_id for c in store.claims_seen(0, 3000, 1)] == ["art_3"]


def test_open_texts_by_document_and_by_kind_of_reason(store: Store) -> None:
    put(store, PLAN)
    keep(store, checked())
    assert store.open_revisions([PLAN.document_id]) == ["rev_1"] == store.open_revisions((), "contradicts:number")
    assert store.open_revisions(["doc_khac"]) == [] == store.open_revisions((), "unsourced")
    with store.transaction() as tx:
        tx.add_check(result(Candidate.make_id("clause|d|s|number|5"), CheckResult.KHOP, 3000))
    assert store.open_revisions([PLAN.document_id]) == []


def test_only_results_with_a_document_count_and_the_newest_of_each(store: Store) -> None:
    keys = [f"clause|d|s|number|{n}" for n in range(4)]
    keep(store, *(checked(n, key) for n, key in enumerate(keys)))
    ids = [Candidate.make_id(key) for key in keys]
    with store.transaction() as tx:
        tx.add_check(result(ids[0], CheckResult.KHONG_KHOP, 10))
        tx.add_check(result(ids[1], CheckResult.KHONG_KHOP, 10))
        tx.add_check(result(ids[1], CheckResult.KHOP, 20))  # corrected
        tx.add_check(result(ids[1], CheckResult.KHONG_KHOP, 30, second=True))
        tx.add_check(result(ids[2], CheckResult.LA_Y_KIEN, 10, ""))
        tx.add_check(result(ids[3], CheckResult.CHUA_DU_CAN_CU, 10))
    assert store.reason_counts() == {"contradicts:number": ReasonCount("contradicts:number", 1, 1)}


def test_concerns_and_their_notes(store: Store) -> None:
    made = Concern(Concern.make_id("concern|a"), "concern|a", claim().id, "khoản thu", "Phường Lê Chân", 1000)
    member = ConcernMember(made.id, "art_1", claim().id, 900)
    keep(store, Checked((claim(relation="concern"),), concerns=(made,), concern_members=(member,)))
    (rows,) = store.concerns(done=False)
    assert (rows.concern, rows.members, rows.notes) == (made, (member,), ())
    note = ConcernNote(ConcernNote.make_id(made.id, BY, 5), made.id, NoteKind.PASSED, "đã chuyển", BY, 5)
    with store.transaction() as tx:
        assert tx.add_concern_note(note) and not tx.add_concern_note(note)
    assert store.concerns(done=False) == [] and store.concerns(done=True)[0].notes == (note,)
    assert store.concern(made.id) is not None and store.concern("con_khong") is None


def test_the_stamp_moves_with_the_library_and_changes_are_listed_once(store: Store) -> None:
    assert store.reference_stamp() == "0" and store.references_changed(0, 10) == []
    put(store, replace(PLAN, entered_at=1000))
    added = store.reference_stamp()
    assert added != "0" and store.references_changed(0, 10) == [(PLAN.id, "e1000")]
    with store.transaction() as tx:
        tx.withdraw_reference(PLAN.document_id, BY, "nhập nhầm", 7000)
    assert store.reference_stamp() not in ("0", added)
    assert store.references_changed(0, 10) == [(PLAN.id, "e1000"), (PLAN.id, "w7000")]
    assert store.references_changed(1000, 10) == [(PLAN.id, "w7000")]

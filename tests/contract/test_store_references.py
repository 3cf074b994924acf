"""The reference library: what was in force on a day, versions, what replaces what, withdrawal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.api import Store
from store.model_reference import (
    MACHINE,
    LinkKind,
    Reference,
    ReferenceLink,
    ReferenceSource,
    Standing,
    Statement,
)

DEPARTMENT = "Sở Giáo dục và Đào tạo Hải Phòng"


def reference(number: str = "4120/KH-SGDĐT", issued: str = "2025-12-15", **more: object) -> Reference:
    document_id = Reference.make_document_id(DEPARTMENT, number, issued)
    values: dict[str, object] = {
        "document_id": document_id, "version": 0, "issuer": DEPARTMENT, "document": f"Kế hoạch số {number}",
        "number": number, "title": "Tuyển sinh lớp 10", "issued": issued, "valid_from": issued, "valid_to": None,
        "source": ReferenceSource.UPLOAD, "url": None, "revision_id": None, "fetch_id": None, "body_hash": None,
        "media_type": None, "text_hash": "t1", "entered_by": "Đỗ Thị Trực", "entered_at": 1000,
    } | more  # fmt: skip
    made = Reference.make_id(document_id, str(values["text_hash"]), str(values["entered_by"]), values["entered_at"])  # type: ignore[arg-type]
    return Reference(**({"id": made} | values))  # type: ignore[arg-type]


def statement(of: Reference, ordinal: int = 1, text: str = "Thi ngày 06/6/2026.") -> Statement:
    return Statement(
        Statement.make_id(of.id, ordinal), of.id, ordinal, f"khoản {ordinal}", "Lịch thi", text, 0, len(text),
        Statement.hash_text(text),
    )  # fmt: skip


PLAN = reference()
LETTER = reference("812/SGDĐT-QLCL", "2026-03-10", document="Công văn số 812/SGDĐT-QLCL", title="Điều chỉnh lịch thi")


def put(store: Store, *made: Reference, links: tuple[ReferenceLink, ...] = ()) -> None:
    with store.transaction() as tx:
        for one in made:
            assert tx.add_reference(one, [statement(one)], [link for link in links if link.reference_id == one.id])


def in_force(store: Store, day: str | None) -> list[str]:
    return [one.number for one in store.references_in_force(day)]


def test_a_version_comes_back_with_its_statements_and_the_same_again_is_one(store: Store) -> None:
    put(store, PLAN)
    assert store.reference(PLAN.id) == replace(PLAN, version=1)
    assert store.statements_of([PLAN.id]) == {PLAN.id: [statement(PLAN)]}
    with store.transaction() as tx:
        assert not tx.add_reference(PLAN, [statement(PLAN)])
    assert len(store.reference_versions(PLAN.document_id)) == 1
    assert store.reference("ref_khong_co") is None


def test_in_force_counts_both_ends(store: Store) -> None:
    put(store, replace(PLAN, valid_from="2025-12-20", valid_to="2026-03-09"))
    assert [in_force(store, day) for day in ("2025-12-19", "2025-12-20", "2026-03-09", "2026-03-10")] == [
        [], [PLAN.number], [PLAN.number], [],
    ]  # fmt: skip
    assert in_force(store, None) == []


def test_what_replaces_ends_the_other_from_its_own_first_day_on(store: Store) -> None:
    put(store, PLAN, LETTER, links=(ReferenceLink(LETTER.id, LinkKind.REPLACES, PLAN.document_id, "thay thế"),))
    assert in_force(store, "2026-03-09") == [PLAN.number]
    assert in_force(store, "2026-03-10") == [LETTER.number]
    assert in_force(store, None) == [LETTER.number]
    (link,) = store.links_to([PLAN.document_id])
    assert (link.reference_id, link.said) == (LETTER.id, "thay thế")
    assert store.reference_links([LETTER.id]) == [link]


def test_what_amends_ends_nothing(store: Store) -> None:
    put(store, PLAN, LETTER, links=(ReferenceLink(LETTER.id, LinkKind.AMENDS, PLAN.document_id),))
    assert in_force(store, "2026-03-10") == [PLAN.number, LETTER.number]


def test_the_replaced_one_is_back_when_the_other_is_withdrawn(store: Store) -> None:
    put(store, PLAN, LETTER, links=(ReferenceLink(LETTER.id, LinkKind.REPLACES, PLAN.document_id),))
    with store.transaction() as tx:
        assert tx.withdraw_reference(LETTER.document_id, "Ngô Văn Bến", "nhập nhầm văn bản", 5000) == [LETTER.id]
        assert tx.withdraw_reference(LETTER.document_id, "Ngô Văn Bến", "lần nữa", 6000) == []
    assert in_force(store, "2026-03-10") == [PLAN.number]
    gone = store.reference(LETTER.id)
    assert gone is not None
    assert (gone.withdrawn_by, gone.withdrawn_at, gone.withdrawn_why) == ("Ngô Văn Bến", 5000, "nhập nhầm văn bản")
    assert store.links_to([PLAN.document_id]) == [] and store.references_numbered(LETTER.number) == []


def test_the_newest_version_counts_and_the_older_ones_stay(store: Store) -> None:
    later = reference(text_hash="t2", entered_at=2000, valid_to="2026-05-31")
    put(store, PLAN, later)
    assert [v.version for v in store.reference_versions(PLAN.document_id)] == [1, 2]
    assert [one.id for one in store.references_in_force("2026-05-31")] == [later.id]
    assert in_force(store, "2026-06-01") == []


def test_a_persons_version_counts_before_a_later_one_of_the_machine(store: Store) -> None:
    machine = reference(text_hash="t2", entered_by=MACHINE, entered_at=2000, source=ReferenceSource.CRAWLED)
    put(store, PLAN, machine)
    assert [one.id for one in store.references_in_force("2026-01-01")] == [PLAN.id]
    seen = store.reference_seen(PLAN.document_id, "2026-01-01")
    assert seen is not None
    assert (seen.reference.id, seen.newer, seen.statements) == (PLAN.id, machine.id, 1)


def test_the_machine_does_not_bring_back_what_a_person_withdrew_and_a_person_does(store: Store) -> None:
    first = reference(entered_by=MACHINE, revision_id="rev_1")
    put(store, first)
    assert store.reference_of_revision("rev_1") == replace(first, version=1)
    with store.transaction() as tx:
        tx.withdraw_reference(PLAN.document_id, "Ngô Văn Bến", "trang giả mạo", 5000)
        assert not tx.add_reference(reference(entered_by=MACHINE, entered_at=6000, text_hash="t9"), [])
    assert in_force(store, "2026-01-01") == []
    put(store, reference(entered_at=7000))
    assert in_force(store, "2026-01-01") == [PLAN.number]


def test_the_list_says_how_each_stands_and_finds_words_without_marks(store: Store) -> None:
    old = reference("1/TB-SGDĐT", "2024-01-02", valid_to="2024-02-01", title="Nghỉ rét")
    coming = reference("9/QĐ-UBND", "2026-04-01", valid_from="2027-01-01", title="Học phí")
    put(store, PLAN, old, coming, LETTER, links=(ReferenceLink(LETTER.id, LinkKind.REPLACES, PLAN.document_id),))
    with store.transaction() as tx:
        tx.add_reference(reference("3/TB-SGDĐT", "2023-01-01"), [])
        tx.withdraw_reference(reference("3/TB-SGDĐT", "2023-01-01").document_id, "Ngô Văn Bến", "nhầm", 1)
    seen = store.references_seen("2026-05-01")
    assert [(one.reference.number, str(one.standing)) for one in seen] == [
        ("9/QĐ-UBND", "not_yet"), ("812/SGDĐT-QLCL", "in_force"), ("4120/KH-SGDĐT", "replaced"),
        ("1/TB-SGDĐT", "expired"), ("3/TB-SGDĐT", "withdrawn"),
    ]  # fmt: skip
    assert seen[2].replaced_by == LETTER.id
    assert [one.reference.number for one in store.references_seen("2026-05-01", Standing.IN_FORCE)] == [LETTER.number]
    assert [one.reference.number for one in store.references_seen("2026-05-01", words="dieu chinh LICH")] == [
        LETTER.number
    ]
    assert len(store.references_seen("2026-05-01", words="06/6/2026")) == 4  # in the statements
    assert [one.reference.number for one in store.references_seen("2026-05-01", limit=1, offset=1)] == [LETTER.number]
    assert [s.reference_id for s in store.statements_with("THI ngay 06/6")][:1] == [coming.id]


@pytest.mark.parametrize("words", ["100%", "_", "' OR 1=1 --", "\\"])
def test_words_are_looked_up_as_they_are(store: Store, words: str) -> None:
    put(store, PLAN)
    assert store.references_seen("2026-05-01", words=words) == []
    assert store.statements_with(words) == []


def test_the_document_is_the_same_however_it_is_typed() -> None:
    assert Reference.make_document_id("SỞ GIÁO DỤC  và đào tạo Hải Phòng", "4120/kh-sgdđt", "2025-12-15") == (
        PLAN.document_id
    )

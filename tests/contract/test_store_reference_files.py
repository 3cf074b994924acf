"""Who took the original of a document: kept once, newest first; and who approved what was handed in as approved."""

from __future__ import annotations

from dataclasses import replace

from store.api import Store
from store.model_reference_file import ReferenceTaken
from tests.contract.test_store_references import PLAN, put


def taken(at: int, reference_id: str = PLAN.id) -> ReferenceTaken:
    made = ReferenceTaken.make_id(reference_id, str(at))
    return ReferenceTaken(made, reference_id, "h1", "Đỗ Thị Trực", "Cần bản gốc để đối chiếu.", at)


def test_each_taking_is_one_row_and_the_newest_comes_first(store: Store) -> None:
    with store.transaction() as tx:
        assert [tx.add_reference_taken(taken(at)) for at in (1, 2, 2)] == [True, True, False]
        assert tx.add_reference_taken(taken(3, "ref_other"))
    assert [t.at for t in store.references_taken(PLAN.id)] == [2, 1]
    assert [t.at for t in store.references_taken()] == [3, 2, 1]
    assert store.references_taken(limit=1) == [taken(3, "ref_other")]


def test_who_approved_comes_back(store: Store) -> None:
    put(store, replace(PLAN, approved_by="Ngô Văn Bến"))
    found = store.reference(PLAN.id)
    assert found is not None
    assert found.approved_by == "Ngô Văn Bến"

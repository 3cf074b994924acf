"""Findings of the auditor: opened once, seen again, over, told, and told anew when they come back."""

from __future__ import annotations

from store.api import Store
from store.model_audit import AuditFinding, Finding, Lapse

MISSED = Finding(Lapse.NOT_ALARMED, "cas_1", "first_answer:3", "chưa báo quá hạn")
UNSENT = Finding(Lapse.NOT_DELIVERED, "ntc_1", "", "chưa nơi nào nhận")


def noted(store: Store, now: int, *found: Finding) -> list[AuditFinding]:
    with store.transaction() as tx:
        return tx.note_findings(found, now)


def test_a_finding_is_open_from_when_it_was_first_seen_until_a_look_does_not_see_it(store: Store) -> None:
    noted(store, 1000, MISSED)
    noted(store, 2000, MISSED, UNSENT)
    assert [(f.id, f.first_at, f.last_at) for f in store.audit_findings()] == [
        (UNSENT.id, 2000, 2000),
        (MISSED.id, 1000, 2000),
    ]
    noted(store, 3000, UNSENT)
    assert [f.id for f in store.audit_findings()] == [UNSENT.id]
    assert {f.id: f.over_at for f in store.audit_findings(open_only=False)} == {UNSENT.id: None, MISSED.id: 3000}


def test_it_is_told_once_and_again_when_it_comes_back(store: Store) -> None:
    (told,) = noted(store, 1000, MISSED)
    assert (told.lapse, told.subject, told.message) == (Lapse.NOT_ALARMED, "cas_1", "chưa báo quá hạn")
    with store.transaction() as tx:
        tx.findings_told([told.id], 1500)
    assert noted(store, 2000, MISSED) == []
    noted(store, 3000)
    (again,) = noted(store, 4000, MISSED)
    assert again == AuditFinding(MISSED.id, Lapse.NOT_ALARMED, "cas_1", "chưa báo quá hạn", 4000, 4000)


def test_what_could_not_be_told_stays_to_be_told(store: Store) -> None:
    noted(store, 1000, MISSED)
    assert [f.id for f in noted(store, 2000, MISSED, UNSENT)] == [MISSED.id, UNSENT.id]

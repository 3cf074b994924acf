"""Edits and releases of digests in the store: numbered, once, and none after the release."""

from __future__ import annotations

from store.api import Store
from store.model import Digest
from store.model_release import DigestEdit, DigestRelease, EditKind

DIGEST = Digest("dig_a", "daily", "2026-11-20", 1, 2, 3, "Điểm báo", {}, {}, {})


def edit(number: int, kind: EditKind = EditKind.CUT, story: str = "sto_a", value: str = "") -> DigestEdit:
    made = DigestEdit.make_id(DIGEST.id, number)
    return DigestEdit(made, DIGEST.id, number, 10 + number, "Nguyễn Thị Hoa", kind, story, value)


def release(at: int = 20) -> DigestRelease:
    return DigestRelease(
        DigestRelease.make_id(DIGEST.id), DIGEST.id, at, "Nguyễn Thị Hoa", (edit(1).id,), {"html": "ab"},
        {"leader": "dig_b"},
    )  # fmt: skip


def test_edits_come_back_by_number_and_a_number_is_taken_once(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_digest(DIGEST)
        assert tx.add_digest_edit(edit(2, EditKind.PROPOSE, value="Giao Phòng Giáo dục Tiểu học"))
        assert tx.add_digest_edit(edit(1))
        assert not tx.add_digest_edit(edit(1, EditKind.RESTORE))
    assert [e.kind for e in store.digest_edits(DIGEST.id)] == [EditKind.CUT, EditKind.PROPOSE]
    assert store.digest_edits("dig_x") == []


def test_a_digest_is_released_once_and_edited_no_more(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_digest(DIGEST)
        tx.add_digest_edit(edit(1))
        assert tx.add_digest_release(release())
        assert not tx.add_digest_release(release(99))
        assert not tx.add_digest_edit(edit(2))
    assert store.digest_release(DIGEST.id) == release()
    assert store.digest_releases([DIGEST.id, "dig_x", DIGEST.id]) == {DIGEST.id: release()}
    assert store.digest_release("dig_x") is None

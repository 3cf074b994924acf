"""The log of unmasked reading cannot be edited in the SQLite file either; a withdrawn name leaves no trace in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from store.model_reading import Consent, Purpose, Unmasking
from store.sqlite import open_store

SEEN = Unmasking("unm_1", "art_1", "rev_1", "Đỗ Thị Trực", "Đối chiếu với công văn.", 5000)


def test_rows_of_the_log_are_neither_removed_nor_changed_but_a_reason_can_be_blanked(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.sqlite")
    with store.transaction() as tx:
        tx.add_unmasking(SEEN)
    for edit in ("DELETE FROM unmasking", "UPDATE unmasking SET seen_by = 'x'", "UPDATE unmasking SET reason = 'x'",
                 "UPDATE unmasking SET reason = '', at = 1"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(edit)
    assert store.unmaskings() == [SEEN]
    store.connection.execute("UPDATE unmasking SET reason = ''")
    assert store.unmaskings()[0].seen_by == "Đỗ Thị Trực"
    store.close()


def test_a_withdrawn_row_cannot_keep_the_name_and_the_file_does_not_either(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    store = open_store(path)
    given = Consent("cns_1", Purpose.COMMENDATION, "Hoàng Kim Ngân", "7A", "THCS Hoa Ban", "Số 12", "Lê Thị Sóng", 5)
    with store.transaction() as tx:
        tx.add_consent(given)
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute("UPDATE consent SET withdrawn_at = 6")
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "Kim Ngân".encode() in path.read_bytes()
    with store.transaction() as tx:
        tx.withdraw_consent("cns_1", "Lê Thị Sóng", "Phụ huynh đề nghị bỏ.", 7)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    assert "Kim Ngân".encode() not in path.read_bytes()

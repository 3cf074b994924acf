"""What is particular to the embedded store: durability settings, migrations, bodies."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
import zstandard

from store.blobs import LIMIT, BodyStore
from store.errors import BodyMissing, SchemaMismatch, StoreError
from store.migrations import migrations, split_statements
from store.model import NewTask
from store.sqlite import open_store


def test_a_commit_survives_power_loss_by_its_settings(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.sqlite")
    read = {
        p: store.connection.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous", "page_size")
    }
    store.close()
    assert read == {"journal_mode": "wal", "synchronous": 2, "page_size": 16384}


def test_two_processes_that_write_take_turns(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.sqlite")

    def add(name: str) -> None:
        for number in range(50):
            with store.transaction() as tx:
                tx.add_tasks([NewTask("judge", f"{name}{number}", "1", 0)], 0)

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.task_counts() == {("judge", "due"): 200}
    store.close()


def test_opening_again_runs_no_migration_twice(tmp_path: Path) -> None:
    for _ in range(2):
        open_store(tmp_path / "a.sqlite").close()
    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM migration").fetchone()[0] == len(migrations("sqlite"))
    connection.close()


def test_a_newer_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    open_store(tmp_path / "a.sqlite").close()
    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        connection.execute("INSERT INTO migration VALUES (9999, 'later', 'x')")
    connection.close()
    with pytest.raises(SchemaMismatch, match="newer version"):
        open_store(tmp_path / "a.sqlite")


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"this is not a database at all" * 1000)
    with pytest.raises(StoreError, match="not a database"):
        open_store(tmp_path / "a.sqlite")


def test_a_script_is_split_at_whole_statements() -> None:
    script = "CREATE TABLE a (x); -- one; two\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\nEND;\n"
    assert len(list(split_statements(script))) == 2


def test_a_body_comes_back_byte_for_byte_and_lies_there_once(tmp_path: Path) -> None:
    bodies = BodyStore(tmp_path)
    body = "<p>Thông báo nghỉ học</p>".encode() * 500
    first, again = bodies.put(body), bodies.put(body)
    assert first == again
    assert bodies.get(first) == body
    assert bodies.path(first).stat().st_size < len(body) / 10
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [f"{first}.zst"]


def test_a_damaged_swapped_or_missing_body_is_named(tmp_path: Path) -> None:
    bodies = BodyStore(tmp_path)
    first, second = bodies.put(b"one"), bodies.put(b"two")
    bodies.path(first).write_bytes(bodies.path(second).read_bytes())
    with pytest.raises(BodyMissing, match="other bytes"):
        bodies.get(first)
    bodies.path(first).write_bytes(b"\x00garbage")
    with pytest.raises(BodyMissing, match="damaged"):
        bodies.get(first)
    bodies.path(first).unlink()
    with pytest.raises(BodyMissing, match="no file"):
        bodies.get(first)


def test_a_body_that_claims_to_be_huge_is_not_unpacked(tmp_path: Path) -> None:
    bodies = BodyStore(tmp_path)
    name = bodies.put(b"x")
    bodies.path(name).write_bytes(zstandard.ZstdCompressor().compress(b"\0" * (LIMIT + 1)))
    with pytest.raises(BodyMissing, match="claims over"):
        bodies.get(name)


def test_opening_waits_for_nobody_when_there_is_nothing_to_do(tmp_path: Path) -> None:
    first = open_store(tmp_path / "a.sqlite")
    with first.transaction():
        open_store(tmp_path / "a.sqlite").close()
    first.close()

"""Promise 4: a crash at any instruction loses nothing. `kill -9` at seeded moments of a replay, then again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.smoke import recording

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILL_TEST_LIVES", "20"))  # `make bench-full` asks for 200
TABLES = ("fetch", "article", "revision", "problem", "judgement", "story", "membership", "story_key", "digest",
          "digest_entry", "claim", "candidate", "candidate_finding", "candidate_member", "concern",
          "concern_member")  # fmt: skip


def replay(limit: int, file: Path, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.smoke.killable_replay", str(limit), str(file), str(home)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def rows(home: Path) -> dict[str, list[Any]]:
    connection = sqlite3.connect(home / "haidang.sqlite")
    found = {t: sorted(connection.execute(f"SELECT * FROM {t}"), key=repr) for t in TABLES}
    found["task"] = sorted(connection.execute("SELECT stage, subject, version, state, outcome FROM task"))
    connection.close()
    return found


@pytest.mark.slow
def test_killed_anywhere_and_started_again_the_archive_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    urls = recording.write(file)
    clean = tmp_path / "clean"
    whole = replay(0, file, clean)
    assert whole.returncode == 0, whole.stderr
    moments = int(whole.stderr.split()[-1])
    expected = rows(clean)
    assert {row[2] for row in expected["article"]} == set(urls), "nothing was lost even without a kill"
    assert len(expected["digest"]) == 4

    choose, home, killed = random.Random(20261120), tmp_path / "killed", 0
    for number in range(KILLS):
        # Every third life is cut down twice, so that a crash while mending a crash is covered too.
        for _ in range(1 + number % 3 // 2):
            ended = replay(choose.randint(1, moments), file, home)
            killed += ended.returncode == -signal.SIGKILL
        again = replay(0, file, home)
        assert again.returncode == 0, again.stderr
        found = rows(home)
        for table, content in expected.items():
            assert found[table] == content, f"life {number}: {table} differs after the crash"
        for day in ("02", "03", "04", "05"):
            name = f"digests/diem-bao-2026-11-{day}.html"
            assert (home / name).read_bytes() == (clean / name).read_bytes()
        shutil.rmtree(home)
    assert killed >= KILLS, "most lives must really have been cut"

"""Equal input, equal scores to the last bit: whatever the batch, whatever the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import hashlib, json, sys
from analysis.judge import Item, Judge
from analysis.training.train import read_own
from config.gazetteer import load_gazetteer

rows = read_own()[:400]
items = [Item(r["id"], r["title"], r["summary"], outlet="Báo Sóng", section=r["section"]) for r in rows]
items += [Item(f"{i.id}b", i.title, "", body=f"{i.lead} " * 20) for i in items[:100]]
judge = Judge.load(load_gazetteer())
size = int(sys.argv[1])
said = [v for at in range(0, len(items), size) for v in judge.judge(items[at : at + size])]
text = "\\n".join(repr(v) + json.dumps(v.to_json(), ensure_ascii=False) for v in said)
print(len(said), hashlib.sha256(text.encode()).hexdigest())
"""


def run(size: int, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(size)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def whole() -> str:
    return run(500, "1")


@pytest.mark.parametrize(("size", "seed"), [(500, "2"), (7, "1"), (1, "2")])
def test_the_batch_and_the_hash_seed_change_no_bit(whole: str, size: int, seed: str) -> None:
    assert whole.startswith("500 ")
    assert run(size, seed) == whole

"""The encoder's recipe as one command: its steps in order, taken up where it was broken off, clear without torch."""

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from analysis.training.encoder.__main__ import main, steps

ROOT = Path(__file__).resolve().parents[4]


def asked(tmp_path: Path) -> argparse.Namespace:
    return argparse.Namespace(
        press=tmp_path / "press", labels=tmp_path / "labels", work=tmp_path / "work", out=tmp_path / "out",
        layers=4, width=256, steps=10,
    )  # fmt: skip


def test_each_step_is_a_module_of_the_recipe_and_reads_what_an_earlier_one_wrote(tmp_path: Path) -> None:
    found = steps(asked(tmp_path))
    order = [module for module, _, _ in found]
    assert order == ["tokenize", "pretrain", *["finetune"] * 6, "stack", "export"]
    assert all((ROOT / "analysis" / "training" / "encoder" / f"{module}.py").is_file() for module in order)
    assert len({done for _, _, done in found}) == len(found)


def test_what_is_done_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = asked(tmp_path)
    for _, _, done in steps(chosen):
        done.parent.mkdir(parents=True, exist_ok=True)
        done.touch()
    words = ["x", *(w for n in ("press", "labels", "work", "out") for w in (f"--{n}", str(getattr(chosen, n))))]
    monkeypatch.setattr(sys, "argv", words)
    monkeypatch.setattr("analysis.training.encoder.__main__.find_spec", lambda name: object())
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("a step was done again"))
    assert main() == 0


@pytest.mark.skipif(find_spec("torch") is not None, reason="the extra `train` is installed")
def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    words = [w for n in ("press", "labels", "work", "out") for w in (f"--{n}", str(tmp_path / n))]
    done = subprocess.run(
        [sys.executable, "-m", "analysis.training.encoder", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "torch" in done.stderr and ".[train]" in done.stderr
    assert not (tmp_path / "work").exists()

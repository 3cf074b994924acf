"""`haidang up`: four children that come back when they die, one owner, and a stop within seconds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.settings import load_settings
from runner.deps import make_deps
from runner.up import Supervisor
from tests.smoke.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0


def wait_for(what: Callable[[], bool], name: str) -> None:
    """Poll a condition of another process; a deadline, not a measurement."""
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until, f"not within {PATIENCE_S:.0f} s: {name}"
        time.sleep(0.05)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    """(the supervisor, its home, the desk's port)"""
    (tmp_path / "sources").mkdir()
    port = free_port()
    env = {
        **os.environ,
        "HAIDANG_HOME": str(tmp_path / "h"),
        "HAIDANG_ONLY_OWN_SOURCES": "true",
        "HAIDANG_SOURCES_DIR": str(tmp_path / "sources"),
        "HAIDANG_DESK_PORT": str(port),
    }
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "runner.cli", "up"], cwd=ROOT, env=env, stderr=log, stdout=log, text=True
    )
    yield process, tmp_path, port
    if process.poll() is None:
        process.kill()
    process.wait()
    log.close()


def children(log: Path) -> dict[str, list[int]]:
    """name → pids that the supervisor said it started"""
    found: dict[str, list[int]] = {}
    for line in log.read_text().splitlines():
        if " started, pid " in line:
            words = line.split()
            found.setdefault(words[-4], []).append(int(words[-1]))
    return found


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def alive(pid: int) -> bool:
    """Whether it runs; an orphan that nobody has reaped yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state not in ("Z", "X")


@pytest.mark.slow
def test_children_do_not_outlive_a_supervisor_that_is_killed(running: tuple[subprocess.Popen[str], Path, int]) -> None:
    process, folder, port = running
    wait_for(lambda: answers(port), "the desk answers")
    wait_for(lambda: set(children(folder / "log")) == {"crawl", "work", "desk", "audit"}, "four children")
    pids = [pids[-1] for pids in children(folder / "log").values()]
    process.kill()
    process.wait()
    wait_for(lambda: not any(alive(pid) for pid in pids), "nobody crawls on without an owner")


@pytest.mark.slow
def test_up_runs_all_restarts_what_dies_and_stops_soon(running: tuple[subprocess.Popen[str], Path, int]) -> None:
    process, folder, port = running
    log = folder / "log"
    wait_for(lambda: answers(port), "the desk answers")
    wait_for(lambda: set(children(log)) == {"crawl", "work", "desk", "audit"}, "four children")

    second = subprocess.run(
        [sys.executable, "-m", "runner.cli", "up", "--home", str(folder / "h")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 3, "one owner of an installation"

    (killed,) = children(log)["work"]
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: len(children(log)["work"]) == 2, "a dead child is started again")

    pids = [pids[-1] for pids in children(log).values()]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0
    assert not any(alive(pid) for pid in pids), "nobody is left behind"


@pytest.mark.slow
def test_a_worker_that_is_stuck_is_ended_and_started_again(tmp_path: Path) -> None:
    deps = make_deps(load_settings({}, home=tmp_path))
    stuck = (sys.executable, "-c", "import time; time.sleep(120)")
    supervisor = Supervisor(deps, {"work": stuck}, hang_s=0.3)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    wait_for(lambda: len(supervisor.children[0].pids) >= 2, "the stuck worker is replaced")
    supervisor.stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert not any(alive(pid) for pid in supervisor.children[0].pids)
    deps.store.close()

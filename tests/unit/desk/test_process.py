"""``python -m desk`` as `haidang up` starts it: a real process on a real port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(home: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """The process, ended whatever happens."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HAIDANG_")}
    env = kept | {"HAIDANG_HOME": str(home)} | {f"HAIDANG_{key.upper()}": value for key, value in settings.items()}
    process = subprocess.Popen([sys.executable, "-m", "desk"], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def address_of(process: subprocess.Popen[str]) -> str:
    """What the process says of itself once it listens."""
    said = []
    for line in process.stderr or ():
        said.append(line)
        if found := re.search(r"desk at (http://\S+)/ \(this machine only\)", line):
            return found[1]
    pytest.fail("the desk did not start: " + "".join(said))


def test_it_serves_the_home_that_it_is_given_and_stops_on_sigterm(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, desk_port=str(port)) as process:
        address = address_of(process)
        assert address == f"http://127.0.0.1:{port}"
        with httpx.Client(trust_env=False) as browser:  # keeps its connection open, as browsers do
            assert browser.get(f"{address}/healthz").json()["ok"] is True
            assert "Chưa có bản điểm báo nào" in browser.get(f"{address}/").text
            assert browser.get(f"{address}/viec").status_code == 200  # the counting thread is up
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=10)
        assert time.monotonic() - began < 3
        assert process.returncode in (0, -signal.SIGTERM)
        assert (tmp_path / "haidang.sqlite").exists()


def test_it_refuses_a_host_that_others_could_reach(tmp_path: Path) -> None:
    with started(tmp_path, desk_host="0.0.0.0", desk_port=str(free_port())) as process:
        said = process.communicate(timeout=30)[1]
    assert process.returncode == 2
    assert "chưa có tài khoản" in said and "no accounts yet" in said and "127.0.0.1" in said
    assert "Traceback" not in said
    assert not (tmp_path / "haidang.sqlite").exists()


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with started(tmp_path, desk_port=str(other.getsockname()[1])) as process:
            said = process.communicate(timeout=30)[1]
    assert process.returncode == 2
    assert "desk_port" in said and "Traceback" not in said

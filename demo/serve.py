"""``python -m demo.serve``: the town stays up on loopback, so that `haidang sources test` can be tried on its outlets.

All two weeks are over in it. It prints the environment under which the commands see the town and nothing else; the
source files are a copy, so that `haidang sources add` can write beside them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import threading
import time
from pathlib import Path

from demo.model import to_ms
from demo.run import DAYS, FIRST, SOURCES
from demo.server import Town


def environment(home: Path, port: int) -> dict[str, str]:
    """What the commands need to see the town."""
    return {
        "HAIDANG_HOME": str(home),
        "HAIDANG_HTTP_PROXY": f"http://127.0.0.1:{port}",
        "HAIDANG_ALLOW_LOOPBACK": "true",
        "HAIDANG_ONLY_OWN_SOURCES": "true",
        "HAIDANG_SOURCES_DIR": str(home / "sources"),
        "HAIDANG_HOST_DELAY_S": "0.1",
        "HAIDANG_CONTACT": "demo@haidang.example",
    }


def clock() -> int:
    """Now, or the end of the town's two weeks if that is later."""
    end = dt.datetime.combine(FIRST + dt.timedelta(days=DAYS), dt.time(6, 30))
    return max(to_ms(end), time.time_ns() // 1_000_000)


def main(arguments: list[str] | None = None, stop: threading.Event | None = None) -> int:
    """Serve until Ctrl-C (or ``stop``)."""
    ask = argparse.ArgumentParser(description="Giữ thành phố giả định chạy trên máy này để thử các lệnh sources.")
    ask.add_argument("--home", type=Path, default=Path("out/serve"))
    home = ask.parse_args(arguments).home.absolute()
    shutil.copytree(SOURCES, home / "sources", dirs_exist_ok=True)
    town = Town(clock)
    port = town.start()
    for name, value in environment(home, port).items():
        print(f"export {name}={value}", flush=True)  # noqa: T201 - this is a command
    print("# Dán các dòng trên vào một cửa sổ lệnh khác, rồi thử:", flush=True)  # noqa: T201
    print("#   haidang sources test bencang     haidang sources check --live", flush=True)  # noqa: T201
    try:
        (stop or threading.Event()).wait()
    except KeyboardInterrupt:
        pass
    finally:
        town.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

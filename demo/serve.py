"""``python -m demo.serve``: the town stays up on loopback, so that `haidang sources test` can be tried on its outlets.

All two weeks are over in it. It prints the environment under which the commands see the town and nothing else; the
source files are a copy, so that `haidang sources add` can write beside them. One outlet is left to be added.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import shutil
import sys
import threading
import time
from pathlib import Path

from demo.model import to_ms
from demo.run import DAYS, FIRST, SOURCES
from demo.server import Town

TO_ADD = "vinham"
"""Its file is not copied: `haidang sources add http://vinham.example` finds its feed and writes one."""


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


def lay_out(folder: Path) -> None:
    """The town's source files; what somebody has written or edited there since stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(SOURCES.glob("*.yml")):
        if file.stem != TO_ADD and not (folder / file.name).exists():
            shutil.copyfile(file, folder / file.name)


def say(line: str) -> None:
    """On stdout at once: somebody waits for it in another window."""
    print(line, flush=True)  # noqa: T201 - this is a command


def main(arguments: list[str] | None = None, stop: threading.Event | None = None) -> int:
    """Serve until Ctrl-C (or ``stop``)."""
    ask = argparse.ArgumentParser(description="Giữ thành phố giả định chạy trên máy này để thử các lệnh sources.")
    ask.add_argument("--home", type=Path, default=Path("out/serve"))
    home = ask.parse_args(arguments).home.absolute()
    lay_out(home / "sources")
    town = Town(clock)
    port = town.start()
    for name, value in environment(home, port).items():
        say(f"export {name}={shlex.quote(value)}")
    say(f'export PATH={shlex.quote(str(Path(sys.prefix) / "bin"))}:"$PATH"')
    say("# Dán các dòng trên vào một cửa sổ lệnh khác, rồi thử lần lượt:")
    say("#   haidang sources check --live")
    say("#   haidang sources test bencang")
    say(f"#   haidang sources add http://{TO_ADD}.example")
    say("#   haidang init && haidang up")
    say("# Ctrl-C ở cửa sổ này để dừng.")
    try:
        (stop or threading.Event()).wait()
    except KeyboardInterrupt:
        pass
    finally:
        town.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

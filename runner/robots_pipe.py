"""`haidang robots FILE --agent NAME URL`: a file's verdict on one address. A public contract that needs no store.

One line: `allowed` or `disallowed`, a tab, and the rule that decided as its author wrote it, or why none did.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from crawler import robots
from crawler.outcome import FetchFailed
from crawler.targets import target_of
from store.errors import InputError


def run(robots_file: str, agent: str, url: str, out: IO[str]) -> int:
    """Write the verdict on ``url`` (absolute http(s), or a path) to ``out``; returns 0 for both verdicts.

    ``robots_file``: a path, or `-` for standard input. ``agent``: a product token, with or without a version. Raises
    :class:`InputError` (exit code 2) for a file that cannot be read, a name that is none, a URL that is none.
    """
    if not robots.token(agent):
        raise InputError(f"--agent {agent!r}: tên phải bắt đầu bằng chữ cái, ví dụ HaiDang hoặc HaiDang/1.0")
    if not url.startswith("/"):
        try:
            target_of(url)
        except FetchFailed as bad:
            raise InputError(f"{url!r}: viết địa chỉ dạng https://… hoặc đường dẫn dạng /a/b ({bad})") from bad
    decision = robots.parse(_read(robots_file), agent).decide(url)
    why = str(decision.rule) if decision.rule else decision.reason.partition(": ")[2]
    out.write(f"{'allowed' if decision.allowed else 'disallowed'}\t{why}\n")
    out.flush()
    return 0


def _read(robots_file: str) -> bytes:
    """What a crawler would read of it: the rest of a larger file does not count."""
    wanted = robots.MAX_BYTES + 1
    if robots_file == "-":
        return sys.stdin.buffer.read(wanted)
    try:
        with Path(robots_file).open("rb") as file:
            return file.read(wanted)
    except (OSError, ValueError) as bad:
        raise InputError(f"{robots_file}: không đọc được ({bad}); cho đường dẫn một tệp robots.txt, hoặc -") from bad

"""An official document opened in a process of its own, under the limits of :mod:`intake.apart`.

The same walls as for what staff bring in, with other work inside: the whole text is wanted, of up to 500 pages.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from intake import apart
from intake.apart import Unusable

_ROOT = Path(__file__).resolve().parent.parent
_START = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from intake.official_worker import main; main()"


def run(op: str, data: bytes) -> dict[str, Any]:
    """Do ``op`` of :mod:`intake.official_worker` on the bytes of a file. Raises :class:`Unusable`."""
    environment = {k: v for k, v in os.environ.items() if not k.upper().startswith(("HAIDANG", "PYTHON"))}
    with (
        apart._AT_ONCE,  # the inbox's files and these take turns together
        subprocess.Popen(  # noqa: S603 — our own interpreter, a constant command
            [sys.executable, "-I", "-c", _START],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        ) as process,
    ):  # fmt: skip
        try:
            out, _ = process.communicate(apart.pack({"op": op}, [data]), timeout=apart.WALL_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Unusable("too_heavy") from None
    if process.returncode != 0 or not out:
        raise Unusable("too_heavy" if process.returncode in (-24, -9) else "broken")
    answer, _ = apart.unpack(out)
    if code := answer.get("error"):
        raise Unusable(code, **answer.get("more", {}))
    return answer

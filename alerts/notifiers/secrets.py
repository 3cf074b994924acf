"""Secrets of the ways of telling: files that only their owner may read, read again for each message.

Never in settings.yml (it is shown and copied), never in contacts.yml, in a row or in an error.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from alerts import notice_words as words
from alerts.notifiers.channel import down

LONGEST = 64_000


def line_of(path: Path | None, setting: str, home: Path) -> str:
    """The one line of a secret file. Raises a passing :class:`store.errors.Transient`: a person mends it."""
    lines = _lines(path, setting, home)
    if len(lines) != 1:
        raise down(words.SECRET_ONE_LINE.format(setting=setting))
    if not lines[0].isprintable() or not lines[0].isascii():
        raise down(words.SECRET_ODD.format(setting=setting))
    return lines[0]


def pairs_of(path: Path | None, setting: str, home: Path) -> Mapping[str, str]:
    """``name value`` lines; `#` begins a remark. Raises as :func:`line_of`."""
    found: dict[str, str] = {}
    for number, line in enumerate(_lines(path, setting, home), 1):
        name, _, value = line.partition(" ")
        if not value.strip() or name in found:
            raise down(words.SECRET_PAIRS.format(setting=setting, number=number))
        found[name] = value.strip()
    return found


def _lines(path: Path | None, setting: str, home: Path) -> list[str]:
    if path is None:
        raise down(words.SECRET_UNSET.format(setting=setting))
    path = home / path
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe in its place must not stop us
    except OSError as bad:
        raise down(words.SECRET_UNREAD.format(setting=setting, path=path, reason=bad.strerror)) from bad
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise down(words.SECRET_UNREAD.format(setting=setting, path=path, reason=words.SECRET_NO_FILE))
        if os.name == "posix" and about.st_mode & 0o077:
            raise down(words.SECRET_OPEN.format(setting=setting, path=path))
        raw = os.read(handle, LONGEST + 1)
    except OSError as bad:
        raise down(words.SECRET_UNREAD.format(setting=setting, path=path, reason=bad.strerror)) from bad
    finally:
        os.close(handle)
    if len(raw) > LONGEST:
        raise down(words.SECRET_LONG.format(setting=setting, path=path))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as bad:
        raise down(words.SECRET_ODD.format(setting=setting)) from bad
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]

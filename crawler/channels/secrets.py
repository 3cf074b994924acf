"""Keys and tokens: one line in a file that only its owner may read, read again for every request.

Never in settings.yml (which is shown and copied), never in an address (which is kept in the Fetch). Read again, so
that a token that was renewed (Zalo's lives 25 hours) counts at once and no copy of it stays in memory.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

LONGEST = 4096
"""Bytes of a key file: Google's keys have 39 letters, tokens of the Graph API a few hundred."""
_KEY = re.compile(rb"[\x21-\x7e]{8,}")  # printable ASCII without spaces: nothing else may enter a header


def missing(path: Path | None, setting: str, what: str, home: Path) -> str:
    """Why the key cannot be used, in Vietnamese, with what to do; '' when it can. Never holds the key.

    ``setting``: the name in settings.yml; ``what``: the key in words; a relative path starts at ``home``.
    """
    if path is None:
        return f"chưa có {what}; ghi đường dẫn tệp chứa nó vào {setting} trong settings.yml (xem docs/channels.md)"
    return _read(home / path, what)[1]


def key_of(path: Path | None, home: Path) -> str | None:
    """The key; None when it cannot be used (``missing`` says why)."""
    return _read(home / path, "")[0] if path is not None else None


def _read(path: Path, what: str) -> tuple[str | None, str]:
    """(key, '') or (None, why not)."""
    try:
        # O_NONBLOCK: a pipe put in the file's place must not stop the crawl
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None, f"chưa có tệp khóa {path} ({what}); tạo tệp một dòng rồi chạy chmod 600 {path}"
    except OSError as bad:
        return None, f"không đọc được tệp khóa {path}: {bad.strerror}; tệp phải thuộc về người chạy phần mềm"
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            return None, f"{path} không phải là một tệp; ghi {what} vào một tệp thường, một dòng"
        if os.name == "posix" and about.st_mode & 0o077:
            return None, f"tệp khóa {path} người khác cũng đọc hoặc sửa được; chạy chmod 600 {path}"
        content = os.read(handle, LONGEST + 1)
    except OSError as bad:
        return None, f"không đọc được tệp khóa {path}: {bad.strerror}"
    finally:
        os.close(handle)
    return _checked(content, path)


def _checked(content: bytes, path: Path) -> tuple[str | None, str]:
    line = content.removesuffix(b"\n").removesuffix(b"\r")  # the one line ending that editors add
    if not line:
        return None, f"tệp khóa {path} trống; ghi khóa vào đúng một dòng"
    if len(content) > LONGEST:
        return None, f"tệp khóa {path} dài hơn {LONGEST} byte; tệp chỉ chứa khóa, một dòng"
    if b"\n" in line or b"\r" in line:
        return None, f"tệp khóa {path} có nhiều dòng; chỉ để lại một dòng chứa khóa"
    if not _KEY.fullmatch(line):
        return None, f"tệp khóa {path} có dấu cách, chữ có dấu hoặc quá ngắn; chép lại khóa, không thêm gì khác"
    return line.decode("ascii"), ""

"""Files attached to a case: few kinds, by name and by content, bounded. They are kept, never opened here. Pure."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Mapping

from alerts import case_words as words
from alerts.case_parts import MOST_FILES, event, guard, person
from lang.text import nfc
from store.errors import CaseError
from store.ids import public_id
from store.model_case import CaseRows, EventKind, NewEvent

LIMIT = 20_000_000  # bytes of one file
LONGEST_NAME = 120
_NAME = re.compile(r"[\w(][\w .,()&+@=-]*\.[A-Za-z0-9]{2,5}")


def _office(folder: str) -> Callable[[bytes], bool]:
    def check(data: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                names = packed.namelist()[:5_000]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return False
        inside = any(n.startswith(folder) for n in names)
        return (
            inside
            and "[Content_Types].xml" in names
            and not any(n.lower().endswith(".bin") for n in names if "vba" in n.lower())
        )

    return check


def _text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


TYPES: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    ".pdf": ("application/pdf", lambda d: d.startswith(b"%PDF-")),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _office("word/")),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _office("xl/")),
    ".jpg": ("image/jpeg", lambda d: d.startswith(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", lambda d: d.startswith(b"\xff\xd8\xff")),
    ".png": ("image/png", lambda d: d.startswith(b"\x89PNG\r\n\x1a\n")),
    ".txt": ("text/plain; charset=utf-8", _text),
}
"""Suffix → (media type, whether the content is that). No macros, no archives, no HTML: it would run on the desk."""


def checked(name: str, data: bytes) -> tuple[str, str]:
    """(name as it is kept, media type). Raises :class:`CaseError` for what is not taken."""
    clean = nfc(name[: 4 * LONGEST_NAME]).replace("\\", "/").rsplit("/", 1)[-1].strip()
    if len(clean) > LONGEST_NAME or not _NAME.fullmatch(clean):
        raise CaseError(words.FILE_NAME.format(name=clean[:60]))
    suffix = f".{clean.rsplit('.', 1)[-1].lower()}"
    if suffix not in TYPES:
        raise CaseError(words.FILE_TYPE.format(name=clean, known=", ".join(TYPES)))
    if not data:
        raise CaseError(words.FILE_EMPTY.format(name=clean))
    if len(data) > LIMIT:
        raise CaseError(words.FILE_SIZE.format(name=clean, limit=LIMIT // 1_000_000))
    media_type, holds = TYPES[suffix]
    if not holds(data):
        raise CaseError(words.FILE_INSIDE.format(name=clean, suffix=suffix))
    return clean, media_type


def attach(rows: CaseRows, who: str, at: int, name: str, data: bytes) -> list[NewEvent]:
    """The event; the caller has put ``data`` into the body store before (`casework.attach`)."""
    guard(rows, EventKind.FILE)
    if len(rows.files) >= MOST_FILES:
        what = words.EVENTS["file"].lower()
        raise CaseError(words.TOO_MANY.format(label=rows.case.label, n=len(rows.files), what=what, limit=MOST_FILES))
    clean, media_type = checked(name, data)
    body = {
        "id": public_id("cfl", rows.case.id, str(rows.now.version)), "name": clean, "media_type": media_type,
        "body_hash": hashlib.sha256(data).hexdigest(), "size": len(data),
    }  # fmt: skip
    return [event(rows, EventKind.FILE, at, person(who), body)]

"""A submission to the inbox, and everything that is wrong with it, said at once.

Nothing is decoded here beyond the first bytes of a file; what only shows when a file is opened is refused by
:func:`intake.redact.redact` with the same kind of :class:`Fault`.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from intake import links, words
from lang.text import fold, nfc
from store.errors import InputError

MAX_FILES = 5
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_BOXES = 200
LIMITS = {"by": 100, "where_seen": 300, "url": 2000, "text": 20_000, "note": 5_000, "consent_note": 1_000}
_YEAR_2000 = 946_684_800_000
_CLOCK_SLACK = 5 * 60 * 1000  # a browser's clock runs a little before ours

# Zalo and Messenger groups have no public form; "nhóm Facebook" alone may be a public one and is left to the person.
_CLOSED = re.compile(
    r"\b(?:(?:nhom|group|gr|box) (?:chat|kin|rieng|zalo|messenger|telegram|viber|whatsapp)"
    r"|(?:zalo|messenger|telegram|viber|whatsapp) (?:nhom|group|gr|lop)|tin nhan(?! truyen thong)|hoi thoai)\b"
)


class Kind(StrEnum):
    """What a file is, by its first bytes."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"


IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle to black out: ``page`` from 1 (an image has page 1), the rest as fractions of the page as it is seen.

    The origin is the upper left corner.
    """

    page: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as handed in; its ``name`` is never kept.

    ``no_persons_visible``: the person declares that no name, avatar or account can be seen outside the boxes.
    """

    name: str
    data: bytes
    boxes: tuple[Box, ...] = ()
    no_persons_visible: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """What a member of staff hands in. ``seen_at``: ms UTC. ``public_page``: the link is a post of a public page."""

    by: str
    where_seen: str
    seen_at: int | None = None
    url: str | None = None
    text: str = ""
    note: str = ""
    closed_group: bool = False
    by_person_concerned: bool = False
    consent_note: str = ""
    files: tuple[Upload, ...] = ()
    public_page: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the field of the form (``files.0`` for the first file) and what to do, in Vietnamese."""

    field: str
    message_vi: str


class Refused(InputError):
    """A submission that cannot be taken; ``faults`` says why, all at once. Nothing of it was kept."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{f.field}: {f.message_vi}" for f in faults))


def kind_of(data: bytes) -> Kind | None:
    """What the bytes say they are; the name of a file says nothing. A zip counts as DOCX until it is opened."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data.startswith(b"%PDF-"):  # at the very start: readers that look further let polyglots in
        return Kind.PDF
    return Kind.DOCX if data.startswith(b"PK\x03\x04") else None


def check(sub: Submission, *, now: int | None = None) -> list[Fault]:
    """Every fault of a submission; empty when it can be taken. ``now``: ms UTC, else the machine's clock."""
    at = int(time.time() * 1000) if now is None else now
    faults = list(_lengths(sub))
    if not visible(sub.by):
        faults.append(Fault("by", words.NO_NAME))
    if not visible(sub.where_seen):
        faults.append(Fault("where_seen", words.NO_PLACE))
    if not (visible(sub.text) or sub.url or sub.files):
        faults.append(Fault("text", words.NOTHING))
    if sub.seen_at is not None and sub.seen_at > at + _CLOCK_SLACK:
        faults.append(Fault("seen_at", words.FUTURE))
    if sub.seen_at is not None and sub.seen_at < _YEAR_2000:
        faults.append(Fault("seen_at", words.TOO_OLD))
    faults += _url(sub)
    faults += _group(sub)
    if len(sub.files) > MAX_FILES:
        faults.append(Fault("files", words.TOO_MANY_FILES.format(count=len(sub.files), limit=MAX_FILES)))
    for number, upload in enumerate(sub.files[:MAX_FILES]):
        if code := file_fault(upload):
            faults.append(file_message(number, code))
    return faults


def file_message(number: int, code: str, **more: object) -> Fault:
    """The fault ``code`` of :data:`intake.words.FILE` for the file at ``number`` (from 0)."""
    return Fault(f"files.{number}", words.FILE[code].format(n=number + 1, **more))


def file_fault(upload: Upload) -> str:
    """Code of the first thing wrong with a file as far as its first bytes and its boxes tell, or nothing."""
    kind = kind_of(upload.data)
    tests: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("empty", lambda: not upload.data),
        ("too_large", lambda: len(upload.data) > MAX_FILE_BYTES),
        ("old_office", lambda: upload.data.startswith(b"\xd0\xcf\x11\xe0")),
        ("unknown", lambda: kind is None),
        ("too_many_boxes", lambda: len(upload.boxes) > MAX_BOXES),
        ("box", lambda: not all(map(_box_fits, upload.boxes))),
        ("image_unmarked", lambda: kind in IMAGES and not upload.boxes and not upload.no_persons_visible),
    )
    return next((code for code, wrong in tests if wrong()), "")


def _lengths(sub: Submission) -> Iterator[Fault]:
    for name, limit in LIMITS.items():
        size = len(getattr(sub, name) or "")
        if size > limit:
            yield Fault(name, words.TOO_LONG.format(size=size, limit=limit))


def _url(sub: Submission) -> Iterator[Fault]:
    if not sub.url:
        return
    found = links.judge(sub.url)
    alone = not (visible(sub.text) or sub.files)
    if found.verdict is links.Verdict.NOT_A_LINK:
        yield Fault("url", words.NOT_A_LINK)
    elif found.verdict is links.Verdict.SHORTENED:
        yield Fault("url", words.SHORT_LINK)
    elif found.verdict is links.Verdict.PRIVATE:
        yield Fault("url", words.PRIVATE_LINK.format(why=words.PRIVATE[found.why]))
    elif alone and kept_url(sub) is None:
        yield Fault("url", words.ACCOUNT_ONLY)


def kept_url(sub: Submission) -> str | None:
    """The link as it may be stored: a page, or a post of what the person says is a public page; else None."""
    found = links.judge(sub.url or "")
    public = found.verdict is links.Verdict.POST and sub.public_page and not sub.closed_group
    return found.kept if found.verdict is links.Verdict.PAGE or public else None


def visible(text: str) -> bool:
    """Whether there is anything to read in it."""
    return any(c.isalnum() for c in nfc(text))


def _group(sub: Submission) -> Iterator[Fault]:
    closed = _CLOSED.search(fold(nfc(sub.where_seen)))
    if closed and not sub.closed_group:
        yield Fault("closed_group", words.LOOKS_CLOSED.format(what=nfc(sub.where_seen)[slice(*closed.span())]))
    if sub.closed_group and not sub.by_person_concerned:
        yield Fault("closed_group", words.CLOSED_GROUP)
    elif sub.closed_group and not visible(sub.consent_note):
        yield Fault("consent_note", words.NO_CONSENT)


def _box_fits(box: Box) -> bool:
    sides = (box.x, box.y, box.w, box.h)
    if not all(math.isfinite(side) for side in sides) or not 1 <= box.page <= 1000:
        return False
    slack = 1e-6  # fractions come out of a division
    return min(box.x, box.y) >= 0 and min(box.w, box.h) > 0 and max(box.x + box.w, box.y + box.h) <= 1 + slack

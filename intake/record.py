"""What is stored of a submission: one canonical JSON body (sorted keys, NFC, no white space), and its strict reader.

The files themselves are bodies of their own, named by their sha256. The same submission at the same time is the same
bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from intake.form import Submission
from intake.redact import Redacted
from intake.words import WHAT
from lang.text import nfc
from store.errors import InputError
from store.model import public_id

FORMAT = "haidang-inbox-1"
MAX_BYTES = 1_000_000
TITLE_CHARS = 120
MEDIA_TYPES = frozenset({"image/png", "image/jpeg", "application/pdf", "text/plain; charset=utf-8"})
_ID = re.compile(r"inb_[a-z2-7]{26}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"tep-[1-9]\d?\.(?:png|jpg|pdf|txt)")
_SENTENCE = re.compile(r"[.!?…]+[\"”’)]*(?=\s)")
_FUTURE = 4_102_444_800_000  # the year 2100: a time beyond is no time


@dataclass(frozen=True, slots=True)
class Meta:
    """Who handed in what and when, without its content. ``at``: ms UTC of the submission; ``by``: a member of staff."""

    id: str
    at: int
    by: str
    seen_at: int | None
    closed_group: bool
    by_person_concerned: bool
    declarations: tuple[str, ...]  # "public_page", "files.0.no_persons_visible"

    @staticmethod
    def of(sub: Submission, at: int) -> Meta:
        """The id comes from who, when, where seen and what: the same form sent twice at one moment is one record."""
        by = nfc(sub.by)
        hashes = [hashlib.sha256(upload.data).hexdigest() for upload in sub.files]
        key = public_id("inb", by, str(at), nfc(sub.where_seen), sub.url or "", nfc(sub.text), *hashes)
        said = ["public_page"] if sub.public_page else []
        said += [f"files.{k}.no_persons_visible" for k, upload in enumerate(sub.files) if upload.no_persons_visible]
        return Meta(key, at, by, sub.seen_at, sub.closed_group, sub.by_person_concerned, tuple(said))


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A redacted file: our name for it, what it is, and the hash that names its body."""

    name: str
    media_type: str
    sha256: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class RemovedCount:
    """What was taken out of which field, and how often."""

    where: str
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Record:
    """A stored submission. All texts are masked but ``by``."""

    id: str
    at: int
    by: str
    where_seen: str
    seen_at: int | None
    url: str | None
    text: str
    note: str
    consent_note: str
    files: tuple[StoredFile, ...]
    removed: tuple[RemovedCount, ...]
    closed_group: bool
    by_person_concerned: bool
    declarations: tuple[str, ...]

    @property
    def title(self) -> str:
        """The article's title: see :func:`title_of`."""
        return title_of(self.text) or title_of(self.note) or title_of(f"Tài liệu nhận tại hộp thư: {self.where_seen}")


def title_of(text: str) -> str:
    """The first sentence of a text, at most 120 characters, cut between words; empty for an empty text."""
    head = next((line for line in text.splitlines() if any(c.isalnum() for c in line)), "")
    line = nfc(head[:2_000])
    end = _SENTENCE.search(line)
    sentence = line[: end.end()].rstrip(".…") if end else line.rstrip(".…")
    if len(sentence) <= TITLE_CHARS:
        return sentence
    cut = sentence[: TITLE_CHARS - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[40:] else cut).rstrip(" ,;:-–") + "…"


def dump(meta: Meta, redacted: Redacted) -> bytes:
    """The body to store; the same arguments give the same bytes, and ``load`` takes them."""
    stored = [
        StoredFile(f.name, f.media_type, hashlib.sha256(f.data).hexdigest(), len(f.data), f.pages)
        for f in redacted.files
    ]
    record = Record(
        meta.id, meta.at, meta.by, redacted.where_seen, meta.seen_at, redacted.url, redacted.text, redacted.note,
        redacted.consent_note, tuple(stored), tuple(RemovedCount(r.where, r.what, r.count) for r in redacted.removed),
        meta.closed_group, meta.by_person_concerned, meta.declarations,
    )  # fmt: skip
    data = _bytes(record)
    load(data)  # what cannot be read back is not written
    return data


def _bytes(record: Record) -> bytes:
    value = {"format": FORMAT, **asdict(record)}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def load(data: bytes) -> Record:
    """The record of a stored body. Raises :class:`InputError`: what is wrong and where in it."""
    if len(data) > MAX_BYTES:
        raise _wrong("", f"{len(data)} bytes, at most {MAX_BYTES}")
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as bad:
        raise _wrong("", f"not JSON ({bad})") from bad
    top = _object(value, {"format", *(f.name for f in fields(Record))}, "")
    if top["format"] != FORMAT:
        raise _wrong("format", f"{top['format']!r}, expected {FORMAT!r}")
    record = Record(
        id=_matching(top["id"], _ID, "id"),
        at=_time(top["at"], "at"),
        by=_text(top["by"], "by", needed=True),
        where_seen=_text(top["where_seen"], "where_seen", needed=True),
        seen_at=None if top["seen_at"] is None else _time(top["seen_at"], "seen_at"),
        url=None if top["url"] is None else _url(top["url"]),
        text=_text(top["text"], "text"),
        note=_text(top["note"], "note"),
        consent_note=_text(top["consent_note"], "consent_note"),
        files=tuple(_file(v, f"files.{k}") for k, v in enumerate(_list(top["files"], "files"))),
        removed=tuple(_removed(v, f"removed.{k}") for k, v in enumerate(_list(top["removed"], "removed"))),
        closed_group=_flag(top["closed_group"], "closed_group"),
        by_person_concerned=_flag(top["by_person_concerned"], "by_person_concerned"),
        declarations=tuple(
            _text(v, f"declarations.{k}", needed=True) for k, v in enumerate(_list(top["declarations"], "declarations"))
        ),
    )
    if record.closed_group and not record.by_person_concerned:
        raise _wrong("closed_group", "material of a closed group that nobody concerned handed in")
    if not (record.text or record.url or record.files):
        raise _wrong("", "no text, no link and no file")
    if _bytes(record) != data:
        raise _wrong("", "not in canonical form (sorted keys, no white space, UTF-8)")
    return record


def _wrong(where: str, what: str) -> InputError:
    return InputError(f"inbox record{', ' + where if where else ''}: {what}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _object(value: Any, keys: set[str], where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, "expected an object")
    if odd := sorted(set(value) ^ keys):
        raise _wrong(where, f"`{odd[0]}` is {'unknown' if odd[0] in value else 'missing'}")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > 1_000:
        raise _wrong(where, "expected a list of at most 1000")
    return value


def _text(value: Any, where: str, needed: bool = False) -> str:
    if not isinstance(value, str) or (needed and not value.strip()):
        raise _wrong(where, "expected a text")
    if not unicodedata.is_normalized("NFC", value):
        raise _wrong(where, "not NFC")
    return value


def _matching(value: Any, pattern: re.Pattern[str], where: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _wrong(where, f"{str(value)[:80]!r} does not match {pattern.pattern}")
    return value


def _number(value: Any, where: str, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise _wrong(where, f"{str(value)[:40]}, expected a whole number from {least} to {most}")
    return value


def _time(value: Any, where: str) -> int:
    return _number(value, where, 0, _FUTURE)


def _flag(value: Any, where: str) -> bool:
    if type(value) is not bool:
        raise _wrong(where, "expected true or false")
    return value


def _url(value: Any) -> str:
    return _matching(value, re.compile(r"https?://[^\s<>\"]{3,8000}"), "url")


def _file(value: Any, where: str) -> StoredFile:
    found = _object(value, {f.name for f in fields(StoredFile)}, where)
    if found["media_type"] not in MEDIA_TYPES:
        raise _wrong(f"{where}.media_type", f"{str(found['media_type'])[:80]!r} is none of ours")
    return StoredFile(
        _matching(found["name"], _NAME, f"{where}.name"),
        found["media_type"],
        _matching(found["sha256"], _SHA256, f"{where}.sha256"),
        _number(found["size"], f"{where}.size", 1, 1 << 30),
        _number(found["pages"], f"{where}.pages", 1, 1_000),
    )


def _removed(value: Any, where: str) -> RemovedCount:
    found = _object(value, {f.name for f in fields(RemovedCount)}, where)
    if found["what"] not in WHAT:
        raise _wrong(f"{where}.what", f"{str(found['what'])[:80]!r} is none of ours")
    return RemovedCount(
        _text(found["where"], f"{where}.where", needed=True),
        found["what"],
        _number(found["count"], f"{where}.count", 1, 1_000_000),
    )

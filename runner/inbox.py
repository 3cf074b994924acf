"""`haidang inbox`: what the desk's form does, for whoever works at a terminal. The same rules, the same records."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from intake import submit
from intake.form import MAX_BOXES, MAX_FILE_BYTES, Box, Fault, Refused, Submission, Upload, check
from intake.keep import Kept, keep
from intake.record import Record, load
from runner.deps import Deps
from runner.when import local
from store.errors import BodyMissing, InputError
from store.model import Fetch

MAX_TEXT_BYTES = 1_000_000
NO_FILE = "{path}: {problem}; kiểm tra lại đường dẫn"
NOT_A_FILE = "{path}: không phải tệp thường"
TEXT_TOO_LONG = "{path}: dài hơn 1 MB; chỉ giữ đoạn cần làm chứng cứ"
NOT_UTF8 = "{path}: không phải chữ UTF-8; lưu lại tệp dạng UTF-8, hoặc đưa tệp bằng --file"
BAD_BOX = (
    "--box {box}: viết TỆP:TRANG:trái,trên,rộng,cao, bốn số sau là phần trăm của trang, ví dụ anh.png:1:5,10,30,4.5"
)
NO_SUCH = "{option} {name}: không có tệp này trong các --file; viết đúng như ở --file, hoặc số thứ tự 1, 2, …"
TWO_SUCH = "{option} {name}: có hai --file cùng tên; viết số thứ tự 1, 2, …"
LOST = "(bản ghi không đọc được; phục hồi từ bản sao lưu)"
SAVED = "Đã lưu {id}. Máy đọc và nhận định ở lần chạy tới; xem trên bàn làm việc: /gop-tin/{id}"
KNOWN = "Đã có từ trước, y hệt: {id}. Không lưu thêm."

_OPTIONS = {
    "by": "--by", "where_seen": "--where", "seen_at": "--seen", "url": "--link", "text": "--text", "note": "--note",
    "closed_group": "--closed-group", "consent_note": "--consent", "files": "--file",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """The options of `haidang inbox add` as they were typed; ``text``: a path, or ``-`` for standard input."""

    by: str
    where: str
    link: str = ""
    text: Path | None = None
    files: Sequence[Path] = ()
    seen: str = ""
    note: str = ""
    closed_group: bool = False
    by_person_concerned: bool = False
    consent: str = ""
    public_page: bool = False
    boxes: Sequence[str] = ()
    no_persons: Sequence[str] = ()


def add(deps: Deps, given: Given, stdin: BinaryIO | None = None) -> Kept:
    """Redact and save one submission; the same again is the same record. Originals are read, never written.

    Raises :class:`InputError` naming each option that must be mended; then nothing is kept.
    """
    now = deps.now()
    submission, faults = _submission(given, stdin or sys.stdin.buffer)
    faults += check(submission, now=now)
    if faults:
        raise InputError(_told(faults))
    try:
        return keep(deps.store, deps.bodies, submission, now)
    except Refused as refused:
        raise InputError(_told(refused.faults)) from refused


@dataclass(frozen=True, slots=True)
class Listed:
    """One submission; ``record`` None: its body cannot be read."""

    fetch: Fetch
    record: Record | None


def listing(deps: Deps, limit: int = 20) -> list[Listed]:
    """What was handed in, the newest first."""
    return [Listed(fetch, _record(deps, fetch)) for fetch in deps.store.inbox(limit)]


def lines(found: Sequence[Listed]) -> list[str]:
    """The list for people; all of it is as it is kept, masked."""
    return [
        f"{local(one.fetch.started_at)}  {one.fetch.id}  "
        + (f"{one.record.by}: {one.record.title}{_parts(one.record)}" if one.record else LOST)
        for one in found
    ]


def to_json(found: Sequence[Listed]) -> list[dict[str, Any]]:
    """The list for programs: ``id``, ``at`` (ms UTC) and the record, or null where it cannot be read."""
    return [
        {"id": one.fetch.id, "at": one.fetch.started_at, "record": asdict(one.record) if one.record else None}
        for one in found
    ]


def _parts(record: Record) -> str:
    parts = [record.url] if record.url else []
    parts += [f"{len(record.files)} tệp"] if record.files else []
    return f" ({', '.join(parts)})" if parts else ""


def _record(deps: Deps, fetch: Fetch) -> Record | None:
    try:
        return load(deps.bodies.get(fetch.body_hash or ""))
    except (BodyMissing, InputError):
        return None


# ── what was typed ──────────────────────────────────────────────────────────────────────────────────


def _submission(given: Given, stdin: BinaryIO) -> tuple[Submission, list[Fault]]:
    values = {
        "by": given.by, "where_seen": given.where, "seen_at": given.seen, "url": given.link, "note": given.note,
        "consent_note": given.consent, "text": _text(given.text, stdin),
        "closed_group": "1" if given.closed_group else "", "public_page": "1" if given.public_page else "",
        "by_person_concerned": "1" if given.by_person_concerned else "",
    }  # fmt: skip
    submission, faults = submit.parse(values, [])
    return _with_files(submission, given), faults


def _with_files(submission: Submission, given: Given) -> Submission:
    boxes: dict[int, list[Box]] = {}
    for text in given.boxes[: MAX_BOXES * 5 + 1]:
        number, box = _box(text, given.files)
        boxes.setdefault(number, []).append(box)
    clear = {_number(name, given.files, "--no-persons") for name in given.no_persons}
    uploads = [
        Upload(path.name, _bytes(path), tuple(boxes.get(k, ())), k in clear) for k, path in enumerate(given.files)
    ]
    return replace(submission, files=tuple(uploads))


def _box(text: str, files: Sequence[Path]) -> tuple[int, Box]:
    name, _, rest = text.rpartition(":")
    name, _, page = name.rpartition(":")
    found = submit.boxes_of_lines(f"{page} {rest.replace(',', ' ')}")
    if not name or not found or len(found) != 1:
        raise InputError(BAD_BOX.format(box=text[:200]))
    return _number(name, files, "--box"), found[0]


def _number(name: str, files: Sequence[Path], option: str) -> int:
    """Which of the files is meant: by its path, its name, or its place from 1."""
    found = [k for k, path in enumerate(files) if str(path) == name] or [
        k for k, path in enumerate(files) if path.name == name
    ]
    if not found and name.isascii() and name.isdigit() and 1 <= int(name[:3]) <= len(files):
        return int(name) - 1
    if len(found) != 1:
        raise InputError((TWO_SUCH if found else NO_SUCH).format(option=option, name=name[:200]))
    return found[0]


def _bytes(path: Path) -> bytes:
    """The file, one byte more than may be kept at most: that byte says that it is too large."""
    try:
        if not path.is_file():
            raise InputError(NOT_A_FILE.format(path=path) if path.exists() else _missing(path))
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as bad:
        raise InputError(NO_FILE.format(path=path, problem=bad.strerror)) from bad


def _missing(path: Path) -> str:
    return NO_FILE.format(path=path, problem="không có tệp này")


def _text(path: Path | None, stdin: BinaryIO) -> str:
    if path is None:
        return ""
    data = stdin.read(MAX_TEXT_BYTES + 1) if str(path) == "-" else _bytes(path)[: MAX_TEXT_BYTES + 1]
    if len(data) > MAX_TEXT_BYTES:
        raise InputError(TEXT_TOO_LONG.format(path=path))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as bad:
        raise InputError(NOT_UTF8.format(path=path)) from bad


def _told(faults: Sequence[Fault]) -> str:
    """Every fault with the option that mends it."""
    said = dict.fromkeys(f"{_OPTIONS.get(f.field.partition('.')[0], f.field)}: {f.message_vi}" for f in faults)
    return "chưa lưu gì\n" + "\n".join(f"  {line}" for line in said)

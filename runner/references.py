"""`haidang references`: what the desk's page does, for whoever works at a terminal. The same rules, the same rows."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from intake import official_keep
from intake.apart import Unusable
from intake.form import Fault, Refused
from intake.official import MAX_BYTES, Draft, read
from intake.official_form import Given, complete, find
from intake.official_keep import Kept, Withdrawn
from intake.official_words import FILE
from lang.text import nfc
from runner.deps import Deps
from runner.people import named_person, told_reason
from runner.when import local
from store.errors import InputError
from store.model_reference import LinkKind, Reference, ReferenceSeen, Standing

STANDINGS = {
    Standing.IN_FORCE: "còn hiệu lực",
    Standing.NOT_YET: "chưa có hiệu lực",
    Standing.EXPIRED: "hết hiệu lực",
    Standing.REPLACED: "đã bị thay thế",
    Standing.WITHDRAWN: "đã thu hồi khỏi kho",
}
SOURCES = {"crawled": "thu thập", "upload": "tệp", "typed": "gõ tay", "loaded": "nạp từ tệp dòng",
           "answered": "hỏi – đáp đã duyệt"}  # fmt: skip
_OPTIONS = {
    "by": "--by", "issuer": "--issuer", "number": "--number", "title": "--title", "issued": "--issued",
    "valid_from": "--from", "valid_to": "--to", "replaces": "--supersedes", "amends": "--amends", "why": "--why",
    "text": "nội dung", "version_of": "văn bản", "note": "--note", "approved_by": "--approved-by", "tep": "",
}  # fmt: skip
_FEW = 3  # clauses shown of a file before it is kept


def today(deps: Deps) -> dt.date:
    """The calendar day here."""
    return dt.datetime.fromtimestamp(deps.now() / 1000, ZoneInfo(deps.settings.timezone)).date()


def open_file(path: Path, typed: Path | None = None, stdin: BinaryIO | None = None) -> tuple[bytes, Draft]:
    """The bytes of a file and what was understood of it; ``typed``: a file with its text. Raises :class:`InputError`.

    A file's name is never kept, and shown without what would steer a terminal or a reader.
    """
    data = _bytes(path)
    text = ""
    if typed is not None:
        raw = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1) if str(typed) == "-" else _bytes(typed)
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as bad:
            raise InputError(f"--text {shown(typed)}: {FILE['not_utf8']}") from bad
    try:
        return data, read(data, text)
    except Unusable as bad:
        again = (
            "\n  Gõ phần chữ vào một tệp rồi thêm: --text TỆP" if bad.code in ("scanned", "no_text", "picture") else ""
        )
        raise InputError(f"{shown(path)}: {FILE[bad.code].format(**bad.more)}{again}") from bad


def understood(deps: Deps, draft: Draft, given: Given) -> tuple[list[str], list[str]]:
    """What will be kept, as lines to read; and what is missing or wrong, each with the option that mends it."""
    fields, faults, warnings = complete(draft, given, deps.store)
    names = {i: _named(deps, i) for i in (*fields.replaces, *fields.amends)}
    lines = [
        f"Cơ quan ban hành: {fields.issuer or '(chưa rõ)'}",
        f"Văn bản: {fields.document or '(chưa rõ)'}",
        f"Trích yếu: {fields.title or '(không có)'}",
        f"Ngày ban hành: {_day(fields.issued) or '(chưa rõ)'}",
        f"Hiệu lực: từ {_day(fields.valid_from) or '(chưa rõ)'} "
        + (f"đến hết {_day(fields.valid_to)}" if fields.valid_to else "đến khi có văn bản khác"),
    ]
    if draft.validity.said:
        lines.append(f"  căn cứ: “{draft.validity.said[:200]}”")
    for label, ids in (("Thay thế", fields.replaces), ("Sửa đổi, bổ sung", fields.amends)):
        lines += [f"{label}: {names[i]}" + (f" – “{fields.said[i][:160]}”" if i in fields.said else "") for i in ids]
    lines.append(
        f"Nội dung: {len(draft.clauses)} điều khoản" + (f", {draft.text.pages} trang" if draft.text.pages else "")
    )
    lines += [f"  {c.path or '–'}: {c.text[:100]}" for c in draft.clauses[:_FEW]]
    lines += [f"! {warning}" for warning in (*draft.warnings, *warnings)]
    return lines, told(faults)


def add(deps: Deps, data: bytes, draft: Draft, given: Given) -> Kept:
    """Keep the document. Raises :class:`InputError` naming each option that must be mended; then nothing is kept."""
    named_person(given.by, "--by")
    try:
        return official_keep.keep(deps.store, deps.bodies, data, draft, given, deps.now())
    except Refused as refused:
        raise _refused(refused) from refused


def type_fact(deps: Deps, given: Given, text: str) -> Kept:
    """Keep a fact that a person typed. Raises :class:`InputError`."""
    named_person(given.by, "--by")
    try:
        return official_keep.type_fact(deps.store, deps.bodies, given, text, deps.now(), today(deps))
    except Refused as refused:
        raise _refused(refused) from refused


def confirm(deps: Deps, reference_id: str, given: Given) -> Kept:
    """A person vouches for what the machine entered. Raises :class:`InputError`."""
    named_person(given.by, "--by")
    try:
        return official_keep.confirm(deps.store, one(deps, reference_id).reference.id, given, deps.now())
    except Refused as refused:
        raise _refused(refused) from refused


def withdraw(deps: Deps, named: str, by: str, why: str) -> Withdrawn:
    """A document counts no more. Raises :class:`InputError`."""
    try:
        return official_keep.withdraw(
            deps.store, named, named_person(by, "--by"), told_reason(why, "--why"), deps.now()
        )
    except Refused as refused:
        raise _refused(refused) from refused


def one(deps: Deps, named: str) -> ReferenceSeen:
    """A document by number or id, as it stands today. Raises :class:`InputError`."""
    document_id, fault = find(named, deps.store)
    seen = deps.store.reference_seen(document_id, today(deps).isoformat()) if not fault else None
    if fault or seen is None:
        raise InputError(fault.message_vi if fault else named)
    return seen


def line(seen: ReferenceSeen) -> str:
    """One document in a list."""
    r = seen.reference
    machine = " · máy đưa vào, chưa ai xác nhận" if r.by_machine else ""
    about = f": {r.title[:80]}" if r.title and r.title not in r.document else ""
    return (
        f"{r.id}  {_day(r.issued)}  {r.document} – {r.issuer}{about}\n"
        f"    {STANDINGS[seen.standing]}, {_span(r)} · {seen.statements} điều khoản · {SOURCES[r.source]}{machine}"
    )


def sheet(deps: Deps, seen: ReferenceSeen) -> Iterator[str]:
    """One document with its versions, links and clauses, as lines."""
    r = seen.reference
    yield line(seen)
    if r.approved_by:
        yield f"    Người duyệt: {r.approved_by}"
    if r.url:
        yield f"    {r.url}"
    if seen.replaced_by and (newer := deps.store.reference(seen.replaced_by)):
        yield f"    Bị thay thế bởi {newer.document} ({newer.id}), từ {_day(newer.valid_from)}"
    for link in deps.store.reference_links([r.id]):
        what = "Thay thế" if link.kind is LinkKind.REPLACES else "Sửa đổi, bổ sung"
        yield f"    {what}: {_named(deps, link.document_id)}"
    if seen.newer:
        yield f"    ! Trang nguồn đã đổi sau khi xác nhận, chưa ai xem: {seen.newer}"
    for version in deps.store.reference_versions(r.document_id):
        who = "máy" if version.by_machine else version.entered_by
        gone = (
            f"; thu hồi: {version.withdrawn_by}, {local(version.withdrawn_at)}: {version.withdrawn_why}"
            if version.withdrawn_at is not None else ""
        )  # fmt: skip
        yield f"    Bản {version.version} ({version.id}): {who} nhập {local(version.entered_at)}{gone}"
    for s in deps.store.statements_of([r.id]).get(r.id, []):
        yield f"{s.ordinal:5}  {f'[{s.clause}] ' if s.clause else ''}{s.text}"


def to_json(deps: Deps, seen: ReferenceSeen) -> dict[str, Any]:
    """One document for programs."""
    from dataclasses import asdict

    clauses = deps.store.statements_of([seen.reference.id]).get(seen.reference.id, [])
    return asdict(seen.reference) | {
        "standing": seen.standing, "replaced_by": seen.replaced_by, "newer": seen.newer,
        "statements": [{"id": s.id, "clause": s.clause, "heading": s.heading, "text": s.text} for s in clauses],
    }  # fmt: skip


def told(faults: Sequence[Fault]) -> list[str]:
    """Every fault with the option that mends it, each once."""
    return list(dict.fromkeys(f"{_OPTIONS.get(f.field, f.field)}: {f.message_vi}".removeprefix(": ") for f in faults))


def shown(path: Path) -> str:
    """A file's name as it may be printed: no control characters, none that turn the direction of what follows."""
    return nfc("".join(c if c.isprintable() else " " for c in str(path)))[-120:]


def _refused(refused: Refused) -> InputError:
    return InputError("chưa lưu gì\n" + "\n".join(f"  {line}" for line in told(refused.faults)))


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():  # a folder, a pipe that never ends
            problem = "không phải tệp thường" if path.exists() else "không có tệp này; kiểm tra lại đường dẫn"
            raise InputError(f"{shown(path)}: {problem}")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as bad:
        raise InputError(f"{shown(path)}: {getattr(bad, 'strerror', None) or bad}; kiểm tra lại đường dẫn") from bad


def _named(deps: Deps, document_id: str) -> str:
    versions = deps.store.reference_versions(document_id)
    return f"{versions[-1].document} ngày {_day(versions[-1].issued)}" if versions else document_id


def _span(r: Reference) -> str:
    return f"{_day(r.valid_from)} – {_day(r.valid_to) or '…'}"


def _day(iso: str | None) -> str:
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" if iso else ""

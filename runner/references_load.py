"""References from a JSON Lines file: every line read strictly, all faults told at once, then all kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from intake.official_form import check_name
from intake.official_keep import statements
from lang.clauses import Clause
from lang.clauses_dates import typed_day
from lang.clauses_names import cited, number_of
from lang.text import nfc
from runner.deps import Deps
from store.errors import InputError
from store.model_reference import LinkKind, Reference, ReferenceLink, ReferenceSource, Statement

MOST_BYTES = 50_000_000
MOST_LINES = 20_000
MOST_TEXT = 100_000
MOST_CLAUSES = 5_000
MOST_CONTEXT = 1_000  # characters of a question
_NEEDED = ("id", "issuer", "document", "issued", "valid_from", "text")
_KNOWN = frozenset(
    (*_NEEDED, "valid_to", "clause", "supersedes", "source", "url", "statements", "context", "approved_by")
)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many lines became new versions, and how many were there already, the same."""

    new: int
    known: int


def load(deps: Deps, path: Path, by: str) -> Loaded:
    """Keep every line of the file. Raises :class:`InputError` naming each bad line; then nothing is kept."""
    faults = [f"--by: {fault.message_vi}" for fault in check_name(by)]
    found: list[tuple[Reference, list[Statement], list[str]]] = []
    ids: dict[str, str] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            if row["id"] in ids:
                raise InputError(f"id {row['id']!r} đã có ở dòng trước")
            made, clauses = _reference(deps, row, nfc(by))
            ids[row["id"]] = made.document_id
            found.append((made, clauses, _supersedes(row)))
        except InputError as bad:
            faults.append(f"{path.name}:{number}: {bad}")
    faults += [
        f"{made.note}: supersedes {other!r} không có trong tệp" for made, _, old in found for other in old
        if other not in ids
    ]  # fmt: skip
    if faults:
        more = f"\n  … và {len(faults) - _SHOWN} lỗi nữa" if len(faults) > _SHOWN else ""
        raise InputError("chưa lưu gì\n  " + "\n  ".join(faults[:_SHOWN]) + more)
    if not found:
        raise InputError(f"{path}: không có dòng nào")
    return _keep(deps, found, ids)


def _keep(deps: Deps, found: list[tuple[Reference, list[Statement], list[str]]], ids: Mapping[str, str]) -> Loaded:
    new = 0
    texts = [" ".join(s.text for s in clauses).encode() for _, clauses, _ in found]
    deps.bodies.put_all(texts)
    with deps.store.transaction() as tx:
        for made, clauses, old in found:
            versions = deps.store.reference_versions(made.document_id)
            if versions and _same(versions[-1], made):
                continue
            links = [ReferenceLink(made.id, LinkKind.REPLACES, ids[other]) for other in dict.fromkeys(old)]
            new += tx.add_reference(made, clauses, links)
    return Loaded(new, len(found) - new)


def _same(old: Reference, made: Reference) -> bool:
    told = ("issuer", "document", "issued", "valid_from", "valid_to", "text_hash")
    return old.withdrawn_at is None and all(getattr(old, name) == getattr(made, name) for name in told)


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as bad:
        raise InputError(f"{path}: {bad.strerror}; kiểm tra lại đường dẫn") from bad
    if len(data) > MOST_BYTES:
        raise InputError(f"{path}: lớn hơn {MOST_BYTES // 1_000_000} MB; chia làm nhiều tệp")
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as bad:
        line = data[: bad.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: không phải UTF-8") from bad
    if len(lines) > MOST_LINES:
        raise InputError(f"{path}: hơn {MOST_LINES} dòng; chia làm nhiều tệp")
    return lines


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as bad:
        raise InputError(f"không phải JSON ({str(bad)[:80]})") from bad
    if not isinstance(row, dict):
        raise InputError("mỗi dòng phải là một đối tượng JSON {…}")
    if unknown := sorted(set(row) - _KNOWN):
        raise InputError(f"không có mục {unknown[0][:40]!r}; có: {', '.join(sorted(_KNOWN))}")
    for name in _NEEDED:
        if not isinstance(row.get(name), str) or not nfc(row[name]):
            raise InputError(f"thiếu {name!r}, hoặc không phải chữ")
    for name in ("clause", "source", "url", "context", "approved_by"):
        if row.get(name) is not None and not isinstance(row[name], str):
            raise InputError(f"{name!r} phải là chữ")
    if len(row["text"]) > MOST_TEXT:
        raise InputError(f"'text' dài {len(row['text'])} ký tự, tối đa {MOST_TEXT}")
    return row


def _reference(deps: Deps, row: Mapping[str, Any], by: str) -> tuple[Reference, list[Statement]]:
    issued, begin = _day(row, "issued"), _day(row, "valid_from")
    end = _day(row, "valid_to") if row.get("valid_to") is not None else None
    if end is not None and end < begin:
        raise InputError("'valid_to' đứng trước 'valid_from'")
    issuer, document = nfc(row["issuer"])[:200], nfc(row["document"])[:300]
    named = cited(document)
    number = named[0].number if named else number_of(document)
    # a clause alone is a document of its own: several lines may be clauses of one document
    question = nfc(row.get("context") or "")[:MOST_CONTEXT]
    what = " ".join(filter(None, (number or document, nfc(row.get("clause") or ""), question)))
    document_id = Reference.make_document_id(issuer, what, issued)
    clauses = _clauses(row)
    if question:
        clauses = [replace(clause, heading=question) for clause in clauses]
    text_hash = Statement.hash_text(" ".join(clause.text for clause in clauses))
    now = deps.now()
    made = Reference(
        id=Reference.make_id(document_id, text_hash, by, now), document_id=document_id, version=0, issuer=issuer,
        document=document, number=number, title=question, issued=issued, valid_from=begin, valid_to=end,
        source=ReferenceSource.ANSWERED if question else ReferenceSource.LOADED,
        url=_web(row.get("url") or row.get("source")), revision_id=None, fetch_id=None,
        body_hash=None, media_type=None, text_hash=text_hash, entered_by=by, entered_at=now, note=nfc(row["id"])[:100],
        approved_by=nfc(row.get("approved_by") or "")[:100],
    )  # fmt: skip
    return made, statements(made.id, clauses)


def _clauses(row: Mapping[str, Any]) -> list[Clause]:
    given = row.get("statements")
    if given is None:
        told = [{"clause": row.get("clause") or "", "text": row["text"]}]
    elif isinstance(given, list) and 0 < len(given) <= MOST_CLAUSES:
        told = [{"text": one} if isinstance(one, str) else one for one in given]
    else:
        raise InputError(f"'statements' phải là danh sách từ 1 đến {MOST_CLAUSES} mục")
    clauses: list[Clause] = []
    at = 0
    for one in told:
        if not isinstance(one, dict) or not isinstance(one.get("text"), str) or not nfc(one["text"]):
            raise InputError("mỗi mục của 'statements' phải là chữ, hoặc có 'text'")
        text = nfc(one["text"])[:MOST_TEXT]
        path, heading = (nfc(v) if isinstance(v := one.get(name), str) else "" for name in ("clause", "heading"))
        clauses.append(Clause(path[:200], heading[:800], text, at, at + len(text)))
        at += len(text) + 1
    return clauses


def _supersedes(row: Mapping[str, Any]) -> list[str]:
    given = row.get("supersedes") or []
    found = [given] if isinstance(given, str) else given
    if not isinstance(found, list) or len(found) > 100 or not all(isinstance(one, str) for one in found):
        raise InputError("'supersedes' phải là mã, hoặc danh sách mã")
    return found


def _day(row: Mapping[str, Any], name: str) -> str:
    day = typed_day(row[name]) if isinstance(row[name], str) else None
    if day is None:
        raise InputError(f"{name!r}: {str(row[name])[:20]!r} không phải ngày dạng 2026-03-10")
    return day.isoformat()


def _web(source: str | None) -> str | None:
    return source[:2000] if source and re.fullmatch(r"https?://[^\s<>\"]+", source) else None

"""One case as files: redacted (JSON with the chain's links, DOCX, PDF), or the original with two named approvers.

What leaves is in the chain before it stands where it was asked for: files are made aside, the event commits with their
sha256, then they are put into place. A crash between the last two leaves an event for files that nobody got.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from alerts import case_words as words
from alerts import cases, casework, papers
from alerts.case_audit import head_text
from alerts.case_evidence import ORIGINAL, REDACTED
from alerts.case_told import fields_of
from alerts.documents import docx, pdf
from lang.masking_lines import masked_line
from runner.cases import files_of
from runner.deps import Deps
from store.errors import BodyMissing, InputError
from store.model_case import MACHINE, CaseRows, TimelineEntry

_PEOPLE = frozenset({"actor", "assignee", "leader", "signer", "whom"})
_AS_THEY_ARE = frozenset({"id", "kind", "links", "unlinks", "clocks", "stops", "runs", "files", "body_hash", "events"})
NO_FOLDER = "{path}: không phải thư mục; tạo thư mục trước hoặc chọn nơi khác"
EXISTS = "{path} đã có; chọn thư mục khác (bản đã xuất không bị ghi đè)"
UNWRITTEN = "không ghi được vào {path}: {problem}; chọn thư mục khác"


def export(deps: Deps, name: str, folder: Path, by: str, *, original: bool = False) -> list[Path]:
    """Write the files and log it; their paths. Raises :class:`store.errors.InputError`; then nothing was written."""
    rows = casework.find(deps.store, name)
    timeline = deps.store.timeline(rows.case.id)
    now = deps.now()
    kind = ORIGINAL if original else REDACTED
    cases.exported(rows, timeline, by, now, kind, [])  # refuses before anything is made
    made = _original(deps, rows, timeline) if original else _redacted(deps, rows, timeline, now)
    folder = folder.absolute()
    _free(folder, made)
    hashes = [hashlib.sha256(data).hexdigest() for data in made.values()]
    aside = [(_aside(folder, data), folder / file) for file, data in made.items()]
    try:
        casework.act(
            deps.store,
            rows.case.id,
            lambda at: cases.exported(at, deps.store.timeline(rows.case.id), by, now, kind, hashes),
        )
        for temporary, path in aside:
            _into(temporary, path)
    finally:
        for temporary, _ in aside:
            temporary.unlink(missing_ok=True)
    return [path for _, path in aside]


def _redacted(deps: Deps, rows: CaseRows, timeline: Sequence[TimelineEntry], now: int) -> dict[str, bytes]:
    stem = _stem(rows)
    document = papers.draft("ho_so_viec", fields_of(deps.store, rows, now, zone=deps.settings.timezone))
    redacted = {
        **_about(deps, rows, timeline, REDACTED),
        "now": asdict(rows.now) | {"title": masked_line(rows.now.title), "assignee": _role(rows.now.assignee)},
        "clocks": [asdict(c) for c in rows.clocks],
        "links": [asdict(x) for x in rows.links],
        "papers": [_masked(asdict(p)) for p in rows.papers],
        "files": [_masked(asdict(f)) for f in rows.files],
        "events": [_link(e) | {"body": _masked(e.body) if e.body is not None else None} for e in timeline],
    }
    return {f"{stem}.json": _json(redacted), f"{stem}.docx": docx.write(document), f"{stem}.pdf": pdf.write(document)}


def _original(deps: Deps, rows: CaseRows, timeline: Sequence[TimelineEntry]) -> dict[str, bytes]:
    """Everything as it is kept, with the salts that prove it, and the attachments, in one archive."""
    stored = deps.store.payload_salts([e.event.id for e in timeline])
    whole = {
        **_about(deps, rows, timeline, ORIGINAL),
        "rows": asdict(rows),
        "events": [_link(e) | _payload(stored.get(e.event.id)) for e in timeline],
    }
    files = files_of(deps)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        _pack(packed, f"{_stem(rows)}.json", _json(whole))
        for n, file in enumerate(rows.files, 1):
            if file.body_hash:
                try:
                    data = files.get(file.body_hash)
                except BodyMissing as bad:
                    raise InputError(str(bad)) from bad
                _pack(packed, f"tep/{n:03d}-{file.name}", data)
    return {f"{_stem(rows)}-ban-goc.zip": out.getvalue()}


def _pack(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def _about(deps: Deps, rows: CaseRows, timeline: Sequence[TimelineEntry], kind: str) -> dict[str, Any]:
    return {
        "copy": kind,
        "software": f"haidang {version('haidang')}",
        "department": deps.settings.department,
        "case": asdict(rows.case) | {"label": rows.case.label},
        "chain": head_text(deps.store.chain_head()),
        "last_link": head_text((timeline[-1].event.seq, timeline[-1].event.hash)) if timeline else "",
    }


def _link(entry: TimelineEntry) -> dict[str, Any]:
    return asdict(entry.event)


def _payload(stored: tuple[str, str] | None) -> dict[str, Any]:
    return {"salt": stored[0], "payload": stored[1]} if stored else {"salt": None, "payload": None}


def _role(name: str) -> str:
    return name if name in ("", MACHINE) else words.BY_PERSON


def _masked(value: Any, key: str = "") -> Any:
    """Words of a payload masked; people who acted as roles; ids, moments and hashes as they are."""
    if key in _AS_THEY_ARE:
        return value
    if isinstance(value, str):
        return _role(value) if key in _PEOPLE else masked_line(value)
    if isinstance(value, Mapping):
        return {k: _masked(v, k) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(v, key) for v in value]
    return value


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode()


def _stem(rows: CaseRows) -> str:
    return f"ho-so-{rows.case.label.replace('/', '-')}"


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def _free(folder: Path, made: Mapping[str, bytes]) -> None:
    if not folder.is_dir():
        raise InputError(NO_FOLDER.format(path=folder))
    for name in made:
        if (folder / name).exists() or (folder / name).is_symlink():
            raise InputError(EXISTS.format(path=folder / name))


def _aside(folder: Path, data: bytes) -> Path:
    """For the owner's eyes alone (mode 600), beside its place, so that moving it there is one step."""
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".haidang-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as bad:
        raise InputError(UNWRITTEN.format(path=folder, problem=bad.strerror)) from bad
    return Path(name)


def _into(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError as bad:
        raise InputError(EXISTS.format(path=path)) from bad
    except OSError:  # a file system without hard links (a USB stick)
        temporary.replace(path)

"""Drafts of papers: which there are, their templates, and a document from a template and fields.

A department changes a template by a copy of its own in ``HAIDANG_HOME/documents/<kind>.jinja``; it wins as long as it
has no fault, and its faults are found when it is saved or loaded, not on the day when it is needed. What comes out is a
draft until văn thư numbers it: number, date and signature blank, DỰ THẢO on every page. Nothing calls an article false.
"""

from __future__ import annotations

import datetime
import difflib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alerts import papers_words as words
from alerts.documents.nd30 import Document, Issued, Letterhead, Signer
from alerts.documents.paper_fields import PaperFields, from_json, sample, signer_lines, to_json
from alerts.documents.paper_lines import Filled, read
from alerts.documents.paper_safe import LONGEST_TEMPLATE, Fault, TooLong, faults, fill
from alerts.formats import clean, shorten
from store.errors import ConfigError, InputError

__all__ = [
    "KINDS", "Issuer", "PaperFields", "Template", "check", "draft", "from_json", "load", "save", "shipped",
    "signer_lines", "to_json",
]  # fmt: skip

SHIPPED = Path(__file__).resolve().parent / "documents" / "templates"
FOLDER = "documents"  # in the data folder
KINDS = words.KINDS
LONGEST_ABOUT = 200  # the decree: one short sentence


@dataclass(frozen=True, slots=True)
class Template:
    """``path``: the department's own file, or None for the shipped one."""

    kind: str
    text: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who writes. ``stem``: its letters in a number (`12/SGDĐT-VP`)."""

    parent: str = words.PARENT
    agency: str = words.AGENCY
    stem: str = words.STEM
    place: str = words.PLACE


def load(home: Path | None = None) -> tuple[Mapping[str, Template], list[ConfigError]]:
    """Every kind's template, and what is wrong with own files; instead of a faulty own file the shipped one serves."""
    found = {kind: Template(kind, _shipped(kind)) for kind in KINDS}
    errors: list[ConfigError] = []
    folder = home / FOLDER if home else None
    if folder is None or not folder.is_dir():
        return found, errors
    for path in sorted(folder.glob("*.jinja")):
        if path.stem not in KINDS:
            errors.append(_stranger(path))
            continue
        text, wrong = _read(path)
        wrong = wrong or check(path.stem, text, str(path))
        errors += wrong
        if not wrong:
            found[path.stem] = Template(path.stem, text, path)
    return found, errors


def check(kind: str, text: str, where: str) -> list[ConfigError]:
    """Every fault of a template with its line (``where:line``) and its cure; tried with full and with bare fields."""
    _known(kind)
    wrong = faults(text, kind) or _tried(text)
    return [ConfigError(f"{where}:{fault.line}", fault.what, fault.fix) for fault in dict.fromkeys(wrong)]


def save(home: Path, kind: str, text: str) -> Path:
    """Keep a department's own template. Raises the first :class:`ConfigError`; then nothing was written."""
    if wrong := check(kind, text, f"{kind}.jinja"):
        raise wrong[0]
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}.jinja"
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".new")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
    return path


def shipped(kind: str) -> str:
    """The shipped template. Raises :class:`InputError` for an unknown kind."""
    _known(kind)
    return _shipped(kind)


def draft(
    kind: str,
    fields: PaperFields,
    templates: Mapping[str, Template] | None = None,
    issuer: Issuer | None = None,
    issued: tuple[int, datetime.date] | None = None,
) -> Document:
    """One paper. ``templates``: of :func:`load` (else the shipped ones).

    ``issued``: what văn thư entered; only then is it no draft. Raises :class:`InputError` for an unknown kind, or a
    template that these fields make too long.
    """
    _known(kind)
    at = issuer or Issuer()
    text = templates[kind].text if templates else _shipped(kind)
    try:
        filled = read(fill(text, _values(fields, at)))
    except TooLong as wrong:
        raise InputError(f"{words.OUTPUT[0]}; {words.OUTPUT[1]}") from wrong
    return _document(filled, fields, at, Issued(*issued) if issued else None)


def _document(filled: Filled, fields: PaperFields, at: Issuer, issued: Issued | None) -> Document:
    kind = filled.one(words.KIND)
    symbol = filled.one(words.SYMBOL) or at.stem
    plain = filled.one(words.LETTERHEAD) == words.NO
    posts = fields.signer or tuple(part.strip() for part in filled.one(words.SIGN).split("/") if part.strip())
    return Document(
        kind="" if kind.casefold() == words.LETTER.casefold() else kind,
        subject=shorten(clean(filled.one(words.ABOUT)), LONGEST_ABOUT),
        blocks=filled.blocks,
        letterhead=None if plain else Letterhead(at.parent, at.agency, symbol, at.place, fields.year),
        recipients=filled.head.get(words.TO, ()),
        signer=Signer(posts) if posts else None,
        copies=filled.head.get(words.COPY, ()),
        archive=filled.one(words.ARCHIVE),
        issued=issued,
        draft=issued is None and not plain,  # a working paper without a number is nobody's draft letter
        internal=filled.one(words.INTERNAL) == words.YES,
        made_at=fields.made_at,
    )


@dataclass(frozen=True, slots=True)
class _Article:
    tieu_de: str
    bao: str
    dia_chi: str
    ngay: str


@dataclass(frozen=True, slots=True)
class _Quote:
    so: str
    ngay: str
    co_quan: str
    dieu_khoan: str
    noi_dung: str


@dataclass(frozen=True, slots=True)
class _Step:
    luc: str
    ai: str
    viec: str


def _values(fields: PaperFields, at: Issuer) -> dict[str, object]:
    """The names that :data:`alerts.papers_words.TEXTS` and ``LISTS`` promise to a template."""
    return {
        "ma_viec": fields.case,
        "tieu_de": fields.title,
        "tom_tat": fields.summary,
        "cau_neu": fields.claim,
        "noi_dung_hoi": fields.asked,
        "han": fields.deadline,
        "van_ban_truoc": fields.earlier,
        "nam": str(fields.year or ""),
        "don_vi": at.agency,
        "tra_loi": [part for part in fields.answer.split("\n") if part.strip()],
        "kinh_gui": list(fields.recipients),
        "noi_nhan": list(fields.copies),
        "bai_viet": [_Article(a.title, a.outlet, a.url, a.day) for a in fields.articles],
        "can_cu": [_Quote(q.number, q.day, q.issuer, q.clause, q.words) for q in fields.quotes],
        "tien_trinh": [_Step(s.at, s.who, s.what) for s in fields.steps],
    }


def _tried(text: str) -> list[Fault]:
    found: list[Fault] = []
    for full in (True, False):
        try:
            filled = read(fill(text, _values(sample(full), Issuer())))
        except TooLong:
            return [Fault(1, *words.OUTPUT)]
        found += [fault._replace(line=_line_in(text, fault)) for fault in filled.faults]
    return found


def _line_in(text: str, fault: Fault) -> int:
    """The template's line: loops move lines, so the first line that a fault's own words stand in, else as it came."""
    for number, line in enumerate(text.split("\n"), 1):
        key = line.partition(":")[0].strip()
        if key and len(key) < 60 and f"“{key}”" in fault.what:
            return number
    return min(fault.line, text.count("\n") + 1)


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise InputError(words.NOT_A_KIND.format(kind=clean(kind)[:40], known=", ".join(KINDS)))


@cache
def _shipped(kind: str) -> str:
    return (SHIPPED / f"{kind}.jinja").read_text(encoding="utf-8")


def _read(path: Path) -> tuple[str, list[ConfigError]]:
    try:
        if path.stat().st_size > LONGEST_TEMPLATE * 4:
            return "", [ConfigError(f"{path}:1", words.LARGE[0].format(limit=LONGEST_TEMPLATE), words.LARGE[1])]
        return path.read_text(encoding="utf-8-sig"), []
    except (OSError, UnicodeDecodeError) as wrong:
        why = getattr(wrong, "strerror", "") or "UTF-8"
        return "", [ConfigError(f"{path}:1", words.UNREADABLE[0].format(why=why), words.UNREADABLE[1])]


def _stranger(path: Path) -> ConfigError:
    near = difflib.get_close_matches(path.stem, list(KINDS), n=1)
    fix = words.FILE_NEAR.format(near=near[0]) if near else words.FILE_NAME[1].format(known=", ".join(KINDS))
    return ConfigError(f"{path}:1", words.FILE_NAME[0], fix)

"""An official document read: from the bytes of a file to its text, its head, its clauses and what it says it replaces.

A DOCX or PDF is opened in a process apart (:mod:`intake.official_apart`). Nothing is kept here: see
:mod:`intake.official_keep`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from intake import official_apart
from intake.apart import Unusable
from intake.form import IMAGES, Kind, kind_of
from intake.official_words import WARN
from lang.clauses import MOST, Clause, Head, head, split, tidy
from lang.clauses_links import Proposed, Validity, proposals, validity
from lang.legacy import mend
from lang.masking import mask

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARS = 2_000_000
_LOOKED_AT = 60_000  # characters in which names of pupils are looked for: to warn, not to clear
_PLAIN = "text/plain; charset=utf-8"
_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|\?xml|head|body)\b", re.IGNORECASE)
_ODD = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Text:
    """The tidied text of a file, its media type, and what a person should look at."""

    text: str
    media_type: str
    pages: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What the machine understood of a document; a person confirms or mends it."""

    text: Text
    head: Head
    validity: Validity
    proposed: tuple[Proposed, ...]
    clauses: tuple[Clause, ...]
    warnings: tuple[str, ...]

    @property
    def valid_from(self) -> dt.date | None:
        """Its own word, else the day of issue: a letter holds from the day that it bears."""
        return self.validity.valid_from or self.head.issued


def read(data: bytes, typed: str = "") -> Draft:
    """Read a file; ``typed``: its text as a person typed it, for a scan. Raises :class:`Unusable`.

    Codes: those of :data:`intake.official_words.FILE`.
    """
    return understood(_scan(data, typed) if typed.strip() else text_of(data))


def understood(text: Text) -> Draft:
    """The head, validity, proposals and clauses of a text."""
    found = head(text.text)
    body = text.text[found.body_at :]
    clauses = split(text.text, found.body_at)
    if not clauses:
        raise Unusable("no_statements")
    warnings = list(text.warnings)
    if len(clauses) >= MOST:
        warnings.append(WARN["most"].format(count=MOST))
    if persons := len(mask(body[:_LOOKED_AT]).masked):
        warnings.append(WARN["persons"].format(count=persons))
    proposed = tuple(proposals(body, found.title, found.number))
    return Draft(text, found, validity(body, found.issued), proposed, tuple(clauses), tuple(warnings))


def text_of(data: bytes) -> Text:
    """The text of a file of any kind that can be taken. Raises :class:`Unusable`."""
    kind = _kind(data)
    warnings: list[str] = []
    pages = 0
    if kind is Kind.PDF:
        about = official_apart.run("pdf", data)
        raw, pages = about["text"], about["pages"]
        if about["scanned"]:
            warnings.append(WARN["scanned_pages"].format(pages=_listed(about["scanned"])))
    elif kind is Kind.DOCX:
        about = official_apart.run("docx", data)
        raw = about["text"]
        if about["pictures"]:
            warnings.append(WARN["pictures"].format(count=about["pictures"]))
    else:
        raw = _decoded(data)
    text, way = _modern(raw)
    if way:
        warnings.append(WARN["legacy"].format(name=way))
    return Text(text, _TYPES.get(kind, _PLAIN) if kind else _PLAIN, pages, tuple(warnings))


def _scan(data: bytes, typed: str) -> Text:
    """The file is kept as it is and not read; what was typed stands for it."""
    if len(typed) > MAX_CHARS:
        raise Unusable("text_too_long")
    kind = _kind(data, pictures=True)
    of_kind = f"image/{kind}" if kind in IMAGES else _TYPES.get(kind, _PLAIN) if kind else _PLAIN
    return Text(_modern(typed)[0], of_kind, 0)


def _kind(data: bytes, *, pictures: bool = False) -> Kind | None:
    """PDF, DOCX, or None for a text; what cannot be taken is refused by its first bytes."""
    if not data:
        raise Unusable("empty")
    if len(data) > MAX_BYTES:
        raise Unusable("too_large", limit=MAX_BYTES >> 20)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise Unusable("old_office")
    kind = kind_of(data)
    if kind in IMAGES and not pictures:
        raise Unusable("picture")
    if kind is None and _HTML.match(data[:200]):
        raise Unusable("html")
    return kind


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data[:4096]:
        raise Unusable("unknown")
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as bad:
        raise Unusable("not_utf8") from bad
    if len(text) > MAX_CHARS:
        raise Unusable("text_too_long")
    return text


def _modern(raw: str) -> tuple[str, str | None]:
    """The tidied text in Unicode letters, and the old font that it was written for."""
    mended, way = mend(raw)
    if len(_ODD.findall(mended)) > 0.02 * len(mended) + 5:
        raise Unusable("odd_font")
    text = tidy(_ODD.sub(" ", mended))
    if not text.strip():
        raise Unusable("no_text")
    return text, way


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    return f"{shown} … ({len(numbers)} trang)" if len(numbers) > 20 else shown

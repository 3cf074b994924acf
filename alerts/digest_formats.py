"""One draft in every form that leaves the house; the same draft and moment give the same bytes in each."""

from __future__ import annotations

from collections.abc import Collection

from alerts import digest_words as words
from alerts.digest_paper import LAYOUT, document
from alerts.digest_zalo import zalo
from alerts.documents import docx, pdf
from alerts.draft import DigestDraft
from alerts.render import render
from store.errors import InputError

FORMATS = ("html", "text", "docx", "pdf", "zalo")
"""``text`` is written to files that end in ``.txt``, ``zalo`` to ``-zalo.txt``."""
NAMES = {"txt": "text"} | {name: name for name in FORMATS}


def chosen(written: str) -> tuple[str, ...]:
    """Formats of a list like ``html,docx,pdf,txt,zalo``, each once. Raises :class:`InputError` for another word."""
    names = [part.strip().lower() for part in written.split(",") if part.strip()]
    for name in names:
        if name not in NAMES:
            raise InputError(words.BAD_FORMAT.format(name=name, known="html, txt, docx, pdf, zalo"))
    return tuple(dict.fromkeys(NAMES[name] for name in names))


def ending(name: str) -> str:
    """What a file of this format ends in."""
    return {"text": ".txt", "zalo": "-zalo.txt"}.get(name, f".{name}")


def files_of(draft: DigestDraft, department: str, made_at: int, formats: Collection[str] = FORMATS) -> dict[str, bytes]:
    """Format → file. ``made_at``: ms UTC, into the papers' properties."""
    found: dict[str, bytes] = {}
    if "html" in formats or "text" in formats:
        html, text = render(draft, department)
        found |= {"html": html.encode(), "text": text.encode()}
    if "docx" in formats or "pdf" in formats:
        paper = document(draft, department, made_at)
        found |= {"docx": docx.write(paper, LAYOUT)} if "docx" in formats else {}
        found |= {"pdf": pdf.write(paper, LAYOUT)} if "pdf" in formats else {}
    if "zalo" in formats:
        found["zalo"] = zalo(draft).encode()
    return {name: found[name] for name in FORMATS if name in found and name in formats}

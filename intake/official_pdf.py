"""The text layer of an official PDF, page by page, and which pages have none. Runs in a process of its own."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from intake.apart import Unusable

MAX_PAGES = 500
MAX_CHARS = 2_000_000
_FEW = 15  # characters; a scanned page may carry a stamp's text and nothing else


def read(data: bytes) -> dict[str, Any]:
    """``text`` (pages parted by a form feed), ``pages``, and ``scanned``: numbers from 1 of pages without a text layer.

    Raises :class:`Unusable`: broken, encrypted, no_pages, too_many_pages, text_too_long, scanned.
    """
    document = _open(data)
    pages: list[str] = []
    scanned: list[int] = []
    left = MAX_CHARS
    for number in range(len(document)):
        text, drawn = _page(document, number, left)
        left -= len(text)
        pages.append(text)
        if len(text.strip()) < _FEW and drawn:
            scanned.append(number + 1)
    if not any(len(page.strip()) >= _FEW for page in pages):
        raise Unusable("scanned", pages=len(pages))
    return {"text": "\f".join(pages), "pages": len(pages), "scanned": scanned}


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as bad:
        locked = getattr(bad, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Unusable("encrypted" if locked else "broken") from bad
    if count < 1:
        raise Unusable("no_pages")
    if count > MAX_PAGES:
        raise Unusable("too_many_pages", pages=count)
    return document


def _page(document: pdfium.PdfDocument, number: int, most: int) -> tuple[str, bool]:
    """The text of a page, and whether anything is drawn on it. Closed again at once: 500 open pages fill the memory."""
    try:
        page = document[number]
    except pdfium.PdfiumError as bad:
        raise Unusable("broken") from bad
    try:
        letters = page.get_textpage()
        try:
            if letters.count_chars() > most:
                raise Unusable("text_too_long")
            text = letters.get_text_range()
        finally:
            letters.close()
        drawn = len(text.strip()) < _FEW and raw.FPDFPage_CountObjects(page.raw) > 0
    finally:
        page.close()
    return text, drawn

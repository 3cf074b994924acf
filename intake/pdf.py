"""A PDF as pictures of its pages: no text layer, attachment, script, form or annotation survives.

Runs in a process of its own (:mod:`intake.apart`), twice: :func:`read` says what stands where, the caller decides
what to black out, :func:`paint` draws the pages. PDFium is built without a script engine.
"""

from __future__ import annotations

import ctypes
import io
import re
import time
from array import array
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image
from pypdfium2 import raw

from intake import image
from intake.apart import Unusable

MAX_PAGES = 20
MAX_CHARS = 100_000
MAX_OBJECTS = 50_000
DPI = 110
MAX_PAGE_PIXELS = 6_000_000
_GRID = 1_000_000  # device units by which a place on the page becomes a fraction
# Fonts of the time before Unicode (TCVN3, VNI): the page looks right and its text layer is gibberish.
_LEGACY_FONT = re.compile(r"(?:^|\+)(?:\.?Vn[A-Z]|VNI[-_ ]|VNTime|SVN-)", re.I)


def read(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Per page its text, a box for each character (x, y, w, h, fractions, float32) and whether a person must look.

    ``look``: it has pictures, or drawings without text, or letters that cannot be read. Raises :class:`Unusable`:
    broken, encrypted, no_pages, too_many_pages, text_too_long, too_heavy.
    """
    document = _open(data)
    pages: list[dict[str, Any]] = []
    blobs: list[bytes] = []
    left = MAX_CHARS
    notes = 0
    for number in range(len(document)):
        page = _page(document, number)
        text, boxes, odd = _letters(page, left)
        left -= len(text)
        pictures, objects = _pictures(page)
        pages.append({"text": text, "look": bool(pictures or odd or (objects and not text.strip()))})
        blobs.append(boxes.tobytes())
        notes += int(raw.FPDFPage_GetAnnotCount(page.raw))
    about = {
        "pages": pages,
        "attachment": document.count_attachments(),
        "script": int(raw.FPDFDoc_GetJavaScriptActionCount(document.raw)),
        "annotation": notes,
        "metadata": sum(1 for value in document.get_metadata_dict(skip_empty=True).values() if value),
    }
    return about, blobs


def paint(
    data: bytes, boxes: Sequence[Sequence[image.Rectangle]], as_pages: bool = False, max_side: int = 0
) -> tuple[dict[str, Any], list[bytes]]:
    """The pages as pictures with ``boxes[k]`` black on page k: one PDF of pictures, or PNG pages for a preview."""
    document = _open(data)
    drawn: list[Image.Image] = []
    for number, found in enumerate(boxes):
        page = _page(document, number)
        wide, high = page.get_size()
        scale = min(DPI / 72, (MAX_PAGE_PIXELS / (wide * high)) ** 0.5)
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
        canvas = image.flat(bitmap.to_pil())
        image.paint(canvas, found)
        if max_side and max(canvas.size) > max_side:
            canvas.thumbnail((max_side, max_side))
        drawn.append(canvas)
    if as_pages:
        return {"sizes": [list(c.size) for c in drawn]}, [image.encode(c)[1] for c in drawn]
    out = io.BytesIO()
    epoch = time.gmtime(0)  # the same pages give the same bytes; when it was made stands in the record
    drawn[0].save(
        out, "PDF", save_all=True, append_images=drawn[1:], resolution=DPI, quality=88, title="", producer="",
        creationDate=epoch, modDate=epoch,
    )  # fmt: skip
    return {}, [out.getvalue()]


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
        raise Unusable("too_many_pages")
    return document


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    try:
        page = document[number]
        wide, high = page.get_size()
    except pdfium.PdfiumError as bad:
        raise Unusable("broken") from bad
    if not (1 <= wide <= 20_000 and 1 <= high <= 20_000):
        raise Unusable("broken")
    return page


def _letters(page: pdfium.PdfPage, most: int) -> tuple[str, array[float], bool]:
    """Text (one character an index), boxes, and whether letters were found that no machine can read."""
    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count > most:
        raise Unusable("text_too_long")
    letters: list[str] = []
    boxes: array[float] = array("f")
    unread = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage.raw, index)
        private = 0xE000 <= code <= 0xF8FF or code > 0xF0000
        known = (
            0 < code < 0x110000
            and not 0xD800 <= code <= 0xDFFF
            and not private
            and code not in (0xFFFD, 0xFFFE, 0xFFFF)
        )
        unread += not known
        letters.append(chr(code) if known else "\ufffd")
        boxes.extend(_box(page, textpage, index))
    legacy = any(_LEGACY_FONT.search(_font(textpage, index)) for index in range(0, count, 7))
    return "".join(letters), boxes, legacy or unread > 0.02 * count


def _box(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    try:
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
    except pdfium.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    corners = [_device(page, x, y) for x, y in ((left, bottom), (right, top))]
    (x1, x2), (y1, y2) = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
    return x1, y1, x2 - x1, y2 - y1


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A place in the page's own units as fractions of the page as it is seen (rotation and crop box applied)."""
    dx, dy = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, ctypes.byref(dx), ctypes.byref(dy))
    return dx.value / _GRID, dy.value / _GRID


def _font(textpage: pdfium.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage.raw, index, buffer, 128, ctypes.byref(flags))
    return buffer.value.decode("latin-1")


def _pictures(page: pdfium.PdfPage) -> tuple[int, int]:
    pictures = objects = 0
    for found in page.get_objects(max_depth=15):
        objects += 1
        pictures += found.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
        if objects > MAX_OBJECTS:
            raise Unusable("too_heavy")
    return pictures, objects

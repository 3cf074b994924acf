"""The one entry point: a submission in, only what may be stored out. The original is not kept anywhere.

What it cannot do, and says so on the form: read the letters in a picture. A picture without a drawn box is taken only
on the declaration that nobody can be recognised in it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from intake import apart, links, words
from intake import text as texts
from intake.form import (
    IMAGES,
    Box,
    Fault,
    Kind,
    Refused,
    Submission,
    Upload,
    check,
    file_message,
    kept_url,
    kind_of,
    visible,
)
from intake.text import Mask
from lang.masking import mask as mask_pupils
from lang.text import nfc

_PAGE_BREAK = "\n\n"
Rectangle = tuple[float, float, float, float]  # x, y, w, h as fractions of the page


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out: the field (``text``, ``files.0`` …), a key of :data:`intake.words.WHAT`, how often."""

    where: str
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class RedactedFile:
    """A file made anew: PNG or JPEG, a PDF of pictures, or the masked text of a DOCX (UTF-8)."""

    name: str  # ours: tep-1.png
    media_type: str
    data: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be stored of a submission. All texts are NFC; ``url`` is None when it led to an account."""

    text: str
    url: str | None
    files: tuple[RedactedFile, ...]
    removed: tuple[Removed, ...]
    where_seen: str = ""
    note: str = ""
    consent_note: str = ""


def redact(sub: Submission, *, mask: Mask = mask_pupils, now: int | None = None) -> Redacted:
    """Black out names, avatars (by boxes), accounts, telephones, papers; drop metadata and original file names.

    Raises :class:`intake.form.Refused` with every fault, those of the form and those that show when a file is opened.
    """
    faults = check(sub, now=now)
    counts: dict[str, Counter[str]] = {}
    files: list[RedactedFile] = []
    for number, upload in enumerate(sub.files if not faults else ()):
        where = f"files.{number}"
        counts[where] = Counter({"file name": int(bool(upload.name))})
        try:
            files.append(_file(upload, number, mask, counts[where]))
        except apart.Unusable as bad:
            faults.append(file_message(number, bad.code, **bad.more))
    if faults:
        raise Refused(faults)
    fields = {}
    for name in ("text", "where_seen", "note", "consent_note"):
        work = texts.redact(getattr(sub, name), mask)
        fields[name] = work.text.strip() if name in ("text", "note") else nfc(work.text)
        counts[name] = work.counts
    url, counts["url"] = _url(sub)
    if not visible(fields["where_seen"]):  # fillers that no reader sees
        raise Refused([Fault("where_seen", words.NO_PLACE)])
    if not (fields["text"] or url or files):
        raise Refused([Fault("text", words.NOTHING)])
    removed = tuple(
        Removed(where, what, count)
        for where, found in sorted(counts.items())
        for what, count in sorted(found.items())
        if count
    )
    return Redacted(
        fields["text"], url, tuple(files), removed, fields["where_seen"], fields["note"], fields["consent_note"]
    )


def look(upload: Upload, *, mask: Mask = mask_pupils, max_side: int = 1_200) -> tuple[bytes, ...]:
    """Pictures of the pages (PNG) on which a person draws boxes, with everything black that is so far.

    They show what has not been blacked out yet: for the eyes of the one who hands it in, never to be stored. A DOCX has
    none.
    Raises :class:`intake.form.Refused`.
    """
    try:
        kind = kind_of(upload.data)
        if kind in IMAGES:
            return tuple(apart.run("image", upload.data, kind=kind, boxes=_drawn(upload, 1), max_side=max_side)[1])
        if kind is not Kind.PDF:
            return ()
        declared = replace(upload, no_persons_visible=True)
        boxes = _pdf_boxes(declared, mask, Counter())
        return tuple(apart.run("pdf_paint", upload.data, boxes=boxes, as_pages=True, max_side=max_side)[1])
    except apart.Unusable as bad:
        raise Refused([file_message(0, bad.code, **bad.more)]) from bad


def _url(sub: Submission) -> tuple[str | None, Counter[str]]:
    if not sub.url:
        return None, Counter()
    kept = kept_url(sub)
    if kept is None:
        return None, Counter({"account link": 1})
    return kept, Counter({"tracking": links.judge(sub.url).removed})


def _file(upload: Upload, number: int, mask: Mask, removed: Counter[str]) -> RedactedFile:
    kind = kind_of(upload.data)
    name = f"tep-{number + 1}"
    removed["drawn box"] += len(upload.boxes)
    if kind in IMAGES:
        _boxes_within(upload, 1)
        about, (data,) = apart.run("image", upload.data, kind=kind, boxes=_drawn(upload, 1))
        removed.update({"metadata": about["metadata"], "frames": about["frames"]})
        suffix = "png" if about["media_type"] == "image/png" else "jpg"
        return RedactedFile(f"{name}.{suffix}", about["media_type"], data, 1)
    if kind is Kind.PDF:
        boxes = _pdf_boxes(upload, mask, removed)
        _, (data,) = apart.run("pdf_paint", upload.data, boxes=boxes)
        return RedactedFile(f"{name}.pdf", "application/pdf", data, len(boxes))
    about, _ = apart.run("docx", upload.data)
    work = texts.redact(about["text"], mask)
    removed.update(about["removed"])
    removed.update(work.counts)
    return RedactedFile(f"{name}.txt", "text/plain; charset=utf-8", (work.text.strip() + "\n").encode(), 1)


def _pdf_boxes(upload: Upload, mask: Mask, removed: Counter[str]) -> list[list[Rectangle]]:
    """What becomes black on each page: what the text layer says, and what the person drew."""
    about, blobs = apart.run("pdf_read", upload.data)
    pages = about["pages"]
    _boxes_within(upload, len(pages))
    removed.update({what: about[what] for what in ("attachment", "script", "annotation", "metadata")})
    removed["text layer"] += any(page["text"].strip() for page in pages)
    work = texts.redact(_PAGE_BREAK.join(page["text"] for page in pages), mask)
    removed.update(work.counts)
    boxes: list[list[Rectangle]] = []
    unmarked: list[str] = []
    first = 0
    for number, (page, blob) in enumerate(zip(pages, blobs, strict=True), start=1):
        letters = array("f")
        letters.frombytes(blob)
        size = len(page["text"])
        found: list[Rectangle] = []
        blind = False
        for start, end, _ in work.cuts:
            a, b = max(start - first, 0), min(end - first, size)
            if a < b:
                covered = _rows([_at(letters, k) for k in range(a, b)])
                blind |= not covered and bool(page["text"][a:b].strip())
                found += covered
        drawn = _drawn(upload, number)
        if (page["look"] or blind) and not drawn and not upload.no_persons_visible:
            unmarked.append(str(number))
        boxes.append(found + drawn)
        first += size + len(_PAGE_BREAK)
    if unmarked:
        raise apart.Unusable("page_unmarked", pages=", ".join(unmarked))
    return boxes


def _at(letters: array[float], k: int) -> Rectangle:
    return letters[4 * k], letters[4 * k + 1], letters[4 * k + 2], letters[4 * k + 3]


def _rows(letters: list[Rectangle]) -> list[Rectangle]:
    """Boxes of letters as one box a line, a little higher and wider than they: marks and tails stick out."""
    rows: list[list[float]] = []
    for x, y, w, h in letters:
        if w <= 0 or h <= 0:
            continue
        last = rows[-1] if rows else None
        if (
            last
            and min(last[3], y + h) - max(last[1], y) > 0.4 * h
            and x - last[2] < 4 * h
            and last[0] - (x + w) < 4 * h
        ):
            last[:] = [min(last[0], x), min(last[1], y), max(last[2], x + w), max(last[3], y + h)]
        else:
            rows.append([x, y, x + w, y + h])
    out: list[Rectangle] = []
    for left, top, right, bottom in rows:
        more = 0.2 * (bottom - top)
        x, y = max(0.0, left - more / 2), max(0.0, top - more)
        out.append((x, y, min(1.0, right + more / 2) - x, min(1.0, bottom + more) - y))
    return [box for box in out if box[2] > 0 and box[3] > 0]


def _drawn(upload: Upload, page: int) -> list[Rectangle]:
    return [(box.x, box.y, box.w, box.h) for box in upload.boxes if box.page == page]


def _boxes_within(upload: Upload, pages: int) -> None:
    """A box on a page that is not there means that something stays uncovered elsewhere."""
    lost: Box | None = next((box for box in upload.boxes if box.page > pages), None)
    if lost:
        raise apart.Unusable("box_page", page=lost.page, pages=pages)


def totals(removed: tuple[Removed, ...]) -> Mapping[str, int]:
    """How often each kind of thing was taken out, over all fields."""
    counts: Counter[str] = Counter()
    for each in removed:
        counts[each.what] += each.count
    return counts


__all__ = ["Fault", "Redacted", "RedactedFile", "Refused", "Removed", "look", "redact", "totals"]

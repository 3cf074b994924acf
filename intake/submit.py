"""From the fields of an HTML form, sent without JavaScript, to a :class:`~intake.form.Submission`.

Fields: ``by where_seen seen_at url text note closed_group by_person_concerned consent_note public_page`` and, for the
file at N from 0, ``boxes_N`` and ``no_persons_visible_N``. A box is drawn without a script by two presses on a picture
of the page (``<input type="image">`` sends where it was pressed): :func:`box_of_presses`; or typed, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from intake import words
from intake.form import MAX_BOXES, Box, Fault, Submission, Upload, file_message

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_TEXTS = ("by", "where_seen", "url", "text", "note", "consent_note")
_TICKS = ("closed_group", "by_person_concerned", "public_page")
_OF_FILE = re.compile(r"(boxes|no_persons_visible)_([0-9])")
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?")


def parse(values: Mapping[str, str], files: Sequence[tuple[str, bytes]]) -> tuple[Submission, list[Fault]]:
    """The submission, and what could not be read of it; call :func:`intake.form.check` as well and show both lists.

    ``files``: name and bytes of each file given (an empty file field, no name and no bytes, is left out). A tick is any
    value but none, ``0`` and ``off``.
    """
    faults = [
        Fault(name[:40], words.UNKNOWN_FIELD.format(name=name[:40]))
        for name in values
        if name not in _TEXTS and name not in _TICKS and name != "seen_at" and not _OF_FILE.fullmatch(name)
    ]
    uploads: list[Upload] = []
    for number, (name, data) in enumerate(f for f in files if f[0] or f[1]):
        boxes = boxes_of_lines(values.get(f"boxes_{number}", ""))
        if boxes is None:
            faults.append(file_message(number, "box"))
        uploads.append(Upload(name, data, boxes or (), _ticked(values, f"no_persons_visible_{number}")))
    seen_at, unread = _time(values.get("seen_at", ""))
    if unread:
        faults.append(Fault("seen_at", words.NOT_A_TIME))
    submission = Submission(
        by=values.get("by", ""),
        where_seen=values.get("where_seen", ""),
        seen_at=seen_at,
        url=values.get("url", "").strip() or None,
        text=values.get("text", ""),
        note=values.get("note", ""),
        closed_group=_ticked(values, "closed_group"),
        by_person_concerned=_ticked(values, "by_person_concerned"),
        consent_note=values.get("consent_note", ""),
        files=tuple(uploads),
        public_page=_ticked(values, "public_page"),
    )
    return submission, faults


def boxes_of_lines(text: str) -> tuple[Box, ...] | None:
    """Boxes from lines ``page left top width height``, the last four in per cent; None if a line is not one."""
    boxes: list[Box] = []
    for line in text.splitlines()[: MAX_BOXES + 1]:
        parts = line.split()
        if not parts:
            continue
        if len(parts) != 5 or not all(map(_NUMBER.fullmatch, parts)) or not parts[0].isdecimal():
            return None
        x, y, w, h = (float(part.replace(",", ".")) / 100 for part in parts[1:])
        boxes.append(Box(int(parts[0]), x, y, w, h))
    return tuple(boxes)


def lines_of_boxes(boxes: Sequence[Box]) -> str:
    """The way back, for a hidden field between two presses; rounded outwards to a hundredth of a per cent."""
    lines = []
    for box in boxes:
        left, top = int(box.x * 10_000), int(box.y * 10_000)
        right = min(10_000, -int(-(box.x + box.w) * 10_000 // 1))
        bottom = min(10_000, -int(-(box.y + box.h) * 10_000 // 1))
        lines.append(" ".join([str(box.page), *(f"{v / 100:.2f}" for v in (left, top, right - left, bottom - top))]))
    return "\n".join(lines)


def box_of_presses(page: int, first: tuple[int, int], second: tuple[int, int], size: tuple[int, int]) -> Box:
    """The box between two presses on a picture of ``size`` (wide, high), in any order; never empty, never outside."""
    left, right = sorted(min(max(x, 0), size[0] - 1) for x in (first[0], second[0]))
    top, bottom = sorted(min(max(y, 0), size[1] - 1) for y in (first[1], second[1]))
    return Box(page, left / size[0], top / size[1], (right + 1 - left) / size[0], (bottom + 1 - top) / size[1])


def _ticked(values: Mapping[str, str], name: str) -> bool:
    return values.get(name, "") not in ("", "0", "off")


def _time(text: str) -> tuple[int | None, bool]:
    """Milliseconds UTC of a local ``datetime-local`` value, None if none was given; and whether it was unreadable."""
    if not text.strip():
        return None, False
    try:
        at = datetime.fromisoformat(text.strip())
        return int((at if at.tzinfo else at.replace(tzinfo=LOCAL)).timestamp() * 1000), False
    except (ValueError, OverflowError):
        return None, True

"""``/gop-tin``: staff hand in a link, a text or files; what is kept of it is shown as it is kept.

Two steps where there are files, or where somebody wants to look first: the pages are shown, boxes are drawn, then it is
saved. Between the steps the bytes
travel in the form itself, so that no original lies anywhere (docs/adr/0006-intake.md).
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import assets, words
from desk.context import BadAddress, Desk
from desk.guard import DRAWING_POLICY
from desk.handed_in import newest
from desk.pages.upload import Form
from intake import submit
from intake.form import (
    LIMITS,
    MAX_FILE_BYTES,
    MAX_FILES,
    Fault,
    Kind,
    Refused,
    Submission,
    Upload,
    check,
    file_message,
    kind_of,
)
from intake.keep import keep
from intake.redact import look
from intake.text import redact
from intake.words import TOO_MANY_FILES
from lang.masking import mask

SAVE = "luu"
_HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form


@dataclass(frozen=True, slots=True)
class Shown:
    """One file on the second step. ``pages``: pictures of its pages as data URIs; ``drawn``: boxes can be drawn."""

    number: int
    what: str
    size: int
    carried: str
    boxes: str
    declared: bool
    pages: tuple[str, ...]
    drawn: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A form made of the files that may be opened; ``boxes``: of each, as typed; and what is wrong with the others."""

    submission: Submission
    boxes: tuple[str, ...]
    faults: list[Fault]


def page(desk: Desk, request: Request) -> Response:
    """The empty form, and what was handed in last."""
    return _form(desk, Form({}), None, [], before=_before(request.query_params.get("truoc")))


def save(desk: Desk, form: Form) -> Response:
    """The next step of a form: boxes to draw, what to mend, or kept and shown. Nothing is kept before all is right."""
    now = desk.now()
    taken = _taken(form)
    sub, faults = taken.submission, list(taken.faults)
    if not desk.seal.fresh(form.values.get("the", ""), now):
        return _form(desk, form, taken, [Fault("", words.INBOX_STALE), *faults], status=403)
    asks = form.values.get("viec") != SAVE or bool(sub.files and form.new)
    faults += check(_as_declared(sub) if asks else sub, now=now)
    if faults or asks:
        return _form(desk, form, taken, faults, status=422 if faults else 200)
    try:
        kept = keep(desk.store, desk.bodies, sub, now)
    except Refused as refused:
        return _form(desk, form, taken, refused.faults, status=422)
    told = "da-co" if kept.known else "moi"
    return RedirectResponse(f"/gop-tin/{kept.fetch.id}?luu={told}", status_code=303, headers=_HEADERS)


def _before(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadAddress("Chỗ bắt đầu của danh sách (ghi sau “truoc=”) không đọc được; bỏ phần đó để xem từ đầu.")
    return int(text)


# ── the form as it came ─────────────────────────────────────────────────────────────────────────────


def _taken(form: Form) -> Taken:
    """The submission; files whose first bytes rule them out are left behind, and said so."""
    numbered: list[tuple[int | None, bytes]] = [
        (n, data) for n, data in sorted(form.carried.items()) if f"drop_{n}" not in form.values
    ]
    numbered += [(None, data) for data in form.new]
    faults: list[Fault] = []
    if len(numbered) > MAX_FILES:
        faults.append(Fault("files", TOO_MANY_FILES.format(count=len(numbered), limit=MAX_FILES)))
    values = {k: v for k, v in form.values.items() if k not in ("the", "viec") and not k[-1].isdigit()}
    files: list[tuple[str, bytes]] = []
    for place, (number, data) in enumerate(numbered[:MAX_FILES]):
        if code := _unusable(data):
            faults.append(Fault("files", file_message(place, code).message_vi))
            continue
        for name in ("boxes", "no_persons_visible") if number is not None else ():
            values[f"{name}_{len(files)}"] = form.values.get(f"{name}_{number}", "")
        files.append(("tep", data))
    submission, unread = submit.parse(values, files)
    boxes = tuple(values.get(f"boxes_{n}", "") for n in range(len(files)))
    return Taken(submission, boxes, faults + unread)


def _unusable(data: bytes) -> str:
    if not data:
        return "empty"
    if len(data) > MAX_FILE_BYTES:
        return "too_large"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "old_office"
    return "" if kind_of(data) else "unknown"


def _as_declared(sub: Submission) -> Submission:
    """For the step before the boxes are drawn: that none is drawn yet is no fault."""
    return replace(sub, files=tuple(replace(f, no_persons_visible=True) for f in sub.files))


# ── the form as it is shown ─────────────────────────────────────────────────────────────────────────


def _form(
    desk: Desk,
    form: Form,
    taken: Taken | None,
    faults: Sequence[Fault],
    *,
    status: int = 200,
    before: int | None = None,
) -> Response:
    shown, more = _shown(taken) if taken else ([], [])
    said: dict[str, list[str]] = {}
    for fault in (*faults, *more):
        told = said.setdefault(fault.field, [])
        told += [] if fault.message_vi in told else [fault.message_vi]
    listed, next_before = ((), None) if taken else newest(desk, before)
    answer = desk.page(
        "inbox.jinja",
        ("Lỗi: " if said else "") + ("Góp tin: che rồi lưu" if shown else "Góp tin"),
        active="inbox",
        status=422 if more and status == 200 else status,
        values=form.values,
        said=said,
        files=shown,
        masked=_masked(taken.submission) if taken and not said else [],
        limits=LIMITS,
        max_files=MAX_FILES,
        seal=desk.seal.make(desk.now()),
        listed=listed,
        next_before=next_before,
        first_page=before is None,
        begun=taken is not None,
        assets=assets.URLS,
    )
    answer.headers.update(_HEADERS)
    if shown:
        answer.headers["Content-Security-Policy"] = DRAWING_POLICY
    return answer


def _masked(sub: Submission) -> list[tuple[str, list[str]]]:
    """The texts as they would be kept, each under its field's name: to be read before they are."""
    texts = [(name, redact(getattr(sub, name), mask).text) for name in words.INBOX_FIELDS if name != "url"]
    return [(words.INBOX_FIELDS[name], text.splitlines()) for name, text in texts if text.strip()]


def _shown(taken: Taken) -> tuple[list[Shown], list[Fault]]:
    """Each file with pictures of its pages; one that cannot be opened is left out, and said so."""
    shown: list[Shown] = []
    faults: list[Fault] = []
    for number, (upload, boxes) in enumerate(zip(taken.submission.files, taken.boxes, strict=True)):
        try:
            pages, wrong = _pages(upload)
        except Refused as refused:
            faults += [Fault("files", _numbered(f.message_vi, number)) for f in refused.faults]
            continue
        faults += [Fault(f"files.{number}", _numbered(message, number)) for message in wrong]
        kind = kind_of(upload.data)
        carried = base64.b64encode(upload.data).decode("ascii")
        uris = tuple(f"data:{_image_type(p)};base64,{base64.b64encode(p).decode('ascii')}" for p in pages)
        what, drawn = (words.INBOX_KINDS[kind] if kind else "", kind is not Kind.DOCX)
        shown.append(Shown(number, what, len(upload.data), carried, boxes, upload.no_persons_visible, uris, drawn))
    return shown, faults


def _pages(upload: Upload) -> tuple[tuple[bytes, ...], list[str]]:
    """Pictures of the pages, and what is wrong with the boxes. Raises :class:`Refused` when the file is at fault."""
    try:
        return look(upload), []
    except Refused as refused:
        if not upload.boxes:
            raise
        return look(replace(upload, boxes=())), [f.message_vi for f in refused.faults]


def _numbered(message: str, number: int) -> str:
    """:func:`look` knows one file, which it calls the first."""
    return message.replace("Tệp 1", f"Tệp {number + 1}", 1)


def _image_type(data: bytes) -> str:
    return "image/jpeg" if data.startswith(b"\xff\xd8") else "image/png"

"""``/van-ban/tep``: the original of a document as it was handed in, to a named person with a reason.

On the desk its text is masked; the file is not. So who takes it and why is written down before a byte of it leaves. It
goes under a name of ours, as what it was taken for when it came in, and is saved by the browser, never opened in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import person, reference_words
from desk import reference_view as view
from desk.context import BadAddress, Desk
from desk.guard import FILE_POLICY
from desk.pages import references
from desk.small_form import UNREADABLE
from store.errors import StoreError
from store.model_reference_file import ReferenceTaken

ADDRESS = "/van-ban/tep"
FIELDS = frozenset({"the", "viec", "ma", "ten", "ly_do"})
ENDS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain; charset=utf-8": "txt",
    "image/png": "png",
    "image/jpeg": "jpg",
}
"""Types that a file may leave as; anything else leaves as bytes."""


def page(desk: Desk, request: Request) -> Response:
    """Opened by its address there is nothing to take: the way leads over a document."""
    return RedirectResponse(references.ADDRESS, status_code=303)


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """Write down who and why, then hand the file out. What is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    found = desk.store.reference(values.get("ma", ""))
    seen = desk.store.reference_seen(found.document_id, view.today(desk)) if found else None
    if found is None or seen is None or not found.body_hash:
        raise HTTPException(404)
    mark, now = values.get("the", ""), desk.now()
    typed = {**values, "viec": "tep"}
    if not desk.seal.fresh(mark, now):
        return references.shown(desk, seen, typed, {"": [reference_words.STALE]}, status=403)
    name, reason, faults = person.told(values.get("ten", ""), values.get("ly_do", ""))
    if faults:
        told = {{"name": "ten", "reason": "ly_do"}[key]: [text] for key, text in faults.items()}
        return references.shown(desk, seen, typed, told, status=422)
    try:
        data = desk.bodies.get(found.body_hash)
    except (OSError, StoreError):
        return references.shown(desk, seen, typed, {"": [reference_words.FILE_GONE]}, status=404)
    row = ReferenceTaken(
        ReferenceTaken.make_id(found.id, f"{mark} {now}"), found.id, found.body_hash, name, reason, now
    )
    with desk.store.transaction() as tx:
        tx.add_reference_taken(row)
    kind = found.media_type if found.media_type in ENDS else "application/octet-stream"
    return Response(
        data,
        headers={
            "Content-Type": kind,
            "Content-Disposition": f'attachment; filename="{found.id}.{ENDS.get(kind, "bin")}"',
            "Content-Security-Policy": FILE_POLICY,
            "Cache-Control": "no-store",
        },
    )

"""``/phan-anh``: unsourced reports of wrongdoing or harm, each to be looked into; notes by named persons.

Another queue than that of candidates, with another tone: what stands here may well be so, and who wrote it is often the
one harmed. There is no score, and no way from here to the one that is spoken of.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts.candidate_words import NOTES
from alerts.checking import note
from desk import assets, masked
from desk.candidate_view import View
from desk.case_lines import case_of
from desk.context import BadAddress, Desk
from desk.pages.candidates import HEADERS
from desk.reference_words import STALE
from desk.small_form import UNREADABLE
from store.errors import InputError
from store.model_candidate import ConcernRows, NoteKind
from store.people import LONGEST_NAME, LONGEST_REASON

ADDRESS = "/phan-anh"
FIELDS = frozenset({"the", "ma", "viec", "noi_dung", "ten"})
SHOWN = 100
VIEWS = {"mo": "chưa ai xem", "da-xem": "đã có ghi nhận"}
LIMITS = {"ten": LONGEST_NAME, "noi_dung": LONGEST_REASON}


def page(desk: Desk, request: Request) -> Response:
    """The list, newest first."""
    view = request.query_params.get("xem", "mo")
    if view not in VIEWS:
        raise BadAddress("Phần danh sách (ghi sau “xem=”) không có; bỏ phần đó để xem những phản ánh chưa ai xem.")
    found = desk.store.concerns(done=view == "da-xem", limit=SHOWN + 1)
    shown = View(desk, found[:SHOWN])
    return desk.page(
        "concerns.jinja",
        "Phản ánh cần xác minh",
        active="concerns",
        view=view,
        views=list(VIEWS.items()),
        lines=[shown.concern(rows) for rows in found[:SHOWN]],
        more=len(found) > SHOWN,
        assets=assets.URLS,
    )


def one(desk: Desk, request: Request) -> Response:
    """One concern with its articles, notes, and the form of a note."""
    rows = _found(desk, request.path_params["concern_id"])
    return _one(desk, rows, {}, "", saved=request.query_params.get("luu", "") == "1")


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """Keep a named person's note; what is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    rows = _found(desk, values.get("ma", ""))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _one(desk, rows, values, STALE, status=403)
    try:
        note(
            desk.store, rows.concern.id, values.get("viec", ""), values.get("noi_dung", ""), values.get("ten", ""),
            desk.now(),
        )  # fmt: skip
    except InputError as wrong:
        text = str(wrong)
        return _one(desk, rows, values, f"{text[0].upper()}{text[1:]}.", status=422)
    return RedirectResponse(f"{ADDRESS}/{rows.concern.id}?luu=1", status_code=303, headers=HEADERS)


def _found(desk: Desk, concern_id: str) -> ConcernRows:
    rows = desk.store.concern(concern_id)
    if rows is None:
        raise HTTPException(404)
    return rows


def _one(
    desk: Desk, rows: ConcernRows, values: Mapping[str, str], fault: str, *, saved: bool = False, status: int = 200
) -> Response:
    answer = desk.page(
        "concern.jinja",
        ("Lỗi: " if fault else "") + "Một phản ánh cần xác minh",
        active="concerns",
        status=status,
        line=View(desk, [rows]).concern(rows),
        notes=[(n, NOTES[n.kind], masked.line(n.text)) for n in reversed(rows.notes)],
        options=[(str(k), NOTES[k]) for k in NoteKind],
        values=values,
        fault=fault,
        saved=saved,
        limits=LIMITS,
        case=case_of(desk, rows.concern.id),
        passed=any(n.kind is NoteKind.PASSED for n in rows.notes),
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer

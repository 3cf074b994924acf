"""Papers and attachments of a case, taken away under names of ours, with nothing that could run in a browser."""

from __future__ import annotations

import logging
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk.case_filter import ADDRESS
from desk.case_paper import TYPES, file_name, files_of, written
from desk.context import Desk
from desk.guard import FILE_POLICY
from store.errors import BodyMissing, InputError
from store.model_case import CaseRows

log = logging.getLogger("haidang.desk")
PAPER = ADDRESS + "/{case_id}/van-ban/{paper_id}/{form}"
FILE = ADDRESS + "/{case_id}/tep/{file_id}"
GONE_WHAT = "Tệp này không còn trong kho"
GONE = "Có thể đã được xóa theo quyết định; dòng ghi trong việc vẫn còn."
UNREADABLE = "Văn bản này không dựng được"


def paper(desk: Desk, request: Request) -> Response:
    """One paper as DOCX or PDF."""
    rows, form = _rows(desk, request), request.path_params["form"]
    found = next((p for p in rows.papers if p.id == request.path_params["paper_id"]), None)
    if found is None or form not in TYPES:
        raise HTTPException(404)
    try:
        data = written(desk, found, form)
    except BodyMissing:
        return _gone(desk)
    except InputError as bad:
        log.warning("paper %s: %s", found.id, bad)
        return desk.page("case_gone.jinja", UNREADABLE, active="cases", status=422, why=str(bad), back=rows.case.id)
    return _file(data, TYPES[form], file_name(rows, found, form))


def attachment(desk: Desk, request: Request) -> Response:
    """One attachment, as it was given; it is saved by the browser, never opened in it."""
    rows = _rows(desk, request)
    found = next((f for f in rows.files if f.id == request.path_params["file_id"]), None)
    if found is None or not found.body_hash:
        raise HTTPException(404)
    try:
        data = files_of(desk).get(found.body_hash)
    except BodyMissing:
        return _gone(desk)
    suffix = found.name.rsplit(".", 1)[-1].lower()
    return _file(data, found.media_type, f"{rows.case.label.replace('/', '-')}-{found.id}.{suffix}", found.name)


def _rows(desk: Desk, request: Request) -> CaseRows:
    case_id = request.path_params["case_id"]
    rows = desk.store.case(case_id) if case_id.startswith("cas_") and len(case_id) < 80 else None
    if rows is None:
        raise HTTPException(404)
    return rows


def _gone(desk: Desk) -> Response:
    return desk.page("case_gone.jinja", GONE_WHAT, active="cases", status=404, why=GONE, back="")


def _file(data: bytes, media_type: str, name: str, shown: str = "") -> Response:
    """``name``: ASCII, ours. ``shown``: as it was called, for browsers that take it."""
    called = f"; filename*=UTF-8''{quote(shown, safe='')}" if shown else ""
    return Response(
        data,
        headers={
            "Content-Type": media_type,
            "Content-Disposition": f'attachment; filename="{name}"{called}',
            "Content-Security-Policy": FILE_POLICY,
        },
    )

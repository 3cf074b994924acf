"""``/danh-gia``: the evaluation sheet of a window as of now, and the sheets that were frozen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import indicators_words as words
from alerts.documents import docx
from alerts.formats import day_short
from alerts.indicators import COMPUTED, measure
from alerts.indicators_load import load_given
from alerts.indicators_sheet import frozen, review, sheet_csv, value_words
from alerts.workclock import clock_now
from config.contacts import load_contacts
from config.indicators import load_indicators
from config.loader import load_sources
from desk import masked
from desk.context import BadAddress, Desk
from desk.pages.registers import sent
from desk.pages.registers_press import query_day
from store.model_register import Evaluation

ADDRESS = "/danh-gia"
FILES = ADDRESS + "/{evaluation_id}/{file}"
MOST_DAYS = 366


def page(desk: Desk, request: Request) -> Response:
    """Frozen sheets; ``tu``, ``den``: that window as it would be frozen now; ``phieu``: a frozen one."""
    first, last = query_day(request, "tu"), query_day(request, "den")
    sheet: dict[str, Any] | None = None
    one = _found(desk, request.query_params["phieu"]) if "phieu" in request.query_params else None
    if one is not None:
        sheet = dict(one.sheet)
    elif first and last:
        if first > last or (last - first).days >= MOST_DAYS:
            raise BadAddress(f"Khoảng ngày phải xuôi chiều và không quá {MOST_DAYS} ngày.")
        sheet = _sheet(desk, first, last)
    return desk.page(
        "registers_evaluation.jinja", "Phiếu đánh giá truyền thông", active="registers",
        first=first.isoformat() if first else "", last=last.isoformat() if last else "",
        frozen_one=one, sheets=desk.store.evaluations(20), day=lambda text: day_short(dt.date.fromisoformat(text)),
        figures=[_row(f) for f in sheet["figures"]] if sheet else [],
        said=(words.CRITERIA.format(criteria=sheet["criteria"]) if sheet and sheet["criteria"] else words.NO_CRITERIA),
        communes=sheet["communes"] if sheet else [], schools=sheet["schools"] if sheet else [],
        columns=words.COLUMN_STATES,
    )  # fmt: skip


def file(desk: Desk, request: Request) -> Response:
    """A frozen sheet as ``phieu.docx`` or ``phieu.csv``."""
    one, name = _found(desk, request.path_params["evaluation_id"]), request.path_params["file"]
    if name == "phieu.csv":
        return sent(sheet_csv(one.sheet), "text/csv; charset=utf-8", f"{one.id}.csv")
    if name == "phieu.docx":
        return sent(docx.write(review(one.sheet, one.id, one.at)), docx.MEDIA_TYPE, f"{one.id}.docx")
    raise HTTPException(404)


def _sheet(desk: Desk, first: dt.date, last: dt.date) -> dict[str, Any]:
    home, tz = desk.settings.home, desk.settings.timezone
    indicators = load_indicators(COMPUTED, home)[0]
    sources, contacts = load_sources(desk.settings)[0], load_contacts(home)[0]
    given = load_given(desk.store, sources, contacts, clock_now(home, tz), first, last, desk.now())
    return frozen(indicators, measure(indicators, given), given, first, last, tz)


def _row(f: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f["id"], "name": f"{f['code']} {f['name']}".strip(), "value": value_words(f), "target": f["target"],
        "reached": words.REACHED[f["reached"]], "duty": f["duty"], "basis": f["basis"], "how": words.HOW[f["how"]],
        "note": masked.line(f["note"]),
        "articles": [i.partition(":")[2] for i in f["items"] if i.startswith("article:")][:50],
        "items": len(f["items"]),
    }  # fmt: skip


def _found(desk: Desk, id_: str) -> Evaluation:
    found = desk.store.evaluation(id_)
    if found is None:
        raise HTTPException(404)
    return found

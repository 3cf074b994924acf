"""``/do-luong``: how long each step took and what was kept on time, with the cases behind every figure."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import Response

from alerts import measure_words
from alerts.case_words import CLOCKS
from alerts.measures import FEW, Figures
from alerts.measures_report import Report, length, measured
from config.contacts import load_contacts
from desk.context import BadAddress, Desk
from desk.show import local_day

ADDRESS = "/do-luong"
DAYS, MOST_DAYS = 90, 400


def page(desk: Desk, request: Request) -> Response:
    """Of cases opened on the days ``tu`` to ``den``, both counted; the last 90 days without them."""
    last = _day(request, "den") or local_day(desk.now(), desk.settings.timezone)
    first = _day(request, "tu") or last - dt.timedelta(days=DAYS - 1)
    if first > last:
        raise BadAddress("Ngày đầu (“tu=”) đứng sau ngày cuối (“den=”).")
    if (last - first).days >= MOST_DAYS:
        raise BadAddress(f"Khoảng ngày dài quá {MOST_DAYS} ngày; lệnh haidang measures lấy được dài hơn.")
    contacts, _ = load_contacts(desk.settings.home)
    report = measured(desk.store, desk.settings, contacts, desk.now(), first, last)
    return desk.page(
        "measures.jinja",
        "Đo thời gian xử lý",
        active="measures",
        first=first.isoformat(),
        last=last.isoformat(),
        report=report,
        groups=[(_name(one, report), one) for one in report.figures if one.cases],
        measure_words=measure_words,
        clocks=CLOCKS,
        length=length,
        labels=report.labels,
        few=FEW,
        answered={c.case_id for c in report.cases if c.answered is not None},
    )


def _name(one: Figures, report: Report) -> str:
    if one.scope == "all":
        return measure_words.SCOPES["all"]
    name = report.names.get(one.key, one.key) or measure_words.NO_THEME
    return f"{measure_words.SCOPES[one.scope]}: {name}"


def _day(request: Request, name: str) -> dt.date | None:
    text = request.query_params.get(name, "")
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year < 2190:
        raise BadAddress(f"Ngày ghi sau “{name}=” không đọc được; viết như 2026-11-20.")
    return day

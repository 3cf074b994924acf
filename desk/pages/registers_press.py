"""``/giao-ban``: the press briefing of a window; ``/so-bao-chi``: the ledger of what the press was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import registers_ledger
from alerts.briefing import Briefing, document
from alerts.briefing_load import MOST_DAYS, around, load_briefing
from alerts.documents import docx, pdf
from alerts.formats import day_short, local
from alerts.registers_ledger import Line, give
from alerts.workclock import clock_now
from config.contacts import load_contacts
from desk import masked
from desk.context import BadAddress, Desk
from desk.pages.registers import HEADERS, STALE, sent
from desk.show import day_bounds, local_day
from desk.small_form import UNREADABLE
from store.errors import InputError

BRIEFING, PAPER = "/giao-ban", "/giao-ban/{file}"
LEDGER, TABLE = "/so-bao-chi", "/so-bao-chi/{file}"
FIELDS = frozenset({"the", "bao", "noi_dung", "hinh_thuc", "luc", "so", "ten"})
DAYS, LEDGER_DAYS, MOST_LEDGER = 7, 90, 3_660


def briefing(desk: Desk, request: Request) -> Response:
    """What the paper of the window (``tu``, ``den``; the last week without them) would hold, and the paper itself."""
    first, last = _window(desk, request, DAYS, MOST_DAYS)
    return desk.page(
        "registers_briefing.jinja", "Giao ban báo chí", active="registers", of=_of(desk, first, last),
        first=first.isoformat(), last=last.isoformat(), day=day_short,
    )  # fmt: skip


def paper(desk: Desk, request: Request) -> Response:
    """The paper in one click: ``tai-lieu.docx``, ``tai-lieu.pdf``."""
    forms = {"tai-lieu.docx": (docx.write, docx.MEDIA_TYPE), "tai-lieu.pdf": (pdf.write, pdf.MEDIA_TYPE)}
    name = request.path_params["file"]
    if name not in forms:
        raise HTTPException(404)
    first, last = _window(desk, request, DAYS, MOST_DAYS)
    write, kind = forms[name]
    return sent(write(document(_of(desk, first, last))), kind, f"giao-ban-{first}-{last}-{name}")


def ledger(desk: Desk, request: Request) -> Response:
    """The lines of a window, newest first, and the form that adds one."""
    return _ledger(desk, *_window(desk, request, LEDGER_DAYS, MOST_LEDGER), {}, "", saved="luu" in request.query_params)


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """Keep a line; what is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    today = local_day(desk.now(), desk.settings.timezone)
    window = today - dt.timedelta(days=LEDGER_DAYS - 1), today
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _ledger(desk, *window, values, STALE, status=403)
    try:
        line = Line(
            values.get("bao", ""), values.get("noi_dung", ""), values.get("hinh_thuc", ""),
            _moment(desk, values.get("luc", "")), values.get("so", ""),
        )  # fmt: skip
        give(desk.store, line, values.get("ten", ""), desk.now())
    except InputError as wrong:
        text = str(wrong)
        return _ledger(desk, *window, values, f"{text[0].upper()}{text[1:]}.", status=422)
    return RedirectResponse(f"{LEDGER}?luu=1", status_code=303, headers=HEADERS)


def table(desk: Desk, request: Request) -> Response:
    """The ledger of a window as ``so.csv`` or ``so.docx``."""
    name, tz = request.path_params["file"], desk.settings.timezone
    if name not in ("so.csv", "so.docx"):
        raise HTTPException(404)
    first, last = _window(desk, request, LEDGER_DAYS, MOST_LEDGER)
    given = desk.store.press_given(*day_bounds(first, last, tz))
    if name == "so.csv":
        return sent(registers_ledger.table(given, tz), "text/csv; charset=utf-8", f"so-bao-chi-{first}-{last}.csv")
    made = registers_ledger.document(given, first, last, tz, desk.now())
    return sent(docx.write(made), docx.MEDIA_TYPE, f"so-bao-chi-{first}-{last}.docx")


def _of(desk: Desk, first: dt.date, last: dt.date) -> Briefing:
    home, tz = desk.settings.home, desk.settings.timezone
    given = around(home, load_contacts(home)[0], tz)
    return load_briefing(desk.store, given, first, last, clock_now(home, tz), desk.now())


def _ledger(
    desk: Desk, first: dt.date, last: dt.date, values: Mapping[str, str], fault: str, *, saved: bool = False,
    status: int = 200,
) -> Response:  # fmt: skip
    tz, now = desk.settings.timezone, desk.now()
    rows = [
        {"at": g.given_at, "outlet": g.outlet, "what": masked.line(g.what), "way": g.way, "number": g.number,
         "by": g.by, "id": g.id, "note": masked.line(g.note)}
        for g in desk.store.press_given(*day_bounds(first, last, tz), 500)
    ]  # fmt: skip
    answer = desk.page(
        "registers_ledger.jinja", "Sổ cung cấp thông tin báo chí", active="registers", status=status, rows=rows,
        first=first.isoformat(), last=last.isoformat(), values=dict(values), fault=fault, saved=saved,
        seal=desk.seal.make(now), moment=f"{local(now, tz):%Y-%m-%dT%H:%M}",
    )  # fmt: skip
    answer.headers.update(HEADERS)
    return answer


def _window(desk: Desk, request: Request, days: int, most: int) -> tuple[dt.date, dt.date]:
    last = query_day(request, "den") or local_day(desk.now(), desk.settings.timezone)
    first = query_day(request, "tu") or last - dt.timedelta(days=days - 1)
    if first > last:
        raise BadAddress("Ngày đầu (“tu=”) đứng sau ngày cuối (“den=”).")
    if (last - first).days >= most:
        raise BadAddress(f"Khoảng ngày dài quá {most} ngày; chọn khoảng ngắn hơn.")
    return first, last


def query_day(request: Request, name: str) -> dt.date | None:
    """The day of a query's part; None where it is not there. Raises :class:`BadAddress`."""
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


def _moment(desk: Desk, text: str) -> int:
    """Of a field of day and hour; now where it is empty. Raises :class:`InputError`."""
    if not text:
        return desk.now()
    try:
        wall = dt.datetime.strptime(text[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a wall clock, in our zone below
    except ValueError as bad:
        raise InputError("lúc cung cấp: viết ngày giờ như 2026-11-20 16:00") from bad
    return clock_now(desk.settings.home, desk.settings.timezone).instant(wall)

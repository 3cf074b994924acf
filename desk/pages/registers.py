"""``/bao-cao-den``: reports that are owed to the department, and apart from them those that it owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import registers_words as words
from alerts.documents import docx
from alerts.formats import day_short
from alerts.registers import Board, counts, due_day, without_dates
from alerts.registers_papers import annex, annex_csv, urge
from alerts.registers_write import AHEAD, board_of, boards, enter
from alerts.workclock import WorkClock, clock_now
from config.registers import load_registers
from desk import masked
from desk.context import BadAddress, Desk
from desk.small_form import UNREADABLE
from store.errors import InputError
from store.model_register import Direction, ReportPeriod

ADDRESS = "/bao-cao-den"
FILES = ADDRESS + "/{period_id}/{file}"
HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form
FIELDS = frozenset({"the", "ky", "don_vi", "ngay", "so", "ghi_chu", "ten"})
BACK_MS = 400 * 86_400_000
AWAY, GOING = "di", Direction.OUTGOING
STALE = "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên chưa ghi gì. Bấm ghi lần nữa."
_DOCX = docx.MEDIA_TYPE
_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Row:
    """One period in the list."""

    id: str
    name: str
    due: str
    moved: str
    span: str
    numbers: Mapping[str, int]
    late: bool


def page(desk: Desk, request: Request) -> Response:
    """The list of one direction (``chieu=di``: what the department owes), or one period (``ky``) with its form."""
    query = request.query_params
    if query.get("ky"):
        return _period(desk, _found(desk, query["ky"]), {}, "", saved=query.get("luu") == "1")
    way = GOING if query.get("chieu") == AWAY else Direction.INCOMING
    clock, now = _clock(desk), desk.now()
    registers = load_registers(desk.settings.home)[0]
    found = boards(desk.store, clock, way, (now - BACK_MS, now + AHEAD.days * 86_400_000), now)
    undated = [(report.name, report.dates) for _, report in without_dates(registers) if report.direction == way.value]
    confirm = [(r.name, r.confirm) for r in registers.reports.values() if r.confirm and r.direction == way.value]
    return desk.page(
        "registers.jinja", "Báo cáo đến hạn", active="registers", rows=[_row(of, clock) for of in reversed(found)],
        outgoing=way is GOING, directions=words.DIRECTIONS, undated=undated, confirm=confirm, one=None,
    )  # fmt: skip


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """A report came in, or went out; what is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    period = _found(desk, values.get("ky", ""))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _period(desk, period, values, STALE, status=403)
    try:
        if period.direction is GOING and not values.get("so", "").strip():
            raise InputError(words.EMPTY.format(field=words.FIELDS["number"]))
        enter(
            desk.store, _clock(desk), period, values.get("don_vi", ""), desk.now(), by=values.get("ten", ""),
            day=_day(values.get("ngay", "")), number=values.get("so", ""), note=values.get("ghi_chu", ""),
        )  # fmt: skip
    except InputError as wrong:
        text = str(wrong)
        return _period(desk, period, values, f"{text[0].upper()}{text[1:]}.", status=422)
    return RedirectResponse(f"{ADDRESS}?ky={period.id}&luu=1", status_code=303, headers=HEADERS)


def file(desk: Desk, request: Request) -> Response:
    """The collated table (``bang.docx``, ``bang.csv``) or the draft công văn (``don-doc.docx``) of a period."""
    period = _found(desk, request.path_params["period_id"])
    clock, now, name = _clock(desk), desk.now(), request.path_params["file"]
    of = board_of(desk.store, clock, period, now)
    if name == "bang.csv":
        return sent(annex_csv(of, desk.settings.timezone), _CSV, f"{period.id}-{name}")
    if name == "bang.docx":
        return sent(docx.write(annex(of, clock, now, desk.settings.timezone)), _DOCX, f"{period.id}-{name}")
    if name == "don-doc.docx":
        try:
            return sent(docx.write(urge(of, clock, now)), _DOCX, f"{period.id}-{name}")
        except InputError as wrong:
            raise BadAddress(str(wrong)) from wrong
    raise HTTPException(404)


def sent(data: bytes, kind: str, name: str) -> Response:
    """A file that a browser saves."""
    return Response(data, headers={"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'})


def _period(
    desk: Desk, period: ReportPeriod, values: Mapping[str, str], fault: str, *, saved: bool = False, status: int = 200
) -> Response:
    clock, now = _clock(desk), desk.now()
    of = board_of(desk.store, clock, period, now)
    outgoing = period.direction is GOING
    states = words.SENT_STATES if outgoing else words.STATES
    answer = desk.page(
        "registers.jinja", "Báo cáo đến hạn", active="registers", status=status, one=_row(of, clock), outgoing=outgoing,
        directions=words.DIRECTIONS, lines=[_line(line, states) for line in of.lines],
        missing=[(line.party, line.name) for line in of.missing], over=now > period.due_at, basis=period.basis,
        values=dict(values), fault=fault, saved=saved, seal=desk.seal.make(now),
        today=clock.day_of(now).isoformat(),
    )  # fmt: skip
    answer.headers.update(HEADERS)
    return answer


def _line(line: Any, states: Mapping[str, str]) -> dict[str, Any]:
    entry = line.last
    return {
        "name": line.name, "state": states[line.state], "missing": line.entry is None,
        "day": day_short(dt.date.fromisoformat(line.entry.day)) if line.entry else "",
        "number": entry.number if entry else "", "by": entry.by if entry else "",
        "note": masked.line(entry.note) if entry else "", "file": bool(entry and entry.body_hash),
    }  # fmt: skip


def _row(of: Board, clock: WorkClock) -> Row:
    period = of.period
    due = due_day(period, clock)
    day, first, last = (dt.date.fromisoformat(x) for x in (period.day, period.begins, period.ends))
    moved = words.MOVED.format(day=day_short(day), due=day_short(due)) if day != due else ""
    span = f"{day_short(first)} – {day_short(last)}"
    return Row(period.id, period.name, day_short(due), moved, span, counts(of), bool(of.having("missing")))


def _found(desk: Desk, period_id: str) -> ReportPeriod:
    found = desk.store.report_period(period_id)
    if found is None:
        raise HTTPException(404)
    return found


def _clock(desk: Desk) -> WorkClock:
    return clock_now(desk.settings.home, desk.settings.timezone)


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as bad:
        raise InputError(words.BAD_DAY.format(option="ngày", text=text[:20])) from bad

"""``/can-doi-chieu``: what stands to be checked, one candidate with its evidence, the form of a person's result.

A score never becomes a result here, and a result sends nothing to anybody. A second reader does not see the first
result nor the score (``?doc_lai=1``).
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import candidates as work
from alerts.candidate_words import CLOSED_BY, RESULTS
from alerts.checking import LONGEST_DOCUMENT, Given, record
from desk import assets
from desk.candidate_view import View, result_line
from desk.case_lines import case_of
from desk.context import BadAddress, Desk
from desk.reference_words import STALE
from desk.small_form import UNREADABLE
from store.errors import InputError
from store.model_candidate import CandidateRows, CheckResult
from store.people import LONGEST_NAME, LONGEST_REASON

ADDRESS = "/can-doi-chieu"
HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form
FIELDS = frozenset({"the", "ma", "ket_qua", "ly_do", "van_ban", "ten", "doc_lai"})
SHOWN = 50
VIEWS = {
    "mo": "chờ đối chiếu",
    "ket-qua": "đã có kết quả",
    "het-can-cu": "không còn căn cứ",
    "van-ban": "văn bản chưa thống nhất",
}
_STATES = {"ket-qua": "done", "het-can-cu": "over", "van-ban": "apart"}
LIMITS = {"van_ban": LONGEST_DOCUMENT, "ten": LONGEST_NAME, "ly_do": LONGEST_REASON}


def page(desk: Desk, request: Request) -> Response:
    """The list, open ones within a day's capacity first."""
    view = request.query_params.get("xem", "mo")
    if view not in VIEWS:
        raise BadAddress("Phần danh sách (ghi sau “xem=”) không có; bỏ phần đó để xem những mục chờ đối chiếu.")
    everything = desk.store.candidates(limit=2_000)
    sheets = [work.sheet(rows) for rows in everything]
    per_day = desk.settings.candidates_per_day
    queue = work.queue(sheets, per_day, desk.settings.timezone)
    first = list(queue.chosen) if view == "mo" else [s for s in sheets if s.state == _STATES[view]]
    rest = list(queue.rest) if view == "mo" else []
    shown = View(desk, [s.rows for s in (*first[:SHOWN], *rest[:SHOWN])])
    over = work.overturned(everything)
    return desk.page(
        "candidates.jinja",
        "Cần đối chiếu",
        active="candidates",
        view=view,
        views=[(key, name, _count(key, sheets)) for key, name in VIEWS.items()],
        lines=[shown.line(s) for s in first[:SHOWN]],
        rest=[shown.line(s) for s in rest[:SHOWN]],
        more=max(0, len(first) - SHOWN) + max(0, len(rest) - SHOWN),
        expected=queue.expected,
        per_day=per_day,
        overturned=over,
        empty=not everything,
        assets=assets.URLS,
    )


def one(desk: Desk, request: Request) -> Response:
    """One candidate: evidence, what would change it, parts, versions, results, the form."""
    rows = _found(desk, request.path_params["candidate_id"])
    blind = request.query_params.get("doc_lai", "") == "1"
    return _one(desk, rows, {}, "", blind=blind, saved=request.query_params.get("luu", "") == "1")


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """Keep a named person's result; what is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    rows = _found(desk, values.get("ma", ""))
    blind = values.get("doc_lai", "") == "1"
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _one(desk, rows, values, STALE, blind=blind, status=403)
    given = Given(
        values.get("ket_qua", ""), values.get("ly_do", ""), values.get("van_ban", ""), values.get("ten", ""), blind
    )
    try:
        record(desk.store, rows.candidate.id, given, desk.now())
    except InputError as wrong:
        text = str(wrong)
        return _one(desk, rows, values, f"{text[0].upper()}{text[1:]}.", blind=blind, status=422)
    return RedirectResponse(f"{ADDRESS}/{rows.candidate.id}?luu=1", status_code=303, headers=HEADERS)


def _count(view: str, sheets: list[work.Sheet]) -> int:
    return sum(s.state == _STATES.get(view, "open") for s in sheets)


def _found(desk: Desk, candidate_id: str) -> CandidateRows:
    rows = desk.store.candidate(candidate_id)
    if rows is None:
        raise HTTPException(404)
    return rows


def _one(
    desk: Desk,
    rows: CandidateRows,
    values: Mapping[str, str],
    fault: str,
    *,
    blind: bool = False,
    saved: bool = False,
    status: int = 200,
) -> Response:
    sheet = work.sheet(rows)
    shown = View(desk, [rows])
    curve = work.curve(rows, desk.settings.timezone)
    proposed = work.proposal(sheet)
    answer = desk.page(
        "candidate.jinja",
        ("Lỗi: " if fault else "") + ("Đọc lại" if blind else "Một mục cần đối chiếu"),
        active="candidates",
        status=status,
        line=shown.line(sheet),
        sheet=sheet,
        finding=sheet.finding,
        closed_by=CLOSED_BY.get(rows.findings[-1].relation, "") if rows.findings else "",
        results=[(c, result_line(c)) for c in reversed(rows.checks)],
        options=[(str(r), RESULTS[r]) for r in CheckResult],
        proposed=RESULTS[proposed] if proposed else "",
        curve=curve,
        most=max((new for _, new, _ in curve), default=1),
        versions=list(reversed(rows.findings))[:20],
        values=values,
        fault=fault,
        saved=saved,
        blind=blind,
        limits=LIMITS,
        case=None if blind else case_of(desk, rows.candidate.id),
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer

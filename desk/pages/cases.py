"""``/viec-can-xu-ly``: all cases as a table or as columns by state, one filter for both; several handled at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from alerts import casework
from alerts.case_plans import Plans
from alerts.case_words import KINDS, SEVERITIES, STATES
from alerts.casework import year_of
from desk import assets
from desk import case_words as words
from desk.case_do import EVENTS_OF
from desk.case_fields import BY
from desk.case_filter import ADDRESS, NAMES, Filter, read
from desk.case_form import Sent
from desk.case_given import Given
from desk.case_lines import Line, lines, place_name, plans_of
from desk.context import BadAddress, Desk
from desk.pages.candidates import HEADERS
from desk.small_form import UNREADABLE
from store.model_case_list import CaseLine

BULK = ADDRESS + "/nhieu"
SHOWN, IN_COLUMN = 50, 15
MOST = 200
FIELDS = frozenset({"the", "lam", "nguoi", "don_vi", "luc", "ly_do", "ten", "loc"})
KEPT = ("nhan", "giao", "ket-thuc")


def page(desk: Desk, request: Request) -> Response:
    """The list as its address asks."""
    return _page(desk, read(request.query_params), {}, (), "")


def bulk(desk: Desk, sent: Sent) -> Response:
    """One command on every case that was ticked: a line each, what fails is told and nothing else is lost."""
    values = sent.values
    if not values.keys() <= FIELDS or values.get("lam", "") not in ("", *KEPT):
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    asked = read(QueryParams(_own(values.get("loc", ""))))
    fault = _fault(desk, sent)
    if fault:
        stale = fault == words.STALE
        return _page(desk, asked, values, sent.chosen, fault, status=403 if stale else 422)
    key, plans = values["lam"], plans_of(desk)
    given = Given(desk, plans, values, (), desk.now())
    done = casework.act_on_many(desk.store, sent.chosen, lambda rows: EVENTS_OF[key](given, rows))
    answer = desk.page(
        "cases_done.jinja",
        f"{words.SAVED_BULK[key]}: {sum(one.ok for one in done)}/{len(done)} việc",
        active="cases",
        done=done,
        back=asked.link(),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer


def _fault(desk: Desk, sent: Sent) -> str:
    if not desk.seal.fresh(sent.values.get("the", ""), desk.now()):
        return words.STALE
    if not sent.values.get("lam"):
        return "Chọn một việc cần làm với các dòng đã đánh dấu."
    if not sent.chosen:
        return words.NOTHING_CHOSEN
    return words.TOO_MANY_CHOSEN.format(limit=MOST) if len(sent.chosen) > MOST else ""


def _own(asked: str) -> list[tuple[str, str]]:
    """The filter that the list had, from its address; anything else in it is dropped."""
    try:
        found = parse_qsl(asked.lstrip("?")[:2_000], max_num_fields=2 * len(NAMES))
    except ValueError:
        return []
    return [(name, value) for name, value in found if name in NAMES]


def _page(
    desk: Desk, asked: Filter, values: Mapping[str, str], chosen: Sequence[str], fault: str, status: int = 200
) -> Response:
    plans, now = plans_of(desk), desk.now()
    counts = desk.store.case_counts(replace(asked, state="").query(now, 1))
    over = desk.store.case_counts(replace(asked, state="", overdue=True).query(now, 1))
    found, more = _lines(desk, plans, asked)
    answer = desk.page(
        "cases.jinja",
        ("Lỗi: " if fault else "") + words.NAME,
        active="cases",
        status=status,
        asked=asked,
        lines=found,
        columns=_columns(desk, plans, asked, counts) if asked.view == "cot" and not asked.number else (),
        more=asked.link(behind=more) if more else "",
        counts=counts,
        total=sum((desk.store.case_counts(asked.query(now, 1)) if asked.state else counts).values()),
        state_words=STATES.get(asked.state, "" if asked.state == words.EVERY else "đang mở"),
        over=sum(over.values()),
        choices=_choices(desk, plans),
        wrong_number=words.BAD_NUMBER if asked.number and asked.numbered(0) is None else "",
        views=words.VIEWS,
        fault=fault,
        values=values,
        chosen=set(chosen),
        by=BY,
        own=asked.link().partition("?")[2],
        nobody=words.NOBODY,
        seal=desk.seal.make(now),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer


def _lines(desk: Desk, plans: Plans, asked: Filter) -> tuple[list[Line], tuple[int, str] | None]:
    """The lines of the table, and behind which place there are more."""
    if asked.number:
        return _numbered(desk, plans, asked), None
    if asked.view == "cot":
        return [], None
    found = desk.store.case_list(asked.query(desk.now(), SHOWN + 1), asked.behind)
    more = found[SHOWN - 1].place if len(found) > SHOWN else None
    return lines(desk, plans, found[:SHOWN]), more


def _numbered(desk: Desk, plans: Plans, asked: Filter) -> list[Line]:
    """The one case of that number, whatever its state; it stays away where another part of the filter forbids it."""
    meant = asked.numbered(year_of(desk.now(), desk.settings.timezone))
    case = desk.store.case_numbered(*meant) if meant else None
    rows = desk.store.case(case.id) if case else None
    if rows is None:
        return []
    now = rows.now
    wanted = ((asked.kind, now.kind.value), (asked.office, now.office), (asked.assignee, now.assignee),
              (asked.place, now.place), (asked.severity, now.severity.value),
              (asked.state.replace(words.EVERY, ""), now.state.value))  # fmt: skip
    if any(want and want != has for want, has in wanted):
        return []
    late = any(c.stopped_at is None and c.paused_at is None and c.due_at <= desk.now() for c in rows.clocks)
    return lines(desk, plans, [CaseLine(rows.case, now, rows.clocks, (0, ""))]) if late or not asked.overdue else []


def _columns(
    desk: Desk, plans: Plans, asked: Filter, counts: Mapping[str, int]
) -> list[tuple[str, int, list[Line], str]]:
    """(heading, how many, the first of them, where to see all) of each column that the filter leaves."""
    found = []
    for heading, states in words.COLUMNS:
        wanted = [s for s in states if asked.state in ("", words.EVERY, s)]
        if not wanted:
            continue
        cards = [one for s in wanted for one in desk.store.case_list(asked.query(desk.now(), IN_COLUMN, s))]
        cards = sorted(cards, key=lambda one: one.place)[:IN_COLUMN]
        count = sum(counts.get(s, 0) for s in wanted)
        link = asked.link(state=wanted[0] if len(wanted) == 1 else asked.state, view="bang")
        found.append((heading, count, lines(desk, plans, cards), link))
    return found


def _choices(desk: Desk, plans: Plans) -> Mapping[str, list[tuple[str, str]]]:
    """What each part of the filter can be."""
    name, has = plans.router.world.name, desk.store.case_values()
    return {
        "tinh_trang": [("", "đang mở"), *STATES.items(), (words.EVERY, "tất cả")],
        "loai": [("", "mọi loại"), *KINDS.items()],
        "muc": [("", "mọi mức"), *SEVERITIES.items()],
        "don_vi": [("", "mọi đơn vị"), *((key, name(key)) for key in has.offices)],
        "nguoi": [("", "mọi người"), *((one, one) for one in has.assignees)],
        "noi": [("", "mọi nơi"), *((code, place_name(plans, code)) for code in has.places)],
    }


def overdue_link() -> str:
    """The list of what is overdue."""
    return Filter(overdue=True).link()

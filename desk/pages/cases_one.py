"""``/viec-can-xu-ly/{id}``: one case with everything that people do with it; ``/viec/{id}``, as notices name it.

A form names the version of the case that its page showed. What is still allowed is done all the same; what is not is
shown again with what was typed and what the case has had since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts.case_words import EVENTS
from desk import assets
from desk import case_words as words
from desk.case_do import FIELDS, attach, do
from desk.case_fields import BY
from desk.case_filter import ADDRESS
from desk.case_form import Sent
from desk.case_forms import BY_KEY
from desk.case_given import Given
from desk.case_lines import plans_of
from desk.case_timeline import Entry, entries
from desk.case_view import shows, suggestions
from desk.context import BadAddress, Desk
from desk.pages.candidates import HEADERS
from desk.small_form import UNREADABLE
from store.errors import InputError
from store.model_case import CaseRows, TimelineEntry
from store.people import same_person

FILE_ADDRESS = ADDRESS + "/tep"
FILE_KEY = "tep"
JUST_NOW = 10 * 60_000  # the same person, the same thing, since the page was opened: sent twice


def page(desk: Desk, request: Request) -> Response:
    """The case as it is now."""
    rows = _found(desk, request.path_params["case_id"])
    asked = request.query_params
    saved = BY_KEY[asked["luu"]].title if asked.get("luu") in BY_KEY else EVENTS.get(asked.get("luu", ""), "")
    since = (_number(asked.get("tu")), _number(asked.get("den")))
    return _page(desk, rows, _Told(saved=saved, since=since, whole=asked.get("tat_ca") == "1"))


def from_notice(desk: Desk, request: Request) -> Response:
    """The address that notices carry leads to the case."""
    return RedirectResponse(f"{ADDRESS}/{_found(desk, request.path_params['case_id']).case.id}", status_code=302)


def save(desk: Desk, sent: Sent) -> Response:
    """Give one command; what is wrong is said, with what was typed."""
    values = sent.values
    key = values.get("lam", "")
    if key not in FIELDS or not values.keys() <= FIELDS[key]:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    rows, version = _found(desk, values.get("viec", "")), _number(values.get("phien"))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _page(desk, rows, _Told(key, values, sent.chosen, words.STALE, status=403))
    given = Given(desk, plans_of(desk), values, sent.chosen, desk.now())
    try:
        shown = do(given, rows, key, version)
    except InputError as wrong:
        if _sent_twice(desk, rows, key, version, given.who):
            return _saved(rows, key, version, rows.now.version)
        return _wrong(desk, rows, key, sent, str(wrong), version)
    return _saved(shown, key, version, rows.now.version if shown.case.id == rows.case.id else version)


def save_file(desk: Desk, sent: Sent) -> Response:
    """Attach one file."""
    rows, version = _found(desk, sent.values.get("viec", "")), _number(sent.values.get("phien"))
    if not desk.seal.fresh(sent.values.get("the", ""), desk.now()):
        return _page(desk, rows, _Told(FILE_KEY, sent.values, (), words.STALE, status=403))
    given = Given(desk, plans_of(desk), sent.values, (), desk.now())
    try:
        if not sent.file_name and not sent.data:
            raise InputError(words.NO_FILE)
        attach(given, rows, sent.file_name, sent.data)
    except InputError as wrong:
        return _wrong(desk, rows, FILE_KEY, sent, str(wrong), version)
    return _saved(rows, "file", version, rows.now.version)


def _found(desk: Desk, case_id: str) -> CaseRows:
    rows = desk.store.case(case_id) if case_id.startswith("cas_") and len(case_id) < 80 else None
    if rows is None:
        raise HTTPException(404)
    return rows


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def _saved(rows: CaseRows, key: str, version: int, before: int) -> Response:
    """Back to the page, with what the case had before this and since the page was opened."""
    since = f"&tu={version}&den={before}" if 0 <= version < before else ""
    return RedirectResponse(f"{ADDRESS}/{rows.case.id}?luu={key}{since}", status_code=303, headers=HEADERS)


def _sent_twice(desk: Desk, rows: CaseRows, key: str, version: int, who: str) -> bool:
    if not 0 <= version < rows.now.version:
        return False
    later = desk.store.timeline(rows.case.id)[version:]
    mine = (e for e in later if e.event.kind is BY_KEY[key].event and e.actor and same_person(e.actor, who))
    return any(desk.now() - e.event.at < JUST_NOW for e in mine)


def _wrong(desk: Desk, rows: CaseRows, key: str, sent: Sent, text: str, version: int) -> Response:
    now = desk.store.case(rows.case.id) or rows
    changed = 0 <= version < now.now.version
    fault = f"{text[0].upper()}{text[1:]}." if text else ""
    since = (version, now.now.version) if changed else (-1, -1)
    status = 409 if changed else 422
    return _page(desk, now, _Told(key, sent.values, sent.chosen, fault, since=since, status=status))


def _since(timeline: Sequence[TimelineEntry], bounds: tuple[int, int], desk: Desk) -> list[Entry]:
    begin, end = bounds
    if not 0 <= begin < end <= len(timeline):
        return []
    return entries(timeline[begin:end][-20:], plans_of(desk), desk.settings.timezone)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said beside the case: the form that came back with its fault, what was saved, what the case has had."""

    opened: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    chosen: Sequence[str] = ()
    fault: str = ""
    saved: str = ""
    since: tuple[int, int] = (-1, -1)
    whole: bool = False
    status: int = 200


def _page(desk: Desk, rows: CaseRows, told: _Told) -> Response:
    plans = plans_of(desk)
    timeline = desk.store.timeline(rows.case.id)
    shown = shows(desk, plans, rows, timeline, told.whole)
    notices = desk.store.notices_about(rows.case.id)
    answer = desk.page(
        "case.jinja",
        ("Lỗi: " if told.fault else "") + f"Việc {rows.case.label}",
        active="cases",
        status=told.status,
        v=shown,
        told=told,
        since=_since(timeline, told.since, desk),
        changed=words.CHANGED,
        tz=desk.settings.timezone,
        offices=suggestions(plans, rows),
        by=BY,
        groups=words.GROUPS,
        nobody=words.NOBODY,
        unverified=words.BASIS_UNVERIFIED,
        notices=len(notices),
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer

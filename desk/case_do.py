"""What each form of a case does: the pure command that it gives, or the function that writes more than one case.

The same form sent twice from one page is one event: what a page that is older than the case asks for, and what the case
has had since by the same person in the same words, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from alerts import cases, casework
from alerts.case_commands import HOUR
from alerts.case_words import CLOCKS, EVENTS, NOT_ONE_OF
from desk import case_words as words
from desk.case_fields import BY
from desk.case_forms import BY_KEY
from desk.case_given import Given, place_code
from desk.case_links import target
from desk.case_paper import draft, files_of, issue
from lang.masking_lines import masked_line
from store.errors import CaseError
from store.model_case import CaseRows, EventKind, NewEvent, TimelineEntry

Decide = Callable[[Given, CaseRows], Sequence[NewEvent]]
Whole = Callable[[Given, CaseRows], CaseRows]
_PASSING = frozenset({"moment", "clocks", "id", "body_hash", "issued_at", "received_at"})
"""Keys of a body that differ between two sendings of one form."""
FIELDS: Mapping[str, frozenset[str]] = {
    key: frozenset({"the", "viec", "phien", "lam", "giay", BY.name, *(f.name for f in form.fields)})
    for key, form in BY_KEY.items()
}
"""Form → what it may carry."""


def _answer(g: Given, rows: CaseRows) -> Sequence[NewEvent]:
    kinds = {str(k): k for k in (EventKind.ANSWERED, EventKind.CORRECTION_ASKED, EventKind.PUBLISHED)}
    kind = kinds.get(g.text("loai"))
    if kind is None:
        known = ", ".join(EVENTS[k] for k in kinds)
        raise CaseError(NOT_ONE_OF.format(field="đã làm", known=known))
    moment = g.moment("luc", "trả lời lúc nào")
    return cases.answer(
        rows, g.who, g.at, kind, paper_id=g.text("giay"), document=g.text("van_ban"), moment=moment
    )  # fmt: skip


def _change(g: Given, rows: CaseRows) -> Sequence[NewEvent]:
    now = rows.now
    said = {
        "title": masked_line(g.text("tieu_de").strip()),
        "severity": g.text("muc"),
        "place": place_code(g.plans, g.text("noi")),
        "theme": g.text("chuyen_muc"),
    }
    was = {"title": masked_line(now.title), "severity": str(now.severity), "place": now.place, "theme": now.theme}
    changed = {key: value for key, value in said.items() if value != was[key]}
    if not changed:
        raise CaseError(words.SAME)
    return cases.change(rows, g.who, g.at, **changed)


def _acknowledge(g: Given, rows: CaseRows) -> Sequence[NewEvent]:
    hours = int(g.text("gio")) if g.text("gio").isascii() and g.text("gio").isdigit() and len(g.text("gio")) < 4 else 0
    return cases.acknowledge(rows, g.who, g.at, g.at + hours * HOUR, g.text("noi_dung"))


def _instruct(g: Given, rows: CaseRows) -> Sequence[NewEvent]:
    clock = g.text("dong_ho") or "first_answer"
    if clock not in CLOCKS:
        raise CaseError(NOT_ONE_OF.format(field="thời hạn", known=", ".join(CLOCKS.values())))
    return cases.instruct(
        rows, g.who, g.at, g.text("lanh_dao"), g.text("noi_dung"), due_at=g.moment("han", "hạn"),
        moment=g.moment("luc", "bút phê lúc nào"), clock=clock, legal=g.plans.legal,
    )  # fmt: skip


def _link(g: Given, rows: CaseRows) -> Sequence[NewEvent]:
    kind = g.text("loai")
    if g.chosen:  # what the machine proposes, ticked
        return cases.link(rows, g.who, g.at, [target(g.desk, *_pair(one)) for one in g.chosen])
    if kind == "about":
        found = (kind, g.office("ma", "nơi được nói tới"))
    elif kind == "case":
        found = (kind, casework.find(g.desk.store, _label(g.text("ma"))).case.id)
    else:
        found = target(g.desk, kind, g.text("ma"))
    return cases.link(rows, g.who, g.at, [found])


def _pair(value: str) -> tuple[str, str]:
    kind, _, id_ = value.partition(":")
    return kind, id_


def _label(said: str) -> str:
    """A case as people write it: its number, its id, or the address of its page."""
    return said.strip().split("?")[0].split("#")[0].rstrip("/").rsplit("/viec-can-xu-ly/", 1)[-1]


EVENTS_OF: Mapping[str, Decide] = {
    "nhan": lambda g, r: cases.receive(
        r, g.who, g.at, office=g.office("don_vi", "đơn vị nhận"), moment=g.moment("luc")
    ),
    "giao": lambda g, r: cases.assign(r, g.who, g.at, g.text("nguoi")),
    "xac-minh": lambda g, r: cases.verify(r, g.who, g.at),
    "chuyen": lambda g, r: cases.send_to(r, g.who, g.at, g.office("don_vi", "chuyển cho"), [g.text("ly_do")]),
    "ghi-chu": lambda g, r: cases.note(r, g.who, g.at, g.text("noi_dung")),
    "goi": lambda g, r: cases.telephoned(
        r, g.who, g.at, g.text("ai"), g.text("noi_dung"), paper_id=g.text("giay"), moment=g.moment("luc")
    ),
    "nhan-ngoai": lambda g, r: cases.outside_label(
        r, g.who, g.at, g.text("co_quan"), g.text("nhan_ho"), g.text("van_ban"), moment=g.moment("luc")
    ),
    "sua": _change,
    "da-biet": _acknowledge,
    "but-phe": _instruct,
    "tam-dung": lambda g, r: cases.pause(r, g.who, g.at, g.needed("den", "tạm dừng đến"), g.text("ly_do")),
    "tiep-tuc": lambda g, r: cases.resume(r, g.who, g.at, g.plans.later),
    "tra-loi": _answer,
    "ket-thuc": lambda g, r: cases.close(r, g.who, g.at, g.text("ly_do")),
    "mo-lai": lambda g, r: cases.reopen(r, g.who, g.at, g.text("ly_do")),
    "gan": _link,
    "go": lambda g, r: cases.unlink(r, g.who, g.at, [_pair(one) for one in g.chosen]),
    "xin-goc": lambda g, r: cases.ask_original(r, g.who, g.at, g.text("ly_do")),
    "duyet-goc": lambda g, r: cases.approve_original(r, g.desk.store.timeline(r.case.id), g.who, g.at),
    "soan": draft,
    "trinh": lambda g, r: cases.submit(r, g.who, g.at, g.text("giay")),
    "ky": lambda g, r: cases.sign(r, g.who, g.at, g.text("giay"), g.text("nguoi_ky"), g.text("ky")),
    "phat-hanh": issue,
    "so-den": lambda g, r: cases.arrived(
        r, g.who, g.at, g.text("giay"), g.text("so"), received_at=g.moment("luc", "vào sổ lúc nào")
    ),
}
"""Form → its events, in the transaction in which the case is read."""


def _merge(g: Given, rows: CaseRows) -> CaseRows:
    into = casework.find(g.desk.store, _label(g.text("vao"))).case.id
    casework.merge(g.desk.store, rows.case.id, into, g.who, g.at, g.text("ly_do"))
    return rows


WHOLE: Mapping[str, Whole] = {
    "ket-qua": lambda g, r: casework.conclude(
        g.desk.store, r.case.id, g.who, g.at, g.text("ket_qua"), reason=g.text("ly_do"), document=g.text("van_ban"),
        office=g.office("don_vi", "đơn vị của người ghi"), plans=g.plans,
    ),
    "cho-chuyen": lambda g, r: casework.release(
        g.desk.store, g.plans, r.case.id, g.who, g.at, text=g.text("noi_dung"),
        office=g.office("don_vi", "người ghi thuộc"),
    ),
    "nhap": _merge,
    "tach-lai": lambda g, r: casework.unmerge(g.desk.store, r.case.id, g.who, g.at, g.text("ly_do")),
    "tach": lambda g, r: casework.split_case(
        g.desk.store, r.case.id, g.who, g.at, targets=[_pair(one) for one in g.chosen], title=g.text("tieu_de"),
        reason=g.text("ly_do"),
    ),
}  # fmt: skip
"""Form → what writes more than the events of one case; gives the case to show next."""
_TWICE: Mapping[str, tuple[EventKind, Mapping[str, str]]] = {
    "ket-qua": (EventKind.RESULT, {"result": "ket_qua"}),
    "tach": (EventKind.SPLIT, {"reason": "ly_do"}),
}
"""Of these: which event, with which fields, says that a form was sent before."""


def do(given: Given, rows: CaseRows, key: str, version: int) -> CaseRows:
    """Give the command of form ``key``; ``version``: of the case when its page was opened.

    Returns the case to show next. Raises :class:`store.errors.InputError`; then nothing was kept.
    """
    store = given.desk.store
    if key in WHOLE:
        return rows if _sent_before(given, rows, key, version) else WHOLE[key](given, rows)

    def decide(now: CaseRows) -> Sequence[NewEvent]:
        events = EVENTS_OF[key](given, now)
        later = store.timeline(now.case.id)[version:] if 0 <= version < now.now.version else []
        return [] if _known(events, later) else events

    return casework.act(store, rows.case.id, decide)


def attach(given: Given, rows: CaseRows, name: str, data: bytes) -> CaseRows:
    """Keep a file with the case."""
    return casework.attach(
        given.desk.store, files_of(given.desk), rows.case.id, given.who, given.at, name=name, data=data
    )  # fmt: skip


def _known(events: Sequence[NewEvent], later: Sequence[TimelineEntry]) -> bool:
    """Whether all of them happened already since the page was opened."""
    since = [(e.event.kind, _lasting(e.body)) for e in later if e.body]
    return bool(events) and all((e.kind, _lasting({**e.body, "actor": e.actor})) in since for e in events)


def _lasting(body: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in body.items() if key not in _PASSING}
    if isinstance(kept.get("fields"), Mapping):  # of a paper: what the person wrote
        kept["fields"] = kept["fields"].get("answer")
    return kept


def _sent_before(given: Given, rows: CaseRows, key: str, version: int) -> bool:
    if key not in _TWICE or not 0 <= version < rows.now.version:
        return False
    kind, wanted = _TWICE[key]
    later = [e for e in given.desk.store.timeline(rows.case.id)[version:] if e.event.kind is kind and e.body]
    mine = [e for e in later if e.actor == cases_person(given.who)]
    return any(all((e.body or {}).get(k) == " ".join(given.text(n).split()) for k, n in wanted.items()) for e in mine)


def cases_person(who: str) -> str:
    """The name as it is kept."""
    return " ".join(who.split())

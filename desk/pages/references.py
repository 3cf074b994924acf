"""``/van-ban``: the documents that claims are compared with, one document with its clauses, and what is done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import assets, reference_words
from desk import reference_view as view
from desk.context import BadAddress, Desk
from desk.show import local_day
from desk.small_form import UNREADABLE
from intake import official_keep
from intake.form import Fault, Refused
from intake.official_form import LIMITS, Given
from store.model_reference import ReferenceSeen, Standing

ADDRESS, FACT, DECIDE = "/van-ban", "/van-ban/thong-tin", "/van-ban/quyet-dinh"
HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form
LISTED = 50
_FACT_FIELDS = frozenset({"the", "by", "issuer", "title", "text", "valid_from", "valid_to", "replaces", "note"})
_DECIDE_FIELDS = frozenset({"the", "viec", "ma", "by", "why", "valid_from", "valid_to", "note"})


def page(desk: Desk, request: Request) -> Response:
    """The list: search, how they stand, what is in force on a day."""
    query = request.query_params
    words, standing = query.get("q", "")[:200], query.get("tinh_trang", "")
    if standing and standing not in reference_words.STANDINGS:
        raise BadAddress("Tình trạng (ghi sau “tinh_trang=”) không có; bỏ phần đó để xem tất cả.")
    place = query.get("tu", "0")
    if not (place.isascii() and place.isdigit() and len(place) < 7):
        raise BadAddress("Chỗ bắt đầu của danh sách (ghi sau “tu=”) không đọc được; bỏ phần đó để xem từ đầu.")
    first = int(place)
    found = desk.store.references_seen(
        view.today(desk), Standing(standing) if standing else None, words, LISTED + 1, first
    )
    asked = {name: value for name, value in (("q", words), ("tinh_trang", standing)) if value}
    return desk.page(
        "references.jinja",
        "Văn bản đối chiếu",
        active="references",
        lines=view.lines(desk, found[:LISTED]),
        words_asked=words,
        standing=standing,
        standings=reference_words.STANDINGS,
        following=f"{ADDRESS}?{urlencode({**asked, 'tu': first + LISTED})}" if len(found) > LISTED else "",
        saved=reference_words.SAVED.get(query.get("luu", ""), ""),
        first_page=f"{ADDRESS}?{urlencode(asked)}" if first else "",
        empty=not (found or asked or first),
    )


def document(desk: Desk, request: Request) -> Response:
    """One document: how it stands, what it replaces, its versions and clauses."""
    seen = desk.store.reference_seen(request.path_params["document_id"], view.today(desk))
    if seen is None:
        raise HTTPException(404)
    saved = reference_words.SAVED.get(request.query_params.get("luu", ""), "")
    place = request.query_params.get("trang", "1")
    if not (place.isascii() and place.isdigit() and int(place[:6]) > 0 and len(place) < 5):
        raise BadAddress("Số trang (ghi sau “trang=”) không đọc được; bỏ phần đó để xem từ đầu.")
    return shown(desk, seen, {}, {}, saved=saved, number=int(place))


def decide_page(desk: Desk, request: Request) -> Response:
    """Opened by its address there is nothing to decide: the way leads over a document."""
    return RedirectResponse(ADDRESS, status_code=303)


def decide(desk: Desk, values: Mapping[str, str]) -> Response:
    """Confirm what the machine entered, or withdraw. What is wrong is said, with what was typed."""
    if not values.keys() <= _DECIDE_FIELDS or values.get("viec") not in ("xac-nhan", "thu-hoi"):
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    seen = desk.store.reference_seen(values.get("ma", ""), view.today(desk))
    if seen is None:
        raise HTTPException(404)
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return shown(desk, seen, values, {"": [reference_words.STALE]}, status=403)
    by, now = values.get("by", ""), desk.now()
    try:
        if values["viec"] == "thu-hoi":
            official_keep.withdraw(desk.store, seen.reference.document_id, by, values.get("why", ""), now)
        else:
            given = Given(by, valid_from=values.get("valid_from"), valid_to=values.get("valid_to"),
                          note=values.get("note", ""))  # fmt: skip
            official_keep.confirm(desk.store, seen.reference.id, given, now)
    except Refused as refused:
        return shown(desk, seen, values, said(refused.faults), status=422)
    return RedirectResponse(
        f"{ADDRESS}/{seen.reference.document_id}?luu={values['viec']}", status_code=303, headers=HEADERS
    )


def fact_page(desk: Desk, request: Request) -> Response:
    """The form of a fact, filled with today and the department."""
    start = {"issuer": desk.settings.department, "valid_from": view.today(desk)}
    return _fact(desk, start | {"replaces": request.query_params.get("thay", "")[:40]}, {})


def fact(desk: Desk, values: Mapping[str, str]) -> Response:
    """Keep "the official fact is …"."""
    if not values.keys() <= _FACT_FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _fact(desk, values, {"": [reference_words.STALE]}, status=403)
    given = Given(
        values.get("by", ""), values.get("issuer", ""), title=values.get("title"), valid_from=values.get("valid_from"),
        valid_to=values.get("valid_to"), replaces=values.get("replaces"), note=values.get("note", ""),
    )  # fmt: skip
    today = local_day(desk.now(), desk.settings.timezone)
    try:
        kept = official_keep.type_fact(desk.store, desk.bodies, given, values.get("text", ""), desk.now(), today)
    except Refused as refused:
        return _fact(desk, values, said(refused.faults), status=422)
    return RedirectResponse(f"{ADDRESS}/{kept.reference.document_id}?luu=moi", status_code=303, headers=HEADERS)


def said(faults: tuple[Fault, ...] | list[Fault]) -> dict[str, list[str]]:
    """Faults by field, each once."""
    told: dict[str, list[str]] = {}
    for fault in faults:
        if fault.message_vi not in told.setdefault(fault.field, []):
            told[fault.field].append(fault.message_vi)
    return told


def _fact(desk: Desk, values: Mapping[str, str], faults: Mapping[str, list[str]], *, status: int = 200) -> Response:
    answer = desk.page(
        "reference_fact.jinja",
        ("Lỗi: " if faults else "") + "Ghi thông tin chính thức",
        active="references",
        status=status,
        values=values,
        said=faults,
        limits=LIMITS,
        labels=reference_words.LABELS,
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer


def shown(
    desk: Desk,
    seen: ReferenceSeen,
    values: Mapping[str, str],
    faults: Mapping[str, list[str]],
    *,
    status: int = 200,
    saved: str = "",
    number: int = 1,
) -> Response:
    """One document, with what is wrong with a form about it."""
    r = seen.reference
    statements = desk.store.statements_of([r.id]).get(r.id, [])
    newer = desk.store.reference(seen.newer) if seen.newer else None
    head = view.line(replace(seen, statements=len(statements)))
    answer = desk.page(
        "reference.jinja",
        f"Lỗi: {head.name}" if faults else head.name,
        active="references",
        status=status,
        line=head,
        reference=r,
        beside=view.beside(desk, r),
        versions=[(v, view.span(v)) for v in reversed(desk.store.reference_versions(r.document_id))],
        clauses=view.clauses(statements[(number - 1) * view.PAGE : number * view.PAGE]),
        newer=view.clauses(desk.store.statements_of([newer.id]).get(newer.id, [])[:20]) if newer else [],
        number_of_page=number,
        pages=max(1, -(-len(statements) // view.PAGE)),
        withdrawn=seen.standing is Standing.WITHDRAWN,
        taken=desk.store.references_taken(r.id, 50) if r.body_hash else [],
        values=values,
        said=faults,
        saved=saved,
        labels=reference_words.LABELS,
        limits=LIMITS,
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer

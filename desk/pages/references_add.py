"""``/van-ban/them``: a document is handed in: first what the machine understood, then it is kept as a person mended it.

Between the two steps the file travels in the form itself, as in the inbox: nothing lies anywhere before it is kept.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import assets, reference_words
from desk import reference_view as view
from desk.context import Desk
from desk.pages.references import ADDRESS, HEADERS, said
from desk.pages.upload import Form
from intake import official_keep
from intake.apart import Unusable
from intake.form import MAX_FILE_BYTES, Fault, Refused
from intake.official import Draft, read
from intake.official_form import LIMITS, Given, complete
from intake.official_words import FILE
from lang.text import nfc

ADD = "/van-ban/them"
SAVE = "luu"
SHOWN = 12
_TYPED = ("issuer", "number", "title", "issued", "valid_from", "valid_to", "replaces", "amends")


@dataclass(frozen=True, slots=True)
class Step:
    """What the second step shows."""

    draft: Draft
    carried: str
    warnings: tuple[str, ...]


def page(desk: Desk, request: Request) -> Response:
    """The empty form."""
    return _form(desk, {"version_of": request.query_params.get("ban_moi", "")[:40]}, {}, None)


def save(desk: Desk, form: Form) -> Response:
    """The next step: what was understood, what to mend, or kept and shown. Nothing is kept before all is right."""
    values = dict(form.values)
    data, faults = one_file(form)
    draft = None
    if data and not faults:
        try:
            draft = read(data, values.get("scan_text", ""))
        except Unusable as bad:
            again = f" {reference_words.AGAIN}" if bad.code in ("scanned", "no_text", "picture") else ""
            faults.append(Fault("tep", FILE[bad.code].format(**bad.more) + again))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        faults.insert(0, Fault("", reference_words.STALE))
    if draft is None:
        return _form(desk, values, said(faults), None, status=403 if faults and not faults[0].field else 422)
    second = values.get("viec") == SAVE and not form.new
    carried = base64.b64encode(data).decode("ascii")
    if faults or not second:
        return _second(desk, values, draft, carried, faults, given=second)
    try:
        kept = official_keep.keep(desk.store, desk.bodies, data, draft, _given(values), desk.now())
    except Refused as refused:
        return _second(desk, values, draft, carried, list(refused.faults), given=True)
    told = "da-co" if kept.known else "moi"
    return RedirectResponse(f"{ADDRESS}/{kept.reference.document_id}?luu={told}", status_code=303, headers=HEADERS)


def one_file(form: Form) -> tuple[bytes, list[Fault]]:
    """The one file: just chosen, or carried from the step before."""
    found = list(form.new) or list(form.carried.values())
    if not found:
        return b"", [Fault("tep", reference_words.NO_FILE)]
    if len(found) > 1:
        return b"", [Fault("tep", reference_words.ONE_FILE)]
    if len(found[0]) > MAX_FILE_BYTES:
        return b"", [Fault("tep", reference_words.TOO_LARGE)]
    return found[0], ([] if found[0] else [Fault("tep", FILE["empty"])])


def _given(values: Mapping[str, str]) -> Given:
    """All fields count as they stand in the form: an empty one is empty."""
    return Given(**{name: values.get(name, "") for name in ("by", *_TYPED, "note", "version_of")})


def _second(
    desk: Desk, values: dict[str, str], draft: Draft, carried: str, faults: list[Fault], *, given: bool
) -> Response:
    """The fields filled with what was understood (``given``: as they were typed), the clauses, what to look at."""
    as_given = _given(values) if given else Given(values.get("by", ""), version_of=values.get("version_of", ""))
    fields, wrong, warnings = complete(draft, as_given, desk.store)
    if not given:
        named = {name: _numbers(desk, getattr(fields, name)) for name in ("replaces", "amends")}
        understood = {name: getattr(fields, name) or "" for name in _TYPED if name not in named} | named
        values = values | {name: values.get(name) or value for name, value in understood.items()}
    told = said(faults + ([] if given else [fault for fault in wrong if fault.field != "by"]))
    step = Step(draft, carried, (*draft.warnings, *warnings))
    return _form(desk, values, told, step, status=422 if faults else 200)


def _numbers(desk: Desk, document_ids: tuple[str, ...]) -> str:
    """Documents as a person would type them: by number where that says which."""
    told = []
    for document_id in document_ids:
        number = desk.store.reference_versions(document_id)[-1].number
        same = desk.store.references_numbered(number) if number else []
        told.append(number if len(same) == 1 else document_id)
    return ", ".join(told)


def _form(
    desk: Desk, values: Mapping[str, str], faults: Mapping[str, list[str]], step: Step | None, *, status: int = 200
) -> Response:
    title = "Thêm văn bản: xem lại rồi lưu" if step else "Thêm văn bản"
    answer = desk.page(
        "reference_add.jinja",
        ("Lỗi: " if faults else "") + title,
        active="references",
        status=status,
        values={name: nfc(value) if name in LIMITS and name != "text" else value for name, value in values.items()},
        said=faults,
        step=step,
        clauses=view.clauses(step.draft.clauses[:SHOWN]) if step else [],
        count=len(step.draft.clauses) if step else 0,
        limits=LIMITS,
        labels=reference_words.LABELS,
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer

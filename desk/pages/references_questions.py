"""``/van-ban/hoi-dap``: an approved list of questions and answers is handed in: read, shown, then kept whole (D76)."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import assets, masked, reference_words
from desk import reference_view as view
from desk.context import Desk
from desk.pages.references import ADDRESS as LIBRARY
from desk.pages.references import HEADERS, said
from desk.pages.references_add import SAVE, one_file
from desk.pages.upload import Form
from intake.apart import Unusable
from intake.form import Fault, Refused
from intake.official_form import LIMITS
from intake.official_questions import Asked, read_questions
from intake.official_questions_keep import KeptList, ListGiven, keep_questions
from intake.official_words import FILE
from lang.text import nfc

ADDRESS = "/van-ban/hoi-dap"
SHOWN = 30
_LEFT = 20
_TYPED = ("by", "issuer", "approved_by", "valid_from", "valid_to", "note")


def page(desk: Desk, request: Request) -> Response:
    """The empty form, filled with the department and today."""
    return _form(desk, {"issuer": desk.settings.department, "valid_from": view.today(desk)}, {}, None, "")


def save(desk: Desk, form: Form) -> Response:
    """The next step: the questions as they were read, or kept and told. Nothing is kept before all is right."""
    values = dict(form.values)
    data, faults = one_file(form)
    asked = None
    if data and not faults:
        try:
            asked = read_questions(data)
        except Unusable as bad:
            faults.append(Fault("tep", FILE[bad.code].format(**bad.more)))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        faults.insert(0, Fault("", reference_words.STALE))
    if asked is None:
        return _form(desk, values, said(faults), None, "", status=403 if faults and not faults[0].field else 422)
    carried = base64.b64encode(data).decode("ascii")
    if faults or form.new or values.get("viec") != SAVE:
        return _form(desk, values, said([*faults, *asked.faults]), asked, carried, status=422 if faults else 200)
    given = ListGiven(**{name: values.get(name, "") for name in _TYPED})
    try:
        done = keep_questions(desk.store, desk.bodies, data, asked, given, desk.now())
    except Refused as refused:
        return _form(desk, values, said(refused.faults), asked, carried, status=422)
    if not done.left:
        return RedirectResponse(f"{LIBRARY}?luu=hoi-dap", status_code=303, headers=HEADERS)
    return _form(desk, {}, {}, None, "", done=done)


def _form(
    desk: Desk,
    values: Mapping[str, str],
    faults: Mapping[str, list[str]],
    asked: Asked | None,
    carried: str,
    *,
    done: KeptList | None = None,
    status: int = 200,
) -> Response:
    pairs = [(masked.line(p.question), masked.line(p.answer)) for p in asked.pairs[:SHOWN]] if asked else []
    left = [(one.document_id, masked.line(one.title)) for one in done.left[:_LEFT]] if done else []
    answer = desk.page(
        "reference_questions.jinja",
        ("Lỗi: " if faults else "") + "Thêm hỏi – đáp đã duyệt",
        active="references",
        status=status,
        values={name: nfc(value) if name in LIMITS else value for name, value in values.items()},
        said=faults,
        asked=asked,
        carried=carried,
        pairs=pairs,
        done=done,
        left=left,
        limits=LIMITS,
        labels=reference_words.LABELS,
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer

"""``/viec-can-xu-ly/moi``: a case opened from a candidate, a concern or a story, or a question or report typed in.

A machine opens none: each names who did. What a person types in is kept with the case alone; its title is masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import cases, casework
from alerts.case_open import Opening
from alerts.case_origins import of_candidate, of_concern, of_story
from alerts.case_plans import Plans
from alerts.case_words import SEVERITIES, SOURCES
from config.contacts import school_key
from config.loader import load_sources
from config.topics import load_themes
from desk import assets
from desk import case_words as words
from desk.case_fields import BY
from desk.case_filter import ADDRESS
from desk.case_form import Sent
from desk.case_given import Given, place_code
from desk.case_lines import ORIGINS, case_of, plans_of, title_of
from desk.context import BadAddress, Desk
from desk.pages.candidates import HEADERS
from desk.small_form import UNREADABLE
from lang.text import nfc
from store.errors import CaseError, InputError
from store.model_case import CaseKind, Severity

NEW = ADDRESS + "/moi"
KINDS: Mapping[str, str] = {
    "press_request": "Câu hỏi của báo chí",
    "citizen_report": "Phản ánh, kiến nghị của người dân",
    "staff_report": "Cán bộ, giáo viên báo",
}
FIELDS = frozenset({"the", "tu", "loai", "bao", "noi_dung", "luc", "cach", "noi", "chuyen_muc", "truong", "ve", "muc",
                    "nguon", "ten"})  # fmt: skip
LIMITS = {"bao": 200, "noi_dung": 5_000, "truong": 120, "ten": 100, "cach": 100, "tu": 80, "ve": 200}
_READ = {"can": of_candidate, "con": of_concern, "sto": of_story}


def page(desk: Desk, request: Request) -> Response:
    """The form; of an origin that has a case already, that case."""
    asked = request.query_params
    origin, kind = asked.get("tu", "").strip(), asked.get("loai", "")
    if kind and kind not in KINDS:
        raise BadAddress(words.BAD_CHOICE.format(name="loai"))
    if origin and (there := case_of(desk, origin)) is not None:
        return RedirectResponse(f"{ADDRESS}/{there.case.id}", status_code=302)
    return _page(desk, {"tu": origin, "loai": kind}, "")


def save(desk: Desk, sent: Sent) -> Response:
    """Open the case; the same form sent twice is one case."""
    values = sent.values
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _page(desk, values, words.STALE, status=403)
    given = Given(desk, plans_of(desk), values, (), desk.now())
    try:
        known = _origin(desk, values["tu"]) if values.get("tu") else _typed(given)
        rows, new = casework.open_case(desk.store, given.plans, known, given.who, given.at)
    except InputError as wrong:
        text = str(wrong)
        return _page(desk, values, f"{text[:1].upper()}{text[1:]}.", status=422)
    return RedirectResponse(
        f"{ADDRESS}/{rows.case.id}{'?luu=opened' if new else ''}", status_code=303, headers=HEADERS
    )  # fmt: skip


def _origin(desk: Desk, origin: str) -> Opening:
    read = _READ.get(origin.partition("_")[0])
    if read is None or len(origin) > LIMITS["tu"]:
        raise CaseError(f"{origin[:40]}: chỉ lập việc từ mục cần đối chiếu, phản ánh hoặc nhóm tin")
    return read(desk.store, load_sources(desk.settings)[0], origin)


def _typed(g: Given) -> Opening:
    kind = g.text("loai")
    token = "\x1f".join(g.text(name) for name in ("the", "loai", "bao", "luc", "noi_dung"))  # the mark is kept nowhere
    if kind not in KINDS:
        raise CaseError("loại việc: chọn một loại")
    moment = g.needed("luc", "nhận lúc nào")
    more = {
        "place": place_code(g.plans, g.text("noi")),
        "theme": g.text("chuyen_muc"),
        "severity": Severity(g.text("muc")) if g.text("muc") in set(Severity) else Severity.NORMAL,
        "about": _about(g),
        "school": nfc(g.text("truong")[:120]),
    }
    way = g.text("cach") or words.WAYS[-1]
    if kind == CaseKind.PRESS_REQUEST:
        more["source_kind"] = g.text("nguon") if g.text("nguon") in SOURCES else "local"
        return cases.press_request(g.text("bao"), g.text("noi_dung"), moment, way, g.at, token=token, **more)
    return cases.report(CaseKind(kind), g.text("noi_dung"), moment, way, g.at, token=token, **more)


def _about(g: Given) -> tuple[str, ...]:
    """Whom it speaks of: the school that is named, and an office."""
    found = [g.office("ve", "nói về đơn vị")]
    if school := nfc(g.text("truong")[:120]):
        found.append(school_key(school, place_code(g.plans, g.text("noi"))))
    return tuple(dict.fromkeys(key for key in found if key))


def _page(desk: Desk, values: Mapping[str, str], fault: str, status: int = 200) -> Response:
    origin = values.get("tu", "")
    plans, known, why = plans_of(desk), None, ""
    if origin:
        try:
            known = _origin(desk, origin)
        except InputError as wrong:
            why = f"{str(wrong)[:1].upper()}{str(wrong)[1:]}."
    themes = {key: theme.name for key, theme in load_themes(desk.settings.home)[0].items()}
    answer = desk.page(
        "case_new.jinja",
        ("Lỗi: " if fault else "") + "Lập việc",
        active="cases",
        status=404 if why and not fault else status,
        known=_shown(plans, known) if known else None,
        origin=origin,
        back=_back(origin),
        why=why,
        fault=fault,
        values=values,
        kinds=KINDS,
        sources=SOURCES,
        severities=SEVERITIES,
        themes=themes,
        ways=words.WAYS,
        places=_names(plans, lambda key: key.startswith("commune:")),
        offices=_names(plans, lambda key: key.startswith(("office:", "commune:"))),
        limits=LIMITS,
        by=BY,
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
    )
    answer.headers.update(HEADERS)
    return answer


def _names(plans: Plans, wanted: Callable[[str], bool]) -> list[str]:
    return [one.name for key, one in plans.router.world.contacts.items() if wanted(key)]


def _shown(plans: Plans, known: Opening) -> Mapping[str, object]:
    """What the case would be, before anybody opens it."""
    way = plans.route(known.subject())
    return {
        "title": title_of(known.title),
        "articles": sum(kind == "article" for kind, _ in known.links),
        "held": way.held,
        "because": way.because,
    }


def _back(origin: str) -> str:
    _, page_of = ORIGINS.get(origin.partition("_")[0], ("", ""))
    return f"{page_of}{origin}" if page_of else ADDRESS

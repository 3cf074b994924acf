"""``/dinh-tuyen``: try where something would go, and read why. Nothing is kept, nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from alerts import route_words as words
from alerts.route import Router, Subject
from alerts.route_article import Read, read
from alerts.route_files import load_router
from alerts.route_level import body_of, level_of
from config.contacts import school_key
from config.loader import load_sources
from config.topics import load_themes
from desk.context import BadAddress, Desk
from lang.reasons import vi
from store.model_case import CaseKind, Severity

ADDRESS = "/dinh-tuyen"
LONGEST = {"bai": 2_000, "truong": 120}
KEPT = ("bai", "noi", "chuyen_muc", "cap", "thuoc", "loai", "muc", "nguon", "truong", "ve", "phe_binh", "cho_chuyen")
ABOUT: Mapping[str, str] = {
    "": "chưa ghi",
    "truong": "trường ghi ở trên",
    "noi": "UBND nơi ghi ở trên",
    "office:sgddt_phong": "phòng của Sở",
    "office:sgddt_vp": "Văn phòng Sở",
    "office:sgddt_bgd": "Ban Giám đốc Sở",
    "office:sgddt": "Sở GDĐT nói chung",
}
UNKNOWN = "Chưa thấy bài này ở nguồn nào đang theo dõi: dán lại địa chỉ, hoặc tìm bài ở trang Tin, bài."
NOT_JUDGED = "Bài này chưa được nhận định nên chưa định tuyến được; thử lại sau ít phút."
BY = "Văn phòng Sở (thử)"


def page(desk: Desk, request: Request) -> Response:
    """The form; with anything chosen, the route and its reasons."""
    said = {name: " ".join(request.query_params.get(name, "").split()) for name in KEPT}
    for name, longest in LONGEST.items():
        if len(said[name]) > longest:
            raise BadAddress(f"Phần ghi sau “{name}=” dài quá {longest} ký tự.")
    router, errors = load_router(desk.settings.home)
    themes = {key: theme.name for key, theme in load_themes(desk.settings.home)[0].items()}
    communes = {k.removeprefix("commune:"): c.name for k, c in router.world.contacts.items() if k[:8] == "commune:"}
    choices: Mapping[str, Mapping[str, str]] = {
        "loai": words.KINDS, "noi": communes, "chuyen_muc": themes, "cap": words.LEVELS, "thuoc": words.BODIES,
        "muc": words.SEVERITIES, "nguon": words.SOURCES, "ve": ABOUT,
    }  # fmt: skip
    for name, known in choices.items():
        if said[name] and said[name] not in known:
            raise BadAddress(f"Giá trị ghi sau “{name}=” không có trong danh sách; bỏ phần đó rồi chọn lại.")
    answer = _article(desk, said) if said["bai"] else None
    found, fault = (None, answer) if isinstance(answer, str) else (answer, "")
    subject = found.subject if found else _subject(said) if any(said.values()) and not fault else None
    route = router(subject, BY if said["cho_chuyen"] else "") if subject else None
    return desk.page(
        "routing.jinja",
        "Định tuyến",
        active="routing",
        status=404 if fault == UNKNOWN else 200,
        said=said,
        choices=choices,
        fault=fault,
        found=found,
        route=route,
        name=router.world.name,
        copies=_named(router, route.copies if route else ()),
        propose=_named(router, route.propose if route else ()),
        faults=[f"{e.where}: {vi(e.what)} — {vi(e.fix)}" for e in errors],
    )


def _named(router: Router, keys: tuple[str, ...]) -> str:
    return ", ".join(router.world.name(k) for k in keys)


def _article(desk: Desk, said: Mapping[str, str]) -> Read | str:
    """What the article says, or why it cannot be routed."""
    article = desk.store.find_article(said["bai"])
    if article is None:
        return UNKNOWN
    source = load_sources(desk.settings)[0].get(article.source_id)
    kind = CaseKind(said["loai"]) if said["loai"] else None
    return read(desk.store, article, source, kind) or NOT_JUDGED


def _subject(said: Mapping[str, str]) -> Subject:
    level = said["cap"] or level_of(said["truong"])
    meant = {
        "truong": school_key(said["truong"], said["noi"]) if said["truong"] else "",
        "noi": f"commune:{said['noi']}" if said["noi"] else "office:ubndxa",
    }
    about = meant.get(said["ve"], said["ve"])
    return Subject(
        CaseKind(said["loai"] or CaseKind.STORY),
        said["noi"],
        (said["chuyen_muc"],) if said["chuyen_muc"] else (),
        (),
        level,
        said["thuoc"] or body_of(said["truong"], level),
        said["truong"],
        (about,) if about else (),
        said["phe_binh"] == "1",
        Severity(said["muc"] or Severity.NORMAL),
        said["nguon"] or "local",
    )

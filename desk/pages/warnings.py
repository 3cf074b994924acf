"""``/canh-bao-som``: early warnings as they were raised, each with why now and the items behind it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import warning_words
from alerts.inputs import newest_text
from alerts.warnings import PAGE
from alerts.warnings_read import masked
from config.contacts import load_contacts
from desk.context import BadAddress, Desk
from store.model_warning import EarlyWarning, WarningKind

ADDRESS = PAGE
SHOWN = 50
ITEMS = 100  # articles of one warning that are listed


def page(desk: Desk, request: Request) -> Response:
    """The list, newest first; ``loai``: one kind; ``sau``: behind that one."""
    kind = request.query_params.get("loai", "")
    if kind and kind not in warning_words.KINDS:
        raise BadAddress("Loại cảnh báo (ghi sau “loai=”) không có; bỏ phần đó để xem mọi loại.")
    found = desk.store.warnings(kind, SHOWN + 1, _behind(desk, request.query_params.get("sau", "")))
    shown = found[:SHOWN]
    return desk.page(
        "warnings.jinja",
        "Cảnh báo sớm",
        active="warnings",
        found=shown,
        kinds=warning_words.KINDS,
        kind=kind,
        more=shown[-1].id if len(found) > SHOWN else "",
        first="sau" not in request.query_params,
    )


def one(desk: Desk, request: Request) -> Response:
    """Why now, the numbers, the items: a title stands as masked as anywhere."""
    warning = desk.store.warning(request.path_params["warning_id"])
    if warning is None:
        raise HTTPException(404)
    articles = [key for kind, _, key in (i.partition(":") for i in warning.items) if kind == "article"]
    cases = [key for kind, _, key in (i.partition(":") for i in warning.items) if kind == "case"]
    contacts, _ = load_contacts(desk.settings.home)
    return desk.page(
        "warning.jinja",
        warning_words.KINDS[warning.kind],
        active="warnings",
        warning=warning,
        kind=warning_words.KINDS[warning.kind],
        why=[line for line in warning.why if not line.startswith("- ")],  # titles stand below, with their addresses
        items=_items(desk, articles[:ITEMS], outlets=warning.kind is not WarningKind.CRITICISM),
        more=max(0, len(articles) - ITEMS),
        story=_story(warning),
        cases=cases,
        told=[contacts[key].name if key in contacts else key for key in warning.contacts],
    )


def _behind(desk: Desk, warning_id: str) -> tuple[int, str] | None:
    if not warning_id:
        return None
    known = desk.store.warning(warning_id)
    if known is None:
        raise BadAddress("Cảnh báo ghi sau “sau=” không có; mở lại danh sách từ đầu.")
    return known.at, known.id


def _story(warning: EarlyWarning) -> str:
    return warning.subject if warning.kind in (WarningKind.WIDER, WarningKind.CRITICISM) else ""


def _items(desk: Desk, ids: list[str], *, outlets: bool) -> list[tuple[str, str, str, int]]:
    """(article id, masked title, outlet or "", first seen) of each; beside criticism no outlet is named."""
    articles = desk.store.articles(ids)
    texts = {i: newest_text(found) for i, found in desk.store.revisions_of(ids).items()}
    known = [(i, text) for i in ids if i in articles and (text := texts.get(i)) is not None]
    titles = masked([text for _, text in known])
    return [
        (i, title, articles[i].outlet if outlets else "", articles[i].first_seen_at)
        for (i, _), title in zip(known, titles, strict=True)
    ]

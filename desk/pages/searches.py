"""``/tim-da-luu``: searches that staff keep: what each looks for in words, the way to run it, to keep one, to drop one.

With the words and filters of ``/tin-bai`` in the address the page offers to keep that search. Running one changes
nothing, so it is a plain link; keeping and dropping are forms of this page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import words as row_words
from config.topics import load_topics, theme_names
from desk.context import BadAddress, Desk
from desk.pages.articles import PARAMETERS, Wanted, asked_of, kept_as, wanted_by
from desk.small_form import UNREADABLE
from store import search_kept
from store.errors import InputError
from store.search_ask import Asked

ADDRESS = "/tim-da-luu"
HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form
FIELDS = frozenset({"the", "viec", "ten", "ai", "ket_qua", "xep", *PARAMETERS})
KEEP, DROP = "luu", "bo"
CALLED = ("Tên lần tìm", "Người lưu")
STALE = (
    "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên chưa lưu, chưa bỏ gì. "
    "Những gì đã nhập vẫn còn dưới đây: bấm lần nữa."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept search as a line."""

    name: str
    address: str
    looks_for: str
    by: str
    at: int


def page(desk: Desk, request: Request) -> Response:
    """All kept searches by name; ``?q=…`` also the form that keeps that search."""
    params = request.query_params
    wanted = wanted_by(params)
    told = "Đã lưu." if "da_luu" in params else ""
    if "da_bo" in params:
        told = "Đã bỏ. Nếu bấm nhầm, lưu lại bằng biểu mẫu dưới đây." if wanted.searches else "Đã bỏ."
    return _page(desk, wanted, dict(params), told=told)


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """Keep or drop. What is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS or values.get("viec") not in (KEEP, DROP):
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    wanted = wanted_by(values)
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _page(desk, wanted, values, fault=STALE, status=403)
    try:
        return (_keep if values["viec"] == KEEP else _drop)(desk, wanted, values)
    except InputError as wrong:
        text = str(wrong)
        return _page(desk, wanted, values, fault=f"{text[0].upper()}{text[1:]}.", status=422)


def _keep(desk: Desk, wanted: Wanted, values: Mapping[str, str]) -> Response:
    if not wanted.searches:
        raise InputError("chưa có từ hay bộ lọc nào để lưu; tìm ở trang Tin, bài trước")
    name, by = values.get("ten", ""), values.get("ai", "")
    settings, asked = desk.settings, asked_of(wanted)
    search_kept.keep(
        desk.store, name, by, asked, settings.timezone, desk.now(), home=settings.home, called=CALLED
    )  # fmt: skip
    return RedirectResponse(f"{ADDRESS}?da_luu=1", status_code=303)


def _drop(desk: Desk, wanted: Wanted, values: Mapping[str, str]) -> Response:
    dropped = search_kept.forget(desk.store, values.get("ten", ""), desk.now())
    again = kept_as(Asked.from_json(dropped.query)).address(at=ADDRESS, ten=dropped.name, da_bo="1")
    return RedirectResponse(again, status_code=303)


def _page(
    desk: Desk, wanted: Wanted, values: Mapping[str, str], *, told: str = "", fault: str = "", status: int = 200
) -> Response:
    names = theme_names(desk.settings.home)
    kept = []
    for one in desk.store.saved_searches():
        asked = Asked.from_json(one.query)
        kept.append(Kept(one.name, kept_as(asked).address(), looks_for(asked, names), one.by, one.created_at))
    answer = desk.page(
        "searches.jinja",
        "Tìm đã lưu",
        active="articles",
        status=status,
        kept=kept,
        offered=looks_for(asked_of(wanted), names) if wanted.searches else "",
        hidden=wanted.parameters() if wanted.searches else {},
        run=wanted.address(),
        undated=wanted.address(at=ADDRESS, tu="", den="") if wanted.asked.first or wanted.asked.last else "",
        values={name: values.get(name, "")[:200] for name in ("ten", "ai")},
        told=told,
        fault=fault,
        wrong=next(
            (field for field, called in zip(("ten", "ai"), CALLED, strict=True) if fault.startswith(called)), ""
        ),
        limit=search_kept.LONGEST_NAME,
        seal=desk.seal.make(desk.now()),
    )
    answer.headers.update(HEADERS)
    return answer


def looks_for(asked: Asked, themes: Mapping[str, str]) -> str:
    """What a search looks for, in one line; ``themes``: names by id."""
    parts = [f"từ: {asked.words}"] if asked.words else []
    parts += [f"báo: {asked.outlet}"] if asked.outlet else []
    parts += [f"nơi: {asked.place}"] if asked.place else []
    parts += [f"chủ đề: {load_topics().get(asked.topic, asked.topic)}"] if asked.topic else []
    parts += [f"chuyên mục: {themes.get(asked.theme, asked.theme)}"] if asked.theme else []
    parts += [f"sắc thái: {row_words.label('tone', asked.tone)}"] if asked.tone else []
    parts += [f"từ ngày {asked.first}"] if asked.first else []
    parts += [f"đến ngày {asked.last}"] if asked.last else []
    parts += ["sát từ tìm nhất trước"] if asked.ranked else []
    return " · ".join(parts) or "mọi tin, bài"

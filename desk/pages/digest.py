"""An issued digest: its parts, its files byte for byte, and the items behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import formats, messages
from alerts.digest_days import DAILY, WEEKLY
from alerts.release import state_of
from desk import entries
from desk.context import Desk
from desk.guard import ISSUED_POLICY
from store.model import Delivery, Digest, DigestEntry

SHOWN = 25  # stories shown of each part; the figure opens all of them
ON_PAGE = 100  # items of a figure on one page
LISTED = 120  # digests in the list


@dataclass(frozen=True, slots=True)
class Part:
    """One part as shown; ``hidden`` stories stand behind the part's figure."""

    key: str
    title: str
    note: str
    groups: tuple[entries.Group, ...]
    hidden: int


def page(desk: Desk, request: Request) -> Response:
    """``/diem-bao/{day}``."""
    digest = _digest(desk, request)
    return show_digest(desk, digest, "digest.jinja", f"Điểm báo {formats.iso_day_words(digest.day)}")


def show_digest(desk: Desk, digest: Digest, template: str, title: str, **more: Any) -> Response:
    """A digest with its state line and parts; also the body of ``/``."""
    figures = [(key, entries.figure_label(key), n) for key, n in _in_order(digest)]
    return desk.page(
        template,
        title,
        active="today",
        digest=digest,
        state=[(key, messages.PART_SHORT[key], digest.figures.get(key, 0)) for key in messages.PARTS],
        parts=parts(desk, digest),
        figures=figures,
        deliveries=_delivered(_sent(desk, digest)),
        release_state=state_of(digest, desk.store.digest_release(digest.id), desk.settings, desk.now()),
        **more,
    )


def parts(desk: Desk, digest: Digest) -> list[Part]:
    """The parts in their order, each with its first stories."""
    found = []
    for key, title in messages.PARTS.items():
        own = [e for e in digest.entries if e.part == key]
        stories = list(dict.fromkeys(e.story_id or e.article_id for e in own))
        shown = set(stories[:SHOWN])
        told = entries.lines(desk, [e for e in own if (e.story_id or e.article_id) in shown])
        note = messages.PART_NOTES.get(key, "") if own else messages.PART_EMPTY.get(key, "")
        if own or note:
            groups = tuple(entries.groups(digest, told))
            found.append(Part(key, title, note, groups, len(stories) - len(shown)))
    return found


def listing(desk: Desk, request: Request) -> Response:
    """``/diem-bao``: the digests issued, newest first."""
    found = [d for d in desk.store.digests(LISTED * 4) if d.kind in (DAILY, WEEKLY)][:LISTED]
    releases = desk.store.digest_releases([d.id for d in found])
    now = desk.now()
    digests = [(d, state_of(d, releases.get(d.id), desk.settings, now), d.kind == WEEKLY) for d in found]
    return desk.page("digests.jinja", "Các bản điểm báo", active="today", digests=digests, listed=LISTED)


def figure(desk: Desk, request: Request) -> Response:
    """``/diem-bao/{day}/so-lieu/{figure}``: the frozen items that one printed number counts."""
    digest, key = _digest(desk, request), request.path_params["figure"]
    own = [e for e in digest.entries if key in e.figures]
    if not own and key not in digest.figures and key not in messages.FIGURES:
        raise HTTPException(404)
    start = _start(request, len(own))
    return desk.page(
        "figure.jinja",
        f"{entries.figure_label(key)}: {len(own)} – điểm báo {formats.iso_day_words(digest.day)}",
        active="today",
        digest=digest,
        label=entries.figure_label(key),
        key=key,
        printed=digest.figures.get(key, 0),
        total=len(own),
        start=start,
        lines=entries.lines(desk, _page_of(own, start)),
        on_page=ON_PAGE,
    )


def issued_html(desk: Desk, request: Request) -> Response:
    """The HTML as it was built, byte for byte, in a sandbox without scripts; what was released: ``/tep/html``."""
    return _issued(desk, request, "html", "text/html; charset=utf-8")


def issued_text(desk: Desk, request: Request) -> Response:
    """The plain text as it was built."""
    return _issued(desk, request, "text", "text/plain; charset=utf-8")


def _issued(desk: Desk, request: Request, kind: str, media: str) -> Response:
    digest = _digest(desk, request)
    if kind not in digest.files:
        raise HTTPException(404)
    body = desk.bodies.get(digest.files[kind])
    return Response(body, headers={"Content-Type": media, "Content-Security-Policy": ISSUED_POLICY})


def _digest(desk: Desk, request: Request) -> Digest:
    found = entries.daily(desk, request.path_params["day"])
    if found is None:
        raise HTTPException(404)
    return found


def _in_order(digest: Digest) -> list[tuple[str, int]]:
    return [(key, digest.figures[key]) for key in messages.FIGURES if key in digest.figures]


def _sent(desk: Desk, digest: Digest) -> list[Delivery]:
    """What was mailed of it: the draft to the press officer, the editions of its release."""
    released = desk.store.digest_release(digest.id)
    ids = [digest.id, *(released.editions.values() if released else ())]
    return [delivery for one in ids for delivery in desk.store.deliveries(one)]


def _delivered(deliveries: list[Delivery]) -> dict[str, int]:
    """state → how many; addresses are not shown on a desk without accounts."""
    counted: dict[str, int] = {}
    for delivery in deliveries:
        counted[delivery.state.value] = counted.get(delivery.state.value, 0) + 1
    return counted


def _start(request: Request, total: int) -> int:
    text = request.query_params.get("tu", "0")
    start = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return start if start < total else 0


def _page_of(own: list[DigestEntry], start: int) -> list[DigestEntry]:
    return own[start : start + ON_PAGE]

"""``/phat-hanh?ngay=…``: the draft of a digest, what the press officer does to it, the release, and its files.

Each act is a small form of its own, so it works without a script and on a telephone; the name is asked for once and
goes along. What is released is frozen: from then on the page only shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import digest_words
from alerts.digest_days import DAILY, WEEKLY
from alerts.digest_file import from_bytes
from alerts.digest_formats import ending, files_of
from alerts.digest_zalo import zalo
from alerts.formats import iso_day_words
from alerts.release import audience, release, state_of
from alerts.release_edit import ACTS, LONGEST, Act, Hand, act, cut_blocks, draft_of, now_of, told
from alerts.roster import Roster, on_duty
from config.contacts import load_contacts
from config.presets import load_presets
from desk import assets
from desk.context import BadAddress, Desk
from desk.guard import ISSUED_POLICY
from desk.small_form import UNREADABLE
from store.errors import InputError
from store.model import Digest
from store.model_release import DigestRelease

ADDRESS = "/phat-hanh"
FILE = "/diem-bao/{day}/tep/{name}"
WEEK = "tuan"
FIELDS = frozenset({"the", "ngay", "loai", "so", "viec", "nhom", "de_xuat", "ten"})
HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form
RELEASE = "phat_hanh"
DAY_MS = 86_400_000
MEDIA = {
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "zalo": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
NAMES = {"html": "trang in", "text": "bản chữ", "docx": "DOCX", "pdf": "PDF", "zalo": "mười dòng gửi Zalo"}
STALE = "Trang đã mở quá lâu hoặc bàn làm việc vừa khởi động lại, nên chưa làm gì. Bấm lần nữa."


def page(desk: Desk, request: Request) -> Response:
    """The draft with its acts, or what was released."""
    kind = _kind(request.query_params.get("loai", ""))
    digest = _digest(desk, request.query_params.get("ngay", ""), kind)
    return _page(desk, digest, request.query_params.get("ten", "")[:100], done=request.query_params.get("xong", ""))


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """One act or the release; what is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    digest = _digest(desk, values.get("ngay", ""), _kind(values.get("loai", "")))
    name, what = values.get("ten", "")[:200], values.get("viec", "")
    if not desk.seal.fresh(values.get("the", ""), desk.now()):
        return _page(desk, digest, name, STALE, values, status=403)
    seen = values.get("so", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 7) or what not in (*ACTS, RELEASE):
        raise BadAddress(UNREADABLE.format(why="các ô"))
    hand = Hand(name, desk.now(), int(seen))
    try:
        if what == RELEASE:
            _release(desk, digest, hand)
        else:
            one = Act(what, values.get("nhom", ""), values.get("de_xuat", ""))
            act(desk.store, desk.bodies, digest, one, hand)
    except InputError as wrong:
        text = str(wrong)
        return _page(desk, digest, name, f"{text[0].upper()}{text[1:]}.", values, status=422)
    query = {"ngay": digest.day, "ten": name, "xong": "1" if what == RELEASE else "sua"}
    query |= {"loai": WEEK} if digest.kind == WEEKLY else {}
    return RedirectResponse(f"{ADDRESS}?{urlencode(query)}", status_code=303, headers=HEADERS)


def file(desk: Desk, request: Request) -> Response:
    """One form of a digest: as released; of a draft, as it stands with its edits."""
    name = request.path_params["name"]
    digest = _digest(desk, request.path_params["day"], _kind(request.query_params.get("loai", "")))
    if name not in MEDIA:
        raise HTTPException(404)
    released = desk.store.digest_release(digest.id)
    if released is not None and name in released.files:
        body = desk.bodies.get(released.files[name])
    elif "draft" in digest.files:
        draft, _ = now_of(desk.store, desk.bodies, digest)
        body = files_of(draft, desk.settings.department, digest.built_at, (name,))[name]
    elif name in digest.files:
        body = desk.bodies.get(digest.files[name])
    else:
        raise HTTPException(404)
    headers = {"Content-Type": MEDIA[name], "Content-Security-Policy": ISSUED_POLICY}
    if name in ("docx", "pdf"):
        week = "tuan-" if digest.kind == WEEKLY else ""
        headers["Content-Disposition"] = f'attachment; filename="diem-bao-{week}{digest.day}{ending(name)}"'
    return Response(body, headers=headers)


def release_state(desk: Desk, digest: Digest) -> Any:
    """How a digest stands, for whatever page shows it (:class:`alerts.release.State`)."""
    return state_of(digest, desk.store.digest_release(digest.id), desk.settings, desk.now())


def _release(desk: Desk, digest: Digest, hand: Hand) -> DigestRelease:
    settings, now = desk.settings, desk.now()
    store = desk.store
    contacts = load_contacts(settings.home)[0]
    shifts = store.duty_shifts(now - DAY_MS, now + DAY_MS)
    contacts = on_duty(contacts, Roster(shifts, store.leaves(now - 1, now + DAY_MS), ()), now)
    readers, _ = load_presets(contacts, settings.home)
    return release(store, desk.bodies, settings, audience(settings, contacts, readers), digest, hand)


def _kind(written: str) -> str:
    if written not in ("", WEEK):
        raise BadAddress("Loại điểm báo sau “loai=” chỉ có thể là “tuan”.")
    return WEEKLY if written else DAILY


def _digest(desk: Desk, day: str, kind: str) -> Digest:
    found = desk.store.digest(Digest.make_id(kind, day[:10]))
    if found is None:
        raise HTTPException(404)
    return found


def _page(
    desk: Desk, digest: Digest, name: str, fault: str = "", values: Mapping[str, str] | None = None, *,
    status: int = 200, done: str = "",
) -> Response:  # fmt: skip
    released = desk.store.digest_release(digest.id)
    kept = "draft" in digest.files
    shown = _shown(desk, digest, released) if kept else {"draft": None, "cut": (), "edits": (), "zalo": "", "seen": 0}
    answer = desk.page(
        "release.jinja",
        ("Lỗi: " if fault else "")
        + f"Phát hành {digest_words.TITLES[digest.kind].lower()} {iso_day_words(digest.day)}",
        active="today",
        status=status,
        digest=digest,
        week=digest.kind == WEEKLY,
        released=released,
        state=state_of(digest, released, desk.settings, desk.now()),
        automatic=desk.settings.digest_release == "automatic",
        files=[(key, words) for key, words in NAMES.items() if kept or key in digest.files],
        to=_counts(desk),
        who=name,
        fault=fault,
        done=done,
        values=values or {},
        longest=LONGEST,
        seal=desk.seal.make(desk.now()),
        assets=assets.URLS,
        w=digest_words,
        **shown,
    )
    answer.headers.update(HEADERS)
    return answer


def _shown(desk: Desk, digest: Digest, released: DigestRelease | None) -> dict[str, Any]:
    """What the page prints of the draft, or of what was released."""
    whole = draft_of(desk.bodies, digest)
    draft, edits = now_of(desk.store, desk.bodies, digest)
    if released is not None and "draft" in released.files:
        draft = from_bytes(desk.bodies.get(released.files["draft"]))
    titles = {b.key: b.headline for p in whole.parts for b in (*p.blocks, *p.rest)}
    return {
        "draft": draft,
        "cut": cut_blocks(whole, edits),
        "edits": [told(edit, titles) for edit in edits],
        "zalo": zalo(draft),
        "seen": len(edits),
    }


def _counts(desk: Desk) -> dict[str, int]:
    """How many would get it, by preset; addresses are not shown on a desk without accounts."""
    contacts = load_contacts(desk.settings.home)[0]
    found = audience(desk.settings, contacts, load_presets(contacts, desk.settings.home)[0])
    return {"leaders": len(found.leaders), "offices": len(found.offices)}

"""The one address that takes something: a form of another page, another shape or a dishonest file changes nothing.

Beside :mod:`tests.unit.desk.test_hostile`, which holds the pages that only show.
"""

from __future__ import annotations

import asyncio
import base64

import pytest
from lxml import html
from starlette.testclient import TestClient
from starlette.types import Message

from desk.guard import sent_from_here
from desk.pages.upload import MAX_BODY
from desk.seal import LASTS_MS, Seal
from intake.record import load
from store.blobs import BodyStore
from store.model import Article, FetchKind
from tests.unit.desk.conftest import NOW, Press
from tests.unit.desk.inbox_forms import BOUNDARY, HERE, OURS, TYPED, body, fields, opened, pictures, post, send
from tests.unit.desk.pages import tree
from tests.unit.desk.test_hostile import ACTIVE, ATTACKS
from tests.unit.intake.samples import docx, paragraph, pdf, png

KIND = f"multipart/form-data; boundary={BOUNDARY}"


def untouched(press: Press) -> bool:
    """Nothing was kept: no row, no body."""
    bodies = list(press.settings.bodies.rglob("*.zst")) if press.settings.bodies.exists() else []
    return press.store.inbox(10) == [] and bodies == [] and press.store.task_counts() == {}


def filled(desk: TestClient, **more: str) -> list[tuple[str, str | None, bytes]]:
    """The parts of a form that would be taken."""
    values = fields(opened(desk)) | TYPED | {"viec": "luu"} | more
    return [(name, None, value.encode()) for name, value in values.items()]


# ── from elsewhere ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Origin": "null"}, {"Origin": "https://kexau.example"}, {"Sec-Fetch-Site": "cross-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"}, {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "none"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1:8421"}, {"Origin": "http://127.0.0.1.kexau.example:8420"},
        {"Origin": "http://127.0.0.1:8420.kexau.example"}, {"Origin": f"{HERE}/"}, {"Origin": "http://localhost:8420"},
        {"Origin": "file://"}, {"Sec-Fetch-Site": ""},
    ],
)  # fmt: skip
def test_a_form_that_no_page_of_ours_sent_is_refused_unread(
    press: Press, desk: TestClient, headers: dict[str, str]
) -> None:
    answer = send(desk, TYPED, headers=headers)  # its mark is a good one: that alone is not enough
    assert answer.status_code == 403 and TYPED["text"] not in answer.text
    assert "không do bàn làm việc gửi" in answer.text and untouched(press)


@pytest.mark.parametrize("headers", [OURS, {"Origin": HERE}, {"Sec-Fetch-Site": "same-origin"}])
def test_our_own_page_is_heard_from_every_browser(desk: TestClient, headers: dict[str, str]) -> None:
    assert send(desk, TYPED, headers=headers).status_code == 303


def test_through_a_tunnel_the_origin_is_that_of_the_name_asked_for() -> None:
    assert sent_from_here({"host": "localhost:9000", "origin": "http://LOCALHOST:9000"})
    assert not sent_from_here({"host": "localhost:9000", "origin": "http://localhost:8420"})
    assert not sent_from_here({"host": "", "origin": "http://"})


@pytest.mark.parametrize(
    "mark",
    ["", "x", "1.", f"{NOW}.{'0' * 64}", Seal().make(NOW), f"{NOW}" * 40, "９.1", f"-1.{'a' * 64}", "<script>"],
    ids=["none", "word", "half", "zeros", "of another start", "long", "wide digit", "negative", "markup"],
)
def test_a_form_without_our_mark_is_not_kept(press: Press, desk: TestClient, mark: str) -> None:
    assert send(desk, TYPED | {"the": mark}).status_code == 403
    parts = [part for part in filled(desk) if part[0] != "the"]
    assert post(desk, parts).status_code == 403
    assert untouched(press)


def test_a_mark_is_good_for_half_a_day_and_for_its_own_moment_only() -> None:
    seal = Seal()
    mark = seal.make(NOW)
    assert seal.fresh(mark, NOW) and seal.fresh(mark, NOW + LASTS_MS)
    assert not seal.fresh(mark, NOW + LASTS_MS + 1) and not seal.fresh(mark, NOW - 1)
    at, _, told = mark.partition(".")
    assert not seal.fresh(f"{int(at) + 1}.{told}", NOW + 1) and not Seal().fresh(mark, NOW)


def test_an_address_that_shows_takes_nothing(press: Press, desk: TestClient) -> None:
    for address in ("/gop-tin/fet_x", "/", "/tin-bai", "/static/inbox.js"):
        assert desk.post(address, content=body(filled(desk)), headers=OURS | {"Content-Type": KIND}).status_code == 405
    assert desk.request("PUT", "/gop-tin").status_code == 405 and untouched(press)


# ── no form ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind",
    ["", "application/x-www-form-urlencoded", "text/plain", "application/json", "multipart/form-data",
     f"multipart/mixed; boundary={BOUNDARY}", f"{KIND}; charset=utf-7", f"multipart/form-data; charset=x; {KIND}"],
)  # fmt: skip
def test_another_kind_of_body_is_refused(press: Press, desk: TestClient, kind: str) -> None:
    answer = desk.post("/gop-tin", content=body(filled(desk)), headers=OURS | {"Content-Type": kind})
    assert answer.status_code == 415 and "kiểu biểu mẫu" in answer.text and untouched(press)
    packed = OURS | {"Content-Type": KIND, "Content-Encoding": "gzip"}
    assert desk.post("/gop-tin", content=body(filled(desk)), headers=packed).status_code == 415


def test_a_giant_body_is_refused_by_what_it_says_and_by_what_it_is(press: Press, desk: TestClient) -> None:
    headers = OURS | {"Content-Type": KIND}
    for length in (str(MAX_BODY + 1), "9" * 30):
        answer = desk.post("/gop-tin", content=b"", headers=headers | {"Content-Length": length})
        assert answer.status_code == 413 and "10 MB" in answer.text
    for length in ("-1", "x", "0x10"):
        answer = desk.post("/gop-tin", content=b"", headers=headers | {"Content-Length": length})
        assert answer.status_code == 400

    text = [("text", None, b"a" * 1_000_001)]
    assert post(desk, text).status_code == 413
    assert untouched(press)


def test_a_body_without_end_is_not_read_to_its_end(press: Press, desk: TestClient) -> None:
    piece, told, read = b"\0" * (1 << 24), [], [0]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="tep"; filename="x"\r\n\r\n'.encode()

    async def receive() -> Message:
        read[0] += len(piece)
        return {"type": "http.request", "body": head if read[0] == len(piece) else piece, "more_body": True}

    async def send_back(message: Message) -> None:
        told.append(message)

    named = {"host": "127.0.0.1:8420", "content-type": KIND} | {k.lower(): v for k, v in OURS.items()}
    scope = {
        "type": "http", "method": "POST", "path": "/gop-tin", "raw_path": b"/gop-tin", "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in named.items()], "root_path": "", "scheme": "http",
    }  # fmt: skip
    asyncio.run(desk.app(scope, receive, send_back))  # the client of the tests reads a body to its end first
    assert told[0]["status"] == 413 and read[0] <= MAX_BODY + 2 * len(piece)
    assert untouched(press)


@pytest.mark.parametrize(
    "extra",
    [
        [(f"la_{n}", None, b"x") for n in range(1000)],
        [("text", None, b"x")] * 1000,
        [("tep", "", b"")] * 1000,
        [("by", None, "Người Khác".encode())],  # twice: which one counts?
        [("la", None, b"x")], [("boxes_9", None, b"1 1 1 1 1")], [("carried_00", None, b"")], [("", None, b"x")],
        [("tep", None, b"khong phai tep")], [("text", "tep.txt", b"tep")], [("carried_0", "a.png", png())],
        [("carried_0", None, b"khong phai base64")], [("carried_0", None, b"QQ==\nQQ==")],
        [("boxes_0", None, b"\xff\xfe")],
        [("carried_0\r\nX-La: 1", None, b"")], [("__proto__", None, b"1")], [("by[]", None, b"1")],
    ],
)  # fmt: skip
def test_a_form_of_another_shape_is_refused_whole(
    press: Press, desk: TestClient, extra: list[tuple[str, str | None, bytes]]
) -> None:
    answer = post(desk, [*filled(desk), *extra])
    assert answer.status_code == 400 and "không đúng khuôn dạng" in answer.text
    assert untouched(press)


@pytest.mark.parametrize("cut", [1, 40, 200, -3])
def test_a_body_cut_short_is_refused(press: Press, desk: TestClient, cut: int) -> None:
    answer = desk.post("/gop-tin", content=body(filled(desk))[:cut], headers=OURS | {"Content-Type": KIND})
    assert answer.status_code == 400 and untouched(press)
    assert desk.post("/gop-tin", content=b"", headers=OURS | {"Content-Type": KIND}).status_code == 400


# ── what comes back ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_that_is_typed_stays_text_in_the_form_and_in_what_is_kept(
    press: Press, desk: TestClient, attack: str
) -> None:
    typed = dict.fromkeys(("by", "where_seen", "text", "note", "consent_note"), attack)
    wrong = html.fromstring(send(desk, typed | {"url": attack, "seen_at": attack}).text)
    done = send(desk, typed | {"by": "Đỗ Thị Trực " + attack, "where_seen": "báo giấy " + attack})
    pages = [wrong, tree(desk, done.headers["location"]), opened(desk)]
    boxes = html.fromstring(send(desk, TYPED, [(attack.replace('"', "%22"), png())]).text)
    pages.append(html.fromstring(send(desk, {"boxes_0": attack}, page=boxes).text))
    for page in pages:
        for element in page.cssselect(ACTIVE):
            assert (element.tag == "form" and element.get("class") == "inbox") or element.get("src", "").startswith(
                ("/static/inbox.js", "data:image/png;base64,", "/gop-tin/")
            )
        assert not [e for e in page.iter() for name in e.attrib if name.lower().startswith("on")]
        assert all(a.get("href").startswith(("/", "#")) for a in page.cssselect("a[href]"))
    assert fields(wrong)["note"] == attack


@pytest.mark.parametrize(
    "name",
    ["../../../../etc/passwd", "..\\..\\win.ini", "/etc/cron.d/x", "a" * 3000 + ".png", "con.png", "x.png%00.exe",
     "tep-1.png; filename=y.html", "<script>.png"],
)  # fmt: skip
def test_the_name_of_a_file_goes_nowhere(press: Press, desk: TestClient, name: str) -> None:
    before = set(press.settings.home.rglob("*"))
    page = html.fromstring(send(desk, TYPED, [(name, png())]).text)
    done = send(desk, {"no_persons_visible_0": "1"}, page=page)
    assert done.status_code == 303
    shown = desk.get(done.headers["location"]).text
    assert name not in shown and "cron" not in shown
    new = set(press.settings.home.rglob("*")) - before
    assert all("bodies" in path.parts or path.name.startswith("haidang.sqlite") for path in new)
    record = press.bodies.get(press.store.inbox(1)[0].body_hash or "")
    assert name.encode() not in record and load(record).files[0].name == "tep-1.png"


SCRIPT = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    "polyglot",
    [
        png() + SCRIPT, pdf([["Don phan anh"]]) + SCRIPT, docx(paragraph("Don")) + SCRIPT, SCRIPT + png(),
        b"GIF89a=1;" + SCRIPT, b"%PDF-1.4\n" + png(), png() + docx(paragraph("Don")), b"MZ" + png(),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"PK\x03\x04" + SCRIPT, b"\xff\xd8\xff" + SCRIPT, b"RIFF\0\0\0\0WEBP" + SCRIPT,
    ],
)  # fmt: skip
def test_nothing_of_a_file_that_is_two_things_comes_out_again(press: Press, desk: TestClient, polyglot: bytes) -> None:
    page = html.fromstring(send(desk, TYPED, [("a.png", polyglot)]).text)
    if not [name for name in fields(page) if name.startswith("carried_")]:
        assert untouched(press)
        return
    assert all(data.startswith(b"\x89PNG") and b"<script" not in data for data in pictures(page))
    done = send(desk, {"no_persons_visible_0": "1"}, page=page)
    if done.status_code == 422:  # a package shows only when it is opened that it is none
        assert untouched(press)
        return
    served = desk.get(tree(desk, done.headers["location"]).cssselect("h3 a")[0].get("href"))
    assert b"<script" not in served.content and b"PK\x03\x04" not in served.content
    assert served.headers["content-type"].partition(";")[0] in ("image/png", "application/pdf", "text/plain")


def test_what_is_carried_between_the_steps_is_looked_at_again(press: Press, desk: TestClient) -> None:
    page = html.fromstring(send(desk, TYPED, [("a.png", png())]).text)
    for swapped in (SCRIPT, b"", b"MZ\x90", b"\x89PNG\r\n\x1a\n" + b"\0" * (10 * 1024 * 1024 - 7)):
        forged = {"carried_0": base64.b64encode(swapped).decode(), "no_persons_visible_0": "1"}
        assert send(desk, forged, page=page).status_code == 422
    assert untouched(press)


def test_an_address_of_the_inbox_is_never_a_link(press: Press, desk: TestClient) -> None:
    article = press.article("Tin cán bộ nhập", url="inbox:inb_" + "a" * 26, story="a")
    other = press.article("Tin của báo", story="a")
    press.issue()
    for address in (
        "/",
        f"/tin-bai/{article.id}",
        f"/tin-bai/{other.id}",
        "/tin-bai",
        "/diem-bao/2026-11-20/so-lieu/tong",
    ):
        assert not [a for a in tree(desk, address).cssselect("a") if "inbox:" in a.get("href", "")], address
    issued = desk.get("/diem-bao/2026-11-20/ban-phat-hanh").text
    assert 'href="inbox:' not in issued and "Tin cán bộ nhập" in issued


def test_a_record_that_was_swapped_on_the_disk_is_not_shown(press: Press, desk: TestClient) -> None:
    """A body is named by its hash: another record in its place is found out."""
    send(desk, TYPED)
    (fetch,) = press.store.inbox(1)
    other = BodyStore(press.settings.home / "khac")
    swapped = other.path(other.put(b'{"format":"haidang-inbox-1"}')).read_bytes()
    press.bodies.path(fetch.body_hash or "").write_bytes(swapped)
    assert desk.get(f"/gop-tin/{fetch.id}").status_code == 503
    assert fetch.kind is FetchKind.INBOX and fetch.article_id == Article.make_id(fetch.url)

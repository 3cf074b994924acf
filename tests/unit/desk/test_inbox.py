"""The inbox as staff meet it: a form, boxes to draw, what was kept, and what was not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from lxml import html
from starlette.testclient import TestClient

from config.versions import READ_VERSION
from desk.app import build_app
from intake.record import load
from store.model import Article, Fetch, FetchKind, FetchOutcome, TaskState
from store.sqlite import open_store
from tests.unit.desk.conftest import NOW, Press
from tests.unit.desk.inbox_forms import TYPED, faults, fields, opened, pictures, second_step, send
from tests.unit.desk.pages import tree, words
from tests.unit.intake.samples import docx, holds, jpeg, paragraph, pdf, picture, png

SECRET = "Nguyễn Văn Kín"
BOX = "1 10 10 30 20"


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Every path that this process opens to write, while the test runs."""
    paths: list[str] = []
    listening = [True]

    def hear(event: str, args: tuple[object, ...]) -> None:
        if event != "open" or not listening or not isinstance(args[0], str | bytes):  # a number is a pipe
            return
        if isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR) and args[0] != os.devnull:
            paths.append(os.fsdecode(args[0]))

    sys.addaudithook(hear)  # cannot be taken off again, only made deaf
    yield paths
    listening.clear()


def kept(press: Press) -> list[Fetch]:
    return press.store.inbox(100)


def saved(desk: TestClient, answer: object) -> html.HtmlElement:
    """The page to which saving leads."""
    assert answer.status_code == 303, answer.text[:3000]  # type: ignore[attr-defined]
    return tree(desk, answer.headers["location"])  # type: ignore[attr-defined]


# ── the empty form ──────────────────────────────────────────────────────────────────────────────────


def test_the_form_says_what_is_blacked_out_and_why_closed_groups_are_refused(desk: TestClient) -> None:
    page = opened(desk)
    said = words(page)
    assert "Những gì được che trước khi lưu" in said and "Bản gốc không được lưu ở đâu cả" in said
    assert "Vì sao không nhận tài liệu của nhóm kín" in said and "chính người được nói tới" in said
    assert "Chưa ai góp tin nào" in said
    assert [a.text_content() for a in page.cssselect("nav a[aria-current]")] == ["Tin, bài", "Góp tin"]
    assert "chỉ để đọc" not in words(page.cssselect("footer")[0])


def test_every_field_has_a_label_and_every_group_a_legend(desk: TestClient) -> None:
    for page in (opened(desk), second_step(desk, [("a.png", png())])):
        labelled = {label.get("for") for label in page.cssselect("form.inbox label")}
        for field in page.cssselect("form.inbox input:not([type=hidden]), form.inbox textarea"):
            assert field.get("id") in labelled, field.get("name")
            for name in (field.get("aria-describedby") or "").split():
                assert page.get_element_by_id(name) is not None
        assert all(group.cssselect("legend") for group in page.cssselect("form.inbox fieldset"))
        ids = [element.get("id") for element in page.cssselect("[id]")]
        assert len(ids) == len(set(ids))


def test_only_the_page_with_pictures_may_run_our_script_and_show_what_lies_in_it(desk: TestClient) -> None:
    plain, drawing = desk.get("/gop-tin"), send(desk, TYPED, [("a.png", png())])
    assert "script-src" not in plain.headers["content-security-policy"] and "<script" not in plain.text
    policy = drawing.headers["content-security-policy"]
    assert "script-src 'self'" in policy and "img-src 'self' data:" in policy and "unsafe" not in policy
    scripts = html.fromstring(drawing.text).cssselect("script")
    assert [s.get("src").partition("?")[0] for s in scripts] == ["/static/inbox.js"] and not scripts[0].text
    script = desk.get(scripts[0].get("src"))
    assert script.headers["content-type"].startswith("text/javascript") and ".sheet" in script.text
    for answer in (plain, drawing):  # under no-referrer a browser would not say where the form comes from
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_saved_masked_with_its_attempt_and_its_task(press: Press, desk: TestClient) -> None:
    text = f"Tài khoản Facebook {SECRET} (0912 345 678) viết: trường Sao Biển ở Lê Chân thu tiền ngoài quy định."
    page = saved(desk, send(desk, TYPED | {"text": text, "seen_at": "2026-11-20T07:15"}))
    (fetch,) = kept(press)
    assert (fetch.kind, fetch.source_id, fetch.outcome) == (FetchKind.INBOX, "manual_social", FetchOutcome.FETCHED)
    assert fetch.url.startswith("inbox:inb_") and fetch.article_id == Article.make_id(fetch.url)
    record = load(press.bodies.get(fetch.body_hash or ""))
    assert SECRET not in record.text and "0912" not in record.text and "thu tiền ngoài quy định" in record.text
    assert (record.by, record.at, record.seen_at) == ("Đỗ Thị Trực", NOW, NOW - 75 * 60_000)
    (task,) = press.store.tasks_for([fetch.id])
    assert (task.stage, task.version, task.state) == ("read", READ_VERSION, TaskState.DUE)
    shown = words(page)
    assert "Đã lưu." in shown and SECRET not in shown and "0912" not in shown
    assert "không phải báo" in shown and "1 số điện thoại" in shown and "Đang chờ máy đọc" in shown


def test_the_same_form_twice_is_one_record_and_says_so(press: Press, desk: TestClient) -> None:
    first, again = send(desk, TYPED), send(desk, TYPED)
    assert first.headers["location"].partition("?")[0] == again.headers["location"].partition("?")[0]
    assert "từ trước" in words(saved(desk, again))
    assert len(kept(press)) == 1
    send(desk, TYPED | {"note": "Đã báo phòng chuyên môn."})
    assert len(kept(press)) == 2


def test_a_link_loses_what_identifies_a_reader(press: Press, desk: TestClient) -> None:
    link = "https://bao-cang.example/bai-7.html?fbclid=AbCdEfGhIjKlMnOp&trang=2"
    page = saved(desk, send(desk, {**TYPED, "text": "", "url": link}))
    assert page.cssselect("#da-luu a")[0].get("href") == "https://bao-cang.example/bai-7.html?trang=2"
    assert kept(press)[0].article_id is None


def test_an_article_of_the_press_is_found_by_its_link(press: Press, desk: TestClient) -> None:
    article = press.article("Trường Sao Biển mở thư viện", story="a")
    page = saved(desk, send(desk, TYPED | {"url": article.url}))
    assert f"/tin-bai/{article.id}" in [a.get("href") for a in page.cssselect("#tiep-theo a")]


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_picture_is_shown_first_and_saved_with_its_boxes_black(press: Press, desk: TestClient) -> None:
    page = second_step(desk, [("anh-cua-kin.png", png(secret=SECRET))])
    assert kept(press) == [] and len(pictures(page)) == 1
    assert picture(pictures(page)[0]).getpixel((50, 20)) == (255, 0, 0)
    assert fields(page)["text"] == TYPED["text"]
    done = saved(desk, send(desk, {"boxes_0": BOX}, page=page))
    (shown,) = done.cssselect("img.kept")
    answer = desk.get(shown.get("src"))
    assert picture(answer.content).getpixel((50, 20)) == (0, 0, 0)
    assert not holds(answer.content, SECRET)
    assert "tep-1.png" in answer.headers["content-disposition"]
    assert "1 chỗ che do người nộp vẽ" in words(done) and "anh-cua-kin" not in words(done)


def test_the_original_touches_no_disk(press: Press, desk: TestClient, written: list[str]) -> None:
    """Neither the house nor the folder for temporary files, whatever its size."""
    original = png((1500, 1200), secret=SECRET) + b"\0" * 3_000_000
    page = second_step(desk, [("to.png", original)])
    saved(desk, send(desk, {"boxes_0": BOX}, page=page))
    house = str(press.settings.home)
    assert written and [path for path in written if not path.startswith(house)] == []
    files = [path for path in press.settings.home.rglob("*") if path.is_file()]
    assert not any(holds(path.read_bytes(), SECRET) for path in files)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("anh.jpg", jpeg(SECRET), "ảnh JPEG"),
        ("don.pdf", pdf([["Don phan anh"], ["Trang hai"]]), "tệp PDF"),
        ("don.docx", docx(paragraph(f"Em {SECRET}, học sinh lớp 8A, kể lại.")), "tài liệu DOCX"),
    ],
)
def test_each_kind_of_file_is_shown_saved_and_served(
    press: Press, desk: TestClient, name: str, data: bytes, what: str
) -> None:
    page = second_step(desk, [(name, data)])
    assert what in words(page)
    assert len(pictures(page)) == {"ảnh JPEG": 1, "tệp PDF": 2, "tài liệu DOCX": 0}[what]
    done = saved(desk, send(desk, {"boxes_0": BOX} if "ảnh" in what else {}, page=page))
    link = done.cssselect("h3 a")[0].get("href")
    served = desk.get(link)
    assert served.status_code == 200 and not holds(served.content, SECRET) and SECRET not in words(done)
    assert served.headers["x-content-type-options"] == "nosniff"
    policy = served.headers["content-security-policy"]
    assert "sandbox" in policy and "default-src 'none'" in policy and "allow" not in policy
    kind, how = served.headers["content-type"], served.headers["content-disposition"]
    assert (kind, how.partition(";")[0]) in {
        ("image/png", "inline"), ("image/jpeg", "inline"), ("application/pdf", "attachment"),
        ("text/plain; charset=utf-8", "inline"),
    }  # fmt: skip
    assert name not in how
    for nobody in ("/0", "/2", "/01", "/-1", "/1%2f..", "/tep-1.png", "/%00"):
        assert desk.get(link.rpartition("/")[0] + nobody).status_code == 404


def test_a_look_before_saving_shows_the_boxes_black_and_saves_nothing(press: Press, desk: TestClient) -> None:
    page = second_step(desk, [("a.png", png())])
    again = html.fromstring(send(desk, {"boxes_0": BOX}, page=page, button="xem").text)
    assert picture(pictures(again)[0]).getpixel((50, 20)) == (0, 0, 0)
    assert fields(again)["boxes_0"].strip() == BOX
    assert kept(press) == []
    assert picture(desk.get(saved(desk, send(desk, page=again)).cssselect("img.kept")[0].get("src")).content)


def test_the_text_can_be_read_as_it_would_be_kept_before_it_is(press: Press, desk: TestClient) -> None:
    typed = TYPED | {
        "text": f"Tài khoản Facebook: {SECRET} viết.\n\nTrường Sao Biển thu tiền.",
        "note": "Gọi 0912 345 678",
    }
    answer = send(desk, typed, button="xem")
    page = html.fromstring(answer.text)
    (shown,) = page.cssselect("section.masked")
    assert answer.status_code == 200 and kept(press) == []
    assert "thu tiền" in words(shown) and SECRET not in words(shown) and "0912" not in words(shown)
    assert fields(page)["text"] == typed["text"]  # what was typed can still be mended
    saved(desk, send(desk, page=page))
    with_file = second_step(desk, [("a.png", png())], text=typed["text"])
    assert "thu tiền" in words(with_file.cssselect("section.masked")[0])


def test_a_file_can_be_left_out_and_another_added_on_the_second_step(press: Press, desk: TestClient) -> None:
    page = second_step(desk, [("a.png", png(color="blue")), ("b.png", png(color="green"))])
    page = html.fromstring(
        send(desk, {"drop_0": "1", "boxes_1": BOX}, [("c.png", png(color="yellow"))], page=page).text
    )
    shown = [picture(data).getpixel((190, 90)) for data in pictures(page)]
    assert shown == [(0, 128, 0), (255, 255, 0)] and fields(page)["boxes_0"].strip() == BOX
    saved(desk, send(desk, {"no_persons_visible_1": "1"}, page=page))
    record = load(press.bodies.get(kept(press)[0].body_hash or ""))
    assert len(record.files) == 2 and record.declarations == ("files.1.no_persons_visible",)


def test_everything_dropped_is_a_plain_text_again(press: Press, desk: TestClient) -> None:
    page = second_step(desk, [("a.png", png())])
    saved(desk, send(desk, {"drop_0": "1"}, page=page))
    assert load(press.bodies.get(kept(press)[0].body_hash or "")).files == ()


# ── what is wrong ───────────────────────────────────────────────────────────────────────────────────


def test_all_that_is_wrong_is_said_at_once_beside_its_field_and_what_was_typed_stays(
    press: Press, desk: TestClient
) -> None:
    typed = {"text": "", "url": "khong phai lien ket", "seen_at": "2030-01-01T00:00", "note": 'Ghi "chú" <b>'}
    answer = send(desk, typed)
    page = html.fromstring(answer.text)
    assert answer.status_code == 422 and kept(press) == []
    assert set(faults(page)) == {"by", "where_seen", "url", "seen_at"}
    summary = page.cssselect("[role=alert]")[0]
    assert len(summary.cssselect("li")) == 4 and "còn 4 chỗ" in words(summary)
    for link in summary.cssselect("a"):
        assert page.get_element_by_id(link.get("href")[1:]) is not None
    assert {k: v for k, v in fields(page).items() if k in typed} == typed
    assert page.findtext(".//title").startswith("Lỗi: ")  # type: ignore[union-attr]


def test_a_closed_group_is_refused_until_the_person_concerned_hands_it_in(press: Press, desk: TestClient) -> None:
    zalo = TYPED | {"where_seen": "nhóm Zalo phụ huynh lớp 6A"}
    assert "closed_group" in faults(html.fromstring(send(desk, zalo).text))
    ticked = zalo | {"closed_group": "1"}
    refused = html.fromstring(send(desk, ticked).text)
    assert "chính người được nói tới" in faults(refused)["closed_group"] and fields(refused)["closed_group"] == "1"
    concerned = ticked | {"by_person_concerned": "1"}
    assert set(faults(html.fromstring(send(desk, concerned).text))) == {"consent_note"}
    assert kept(press) == []
    page = saved(desk, send(desk, concerned | {"consent_note": "Đưa trực tiếp ngày 20/11, có đơn kèm theo."}))
    assert "người liên quan tự cung cấp" in words(page)


def test_a_picture_without_a_box_and_without_the_declaration_is_not_saved_and_not_lost(
    press: Press, desk: TestClient
) -> None:
    page = second_step(desk, [("a.png", png())])
    answer = send(desk, page=page)
    again = html.fromstring(answer.text)
    assert answer.status_code == 422 and "chưa có khung che" in faults(again)["files.0"]
    assert pictures(again) == pictures(page) and kept(press) == []
    saved(desk, send(desk, {"no_persons_visible_0": "1"}, page=again))


@pytest.mark.parametrize(
    ("boxes", "said"),
    [("1 10 10 30", "khung che sai"), ("ba bốn", "khung che sai"), ("7 10 10 30 20", "chỉ có 1 trang"),
     ("1 90 10 30 20", "khung che sai")],
)  # fmt: skip
def test_boxes_that_cannot_be_are_explained_and_kept_as_typed(
    press: Press, desk: TestClient, boxes: str, said: str
) -> None:
    page = second_step(desk, [("a.pdf", pdf([["Don phan anh"]]))])
    again = html.fromstring(send(desk, {"boxes_0": boxes}, page=page).text)
    assert said in faults(again)["files.0"] and fields(again)["boxes_0"].strip() == boxes
    assert len(pictures(again)) == 1 and kept(press) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "rỗng"), (b"GIF89a" + b"\0" * 50, "không phải ảnh"), (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "kiểu cũ"),
        (png()[:60], "hỏng"), (b"\x89PNG\r\n\x1a\n" + b"\0" * (10 * 1024 * 1024), "nặng hơn 10 MB"),
        (b"%PDF-1.7\nkhong co gi", "hỏng"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_costs_neither_the_text_nor_the_other_file(
    press: Press, desk: TestClient, data: bytes, said: str
) -> None:
    answer = send(desk, TYPED, [("xau.png", data), ("tot.png", png())])
    page = html.fromstring(answer.text)
    assert answer.status_code == 422 and said in faults(page)["files"] and "Tệp 1" in faults(page)["files"]
    assert len(pictures(page)) == 1 and fields(page)["text"] == TYPED["text"]
    (number,) = [name[-1] for name in fields(page) if name.startswith("carried_")]
    saved(desk, send(desk, {f"boxes_{number}": BOX}, page=page))


def test_six_files_are_too_many_and_the_first_five_stay(desk: TestClient) -> None:
    answer = send(desk, TYPED, [(f"{n}.png", png()) for n in range(6)])
    page = html.fromstring(answer.text)
    assert "Có 6 tệp" in words(page.cssselect("[role=alert]")[0]) and len(pictures(page)) == 5
    assert answer.status_code == 422 and page.get_element_by_id("f-tep") is not None


def test_a_page_left_open_too_long_is_shown_again_with_what_was_typed(press: Press, desk: TestClient) -> None:
    answer = send(desk, TYPED | {"the": "1." + "0" * 64})
    page = html.fromstring(answer.text)
    assert answer.status_code == 403 and "mở quá lâu" in words(page.cssselect("[role=alert]")[0])
    assert kept(press) == [] and fields(page)["text"] == TYPED["text"]
    saved(desk, send(desk, page=page))


# ── the list ────────────────────────────────────────────────────────────────────────────────────────


def test_the_newest_stand_first_and_older_ones_are_a_page_away(press: Press) -> None:
    clock = [NOW]
    app = build_app(press.settings, open_store(press.settings.database), press.bodies, lambda: clock[0])
    with TestClient(app, base_url="http://127.0.0.1:8420", follow_redirects=False) as desk:
        for n in range(23):
            clock[0] += 60_000
            send(desk, TYPED | {"text": f"Việc thứ {n} ở trường Sao Biển."})
        page = opened(desk)
        titles = [words(e) for e in page.cssselect("aside .head")]
        assert titles[0].startswith("Việc thứ 22") and len(titles) == 20
        older = tree(desk, page.cssselect("aside > p a")[-1].get("href"))
        assert [words(e) for e in older.cssselect("aside .head")][-1].startswith("Việc thứ 0")
        assert desk.get("/gop-tin?truoc=x").status_code == 400


def test_a_damaged_record_is_named_and_hides_no_other(press: Press, desk: TestClient) -> None:
    send(desk, TYPED)
    (fetch,) = kept(press)
    send(desk, TYPED | {"text": "Việc khác ở trường Sao Biển."})
    press.bodies.path(fetch.body_hash or "").write_bytes(b"hong")
    page = opened(desk)
    assert "không đọc được" in words(page.cssselect("aside")[0]) and "Việc khác" in words(page.cssselect("aside")[0])
    assert desk.get(f"/gop-tin/{fetch.id}").status_code == 503


def test_a_fetch_that_is_no_submission_is_not_shown_as_one(press: Press, desk: TestClient) -> None:
    press.article("Tin")
    other = press.fetch("https://bao-cang.example/x", FetchKind.PAGE, 1)
    assert desk.get(f"/gop-tin/{other.id}").status_code == 404
    assert desk.get(f"/gop-tin/{other.id}/tep/1").status_code == 404

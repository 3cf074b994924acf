"""What the inbox takes and what it refuses, with words that say what to do: all faults at once."""

from __future__ import annotations

import re

import pytest

from intake import words
from intake.form import Box, Upload, check
from intake.submit import box_of_presses, boxes_of_lines, lines_of_boxes, parse
from tests.unit.intake.samples import BOX, NOON, docx, paragraph, pdf, png, submission


def fields(sub: object) -> list[str]:
    return [fault.field for fault in check(sub, now=NOON)]  # type: ignore[arg-type]


def test_a_text_with_its_place_is_taken() -> None:
    assert check(submission(), now=NOON) == []


def test_nothing_given_is_said() -> None:
    found = check(submission(text=" \u200b\n"), now=NOON)
    assert [(f.field, f.message_vi) for f in found] == [("text", words.NOTHING)]


def test_all_faults_come_at_once() -> None:
    sub = submission(
        by=" ", where_seen="", url="ftp://bao.example/1", text="x" * 20_001, seen_at=NOON + 86_400_000,
        closed_group=True, files=(Upload("a.png", b"GIF89a"), Upload("b", b"")),
    )  # fmt: skip
    assert fields(sub) == ["text", "by", "where_seen", "seen_at", "url", "closed_group", "files.0", "files.1"]


@pytest.mark.parametrize("where", ["nhóm Zalo lớp 9A", "Nhóm kín trên Facebook", "tin nhắn Messenger", "zalo nhóm lớp"])
def test_a_place_that_is_closed_must_be_ticked(where: str) -> None:
    assert fields(submission(where_seen=where)) == ["closed_group"]


@pytest.mark.parametrize(
    "where", ["trang Facebook công khai", "báo giấy", "Zalo OA của trường", "nhóm Facebook công khai"]
)
def test_an_open_place_needs_no_tick(where: str) -> None:
    assert fields(submission(where_seen=where)) == []


def test_a_closed_group_is_refused_with_the_reason_unless_the_person_concerned_hands_it_in() -> None:
    group = {"where_seen": "nhóm Zalo phụ huynh", "closed_group": True}
    (refused,) = check(submission(**group), now=NOON)
    assert refused.field == "closed_group"
    assert "Chỉ chính người được nói tới" in refused.message_vi
    assert fields(submission(**group, by_person_concerned=True)) == ["consent_note"]
    assert fields(submission(**group, by_person_concerned=True, consent_note="Đến trực tiếp ngày 5/1.")) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("bao.example/tin-1", words.NOT_A_LINK),
        ("javascript:alert(1)", words.NOT_A_LINK),
        ("https://", words.NOT_A_LINK),
        ("https://bao.example/\u202etin", words.NOT_A_LINK),
        ("https://www.facebook.com/groups/123/posts/456", "nhóm trên mạng xã hội"),
        ("https://m.facebook.com/messages/t/123", "tin nhắn"),
        ("https://chat.zalo.me/?id=1", "tin nhắn"),
        ("https://t.me/+abcdef", "tin nhắn"),
        ("https://t.me/c/12345/6", "nhóm"),
        ("https://truong.example/login?next=/", "đăng nhập"),
        ("https://truong.example/dang-nhap", "đăng nhập"),
        ("https://nguoi:matkhau@truong.example/", "mật khẩu"),
        ("https://truong.example/xem?access_token=abcdefabcdef1234", "mã đăng nhập"),
        ("http://192.168.1.10/anh", "nội bộ"),
        ("http://may-chu/anh", "nội bộ"),
        ("http://[::1]/", "nội bộ"),
        ("https://drive.google.com/file/d/abc/view", "kho tệp"),
        ("https://bit.ly/3abc", words.SHORT_LINK),
        ("https://www.facebook.com/nguyen.van.a", "dẫn tới một tài khoản"),
    ],
)
def test_links_that_are_not_taken(url: str, said: str) -> None:
    found = check(submission(text="", url=url), now=NOON)
    assert [f.field for f in found] == ["url"]
    assert said in found[0].message_vi


def test_a_link_to_an_account_beside_a_text_is_dropped_and_does_not_stop_the_text() -> None:
    assert fields(submission(url="https://www.facebook.com/nguyen.van.a")) == []


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (Upload("a.png", b""), "empty"),
        (Upload("a.png", b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024 * 1024)), "too_large"),
        (Upload("anh.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "unknown"),
        (Upload("anh.jpg", b"<html>"), "unknown"),
        (Upload("anh.gif", b"GIF89a"), "unknown"),
        (Upload("x.pdf", b"\n%PDF-1.4"), "unknown"),
        (Upload("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old_office"),
        (Upload("a.png", png()), "image_unmarked"),
        (Upload("a.png", png(), (Box(0, 0, 0, 0.5, 0.5),)), "box"),
        (Upload("a.png", png(), (Box(1, 0.9, 0, 0.5, 0.5),)), "box"),
        (Upload("a.png", png(), (Box(1, 0, 0, 0, 0.5),)), "box"),
        (Upload("a.png", png(), (Box(1, float("nan"), 0, 0.5, 0.5),)), "box"),
        (Upload("a.png", png(), (BOX,) * 201), "too_many_boxes"),
    ],
)
def test_files_that_are_not_taken(upload: Upload, code: str) -> None:
    found = check(submission(files=(upload,)), now=NOON)
    assert [(f.field, f.message_vi) for f in found] == [("files.0", words.FILE[code].format(n=1))]


def test_the_kind_of_a_file_is_in_its_bytes_and_not_in_its_name() -> None:
    files = (Upload("anh.exe", png(), (BOX,)), Upload("x.png", pdf([["chu"]])), Upload("x", docx(paragraph("chữ"))))
    assert fields(submission(files=files)) == []


def test_no_more_than_five_files() -> None:
    assert fields(submission(files=(Upload("a.png", png(), (BOX,)),) * 6)) == ["files"]


def test_every_message_says_what_to_do_and_has_no_hole() -> None:
    for message in words.FILE.values():
        shown = message.format(n=1, pages="1", page=3)
        assert shown.startswith("Tệp 1")
        assert not re.search(r"[{}]", shown)


# ── the HTML form ───────────────────────────────────────────────────────────────────────────────────


def test_a_form_without_javascript_becomes_a_submission() -> None:
    values = {
        "by": "Đỗ Thị Trực", "where_seen": "trang công khai", "seen_at": "2026-01-06T08:30", "url": "",
        "text": "Thu sai.",
        "closed_group": "on", "by_person_concerned": "0", "boxes_0": "1 10 10 30 20\n1 50,5 0 10 10",
        "no_persons_visible_1": "on",
    }  # fmt: skip
    sub, faults = parse(values, [("a.png", b"A"), ("", b""), ("b.png", b"B")])
    assert faults == []
    assert (sub.seen_at, sub.url, sub.closed_group, sub.by_person_concerned) == (1_767_663_000_000, None, True, False)
    assert sub.files[0].boxes == (Box(1, 0.1, 0.1, 0.3, 0.2), Box(1, 0.505, 0, 0.1, 0.1))
    assert [u.no_persons_visible for u in sub.files] == [False, True]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"seen_at": "hôm qua"}, "seen_at"), ({"boxes_0": "1 10 10"}, "files.0"), ({"boxes_0": "1 a b c d"}, "files.0"),
     ({"is_admin": "1"}, "is_admin")],
)  # fmt: skip
def test_what_cannot_be_read_of_a_form_is_said(values: dict[str, str], field: str) -> None:
    _, faults = parse({"by": "A", **values}, [("a.png", b"A")])
    assert [f.field for f in faults] == [field]


def test_two_presses_make_a_box_in_any_order_and_never_outside() -> None:
    box = box_of_presses(2, (90, 40), (10, 20), (100, 50))
    assert box == Box(2, 0.1, 0.4, 0.81, 0.42)
    assert box_of_presses(1, (-5, 0), (500, 500), (100, 50)) == Box(1, 0, 0, 1, 1)
    assert box_of_presses(1, (5, 5), (5, 5), (100, 50)).w > 0


def test_boxes_go_through_a_hidden_field_without_growing_smaller() -> None:
    boxes = (box_of_presses(1, (3, 5), (17, 31), (333, 777)), Box(2, 0, 0, 1, 1))
    back = boxes_of_lines(lines_of_boxes(boxes))
    assert back is not None
    for before, after in zip(boxes, back, strict=True):
        assert after.x <= before.x + 1e-9
        assert after.x + after.w >= before.x + before.w - 1e-9
        assert after.y + after.h >= before.y + before.h - 1e-9
        assert after.x + after.w <= 1 + 1e-9

"""The stored record: canonical, strict, and free of what was taken out."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.form import Refused, Upload
from intake.record import Meta, Record, dump, load, title_of
from intake.redact import redact, totals
from store.errors import InputError
from tests.unit.intake.samples import BOX, NOON, SECRET, png, submission


def body(**given: object) -> bytes:
    sub = submission(**given)
    return dump(Meta.of(sub, NOON), redact(sub, now=NOON))


FULL: dict[str, object] = {
    "where_seen": f"nhóm Zalo của {SECRET}", "seen_at": NOON - 1000, "url": "https://bao.example/tin?fbclid=1",
    "text": f"{SECRET}: gọi 0912345678", "note": "xem fb.com/vankin", "closed_group": True, "by_person_concerned": True,
    "consent_note": f"Chị {SECRET} đến trực tiếp.", "public_page": True,
    "files": (Upload(f"{SECRET}.png", png(secret=SECRET), (BOX,), no_persons_visible=True),),
}  # fmt: skip


def test_a_record_comes_back_as_it_was_stored() -> None:
    data = body(**FULL)
    record = load(data)
    assert record.by == "Đỗ Thị Trực"
    assert record.text == "[tên]: gọi [số điện thoại]"
    assert record.note == "xem [liên kết tài khoản]"
    assert record.url == "https://bao.example/tin"
    assert (record.at, record.seen_at) == (NOON, NOON - 1000)
    assert record.declarations == ("public_page", "files.0.no_persons_visible")
    assert record.files[0].name == "tep-1.png"
    assert {r.what for r in record.removed} >= {"name", "phone", "account link", "tracking", "metadata", "drawn box"}


def test_nothing_that_was_taken_out_is_in_the_bytes() -> None:
    data = body(**FULL)
    for secret in ("Kín", "0912345678", "vankin", "fbclid"):
        assert secret.encode() not in data


def test_the_files_are_named_by_their_hash() -> None:
    sub = submission(**FULL)
    redacted = redact(sub, now=NOON)
    (stored,) = load(dump(Meta.of(sub, NOON), redacted)).files
    assert stored.sha256 == hashlib.sha256(redacted.files[0].data).hexdigest()
    assert stored.size == len(redacted.files[0].data)


def test_the_form_is_canonical() -> None:
    data = body(**FULL)
    assert body(**FULL) == data
    value = json.loads(data)
    assert data == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert value["format"] == "haidang-inbox-1"


def test_the_id_is_of_who_when_and_what() -> None:
    one, two = submission(text="a b c"), submission(text="a b d")
    assert Meta.of(one, NOON).id == Meta.of(dataclasses.replace(one, by=" Đỗ Thị  Trực"), NOON).id
    assert len({Meta.of(one, NOON).id, Meta.of(two, NOON).id, Meta.of(one, NOON + 1).id}) == 3


def changed(key: str, value: object) -> bytes:
    found = json.loads(body(**FULL))
    place = found
    *path, last = key.split(".")
    for step in path:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[last] = value
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "expected an object"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":1,"a":2}', "twice"),
        (b" " * 1_000_001, "bytes"),
        (changed("format", "haidang-inbox-2"), "format"),
        (changed("id", "art_abc"), "id"),
        (changed("at", 1.5), "at"),
        (changed("at", True), "at"),
        (changed("at", -1), "at"),
        (changed("by", " "), "by"),
        (changed("where_seen", 5), "where_seen"),
        (changed("url", "javascript:x"), "url"),
        (changed("text", "e\u0301"), "text: not NFC"),
        (changed("closed_group", 1), "closed_group"),
        (changed("by_person_concerned", False), "closed group"),
        (changed("files.0.sha256", "AB"), "files.0.sha256"),
        (changed("files.0.name", "../etc/passwd"), "files.0.name"),
        (changed("files.0.media_type", "text/html"), "files.0.media_type"),
        (changed("files.0.extra", 1), "`extra` is unknown"),
        (changed("removed.0.what", "soul"), "removed.0.what"),
        (changed("removed.0.count", 0), "removed.0.count"),
        (changed("author", "x"), "`author` is unknown"),
        (body(**FULL) + b"\n", "canonical"),
    ],
)
def test_a_body_that_is_not_ours_is_refused_with_its_place(data: bytes, where: str) -> None:
    with pytest.raises(InputError, match=where):
        load(data)


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_any_other_json_is_refused_and_never_crashes(value: object) -> None:
    with pytest.raises(InputError):
        load(json.dumps(value).encode())


def test_what_holds_nothing_is_not_taken() -> None:
    with pytest.raises(Refused, match="Chưa có gì để lưu"):
        redact(submission(text="\u115f"), now=NOON)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Trường thu sai. Mong Sở xem.", "Trường thu sai"),
        ("\n\n — \nTrường thu sai!\nCâu hai", "Trường thu sai!"),
        ("Thu 1.500.000 đồng là sai. Hai", "Thu 1.500.000 đồng là sai"),
        ("", ""),
        ("x" * 500, "x" * 119 + "…"),
    ],
)
def test_the_title_is_the_first_sentence(text: str, title: str) -> None:
    assert title_of(text) == title


def test_a_long_sentence_is_cut_between_words() -> None:
    title = title_of("trường " * 50)
    assert len(title) <= 120
    assert title.endswith("trường…")


def test_a_record_without_text_is_titled_by_its_note_or_its_place() -> None:
    record = load(body(text="", url="https://bao.example/1", note="Phản ánh thu sai."))
    assert record.title == "Phản ánh thu sai"
    bare: Record = dataclasses.replace(record, note="")
    assert bare.title == "Tài liệu nhận tại hộp thư: trang Facebook công khai"


def test_totals_are_over_all_fields() -> None:
    sub = submission(text="chị Kín, 0912345678", note="gọi 0912345679")
    assert dict(totals(redact(sub, now=NOON).removed)) == {"name": 1, "phone": 2}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_whatever_is_taken_can_be_stored_and_read(text: str, note: str, where: str) -> None:
    sub = submission(text="Chữ. " + text, note=note, where_seen="báo " + where)
    try:
        redacted = redact(sub, now=NOON)
    except Refused:
        return
    assert load(dump(Meta.of(sub, NOON), redacted)).text == redacted.text

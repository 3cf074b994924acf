"""A digest as an e-mail: built from the frozen files, the same for every try but for its date."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

import pytest

from alerts.notifiers.message import prepare, write
from store.errors import BodyMissing, Permanent, Transient


def issued(press, recipients=("truong.phong@so.example",)):
    press.article("Đường đến trường ở đảo Cát Hải", hp="direct")
    press.issue(recipients=recipients)
    digest = press.store.digests(1)[0]
    return digest, press.store.deliveries(digest.id)[0]


def read_back(message):
    return message_from_bytes(message.as_bytes(), policy=default)


def test_the_message_reads_back_with_every_diacritic(press):
    digest, delivery = issued(press)
    got = read_back(prepare(press.store, press.bodies, delivery.id, press.settings, press.clock))
    assert got["Subject"] == digest.subject == "Điểm báo giáo dục 20/11/2026 — Hải Phòng 1 tin, bài"
    assert got.get_content_type() == "multipart/alternative"
    text, html = got.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "Đường đến trường ở đảo Cát Hải" in text.get_content()
    assert "Đường đến trường ở đảo Cát Hải" in html.get_content()
    assert text.get_content().replace("\r\n", "\n").encode() == press.bodies.get(digest.files["text"])


def test_the_headers_say_who_when_and_that_a_machine_wrote(press):
    _, delivery = issued(press)
    got = read_back(prepare(press.store, press.bodies, delivery.id, press.settings, press.clock))
    assert got["Message-ID"] == delivery.message_id
    assert got["To"] == "truong.phong@so.example"
    assert got["From"].addresses[0].addr_spec == "diem-bao@so.example"
    assert got["From"].addresses[0].display_name == "Hải Đăng – Điểm báo giáo dục"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Id"] == "<diem-bao.so.example>"
    date = parsedate_to_datetime(got["Date"])
    assert int(date.timestamp() * 1000) == press.clock // 1000 * 1000
    assert date.utcoffset().total_seconds() == 7 * 3600


def test_every_line_on_the_wire_is_short_and_ascii(press):
    press.article("giáo dục " * 70, lead="x" * 3000, hp="direct")
    _, delivery = issued(press)
    wire = prepare(press.store, press.bodies, delivery.id, press.settings, press.clock).as_bytes()
    wire.decode("ascii")
    assert max(map(len, wire.split(b"\r\n"))) <= 998


def test_a_second_try_differs_in_nothing_but_its_date_and_boundary(press):
    _, delivery = issued(press)
    one = read_back(prepare(press.store, press.bodies, delivery.id, press.settings, press.clock))
    two = read_back(prepare(press.store, press.bodies, delivery.id, press.settings, press.clock + 3_600_000))
    changed = {"Date", "Content-Type"}
    assert [h for h in one.items() if h[0] not in changed] == [h for h in two.items() if h[0] not in changed]
    assert [p.get_content() for p in one.iter_parts()] == [p.get_content() for p in two.iter_parts()]


def test_no_header_can_be_smuggled_in_by_a_recipient(press):
    digest, delivery = issued(press)
    for bad in (
        "a@so.example\r\nBcc: x@y.example",
        "không phải địa chỉ",
        "đặng@so.example",
        "@so.example",
        "Phòng\x07 <a@so.example>",
        "a@so.example (phòng)",
        "a b@so.example",
    ):
        with pytest.raises(Permanent, match="địa chỉ nhận không hợp lệ"):
            write(digest, replace(delivery, recipient=bad), "h", "t", press.settings, press.clock)


def test_without_a_sender_the_message_waits_for_the_administrator(press):
    _, delivery = issued(press)
    with pytest.raises(Transient, match="smtp_from"):
        prepare(press.store, press.bodies, delivery.id, press.settings.model_copy(update={"smtp_from": ""}), 0)


def test_a_delivery_that_nobody_planned_is_final(press):
    with pytest.raises(Permanent, match="del_nobody"):
        prepare(press.store, press.bodies, "del_nobody", press.settings, 0)


def test_a_lost_file_is_said_to_be_lost(press):
    digest, delivery = issued(press)
    press.bodies.path(digest.files["html"]).unlink()
    with pytest.raises(BodyMissing):
        prepare(press.store, press.bodies, delivery.id, press.settings, 0)

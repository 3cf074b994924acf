"""SMS gateway, webhook, Zalo OA and apprise against real servers on loopback: accepted, refused, mute, hostile."""

from __future__ import annotations

import dataclasses
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from alerts.notifiers import http
from alerts.notifiers.apprise import AppriseNotifier
from alerts.notifiers.channel import CHANNEL_DOWN, NoChannel, Words
from alerts.notifiers.sms import SmsNotifier, fit, plain
from alerts.notifiers.webhook import WebhookNotifier, verify
from alerts.notifiers.zalo import ZaloNotifier
from config.settings import Settings, load_settings
from store.errors import ConfigError, Permanent, Transient
from tests.smoke.gateway import Gateway, serving
from tests.smoke.test_smtp import certificate  # noqa: F401 - the fixture

SECRET = "khoa-gia-0001"
LINK = "https://haidang.so.example/viec/cas_x"
WORDS = Words(
    to="+84912345678",
    key="del_abc",
    subject="KHẨN: Quá hạn trả lời",
    text="LƯU HÀNH NỘI BỘ\n\nViệc “A & B” đã quá hạn.\nXem: " + LINK,
    short='KHẨN: Hai Dang: Việc "A & B" đã quá hạn\r\nX-Tiem: 1',
    link=LINK,
    urgent=True,
    notices=("ntc_1", "ntc_2"),
    kind="alarm",
    about="cas_x",
    at=1_795_131_000_000,
)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with serving(Gateway()) as held:
        yield held


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    return private(tmp_path / "khoa", SECRET)


def private(path: Path, text: str) -> Path:
    path.write_text(text + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def settings(tmp_path: Path, **more: Any) -> Settings:
    return load_settings({}, home=tmp_path, **more)


# ── SMS ─────────────────────────────────────────────────────────────────────────────────────────────


def sms(tmp_path: Path, gateway: Gateway, **more: Any) -> SmsNotifier:
    usual = {
        "sms_url": f"{gateway.base}/send",
        "sms_headers": ("Authorization: Bearer {secret}", "X-Request-Id: {key}"),
        "sms_body": '{"Phone":"{to}","Local":"{to_local}","Content":"{text}","RequestId":"{key}"}',
        "sms_success": '"status": ?"ok"',
        "sms_refused": "invalid_phone",
        "sms_receipt": '"id": ?"?(\\w+)',
        "sms_secret_file": tmp_path / "khoa",
    }
    return SmsNotifier(settings(tmp_path, **(usual | more)), timeout_s=2)


def test_an_sms_goes_out_by_the_template_and_its_number_is_the_receipt(tmp_path, gateway, secret_file):
    gateway.says(200, {"status": "ok", "id": "m77"})
    assert sms(tmp_path, gateway).send(WORDS) == "m77"
    (asked,) = gateway.asked
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert asked.headers["x-request-id"] == "del_abc"
    told = asked.json
    assert told["Phone"] == "84912345678"
    assert told["Local"] == "0912345678"
    assert told["RequestId"] == "del_abc"
    assert told["Content"] == f'KHAN: Hai Dang: Viec "A & B" da qua han X-Tiem: 1 {LINK}'


def test_a_gateway_that_is_asked_with_a_query_gets_it_encoded(tmp_path, gateway, secret_file):
    one = sms(
        tmp_path,
        gateway,
        sms_url=f"{gateway.base}/s?key={{secret}}&to={{to_plus}}&m={{text}}",
        sms_body="",
        sms_headers=(),
        sms_method="GET",
        sms_plain=False,
    )
    one.send(WORDS)
    query = parse_qs(urlsplit(gateway.asked[0].path).query)
    assert query["to"] == ["+84912345678"]
    assert query["key"] == [SECRET]
    assert query["m"][0].startswith('KHẨN: Hai Dang: Việc "A & B" đã quá hạn')
    assert len(gateway.asked[0].path.split("&")) == 3, "a message adds no field"


def test_a_message_cannot_write_a_header(tmp_path, gateway, secret_file):
    sms(tmp_path, gateway, sms_headers=("X-Words: {text}", "X-Secret: {secret}")).send(WORDS)
    assert "x-tiem" not in gateway.asked[0].headers


@pytest.mark.parametrize(
    ("status", "body", "kind", "down"),
    [
        (200, "invalid_phone", Permanent, False),
        (400, "invalid_phone", Permanent, False),
        (200, "queue full", Transient, False),
        (422, "?", Transient, False),
        (401, "key", Transient, True),
        (402, "no money", Transient, True),
        (302, "", Transient, True),
        (500, "", Transient, True),
        (503, "", Transient, True),
    ],
)
def test_what_a_gateway_answers_is_about_the_number_or_about_us(
    tmp_path, gateway, secret_file, status, body, kind, down
):
    gateway.says(status, body, Location="http://127.0.0.1:9/elsewhere", Retry_After="7")
    with pytest.raises(kind) as told:
        sms(tmp_path, gateway).send(WORDS)
    assert (told.value.outcome == CHANNEL_DOWN) is down
    assert told.value.retry_after_s == (7.0 if status == 503 else None)
    assert len(gateway.asked) == 1, "no redirect is followed"


def test_an_answer_that_repeats_the_secret_does_not_spread_it(tmp_path, gateway, secret_file):
    gateway.says(500, f"bad key {SECRET}")
    with pytest.raises(Transient) as told:
        sms(tmp_path, gateway).send(WORDS)
    assert SECRET not in str(told.value)


def test_a_mute_and_a_dead_gateway_are_down_and_named_without_the_query(tmp_path, secret_file):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/s?k={{secret}}&t={{to}}&m={{text}}"
        notifier = SmsNotifier(settings(tmp_path, sms_url=url, sms_secret_file=secret_file), timeout_s=0.3)
        with pytest.raises(Transient, match=r"127\.0\.0\.1 không trả lời: quá giờ chờ") as told:
            notifier.send(WORDS)
        assert told.value.outcome == CHANNEL_DOWN
    with pytest.raises(Transient, match=r"127\.0\.0\.1 không trả lời") as told:
        notifier.send(WORDS)
    assert SECRET not in str(told.value)


def test_an_answer_that_drips_ends_with_the_time_out_and_a_huge_one_is_cut(tmp_path, gateway, secret_file):
    gateway.says(200, '"status":"ok"' + "x" * 400)
    gateway.drip_s = 0.05
    with pytest.raises(http.NoAnswer):
        http.ask(f"{gateway.base}/", headers={}, timeout_s=0.4)
    gateway.drip_s = 0
    gateway.says(200, "y" * 1_000_000)
    assert len(http.ask(f"{gateway.base}/", headers={}, timeout_s=2).text) == http.MOST_BYTES


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example/x",
        "http://8.8.8.8/x",
        "ftp://gateway.example/x",
        "https://user:pass@gateway.example/x",
        "https:///x",
        "https://[::1",
        "https://gateway.example/a b",
        "https://gateway.example:99999/",
    ],
)
def test_no_secret_goes_in_the_clear_or_to_an_odd_address(url):
    with pytest.raises(Permanent):
        http.ask(url, headers={"X": SECRET}, timeout_s=1)


def test_a_certificate_that_nobody_vouches_for_is_refused_and_a_trusted_one_taken(certificate):  # noqa: F811
    with serving(Gateway(), certificate[0]) as held:
        url = f"https://localhost:{held.port}/"
        with pytest.raises(http.NoAnswer, match="TLS"):
            http.ask(url, headers={"X": SECRET}, timeout_s=3)
        assert held.asked == []
        assert http.ask(url, headers={"X": SECRET}, timeout_s=3, tls=certificate[1]).status == 200


def test_a_secret_file_that_others_may_read_is_not_used(tmp_path, gateway, secret_file):
    secret_file.chmod(0o644)
    with pytest.raises(Transient, match="chmod 600") as told:
        sms(tmp_path, gateway).send(WORDS)
    assert told.value.outcome == CHANNEL_DOWN
    assert gateway.asked == []


def test_a_number_that_is_none_and_a_gateway_that_is_not_set_are_told(tmp_path, gateway, secret_file):
    with pytest.raises(Permanent, match="số điện thoại"):
        sms(tmp_path, gateway).send(dataclasses.replace(WORDS, to="113"))
    with pytest.raises(Transient, match="sms_url"):
        SmsNotifier(settings(tmp_path)).send(WORDS)


def test_letters_without_diacritics_and_the_link_whole():
    assert plain("Đã quá hạn – Trường ‘X’ ỡ ẵ…") == "Da qua han - Truong 'X' o a..."
    cut = fit("x " * 400, LINK, 160)
    assert len(cut) <= 160
    assert cut.endswith(f"… {LINK}")
    assert fit("ngắn", "", 160) == "ngắn"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"sms_url": "https://g.example/?t={to}&m={txt}"}, "{txt}"),
        ({"sms_url": "https://g.example/?t={to}"}, "thiếu chỗ điền"),
        ({"sms_url": "https://{to}.example/?m={text}"}, "sau dấu"),
        ({"sms_success": "("}, "biểu thức chính quy"),
        ({"sms_headers": ("khong hai cham",)}, "Tên: giá trị"),
        ({"desk_url": "https://a.example/?token=1"}, "https://haidang"),
        ({"desk_url": "https://u:p@a.example"}, "https://haidang"),
    ],
)
def test_faulty_settings_are_told_at_load(tmp_path, wrong, told):
    with pytest.raises(ConfigError) as bad:
        settings(tmp_path, **wrong)
    assert told in str(bad.value)


# ── webhook ─────────────────────────────────────────────────────────────────────────────────────────


def webhook(tmp_path: Path, gateway: Gateway, now: float = 1_795_131_000.0) -> tuple[WebhookNotifier, Words]:
    private(tmp_path / "khoa_ky", f"127.0.0.1:{gateway.port} {SECRET}\nhe-thong.example khac")
    notifier = WebhookNotifier(
        settings(tmp_path, webhook_secrets_file=tmp_path / "khoa_ky"), timeout_s=2, clock=lambda: now
    )
    return notifier, dataclasses.replace(WORDS, to=f"{gateway.base}/nhan")


def test_a_webhook_is_signed_over_time_and_body_and_known_again_by_its_key(tmp_path, gateway):
    notifier, words = webhook(tmp_path, gateway)
    notifier.send(words)
    notifier.send(words)
    first, second = gateway.asked
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == "del_abc"
    assert first.body == second.body
    stamp, signature = first.headers["haidang-timestamp"], first.headers["haidang-signature"]
    assert verify(SECRET, stamp, first.body, signature, 1_795_131_060.0)
    assert not verify(SECRET, stamp, first.body, signature, 1_795_131_000.0 + 301), "an old one is a replay"
    assert not verify(SECRET, stamp, first.body + b" ", signature, 1_795_131_000.0)
    assert not verify("khac", stamp, first.body, signature, 1_795_131_000.0)
    assert not verify(SECRET, "mai", first.body, signature, 1_795_131_000.0)
    assert first.json["notices"] == ["ntc_1", "ntc_2"]
    assert first.json["link"] == LINK


def test_a_host_without_a_secret_of_its_own_gets_nothing(tmp_path, gateway):
    notifier, words = webhook(tmp_path, gateway)
    with serving(Gateway()) as other:
        with pytest.raises(Transient, match="chưa có khóa ký"):
            notifier.send(dataclasses.replace(words, to=f"{other.base}/nhan"))
        assert other.asked == []


@pytest.mark.parametrize(
    ("status", "kind"), [(404, Permanent), (410, Permanent), (401, Transient), (302, Transient), (500, Transient)]
)
def test_what_a_receiver_answers(tmp_path, gateway, status, kind):
    gateway.says(status, "không", Location=f"{gateway.base}/khac")
    notifier, words = webhook(tmp_path, gateway)
    with pytest.raises(kind, match=f"trả lời {status}"):
        notifier.send(words)
    assert len(gateway.asked) == 1


# ── Zalo OA ─────────────────────────────────────────────────────────────────────────────────────────


def zalo(tmp_path: Path, gateway: Gateway) -> tuple[ZaloNotifier, Words]:
    config = settings(
        tmp_path, zalo_api=gateway.base, allow_loopback=True, zalo_token_file=private(tmp_path / "zalo", "ma-gia-01")
    )
    return ZaloNotifier(config, timeout_s=2), dataclasses.replace(WORDS, to="4572947693969771653")


def test_a_follower_gets_the_message_and_its_number_is_the_receipt(tmp_path, gateway):
    gateway.says(200, {"error": 0, "message": "Success", "data": {"message_id": "96d3cdf3af150460909"}})
    notifier, words = zalo(tmp_path, gateway)
    assert notifier.send(words) == "96d3cdf3af150460909"
    (asked,) = gateway.asked
    assert asked.path == "/v3.0/oa/message/cs"
    assert asked.headers["access_token"] == "ma-gia-01"
    assert asked.json["recipient"] == {"user_id": "4572947693969771653"}
    assert asked.json["message"]["text"].startswith("KHẨN: Quá hạn trả lời\n")


@pytest.mark.parametrize(
    ("code", "kind", "down"),
    [(-213, Permanent, False), (-230, Permanent, False), (-216, Transient, True), (-32, Transient, True),
     (-234, Transient, False), (-9999, Transient, False)],
)  # fmt: skip
def test_a_refusal_stands_in_the_body_of_a_200(tmp_path, gateway, code, kind, down):
    gateway.says(200, {"error": code, "message": "no"})
    notifier, words = zalo(tmp_path, gateway)
    with pytest.raises(kind, match=f"mã {code}") as told:
        notifier.send(words)
    assert (told.value.outcome == CHANNEL_DOWN) is down


@pytest.mark.parametrize("body", ["", "<html>", "[1]", '{"error": true}', '{"error": "0"}', "[" * 9000])
def test_an_answer_that_is_none_is_not_taken_for_acceptance(tmp_path, gateway, body):
    gateway.says(200, body)
    notifier, words = zalo(tmp_path, gateway)
    with pytest.raises(Transient, match="không có mã lỗi"):
        notifier.send(words)


# ── apprise ─────────────────────────────────────────────────────────────────────────────────────────


def by_apprise(tmp_path: Path, url: str, to: str = "khoa://nhom-truc") -> tuple[AppriseNotifier, Words]:
    file = private(tmp_path / "apprise", f"# nhóm trực\nnhom-truc {url}")
    return AppriseNotifier(settings(tmp_path, apprise_urls_file=file)), dataclasses.replace(WORDS, to=to)


def test_apprise_hands_the_message_to_a_service_of_its_own(tmp_path, gateway):
    notifier, words = by_apprise(tmp_path, f"json://127.0.0.1:{gateway.port}/nhan")
    assert notifier.send(words) == "nhom-truc"
    told = json.loads(gateway.asked[0].body)
    assert told["title"] == words.subject
    assert "đã quá hạn" in told["message"]


def test_what_a_service_of_apprise_does_not_take_is_tried_again(tmp_path, gateway):
    notifier, words = by_apprise(tmp_path, f"json://127.0.0.1:{gateway.port}/nhan")
    gateway.says(500)
    with pytest.raises(Transient, match="nhom-truc"):
        notifier.send(words)
    gateway.says(302, "", Location=f"{gateway.base}/khac")
    with pytest.raises(Transient):
        notifier.send(words)
    assert [asked.path for asked in gateway.asked] == ["/nhan", "/nhan"], "no redirect is followed"


@pytest.mark.parametrize(
    ("url", "to"),
    [
        ("json://127.0.0.1:9/", "json://127.0.0.1:9/"),
        ("syslog://", "khoa://nhom-truc"),
        ("jsons://a.example/?verify=no", "khoa://nhom-truc"),
        ("jsons://a.example/?redirect=yes", "khoa://nhom-truc"),
        ("khong-co://a.example/", "khoa://nhom-truc"),
    ],
)
def test_addresses_of_apprise_that_leak_or_reach_nobody_are_refused(tmp_path, url, to):
    notifier, words = by_apprise(tmp_path, url, to)
    with pytest.raises(Permanent) as told:
        notifier.send(words)
    assert "a.example" not in str(told.value), "the address is a secret"


@pytest.mark.slow
def test_apprise_is_not_imported_before_it_is_needed_and_asks_nobody_at_import():
    code = (
        "import socket, sys\n"
        "def no(*a, **k): raise SystemExit('network')\n"
        "import alerts.notifiers.all\n"
        "assert 'apprise' not in sys.modules\n"
        "socket.socket.connect = no; socket.getaddrinfo = no\n"
        "import apprise\n"
        "apprise.Apprise().add('jsons://a.example/')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_channel_that_nobody_knows_refuses(tmp_path):
    with pytest.raises(Permanent, match="bo-cau"):
        NoChannel("bo-cau").send(WORDS)

"""E-mail against a real SMTP server on loopback: accepted, put off, refused, dead, and without the TLS asked for."""

from __future__ import annotations

import datetime
import socket
import ssl
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from alerts.notifiers.email import EmailNotifier
from alerts.notifiers.message import write
from alerts.outbox import attempt, begin, plan_deliveries
from config.settings import Settings
from store.errors import Permanent, Transient
from store.model import DeliveryState, Digest

NOW = 1_795_131_000_000  # 20/11/2026 06:30 in Hải Phòng
SUBJECT = "Điểm báo giáo dục 20/11/2026 — Hải Phòng 3 tin, bài"
HTML = "<p>Trường ở đặc khu Bạch Long Vĩ: thuỷ triều, khoẻ mạnh, ưỡn ẹo. </p>\n"
TEXT = "Trường ở đặc khu Bạch Long Vĩ: thuỷ triều, khoẻ mạnh, ưỡn ẹo.\n.\n..hai chấm đầu dòng\n"


class Mailbox:
    """A server's mind: what it answers at each step, and what it took."""

    def __init__(self) -> None:
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.taken: list[tuple[str, list[str], bytes]] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.data.pop(0) if self.data else "250 Accepted"
        if answer.startswith("250"):
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return answer


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Controller]:
    yield from running(mailbox)


def running(mailbox: Mailbox, **how) -> Iterator[Controller]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **how)
    controller.start()
    yield controller
    controller.stop()


def port_of(controller: Controller) -> int:
    return controller.port


def settings(tmp_path: Path, port: int, **more) -> Settings:
    base = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_from": "Văn phòng Sở <diem-bao@so.example>"}
    return Settings(home=tmp_path, **{**base, **more})


def a_delivery(recipient: str = "chanh.van.phong@so.example"):
    digest = Digest("dig_x", "daily", "2026-11-20", 0, 1, NOW, SUBJECT, {}, {}, {})
    return digest, plan_deliveries(digest, [recipient], NOW, "diem-bao@so.example")[0]


def send(config: Settings, recipient: str = "chanh.van.phong@so.example", tls=None) -> None:
    digest, delivery = a_delivery(recipient)
    EmailNotifier(config, timeout_s=5, tls=tls).send(write(digest, delivery, HTML, TEXT, config, NOW))


def test_an_accepted_message_arrives_whole(server, mailbox, tmp_path):
    send(settings(tmp_path, port_of(server)))
    [(sender, recipients, raw)] = mailbox.taken
    assert (sender, recipients) == ("diem-bao@so.example", ["chanh.van.phong@so.example"])
    got = message_from_bytes(raw, policy=default)
    assert got["Subject"] == SUBJECT
    assert got["From"].addresses[0].display_name == "Văn phòng Sở"
    assert got["Date"].datetime == datetime.datetime(2026, 11, 19, 23, 30, tzinfo=datetime.UTC)
    assert got["Message-ID"] == a_delivery()[1].message_id
    text, html = got.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().replace("\r\n", "\n") == HTML


def test_451_now_and_accepted_later_sends_one_message_with_one_message_id(server, mailbox, tmp_path):
    mailbox.data.append("451 Hộp thư bận, thử lại sau")
    config = settings(tmp_path, port_of(server))
    digest, delivery = a_delivery()
    notifier = EmailNotifier(config, timeout_s=5)

    def build():
        return write(digest, delivery, HTML, TEXT, config, NOW)

    waiting = attempt(begin(delivery), build, notifier, lambda: NOW)
    assert waiting.state is DeliveryState.PENDING
    assert waiting.next_try_at == NOW + 60_000
    assert "451 Hộp thư bận" in waiting.error
    sent = attempt(begin(waiting), build, notifier, lambda: NOW + 60_000)
    assert (sent.state, sent.attempts, sent.sent_at) == (DeliveryState.SENT, 2, NOW + 60_000)
    assert len(mailbox.taken) == 1


def test_an_unknown_mailbox_is_final_and_told_with_server_recipient_and_words(server, mailbox, tmp_path):
    mailbox.rcpt.append("550 5.1.1 No such user here")
    with pytest.raises(Permanent) as refused:
        send(settings(tmp_path, port_of(server)))
    told = str(refused.value)
    assert f"127.0.0.1:{port_of(server)}" in told
    assert "chanh.van.phong@so.example" in told
    assert "550 5.1.1 No such user here" in told
    assert mailbox.taken == []


def test_a_greylisted_recipient_is_tried_again(server, mailbox, tmp_path):
    mailbox.rcpt.append("450 4.2.0 Greylisted")
    with pytest.raises(Transient, match=r"450 4.2.0 Greylisted"):
        send(settings(tmp_path, port_of(server)))


def test_content_refused_for_good_is_final(server, mailbox, tmp_path):
    mailbox.data.append("554 5.7.1 Policy")
    with pytest.raises(Permanent, match=r"554 5.7.1 Policy"):
        send(settings(tmp_path, port_of(server)))


def test_a_dead_server_is_tried_again(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(Transient, match=f"không nối được máy chủ thư 127.0.0.1:{port}"):
            send(settings(tmp_path, port))


def test_a_server_that_never_answers_is_left_after_the_time_out(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        digest, delivery = a_delivery()
        config = settings(tmp_path, mute.getsockname()[1])
        with pytest.raises(Transient, match="timed out"):
            EmailNotifier(config, timeout_s=0.2).send(write(digest, delivery, HTML, TEXT, config, NOW))


def test_a_server_without_starttls_gets_nothing_when_starttls_was_asked_for(server, mailbox, tmp_path):
    with pytest.raises(Transient, match="TLS"):
        send(settings(tmp_path, port_of(server), smtp_security="starttls"))
    assert mailbox.taken == []


def test_tls_from_the_first_byte_against_a_plain_server_sends_nothing(server, mailbox, tmp_path):
    with pytest.raises(Transient, match="TLS"):
        send(settings(tmp_path, port_of(server), smtp_security="tls"))
    assert mailbox.taken == []


def test_a_certificate_that_nobody_vouches_for_is_refused(mailbox, tmp_path, certificate):
    for controller in running(mailbox, tls_context=certificate[0]):
        with pytest.raises(Transient, match=r"TLS.*certificate verify failed"):
            send(settings(tmp_path, port_of(controller), smtp_security="starttls", smtp_host="localhost"))
    assert mailbox.taken == []


def test_starttls_with_a_trusted_certificate_logs_in_and_sends(mailbox, tmp_path, certificate):
    secret = tmp_path / "smtp.password"
    secret.write_text("m@t khau\n", encoding="utf-8")
    secret.chmod(0o600)
    seen = []

    def check(server, session, envelope, mechanism, data):
        seen.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=True)

    config = {"smtp_security": "starttls", "smtp_host": "localhost", "smtp_user": "diem-bao"}
    for controller in running(
        mailbox, tls_context=certificate[0], require_starttls=True, authenticator=check, auth_required=True
    ):
        send(settings(tmp_path, port_of(controller), smtp_password_file=secret, **config), tls=certificate[1])
    assert seen == [("diem-bao", "m@t khau")]
    assert len(mailbox.taken) == 1


def test_a_refused_log_in_waits_for_the_administrator(mailbox, tmp_path, certificate):
    secret = tmp_path / "smtp.password"
    secret.write_text("sai\n", encoding="utf-8")
    secret.chmod(0o600)
    more = {"smtp_security": "starttls", "smtp_host": "localhost", "smtp_user": "diem-bao"}
    for controller in running(
        mailbox, tls_context=certificate[0], authenticator=lambda *_: AuthResult(success=False, handled=False)
    ):
        config = settings(tmp_path, port_of(controller), smtp_password_file=secret, **more)
        with pytest.raises(Transient, match=r"không nhận đăng nhập của 'diem-bao'.*535"):
            send(config, tls=certificate[1])


def test_a_password_file_that_others_can_read_is_not_used(server, mailbox, tmp_path):
    secret = tmp_path / "smtp.password"
    secret.write_text("x", encoding="utf-8")
    secret.chmod(0o644)
    config = settings(tmp_path, port_of(server), smtp_user="diem-bao", smtp_password_file=secret)
    with pytest.raises(Transient, match=r"644.*chmod 600"):
        send(config)
    secret.chmod(0o600)
    secret.write_text("mật khẩu", encoding="utf-8")
    with pytest.raises(Transient, match="ngoài ASCII"):
        send(config)
    with pytest.raises(Transient, match="không đọc được tệp mật khẩu"):
        send(config.model_copy(update={"smtp_password_file": tmp_path / "absent"}))
    assert mailbox.taken == []


def test_without_a_server_in_the_settings_the_message_waits(tmp_path):
    with pytest.raises(Transient, match="smtp_host"):
        send(settings(tmp_path, 25, smtp_host=""))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(a server's context with a self-made certificate for localhost, a client's that trusts just that one)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(pem)
    ours = ssl.create_default_context(cafile=pem)
    return theirs, ours

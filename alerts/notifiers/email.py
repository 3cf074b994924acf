"""Hand one message to the mail server of the department, and say precisely what went wrong if it would not.

What counts as final: a 5xx answer about the *recipient* or the *content*. A refused log-in, sender or greeting is
our set-up; a person mends it, so the message waits and is tried again (the outbox gives up after a day).
Encryption that was asked for is never given up: without TLS nothing is sent.
"""

from __future__ import annotations

import smtplib
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from alerts import messages
from alerts.notifiers.addresses import domain_of
from alerts.notifiers.channel import CHANNEL_DOWN
from config.settings import Settings
from store.errors import Permanent, Transient, WorkError
from store.model import Outcome

TIMEOUT_S = 30.0


class EmailNotifier:
    """SMTP by the settings: plain, STARTTLS or TLS from the first byte; user and password file if given."""

    def __init__(self, settings: Settings, timeout_s: float = TIMEOUT_S, tls: ssl.SSLContext | None = None) -> None:
        self._settings, self._timeout_s, self._tls = settings, timeout_s, tls
        self._server = f"{settings.smtp_host}:{settings.smtp_port}"

    def send(self, message: EmailMessage, /) -> str:
        """The server's words of acceptance. Raises :class:`Transient` or :class:`Permanent`."""
        if not self._settings.smtp_host:
            raise _down(messages.MAIL_NO_HOST)
        password = self._password()
        recipient = message["To"].addresses[0].addr_spec
        with self._told("connect", recipient):
            server = self._connect()
        try:
            return self._talk(server, message, recipient, password)
        finally:
            server.close()

    def _talk(self, server: smtplib.SMTP, message: EmailMessage, recipient: str, password: str) -> str:
        sender = message["From"].addresses[0].addr_spec
        with self._told("hello", recipient):
            if self._settings.smtp_security == "starttls":
                server.starttls(context=self._context())
            server.ehlo_or_helo_if_needed()
        if self._settings.smtp_user:
            with self._told("login", recipient):
                server.login(self._settings.smtp_user, password)
        with self._told("sender", recipient):
            _expect(server.mail(sender))
        with self._told("recipient", recipient):
            _expect(server.rcpt(recipient))
        with self._told("data", recipient):
            receipt = _expect(server.data(message.as_bytes()))
        _part(server)
        return receipt

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        ours = domain_of(settings.smtp_from) or "localhost"  # no DNS look-up of our own name: it can hang
        if settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(
                settings.smtp_host, settings.smtp_port, ours, timeout=self._timeout_s, context=self._context()
            )
        return smtplib.SMTP(settings.smtp_host, settings.smtp_port, ours, timeout=self._timeout_s)

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()

    def _password(self) -> str:
        """The first line of the password file, which nobody else may read."""
        path = self._settings.smtp_password_file
        if not self._settings.smtp_user or path is None:
            return ""
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077:
                raise _down(messages.MAIL_OPEN_PASSWORD.format(path=path, mode=f"{mode:03o}"))
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as bad:
            raise _down(messages.MAIL_NO_PASSWORD.format(path=path, reason=bad)) from bad
        password = lines[0].strip() if lines else ""
        if not password.isascii():  # smtplib encodes it as ASCII, and its error would quote the letter
            raise _down(messages.MAIL_ODD_PASSWORD.format(path=path))
        return password

    @contextmanager
    def _told(self, step: str, recipient: str) -> Iterator[None]:
        """Whatever goes wrong in here becomes a WorkError that names server, step and answer."""
        try:
            yield
        except (smtplib.SMTPException, OSError, UnicodeError) as bad:
            raise self._work_error(bad, step, recipient) from bad

    def _work_error(self, bad: Exception, step: str, recipient: str) -> WorkError:
        code = bad.smtp_code if isinstance(bad, smtplib.SMTPResponseException) else None
        words = {
            "server": self._server,
            "step": messages.MAIL_STEPS[step],
            "recipient": recipient,
            "user": repr(self._settings.smtp_user),
            "reason": _reason(bad),
        }
        if code is not None and code >= 500 and step in {"recipient", "data"}:
            return Permanent(Outcome.NOT_SENT, messages.MAIL_REFUSED.format(**words))
        # greylisting and full boxes are about the one; 421 is a server that goes away in the middle
        ours = step not in {"recipient", "data"} or code in (None, 421)
        return (_down if ours else _later)(_explain(bad, code, step).format(**words))


def _explain(bad: Exception, code: int | None, step: str) -> str:
    """Which sentence of the catalogue fits a failure that is worth another try."""
    if isinstance(bad, ssl.SSLError) or (isinstance(bad, smtplib.SMTPNotSupportedError) and step == "hello"):
        return messages.MAIL_TLS
    if step == "login" and (code is None or code >= 500):
        return messages.MAIL_LOGIN
    if step == "connect" and code is None:
        return messages.MAIL_UNREACHABLE
    return messages.MAIL_SETUP if code is not None and code >= 500 else messages.MAIL_BUSY


def _reason(bad: Exception) -> str:
    """The server's own words with their code, or what the system says."""
    if isinstance(bad, smtplib.SMTPResponseException):
        answer = bad.smtp_error
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        return f"{bad.smtp_code} {' '.join(text.split())[:300]}"
    return str(bad) or type(bad).__name__


def _later(message: str) -> Transient:
    return Transient(Outcome.NOT_SENT, message)


def _down(message: str) -> Transient:
    return Transient(CHANNEL_DOWN, message)


def _expect(answer: tuple[int, bytes]) -> str:
    """2xx is acceptance, in the server's own words; anything else is raised with them."""
    code, words = answer
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, words)
    return f"{code} {' '.join(words.decode('utf-8', 'replace').split())[:200]}"


def _part(server: smtplib.SMTP) -> None:
    """Say goodbye; the message is accepted already, so a rude ending changes nothing."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        return

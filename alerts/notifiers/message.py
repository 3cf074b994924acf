"""An issued digest as an e-mail to one recipient, from the frozen files: a later build cannot change it."""

from __future__ import annotations

import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from zoneinfo import ZoneInfo

from alerts import messages
from alerts.notifiers.addresses import domain_of
from config.settings import Settings
from store.api import Store
from store.blobs import BodyStore
from store.errors import Permanent, Transient
from store.model import Delivery, Digest, Outcome


def prepare(store: Store, bodies: BodyStore, delivery_id: str, settings: Settings, now: int) -> EmailMessage:
    """The message of a delivery. Raises Permanent (unknown row, bad recipient), Transient (sender not
    configured: a person mends that within the day) or BodyMissing (a file is gone)."""
    delivery = store.delivery(delivery_id)
    digest = store.digest(delivery.event_id) if delivery else None
    if delivery is None or digest is None:
        raise Permanent(Outcome.NOT_SENT, messages.MAIL_NO_ROW.format(id=delivery_id))
    files = {name: bodies.get(body_hash).decode() for name, body_hash in digest.files.items()}
    return write(digest, delivery, files["html"], files["text"], settings, now)


def write(digest: Digest, delivery: Delivery, html: str, text: str, settings: Settings, now: int) -> EmailMessage:
    """multipart/alternative in UTF-8; Message-ID of the delivery, Date of ``now`` (ms UTC) in local time."""
    message = EmailMessage(policy=SMTP)
    sender = sender_of(settings)
    message["Subject"] = digest.subject
    message["From"] = sender
    message["To"] = recipient_of(delivery.recipient)
    local = datetime.datetime.fromtimestamp(now // 1000, ZoneInfo(settings.timezone))
    message["Date"] = format_datetime(local)
    message["Message-ID"] = delivery.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies, please
    message["List-Id"] = f"<diem-bao.{sender.domain}>"  # RFC 2919: lets people file it by rule
    message["Content-Language"] = "vi"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    return message


def sender_of(settings: Settings) -> Address:
    """Who our letters are from. Raises :class:`Transient` while the administrator has not said so."""
    if not settings.smtp_from:
        raise Transient(Outcome.NOT_SENT, messages.MAIL_NO_FROM)
    address = _address(settings.smtp_from, f"{messages.PRODUCT} – {messages.TITLE}")
    if address is None:
        raise Transient(Outcome.NOT_SENT, messages.MAIL_BAD_FROM.format(address=settings.smtp_from))
    return address


def recipient_of(recipient: str) -> Address:
    """An address that can stand in a header. Raises :class:`Permanent` for one that cannot."""
    address = _address(recipient)
    if address is None:
        raise Permanent(Outcome.NOT_SENT, messages.MAIL_BAD_RECIPIENT.format(address=recipient))
    return address


def _address(written: str, name: str = "") -> Address | None:
    """`a@b.vn` or `Name <a@b.vn>`; None for what plain SMTP cannot carry or what could smuggle a header in."""
    given, bare = parseaddr(written)
    user, at, _ = bare.rpartition("@")
    host = domain_of(bare)
    whole = bare in {written.strip(), written.rpartition("<")[2].strip("> ")}  # parseaddr drops what it dislikes
    if not (at and user and user.isascii() and host and whole and written.isprintable() and " " not in bare):
        return None
    try:
        return Address(display_name=given or name, username=user, domain=host)
    except (ValueError, MessageError):
        return None

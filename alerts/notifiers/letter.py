"""Notices as a message: one, or several to one address as a list. The same rows give the same words on every try."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from alerts import notice_words as words
from alerts.formats import clean, shorten
from alerts.notifiers.channel import Words
from alerts.notifiers.message import recipient_of, sender_of
from alerts.squeeze import distinct
from config.settings import Settings
from store.ids import public_id
from store.model import Delivery
from store.model_notice import Notice

LONGEST_SUBJECT = 140
_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*/?)?")


def words_of(notices: Sequence[Notice], delivery: Delivery, settings: Settings) -> Words:
    """For a channel that knows no letters. ``notices``: the carrier's first."""
    listed = distinct(notices)
    first = listed[0]
    return Words(
        to=delivery.recipient,
        key=delivery.id,
        subject=subject(listed, delivery),
        text=text(listed, settings),
        short=_short(listed, delivery, settings),
        link=link(first, settings) if len(listed) == 1 else desk(settings),
        urgent=delivery.urgent,
        notices=tuple(notice.id for notice in notices),
        kind=first.kind,
        about=first.about,
        at=min(notice.created_at for notice in listed),
    )


def email_of(notices: Sequence[Notice], delivery: Delivery, settings: Settings, now: int) -> EmailMessage:
    """For a mailbox. Raises Transient (no sender configured) or Permanent (a bad address)."""
    listed = distinct(notices)
    message = EmailMessage(policy=SMTP)
    sender = sender_of(settings)
    message["Subject"] = subject(listed, delivery)
    message["From"] = sender
    message["To"] = recipient_of(delivery.recipient)
    local = datetime.datetime.fromtimestamp(now // 1000, ZoneInfo(settings.timezone))
    message["Date"] = format_datetime(local)
    message["Message-ID"] = delivery.message_id
    if root := thread_id(listed, sender.domain):
        message["In-Reply-To"] = root
        message["References"] = root
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message["List-Id"] = f"<{words.LIST_ID}.{sender.domain}>"  # RFC 2919
    if delivery.urgent:
        message["Importance"] = "high"  # RFC 2156
        message["X-Priority"] = "1"
    message["Content-Language"] = "vi"
    message.set_content(text(listed, settings) + "\n", cte="base64")
    return message


def thread_id(notices: Sequence[Notice], domain: str) -> str:
    """The root that all messages of one thread answer to; "" for a list of several threads.

    No message ever has that id: what comes second must not hang on whether the first arrived.
    """
    threads = {notice.thread for notice in notices}
    return f"<{public_id('thr', *threads)}@{domain}>" if len(threads) == 1 and threads != {""} else ""


def subject(notices: Sequence[Notice], delivery: Delivery) -> str:
    """What a phone shows."""
    first = clean(notices[0].subject) or words.UNTITLED
    if len(notices) > 1:
        first = words.BUNDLE.format(count=len(notices), first=first)
    return shorten(words.URGENT.format(subject=first) if delivery.urgent else first, LONGEST_SUBJECT)


def text(notices: Sequence[Notice], settings: Settings) -> str:
    """The whole message in plain text."""
    parts = [words.INTERNAL, ""]
    for number, notice in enumerate(notices, 1):
        head = clean(notice.subject) or words.UNTITLED
        if len(notices) > 1:
            head = f"{number}. {head}"
        parts += [head, *(clean(line) for line in notice.lines)]
        if where := link(notice, settings):
            parts.append(words.LINK.format(link=where))
        parts.append("")
    return "\n".join([*parts, words.FOOT])


def _short(notices: Sequence[Notice], delivery: Delivery, settings: Settings) -> str:
    first = clean(notices[0].subject) or words.UNTITLED
    if len(notices) > 1:
        told = words.SHORT_BUNDLE.format(count=len(notices), first=first)
    else:
        told = words.SHORT.format(subject=". ".join([first, *map(clean, notices[0].lines)]))
    return words.URGENT.format(subject=told) if delivery.urgent else told


def link(notice: Notice, settings: Settings) -> str:
    """Address of the page on the desk; "" where the path is none. No query, no fragment: no place for a key."""
    return desk(settings) + notice.path if notice.path and _PATH.fullmatch(notice.path) else ""


def desk(settings: Settings) -> str:
    """Where people open the desk; "" while it answers on this machine alone and nobody said otherwise."""
    return settings.desk_url

"""Which notifier stands behind a channel's name."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

from alerts.notifiers.apprise import AppriseNotifier
from alerts.notifiers.channel import NoChannel, Notifier, Words
from alerts.notifiers.email import TIMEOUT_S, EmailNotifier
from alerts.notifiers.letter import email_of, words_of
from alerts.notifiers.sms import SmsNotifier
from alerts.notifiers.webhook import WebhookNotifier
from alerts.notifiers.zalo import ZaloNotifier
from config.settings import Settings
from store.model import Delivery
from store.model_notice import Notice

QUICK_S = 10.0
"""Patience for one notice: behind a server that does not answer the next channel waits."""


def notifier_of(channel: str, settings: Settings, *, quick: bool = True) -> Notifier[Any]:
    """The notifier of a channel; for an unknown one, one that always refuses."""
    if channel == "email":
        return EmailNotifier(settings, QUICK_S if quick else TIMEOUT_S)
    if channel == "sms":
        return SmsNotifier(settings)
    if channel == "webhook":
        return WebhookNotifier(settings)
    if channel == "zalo":
        return ZaloNotifier(settings)
    return AppriseNotifier(settings) if channel == "apprise" else NoChannel(channel)


def message_of(notices: Sequence[Notice], delivery: Delivery, settings: Settings, now: int) -> EmailMessage | Words:
    """What the notifier of the delivery's channel is given."""
    if delivery.channel == "email":
        return email_of(notices, delivery, settings, now)
    return words_of(notices, delivery, settings)

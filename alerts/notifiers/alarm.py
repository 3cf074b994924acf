"""An alarm that goes round the outbox: at once, without rows, by another channel than the one that failed.

For the auditor, which must not lean on what it audits: nothing here knows the outbox, the squeezing or the stages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from alerts.notifiers.all import message_of, notifier_of
from alerts.ways import Way, people, set_up
from config.contacts import Contacts
from config.settings import Settings
from store.errors import WorkError
from store.ids import public_id
from store.model import Delivery, DeliveryState
from store.model_notice import Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is cried out. ``key``: equal for the same finding, so that a second try is known as one."""

    key: str
    subject: str
    lines: Sequence[str]
    at: int  # ms UTC
    contact: str = "role:quan_tri"
    avoid: frozenset[str] = field(default_factory=frozenset)  # channels that failed


@dataclass(frozen=True, slots=True)
class Cried:
    """One address that was tried. ``error`` "" when it was accepted."""

    channel: str
    to: str
    error: str


def send_alarm(alarm: Alarm, contacts: Contacts, settings: Settings, now: Callable[[], int]) -> list[Cried]:
    """Every address of the nearest contact by a channel that is not avoided; else of the next, until one accepts.

    Only when no other channel accepted, the avoided ones are tried too: a duplicate beats a miss. An empty list, or one
    without an accepted try, means that nobody was told: the caller makes that visible some other way.
    """
    notice = Notice(
        id=public_id("ntc", "alarm", alarm.key),
        kind=NoticeKind.AUDIT,
        about="",
        contact=alarm.contact,
        urgent=True,
        subject=alarm.subject,
        lines=tuple(alarm.lines),
        created_at=alarm.at,
        due_at=alarm.at,
    )
    tried: list[Cried] = []
    groups = list(people(contacts, notice, settings.administrators, set_up(settings)))
    for avoided in (False, True):
        for ways in groups:
            chosen = [way for way in ways if (way.channel in alarm.avoid) is avoided]
            tried += [_cry(way, notice, settings, now) for way in chosen]
            if any(not one.error for one in tried):
                return tried
    return tried


def channels_left(alarm_avoid: Collection[str], contacts: Contacts, settings: Settings) -> frozenset[str]:
    """Channels left for an alarm to the administrators: to be checked before it is needed."""
    notice = Notice("ntc_", NoticeKind.AUDIT, "", "role:quan_tri", True, "", (), 0, 0)
    return frozenset(
        w.channel for ways in people(contacts, notice, settings.administrators, set_up(settings)) for w in ways
    ) - frozenset(alarm_avoid)


def _cry(way: Way, notice: Notice, settings: Settings, now: Callable[[], int]) -> Cried:
    made = Delivery.make_id(notice.id, way.to, way.channel)
    delivery = Delivery(
        made, notice.id, way.to, way.channel, DeliveryState.SENDING, notice.created_at, f"<{made}@haidang.invalid>",
        urgent=True, contact=way.contact,
    )  # fmt: skip
    try:
        notifier_of(way.channel, settings).send(message_of([notice], delivery, settings, now()))
    except WorkError as failed:
        return Cried(way.channel, way.to, str(failed))
    return Cried(way.channel, way.to, "")

"""Deliveries as rows: planned with the digest, tried until accepted, never forgotten.

    pending ──begin──► sending ──accepted──► sent
       ▲                  │ ├──permanent──► failed
       └────transient─────┘ └──a day old──► failed

``begin`` is written in its own transaction before the talk with the mail server. Killed after the server's
acceptance and before ours, the row still says `sending` and is sent again with the same Message-ID: a duplicate
that mail programs can recognise beats a digest that nobody got (docs/digest.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from email.message import EmailMessage
from typing import Protocol

from alerts import messages
from store.errors import Permanent, Transient
from store.model import Delivery, DeliveryState, Digest

MINUTE = 60_000
BACK_OFF = tuple(minutes * MINUTE for minutes in (1, 5, 15, 60))  # ms after the 1st, 2nd, … failed try; then hourly
GIVE_UP_AFTER = 24 * 60 * MINUTE  # the next digest is out by then
CHANNEL = "email"
LOCAL_DOMAIN = "haidang.invalid"  # RFC 2606: never anybody's, while no sender is configured


class Notifier(Protocol):
    """One way to reach people; raises Transient or Permanent, returns when the other side has accepted."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one message to its one recipient."""


def plan_deliveries(digest: Digest, recipients: Iterable[str], now: int, sender: str = "") -> list[Delivery]:
    """One pending delivery per recipient, each address once; the Message-ID is derived from the delivery's id."""
    addresses = {address.strip().lower(): address.strip() for address in recipients if address.strip()}
    domain = domain_of(sender) or LOCAL_DOMAIN
    planned = []
    for key, address in addresses.items():
        delivery_id = Delivery.make_id(digest.id, key, CHANNEL)
        planned.append(
            Delivery(
                id=delivery_id,
                event_id=digest.id,
                recipient=address,
                channel=CHANNEL,
                state=DeliveryState.PENDING,
                created_at=now,
                message_id=f"<{delivery_id}@{domain}>",
                next_try_at=now,
            )
        )
    return planned


def domain_of(address: str) -> str:
    """What stands after the last @ of a bare or named address, in ASCII; empty when there is none."""
    domain = address.rpartition("@")[2].strip(" >") if "@" in address else ""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def begin(delivery: Delivery) -> Delivery:
    """The row to write, in its own transaction, before talking to the server: `sending`, one more attempt."""
    return replace(delivery, state=DeliveryState.SENDING, attempts=delivery.attempts + 1, next_try_at=None)


def attempt(
    delivery: Delivery, build: Callable[[], EmailMessage], notifier: Notifier, now: Callable[[], int]
) -> Delivery:
    """Send once; returns the row as it is now. ``delivery`` is what :func:`begin` gave; bugs pass through."""
    try:
        notifier.send(build())
    except Permanent as refused:
        return _failed(delivery, str(refused))
    except Transient as later:
        return put_off(delivery, str(later), now(), later.retry_after_s)
    return replace(delivery, state=DeliveryState.SENT, sent_at=now(), next_try_at=None, error="")


def put_off(delivery: Delivery, error: str, now: int, retry_after_s: float | None = None) -> Delivery:
    """Pending again at the next step of the back-off, or failed once the digest is a day old."""
    wait = BACK_OFF[min(max(delivery.attempts, 1), len(BACK_OFF)) - 1]
    if retry_after_s is not None:
        wait = max(wait, int(retry_after_s * 1000))
    if now + wait > delivery.created_at + GIVE_UP_AFTER:
        return _failed(delivery, messages.MAIL_EXPIRED.format(attempts=delivery.attempts, error=error))
    return replace(delivery, state=DeliveryState.PENDING, next_try_at=now + wait, error=error)


def _failed(delivery: Delivery, error: str) -> Delivery:
    return replace(delivery, state=DeliveryState.FAILED, next_try_at=None, error=error)

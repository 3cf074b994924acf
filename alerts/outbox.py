"""Deliveries as rows: planned, tried until accepted, never forgotten.

    pending ──begin──► sending ──accepted──► sent
       ▲                  │ ├──permanent──► failed
       └────transient─────┘ └──a day old──► failed      bundled: another delivery's message carries it

``begin`` is written in its own transaction before the talk with the other side. Killed after its acceptance and
before ours, the row still says `sending` and is sent again with the same key (an e-mail's Message-ID): a duplicate
that can be recognised beats a message that nobody got (docs/digest.md, docs/delivery.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from alerts import messages
from alerts.notifiers.addresses import LOCAL_DOMAIN, domain_of
from alerts.notifiers.channel import CHANNEL_DOWN, Notifier
from alerts.squeeze import Bundle
from store.errors import Permanent, Transient
from store.model import Delivery, DeliveryState, Digest

__all__ = ["BACK_OFF", "CHANNEL", "LOCAL_DOMAIN", "Notifier", "Tried", "attempt", "begin", "domain_of"]

MINUTE = 60_000
BACK_OFF = tuple(minutes * MINUTE for minutes in (1, 5, 15, 60))  # ms after the 1st, 2nd, … failed try; then hourly
URGENT_WAIT = 30_000  # half a tick: tried again within one, whatever else the worker is at
GIVE_UP_AFTER = 24 * 60 * MINUTE  # the next digest is out by then; of a notice counted from its deadline
CHANNEL = "email"
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Tried:
    """A delivery after a try. ``error`` "" when it was accepted; ``down``: the channel as a whole was not there."""

    delivery: Delivery
    error: str = ""
    down: bool = False


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


def plan_bundle(bundle: Bundle, now: int, sender: str = "") -> list[Delivery]:
    """One delivery a telling: the carrier's is pending, the others are `bundled` into it."""
    domain = domain_of(sender) or LOCAL_DOMAIN
    planned: list[Delivery] = []
    for telling in bundle.tellings:
        delivery_id = Delivery.make_id(telling.notice.id, telling.to, telling.channel)
        planned.append(
            Delivery(
                id=delivery_id,
                event_id=telling.notice.id,
                recipient=telling.to,
                channel=telling.channel,
                state=DeliveryState.BUNDLED if planned else DeliveryState.PENDING,
                created_at=now,
                message_id=f"<{delivery_id}@{domain}>",
                next_try_at=None if planned else now,
                urgent=telling.notice.urgent,
                deadline_at=telling.notice.deadline_at,
                contact=telling.contact,
                bundled_into=planned[0].id if planned else "",
            )
        )
    return planned


def begin(delivery: Delivery) -> Delivery:
    """The row to write, in its own transaction, before talking to the server: `sending`, one more attempt."""
    return replace(delivery, state=DeliveryState.SENDING, attempts=delivery.attempts + 1, next_try_at=None)


def attempt(delivery: Delivery, build: Callable[[], M], notifier: Notifier[M], now: Callable[[], int]) -> Delivery:
    """Send once; returns the row as it is now. ``delivery`` is what :func:`begin` gave; bugs pass through."""
    return try_once(delivery, build, notifier, now).delivery


def try_once(delivery: Delivery, build: Callable[[], M], notifier: Notifier[M], now: Callable[[], int]) -> Tried:
    """As :func:`attempt`, with what went wrong and whose fault it was."""
    try:
        receipt = notifier.send(build()) or ""
    except Permanent as refused:
        return Tried(_failed(delivery, str(refused)), str(refused))
    except Transient as wait:
        down = wait.outcome == CHANNEL_DOWN
        return Tried(put_off(delivery, str(wait), now(), wait.retry_after_s, down=down), str(wait), down)
    sent = replace(delivery, state=DeliveryState.SENT, sent_at=now(), next_try_at=None, error="", receipt=receipt)
    return Tried(sent)


def put_off(
    delivery: Delivery, error: str, now: int, retry_after_s: float | None = None, *, down: bool = False
) -> Delivery:
    """Pending again at the next step of the back-off, or failed once it is a day old.

    What is urgent is tried again within a tick. So is every notice while its channel is ``down``: one try a while finds
    out for all (`runner.deliver`), and what waits goes out within a tick of its being up. Other notices are tried once
    more before their deadline.
    """
    wait = BACK_OFF[min(max(delivery.attempts, 1), len(BACK_OFF)) - 1]
    told = is_notice(delivery)
    if told and (delivery.urgent or down):
        wait = URGENT_WAIT
    elif told and delivery.deadline_at is not None and now < delivery.deadline_at:
        wait = min(wait, max(URGENT_WAIT, delivery.deadline_at - MINUTE - now))
    if retry_after_s is not None and not delivery.urgent:
        wait = max(wait, int(retry_after_s * 1000))
    if now + wait > given_up_at(delivery):
        return _failed(delivery, messages.MAIL_EXPIRED.format(attempts=delivery.attempts, error=error))
    return replace(delivery, state=DeliveryState.PENDING, next_try_at=now + wait, error=error)


def given_up_at(delivery: Delivery) -> int:
    """After which no try is planned any more."""
    return max(delivery.created_at, delivery.deadline_at or 0) + GIVE_UP_AFTER


def is_notice(delivery: Delivery) -> bool:
    """Whether it tells a notice (and not a digest or a letter about sources)."""
    return delivery.event_id.startswith("ntc_")


def under_way(deliveries: Sequence[Delivery]) -> bool:
    """Whether something may still arrive."""
    return any(d.state is not DeliveryState.FAILED for d in deliveries)


def _failed(delivery: Delivery, error: str) -> Delivery:
    return replace(delivery, state=DeliveryState.FAILED, next_try_at=None, error=error)

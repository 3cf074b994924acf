"""One delivery: `sending` is on disk before the talk with the other side begins, `sent` after it has accepted.

What is delivered is a digest, the letter about what a check of the sources has opened, or a notice (several in one
message). Behind a server or gateway that was not there a moment ago nothing is tried until the next probe: one
delivery finds out for all, so a dead server costs one time-out a probe, and what waits goes out within a tick of
its being up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from alerts import health_mail
from alerts import notice_words as words
from alerts.notifiers.all import message_of, notifier_of
from alerts.notifiers.channel import Words
from alerts.notifiers.message import prepare as write_message
from alerts.outbox import URGENT_WAIT, Tried, begin, given_up_at, is_notice, try_once
from alerts.ways import SHARED
from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import Permanent, WorkError
from store.model import Delivery, DeliveryState, NewTask, Outcome
from store.model_notice import ReachTry

PROBE_MS = URGENT_WAIT
AFTER_CARRIER_MS = 5_000
SLOW = 2  # failed tries after which another way is tried beside this one


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery in state `sending`, and its message or why there is none.

    ``message`` None: nothing is sent now; with ``until`` it is looked at again then, ``note`` says why.
    """

    delivery: Delivery
    message: EmailMessage | Words | WorkError | None
    until: int | None = None
    note: str = ""
    paused: bool = False  # its channel is down: other ways are tried meanwhile
    told: tuple[str, ...] = ()  # ids of the notices that the message tells, its own first


def prepare(deps: Deps, delivery_id: str) -> Letter:
    """Mark as `sending` in its own transaction and build the message from what the rows of its event say."""
    delivery = deps.store.delivery(delivery_id)
    if delivery is None:
        raise Permanent(Outcome.NOT_SENT, f"delivery {delivery_id} is not in the store")
    if delivery.state is DeliveryState.SENT:
        return Letter(delivery, None, note="sent before")
    if delivery.state is DeliveryState.BUNDLED:
        carried = _carried(deps, delivery)
        if isinstance(carried, Letter):
            return carried
        delivery = carried
    if paused := _paused(deps, delivery):
        return paused
    started = begin(delivery)
    with deps.store.transaction() as tx:
        tx.set_delivery(
            started.id,
            started.state,
            attempts=started.attempts,
            next_try_at=started.next_try_at,
            sent_at=started.sent_at,
            error=started.error,
        )
    told = _told(deps, started)
    try:
        return Letter(started, _write(deps, started, told), told=told)
    except WorkError as cannot:  # e.g. no sender in the settings: kept on the delivery, tried again
        return Letter(started, cannot, told=told)


def _carried(deps: Deps, delivery: Delivery) -> Letter | Delivery:
    """Of a delivery in a bundle: how its carrier fares; by itself again where that will not arrive."""
    carrier = deps.store.delivery(delivery.bundled_into)
    now = deps.now()
    if carrier is not None and carrier.state is DeliveryState.SENT:
        return Letter(delivery, None, note=words.CARRIED.format(id=carrier.id))
    if carrier is not None and carrier.state in (DeliveryState.PENDING, DeliveryState.SENDING):
        until = max(now, carrier.next_try_at or 0) + AFTER_CARRIER_MS
        return Letter(delivery, None, until, words.WAITS_FOR_CARRIER.format(id=carrier.id))
    with deps.store.transaction() as tx:
        tx.unbundle(delivery.id, now)
    return deps.store.delivery(delivery.id) or delivery


def _paused(deps: Deps, delivery: Delivery) -> Letter | None:
    """While the channel as a whole is down: look again at the next probe; given up when it is too old for that."""
    state = deps.store.reach("", delivery.channel) if delivery.channel in SHARED else None
    now = deps.now()
    if state is None or state.since is None or not 0 <= now - (state.failed_at or 0) < PROBE_MS:
        return None
    error = words.CHANNEL_PAUSED.format(channel=words.CHANNELS[delivery.channel], error=state.error)
    told = _told(deps, delivery)
    if now > given_up_at(delivery):
        return Letter(begin(delivery), Permanent(Outcome.NOT_SENT, words.TOO_OLD.format(error=error)), told=told)
    return Letter(delivery, None, (state.failed_at or 0) + PROBE_MS, error, paused=True, told=told)


def _told(deps: Deps, delivery: Delivery) -> tuple[str, ...]:
    if not is_notice(delivery):
        return ()
    return (delivery.event_id, *(d.event_id for d in deps.store.bundled_in([delivery.id]).get(delivery.id, ())))


def _write(deps: Deps, delivery: Delivery, told: tuple[str, ...]) -> EmailMessage | Words:
    if health_mail.is_health(delivery.event_id):
        return health_mail.write(deps.store, delivery, deps.tools.sources, deps.settings, deps.now())
    if not is_notice(delivery):
        return write_message(deps.store, deps.bodies, delivery.id, deps.settings, deps.now())
    found = deps.store.notices(told)
    if delivery.event_id not in found:
        raise Permanent(Outcome.NOT_SENT, words.NO_NOTICE.format(id=delivery.event_id))
    return message_of([found[one] for one in told if one in found], delivery, deps.settings, deps.now())


def send(tools: Tools, letter: Letter) -> Result:
    """Talk to the other side; a failure that may pass puts the task back for the delivery's next try."""
    if letter.message is None:
        if letter.until is not None:
            tried = Tried(letter.delivery, letter.note, down=True)
            beside = _other_ways(tried, letter.told, tools.now()) if letter.paused else ()
            return Result(Outcome.NOT_SENT, letter.note, tasks=beside, retry_at=letter.until)
        return Result(Outcome.SENT, letter.note)
    notifier = notifier_of(letter.delivery.channel, tools.settings, quick=is_notice(letter.delivery))
    tried = try_once(letter.delivery, lambda: _message(letter), notifier, tools.now)
    after = tried.delivery
    reach = _reach(tried, tools.now())
    if after.state is DeliveryState.SENT:
        return Result(Outcome.SENT, f"{after.recipient}, attempt {after.attempts}", delivery_update=after, reach=reach)
    tasks = _other_ways(tried, letter.told, tools.now())
    if after.state is DeliveryState.FAILED:
        return Result(Outcome.NOT_SENT, after.error, delivery_update=after, reach=reach, tasks=tasks)
    return Result(
        Outcome.NOT_SENT, after.error, delivery_update=after, reach=reach, tasks=tasks, retry_at=after.next_try_at
    )


def _message(letter: Letter) -> EmailMessage | Words:
    if letter.message is None or isinstance(letter.message, WorkError):
        raise letter.message or Permanent(Outcome.NOT_SENT, "no message")
    return letter.message


def _reach(tried: Tried, now: int) -> tuple[ReachTry, ...]:
    """What the try says of the address and of its channel; a channel that was not there says nothing of the address."""
    one = tried.delivery
    address, whole = ReachTry(one.recipient, one.channel, now, tried.error), ReachTry("", one.channel, now, tried.error)
    if one.channel not in SHARED:
        return (address,)
    if tried.down:
        return (whole,)
    return (address, ReachTry("", one.channel, now)) if not tried.error else (address,)


def _other_ways(tried: Tried, told: Sequence[str], now: int) -> tuple[NewTask, ...]:
    """Every notice of the message is looked at again, once a delivery and reason: another address, another person."""
    one = tried.delivery
    if one.state is DeliveryState.FAILED:
        why = "failed"
    elif one.urgent or tried.down or one.attempts >= SLOW:
        why = "slow"
    else:
        return ()
    return tuple(NewTask("notify", notice, f"{why}-{one.id}", 0 if one.urgent else now, now) for notice in told)

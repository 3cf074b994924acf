"""One delivery: `sending` is on disk before the talk with the server begins, `sent` after it has accepted.

What is delivered is a digest, or the letter about what a check of the sources has opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage

from alerts import health_mail
from alerts.notifiers.email import EmailNotifier
from alerts.notifiers.message import prepare as write_message
from alerts.outbox import attempt, begin
from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import Permanent, WorkError
from store.model import Delivery, DeliveryState, Outcome


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery in state `sending`, and its message or why there is none; None when it was sent before."""

    delivery: Delivery
    message: EmailMessage | WorkError | None


def prepare(deps: Deps, delivery_id: str) -> Letter:
    """Mark as `sending` in its own transaction and build the message from what the rows of its event say."""
    delivery = deps.store.delivery(delivery_id)
    if delivery is None:
        raise Permanent(Outcome.NOT_SENT, f"delivery {delivery_id} is not in the store")
    if delivery.state is DeliveryState.SENT:
        return Letter(delivery, None)
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
    try:
        return Letter(started, _write(deps, started))
    except WorkError as cannot:  # e.g. no sender in the settings: kept on the delivery, tried again
        return Letter(started, cannot)


def _write(deps: Deps, delivery: Delivery) -> EmailMessage:
    if health_mail.is_health(delivery.event_id):
        return health_mail.write(deps.store, delivery, deps.tools.sources, deps.settings, deps.now())
    return write_message(deps.store, deps.bodies, delivery.id, deps.settings, deps.now())


def send(tools: Tools, letter: Letter) -> Result:
    """Talk to the server; a failure that may pass puts the task back for the delivery's next try."""
    if letter.message is None:
        return Result(Outcome.SENT, "sent before")
    after = attempt(letter.delivery, lambda: _message(letter), EmailNotifier(tools.settings), tools.now)
    if after.state is DeliveryState.SENT:
        return Result(Outcome.SENT, f"{after.recipient}, attempt {after.attempts}", delivery_update=after)
    if after.state is DeliveryState.FAILED:
        return Result(Outcome.NOT_SENT, after.error, delivery_update=after)
    return Result(Outcome.NOT_SENT, after.error, delivery_update=after, retry_at=after.next_try_at)


def _message(letter: Letter) -> EmailMessage:
    if isinstance(letter.message, EmailMessage):
        return letter.message
    raise letter.message or Permanent(Outcome.NOT_SENT, "no message")

"""What `haidang channels` does: the state of every way of telling, and a test of it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alerts import notice_words as words
from alerts.formats import exactly
from alerts.ways import Way, ways_of
from config.contacts import Contacts
from runner.deps import Deps
from runner.notices import contacts_of, notice_tasks
from runner.route_tests import route_test_notices
from runner.run import Runner
from runner.stages import DELIVER, NOTIFY
from store.errors import InputError
from store.model import Delivery, DeliveryState
from store.model_notice import Reach


@dataclass(frozen=True, slots=True)
class WayState:
    """One address of one contact and how it went last."""

    way: Way
    name: str
    reach: Reach | None

    @property
    def fails(self) -> bool:
        """The last try did not arrive."""
        return self.reach is not None and self.reach.since is not None


def states(deps: Deps) -> tuple[list[WayState], list[Reach], int]:
    """(every address by contact, channels that are down as a whole, how many contacts have no address)."""
    contacts = contacts_of(deps.settings)
    reaches = {(one.channel, one.recipient): one for one in deps.store.reaches()}
    found = [WayState(w, c.name, reaches.get(w.recipient)) for c in contacts.values() for w in ways_of(c)]
    down = [one for (_, recipient), one in reaches.items() if not recipient and one.since is not None]
    return found, down, sum(not contact.addresses for contact in contacts.values())


def try_now(deps: Deps, only: Sequence[str] = ()) -> list[tuple[str, Delivery]]:
    """Tell a test notice to each contact (or those of ``only``); (name, delivery) of each address.

    Raises :class:`InputError` for a key that is none.
    """
    contacts = contacts_of(deps.settings)
    chosen = _chosen(contacts, only)
    at = deps.now()
    notices = route_test_notices(chosen.values(), f"now-{at}", at, exactly(at, deps.settings.timezone))
    with deps.store.transaction() as tx:
        tx.add_notices(notices)
        tx.add_tasks(notice_tasks(notices, at), at)
    Runner(deps).drain((NOTIFY, DELIVER))
    names = {one.id: contacts[one.contact].name for one in notices}
    told = deps.store.deliveries_of([one.id for one in notices])
    return [(names[notice], delivery) for notice in names for delivery in told.get(notice, ())]


def _chosen(contacts: Contacts, only: Sequence[str]) -> Contacts:
    for key in only:
        if key not in contacts:
            raise InputError(words.TEST_UNKNOWN.format(key=key))
    return {key: contact for key, contact in contacts.items() if not only or key in only}


def state_words(reach: Reach | None, tz: str) -> str:
    """How a way went last, in one line."""
    if reach is None:
        return words.STATE_NEVER
    if reach.since is not None:
        return words.STATE_SINCE.format(since=exactly(reach.since, tz), error=reach.error)
    return words.STATE_OK.format(at=exactly(reach.ok_at or 0, tz))


def result_words(delivery: Delivery) -> str:
    """How a test went, in one line."""
    if delivery.state is DeliveryState.SENT:
        return words.TEST_SENT
    if delivery.state is DeliveryState.FAILED:
        return words.TEST_FAILED.format(error=delivery.error)
    return words.TEST_PENDING.format(error=delivery.error)

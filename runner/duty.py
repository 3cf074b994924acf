"""The contacts as they are just now: who is on duty, who stands in for whom. For whoever sends a notice."""

from __future__ import annotations

from alerts.roster import Roster, on_duty
from config.contacts import Contacts
from runner.deps import Deps
from runner.notices import contacts_of

HOUR, DAY = 3_600_000, 86_400_000
AHEAD = 14 * DAY  # people of coming shifts are contacts of their own, so that their ways can be tried before


def roster_of(deps: Deps, now: int) -> Roster:
    """Shifts, leaves and storms around now."""
    store = deps.store
    return Roster(store.duty_shifts(now - DAY, now + AHEAD), store.leaves(now - 1, now + AHEAD), store.storms(20))


def contacts_now(deps: Deps, now: int, roster: Roster | None = None) -> Contacts:
    """contacts.yml with duty and leaves laid over it."""
    return on_duty(contacts_of(deps.settings), roster or roster_of(deps, now), now)

"""What the auditor reckons with: the rules as files say them, the calendar, how late is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.workclock import WorkClock
from config.contacts import Contacts
from config.deadlines import Deadlines
from config.escalation import Escalation, Wait
from store.model_roster import Storm

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Given:
    """One look. Moments are ms UTC.

    ``grace_ms``: how long after its moment a telling may lie before it counts as missing (a tick is 60 s). ``since``:
    what lies further back is not looked at again. ``rules_since``: when the files of rules were last changed: clocks
    set before are not reckoned anew. ``recipients``: of the digest.
    """

    now: int
    rules: Escalation
    deadlines: Deadlines
    contacts: Contacts
    workclock: WorkClock
    storms: Sequence[Storm] = ()
    grace_ms: int = 3 * MINUTE
    since: int = 0
    rules_since: int = 0
    timezone: str = "Asia/Ho_Chi_Minh"
    digest_at: str = "06:30"
    recipients: Sequence[str] = ()
    digest_release: str = "by_hand"
    digest_release_by: str = "07:15"

    def after(self, at: int, wait: Wait) -> int:
        """``at`` and a wait, by its own clock."""
        length = wait.minutes * MINUTE
        return at + length if wait.clock == "calendar" else self.workclock.add(at, length)

    def chains_at(self, at: int) -> list[Sequence[str]]:
        """The chain of that moment; the storm's too where one may have held."""
        stormy = any(storm.holds(at) or storm.holds(at - MINUTE) for storm in self.storms)
        return [self.rules.chain, self.rules.storm.chain] if stormy else [self.rules.chain]

"""What the other rooms may ask about notices and ways of telling: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from store.model import Delivery
from store.model_notice import Notice, Reach, ReachTry


class NoticeWriting(Protocol):
    """The writing side."""

    def add_notices(self, notices: Iterable[Notice]) -> set[str]:
        """Insert those not known yet; the ids of the new ones. Tasks go along: runner.notify.notice_tasks."""

    def note_reach(self, tries: Iterable[ReachTry]) -> None:
        """How telling went: a success ends "unreachable since", the first failure after one begins it."""

    def note_receipt(self, delivery_id: str, receipt: str) -> None:
        """What the other side gave as proof of acceptance (a queue id, a message number)."""

    def unbundle(self, delivery_id: str, now: int) -> bool:
        """Out of its bundle and pending by itself, due now; False when it is in none."""

    def mend_ahead(self, now: int) -> int:
        """Tries that :meth:`NoticeReading.tries_ahead` counts are due now; how many."""


class NoticeReading(Protocol):
    """The reading side."""

    def notices(self, notice_ids: Collection[str]) -> dict[str, Notice]:
        """By id; unknown ids are absent."""

    def notices_about(self, about: str) -> list[Notice]:
        """Of one case, oldest first."""

    def untold_notices(self, until: int, limit: int) -> list[Notice]:
        """Due by ``until``, and on no list: whoever wrote them forgot their task. Oldest first."""

    def tries_ahead(self, now: int) -> int:
        """Second and later tries of telling that lie further ahead than any wait: written before the clock jumped back.

        An hour for what is not urgent, a minute for what is (its tasks are ordered below 10^9).
        """

    def deliveries_of(self, event_ids: Collection[str]) -> dict[str, list[Delivery]]:
        """event id → its deliveries, in the order they were planned; events without any are absent."""

    def deliveries_to(self, recipients: Collection[str], since: int) -> list[Delivery]:
        """What was planned for these addresses at or after ``since``, oldest first; those in bundles are left out."""

    def bundled_in(self, delivery_ids: Collection[str]) -> dict[str, list[Delivery]]:
        """carrier's id → the deliveries that it carries, in the order of planning; those without any are absent."""

    def reach(self, recipient: str, channel: str) -> Reach | None:
        """How one way went last; None when it was never tried."""

    def reaches(self) -> list[Reach]:
        """How every way that was ever tried went last, by channel and recipient."""

"""Who is on duty when, who stands in for whom, and when a storm shortens the chain. Moments are ms UTC.

Nothing here is ever rewritten: a new list replaces the days that it names, and what stood there before stays as it was
handed in, with who handed it in and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.ids import public_id


@dataclass(frozen=True, slots=True)
class DutyList:
    """One *lịch trực* as it was handed in. ``days`` (ISO) are those that it names: on these it replaces older lists."""

    id: str
    at: int
    by: str
    file: str
    digest: str  # sha256 of the file
    days: Sequence[str]
    shifts: int

    @staticmethod
    def make_id(digest: str, at: int) -> str:
        """Natural key: what was handed in and when; the same list may be handed in again later."""
        return public_id("dut", digest, str(at))


@dataclass(frozen=True, slots=True)
class DutyShift:
    """One shift. ``place`` is the cell or line that it was read from; telephone and mail may be empty."""

    list_id: str
    number: int  # within its list, from 1
    day: str  # ISO, the day that the list names; the shift may pass midnight
    starts_at: int
    ends_at: int
    on_duty: str
    tel: str
    email: str
    deputy: str
    deputy_tel: str
    deputy_email: str
    leader: str
    leader_tel: str
    leader_email: str
    place: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away, somebody stands in. ``who``: a name as the list writes it, or the key of a contact."""

    id: str
    who: str
    starts_at: int
    ends_at: int
    substitute: str  # a name, or the key of a contact
    tel: str
    email: str
    reason: str
    by: str
    at: int
    ended_by: str = ""
    ended_at: int | None = None  # taken back

    @staticmethod
    def make_id(who: str, starts_at: int, at: int) -> str:
        """Natural key: who, from when, and when it was written down."""
        return public_id("lve", who, str(starts_at), str(at))


@dataclass(frozen=True, slots=True)
class Storm:
    """Storm mode. It ends by itself at ``until``; ``themes`` empty: every case."""

    id: str
    starts_at: int
    until: int
    themes: Sequence[str]
    reason: str
    by: str
    at: int
    ended_by: str = ""
    ended_at: int | None = None

    @staticmethod
    def make_id(starts_at: int, at: int) -> str:
        """Natural key: from when, and when it was switched on."""
        return public_id("brt", "storm", str(starts_at), str(at))

    def holds(self, at: int) -> bool:
        """Whether it is in force at that moment."""
        return self.starts_at <= at < (self.until if self.ended_at is None else min(self.until, self.ended_at))

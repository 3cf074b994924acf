"""What is to be told to whom, whatever the channel; and which ways of telling work.

A :class:`Notice` is a fact ("tell Văn phòng that …, by then"); `Delivery` rows are the tries to tell it. Moments are
ms UTC. Texts of a notice are plain and already masked: whoever writes one masks it, nothing after that looks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.ids import public_id


class NoticeKind(StrEnum):
    """What a notice is for; the column takes other words too, nothing but ROUTE_TEST is treated in its own way."""

    ALARM = "alarm"
    HANDOVER = "handover"
    RECEIPT = "receipt"
    REMINDER = "reminder"
    WARNING = "warning"
    AUDIT = "audit"
    ROUTE_TEST = "route_test"  # goes to every address, waits for nothing


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to be told to one contact. Written once; a second of the same id is a no-op."""

    id: str
    kind: str
    about: str  # id of a case, or ""
    contact: str  # key in contacts.yml: office:…, commune:…, school:…, role:…
    urgent: bool  # by every channel at once, at any hour
    subject: str
    lines: Sequence[str]
    created_at: int
    due_at: int  # when to tell
    deadline_at: int | None = None  # after which it is late
    thread: str = ""  # notices of one thread stand under one another in a mail program
    without: Sequence[str] = ()  # keys of contacts that must not hear of it, whoever stands in for whom
    path: str = ""  # of a page of the desk, "/viec/…": never a secret, opening it asks for log-in

    @staticmethod
    def make_id(kind: str, about: str, contact: str, key: str) -> str:
        """Natural key: ``key`` says which one of its kind it is (an event's id, a clock and a step, a month)."""
        return public_id("ntc", kind, about, contact, key)


@dataclass(frozen=True, slots=True)
class Reach:
    """How telling by one way went last. ``recipient`` "" is the channel as a whole: its server or gateway."""

    recipient: str
    channel: str
    ok_at: int | None = None
    failed_at: int | None = None
    since: int | None = None  # unreachable since: the first failure after the last success
    error: str = ""


@dataclass(frozen=True, slots=True)
class ReachTry:
    """One try by one way: ``error`` "" when the other side accepted."""

    recipient: str
    channel: str
    at: int
    error: str = ""

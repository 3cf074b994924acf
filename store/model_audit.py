"""What the independent auditor found: that something should have been told, and was not. Moments are ms UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.ids import public_id


class Lapse(StrEnum):
    """What is missing or does not agree."""

    NOT_ALARMED = "not_alarmed"  # a clock passed a time and no event says so
    NOT_ESCALATED = "not_escalated"  # nobody answered, and the next step was not told
    FORGOTTEN = "forgotten"  # an acknowledgement ran out, and nothing followed
    NOT_RESUMED = "not_resumed"  # a pause has ended, and the clocks stand still
    NOT_WATCHED = "not_watched"  # its clocks run, and no tick will look
    ROWS_DIFFER = "rows_differ"  # the rows of a case say other than its events
    CLOCK_MOVED = "clock_moved"  # a due time that its rule and calendar do not give
    NO_NOTICE = "no_notice"  # an alarm that nobody was written to about
    WRONG_STEP = "wrong_step"  # told, and not to the one whose turn it was
    LEAKED = "leaked"  # a held complaint was told outside Văn phòng Sở
    NOT_PLANNED = "not_planned"  # a notice that became no message
    NOT_DELIVERED = "not_delivered"  # a message that nobody accepted in time
    NO_DIGEST = "no_digest"
    NOT_RELEASED = "not_released"
    DIGEST_NOT_SENT = "digest_not_sent"
    WORK_STANDS = "work_stands"  # tasks of telling are due and nobody takes them


@dataclass(frozen=True, slots=True)
class Finding:
    """One lapse as seen in one look. ``subject``: id of a case, notice or digest; ``key`` tells two of one apart."""

    lapse: Lapse
    subject: str
    key: str
    message: str  # Vietnamese: what, since when, what to do; no word of what a case says

    @property
    def id(self) -> str:
        """Natural key: what is missing, where, which one."""
        return public_id("aud", self.lapse, self.subject, self.key)


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A lapse with its life: first and last seen, over since, told since (by a channel of its own)."""

    id: str
    lapse: Lapse
    subject: str
    message: str
    first_at: int
    last_at: int
    over_at: int | None = None
    told_at: int | None = None

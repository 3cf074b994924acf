"""From "tell this to that address" to messages: what is the same, what goes together, what waits. Pure functions.

Urgent tellings and tests of a route wait for nothing. Nothing waits past its own deadline. Whatever goes wrong in
here, everything is sent unsqueezed (:func:`squeeze_or_send_all`): a duplicate beats a miss.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from store.model_notice import Notice, NoticeKind

log = logging.getLogger("haidang.squeeze")

MINUTE = 60_000
HOUR = 60 * MINUTE
TICK = MINUTE
MOST_IN_ONE = 40  # notices that one message lists; more become a second message
Recipient = tuple[str, str]  # channel, address in its one spelling


@dataclass(frozen=True, slots=True)
class Telling:
    """One notice for one address. ``to`` is in its one spelling (alerts.ways); ``quiet`` of the contact, local."""

    notice: Notice
    contact: str
    channel: str
    to: str
    quiet: tuple[str, str] | None = None

    @property
    def recipient(self) -> Recipient:
        """Who hears it."""
        return (self.channel, self.to)

    @property
    def waits(self) -> bool:
        """Whether it may be held back at all."""
        return not self.notice.urgent and self.notice.kind != NoticeKind.ROUTE_TEST


@dataclass(frozen=True, slots=True)
class Bundle:
    """One message: the first telling carries the others."""

    tellings: tuple[Telling, ...]

    @property
    def carrier(self) -> Telling:
        """Whose delivery is sent."""
        return self.tellings[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """``apart``: least ms between two messages to one address; ``per_hour``: most messages to it in an hour."""

    apart: int = 5 * MINUTE
    per_hour: int = 12
    timezone: str = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Held:
    """A telling that waits until ``until`` (ms UTC). ``why``: quiet · apart · per_hour."""

    telling: Telling
    until: int
    why: str


@dataclass(frozen=True, slots=True)
class Squeezed:
    """What goes now, as messages, and what waits. Every telling that was given is in exactly one of the two."""

    go: tuple[Bundle, ...]
    wait: tuple[Held, ...]


def squeeze(tellings: Sequence[Telling], past: Mapping[Recipient, Sequence[int]], now: int, rules: Rules) -> Squeezed:
    """``past``: when messages to each address were planned in the last hour (ms UTC, in any order)."""
    go: list[Telling] = []
    wait: list[Held] = []
    for telling in tellings:
        held = held_back(telling, past.get(telling.recipient, ()), now, rules)
        if held is None:
            go.append(telling)
        else:
            wait.append(held)
    return Squeezed(tuple(bundled(go)), tuple(wait))


def squeeze_or_send_all(
    tellings: Sequence[Telling], past: Mapping[Recipient, Sequence[int]], now: int, rules: Rules
) -> Squeezed:
    """As :func:`squeeze`; where that breaks, every telling goes now, as a message of its own."""
    try:
        return squeeze(tellings, past, now, rules)
    except Exception:
        log.exception("squeezing %d tellings failed; all are sent as they are", len(tellings))
        return Squeezed(tuple(Bundle((telling,)) for telling in tellings), ())


# ── what waits ──────────────────────────────────────────────────────────────────────────────────────


def held_back(telling: Telling, past: Sequence[int], now: int, rules: Rules) -> Held | None:
    """Until when it waits and why; None when it goes now. The longest reason counts.

    Other messages hold it for an hour at most: urgent ones count among them and may come without an end.
    """
    if not telling.waits:
        return None
    at_most = telling.notice.due_at + HOUR
    reasons = (
        ("quiet", quiet_until(now, telling.quiet, rules.timezone)),
        ("apart", min(apart_until(now, past, rules.apart), at_most)),
        ("per_hour", min(throttled_until(now, past, rules.per_hour), at_most)),
    )
    until, why = max((until, why) for why, until in reasons)
    if telling.notice.deadline_at is not None:
        until = min(until, telling.notice.deadline_at - TICK)  # one tick is left for the sending
    return Held(telling, until, why) if until > now else None


def quiet_until(now: int, quiet: tuple[str, str] | None, timezone: str) -> int:
    """The end of the quiet hours that ``now`` lies in; ``now`` itself outside of them. They may pass midnight."""
    if quiet is None:
        return now
    local = dt.datetime.fromtimestamp(now / 1000, ZoneInfo(timezone))
    begins, ends = (dt.time.fromisoformat(word) for word in quiet)
    clock = local.time()
    inside = begins <= clock < ends if begins < ends else (clock >= begins or clock < ends)
    if not inside:
        return now
    day = local.date() if clock < ends else local.date() + dt.timedelta(days=1)
    return int(dt.datetime.combine(day, ends, ZoneInfo(timezone)).timestamp() * 1000)


def apart_until(now: int, past: Sequence[int], apart: int) -> int:
    """When the next message may follow the last one; a time ahead of ``now`` is of a clock that jumped, and no news."""
    last = max((at for at in past if at <= now), default=None)
    return now if last is None else max(now, last + apart)


def throttled_until(now: int, past: Sequence[int], per_hour: int) -> int:
    """When fewer than ``per_hour`` messages lie in the hour before; ``now`` when that is so already."""
    recent = sorted(at for at in past if now - HOUR < at <= now)
    return now if len(recent) < per_hour else recent[-per_hour] + HOUR


# ── what goes together ──────────────────────────────────────────────────────────────────────────────


def bundled(tellings: Sequence[Telling]) -> list[Bundle]:
    """One message an address, urgent and other matters apart, the most pressing first; tests stand alone."""
    groups: dict[tuple[Recipient, bool, str], list[Telling]] = {}
    for telling in sorted(once(tellings), key=_pressing):
        alone = telling.notice.id if telling.notice.kind == NoticeKind.ROUTE_TEST else ""
        groups.setdefault((telling.recipient, telling.notice.urgent, alone), []).append(telling)
    return [
        Bundle(tuple(group[first : first + MOST_IN_ONE]))
        for group in groups.values()
        for first in range(0, len(group), MOST_IN_ONE)
    ]


def _pressing(telling: Telling) -> tuple[float, int, str]:
    deadline = telling.notice.deadline_at
    return (float("inf") if deadline is None else deadline, telling.notice.due_at, telling.notice.id)


def once(tellings: Iterable[Telling]) -> list[Telling]:
    """One notice is told to one address once, through however many contacts it would get there."""
    seen: dict[tuple[str, Recipient], Telling] = {}
    for telling in tellings:
        seen.setdefault((telling.notice.id, telling.recipient), telling)
    return list(seen.values())


def distinct(notices: Iterable[Notice]) -> list[Notice]:
    """Of notices that say the same in the same words, the first: what a message lists."""
    seen: dict[tuple[str, str, str, tuple[str, ...], str], Notice] = {}
    for notice in notices:
        seen.setdefault((notice.kind, notice.about, notice.subject, tuple(notice.lines), notice.path), notice)
    return list(seen.values())

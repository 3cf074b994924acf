"""How long each step takes, and what was kept of what was due. Pure functions over the rows of cases.

published → found → flagged → delivered → acknowledged (logged receipt) → answered → closed. Every figure carries the
ids of the cases behind it, those that it leaves out included; under :data:`FEW` cases there are counts and the two ends
of a range, no percentage and no median. Offices stand in the order of the contacts, never by how they did; bodies that
the department does not command are followed and not measured (D75).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from alerts.case_parts import HEAD_OFFICE, HEAD_ROLES
from alerts.measures_case import CaseTimes, ClockTime, Stay
from alerts.measures_time import Lag, lag
from alerts.workclock import WorkClock

FEW = 30
STEPS = ("published", "found", "flagged", "delivered", "received", "answered", "closed")
HOPS = tuple(pairwise(STEPS))
FIRST_ANSWER, HANDOVER = "first_answer", "handover"
Lags = tuple[tuple[str, Lag], ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """From one step to the next. ``lags``: (case id, lag). ``waiting``: came to the first step and not to the second;
    ``unknown``: the first is not known; ``disordered``: the second was first (picked up before it was told of)."""

    begins: str
    ends: str
    lags: Lags
    waiting: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    disordered: tuple[str, ...] = ()

    @property
    def median(self) -> tuple[int, int] | None:
        """(wall, working) ms in the middle; None of a few."""
        if len(self.lags) < FEW:
            return None
        return round(median(x.wall for _, x in self.lags)), round(median(x.working for _, x in self.lags))

    @property
    def ends_of_range(self) -> tuple[Lag, Lag] | None:
        """The shortest and the longest by the wall clock."""
        found = sorted((x for _, x in self.lags), key=lambda x: (x.wall, x.working))
        return (found[0], found[-1]) if found else None


@dataclass(frozen=True, slots=True)
class OnTime:
    """What was due of one clock, as case ids. The denominator is ``kept`` + ``late`` (what is overdue and open counts
    as late). Beside it: ``open`` and not due yet or paused, ``ended`` without what was asked for, ``unreceived``: no
    receipt is logged (of an office alone)."""

    clock: str
    kept: tuple[str, ...]
    late: tuple[str, ...]
    open: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    unreceived: tuple[str, ...] = ()

    @property
    def of(self) -> int:
        """The denominator."""
        return len(self.kept) + len(self.late)

    @property
    def percent(self) -> float | None:
        """Kept of the denominator; None of a few."""
        return round(100 * len(self.kept) / self.of, 1) if self.of >= FEW else None


@dataclass(frozen=True, slots=True)
class Figures:
    """One group of cases. ``scope``: all · office · theme · month; ``paused``: (case id, wall ms) taken out of lags.

    Of an office: ``own`` is its punctuality from its logged receipt, ``before`` how long cases lay until then, which is
    Văn phòng's. ``followed``: not commanded; then there is neither ``on_time`` nor ``own``.
    """

    scope: str
    key: str
    cases: tuple[str, ...]
    hops: tuple[Hop, ...]
    on_time: tuple[OnTime, ...] = ()
    paused: tuple[tuple[str, int], ...] = ()
    followed: bool = False
    own: tuple[OnTime, ...] = ()
    before: Lags = ()


def measure(cases: Iterable[CaseTimes], clock: WorkClock, now: int, offices: Mapping[str, bool]) -> tuple[Figures, ...]:
    """All, then each office, theme and month. ``offices``: key → is it commanded, in the order in which they are shown.

    Cases that were merged away are left out: what they were goes on in the other.
    """
    known = [one for one in cases if not one.merged]
    found = [_figures("all", "", known, clock, now)]
    held = {one.office for one in known}
    order = [*(key for key in offices if key in held), *sorted(held - offices.keys())]
    for key in order:
        own = [one for one in known if one.office == key]
        found.append(_of_office(key, own, clock, now, commanded=offices.get(key, False)))
    by: tuple[tuple[str, Callable[[CaseTimes], str]], ...] = (
        ("theme", lambda one: one.theme),
        ("month", lambda one: one.month),
    )
    for scope, of in by:
        for key in sorted({of(one) for one in known}):
            found.append(_figures(scope, key, [one for one in known if of(one) == key], clock, now))
    return tuple(found)


def _figures(scope: str, key: str, cases: Sequence[CaseTimes], clock: WorkClock, now: int) -> Figures:
    names = sorted({c.clock for one in cases for c in one.clocks})
    return Figures(
        scope, key, tuple(one.case_id for one in cases),
        tuple(hop(begins, ends, cases, clock) for begins, ends in HOPS),
        tuple(on_time(name, cases, now) for name in names),
        tuple((one.case_id, sum(b - a for a, b in one.paused)) for one in cases if one.paused),
    )  # fmt: skip


def _of_office(key: str, cases: Sequence[CaseTimes], clock: WorkClock, now: int, *, commanded: bool) -> Figures:
    whole = _figures("office", key, cases, clock, now)
    before = [(one.case_id, spent) for one in cases if (spent := before_receipt(one, key, clock)) is not None]
    names = [] if not commanded else sorted({c.clock for one in cases for c in one.clocks} - {HANDOVER})
    return Figures(
        whole.scope, key, whole.cases, whole.hops, whole.on_time if commanded else (), whole.paused, not commanded,
        tuple(own_time(name, key, cases, clock, now) for name in names), () if is_head(key) else tuple(before),
    )  # fmt: skip


# ── lags ────────────────────────────────────────────────────────────────────────────────────────────


def hop(begins: str, ends: str, cases: Iterable[CaseTimes], clock: WorkClock) -> Hop:
    """The lags of one step over cases."""
    lags, waiting, unknown, disordered = [], [], [], []
    for one in cases:
        first, second = one.at(begins), one.at(ends)
        if first is None:
            unknown.append(one.case_id)
        elif second is None:
            waiting.append(one.case_id)
        elif second < first:
            disordered.append(one.case_id)
        else:
            lags.append((one.case_id, lag(first, second, one.paused, clock)))
    return Hop(begins, ends, tuple(lags), tuple(waiting), tuple(unknown), tuple(disordered))


def is_head(key: str) -> bool:
    """Văn phòng Sở or a role of it: whatever nobody has received yet is its own."""
    return key == HEAD_OFFICE or key in HEAD_ROLES


def before_receipt(one: CaseTimes, office: str, clock: WorkClock) -> Lag | None:
    """From when it was flagged (or opened) until that office logged that it had it; None while it has not."""
    stay = _stay(one, office)
    if stay is None or stay.received is None:
        return None
    begins = min(one.flagged if one.flagged is not None else one.opened, stay.received)
    return lag(begins, stay.received, one.paused, clock)


def _stay(one: CaseTimes, office: str) -> Stay | None:
    """The last time that it lay with that office and was received; the last time at all where it never was."""
    stays = [s for s in one.stays if s.office == office]
    return next((s for s in reversed(stays) if s.received is not None), stays[-1] if stays else None)


# ── what was due ────────────────────────────────────────────────────────────────────────────────────


def on_time(name: str, cases: Iterable[CaseTimes], now: int) -> OnTime:
    """Against the due times as they stand (pauses moved them)."""
    return _piled(
        name, ((one, [_pile(one, given, given.due, now) for given in _named(one, name)]) for one in cases)
    )  # fmt: skip


def own_time(name: str, office: str, cases: Iterable[CaseTimes], clock: WorkClock, now: int) -> OnTime:
    """Against the same length of time, counted from the office's logged receipt; Văn phòng's own from the start."""

    def pile(one: CaseTimes, given: ClockTime) -> str:
        if is_head(office):
            return _pile(one, given, given.due, now)
        stay = _stay(one, office)
        if stay is None or stay.received is None:
            return "unreceived"
        return _pile(one, given, due_from(stay.received, one, given, clock), now)

    return _piled(name, ((one, [pile(one, given) for given in _named(one, name)]) for one in cases))


_WORST = ("late", "unreceived", "open", "kept", "ended")


def _named(one: CaseTimes, name: str) -> list[ClockTime]:
    return [given for given in one.clocks if given.clock == name]


def _piled(name: str, found: Iterable[tuple[CaseTimes, Sequence[str]]]) -> OnTime:
    """A case stands in one pile: that of the worst of its clocks of that name (it may have taken one over)."""
    piles: dict[str, list[str]] = {pile: [] for pile in _WORST}
    for one, stood in found:
        if stood:
            piles[min(stood, key=_WORST.index)].append(one.case_id)
    return OnTime(name, **{pile: tuple(ids) for pile, ids in piles.items()})


def due_from(receipt: int, one: CaseTimes, given: ClockTime, clock: WorkClock) -> int:
    """When the office's own time is over: the whole of the deadline, in its own clock, from ``receipt``; never before
    the due time itself. Pauses after the receipt move it as they moved the due time."""
    if receipt <= given.started:
        return given.due
    before = [(max(a, given.started), min(b, receipt)) for a, b in one.paused if b > given.started and a < receipt]
    lay = lag(given.started, receipt, before, clock)
    return clock.add(given.due, lay.working) if given.working else given.due + lay.wall


def _pile(one: CaseTimes, given: ClockTime, due: int, now: int) -> str:
    if given.stopped is not None:
        if given.clock == FIRST_ANSWER and one.answered is None:
            return "ended"
        return "kept" if given.stopped <= due else "late"
    return "late" if given.runs and due < now else "open"

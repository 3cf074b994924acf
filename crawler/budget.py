"""The budget of each host, shared by all workers: rows of the store say when a host may be asked next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from store.api import Transaction
from store.model import HostState

DAY_MS = 24 * 3600 * 1000
WAIT_BUDGET_MS = 120_000
"""An order that would wait longer than this for its host's turn goes back on the list (its lease is 15 minutes)."""
DEFAULT_PAUSE_MS = 60_000
"""For a 429 or 503 without a Retry-After that can be read."""
FURTHEST_TURN_MS = WAIT_BUDGET_MS + 2 * 3600 * 1000
"""No turn is given further ahead (the longest Crawl-delay counts as an hour): a later one is a wrong clock's."""
LONGEST_PAUSE_MS = 26 * 3600 * 1000
"""Nor is a host paused for longer (a day at most, one with a 25th hour where a quota ends at midnight)."""
_JUMP_MS = 60_000


@dataclass(slots=True)
class Budget:
    """Turns at hosts. ``gap_ms``: the least time between two requests to one host; a Crawl-delay may lengthen it."""

    gap_ms: int
    _backlog: dict[str, int] = field(default_factory=dict)
    _kept: dict[str, int] = field(default_factory=dict)  # the turn that a channel was sent away to
    _looked: int = 0

    def turns(self, tx: Transaction, hosts: Iterable[str], now: int, first: int = 0) -> list[tuple[int, bool]]:
        """For each request in order: (when it may start, whether it may wait here for that).

        Those that may are reserved in the rows, so that no other worker takes the turn. The others get the time at
        which to claim them again; those times follow one another too, so that a long queue is not claimed in vain.
        The ``first`` so many are visits to channels: they never stand behind a queue of pages, and the turn that one
        was sent away to is kept free for it, or a slow host with thousands of pages would never show its news.
        """
        wanted = list(hosts)
        self._forget(now)
        rows = tx.hosts(set(wanted))
        told: list[tuple[int, bool]] = []
        changed: set[str] = set()
        for number, name in enumerate(wanted):
            row = rows[name] = self._by_this_clock(rows[name], now, changed)
            gap = max(self.gap_ms, row.gap_ms)
            start = max(now, row.next_at, row.paused_until)
            kept = 0 if number < first else self._kept.get(name, 0)
            if start - now <= WAIT_BUDGET_MS and (kept <= now or start + gap <= kept):
                told.append((start, True))
                rows[name] = replace(row, next_at=start + gap)
                if gap:
                    changed.add(name)
                continue
            if number < first:
                self._kept[name] = start
                told.append((start, False))
                continue
            later = max(start, self._backlog.get(name, 0), kept + gap if kept > now else 0)
            self._backlog[name] = later + gap
            told.append((later, False))
        tx.set_hosts([rows[name] for name in sorted(changed)])
        return told

    def _by_this_clock(self, row: HostState, now: int, changed: set[str]) -> HostState:
        """The row; where a clock that was ahead wrote it, with times that this one reaches."""
        next_at, paused = row.next_at, row.paused_until
        if next_at > now + FURTHEST_TURN_MS:
            next_at = now + max(self.gap_ms, row.gap_ms)
        if paused > now + LONGEST_PAUSE_MS:
            paused = now + DAY_MS
        if (next_at, paused) != (row.next_at, row.paused_until):
            changed.add(row.name)
            return replace(row, next_at=next_at, paused_until=paused)
        return row

    def _forget(self, now: int) -> None:
        """What lies behind us, when it has become much; and everything when the clock was set back."""
        if now < self._looked - _JUMP_MS:
            self._backlog, self._kept = {}, {}
        self._looked = now
        if len(self._backlog) + len(self._kept) > 1000:
            self._backlog = {name: at for name, at in self._backlog.items() if at > now}
            self._kept = {name: at for name, at in self._kept.items() if at > now}

    def spent(self, tx: Transaction, visits: Collection[Visit]) -> None:
        """What the hosts said and when we really were there; one row a host changes, and only if it must."""
        rows = tx.hosts({visit.host for visit in visits})
        before = dict(rows)
        for visit in visits:
            row = rows[visit.host]
            gap = max(self.gap_ms, visit.gap_ms)
            row = replace(row, gap_ms=visit.gap_ms)
            if gap:
                row = replace(row, next_at=max(row.next_at, visit.finished_at + gap))
            if visit.wait_ms:
                until = visit.finished_at + visit.wait_ms
                row = replace(row, paused_until=max(row.paused_until, until), why=visit.why)
            rows[visit.host] = row
        tx.set_hosts([row for name, row in sorted(rows.items()) if row != before[name]])


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as it went: its end, the Crawl-delay in force, how long the host wants to be left alone."""

    host: str
    finished_at: int
    gap_ms: int = 0
    wait_ms: int = 0
    why: str = ""

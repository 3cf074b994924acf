"""The budget of each host, shared by all workers: rows of the store say when a host may be asked next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from store.api import Transaction

WAIT_BUDGET_MS = 120_000
"""An order that would wait longer than this for its host's turn goes back on the list (its lease is 15 minutes)."""
DEFAULT_PAUSE_MS = 60_000
"""For a 429 or 503 without a Retry-After that can be read."""


@dataclass(slots=True)
class Budget:
    """Turns at hosts. ``gap_ms``: the least time between two requests to one host; a Crawl-delay may lengthen it."""

    gap_ms: int
    _backlog: dict[str, int] = field(default_factory=dict)

    def turns(self, tx: Transaction, hosts: Iterable[str], now: int) -> list[tuple[int, bool]]:
        """For each request in order: (when it may start, whether it may wait here for that).

        Those that may are reserved in the rows, so that no other worker takes the turn. The others get the time at
        which to claim them again; those times follow one another too, so that a long queue is not claimed in vain.
        """
        wanted = list(hosts)
        rows = tx.hosts(set(wanted))
        told: list[tuple[int, bool]] = []
        changed: set[str] = set()
        for name in wanted:
            row = rows[name]
            gap = max(self.gap_ms, row.gap_ms)
            start = max(now, row.next_at, row.paused_until)
            if start - now <= WAIT_BUDGET_MS:
                told.append((start, True))
                rows[name] = replace(row, next_at=start + gap)
                if gap:
                    changed.add(name)
                continue
            later = max(start, self._backlog.get(name, 0))
            self._backlog[name] = later + gap
            told.append((later, False))
        tx.set_hosts([rows[name] for name in sorted(changed)])
        self._forget(now)
        return told

    def _forget(self, now: int) -> None:
        if len(self._backlog) > 1000:
            self._backlog = {name: at for name, at in self._backlog.items() if at > now}

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

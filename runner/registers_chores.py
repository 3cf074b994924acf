"""Once an hour: periods of reports are opened ahead, those who must sign are reminded. Natural keys throughout."""

from __future__ import annotations

from alerts.registers_remind import TOLD_LATE_DAYS, reminders
from runner.deps import Deps
from runner.registers import AHEAD, DAY, boards, clock_of, open_periods, registers_of
from store.model_notice import Notice
from store.model_register import Direction


def register_notices(deps: Deps, now: int) -> list[Notice]:
    """Open what is to be opened; the reminders of this hour. The caller puts them on the list."""
    registers, clock = registers_of(deps), clock_of(deps)
    open_periods(deps, registers)
    found = []
    for direction in Direction:
        for of in boards(deps, direction, now - TOLD_LATE_DAYS * DAY, now + AHEAD.days * DAY):
            found += reminders(of, registers, clock, now)
    return found

"""Cases as lists, the board and *Hôm nay* show them: masked, the first due time in words, what usually follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from alerts import casework
from alerts.case_plans import Plans, load_plans
from alerts.case_told import clock_name
from alerts.case_words import KINDS, SEVERITIES, STATES
from desk import case_words as words
from desk import masked
from desk.case_filter import ADDRESS
from desk.case_time import Left, left
from desk.context import Desk
from store.model_case import CaseNow, CaseQuery, CaseRows, Severity
from store.model_case_list import CaseLine

ORIGINS = {
    "can": ("candidate", "/can-doi-chieu/"),
    "con": ("concern", "/phan-anh/"),
    "sto": ("story", "/nhom-tin/"),
}
"""First letters of an id → (what a case calls it, its page)."""
DUE_SHOWN = 6
SOON_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Line:
    """One case. ``due``: of the clock that is due first; ``step``: the form that usually follows."""

    id: str
    label: str
    title: str
    kind: str
    state: str
    state_key: str
    office: str
    assignee: str
    severity: str
    held: bool
    paused: bool
    merged: bool
    due: Left | None
    due_tag: Markup
    clock: str
    verified: bool
    step: str
    step_words: str
    opened_at: int

    @property
    def href(self) -> str:
        """Its page."""
        return f"{ADDRESS}/{self.id}"


def plans_of(desk: Desk) -> Plans:
    """Routes, deadlines and the calendar as their files are now; faults in them are told by `haidang doctor`."""
    return load_plans(desk.settings.home, desk.settings.timezone)[0]


def lines(desk: Desk, plans: Plans, found: Iterable[CaseLine]) -> list[Line]:
    """Each as a line."""
    return [_line(desk, plans, one) for one in found]


def office_name(plans: Plans, key: str) -> str:
    """As people read it."""
    return plans.router.world.name(key) if key else words.UNKNOWN_OFFICE


def place_name(plans: Plans, code: str) -> str:
    """`phường Ngô Quyền`, not its committee."""
    return plans.router.world.name(f"commune:{code}").removeprefix("UBND ")


def step_of(now: CaseNow) -> tuple[str, str]:
    """(form, words) of what usually follows."""
    if now.state.value == "da_nhan" and now.kind.value in ("press_request", "story"):
        return "tra-loi", "Trả lời"
    return words.NEXT[now.state.value]


def case_of(desk: Desk, origin: str) -> CaseRows | None:
    """The case that was opened from a candidate (can_…), a concern (con_…) or a story (sto_…), where there is one."""
    kind, _ = ORIGINS.get(origin.partition("_")[0], ("", ""))
    case = desk.store.case_of(kind, origin) if kind and len(origin) < 80 else None
    return desk.store.case(casework.stands_in(desk.store, case.id)) if case else None


def due_soon(desk: Desk, plans: Plans) -> list[Line]:
    """What is due by this time tomorrow, the longest overdue first; at most :data:`DUE_SHOWN`."""
    now = desk.now()
    found = desk.store.case_list(CaseQuery(open=True, limit=5 * DUE_SHOWN))  # paused ones stand among them
    soon = [one for one in found if one.due and one.due.paused_at is None and one.due.due_at <= now + SOON_MS]
    return lines(desk, plans, soon[:DUE_SHOWN])


def overdue(desk: Desk) -> int:
    """How many open cases have a clock that ran out."""
    return sum(desk.store.case_counts(CaseQuery(open=True, overdue_at=desk.now())).values())


@lru_cache(maxsize=8192)
def title_of(title: str) -> str:
    """A case's title was masked when it was opened; the rules of today look at it once more."""
    return masked.line(title)


def _line(desk: Desk, plans: Plans, one: CaseLine) -> Line:
    now, due = one.now, one.due
    span = left(due, desk.now(), plans) if due else None
    step, step_words = step_of(now)
    severity = "" if now.severity is Severity.NORMAL else SEVERITIES[now.severity]
    tag = span.tag(desk.settings.timezone) if span else Markup("—")
    return Line(
        one.case.id, one.case.label, title_of(now.title), KINDS[now.kind], STATES[now.state], now.state.value,
        office_name(plans, now.office), now.assignee, severity, now.held, now.paused_until is not None,
        now.merged_into is not None, span, tag, clock_name(due.clock) if due else "",
        due.verified if due else True, step, step_words, now.opened_at,
    )  # fmt: skip

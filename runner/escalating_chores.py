"""Once an hour: holes in the list of duty, people on duty whom nothing reaches, tests of routes, the weekly summary.

Every notice has a natural key, so an hour that is worked twice, or late, tells nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from alerts import escalate_words as words
from alerts.case_fold import base
from alerts.case_words import CLOCKS
from alerts.formats import day_short, moment_short, moment_words
from alerts.roster import DUTY, Person, Roster, everybody, gaps, outside
from alerts.ways import spelling
from alerts.workclock import WorkClock
from config.contacts import Contacts
from config.escalation import WEEKDAYS, Escalation
from runner.deps import Deps
from runner.duty import AHEAD, DAY, HOUR, contacts_now, roster_of
from runner.notices import contacts_of
from runner.route_tests import route_test_notices
from store.model_case import CaseClock, CaseQuery
from store.model_notice import Notice, NoticeKind, Reach
from store.model_roster import DutyShift

MOST_CASES = 20  # that a summary names


def chores(deps: Deps, now: int) -> str:
    """All of them; what they came to, in words."""
    from runner.escalating import put_notices, rules_of
    from runner.registers_chores import register_notices

    rules, _, workclock = rules_of(deps)
    roster = roster_of(deps, now)
    contacts = contacts_now(deps, now, roster)
    told = {
        "gaps": gap_notices(deps, rules, workclock, roster, now),
        "unreachable": unreached_notices(deps, rules, roster, now),
        "tests": route_tests(deps, rules, contacts, now),
        "summary": summary_notices(deps, rules, contacts, now),
        "registers": register_notices(deps, now),
    }
    return ", ".join(f"{name} {put_notices(deps, notices, now)}" for name, notices in told.items())


# ── duty ────────────────────────────────────────────────────────────────────────────────────────────


def holes(deps: Deps, rules: Escalation, workclock: WorkClock, shifts: Sequence[DutyShift], now: int,
          until: int) -> list[tuple[int, int]]:  # fmt: skip
    """Stretches up to ``until`` in which somebody must be on duty and nobody is; [] before the first list."""
    last = deps.store.last_duty_end(until)
    if last is None:
        return []
    known = deps.store.last_duty_end(now)
    begins = known if known is not None and known < now else now
    found = [gap for gap in gaps(shifts, begins, until) if gap[1] > now]
    if rules.duty.covered == "always":
        return found
    closed = list(_closed(workclock, begins, until))
    return [part for gap in found for part in outside(gap, closed) if part[1] > now]


def gap_notices(deps: Deps, rules: Escalation, workclock: WorkClock, roster: Roster, now: int) -> list[Notice]:
    """Before a hole begins, and once a week while it lasts."""
    tz = deps.settings.timezone
    made = []
    for begins, ends in holes(deps, rules, workclock, roster.shifts, now, now + AHEAD):
        if begins > now + rules.duty.before_hours * HOUR:
            continue
        told = {"begins": moment_words(begins, tz), "ends": moment_words(ends, tz)}
        lines = (words.GAP_LINE.format(**told), *((words.GAP_NOW,) if begins <= now else ()))
        key = f"gap:{begins}:{_week(now, tz)}" if begins <= now else f"gap:{begins}"
        to = (rules.head, rules.chain[-1]) if begins <= now else (rules.head,)
        made += [_notice(NoticeKind.WARNING, one, key, words.GAP.format(**told), lines, now) for one in to]
    return made


def unreached_notices(deps: Deps, rules: Escalation, roster: Roster, now: int) -> list[Notice]:
    """People of the next shifts whose telephone or mail failed when it was tried last."""
    tz, made = deps.settings.timezone, []
    for shift, person, reach in unreached(deps, roster, now, now + rules.duty.before_hours * HOUR):
        since = moment_words(reach.since or now, tz)
        line = words.UNREACHED_LINE.format(
            channel=reach.channel, to=reach.recipient, since=since, error=reach.error,
            begins=moment_short(shift.starts_at, tz), ends=moment_short(shift.ends_at, tz),
        )  # fmt: skip
        subject = words.UNREACHED.format(who=person.name, since=since)
        key = f"{reach.channel}:{reach.recipient}:{reach.since}"
        for to in (rules.head, "role:quan_tri"):
            made.append(_notice(NoticeKind.WARNING, to, key, subject, (line, words.UNREACHED_FIX), now))
    return made


def unreached(deps: Deps, roster: Roster, now: int, until: int) -> Iterator[tuple[DutyShift, Person, Reach]]:
    """(shift, person, how the last try went) of addresses that failed, of shifts that touch (now, until)."""
    failed = {(r.channel, r.recipient): r for r in deps.store.reaches() if r.since is not None and r.recipient}
    seen: set[tuple[str, str]] = set()
    for shift in roster.shifts:
        if shift.ends_at <= now or shift.starts_at >= until:
            continue
        for person in everybody([shift]):
            for address in person.addresses:
                reach = failed.get((address.channel, spelling(address)))
                if reach is not None and (reach.channel, reach.recipient) not in seen:
                    seen.add((reach.channel, reach.recipient))
                    yield shift, person, reach


def _closed(workclock: WorkClock, begins: int, ends: int) -> Iterator[tuple[int, int]]:
    """When the office is shut: before it opens, after it closes, days off. Lunch is not."""
    day, last, at = workclock.day_of(begins), workclock.day_of(ends), begins
    while day <= last:
        hours = workclock.hours_on(day)
        if hours is not None:
            if at < hours[0]:
                yield at, hours[0]
            at = max(at, hours[1])
        day += dt.timedelta(days=1)
    if at < ends:
        yield at, ends


# ── tests of routes ─────────────────────────────────────────────────────────────────────────────────


def route_tests(deps: Deps, rules: Escalation, contacts: Contacts, now: int) -> list[Notice]:
    """Once a month: every contact of the department that has an address, and the people of the coming shifts.

    Bodies that it does not command are not tried: they are written to, never paged.
    """
    tz = deps.settings.timezone
    local = dt.datetime.fromtimestamp(now / 1000, ZoneInfo(tz))
    hour, minute = map(int, rules.route_test.at.split(":"))
    if local < local.replace(day=rules.route_test.day, hour=hour, minute=minute, second=0, microsecond=0):
        return []
    month = f"{local:%m/%Y}"
    subject = words.TEST.format(month=month)
    people = [
        _notice(NoticeKind.ROUTE_TEST, key, month, subject, (words.TEST_LINE.format(who=contact.name),), now)
        for key, contact in contacts.items()
        if contact.addresses and key.startswith(DUTY)
    ]
    ours = [contact for contact in contacts_of(deps.settings).values() if contact.commanded]
    return route_test_notices(ours, f"{local:%Y-%m}", now, month) + people  # the clock's own round has the same ids


# ── the week ────────────────────────────────────────────────────────────────────────────────────────


def summary_notices(deps: Deps, rules: Escalation, contacts: Contacts, now: int) -> list[Notice]:
    """What was due in the last whole week, with every denominator, and what is overdue now; to the last step."""
    tz = deps.settings.timezone
    ends = _last_summary(rules, now, tz)
    begins = ends - 7 * DAY
    clocks = deps.store.clocks_due(begins, ends)
    late = CaseQuery(open=True, overdue_at=now, limit=MOST_CASES)
    overdue = deps.store.count_cases(late)
    if not clocks and (not overdue or now - ends > DAY):  # of a week long over nothing is made up
        return []
    lines = [words.SUMMARY_ALL.format(**_counts(clocks))]
    ours = [key for key, contact in contacts.items() if contact.commanded]
    for key in ours:
        if of := [c for c in clocks if c.office == key]:
            lines.append(words.SUMMARY_OFFICE.format(office=contacts[key].name, **_counts(of)))
    if others := [c for c in clocks if c.office not in ours]:
        lines.append(words.SUMMARY_FOLLOWED.format(**_counts(others)))
    lines.append(words.SUMMARY_OVERDUE.format(n=overdue, all=deps.store.count_cases(CaseQuery(open=True))))
    for rows in deps.store.cases(late):
        worst = min((c for c in rows.clocks if c.stopped_at is None), key=lambda c: c.due_at)
        name = contacts[worst.office].name if worst.office in contacts else worst.office
        lines.append(
            words.SUMMARY_CASE.format(
                label=rows.case.label,
                clock=CLOCKS.get(base(worst.clock), words.CLOCK),
                due=moment_short(worst.due_at, tz),
                office=name,
            )
        )
    if overdue > MOST_CASES:
        lines.append(words.SUMMARY_MORE.format(n=overdue - MOST_CASES))
    lines.append(words.SUMMARY_NOTE)
    days = [dt.datetime.fromtimestamp(at / 1000, ZoneInfo(tz)).date() for at in (begins, ends)]
    subject = words.SUMMARY.format(begins=day_short(days[0]), ends=day_short(days[1]))
    return [_notice(NoticeKind.REMINDER, rules.chain[-1], f"week:{days[1]}", subject, tuple(lines), now)]


def _counts(clocks: Sequence[CaseClock]) -> dict[str, int]:
    kept = sum(c.stopped_at is not None and c.stopped_at <= c.due_at for c in clocks)
    open_ = sum(c.stopped_at is None for c in clocks)
    return {"due": len(clocks), "kept": kept, "late": len(clocks) - kept - open_, "open": open_}


def _last_summary(rules: Escalation, now: int, tz: str) -> int:
    hour, minute = map(int, rules.summary.at.split(":"))
    local = dt.datetime.fromtimestamp(now / 1000, ZoneInfo(tz))
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    at -= dt.timedelta(days=(at.weekday() - WEEKDAYS.index(rules.summary.weekday)) % 7)
    return int((at if at <= local else at - dt.timedelta(days=7)).timestamp() * 1000)


def _week(now: int, tz: str) -> str:
    year, week, _ = dt.datetime.fromtimestamp(now / 1000, ZoneInfo(tz)).isocalendar()
    return f"{year}-{week}"


def _notice(kind: NoticeKind, to: str, key: str, subject: str, lines: tuple[str, ...], now: int) -> Notice:
    return Notice(Notice.make_id(kind, "", to, key), kind, "", to, False, subject, lines, now, now)

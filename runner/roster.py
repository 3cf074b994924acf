"""Lists of duty, leaves and storms as commands write them, and what a check of duty finds."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts import roster_words as words
from alerts.formats import moment_short, moment_words
from alerts.roster import DEPUTY, LEADER, TRUC, Roster, overlaps, unreachable
from alerts.roster_file import MOST_BYTES, read_file
from alerts.roster_sheet import MAIL, PHONE, read_roster
from config.calendar import load_calendar
from config.contacts import load_contacts, reach
from config.deadlines import load_deadlines
from config.escalation import load_escalation
from config.topics import load_themes
from runner.deps import Deps
from runner.duty import AHEAD, DAY, HOUR, contacts_now, roster_of
from runner.escalating import rules_of
from runner.escalating_chores import holes, unreached
from store.errors import InputError
from store.model_roster import DutyList, DutyShift, Leave, Storm
from store.people import named_person, told_reason

LONGEST_STORM_D = 14
LONGEST_LEAVE_D = 200
ROLES = {TRUC: words.ROLE_DUTY, DEPUTY: words.ROLE_DEPUTY, LEADER: words.ROLE_LEADER}


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import. ``remarks``: overlaps, holes, people without an address; it was taken all the same."""

    list: DutyList
    remarks: tuple[str, ...]


def import_list(deps: Deps, path: Path, by: str) -> Imported:
    """Take a list of duty. Raises :class:`InputError` with every fault and its cell; then nothing is changed."""
    who = named_person(by, "--by")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(words.TOO_BIG.format(file=path.name, mb=MOST_BYTES // 1_000_000))
        data = path.read_bytes()
    except OSError as bad:
        raise InputError(words.NO_FILE.format(file=path, why=bad.strerror)) from bad
    return take_list(deps, path.name, data, who)


def take_list(deps: Deps, name: str, data: bytes, by: str) -> Imported:
    """The same, of bytes: for a form of the desk too."""
    now, tz = deps.now(), deps.settings.timezone
    read = read_roster(read_file(name, data), tz)
    digest = hashlib.sha256(data).hexdigest()
    list_id = DutyList.make_id(digest, now)
    given = DutyList(list_id, now, by, name[:200], digest, read.days, len(read.shifts))
    with deps.store.transaction() as tx:
        tx.add_duty_list(given, [replace(shift, list_id=list_id) for shift in read.shifts])
    return Imported(given, tuple(_remarks(deps, read.shifts, now)))


def _remarks(deps: Deps, shifts: tuple[DutyShift, ...], now: int) -> Iterator[str]:
    tz = deps.settings.timezone
    rules, _, workclock = rules_of(deps)
    begins, ends = min(s.starts_at for s in shifts), max(s.ends_at for s in shifts)
    around = deps.store.duty_shifts(begins - DAY, ends + DAY)
    for one, other in overlaps(around):
        yield words.OVERLAP.format(
            place=other.place, other=one.place, begins=moment_short(other.starts_at, tz),
            ends=moment_short(min(one.ends_at, other.ends_at), tz),
        )  # fmt: skip
    for a, b in holes(deps, rules, workclock, [s for s in around if s.ends_at > now], max(now, begins), ends):
        yield words.HOLE.format(begins=moment_words(a, tz), ends=moment_words(b, tz))
    contacts, _ = load_contacts(deps.settings.home)
    for shift, role, name in unreachable(contacts, shifts):
        yield words.NO_WAY.format(place=shift.place, role=ROLES[role], name=name)
    if any(not s.leader for s in shifts):
        yield words.NO_LEADER.format(n=sum(not s.leader for s in shifts), all=len(shifts))


# ── leaves and storms ───────────────────────────────────────────────────────────────────────────────


def moment(deps: Deps, text: str, option: str) -> int:
    """ms UTC of "2026-11-24 18:00", local. Raises :class:`InputError`."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", text.strip()):
        raise InputError(words.NO_MOMENT.format(option=option, value=text[:40]))
    try:
        local = dt.datetime.fromisoformat(text.strip())
    except ValueError as bad:
        raise InputError(words.NO_MOMENT.format(option=option, value=text[:40])) from bad
    return int(local.replace(tzinfo=ZoneInfo(deps.settings.timezone)).timestamp() * 1000)


def add_leave(deps: Deps, leave: Leave) -> Leave:
    """``who`` and ``substitute``: names, or keys of contacts. Raises :class:`InputError`."""
    contacts, _ = load_contacts(deps.settings.home)
    if not leave.starts_at < leave.ends_at <= leave.starts_at + LONGEST_LEAVE_D * DAY:
        raise InputError(words.LEAVE_SPAN.format(days=LONGEST_LEAVE_D))
    for key in (leave.who, leave.substitute):
        if ":" in key and key not in contacts:
            raise InputError(words.NO_CONTACT.format(key=key))
        if ":" not in key:
            named_person(key, words.NAME)
    if leave.who == leave.substitute:
        raise InputError(words.SELF)
    if leave.tel and not PHONE.fullmatch(leave.tel):
        raise InputError(words.BAD_PHONE.format(place="--phone", value=leave.tel[:40]))
    if leave.email and not MAIL.fullmatch(leave.email):
        raise InputError(words.BAD_MAIL.format(place="--email", value=leave.email[:80]))
    if _circle(Roster(leaves=deps.store.leaves(leave.starts_at, leave.ends_at)), leave):
        raise InputError(words.CIRCLE.format(who=leave.substitute))
    by, reason = named_person(leave.by, "--by"), told_reason(leave.reason)
    clean = replace(leave, id=Leave.make_id(leave.who, leave.starts_at, leave.at), by=by, reason=reason)
    with deps.store.transaction() as tx:
        tx.add_leave(clean)
    return clean


def _circle(roster: Roster, leave: Leave) -> bool:
    """Whether who stands in is away at the same time, with this one standing in for them."""
    return any(
        x.who == leave.substitute and x.substitute == leave.who and x.starts_at < leave.ends_at
        and leave.starts_at < x.ends_at
        for x in roster.leaves
    )  # fmt: skip


def storm_on(deps: Deps, until: int, themes: tuple[str, ...], reason: str, by: str, starts_at: int) -> Storm:
    """Switch storm mode on. Raises :class:`InputError`; it ends by itself, at most fourteen days later."""
    now = deps.now()
    if not max(now, starts_at) < until <= now + LONGEST_STORM_D * DAY:
        raise InputError(words.STORM_SPAN.format(days=LONGEST_STORM_D))
    known, _ = load_themes(deps.settings.home)
    if unknown := [t for t in themes if t not in known]:
        raise InputError(words.NO_THEME.format(theme=unknown[0], known=", ".join(known)))
    who, why = named_person(by, "--by"), told_reason(reason)
    rules, _, _ = rules_of(deps)
    storm = Storm(Storm.make_id(starts_at, now), starts_at, until, themes or rules.storm.themes, why, who, now)
    with deps.store.transaction() as tx:
        tx.add_storm(storm)
    return storm


# ── what is wrong ───────────────────────────────────────────────────────────────────────────────────


def shown(deps: Deps, begins: int, ends: int) -> Iterator[str]:
    """The list in force, one line a shift, with who stands in."""
    tz, roster = deps.settings.timezone, roster_of(deps, deps.now())
    shifts = deps.store.duty_shifts(begins, ends)
    for s in shifts:
        people = [(words.ROLE_DUTY, s.on_duty, s.tel), (words.ROLE_DEPUTY, s.deputy, s.deputy_tel),
                  (words.ROLE_LEADER, s.leader, s.leader_tel)]  # fmt: skip
        said = "; ".join(" ".join(filter(None, (f"{role}: {name}", phone))) for role, name, phone in people if name)
        away = roster.away(s.on_duty, max(s.starts_at, begins))
        stands = words.STANDS_IN.format(who=away.substitute) if away else ""
        yield f"{moment_short(s.starts_at, tz)} – {moment_short(s.ends_at, tz)}  {said}{stands}  [{s.place}]"
    if not shifts:
        yield words.NO_LIST


def check(deps: Deps) -> Iterator[str]:
    """What would keep an alarm from being heard: faults of files, steps and people without an address, holes in the
    list, ways that failed when they were tried last."""
    now, home, tz = deps.now(), deps.settings.home, deps.settings.timezone
    base, errors = load_contacts(home)
    rules, more = load_escalation(base, home)
    yield from (str(e) for e in (*errors, *more, *load_calendar(home)[1], *load_deadlines(home)[1]))
    roster = roster_of(deps, now)
    contacts = contacts_now(deps, now, roster)
    for key in dict.fromkeys((*rules.chain, *rules.storm.chain, rules.leader, rules.head)):
        if not contacts[key].addresses:
            found = reach(contacts, key)
            instead = words.INSTEAD.format(who=found.name) if found else words.NOBODY
            yield words.STEP_WITHOUT.format(key=key, name=contacts[key].name, instead=instead)
    _, _, workclock = rules_of(deps)
    if deps.store.last_duty_end(now + AHEAD) is None:
        yield words.NO_LIST
    for a, b in holes(deps, rules, workclock, roster.shifts, now, now + 7 * DAY):
        yield words.HOLE.format(begins=moment_words(a, tz), ends=moment_words(b, tz))
    coming = [s for s in roster.shifts if s.ends_at > now]
    for one, other in overlaps(coming):
        yield words.OVERLAP.format(
            place=other.place, other=one.place, begins=moment_short(other.starts_at, tz),
            ends=moment_short(min(one.ends_at, other.ends_at), tz),
        )  # fmt: skip
    for shift, role, name in unreachable(base, coming):
        yield words.NO_WAY.format(place=shift.place, role=ROLES[role], name=name)
    for shift, person, reach_ in unreached(deps, roster, now, now + 7 * DAY):
        yield words.UNREACHED_PERSON.format(
            who=person.name, channel=reach_.channel, to=reach_.recipient, since=moment_words(reach_.since or now, tz),
            begins=moment_short(shift.starts_at, tz),
        )  # fmt: skip
    for one_way in deps.store.reaches():
        if one_way.since is not None:
            name = one_way.recipient or words.WHOLE_CHANNEL
            since = moment_words(one_way.since, tz)
            yield words.UNREACHED_WAY.format(channel=one_way.channel, to=name, since=since, error=one_way.error)
    if any(s.holds(now + HOUR) for s in roster.storms) or (storm := roster.storm(now)) is None:
        return
    yield words.STORM_ENDS.format(until=moment_words(storm.until, tz))

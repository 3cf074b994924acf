"""``/bao-tin``: what was to be told to whom and whether it arrived; ``/lich-truc``: who is on duty. Both only show.

Addresses and telephone numbers are not shown on a desk without accounts: contacts are named, and by which way.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from alerts import notice_words, roster
from alerts import words as row_words
from alerts.formats import moment_words
from alerts.roster import DEPUTY, LEADER, TRUC, Roster, on_duty
from alerts.ways import ways_of
from config.contacts import Contacts, without_address
from config.topics import load_themes
from desk import assets, masked
from desk.case_filter import ADDRESS
from desk.case_lines import plans_of
from desk.context import BadAddress, Desk
from desk.show import day_bounds, local_day
from store.model import Delivery, DeliveryState
from store.model_notice import Notice, Reach
from store.model_roster import DutyShift

TELLING, DUTY = "/bao-tin", "/lich-truc"
MOST = 300
DAY = 86_400_000
AHEAD_D, LISTS = 14, 5
OLD_MS = 15 * 60_000
"""A heartbeat older than this: the auditor does not live."""
STAGES = ("notify", "deliver")
DELIVERED: Mapping[str, tuple[str, str]] = {
    "pending": ("○", "chờ gửi"),
    "sending": ("○", "đang gửi"),
    "sent": ("●", "đã gửi"),
    "failed": ("▲", "không gửi được"),
    "bundled": ("●", "gộp vào tin khác"),
}
UNPLANNED = ("○", "chưa thành tin nào")
_WORST = (DeliveryState.FAILED, DeliveryState.PENDING, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Told:
    """One notice and how each way of telling it went."""

    notice: Notice
    kind: str
    who: str
    mark: str
    state: str
    ways: tuple[tuple[str, str, Delivery], ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Down:
    """A way that failed when it was tried last."""

    who: str
    channel: str
    reach: Reach


def page(desk: Desk, request: Request) -> Response:
    """Notices of a day, or of one case; ways that do not work; what the auditor found."""
    about, day = request.query_params.get("viec", ""), _day(desk, request.query_params.get("ngay", ""))
    contacts = _contacts(desk)
    notices = desk.store.notices_about(about[:80])[-MOST:] if about else _of_day(desk, day)
    told = _told(desk, contacts, notices)
    case = desk.store.case(about) if about.startswith("cas_") else None
    looked_at = _looked_at(desk)
    findings = desk.store.audit_findings(open_only=False, limit=100)
    return desk.page(
        "telling.jinja",
        "Báo tin",
        active="cases",
        about=f"{ADDRESS}/{case.case.id}" if case else "",
        label=case.case.label if case else "",
        day=day,
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1) if day < _today(desk) else None,
        told=sorted(told, key=lambda one: (not one.late, one.mark != "▲", -one.notice.due_at)),
        cut=len(notices) >= MOST,
        down=_down(desk, contacts),
        silent=len(without_address(contacts)),
        everybody=len(contacts),
        dead=[t for t in desk.store.dead_tasks(50) if t.stage in STAGES],
        looked_at=looked_at,
        silent_auditor=looked_at is not None and desk.now() - looked_at > OLD_MS,
        findings=[f for f in findings if f.over_at is None],
        over=[f for f in findings if f.over_at is not None][:20],
        stages=row_words.STAGES,
        assets=assets.URLS,
    )


def duty(desk: Desk, request: Request) -> Response:
    """Who is on duty now and in the coming days, who stands in, whether a storm is declared, where there are holes."""
    now, tz = desk.now(), desk.settings.timezone
    found = _roster(desk, now)
    names = plans_of(desk).router.world
    storm = found.storm(now)
    themes = {key: theme.name for key, theme in load_themes(desk.settings.home)[0].items()}
    coming = sorted((s for s in found.shifts if s.ends_at > now), key=lambda s: (s.starts_at, s.number))
    ends = now + AHEAD_D * DAY
    return desk.page(
        "duty.jinja",
        "Lịch trực",
        active="cases",
        now=[(names.name(role), _people(found, role, now)) for role in (TRUC, DEPUTY, LEADER)],
        storm=storm,
        themes=", ".join(themes.get(t, t) for t in storm.themes) if storm else "",
        earlier=[s for s in desk.store.storms(10) if not s.holds(now)][:5],
        shifts=_shifts(coming),
        leaves=[x for x in found.leaves if x.ends_at > now],
        name=lambda key: names.name(key) if ":" in key else key,
        gaps=roster.gaps(coming, now, min(ends, max((s.ends_at for s in coming), default=now))),
        last=max((s.ends_at for s in coming), default=None),
        overlaps=roster.overlaps(coming)[:10],
        unreachable=[(names.name(role), who) for _, role, who in roster.unreachable(names.contacts, coming)],
        lists=desk.store.duty_lists(LISTS),
        words=moment_words,
        tz=tz,
        assets=assets.URLS,
    )


def _looked_at(desk: Desk) -> int | None:
    """When the auditor last looked (ms UTC), as its heartbeat file says; None before its first look."""
    try:
        told = json.loads((desk.settings.home / "auditor.heartbeat").read_text(encoding="utf-8")[:10_000])
        return int(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _roster(desk: Desk, now: int) -> Roster:
    store = desk.store
    shifts, leaves = store.duty_shifts(now - DAY, now + AHEAD_D * DAY), store.leaves(now - 1, now + AHEAD_D * DAY)
    return Roster(shifts, leaves, store.storms(20))


def _contacts(desk: Desk) -> Contacts:
    """With duty and leaves laid over them, as whoever sends a notice has them."""
    now = desk.now()
    return on_duty(plans_of(desk).router.world.contacts, _roster(desk, now), now)


def _people(found: Roster, role: str, at: int) -> list[tuple[str, str]]:
    """(name, how they are reached) of who holds a role then."""
    return [(p.name, _ways([a.channel for a in p.addresses])) for p in found.people(role, at)]


def _ways(channels: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(notice_words.CHANNELS.get(c, c) for c in channels))


def _shifts(coming: Sequence[DutyShift]) -> list[DutyShift]:
    return list(coming[:120])


def _today(desk: Desk) -> dt.date:
    return local_day(desk.now(), desk.settings.timezone)


def _day(desk: Desk, said: str) -> dt.date:
    if not said:
        return _today(desk)
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        raise BadAddress("Ngày ghi sau “ngay=” viết như 2026-11-20.") from None


def _of_day(desk: Desk, day: dt.date) -> list[Notice]:
    """Those that were to be told on that day."""
    try:
        after, until = day_bounds(day, day, desk.settings.timezone)
    except (OverflowError, ValueError):
        return []
    return desk.store.notices_due((after, "~"), until, MOST)


def _told(desk: Desk, contacts: Contacts, notices: Sequence[Notice]) -> list[Told]:
    planned = desk.store.deliveries_of([n.id for n in notices]) if notices else {}
    return [_one(desk, contacts, n, planned.get(n.id, [])) for n in notices]


def _one(desk: Desk, contacts: Contacts, notice: Notice, planned: Sequence[Delivery]) -> Told:
    states = {d.state for d in planned}
    worst = next((s for s in _WORST if s in states), None)
    arrived = bool(states & {DeliveryState.SENT, DeliveryState.BUNDLED})
    mark, state = DELIVERED[(DeliveryState.SENT if arrived else worst or DeliveryState.SENT).value]
    if not planned:
        mark, state = UNPLANNED
    late = not arrived and notice.deadline_at is not None and notice.deadline_at < desk.now()
    ways = tuple((_called(contacts, d.contact), notice_words.CHANNELS.get(d.channel, d.channel), d) for d in planned)
    kind = notice_words.KINDS.get(notice.kind, notice.kind)
    return Told(notice, kind, _called(contacts, notice.contact), mark, state, ways, late)


def _called(contacts: Contacts, key: str) -> str:
    if not key:
        return "người quản trị"
    return contacts[key].name if key in contacts else masked.line(key)


def _down(desk: Desk, contacts: Contacts) -> list[Down]:
    """Ways that do not work, channels as a whole first; an address is named by whose it is."""
    whose = {way.recipient: contact.name for contact in contacts.values() for way in ways_of(contact)}
    found = []
    for one in desk.store.reaches():
        if one.since is None:
            continue
        channel = notice_words.CHANNELS.get(one.channel, one.channel)
        who = whose.get((one.channel, one.recipient), "một địa chỉ không còn trong danh bạ") if one.recipient else ""
        found.append(Down(who, channel, one))
    return sorted(found, key=lambda one: (bool(one.who), one.reach.since or 0))

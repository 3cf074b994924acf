"""What must be true after the simulated months, from raw rows and from what the servers really received.

Each function gives the faults that it found, in words, so that a test says ``== []``. Nothing of the auditor, of the
outbox or of the escalation is used.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.contacts import way
from runner.notices import contacts_of
from tests.smoke.auditor_town import HOUR, MINUTE
from tests.smoke.year_town import DAY, LOCAL, Arrived, Town

TICK = MINUTE
APART, PER_HOUR = 5 * MINUTE, 12
Row = dict[str, Any]


@dataclass
class Post:
    """Notices, deliveries and what arrived, as they lie on the disk and in the servers."""

    town: Town
    notices: list[Row]
    deliveries: dict[str, Row]
    of: dict[str, list[Row]]
    arrived: dict[str, list[Arrived]]
    past: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def carrier(self, delivery: Row) -> Row:
        return self.deliveries[delivery["bundled_into"]] if delivery["state"] == "bundled" else delivery

    def copies(self, delivery: Row) -> list[Arrived]:
        return self.arrived.get(key_of(self.carrier(delivery)), [])


def post(town: Town) -> Post:
    notices, deliveries = table(town.db, "notice"), table(town.db, "delivery")
    of: dict[str, list[Row]] = defaultdict(list)
    for one in deliveries:
        of[one["event_id"]].append(one)
    arrived: dict[str, list[Arrived]] = defaultdict(list)
    for came in town.servers.arrived:
        arrived[came.key].append(came)
    made = Post(town, notices, {d["id"]: d for d in deliveries}, of, arrived)
    for one in deliveries:
        if one["state"] != "bundled":
            made.past[(one["channel"], one["recipient"])].append(one["created_at"])
    return made


def table(db: sqlite3.Connection, name: str) -> list[Row]:
    found = db.execute(f"SELECT * FROM {name}")
    columns = [about[0] for about in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found]


def key_of(delivery: Row) -> str:
    return str(delivery["message_id"] if delivery["channel"] == "email" else delivery["id"])


def lost_or_late(told: Post) -> Iterator[str]:
    """Every notice that became due: planned within a tick (or held by a documented rule), received by a server within a
    tick of a channel being up, in its own words."""
    servers = told.town.servers
    for notice in told.notices:
        if notice["due_at"] > told.town.clock.at - DAY:
            continue
        name = f"{notice['kind']} {notice['id']} due {clock(notice['due_at'])}"
        mine = [d for d in told.of[notice["id"]] if d["channel"] != "none"]
        came = [(copy.at, d, copy) for d in mine for copy in told.copies(d)[:1]]
        if not came:
            yield f"{name}: nobody received it: {[(d['state'], d['channel'], d['error'][:60]) for d in mine]}"
            continue
        if not any(told.carrier(d)["state"] == "sent" for d in mine):
            yield f"{name}: received, and no row says so"
        planned = min(d["created_at"] for d in mine)
        if planned > notice["due_at"] + TICK and (why := unfounded(told, notice, mine, planned)):
            yield f"{name}: planned {clock(planned)}: {why}"
        if notice["kind"] == "route_test":
            continue  # it asks whether one way works: `slow` looks at that way
        first, latest = min(at for at, _, _ in came), servers.up_within(planned)
        if first > latest:
            yield f"{name}: planned {clock(planned)}, arrived {clock(first)}, not by {clock(latest)}"
        if not any(notice["subject"] in copy.text for _, d, copy in came if copy.channel == "email") and not any(
            copy.channel == "sms" for _, _, copy in came
        ):
            yield f"{name}: not in the words of the message that carried it"


def unfounded(told: Post, notice: Row, mine: Sequence[Row], planned: int) -> str:
    """Why it should not have been held that long; "" where the documented rules hold it."""
    due = notice["due_at"]
    if notice["urgent"] or notice["kind"] == "route_test":
        return "what is urgent waits for nothing"
    contacts = contacts_of(told.town.deps.settings)
    quiet = [q for key in way(contacts, notice["contact"], frozenset()) if (q := contacts[key].quiet)]
    ends = [end for hours in quiet if (end := quiet_end(due, hours)) is not None]
    if planned > max([due + HOUR, *ends]) + TICK:
        return "longer than quiet hours and an hour of throttling"
    deadline = notice["deadline_at"]
    if deadline is not None and planned > max(deadline, due + TICK):
        return "past its own deadline"
    if any(planned <= end + TICK for end in ends):
        return ""
    for one in mine:
        past = [at for at in told.past[(one["channel"], one["recipient"])] if planned - HOUR <= at < planned]
        if any(at > due - APART for at in past) or len(past) >= PER_HOUR:
            return ""
    return "no message before it holds it"


def quiet_end(at: int, hours: tuple[str, str]) -> int | None:
    """The end of the quiet hours that ``at`` lies in."""
    begin, end = (int(text[:2]) * HOUR + int(text[3:]) * MINUTE for text in hours)
    inside, midnight = (at + LOCAL) % DAY, at - (at + LOCAL) % DAY
    if begin < end:
        return midnight + end if begin <= inside < end else None
    if inside >= begin:
        return midnight + DAY + end
    return midnight + end if inside < end else None


def slow(told: Post) -> Iterator[str]:
    """Every message that stands by itself: accepted within a tick of its own channel being up, or refused for good."""
    servers = told.town.servers
    for one in told.deliveries.values():
        if one["state"] in ("bundled",) or one["channel"] == "none" or one["created_at"] > told.town.clock.at - DAY:
            continue
        name, copies = f"{one['channel']} to {one['recipient']}, planned {clock(one['created_at'])}", told.copies(one)
        if one["state"] == "failed":
            if one["recipient"] not in servers.refused:
                yield f"{name}: failed: {one['error'][:120]}"
        elif one["state"] != "sent" or not copies:
            yield f"{name}: {one['state']}, {len(copies)} copies arrived"
        elif copies[0].at > servers.channel_up_within(one["channel"], one["created_at"]):
            yield f"{name}: arrived {clock(copies[0].at)}, its channel was up before"
        elif one["sent_at"] != copies[-1].at:
            yield f"{name}: the row says {clock(one['sent_at'])}, the server {clock(copies[-1].at)}"


def doubled(told: Post) -> Iterator[str]:
    """Copies of one message: in the minute of a kill alone, one a kill, same key, same address, same words."""
    extra: Counter[int] = Counter()
    known = {key_of(d) for d in told.deliveries.values()}
    for key, copies in told.arrived.items():
        if key not in known:
            yield f"{key} arrived and stands in no row"
        if len({(copy.to, copy.text) for copy in copies}) > 1:
            yield f"{key}: copies that differ"
        extra.update(copy.at for copy in copies[1:])
    kills = Counter(told.town.kills)
    for at, number in extra.items():
        if number > kills[at]:
            yield f"{clock(at)}: {number} copies too many, {kills[at]} kills"


def copies_too_many(told: Post) -> int:
    return sum(len(copies) - 1 for copies in told.arrived.values())


def work_left(town: Town) -> Iterator[str]:
    """Nothing of the telling is buried, held by the dead, or standing."""
    sql = (
        "SELECT stage, subject, state, message FROM task "
        "WHERE state IN ('leased', 'dead') OR (state = 'due' AND due_at < ?)"
    )
    for row in town.db.execute(sql, (town.clock.at - TICK,)):
        yield f"task {tuple(row)}"


def clock(at: int | None) -> str:
    return "never" if at is None else f"{dt.datetime.fromtimestamp((at + LOCAL) / 1000, dt.UTC):%Y-%m-%d %H:%M:%S}"

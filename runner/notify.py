"""The `notify` stage: notices that are due become deliveries, squeezed into as few messages as may be.

A notice is worked when it is due, and again when a delivery of it did not arrive: then the next address, the
substitute, at last Văn phòng is told. What finds nobody stays on the list, with a failed delivery that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alerts import notice_words as words
from alerts.outbox import GIVE_UP_AFTER, plan_bundle, under_way
from alerts.squeeze import HOUR, Bundle, Held, Recipient, Rules, Squeezed, Telling, squeeze_or_send_all
from alerts.ways import Way, choose, people, set_up, works
from config.contacts import Contacts, reach
from config.settings import Settings
from runner.deps import Deps, Tools
from runner.duty import contacts_now
from runner.notices import FIRST
from runner.rows import Result
from store.model import Delivery, DeliveryState, NewTask, Outcome, Task
from store.model_notice import Notice, NoticeKind, Reach

LOOK_AGAIN_MS = 10 * 60_000  # contacts.yml may be mended meanwhile
SOON_MS = 30_000
NO_CHANNEL = "none"


@dataclass(frozen=True, slots=True)
class ToTell:
    """One task with what is known of its notice. ``people``: ways of each contact in turn, nearest first."""

    task: Task
    notice: Notice | None
    deliveries: tuple[Delivery, ...]
    carriers: Mapping[str, Delivery]
    people: Sequence[list[Way]]


@dataclass(frozen=True, slots=True)
class NotifyBatch:
    """All that a batch needs, as of ``now``."""

    now: int
    items: Sequence[ToTell]
    contacts: Contacts
    reaches: Mapping[Recipient, Reach]
    past: Mapping[Recipient, Sequence[int]]


def load_notify(deps: Deps, tasks: list[Task]) -> NotifyBatch:
    """Notices, what was tried for them, who can be reached, and what the recipients heard in the last hour."""
    now, store = deps.now(), deps.store
    contacts, usable = contacts_now(deps, now), set_up(deps.settings)
    ids = [task.subject for task in tasks]
    notices, deliveries = store.notices(ids), store.deliveries_of(ids)
    items = []
    for task in tasks:
        notice = notices.get(task.subject)
        tried = tuple(deliveries.get(task.subject, ()))
        carriers = {d.bundled_into: c for d in tried if d.bundled_into and (c := store.delivery(d.bundled_into))}
        ways = list(people(contacts, notice, deps.settings.administrators, usable)) if notice else []
        items.append(ToTell(task, notice, tried, carriers, ways))
    heard = {way.to for item in items for ways in item.people for way in ways}
    past: dict[Recipient, list[int]] = {}
    for one in store.deliveries_to(heard, now - HOUR):
        past.setdefault((one.channel, one.recipient), []).append(one.created_at)
    return NotifyBatch(now, items, contacts, {(r.channel, r.recipient): r for r in store.reaches()}, past)


def work_notify(tools: Tools, batch: NotifyBatch) -> list[Result]:
    """Deliveries and their tasks; or why a notice waits."""
    first: list[Telling] = []
    again: list[Telling] = []
    ended: dict[int, Result] = {}
    for place, item in enumerate(batch.items):
        told = _decide(item, batch)
        if isinstance(told, Result):
            ended[place] = told
        else:
            (first if item.task.version == FIRST else again).extend(told)
    squeezed = squeeze_or_send_all(first, batch.past, batch.now, _rules(tools.settings))
    plan = _Plan(squeezed, _together(again), batch, tools.settings)
    return [ended.get(place) or plan.result(item) for place, item in enumerate(batch.items)]


def _rules(settings: Settings) -> Rules:
    return Rules(settings.notice_apart_minutes * 60_000, settings.notices_per_hour, settings.timezone)


def _together(tellings: Sequence[Telling]) -> list[Bundle]:
    """What is told anew has waited already; only the messages of one moment go together."""
    return list(squeeze_or_send_all([replace(t, quiet=None) for t in tellings], {}, 0, Rules()).go)


def _decide(item: ToTell, batch: NotifyBatch) -> Result | list[Telling]:
    """The tellings of a notice now, or how its task ends without any."""
    notice = item.notice
    if notice is None:
        return Result(Outcome.NOT_SENT, words.NO_NOTICE.format(id=item.task.subject))
    tried = [d for d in item.deliveries if d.channel != NO_CHANNEL]
    if tried and (item.task.version == FIRST or notice.kind == NoticeKind.ROUTE_TEST or _arrived(item)):
        return Result(Outcome.TOLD_BEFORE)
    waiting = under_way(tried)
    if waiting and any(_about_to_be_tried(d, batch) for d in tried):
        return Result(Outcome.PLANNED, retry_at=batch.now + SOON_MS)  # another way is about to be tried
    ways = choose(item.people, notice, batch.reaches, {(d.channel, d.recipient) for d in tried}, waiting=waiting)
    if ways:
        return [Telling(notice, way.contact, way.channel, way.to, way.quiet) for way in ways]
    return Result(Outcome.PLANNED) if waiting else _nobody(notice, batch.now)


def _about_to_be_tried(delivery: Delivery, batch: NotifyBatch) -> bool:
    fresh = delivery.state is DeliveryState.PENDING and not delivery.attempts
    return fresh and works((delivery.channel, delivery.recipient), batch.reaches)


def _arrived(item: ToTell) -> bool:
    """Accepted by somebody, alone or in a bundle."""
    states = [d.state for d in item.deliveries]
    states += [c.state for d in item.deliveries if (c := item.carriers.get(d.bundled_into))]
    return DeliveryState.SENT in states


def _nobody(notice: Notice, now: int) -> Result:
    """No address is left: a failed delivery that can be seen, and another look while it may still help."""
    seen = (_failed(notice, words.NOBODY, now),)
    if now > max(notice.due_at, notice.deadline_at or 0) + GIVE_UP_AFTER:
        return Result(Outcome.NOT_SENT, words.NOBODY, deliveries=seen)
    return Result(Outcome.NOT_SENT, words.NOBODY, deliveries=seen, retry_at=now + LOOK_AGAIN_MS)


def _failed(notice: Notice, why: str, now: int) -> Delivery:
    made = Delivery.make_id(notice.id, notice.contact, NO_CHANNEL)
    return Delivery(
        made, notice.id, notice.contact, NO_CHANNEL, DeliveryState.FAILED, now, "", error=why,
        urgent=notice.urgent, deadline_at=notice.deadline_at, contact=notice.contact,
    )  # fmt: skip


class _Plan:
    """The squeezed messages, seen from each notice."""

    def __init__(self, squeezed: Squeezed, again: Sequence[Bundle], batch: NotifyBatch, settings: Settings) -> None:
        self._batch = batch
        self._held: dict[str, Held] = {held.telling.notice.id: held for held in squeezed.wait}
        self._rows: dict[str, list[Delivery]] = {}
        for bundle in (*squeezed.go, *again):
            rows = plan_bundle(bundle, batch.now, settings.smtp_from)
            for row in rows:  # each brings its carrier along: whichever of the tasks is saved, its message exists
                self._rows.setdefault(row.event_id, []).extend([rows[0], row] if row is not rows[0] else [row])

    def result(self, item: ToTell) -> Result:
        """Of one task. A notice with an address that waits is worked again; what goes now is planned already."""
        notice = item.notice
        rows = self._rows.get(item.task.subject, [])
        if notice is None or not rows:
            held = self._held.get(item.task.subject)
            until = held.until if held else self._batch.now + SOON_MS
            return Result(Outcome.PLANNED, words.HELD[held.why] if held else "", retry_at=until)
        now = self._batch.now
        own = [row for row in rows if row.event_id == notice.id]
        return Result(
            Outcome.PLANNED,
            ", ".join(f"{row.channel}: {row.recipient}" for row in own),
            deliveries=(*rows, *self._findings(notice)),
            tasks=tuple(deliver_task(row, now) for row in rows),
        )

    def _findings(self, notice: Notice) -> tuple[Delivery, ...]:
        """That the one whom it was for cannot be reached, as a row, although others are told."""
        contacts = self._batch.contacts
        if notice.contact not in contacts:
            return (_failed(notice, words.NO_CONTACT.format(contact=notice.contact), self._batch.now),)
        if reach(contacts, notice.contact, frozenset(notice.without)) is None:
            return (_failed(notice, words.NO_ADDRESS.format(contact=notice.contact), self._batch.now),)
        return ()


def deliver_task(delivery: Delivery, now: int) -> NewTask:
    """The task of one delivery; urgent ones stand first on the list."""
    return NewTask("deliver", delivery.id, "1", 0 if delivery.urgent else now, now)

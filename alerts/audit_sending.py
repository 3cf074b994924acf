"""What should have reached somebody by now: notices, messages, digests. Pure but for reading rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from alerts import audit_words as words
from alerts.auditing import DAY, MINUTE, Given
from alerts.formats import moment_short
from config.contacts import way
from store.api import Store
from store.model import Delivery, DeliveryState, Digest
from store.model_audit import Finding, Lapse
from store.model_notice import Notice, NoticeKind

HELD = 70 * MINUTE  # the most that squeezing holds what is not urgent: an hour of many messages, and its place in line
DIGEST_GRACE = 30 * MINUTE  # a digest waits some ten minutes for what is still being read
MAIL_GRACE = 30 * MINUTE
STANDS = 10 * MINUTE
STAGES = ("escalate", "notify", "deliver", "digest")
PAGE = 500


def of_notices(store: Store, given: Given) -> Iterator[Finding]:
    """Notices whose time has come since ``given.since``: each became a message, and somebody accepted it in time."""
    after = (given.since, "")
    while notices := store.notices_due(after, given.now - given.grace_ms, PAGE):
        deliveries = store.deliveries_of([n.id for n in notices])
        carriers = {d.bundled_into for ds in deliveries.values() for d in ds if d.bundled_into}
        carried = {i: d for i in carriers if (d := store.delivery(i)) is not None}
        for notice in notices:
            yield from _of_notice(notice, deliveries.get(notice.id, []), carried, given)
        after = (notices[-1].due_at, notices[-1].id)


def _of_notice(
    notice: Notice, deliveries: Sequence[Delivery], carried: Mapping[str, Delivery], given: Given
) -> Iterator[Finding]:
    if notice.kind == NoticeKind.ROUTE_TEST:
        return  # it asks whether a way works; `channel_state` says how it went
    latest = _latest(notice, given)
    if given.now <= latest + given.grace_ms:
        return
    real = [d for d in deliveries if d.channel != "none"]
    if not deliveries:
        said = {"notice": notice.id, "contact": notice.contact, "at": moment_short(latest, given.timezone)}
        yield Finding(Lapse.NOT_PLANNED, notice.id, "", words.NOT_PLANNED.format(**said))
    elif not any(_accepted(d, carried) for d in real):
        error = next((d.error for d in reversed(deliveries) if d.error), words.NO_ERROR)
        said = {"notice": notice.id, "contact": notice.contact, "at": moment_short(latest, given.timezone)}
        yield Finding(Lapse.NOT_DELIVERED, notice.id, "", words.NOT_DELIVERED.format(**said, error=error[:200]))


def _accepted(delivery: Delivery, carried: Mapping[str, Delivery]) -> bool:
    carrier = carried.get(delivery.bundled_into) if delivery.bundled_into else None
    return DeliveryState.SENT in (delivery.state, carrier.state if carrier else None)


def _latest(notice: Notice, given: Given) -> int:
    """By when somebody must have accepted it: at once if urgent, else after quiet hours and what squeezing may hold;
    never past its own deadline."""
    if notice.urgent:
        return notice.due_at
    people = [given.contacts[key] for key in way(given.contacts, notice.contact, frozenset(notice.without))]
    quiet = [_quiet_end(notice.due_at, person.quiet, given.timezone) for person in people if person.quiet]
    latest = max([notice.due_at, *quiet]) + HELD
    return min(latest, max(notice.deadline_at, notice.due_at)) if notice.deadline_at is not None else latest


def _quiet_end(at: int, quiet: tuple[str, str], timezone: str) -> int:
    zone = ZoneInfo(timezone)
    local = dt.datetime.fromtimestamp(at / 1000, zone)
    begin, end = (dt.time.fromisoformat(word) for word in quiet)
    for back in (1, 0):
        day = local.date() - dt.timedelta(days=back)
        starts = dt.datetime.combine(day, begin, zone)
        ends = dt.datetime.combine(day if begin < end else day + dt.timedelta(days=1), end, zone)
        if starts <= local < ends:
            return int(ends.timestamp() * 1000)
    return at


def of_digests(store: Store, given: Given, days: int = 7) -> Iterator[Finding]:
    """Each day that this installation followed has its digest, and each recipient has it."""
    first = store.first_fetch_at()
    if first is None:
        return
    zone = ZoneInfo(given.timezone)
    today = dt.datetime.fromtimestamp(given.now / 1000, zone).date()
    for back in range(days):
        day = today - dt.timedelta(days=back)
        due = int(dt.datetime.combine(day, dt.time.fromisoformat(given.digest_at), zone).timestamp() * 1000)
        if due + DIGEST_GRACE > given.now or first > due:
            continue
        digest = store.digest(Digest.make_id("daily", day.isoformat()))
        if given.workclock.hours_on(day) is None and (digest is None or "asked" in digest.versions):
            continue  # a day off has one only where something urgent stands open, or where somebody asked for it
        if digest is None:
            said = {"day": day.isoformat(), "at": moment_short(due, given.timezone)}
            yield Finding(Lapse.NO_DIGEST, day.isoformat(), "", words.NO_DIGEST.format(**said))
        elif digest.built_at <= due + DAY:  # one made later was made to be read here; nobody is written to
            yield from _of_digest(store, digest, given)


def _of_digest(store: Store, digest: Digest, given: Given) -> Iterator[Finding]:
    if given.digest_release == "by_hand":
        yield from _released(store, digest, given)
        return
    if given.now < digest.built_at + MAIL_GRACE:
        return
    sent = {d.recipient.strip().lower(): d for d in store.deliveries(digest.id)}
    wanted = {r.strip().lower() for r in given.recipients if r.strip()}
    for recipient in sorted(wanted | set(sent)):
        delivery = sent.get(recipient)
        if delivery is None or delivery.state is not DeliveryState.SENT:
            error = (delivery.error if delivery else "")[:200] or words.NO_ERROR
            said = {"day": digest.day, "recipient": recipient, "error": error}
            yield Finding(Lapse.DIGEST_NOT_SENT, digest.id, recipient, words.DIGEST_NOT_SENT.format(**said))


def _released(store: Store, digest: Digest, given: Given) -> Iterator[Finding]:
    """A person releases it; every edition of what was released reaches whom it was planned for."""
    release = store.digest_release(digest.id)
    day = dt.date.fromisoformat(digest.day)
    by = dt.datetime.combine(day, dt.time.fromisoformat(given.digest_release_by), ZoneInfo(given.timezone))
    if release is None:
        if int(by.timestamp() * 1000) + MAIL_GRACE < given.now:
            said = {"day": digest.day, "at": moment_short(int(by.timestamp() * 1000), given.timezone)}
            yield Finding(Lapse.NOT_RELEASED, digest.id, "", words.NOT_RELEASED.format(**said))
        return
    if given.now < release.at + MAIL_GRACE:
        return
    for edition in sorted(set(release.editions.values())):
        for delivery in store.deliveries(edition):
            if delivery.state is not DeliveryState.SENT:
                error = delivery.error[:200] or words.NO_ERROR
                said = {"day": digest.day, "recipient": delivery.recipient, "error": error}
                yield Finding(Lapse.DIGEST_NOT_SENT, edition, delivery.recipient, words.DIGEST_NOT_SENT.format(**said))


def of_work(store: Store, given: Given) -> Iterator[Finding]:
    """Somebody takes the tasks of telling."""
    count = store.tasks_standing(STAGES, given.now - STANDS)
    if count:
        said = {"count": count, "minutes": STANDS // MINUTE}
        yield Finding(Lapse.WORK_STANDS, "work", "", words.WORK_STANDS.format(**said))

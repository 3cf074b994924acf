"""Every way of telling is tried before it is needed: once a month, when an address is new, and on demand."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from alerts import notice_words as words
from config.contacts import Contact, Contacts
from runner.deps import Deps
from runner.notices import contacts_of, forgotten_notices, notice_tasks
from store.model_notice import Notice, NoticeKind

HOUR_OF_DAY = 9  # local: somebody is there who can say that it arrived


def route_test_notices(contacts: Contacts | Iterable[Contact], month: str, at: int, when: str = "") -> list[Notice]:
    """One test notice for each contact with addresses of its own.

    ``month``: which round ("2026-12"); a contact whose addresses changed within it is tested again. ``at``: due.
    ``when``: as the message calls the round; the month as it is, if empty.
    """
    found = contacts.values() if hasattr(contacts, "values") else contacts
    return [_notice(contact, month, at, when or month) for contact in found if contact.addresses]


def _notice(contact: Contact, month: str, at: int, when: str) -> Notice:
    addresses = "\x1f".join(f"{one.channel}:{one.to}" for one in contact.addresses)
    key = f"{month}:{hashlib.sha256(addresses.encode()).hexdigest()[:16]}"
    return Notice(
        id=Notice.make_id(NoticeKind.ROUTE_TEST, "", contact.key, key),
        kind=NoticeKind.ROUTE_TEST,
        about="",
        contact=contact.key,
        urgent=False,
        subject=words.ROUTE_TEST_SUBJECT.format(when=when),
        lines=tuple(line.format(name=contact.name) for line in words.ROUTE_TEST_LINES),
        created_at=at,
        due_at=at,
        thread="route_test",
    )


def notify_tick(deps: Deps) -> int:
    """All that the clock does for notices, every minute: the month's tests, forgotten tasks, tries that a clock which
    jumped back has left in the future. How many tasks were new or are due again."""
    done, now = plan_route_tests(deps), deps.now()
    forgotten, ahead = forgotten_notices(deps), deps.store.tries_ahead(now)
    if not forgotten and not ahead:
        return done
    with deps.store.transaction() as tx:
        return done + tx.add_tasks(forgotten, now) + tx.mend_ahead(now)


def plan_route_tests(deps: Deps) -> int:
    """The month's round, from its first weekday at nine; how many notices were new. For the clock; idempotent.

    Bodies that the department does not command are not tried: they are written to, never paged.
    """
    zone = ZoneInfo(deps.settings.timezone)
    local = dt.datetime.fromtimestamp(deps.now() / 1000, zone)
    first = local.replace(day=1, hour=HOUR_OF_DAY, minute=0, second=0, microsecond=0)
    first += dt.timedelta(days=max(0, 7 - first.weekday()) if first.weekday() >= 5 else 0)
    if not deps.settings.route_test_monthly or local < first or not HOUR_OF_DAY <= local.hour < HOUR_OF_DAY + 8:
        return 0
    ours = [contact for contact in contacts_of(deps.settings).values() if contact.commanded]
    notices = route_test_notices(ours, f"{local:%Y-%m}", deps.now(), f"{local:%m/%Y}")
    known = deps.store.notices([one.id for one in notices])
    new = [one for one in notices if one.id not in known]
    if not new:
        return 0
    with deps.store.transaction() as tx:
        tx.add_notices(new)
        tx.add_tasks(notice_tasks(new, deps.now()), deps.now())
    return len(new)

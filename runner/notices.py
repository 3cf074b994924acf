"""What whoever writes a notice needs: its task, and the contacts as their file says now."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from config.contacts import Contacts, load_contacts
from config.settings import Settings
from runner.deps import Deps
from store.errors import ConfigError
from store.model import NewTask
from store.model_notice import Notice

log = logging.getLogger("haidang.notify")

FIRST = "1"
"""Version of the first `notify` task of a notice; later ones name the delivery that did not arrive."""
URGENT_BELOW = 1_000_000_000
"""Tasks of what is urgent are ordered below this (`store.sqlite_notice` knows them by it), of all else above."""
_FORGOTTEN = 1_000


def notice_tasks(notices: Iterable[Notice], now: int) -> list[NewTask]:
    """The tasks that tell these notices; to be added in the transaction that adds the notices themselves.

    What is urgent stands before everything else on the list; notices of one contact stand together, so that a flood of
    them, worked batch by batch, still becomes few messages.
    """
    return [NewTask("notify", one.id, FIRST, _order(one), max(one.due_at, now)) for one in notices]


def _order(notice: Notice) -> int:
    place = int.from_bytes(hashlib.sha256(notice.contact.encode()).digest()[:3])
    return place if notice.urgent else URGENT_BELOW + place


def forgotten_notices(deps: Deps) -> list[NewTask]:
    """Tasks of notices that are due and stand on no list: the clock's net under whoever forgot :func:`notice_tasks`."""
    now = deps.now()
    return notice_tasks(deps.store.untold_notices(now, _FORGOTTEN), now)


def contacts_of(settings: Settings) -> Contacts:
    """The contacts of this installation, read again when a file changes; faults are logged once a change."""
    stamps = tuple(_stamp(settings.home / name) for name in ("contacts.yml", "offices.yml"))
    return _contacts(settings.home, stamps)


@lru_cache(maxsize=4)
def _contacts(home: Path, _stamps: tuple[tuple[int, int], ...]) -> Contacts:
    try:
        contacts, errors = load_contacts(home)
    except ConfigError as broken:  # the shipped file itself: administrators are told all the same
        log.error("%s", broken)
        return {}
    for error in errors:
        log.error("%s", error)
    return contacts


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return (0, 0)
    return (about.st_mtime_ns, about.st_size)

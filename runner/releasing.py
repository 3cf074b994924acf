"""The release from the runner's side: who is mailed what, sending by itself where a department wants it, reminders."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace

from alerts import digest_words as words
from alerts.digest_days import DAILY, WEEKLY
from alerts.formats import iso_day_words
from alerts.release import Audience, audience, release
from alerts.release_edit import Hand
from config.presets import load_presets
from runner.deps import Deps
from runner.digests import export
from runner.duty import contacts_now
from runner.escalating import put_notices
from store.errors import InputError
from store.model import Digest
from store.model_notice import Notice, NoticeKind
from store.model_release import DigestRelease

log = logging.getLogger("haidang.digest")

OFFICER, DEPUTY = "role:bao_chi", "role:pho_van_phong"
PAGE = "/phat-hanh?ngay={day}"


def readers_of(deps: Deps) -> Audience:
    """Addresses by preset, as the files and the roster say now; nobody where this run writes to nobody."""
    if not deps.deliver:
        return Audience()
    contacts = contacts_now(deps, deps.now())
    readers, errors = load_presets(contacts, deps.settings.home)
    for error in errors:
        log.error("%s", error)
    return audience(deps.settings, contacts, readers)


def release_now(deps: Deps, day: dt.date, by: str, kind: str = DAILY, seen: int | None = None) -> DigestRelease:
    """Release the digest of a day in a person's name, and write its files. Raises :class:`InputError`."""
    digest = deps.store.digest(Digest.make_id(kind, day.isoformat()))
    if digest is None:
        raise InputError(words.NOT_BUILT.format(day=day.isoformat()))
    to = readers_of(deps)
    if by == words.AUTOMATIC:  # the recipients of the settings had the whole digest when it was built
        had = {address.lower() for address in deps.settings.recipients}
        to = replace(to, leaders=tuple(a for a in to.leaders if a.lower() not in had))
    made = release(deps.store, deps.bodies, deps.settings, to, digest, Hand(by, deps.now(), seen))
    export(deps, digest.day, kind)
    return made


def act(deps: Deps, word: str, day: dt.date) -> str:
    """A task that builds nothing: sending by itself, or the reminder; what it came to, in words."""
    if word == "remind":
        return remind(deps, day)
    kind = WEEKLY if word.endswith(WEEKLY) else DAILY
    if deps.store.digest_release(Digest.make_id(kind, day.isoformat())) is not None:
        return "released before"
    made = release_now(deps, day, words.AUTOMATIC, kind)
    return f"released by itself, {len(made.editions)} editions"


def remind(deps: Deps, day: dt.date) -> str:
    """Tell the press officer and the deputy that leaders have nothing yet; nothing where it was released meanwhile."""
    digest = deps.store.digest(Digest.make_id(DAILY, day.isoformat()))
    if digest is not None and deps.store.digest_release(digest.id) is not None:
        return "released in time"
    now, told = deps.now(), iso_day_words(day.isoformat())
    subject = (words.REMIND if digest else words.REMIND_NOT_BUILT).format(day=told)
    lines = words.REMIND_LINES if digest else words.REMIND_NOT_BUILT_LINES
    said = tuple(line.format(at=deps.settings.digest_release_by, iso=day.isoformat()) for line in lines)
    path = PAGE.format(day=day.isoformat())
    notices = [
        Notice(
            Notice.make_id(NoticeKind.REMINDER, "", contact, f"digest:{day.isoformat()}"), NoticeKind.REMINDER, "",
            contact, False, subject, said, now, now, path=path,
        )
        for contact in (OFFICER, DEPUTY)
    ]  # fmt: skip
    return f"reminded {put_notices(deps, notices, now)}"

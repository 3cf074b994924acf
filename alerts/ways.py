"""Whom a notice reaches, and in which order their addresses are tried. Pure functions over contacts and rows.

A contact without an address leads to who stands in, to the office that holds the role, and at last to Văn phòng: some
person hears of it, or the finding is visible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.contacts import CHANNELS, Address, Contact, Contacts, way
from config.settings import Settings
from store.model_notice import Notice, NoticeKind, Reach

DEFAULT_ROLES = ("role:van_phong", "role:chanh_van_phong", "office:sgddt_vp")
"""Who hears what finds nobody else: the role if the department made it, else Văn phòng Sở as it is shipped."""
SHARED = frozenset({"email", "sms", "zalo"})
"""Channels behind one server or gateway of ours: where it is down, no address behind it can be reached."""
Recipient = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """One address of one contact, ``to`` in its one spelling."""

    contact: str
    channel: str
    to: str
    quiet: tuple[str, str] | None = None

    @property
    def recipient(self) -> Recipient:
        """Who hears it."""
        return (self.channel, self.to)


def spelling(address: Address) -> str:
    """One spelling an address: the same mailbox or telephone is the same recipient."""
    if address.channel == "email":
        return address.to.strip().lower()
    if address.channel == "sms" and address.to.startswith("0"):
        return "+84" + address.to[1:]
    return address.to.strip()


def ways_of(contact: Contact) -> list[Way]:
    """Every address of a contact in its own order, each once."""
    found = [Way(contact.key, a.channel, spelling(a), contact.quiet) for a in contact.addresses]
    return list({one.recipient: one for one in reversed(found)}.values())[::-1]


def set_up(settings: Settings) -> frozenset[str]:
    """Channels that this installation can use; an address by another one is as good as none until it is set up.

    E-mail always counts: where no server is named, that is a fault to be seen, not a choice.
    """
    found = {
        "sms": settings.sms_url, "zalo": settings.zalo_token_file, "webhook": settings.webhook_secrets_file,
        "apprise": settings.apprise_urls_file,
    }  # fmt: skip
    return frozenset({"email", *(channel for channel, given in found.items() if given)})


def people(
    contacts: Contacts, notice: Notice, administrators: Sequence[str] = (), channels: Collection[str] = CHANNELS
) -> Iterator[list[Way]]:
    """The addresses of each contact on the way, nearest first; those who must not hear of it are left out.

    A person who stands for two contacts has one address: what is kept from one contact is kept from that address.
    ``channels``: those that are set up.
    """
    without = frozenset(notice.without)
    barred = {one.recipient for key in without if key in contacts for one in ways_of(contacts[key])}
    keys = list(way(contacts, notice.contact, without))
    keys += [k for start in DEFAULT_ROLES for k in way(contacts, start, without) if k not in keys]
    for key in dict.fromkeys(keys):
        ways = [one for one in ways_of(contacts[key]) if one.channel in channels]
        if found := [one for one in ways if one.recipient not in barred]:
            yield found
    last = [Way("", "email", spelling(Address("email", _bare(mail)))) for mail in administrators]
    if last := [one for one in last if one.recipient not in barred]:
        yield last


def _bare(written: str) -> str:
    return written.rpartition("<")[2].rstrip("> ") if "<" in written else written


def choose(
    people_: Sequence[list[Way]],
    notice: Notice,
    reaches: Mapping[Recipient, Reach],
    tried: Collection[Recipient] = (),
    *,
    waiting: bool = False,
) -> list[Way]:
    """The addresses to tell now.

    Urgent: every address of the nearest contact that has one left; of the next one too while none of them works.
    Test of a route: every address of the nearest contact. Other matters: the first address that works; where none
    does, the first of each channel. ``waiting``: something is under way already.
    """
    left = [[one for one in ways if one.recipient not in tried] for ways in people_]
    left = [ways for ways in left if ways]
    if notice.kind == NoticeKind.ROUTE_TEST:
        return [] if tried else (left[0] if left else [])
    working = [[one for one in ways if works(one.recipient, reaches)] for ways in left]
    if notice.urgent:
        chosen: list[Way] = []
        for ways, good in zip(left, working, strict=True):
            chosen += ways if not waiting else good
            if good:
                return chosen
        return chosen
    first = next((good[0] for good in working if good), None)
    if first is not None:
        return [first]
    return _of_each_channel(left, tried) or ([left[0][0]] if left and not waiting else [])


def _of_each_channel(left: Sequence[list[Way]], tried: Collection[Recipient]) -> list[Way]:
    """The first address of each channel that was not tried: nobody knows which of them comes back first."""
    known = {channel for channel, _ in tried}
    found: dict[str, Way] = {}
    for one in (one for ways in left for one in ways if one.channel not in known):
        found.setdefault(one.channel, one)
    return list(found.values())


def works(recipient: Recipient, reaches: Mapping[Recipient, Reach]) -> bool:
    """Neither the address nor its channel failed when it was tried last."""
    one = reaches.get(recipient)
    shared = reaches.get((recipient[0], "")) if recipient[0] in SHARED else None
    return all(row is None or row.since is None for row in (one, shared))

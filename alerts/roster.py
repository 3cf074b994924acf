"""Who is on duty at a moment, who stands in for whom, whether a storm is declared, and where the list has holes. Pure.

The list gives people to roles: :func:`on_duty` lays their telephones and mails over the contacts, so that whoever sends
a notice to ``role:truc`` reaches who is on duty *then*. What the list does not say stays as contacts.yml has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from config.contacts import Address, Contact, Contacts
from lang.text import nfc
from store.ids import public_id
from store.model_roster import DutyShift, Leave, Storm
from store.people import same_person

TRUC, DEPUTY, LEADER = "role:truc", "role:pho_van_phong", "role:lanh_dao_truc"
DUTY = "duty:"
"""Begins the key of one person of the list, for trying their telephone and mail before their shift."""
MOST_HOPS = 5  # of who stands in for who stands in


@dataclass(frozen=True, slots=True)
class Person:
    """One name with how it is reached."""

    name: str
    tel: str = ""
    email: str = ""

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Mail first, then the telephone; urgent matters take both."""
        mail = (Address("email", self.email),) if self.email else ()
        return mail + ((Address("sms", self.tel),) if self.tel else ())

    @property
    def key(self) -> str:
        """As a contact of its own."""
        return DUTY + public_id("per", self.name, self.tel, self.email)


@dataclass(frozen=True, slots=True)
class Roster:
    """What is known of duty around now: shifts in force, standing leaves, storms."""

    shifts: Sequence[DutyShift] = ()
    leaves: Sequence[Leave] = ()
    storms: Sequence[Storm] = ()

    def storm(self, at: int) -> Storm | None:
        """The storm in force then; of several the one declared last."""
        return max((s for s in self.storms if s.holds(at)), key=lambda s: (s.at, s.id), default=None)

    def at(self, at: int) -> list[DutyShift]:
        """Shifts that run then; two where they overlap: both are told."""
        return [s for s in self.shifts if s.starts_at <= at < s.ends_at]

    def people(self, role: str, at: int) -> list[Person]:
        """Who holds the role then, after leaves; [] where the list says nothing."""
        found = [_of(shift, role) for shift in self.at(at)]
        return _once(self._stands_in(p, at) for p in found if p.name)

    def away(self, who: str, at: int) -> Leave | None:
        """The leave of a person (or of a contact's key) then; of several the one written last."""
        found = (x for x in self.leaves if x.starts_at <= at < x.ends_at and _same(x.who, who))
        return max(found, key=lambda x: (x.at, x.id), default=None)

    def _stands_in(self, person: Person, at: int) -> Person:
        seen = [person]
        while (leave := self.away(seen[-1].name, at)) is not None and len(seen) <= MOST_HOPS:
            other = self.known(Person(nfc(leave.substitute), leave.tel, leave.email))
            if any(_same(p.name, other.name) for p in seen):
                break  # they stand in for one another: the last one named is told
            seen.append(other)
        return seen[-1]

    def known(self, person: Person) -> Person:
        """With telephone and mail from the list, where the leave names none."""
        if person.tel or person.email:
            return person
        of = (_of(s, role) for s in self.shifts for role in (TRUC, DEPUTY, LEADER))
        return next((p for p in of if _same(p.name, person.name) and p.addresses), person)


def on_duty(contacts: Contacts, roster: Roster, at: int) -> Contacts:
    """The contacts as they are at that moment: roles with who is on duty, those on leave with who stands in."""
    found = dict(contacts)
    for role in (TRUC, DEPUTY, LEADER):
        people = roster.people(role, at)
        if people and role in found:
            found[role] = _held(found[role], people)
    for key, contact in contacts.items():
        leave = roster.away(key, at)
        if leave is None:
            continue
        stand_in = found.get(leave.substitute)
        if stand_in is not None and stand_in.key != key:
            found[key] = replace(contact, addresses=stand_in.addresses, substitute="", quiet=stand_in.quiet)
        elif stand_in is None:
            person = roster.known(Person(nfc(leave.substitute), leave.tel, leave.email))
            found[key] = _held(replace(contact, addresses=(), substitute=""), [person])
    for person in everybody(roster.shifts):
        found[person.key] = Contact(person.key, person.name, person.addresses, commanded=True)
    return found


def everybody(shifts: Iterable[DutyShift]) -> list[Person]:
    """Every person of these shifts who has an address, each once, in their order."""
    of = (_of(shift, role) for shift in shifts for role in (TRUC, DEPUTY, LEADER))
    return _once(p for p in of if p.name and p.addresses)


def unreachable(contacts: Contacts, shifts: Iterable[DutyShift]) -> list[tuple[DutyShift, str, str]]:
    """(shift, role, name) of people on the list whom nothing reaches: no telephone, no mail, none for their role."""
    found: dict[tuple[str, str], tuple[DutyShift, str, str]] = {}
    for shift in shifts:
        for role in (TRUC, DEPUTY, LEADER):
            person = _of(shift, role)
            if person.name and not person.addresses and not (role in contacts and contacts[role].addresses):
                found.setdefault((role, person.name), (shift, role, person.name))
    return list(found.values())


# ── holes and overlaps ──────────────────────────────────────────────────────────────────────────────


def gaps(shifts: Iterable[DutyShift], begins: int, ends: int, least: int = 60_000) -> list[tuple[int, int]]:
    """Stretches of [begins, ends) in which nobody is on duty, of at least ``least`` ms."""
    found: list[tuple[int, int]] = []
    at = begins
    for shift in sorted(shifts, key=lambda s: (s.starts_at, s.ends_at)):
        if shift.starts_at - at >= least and at < ends:
            found.append((at, min(shift.starts_at, ends)))
        at = max(at, shift.ends_at)
    if ends - at >= least:
        found.append((at, ends))
    return found


def outside(gap: tuple[int, int], closed: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a gap that lie in ``closed`` stretches (when the office does not work)."""
    for begins, ends in closed:
        a, b = max(begins, gap[0]), min(ends, gap[1])
        if a < b:
            yield a, b


def overlaps(shifts: Iterable[DutyShift]) -> list[tuple[DutyShift, DutyShift]]:
    """Neighbouring shifts that run at the same time."""
    found, last = [], None
    for shift in sorted(shifts, key=lambda s: (s.starts_at, s.ends_at, s.number)):
        if last is not None and shift.starts_at < last.ends_at:
            found.append((last, shift))
        last = shift if last is None or shift.ends_at >= last.ends_at else last
    return found


def _of(shift: DutyShift, role: str) -> Person:
    if role == TRUC:
        return Person(nfc(shift.on_duty), shift.tel, shift.email)
    if role == DEPUTY:
        return Person(nfc(shift.deputy), shift.deputy_tel, shift.deputy_email)
    return Person(nfc(shift.leader), shift.leader_tel, shift.leader_email)


def _held(contact: Contact, people: Sequence[Person]) -> Contact:
    """The role with these people: their own addresses, else those that the role has."""
    addresses = tuple(dict.fromkeys(a for p in people for a in p.addresses))
    name = f"{contact.name}: {', '.join(p.name for p in people)}"
    return replace(contact, name=name, addresses=addresses or contact.addresses)


def _same(one: str, other: str) -> bool:
    if ":" in one or ":" in other:
        return one == other
    return same_person(one, other)


def _once(people: Iterable[Person]) -> list[Person]:
    found: Mapping[Person, None] = dict.fromkeys(people)
    return list(found)

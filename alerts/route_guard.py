"""What no rule can change: who may not hear of a complaint before it is released, and who may not judge.

Two promises (promise 2 and the issue's): nothing that carries a complaint reaches the school, commune or person accused
before Văn phòng Sở releases it; nobody judges a claim about their own office. Keys are those of `config.contacts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.contacts import Contacts, of_department, school_key
from config.offices import Offices, current

_OFFICE, _COMMUNE, _SCHOOL, _ROLE = "office:", "commune:", "school:", "role:"
_EACH = {"commune": _COMMUNE, "district": _COMMUNE, "school": _SCHOOL}


@dataclass(frozen=True, slots=True)
class World:
    """What a route is worked out in: who is under whom, who is reached how, who leads what."""

    offices: Offices
    contacts: Contacts
    heads: Mapping[str, str]

    def name(self, key: str) -> str:
        """As people read it."""
        if key in self.contacts:
            return self.contacts[key].name
        kind, _, id_ = key.partition(":")
        if kind == "school":
            return id_.partition("@")[0]
        return self.offices[id_].name if kind == "office" and id_ in self.offices else key

    def now(self, key: str) -> str:
        """The key of the office that does this one's work today; itself for what is no office."""
        kind, _, id_ = key.partition(":")
        return f"{_OFFICE}{current(self.offices, id_)}" if kind == "office" and id_ in self.offices else key

    def inside(self, key: str) -> bool:
        """Is it of the department itself? A role is where its holder is."""
        if key.startswith(_ROLE):
            holder = self.contacts[key].holder if key in self.contacts else ""
            return not holder or self.inside(self.now(holder))
        id_ = key.removeprefix(_OFFICE)
        return key.startswith(_OFFICE) and id_ in self.offices and of_department(self.offices, id_)

    def over(self, key: str, place: str = "") -> Iterator[str]:
        """Keys of those it answers to, from itself up."""
        yield key
        if key.startswith(_ROLE):
            if key in self.contacts and (holder := self.contacts[key].holder):
                yield from self.over(self.now(holder), place)
        elif key.startswith(_SCHOOL):
            code = key.partition("@")[2] or place
            yield from self.over(f"{_COMMUNE}{code}") if code else ()
            yield from self.over(f"{_OFFICE}cosogd")
        elif key.startswith(_COMMUNE):
            yield from self.over(f"{_OFFICE}ubndxa")
        else:
            at = key.removeprefix(_OFFICE)
            while at in self.offices and (at := self.offices[at].under):
                yield f"{_OFFICE}{at}"


def accused(world: World, about: tuple[str, ...], place: str, school: str) -> frozenset[str]:
    """Every key that stands for one of ``about``: the office of today, what it leads, the roles that it holds. Of "the
    commune" without a place, and "the school" without a name, all are meant."""
    found: set[str] = set()
    for key in about:
        found |= set(_meant(world, key, place, school))
    found |= {f"{_OFFICE}{led}" for head, led in world.heads.items() if f"{_OFFICE}{head}" in found}
    found |= {k for k, c in world.contacts.items() if c.holder and world.now(c.holder) in found}
    return frozenset(found)


def sharing(world: World, keys: frozenset[str]) -> frozenset[str]:
    """``keys`` and whoever has an address of one of them: a shared mailbox is read by the accused too."""
    ways = {a for k in keys if k in world.contacts for a in world.contacts[k].addresses}
    return keys | {k for k, c in world.contacts.items() if ways.intersection(c.addresses)} if ways else keys


def _meant(world: World, key: str, place: str, school: str) -> Iterator[str]:
    yield key
    kind, _, id_ = key.partition(":")
    if kind == "school":
        yield from _schools(world, id_.partition("@")[0])
    elif kind == "commune":
        yield from _shared(world, "commune")
    elif kind == "role" and key in world.contacts and (holder := world.contacts[key].holder):
        yield from _meant(world, world.now(holder), place, school)
    elif kind == "office" and id_ in world.offices:
        now = world.now(key)
        yield now
        each = _EACH.get(world.offices[now.removeprefix(_OFFICE)].each, "")
        if each == _COMMUNE:
            yield from _shared(world, "commune")
            yield from [_COMMUNE + place] if place else [k for k in world.contacts if k.startswith(_COMMUNE)]
        elif each == _SCHOOL:
            named = school_key(school).removeprefix(_SCHOOL) if school else ""
            yield from _schools(world, named) if named else [k for k in world.contacts if k.startswith(_SCHOOL)]


def _schools(world: World, name: str) -> Iterator[str]:
    """All that may be this school: two of one name cannot be told apart by a text."""
    yield _SCHOOL + name
    yield from (k for k in world.contacts if k.startswith(_SCHOOL) and k.partition("@")[0] == _SCHOOL + name)
    yield from _shared(world, "school")


def _shared(world: World, each: str) -> Iterator[str]:
    """Contacts that stand for all communes, or all schools, at once."""
    yield from (_OFFICE + id_ for id_, office in world.offices.items() if office.each == each)


def under_accused(world: World, key: str, accused_: frozenset[str], place: str) -> str:
    """The accused that ``key`` is, or answers to; "" where it stands apart.

    That every commune's office is meant by "a commune" accuses no other commune.
    """
    for at in world.over(key, place):
        if at in accused_ and (at == key or not _shared_form(world, at)):
            return at
    return ""


def _shared_form(world: World, key: str) -> bool:
    id_ = key.removeprefix(_OFFICE)
    return key.startswith(_OFFICE) and id_ in world.offices and world.offices[id_].each in ("commune", "school")


def outside(world: World) -> frozenset[str]:
    """Every contact that is not of the department."""
    return frozenset(k for k in world.contacts if not world.inside(k))


__all__ = ["World", "accused", "outside", "sharing", "under_accused"]

"""Who is reached how: offices, communes, schools and roles with their addresses, from ``contacts.yml``.

A contact's key says what it is: ``office:<id of offices.yml>`` · ``commune:<code of the gazetteer>`` ·
``school:<name>`` (see :func:`school_key`) · ``role:<id>``. Every active office and each of the 114 units has a contact,
also where no file names it: one without an address is a visible finding, never a gap in a list.

``contacts.yml`` in the data folder (``HAIDANG_HOME``) replaces what it names, contact by contact. A faulty contact is
left out alone (the shipped one stays) and its errors are returned: one typing mistake must not silence the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.gazetteer import key as folded
from config.gazetteer import load_gazetteer
from config.offices import Offices, load_offices
from config.settings import SHIPPED
from config.strict import build, compose, line_of
from lang.text import nfc
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/contacts.yml"
DEPARTMENT = "sgddt"  # the office whose divisions we command
MOST_CONTACTS = 3_000

Channel = Literal["email", "sms", "zalo", "webhook", "apprise"]
CHANNELS: tuple[str, ...] = get_args(Channel)

_NAMED = re.compile(r"(office|role):([a-z][a-z0-9_]{1,40})|(commune):(\d{5})|(school):(\S.{1,118}\S)")
_CODE = re.compile(r"@(\d{5})$")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,62}"
_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "email": (re.compile(rf"[A-Za-z0-9._%+-]{{1,64}}@{_HOST}"), "an address like vanphong@haiphong.example"),
    "sms": (re.compile(r"\+\d{8,15}|0\d{8,10}"), "a telephone number of digits, like 0912345678 or +84912345678"),
    "zalo": (re.compile(r"\d{6,25}"), "the follower's number at the official account: digits, in quotes"),
    "webhook": (re.compile(r"https?://[^\s/@]{1,255}(?:/\S{0,500})?"), "an address that begins with https://"),
    "apprise": (re.compile(r"[a-z][a-z0-9+]{1,20}://\S{1,500}"), "an address of apprise, like ntfy://host/topic"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """One way to reach a contact. ``channel``: email · sms · zalo · webhook · apprise; ``to``: checked by its form."""

    channel: str
    to: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a notice is for. ``addresses`` in the order in which they are tried.

    ``substitute``: key of who stands in when this one cannot be reached. ``quiet``: local (from, to) "HH:MM" in which
    only what is urgent is sent; may pass midnight. ``commanded``: False for bodies that the department does not command
    (their reminder is a drafted công văn). ``holder``: of a role, the key of the office that holds it.
    """

    key: str
    name: str
    addresses: tuple[Address, ...] = ()
    substitute: str = ""
    quiet: tuple[str, str] | None = None
    commanded: bool = False
    holder: str = ""


Contacts = Mapping[str, Contact]


def school_key(name: str, commune: str = "") -> str:
    """The key of one school: its name in lower case without "trường"; ``commune`` tells two of one name apart."""
    bare = re.sub(r"\s+", " ", folded(name)).strip(" .,")
    bare = bare.removeprefix("trường ").strip()
    return f"school:{bare}@{commune}" if commune else f"school:{bare}"


def way(contacts: Contacts, key: str, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Keys to try for ``key``: itself, who stands in, last the office that holds the role. Never one of ``without``.

    A substitute of one who must not know (``without``) is still tried: only the office itself is left out.
    """
    found: list[str] = []
    waiting = [key]
    while waiting:
        at = waiting.pop(0)
        if at in found or at not in contacts:
            continue
        found.append(at)
        named = contacts[at]
        waiting = [*filter(None, (named.substitute,)), *waiting, *filter(None, (named.holder,))]
    return tuple(k for k in found if k not in without)


def reach(contacts: Contacts, key: str, without: frozenset[str] = frozenset()) -> Contact | None:
    """The first contact on the :func:`way` with an address, or None: nobody can be told."""
    return next((contacts[k] for k in way(contacts, key, without) if contacts[k].addresses), None)


def load_contacts(home: Path | None = None) -> tuple[Contacts, list[ConfigError]]:
    """Every contact by key, and what is wrong with the own file. Raises :class:`ConfigError` for a damaged shipped one.

    Own contacts whose substitutes or holders lead in a circle are left out, each with an error.
    """
    offices, _ = load_offices(home)  # their own faults are told where offices are read
    known = dict(_known(offices))
    shipped, errors = _read(SHIPPED / "contacts.yml", known, offices)
    if errors:
        raise errors[0]
    own = home / "contacts.yml" if home else None
    if own is None or not own.is_file():
        return shipped, []
    return _read(own, shipped, offices)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
To = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=600)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text | None = Field(None, description="the name that people read")
    addresses: Annotated[tuple[dict[Channel, To], ...], Field(max_length=10)] = Field(
        (), description=f"a list of lines `- channel: address`; channels: {', '.join(CHANNELS)}"
    )
    substitute: str = Field("", max_length=130, description="the key of who stands in, like role:chanh_van_phong")
    holder: str = Field("", max_length=130, description="of a role: the office that holds it, like office:sgddt_vp")
    quiet: Annotated[tuple[str, ...], Field(max_length=2)] = Field(
        (), description='two times of day in quotes, like ["22:00", "06:00"]'
    )
    commanded: bool | None = Field(None, description="true where the department commands it, else false")


def _known(offices: Offices) -> Iterator[tuple[str, Contact]]:
    for id_, office in offices.items():
        if office.status == "active":
            key = f"office:{id_}"
            yield key, Contact(key, office.name, commanded=of_department(offices, id_))
    for code, name in load_gazetteer().names.items():
        key = f"commune:{code}"
        yield key, Contact(key, f"UBND {name[:1].lower()}{name[1:]}")


def of_department(offices: Offices, id_: str) -> bool:
    """Is it a division of the department (or itself)? Schools are not: most answer to their commune."""
    at = id_
    while at in offices and at != DEPARTMENT:
        at = offices[at].under
    return at == DEPARTMENT and offices[id_].level in ("department", "division")


def _read(path: Path, before: Contacts, offices: Offices) -> tuple[Contacts, list[ConfigError]]:
    try:
        lines = _lines(path, compose(path))
    except ConfigError as bad:
        return before, [bad]
    errors: list[ConfigError] = []
    found: dict[str, Contact] = {}
    at: dict[str, int] = {}
    for written, node, line in lines:
        here = f"{path}:{line}"
        key = _canonical(written)
        if key in at:
            errors.append(ConfigError(here, f"`{written}` stands there twice", "keep one of the two lines"))
        elif wrong := _unknown(key, before, offices):
            errors.append(ConfigError(here, *wrong))
        else:
            at[key] = line
            contact, faults = _contact(path, key, node, before.get(key), line)
            errors += faults
            if contact is not None:
                found[key] = contact
    return _joined(path, before, found, at, errors)


def _lines(path: Path, root: yaml.MappingNode) -> list[tuple[str, yaml.Node, int]]:
    """(key as written, node, line) of each contact. Raises where the frame of the file is wrong."""
    for name, _ in root.value:
        if name.value != "contacts":
            raise ConfigError(f"{path}:{name.start_mark.line + 1}", f"unknown key `{name.value}`", GUIDE)
    node = root.value[0][1] if root.value else None
    if len(root.value) != 1 or not isinstance(node, yaml.MappingNode):
        raise ConfigError(f"{path}:1", "expected one key `contacts` with a contact a line", GUIDE)
    if len(node.value) > MOST_CONTACTS:
        raise ConfigError(f"{path}:1", f"more than {MOST_CONTACTS} contacts", "take out those that are not needed")
    return [(str(key.value), value, key.start_mark.line + 1) for key, value in node.value]


def _canonical(written: str) -> str:
    key = unicodedata.normalize("NFC", written).strip()
    if not key.startswith("school:"):
        return key
    name, code = key.removeprefix("school:"), _CODE.search(key)
    return school_key(_CODE.sub("", name), code[1] if code else "")


def _unknown(key: str, before: Contacts, offices: Offices) -> tuple[str, str] | None:
    """(what, fix) where the key names nobody."""
    if key in before:
        return None
    found = _NAMED.fullmatch(key)
    if found is None:
        return f"{key!r} is no key of a contact", "write office:…, commune:…, school:… or role:…"
    if found[1] == "office":
        return _gone(key, offices, found[2])
    code = found[4] or ((at := _CODE.search(key)) and at[1])
    if code and f"commune:{code}" not in before:
        return f"no unit has the code {code}", "use a code of config/gazetteer/hp_units_new_2025.csv"
    return None


def _gone(key: str, offices: Offices, id_: str) -> tuple[str, str]:
    if (office := offices.get(id_)) is None:
        return f"no office is called {id_!r}", "use an id of offices.yml, or add the office there"
    now = f"office:{office.now}" if office.now else "the office that does its work now"
    return f"`{key}` no longer does this work ({office.status})", f"give the address to {now}"


def _contact(
    path: Path, key: str, node: yaml.Node, before: Contact | None, line: int
) -> tuple[Contact | None, list[ConfigError]]:
    if not isinstance(node, yaml.MappingNode):
        return None, [ConfigError(f"{path}:{line}", f"`{key}` has no lines of its own", GUIDE)]
    entry, errors = build(path, node, _Entry, {}, GUIDE)
    if entry is None:
        return None, [ConfigError(e.where, f"`{key}`: {_unsaid(e.what)}", e.fix) for e in errors]
    name = entry.name or (before.name if before else "")
    if not name:
        errors.append(ConfigError(f"{path}:{line}", f"`{key}` has no name", "add a line `name:`"))
    if entry.holder and not key.startswith("role:"):
        place = f"{path}:{line_of(node, ('holder',))}"
        errors.append(ConfigError(place, f"`{key}` is no role and has a holder", "leave `holder` out"))
    if entry.quiet and (len(entry.quiet) != 2 or not all(map(_TIME.fullmatch, entry.quiet))
                        or entry.quiet[0] == entry.quiet[1]):  # fmt: skip
        place = f"{path}:{line_of(node, ('quiet',))}"
        errors.append(ConfigError(place, f"`{key}`: `quiet` is not two different times", 'write ["22:00", "06:00"]'))
    addresses, faults = _addresses(path, key, node, entry)
    errors += faults
    if errors:
        return None, errors
    commanded = entry.commanded
    if commanded is None:
        commanded = before.commanded if before else key.startswith("role:")
    quiet = (entry.quiet[0], entry.quiet[1]) if entry.quiet else None
    holder = entry.holder or (before.holder if before else "")
    return Contact(key, nfc(name), addresses, _canonical(entry.substitute), quiet, commanded, _canonical(holder)), []


def _unsaid(what: str) -> str:
    """A fault without the value: an address may carry a key of its own, and errors are read by many."""
    return re.sub(r" is .*?(?=: [A-Z])", " cannot be used", what, flags=re.DOTALL)


def _addresses(path: Path, key: str, node: yaml.Node, entry: _Entry) -> tuple[tuple[Address, ...], list[ConfigError]]:
    errors, found = [], []
    for number, one in enumerate(entry.addresses):
        place = f"{path}:{line_of(node, ('addresses', number))}"
        if len(one) != 1:
            errors.append(ConfigError(place, f"`{key}`: {len(one)} addresses on one line", "one address a line"))
            continue
        channel, to = next(iter(one.items()))
        pattern, form = _FORMS[channel]
        address = Address(channel, to)
        if not pattern.fullmatch(to) or ".." in to.partition("@")[0]:
            errors.append(ConfigError(place, f"`{key}`: this is no address for {channel}", f"give {form}"))
        elif address in found:
            errors.append(ConfigError(place, f"`{key}`: the same {channel} twice", "keep one of the two lines"))
        found.append(address)
    return tuple(found), errors


def _joined(
    path: Path, before: Contacts, found: dict[str, Contact], at: Mapping[str, int], errors: list[ConfigError]
) -> tuple[Contacts, list[ConfigError]]:
    """``found`` over ``before``, less what leads nowhere or in a circle: until nothing more has to be left out."""
    while True:
        both = {**before, **found}
        wrong = [(k, fault) for k in found if (fault := _leads_wrong(both, k))]
        if not wrong:
            return both, errors
        for key, fault in wrong:
            errors.append(ConfigError(f"{path}:{at[key]}", *fault))
            del found[key]


def _leads_wrong(contacts: Contacts, key: str) -> tuple[str, str] | None:
    contact = contacts[key]
    for field, named in (("substitute", contact.substitute), ("holder", contact.holder)):
        if named and named not in contacts:
            return f"`{field}` of `{key}` names no contact: {named!r}", "give the key of a contact"
        if field == "holder" and named and not named.startswith("office:"):
            return f"`holder` of `{key}` is no office: {named!r}", "give an office, like office:sgddt_vp"
    if _circles(contacts, key):
        return f"substitutes of `{key}` lead back to itself", "name another contact"
    return None


def _circles(contacts: Contacts, key: str) -> bool:
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        here = contacts[waiting.pop()]
        for named in (here.substitute, here.holder):
            if named == key:
                return True
            if named in contacts and named not in seen:
                seen.add(named)
                waiting.append(named)
    return False


def without_address(contacts: Contacts) -> tuple[str, ...]:
    """Keys of contacts that no address leads to, in order: what a check shows."""
    return tuple(key for key in contacts if reach(contacts, key) is None)

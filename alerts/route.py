"""Which office has a case, who is told, who may judge: a pure function with its reasons (D04–D17, D73–D75).

The rules (`config.routing`) say where something belongs; `alerts.route_guard` then takes away what is not safe, and no
rule can give it back. Tone is not known here. That a text is critical only holds it back: it never makes a suspect.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from alerts import route_words as words
from alerts.route_guard import World, accused, outside, sharing, under_accused
from alerts.route_owner import Finder, Picked
from config.contacts import Contacts, reach, school_key
from config.offices import Offices
from config.routing import Rules
from store.model_case import COMPLAINTS, CaseKind, Severity


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be routed.

    ``place``: unit code; ``themes``: ids, the chief one first; ``level``, ``body``: as `alerts.route_level` says;
    ``school``: its name as written; ``about``: contacts' keys of whom the text speaks (its conduct, not whom it cites);
    ``critical``: it carries criticism; ``source``: local · national · foreign · official · social · person.
    """

    kind: CaseKind
    place: str = ""
    themes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    level: str = ""
    body: str = ""
    school: str = ""
    about: tuple[str, ...] = ()
    critical: bool = False
    severity: Severity = Severity.NORMAL
    source: str = "local"

    @property
    def complaint(self) -> bool:
        """Does it carry a complaint, so that Văn phòng Sở must release it first?"""
        return self.critical or self.kind in COMPLAINTS


@dataclass(frozen=True, slots=True)
class Route:
    """Where it goes. All names are keys of contacts.

    ``copies``: told too. ``propose``: only by a document that a person sends. ``judge``: who alone may record a result
    (the owner, or a body above it; "" = somebody must be named). ``held``: waits for a release; ``masked``: complainant
    and pupils are masked in whatever goes. ``kept_from``: must not be told, also not as a substitute (pass it to
    `config.contacts.reach` as ``without``). ``unreachable``: owner and copies that no address leads to.
    """

    owner: str
    copies: tuple[str, ...]
    role: str
    level: str
    because: tuple[str, ...]
    held: bool
    information_only: bool
    propose: tuple[str, ...] = ()
    judge: str = ""
    masked: bool = False
    rule: str = ""
    passed_over: tuple[str, ...] = ()
    kept_from: frozenset[str] = frozenset()
    unreachable: tuple[str, ...] = ()

    @property
    def tell(self) -> str:
        """The key to tell as the owner: the role there, where one is named."""
        return self.role or self.owner


class Router:
    """Rules, offices and contacts laid ready; `__call__` is pure. Build one for many subjects."""

    def __init__(self, rules: Rules, offices: Offices, contacts: Contacts) -> None:
        self.rules = rules
        self.world = World(offices, contacts, rules.heads)
        self.finder = Finder(rules, self.world)
        self._outside = outside(self.world)
        self._top = tuple(dict.fromkeys((self.world.now(rules.default), *(f"office:{id_}" for id_ in rules.above))))

    def __call__(self, subject: Subject, released_by: str = "") -> Route:
        """Where ``subject`` goes. ``released_by``: the person of Văn phòng Sở who let a complaint go on, or ""."""
        return _Working(self, subject, " ".join(released_by.split())).route()

    @property
    def outside(self) -> frozenset[str]:
        """Contacts that are not of the department."""
        return self._outside

    @property
    def top(self) -> tuple[str, ...]:
        """The default owner and those above it."""
        return self._top


def route(subject: Subject, rules: Rules, offices: Offices, contacts: Contacts, released_by: str = "") -> Route:
    """One subject routed; see :class:`Router`."""
    return Router(rules, offices, contacts)(subject, released_by)


@dataclass(slots=True)
class _Working:
    """One subject on its way."""

    router: Router
    subject: Subject
    released_by: str
    because: list[str] = field(default_factory=list)

    def route(self) -> Route:
        s, world = self.subject, self.router.world
        held = s.complaint and not self.released_by
        about = s.about or ((school_key(s.school),) if s.school and s.complaint else ())
        blamed = accused(world, about, s.place, s.school)
        self.because += self._facts(about)
        picked = self.router.finder.find(s)
        preferred = picked.owner
        if held and (s.kind is not CaseKind.SUSPECT or not world.inside(preferred)):
            preferred = self.router.top[0]
        shifted: list[str] = []
        owner = self._owner(preferred, blamed, shifted)
        judge = self._judge(owner, blamed, shifted)
        kept = self._kept_from(held, blamed, owner)
        self.because += self._holding(held, owner, about)
        self.because += [*picked.because, *shifted] if preferred == picked.owner else self._later(picked, shifted)
        role = self._role(picked, owner, kept)
        copies = self._copies(picked, owner, held, blamed, kept)
        propose = () if held else tuple(k for k in picked.propose if k not in blamed and k != owner)
        if propose:
            self.because.append(words.PROPOSE.format(names=self._names(propose)))
        if picked.information_only:
            self.because.append(words.INFORMATION)
        if s.severity is Severity.URGENT:
            self.because.append(words.URGENT)
        nobody = tuple(k for k in (role or owner, *copies) if reach(world.contacts, k, kept) is None)
        self.because += [words.UNREACHABLE.format(office=world.name(k)) for k in nobody]
        return Route(owner, copies, role, s.level, tuple(self.because), held, picked.information_only, propose, judge,
                     s.complaint, picked.rule, picked.passed_over, kept, nobody)  # fmt: skip

    def _owner(self, preferred: str, blamed: frozenset[str], told: list[str]) -> str:
        """Never one of the accused; one that answers to them only where nobody of the department stands apart."""
        world, place = self.router.world, self.subject.place
        over = under_accused(world, preferred, blamed, place)
        if not over:
            return preferred
        told.append(self._why_not(preferred, over))
        inside = [k for k in self.router.top if world.inside(k) and k not in blamed]
        apart = [k for k in inside if not under_accused(world, k, blamed, place)]
        if not apart and preferred not in blamed and world.inside(preferred):
            return preferred  # it keeps the file; another judges
        others = [k for k in world.contacts if k.startswith("office:") and world.inside(k)]
        beyond = [k for k in (*others, *self.router.top) if k not in blamed]
        owner = next(iter((*apart, *inside, *beyond)), "")
        told.append(words.NEXT_UP.format(owner=world.name(owner)))
        return owner

    def _role(self, picked: Picked, owner: str, kept: frozenset[str]) -> str:
        """The role there, where it is really held there: a role elsewhere would carry the case to another office."""
        role = picked.role if owner == picked.owner else ""
        role = role or (self.router.rules.role if owner == self.router.top[0] else "")
        contact = self.router.world.contacts.get(role)
        if contact is None or role in kept:
            return ""
        holder = self.router.world.now(contact.holder) if contact.holder else owner
        return role if holder == owner else ""

    def _judge(self, owner: str, blamed: frozenset[str], told: list[str]) -> str:
        world = self.router.world
        for key in (owner, *self.router.top):
            if not under_accused(world, key, blamed, self.subject.place):
                if key != owner:
                    told.append(words.JUDGE_OUTSIDE.format(owner=world.name(owner), judge=world.name(key)))
                return key
        told.append(words.NO_JUDGE)
        return ""

    def _why_not(self, key: str, over: str) -> str:
        name = self.router.world.name
        if key == over:
            return words.OWN_OFFICE.format(office=name(key))
        return words.UNDER_IT.format(office=name(key), over=name(over))

    def _kept_from(self, held: bool, blamed: frozenset[str], owner: str) -> frozenset[str]:
        """The accused with whoever reads their mailbox, until a release; while it is held, everybody outside as well.

        What is no complaint does not reach them as a copy either: it is not theirs to judge.
        """
        if self.subject.complaint and not held:
            return frozenset()
        kept = sharing(self.router.world, blamed)
        return kept | (self.router.outside - {owner}) if held else kept

    def _copies(
        self, picked: Picked, owner: str, held: bool, blamed: frozenset[str], kept: frozenset[str]
    ) -> tuple[str, ...]:
        """Who is told too: by the rule, Văn phòng Sở where another has it (D75), and who was to have it but is the one
        spoken of (only once it is released, to explain)."""
        world, found = self.router.world, list(picked.copies)
        default = self.router.top[0]
        released = self.subject.complaint and not held
        if released and picked.owner in blamed:
            found.append(picked.owner)
        if owner != default and default not in blamed:
            found.append(default)
            self.because.append(words.COPY_FOLLOWS.format(office=world.name(default)))
        if held:
            self.because.append(words.NOBODY_TOLD)
        told = []
        for key in dict.fromkeys(found):
            if key == owner or key in kept:
                if key in blamed and not held:
                    self.because.append(words.COPY_KEPT.format(office=world.name(key)))
                continue
            if key in blamed:
                self.because.append(words.COPY_EXPLAINS.format(office=world.name(key)))
            told.append(key)
        if held:  # whoever is told inside beside the owner, is told after the release
            told = [k for k in told if k == default]
        if told:
            self.because.append(words.COPY.format(names=self._names(tuple(told))))
        return tuple(told)

    def _holding(self, held: bool, owner: str, about: tuple[str, ...]) -> list[str]:
        s, name = self.subject, self.router.world.name
        if s.complaint and not held:
            return [words.RELEASED.format(by=self.released_by), *([] if about else [words.ABOUT_NOBODY])]
        if not held:
            return []
        if s.kind in COMPLAINTS:
            return [words.HELD_KIND.format(kind=words.KINDS[s.kind], owner=name(owner))]
        return [words.HELD_CRITICAL.format(owner=name(owner))]

    def _later(self, picked: Picked, shifted: list[str]) -> list[str]:
        """Held: what the rules would say is said as what comes after the release."""
        after = words.AFTER_RELEASE.format(owner=self.router.world.name(picked.owner))
        return [*shifted, *picked.because, after]

    def _facts(self, about: tuple[str, ...]) -> list[str]:
        s, name = self.subject, self.router.world.name
        facts = words.FACTS.format(
            kind=words.KINDS[s.kind],
            place=name(f"commune:{s.place}") if s.place else words.UNKNOWN,
            themes=", ".join(self.router.rules.themes.get(t, t) for t in s.themes) or words.UNKNOWN,
            level=words.LEVELS.get(s.level, words.UNKNOWN),
            source=words.SOURCES.get(s.source, words.UNKNOWN),
            severity=words.SEVERITIES[s.severity],
        )
        return [facts, words.ABOUT.format(names=self._names(about))] if about else [facts]

    def _names(self, keys: tuple[str, ...]) -> str:
        return ", ".join(self.router.world.name(k) for k in keys)

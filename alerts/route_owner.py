"""The first rule that fits, and whom it names: places, schools, divisions and roles led to contacts' keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alerts import route_words as words
from alerts.route_guard import World
from config.contacts import school_key
from config.routing import KEYWORDS, Rule, Rules

if TYPE_CHECKING:
    from alerts.route import Subject


@dataclass(frozen=True, slots=True)
class Picked:
    """What the rules say, before anything is taken away for safety."""

    owner: str
    role: str
    copies: tuple[str, ...]
    propose: tuple[str, ...]
    information_only: bool
    rule: str
    because: tuple[str, ...]
    passed_over: tuple[str, ...]


@dataclass(slots=True)
class _Notes:
    because: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    propose: list[str] = field(default_factory=list)


class Finder:
    """Rules over a world; pure."""

    def __init__(self, rules: Rules, world: World) -> None:
        self._rules, self._world = rules, world

    def find(self, subject: Subject) -> Picked:
        """The rule that fits first and can name somebody; what the extras add."""
        notes = _Notes()
        id_, rule, owner = self._first(subject, notes)
        role = rule.role if rule else self._rules.role
        named = [*(rule.copies if rule else ())]
        proposed = [*(rule.propose if rule else ())]
        for extra_id, extra in self._rules.extras.items():
            if not why_not(extra, subject, any_theme=True):
                notes.because.append(words.RULE.format(name=extra.name, id=extra_id))
                named += extra.copies
                proposed += extra.propose
        copies = [k for who in named if (k := self._key(who, subject, notes))]
        propose = [k for who in proposed if (k := self._key(who, subject, notes))] + notes.propose
        return Picked(
            owner, role, tuple(dict.fromkeys(copies)), tuple(dict.fromkeys(propose)),
            rule.information_only if rule else False, id_, tuple(dict.fromkeys(notes.because)), tuple(notes.passed),
        )  # fmt: skip

    def _first(self, subject: Subject, notes: _Notes) -> tuple[str, Rule | None, str]:
        for id_, rule in self._rules.rules.items():
            if why := why_not(rule, subject):
                notes.passed.append(words.PASSED_OVER.format(name=rule.name, id=id_, why=words.WHY_NOT[why]))
                continue
            tried = _Notes()
            if owner := self._key(rule.owner, subject, tried):
                notes.because += [words.RULE.format(name=rule.name, id=id_), *tried.because]
                return id_, rule, owner
            notes.passed.append(words.PASSED_OVER.format(name=rule.name, id=id_, why=words.WHY_NOT["owner"]))
            notes.because += tried.because  # why it could not be carried out is a reason for what comes instead
            notes.propose += tried.propose
        default = self._world.now(self._rules.default)
        notes.because.append(words.RULE_DEFAULT.format(owner=self._world.name(default)))
        return "", None, default

    def _key(self, who: str, subject: Subject, notes: _Notes) -> str:
        """The contact that ``who`` means here, or "" with the reason."""
        if who in KEYWORDS:
            return self._keyword(who, subject, notes)
        if who.startswith("role:"):
            return self._role(who, notes)
        if who.startswith("office:"):
            return self._office(who, subject, notes)
        return who if who in self._world.contacts else ""

    def _keyword(self, who: str, subject: Subject, notes: _Notes) -> str:
        if who == "place":
            return self._place(subject, notes)
        if who == "school":
            return self._school(subject, notes)
        if who == "division":
            return self._division(subject, notes)
        return self._theme(subject, notes)

    def _division(self, subject: Subject, notes: _Notes) -> str:
        if id_ := self._rules.divisions.get(subject.level):
            return self._office(f"office:{id_}", subject, notes)
        notes.because += [words.NO_DIVISION] if subject.level in ("thpt", "lien_cap", "gdtx") else []
        return ""

    def _theme(self, subject: Subject, notes: _Notes) -> str:
        """Who usually answers the chief theme; a body outside of the department only as a proposal."""
        owner = self._rules.owners.get(subject.themes[0]) if subject.themes else None
        if not owner or owner not in self._world.offices:
            return ""
        key = self._office(f"office:{owner}", subject, notes)
        if key.startswith("office:") and not self._world.inside(key):
            notes.because.append(words.THEME_OUTSIDE.format(office=self._world.name(key)))
            notes.propose.append(key)
            return ""
        return key

    def _role(self, who: str, notes: _Notes) -> str:
        contact = self._world.contacts.get(who)
        if contact is None:
            return ""
        if not contact.holder:
            notes.because.append(words.NO_HOLDER.format(role=contact.name))
            return who
        owner = self._world.now(contact.holder)
        notes.because.append(words.HOLDER.format(role=contact.name, owner=self._world.name(owner)))
        return owner

    def _office(self, who: str, subject: Subject, notes: _Notes) -> str:
        """The office of today; of one that each commune or school has, the one meant here."""
        offices, now = self._world.offices, self._world.now(who)
        office = offices.get(now.removeprefix("office:"))
        if office is None:
            return ""
        if office.status != "active":
            notes.because.append(words.NOW_NOBODY.format(old=office.name))
            return ""
        if now != who:
            notes.because.append(words.NOW.format(old=self._world.name(who), new=office.name))
        if office.each in ("commune", "district"):
            return self._place(subject, notes)
        return self._school(subject, notes) if office.each == "school" else now

    def _place(self, subject: Subject, notes: _Notes) -> str:
        key = f"commune:{subject.place}"
        if key in self._world.contacts:
            return key
        notes.because.append(words.NO_PLACE)
        return ""

    def _school(self, subject: Subject, notes: _Notes) -> str:
        if not subject.school:
            return ""
        keys = (school_key(subject.school, subject.place), school_key(subject.school))
        for key in keys:
            if key in self._world.contacts:
                return key
        notes.because.append(words.SCHOOL_UNLISTED.format(school=subject.school))
        return ""


def why_not(rule: Rule, subject: Subject, *, any_theme: bool = False) -> str:
    """The line of the rule's ``when`` that does not fit, or "". ``any_theme``: not only the chief one counts."""
    when = rule.when
    themes = subject.themes if any_theme else subject.themes[:1]
    asked: Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]] = iter((
        ("kinds", when.kinds, (str(subject.kind),)),
        ("sources", when.sources, (subject.source,)),
        ("levels", when.levels, (subject.level,)),
        ("bodies", when.bodies, (subject.body,)),
        ("themes", when.themes, themes),
        ("topics", when.topics, subject.topics),
        ("severities", when.severities, (str(subject.severity),)),
        ("places", when.places, (subject.place,)),
    ))  # fmt: skip
    return next((name for name, wanted, has in asked if wanted and not set(wanted) & set(has)), "")

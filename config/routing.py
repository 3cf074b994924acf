"""Which office answers what: the rules of ``routing.yml``, in order, the first that fits.

``routing.yml`` in the data folder (``HAIDANG_HOME``) replaces what it names, rule by rule; a new rule stands before the
shipped ones unless it says ``before``. A faulty own file is left out whole and told, so that the shipped rules go on.
What is safe (who may not hear of a complaint, who may not judge) is no rule and cannot be edited: `alerts.route_guard`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.contacts import Contacts, load_contacts
from config.offices import Offices, load_offices
from config.settings import SHIPPED
from config.strict import build, compose, line_of
from config.topics import IDS, Themes, load_themes
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/routing.yml"
Kind = Literal["suspect", "concern", "press_request", "citizen_report", "staff_report", "story"]
Source = Literal["local", "national", "foreign", "official", "social", "person"]
Level = Literal["mam_non", "tieu_hoc", "thcs", "lien_cap_thcs", "thpt", "lien_cap", "gdtx", "dai_hoc"]
Body = Literal["commune", "department", "private", "ministry"]
Grade = Literal["thuong", "cao", "khan"]
KEYWORDS = ("place", "school", "division", "theme")
"""Who an ``owner`` or a copy may be besides a contact's key: the commune of the place, the school named, the division
of the level of school, the owner of the theme in ``topics.yml``."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Who = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=130)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
Some = Annotated[tuple[Who, ...], Field(max_length=20)]


class When(BaseModel):
    """What a rule asks; an empty list asks nothing, several lines must all fit."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kinds: tuple[Kind, ...] = Field((), description="a list of suspect, concern, press_request, citizen_report, …")
    sources: tuple[Source, ...] = Field((), description="a list of local, national, foreign, official, social, person")
    levels: tuple[Level, ...] = Field((), description="a list of levels of school, like thpt, gdtx")
    bodies: tuple[Body, ...] = Field((), description="a list of commune, department, private, ministry")
    themes: tuple[RuleId, ...] = Field((), max_length=200, description="a list of themes by their ids in topics.yml")
    topics: tuple[str, ...] = Field((), max_length=20, description=f"a list of topics: {', '.join(IDS)}")
    severities: tuple[Grade, ...] = Field((), description="a list of thuong, cao, khan")
    places: Annotated[tuple[str, ...], Field(max_length=200)] = Field((), description="a list of unit codes, in quotes")


class Rule(BaseModel):
    """One rule. Among ``rules`` the first that fits says ``owner``; each of ``extras`` that fits adds to it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Words = Field(description="the rule in words: what goes where")
    when: When = Field(When(), description="lines like `kinds: [suspect]`")
    owner: str = Field("", max_length=130, description=f"the key of a contact, or one of {', '.join(KEYWORDS)}")
    role: str = Field("", max_length=60, description="the role that does it there, like role:kiem_tra")
    copies: Some = Field((), description="a list of contacts that are told too")
    propose: Some = Field((), description="a list of contacts to whom a person may hand over by document")
    information_only: bool = Field(False, description="true: nobody has to answer")
    before: str = Field("", max_length=60, description="the rule before which this new one stands")
    enabled: bool = Field(True, description="false: leave this rule out")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    default: str = Field("", max_length=130, description="who has what no rule takes, like office:sgddt_vp")
    role: str = Field("", max_length=60, description="the role there, like role:bao_chi")
    above: tuple[str, ...] = Field((), max_length=10, description="a list of offices, each over the one before it")
    heads: dict[str, str] = Field(
        default_factory=dict, max_length=50, description="lines `who leads: the office that is led`"
    )
    divisions: dict[Level, str] = Field(default_factory=dict, description="lines `level of school: office`")
    rules: dict[RuleId, Rule] = Field(default_factory=dict, max_length=300, description="rules by their ids")
    extras: dict[RuleId, Rule] = Field(default_factory=dict, max_length=300, description="what is added, by ids")


@dataclass(frozen=True, slots=True)
class Rules:
    """``rules`` and ``extras`` in their order. ``above``: office ids, from the default owner up; ``heads``: id of who
    leads → id of what is led; ``divisions``: level of school → id of an office; ``owners``: theme → office id;
    ``themes``: their names."""

    default: str
    role: str
    above: tuple[str, ...]
    heads: Mapping[str, str]
    divisions: Mapping[str, str]
    rules: Mapping[str, Rule]
    extras: Mapping[str, Rule]
    owners: Mapping[str, str]
    themes: Mapping[str, str]


def load_routing(home: Path | None = None) -> tuple[Rules, list[ConfigError]]:
    """The rules, and what is wrong with the own file. Raises :class:`ConfigError` for a damaged shipped one."""
    offices, contacts, themes = load_offices(home)[0], load_contacts(home)[0], load_themes(home)[0]
    shipped_only = home is not None and (home / "offices.yml").is_file()
    # an own offices.yml may leave out an office that a shipped rule names: the department is told, and nothing breaks
    base, errors = _read(SHIPPED / "routing.yml", _File(), offices, contacts, themes)
    if errors and not shipped_only:
        raise errors[0]
    own = home / "routing.yml" if home else None
    if own and own.is_file():
        both, faults = _read(own, base, offices, contacts, themes)
        base, errors = (base, [*errors, *faults]) if faults else (both, [])
    owners = {k: theme.owner for k, theme in themes.items() if theme.owner}
    rules = {k: r for k, r in base.rules.items() if r.enabled}
    extras = {k: r for k, r in base.extras.items() if r.enabled}
    divisions = {str(level): id_ for level, id_ in base.divisions.items()}
    names = {k: theme.name for k, theme in themes.items()}
    return Rules(base.default, base.role, base.above, base.heads, divisions, rules, extras, owners, names), errors


def _read(
    path: Path, shipped: _File, offices: Offices, contacts: Contacts, themes: Themes
) -> tuple[_File, list[ConfigError]]:
    try:
        node = compose(path)
    except ConfigError as bad:
        return shipped, [bad]
    found, errors = build(path, node, _File, {}, GUIDE)
    if found is None:
        return shipped, errors
    both = _File(
        default=found.default or shipped.default,
        role=found.role or shipped.role,
        above=found.above or shipped.above,
        heads={**shipped.heads, **found.heads},
        divisions={**shipped.divisions, **found.divisions},
        rules=_placed(shipped.rules, found.rules),
        extras=_placed(shipped.extras, found.extras),
    )
    return both, list(_faults(path, node, both, found, _Known(offices, contacts, themes)))


def _placed(shipped: Mapping[str, Rule], own: Mapping[str, Rule]) -> dict[str, Rule]:
    """Own rules over the shipped: in the place of the one of their id, else before the one named, else first."""
    new = {k: r for k, r in own.items() if k not in shipped}
    first = {k: r for k, r in new.items() if r.before not in shipped}
    order = dict(first)
    for id_, rule in shipped.items():
        order |= {k: r for k, r in new.items() if r.before == id_}
        order[id_] = own.get(id_, rule)
    return order


@dataclass(frozen=True, slots=True)
class _Known:
    offices: Offices
    contacts: Contacts
    themes: Themes

    def office(self, id_: str) -> bool:
        return id_ in self.offices

    def who(self, key: str) -> bool:
        """A contact's key or a keyword; an abolished office is led on to who does its work now."""
        return (
            key in KEYWORDS
            or key in self.contacts
            or (key.startswith("office:") and key.removeprefix("office:") in self.offices)
        )


def _faults(path: Path, node: yaml.MappingNode, both: _File, own: _File, known: _Known) -> Iterator[ConfigError]:
    def wrong(where: tuple[int | str, ...], what: str, fix: str) -> ConfigError:
        return ConfigError(f"{path}:{line_of(node, where)}", what, fix)

    if not known.who(both.default) or both.default in KEYWORDS:
        yield wrong(("default",), f"`default` names no contact: {both.default!r}", "give office:sgddt_vp or another")
    if both.role and both.role not in known.contacts:
        yield wrong(("role",), f"`role` names no contact: {both.role!r}", "give a role of contacts.yml")
    yield from _ranks(both, known, wrong)
    for level, id_ in own.divisions.items():
        if not known.office(id_):
            yield wrong(("divisions", level), f"no office is called {id_!r}", "use an id of offices.yml")
    for part, rules in (("rules", own.rules), ("extras", own.extras)):
        for id_, rule in rules.items():
            for where, what, fix in _of_rule(part, rule, both, known):
                yield wrong((part, id_, *where), f"`{id_}`: {what}", fix)


def _ranks(both: _File, known: _Known, wrong: Any) -> Iterator[ConfigError]:
    for id_ in both.above:
        if not known.office(id_):
            yield wrong(("above",), f"no office is called {id_!r}", "use an id of offices.yml")
    if len(set(both.above)) != len(both.above):
        yield wrong(("above",), "`above` names an office twice: the way up leads back", "keep each office once")
    for head, led in both.heads.items():
        if not known.office(head) or not known.office(led):
            yield wrong(("heads", head), f"`heads`: {head!r} or {led!r} is no office", "use ids of offices.yml")
        seen, at = {head}, led
        while at in both.heads and at not in seen:
            seen.add(at)
            at = both.heads[at]
        if at in seen:
            yield wrong(("heads", head), f"`heads`: {head!r} leads back to itself", "take one of the lines out")


def _of_rule(part: str, rule: Rule, both: _File, known: _Known) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if not rule.enabled:
        return
    if (part == "rules") != bool(rule.owner):
        what = "a rule needs an `owner`" if part == "rules" else "what is added has no `owner`"
        yield ("owner",), what, "say who has it, or move the rule to `extras`" if part == "rules" else "take it out"
    for field, named in (("owner", [rule.owner] if rule.owner else []), ("role", [rule.role] if rule.role else []),
                         ("copies", rule.copies), ("propose", rule.propose)):  # fmt: skip
        for key in named:
            if not known.who(key) or (field == "role" and not key.startswith("role:")):
                fix = f"give the key of a contact, or one of {', '.join(KEYWORDS)}"
                yield (field,), f"`{field}` names no contact: {key!r}", fix
    for theme in rule.when.themes:
        if theme not in known.themes:
            yield ("when", "themes"), f"no theme is called {theme!r}", "use an id of topics.yml"
    for topic in rule.when.topics:
        if topic not in IDS:
            yield ("when", "topics"), f"no topic is called {topic!r}", f"the topics are {', '.join(IDS)}"
    for code in rule.when.places:
        if f"commune:{code}" not in known.contacts:
            yield ("when", "places"), f"no unit has the code {code!r}", "use a code of the gazetteer, in quotes"
    if rule.before and rule.before not in (both.rules if part == "rules" else both.extras):
        yield ("before",), f"no rule is called {rule.before!r}", "give the id of a rule, or take the line out"

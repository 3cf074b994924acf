"""Who could not be told: every commune with every kind of case, level, theme and source that the rules tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from alerts import route_words as words
from alerts.route import Router, Subject
from config.contacts import reach
from config.routing import Rule
from store.model_case import CaseKind, Severity

SOMEBODY = "·"
"""Stands for the person who releases: only that there is one matters here."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A contact that no address leads to. ``times``: kinds of cases that come to it; ``example``: one, in words."""

    key: str
    name: str
    times: int
    example: str
    fix: str


@dataclass(frozen=True, slots=True)
class Reached:
    """``communes`` were looked at with ``routes`` different subjects in all; ``gaps`` in the order of contacts."""

    communes: int
    routes: int
    gaps: tuple[Gap, ...]

    @property
    def of_communes(self) -> tuple[Gap, ...]:
        """Those that are communes."""
        return tuple(g for g in self.gaps if g.key.startswith("commune:"))


def unreached(router: Router) -> Reached:
    """Owners and copies without an address. Communes that no rule names are alike: one is tried for all of them."""
    contacts = router.world.contacts
    groups = _alike(router)
    times: Counter[str] = Counter()
    examples: dict[str, str] = {}
    routes = 0
    for codes in groups:
        alike = [f"commune:{code}" for code in codes if code]
        for subject in _subjects(router, codes[0]):
            for by in ("", SOMEBODY) if subject.complaint else ("",):
                route = router(subject, by)
                routes += max(len(alike), 1)
                told = (route.tell, *route.copies)
                missing = [k for k in route.unreachable if k not in alike]
                if alike and alike[0] in told:
                    missing += [k for k in alike if reach(contacts, k, route.kept_from) is None]
                for key in missing:
                    times[key] += 1
                    examples.setdefault(key, _said(router, subject))
    order = [k for k in contacts if k in times] + [k for k in times if k not in contacts]
    gaps = (Gap(k, router.world.name(k), times[k], examples[k], words.GAP_FIX.format(key=k)) for k in order)
    return Reached(sum(1 for k in contacts if k.startswith("commune:")), routes, tuple(gaps))


def _alike(router: Router) -> list[list[str]]:
    """Unit codes by which rules name them, and "" (no place) by itself."""
    named = [rule.when.places for rule in _rules(router)]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for key in router.world.contacts:
        if key.startswith("commune:"):
            code = key.removeprefix("commune:")
            groups.setdefault(tuple(code in places for places in named), []).append(code)
    return [[""], *groups.values()]


def _rules(router: Router) -> Iterator[Rule]:
    yield from (*router.rules.rules.values(), *router.rules.extras.values())


def _subjects(router: Router, place: str) -> Iterator[Subject]:
    sources = sorted({s for rule in _rules(router) for s in rule.when.sources} | {"local"})
    grades = sorted({s for rule in _rules(router) for s in rule.when.severities} | {str(Severity.NORMAL)})
    bodies = sorted({s for rule in _rules(router) for s in rule.when.bodies} | {""})
    topics = sorted({s for rule in _rules(router) for s in rule.when.topics} | {""})
    themes = ("", *router.rules.themes)
    for kind, theme, level, source, grade, body, topic in product(
        CaseKind, themes, ("", *words.LEVELS), sources, grades, bodies, topics
    ):
        yield Subject(
            kind, place, (theme,) if theme else (), (topic,) if topic else (), level, body,
            severity=Severity(grade), source=source,
        )  # fmt: skip
    yield from (Subject(kind, place, about=(router.top[0],)) for kind in CaseKind)  # about the default owner itself


def _said(router: Router, subject: Subject) -> str:
    theme = router.rules.themes.get(subject.themes[0], "") if subject.themes else ""
    level = words.LEVELS.get(subject.level, "")
    return ", ".join(filter(None, (words.KINDS[subject.kind], level, theme)))

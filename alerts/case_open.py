"""Opening a case: from a candidate, a concern, a story, a press request, a report. Pure.

What is carried into the case is already masked (title) or lies in the event's payload alone (what a person said).
Where it goes is proposed by `alerts.route`, with its reasons; a body outside of the department becomes the owner only
when a person sends it there.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from alerts import case_words as words
from alerts.case_fold import clock_body
from alerts.case_parts import HEAD_OFFICE, LONGEST_TITLE, MOST_LINKS, about, contact, happened_at, person, plain, told
from alerts.formats import shorten
from alerts.route import Route, Subject
from alerts.route_level import body_of, level_of
from store.errors import CaseError
from store.ids import public_id
from store.model_case import COMPLAINTS, MACHINE, Case, CaseClock, CaseKind, CaseRows, EventKind, NewEvent, Severity

REQUEST = "request"
"""``origin_kind`` of what a person typed in."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a case is opened. Moments are ms UTC.

    ``title`` is masked. ``about``: contact keys of whom it speaks. ``said``: what a person told (outlet, question,
    text, way, …), kept in the payload alone. ``known_at``: when the event, the question or the report reached us.
    ``themes``: the chief one first. ``school``: its name as written.
    """

    kind: CaseKind
    origin_kind: str
    origin_id: str
    title: str
    known_at: int
    severity: Severity = Severity.NORMAL
    place: str = ""
    theme: str = ""
    source_kind: str = ""
    published_at: int | None = None
    found_at: int | None = None
    flagged_at: int | None = None
    links: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    critical: bool = False
    themes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    level: str = ""
    body: str = ""
    school: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    def subject(self) -> Subject:
        """What it is routed by; a level that is not given is read from the school's name."""
        level = self.level or level_of(self.school)
        themes = self.themes or ((self.theme,) if self.theme else ())
        return Subject(
            self.kind, self.place, themes, self.topics, level, self.body or body_of(self.school, level), self.school,
            self.about, self.critical, self.severity, self.source_kind or "local",
        )  # fmt: skip

    def starts(self, at: int) -> dict[str, int]:
        """Start event of `deadlines.yml` → when: what has happened by now."""
        found = {"event_known": self.known_at, "request_received": self.known_at, "case_opened": at}
        for key, moment in (("published", self.published_at), ("found", self.found_at)):
            if moment is not None:
                found[key] = moment
        return found


def opening(
    case: Case, known: Opening, who: str, at: int, way: Route, clocks: Iterable[CaseClock], *, inside: bool = True
) -> list[NewEvent]:
    """OPENED by a person and ROUTED by the machine. ``inside``: the proposed owner belongs to the department."""
    by = who if who == MACHINE else person(who)
    held = way.held or known.kind in COMPLAINTS
    office = way.owner if inside and way.owner else HEAD_OFFICE
    links = [*dict.fromkeys(known.links), *(("about", contact(key, words.PLACE)) for key in known.about)]
    if len(links) > MOST_LINKS:
        what = words.DOES["linked"]
        raise CaseError(words.TOO_MANY.format(label=case.label, n=len(links), what=what, limit=MOST_LINKS))
    body = {
        "title": told(known.title, words.TITLE, LONGEST_TITLE, empty=True) or words.UNTITLED,
        "severity": str(known.severity), "place": known.place, "theme": known.theme, "source_kind": known.source_kind,
        "held": held, "office": HEAD_OFFICE, "links": [list(pair) for pair in links], "origin": known.origin_kind,
        "published_at": known.published_at, "found_at": known.found_at, "flagged_at": known.flagged_at,
        "moment": known.known_at, "clocks": [clock_body(c) for c in clocks], "said": dict(known.said),
        "subject": asdict(known.subject()),
    }  # fmt: skip
    routed = proposed(way) | {"office": office, "held": held}
    return [
        NewEvent(case.id, EventKind.OPENED, at, by, plain(body), "open"),
        NewEvent(case.id, EventKind.ROUTED, at, MACHINE, plain(routed), "open"),
    ]


def proposed(way: Route) -> dict[str, Any]:
    """A proposal with its reasons, as an event carries it; ``office`` is for the caller to add."""
    return {
        "proposed": way.owner, "copies": list(way.copies), "role": way.role, "level": way.level,
        "because": list(way.because), "information_only": way.information_only, "propose": list(way.propose),
        "judge": way.judge,
    }  # fmt: skip


def subject_of(body: Mapping[str, Any], rows: CaseRows) -> Subject:
    """What a case is routed by, from its OPENED event (``body``) and what was changed since."""
    given = body.get("subject")
    kept = given if isinstance(given, Mapping) else {}
    now = rows.now
    themes = tuple(t for t in _texts(kept.get("themes")) if t != now.theme)
    return Subject(
        rows.case.kind, now.place, (now.theme, *themes) if now.theme else themes, _texts(kept.get("topics")),
        str(kept.get("level", "")), str(kept.get("body", "")), str(kept.get("school", "")), tuple(sorted(about(rows))),
        kept.get("critical") is True, now.severity, now.source_kind or "local",
    )  # fmt: skip


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def press_request(
    outlet: str, question: str, asked_at: int, way: str, at: int, *, token: str = "", **more: Any
) -> Opening:
    """A question of the press: who asks (the outlet, never a reporter's name), what, when, by what way."""
    name, asked = told(outlet, words.NAME, 200), told(question, words.QUESTION, 5_000)
    moment = happened_at(asked_at, at, words.QUESTION)
    said = {"outlet": name, "question": asked, "way": told(way, words.QUESTION, 100), "asked_at": moment}
    title = words.ASKED_BY.format(outlet=name, question=asked.splitlines()[0])
    return Opening(
        CaseKind.PRESS_REQUEST, REQUEST, request_id(token), _cut(title), moment, said=said, flagged_at=moment,
        found_at=moment, **({"source_kind": "local"} | more),
    )  # fmt: skip


def report(kind: CaseKind, text: str, told_at: int, way: str, at: int, *, token: str = "", **more: Any) -> Opening:
    """What a citizen, or a teacher or officer, told us. A citizen's carries a complaint and is held."""
    if kind not in (CaseKind.CITIZEN_REPORT, CaseKind.STAFF_REPORT):
        raise ValueError(kind)
    words_, moment = told(text, words.TEXT), happened_at(told_at, at, words.TEXT)
    said = {"text": words_, "way": told(way, words.TEXT, 100), "told_at": moment}
    title = words.REPORTED.format(text=words_.splitlines()[0])
    return Opening(
        kind, REQUEST, request_id(token), _cut(title), moment, said=said, flagged_at=moment, found_at=moment,
        **({"source_kind": "person"} | more),
    )  # fmt: skip


def request_id(token: str = "") -> str:
    """An entry's id. A form's ``token`` makes the same form sent twice one case; it says nothing of what was typed."""
    return public_id("req", token) if token else f"req_{secrets.token_hex(13)}"


def _cut(title: str) -> str:
    return shorten(title, LONGEST_TITLE // 2)

"""One case as its page shows it: the head with its clocks, the facts pack, papers, files, the forms that fit now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from alerts import candidates as work
from alerts.candidate_words import RESULTS
from alerts.case_evidence import Asked, asked
from alerts.case_plans import Plans
from alerts.case_told import clock_name
from alerts.case_words import KINDS, PAPER_STATES, SEVERITIES, SOURCES, STATES
from alerts.papers_words import KINDS as PAPERS
from config.topics import load_themes
from desk.candidate_view import Heard, View
from desk.candidate_view import Line as CandidateLine
from desk.case_fields import Field, Form
from desk.case_forms import PAPER, STEPS, Shown, possible
from desk.case_given import head_office, offices
from desk.case_lines import office_name, place_name, step_of, title_of
from desk.case_links import SHOWN, Linked, linked, proposed
from desk.case_paper import kinds
from desk.case_time import Left, left
from desk.case_timeline import Entry, entries, masked_text
from desk.context import Desk
from store.model_case import COMPLAINTS, CaseClock, CaseRows, EventKind, Paper, PaperState, TimelineEntry


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: ``steps`` say how its due time was reckoned."""

    name: str
    due: Left
    row: CaseClock
    office: str

    @property
    def stopped(self) -> bool:
        """What it waits for has happened."""
        return self.row.stopped_at is not None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper: ``step`` is the form of what comes next."""

    paper: Paper
    name: str
    state: str
    recipient: str
    step: Form | None

    @property
    def out(self) -> bool:
        """It has its number."""
        return self.paper.state in (PaperState.ISSUED, PaperState.RECEIVED)


@dataclass(frozen=True, slots=True)
class Way:
    """How it came to the office that has it: the newest ROUTED event."""

    at: int
    by: str
    proposed: str
    copies: str
    propose: str
    judge: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shows:
    """Everything that the page of a case shows."""

    rows: CaseRows
    title: str
    kind: str
    state: str
    severity: str
    office: str
    place: str
    theme: str
    source: str
    result: str
    complaint: bool
    clocks: tuple[Clock, ...]
    merged_into: tuple[str, str] | None
    said: str
    asked_of: str
    candidates: tuple[CandidateLine, ...]
    concerns: tuple[Heard, ...]
    links: tuple[Linked, ...]
    more_links: int
    proposed: tuple[Linked, ...]
    papers: tuple[PaperLine, ...]
    way: Way | None
    entries: tuple[Entry, ...]
    earlier: int
    original: Asked | None
    step: tuple[str, str]
    forms: Shown
    paper_form: Form | None


def shows(desk: Desk, plans: Plans, rows: CaseRows, timeline: Sequence[TimelineEntry], all_entries: bool) -> Shows:
    """Read what belongs to it; the number of questions to the store does not grow with the number of cases."""
    now, zone = rows.now, desk.settings.timezone
    first: Mapping[str, Any] = (timeline[0].body or {}) if timeline else {}
    standing, found = asked(timeline), linked(desk, plans, rows)
    shown = timeline if all_entries else timeline[-SHOWN_ENTRIES:]
    themes = {key: theme.name for key, theme in load_themes(desk.settings.home)[0].items()}
    forms = possible(rows, standing is not None)
    inner = first.get("said")
    said: Mapping[str, Any] = inner if isinstance(inner, Mapping) else {}
    candidate_lines, concerns = _facts(desk, found)
    return Shows(
        rows=rows,
        title=title_of(now.title),
        kind=KINDS[now.kind],
        state=STATES[now.state],
        severity=SEVERITIES[now.severity],
        office=office_name(plans, now.office),
        place=place_name(plans, now.place) if now.place else "",
        theme=themes.get(now.theme, now.theme),
        source=SOURCES.get(now.source_kind, ""),
        result=RESULTS.get(now.result, now.result),
        complaint=now.kind in COMPLAINTS,
        clocks=tuple(_clock(desk, plans, c) for c in sorted(rows.clocks, key=_order)),
        merged_into=_merged(desk, rows),
        said=masked_text(str(said.get("question") or said.get("text") or "")),
        asked_of=masked_text(str(said.get("outlet") or "")),
        candidates=candidate_lines,
        concerns=concerns,
        links=tuple(found[:SHOWN]),
        more_links=max(0, len(found) - SHOWN),
        proposed=tuple(proposed(desk, rows)),
        papers=tuple(_paper(plans, rows, p) for p in rows.papers),
        way=_way(plans, timeline),
        entries=tuple(entries(shown, plans, zone, {p.id: p.title for p in rows.papers})),
        earlier=len(timeline) - len(shown),
        original=standing,
        step=step_of(now),
        forms=replace(forms, forms=tuple(_filled(f, plans, rows, found, themes) for f in forms.forms)),
        paper_form=_filled(PAPER, plans, rows, found, themes) if _open(rows) else None,
    )


SHOWN_ENTRIES = 120
_PICK = ("", "chọn")


def _order(clock: CaseClock) -> tuple[bool, int]:
    return clock.stopped_at is not None, clock.due_at


def _open(rows: CaseRows) -> bool:
    return rows.now.closed_at is None and rows.now.merged_into is None


def _clock(desk: Desk, plans: Plans, clock: CaseClock) -> Clock:
    office = plans.router.world.name(clock.office) if clock.office else ""
    return Clock(clock_name(clock.clock), left(clock, desk.now(), plans), clock, office)


def _merged(desk: Desk, rows: CaseRows) -> tuple[str, str] | None:
    into = desk.store.case(rows.now.merged_into) if rows.now.merged_into else None
    return (into.case.id, into.case.label) if into else None


def _facts(desk: Desk, found: Sequence[Linked]) -> tuple[tuple[CandidateLine, ...], tuple[Heard, ...]]:
    """The two quotations of each candidate, the sentence of each concern."""
    suspects = [c for one in found if one.kind == "candidate" and (c := desk.store.candidate(one.id))][:FACTS]
    heard = [h for one in found if one.kind == "concern" and (h := desk.store.concern(one.id))][:FACTS]
    if not suspects and not heard:
        return (), ()
    view = View(desk, [*suspects, *heard])
    return tuple(view.line(work.sheet(c)) for c in suspects), tuple(view.concern(c) for c in heard)


FACTS = 5


def _paper(plans: Plans, rows: CaseRows, paper: Paper) -> PaperLine:
    step = STEPS.get(paper.state.value)
    allowed = _open(rows) or paper.state is PaperState.ISSUED
    recipient = plans.router.world.name(paper.recipient) if paper.recipient else ""
    return PaperLine(
        paper, PAPERS.get(paper.kind, paper.title), PAPER_STATES[paper.state], recipient,
        step if allowed and rows.now.merged_into is None else None,
    )  # fmt: skip


def _way(plans: Plans, timeline: Sequence[TimelineEntry]) -> Way | None:
    """Why it is where it is. While it is held, where it might go later is not told: nothing leads there yet."""
    last = next((e for e in reversed(timeline) if e.event.kind is EventKind.ROUTED and e.body), None)
    if last is None or last.body is None:
        return None
    name, body = plans.router.world.name, last.body

    def names(key: str) -> str:
        found = body.get(key)
        return ", ".join(name(str(k)) for k in found) if isinstance(found, list) else ""

    def one(key: str) -> str:
        found = body.get(key)
        return name(found) if isinstance(found, str) and found else ""

    because = body.get("because")
    lines = tuple(masked_text(str(x)) for x in because) if isinstance(because, list) else ()
    return Way(last.event.at, last.actor, one("proposed"), names("copies"), names("propose"), one("judge"), lines)


# ── forms with what can be chosen in this case ──────────────────────────────────────────────────────


def _filled(form: Form, plans: Plans, rows: CaseRows, found: Sequence[Linked], themes: Mapping[str, str]) -> Form:
    return replace(form, fields=tuple(_field(form.key, f, plans, rows, found, themes) for f in form.fields))


def _field(
    key: str, field: Field, plans: Plans, rows: CaseRows, found: Sequence[Linked], themes: Mapping[str, str]
) -> Field:
    now, papers = rows.now, rows.papers
    issued = [(p.id, f"{p.title} số {p.number}") for p in papers if p.issued_at is not None]
    drafts = [(p.id, p.title) for p in papers if p.state is PaperState.DRAFT]
    picks: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = {
        ("cho-chuyen", "don_vi"): [_PICK, *head_office(plans)],
        ("goi", "giay"): [("", "không về văn bản nào"), *((p.id, p.title) for p in papers)],
        ("tra-loi", "giay"): [("", "không bằng văn bản của việc này"), *issued],
        ("soan", "loai"): [_PICK, *kinds(rows).items()],
        ("soan", "giay"): [("", "dự thảo mới"), *drafts],
        ("sua", "chuyen_muc"): [("", "chưa rõ"), *_with(themes, now.theme)],
    }
    starts = {
        ("sua", "tieu_de"): title_of(now.title),
        ("sua", "muc"): str(now.severity),
        ("sua", "noi"): place_name(plans, now.place) if now.place else "",
        ("sua", "chuyen_muc"): now.theme,
        ("cho-chuyen", "noi_dung"): title_of(now.title),
    }
    at = (key, field.name)
    options: Sequence[tuple[str, str]] = picks.get(at, field.options)
    if field.kind == "checks":
        options = [(x.value, f"{x.kind_words}: {x.words}") for x in found[:SHOWN]]
    return replace(field, options=tuple(options), value=starts.get(at, field.value))


def _with(themes: Mapping[str, str], one: str) -> list[tuple[str, str]]:
    return [*themes.items(), *([(one, one)] if one and one not in themes else [])]


def suggestions(plans: Plans, rows: CaseRows) -> list[str]:
    """Names of offices for the fields that ask for one."""
    return offices(plans, rows)

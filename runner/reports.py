"""Trend reports of this installation: read, built, frozen, opened again, numbered.

A report of a window that is over is built once and comes back as it was, whatever was judged since; ``again`` makes the
next edition. One that was built before its window was over is provisional and is followed by the next edition by
itself. Văn thư's number locks an edition: from then on its window has no other report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alerts import report, report_words
from alerts.case_audit import chain_text
from alerts.case_parts import person
from alerts.commended import Commended, commended
from alerts.documents.nd30 import Letterhead, Signer
from alerts.documents.paper_fields import signer_lines
from alerts.formats import local
from alerts.health_words import label, sentence
from alerts.papers import Issuer
from alerts.report import Built, Period, Periods, ReportInput, Window
from alerts.report_facts import Fact, Only, read_facts
from alerts.report_inputs import CaseFigures, Names, Paper
from alerts.report_sources import by_day
from config.calendar import calendar_now
from config.contracts import load_contracts
from config.deadlines import load_deadlines
from config.gazetteer import key as folded
from config.gazetteer import load_gazetteer
from config.offices import load_offices
from config.plan_themes import PlanTheme, load_plan_themes
from config.school_year import load_school_year
from config.topics import load_themes, load_topics
from lang.school_names import has_kind
from lang.text import nfc
from runner.candidates import sentence as claim_of
from runner.deps import Deps
from runner.finding import find
from runner.measures import measured
from store.errors import InputError
from store.model import HealthAlert
from store.model_candidate import CandidateRows, ConcernRows
from store.model_report import Report, ReportLock

_ITEMS_AT_ONCE = 400  # a transaction of so many rows stays well under 50 ms
_MOST = 100_000
_ALERTS = 2_000
_DAY_MS = 86_400_000
SUFFIX = {"docx": "docx", "pdf": "pdf", "xlsx": "xlsx", "csv": "csv"}
UNKNOWN_COMMUNE = "{name}: không có xã, phường, đặc khu này; viết tên như “Phường Lê Chân” hay mã 5 chữ số"
NO_SCHOOL = "{name}: viết cả loại trường và tên, như “THCS Hoa Ban”"
ONE_SCOPE = "chỉ chọn một: --school hoặc --commune"
LOCKED = "{name}: văn thư đã cấp số {number} ngày {day}; báo cáo đã khóa, không lập lại được"
NO_REPORT = "{id}: không có báo cáo này; xem `haidang report list`"
BAD_NUMBER = "số văn bản phải từ 1"
TOO_EARLY = "kỳ này bắt đầu ngày {day}, chưa có gì để báo cáo"


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it stands in the store. ``fresh``: it was built just now."""

    report: Report
    lock: ReportLock | None
    fresh: bool


def periods_of(deps: Deps) -> Periods:
    """When figures are closed, as the files say now."""
    closing = load_deadlines(deps.settings.home)[0].recurring.get("period_close")
    year, _ = load_school_year(deps.settings.home)
    if closing is None:
        return Periods(1, "01-01", year.begins)
    return Periods(closing.month_begins or 1, closing.year_begins or "01-01", year.begins)


def scope_of(deps: Deps, commune: str, school: str) -> tuple[Only | None, str, str]:
    """(what it is narrowed to, its key, its name). Raises :class:`InputError`."""
    if commune and school:
        raise InputError(ONE_SCOPE)
    if commune:
        names = load_gazetteer().names
        wanted = folded(commune)
        code = next((c for c, name in names.items() if wanted in (c, folded(name))), "")
        if not code:
            raise InputError(UNKNOWN_COMMUNE.format(name=commune[:60]))
        return Only(commune=code), f"commune:{code}", names[code]
    if school:
        name = nfc(school)
        if not has_kind(name) or len(name) > 120:
            raise InputError(NO_SCHOOL.format(name=name[:60]))
        return Only(school=name), f"school:{folded(name)}", name
    return None, "", ""


def make(deps: Deps, one: Window, *, commune: str = "", school: str = "", again: bool = False) -> Kept:
    """The report of a window: as it was built, or built now. Raises :class:`InputError`."""
    only, scope, name = scope_of(deps, commune, school)
    if (locked := deps.store.locked_report(one.kind, one.key, scope)) is not None:
        if again:
            raise InputError(LOCKED.format(name=one.name, number=locked[1].number, day=locked[1].day))
        return Kept(*locked, fresh=False)
    known = deps.store.reports(1, one.kind, one.key, scope)
    if known and not again and not known[0].provisional:
        return Kept(known[0], None, fresh=False)
    if one.bounds(deps.settings.timezone)[0] >= deps.now():
        raise InputError(TOO_EARLY.format(day=one.first))
    built = report.build(read(deps, one, only, name), known[0].edition + 1 if known else 1, scope)
    if known and _same(known[0], built.report):
        return Kept(known[0], None, fresh=False)  # nothing has changed since
    save(deps, built)
    return Kept(built.report, None, fresh=True)


def _same(old: Report, new: Report) -> bool:
    return old.provisional == new.provisional and dict(old.files) == dict(new.files)


def save(deps: Deps, built: Built) -> None:
    """Files first, then the items in small transactions, then the report: killed anywhere, there is none of it."""
    for content in built.files.values():
        deps.bodies.put(content)
    for start in range(0, len(built.items), _ITEMS_AT_ONCE):
        with deps.store.transaction() as tx:
            tx.add_report_items(built.report.id, built.items[start : start + _ITEMS_AT_ONCE])
    with deps.store.transaction() as tx:
        if not tx.add_report(built.report):
            raise InputError(f"{built.report.subject}: kỳ này vừa có báo cáo khác; chạy lại lệnh để xem")


def lock(deps: Deps, report_id: str, number: int, day: dt.date, by: str) -> Kept:
    """Văn thư's number: the very words of the draft, set with number and day. Raises :class:`InputError`."""
    who = person(by)
    found = deps.store.report(report_id.strip())
    if found is None:
        raise InputError(NO_REPORT.format(id=report_id[:60]))
    if number < 1:
        raise InputError(BAD_NUMBER)
    known = deps.store.locked_report(found.kind, found.period, found.scope)
    if known is not None:
        raise InputError(LOCKED.format(name=found.subject, number=known[1].number, day=known[1].day))
    files = {
        name: deps.bodies.put(content)
        for name, content in report.issue(deps.bodies.get(found.files["content"]), number, day).items()
    }
    made = ReportLock(found.id, number, str(day), who, deps.now(), files)
    with deps.store.transaction() as tx:
        if not tx.add_report_lock(made):
            raise InputError(LOCKED.format(name=found.subject, number=number, day=day))
    return Kept(found, made, fresh=False)


def files_of(deps: Deps, kept: Kept) -> Mapping[str, bytes]:
    """name → bytes of a report's files, the numbered ones where there are any."""
    hashes = {**kept.report.files, **(kept.lock.files if kept.lock else {})}
    return {name: deps.bodies.get(hash_) for name, hash_ in hashes.items() if name in SUFFIX}


def export(deps: Deps, kept: Kept, folder: Path) -> list[Path]:
    """Write the files for people to open."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files_of(deps, kept).items():
        path = folder / f"{stem(kept.report)}.{SUFFIX[name]}"
        path.write_bytes(content)
        paths.append(path)
    return paths


def stem(one: Report) -> str:
    """``bao-cao-2026-05`` and the like: letters, digits and hyphens alone."""
    scope = "".join(c if c.isalnum() and c.isascii() else "-" for c in one.scope)
    return "-".join(part for part in ("bao-cao", one.period.replace("..", "-den-"), scope.strip("-")) if part)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


def read(deps: Deps, one: Window, only: Only | None = None, name: str = "") -> ReportInput:
    """Everything that the report of a window is made from, as the rows and files are now."""
    home, tz = deps.settings.home, deps.settings.timezone
    periods = periods_of(deps)
    plans, plan_faults = load_plan_themes(home)
    contracts, contract_faults = load_contracts(home)
    year, year_faults = load_school_year(home)
    now = deps.now()
    period = _period(deps, one, plans, only, now, titled=True)
    then = _period(deps, report.before(one, periods), plans, only, now, titled=False)
    last_year = _period(deps, report.year_before(one, periods), plans, only, now, titled=False)
    after, until = one.bounds(tz)
    candidates, concerns = _checking(deps, after, until, period.facts if only else None)
    return ReportInput(
        now=now, tz=tz, period=period, then=then, last_year=last_year, paper=paper_of(one), names=_names(deps),
        narrowed=name, candidates=candidates, sentences={c.candidate.id: _claim(deps, c) for c in candidates},
        concerns=concerns, cases=None if only else _cases(deps, one), commended=_commended(deps, period),
        contracts={} if only else contracts,
        delivered=_delivered(deps, [p.url for c in contracts.values() for p in c.pieces]),
        plans=plans, events=year.within(one.first, one.last, calendar_now(home)), silent=_silent(deps, now),
        alerts=list(_alerts(deps, after, until)),
        faults=[str(fault) for fault in (*plan_faults, *contract_faults, *year_faults)],
        chain=chain_text(deps.store.chain_head()), versions=_versions(period.facts),
    )  # fmt: skip


def _period(
    deps: Deps, one: Window, plans: Mapping[str, PlanTheme], only: Only | None, now: int, *, titled: bool
) -> Period:  # fmt: skip
    after, until = one.bounds(deps.settings.timezone)
    until = min(until, now)
    seen = by_day(deps.store.seen_by_hour(after, until), deps.settings.timezone) if until > after else {}
    facts = read_facts(deps.store, after, until, plans, only, titled=titled) if seen else []
    return Period(one, facts, seen)


def _names(deps: Deps) -> Names:
    themes, _ = load_themes(deps.settings.home)
    offices, _ = load_offices(deps.settings.home)
    return Names(
        topics=load_topics(),
        communes=load_gazetteer().names,
        owners={key: offices[one.owner].name for key, one in themes.items() if one.owner in offices},
        sources={key: source.name for key, source in deps.tools.sources.items()},
    )


def _checking(
    deps: Deps, after: int, until: int, facts: Sequence[Fact] | None
) -> tuple[list[CandidateRows], list[ConcernRows]]:
    candidates = deps.store.candidates(after, until, limit=_MOST)
    concerns = deps.store.concerns(after, until, limit=_MOST)
    if facts is None:
        return candidates, concerns
    ids = {fact.article_id for fact in facts}
    return (
        [c for c in candidates if ids.intersection(m.article_id for m in c.members)],
        [c for c in concerns if ids.intersection(m.article_id for m in c.members)],
    )


def _claim(deps: Deps, rows: CandidateRows) -> str:
    from alerts.candidates import sheet

    return claim_of(deps, sheet(rows))


def _cases(deps: Deps, one: Window) -> CaseFigures:
    found = measured(deps, one.first, one.last)
    return CaseFigures(found.figures, found.names, found.labels)


def _commended(deps: Deps, period: Period) -> list[Commended]:
    """Day by day where there is any, and a story once: its articles of several days are added up."""
    days = sorted(
        {local(f.at, deps.settings.timezone).date() for f in period.facts
         if f.part == "hai_phong" and "commendation" in f.topics}
    )  # fmt: skip
    stories = {f.article_id: f.story for f in period.facts}
    found: dict[str, Commended] = {}
    for day in days:
        begin = report.Window("window", "", "", day, day).bounds(deps.settings.timezone)
        for one in sorted(commended(deps.store, *begin), key=lambda c: (c.article.first_seen_at, c.article.id)):
            story = stories.get(one.article.id)
            if story is None:
                continue
            known = found.get(story)
            found[story] = one if known is None else _added(known, one)
    return sorted(found.values(), key=lambda c: (c.article.first_seen_at, c.article.id))


def _added(first: Commended, more: Commended) -> Commended:
    from dataclasses import replace

    return replace(
        first, outlets=tuple(dict.fromkeys((*first.outlets, *more.outlets))),
        originals=first.originals + more.originals, reprints=first.reprints + more.reprints,
        named=tuple(dict.fromkeys((*first.named, *more.named))),
    )  # fmt: skip


def _delivered(deps: Deps, urls: Sequence[str]) -> dict[str, int]:
    found = {url: find(deps, url) for url in urls if url}
    return {url: article.first_seen_at for url, article in found.items() if article is not None}


def _silent(deps: Deps, now: int) -> list[str]:
    from runner.silence import silent_sources

    return [f"{one.name}: {one.words}" if one.words else one.name for one in silent_sources(deps, now)]


def _alerts(deps: Deps, after: int, until: int) -> Iterator[str]:
    """Troubles that touched the window, oldest first."""
    touched = [
        a for a in deps.store.alerts(_ALERTS) if a.opened_at <= until and (a.closed_at is None or a.closed_at > after)
    ]
    for one in sorted(touched, key=lambda a: (a.opened_at, a.id)):
        yield _alert(deps, one)


def _alert(deps: Deps, one: HealthAlert) -> str:
    tz = deps.settings.timezone
    source = deps.tools.sources.get(one.source_id)
    until = f" đến {local(one.closed_at, tz):%d/%m/%Y}" if one.closed_at else ""
    name = source.name if source else one.source_id
    return f"{name}, từ {local(one.opened_at, tz):%d/%m/%Y}{until}: {label(one)[1]}. {sentence(one, tz)}"


def _versions(facts: Sequence[Fact]) -> dict[str, str]:
    used: dict[str, set[str]] = {}
    for fact in facts:
        for said in fact.versions:
            kind, _, version = said.partition(": ")
            used.setdefault(kind, set()).add(version)
    return {kind: ", ".join(sorted(versions)) for kind, versions in sorted(used.items())}


def paper_of(one: Window) -> Paper:
    """Who writes to whom; the department's own words in `alerts.report_words`."""
    issuer = Issuer()
    head = Letterhead(issuer.parent, issuer.agency, f"BC-{issuer.stem}", issuer.place, one.last.year)
    return Paper(head, report_words.RECIPIENTS, report_words.COPIES, Signer(signer_lines("KT.")), report_words.ARCHIVE)


__all__ = ["Kept", "export", "files_of", "lock", "make", "periods_of", "read", "save", "scope_of", "stem"]

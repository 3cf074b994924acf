"""What `haidang case` shows and does: plans of the installation, lists, one case in lines, papers drafted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts import case_words as words
from alerts import cases, casework, papers
from alerts.candidate_words import RESULTS
from alerts.case_origins import of_candidate, of_concern, of_story, rebuttals
from alerts.case_plans import Plans, load_plans
from alerts.case_told import clock_name, fields_of, told
from alerts.documents import docx
from alerts.documents.paper_fields import signer_lines, to_json
from lang.masking_lines import masked_line
from runner.deps import Deps
from runner.when import local
from store.blobs import BodyStore
from store.errors import InputError
from store.model_case import CaseClock, CaseRows

_FORMS = ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M")
FROM = {"can": of_candidate, "con": of_concern, "sto": of_story}


def plans_of(deps: Deps) -> Plans:
    """Routes, deadlines and calendar as their files are now; `haidang doctor` tells their faults."""
    return load_plans(deps.settings.home, deps.settings.timezone)[0]


def files_of(deps: Deps) -> BodyStore:
    """Where the files of cases lie: apart from pages, so that an erasure can take them away."""
    return BodyStore(deps.settings.bodies / "viec")


def moment_of(deps: Deps, text: str, option: str) -> int | None:
    """A moment as people write it to a command; None for "". Raises :class:`InputError`."""
    if not text.strip():
        return None
    zone = ZoneInfo(deps.settings.timezone)
    for form in _FORMS:
        try:
            return int(dt.datetime.strptime(text.strip(), form).replace(tzinfo=zone).timestamp() * 1000)
        except ValueError:
            continue
    raise InputError(f"{option} {text[:40]!r}: viết ngày giờ dạng 2026-11-21 16:00")


def needed(deps: Deps, text: str, option: str) -> int:
    """As :func:`moment_of`, and it must be there."""
    found = moment_of(deps, text, option)
    if found is None:
        raise InputError(f"{option}: thiếu ngày giờ; viết dạng 2026-11-21 16:00")
    return found


def opened_from(deps: Deps, origin: str, by: str) -> tuple[CaseRows, bool]:
    """The case of a candidate (can_…), a concern (con_…) or a story (sto_…), and whether it is new."""
    read = FROM.get(origin.strip().partition("_")[0])
    if read is None:
        raise InputError(f"{origin[:60]}: mở việc từ mã can_…, con_… hoặc sto_…; việc khác dùng --press, --report")
    known = read(deps.store, deps.tools.sources, origin.strip())
    return casework.open_case(deps.store, plans_of(deps), known, by, deps.now())


def ids_of(deps: Deps, names: Sequence[str]) -> list[str]:
    """Ids of several cases by id or label; an unknown one stays as it was written, for its own line of error."""
    found = []
    for name in names:
        try:
            found.append(casework.find(deps.store, name).case.id)
        except InputError:
            found.append(name)
    return found


def line(rows: CaseRows, now: int) -> str:
    """One case in a list."""
    due = next_due(rows)
    late = f" · hạn {local(due.due_at)} ({clock_name(due.clock)})" if due else ""
    over = " · QUÁ HẠN" if due and due.due_at <= now else ""
    marks = [words.SEVERITIES[rows.now.severity]] if rows.now.severity != "thuong" else []
    marks += ["đang giữ"] * rows.now.held + ["tạm dừng"] * (rows.now.paused_until is not None)
    marked = f" [{', '.join(marks)}]" if marks else ""
    return (
        f"{rows.case.label}  {words.STATES[rows.now.state]}{marked} · {words.KINDS[rows.case.kind]} · "
        f"{rows.now.office}{late}{over}\n    {masked_line(rows.now.title)}  ({rows.case.id})"
    )


def next_due(rows: CaseRows) -> CaseClock | None:
    """The running clock that is due first."""
    return min((c for c in rows.clocks if c.stopped_at is None), key=lambda c: c.due_at, default=None)


def card(deps: Deps, rows: CaseRows) -> Iterator[str]:
    """One case with its clocks, links, papers, files and timeline."""
    yield line(rows, deps.now())
    now = rows.now
    if now.merged_into:
        yield f"    đã nhập vào {now.merged_into}"
    if now.result:
        yield f"    kết quả: {RESULTS[now.result]}"
    for clock in rows.clocks:
        stood = "đã dừng" if clock.stopped_at else "tạm dừng" if clock.paused_at else "đang chạy"
        mark = "" if clock.verified else " (căn cứ chưa xác minh)"
        yield f"    Hạn {clock_name(clock.clock)}: {local(clock.due_at)}, {stood}{mark}"
        yield from (f"        {step}" for step in clock.steps)
    for link in rows.links:
        if link.removed_at is None:
            yield f"    Gắn: {words.TARGETS.get(link.target_kind, link.target_kind)} {link.target_id}"
    for article in rebuttals(deps.store, rows):
        yield f"    Máy thấy bài bác bỏ hoặc trả lời: {article} (gắn bằng `haidang case link … rebuttal:{article}`)"
    for paper in rows.papers:
        number = f", số {paper.number}" if paper.number else ""
        yield f"    Văn bản {paper.id}: {paper.title}, {words.PAPER_STATES[paper.state]}{number}"
    for file in rows.files:
        yield f"    Tệp: {file.name or words.GONE} ({file.size} byte)"
    for entry in deps.store.timeline(rows.case.id):
        one = told(entry)
        who = "máy" if one.machine else one.who or "—"
        yield f"    {local(one.at)}  {one.what} · {who}{': ' + one.words if one.words else ''}"
        yield f"        {one.event_id}"


def draft(
    deps: Deps, name: str, kind: str, by: str, *, to: str, answer: str, signed_as: str = "", out: Path | None = None
) -> CaseRows:
    """Draw up a paper from its template; the DOCX is kept with the case, and written to ``out`` if asked."""
    rows = casework.find(deps.store, name)
    contacts = plans_of(deps).router.world.contacts
    called = contacts[to].name if to in contacts else to
    recipients = (called,) if called else ()
    signer = signer_lines(signed_as) if signed_as else ()
    fields = fields_of(deps.store, rows, deps.now(), recipients=recipients, answer=answer, signer=signer)
    templates, _ = papers.load(deps.settings.home)
    data = docx.write(papers.draft(kind, fields, templates))
    body_hash, now = files_of(deps).put(data), deps.now()
    if out is not None:
        out.write_bytes(data)
    title, kept = papers.KINDS[kind], to_json(fields)
    return casework.act(
        deps.store,
        rows.case.id,
        lambda at: cases.draft(at, by, now, kind, title=title, recipient=to, fields=kept, body_hash=body_hash),
    )
